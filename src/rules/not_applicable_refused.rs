//! Not applicable where the question does not allow it.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "not-applicable-refused",
    level: Level::Error,
    summary: "The question may not be answered \"not applicable\"",
    explain: "The checklist says which questions may not apply. Any other is rated, or said to \
              be too early to rate; otherwise an inconvenient question could be made to \
              disappear from the counts.",
    before: "rating: not-applicable",
    after: "rating: red\nbecause: Nothing is in place yet.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.all_asked().filter(|asked| asked.standing == Standing::NotApplicable) {
        if !asked.question.not_applicable {
            let what = if asked.question.is_rated() { "rate it" } else { "answer it" };
            findings
                .report(
                    &RULE,
                    subject.value_span(asked),
                    "This question may not be answered \"not applicable\"",
                )
                .about(&asked.question.id.value)
                .label(asked.question.name())
                .also(asked.question.id.span, "the checklist does not allow it here")
                .help(format!("{what}, or write too-early with a `review-by` date"));
        }
    }
}
