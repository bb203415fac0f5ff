//! A kind of change that does not fit what a mapping says beside it.

use super::subject::Between;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::{Checklist, Question};
use crate::model::mapping::{Class, Mapped, Mapping};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mapping-kind",
    level: Level::Error,
    summary: "The kind of change in a mapping does not fit the questions that it names",
    explain: "Same, cosmetic and moved questions have one successor with the same words; a reworded \
              one has one with others. A split question has two or more successors, merged ones \
              have one in common, a retired one has none. Whoever reads the mapping later relies on \
              that word.",
    before: "new = [\"1.1\"]   # in other words\nkind = \"same\"",
    after: "new = [\"1.1\"]\nkind = \"reworded\"",
};

pub(super) fn check(mapping: &Mapping, between: Between<'_>, findings: &mut Findings) {
    for mapped in &mapping.questions {
        let Some(kind) = mapped.kind.read() else { continue };
        if let Some((message, help)) = fault(mapping, mapped, kind.value, between) {
            let id = &mapped.old.value;
            findings.report(&RULE, kind.span, format!("{message} {id}")).about(id).help(help);
        }
    }
}

fn fault(
    mapping: &Mapping,
    mapped: &Mapped,
    kind: Class,
    between: Between<'_>,
) -> Option<(&'static str, &'static str)> {
    let was = question(between.old, &mapped.old.value)?;
    let successors: Option<Vec<&Question>> =
        mapped.new.iter().map(|id| question(between.new, &id.value)).collect();
    let successors = successors?;
    let ids = |own: &Mapped| own.new.iter().map(|id| id.value.clone()).collect::<Vec<_>>();
    let shares = |own: &&Mapped| own.old.value != mapped.old.value && ids(own) == ids(mapped);
    match (kind, successors.as_slice()) {
        (Class::Same | Class::Cosmetic | Class::Moved, [is]) if is.wording() != was.wording() => {
            Some(("Other words took the place of", "write kind = \"reworded\""))
        }
        (Class::Reworded, [is]) if is.wording() == was.wording() => {
            Some(("The same words took the place of", "write kind = \"same\" or \"moved\""))
        }
        (Class::Merged, [_]) if !mapping.questions.iter().any(|own| shares(&own)) => {
            let help = "write kind = \"reworded\", or give the others the same `new`";
            Some(("No other question was merged with", help))
        }
        (Class::Retired, []) | (Class::Split, [_, _, ..]) => None,
        (Class::Merged | Class::Reworded, [_]) => None,
        (Class::Same | Class::Cosmetic | Class::Moved, [_]) => None,
        (Class::Retired | Class::New, _) => {
            Some(("There are successors to", "leave `new` empty, or write another kind"))
        }
        (Class::Split, _) => {
            let help = "name two or more under `new`, or write kind = \"reworded\"";
            Some(("Several questions should take the place of", help))
        }
        (_, []) => {
            let help = "name it under `new`, or write kind = \"retired\"";
            Some(("No question takes the place of", help))
        }
        (_, _) => {
            let help = "name one under `new`, or write kind = \"split\"";
            Some(("One question should take the place of", help))
        }
    }
}

fn question<'c>(checklist: &'c Checklist, id: &str) -> Option<&'c Question> {
    let mut all = checklist.questions().chain(&checklist.context);
    all.find(|question| question.id.value == id)
}
