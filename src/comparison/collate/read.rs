//! What is kept of an assessment to be counted: who, when, what was said, and of evidence and actions
//! only the words that are counted. Everything else is let go.

use jiff::civil::Date;

use super::Origin;
use crate::actions::Basis;
use crate::comparison::reply::{Reply, replies};
use crate::model::assessment::{
    Action, ActionStatus, Assessment, Evidence, Origin as Place, Status,
};
use crate::model::checklist::{Checklist, Question, Step};
use crate::model::period::Period;
use crate::model::workspace::Workspace;
use crate::source::Spanned;
use crate::syntax::decode::line;

/// Which questions are looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Only those of this step, by id.
    pub step: Option<String>,
    /// Only this one, by id.
    pub question: Option<String>,
}

/// What is kept of an assessment.
#[derive(Clone, Debug)]
pub(crate) struct Return {
    /// The partnership, as it is written.
    pub partnership: String,
    /// The period that it reports on.
    pub period: Period,
    /// Whose view it is.
    pub perspective: String,
    /// Draft or final.
    pub status: Status,
    /// The date on which what it says held.
    pub as_at: Option<Date>,
    /// The file, as outputs name it.
    pub file: String,
    /// What its outputs are marked with; may be empty.
    pub marking: String,
    /// The replies, in the order of the checklist's questions.
    pub(super) replies: Vec<Reply>,
    /// How its evidence was gathered.
    pub(super) methods: Vec<Word>,
    /// Whose voices are heard in it.
    pub(super) voices: Vec<Word>,
    actions: Vec<Deed>,
}

/// A method or a voice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    pub(super) text: Box<str>,
    pub(super) origin: Origin,
}

/// An action, as far as it is counted.
#[derive(Clone, Debug)]
struct Deed {
    task: Box<str>,
    /// The questions that it stands on or covers, by their places.
    on: Box<[usize]>,
}

impl Scope {
    /// Whether a question is looked at.
    pub(crate) fn holds(&self, step: Option<&Step>, question: &Question) -> bool {
        let in_step = self.step.as_ref();
        in_step.is_none_or(|wanted| step.is_some_and(|step| step.id.value == *wanted))
            && self.question.as_ref().is_none_or(|wanted| question.id.value == *wanted)
    }

    fn holds_place(&self, checklist: &Checklist, place: usize) -> bool {
        if self.step.is_none() && self.question.is_none() {
            return true;
        }
        checklist.ranked(place).is_some_and(|(step, question)| self.holds(step, question))
    }
}

impl Return {
    /// What is kept of an assessment; nothing where who, when or whose could not be read, which has
    /// then been reported.
    pub(crate) fn of(side: &Basis<'_>, scope: &Scope) -> Option<Self> {
        let Basis { assessment, checklist, workspace, .. } = side;
        let mut kept = Return {
            partnership: line(&assessment.partnership)?,
            period: assessment.period.value()?.clone(),
            perspective: line(&assessment.perspective)?,
            status: assessment.status.value,
            as_at: assessment.as_at.value().copied(),
            file: side.file.to_owned(),
            marking: workspace.and_then(|own| line(&own.marking)).unwrap_or_default(),
            replies: replies(checklist, assessment),
            methods: Vec::new(),
            voices: Vec::new(),
            actions: Vec::new(),
        };
        let places = Places(checklist);
        for entry in assessment.ratings.iter().chain(&assessment.context) {
            let place = places.of(&entry.id.value);
            if place.is_some_and(|place| scope.holds_place(checklist, place)) {
                kept.add_evidence(assessment, &entry.evidence, *workspace);
            }
        }
        for (origin, action) in assessment.all_actions() {
            let on = places.covered(origin, action);
            let in_scope = on.iter().any(|place| scope.holds_place(checklist, *place));
            let is_whole = scope.step.is_none() && scope.question.is_none();
            if action.status.value != ActionStatus::Dropped && (in_scope || is_whole) {
                let task = line(&action.task).unwrap_or_default().into();
                kept.actions.push(Deed { task, on: on.into() });
            }
        }
        Some(kept)
    }

    /// Whether it is not finished.
    pub(crate) fn is_draft(&self) -> bool {
        self.status == Status::Draft
    }

    /// What is to be done, in the words of the file.
    pub(super) fn tasks(&self) -> impl Iterator<Item = &str> {
        self.actions.iter().map(|action| &*action.task).filter(|task| !task.is_empty())
    }

    /// Whether an action stands on a question or covers it, the question being named by its place.
    pub(super) fn acts_on(&self, place: usize) -> bool {
        self.actions.iter().any(|action| action.on.contains(&place))
    }

    fn add_evidence(
        &mut self,
        assessment: &Assessment,
        evidence: &[Evidence],
        workspace: Option<&Workspace>,
    ) {
        for item in evidence {
            let cited = item.cites.value().and_then(|id| assessment.cited(id.trim()));
            for item in std::iter::once(item).chain(cited) {
                let own = workspace.map_or(&[][..], |own| &own.methods);
                item.method.read().into_iter().for_each(|word| add(&mut self.methods, word, own));
                let own = workspace.map_or(&[][..], |own| &own.voices);
                item.voices.iter().for_each(|word| add(&mut self.voices, word, own));
            }
        }
    }
}

/// Adds a word once, with where it comes from: those of a workspace are its own.
fn add(words: &mut Vec<Word>, word: &Spanned<String>, own: &[Spanned<String>]) {
    let text = word.value.trim();
    if words.iter().all(|known| *known.text != *text) {
        let is_own = own.iter().any(|own| own.value.trim() == text);
        let origin = if is_own { Origin::Local } else { Origin::Shipped };
        words.push(Word { text: text.into(), origin });
    }
}

/// Where the questions of a checklist stand among its replies.
struct Places<'a>(&'a Checklist);

impl Places<'_> {
    fn of(&self, id: &str) -> Option<usize> {
        self.0.rank(id)
    }

    /// The questions that an action stands on or covers.
    fn covered(&self, origin: Place<'_>, action: &Action) -> Vec<usize> {
        let of_step = |id: &str| {
            let step = self.0.step(id).into_iter().flat_map(|step| &step.questions);
            step.filter_map(|question| self.of(&question.id.value)).collect::<Vec<usize>>()
        };
        let covers = || {
            let one = |id: &Spanned<String>| match self.of(&id.value) {
                Some(place) => vec![place],
                None => of_step(&id.value),
            };
            action.covers.iter().flat_map(one).collect()
        };
        match origin {
            Place::Question(id) => self.of(&id.value).into_iter().collect(),
            Place::Step(id) if action.covers.is_empty() => of_step(&id.value),
            Place::Step(_) | Place::Whole => covers(),
        }
    }
}
