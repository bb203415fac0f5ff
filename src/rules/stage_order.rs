//! Stages of a deep dive out of their order.

use crate::finding::{Findings, Level, Rule};
use crate::model::programme::{DeepDive, Stage};
use crate::programme::Overview;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stage-order",
    level: Level::Unfinished,
    summary: "A stage of a deep dive is out of order",
    explain: "The stages follow each other: scope agreed, fieldwork, written up, shared with those \
              who took part, the executive, recommendations agreed, tracked. A stage was reached \
              before one that comes first, or one in between is not noted. Who took part should see \
              what was written before the executive does.",
    before: "stages:\n  written-up: {done: 2026-09-01}\n  executive: {done: 2026-09-10}",
    after: "stages:\n  written-up: {done: 2026-09-01}\n  shared: {done: 2026-09-04}\n  executive: {done: 2026-09-10}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    for dive in &overview.basis.programme.deep_dives {
        for (place, stage) in dive.stages.iter().enumerate() {
            check_stage(dive, stage, &dive.stages[..place], findings);
        }
    }
}

fn check_stage(dive: &DeepDive, stage: &Stage, before: &[Stage], findings: &mut Findings) {
    let Some(done) = stage.done.read() else { return };
    let name = stage.name.words().to_lowercase();
    let later = before.iter().rev().find_map(|own| {
        own.done.read().filter(|earlier| earlier.value > done.value).map(|earlier| (own, earlier))
    });
    if let Some((own, earlier)) = later {
        let first = own.name.words().to_lowercase();
        findings
            .report(
                &RULE,
                done.span,
                format!("The stage \"{name}\" was reached before \"{first}\""),
            )
            .about_given(dive.id.value())
            .also(earlier.span, "this stage comes first")
            .help("correct one of the two dates");
    }
    // Of several that are not noted, the nearest is enough to say.
    let Some(own) = before.last().filter(|own| own.done.is_absent()) else { return };
    let first = own.name.words().to_lowercase();
    let message = format!("The stage \"{name}\" was reached, and \"{first}\" was not");
    findings
        .report(&RULE, done.span, message)
        .about_given(dive.id.value())
        .help(format!("add `{}: {{done: ...}}` with its date", own.name.key()));
}
