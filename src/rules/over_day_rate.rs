//! A day rate above its cap.

use crate::finding::{Findings, Level, Rule};
use crate::programme::Overview;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "over-day-rate",
    level: Level::Unfinished,
    summary: "A day costs more than it may",
    explain: "`day-rate-cap` is the most that a day may cost, and `day-rate` is what it costs. One \
              of the two is wrong, or somebody has to agree to the higher rate.",
    before: "budget: {day-rate: 850, day-rate-cap: 800}",
    after: "budget: {day-rate: 800, day-rate-cap: 800}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let budget = &overview.basis.programme.budget;
    let (Some(rate), Some(cap)) = (budget.day_rate.read(), budget.day_rate_cap.read()) else {
        return;
    };
    if rate.value > cap.value {
        let message = format!("A day costs {}, and {} at most was agreed", rate.value, cap.value);
        findings
            .report(&RULE, rate.span, message)
            .also(cap.span, "the most that a day may cost")
            .help("correct one of the two, or agree the higher rate");
    }
}
