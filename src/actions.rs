//! The actions of one or many assessments as one tracker: filtered, sorted and grouped.
//!
//! A pure function over the model. What is overdue depends on a date that is given, never on a clock.

mod audience;
mod leads;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::assessment::{Action, ActionStatus, Assessment, Evidence, Origin, Status};
use crate::model::checklist::{Checklist, Step};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::AGREED;
use crate::model::workspace::Workspace;
use crate::syntax::decode::Given;
use crate::text::{count, join_words, one_line};

pub(crate) use audience::{WITHHELD, seen, seen_by};
pub(crate) use leads::{Led, by_lead};

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
        match checklist.steps.iter().enumerate().find(|(_, step)| step.id.value == id) {
            Some((rank, step)) => {
                OwnStep { rank, id: step.id.value.clone(), title: step.title.clone() }
            }
            None => OwnStep { rank: usize::MAX, id: id.to_owned(), title: String::new() },
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
    /// Where an action stands on a date.
    pub(crate) fn of(action: &Action, as_at: Option<Date>) -> Self {
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

    /// The sort of action, as it is counted.
    fn sort(self) -> &'static str {
        match self {
            Timing::Overdue(_) => "overdue",
            Timing::Due | Timing::Undated => "open",
            Timing::Proposed => "proposed",
            Timing::Done => "done",
            Timing::Closed => "closed",
            Timing::Dropped => "dropped",
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
            let mut questions = checklist.questions().chain(&checklist.context);
            let question = questions.find(|question| question.id.value == id.value);
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
    let around = |id: &str| {
        let holds = |step: &&Step| step.questions.iter().any(|q| q.id.value == id);
        checklist.steps.iter().find(holds).map(|step| own(&step.id.value))
    };
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

/// Leaves out the other entries of actions that were carried forward, or that the agreed assessment
/// took over: of the same id in the same partnership, only that of the latest period stays, and of
/// that period the agreed one. Returns how many were left out.
pub(crate) fn keep_latest(actions: &mut Vec<Tracked>) -> usize {
    let before = actions.len();
    let mut is_latest = latest_entries(&actions.iter().collect::<Vec<_>>()).into_iter();
    actions.retain(|_| is_latest.next().unwrap_or(true));
    before - actions.len()
}

/// Whether each is the latest entry of its action.
pub(crate) fn latest_entries(actions: &[&Tracked]) -> Vec<bool> {
    let key = |action: &Tracked| (same_name(&action.partnership), action.id.clone());
    let weight = |action: &Tracked| (action.period_end, action.perspective == AGREED);
    let mut latest = HashMap::new();
    for action in actions.iter().filter(|action| action.id != "none") {
        let most = latest.entry(key(action)).or_insert(weight(action));
        *most = (*most).max(weight(action));
    }
    let is_latest =
        |action: &&Tracked| latest.get(&key(action)).is_none_or(|most| *most == weight(action));
    actions.iter().map(is_latest).collect()
}

/// How many different names there are, without regard to letter case and spacing.
pub(crate) fn different<'n>(names: impl IntoIterator<Item = &'n str>) -> usize {
    names.into_iter().map(same_name).collect::<BTreeSet<_>>().len()
}

/// How many actions there are of each sort, as a sentence.
pub(crate) fn tally<'t>(actions: impl IntoIterator<Item = &'t Tracked>) -> String {
    let mut sorts: BTreeMap<usize, (Timing, usize)> = BTreeMap::new();
    let mut all = 0;
    for action in actions {
        all += 1;
        let rank = match action.timing {
            // With a date or without one, it is open.
            Timing::Undated => Timing::Due.rank(),
            timing => timing.rank(),
        };
        sorts.entry(rank).or_insert((action.timing, 0)).1 += 1;
    }
    let sorts: Vec<String> =
        sorts.values().map(|(timing, number)| format!("{number} {}", timing.sort())).collect();
    match all {
        0 => "There are no actions.".to_owned(),
        _ => format!("{}: {}.", count(all, "action"), join_words(&sorts, "and")),
    }
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
            && self.step.as_ref().is_none_or(|step| action.steps.iter().any(|own| own.id == *step))
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
    fn key(action: &Tracked) -> (usize, Date, &str, &str, &str) {
        let due = action.due.unwrap_or(Date::MAX);
        let file = action.made_from.file.as_str();
        (action.timing.rank(), due, &action.partnership, &action.id, file)
    }
    actions.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// Sorts actions and divides them. Timing and status come in the order of what presses most, steps in
/// that of the checklist, the rest by the alphabet; what belongs nowhere comes last.
pub(crate) fn group(mut actions: Vec<Tracked>, by: Grouping) -> Vec<Group> {
    sort(&mut actions);
    let mut groups: BTreeMap<(usize, String), Group> = BTreeMap::new();
    for action in actions {
        let (key, title) = part(&action, by);
        let group = groups.entry(key).or_insert(Group { title, actions: Vec::new() });
        group.actions.push(action);
    }
    groups.into_values().collect()
}

/// The part of a tracker that an action belongs to: where the part comes, and its title.
fn part(action: &Tracked, by: Grouping) -> ((usize, String), String) {
    match by {
        Grouping::Timing => {
            ((action.timing.rank(), String::new()), action.timing.words().to_owned())
        }
        Grouping::Lead => match action.lead.as_str() {
            "" => ((1, String::new()), "No lead yet".to_owned()),
            lead => ((0, same_name(lead)), lead.to_owned()),
        },
        Grouping::Step => match action.steps.as_slice() {
            [only] => ((only.rank, only.words()), only.words()),
            _ => ((usize::MAX, "The whole".to_owned()), "The whole".to_owned()),
        },
        Grouping::Status => {
            let rank = match action.status {
                ActionStatus::Open => 0,
                ActionStatus::Proposed => 1,
                ActionStatus::Done => 2,
                ActionStatus::Closed => 3,
                ActionStatus::Dropped => 4,
            };
            ((rank, String::new()), capitalised(action.status.word()))
        }
        Grouping::Partnership => ((0, same_name(&action.partnership)), action.partnership.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(id: &str, partnership: &str, period_end: &str, perspective: &str) -> Tracked {
        Tracked {
            made_from: Arc::new(MadeFrom {
                status: Status::Draft,
                as_at: None,
                judged_on: None,
                checklist: String::new(),
                edition: String::new(),
                attribution: String::new(),
                marking: String::new(),
                file: String::new(),
            }),
            partnership: partnership.to_owned(),
            period: period_end.to_owned(),
            period_end: period_end.parse().ok(),
            perspective: perspective.to_owned(),
            id: id.to_owned(),
            task: String::new(),
            lead: String::new(),
            due: None,
            status: ActionStatus::Open,
            timing: Timing::Undated,
            origin: String::new(),
            steps: Vec::new(),
            covers: Vec::new(),
            covers_words: String::new(),
            success: String::new(),
            response: None,
            closed: None,
            evidence: Vec::new(),
            impact: String::new(),
            review_by: None,
            carried_from: String::new(),
        }
    }

    #[test]
    fn keeps_the_latest_entry_and_of_one_period_the_agreed() {
        let mut actions = vec![
            action("A-01", "Northmoor", "2026-06-30", "agreed"),
            action("A-01", "NORTHMOOR ", "2026-09-30", "scrutineer"),
            action("A-01", "Northmoor", "2026-09-30", "agreed"),
            action("A-02", "Northmoor", "2026-06-30", "self"),
            action("A-01", "Westhaven", "2026-06-30", "scrutineer"),
            action("none", "Northmoor", "2026-06-30", "self"),
            action("none", "Northmoor", "2026-09-30", "self"),
        ];
        assert_eq!(keep_latest(&mut actions), 2);
        let kept: Vec<(&str, &str, &str)> = actions
            .iter()
            .map(|own| (own.id.as_str(), own.partnership.as_str(), own.perspective.as_str()))
            .collect();
        let expected = [
            ("A-01", "Northmoor", "agreed"),
            ("A-02", "Northmoor", "self"),
            ("A-01", "Westhaven", "scrutineer"),
            ("none", "Northmoor", "self"),
            ("none", "Northmoor", "self"),
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn divides_by_step_in_the_order_of_the_checklist() {
        let of_step = |ranks: &[usize], lead: &str| {
            let step = |rank: &usize| OwnStep {
                rank: *rank,
                id: (rank + 1).to_string(),
                title: String::new(),
            };
            let steps = ranks.iter().map(step).collect();
            let own = action("A-01", "Northmoor", "2026-06-30", "self");
            Tracked { steps, lead: lead.to_owned(), ..own }
        };
        let all = [
            of_step(&[], "Police"),
            of_step(&[9], ""),
            of_step(&[1], "council"),
            of_step(&[0, 1], "Council"),
        ];
        let titles = |by| -> Vec<String> {
            group(all.to_vec(), by).into_iter().map(|group| group.title).collect()
        };
        assert_eq!(titles(Grouping::Step), ["Step 2", "Step 10", "The whole"]);
        assert_eq!(titles(Grouping::Lead), ["council", "Police", "No lead yet"]);
        let of_second = Filter { step: Some("2".to_owned()), ..Filter::default() };
        assert_eq!(all.iter().filter(|action| of_second.matches(action)).count(), 2);
    }
}
