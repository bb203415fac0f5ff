//! The action list as CSV that opens right in Excel: a byte-order mark, Windows line ends, and no
//! cell that a spreadsheet would take for a formula. The only file that knows the CSV writer.

use csv::{Terminator, WriterBuilder};

use crate::actions::{Group, Timing, Tracked};
use crate::text::visible;

const HEADER: [&str; 24] = [
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
    "Impact",
    "Review by",
    "Carried from",
    "File",
];

/// All groups as one table with a header.
pub(crate) fn render(groups: &[Group]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = "writing to memory cannot fail";
    writer.write_record(HEADER).expect(written);
    for group in groups {
        for action in &group.actions {
            writer.write_record(record(group, action).map(|cell| guard(&cell))).expect(written);
        }
    }
    let bytes = writer.into_inner().expect(written);
    format!("\u{feff}{}", String::from_utf8(bytes).expect("texts were written"))
}

fn record(group: &Group, action: &Tracked) -> [String; 24] {
    let date =
        |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let (overdue, days) = match action.timing {
        Timing::Overdue(days) => ("yes", days.to_string()),
        _ => ("no", "0".to_owned()),
    };
    [
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
        action.step.clone(),
        action.covers.join(", "),
        action.success.clone(),
        action.response.as_ref().map(|response| response.said.clone()).unwrap_or_default(),
        date(action.response.as_ref().and_then(|response| response.date)),
        action.response.as_ref().map(|response| response.reason.clone()).unwrap_or_default(),
        action.evidence.to_string(),
        action.impact.clone(),
        date(action.review_by),
        action.carried_from.clone(),
        action.file.clone(),
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
