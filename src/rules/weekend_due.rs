//! A due date on a weekend.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::model::assessment::ActionStatus;
use crate::model::period::long_date;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "weekend-due",
    level: Level::Advice,
    summary: "An action is due on a weekend",
    explain: "Nobody will be at work to finish it. Take the Friday before or the Monday after.",
    before: "due: 2026-12-19",
    after: "due: 2026-12-18",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let is_to_be_done =
            matches!(action.status.value, ActionStatus::Open | ActionStatus::Proposed);
        let Some(due) = action.due.read().filter(|_| is_to_be_done) else { continue };
        let (day, friday) = match due.value.weekday() {
            Weekday::Saturday => ("Saturday", due.value.saturating_sub(1.day())),
            Weekday::Sunday => ("Sunday", due.value.saturating_sub(2.days())),
            _ => continue,
        };
        let message = format!("{} is a {day}", long_date(due.value));
        findings
            .report(&RULE, due.span, message)
            .help(format!("take the Friday before, {friday}, or another working day"))
            .about_given(action.id.value());
    }
}
