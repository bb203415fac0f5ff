//! A step that the checklist does not have.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::programme::Overview;
use crate::source::Spanned;
use crate::syntax::decode::suggest;
use crate::text::{Patience, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-step",
    level: Level::Error,
    summary: "A step is named that the checklist does not have",
    explain: "The words and actions on a step are found by its id, and `covers` says which steps \
              an assessment is about; `expect` may hold totals of steps; `steps` in a programme says what is touched. `scrutiny checklist show` lists the ids.",
    before: "covers: [1, 9]",
    after: "covers: [1, 3]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let covered = subject.assessment.covers.iter().flatten();
    let named = covered.chain(subject.assessment.steps.iter().map(|step| &step.id));
    let named = named.chain(subject.assessment.expect.steps.iter().map(|(id, _)| id));
    compare(subject.checklist, named, findings);
}

/// In a programme.
pub(super) fn check_programme(overview: &Overview<'_>, findings: &mut Findings) {
    let Some(checklist) = overview.basis.checklist else { return };
    let programme = overview.basis.programme;
    let named = programme.activities.iter().flat_map(|own| &own.steps);
    let named = named.chain(programme.meetings.iter().flat_map(|own| &own.steps));
    let named = named.chain(programme.deep_dives.iter().flat_map(|own| &own.steps));
    compare(checklist, named, findings);
}

fn compare<'a>(
    checklist: &Checklist,
    named: impl Iterator<Item = &'a Spanned<String>>,
    findings: &mut Findings,
) {
    let steps: Vec<&str> = checklist.steps.iter().map(|step| step.id.value.as_str()).collect();
    let patience = Patience::default();
    for id in named {
        if checklist.step(&id.value).is_some() || checklist.dropped_step(&id.value).is_some() {
            continue;
        }
        let message = format!("There is no step {} in the checklist", quoted(&id.value));
        let finding = findings.report(&RULE, id.span, message).about(&id.value);
        suggest(finding, patience.nearest(&id.value, steps.iter().copied()), &steps);
    }
}
