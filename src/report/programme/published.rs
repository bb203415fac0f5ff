//! A programme as the published value for programs. Dates are written as 2026-12-18, days as 12.5 and
//! money as 812.50, all in quotes, so that none is rounded on its way; what is not said is null.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words;
use crate::model::programme::{Days, Expenses, Money, Programme, When};
use crate::programme::{Attendance, Item, ItemKind, Overview, Standing};
use crate::report::{filled, line, text, tool};
use crate::syntax::decode::Given;

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// A programme: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Published {
    version: u32,
    tool: String,
    partnership: String,
    year: Option<String>,
    year_from: Option<String>,
    year_to: Option<String>,
    scrutineer: Option<String>,
    agreed: Option<String>,
    as_at: Option<String>,
    marking: Option<String>,
    checklist: Option<String>,
    edition: Option<String>,
    attribution: Vec<String>,
    file: String,
    summary: Option<String>,
    days: DaysPart,
    money: Option<MoneyPart>,
    /// Caps that are near or passed.
    warnings: Vec<String>,
    late: Vec<ItemPart>,
    next: Vec<ItemPart>,
    activities: Vec<ActivityPart>,
    meetings: Vec<MeetingPart>,
    information: Vec<RequestPart>,
    challenges: Vec<ChallengePart>,
    deep_dives: Vec<DivePart>,
    steps: Vec<StepPart>,
}

#[derive(Debug, Serialize, Deserialize)]
struct DaysPart {
    cap: Option<String>,
    planned: String,
    used: String,
    still_planned: String,
    expected: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct MoneyPart {
    day_rate: String,
    day_rate_cap: Option<String>,
    /// inside or outside the fee.
    expenses_are: &'static str,
    planned_fee: String,
    fee: String,
    expected_fee: String,
    fee_cap: Option<String>,
    expenses: String,
    so_far: String,
    expected: String,
    cost_cap: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ItemPart {
    /// activity, meeting, stage, request or challenge.
    kind: &'static str,
    /// The key of the stage of a deep dive.
    stage: Option<&'static str>,
    id: Option<String>,
    title: String,
    from: Option<String>,
    to: Option<String>,
    days_late: Option<i32>,
    days: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct ActivityPart {
    id: Option<String>,
    what: Option<String>,
    how: Option<String>,
    from: Option<String>,
    to: Option<String>,
    steps: Vec<String>,
    planned: Option<String>,
    used: Option<String>,
    expenses: Option<String>,
    status: &'static str,
}

#[derive(Debug, Serialize, Deserialize)]
struct MeetingPart {
    id: Option<String>,
    group: Option<String>,
    kind: &'static str,
    at_least: u32,
    attended: usize,
    papers_read: usize,
    missed: usize,
    is_met: bool,
    steps: Vec<String>,
    dates: Vec<SittingPart>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SittingPart {
    from: Option<String>,
    to: Option<String>,
    presence: &'static str,
    planned: Option<String>,
    used: Option<String>,
    expenses: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RequestPart {
    id: Option<String>,
    what: Option<String>,
    asked_of: Option<String>,
    asked: Option<String>,
    promised: Option<String>,
    received: Option<String>,
    withdrawn: Option<String>,
    days_overdue: Option<i32>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ChallengePart {
    id: Option<String>,
    date: Option<String>,
    to: Option<String>,
    what: Option<String>,
    response: Option<String>,
    outcome: Option<String>,
    review_by: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct DivePart {
    id: Option<String>,
    title: Option<String>,
    lines_of_enquiry: Vec<String>,
    steps: Vec<String>,
    planned: Option<String>,
    used: Option<String>,
    expenses: Option<String>,
    stages: Vec<StagePart>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StagePart {
    stage: &'static str,
    planned_from: Option<String>,
    planned_to: Option<String>,
    done: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StepPart {
    id: String,
    title: String,
    touched_by: Vec<String>,
}

impl Published {
    /// The value of a programme.
    pub(crate) fn of(overview: &Overview<'_>) -> Self {
        let basis = &overview.basis;
        let programme = basis.programme;
        let year = programme.year.value();
        Published {
            version: VERSION,
            tool: tool(),
            partnership: basis.partnership(),
            year: year.map(|year| year.name.clone()),
            year_from: year.map(|year| year.from.to_string()),
            year_to: year.map(|year| year.to.to_string()),
            scrutineer: line(&programme.scrutineer),
            agreed: date(&programme.agreed),
            as_at: basis.as_at.map(|date| date.to_string()),
            marking: basis.workspace.and_then(|own| line(&own.marking)),
            checklist: basis.checklist.map(|own| own.id.value.clone()),
            edition: basis.checklist.and_then(|own| filled(&own.edition)),
            attribution: basis.checklist.map(|own| own.attribution.clone()).unwrap_or_default(),
            file: basis.file.to_owned(),
            summary: text(&programme.summary),
            days: days_part(overview),
            money: money_part(overview),
            warnings: words::warnings(overview),
            late: overview.late().into_iter().map(item).collect(),
            next: overview.next().into_iter().map(item).collect(),
            activities: activities(programme),
            meetings: overview.groups.iter().map(meeting).collect(),
            information: requests(overview),
            challenges: challenges(programme),
            deep_dives: dives(programme),
            steps: overview
                .steps
                .iter()
                .map(|own| StepPart {
                    id: own.step.id.value.clone(),
                    title: own.step.title.clone(),
                    touched_by: own.by.clone(),
                })
                .collect(),
        }
    }
}

fn date(given: &Given<Date>) -> Option<String> {
    given.value().map(|date| date.to_string())
}

fn from(given: &Given<When>) -> Option<String> {
    given.value().map(|when| when.from.to_string())
}

fn to(given: &Given<When>) -> Option<String> {
    given.value().map(|when| when.to.to_string())
}

fn days(given: &Given<Days>) -> Option<String> {
    given.value().map(Days::to_string)
}

/// "812.50".
fn pounds(money: Money) -> String {
    let sign = if money.pence < 0 { "-" } else { "" };
    let pence = money.pence.unsigned_abs();
    format!("{sign}{}.{:02}", pence / 100, pence % 100)
}

fn amount(given: &Given<Money>) -> Option<String> {
    given.value().map(|money| pounds(*money))
}

fn ids(steps: &[crate::source::Spanned<String>]) -> Vec<String> {
    steps.iter().map(|step| step.value.trim().to_owned()).collect()
}

fn days_part(overview: &Overview<'_>) -> DaysPart {
    let days = &overview.days;
    DaysPart {
        cap: days.cap.map(|cap| cap.to_string()),
        planned: days.planned.to_string(),
        used: days.used.to_string(),
        still_planned: days.still.to_string(),
        expected: days.expected().to_string(),
    }
}

fn money_part(overview: &Overview<'_>) -> Option<MoneyPart> {
    let costs = overview.costs.as_ref()?;
    Some(MoneyPart {
        day_rate: pounds(costs.rate),
        day_rate_cap: amount(&overview.basis.programme.budget.day_rate_cap),
        expenses_are: match costs.expenses_are {
            Expenses::Inside => "inside",
            Expenses::Outside => "outside",
        },
        planned_fee: pounds(costs.planned_fee),
        fee: pounds(costs.fee),
        expected_fee: pounds(costs.expected_fee),
        fee_cap: costs.fee_cap.map(pounds),
        expenses: pounds(costs.expenses),
        so_far: pounds(costs.so_far()),
        expected: pounds(costs.expected()),
        cost_cap: costs.cap.map(pounds),
    })
}

fn item(item: &Item<'_>) -> ItemPart {
    let (kind, stage) = match item.kind {
        ItemKind::Activity => ("activity", None),
        ItemKind::Meeting => ("meeting", None),
        ItemKind::Stage(name) => ("stage", Some(name.key())),
        ItemKind::Request => ("request", None),
        ItemKind::Challenge => ("challenge", None),
    };
    ItemPart {
        kind,
        stage,
        id: filled(item.id),
        title: item.title.clone(),
        from: item.when.map(|when| when.from.to_string()),
        to: item.when.map(|when| when.to.to_string()),
        days_late: match item.standing {
            Standing::Late(days) => Some(days),
            Standing::ToCome | Standing::Undated | Standing::Settled => None,
        },
        days: item.days.to_string(),
    }
}

fn activities(programme: &Programme) -> Vec<ActivityPart> {
    let part = |own: &crate::model::programme::Activity| ActivityPart {
        id: line(&own.id),
        what: line(&own.what),
        how: line(&own.how),
        from: from(&own.when),
        to: to(&own.when),
        steps: ids(&own.steps),
        planned: days(&own.effort.planned),
        used: days(&own.effort.used),
        expenses: amount(&own.effort.expenses),
        status: own.status().word(),
    };
    programme.activities.iter().map(part).collect()
}

fn meeting(group: &Attendance<'_>) -> MeetingPart {
    let own = group.meeting;
    let sitting = |own: &crate::model::programme::Sitting| SittingPart {
        from: from(&own.when),
        to: to(&own.when),
        presence: own.presence().word(),
        planned: days(&own.effort.planned),
        used: days(&own.effort.used),
        expenses: amount(&own.effort.expenses),
    };
    let words = crate::model::programme::MeetingKind::WORDS;
    let kind = words.iter().find(|(_, kind)| *kind == own.kind).map_or("", |(word, _)| *word);
    MeetingPart {
        id: line(&own.id),
        group: line(&own.group),
        kind,
        at_least: own.wanted(),
        attended: group.attended,
        papers_read: group.papers_read,
        missed: group.missed,
        is_met: group.is_met(),
        steps: ids(&own.steps),
        dates: own.dates.iter().map(sitting).collect(),
    }
}

fn requests(overview: &Overview<'_>) -> Vec<RequestPart> {
    let requests = &overview.basis.programme.information;
    let mut items = overview.items.iter().filter(|item| item.kind == ItemKind::Request);
    let part = |own: &crate::model::programme::Request| RequestPart {
        id: line(&own.id),
        what: line(&own.what),
        asked_of: line(&own.asked_of),
        asked: date(&own.asked),
        promised: date(&own.promised),
        received: date(&own.received),
        withdrawn: date(&own.withdrawn),
        // There is an item for each request, in the same order.
        days_overdue: items.next().and_then(|item| match item.standing {
            Standing::Late(days) => Some(days),
            Standing::ToCome | Standing::Undated | Standing::Settled => None,
        }),
    };
    requests.iter().map(part).collect()
}

fn challenges(programme: &Programme) -> Vec<ChallengePart> {
    let part = |own: &crate::model::programme::Challenge| ChallengePart {
        id: line(&own.id),
        date: date(&own.date),
        to: line(&own.to),
        what: line(&own.what),
        response: line(&own.response),
        outcome: line(&own.outcome),
        review_by: date(&own.review_by),
    };
    programme.challenges.iter().map(part).collect()
}

fn dives(programme: &Programme) -> Vec<DivePart> {
    let stage = |own: &crate::model::programme::Stage| StagePart {
        stage: own.name.key(),
        planned_from: from(&own.planned),
        planned_to: to(&own.planned),
        done: date(&own.done),
    };
    let part = |own: &crate::model::programme::DeepDive| DivePart {
        id: line(&own.id),
        title: line(&own.title),
        lines_of_enquiry: own.lines.iter().map(|own| own.value.trim().to_owned()).collect(),
        steps: ids(&own.steps),
        planned: days(&own.effort.planned),
        used: days(&own.effort.used),
        expenses: amount(&own.effort.expenses),
        stages: own.stages.iter().map(stage).collect(),
    };
    programme.deep_dives.iter().map(part).collect()
}
