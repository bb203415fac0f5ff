//! A checklist without steps, or a step without questions.

use std::collections::HashMap;

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "empty-checklist",
    level: Level::Error,
    summary: "The checklist has no steps, or a step has no questions",
    explain: "A checklist consists of steps, and a step of questions; otherwise there is nothing \
              to assess.",
    before: "[[step]]\nid = \"7\"\ntitle = \"...\"",
    after: "[[step]]\nid = \"7\"\ntitle = \"...\"\n[[step.question]]\nid = \"7.1\"\n...",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    if checklist.steps.is_empty() {
        findings
            .report(&RULE, checklist.span(), "This checklist has no steps")
            .help("add `[[step]]` with `[[step.question]]` under it");
    }
    let adapted = checklist.adapted.iter().flat_map(|own| &own.dropped);
    // Of several that were dropped from a step, the last counts.
    let dropped: HashMap<&str, Span> =
        adapted.map(|dropped| (dropped.step.as_str(), dropped.span)).collect();
    for step in checklist.steps.iter().filter(|step| step.questions.is_empty()) {
        let span = dropped.get(step.id.value.as_str()).copied().unwrap_or(step.id.span);
        findings
            .report(&RULE, span, format!("Step {} has no questions", step.id.value))
            .about(&step.id.value)
            .help("add `[[step.question]]` under it, or drop the step");
    }
}
