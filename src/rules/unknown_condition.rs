//! A condition under which a question is asked that can never be met.

use crate::finding::Findings;
use crate::model::checklist::{Checklist, Kind, Question};
pub(super) use crate::model::faults::UNKNOWN_CONDITION as RULE;
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY};
use crate::syntax::decode::suggest;
use crate::text::{Patience, quoted};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    let all = || checklist.questions().chain(&checklist.context);
    let ids: Vec<&str> = all().map(|question| question.id.value.as_str()).collect();
    let patience = Patience::default();
    for question in all() {
        let Some(only_if) = &question.only_if else { continue };
        let condition = &only_if.value;
        let Some(other) = checklist.any_question(&condition.question) else {
            if let Some(dropped) = checklist.dropped(&condition.question) {
                let name = question.name();
                findings
                    .report(
                        &RULE,
                        dropped.span,
                        format!("Without this question, {name}, is never asked"),
                    )
                    .about(&question.id.value)
                    .help("drop that question as well, or keep this one");
                continue;
            }
            let message = format!("There is no question {}", quoted(&condition.question));
            let finding = findings.report(&RULE, only_if.span, message).about(&question.id.value);
            suggest(finding, patience.nearest(&condition.question, ids.iter().copied()), &ids);
            continue;
        };
        let answers = answers(checklist, other);
        let is_answer = |answer: &&str| answer.eq_ignore_ascii_case(&condition.value);
        if other.id.value == question.id.value {
            findings
                .report(&RULE, only_if.span, "A question cannot depend on its own answer")
                .about(&question.id.value)
                .help("name another question, or remove `only-if`");
        } else if !answers.is_empty() && !answers.iter().any(is_answer) {
            let message =
                format!("{} is not an answer to {}", quoted(&condition.value), other.name());
            let finding = findings.report(&RULE, only_if.span, message).about(&question.id.value);
            suggest(finding, patience.nearest(&condition.value, answers.iter().copied()), &answers);
        }
    }
}

/// The answers that a question can have; none where any can.
fn answers<'c>(checklist: &'c Checklist, question: &'c Question) -> Vec<&'c str> {
    let mut answers: Vec<&str> = match &question.kind {
        Kind::Text | Kind::Number(_) => return Vec::new(),
        Kind::YesNo => vec!["yes", "no"],
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.iter().map(|choice| choice.value.as_str()).collect()
        }
        Kind::Rag(_) => {
            let values = checklist.scale_of(question).map(|scale| scale.values.as_slice());
            values.unwrap_or_default().iter().map(|value| value.value.value.as_str()).collect()
        }
    };
    answers.extend([NOT_APPLICABLE, TOO_EARLY]);
    answers
}
