//! An action that was carried forward again and again, and not begun.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::ActionStatus;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "never-started",
    level: Level::Advice,
    summary: "An action was carried forward three times, and is still not done",
    explain: "An action that goes from period to period unchanged is a decision that nobody has \
              taken. Ask the lead what stands in the way; then agree a first step with a date, or \
              give it to somebody who can do it, or drop it and say why.",
    before: "status: open\ncarried-from: 2025-26 Q4/A-07\ncarried: 3",
    after: "status: dropped\ncarried-from: 2025-26 Q4/A-07\ncarried: 3",
};

/// How many times an action may be carried forward before it is asked about.
const OFTEN: u32 = 3;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let is_waiting = matches!(action.status.value, ActionStatus::Proposed | ActionStatus::Open);
        let times = action.times_carried();
        if !is_waiting || times < OFTEN {
            continue;
        }
        let Some(carried) = action.carried.read() else { continue };
        let name = action.name();
        let word = action.status.value.word();
        findings
            .report(
                &RULE,
                carried.span,
                format!("{name} was carried forward {times} times, and is still {word}"),
            )
            .help("agree a first step and its date, or drop it and say why")
            .about_given(action.id.value());
    }
}
