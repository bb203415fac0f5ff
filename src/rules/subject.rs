//! What the rules on an assessment look at: the assessment beside its checklist and its workspace,
//! with what several of them ask for worked out once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::model::assessment::{ActionStatus, Assessment, Entry, Origin, Prose};
use crate::model::checklist::{Checklist, Question};
use crate::model::standing::{Asked, PERSPECTIVES};
use crate::model::workspace::Workspace;
use crate::source::{Source, Span, Spanned};
use crate::text::nearest;

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
    /// All prose that may reach a reader.
    pub(super) prose: Vec<Prose<'a>>,
    /// The questions by the fingerprints of their wordings, worked out when first asked for.
    wordings: OnceCell<HashMap<String, &'a str>>,
    /// The methods of gathering evidence that are allowed.
    pub(super) methods: Vec<&'a str>,
    /// The voices that are allowed.
    pub(super) voices: Vec<&'a str>,
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
const METHODS: [&str; 15] = [
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
const VOICES: [&str; 9] = [
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
        Subject {
            source,
            assessment,
            checklist,
            workspace,
            asked,
            context,
            prose,
            wordings: OnceCell::new(),
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
    pub(super) fn known_perspectives(&self) -> Vec<&str> {
        let agencies = self.workspace.into_iter().flat_map(Workspace::agency_ids);
        let ordered = self.workspace.into_iter().flat_map(|workspace| &workspace.perspectives);
        let respondents = self.checklist.questions().flat_map(|question| &question.respondents);
        let mut known: Vec<&str> = PERSPECTIVES.to_vec();
        let named = ordered.chain(respondents).map(|word| word.value.as_str());
        for word in agencies.chain(named) {
            if !known.contains(&word) {
                known.push(word);
            }
        }
        known
    }

    /// Whether anything says which agencies there are.
    pub(super) fn declares_agencies(&self) -> bool {
        self.known_perspectives().len() > PERSPECTIVES.len()
    }

    /// Whether an answer is to a question that was in the checklist once: the local checklist left it
    /// out, or the answer is pinned to a wording that no question has any more.
    pub(super) fn is_orphan(&self, entry: &Entry) -> bool {
        let id = entry.id.value.as_str();
        let mut ids = self.all_questions().map(|question| question.id.value.as_str());
        let pinned = entry.wording.value().map(|wording| wording.trim());
        let is_gone = |wording: &str| self.worded(wording).is_none();
        !ids.any(|own| own == id)
            && (self.checklist.dropped(id).is_some() || pinned.is_some_and(is_gone))
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
        let own: Vec<&str> = match place {
            Place::Ratings => self.checklist.questions().map(|q| q.id.value.as_str()).collect(),
            Place::Context => self.checklist.context.iter().map(|q| q.id.value.as_str()).collect(),
        };
        let near = || nearest(&entry.id.value, own.iter().copied());
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
    pub(super) fn misplaced(&self) -> Vec<&'a str> {
        let assessment = self.assessment;
        let ratings = assessment.ratings.iter().map(|entry| (entry, Place::Ratings));
        let context = assessment.context.iter().map(|entry| (entry, Place::Context));
        let mut misplaced = Vec::new();
        for (entry, place) in ratings.chain(context) {
            let id = entry.id.value.as_str();
            let is_own = match place {
                Place::Ratings => self.checklist.question(id).is_some(),
                Place::Context => self.checklist.context.iter().any(|q| q.id.value == id),
            };
            if is_own {
                continue;
            }
            let elsewhere = self.all_questions().find(|question| question.id.value == id);
            let elsewhere = elsewhere.map(|question| question.id.value.as_str());
            misplaced.extend(elsewhere.or_else(|| self.meant_question(entry, place)));
        }
        misplaced
    }

    /// Whether a question has an action: its own, one of another question or of its step that covers
    /// it, or one on the whole. A misspelt id in `covers` is reported, and counts as the nearest.
    pub(super) fn has_action(&self, asked: &Asked<'_>) -> bool {
        let question = asked.question.id.value.as_str();
        let step = asked.step.map(|step| step.id.value.as_str()).unwrap_or_default();
        let questions: Vec<&str> =
            self.checklist.questions().map(|q| q.id.value.as_str()).collect();
        let steps: Vec<&str> = self.checklist.steps.iter().map(|s| s.id.value.as_str()).collect();
        let means = |written: &str, id: &str, all: &[&str]| {
            written == id
                || (!all.contains(&written) && nearest(written, all.iter().copied()) == Some(id))
        };
        let names = |id: &Spanned<String>| {
            means(&id.value, question, &questions) || means(&id.value, step, &steps)
        };
        self.assessment.all_actions().any(|(origin, action)| {
            let stands_on = match origin {
                Origin::Question(id) => id.value == question,
                Origin::Step(id) => means(&id.value, step, &steps) && action.covers.is_empty(),
                Origin::Whole => false,
            };
            action.status.value != ActionStatus::Dropped
                && (stands_on || action.covers.iter().any(names))
        })
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

/// An action id of one file, for the comparison with the other files of its partnership.
#[derive(Debug)]
pub(crate) struct ActionMark {
    /// The partnership, without regard to letter case and spacing.
    pub(super) partnership: Arc<str>,
    /// The action's id.
    pub(super) id: Box<str>,
    /// Where it stands.
    pub(super) span: Span,
    /// Whether it says that it was carried forward.
    pub(super) is_carried: bool,
    /// Whether it stands in an agreed assessment.
    pub(super) is_agreed: bool,
}

/// The marks of an assessment's actions.
pub(crate) fn action_marks(assessment: &Assessment) -> Vec<ActionMark> {
    let Some(partnership) = assessment.partnership.value() else { return Vec::new() };
    let partnership: Arc<str> = crate::text::one_line(partnership).to_lowercase().into();
    let is_agreed =
        assessment.perspective.value().is_some_and(|perspective| perspective == "agreed");
    let mark = |action: &crate::model::assessment::Action| {
        let id = action.id.read()?;
        Some(ActionMark {
            partnership: Arc::clone(&partnership),
            id: id.value.trim().into(),
            span: id.span,
            is_carried: !action.carried_from.is_absent(),
            is_agreed,
        })
    };
    assessment.all_actions().filter_map(|(_, action)| mark(action)).collect()
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
