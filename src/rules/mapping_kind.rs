//! A kind of change that does not fit what a mapping says beside it.

use std::collections::{HashMap, HashSet};

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
    let merged = merged(mapping);
    for mapped in &mapping.questions {
        let Some(kind) = mapped.kind.read() else { continue };
        if let Some((message, help)) = fault(&merged, mapped, kind.value, between) {
            let id = &mapped.old.value;
            findings.report(&RULE, kind.span, format!("{message} {id}")).about(id).help(help);
        }
    }
}

fn fault(
    merged: &HashSet<Vec<&str>>,
    mapped: &Mapped,
    kind: Class,
    between: Between<'_>,
) -> Option<(&'static str, &'static str)> {
    let was = question(between.old, &mapped.old.value)?;
    let successors: Option<Vec<&Question>> =
        mapped.new.iter().map(|id| question(between.new, &id.value)).collect();
    let successors = successors?;
    match (kind, successors.as_slice()) {
        (Class::Same | Class::Cosmetic | Class::Moved, [is]) if is.wording() != was.wording() => {
            Some(("Other words took the place of", "write kind = \"reworded\""))
        }
        (Class::Reworded, [is]) if is.wording() == was.wording() => {
            Some(("The same words took the place of", "write kind = \"same\" or \"moved\""))
        }
        (Class::Merged, [_]) if !merged.contains(&successors_of(mapped)) => {
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

/// The ids of what took the place of a question.
fn successors_of(mapped: &Mapped) -> Vec<&str> {
    mapped.new.iter().map(|id| id.value.as_str()).collect()
}

/// The successors that several questions have in common.
fn merged(mapping: &Mapping) -> HashSet<Vec<&str>> {
    let mut first: HashMap<Vec<&str>, &str> = HashMap::new();
    let mut merged = HashSet::new();
    for mapped in &mapping.questions {
        let new = successors_of(mapped);
        let one = *first.entry(new.clone()).or_insert(&mapped.old.value);
        if one != mapped.old.value {
            merged.insert(new);
        }
    }
    merged
}

fn question<'c>(checklist: &'c Checklist, id: &str) -> Option<&'c Question> {
    checklist.any_question(id)
}
