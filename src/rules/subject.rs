//! What the rules on an assessment look at: the assessment beside its checklist and its workspace,
//! with what several of them ask for worked out once.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::assessment::{Action, ActionStatus, Assessment, Entry, Origin, Prose};
use crate::model::checklist::{Checklist, Question};
use crate::model::standing::{AGREED, Asked, PERSPECTIVES};
use crate::model::workspace::Workspace;
use crate::source::{Source, Span, Spanned};
use crate::text::Patience;

/// An assessment that is to be judged.
pub(super) struct Subject<'a> {
    pub(super) source: &'a Source,
    pub(super) assessment: &'a Assessment,
    pub(super) checklist: &'a Checklist,
    pub(super) workspace: Option<&'a Workspace>,
    /// The questions of the steps that it covers.
    pub(super) asked: &'a [Asked<'a>],
    /// The context questions.
    pub(super) context: &'a [Asked<'a>],
    /// The answers whose id no question in their place has.
    pub(super) strangers: Vec<(&'a Entry, Place)>,
    /// All prose that may reach a reader.
    pub(super) prose: Vec<Prose<'a>>,
    /// The questions by the fingerprints of their wordings, worked out when first asked for.
    wordings: OnceCell<HashMap<String, &'a str>>,
    /// The ids of all questions, and those under which an answer stands, worked out when first asked for.
    ids: OnceCell<HashSet<&'a str>>,
    answered: OnceCell<HashSet<&'a str>>,
    /// The known perspectives in order, and the same to look one up; worked out when first asked for.
    perspectives: OnceCell<(Vec<&'a str>, HashSet<&'a str>)>,
    /// What is left of the search for the questions that were meant.
    patience: Patience,
    /// The methods of gathering evidence that are allowed.
    pub(super) methods: Vec<&'a str>,
    /// The voices that are allowed.
    pub(super) voices: Vec<&'a str>,
}

/// What has an action: each question and each step once, by its id.
#[derive(Default)]
pub(super) struct Acted<'a> {
    /// Those that have it from elsewhere: a question's own actions are found with it.
    questions: HashSet<&'a str>,
    steps: HashSet<&'a str>,
}

impl Acted<'_> {
    /// Whether a question has an action, or its step has one for all its questions.
    pub(super) fn holds(&self, asked: &Asked<'_>) -> bool {
        asked.entry.is_some_and(|entry| entry.actions.iter().any(is_meant))
            || self.questions.contains(asked.question.id.value.as_str())
            || asked.step.is_some_and(|step| self.steps.contains(step.id.value.as_str()))
    }
}

/// The two editions that a mapping is between.
#[derive(Clone, Copy)]
pub(super) struct Between<'a> {
    /// The earlier edition.
    pub(super) old: &'a Checklist,
    /// The later edition.
    pub(super) new: &'a Checklist,
}

/// Where an answer stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Under `ratings`.
    Ratings,
    /// Under `context`.
    Context,
}

/// How evidence is gathered, in every workspace.
pub(crate) const METHODS: [&str; 15] = [
    "document-review",
    "interview",
    "focus-group",
    "observation",
    "audit",
    "data",
    "survey",
    "visit",
    "peer-review",
    "self-assessment",
    "case-review",
    "deep-dive",
    "consultation",
    "inspection",
    "meeting",
];

/// Whose voices are heard, in every workspace.
pub(crate) const VOICES: [&str; 9] = [
    "children",
    "young-people",
    "families",
    "parents-and-carers",
    "practitioners",
    "managers",
    "leaders",
    "partners",
    "community",
];

impl<'a> Subject<'a> {
    pub(super) fn new(
        source: &'a Source,
        assessment: &'a Assessment,
        checklist: &'a Checklist,
        workspace: Option<&'a Workspace>,
        asked: &'a [Asked<'a>],
        context: &'a [Asked<'a>],
    ) -> Self {
        let own = |list: fn(&Workspace) -> &Vec<Spanned<String>>| {
            workspace.map(list).into_iter().flatten().map(|word| word.value.as_str())
        };
        let methods = METHODS.into_iter().chain(own(|workspace| &workspace.methods)).collect();
        let voices = VOICES.into_iter().chain(own(|workspace| &workspace.voices)).collect();
        let prose = assessment.all_prose();
        let ratings = strangers(&assessment.ratings, checklist.questions(), Place::Ratings);
        let of_context = strangers(&assessment.context, checklist.context.iter(), Place::Context);
        let strangers = ratings.into_iter().chain(of_context).collect();
        Subject {
            source,
            assessment,
            checklist,
            workspace,
            asked,
            context,
            strangers,
            prose,
            wordings: OnceCell::new(),
            ids: OnceCell::new(),
            answered: OnceCell::new(),
            perspectives: OnceCell::new(),
            patience: Patience::default(),
            methods,
            voices,
        }
    }

    /// The questions of the steps, then the context questions.
    pub(super) fn all_asked(&self) -> impl Iterator<Item = &Asked<'a>> {
        self.asked.iter().chain(self.context)
    }

    pub(super) fn perspective(&self) -> &str {
        self.assessment.perspective.value().map_or("", |perspective| perspective.trim())
    }

    /// The perspectives that can be told from a misspelling.
    pub(super) fn known_perspectives(&self) -> &[&'a str] {
        &self.perspectives().0
    }

    /// Whether a word is one of them.
    pub(super) fn is_known_perspective(&self, word: &str) -> bool {
        self.perspectives().1.contains(word)
    }

    fn perspectives(&self) -> &(Vec<&'a str>, HashSet<&'a str>) {
        self.perspectives.get_or_init(|| self.gather_perspectives())
    }

    fn gather_perspectives(&self) -> (Vec<&'a str>, HashSet<&'a str>) {
        let agencies = self.workspace.into_iter().flat_map(Workspace::agency_ids);
        let ordered = self.workspace.into_iter().flat_map(|workspace| &workspace.perspectives);
        let respondents = self.checklist.questions().flat_map(|question| &question.respondents);
        let mut known: Vec<&'a str> = PERSPECTIVES.to_vec();
        let named = ordered.chain(respondents).map(|word| word.value.as_str());
        let mut seen: HashSet<&'a str> = known.iter().copied().collect();
        for word in agencies.chain(named) {
            if seen.insert(word) {
                known.push(word);
            }
        }
        (known, seen)
    }

    /// Whether anything says which agencies there are.
    pub(super) fn declares_agencies(&self) -> bool {
        self.known_perspectives().len() > PERSPECTIVES.len()
    }

    /// Whether an answer is to a question that was in the checklist once: the local checklist left it
    /// out, or the answer is pinned to a wording that no question has any more, or to that of one with
    /// an entry of its own.
    pub(super) fn is_orphan(&self, entry: &Entry) -> bool {
        let id = entry.id.value.as_str();
        let pinned = entry.wording.value().map(|wording| wording.trim());
        let is_gone = |wording: &str| self.worded(wording).is_none_or(|id| self.is_answered(id));
        (self.checklist.dropped(id).is_some() || pinned.is_some_and(is_gone))
            && self.question_id(id).is_none()
    }

    /// Whether an entry stands under the id of a question.
    fn is_answered(&self, id: &str) -> bool {
        let entries = || self.assessment.ratings.iter().chain(&self.assessment.context);
        let ids = || entries().map(|entry| entry.id.value.as_str()).collect();
        self.answered.get_or_init(ids).contains(id)
    }

    /// The id as a question has it, be it one of a step or a context question.
    pub(super) fn question_id(&self, id: &str) -> Option<&'a str> {
        let ids = || self.all_questions().map(|question| question.id.value.as_str()).collect();
        self.ids.get_or_init(ids).get(id).copied()
    }

    /// The questions of all steps and the context questions.
    pub(super) fn all_questions(&self) -> impl Iterator<Item = &'a Question> {
        self.checklist.questions().chain(&self.checklist.context)
    }

    /// The question that an answer under an unknown id was most likely meant for: the one whose
    /// wording it is pinned to, or whose id is nearest.
    pub(super) fn meant_question(&self, entry: &Entry, place: Place) -> Option<&'a str> {
        let wording = entry.wording.value().map(|wording| wording.trim());
        let pinned = wording.and_then(|wording| self.worded(wording));
        let id = |question: &'a Question| question.id.value.as_str();
        let near = || match place {
            Place::Ratings => {
                self.patience.nearest(&entry.id.value, self.checklist.questions().map(id))
            }
            Place::Context => {
                self.patience.nearest(&entry.id.value, self.checklist.context.iter().map(id))
            }
        };
        pinned.or_else(near)
    }

    /// The question whose wording has a fingerprint.
    fn worded(&self, wording: &str) -> Option<&'a str> {
        let all = || {
            self.all_questions().map(|question| (question.wording(), question.id.value.as_str()))
        };
        self.wordings.get_or_init(|| all().collect()).get(wording).copied()
    }

    /// The questions whose answer stands under a wrong id or in the wrong place, which is reported:
    /// they are not reported as open as well.
    pub(super) fn misplaced(&self) -> BTreeSet<&'a str> {
        let meant = |(entry, place): &(&Entry, Place)| {
            let elsewhere = self.question_id(&entry.id.value);
            elsewhere.or_else(|| self.meant_question(entry, *place))
        };
        // An orphan is kept, and stands in the place of no other answer.
        let strangers = self.strangers.iter().filter(|(entry, _)| !self.is_orphan(entry));
        strangers.filter_map(meant).collect()
    }

    /// The questions that have an action: their own, one that covers them, or one on their step. A
    /// misspelt id is reported elsewhere, and counts as the nearest here. An action that was given up
    /// does not count.
    pub(super) fn with_actions(&self) -> Acted<'a> {
        let mut with_actions = Acted::default();
        let actions = self.assessment.all_actions();
        for (origin, action) in actions.filter(|(_, action)| is_meant(action)) {
            let whole = match origin {
                // All these ids are those of the questions.
                Origin::Question(_) if self.strangers.is_empty() => None,
                Origin::Question(id) => Some(id),
                Origin::Step(id) if action.covers.is_empty() => Some(id),
                Origin::Step(_) | Origin::Whole => None,
            };
            for id in whole.into_iter().chain(&action.covers) {
                self.add_meant(&id.value, &mut with_actions);
            }
        }
        with_actions
    }

    /// Adds the question of an id, or the step of that id, or what has the id that is nearest.
    fn add_meant(&self, id: &str, acted: &mut Acted<'a>) {
        if let Some(question) = self.checklist.question(id) {
            acted.questions.insert(&question.id.value);
        } else if let Some(step) = self.checklist.step(id) {
            acted.steps.insert(&step.id.value);
        } else {
            let own = self.checklist.questions().map(|question| question.id.value.as_str());
            let steps = self.checklist.steps.iter().map(|step| step.id.value.as_str());
            if let Some(meant) = self.patience.nearest(id, own.chain(steps)).map(str::to_owned) {
                self.add_meant(&meant, acted);
            }
        }
    }

    /// Where the rating or the answer to a question was written.
    pub(super) fn value_span(&self, asked: &Asked<'_>) -> Span {
        use crate::model::assessment::Answer;
        match asked.entry {
            None => self.assessment.ratings_at,
            Some(entry) => match (entry.rating.read(), &entry.answer) {
                (Some(rating), _) => rating.span,
                (None, Answer::One(answer)) => answer.span,
                (None, _) => entry.id.span,
            },
        }
    }
}

/// Whether an action was not given up.
fn is_meant(action: &Action) -> bool {
    action.status.value != ActionStatus::Dropped
}

/// The answers whose id none of the questions has. Answers mostly stand in the order of the questions,
/// so the next question is looked at first.
fn strangers<'a>(
    entries: &'a [Entry],
    questions: impl Iterator<Item = &'a Question>,
    place: Place,
) -> Vec<(&'a Entry, Place)> {
    let ids: Vec<&str> = questions.map(|question| question.id.value.as_str()).collect();
    let places = OnceCell::new();
    let place_of = |id: &str| -> Option<usize> {
        // Of an id that stands twice, the first counts.
        let all = || ids.iter().enumerate().rev().map(|(at, id)| (*id, at)).collect();
        places.get_or_init(|| -> HashMap<&str, usize> { all() }).get(id).copied()
    };
    let mut next = 0;
    let mut is_known = |entry: &&Entry| {
        let id = entry.id.value.as_str();
        if ids.get(next) == Some(&id) {
            next += 1;
            return true;
        }
        let at = place_of(id);
        next = at.map_or(next, |at| at + 1);
        at.is_some()
    };
    entries.iter().filter(|entry| !is_known(entry)).map(|entry| (entry, place)).collect()
}

/// The ids of the actions that begin in one file, for the comparison with the other files of its
/// partnership. An action carried forward is the same action, and so is one that the agreed assessment
/// takes over from a view of the same period.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewActions {
    /// The partnership, without regard to letter case and spacing.
    pub(super) partnership: String,
    /// All ids, one behind another: thousands of files are held at a time.
    ids: String,
    /// Where each id ends among them, and where it stands in the file.
    places: Vec<(usize, Span)>,
}

impl NewActions {
    /// The new actions of an assessment.
    pub(crate) fn of(assessment: &Assessment) -> Self {
        let mut new = NewActions::default();
        let agreed = assessment.perspective.value().is_some_and(|own| own == AGREED);
        let Some(partnership) = assessment.partnership.value().filter(|_| !agreed) else {
            return new;
        };
        new.partnership = crate::text::one_line(partnership).to_lowercase();
        let begun = assessment.all_actions().filter(|(_, action)| action.carried_from.is_absent());
        for id in begun.filter_map(|(_, action)| action.id.read()) {
            new.ids.push_str(id.value.trim());
            new.places.push((new.ids.len(), id.span));
        }
        new
    }

    /// Whether no action begins in the file.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Each id with its place.
    pub(super) fn each(&self) -> impl Iterator<Item = (&str, Span)> {
        let starts = std::iter::once(0).chain(self.places.iter().map(|(end, _)| *end));
        starts.zip(&self.places).map(|(start, (end, span))| (&self.ids[start..*end], *span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formats page lists the built-in words; a word that is missing there cannot be found.
    #[test]
    fn documents_every_method_and_voice() {
        let page = include_str!("../../docs/formats.md");
        for word in METHODS.iter().chain(&VOICES).chain(&PERSPECTIVES) {
            assert!(page.contains(word), "docs/formats.md does not name {word}");
        }
    }
}
