//! A response that is not a plain yes, without its reason.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unexplained-response",
    level: Level::Advice,
    summary: "A response other than accepted gives no reason",
    explain: "Where the partnership accepts an action in part or not at all, readers ask why. \
              Write its reason under `reason`.",
    before: "response: {said: not-accepted}",
    after: "response: {said: not-accepted, reason: The post exists already.}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let Some(response) = &action.response else { continue };
        let Some(said) = response.said.read() else { continue };
        if matches!(said.value.as_str(), "partly" | "not-accepted") && response.reason.is_absent() {
            findings
                .report(
                    &RULE,
                    said.span,
                    format!("The response \"{}\" gives no reason", said.value),
                )
                .help("add `reason:` with what the partnership said")
                .about_given(action.id.value());
        }
    }
}
