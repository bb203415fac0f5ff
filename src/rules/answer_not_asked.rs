//! An answer to a question that is not asked here.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::{Standing, is_met};

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
    let assessment = subject.assessment;
    let uncovered = |id: &str| {
        let step = subject
            .checklist
            .steps
            .iter()
            .find(|step| step.questions.iter().any(|q| q.id.value == id));
        step.filter(|step| !assessment.covers_step(&step.id.value))
    };
    for entry in &assessment.ratings {
        if let Some(step) = uncovered(&entry.id.value) {
            let id = &step.id.value;
            findings
                .report(
                    &RULE,
                    entry.id.span,
                    format!(
                        "Question {} is answered, but step {id} is not covered",
                        entry.id.value
                    ),
                )
                .about(&entry.id.value)
                .help(format!("add {id} to `covers:`, or remove the answer"));
        }
    }
    for asked in subject.all_asked() {
        let (Some(entry), Some(only_if)) = (asked.entry, &asked.question.only_if) else { continue };
        let is_answered = !matches!(asked.standing, Standing::NotYet | Standing::NotAsked);
        if is_answered && !is_met(assessment, &only_if.value) {
            let condition = &only_if.value;
            findings
                .report(
                    &RULE,
                    entry.id.span,
                    format!(
                        "Question {} is asked only if {} is answered {}",
                        entry.id.value, condition.question, condition.value
                    ),
                )
                .about(&entry.id.value)
                .label(asked.question.name())
                .help(format!("correct the answer to {}, or remove this one", condition.question));
        }
    }
}
