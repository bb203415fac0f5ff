//! An action closed without evidence.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::ActionStatus;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "closed-without-evidence",
    level: Level::Error,
    summary: "An action is closed without evidence",
    explain: "Closed means that the evidence of the work was accepted. Name it under the \
              action's own `evidence`, or say that the action is done.",
    before: "status: closed",
    after: "status: closed\nevidence: Minutes of the executive, 3 June 2026",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        if action.status.value == ActionStatus::Closed && action.evidence.is_empty() {
            let name = action.name();
            findings
                .report(&RULE, action.status.span, format!("{name} is closed without evidence"))
                .help("name the evidence under the action's `evidence:`, or write `status: done`")
                .about_given(action.id.value());
        }
    }
}
