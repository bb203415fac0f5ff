//! The action list as CSV that opens right in Excel: a byte-order mark, Windows line ends, and no
//! cell that a spreadsheet would take for a formula. The only file that knows the CSV writer.

use csv::{Terminator, WriterBuilder};
use jiff::civil::Date;

use crate::actions::{EvidenceWords, Group, Timing, Tracked};
use crate::model::assessment::Status;
use crate::text::{one_line, visible};

const HEADER: &[&str] = &[
    "Group",
    "Partnership",
    "Period",
    "Perspective",
    "Action",
    "Task",
    "Lead",
    "Due",
    "Status",
    "Closed",
    "Overdue",
    "Days overdue",
    "Stands on",
    "Step",
    "Covers",
    "Success",
    "Response",
    "Response date",
    "Response reason",
    "Evidence items",
    "Evidence",
    "Impact",
    "Review by",
    "Carried from",
    "File",
    "Assessment status",
    "As at",
    "Overdue as judged on",
    "Checklist",
    "Edition",
    "Attribution",
    "Marking",
    "Made with",
];

/// All groups as one table with a header. `tool` is the name and version of the program; a table has
/// no other place than its rows to say what it was made from.
pub(crate) fn render(groups: &[Group], tool: &str) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = "writing to memory cannot fail";
    writer.write_record(HEADER).expect(written);
    for group in groups {
        for action in &group.actions {
            let mut cells = what_is_done(group, action);
            cells.extend(what_came_of_it(action));
            cells.extend(made_from(action, tool));
            writer.write_record(cells.iter().map(|cell| guard(cell))).expect(written);
        }
    }
    let bytes = writer.into_inner().expect(written);
    format!("\u{feff}{}", String::from_utf8(bytes).expect("texts were written"))
}

/// Rows as a table, the first being its header.
pub(crate) fn render_rows(rows: &[Vec<String>]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = "writing to memory cannot fail";
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell))).expect(written);
    }
    let bytes = writer.into_inner().expect(written);
    format!("\u{feff}{}", String::from_utf8(bytes).expect("texts were written"))
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// The columns from the group to what the action covers.
fn what_is_done(group: &Group, action: &Tracked) -> Vec<String> {
    let (overdue, days) = match action.timing {
        Timing::Overdue(days) => ("yes", days.to_string()),
        _ => ("no", "0".to_owned()),
    };
    let steps: Vec<&str> = action.steps.iter().map(|step| step.id.as_str()).collect();
    vec![
        group.title.clone(),
        action.partnership.clone(),
        action.period.clone(),
        action.perspective.clone(),
        action.id.clone(),
        action.task.clone(),
        action.lead.clone(),
        date(action.due),
        action.status.word().to_owned(),
        date(action.closed),
        overdue.to_owned(),
        days,
        action.origin.clone(),
        steps.join(", "),
        action.covers.join(", "),
        action.success.clone(),
    ]
}

/// The columns from the response to where the action was carried from.
fn what_came_of_it(action: &Tracked) -> Vec<String> {
    let response = action.response.as_ref();
    let evidence: Vec<String> = action.evidence.iter().map(evidence).collect();
    vec![
        response.map(|response| response.said.clone()).unwrap_or_default(),
        date(response.and_then(|response| response.date)),
        response.map(|response| response.reason.clone()).unwrap_or_default(),
        evidence.len().to_string(),
        evidence.join("; "),
        action.impact.clone(),
        date(action.review_by),
        action.carried_from.clone(),
    ]
}

fn evidence(words: &EvidenceWords) -> String {
    match &words.says {
        Some(says) => format!("{}: {}", words.name, one_line(says)),
        None => words.name.clone(),
    }
}

/// The columns that say what the row was made from.
fn made_from(action: &Tracked, tool: &str) -> Vec<String> {
    let made_from = &action.made_from;
    let status = match made_from.status {
        Status::Draft => "draft",
        Status::Final => "final",
    };
    vec![
        made_from.file.clone(),
        status.to_owned(),
        date(made_from.as_at),
        date(made_from.judged_on.or(made_from.as_at)),
        made_from.checklist.clone(),
        made_from.edition.clone(),
        made_from.attribution.clone(),
        made_from.marking.clone(),
        tool.to_owned(),
    ]
}

/// A cell that no spreadsheet takes for a formula, and that is never empty.
fn guard(cell: &str) -> String {
    let cell = visible(cell);
    let is_formula = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
        )
    };
    match cell.trim_start().chars().next() {
        None => "none".to_owned(),
        Some(first) if is_formula(first) => format!("'{cell}"),
        Some(_) => cell.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_cells_against_formulas() {
        let check = |cell: &str, expected: &str| assert_eq!(guard(cell), expected);
        check("Agree the plan", "Agree the plan");
        check("=1+1", "'=1+1");
        check("  @SUM(A1)", "'  @SUM(A1)");
        check("-2", "'-2");
        check("\u{ff1d}1", "'\u{ff1d}1");
        check("", "none");
    }
}
