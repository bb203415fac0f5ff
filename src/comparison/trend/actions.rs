//! What became of actions from moment to moment: opened, carried, done, closed, dropped, moved later,
//! overdue, and those of which nothing more was heard.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Moment;
use super::read::{ActionThen, Lineage};
use crate::actions::Timing;
use crate::model::assessment::ActionStatus;

/// What became of actions at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Course {
    /// The moment.
    pub label: String,
    /// Seen for the first time, and not said to be carried forward.
    pub opened: usize,
    /// Seen before, or said to be carried forward, and still proposed or open.
    pub carried: usize,
    /// Carried out since the moment before.
    pub done: usize,
    /// Carried out, and the evidence accepted, since the moment before.
    pub closed: usize,
    /// Given up since the moment before.
    pub dropped: usize,
    /// Given a later due date since they were seen last.
    pub moved_later: usize,
    /// Open, and past their due date on the as-at date.
    pub overdue: usize,
}

/// An action whose due date was moved later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slipped<'a> {
    /// Its id.
    pub id: &'a str,
    /// What will be done, as it was said last.
    pub task: &'a str,
    /// The first due date.
    pub first: Date,
    /// The latest due date.
    pub last: Date,
    /// How often it was moved later.
    pub times: usize,
    /// By how many days in all; moves to an earlier day are not set against them.
    pub days: i32,
}

/// An action that was proposed or open, and is in no later assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gone<'a> {
    /// Its id.
    pub id: &'a str,
    /// What was to be done.
    pub task: &'a str,
    /// The moment at which it was seen last.
    pub last: &'a str,
}

fn is_open(action: &ActionThen) -> bool {
    matches!(action.status, ActionStatus::Proposed | ActionStatus::Open)
}

/// By how many days a due date is later than another; nothing where it is not.
fn days_later(then: Option<Date>, now: Option<Date>) -> Option<i32> {
    let days = then?.until(now?).ok()?.get_days();
    (days > 0).then_some(days)
}

/// What became of actions at each moment that is no gap.
pub(super) fn courses(moments: &[Moment<'_>]) -> Vec<Course> {
    let mut seen: HashMap<&str, &ActionThen> = HashMap::new();
    let mut courses = Vec::new();
    for moment in moments {
        let Some((snapshot, _)) = moment.assessed else { continue };
        let mut course = Course { label: moment.label.clone(), ..Course::default() };
        for action in &snapshot.actions {
            let before = seen.get(&*action.id).copied().filter(|_| !action.id.is_empty());
            course.add(action, before);
        }
        seen.extend(snapshot.actions.iter().map(|action| (&*action.id, action)));
        courses.push(course);
    }
    courses
}

impl Course {
    fn add(&mut self, action: &ActionThen, before: Option<&ActionThen>) {
        let is_known = before.is_some() || action.lineage == Lineage::Carried;
        if !is_known {
            self.opened += 1;
        } else if is_open(action) {
            self.carried += 1;
        }
        if before.is_none_or(|before| before.status != action.status) {
            match action.status {
                ActionStatus::Done => self.done += 1,
                ActionStatus::Closed => self.closed += 1,
                ActionStatus::Dropped => self.dropped += 1,
                ActionStatus::Proposed | ActionStatus::Open => {}
            }
        }
        let moved = before.and_then(|before| days_later(before.due, action.due));
        self.moved_later += usize::from(moved.is_some());
        self.overdue += usize::from(matches!(action.timing, Timing::Overdue(_)));
    }
}

/// An action that is followed.
struct Followed<'a> {
    first: Option<Date>,
    latest: &'a ActionThen,
    seen: usize,
    times: usize,
    days: i32,
}

/// The actions whose due dates were moved later, those that are gone, and how many have no id.
pub(super) fn slips<'a>(moments: &'a [Moment<'a>]) -> (Vec<Slipped<'a>>, Vec<Gone<'a>>, usize) {
    let mut order: Vec<&str> = Vec::new();
    let mut followed: HashMap<&str, Followed<'a>> = HashMap::new();
    let mut nameless = 0;
    for (place, moment) in moments.iter().enumerate() {
        let actions = moment.assessed.map_or(&[][..], |(snapshot, _)| &snapshot.actions);
        for action in actions {
            if action.id.is_empty() {
                nameless += 1;
                continue;
            }
            let known = followed.entry(&action.id).or_insert_with(|| {
                order.push(&action.id);
                Followed { first: action.due, latest: action, seen: place, times: 0, days: 0 }
            });
            if let Some(days) = days_later(known.latest.due, action.due) {
                known.times += 1;
                known.days += days;
            }
            known.first = known.first.or(action.due);
            (known.latest, known.seen) = (action, place);
        }
    }
    let last = moments.iter().rposition(|moment| moment.assessed.is_some());
    let all = || order.iter().map(|id| &followed[id]);
    let slipped = all().filter(|own| own.times > 0).filter_map(|own| {
        let (first, last) = (own.first?, own.latest.due?);
        let (id, task) = (&*own.latest.id, &*own.latest.task);
        Some(Slipped { id, task, first, last, times: own.times, days: own.days })
    });
    let gone = all().filter(|own| is_open(own.latest) && Some(own.seen) != last);
    let gone = gone.map(|own| Gone {
        id: &own.latest.id,
        task: &own.latest.task,
        last: &moments[own.seen].label,
    });
    (slipped.collect(), gone.collect(), nameless)
}
