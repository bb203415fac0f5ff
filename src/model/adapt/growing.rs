//! What a local checklist adds to the one that it extends: steps, and questions behind others.

use std::collections::HashMap;

use crate::finding::Findings;
use crate::model::chain::Chain;
use crate::model::checklist::{Change, Question, Step};
use crate::model::definition::{Added, Addition};
use crate::model::faults;
use crate::source::Spanned;

/// Steps to which others are added, and questions, each of which may stand behind one that was added.
#[derive(Default)]
pub(super) struct Growing {
    steps: Chain<(Step, Chain<Question>)>,
    by_id: HashMap<String, usize>,
    /// Each question by the number of its step, and its own in the step.
    questions: HashMap<String, (usize, usize)>,
    /// The steps that are named and not there.
    missed_steps: Vec<Spanned<String>>,
    /// The questions that are named and not there.
    missed_questions: Vec<Spanned<String>>,
}

/// Where an added question goes: the number of its step, and the question that it stands behind; last
/// where there is none.
type Place = (usize, Option<usize>);

impl Growing {
    /// The steps as they are before anything is added.
    pub(super) fn of(steps: Vec<Step>) -> Self {
        let mut growing = Growing::default();
        steps.into_iter().for_each(|step| growing.put_step(step, None));
        growing
    }

    /// The steps and the questions that were named and are not there.
    pub(super) fn missed(&mut self) -> (Vec<Spanned<String>>, Vec<Spanned<String>>) {
        (std::mem::take(&mut self.missed_steps), std::mem::take(&mut self.missed_questions))
    }

    /// The steps with all that was added.
    pub(super) fn into_steps(self) -> Vec<Step> {
        let whole = |(step, questions): (Step, Chain<Question>)| Step {
            questions: questions.into_vec(),
            ..step
        };
        self.steps.into_vec().into_iter().map(whole).collect()
    }

    /// Adds a step or a question.
    pub(super) fn add(&mut self, addition: Addition, findings: &mut Findings) {
        let Addition { what, why } = addition;
        match what {
            Added::Step(mut step, after) => {
                step.change = Change::Added { why };
                for question in &mut step.questions {
                    question.change = Change::Added { why: String::new() };
                }
                let behind = after.and_then(|after| {
                    let behind = self.by_id.get(&after.value).copied();
                    self.missed_steps.extend(behind.is_none().then_some(after));
                    behind
                });
                self.put_step(*step, behind);
            }
            Added::Question { mut question, step, after } => {
                question.change = Change::Added { why };
                if let Some((step, behind)) = self.place(&question.id, step, after, findings) {
                    self.put_question(*question, step, behind);
                }
            }
        }
    }

    fn put_step(&mut self, mut step: Step, behind: Option<usize>) {
        let (id, questions) = (step.id.value.clone(), std::mem::take(&mut step.questions));
        let number = self.steps.insert(behind.or(self.steps.last()), (step, Chain::default()));
        self.by_id.entry(id).or_insert(number);
        for question in questions {
            self.put_question(question, number, None);
        }
    }

    fn put_question(&mut self, question: Question, step: usize, behind: Option<usize>) {
        let id = question.id.value.clone();
        let (_, questions) = self.steps.get_mut(step);
        let number = questions.insert(behind.or(questions.last()), question);
        self.questions.entry(id).or_insert((step, number));
    }

    /// After the question that it names, else last in the step that it names, else last in the step that
    /// its own id begins with ("3.5" joins step 3).
    fn place(
        &mut self,
        id: &Spanned<String>,
        step: Option<Spanned<String>>,
        after: Option<Spanned<String>>,
        findings: &mut Findings,
    ) -> Option<Place> {
        let is_after = after.is_some();
        let behind = after.and_then(|after| {
            let place = self.questions.get(&after.value).copied();
            self.missed_questions.extend(place.is_none().then_some(after));
            place
        });
        match (behind, step) {
            (Some((own, behind)), step) => {
                let other = step.filter(|step| self.steps.get(own).0.id.value != step.value);
                if let Some(step) = other {
                    let message =
                        format!("The question that it follows is not in step {}", step.value);
                    findings
                        .report(&faults::UNKNOWN_CHANGE, step.span, message)
                        .help("remove either `step` or `after`, or make them agree");
                }
                Some((own, Some(behind)))
            }
            (None, Some(step)) => {
                let place = self.by_id.get(&step.value).copied();
                self.missed_steps.extend(place.is_none().then_some(step));
                Some((place?, None))
            }
            (None, None) => {
                let own = id.value.rsplit_once('.').and_then(|(step, _)| self.by_id.get(step));
                if own.is_none() && !is_after {
                    findings
                        .report(
                            &faults::UNKNOWN_CHANGE,
                            id.span,
                            "It is not said which step this question joins",
                        )
                        .help("add `step = \"...\"` with the id of the step");
                }
                Some((*own?, None))
            }
        }
    }
}
