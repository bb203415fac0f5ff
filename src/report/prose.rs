//! The prose that people write, a small Markdown: parsed alone, stripped of what a report does not
//! take, and printed from its parts, never pasted.
//!
//! Kept are paragraphs, lists, quotations, emphasis, code, links and headings, which all move to the
//! level below the heading that the prose stands under. Markup of HTML becomes text. Pictures become the words that stand for them. Links
//! keep only https, http and mailto addresses. Only this room knows the Markdown parser.

mod definitions;
mod filter;
mod html;

use pulldown_cmark::{Event, HeadingLevel, Options, Tag, TagEnd};

use crate::text::{one_line, visible};

use definitions::without_definitions;
use filter::allowed;
pub(super) use html::{escape_html, to_html};

/// Prose as Markdown that stands alone in a report, without a line end at its end. Its headings get
/// the given level.
pub(super) fn to_markdown(prose: &str, level: usize) -> String {
    let prose = without_definitions(&visible(prose));
    let level = HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6);
    // What cannot be printed as Markdown stands as plain text, so that no word is lost.
    print(&allowed(&prose, level)).unwrap_or_else(|| escape(&prose))
}

/// Prose as Markdown in a cell of a table, on one line.
pub(super) fn to_cell(prose: &str) -> String {
    let line = to_markdown(prose, 6).lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let mut cell = String::with_capacity(line.len());
    let mut is_escaped = false;
    for character in line.chars() {
        if character == '|' && !is_escaped {
            cell.push('\\');
        }
        is_escaped = character == '\\' && !is_escaped;
        cell.push(character);
    }
    cell
}

/// Prints events, each quotation by itself: the printer would begin it with an empty line.
fn print(events: &[Event<'_>]) -> Option<String> {
    let mut blocks = Vec::new();
    let mut rest = events;
    while let Some(first) = rest.first() {
        let is_quotation = matches!(first, Event::Start(Tag::BlockQuote(_)));
        let length = if is_quotation { quotation(rest) } else { until_quotation(rest) };
        let (block, after) = rest.split_at(length);
        rest = after;
        blocks.push(match block {
            [_, inner @ .., _] if is_quotation => quoted(&print(inner)?),
            block => print_plain(block)?,
        });
    }
    blocks.retain(|block| !block.is_empty());
    Some(blocks.join("\n\n"))
}

/// How many events the quotation has that begins here, its ends counted.
fn quotation(events: &[Event<'_>]) -> usize {
    let mut depth = 0;
    let end = events.iter().position(|event| {
        match event {
            Event::Start(Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_)) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(events.len(), |end| end + 1)
}

/// How many events stand before the next quotation that is in no list.
fn until_quotation(events: &[Event<'_>]) -> usize {
    let mut depth = 0;
    let next = events.iter().position(|event| {
        match event {
            Event::Start(Tag::BlockQuote(_)) if depth == 0 => return true,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        false
    });
    next.unwrap_or(events.len())
}

fn quoted(block: &str) -> String {
    let line = |line: &str| format!("> {line}").trim_end().to_owned();
    block.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn print_plain(events: &[Event<'_>]) -> Option<String> {
    let mut markdown = String::new();
    let options = pulldown_cmark_to_cmark::Options {
        list_token: '-',
        emphasis_token: '*',
        code_block_token_count: 3,
        increment_ordered_list_bullets: true,
        ..pulldown_cmark_to_cmark::Options::default()
    };
    let printed = pulldown_cmark_to_cmark::cmark_with_options(
        events.iter(),
        &mut markdown,
        Options::empty(),
        options,
    );
    // A line that holds nothing but the marks of quotations ends with the last of them.
    let line = |line: &str| match line.trim_matches(['>', ' ']).is_empty() {
        true => line.trim_end().to_owned(),
        false => line.to_owned(),
    };
    let tidied = || markdown.lines().map(line).collect::<Vec<_>>().join("\n");
    printed.ok().map(|_| tidied().trim_start_matches('\n').trim_end().to_owned())
}

/// Prose as plain text on one line, for tables and the terminal.
pub(crate) fn to_line(prose: &str) -> String {
    let mut line = String::with_capacity(prose.len());
    for event in allowed(&without_definitions(&visible(prose)), HeadingLevel::H6) {
        match event {
            Event::Text(text) | Event::Code(text) => line.push_str(&text),
            Event::SoftBreak | Event::HardBreak => line.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => line.push(' '),
            _ => {}
        }
    }
    one_line(&line)
}

/// A short text that is shown as it was written, on one line, whatever Markdown would make of it.
pub(crate) fn escape(text: &str) -> String {
    let escaped = escape_inside(text);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match digits {
        0 => escaped.starts_with(['#', '+', '-', '=']).then_some(0),
        _ => escaped[digits..].starts_with(['.', ')']).then_some(digits),
    };
    match sign {
        Some(at) => format!("{}\\{}", &escaped[..at], &escaped[at..]),
        None => escaped,
    }
}

/// The same for a text that never begins a line: in a heading, or in a cell of a table.
pub(crate) fn escape_inside(text: &str) -> String {
    let line = one_line(&visible(text));
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut previous = None;
    for (index, character) in line.char_indices() {
        let next = line[index + character.len_utf8()..].chars().next();
        let needs = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => true,
            // An underscore inside a word is no emphasis.
            '_' => {
                let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !(inside(previous) && inside(next))
            }
            '!' => next == Some('['),
            _ => false,
        };
        if needs {
            escaped.push('\\');
        }
        escaped.push(character);
        previous = Some(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_small_markdown_and_turns_the_rest_into_text() {
        let check =
            |prose: &str, expected: &str| assert_eq!(to_markdown(prose, 4), expected, "{prose}");
        check("One.\n\nTwo *three* **four**.", "One.\n\nTwo *three* **four**.");
        check("- a\n- b\n  - c", "- a\n- b\n  - c");
        check("# Title\n\ntext", "#### Title\n\ntext");
        check("1. a\n1. b", "1. a\n2. b");
        check("a\n\n> b\n> c\n>\n> > d\n\ne", "a\n\n> b\n> c\n>\n> > d\n\ne");
        check("~~~\n>\n> x\n~~~", "```\n>\n> x\n```");
        check("<script>alert(1)</script>", "\\<script>alert(1)\\</script>");
        check("a <b>c</b>", "a \\<b>c\\</b>");
        check("![words](https://example.org/a.png)", "words");
        check("[words](javascript:alert(1))", "words");
        check("[words](https://example.org/a)", "[words](https://example.org/a)");
        check("| a | b |\n| - | - |", "\\| a | b |\n\\| - | - |");
        check("a[^1]\n\n[^1]: note", "a\\[\\^1\\]\n\n\\[\\^1\\]: note");
        check("turned \u{202e}round &#x202e;&#1;", "turned round");
        check("- a\n\n  > b\n\n- c", "- a\n\n   >\n   > b\n\n- c");
    }

    #[test]
    fn puts_prose_in_a_cell() {
        assert_eq!(to_cell("*Six*\nSteps | `a|b` \\| c"), "*Six* Steps \\| `a\\|b` \\| c");
    }

    #[test]
    fn escapes_short_texts() {
        let check = |text: &str, expected: &str| assert_eq!(escape(text), expected, "{text}");
        check("Plan 2026 to 2028 (agreed)", "Plan 2026 to 2028 (agreed)");
        check("1. First", "1\\. First");
        check("# not a heading", "\\# not a heading");
        check("a | b", "a \\| b");
        check("<b> & *c* _d_ e_f", "\\<b\\> \\& \\*c\\* \\_d\\_ e_f");
        check("- dash\nand more", "\\- dash and more");
    }

    #[test]
    fn reads_prose_as_a_line() {
        assert_eq!(to_line("One *two*\n\n- three\n- four"), "One two three four");
    }

    /// Prose that cost time by the square of its length, or all of the stack: it is printed with every
    /// word in it, whatever its form.
    #[test]
    fn prints_prose_that_goes_deep_or_on_and_on() {
        let many = |text: &str| text.repeat(20_000);
        let check = |prose: String, expected: &str, count: usize| {
            let start: String = prose.chars().take(20).collect();
            for text in [to_markdown(&prose, 4), to_html(&prose, 4), to_line(&prose)] {
                assert_eq!(text.matches(expected).count(), count, "{start}");
            }
        };
        check(many(">") + " word", "word", 1);
        check(many("> ") + "word", "word", 1);
        check(many("- ") + "word", "word", 1);
        check(many("1. ") + "word", "word", 1);
        check(many("> - ") + "word", "word", 1);
        check(many("*a **word ") + &many("c** d*"), "word", 20_000);
        check(many("> ") + "word\n" + &"word\n".repeat(5000), "word", 5001);
        check(many("[a]: word\n\n"), "word", 20_000);
        check(many("[a\nb]: word\n"), "word", 20_000);
        check(many("- [a]: word\n"), "word", 20_000);
        check(many("word&#10;"), "word", 20_000);
        check(many("\tword\n"), "word", 20_000);
        check(many("    word\n\n"), "word", 20_000);
    }
}
