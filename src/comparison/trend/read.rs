//! What is kept of an assessment to be followed through time, and the periods between two that nobody
//! assessed.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::actions::Basis;
use crate::actions::Timing;
use crate::comparison::reply::{Reply, replies};
use crate::model::assessment::{ActionStatus, Status};
use crate::model::period::{self, Period};
use crate::syntax::decode::line;

/// What is kept of an assessment.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The partnership, as it is written.
    pub partnership: String,
    /// The period that it reports on.
    pub period: Period,
    /// Whose view it is.
    pub perspective: String,
    /// Draft or final.
    pub status: Status,
    /// The date on which what it says held.
    pub as_at: Option<Date>,
    /// The file, as outputs name it.
    pub file: String,
    /// What its outputs are marked with; may be empty.
    pub marking: String,
    /// The month in which the partnership's year starts; nothing where that is not said.
    pub first_month: Option<i8>,
    /// The replies, in the order of the checklist's questions.
    pub(super) replies: Vec<Reply>,
    /// Its actions.
    pub(super) actions: Vec<ActionThen>,
}

/// An action as it stood in an assessment.
#[derive(Clone, Debug)]
pub(super) struct ActionThen {
    /// Its id; empty where it has none.
    pub(super) id: Box<str>,
    /// What will be done.
    pub(super) task: Box<str>,
    pub(super) status: ActionStatus,
    pub(super) due: Option<Date>,
    /// Whether it was carried forward from an earlier assessment.
    pub(super) lineage: Lineage,
    pub(super) timing: Timing,
}

/// Where an action comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lineage {
    /// It is new in its assessment, as far as that says.
    New,
    /// It says that it was carried forward.
    Carried,
}

impl Snapshot {
    /// What is kept of an assessment; nothing where who, when or whose could not be read, which has
    /// then been reported.
    pub(crate) fn of(side: &Basis<'_>) -> Option<Self> {
        let Basis { assessment, checklist, workspace, .. } = side;
        let action = |action: &crate::model::assessment::Action| ActionThen {
            id: line(&action.id).unwrap_or_default().into(),
            task: line(&action.task).unwrap_or_default().into(),
            status: action.status.value,
            due: action.due.value().copied(),
            lineage: match line(&action.carried_from) {
                Some(_) => Lineage::Carried,
                None => Lineage::New,
            },
            timing: Timing::of(action, side.as_at),
        };
        Some(Snapshot {
            partnership: line(&assessment.partnership)?,
            period: assessment.period.value()?.clone(),
            perspective: line(&assessment.perspective)?,
            status: assessment.status.value,
            as_at: side.as_at,
            file: side.file.to_owned(),
            marking: workspace.and_then(|own| line(&own.marking)).unwrap_or_default(),
            first_month: workspace.map(|own| own.first_month),
            replies: replies(checklist, assessment),
            actions: assessment.all_actions().map(|(_, own)| action(own)).collect(),
        })
    }
}

/// The names of the periods between two that follow each other: quarters between quarters, halves
/// between halves, years between years, otherwise the days that none covers.
pub(crate) fn gaps(earlier: &Period, later: &Period, first_month: i8) -> Vec<String> {
    let parts: &[&str] = match (sort(earlier), sort(later)) {
        (Some(own), Some(other)) if own == other => match own {
            "Q" => &[" Q1", " Q2", " Q3", " Q4"],
            "H" => &[" H1", " H2"],
            _ => &[""],
        },
        _ => &[],
    };
    let years = earlier.from.year().saturating_sub(1)..=later.to.year();
    let names = years.flat_map(|year| {
        let name = match first_month {
            1 => year.to_string(),
            _ => format!("{year}-{:02}", (year + 1).rem_euclid(100)),
        };
        parts.iter().map(move |part| format!("{name}{part}"))
    });
    let between = names.filter_map(|name| period::parse(&name, first_month).ok());
    let named: Vec<String> = between
        .filter(|own| own.from > earlier.to && own.to < later.from)
        .map(|own| own.name)
        .collect();
    let first = earlier.to.saturating_add(1.day());
    match named.is_empty() && first < later.from && parts.is_empty() {
        true => vec![format!("{first} to {}", later.from.saturating_sub(1.day()))],
        false => named,
    }
}

/// The letter of a half or a quarter, nothing for a year; none for a stretch between two dates.
fn sort(period: &Period) -> Option<&str> {
    match period.name.split_once(' ') {
        None => Some(""),
        Some((_, part)) if part.len() == 2 => part.get(..1),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_periods_in_between() {
        let check = |earlier: &str, later: &str, expected: &[&str]| {
            let read = |name: &str| period::parse(name, 4).expect("a period");
            assert_eq!(gaps(&read(earlier), &read(later), 4), expected, "{earlier}, {later}");
        };
        check("2025-26 Q4", "2026-27 Q1", &[]);
        check("2025-26 Q3", "2026-27 Q2", &["2025-26 Q4", "2026-27 Q1"]);
        check("2023-24", "2026-27", &["2024-25", "2025-26"]);
        check("2025-26 H1", "2026-27 H1", &["2025-26 H2"]);
        check("2025-26 Q1", "2025-26 H2", &["2025-07-01 to 2025-09-30"]);
        check("2025-26 H1", "2025-26 Q3", &[]);
        check(
            "2025-04-01 to 2025-05-31",
            "2025-07-01 to 2025-07-31",
            &["2025-06-01 to 2025-06-30"],
        );
    }
}
