//! What happened to actions between two assessments.

use std::collections::HashMap;

use jiff::civil::Date;

use super::line;
use crate::model::assessment::{Action, ActionStatus, Assessment, Origin};
use crate::text::one_line;

/// An action as it was and as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActionPair<'a> {
    /// How it was.
    pub old: Option<Placed<'a>>,
    /// How it is.
    pub new: Option<Placed<'a>>,
}

/// An action and what it stands on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    /// What it stands on.
    pub origin: Origin<'a>,
    /// The action.
    pub action: &'a Action,
}

/// One thing that happened to an action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Event<'a> {
    /// It was set, with this status.
    Opened(ActionStatus),
    /// It is no longer listed; this was its status.
    NoLongerListed(ActionStatus),
    /// It was closed, on so many pieces of evidence.
    Closed(usize),
    /// It was carried out.
    Done,
    /// It was given up.
    Dropped,
    /// It was done, closed or dropped, and is open again.
    Reopened(ActionStatus),
    /// It went from one status to another in some other way.
    Status(ActionStatus, ActionStatus),
    /// It is due so many days later.
    Slipped(Date, Date),
    /// It is due earlier.
    BroughtForward(Date, Date),
    /// It had no date, and has one.
    Dated(Date),
    /// It had a date, and has none.
    Undated(Date),
    /// Another role or agency leads on it.
    Reassigned(Option<&'a str>, Option<&'a str>),
    /// The partnership answered, or answered otherwise.
    Responded(Option<&'a str>),
    /// What difference it made is told.
    Impact,
    /// It has so many pieces of evidence more.
    Evidence(usize),
    /// Its task is worded otherwise.
    Reworded,
    /// It stands on another question or step, by id; nothing for the whole.
    Moved(Option<&'a str>, Option<&'a str>),
    /// It was carried forward into one more period; so many times by now.
    Carried(u32),
}

impl<'a> ActionPair<'a> {
    /// The one that is there, the new one before the old.
    pub(crate) fn latest(&self) -> Placed<'a> {
        self.new.or(self.old).expect("a pair has at least one side")
    }

    /// What happened to it.
    pub(crate) fn events(&self) -> Vec<Event<'a>> {
        let (was, is) = match (self.old, self.new) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => return vec![Event::Opened(new.action.status.value)],
            (Some(old), None) => return vec![Event::NoLongerListed(old.action.status.value)],
            (None, None) => return Vec::new(),
        };
        let (old, new) = (was.action, is.action);
        let mut events = Vec::new();
        let more = new.evidence.len().saturating_sub(old.evidence.len());
        let (from, to) = (old.status.value, new.status.value);
        if from != to {
            events.push(match (from, to) {
                (_, ActionStatus::Closed) => Event::Closed(new.evidence.len()),
                (ActionStatus::Proposed | ActionStatus::Open, ActionStatus::Done) => Event::Done,
                (_, ActionStatus::Dropped) => Event::Dropped,
                (
                    ActionStatus::Done | ActionStatus::Closed | ActionStatus::Dropped,
                    ActionStatus::Open | ActionStatus::Proposed,
                ) => Event::Reopened(from),
                _ => Event::Status(from, to),
            });
        }
        events.extend(due_event(old.due.value(), new.due.value()));
        let (led, leads) = (line(&old.lead), line(&new.lead));
        if led.map(one_line) != leads.map(one_line) {
            events.push(Event::Reassigned(led, leads));
        }
        let said = |action: &'a Action| action.response.as_ref().and_then(|own| line(&own.said));
        if said(old) != said(new) {
            events.push(Event::Responded(said(new)));
        }
        if new.impact.value() != old.impact.value() && new.impact.value().is_some() {
            events.push(Event::Impact);
        }
        if more > 0 && to != ActionStatus::Closed {
            events.push(Event::Evidence(more));
        }
        if line(&old.task).map(one_line) != line(&new.task).map(one_line) {
            events.push(Event::Reworded);
        }
        if place(was.origin) != place(is.origin) {
            events.push(Event::Moved(place(was.origin), place(is.origin)));
        }
        if new.times_carried() > old.times_carried() {
            events.push(Event::Carried(new.times_carried()));
        }
        events
    }
}

/// The id of the question or step that an action stands on; nothing for the whole.
fn place(origin: Origin<'_>) -> Option<&str> {
    match origin {
        Origin::Question(id) | Origin::Step(id) => Some(&id.value),
        Origin::Whole => None,
    }
}

fn due_event<'a>(old: Option<&Date>, new: Option<&Date>) -> Option<Event<'a>> {
    match (old, new) {
        (Some(from), Some(to)) if from < to => Some(Event::Slipped(*from, *to)),
        (Some(from), Some(to)) if from > to => Some(Event::BroughtForward(*from, *to)),
        (None, Some(to)) => Some(Event::Dated(*to)),
        (Some(from), None) => Some(Event::Undated(*from)),
        _ => None,
    }
}

/// Actions are matched by id; those without one by their task.
pub(super) fn actions<'a>(old: &'a Assessment, new: &'a Assessment) -> Vec<ActionPair<'a>> {
    let place = |(origin, action): (Origin<'a>, &'a Action)| Placed { origin, action };
    let key = |placed: &Placed<'_>| match line(&placed.action.id) {
        Some(id) => format!("id {id}"),
        None => format!("task {}", line(&placed.action.task).map(one_line).unwrap_or_default()),
    };
    let was: Vec<Placed<'a>> = old.all_actions().map(place).collect();
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, placed) in was.iter().enumerate().rev() {
        places.entry(key(placed)).or_default().push(index);
    }
    let mut is_taken = vec![false; was.len()];
    let mut pairs: Vec<ActionPair<'a>> = Vec::new();
    for placed in new.all_actions().map(place) {
        let partner = places.get_mut(&key(&placed)).and_then(Vec::pop);
        if let Some(index) = partner {
            is_taken[index] = true;
        }
        pairs.push(ActionPair { old: partner.map(|index| was[index]), new: Some(placed) });
    }
    let gone = was.iter().zip(&is_taken).filter(|(_, taken)| !**taken);
    pairs.extend(gone.map(|(placed, _)| ActionPair { old: Some(*placed), new: None }));
    pairs
}
