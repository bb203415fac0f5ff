//! Findings as GitHub's workflow commands, which it shows beside the lines of a change, and as a table
//! for the summary of a job.
//!
//! GitHub shows ten annotations of a kind and drops the rest, so the gravest come first and a line
//! counts those that are left out.

use super::Level;
use super::public::{Public, Run};
use crate::text::{count, join_words};

/// How many annotations of a kind GitHub shows.
const SHOWN: usize = 10;

/// How many rows the table of a summary has.
const ROWS: usize = 200;

/// The levels, the gravest first, with the kind of annotation that stands for each.
const KINDS: [(Level, &str); 3] =
    [(Level::Error, "error"), (Level::Unfinished, "warning"), (Level::Advice, "notice")];

/// The commands, one a line.
pub(crate) fn render(findings: &[Public<'_>]) -> String {
    let mut text = String::new();
    let mut left = Vec::new();
    for (level, kind) in KINDS {
        let of_level: Vec<&Public<'_>> =
            findings.iter().filter(|finding| finding.level == level).collect();
        for finding in of_level.iter().take(SHOWN) {
            text.push_str(&annotation(kind, finding));
        }
        if of_level.len() > SHOWN {
            left.push(words(of_level.len() - SHOWN, level));
        }
    }
    if !left.is_empty() {
        let left = join_words(&left, "and");
        text.push_str(&format!("Not shown beside the lines: {left} more\n"));
    }
    text
}

fn words(number: usize, level: Level) -> String {
    match level {
        Level::Error => count(number, "error"),
        Level::Unfinished => format!("{number} unfinished"),
        Level::Advice => format!("{} of advice", count(number, "piece")),
    }
}

fn annotation(kind: &str, finding: &Public<'_>) -> String {
    let ((line, column), (end_line, end_column)) = (finding.start, finding.end);
    let mut place = format!("file={},line={line},col={column}", property(&finding.file));
    // The last character, not the one after it; GitHub takes columns within one line only.
    if end_line == line && end_column > column {
        place.push_str(&format!(",endColumn={}", end_column - 1));
    }
    let title = property(&format!("scrutiny: {}", finding.rule.id));
    format!("::{kind} {place},title={title}::{}\n", message(&finding.message()))
}

/// What ends a command or begins another is written in percent.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In a property, also what ends it.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// The table for the summary of a job, in Markdown.
pub(crate) fn summary(findings: &[Public<'_>], run: &Run, tally: &str) -> String {
    let files = count(run.files, "file");
    let mut text = format!("## scrutiny\n\n{files} checked: {}.\n", cell(tally));
    if findings.is_empty() {
        return text;
    }
    text.push_str("\n| Level | Place | Rule | What is wrong |\n| --- | --- | --- | --- |\n");
    let mut sorted: Vec<&Public<'_>> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    for finding in sorted.iter().take(ROWS) {
        let place = format!("{}:{}", finding.file, finding.start.0);
        text.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            finding.level.word(),
            cell(&place),
            finding.rule.id,
            cell(&finding.message())
        ));
    }
    if sorted.len() > ROWS {
        text.push_str(&format!("\n{} more are not shown.\n", sorted.len() - ROWS));
    }
    text
}

/// A text in a cell: what Markdown or HTML would take for its own is escaped.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => cell.push(' '),
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '@' => {
                cell.push('\\');
                cell.push(character);
            }
            _ => cell.push(character),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_ends_a_command_or_a_cell() {
        assert_eq!(message("50% a\r\nb: c, d"), "50%25 a%0D%0Ab: c, d");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(cell("a|b <i>*c*\nd"), "a\\|b &lt;i>\\*c\\* d");
    }
}
