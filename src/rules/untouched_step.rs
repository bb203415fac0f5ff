//! A step that nothing in the programme touches.

use crate::finding::{Findings, Level, Rule};
use crate::programme::Overview;
use crate::text::join_words;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "untouched-step",
    level: Level::Advice,
    summary: "Nothing in the programme touches a step of the checklist",
    explain: "An assessment rates every step, so each needs something that it can rest on: an \
              activity, a meeting or a deep dive that names the step under `steps`.",
    before: "- {id: P-01, what: Visit the front door}",
    after: "- {id: P-01, what: Visit the front door, steps: [2, 3]}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let programme = overview.basis.programme;
    let is_begun = !programme.activities.is_empty()
        || !programme.meetings.is_empty()
        || !programme.deep_dives.is_empty();
    // Where nothing is planned yet, this goes without saying.
    if !is_begun {
        return;
    }
    let steps: Vec<&str> = overview.untouched().map(|step| step.id.value.as_str()).collect();
    let Some(checklist) = programme.checklist.read() else { return };
    let message = match steps.as_slice() {
        [] => return,
        [only] => format!("Nothing in the programme touches step {only}"),
        _ => format!("Nothing in the programme touches steps {}", join_words(&steps, "and")),
    };
    findings
        .report(&RULE, checklist.span, message)
        .help("name the steps under `steps` of an activity, a group or a deep dive");
}
