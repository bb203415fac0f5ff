//! Where an action stands on a date, and what presses most.

use jiff::civil::Date;

use crate::model::assessment::{Action, ActionStatus};

/// Where an action stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timing {
    /// Open, and its date is past by so many days.
    Overdue(i32),
    /// Open, and its date is not past, or it is not known on which date to judge.
    Due,
    /// Open, without a date.
    Undated,
    /// Put forward, not yet agreed.
    Proposed,
    /// Carried out.
    Done,
    /// Carried out, and the evidence accepted.
    Closed,
    /// Given up.
    Dropped,
}

impl Timing {
    /// Where an action stands on a date.
    pub(crate) fn of(action: &Action, as_at: Option<Date>) -> Self {
        match (action.status.value, action.due.value(), as_at) {
            (ActionStatus::Proposed, _, _) => Timing::Proposed,
            (ActionStatus::Done, _, _) => Timing::Done,
            (ActionStatus::Closed, _, _) => Timing::Closed,
            (ActionStatus::Dropped, _, _) => Timing::Dropped,
            (ActionStatus::Open, None, _) => Timing::Undated,
            (ActionStatus::Open, Some(due), Some(as_at)) if *due < as_at => {
                Timing::Overdue(due.until(as_at).map_or(0, |span| span.get_days()))
            }
            (ActionStatus::Open, Some(_), _) => Timing::Due,
        }
    }

    /// The group that it belongs to, in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Timing::Overdue(_) => "Overdue",
            Timing::Due => "Open, by due date",
            Timing::Undated => "Open, without a due date",
            Timing::Proposed => "Proposed",
            Timing::Done => "Done",
            Timing::Closed => "Closed",
            Timing::Dropped => "Dropped",
        }
    }

    /// The sort of action, as it is counted.
    pub(super) fn sort(self) -> &'static str {
        match self {
            Timing::Overdue(_) => "overdue",
            Timing::Due | Timing::Undated => "open",
            Timing::Proposed => "proposed",
            Timing::Done => "done",
            Timing::Closed => "closed",
            Timing::Dropped => "dropped",
        }
    }

    /// Groups come in the order of what presses most.
    pub(super) fn rank(self) -> usize {
        match self {
            Timing::Overdue(_) => 0,
            Timing::Due => 1,
            Timing::Undated => 2,
            Timing::Proposed => 3,
            Timing::Done => 4,
            Timing::Closed => 5,
            Timing::Dropped => 6,
        }
    }
}
