//! An action that covers something which is not there.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::model::assessment::Origin;
use crate::text::{Patience, is_same, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-cover",
    level: Level::Error,
    summary: "An action covers a question that is not there",
    explain: "An action on a step names the questions of that step which it covers; an action on \
              the whole names questions or steps. A misspelt id would leave a question without \
              its action.",
    before: "covers: [3.1, 3.9]",
    after: "covers: [3.1, 3.2]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let checklist = subject.checklist;
    let patience = Patience::default();
    let actions = subject.assessment.all_actions();
    for (origin, action) in actions.filter(|(_, action)| !action.covers.is_empty()) {
        let step = match origin {
            Origin::Step(step) => checklist.step(&step.value),
            Origin::Question(_) | Origin::Whole => None,
        };
        let questions: Vec<&str> = match step {
            Some(step) => {
                step.questions.iter().map(|question| question.id.value.as_str()).collect()
            }
            None => checklist.questions().map(|question| question.id.value.as_str()).collect(),
        };
        for id in &action.covers {
            let is_question = questions.iter().any(|question| is_same(question, &id.value));
            let is_step = step.is_none() && checklist.step(&id.value).is_some();
            if is_question || is_step || checklist.dropped(&id.value).is_some() {
                continue;
            }
            let elsewhere = checklist
                .steps
                .iter()
                .find(|own| own.questions.iter().any(|q| q.id.value == id.value));
            let is_own_step = step.is_some_and(|own| own.id.value == id.value);
            let message = match elsewhere {
                _ if is_own_step => {
                    "An action on a step covers its questions, not the step".to_owned()
                }
                Some(_) => format!("Question {} is not in the step of this action", id.value),
                None => format!("There is no question or step {} to cover", quoted(&id.value)),
            };
            let finding = findings.report(&RULE, id.span, message);
            finding.about_given(action.id.value());
            match elsewhere {
                _ if is_own_step => {
                    finding.help("leave `covers` out, and it covers the whole step");
                }
                Some(other) => {
                    finding.help(format!(
                        "put the action on step {}, or on the whole under the top-level `actions:`",
                        other.id.value
                    ));
                }
                None => {
                    let steps = checklist.steps.iter().map(|step| step.id.value.as_str());
                    let steps = steps.filter(|_| step.is_none());
                    let all: Vec<&str> = questions.iter().copied().chain(steps).collect();
                    match patience.nearest(&id.value, all.iter().copied()) {
                        Some(meant) => finding
                            .label(format!("did you mean {meant}?"))
                            .repair(meant, Trust::Spelling),
                        None => {
                            finding.help("write the number of a question, as the checklist has it")
                        }
                    };
                }
            }
        }
    }
}
