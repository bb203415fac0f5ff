//! What stood in the file of the period before, as comments in the new one: for reference, never as
//! an answer. Ratings are given afresh each time.

use crate::actions::carried_words;
use crate::model::assessment::{Action, Answer, Assessment, Entry, Origin};
use crate::model::checklist::{Checklist, Question};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing;
use crate::start::Previous;
use crate::start::carried::{Carried, Gone, Matched, Rolled, Since};
use crate::start::record;
use crate::syntax::decode::Given;
use crate::syntax::page::{Field, Page, key};
use crate::text::one_line;

/// The period of the file before, with the day on which it held: "2026-27 Q1, as at 30 June 2026".
pub(super) fn when(assessment: &Assessment) -> String {
    let period = assessment.period.value().map_or("the period before", |period| &period.name);
    match assessment.as_at.value() {
        Some(day) => format!("{period}, as at {}", long_date(*day)),
        None => period.to_owned(),
    }
}

/// How a question stands against the edition before, and what was said on it.
pub(super) fn question(page: &mut Page, previous: Previous<'_>, matched: &Matched<'_>) {
    page.line(2, "#");
    match (matched.since, matched.then) {
        (Since::Unchanged, _) => page.comment(2, "Unchanged since last time."),
        (Since::Reworded, Some(then)) if is_known(then, matched.entry) => {
            page.comment(2, &format!("Reworded since last time; it used to ask: {}", asked(then)));
        }
        (Since::Reworded, _) => page.comment(2, "Reworded since last time."),
        (Since::Moved(id), _) => {
            page.comment(2, &format!("It was {id} last time, in the same words."));
        }
        (Since::New, _) => {
            page.comment(2, "New in this edition.");
            return;
        }
    }
    let said = match matched.entry {
        Some(entry) => said(previous.checklist, matched.then, entry),
        None if is_covered(previous, matched.then) => match matched.question.is_rated() {
            true => "not rated.".to_owned(),
            false => "not answered.".to_owned(),
        },
        None => "not part of that assessment.".to_owned(),
    };
    page.comment(2, &format!("Last time ({}): {said}", when(previous.assessment)));
    if let Some(entry) = matched.entry {
        words(page, 2, entry);
    }
}

/// Whether the words of a question at the time are those that the answer was given to.
fn is_known(then: &Question, entry: Option<&Entry>) -> bool {
    let pinned = entry.and_then(|entry| entry.wording.value());
    pinned.is_none_or(|wording| wording.trim().eq_ignore_ascii_case(&then.wording()))
}

/// The full wording of a question on one line.
fn asked(question: &Question) -> String {
    let points: Vec<String> = question.points.iter().map(|point| one_line(point)).collect();
    match points.is_empty() {
        true => one_line(&question.ask.value),
        false => format!("{} ({})", one_line(&question.ask.value), points.join("; ")),
    }
}

fn is_covered(previous: Previous<'_>, then: Option<&Question>) -> bool {
    let Some(then) = then else { return false };
    let step = previous.checklist.step_of(&then.id.value);
    step.is_none_or(|step| standing::covers(previous.assessment, step))
}

/// The rating or the answer, in words.
fn said(checklist: &Checklist, question: Option<&Question>, entry: &Entry) -> String {
    if let Some(rating) = entry.rating.value() {
        let scale = question.and_then(|question| checklist.scale_of(question));
        let label = scale.and_then(|scale| scale.find(rating)).map(|value| value.label.clone());
        return format!("{}.", label.unwrap_or_else(|| capitalised(rating.trim())));
    }
    match &entry.answer {
        Answer::One(text) => text.value.trim().to_owned(),
        Answer::Many(texts, _) => {
            let texts: Vec<&str> = texts.iter().map(|text| text.value.trim()).collect();
            texts.join(", ")
        }
        Answer::Absent | Answer::Unreadable => "not yet rated or answered.".to_owned(),
    }
}

/// The reasons and the rest of what was written on a question, whole.
fn words(page: &mut Page, indent: usize, entry: &Entry) {
    let mut put = |label: &str, text: &Given<String>| {
        if let Some(text) = text.value() {
            page.hang(indent, "  ", &format!("{label}{}", text.trim()));
        }
    };
    put("", &entry.because);
    put("Remaining: ", &entry.remaining);
    put("Reason for the agreed rating: ", &entry.reason);
    put("Dissent: ", &entry.dissent);
    if let Some(day) = entry.review_by.value() {
        page.hang(indent, "  ", &format!("To be looked at again by {}.", long_date(*day)));
    }
}

/// What was said on a step.
pub(super) fn step(page: &mut Page, indent: usize, previous: Previous<'_>, id: &str) {
    if let Some(words) = previous.assessment.step(id) {
        opinion(page, indent, previous.assessment, &words.assurance, &words.summary);
    }
}

/// What was said on the whole, and on the steps that the checklist of today does not have.
pub(super) fn whole(page: &mut Page, previous: Previous<'_>, checklist: &Checklist) {
    let assessment = previous.assessment;
    opinion(page, 0, assessment, &assessment.assurance, &assessment.summary);
    for words in &assessment.steps {
        let id = &words.id.value;
        let is_said = words.assurance.value().is_some() || words.summary.value().is_some();
        if is_said && checklist.step(id).is_none() {
            page.comment(0, &format!("On step {}, which is gone:", one_line(id)));
            opinion(page, 0, assessment, &words.assurance, &words.summary);
        }
    }
}

fn opinion(
    page: &mut Page,
    indent: usize,
    assessment: &Assessment,
    assurance: &Given<String>,
    summary: &Given<String>,
) {
    if assurance.value().is_none() && summary.value().is_none() {
        return;
    }
    let assurance = assurance.value().map(|word| format!(" {}.", capitalised(word.trim())));
    let assurance = assurance.unwrap_or_default();
    page.comment(indent, &format!("Last time ({}):{assurance}", when(assessment)));
    if let Some(summary) = summary.value() {
        page.hang(indent, "  ", summary.trim());
    }
}

/// An action that goes on, with where it comes from.
pub(super) fn action(page: &mut Page, indent: usize, carried: &Carried<'_>) {
    let times = carried_words(carried.times);
    page.comment(indent, format!("{times}. {}", carried.note).trim_end());
    let mut fields = record::action(carried.action, &carried.covers);
    fields.push(Field::Word("carried-from", carried.from.clone()));
    fields.push(Field::Word("carried", carried.times.to_string()));
    page.item(indent, &fields);
}

/// The answers whose question is gone: as answers of their own, which are in no count and are
/// reported as orphans until somebody has moved what is still true; or, where another question has
/// the id now, as comments.
pub(super) fn gone(page: &mut Page, previous: Previous<'_>, gone: &[Gone<'_>]) {
    if gone.is_empty() {
        return;
    }
    page.blank();
    page.divider(2, "Answers whose question is gone");
    page.comment(
        2,
        &format!(
            "From {}, kept so that nothing is lost. They are in no count, and each is reported as \
             an orphan: move what is still true to the question that took its place, and delete \
             the rest.",
            when(previous.assessment)
        ),
    );
    for one in gone {
        let id = one_line(&one.entry.id.value);
        page.blank();
        if let Some(then) = one.then {
            page.comment(2, format!("{id} {}", then.title).trim_end());
            page.comment(2, &format!("It used to ask: {}", asked(then)));
        }
        let mut own = Page::default();
        own.line(0, &format!("{}:", key(&id)));
        own.fields(2, &record::answer(one.entry, &one.wording));
        match one.is_free {
            true => own.text.lines().for_each(|line| match line {
                "" => page.blank(),
                line => page.line(2, line),
            }),
            false => {
                page.comment(2, "(as a comment, because the number or the words are in use)");
                page.as_comment(2, &own);
            }
        }
    }
}

/// The closed actions whose impact is still to be reviewed, as a list to work through.
pub(super) fn to_review(page: &mut Page, rolled: &Rolled<'_>) {
    if rolled.to_review.is_empty() {
        return;
    }
    page.blank();
    page.divider(0, "Closed, and the impact still to be reviewed");
    page.comment(
        0,
        &format!(
            "Closed is not the same as made a difference. These actions were closed in {}, and \
             stay there. Write what came of them into that file, under `impact:`, and use it as \
             evidence here.",
            when(rolled.previous.assessment)
        ),
    );
    for (origin, action) in &rolled.to_review {
        page.line(0, "#");
        page.hang(0, "  ", &review_words(*origin, action));
    }
}

fn review_words(origin: Origin<'_>, action: &Action) -> String {
    let place = match origin {
        Origin::Question(id) => format!("question {}", one_line(&id.value)),
        Origin::Step(id) => format!("step {}", one_line(&id.value)),
        Origin::Whole => "the whole".to_owned(),
    };
    let text = |given: &Given<String>| given.value().map(|text| one_line(text));
    let id = text(&action.id).unwrap_or_else(|| "No id".to_owned());
    let mut words = vec![format!("{id}, on {place}: {}", text(&action.task).unwrap_or_default())];
    words.extend(text(&action.lead).map(|lead| format!("Lead: {lead}")));
    words.extend(action.closed.value().map(|day| format!("Closed on {}", long_date(*day))));
    words.extend(text(&action.success).map(|text| format!("It was to be known by this: {text}")));
    words.push(match text(&action.impact) {
        Some(impact) => format!("Impact so far: {impact}"),
        None => "What changed for children or for practice is not said yet".to_owned(),
    });
    words.extend(action.review_by.value().map(|day| format!("Review by {}", long_date(*day))));
    words
        .iter()
        .map(|text| format!("{}.", text.trim_end_matches('.')))
        .collect::<Vec<_>>()
        .join("\n")
}
