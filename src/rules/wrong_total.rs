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
              assess --expect` counts again: where the two differ, an answer was changed or the \
              total was not brought up to date.",
    before: "expect: {red: 2}",
    after: "expect: {red: 3}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (word, expected) in &subject.assessment.expect {
        let Some(expected) = expected else { continue };
        let counted = total(subject.checklist, subject.asked, word.value.trim());
        if counted.is_some_and(|counted| counted != expected.value as usize) {
            let counted = counted.unwrap_or_default();
            let word = word.value.trim().to_lowercase();
            findings
                .report(
                    &RULE,
                    expected.span,
                    format!(
                        "The file expects {} {word}, and {counted} are counted",
                        expected.value
                    ),
                )
                .help(format!("look at the answers; if they are right, write `{word}: {counted}`"));
        }
    }
}
