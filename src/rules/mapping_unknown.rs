//! An id in a mapping that its edition does not have.

use super::subject::Between;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::model::mapping::Mapping;
use crate::source::Spanned;
use crate::syntax::decode::suggest;
use crate::text::{Patience, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mapping-unknown",
    level: Level::Error,
    summary: "A mapping names a question or a step that its edition does not have",
    explain: "`old` is an id of the checklist under `from`; `new` and `carry` are ids of the one \
              under `to`. A misspelt id would leave an answer without its place.",
    before: "old = \"1.1\"\nnew = [\"1.9\"]",
    after: "old = \"1.1\"\nnew = [\"1.2\"]",
};

pub(super) fn check(mapping: &Mapping, between: Between<'_>, findings: &mut Findings) {
    let questions = |checklist: &Checklist| -> Vec<String> {
        let all = checklist.questions().chain(&checklist.context);
        all.map(|question| question.id.value.clone()).collect()
    };
    let steps = |checklist: &Checklist| -> Vec<String> {
        checklist.steps.iter().map(|step| step.id.value.clone()).collect()
    };
    let patience = Patience::default();
    let (then, now) = (questions(between.old), questions(between.new));
    for mapped in &mapping.questions {
        report(&mapped.old, "question", &then, between.old, &patience, findings);
        for new in mapped.new.iter().chain(mapped.carry.read()) {
            report(new, "question", &now, between.new, &patience, findings);
        }
    }
    let (then, now) = (steps(between.old), steps(between.new));
    for mapped in &mapping.steps {
        report(&mapped.old, "step", &then, between.old, &patience, findings);
        if let Some(new) = mapped.new.read() {
            report(new, "step", &now, between.new, &patience, findings);
        }
    }
}

fn report(
    id: &Spanned<String>,
    what: &str,
    known: &[String],
    edition: &Checklist,
    patience: &Patience,
    findings: &mut Findings,
) {
    if known.contains(&id.value) {
        return;
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("There is no {what} {} in {}", quoted(&id.value), edition.id.value);
    let finding = findings.report(&RULE, id.span, message).about(&id.value);
    match patience.nearest(&id.value, known.iter().copied()) {
        meant @ Some(_) => suggest(finding, meant, &known),
        None => {
            let help = format!("`scrutiny checklist show {}` lists the ids", edition.id.value);
            finding.help(help);
        }
    }
}
