//! An assessment as it is written: one perspective's answers on one partnership for one period.
//!
//! Words that a checklist or a workspace defines (ratings, methods, perspectives) are kept as they
//! were typed; the rules hold them to the checklist.

mod decode;

use jiff::civil::Date;

use crate::model::lookup::Lookup;
use crate::model::period::Period;
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::decode::{Given, Keys};

pub(crate) use decode::decode;
pub(super) use decode::decode_period;

/// One assessment file.
#[derive(Clone, Debug)]
pub(crate) struct Assessment {
    /// The file.
    pub source: SourceId,
    /// The checklist that it answers: an id or a path.
    pub checklist: Given<String>,
    /// The partnership's name.
    pub partnership: Given<String>,
    /// The period that it reports on.
    pub period: Given<Period>,
    /// Whose view it is.
    pub perspective: Given<String>,
    /// The role of the person who made it.
    pub assessor: Given<String>,
    /// The date on which what it says held: what was overdue, and what was not.
    pub as_at: Given<Date>,
    /// Draft or final, and where that is said.
    pub status: Spanned<Status>,
    /// The steps that it covers, by id; all where the key is not there.
    pub covers: Option<Vec<Spanned<String>>>,
    /// The totals that it says it comes to.
    pub expect: Expected,
    /// The assessor's own words on the whole.
    pub summary: Given<String>,
    /// The opinion on the whole.
    pub assurance: Given<String>,
    /// Answers to the context questions.
    pub context: Vec<Entry>,
    /// Where the answers to the questions begin, or would.
    pub ratings_at: Span,
    /// Whether what stands under `ratings` is not what it should be, and was reported.
    pub ratings_lost: bool,
    /// Answers to the questions of the steps.
    pub ratings: Vec<Entry>,
    /// Where the answers to the context questions begin, or would.
    pub context_at: Span,
    /// Words, opinions and actions on steps.
    pub steps: Vec<StepWords>,
    /// Actions on the whole.
    pub actions: Vec<Action>,
    /// Evidence that is written once and cited by id.
    pub evidence: Vec<(Spanned<String>, Evidence)>,
    /// Where its parts are found by their ids.
    pub index: Index,
}

/// The parts of an assessment by their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    covers: Lookup,
    context: Lookup,
    ratings: Lookup,
    steps: Lookup,
    evidence: Lookup,
}

/// Totals: a word, and how many there are, where that could be read.
pub(crate) type Totals = Vec<(Spanned<String>, Option<Spanned<u32>>)>;

/// The totals that an assessment says it comes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expected {
    /// Those of the whole.
    pub whole: Totals,
    /// Those of steps, by id.
    pub steps: Vec<(Spanned<String>, Totals)>,
}

impl Expected {
    /// Whether it says none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// All totals, each with the step that it is of; nothing for the whole.
    pub(crate) fn all(
        &self,
    ) -> impl Iterator<Item = (Option<&str>, &Spanned<String>, Option<&Spanned<u32>>)> {
        let whole = self.whole.iter().map(|(word, number)| (None, word, number.as_ref()));
        let steps = self.steps.iter().flat_map(|(id, totals)| {
            totals.iter().map(|(word, number)| (Some(id.value.as_str()), word, number.as_ref()))
        });
        whole.chain(steps)
    }
}

/// The key under `expect` that has the totals of steps. A value of a scale may have the same name: then
/// a number stands under it.
const OF_STEPS: &str = "steps";

/// How far an assessment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It may be unfinished.
    Draft,
    /// It is finished, and what is not done is wrong.
    Final,
}

impl Status {
    /// The word that files use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Final => "final",
        }
    }
}

/// The answer to one question, with all that stands under it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The question's id, as typed.
    pub id: Spanned<String>,
    /// Whether something under it could not be read at all and was reported.
    pub unreadable: bool,
    /// The rating of a rated question, as typed.
    pub rating: Given<String>,
    /// The answer to another question.
    pub answer: Answer,
    /// The reasons.
    pub because: Given<String>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What is still to do.
    pub remaining: Given<String>,
    /// The actions that stand on it.
    pub actions: Vec<Action>,
    /// The fingerprint of the wording that was answered.
    pub wording: Given<String>,
    /// For an agreed assessment: perspectives and the ratings that they gave.
    pub views: Vec<(Spanned<String>, Spanned<String>)>,
    /// Why the agreed rating differs from a view.
    pub reason: Given<String>,
    /// Disagreement that remains.
    pub dissent: Given<String>,
    /// When a question that it is too early to rate is looked at again.
    pub review_by: Given<Date>,
}

/// The answer to a question that is not rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// None yet.
    Absent,
    /// Something that could not be read and was reported.
    Unreadable,
    /// A text, a word or a number, as typed.
    One(Spanned<String>),
    /// Several choices, as typed.
    Many(Vec<Spanned<String>>, Span),
}

/// One piece of evidence.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    /// Where it stands.
    pub span: Span,
    /// The id of an item of the top-level map that is cited here.
    pub cites: Given<String>,
    /// What it is; the whole of a short item.
    pub source: Given<String>,
    /// How it was gathered.
    pub method: Given<String>,
    /// When.
    pub date: Given<Date>,
    /// Whose voice is heard in it.
    pub voices: Vec<Spanned<String>>,
    /// What it says.
    pub says: Given<String>,
    /// When it should be looked at again.
    pub review_by: Given<Date>,
    /// Whether it must not leave in a public output.
    pub restricted: bool,
}

/// One action.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    /// Where it stands.
    pub span: Span,
    /// Its id, unique in the partnership for ever.
    pub id: Given<String>,
    /// What will be done.
    pub task: Given<String>,
    /// The role or agency that leads on it.
    pub lead: Given<String>,
    /// The day by which it is to be done.
    pub due: Given<Date>,
    /// How far it is.
    pub status: Spanned<ActionStatus>,
    /// How anyone will know that it worked.
    pub success: Given<String>,
    /// The partnership's answer to it.
    pub response: Option<Response>,
    /// The evidence on which it was closed.
    pub evidence: Vec<Evidence>,
    /// What difference it made.
    pub impact: Given<String>,
    /// When the impact is to be reviewed.
    pub review_by: Given<Date>,
    /// The day on which it was closed.
    pub closed: Given<Date>,
    /// The period and id that it was carried forward from.
    pub carried_from: Given<String>,
    /// How many times it was carried forward to a next period.
    pub carried: Given<u32>,
    /// The questions (or, for an action on the whole, steps) that it covers, by id.
    pub covers: Vec<Spanned<String>>,
}

/// How far an action is. Done is not the same as closed, nor as having made a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ActionStatus {
    /// Put forward, not yet agreed.
    Proposed,
    /// To be done.
    Open,
    /// Carried out.
    Done,
    /// Carried out, and the evidence accepted.
    Closed,
    /// Given up.
    Dropped,
}

impl ActionStatus {
    /// All of them, with the words that files use.
    pub(crate) const WORDS: [(&'static str, ActionStatus); 5] = [
        ("proposed", ActionStatus::Proposed),
        ("open", ActionStatus::Open),
        ("done", ActionStatus::Done),
        ("closed", ActionStatus::Closed),
        ("dropped", ActionStatus::Dropped),
    ];

    /// The word that files use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            ActionStatus::Proposed => "proposed",
            ActionStatus::Open => "open",
            ActionStatus::Done => "done",
            ActionStatus::Closed => "closed",
            ActionStatus::Dropped => "dropped",
        }
    }
}

impl Action {
    /// Its id as messages name it.
    pub(crate) fn name(&self) -> String {
        self.id.value().map_or("This action".to_owned(), |id| format!("Action {id}"))
    }

    /// How many times it was carried forward. One that says where it comes from was carried once at
    /// least.
    pub(crate) fn times_carried(&self) -> u32 {
        let least = u32::from(!self.carried_from.is_absent());
        self.carried.value().copied().unwrap_or(0).max(least)
    }
}

/// What a partnership can answer to an action.
pub(crate) const RESPONSES: [&str; 3] = ["accepted", "partly", "not-accepted"];

/// The partnership's answer to an action.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Where it stands.
    pub span: Span,
    /// Accepted, partly or not-accepted, as typed.
    pub said: Given<String>,
    /// When.
    pub date: Given<Date>,
    /// Why, in full.
    pub reason: Given<String>,
}

/// What is said on a step.
#[derive(Clone, Debug)]
pub(crate) struct StepWords {
    /// The step's id, as typed.
    pub id: Spanned<String>,
    /// The assessor's own words.
    pub summary: Given<String>,
    /// The opinion.
    pub assurance: Given<String>,
    /// Actions on the step.
    pub actions: Vec<Action>,
}

pub(crate) const ASSESSMENT: Keys<18> = [
    "scrutiny",
    "checklist",
    "partnership",
    "period",
    "perspective",
    "assessor",
    "as-at",
    "status",
    "covers",
    "expect",
    "summary",
    "assurance",
    "notes",
    "context",
    "ratings",
    "steps",
    "actions",
    "evidence",
];
pub(crate) const ENTRY: Keys<12> = [
    "rating",
    "answer",
    "wording",
    "review-by",
    "because",
    "evidence",
    "remaining",
    "actions",
    "views",
    "reason",
    "dissent",
    "notes",
];
pub(crate) const EVIDENCE: Keys<8> =
    ["ref", "source", "method", "date", "voice", "says", "review-by", "restricted"];
pub(crate) const ACTION: Keys<15> = [
    "id",
    "covers",
    "task",
    "lead",
    "due",
    "status",
    "success",
    "response",
    "evidence",
    "impact",
    "review-by",
    "closed",
    "carried-from",
    "carried",
    "notes",
];
pub(crate) const RESPONSE: Keys<3> = ["said", "date", "reason"];
pub(crate) const STEP: Keys<4> = ["summary", "assurance", "notes", "actions"];
pub(crate) const PERIOD: Keys<2> = ["from", "to"];
/// A stretch of prose and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prose<'a> {
    /// The id of the question, step, action or piece of evidence.
    pub about: Option<&'a str>,
    /// The text.
    pub text: &'a Spanned<String>,
}

/// Where an action stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// On a question, by its id as typed.
    Question(&'a Spanned<String>),
    /// On a step, by its id as typed.
    Step(&'a Spanned<String>),
    /// On the whole.
    Whole,
}

impl Assessment {
    /// Whether something stands under a question's id.
    pub(crate) fn answers(&self, id: &str) -> bool {
        self.answer(id).is_some()
    }

    /// What is said of the question of an id, in a step or of the context.
    pub(crate) fn answer(&self, id: &str) -> Option<&Entry> {
        self.rating(id).or_else(|| self.context_answer(id))
    }

    /// What is said of the question of an id, in a step.
    pub(crate) fn rating(&self, id: &str) -> Option<&Entry> {
        self.index.ratings.find(&self.ratings, |entry| &entry.id.value, id)
    }

    /// What is said of the context question of an id.
    pub(crate) fn context_answer(&self, id: &str) -> Option<&Entry> {
        self.index.context.find(&self.context, |entry| &entry.id.value, id)
    }

    /// What is said of the step of an id.
    pub(crate) fn step(&self, id: &str) -> Option<&StepWords> {
        self.index.steps.find(&self.steps, |words| &words.id.value, id)
    }

    /// Whether an id is among those that it says it covers; every id is where it says nothing.
    pub(crate) fn covers(&self, id: &str) -> bool {
        let is_named = |covers: &Vec<_>| {
            self.index.covers.find(covers, |own: &Spanned<String>| &own.value, id).is_some()
        };
        self.covers.as_ref().is_none_or(is_named)
    }

    /// All actions in the order of the file's parts: questions, steps, the whole.
    pub(crate) fn all_actions(&self) -> impl Iterator<Item = (Origin<'_>, &Action)> {
        let entries = self.context.iter().chain(&self.ratings);
        let on_questions = entries.flat_map(|entry| {
            entry.actions.iter().map(move |action| (Origin::Question(&entry.id), action))
        });
        let on_steps = self.steps.iter().flat_map(|step| {
            step.actions.iter().map(move |action| (Origin::Step(&step.id), action))
        });
        let on_whole = self.actions.iter().map(|action| (Origin::Whole, action));
        on_questions.chain(on_steps).chain(on_whole)
    }

    /// All evidence, wherever it stands: on answers, on actions, in the top-level map.
    pub(crate) fn all_evidence(&self) -> impl Iterator<Item = &Evidence> {
        let entries = self.context.iter().chain(&self.ratings);
        let on_answers = entries.flat_map(|entry| &entry.evidence);
        let on_actions = self.all_actions().flat_map(|(_, action)| &action.evidence);
        on_answers.chain(on_actions).chain(self.evidence.iter().map(|(_, item)| item))
    }

    /// All prose that may reach a reader: reasons, evidence, tasks, summaries, each with the id of the
    /// question, step or action that it belongs to, or nothing for the whole. Internal notes are left
    /// out.
    pub(crate) fn all_prose(&self) -> Vec<Prose<'_>> {
        let mut all = Vec::with_capacity(8 * self.ratings.len());
        fn push<'a>(
            all: &mut Vec<Prose<'a>>,
            about: Option<&'a Spanned<String>>,
            texts: &[&'a Given<String>],
        ) {
            let about = about.map(|about| about.value.as_str());
            all.extend(
                texts.iter().filter_map(|text| text.read()).map(|text| Prose { about, text }),
            );
        }
        push(&mut all, None, &[&self.summary]);
        for step in &self.steps {
            push(&mut all, Some(&step.id), &[&step.summary]);
        }
        for entry in self.context.iter().chain(&self.ratings) {
            let id = Some(&entry.id);
            push(&mut all, id, &[&entry.because, &entry.remaining, &entry.reason, &entry.dissent]);
            for item in &entry.evidence {
                push(&mut all, id, &[&item.source, &item.says]);
            }
        }
        for (_, action) in self.all_actions() {
            let id = action.id.read();
            push(&mut all, id, &[&action.task, &action.lead, &action.success, &action.impact]);
            if let Some(response) = &action.response {
                push(&mut all, id, &[&response.reason]);
            }
            for item in &action.evidence {
                push(&mut all, id, &[&item.source, &item.says]);
            }
        }
        for (id, item) in &self.evidence {
            push(&mut all, Some(id), &[&item.source, &item.says]);
        }
        for entry in self.context.iter().chain(&self.ratings) {
            if let Answer::One(text) = &entry.answer {
                all.push(Prose { about: Some(&entry.id.value), text });
            }
        }
        all
    }

    /// A piece of evidence, and what it cites: what the first does not say, the second may.
    pub(crate) fn with_cited<'a>(
        &'a self,
        item: &'a Evidence,
    ) -> impl Iterator<Item = &'a Evidence> + Clone {
        let cited = item.cites.value().and_then(|id| self.cited(&crate::text::one_line(id)));
        std::iter::once(item).chain(cited)
    }

    /// The evidence of an id in the top-level map.
    pub(crate) fn cited(&self, id: &str) -> Option<&Evidence> {
        let item = self.index.evidence.find(&self.evidence, |(id, _)| &id.value, id);
        item.map(|(_, evidence)| evidence)
    }
}
