//! An id that stands for two questions or steps of a checklist.

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use std::collections::HashMap;

use crate::source::{Span, Spanned};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-id",
    level: Level::Error,
    summary: "Two questions or two steps have the same id",
    explain: "Answers find their question by its id, so each id stands once in a checklist, \
              context questions included. Ids are never given to another question later.",
    before: "id = \"1.2\"   # for the second time",
    after: "id = \"1.3\"",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    let steps = checklist.steps.iter().map(|step| &step.id);
    report_twice(steps, "step", findings);
    let questions = checklist.questions().chain(&checklist.context).map(|question| &question.id);
    report_twice(questions, "question", findings);
}

fn report_twice<'c>(
    ids: impl Iterator<Item = &'c Spanned<String>>,
    what: &str,
    findings: &mut Findings,
) {
    let mut first_places: HashMap<&str, Span> = HashMap::new();
    for id in ids {
        match first_places.get(id.value.as_str()) {
            None => {
                first_places.insert(&id.value, id.span);
            }
            Some(&first) => {
                findings
                    .report(
                        &RULE,
                        id.span,
                        format!("There are two {what}s with the id {}", id.value),
                    )
                    .about(&id.value)
                    .label("the second")
                    .also(first, "the first")
                    .help("give the second an id of its own");
            }
        }
    }
}
