//! A checklist without steps, or a step without questions.

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;

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
    for step in checklist.steps.iter().filter(|step| step.questions.is_empty()) {
        let adapted = checklist.adapted.as_ref();
        let dropped = adapted.and_then(|own| own.dropped.iter().rfind(|d| d.step == step.id.value));
        let span = dropped.map_or(step.id.span, |dropped| dropped.span);
        findings
            .report(&RULE, span, format!("Step {} has no questions", step.id.value))
            .about(&step.id.value)
            .help("add `[[step.question]]` under it, or drop the step");
    }
}
