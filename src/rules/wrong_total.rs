//! A total that is not what is counted. It is held to the truth only where that is asked for, because
//! it is out of date after every answer.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::totals::total;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "wrong-total",
    level: Level::Error,
    summary: "A total that is expected is not the one that is counted",
    explain: "`expect` says what the assessment comes to, as it was agreed or published. `scrutiny \
              assess --expect` counts again, on the whole and by step: where the two differ, an answer was changed or the \
              total was not brought up to date.",
    before: "expect: {red: 2}",
    after: "expect: {red: 3}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (step, word, expected) in subject.assessment.expect.all() {
        let Some(expected) = expected else { continue };
        // A step that the checklist does not have is another rule's.
        if step.is_some_and(|step| subject.checklist.step(step).is_none()) {
            continue;
        }
        let counted = total(subject.checklist, subject.asked, step, word.value.trim());
        let Some(counted) = counted.filter(|counted| *counted != expected.value as usize) else {
            continue;
        };
        let word = word.value.trim().to_lowercase();
        let place = step.map(|step| format!(" in step {step}")).unwrap_or_default();
        let message =
            format!("The file expects {} {word}{place}, and {counted} are counted", expected.value);
        findings
            .report(&RULE, expected.span, message)
            .help(format!("look at the answers; if they are right, write `{word}: {counted}`"));
    }
}
