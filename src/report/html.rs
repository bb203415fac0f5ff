//! Reports as web pages: how the values that templates print are written.

use super::Report;
use super::kind::{Format, Kind};
use super::prose::to_line;
use super::template::{self, Dialect};
use crate::text::{one_line, visible};

/// Headings in prose stand at this level unless a template says otherwise: below a question.
const USUAL_HEADING: usize = 4;

/// How HTML writes what templates print.
pub(super) static DIALECT: Dialect = Dialect {
    text: escape,
    inline: escape,
    cell,
    prose,
    usual_heading: USUAL_HEADING,
    tidy: str::to_owned,
    templates: &[
        ("full.html", include_str!("templates/html/full.html")),
        ("quarterly.html", include_str!("templates/html/quarterly.html")),
        ("annual.html", include_str!("templates/html/annual.html")),
        ("committee.html", include_str!("templates/html/committee.html")),
        ("briefing.html", include_str!("templates/html/briefing.html")),
        ("young-people.html", include_str!("templates/html/young-people.html")),
        ("step.html", include_str!("templates/html/step.html")),
    ],
};

/// A report of a kind.
pub(crate) fn render(kind: Kind, report: &Report) -> String {
    template::render(Format::Html, kind.word(), report)
}

/// A short text as it was written, whatever HTML would make of it.
fn escape(text: &str) -> String {
    let line = one_line(&visible(text));
    let mut escaped = String::with_capacity(line.len() + 8);
    for character in line.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn cell(prose: &str) -> String {
    escape(&to_line(prose))
}

fn prose(prose: &str, _level: usize) -> String {
    format!("<p>{}</p>", cell(prose))
}
