//! Too early without a date on which to look again.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "too-early-without-review",
    level: Level::Error,
    summary: "\"Too early\" has no date on which to look again",
    explain: "Too early is an answer for now. It says on which date the question will be looked \
              at again.",
    before: "rating: too-early",
    after: "rating: too-early\nreview-by: 2027-03-31",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.all_asked().filter(|asked| asked.standing == Standing::TooEarly) {
        if asked.entry.is_some_and(|entry| entry.review_by.is_absent()) {
            findings
                .report(
                    &RULE,
                    subject.value_span(asked),
                    "It is not said when this is looked at again",
                )
                .about(&asked.question.id.value)
                .label(asked.question.name())
                .help("add `review-by:` with a date");
        }
    }
}
