//! Not applicable without a reason.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "not-applicable-unexplained",
    level: Level::Error,
    summary: "\"Not applicable\" is not explained",
    explain: "A question that is left out of the counts says why it does not apply here.",
    before: "rating: not-applicable",
    after: "rating: not-applicable\nbecause: There is no such unit in the area.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.all_asked().filter(|asked| asked.standing == Standing::NotApplicable) {
        // Where it is refused in the first place there is nothing to explain.
        let is_bare = asked.entry.is_some_and(|entry| entry.because.is_absent());
        if asked.question.not_applicable && is_bare {
            findings
                .report(&RULE, subject.value_span(asked), "It is not said why this does not apply")
                .about(&asked.question.id.value)
                .label(asked.question.name())
                .help("give the reason under `because:`");
        }
    }
}
