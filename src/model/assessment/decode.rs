//! From the tree of a file to an assessment.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;

use super::{
    ACTION, ASSESSMENT, Action, ActionStatus, Answer, Assessment, ENTRY, EVIDENCE, Entry, Evidence,
    Expected, Index, OF_STEPS, PERIOD, RESPONSE, Response, STEP, Status, StepWords, Totals,
};
use crate::finding::{Findings, Trust};
use crate::model::faults;
use crate::model::period::{self, Fault, Period};
use crate::source::{Span, Spanned};
use crate::syntax::decode::{self, Fields, Given, is_blank, report_duplicate};
use crate::syntax::faults as shape;
use crate::syntax::tree::{Kind, Node};
use crate::text::{is_same, quoted};

/// Decodes an assessment. `first_month` is the month in which the partnership's year starts.
pub(crate) fn decode(
    root: Node<'_>,
    first_month: i8,
    findings: &mut Findings,
) -> Option<Assessment> {
    let mut fields = Fields::of(root, &ASSESSMENT, findings)?;
    let mut need = |key: &str, example: &str, fields: &mut Fields<'_, 18>| {
        let node = fields.need(key, example, findings);
        node.map_or(Given::Unreadable, |node| {
            decode::text(node, findings).map_or(Given::Unreadable, Given::Read)
        })
    };
    let checklist = need("checklist", "checklist: six-steps-2019", &mut fields);
    let partnership = need("partnership", "partnership: ...", &mut fields);
    let perspective = need("perspective", "perspective: scrutineer", &mut fields);
    let period = fields.need("period", "period: 2026-27 Q2", findings);
    let period = period.and_then(|node| decode_period(node, first_month, findings));
    let status = fields.written("status", findings);
    let status = status.read().and_then(|text| {
        let words = [("draft", Status::Draft), ("final", Status::Final)];
        decode::word(text, &words, "a status", &faults::UNKNOWN_STATUS, findings)
    });
    let status = status.unwrap_or(Spanned::new(Status::Draft, Span::beginning(root.span().source)));
    let covers = fields.take("covers").map(|node| decode::texts(node, findings));
    let covers = covers.filter(|steps| !steps.is_empty());
    take_notes(&mut fields, findings);
    let ratings_at = fields.place("ratings");
    let ratings = fields.take("ratings");
    Some(Assessment {
        source: root.span().source,
        checklist,
        partnership,
        period: period.map_or(Given::Unreadable, Given::Read),
        perspective,
        assessor: fields.text("assessor", findings),
        as_at: fields.date("as-at", findings),
        status,
        covers,
        expect: decode_expect(fields.take("expect"), findings),
        summary: fields.text("summary", findings),
        assurance: fields.text("assurance", findings),
        context_at: fields.place("context"),
        context: entries(fields.take("context"), decode_context, findings),
        ratings_at,
        ratings_lost: ratings.is_some_and(|node| !matches!(node.kind(), Kind::Map)),
        ratings: entries(ratings, decode_entry, findings),
        steps: decode_steps(fields.take("steps"), findings),
        actions: decode_actions(fields.take("actions"), findings),
        evidence: decode_evidence_map(fields.take("evidence"), findings),
        index: Index::default(),
    })
}

/// Internal notes are held to their shape and kept out of everything else.
fn take_notes<const N: usize>(fields: &mut Fields<'_, N>, findings: &mut Findings) {
    fields.written("notes", findings);
}

pub(in crate::model) fn decode_period(
    node: Node<'_>,
    first_month: i8,
    findings: &mut Findings,
) -> Option<Spanned<Period>> {
    let span = node.span();
    let (written, parsed) = match node.kind() {
        Kind::Map => {
            let mut fields = Fields::of(node, &PERIOD, findings)?;
            let from = fields.need("from", "from: 2026-04-01", findings);
            let from = from.and_then(|node| decode::text(node, findings));
            let to = fields.need("to", "to: 2026-09-30", findings);
            let to = to.and_then(|node| decode::text(node, findings));
            let (from, to) = (from?.value, to?.value);
            (format!("{from} to {to}"), period::between(&from, &to))
        }
        _ => {
            let text = decode::text(node, findings)?;
            let parsed = period::parse(text.value.trim(), first_month);
            (text.value, parsed)
        }
    };
    let forms = match first_month {
        1 => "write 2026, 2026 H1, 2026 Q2 or 2026-04-01 to 2026-09-30",
        _ => "write 2026-27, 2026-27 H1, 2026-27 Q2 or 2026-04-01 to 2026-09-30",
    };
    match parsed {
        Ok(period) => Some(Spanned::new(period, span)),
        Err(Fault::Unclear(guess)) => {
            let message = format!("The period {} is not written as a period is", quoted(&written));
            let finding = findings.report(&faults::UNCLEAR_PERIOD, span, message);
            match guess {
                Some(period) => {
                    finding.label(format!("did you mean {}?", period.name));
                    finding.repair(period.name.clone(), Trust::Sure);
                    Some(Spanned::new(period, span))
                }
                None => {
                    finding.help(forms);
                    None
                }
            }
        }
        Err(Fault::EndsBeforeItBegins) => {
            findings
                .report(&faults::PERIOD_ORDER, span, "The period ends before it begins")
                .help("exchange the two dates, or correct the year");
            None
        }
        Err(Fault::Date(repair)) => {
            let message = format!("A date in the period {} does not exist", quoted(&written));
            findings.report(&shape::NOT_A_DATE, span, message).help(repair);
            None
        }
    }
}

/// Where each id stood first. A file has a few dozen ids, mostly in their order, in which none can be one
/// from before; others are found faster by looking at all of them than by hashing. A hostile file has
/// many, and is not allowed to take its time.
#[derive(Default)]
struct FirstPlaces<'t> {
    few: Vec<(&'t str, Span)>,
    /// Whether those few do not stand in their order: first the short ones, then by letters.
    are_mixed: bool,
    many: HashMap<&'t str, Span>,
}

impl<'t> FirstPlaces<'t> {
    /// Keeps the place of an id; or returns the one where it stood before.
    fn put(&mut self, id: &'t str, span: Span) -> Option<Span> {
        const FEW: usize = 64;
        if self.few.len() < FEW {
            let is_behind = |(last, _): &(&str, Span)| (last.len(), *last) < (id.len(), id);
            self.are_mixed |= !self.few.last().is_none_or(is_behind);
            let earlier = if self.are_mixed { self.few.as_slice() } else { &[] };
            let before =
                earlier.iter().find(|(other, _)| is_same(other, id)).map(|(_, span)| *span);
            if before.is_none() {
                self.few.push((id, span));
            }
            return before;
        }
        if self.many.is_empty() {
            self.many.extend(self.few.iter().copied());
        }
        match self.many.entry(id) {
            MapEntry::Occupied(before) => Some(*before.get()),
            MapEntry::Vacant(free) => {
                free.insert(span);
                None
            }
        }
    }
}

/// How many ids stand in one place, usually.
const USUAL: usize = 24;

/// The entries of a map from ids to what is said of them. An id that stands twice is reported.
fn by_id<'t>(
    node: Option<Node<'t>>,
    rule: &'static crate::finding::Rule,
    what: Option<&str>,
    findings: &mut Findings,
) -> Vec<(Spanned<String>, Node<'t>)> {
    let Some(node) = node else { return Vec::new() };
    match node.kind() {
        Kind::Map => {}
        Kind::Missing | Kind::Refused => return Vec::new(),
        Kind::List => {
            findings
                .report(&shape::WRONG_SHAPE, node.span(), "A list stands here in place of ids")
                .help("remove the dashes: write each id on a line of its own, such as `1.1:`, and the rest under it");
            return Vec::new();
        }
        Kind::Scalar(..) => {
            findings
                .report(&shape::WRONG_SHAPE, node.span(), "A text stands here in place of ids")
                .help("write each id on a line of its own, such as `1.1:`, and the rest under it");
            return Vec::new();
        }
    }
    let mut entries: Vec<(Spanned<String>, Node<'t>)> = Vec::with_capacity(USUAL);
    let mut first_places = FirstPlaces { few: Vec::with_capacity(USUAL), ..FirstPlaces::default() };
    for (key, value) in node.entries() {
        let Some(id) = key.scalar() else { continue };
        match first_places.put(id, key.span()) {
            Some(first) => {
                let finding = report_duplicate(rule, id, key.span(), first, findings);
                finding.about(id);
                if let Some(what) = what {
                    finding.message = format!("{what} {} stands twice", crate::text::one_line(id));
                }
            }
            None => entries.push((Spanned::new(id.to_owned(), key.span()), value)),
        }
    }
    entries
}

fn entries(
    node: Option<Node<'_>>,
    decode: impl Fn(Spanned<String>, Node<'_>, &mut Findings) -> Entry,
    findings: &mut Findings,
) -> Vec<Entry> {
    let entries = by_id(node, &faults::DUPLICATE_ANSWER, Some("The answer to"), findings);
    entries.into_iter().map(|(id, node)| decode(id, node, findings)).collect()
}

/// A context answer is the answer itself, or a group of keys as for any other question.
fn decode_context(id: Spanned<String>, node: Node<'_>, findings: &mut Findings) -> Entry {
    match node.kind() {
        Kind::Map => decode_entry(id, node, findings),
        _ => Entry { answer: answer(Some(node), findings), ..empty_entry(id) },
    }
}

fn empty_entry(id: Spanned<String>) -> Entry {
    Entry {
        id,
        unreadable: false,
        rating: Given::Absent,
        answer: Answer::Absent,
        because: Given::Absent,
        evidence: Vec::new(),
        remaining: Given::Absent,
        actions: Vec::new(),
        wording: Given::Absent,
        views: Vec::new(),
        reason: Given::Absent,
        dissent: Given::Absent,
        review_by: Given::Absent,
    }
}

fn decode_entry(id: Spanned<String>, node: Node<'_>, findings: &mut Findings) -> Entry {
    if let Kind::Scalar(text, _) = node.kind() {
        let message = format!("The answer {} stands without a key", quoted(text));
        let finding = findings.report(&shape::WRONG_SHAPE, node.span(), message);
        finding.about(&id.value);
        let is_glued = text.split_once(':').is_some_and(|(key, _)| ENTRY.contains(&key));
        match is_glued {
            true => finding.help("put a space after the colon"),
            false => finding.help(format!(
                "write `rating: {0}`, or `answer: {0}` where the question is not rated, on a line \
                 of its own under the id",
                text.trim()
            )),
        };
        return Entry { unreadable: true, ..empty_entry(id) };
    }
    let Some(mut fields) = Fields::of(node, &ENTRY, findings) else {
        return Entry { unreadable: true, ..empty_entry(id) };
    };
    take_notes(&mut fields, findings);
    let rating = fields.take("rating");
    if let Some(list) = rating.filter(|node| matches!(node.kind(), Kind::List)) {
        findings
            .report(&shape::WRONG_SHAPE, list.span(), "Only one rating can be given to a question")
            .about(&id.value)
            .help("write one of them, without brackets or dashes");
    }
    let rating = match rating {
        None => Given::Absent,
        Some(node) if matches!(node.kind(), Kind::List) => Given::Unreadable,
        Some(node) => decode::text(node, findings).map_or(Given::Unreadable, Given::Read),
    };
    let answer = answer(fields.take("answer"), findings);
    let has_value = !rating.is_absent() || answer != Answer::Absent;
    // In the order of the keys, in which they are found soonest.
    Entry {
        // What stands under a key that nobody knows may be the rating.
        unreadable: fields.has_unknown && !has_value,
        rating,
        answer,
        wording: fields.text("wording", findings),
        review_by: fields.date("review-by", findings),
        because: fields.text("because", findings),
        evidence: decode_evidence(fields.take("evidence"), findings),
        remaining: fields.text("remaining", findings),
        actions: decode_actions(fields.take("actions"), findings),
        views: decode_views(fields.take("views"), findings),
        reason: fields.text("reason", findings),
        dissent: fields.text("dissent", findings),
        id,
    }
}

fn answer(node: Option<Node<'_>>, findings: &mut Findings) -> Answer {
    let Some(node) = node else { return Answer::Absent };
    match node.kind() {
        _ if is_blank(node) => Answer::Absent,
        Kind::List => match decode::texts(node, findings) {
            chosen if chosen.is_empty() => Answer::Absent,
            chosen => Answer::Many(chosen, node.span()),
        },
        Kind::Missing | Kind::Scalar(..) | Kind::Map | Kind::Refused => {
            decode::text(node, findings).map_or(Answer::Unreadable, Answer::One)
        }
    }
}

fn decode_views(
    node: Option<Node<'_>>,
    findings: &mut Findings,
) -> Vec<(Spanned<String>, Spanned<String>)> {
    let views = by_id(node, &shape::DUPLICATE_KEY, None, findings);
    let read = |(perspective, node)| {
        let rating = decode::text(node, findings)?;
        Some((perspective, rating))
    };
    views.into_iter().filter_map(read).collect()
}

fn decode_evidence(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<Evidence> {
    let Some(node) = node else { return Vec::new() };
    node.items().filter_map(|item| decode_evidence_item(item, findings)).collect()
}

fn decode_evidence_item(node: Node<'_>, findings: &mut Findings) -> Option<Evidence> {
    let is_group = |node: Node<'_>| matches!(node.kind(), Kind::Map);
    let mut entries = node.entries().peekable();
    if entries.peek().is_some() && entries.all(|(_, value)| is_group(value)) {
        findings
            .report(
                &shape::WRONG_SHAPE,
                node.span(),
                "Each piece of evidence begins with a dash here",
            )
            .help(
                "write `- source: ...`, or `- ref: E-01` for one of the map at the end of the file",
            );
        return None;
    }
    let absent = Evidence {
        span: node.span(),
        cites: Given::Absent,
        source: Given::Absent,
        method: Given::Absent,
        date: Given::Absent,
        voices: Vec::new(),
        says: Given::Absent,
        review_by: Given::Absent,
        restricted: false,
    };
    if node.scalar().is_some() {
        let source = decode::text(node, findings).map_or(Given::Unreadable, Given::Read);
        return Some(Evidence { source, ..absent });
    }
    let mut fields = match Fields::of(node, &EVIDENCE, findings) {
        Some(fields) => fields,
        None => return Some(Evidence { source: Given::Unreadable, ..absent }),
    };
    Some(Evidence {
        span: node.span(),
        cites: fields.text("ref", findings),
        source: fields.text("source", findings),
        method: fields.text("method", findings),
        date: fields.date("date", findings),
        voices: fields.texts("voice", findings),
        says: fields.text("says", findings),
        review_by: fields.date("review-by", findings),
        restricted: fields.flag("restricted", findings),
    })
}

fn decode_evidence_map(
    node: Option<Node<'_>>,
    findings: &mut Findings,
) -> Vec<(Spanned<String>, Evidence)> {
    let entries = by_id(node, &faults::DUPLICATE_ENTRY, Some("Evidence"), findings);
    let read = |(id, node)| Some((id, decode_evidence_item(node, findings)?));
    entries.into_iter().filter_map(read).collect()
}

fn decode_actions(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<Action> {
    let Some(node) = node else { return Vec::new() };
    node.items().filter_map(|item| decode_action(item, findings)).collect()
}

fn decode_action(node: Node<'_>, findings: &mut Findings) -> Option<Action> {
    let mut fields = Fields::of(node, &ACTION, findings)?;
    let status = fields.written("status", findings);
    let status = status.read().and_then(|text| {
        let what = "a status of an action";
        decode::word(text, &ActionStatus::WORDS, what, &faults::UNKNOWN_STATUS, findings)
    });
    take_notes(&mut fields, findings);
    Some(Action {
        span: node.span(),
        id: fields.text("id", findings),
        task: fields.text("task", findings),
        lead: fields.text("lead", findings),
        due: fields.date("due", findings),
        status: status.unwrap_or(Spanned::new(ActionStatus::Open, node.span())),
        success: fields.text("success", findings),
        response: fields.take("response").and_then(|node| decode_response(node, findings)),
        evidence: decode_evidence(fields.take("evidence"), findings),
        impact: fields.text("impact", findings),
        review_by: fields.date("review-by", findings),
        closed: fields.date("closed", findings),
        carried_from: fields.text("carried-from", findings),
        carried: fields.text("carried", findings).and_then(|text| {
            decode_count(
                text,
                "write how many times it was carried forward, in figures: `carried: 2`",
                findings,
            )
        }),
        covers: fields.texts("covers", findings),
    })
}

fn decode_expect(node: Option<Node<'_>>, findings: &mut Findings) -> Expected {
    let is_steps = |(word, node): &(Spanned<String>, Node<'_>)| {
        word.value == OF_STEPS && matches!(node.kind(), Kind::Map | Kind::List)
    };
    let entries = by_id(node, &faults::DUPLICATE_ENTRY, None, findings);
    let (steps, whole): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_steps);
    let steps = steps.into_iter().next().map(|(_, node)| node);
    let steps = by_id(steps, &faults::DUPLICATE_ENTRY, Some("Step"), findings);
    let of_step = |(id, node): (Spanned<String>, Node<'_>)| {
        let entries = by_id(Some(node), &faults::DUPLICATE_ENTRY, None, findings);
        (id, decode_totals(entries, findings))
    };
    let steps = steps.into_iter().map(of_step).collect();
    Expected { whole: decode_totals(whole, findings), steps }
}

fn decode_totals(entries: Vec<(Spanned<String>, Node<'_>)>, findings: &mut Findings) -> Totals {
    let read = |(word, node): (Spanned<String>, Node<'_>)| {
        let text = decode::text(node, findings);
        let help = "write how many questions there are of it, in figures: `red: 2`";
        let number = text.and_then(|text| decode_count(text, help, findings));
        (word, number)
    };
    entries.into_iter().map(read).collect()
}

/// How many there are of something, in figures.
fn decode_count(
    text: Spanned<String>,
    help: &str,
    findings: &mut Findings,
) -> Option<Spanned<u32>> {
    match text.value.trim().parse() {
        Ok(count) => Some(Spanned::new(count, text.span)),
        Err(_) => {
            let message = format!("{} is not a count", quoted(&text.value));
            findings.report(&shape::UNKNOWN_WORD, text.span, message).help(help);
            None
        }
    }
}

fn decode_response(node: Node<'_>, findings: &mut Findings) -> Option<Response> {
    let mut fields = Fields::of(node, &RESPONSE, findings)?;
    Some(Response {
        span: node.span(),
        said: fields.text("said", findings),
        date: fields.date("date", findings),
        reason: fields.text("reason", findings),
    })
}

fn decode_steps(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<StepWords> {
    let entries = by_id(node, &faults::DUPLICATE_ENTRY, Some("Step"), findings);
    let read = |(id, node)| {
        let mut fields = Fields::of(node, &STEP, findings)?;
        take_notes(&mut fields, findings);
        Some(StepWords {
            id,
            summary: fields.text("summary", findings),
            assurance: fields.text("assurance", findings),
            actions: decode_actions(fields.take("actions"), findings),
        })
    };
    entries.into_iter().filter_map(read).collect()
}
