//! A challenge of which nothing came by the year's end.

use crate::finding::{Findings, Level, Rule};
use crate::programme::Overview;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "open-challenge",
    level: Level::Unfinished,
    summary: "It is not said what came of a challenge by the end of the year",
    explain: "A challenge is worth what comes of it. When the year is over, each says under `outcome` \
              what changed, also where that is nothing.",
    before: "- {id: C-01, what: Fund the plan, response: Agreed}",
    after: "- {id: C-01, what: Fund the plan, response: Agreed, outcome: Funded from July}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    if !overview.is_over() {
        return;
    }
    for own in &overview.basis.programme.challenges {
        // One that was to be looked at again is reported as late.
        if own.outcome.is_absent() && own.review_by.is_absent() {
            let span = own.what.read().map_or(own.span, |what| what.span);
            findings
                .report(&RULE, span, "The year is over, and it is not said what came of this")
                .about_given(own.id.value())
                .help("write what came of it under `outcome:`, also where that is nothing");
        }
    }
}
