//! A programme summed up: days and money against their caps, what is late and what is next, which
//! groups were seen, which steps nothing touches.
//!
//! A pure function over the model. What is late depends on a date that is given, never on a clock.

mod items;
mod tally;

use jiff::civil::Date;

use crate::model::checklist::{Checklist, Step};
use crate::model::programme::{
    ActivityStatus, Meeting, MeetingKind, Presence, Programme, Request, When,
};
use crate::model::workspace::Workspace;
use crate::syntax::decode::line;
use crate::text::nearest;

pub(crate) use items::{Item, ItemKind, Standing, stage_standing};
pub(crate) use tally::{CostTally, DayTally, Pressure};
use tally::{tally_costs, tally_days};

/// One programme with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basis<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The checklist whose steps it touches, where that could be read.
    pub checklist: Option<&'a Checklist>,
    /// Its workspace.
    pub workspace: Option<&'a Workspace>,
    /// The file, as shown.
    pub file: &'a str,
    /// The date on which it is judged what is late.
    pub as_at: Option<Date>,
}

impl Basis<'_> {
    /// The partnership; empty where that could not be read.
    pub(crate) fn partnership(&self) -> String {
        line(&self.programme.partnership).unwrap_or_default()
    }
}

/// A programme summed up.
#[derive(Debug)]
pub(crate) struct Overview<'a> {
    /// What it is made from.
    pub basis: Basis<'a>,
    /// Its days.
    pub days: DayTally,
    /// What it costs; nothing where no day rate is known.
    pub costs: Option<CostTally>,
    /// Everything that has a date or waits for one, in the order of the file.
    pub items: Vec<Item<'a>>,
    /// The groups that meet.
    pub groups: Vec<Attendance<'a>>,
    /// The steps of the checklist with what touches them.
    pub steps: Vec<Touched<'a>>,
}

/// How often a group was seen.
#[derive(Debug)]
pub(crate) struct Attendance<'a> {
    /// The group.
    pub meeting: &'a Meeting,
    /// How many of its meetings were attended.
    pub attended: usize,
    /// Of how many only the papers were read.
    pub papers_read: usize,
    /// How many were missed.
    pub missed: usize,
    /// The meetings that are to come, in order.
    pub to_come: Vec<When>,
}

impl Attendance<'_> {
    /// Whether it was attended as often as it should be in the year.
    pub(crate) fn is_met(&self) -> bool {
        self.attended >= self.meeting.wanted() as usize
    }
}

/// A step with the ids of what touches it.
#[derive(Debug)]
pub(crate) struct Touched<'a> {
    /// The step.
    pub step: &'a Step,
    /// The ids of activities, meetings and deep dives.
    pub by: Vec<String>,
}

/// Sums a programme up.
pub(crate) fn overview(basis: Basis<'_>) -> Overview<'_> {
    let programme = basis.programme;
    let days = tally_days(programme);
    Overview {
        basis,
        costs: tally_costs(programme, &days),
        days,
        items: items::items(programme, basis.as_at),
        groups: programme.meetings.iter().map(|own| attendance(own, basis.as_at)).collect(),
        steps: touched(&basis),
    }
}

impl<'a> Overview<'a> {
    /// What is late, the latest first.
    pub(crate) fn late(&self) -> Vec<&Item<'a>> {
        let mut late: Vec<&Item<'_>> =
            self.items.iter().filter(|item| matches!(item.standing, Standing::Late(_))).collect();
        late.sort_by_key(|item| item.when.map(|when| when.to));
        late
    }

    /// What is to come, the next first.
    pub(crate) fn next(&self) -> Vec<&Item<'a>> {
        let mut next: Vec<&Item<'_>> =
            self.items.iter().filter(|item| matches!(item.standing, Standing::ToCome)).collect();
        next.sort_by_key(|item| item.when.map(|when| (when.to, when.from)));
        next
    }

    /// The steps that nothing touches.
    pub(crate) fn untouched(&self) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(|own| own.by.is_empty()).map(|own| own.step)
    }

    /// Whether the year is over on the date on which it is judged.
    pub(crate) fn is_over(&self) -> bool {
        let end = self.basis.programme.year.value().map(|year| year.to);
        end.zip(self.basis.as_at).is_some_and(|(end, as_at)| as_at >= end)
    }
}

fn attendance(meeting: &Meeting, as_at: Option<Date>) -> Attendance<'_> {
    let count =
        |presence: Presence| meeting.dates.iter().filter(|own| own.presence() == presence).count();
    let is_to_come = |when: &When| as_at.is_none_or(|as_at| when.to >= as_at);
    let planned = meeting.dates.iter().filter(|own| own.presence() == Presence::Planned);
    let mut to_come: Vec<When> =
        planned.filter_map(|own| own.when.value().copied()).filter(is_to_come).collect();
    to_come.sort_unstable();
    Attendance {
        meeting,
        attended: count(Presence::Attended),
        papers_read: count(Presence::PapersRead),
        missed: count(Presence::Missed),
        to_come,
    }
}

/// The steps with what touches them. A misspelt id is reported elsewhere, and counts as the nearest.
fn touched<'a>(basis: &Basis<'a>) -> Vec<Touched<'a>> {
    let Some(checklist) = basis.checklist else { return Vec::new() };
    let programme = basis.programme;
    let activities = programme.activities.iter();
    let activities = activities.filter(|own| own.status() != ActivityStatus::Dropped);
    let named = activities.map(|own| (&own.id, &own.steps));
    let named = named.chain(programme.meetings.iter().map(|own| (&own.id, &own.steps)));
    let named = named.chain(programme.deep_dives.iter().map(|own| (&own.id, &own.steps)));
    let ids: Vec<&str> = checklist.steps.iter().map(|step| step.id.value.trim()).collect();
    let meant = |id: &str| {
        let known = ids.iter().position(|own| *own == id);
        known.or_else(|| {
            let near = nearest(id, ids.iter().copied())?;
            ids.iter().position(|own| *own == near)
        })
    };
    let mut by: Vec<Vec<String>> = vec![Vec::new(); ids.len()];
    for (id, steps) in named {
        let mut places: Vec<usize> =
            steps.iter().filter_map(|step| meant(step.value.trim())).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            by[place].push(line(id).unwrap_or_else(|| "one without an id".to_owned()));
        }
    }
    checklist.steps.iter().zip(by).map(|(step, by)| Touched { step, by }).collect()
}

/// Where a request stands, in words.
pub(crate) fn request_words(request: &Request, as_at: Option<Date>) -> String {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let late = |days: i32| crate::text::count(days.unsigned_abs() as usize, "day");
    let promised = request.promised.value().copied();
    match (request.received.value(), request.withdrawn.value(), promised, as_at) {
        (Some(received), _, Some(promised), _) if *received > promised => {
            format!("Received, {} late", late(days(promised, *received)))
        }
        (Some(_), ..) => "Received".to_owned(),
        (None, Some(_), ..) => "Withdrawn".to_owned(),
        (None, None, Some(promised), Some(as_at)) if promised < as_at => {
            format!("Overdue by {}", late(days(promised, as_at)))
        }
        (None, None, Some(_), _) => "Promised".to_owned(),
        (None, None, None, _) => "Asked, no date promised".to_owned(),
    }
}

/// What sort of group meets, as a heading of several.
pub(crate) fn kind_words(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Partnership => "Partnership meetings",
        MeetingKind::Subgroup => "Subgroups",
        MeetingKind::Other => "Networks and other meetings",
    }
}
