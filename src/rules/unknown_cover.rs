//! An action that covers something which is not there.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::model::assessment::Origin;
use crate::model::checklist::{Checklist, Step};
use crate::text::{Patience, quoted};

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
        for id in &action.covers {
            let around = checklist.step_of(&id.value);
            let is_here = |own: &Step| step.is_none_or(|step| step.id.value == own.id.value);
            let is_step = step.is_none() && checklist.step(&id.value).is_some();
            let is_known = around.is_some_and(is_here) || is_step;
            if is_known || checklist.dropped(&id.value).is_some() {
                continue;
            }
            let is_own_step = step.is_some_and(|own| own.id.value == id.value);
            let message = match around {
                _ if is_own_step => {
                    "An action on a step covers its questions, not the step".to_owned()
                }
                Some(_) => format!("Question {} is not in the step of this action", id.value),
                None => format!("There is no question or step {} to cover", quoted(&id.value)),
            };
            let finding = findings.report(&RULE, id.span, message);
            finding.about_given(action.id.value());
            match around {
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
                    match patience.nearest(&id.value, coverable(checklist, step)) {
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

/// The ids that an action can cover: the questions of its step; on the whole, all questions and steps.
fn coverable<'c>(
    checklist: &'c Checklist,
    step: Option<&'c Step>,
) -> impl Iterator<Item = &'c str> {
    let steps = step.map_or(checklist.steps.as_slice(), std::slice::from_ref);
    let questions = steps.iter().flat_map(|step| &step.questions);
    let whole = checklist.steps.iter().filter(move |_| step.is_none());
    let questions = questions.map(|question| question.id.value.as_str());
    questions.chain(whole.map(|step| step.id.value.as_str()))
}
