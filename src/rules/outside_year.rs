//! A date outside the programme's year.

use crate::finding::{Findings, Level, Rule};
use crate::model::period::long_date;
use crate::model::programme::When;
use crate::programme::Overview;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "outside-year",
    level: Level::Advice,
    summary: "Something is planned outside the programme's year",
    explain: "The days and the money of a programme are agreed for its year. What lies before or \
              after it belongs to another programme, or its date is mistyped.",
    before: "year: 2026-27\nactivities:\n  - {id: P-01, when: 2027-06}",
    after: "year: 2026-27\nactivities:\n  - {id: P-01, when: 2026-06}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let Some(year) = overview.basis.programme.year.value() else { return };
    let whole = When { from: year.from, to: year.to };
    for item in &overview.items {
        let Some(when) = item.when.filter(|when| !when.meets(whole)) else { continue };
        let message = format!("{} is outside the year {}", when.words(), year.name);
        findings.report(&RULE, item.span, message).about(item.id).help(format!(
            "the year runs from {} to {}: correct the date, or move it to another programme",
            long_date(year.from),
            long_date(year.to)
        ));
    }
}
