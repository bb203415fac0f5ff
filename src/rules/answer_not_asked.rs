//! An answer to a question that is not asked here.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::Answer;
use crate::model::checklist::Condition;
use crate::model::standing::{self, Met, Standing};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "answer-not-asked",
    level: Level::Advice,
    summary: "A question is answered that is not asked here",
    explain: "The assessment does not cover this step, or the question is asked only when \
              another one is answered so. The answer is not counted. Add the step to `covers`, \
              correct the other answer, or remove this one.",
    before: "covers: [1]\nratings:\n  3.1: {rating: green}",
    after: "covers: [1, 3]\nratings:\n  3.1: {rating: green}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let (checklist, assessment) = (subject.checklist, subject.assessment);
    // Without `covers` every step is covered.
    let ratings = if assessment.covers.is_some() { assessment.ratings.as_slice() } else { &[] };
    for entry in ratings {
        let step = checklist.step_of(&entry.id.value);
        if let Some(step) = step.filter(|step| !standing::covers(assessment, step)) {
            let (question, step) = (&entry.id.value, &step.id.value);
            let message =
                format!("Question {question} is answered, but step {step} is not covered");
            findings
                .report(&RULE, entry.id.span, message)
                .about(question)
                .help(format!("add {step} to `covers:`, or remove the answer"));
        }
    }
    let answered = subject.all_asked().filter(|asked| asked.standing == Standing::NotAsked);
    for (entry, question) in answered.filter_map(|asked| Some((asked.entry?, asked.question))) {
        let is_empty = entry.rating.is_absent() && entry.answer == Answer::Absent;
        if is_empty {
            continue;
        }
        let (message, help) = match &question.only_if {
            Some(only_if) if !standing::is_for_others(assessment, question) => {
                let Condition { question: other, value } = &only_if.value;
                let met = standing::condition(checklist, assessment, &only_if.value);
                let help = match met {
                    Met::Open => format!("answer {other} first"),
                    Met::No | Met::Yes | Met::Unreadable => {
                        format!("correct the answer to {other}, or remove this one")
                    }
                };
                (
                    format!(
                        "Question {} is asked only if {other} is answered {value}",
                        entry.id.value
                    ),
                    help,
                )
            }
            _ => (
                format!("Question {} is not put to {}", entry.id.value, subject.perspective()),
                "remove the answer; the checklist says whom it asks".to_owned(),
            ),
        };
        findings
            .report(&RULE, entry.id.span, message)
            .about(&entry.id.value)
            .label(question.name())
            .help(help);
    }
}
