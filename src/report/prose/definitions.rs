//! Definitions of links, such as `[1]: address`: a reader of Markdown shows none of them, and with them
//! words would vanish that somebody wrote.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The prose with its link definitions as text.
pub(super) fn without_definitions(prose: &str) -> String {
    let mut prose = prose.to_owned();
    // A second round is only for those that come to light when others have become text.
    loop {
        let parser = Parser::new_ext(&prose, Options::empty());
        let known = parser.reference_definitions().iter().map(|(_, found)| found.span.start);
        let mut brackets: Vec<usize> =
            known.map(|start| prose[start..].find('[').map_or(start, |at| start + at)).collect();
        if brackets.is_empty() {
            return prose;
        }
        // The parser does not name those whose label is taken.
        for gap in gaps(parser, prose.len()) {
            brackets.extend(labels(&prose[gap.clone()]).map(|at| gap.start + at));
        }
        brackets.sort_unstable();
        brackets.dedup();
        prose = escaped(&prose, &brackets);
    }
}

/// The parts of prose that are in nothing that is shown: the marks of lists and quotations, and
/// definitions.
fn gaps(parser: Parser<'_>, length: usize) -> Vec<Range<usize>> {
    let (mut gaps, mut end) = (Vec::new(), 0);
    for (event, place) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item)
            | Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => continue,
            _ => {}
        }
        if end < place.start {
            gaps.push(end..place.start);
        }
        end = end.max(place.end);
    }
    gaps.push(end..length);
    gaps
}

/// Where the labels begin that are the first on their lines.
fn labels(gap: &str) -> impl Iterator<Item = usize> {
    let mut line_start = 0;
    gap.split_inclusive('\n').filter_map(move |line| {
        let start = line_start;
        line_start += line.len();
        let is_mark = |c: char| c.is_ascii_digit() || " \t>-+*.)".contains(c);
        let at = start + line.len() - line.trim_start_matches(is_mark).len();
        is_label(&gap[at..]).then_some(at)
    })
}

/// Whether a text begins with a label in brackets and a colon.
fn is_label(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[') else { return false };
    let mut bytes = inside.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'[' => return false,
            b']' => return inside[at + 1..].starts_with(':'),
            _ => {}
        }
    }
    false
}

fn escaped(prose: &str, brackets: &[usize]) -> String {
    let mut escaped = String::with_capacity(prose.len() + brackets.len());
    let mut from = 0;
    for at in brackets {
        escaped.push_str(&prose[from..*at]);
        escaped.push('\\');
        from = *at;
    }
    escaped.push_str(&prose[from..]);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_becomes_text() {
        let check = |prose: &str, expected: &str| assert_eq!(without_definitions(prose), expected);
        check("[a]: b\n\n[a]: c", "\\[a]: b\n\n\\[a]: c");
        check("[a\nb]: c\n\n[A B]: d", "\\[a\nb]: c\n\n\\[A B]: d");
        check("> - [a]: b\n\n1. [a]: c", "> - \\[a]: b\n\n1. \\[a]: c");
        check("- [a]:\n  [b](c)\n\n[a]: c", "- \\[a]:\n  [b](c)\n\n\\[a]: c");
        // What is no definition stays as it is, also beside one.
        check("[a] and\n[a]: b", "[a] and\n[a]: b");
        check("[a]: b\n\n    [a]: c\n\n`d\n[a]: c`", "\\[a]: b\n\n    [a]: c\n\n`d\n[a]: c`");
        check("[a]: b\n\n```\n[a]: c\n```", "\\[a]: b\n\n```\n[a]: c\n```");
    }
}
