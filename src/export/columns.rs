//! The columns of an action list, for every format that has columns, so that no two of them can
//! disagree; and the guard against cells that a spreadsheet would take for a formula.

use jiff::civil::Date;

use crate::actions::{EvidenceWords, Group, Timing, Tracked};
use crate::model::audience::Audience;
use crate::text::{one_line, visible};

/// What stands in a cell. None is empty: what is not there is said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A date.
    Date(Date),
    /// A number.
    Number(i64),
}

impl Cell {
    /// A text as it may stand in a cell.
    fn text(text: &str) -> Self {
        Cell::Text(guard(text))
    }

    fn date(date: Option<Date>) -> Self {
        date.map_or_else(|| Cell::text(""), Cell::Date)
    }

    fn count(number: usize) -> Self {
        Cell::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// The cell in words.
    pub(super) fn words(self) -> String {
        match self {
            Cell::Text(text) => text,
            Cell::Date(date) => date.to_string(),
            Cell::Number(number) => number.to_string(),
        }
    }
}

/// An action with what stands around it in a list.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) group: &'a Group,
    pub(super) action: &'a Tracked,
    /// The name and version of the program.
    pub(super) tool: &'a str,
}

/// One column.
pub(super) struct Column {
    /// Its name, which stays the same: people build on it.
    pub(super) title: &'static str,
    readers: Readers,
    cell: fn(&Row<'_>) -> Cell,
}

impl Column {
    /// What stands in a row.
    pub(super) fn cell(&self, row: &Row<'_>) -> Cell {
        (self.cell)(row)
    }
}

/// Who sees a column.
#[derive(Clone, Copy)]
enum Readers {
    All,
    /// Everybody but the public. Its cells would be empty anyway.
    NotPublic,
}

const fn column(title: &'static str, cell: fn(&Row<'_>) -> Cell) -> Column {
    Column { title, readers: Readers::All, cell }
}

const fn inside(title: &'static str, cell: fn(&Row<'_>) -> Cell) -> Column {
    Column { title, readers: Readers::NotPublic, cell }
}

static COLUMNS: [Column; 33] = [
    column("Group", |row| Cell::text(&row.group.title)),
    column("Partnership", |row| Cell::text(&row.action.partnership)),
    column("Period", |row| Cell::text(&row.action.period)),
    column("Perspective", |row| Cell::text(&row.action.perspective)),
    column("Action", |row| Cell::text(&row.action.id)),
    column("Task", |row| Cell::text(&row.action.task)),
    column("Lead", |row| Cell::text(&row.action.lead)),
    column("Due", |row| Cell::date(row.action.due)),
    column("Status", |row| Cell::text(row.action.status.word())),
    column("Closed", |row| Cell::date(row.action.closed)),
    column("Overdue", |row| Cell::text(if days_overdue(row).is_some() { "yes" } else { "no" })),
    column("Days overdue", |row| Cell::Number(days_overdue(row).unwrap_or(0))),
    column("Stands on", |row| Cell::text(&row.action.origin)),
    column("Step", |row| Cell::text(&steps(row))),
    column("Covers", |row| Cell::text(&row.action.covers.join(", "))),
    column("Success", |row| Cell::text(&row.action.success)),
    column("Response", |row| {
        Cell::text(row.action.response.as_ref().map_or("", |response| &response.said))
    }),
    column("Response date", |row| {
        Cell::date(row.action.response.as_ref().and_then(|response| response.date))
    }),
    inside("Response reason", |row| {
        Cell::text(row.action.response.as_ref().map_or("", |response| &response.reason))
    }),
    column("Evidence items", |row| Cell::count(row.action.evidence.len())),
    column("Evidence", |row| Cell::text(&evidence(row))),
    column("Impact", |row| Cell::text(&row.action.impact)),
    column("Review by", |row| Cell::date(row.action.review_by)),
    column("Carried from", |row| Cell::text(&row.action.carried_from)),
    inside("File", |row| Cell::text(&row.action.made_from.file)),
    column("Assessment status", |row| Cell::text(assessment_status(row))),
    column("As at", |row| Cell::date(row.action.made_from.as_at)),
    column("Overdue as judged on", |row| {
        let made_from = &row.action.made_from;
        Cell::date(made_from.judged_on.or(made_from.as_at))
    }),
    column("Checklist", |row| Cell::text(&row.action.made_from.checklist)),
    column("Edition", |row| Cell::text(&row.action.made_from.edition)),
    column("Attribution", |row| Cell::text(&row.action.made_from.attribution)),
    column("Marking", |row| Cell::text(&row.action.made_from.marking)),
    column("Made with", |row| Cell::text(row.tool)),
];

/// The columns that an audience sees, in order.
pub(super) fn columns(audience: Audience) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| match (column.readers, audience) {
        (Readers::All, _) | (Readers::NotPublic, Audience::Internal | Audience::Partnership) => {
            true
        }
        (Readers::NotPublic, Audience::Public) => false,
    })
}

fn days_overdue(row: &Row<'_>) -> Option<i64> {
    match row.action.timing {
        Timing::Overdue(days) => Some(i64::from(days)),
        Timing::Due
        | Timing::Undated
        | Timing::Proposed
        | Timing::Done
        | Timing::Closed
        | Timing::Dropped => None,
    }
}

fn steps(row: &Row<'_>) -> String {
    let steps: Vec<&str> = row.action.steps.iter().map(|step| step.id.as_str()).collect();
    steps.join(", ")
}

fn evidence(row: &Row<'_>) -> String {
    let words = |words: &EvidenceWords| match &words.says {
        Some(says) => format!("{}: {}", words.name, one_line(says)),
        None => words.name.clone(),
    };
    row.action.evidence.iter().map(words).collect::<Vec<_>>().join("; ")
}

fn assessment_status(row: &Row<'_>) -> &'static str {
    row.action.made_from.status.word()
}

/// A cell that no spreadsheet takes for a formula, and that is never empty.
pub(super) fn guard(cell: &str) -> String {
    match guarded(cell) {
        cell if cell.trim().is_empty() => "none".to_owned(),
        cell => cell,
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn guarded(cell: &str) -> String {
    let cell = visible(cell);
    if begins_formula(&cell) { format!("'{cell}") } else { cell.into_owned() }
}

/// What stood in a cell before it was guarded.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| begins_formula(rest)).unwrap_or(cell)
}

/// Whether a text begins with a sign by which a spreadsheet knows a formula.
fn begins_formula(cell: &str) -> bool {
    let first = cell.trim_start().chars().next();
    first.is_some_and(|c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_cells_against_formulas() {
        let check = |cell: &str, expected: &str| {
            assert_eq!(guard(cell), expected);
            assert!(cell.is_empty() || unguarded(expected) == visible(cell), "{cell}");
        };
        check("Agree the plan", "Agree the plan");
        check("=1+1", "'=1+1");
        check("  @SUM(A1)", "'  @SUM(A1)");
        check("-2", "'-2");
        check("\u{ff1d}1", "'\u{ff1d}1");
        check("\u{200b}=1", "'=1");
        check("", "none");
    }

    #[test]
    fn names_each_column_once() {
        let titles: std::collections::BTreeSet<&str> =
            COLUMNS.iter().map(|column| column.title).collect();
        assert_eq!(titles.len(), COLUMNS.len());
    }
}
