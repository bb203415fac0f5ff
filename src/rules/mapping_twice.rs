//! Two entries of a mapping that cannot both hold.

use std::collections::HashMap;

use super::subject::Between;
use crate::finding::{Findings, Level, Rule};
use crate::model::mapping::Mapping;
use crate::source::{Span, Spanned};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mapping-twice",
    level: Level::Error,
    summary: "A mapping says two things of one question or one step",
    explain: "Each question of the earlier edition stands under `old` once, and each question of the \
              later one can take over one answer only: where several were merged, choose one of \
              them, and leave `carry` out of the others, whose answers are kept as orphans. The \
              same holds for steps.",
    before: "old = \"1.1\"\ncarry = \"1.1\"\n...\nold = \"1.2\"\ncarry = \"1.1\"",
    after: "old = \"1.1\"\ncarry = \"1.1\"\n...\nold = \"1.2\"   # without carry",
};

pub(super) fn check(mapping: &Mapping, _: Between<'_>, findings: &mut Findings) {
    let questions = || mapping.questions.iter();
    twice(questions().map(|own| &own.old), findings, |id| {
        (format!("Question {id} is mapped twice"), "keep one of the two entries")
    });
    twice(questions().filter_map(|own| own.carry.read()), findings, |id| {
        let help = "leave `carry` out of one of them; that answer is kept as an orphan";
        (format!("Question {id} is to take over two answers"), help)
    });
    let steps = || mapping.steps.iter();
    twice(steps().map(|own| &own.old), findings, |id| {
        (format!("Step {id} is mapped twice"), "keep one of the two entries")
    });
    twice(steps().filter_map(|own| own.new.read()), findings, |id| {
        let help = "leave `new` out of one of them; its words are then kept as comments";
        (format!("Step {id} is to take over the words on two steps"), help)
    });
}

fn twice<'m>(
    ids: impl Iterator<Item = &'m Spanned<String>>,
    findings: &mut Findings,
    say: impl Fn(&str) -> (String, &'static str),
) {
    let mut first_places: HashMap<&str, Span> = HashMap::new();
    for id in ids {
        match first_places.get(id.value.as_str()) {
            None => {
                first_places.insert(&id.value, id.span);
            }
            Some(&first) => {
                let (message, help) = say(&id.value);
                findings
                    .report(&RULE, id.span, message)
                    .about(&id.value)
                    .label("the second")
                    .also(first, "the first")
                    .help(help);
            }
        }
    }
}
