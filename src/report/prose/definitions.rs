//! Definitions of links, such as `[1]: address`: a reader of Markdown shows none of them, and with them
//! words would vanish that somebody wrote.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How often definitions are looked for. When some have become text, others may come to light: `===` on
/// the next line is a heading then, and no longer the beginning of a paragraph.
const ROUNDS: usize = 8;

/// The prose with its link definitions as text.
pub(super) fn without_definitions(prose: &str) -> String {
    within(ROUNDS, prose)
}

/// The same in so many rounds at most. Where that is not enough, every bracket becomes text at once, those
/// of links and in code too: what begins with none is no definition.
fn within(rounds: usize, prose: &str) -> String {
    let mut prose = prose.to_owned();
    for _ in 0..rounds {
        let brackets = definitions(&prose);
        if brackets.is_empty() {
            return prose;
        }
        prose = escaped(&prose, &brackets);
    }
    let all: Vec<usize> = unescaped(&prose).collect();
    escaped(&prose, &all)
}

/// The brackets that no backslash stands before which counts.
fn unescaped(prose: &str) -> impl Iterator<Item = usize> {
    let mut is_escaped = false;
    prose.bytes().enumerate().filter_map(move |(at, byte)| {
        let counts = byte == b'[' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        counts.then_some(at)
    })
}

/// Where the labels of definitions begin.
fn definitions(prose: &str) -> Vec<usize> {
    let parser = Parser::new_ext(prose, Options::empty());
    let known = parser.reference_definitions().iter().map(|(_, found)| found.span.start);
    let mut brackets: Vec<usize> =
        known.map(|start| prose[start..].find('[').map_or(start, |at| start + at)).collect();
    if brackets.is_empty() {
        return brackets;
    }
    // The parser does not name those whose label is taken.
    for gap in gaps(parser, prose.len()) {
        brackets.extend(labels(&prose[gap.clone()]).map(|at| gap.start + at));
    }
    brackets.sort_unstable();
    brackets.dedup();
    brackets
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
        // A heading comes of it, and with that another definition.
        check("[a]: b\n===\n[c]: d", "\\[a]: b\n===\n\\[c]: d");
    }

    #[test]
    fn no_definition_is_left_whatever_the_number_of_rounds() {
        const PARTS: [&str; 16] = [
            "[a]: b", "[c]:", "[d", "e]: f", "===", "---", "> ", "- ", "1. ", "\\", "    ", "```",
            "'", "\"", "\n", "\n\n",
        ];
        let mut number: u64 = 7;
        for length in (1..40).cycle().take(4000) {
            let mut prose = String::new();
            for _ in 0..length {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                prose.push_str(PARTS[(number >> 33) as usize % PARTS.len()]);
            }
            for rounds in [0, 1, ROUNDS] {
                let text = within(rounds, &prose);
                let parser = Parser::new_ext(&text, Options::empty());
                let left = parser.reference_definitions().iter().count();
                assert_eq!(left, 0, "{rounds} rounds, {prose:?} became {text:?}");
            }
        }
    }
}
