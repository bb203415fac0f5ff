//! A rated question without a scale to rate it on.

use std::collections::HashSet;

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::model::checklist::Kind;
use crate::syntax::decode::suggest;
use crate::text::{Patience, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-scale",
    level: Level::Error,
    summary: "A question is rated on a scale that is not there",
    explain: "Each value of a scale stands in a table such as [[scales.rag]], best first. A \
              rated question names its scale, or takes the one named at the top under `scale`, \
              or the only one.",
    before: "scale = \"score\"",
    after: "[[scales.score]]\nvalue = \"1\"\nmeans = \"...\"",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    let scales: Vec<&str> =
        checklist.scales.iter().map(|scale| scale.name.value.as_str()).collect();
    let known: HashSet<&str> = scales.iter().copied().collect();
    let patience = Patience::default();
    for question in checklist.questions() {
        match &question.kind {
            Kind::Rag(Some(name)) if !known.contains(name.value.as_str()) => {
                let message = format!("There is no scale {}", quoted(&name.value));
                let finding = findings.report(&RULE, name.span, message).about(&question.id.value);
                let meant = patience.nearest(&name.value, scales.iter().copied());
                match scales.is_empty() {
                    true => finding.help(format!("define it with `[[scales.{}]]`", name.value)),
                    false => {
                        suggest(finding, meant, &scales);
                        finding
                    }
                };
            }
            Kind::Rag(None) => {
                findings
                    .report(&RULE, question.id.span, format!("Question {} has no scale to be rated on", question.id.value))
                    .about(&question.id.value)
                    .help("define one with `[[scales.rag]]` and name it under `scale`, or give the question another `kind`");
            }
            _ => {}
        }
    }
}
