//! Everything in a programme that has a date: where it stands on the day on which it is judged.

use jiff::civil::Date;

use crate::model::programme::{
    Activity, ActivityStatus, Challenge, Days, DeepDive, Effort, Meeting, Presence, Programme,
    Request, Sitting, Stage, StageName, When,
};
use crate::source::Span;
use crate::syntax::decode::Given;
use crate::text::one_line;

/// Something that is to happen by a date.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    /// What it is.
    pub kind: ItemKind,
    /// The id of the activity, group, request, challenge or deep dive; empty where it has none.
    pub id: &'a str,
    /// What it is about, on one line.
    pub title: String,
    /// By when.
    pub when: Option<When>,
    /// Where it stands.
    pub standing: Standing,
    /// The days that it is still to take.
    pub days: Days,
    /// Where its date is written, or else the whole of it.
    pub span: Span,
    /// Which of the meetings of its group it is, from 1; nothing for what is no meeting.
    pub place: Option<usize>,
}

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ItemKind {
    /// An activity.
    Activity,
    /// A meeting of a group.
    Meeting,
    /// A stage of a deep dive.
    Stage(StageName),
    /// Information that was asked for.
    Request,
    /// A challenge that is looked at again.
    Challenge,
}

impl ItemKind {
    /// As people read it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            ItemKind::Activity => "Activity",
            ItemKind::Meeting => "Meeting",
            ItemKind::Stage(_) => "Deep dive",
            ItemKind::Request => "Information request",
            ItemKind::Challenge => "Challenge",
        }
    }
}

/// Where something stands on the day on which it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Its date has passed by so many days.
    Late(i32),
    /// Its date is to come, or it is not known on which day to judge.
    ToCome,
    /// It has no date.
    Undated,
    /// It needs nothing more.
    Settled,
}

/// Where something stands that needs a date and is not settled.
fn standing(when: Option<When>, is_settled: bool, as_at: Option<Date>) -> Standing {
    match (is_settled, when, as_at) {
        (true, ..) => Standing::Settled,
        (false, None, _) => Standing::Undated,
        (false, Some(when), Some(as_at)) if when.to < as_at => {
            Standing::Late(when.to.until(as_at).map_or(0, |span| span.get_days()))
        }
        (false, Some(_), _) => Standing::ToCome,
    }
}

/// What a piece of work is still to take.
fn expected(effort: &Effort) -> Days {
    let planned = effort.planned.value().copied().unwrap_or_default();
    planned.less(effort.used.value().copied().unwrap_or_default())
}

/// Everything of a programme that is to happen, in the order of the file.
pub(super) fn items(programme: &Programme, as_at: Option<Date>) -> Vec<Item<'_>> {
    let activities = programme.activities.iter().map(|own| of_activity(own, as_at));
    let meetings = programme.meetings.iter().flat_map(|own| {
        let numbered = (1..).zip(&own.dates);
        numbered.map(move |(place, sitting)| Item {
            place: Some(place),
            ..of_sitting(own, sitting, as_at)
        })
    });
    let requests = programme.information.iter().map(|own| of_request(own, as_at));
    let challenges = programme.challenges.iter().map(|own| of_challenge(own, as_at));
    let stages = programme
        .deep_dives
        .iter()
        .flat_map(|own| own.stages.iter().filter_map(move |stage| of_stage(own, stage, as_at)));
    activities.chain(meetings).chain(requests).chain(challenges).chain(stages).collect()
}

fn text(given: &Given<String>) -> &str {
    given.value().map_or("", |text| text.trim())
}

fn of_activity(own: &Activity, as_at: Option<Date>) -> Item<'_> {
    // Of what could not be read it is not said either that it is late.
    let is_settled = own.status == Given::Unreadable
        || matches!(own.status(), ActivityStatus::Done | ActivityStatus::Dropped);
    let when = own.when.value().copied();
    Item {
        kind: ItemKind::Activity,
        id: text(&own.id),
        title: one_line(text(&own.what)),
        when,
        standing: standing(when, is_settled, as_at),
        days: if is_settled { Days::default() } else { expected(&own.effort) },
        span: own.when.read().map_or(own.span, |when| when.span),
        place: None,
    }
}

fn of_sitting<'a>(meeting: &'a Meeting, own: &Sitting, as_at: Option<Date>) -> Item<'a> {
    let is_settled = own.presence == Given::Unreadable || own.presence() != Presence::Planned;
    let when = own.when.value().copied();
    Item {
        kind: ItemKind::Meeting,
        id: text(&meeting.id),
        title: one_line(text(&meeting.group)),
        when,
        standing: standing(when, is_settled, as_at),
        days: if is_settled { Days::default() } else { expected(&own.effort) },
        span: own.when.read().map_or(own.span, |when| when.span),
        place: None,
    }
}

fn of_request(own: &Request, as_at: Option<Date>) -> Item<'_> {
    let is_settled = own.received.read().is_some() || own.withdrawn.read().is_some();
    let when = own.promised.value().copied().map(When::day);
    let title = match text(&own.asked_of) {
        "" => text(&own.what).to_owned(),
        asked_of => format!("{} (asked of: {asked_of})", text(&own.what)),
    };
    Item {
        kind: ItemKind::Request,
        id: text(&own.id),
        title: one_line(&title),
        when,
        standing: standing(when, is_settled, as_at),
        days: Days::default(),
        span: own.promised.read().map_or(own.span, |promised| promised.span),
        place: None,
    }
}

fn of_challenge(own: &Challenge, as_at: Option<Date>) -> Item<'_> {
    let when = own.review_by.value().copied().map(When::day);
    Item {
        kind: ItemKind::Challenge,
        id: text(&own.id),
        title: one_line(text(&own.what)),
        when,
        standing: standing(when, own.outcome.read().is_some(), as_at),
        days: Days::default(),
        span: own.review_by.read().map_or(own.span, |review_by| review_by.span),
        place: None,
    }
}

/// Where a stage stands that is not reached.
pub(crate) fn stage_standing(own: &Stage, as_at: Option<Date>) -> Standing {
    standing(own.planned.value().copied(), own.done.read().is_some(), as_at)
}

/// The days of a deep dive stand with the first of its stages that is not reached. A stage without any
/// date is nothing to wait for.
fn of_stage<'a>(dive: &'a DeepDive, own: &Stage, as_at: Option<Date>) -> Option<Item<'a>> {
    let when = own.planned.value().copied();
    let is_settled = own.done.read().is_some();
    if when.is_none() && !is_settled {
        return None;
    }
    let open = |stage: &&Stage| stage.done.read().is_none() && stage.planned.read().is_some();
    let is_first = dive.stages.iter().find(open).is_some_and(|first| first.name == own.name);
    Some(Item {
        kind: ItemKind::Stage(own.name),
        id: text(&dive.id),
        title: one_line(&format!("{}: {}", text(&dive.title), own.name.words().to_lowercase())),
        when,
        standing: stage_standing(own, as_at),
        days: if is_first { expected(&dive.effort) } else { Days::default() },
        span: own.planned.read().map_or(own.span, |planned| planned.span),
        place: None,
    })
}
