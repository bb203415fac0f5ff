//! What the parser reads without stumbling, and yet not as it was meant: two pieces of evidence that
//! become one text, an answer that stands beside its id. Found in the tree, mended like the rest.

use std::ops::Range;

use memchr::memchr;

use super::column::shift;
use super::layout::text_under_bar;
use super::line::{Line, Nature, Row, is_plain_key, line_at, lines_from, nature_of, rows};
use super::space::{ODD, dash_without_space, key_on_line, odd_spaces_in, space_after_colon};
use super::{HELP_BLOCK, Mistake, wrap, wrapped};
use crate::syntax::faults;
use crate::syntax::tree::{Kind, Node, Style, Tree};
use crate::text::{count, quoted};

/// Keys that stand under the id of a question and nowhere beside one.
pub(in crate::syntax) const UNDER_AN_ID: [&str; 3] = ["rating", "because", "answer"];

/// What in a tree was surely meant in another way, in the order of the text, as far as the one does not
/// touch the other.
pub(in crate::syntax) fn doubts(tree: &Tree<'_>, text: &str) -> Vec<Mistake> {
    let root = tree.root();
    let mut found = Vec::new();
    if text.contains(ODD) {
        found.extend(odd_spaces_in(&rows(text)));
    }
    found.extend(values_at_the_margin(root, text));
    look_into(root, text, &mut found);
    let from = |mistake: &Mistake| mistake.patches.first().map_or(0, |(range, _)| range.start);
    found.sort_by_key(from);
    let mut reached = 0;
    found.retain(|mistake| {
        let is_apart = from(mistake) >= reached;
        let end = mistake.patches.last().map_or(0, |(range, _)| range.end);
        reached = if is_apart { end + 1 } else { reached };
        is_apart
    });
    found
}

fn look_into(node: Node<'_>, text: &str, found: &mut Vec<Mistake>) {
    match node.kind() {
        Kind::Map => {
            let in_brackets = text[node.span().range()].starts_with('{');
            let entries: Vec<Entry<'_>> = node.entries().collect();
            let mut before = None;
            for (place, &entry) in entries.iter().enumerate() {
                let (key, value) = entry;
                found.extend(two_colons(key, text));
                match in_brackets {
                    true => found.extend(in_bracket(before, entry, text)),
                    false => found.extend(before.and_then(|first| {
                        beside_its_id(first, &entries[place..], node, text)
                            .or_else(|| text_as_key(first, entry, text))
                    })),
                }
                before = Some(entry);
                look_at(value, Some(key), text, found);
            }
        }
        Kind::List => node.children().for_each(|item| look_at(item, None, text, found)),
        Kind::Scalar(..) | Kind::Missing | Kind::Refused => {}
    }
}

/// Looks at the value of a key, or an item of a list, and at what is in it.
fn look_at(value: Node<'_>, key: Option<Node<'_>>, text: &str, found: &mut Vec<Mistake>) {
    match value.kind() {
        Kind::Map => {
            found.extend(text_as_group(value, text));
            look_into(value, text, found);
        }
        Kind::List => look_into(value, text, found),
        Kind::Scalar(_, Style::Bare) => {
            // Nearly all texts stand on one line and begin with a letter: they are beyond doubt.
            let range = value.span().range();
            let typed = &text.as_bytes()[range.clone()];
            if typed.starts_with(b"-") || memchr(b'\n', typed).is_some() {
                found.extend(in_bare_text(range, key, text));
            }
        }
        Kind::Scalar(_, Style::Quoted) => found.extend(windows_path(value.span().range(), text)),
        Kind::Scalar(_, Style::Block) | Kind::Missing | Kind::Refused => {}
    }
}

type Entry<'t> = (Node<'t>, Node<'t>);

/// A key between brackets, with the one before it.
fn in_bracket(before: Option<Entry<'_>>, entry: Entry<'_>, text: &str) -> Vec<Mistake> {
    let comma = before.and_then(|first| comma_in_bracket(first, entry, text));
    no_space_in_bracket(entry, text).into_iter().chain(comma).collect()
}

/// `1.1:` with `rating:` in the same column; with the keys that follow the id.
fn beside_its_id(
    (key, value): Entry<'_>,
    below: &[Entry<'_>],
    map: Node<'_>,
    text: &str,
) -> Option<Mistake> {
    let (next, _) = *below.first()?;
    let is_word = |word: &str| UNDER_AN_ID.contains(&word);
    if !matches!(value.kind(), Kind::Missing) || !next.scalar().is_some_and(is_word) {
        return None;
    }
    let id = key.scalar().filter(|id| nature_of(id) == Nature::Id)?;
    let is_id = |key: &Node<'_>| key.scalar().is_some_and(|id| nature_of(id) == Nature::Id);
    let after = below[1..].iter().map(|(key, _)| *key).find(is_id);
    let end = after.map_or(map.span().end, |after| after.span().start);
    Some(below_its_key(id, next, end as usize, text))
}

/// `ratings:` at the margin with `1.1:` at the margin.
fn values_at_the_margin(root: Node<'_>, text: &str) -> Option<Mistake> {
    let entries: Vec<Entry<'_>> = root.entries().collect();
    let is_id = |node: Node<'_>| node.scalar().is_some_and(|key| nature_of(key) == Nature::Id);
    let first = entries
        .windows(2)
        .find(|pair| !is_id(pair[0].0) && *pair[0].1.kind() == Kind::Missing && is_id(pair[1].0))?;
    let (key, next) = (first[0].0, first[1].0);
    let is_after = |node: &Node<'_>| node.span().start > next.span().start;
    // Answers at the margin belong to their ids, which are put right in their turn.
    let is_part = |node: &Node<'_>| {
        is_id(*node) || node.scalar().is_some_and(|key| UNDER_AN_ID.contains(&key))
    };
    let after = entries.iter().map(|(key, _)| *key).filter(is_after).find(|node| !is_part(node));
    let end = after.map_or(text.len(), |after| after.span().start as usize);
    Some(below_its_key(key.scalar()?, next, end, text))
}

/// Lines up to an end that stand beside a key, and belong below it.
fn below_its_key(key: &str, first: Node<'_>, end: usize, text: &str) -> Mistake {
    let start = first.span().start as usize;
    let line = line_at(text, start);
    let patches: Vec<_> = lines_from(text, line.start)
        .take_while(|line| line.start + line.indent() < end)
        .filter(|line| !line.is_empty())
        .map(|line| (line.start..line.start, "  ".to_owned()))
        .collect();
    let message = format!("This line belongs to {}, but is not indented below it", quoted(key));
    let wanted = count(line.indent() + 2, "space");
    let help = format!("begin it, and those that belong to it, with {wanted}");
    Mistake::new(&faults::UNEVEN_INDENT, start..line.end(), message, help, patches)
}

/// A line below `because: |` that is not indented and has a colon in it.
fn text_as_key((key, value): Entry<'_>, (next, other): Entry<'_>, text: &str) -> Option<Mistake> {
    let name = next.scalar()?;
    let is_capital = name.starts_with(char::is_uppercase) && nature_of(name) == Nature::Word;
    let is_block = matches!(value.kind(), Kind::Scalar(_, Style::Block));
    let is_text = matches!(other.kind(), Kind::Scalar(..) | Kind::Missing);
    if !is_block || !is_text || !(is_capital || name.contains(' ')) {
        return None;
    }
    let header = Row::of(line_at(text, key.span().start as usize));
    text_under_bar(text, &header, line_at(text, next.span().start as usize))
}

/// `{rating:green}`.
fn no_space_in_bracket((key, value): Entry<'_>, text: &str) -> Option<Mistake> {
    if *value.kind() != Kind::Missing || text[key.span().range()].starts_with(['"', '\'']) {
        return None;
    }
    space_after_colon(key.scalar()?, key.span().start as usize)
}

/// `{because: Agreed, funded and published.}`
fn comma_in_bracket(
    (_, value): Entry<'_>,
    (next, missing): Entry<'_>,
    text: &str,
) -> Option<Mistake> {
    let is_bare = matches!(value.kind(), Kind::Scalar(_, Style::Bare));
    if !is_bare || *missing.kind() != Kind::Missing || !next.scalar()?.contains(' ') {
        return None;
    }
    let range = value.span().start as usize..next.span().end as usize;
    if text[range.end..].starts_with(':') {
        return None;
    }
    let comma = value.span().end as usize + text[value.span().end as usize..].find(',')?;
    let message = "This comma ends the text, because it stands between brackets";
    let help = "put the whole text in double quotes, or write each key on a line of its own";
    let patches = vec![wrap(text, range)];
    Some(Mistake::new(&faults::SIGN_IN_TEXT, comma..comma + 1, message, help, patches))
}

/// `ratings::`
fn two_colons(key: Node<'_>, text: &str) -> Option<Mistake> {
    let name = key.scalar()?.strip_suffix(':').filter(|name| is_plain_key(name))?;
    let end = key.span().end as usize;
    if !text[key.span().range()].ends_with(':') {
        return None;
    }
    let message = format!("There are two colons after {}", quoted(name));
    let help = format!("write `{name}:`");
    let patches = vec![(end - 1..end, String::new())];
    Some(Mistake::new(&faults::NOT_YAML, end - 1..end + 1, message, help, patches))
}

/// `- Minutes of the executive: 3 June 2026`, which is read as a key and its value.
fn text_as_group(map: Node<'_>, text: &str) -> Option<Mistake> {
    let mut entries = map.entries();
    let (key, value) = entries.next().filter(|_| map.entries().nth(1).is_none())?;
    let name = key.scalar()?;
    let range = key.span().start as usize..map.span().end as usize;
    let is_text = matches!(value.kind(), Kind::Scalar(_, Style::Bare) | Kind::Missing);
    let is_sentence =
        name.matches(' ').count() > 1 || name.contains(' ') && name.starts_with(char::is_uppercase);
    if !is_text || !is_sentence || text[range.clone()].starts_with(['"', '\'']) {
        return None;
    }
    if text[map.span().range()].starts_with(['{', '[']) {
        return None;
    }
    let colon = key.span().end as usize + text[key.span().end as usize..].find(':')?;
    let range = range.start..range.end.max(colon + 1);
    let message = "This colon makes the text look like a key";
    let place = colon..colon + 1;
    let patches = vec![wrap(text, range)];
    Some(Mistake::new(&faults::COLON_IN_TEXT, place, message, HELP_BLOCK, patches))
}

/// A bare text whose lines look like items or keys.
fn in_bare_text(range: Range<usize>, key: Option<Node<'_>>, text: &str) -> Option<Mistake> {
    let first = line_at(text, range.start);
    let is_own_line = first.start + first.indent() == range.start;
    let is_dash = |line: &Line<'_>| {
        let after = line.body().strip_prefix('-').unwrap_or_default();
        after.starts_with(char::is_alphabetic)
    };
    if is_own_line && key.is_some() && is_dash(&first) {
        let lines: Vec<Line<'_>> = lines_from(text, first.start)
            .take_while(|line| line.start < range.end)
            .filter(is_dash)
            .collect();
        return Some(dash_without_space(&lines));
    }
    let below = || {
        lines_from(text, first.start)
            .skip(1)
            .take_while(|line| line.start < range.end)
            .filter(|line| !line.is_empty())
    };
    if let Some(item) = below().find(|line| line.body().starts_with("- ")) {
        return Some(item_in_text(text, first, item, range));
    }
    let has_more = below().next().is_some();
    let is_key = |line: &Line<'_>| line.body().starts_with(|c: char| c.is_ascii_lowercase());
    let starts_with_key = (is_own_line && key.is_some() && has_more).then_some(first);
    starts_with_key.into_iter().chain(below()).filter(is_key).find_map(key_on_line)
}

/// `- Plan` one space too far to the right, below `- Minutes`; or dashes in a text without a bar.
fn item_in_text(text: &str, first: Line<'_>, item: Line<'_>, range: Range<usize>) -> Mistake {
    let row = Row::of(first);
    let place = item.place();
    match row.dash.filter(|_| row.key.is_none()) {
        Some(dash) => {
            let message = "This item is indented unlike the one above, and is read as part of it";
            let help = format!("begin it with {}, as the item above", count(dash, "space"));
            let patches = shift(text, item, dash, range.end);
            Mistake::new(&faults::UNEVEN_INDENT, place, message, help, patches)
        }
        None => {
            let message = "This line looks like an item of a list, but is read as part of a text";
            let help = "put the whole text on the next line, indented by two spaces, with | after \
                        the key; or remove the text before the first dash";
            let patches = vec![wrap(text, range)];
            Mistake::new(&faults::UNEVEN_INDENT, place, message, help, patches)
        }
    }
}

/// `"C:\new plan"`: the backslash and the letter behind it would become a line end.
fn windows_path(range: Range<usize>, text: &str) -> Option<Mistake> {
    let typed = text[range.clone()].strip_prefix('"')?;
    let drive = typed.find(":\\").filter(|&at| {
        let after = typed[at + 2..].chars().next();
        let is_drive = typed[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        is_drive && !matches!(after, Some('\\' | '"'))
    })?;
    let at = range.start + 1 + drive + 1;
    let message = "A backslash has a meaning of its own between double quotes";
    let help = "write two backslashes for one; or put the text on the next line, indented by two \
                spaces, with | after the key";
    let patches = vec![(range, wrapped(typed.strip_suffix('"').unwrap_or(typed)))];
    Some(Mistake::new(&faults::QUOTE_IN_TEXT, at..at + 1, message, help, patches))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::syntax::yaml;

    fn found(text: &str) -> Vec<Mistake> {
        let tree = yaml::build_plain(SourceId(0), text).expect("it can be read");
        doubts(&tree, text)
    }

    #[test]
    fn what_stands_beside_its_id_ends_with_the_map() {
        let text = "ratings:\n  1.1:\n  rating: x\n  because: y\nnotes: z\n";
        let places: Vec<usize> = found(text)[0].patches.iter().map(|(at, _)| at.start).collect();
        assert_eq!(places, [16, 28]);
    }

    #[test]
    fn many_answers_beside_their_ids_do_not_hang() {
        let answer = |number| format!("  1.{number}:\n  rating: x\n");
        let text = (0..20_000).map(answer).collect::<String>();
        assert_eq!(found(&format!("ratings:\n{text}")).len(), 20_000);
        let text =
            (0..20_000).map(|number| format!("a{number}:\n{}", answer(1))).collect::<String>();
        assert_eq!(found(&text).len(), 20_000);
    }
}
