//! More days than were agreed.

use crate::finding::{Findings, Level, Rule};
use crate::model::programme::Days;
use crate::programme::{Overview, Pressure};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "over-days",
    level: Level::Unfinished,
    summary: "More days are used, or planned, than were agreed",
    explain: "The budget of a programme says how many days were agreed. When more are used, or when \
              those used and those still planned come to more, somebody has to agree to it, or \
              something has to be given up. Half a day counts.",
    before: "budget: {days: 15}\nactivities:\n  - {id: P-01, used: 15.5, status: done}",
    after: "budget: {days: 16}\nactivities:\n  - {id: P-01, used: 15.5, status: done}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let budget = &overview.basis.programme.budget;
    let Some(cap) = budget.days.read() else { return };
    let days = &overview.days;
    let (what, number) = match days.pressure(budget.warn_at) {
        Pressure::Passed => ("used", days.used),
        Pressure::WillPass => ("used or still planned", days.expected()),
        Pressure::Near | Pressure::Far => return,
    };
    let over = Days { halves: number.halves - cap.value.halves };
    let message = format!("More days are {what} than were agreed: {number} of {}", cap.value);
    findings
        .report(&RULE, cap.span, message)
        .label(format!("{} over", over.words()))
        .help("agree more days and write them here, or drop an activity that is still to come");
}
