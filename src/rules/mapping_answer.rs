//! An answer that a mapping sends to a question that cannot have it, or withholds from its own.

use std::collections::{HashMap, HashSet};

use super::subject::Between;
use crate::comparison::editions::fits;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::{Checklist, Question};
use crate::model::mapping::{Mapped, Mapping};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mapping-answer",
    level: Level::Error,
    summary: "An answer cannot go where a mapping sends it",
    explain: "`carry` is one of the questions under `new`, is answered in the same way as the old \
              question was, and stands with it either among the context questions or among those \
              of the steps. Otherwise leave `carry` out: the answer is kept as an orphan, and the \
              new question is asked afresh. Where the words and the answers are the same, the \
              answer has its place and goes there.",
    before: "old = \"1.1\"\nnew = [\"1.2\"]\ncarry = \"1.3\"",
    after: "old = \"1.1\"\nnew = [\"1.2\"]\ncarry = \"1.2\"",
};

pub(super) fn check(mapping: &Mapping, between: Between<'_>, findings: &mut Findings) {
    let mut worded: HashMap<String, Vec<&Question>> = HashMap::new();
    for question in between.new.questions().chain(&between.new.context) {
        worded.entry(question.wording()).or_default().push(question);
    }
    let taken = mapping.questions.iter().filter_map(|own| own.carry.value());
    let taken: HashSet<&str> = taken.map(String::as_str).collect();
    for mapped in &mapping.questions {
        let Some((was, is_context)) = question(between.old, &mapped.old.value) else { continue };
        let Some(carry) = mapped.carry.read() else {
            let same = worded.get(&was.wording()).map(Vec::as_slice).unwrap_or_default();
            let own = Withheld { mapped, was, is_context, same };
            withheld(&taken, &own, between, findings);
            continue;
        };
        let Some((is, is_context_now)) = question(between.new, &carry.value) else { continue };
        let id = &mapped.old.value;
        if !mapped.new.iter().any(|own| own.value == carry.value) {
            let message = format!("Question {} did not take the place of {id}", carry.value);
            let finding = findings.report(&RULE, carry.span, message).about(id);
            finding.help("name it under `new` as well, or another one under `carry`");
        } else if is_context != is_context_now {
            let message = format!("The answer to {id} would stand in another part of the file");
            let finding = findings.report(&RULE, carry.span, message).about(id);
            finding.help("leave `carry` out: context questions and others are answered apart");
        } else if !fits(between.old, was, between.new, is) {
            let message = format!("Question {} is answered in another way than {id}", is.id.value);
            findings
                .report(&RULE, carry.span, message)
                .about(id)
                .also(is.id.span, "the question as it is now")
                .help("leave `carry` out: the answer is kept as an orphan, and the question asked afresh");
        }
    }
}

/// An answer that goes nowhere, and the questions of the later edition that have its words.
struct Withheld<'a> {
    mapped: &'a Mapped,
    was: &'a Question,
    is_context: bool,
    same: &'a [&'a Question],
}

/// The words and the answers are the same, and nothing else takes their place.
fn withheld(
    taken: &HashSet<&str>,
    own: &Withheld<'_>,
    between: Between<'_>,
    findings: &mut Findings,
) {
    let is_free = |is: &&&Question| {
        let is_here = question(between.new, &is.id.value);
        fits(between.old, own.was, between.new, is)
            && !taken.contains(is.id.value.as_str())
            && is_here.is_some_and(|(_, is_context)| is_context == own.is_context)
    };
    if let Some(is) = own.same.iter().find(is_free) {
        let mapped = own.mapped;
        let id = &mapped.old.value;
        let message = format!("The words of {id} stand as {} in the later edition", is.id.value);
        findings
            .report(&RULE, mapped.old.span, message)
            .about(id)
            .help(format!("write new = [\"{0}\"] and carry = \"{0}\"", is.id.value));
    }
}

/// A question, and whether it is a context question.
fn question<'c>(checklist: &'c Checklist, id: &str) -> Option<(&'c Question, bool)> {
    let of_steps = checklist.question(id).map(|own| (own, false));
    of_steps.or_else(|| checklist.context_question(id).map(|own| (own, true)))
}
