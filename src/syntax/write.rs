//! Texts as YAML: how a word, a line or a paragraph is written so that every reader of YAML, not only
//! ours, reads the text that was meant.

use std::borrow::Cow;

use crate::text::is_hidden;

/// Where a value stands, which decides what may stand bare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After a key or a dash, on lines of its own.
    Block,
    /// Between brackets, where commas and brackets have a meaning.
    Flow,
}

/// A text on one line: bare where every reader takes it for that text, in double quotes otherwise.
/// Numbers and words that other readers take for true, false or nothing are quoted.
pub(crate) fn line(text: &str, place: Place) -> Cow<'_, str> {
    match is_bare(text, place) && !is_typed(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(quoted(text)),
    }
}

/// An id, a date, a number or a word of a list: bare wherever it can be, because that is how people
/// write it.
pub(crate) fn word(text: &str, place: Place) -> Cow<'_, str> {
    match is_bare(text, place) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(quoted(text)),
    }
}

/// A text in double quotes. The signs of JSON strings are also those of YAML.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always a JSON string")
}

/// Whether a text can stand in a block: it has something to see, and nothing that a block would lose.
pub(crate) fn can_be_block(text: &str) -> bool {
    let is_kept = |character: char| !is_hidden(character) && character != '\r';
    let starts = text.lines().find(|line| !line.trim().is_empty());
    text.chars().all(is_kept)
        && starts.is_some_and(|line| !line.starts_with([' ', '\t']))
        && !text.starts_with('\n')
}

/// The lines of a block under `|`, each indented by so many spaces and ended as the file ends lines.
/// Line ends at the end of the text are left out, since a block has exactly one.
pub(crate) fn block(text: &str, indent: usize, line_end: &str) -> String {
    let mut lines = String::new();
    for line in text.trim_end_matches('\n').split('\n') {
        if !line.is_empty() {
            lines.extend(std::iter::repeat_n(' ', indent));
            lines.push_str(line);
        }
        lines.push_str(line_end);
    }
    lines
}

/// Whether a text without quotes is read as itself.
fn is_bare(text: &str, place: Place) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_start = first.is_alphanumeric() || matches!(first, '(' | '£' | '“' | '‘');
    let is_plain = |character: char| {
        !is_hidden(character) && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
    };
    let is_free = match place {
        Place::Block => true,
        Place::Flow => !text.contains([',', '[', ']', '{', '}']) && !text.contains(':'),
    };
    is_start
        && is_free
        && text.chars().all(is_plain)
        && text.trim() == text
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.contains(" #")
}

/// Whether another reader takes a bare word for a number, a truth or nothing at all. Dates and ids
/// with a letter in front are texts to all readers that people use here.
fn is_typed(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "none", "t", "f",
    ];
    if WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return true;
    }
    let is_number_sign = |byte: u8| byte.is_ascii_hexdigit() || b".,_:+xXoO".contains(&byte);
    text.as_bytes()[0].is_ascii_digit() && text.bytes().all(is_number_sign)
        || text.as_bytes()[0].is_ascii_digit() && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::source::{Source, SourceId};
    use crate::syntax::yaml;

    #[test]
    fn quotes_what_a_reader_would_misread() {
        let check = |text: &str, block: &str, flow: &str| {
            assert_eq!(line(text, Place::Block), block, "{text} in a block");
            assert_eq!(line(text, Place::Flow), flow, "{text} in brackets");
        };
        check("Strategic plan 2026", "Strategic plan 2026", "Strategic plan 2026");
        check("Police, health", "Police, health", "\"Police, health\"");
        check("no", "\"no\"", "\"no\"");
        check("1.10", "\"1.10\"", "\"1.10\"");
        check("3e2", "\"3e2\"", "\"3e2\"");
        check("12:30", "\"12:30\"", "\"12:30\"");
        check("2026-06-30", "2026-06-30", "2026-06-30");
        check("A-07", "A-07", "A-07");
        check("plan: agreed", "\"plan: agreed\"", "\"plan: agreed\"");
        check("point #3", "\"point #3\"", "\"point #3\"");
        check("- a dash", "\"- a dash\"", "\"- a dash\"");
        check("\"quoted\" word", "\"\\\"quoted\\\" word\"", "\"\\\"quoted\\\" word\"");
        check("", "\"\"", "\"\"");
        check(" space", "\" space\"", "\" space\"");
        check("£4,000", "£4,000", "\"£4,000\"");
        assert_eq!(word("1.10", Place::Block), "1.10");
        assert_eq!(word("*", Place::Block), "\"*\"");
    }

    #[test]
    fn every_line_is_read_back() {
        const AWKWARD: &str = "ab17.:,#-'\"|>{}[]&*!%?@\\`~=<\u{a0}é😀 ";
        let signs: Vec<char> = AWKWARD.chars().collect();
        let mut seed = 7_u64;
        let mut next = |range: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % range
        };
        for _ in 0..20_000 {
            let text: String = (0..next(9)).map(|_| signs[next(signs.len())]).collect();
            let written =
                format!("a: {}\nb: [{}]\n", line(&text, Place::Block), line(&text, Place::Flow));
            let source = Source::new(SourceId(0), "text", written.clone());
            let mut findings = Findings::default();
            let tree = yaml::parse(&source, &mut findings);
            let tree = tree.unwrap_or_else(|| panic!("{written}"));
            let entries: Vec<_> = tree.root().entries().collect();
            let item = entries[1].1.children().next().and_then(|item| item.scalar());
            assert!(findings.is_empty(), "{written:?} {findings:?}");
            for read in [entries[0].1.scalar(), item] {
                assert_eq!(read, Some(text.as_str()), "{written}");
            }
        }
    }
}
