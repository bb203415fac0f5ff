//! More money than was agreed.

use crate::finding::{Findings, Level, Rule};
use crate::programme::{Overview, Pressure};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "over-cost",
    level: Level::Unfinished,
    summary: "More money is spent, or will be, than was agreed",
    explain: "`cost-cap` is the most that the programme may cost: the days at the day rate, and the \
              expenses where they stand outside the fee. When more is spent, or when the days still \
              planned would bring it above, somebody has to agree to it.",
    before: "budget: {day-rate: 800, cost-cap: 12000}\nactivities:\n  - {id: P-01, used: 15.5, status: done}",
    after: "budget: {day-rate: 800, cost-cap: 12400}\nactivities:\n  - {id: P-01, used: 15.5, status: done}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let budget = &overview.basis.programme.budget;
    let (Some(cap), Some(costs)) = (budget.cost_cap.read(), &overview.costs) else { return };
    let (what, amount) = match costs.pressure(budget.warn_at) {
        Pressure::Passed => ("spent", costs.so_far()),
        Pressure::WillPass => ("spent or still planned", costs.expected()),
        Pressure::Near | Pressure::Far => return,
    };
    let message = format!("More is {what} than was agreed: {amount} of {}", cap.value);
    findings
        .report(&RULE, cap.span, message)
        .label(format!("{} over", amount - cap.value))
        .help("agree more and write it here, or drop an activity that is still to come");
}
