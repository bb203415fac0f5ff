//! Paragraphs of prose, wrapped: only plain paragraphs, and only those with a line that is too long.
//!
//! Prose is a small Markdown. Whatever may be more than a paragraph there (lists, tables, headings,
//! code, lines that end on purpose) stays as it was typed, and so does a word that would begin such a
//! thing if it came to stand at the start of a line.

use std::borrow::Cow;
use std::ops::Range;

/// The lines of a text, in which no plain paragraph has a line that is longer than so many characters
/// and could be shorter.
pub(super) fn wrapped<'t>(lines: &[Cow<'t, str>], width: usize) -> Vec<Cow<'t, str>> {
    refill(lines, |paragraph| {
        let is_long = paragraph.iter().any(|line| line.chars().count() > width);
        is_long.then(|| fill(paragraph, width))
    })
}

/// The same text with each plain paragraph on one line, by which two ways to wrap it can be compared.
pub(super) fn unwrapped(text: &str) -> Vec<Cow<'_, str>> {
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(Cow::Borrowed).collect();
    refill(&lines, |paragraph| Some(fill(paragraph, usize::MAX)))
}

/// The lines of a text with other lines for those paragraphs that are given others.
fn refill<'t>(
    lines: &[Cow<'t, str>],
    fill: impl Fn(&[Cow<'t, str>]) -> Option<Vec<String>>,
) -> Vec<Cow<'t, str>> {
    let mut new = Vec::new();
    let mut at = 0;
    for paragraph in paragraphs(lines) {
        new.extend_from_slice(&lines[at..paragraph.start]);
        at = paragraph.end;
        match fill(&lines[paragraph.clone()]) {
            Some(filled) => new.extend(filled.into_iter().map(Cow::Owned)),
            None => new.extend_from_slice(&lines[paragraph]),
        }
    }
    new.extend_from_slice(&lines[at..]);
    new
}

/// Where the plain paragraphs of a text are. A text with code or HTML in it has none.
fn paragraphs(lines: &[Cow<'_, str>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_other = |line: &Cow<'_, str>| {
        ["```", "~~~", "<"].iter().any(|mark| line.trim_start().starts_with(mark))
    };
    if lines.iter().any(is_other) {
        return found;
    }
    let mut start = 0;
    for stretch in lines.split(|line| line.trim().is_empty()) {
        let range = start..start + stretch.len();
        start = range.end + 1;
        if !stretch.is_empty() && stretch.iter().all(|line| is_plain(line)) {
            found.push(range);
        }
    }
    found
}

/// Whether a line can be nothing but a line of a paragraph.
fn is_plain(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let is_definition = line.starts_with('[') && line.contains("]:");
    let is_table = line.contains(['|', '\t']);
    // Blanks may be meant, and a line may end on purpose.
    let is_meant = line.contains("  ") || line.ends_with([' ', '\\']);
    can_begin(first) && !is_definition && !is_table && !is_meant
}

/// Whether a word at the start of a line begins nothing but a line of a paragraph.
fn can_begin(word: &str) -> bool {
    let starts = |first: char| first.is_alphanumeric() || "\"'“‘(*_[`£€$".contains(first);
    let is_mark = word.chars().all(|sign| "*_`".contains(sign));
    let number = word.trim_start_matches('(').trim_end_matches(['.', ')']);
    let is_number = number.len() < word.len()
        && word.ends_with(['.', ')'])
        && number.len() <= 3
        && number.chars().all(|sign| sign.is_ascii_alphanumeric());
    word.starts_with(starts) && !is_mark && !is_number && !word.starts_with("[^")
}

/// The words of a paragraph on lines of at most so many characters, where words are short enough.
fn fill(lines: &[Cow<'_, str>], width: usize) -> Vec<String> {
    let mut new: Vec<String> = Vec::new();
    let mut words = lines.iter().flat_map(|line| line.split(' ')).peekable();
    let mut length = 0;
    while let Some(word) = words.next() {
        // Words that must not begin a line, or not end one, stay with their neighbour.
        let mut together = word.to_owned();
        while let Some(next) = words.next_if(|next| !can_begin(next) || together.ends_with('\\')) {
            together.push(' ');
            together.push_str(next);
        }
        let own = together.chars().count();
        match new.last_mut() {
            Some(line) if length + 1 + own <= width => {
                line.push(' ');
                line.push_str(&together);
                length += 1 + own;
            }
            _ => {
                new.push(together);
                length = own;
            }
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    fn wrap(text: &str, width: usize) -> String {
        let lines: Vec<Cow<'_, str>> = text.split('\n').map(Cow::Borrowed).collect();
        wrapped(&lines, width).join("\n")
    }

    #[test]
    fn wraps_plain_paragraphs_only() {
        let check = |text: &str, expected: &str| {
            assert_eq!(wrap(text, 10), expected, "{text:?}");
            assert_eq!(wrap(expected, 10), expected, "{text:?} a second time");
            assert_eq!(unwrapped(text), unwrapped(expected), "{text:?}");
        };
        check("one two three four", "one two\nthree four");
        check("one two\nthree four five\nsix", "one two\nthree four\nfive six");
        check("one\ntwo", "one\ntwo");
        check("abcdefghijklmn op", "abcdefghijklmn\nop");
        check("one two three\n\n\nfour five six", "one two\nthree\n\n\nfour five\nsix");
        check("- one two three\n- four", "- one two three\n- four");
        check("one two three\n- four", "one two three\n- four");
        check("• one two three", "• one two three");
        check("(a) one two three", "(a) one two three");
        check("1. one two three", "1. one two three");
        check("one two three  \nfour", "one two three  \nfour");
        check("one two three\\\nfour", "one two three\\\nfour");
        check("one two three\n====", "one two three\n====");
        check("    one two three", "    one two three");
        check(
            "```\none two three\n```\n\none two three",
            "```\none two three\n```\n\none two three",
        );
        check("a | b\n--- | ---\none two three | c", "a | b\n--- | ---\none two three | c");
        check("one twoxx - three", "one\ntwoxx -\nthree");
        check("one two 2026. three", "one two\n2026.\nthree");
        check("one two1 1. three", "one\ntwo1 1.\nthree");
        check("*one two* _three four_", "*one two*\n_three\nfour_");
        check("“one two” £4,000 (three)", "“one two”\n£4,000\n(three)");
        check("[one two]: three-four", "[one two]: three-four");
        check("C:\\ one two three", "C:\\ one\ntwo three");
    }

    /// A text as Markdown reads it, with blanks in place of line ends within paragraphs.
    fn meaning(text: &str) -> String {
        let events = Parser::new_ext(text, Options::all());
        let shown = events.map(|event| match event {
            Event::SoftBreak => " ".to_owned(),
            Event::Text(text) => text.into_string(),
            other => format!("{other:?}"),
        });
        shown.collect()
    }

    #[test]
    fn keeps_what_markdown_reads() {
        const WORDS: [&str; 40] = [
            "the",
            "plan",
            "agreed",
            "by",
            "all",
            "partners",
            "-",
            "+",
            "*",
            "1.",
            "12)",
            "#",
            "##",
            ">",
            "---",
            "===",
            "***",
            "`code`",
            "*strong*",
            "_so_",
            "a|b",
            "[link](x)",
            "[^1]",
            "[^1]:",
            "<b>",
            "</b>",
            "<div>",
            "~~~",
            "```",
            "\\",
            "C:\\",
            ":",
            "£4,000",
            "“quoted”",
            "(b)",
            "2026.",
            "|",
            "&amp;",
            "$x$",
            "__",
        ];
        let mut seed = 11_u64;
        let mut next = |range: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % range
        };
        let mut changed = 0;
        for _ in 0..20_000 {
            // Most words are plain, so that most paragraphs are.
            let plain = 6 + next(35);
            let mut text = String::new();
            for _ in 0..1 + next(14) {
                let among = if next(4) == 0 { plain } else { 6 };
                text.push_str(WORDS[next(among.min(WORDS.len()))]);
                text.push_str([" ", " ", " ", " ", " ", "\n", "\n", "\n\n", "  \n"][next(9)]);
            }
            let text = text.trim_end();
            let new = wrap(text, 16);
            assert_eq!(wrap(&new, 16), new, "{text:?}");
            assert_eq!(unwrapped(text), unwrapped(&new), "{text:?}");
            assert_eq!(meaning(text), meaning(&new), "{text:?} to {new:?}");
            changed += usize::from(text != new);
        }
        assert!(changed > 3_000, "{changed} texts were wrapped");
    }
}
