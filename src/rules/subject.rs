//! What the rules on an assessment look at: the assessment beside its checklist and its workspace,
//! with what several of them ask for worked out once.

use std::sync::Arc;

use crate::model::assessment::{ActionStatus, Assessment, Entry, Prose};
use crate::model::checklist::Checklist;
use crate::model::standing::{Asked, PERSPECTIVES};
use crate::model::workspace::Workspace;
use crate::source::{Source, Span};

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
    /// The methods of gathering evidence that are allowed.
    pub(super) methods: Vec<&'a str>,
    /// The voices that are allowed.
    pub(super) voices: Vec<&'a str>,
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
        let own = |list: fn(&Workspace) -> &Vec<crate::source::Spanned<String>>| {
            workspace.map(list).into_iter().flatten().map(|word| word.value.as_str())
        };
        let methods = METHODS.into_iter().chain(own(|workspace| &workspace.methods)).collect();
        let voices = VOICES.into_iter().chain(own(|workspace| &workspace.voices)).collect();
        let prose = assessment.all_prose();
        Subject { source, assessment, checklist, workspace, asked, context, prose, methods, voices }
    }

    /// The questions of the steps, then the context questions.
    pub(super) fn all_asked(&self) -> impl Iterator<Item = &Asked<'a>> {
        self.asked.iter().chain(self.context)
    }

    pub(super) fn perspective(&self) -> &str {
        self.assessment.perspective.value().map(String::as_str).unwrap_or_default()
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
    /// out, or the answer is pinned to a wording that nothing has any more.
    pub(super) fn is_orphan(&self, entry: &Entry) -> bool {
        let id = entry.id.value.as_str();
        let mut questions = self.checklist.questions().chain(&self.checklist.context);
        let is_there = questions.any(|question| question.id.value == id);
        !is_there && (self.checklist.dropped(id).is_some() || !entry.wording.is_absent())
    }

    /// Whether a question has an action: its own, one of its step that covers it, or one on the whole.
    pub(super) fn has_action(&self, asked: &Asked<'_>) -> bool {
        let counts = |status| status != ActionStatus::Dropped;
        let question = asked.question.id.value.as_str();
        let step = asked.step.map(|step| step.id.value.as_str()).unwrap_or_default();
        let own = asked.entry.into_iter().flat_map(|entry| &entry.actions);
        let of_step = self.assessment.steps.iter().filter(|words| words.id.value == step);
        let on_step = of_step.flat_map(|words| &words.actions).filter(|action| {
            action.covers.is_empty() || action.covers.iter().any(|id| id.value == question)
        });
        let on_whole = self.assessment.actions.iter().filter(|action| {
            action.covers.iter().any(|id| id.value == question || id.value == step)
        });
        own.chain(on_step).chain(on_whole).any(|action| counts(action.status.value))
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
