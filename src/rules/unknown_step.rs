//! A step that the checklist does not have.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-step",
    level: Level::Error,
    summary: "A step is named that the checklist does not have",
    explain: "The words and actions on a step are found by its id, and `covers` says which steps \
              an assessment is about. `scrutiny checklist show` lists the ids.",
    before: "covers: [1, 9]",
    after: "covers: [1, 3]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let steps: Vec<&str> =
        subject.checklist.steps.iter().map(|step| step.id.value.as_str()).collect();
    let covered = subject.assessment.covers.iter().flatten();
    for id in covered.chain(subject.assessment.steps.iter().map(|step| &step.id)) {
        if steps.contains(&id.value.as_str()) || subject.checklist.dropped_step(&id.value).is_some()
        {
            continue;
        }
        let message = format!("There is no step {} in the checklist", quoted(&id.value));
        let finding = findings.report(&RULE, id.span, message).about(&id.value);
        suggest(finding, nearest(&id.value, steps.iter().copied()), &steps);
    }
}
