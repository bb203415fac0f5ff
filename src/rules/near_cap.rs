//! A cap that is nearly reached.

use crate::finding::{Findings, Level, Rule};
use crate::programme::{Overview, Pressure};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "near-cap",
    level: Level::Advice,
    summary: "Most of the days or of the money is used",
    explain: "It is said in time that the days or the money of a programme run out: from 80 in a \
              hundred of a cap on, or from what `warn-at` says. Agree what is still done with the \
              rest, and whether more is needed.",
    before: "budget: {days: 15}\nactivities:\n  - {id: P-01, used: 12, status: done}",
    after: "budget: {days: 15, warn-at: 90}\nactivities:\n  - {id: P-01, used: 12, status: done}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let budget = &overview.basis.programme.budget;
    let days = &overview.days;
    if let Some(cap) = budget.days.read()
        && days.pressure(budget.warn_at) == Pressure::Near
    {
        let left = cap.value.less(days.used);
        let message = format!("{} of {} are used", days.used, cap.value.words());
        findings
            .report(&RULE, cap.span, message)
            .label(format!("{} left", left.words()))
            .help("agree what the rest is for, or how many days more there can be");
    }
    if let (Some(cap), Some(costs)) = (budget.cost_cap.read(), &overview.costs)
        && costs.pressure(budget.warn_at) == Pressure::Near
    {
        let left = cap.value - costs.so_far();
        let message = format!("{} of {} is spent", costs.so_far(), cap.value);
        findings
            .report(&RULE, cap.span, message)
            .label(format!("{left} left"))
            .help("agree what the rest is for, or how much more there can be");
    }
}
