//! An action done or closed that does not say what difference it made.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "done-without-impact",
    level: Level::Advice,
    summary: "An action is done, and its impact is not said",
    explain: "Done is not the same as made a difference. Say under `impact` what changed for \
              children or for practice; or, where that cannot be known yet, when it will be \
              reviewed, under `review-by`.",
    before: "status: done",
    after: "status: done\nreview-by: 2027-03-31",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        if action.lacks_impact() {
            let name = action.name();
            let word = action.status.value.word();
            findings
                .report(&RULE, action.status.span, format!("{name} is {word}, and its impact is not said"))
                .help("say under `impact:` what changed, or under `review-by:` when that is looked at").about_given(action.id.value());
        }
    }
}
