//! The agreed assessment as text: a new one with the views above each question, or an earlier one
//! with its views refreshed.
//!
//! The text is made here, beside the words of the reports, so that a comment says of a view what the
//! comparison says of it. The command that asks for it proves it before it is written.

mod refresh;

use jiff::civil::Date;

use super::questions::{answer_words, standing_words};
use super::{perspective_words, to_line, tool};
use crate::comparison::compare::{Cell, View};
use crate::comparison::moderate::{Offer, Point, Start};
use crate::model::assessment::Entry;
use crate::model::checklist::{Kind, Question};
use crate::model::period::long_date;
use crate::model::standing::{Standing, TOO_EARLY};
use crate::syntax::write::{Place, line, word};
use crate::text::{count, join_words, one_line};

use crate::syntax::page::Page;

pub(crate) use refresh::refresh;

/// So many characters of a view's reasons stand above a question; the rest is in its file.
const REASONS: usize = 240;

/// What stands at the top of the new file.
#[derive(Debug)]
pub(crate) struct Head {
    /// How the file names the checklist: an id, or a path as seen from its folder.
    pub reference: String,
    /// The date on which what is agreed holds, where that is known.
    pub as_at: Option<Date>,
}

/// A new agreed assessment: nothing in it is agreed yet.
pub(crate) fn render(start: &Start<'_>, head: &Head) -> String {
    let mut page = Page::default();
    let Some(first) = start.views.first() else { return page.text };
    write_head(&mut page, start, first, head);
    write_guide(&mut page, start);
    if !start.context.is_empty() {
        page.blank();
        page.line(0, "context:");
        start.context.iter().for_each(|point| write_point(&mut page, 2, start, point));
    }
    page.blank();
    page.line(0, "ratings:");
    let mut step = None;
    for point in &start.points {
        let id = point.step.map(|step| step.id.value.as_str());
        if let Some(own) = point.step.filter(|_| step != id) {
            page.blank();
            page.divider(2, &format!("Step {}. {}", own.id.value, one_line(&own.title)));
            step = id;
        }
        write_point(&mut page, 2, start, point);
    }
    // The room of the last answer needs no line below it.
    page.text.truncate(page.text.trim_end_matches('\n').len());
    page.text.push('\n');
    page.text
}

fn write_head(page: &mut Page, start: &Start<'_>, first: &View<'_>, head: &Head) {
    let assessment = first.side.assessment;
    let checklist = first.side.checklist;
    let edition = match checklist.edition.as_str() {
        "" => String::new(),
        edition => format!(", edition {edition}"),
    };
    page.comment(0, &format!("{}{edition}", one_line(&checklist.title)));
    for attribution in &checklist.attribution {
        page.comment(0, &one_line(attribution));
    }
    let files: Vec<String> = start.views.iter().map(file_words).collect();
    page.comment(0, &format!("Started by {} from {}.", tool(), join_words(&files, "and")));
    let text = |given: Option<&String>| given.map(|text| one_line(text)).unwrap_or_default();
    let period = assessment.period.value().map(|period| &period.name);
    page.line(0, "scrutiny: assessment");
    page.line(0, &format!("checklist: {}", path(&head.reference)));
    page.text(0, "partnership", &text(assessment.partnership.value()));
    page.text(0, "period", &text(period));
    page.line(0, "perspective: agreed");
    page.line(0, "assessor:        # the roles of those who agree it, not of one of them alone");
    match head.as_at {
        Some(day) => page.line(0, &format!("as-at: {day}")),
        None => page.line(0, "as-at:           # the day on which what is agreed holds"),
    }
    page.line(0, "status: draft    # write final when everything is agreed");
    if let Some(covers) = &start.covers {
        let ids: Vec<_> = covers.iter().map(|id| word(id, Place::Flow)).collect();
        page.line(0, &format!("covers: [{}]", ids.join(", ")));
    }
}

/// A path that begins with dots stands without quotes, as people write it.
fn path(reference: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    match reference.starts_with("../") && reference.chars().all(is_plain) {
        true => reference.to_owned(),
        false => line(reference, Place::Block).into_owned(),
    }
}

/// The file of a view, with what tells it from an earlier state of the same file.
fn file_words(view: &View<'_>) -> String {
    let as_at = view.side.assessment.as_at.value();
    let as_at = as_at.map(|day| format!(", as at {}", long_date(*day))).unwrap_or_default();
    format!("{} ({}{as_at})", view.side.file, name(view))
}

fn name(view: &View<'_>) -> String {
    perspective_words(&view.perspective, view.side.workspace)
}

fn write_guide(page: &mut Page, start: &Start<'_>) {
    page.blank();
    page.divider(0, "How to fill this in");
    page.comment(
        0,
        "Nothing is agreed yet. Above each question stands what every view says of it. Where all \
         say the same, that is offered in a comment; write it behind `rating:` if it is agreed.",
    );
    page.line(0, "#");
    page.comment(
        0,
        "Where views differ they stand under `views`. Leave them as they are. An agreed rating that \
         is not the one of a view says under `reason` what settled it; where someone still \
         disagrees, add `dissent: |` and their words. The reasons for the rating itself go under \
         `because`. Prose goes on the lines below `|`, two spaces further in than its key.",
    );
    page.line(0, "#");
    page.comment(
        0,
        "Evidence, what remains and actions are not taken over. Copy what still holds. Actions \
         belong to the files that they stand in; one that is taken over keeps its id.",
    );
    let whole: Vec<String> = start
        .views
        .iter()
        .filter_map(|view| {
            let assessment = view.side.assessment;
            let on_steps = assessment.steps.iter().flat_map(|step| &step.actions);
            let ids = on_steps.chain(&assessment.actions).filter_map(|own| own.id.value());
            let ids: Vec<String> = ids.map(|id| one_line(id)).collect();
            (!ids.is_empty()).then(|| format!("{} ({})", join_words(&ids, "and"), name(view)))
        })
        .collect();
    if !whole.is_empty() {
        page.comment(0, &format!("Actions on steps and on the whole: {}.", whole.join("; ")));
    }
}

/// A question with its wording, its views and an empty answer.
fn write_point(page: &mut Page, indent: usize, start: &Start<'_>, point: &Point<'_>) {
    let Point { question, cells, offer, .. } = point;
    page.blank();
    let ask = one_line(&question.ask.value);
    match question.title.as_str() {
        "" => page.comment(indent, &format!("{}. {ask}", question.id.value)),
        title => {
            page.comment(indent, &format!("{}. {}", question.id.value, one_line(title)));
            page.comment(indent, &ask);
        }
    }
    question.points.iter().for_each(|own| page.hang(indent, "- ", &one_line(own)));
    page.line(indent, "#");
    for (view, cell) in start.views.iter().zip(cells) {
        if let Some(words) = view_words(view, cell) {
            page.hang(indent, "  ", &words);
        }
    }
    if let Some(words) = offer_words(offer, point) {
        page.comment(indent, &words);
    }
    page.line(indent, &format!("{}:", word(&question.id.value, Place::Block)));
    write_answer(page, indent + 2, question, offer);
}

/// An empty answer, its keys in the order in which `fmt` has them.
fn write_answer(page: &mut Page, indent: usize, question: &Question, offer: &Offer<'_>) {
    let wording = format!("wording: {}", question.wording());
    if !question.is_rated() {
        match question.kind {
            Kind::Text => page.empty_block(indent, "answer"),
            _ => page.line(indent, "answer:"),
        }
        return page.line(indent, &wording);
    }
    page.line(indent, "rating:");
    page.line(indent, &wording);
    page.empty_block(indent, "because");
    if let Offer::Views(views) = offer {
        page.line(indent, &format!("views: {}", views_text(views)));
        page.empty_block(indent, "reason");
    }
}

/// Views in braces.
fn views_text<W: AsRef<str>>(views: &[(W, &str)]) -> String {
    let pair = |(whose, value): &(W, &str)| {
        format!("{}: {}", word(whose.as_ref(), Place::Flow), word(value, Place::Flow))
    };
    let pairs: Vec<String> = views.iter().map(pair).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// What a view says of a question: its rating or answer, the first of its reasons, its actions.
fn view_words(view: &View<'_>, cell: &Cell<'_>) -> Option<String> {
    let asked = cell.asked()?;
    let said = match (asked.standing, asked.entry) {
        (Standing::Answered, Some(entry)) => {
            let (prose, short) = answer_words(Some(asked.question), entry);
            short.or_else(|| prose.map(|prose| beginning(&prose))).unwrap_or_default()
        }
        (Standing::NotYet | Standing::Unreadable, _) if !asked.question.is_rated() => {
            "Not yet answered".to_owned()
        }
        _ => standing_words(asked),
    };
    let reasons = asked.entry.and_then(|entry| entry.because.value());
    let reasons = reasons.map(|reasons| beginning(reasons)).filter(|own| !own.is_empty());
    let actions = asked.entry.map(action_words).unwrap_or_default();
    let words = [Some(said), reasons, actions].into_iter().flatten();
    let words: Vec<String> = words.map(|own| super::sentence(&own)).collect();
    Some(format!("{}: {}", name(view), words.join(" ")))
}

/// The first words of a text on one line.
fn beginning(text: &str) -> String {
    let line = to_line(text);
    if line.chars().count() <= REASONS {
        return line;
    }
    let short: String = line.chars().take(REASONS).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{} …", short[..end].trim_end_matches([',', ';', ':']))
}

fn action_words(entry: &Entry) -> Option<String> {
    let ids = entry.actions.iter().filter_map(|action| action.id.value());
    let ids: Vec<String> = ids.map(|id| one_line(id)).collect();
    let noun = if ids.len() == 1 { "Action" } else { "Actions" };
    (!ids.is_empty()).then(|| format!("{noun} {}", join_words(&ids, "and")))
}

/// What the views come to, as a remark to whoever agrees the rating.
fn offer_words(offer: &Offer<'_>, point: &Point<'_>) -> Option<String> {
    let asked: Vec<_> = point.cells.iter().filter_map(Cell::asked).collect();
    match offer {
        Offer::Same(value) => {
            let views = if asked.len() == 2 {
                "Both views".to_owned()
            } else {
                format!("All {}", count(asked.len(), "view"))
            };
            let said = asked.first().map(|asked| standing_words(asked)).unwrap_or_default();
            let review =
                if *value == TOO_EARLY { ", with a date behind `review-by:`," } else { "" };
            Some(format!("{views}: {said}. Write `rating: {value}`{review} if that is agreed."))
        }
        Offer::Unlike => Some(
            "The views answered different wordings of this question and are not compared."
                .to_owned(),
        ),
        Offer::Views(_) => None,
        Offer::None if asked.is_empty() => Some("No view is asked this.".to_owned()),
        Offer::None => None,
    }
}
