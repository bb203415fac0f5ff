//! A question or a step of the earlier edition of which a mapping says nothing.

use super::subject::Between;
use crate::finding::{Findings, Level, Rule};
use crate::model::mapping::Mapping;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mapping-missing",
    level: Level::Error,
    summary: "A mapping says nothing of a question or a step",
    explain: "Every question and every step of the earlier edition has an entry, so that no answer is \
              left out by oversight. One that has no successor is `retired`: its answer is kept as \
              an orphan.",
    before: "# nothing about question 4.2",
    after: "[[question]]\nold = \"4.2\"\nnew = []\nkind = \"retired\"",
};

pub(super) fn check(mapping: &Mapping, between: Between<'_>, findings: &mut Findings) {
    let old = between.old;
    for question in old.questions().chain(&old.context) {
        let id = &question.id.value;
        if mapping.question(id).is_none() {
            let name = question.name();
            findings
                .report(&RULE, mapping.span, format!("Nothing is said of {name}"))
                .about(id)
                .also(question.id.span, "as it was asked")
                .help("add `[[question]]` with old, new, carry and kind; kind = \"retired\" needs no more");
        }
    }
    for step in &old.steps {
        let id = &step.id.value;
        if mapping.step(id).is_none() {
            findings
                .report(&RULE, mapping.span, format!("Nothing is said of step {id}"))
                .about(id)
                .also(step.id.span, "as it was")
                .help("add `[[step]]` with old and new; without new its words become comments");
        }
    }
}
