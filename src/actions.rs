//! The actions of one or many assessments as one tracker: filtered, sorted and grouped.
//!
//! A pure function over the model. What is overdue depends on a date that is given, never on a clock.

use jiff::civil::Date;

use crate::model::assessment::{Action, ActionStatus, Assessment, Origin};
use crate::model::checklist::Checklist;
use crate::text::one_line;

/// An action with where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Tracked {
    /// The partnership.
    pub partnership: String,
    /// The period of the assessment, as written, and its last day.
    pub period: String,
    /// The last day of the period, by which the later of two files is known.
    pub period_end: Option<Date>,
    /// Whose assessment it stands in.
    pub perspective: String,
    /// The file.
    pub file: String,
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
    /// The step that it belongs to, by id; empty for the whole.
    pub step: String,
    /// The step in words; empty for the whole.
    pub step_title: String,
    /// The questions or steps that it covers, by id.
    pub covers: Vec<String>,
    /// How anyone will know that it worked.
    pub success: String,
    /// What the partnership answered.
    pub response: Option<TrackedResponse>,
    /// The day on which it was closed.
    pub closed: Option<Date>,
    /// How many pieces of evidence it was closed on.
    pub evidence: usize,
    /// What difference it made.
    pub impact: String,
    /// When the impact is reviewed.
    pub review_by: Option<Date>,
    /// The period and id that it was carried forward from.
    pub carried_from: String,
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

/// Where an action stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timing {
    /// Open, and its date is past by so many days.
    Overdue(i32),
    /// Open, and its date is not past, or it is not known on which date to judge.
    Due,
    /// Open, without a date.
    Undated,
    /// Put forward, not yet agreed.
    Proposed,
    /// Carried out.
    Done,
    /// Carried out, and the evidence accepted.
    Closed,
    /// Given up.
    Dropped,
}

impl Timing {
    fn of(action: &Action, as_at: Option<Date>) -> Self {
        match (action.status.value, action.due.value(), as_at) {
            (ActionStatus::Proposed, _, _) => Timing::Proposed,
            (ActionStatus::Done, _, _) => Timing::Done,
            (ActionStatus::Closed, _, _) => Timing::Closed,
            (ActionStatus::Dropped, _, _) => Timing::Dropped,
            (ActionStatus::Open, None, _) => Timing::Undated,
            (ActionStatus::Open, Some(due), Some(as_at)) if *due < as_at => {
                Timing::Overdue(due.until(as_at).map_or(0, |span| span.get_days()))
            }
            (ActionStatus::Open, Some(_), _) => Timing::Due,
        }
    }

    /// The group that it belongs to, in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Timing::Overdue(_) => "Overdue",
            Timing::Due => "Open, by due date",
            Timing::Undated => "Open, without a due date",
            Timing::Proposed => "Proposed",
            Timing::Done => "Done",
            Timing::Closed => "Closed",
            Timing::Dropped => "Dropped",
        }
    }

    /// Groups come in the order of what presses most.
    fn rank(self) -> usize {
        match self {
            Timing::Overdue(_) => 0,
            Timing::Due => 1,
            Timing::Undated => 2,
            Timing::Proposed => 3,
            Timing::Done => 4,
            Timing::Closed => 5,
            Timing::Dropped => 6,
        }
    }
}

/// The actions of an assessment, in the order of the file. `file` is its name as shown.
pub(crate) fn track(
    assessment: &Assessment,
    checklist: &Checklist,
    file: &str,
    as_at: Option<Date>,
) -> Vec<Tracked> {
    let text = |given: &crate::syntax::decode::Given<String>| {
        given.value().map(|text| one_line(text)).unwrap_or_default()
    };
    let track = |(origin, action): (Origin<'_>, &Action)| {
        let place = place(origin, checklist);
        let response = action.response.as_ref().map(|response| TrackedResponse {
            said: text(&response.said),
            date: response.date.value().copied(),
            reason: text(&response.reason),
        });
        Tracked {
            partnership: text(&assessment.partnership),
            period: assessment.period.value().map(|period| period.name.clone()).unwrap_or_default(),
            period_end: assessment.period.value().map(|period| period.to),
            perspective: text(&assessment.perspective),
            file: file.to_owned(),
            id: action.id.value().map_or("none".to_owned(), |id| one_line(id)),
            task: text(&action.task),
            lead: text(&action.lead),
            due: action.due.value().copied(),
            status: action.status.value,
            timing: Timing::of(action, as_at),
            origin: place.words,
            step: place.step,
            step_title: place.step_title,
            covers: action.covers.iter().map(|id| id.value.clone()).collect(),
            success: text(&action.success),
            response,
            closed: action.closed.value().copied(),
            evidence: action.evidence.len(),
            impact: text(&action.impact),
            review_by: action.review_by.value().copied(),
            carried_from: text(&action.carried_from),
        }
    };
    assessment.all_actions().map(track).collect()
}

struct PlaceWords {
    words: String,
    step: String,
    step_title: String,
}

fn place(origin: Origin<'_>, checklist: &Checklist) -> PlaceWords {
    let step_words = |step: Option<&crate::model::checklist::Step>, id: &str| match step {
        Some(step) => (step.id.value.clone(), step.title.clone()),
        None => (id.to_owned(), String::new()),
    };
    match origin {
        Origin::Question(id) => {
            let id = id.value.as_str();
            let step =
                checklist.steps.iter().find(|step| step.questions.iter().any(|q| q.id.value == id));
            let words = checklist.question(id).map_or(format!("question {id}"), |q| q.name());
            let (step, step_title) = match step {
                Some(step) => step_words(Some(step), ""),
                None => (String::new(), String::new()),
            };
            PlaceWords { words, step, step_title }
        }
        Origin::Step(id) => {
            let (step, step_title) = step_words(checklist.step(&id.value), &id.value);
            PlaceWords { words: format!("step {}", id.value), step, step_title }
        }
        Origin::Whole => PlaceWords {
            words: "the whole".to_owned(),
            step: String::new(),
            step_title: String::new(),
        },
    }
}

/// Leaves out the earlier entries of actions that were carried forward: of the same id in the same
/// partnership, only that of the latest period stays. Returns how many were left out.
pub(crate) fn keep_latest(actions: &mut Vec<Tracked>) -> usize {
    let mut latest = std::collections::HashMap::new();
    for action in actions.iter().filter(|action| action.id != "none") {
        let key = (action.partnership.clone(), action.id.clone());
        let end = latest.entry(key).or_insert(action.period_end);
        *end = (*end).max(action.period_end);
    }
    let before = actions.len();
    actions.retain(|action| {
        let key = (action.partnership.clone(), action.id.clone());
        latest.get(&key).is_none_or(|end| *end == action.period_end)
    });
    before - actions.len()
}

/// Which actions a tracker shows. What is not given does not restrict.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// The lead's name contains this, in any letter case.
    pub lead: Option<String>,
    /// The step, by id.
    pub step: Option<String>,
    /// Any of these.
    pub statuses: Vec<ActionStatus>,
    /// Due before this day, and not done.
    pub due_before: Option<Date>,
    /// Which actions by their timing.
    pub timing: TimingFilter,
}

/// Whether only what is overdue is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TimingFilter {
    /// Everything.
    #[default]
    Any,
    /// What is overdue.
    Overdue,
}

impl Filter {
    /// Whether an action is shown.
    pub(crate) fn matches(&self, action: &Tracked) -> bool {
        let lead = self.lead.as_ref().map(|lead| lead.to_lowercase());
        let is_open = matches!(action.status, ActionStatus::Open | ActionStatus::Proposed);
        let is_before = |day: Date| is_open && action.due.is_some_and(|due| due < day);
        lead.is_none_or(|lead| action.lead.to_lowercase().contains(&lead))
            && self.step.as_ref().is_none_or(|step| action.step == *step)
            && (self.statuses.is_empty() || self.statuses.contains(&action.status))
            && self.due_before.is_none_or(is_before)
            && (self.timing == TimingFilter::Any || matches!(action.timing, Timing::Overdue(_)))
    }
}

/// By what a tracker is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// What is overdue, due, proposed, done.
    Timing,
    /// The role or agency that leads.
    Lead,
    /// The step.
    Step,
    /// The status.
    Status,
    /// The partnership.
    Partnership,
}

/// A part of a tracker.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// What its actions have in common, in words.
    pub title: String,
    /// The actions.
    pub actions: Vec<Tracked>,
}

/// The actions by what presses most: overdue first, then by date.
pub(crate) fn sort(actions: &mut [Tracked]) {
    let far = Date::MAX;
    actions.sort_by(|a, b| {
        let key = |action: &Tracked| (action.timing.rank(), action.due.unwrap_or(far));
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.partnership, &a.id, &a.file).cmp(&(&b.partnership, &b.id, &b.file)))
    });
}

/// Sorts actions and divides them.
pub(crate) fn group(mut actions: Vec<Tracked>, by: Grouping) -> Vec<Group> {
    sort(&mut actions);
    let title = |action: &Tracked| match by {
        Grouping::Timing => action.timing.words().to_owned(),
        Grouping::Lead if action.lead.is_empty() => "No lead yet".to_owned(),
        Grouping::Lead => action.lead.clone(),
        Grouping::Step => match (action.step.as_str(), action.step_title.as_str()) {
            ("", _) => "The whole".to_owned(),
            (step, "") => format!("Step {step}"),
            (step, title) => format!("Step {step}. {title}"),
        },
        Grouping::Status => crate::model::definition::capitalised(action.status.word()),
        Grouping::Partnership => action.partnership.clone(),
    };
    let mut groups: Vec<Group> = Vec::new();
    for action in actions {
        let title = title(&action);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.actions.push(action),
            None => groups.push(Group { title, actions: vec![action] }),
        }
    }
    match by {
        // These two are in the order of what presses most already.
        Grouping::Timing | Grouping::Status => {}
        Grouping::Lead | Grouping::Step | Grouping::Partnership => {
            groups.sort_by(|a, b| a.title.cmp(&b.title));
        }
    }
    groups
}
