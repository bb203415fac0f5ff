//! An action with the date of its closing that is not closed.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::ActionStatus;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "closed-while-open",
    level: Level::Error,
    summary: "An action has the date of its closing, and is not closed",
    explain: "`closed` is the date on which the evidence of the work was accepted, so the status is \
              closed as well, or done where the evidence is still to come. Correct one of the two.",
    before: "status: open\nclosed: 2026-12-10",
    after: "status: closed\nclosed: 2026-12-10",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let is_done = matches!(action.status.value, ActionStatus::Closed | ActionStatus::Done);
        let Some(closed) = action.closed.read().filter(|_| !is_done) else { continue };
        let name = action.name();
        let word = action.status.value.word();
        findings
            .report(&RULE, closed.span, format!("{name} has a closing date, and is {word}"))
            .help("write `status: closed`, or remove the date")
            .about_given(action.id.value());
    }
}
