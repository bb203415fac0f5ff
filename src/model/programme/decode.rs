//! Programmes from the tree, with every fault of shape reported.

use super::{
    ACTIVITY, Activity, ActivityStatus, BUDGET, Budget, CHALLENGE, Challenge, DEEP_DIVE, Days,
    DeepDive, Effort, Expenses, MEETING, Meeting, MeetingKind, Money, PROGRAMME, Presence,
    Programme, REQUEST, Request, SITTING, STAGE, STAGES, Sitting, Stage, StageName, WARN_AT, When,
};
use crate::finding::Findings;
use crate::model::assessment::decode_period;
use crate::model::faults;
use crate::source::{Span, Spanned};
use crate::syntax::decode::{self, Fields, Given};
use crate::syntax::faults as shape;
use crate::syntax::tree::{Kind, Node};
use crate::text::quoted;

/// Decodes a programme. `first_month` is the month in which the partnership's year starts.
pub(crate) fn decode(
    root: Node<'_>,
    first_month: i8,
    findings: &mut Findings,
) -> Option<Programme> {
    let mut fields = Fields::of(root, &PROGRAMME, findings)?;
    let mut need = |key: &str, example: &str, fields: &mut Fields<'_, 15>| {
        let node = fields.need(key, example, findings);
        node.map_or(Given::Unreadable, |node| {
            decode::text(node, findings).map_or(Given::Unreadable, Given::Read)
        })
    };
    let checklist = need("checklist", "checklist: six-steps-2019", &mut fields);
    let partnership = need("partnership", "partnership: ...", &mut fields);
    let year = fields.need("year", "year: 2026-27", findings);
    let year = year.and_then(|node| decode_period(node, first_month, findings));
    fields.text("notes", findings);
    let budget_at = fields.place("budget");
    Some(Programme {
        source: root.span().source,
        checklist,
        partnership,
        year: year.map_or(Given::Unreadable, Given::Read),
        scrutineer: fields.text("scrutineer", findings),
        agreed: fields.date("agreed", findings),
        as_at: fields.date("as-at", findings),
        summary: fields.text("summary", findings),
        budget: budget(fields.take("budget"), budget_at, findings),
        activities: list(fields.take("activities"), activity, findings),
        meetings: list(fields.take("meetings"), meeting, findings),
        information: list(fields.take("information"), request, findings),
        challenges: list(fields.take("challenges"), challenge, findings),
        deep_dives: list(fields.take("deep-dives"), deep_dive, findings),
    })
}

fn list<T>(
    node: Option<Node<'_>>,
    read: impl Fn(Node<'_>, &mut Findings) -> Option<T>,
    findings: &mut Findings,
) -> Vec<T> {
    let items = node.into_iter().flat_map(Node::items);
    items.filter_map(|item| read(item, findings)).collect()
}

fn budget(node: Option<Node<'_>>, span: Span, findings: &mut Findings) -> Budget {
    let absent = Budget {
        span,
        days: Given::Absent,
        day_rate: Given::Absent,
        day_rate_cap: Given::Absent,
        cost_cap: Given::Absent,
        expenses: Expenses::Outside,
        warn_at: WARN_AT,
    };
    let Some(node) = node else { return absent };
    let Some(mut fields) = Fields::of(node, &BUDGET, findings) else {
        return Budget { days: Given::Unreadable, ..absent };
    };
    let words = [("inside", Expenses::Inside), ("outside", Expenses::Outside)];
    let expenses = fields.text("expenses", findings);
    let expenses = expenses.read().and_then(|text| {
        let what = "where expenses stand, inside or outside the fee";
        decode::word(text, &words, what, &shape::UNKNOWN_WORD, findings)
    });
    let warn_at = fields.text("warn-at", findings);
    let warn_at = warn_at.read().and_then(|text| per_cent(text, findings));
    Budget {
        days: days(fields.text("days", findings), findings),
        day_rate: rate(fields.text("day-rate", findings), findings),
        day_rate_cap: money(fields.text("day-rate-cap", findings), findings),
        cost_cap: money(fields.text("cost-cap", findings), findings),
        expenses: expenses.map_or(Expenses::Outside, |word| word.value),
        warn_at: warn_at.unwrap_or(WARN_AT),
        ..absent
    }
}

fn per_cent(text: &Spanned<String>, findings: &mut Findings) -> Option<i64> {
    let share = text.value.trim().parse::<i64>().ok().filter(|share| (1..=100).contains(share));
    if share.is_none() {
        let message = format!("{} is not a number of per cent", quoted(&text.value));
        findings
            .report(&shape::UNKNOWN_WORD, text.span, message)
            .help("write a whole number from 1 to 100, such as `warn-at: 80`");
    }
    share
}

fn days(text: Given<String>, findings: &mut Findings) -> Given<Days> {
    text.and_then(|text| match Days::parse(&text.value) {
        Ok(days) => Some(Spanned::new(days, text.span)),
        Err(repair) => {
            let message = format!("{} is not a number of whole or half days", quoted(&text.value));
            findings.report(&faults::NOT_DAYS, text.span, message).help(repair);
            None
        }
    })
}

fn money(text: Given<String>, findings: &mut Findings) -> Given<Money> {
    text.and_then(|text| match Money::parse(&text.value) {
        Ok(money) => Some(Spanned::new(money, text.span)),
        Err(repair) => {
            let message = format!("{} is not an amount of money", quoted(&text.value));
            findings.report(&faults::NOT_MONEY, text.span, message).help(repair);
            None
        }
    })
}

/// What a day costs, of which a half has to be whole pence.
fn rate(text: Given<String>, findings: &mut Findings) -> Given<Money> {
    money(text, findings).and_then(|rate| {
        if rate.value.pence % 2 == 0 {
            return Some(rate);
        }
        let message = format!("Half a day at {} would cost half a penny", rate.value);
        findings
            .report(&faults::NOT_MONEY, rate.span, message)
            .help("agree a day rate of an even number of pence");
        None
    })
}

fn when(text: Given<String>, findings: &mut Findings) -> Given<When> {
    text.and_then(|text| match When::parse(&text.value) {
        Ok(when) => Some(Spanned::new(when, text.span)),
        Err(repair) => {
            let message = format!("{} does not say when", quoted(&text.value));
            findings.report(&faults::UNCLEAR_WHEN, text.span, message).help(repair);
            None
        }
    })
}

fn effort<const N: usize>(fields: &mut Fields<'_, N>, findings: &mut Findings) -> Effort {
    Effort {
        planned: days(fields.text("planned", findings), findings),
        used: days(fields.text("used", findings), findings),
        expenses: money(fields.text("expenses", findings), findings),
    }
}

/// One of a few words.
fn word<W: Copy, const N: usize>(
    fields: &mut Fields<'_, N>,
    key: &str,
    what: &str,
    words: &[(&'static str, W)],
    findings: &mut Findings,
) -> Given<W> {
    let rule = if key == "status" { &faults::UNKNOWN_STATUS } else { &shape::UNKNOWN_WORD };
    let text = fields.text(key, findings);
    text.and_then(|text| decode::word(&text, words, what, rule, findings))
}

fn activity(node: Node<'_>, findings: &mut Findings) -> Option<Activity> {
    let mut fields = Fields::of(node, &ACTIVITY, findings)?;
    fields.text("notes", findings);
    let what = "a status of an activity";
    Some(Activity {
        span: node.span(),
        status: word(&mut fields, "status", what, &ActivityStatus::WORDS, findings),
        id: fields.text("id", findings),
        what: fields.text("what", findings),
        how: fields.text("how", findings),
        when: when(fields.text("when", findings), findings),
        steps: fields.texts("steps", findings),
        effort: effort(&mut fields, findings),
    })
}

fn meeting(node: Node<'_>, findings: &mut Findings) -> Option<Meeting> {
    let mut fields = Fields::of(node, &MEETING, findings)?;
    fields.text("notes", findings);
    let kind = word(&mut fields, "kind", "a kind of meeting", &MeetingKind::WORDS, findings);
    let kind = kind.value().copied().unwrap_or(MeetingKind::Partnership);
    let at_least = fields.text("at-least", findings);
    Some(Meeting {
        span: node.span(),
        kind,
        at_least: at_least.and_then(|text| times(text, findings)),
        id: fields.text("id", findings),
        group: fields.text("group", findings),
        steps: fields.texts("steps", findings),
        dates: list(fields.take("dates"), sitting, findings),
    })
}

fn times(text: Spanned<String>, findings: &mut Findings) -> Option<Spanned<u32>> {
    let times = text.value.trim().parse::<u32>().ok().filter(|times| *times <= 366);
    if times.is_none() {
        let message = format!("{} is not a number of times", quoted(&text.value));
        findings
            .report(&shape::UNKNOWN_WORD, text.span, message)
            .help("write how many times a year it should be attended, in figures: `at-least: 1`");
    }
    times.map(|times| Spanned::new(times, text.span))
}

/// A meeting is a date alone, or a group of keys.
fn sitting(node: Node<'_>, findings: &mut Findings) -> Option<Sitting> {
    if let Kind::Scalar(..) = node.kind() {
        let text = decode::text(node, findings).map_or(Given::Unreadable, Given::Read);
        let effort =
            Effort { planned: Given::Absent, used: Given::Absent, expenses: Given::Absent };
        let presence = Given::Absent;
        return Some(Sitting { span: node.span(), when: when(text, findings), presence, effort });
    }
    let mut fields = Fields::of(node, &SITTING, findings)?;
    fields.text("notes", findings);
    let what = "what became of a meeting";
    Some(Sitting {
        span: node.span(),
        presence: word(&mut fields, "presence", what, &Presence::WORDS, findings),
        when: when(fields.text("when", findings), findings),
        effort: effort(&mut fields, findings),
    })
}

fn request(node: Node<'_>, findings: &mut Findings) -> Option<Request> {
    let mut fields = Fields::of(node, &REQUEST, findings)?;
    fields.text("notes", findings);
    Some(Request {
        span: node.span(),
        id: fields.text("id", findings),
        what: fields.text("what", findings),
        asked_of: fields.text("asked-of", findings),
        asked: fields.date("asked", findings),
        promised: fields.date("promised", findings),
        received: fields.date("received", findings),
        withdrawn: fields.date("withdrawn", findings),
    })
}

fn challenge(node: Node<'_>, findings: &mut Findings) -> Option<Challenge> {
    let mut fields = Fields::of(node, &CHALLENGE, findings)?;
    fields.text("notes", findings);
    Some(Challenge {
        span: node.span(),
        id: fields.text("id", findings),
        date: fields.date("date", findings),
        to: fields.text("to", findings),
        what: fields.text("what", findings),
        response: fields.text("response", findings),
        outcome: fields.text("outcome", findings),
        review_by: fields.date("review-by", findings),
    })
}

fn deep_dive(node: Node<'_>, findings: &mut Findings) -> Option<DeepDive> {
    let mut fields = Fields::of(node, &DEEP_DIVE, findings)?;
    fields.text("notes", findings);
    let stages = fields.take("stages").and_then(|node| Fields::of(node, &STAGES, findings));
    Some(DeepDive {
        span: node.span(),
        id: fields.text("id", findings),
        title: fields.text("title", findings),
        lines: fields.texts("lines-of-enquiry", findings),
        steps: fields.texts("steps", findings),
        effort: effort(&mut fields, findings),
        stages: decode_stages(stages, node.span(), findings),
    })
}

fn decode_stages(
    fields: Option<Fields<'_, 7>>,
    around: Span,
    findings: &mut Findings,
) -> Vec<Stage> {
    let Some(mut fields) = fields else { return Vec::new() };
    let mut stages = Vec::new();
    for (key, name) in StageName::KEYS {
        let place = if fields.has(key) { fields.place(key) } else { around };
        let empty = Stage { span: place, name, planned: Given::Absent, done: Given::Absent };
        let stage = match fields.take(key) {
            None => empty,
            Some(node) => decode_stage(node, key, findings).map_or(
                Stage { planned: Given::Unreadable, done: Given::Unreadable, ..empty.clone() },
                |(planned, done)| Stage { planned, done, ..empty },
            ),
        };
        stages.push(stage);
    }
    stages
}

/// When a stage is to be reached, and when it was.
fn decode_stage(
    node: Node<'_>,
    key: &str,
    findings: &mut Findings,
) -> Option<(Given<When>, Given<jiff::civil::Date>)> {
    if let Kind::Scalar(text, _) = node.kind() {
        let message = "It is not said whether this stage is planned or was reached";
        let text = text.trim();
        findings.report(&shape::WRONG_SHAPE, node.span(), message).help(format!(
            "write `{key}: {{planned: {text}}}`, or `{key}: {{done: {text}}}` where it was reached"
        ));
        return None;
    }
    let mut fields = Fields::of(node, &STAGE, findings)?;
    let planned = when(fields.text("planned", findings), findings);
    Some((planned, fields.date("done", findings)))
}
