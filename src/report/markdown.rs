//! Reports, trackers and sheets as Markdown: how the values that templates print are written, and how
//! the finished page is tidied.

use super::kind::{Format, Kind};
use super::prose::{escape, escape_inside, to_cell, to_markdown};
use super::sheet::Sheet;
use super::template::{self, Dialect};
use super::{Report, Tracker};

/// Headings in prose stand at this level unless a template says otherwise: below a question.
const USUAL_HEADING: usize = 4;

/// How Markdown writes what templates print.
pub(super) static DIALECT: Dialect = Dialect {
    text: escape,
    inline: escape_inside,
    cell: to_cell,
    prose: to_markdown,
    usual_heading: USUAL_HEADING,
    tidy,
    given: &[],
    templates: &[
        ("parts.md", include_str!("templates/markdown/parts.md")),
        ("full.md", include_str!("templates/markdown/full.md")),
        ("quarterly.md", include_str!("templates/markdown/quarterly.md")),
        ("annual.md", include_str!("templates/markdown/annual.md")),
        ("committee.md", include_str!("templates/markdown/committee.md")),
        ("briefing.md", include_str!("templates/markdown/briefing.md")),
        ("young-people.md", include_str!("templates/markdown/young-people.md")),
        ("step.md", include_str!("templates/markdown/step.md")),
        ("tracker.md", include_str!("templates/markdown/tracker.md")),
        ("sheet.md", include_str!("templates/markdown/sheet.md")),
        ("enquiry.md", include_str!("templates/markdown/enquiry.md")),
    ],
};

/// A report of a kind.
pub(crate) fn render_report(kind: Kind, report: &Report) -> String {
    template::render(Format::Markdown, kind.word(), report)
}

/// The tracker of actions.
pub(crate) fn render_tracker(tracker: &Tracker) -> String {
    template::render(Format::Markdown, "tracker", tracker)
}

/// A sheet, such as a comparison.
pub(crate) fn render_sheet(sheet: &Sheet) -> String {
    template::render(Format::Markdown, "sheet", sheet)
}

/// One blank line between the blocks of a template, none at the end, no white space at the end of a
/// line. Prose keeps the lines that it has, and with them those of its code.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blanks = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            blanks += 1;
            continue;
        }
        if blanks > 0 && !tidied.is_empty() {
            tidied.push('\n');
        }
        blanks = 0;
        tidied.push_str(line);
        tidied.push('\n');
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::super::template::LINE_END;
    use super::*;

    #[test]
    fn tidies_the_template_and_not_the_prose() {
        let prose = to_markdown("a\n\n````\n```\n\n\nb\n````", 4).replace('\n', LINE_END);
        let tidied = tidy(&format!("\n\n# Title  \n\n\n\n{prose}\n\n\nend\n\n"));
        let tidied = tidied.replace(LINE_END, "\n");
        assert_eq!(tidied, "# Title\n\na\n\n````\n```\n\n\nb\n````\n\nend\n");
    }
}
