//! The actions of many assessments as one tracker: each once, filtered, sorted, grouped and counted.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::{Timing, Tracked, same_name};
use crate::model::assessment::ActionStatus;
use crate::model::definition::capitalised;
use crate::model::standing::AGREED;
use crate::text::{count, join_words};

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
    use std::sync::Arc;

    use super::*;
    use crate::actions::{MadeFrom, OwnStep};
    use crate::model::assessment::Status;

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
