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
    let patience = Patience::default();
    let mut question = |id: &Spanned<String>, edition: &Checklist| {
        if edition.any_question(&id.value).is_none() {
            let all = edition.questions().chain(&edition.context).map(|own| own.id.value.as_str());
            report(id, "question", all, edition, &patience, findings);
        }
    };
    for mapped in &mapping.questions {
        question(&mapped.old, between.old);
        mapped.new.iter().chain(mapped.carry.read()).for_each(|id| question(id, between.new));
    }
    let mut step = |id: &Spanned<String>, edition: &Checklist| {
        if edition.step(&id.value).is_none() {
            let all = edition.steps.iter().map(|own| own.id.value.as_str());
            report(id, "step", all, edition, &patience, findings);
        }
    };
    for mapped in &mapping.steps {
        step(&mapped.old, between.old);
        mapped.new.read().into_iter().for_each(|id| step(id, between.new));
    }
}

fn report<'c>(
    id: &Spanned<String>,
    what: &str,
    known: impl Iterator<Item = &'c str>,
    edition: &Checklist,
    patience: &Patience,
    findings: &mut Findings,
) {
    let message = format!("There is no {what} {} in {}", quoted(&id.value), edition.id.value);
    let finding = findings.report(&RULE, id.span, message).about(&id.value);
    match patience.nearest(&id.value, known) {
        meant @ Some(_) => suggest(finding, meant, &[]),
        None => {
            let help = format!("`scrutiny checklist show {}` lists the ids", edition.id.value);
            finding.help(help);
        }
    }
}
