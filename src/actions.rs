//! The actions of assessments, each in words and with where it stands; `tracker.rs` makes one list of
//! those of many.
//!
//! Pure functions over the model. What is overdue depends on a date that is given, never on a clock.

mod audience;
mod leads;
mod timing;
mod tracker;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::assessment::{Action, ActionStatus, Assessment, Evidence, Origin, Status};
use crate::model::checklist::Checklist;
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::workspace::Workspace;
use crate::syntax::decode::Given;
use crate::text::{join_words, one_line};

pub(crate) use audience::{WITHHELD, seen, seen_by};
pub(crate) use leads::{Led, by_lead};
pub(crate) use timing::Timing;
pub(crate) use tracker::{
    Filter, Group, Grouping, TimingFilter, group, keep_latest, latest_entries, sort, tally,
};

/// One assessment with what belongs to it, which outputs are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basis<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// Its checklist.
    pub checklist: &'a Checklist,
    /// Its workspace.
    pub workspace: Option<&'a Workspace>,
    /// The file, as shown.
    pub file: &'a str,
    /// The date on which it is judged what is overdue.
    pub as_at: Option<Date>,
}

impl Basis<'_> {
    /// The date on which it is judged what is overdue, where that is not the assessment's own.
    pub(crate) fn judged_on(&self) -> Option<Date> {
        self.as_at.filter(|date| self.assessment.as_at.value() != Some(date))
    }

    /// The partnership; empty where that could not be read.
    pub(crate) fn partnership(&self) -> String {
        line(&self.assessment.partnership)
    }
}

/// What an action was taken from, as a list without a heading has to say in each row.
#[derive(Debug)]
pub(crate) struct MadeFrom {
    /// Draft or final.
    pub status: Status,
    /// The date on which what the assessment says held.
    pub as_at: Option<Date>,
    /// The date on which it was judged what is overdue.
    pub judged_on: Option<Date>,
    /// The checklist, by id.
    pub checklist: String,
    /// Its edition.
    pub edition: String,
    /// The authors of the checklist, as they want to be named.
    pub attribution: String,
    /// The marking of the workspace; may be empty.
    pub marking: String,
    /// The file; empty where the readers are not to know it.
    pub file: String,
}

/// An action with where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Tracked {
    /// What it was taken from.
    pub made_from: Arc<MadeFrom>,
    /// The partnership.
    pub partnership: String,
    /// The period of the assessment, as written, and its last day.
    pub period: String,
    /// The last day of the period, by which the later of two files is known.
    pub period_end: Option<Date>,
    /// Whose assessment it stands in.
    pub perspective: String,
    /// The action's id; "none" where it has not got one.
    pub id: String,
    /// What will be done.
    pub task: String,
    /// The role or agency that leads.
    pub lead: String,
    /// By when.
    pub due: Option<Date>,
    /// How far it is.
    pub status: ActionStatus,
    /// Where it stands on the date of the tracker.
    pub timing: Timing,
    /// The question, step or whole that it stands on, in words.
    pub origin: String,
    /// The steps that it belongs to, in the order of the checklist; none for the whole.
    pub steps: Vec<OwnStep>,
    /// The questions or steps that it covers, by id.
    pub covers: Vec<String>,
    /// The same in words; empty where none are named.
    pub covers_words: String,
    /// How anyone will know that it worked.
    pub success: String,
    /// What the partnership answered.
    pub response: Option<TrackedResponse>,
    /// The day on which it was carried out, where it was.
    pub closed: Option<Date>,
    /// The evidence that it was closed on.
    pub evidence: Vec<EvidenceWords>,
    /// What difference it made.
    pub impact: String,
    /// When the impact is reviewed.
    pub review_by: Option<Date>,
    /// The period and id that it was carried forward from.
    pub carried_from: String,
}

/// A step that an action belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OwnStep {
    /// Where it stands in the checklist; last where the checklist does not have it.
    pub rank: usize,
    /// Its id.
    pub id: String,
    /// Its title; empty where the checklist does not have it.
    pub title: String,
}

impl OwnStep {
    fn of(checklist: &Checklist, id: &str) -> Self {
        let rank = checklist.step_place(id);
        let title = rank.map(|rank| checklist.steps[rank].title.clone());
        OwnStep {
            rank: rank.unwrap_or(usize::MAX),
            id: id.to_owned(),
            title: title.unwrap_or_default(),
        }
    }

    fn words(&self) -> String {
        match self.title.as_str() {
            "" => format!("Step {}", self.id),
            title => format!("Step {}. {title}", self.id),
        }
    }
}

/// The partnership's answer to an action, as far as it was given.
#[derive(Clone, Debug)]
pub(crate) struct TrackedResponse {
    /// Accepted, partly or not-accepted.
    pub said: String,
    /// When.
    pub date: Option<Date>,
    /// Why; may be empty.
    pub reason: String,
}

/// A piece of evidence in words; one that is cited has the words of what it cites.
#[derive(Clone, Debug)]
pub(crate) struct EvidenceWords {
    /// What it is, with its id and how it came about: "Audit of re-referrals (E-03, audit, 20 May
    /// 2026)".
    pub name: String,
    /// What it says, in the small Markdown that people write.
    pub says: Option<String>,
    /// Whether it, or what it cites, must not leave in a public output.
    pub restricted: bool,
}

impl EvidenceWords {
    /// The words of an item. What a citation says itself stands before what it cites.
    pub(crate) fn of(assessment: &Assessment, item: &Evidence) -> Self {
        let id = item.cites.value().map(|id| one_line(id));
        let items = || assessment.with_cited(item);
        let says = items().filter_map(|item| item.says.value()).map(|says| says.trim().to_owned());
        let says: Vec<String> = says.filter(|says| !says.is_empty()).collect();
        let source = items().map(|item| line(&item.source)).find(|source| !source.is_empty());
        let (source, id) = match (source, id) {
            (Some(source), id) => (source, id),
            (None, Some(id)) => (id, None),
            (None, None) => ("Source not stated".to_owned(), None),
        };
        let facts: Vec<String> = id.into_iter().chain(items().flat_map(facts)).collect();
        EvidenceWords {
            name: match facts.as_slice() {
                [] => source,
                facts => format!("{source} ({})", facts.join(", ")),
            },
            says: (!says.is_empty()).then(|| says.join("\n\n")),
            restricted: items().any(|item| item.restricted),
        }
    }
}

/// How and when a piece of evidence was gathered, and whose voice is heard in it.
fn facts(item: &Evidence) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(item.method.value().map(|method| capitalised(&one_line(method)).to_lowercase()));
    facts.extend(item.date.value().map(|date| long_date(*date)));
    if !item.voices.is_empty() {
        let voices: Vec<String> =
            item.voices.iter().map(|voice| voice.value.replace('-', " ")).collect();
        facts.push(format!("voice: {}", join_words(&voices, "and")));
    }
    let review = item.review_by.value();
    facts.extend(review.map(|date| format!("to be reviewed by {}", long_date(*date))));
    if item.restricted {
        facts.push("restricted".to_owned());
    }
    facts
}

/// How often an action was carried forward, in words.
pub(crate) fn carried_words(times: u32) -> String {
    match times {
        1 => "Carried forward for the first time".to_owned(),
        2 => "Carried forward for the second time".to_owned(),
        times => format!("Carried forward {times} times now"),
    }
}

/// The actions of an assessment, in the order of the file.
pub(crate) fn track(basis: &Basis<'_>) -> Vec<Tracked> {
    let made_from = Arc::new(made_from(basis));
    let actions = basis.assessment.all_actions();
    actions.map(|(origin, action)| tracked(basis, &made_from, origin, action)).collect()
}

/// What the actions of an assessment are taken from.
pub(crate) fn made_from(basis: &Basis<'_>) -> MadeFrom {
    let Basis { assessment, checklist, workspace, file, .. } = basis;
    MadeFrom {
        status: assessment.status.value,
        as_at: assessment.as_at.value().copied(),
        judged_on: basis.judged_on(),
        checklist: checklist.id.value.clone(),
        edition: checklist.edition.clone(),
        attribution: one_line(&checklist.attribution.join(" ")),
        marking: workspace.map(|workspace| line(&workspace.marking)).unwrap_or_default(),
        file: (*file).to_owned(),
    }
}

fn line(given: &Given<String>) -> String {
    given.value().map(|text| one_line(text)).unwrap_or_default()
}

fn tracked(
    basis: &Basis<'_>,
    made_from: &Arc<MadeFrom>,
    origin: Origin<'_>,
    action: &Action,
) -> Tracked {
    let Basis { assessment, checklist, as_at, .. } = basis;
    let response = action.response.as_ref().map(|response| TrackedResponse {
        said: line(&response.said),
        date: response.date.value().copied(),
        reason: line(&response.reason),
    });
    let covers: Vec<String> = action.covers.iter().map(|id| one_line(&id.value)).collect();
    let is_carried_out = matches!(action.status.value, ActionStatus::Done | ActionStatus::Closed);
    Tracked {
        made_from: Arc::clone(made_from),
        partnership: basis.partnership(),
        period: assessment.period.value().map(|period| period.name.clone()).unwrap_or_default(),
        period_end: assessment.period.value().map(|period| period.to),
        perspective: line(&assessment.perspective),
        id: action.id.value().map_or("none".to_owned(), |id| one_line(id)),
        task: line(&action.task),
        lead: line(&action.lead),
        due: action.due.value().copied(),
        status: action.status.value,
        timing: Timing::of(action, *as_at),
        origin: place(origin, checklist),
        steps: steps(origin, &covers, checklist),
        covers_words: covers_words(&covers, checklist),
        covers,
        success: line(&action.success),
        response,
        closed: action.closed.value().copied().filter(|_| is_carried_out),
        evidence: action.evidence.iter().map(|item| EvidenceWords::of(assessment, item)).collect(),
        impact: line(&action.impact),
        review_by: action.review_by.value().copied(),
        carried_from: line(&action.carried_from),
    }
}

/// The question, step or whole that an action stands on, in words.
fn place(origin: Origin<'_>, checklist: &Checklist) -> String {
    match origin {
        Origin::Question(id) => {
            let question = checklist.any_question(&id.value);
            question.map_or(format!("question {}", id.value), |question| question.name())
        }
        Origin::Step(id) => format!("step {}", id.value),
        Origin::Whole => "the whole".to_owned(),
    }
}

/// The steps that an action belongs to: the one that it stands on, or on whose question it stands;
/// for an action on the whole, those that it covers.
fn steps(origin: Origin<'_>, covers: &[String], checklist: &Checklist) -> Vec<OwnStep> {
    let own = |id: &str| OwnStep::of(checklist, id);
    let around = |id: &str| checklist.step_of(id).map(|step| own(&step.id.value));
    let mut steps: Vec<OwnStep> = match origin {
        Origin::Question(id) => around(&id.value).into_iter().collect(),
        Origin::Step(id) => vec![own(&id.value)],
        Origin::Whole => {
            let step = |id: &String| around(id).or_else(|| checklist.step(id).map(|_| own(id)));
            covers.iter().filter_map(step).collect()
        }
    };
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// What an action covers, in words: "step 1 and questions 2.1 and 2.4".
fn covers_words(covers: &[String], checklist: &Checklist) -> String {
    let is_step = |id: &&String| checklist.step(id).is_some();
    let (steps, questions): (Vec<&String>, Vec<&String>) = covers.iter().partition(is_step);
    let part = |noun: &str, ids: &[&String]| match ids {
        [] => None,
        [only] => Some(format!("{noun} {only}")),
        many => Some(format!("{noun}s {}", join_words(many, "and"))),
    };
    let parts = [part("step", &steps), part("question", &questions)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// A name as it is compared: without regard to letter case and spacing.
pub(crate) fn same_name(name: &str) -> String {
    one_line(name).to_lowercase()
}

/// How many different names there are, without regard to letter case and spacing.
pub(crate) fn different<'n>(names: impl IntoIterator<Item = &'n str>) -> usize {
    names.into_iter().map(same_name).collect::<BTreeSet<_>>().len()
}
