//! The sheet of perspectives side by side: the matrix, who has not answered, the agenda.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{AnswerPart, CountPart, Perspectives, ProgressPart, QuestionPart, ViewPart};
use crate::model::period::long_date;
use crate::report::sentence;
use crate::report::sheet::{Column, Sheet};
use crate::text::{count, join_words};

/// So many columns of views stand in one table; partnerships with more agencies get more tables,
/// because neither a screen nor a page is as wide as that.
const MOST_COLUMNS: usize = 4;

/// Which questions are shown in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All of them.
    All,
    /// Those in which views differ.
    Differences,
}

/// Lays out the perspectives side by side: the matrix, who has not answered, the agenda.
pub(crate) fn sheet(perspectives: &Perspectives, shown: Shown) -> Sheet {
    let Perspectives { partnership, period, .. } = perspectives;
    let mut sheet = Sheet::new(format!("Perspectives side by side: {partnership}, {period}"));
    sheet.markings.clone_from(&perspectives.markings);
    opening(&mut sheet, perspectives);
    matrix(&mut sheet, perspectives, shown);
    if shown == Shown::All {
        open_steps(&mut sheet, perspectives);
    }
    agenda(&mut sheet, perspectives);
    not_comparable(&mut sheet, perspectives);
    sheet.made_from = made_from(perspectives);
    sheet
}

/// Whose views they are, and what they come to in counts.
fn opening(sheet: &mut Sheet, perspectives: &Perspectives) {
    let names: Vec<&str> = perspectives.views.iter().map(|view| view.name.as_str()).collect();
    let views = count(names.len(), "view");
    let agreed = match &perspectives.agreed {
        Some(_) => " The agreed assessment is shown beside them and is not counted as a view.",
        None => "",
    };
    let only = match &perspectives.step {
        Some(step) => format!(" Only step {step} is shown."),
        None => String::new(),
    };
    sheet.sentence(format!("{views}: {}.{agreed}{only}", join_words(&names, "and")));
    let line = |part: &CountPart| {
        format!("{}: {} of {}", part.words, part.questions, count(part.of, "question"))
    };
    sheet.list(perspectives.counts.iter().map(line).collect());
}

fn matrix(sheet: &mut Sheet, perspectives: &Perspectives, shown: Shown) {
    let is_shown = |question: &&QuestionPart| match shown {
        Shown::All => true,
        Shown::Differences => question.outcome == "differ",
    };
    let questions: Vec<&QuestionPart> = perspectives.questions.iter().filter(is_shown).collect();
    if questions.is_empty() {
        return;
    }
    sheet.heading(2, if shown == Shown::All { "Questions" } else { "Differences" });
    let columns = columns(perspectives, &questions);
    let tables = columns.len().div_ceil(MOST_COLUMNS);
    for columns in columns.chunks(columns.len().div_ceil(tables)) {
        let mut header = vec![("Question", Column::Prose)];
        header.extend(columns.iter().map(|(title, _)| (title.as_str(), Column::Phrase)));
        let row = |(index, question): (usize, &&QuestionPart)| {
            let name = format!("{} {}", question.id, question.title);
            let cells = columns.iter().map(|(_, cells)| cells[index].clone());
            std::iter::once(name).chain(cells).collect()
        };
        sheet.table(&header, questions.iter().enumerate().map(row).collect());
    }
}

/// The columns of the matrix, each with its title and a cell for every question: the views, what they
/// come to, and what was agreed.
fn columns(perspectives: &Perspectives, questions: &[&QuestionPart]) -> Vec<(String, Vec<String>)> {
    let of_view = |(index, view): (usize, &ViewPart)| {
        let cell = |question: &&QuestionPart| question.answers[index].words.clone();
        (view.name.clone(), questions.iter().map(cell).collect())
    };
    let mut columns: Vec<(String, Vec<String>)> =
        perspectives.views.iter().enumerate().map(of_view).collect();
    let outcome = |question: &&QuestionPart| question.words.clone();
    columns.push(("Views".to_owned(), questions.iter().map(outcome).collect()));
    let agreed = |question: &&QuestionPart| {
        question.agreed.as_ref().map(|agreed| agreed.words.clone()).unwrap_or_default()
    };
    if let Some(view) = &perspectives.agreed {
        columns.push((view.name.clone(), questions.iter().map(agreed).collect()));
    }
    columns
}

/// Who has not answered which step, in the order of the views.
fn open_steps(sheet: &mut Sheet, perspectives: &Perspectives) {
    let open_words = |part: &ProgressPart| match part.answered {
        0 => format!("none of {} in step {}", part.asked, part.step),
        some => format!("{some} of {} in step {}", part.asked, part.step),
    };
    let of_view = |view: &ViewPart| {
        let own = perspectives.progress.iter().filter(|part| part.perspective == view.perspective);
        let open = own.filter(|part| part.answered < part.asked);
        let open: Vec<String> = open.map(open_words).collect();
        (!open.is_empty()).then(|| format!("{}: {}", view.name, open.join(", ")))
    };
    let open: Vec<String> = perspectives.views.iter().filter_map(of_view).collect();
    sheet.heading(2, "Not answered yet");
    if open.is_empty() {
        sheet.sentence("Every view that is here has answered every question that it is asked.");
    } else {
        sheet.sentence("Questions answered so far, in the steps that are not complete:");
    }
    sheet.list(open);
    let absent: Vec<&str> = perspectives.absent.iter().map(|own| own.name.as_str()).collect();
    if !absent.is_empty() {
        sheet.sentence(format!("No assessment is here from {}.", join_words(&absent, "and")));
    }
}

fn agenda(sheet: &mut Sheet, perspectives: &Perspectives) {
    sheet.heading(2, "Agenda");
    if perspectives.agenda.is_empty() {
        sheet.sentence("No views differ, as far as they are given.");
        return;
    }
    let questions = count(perspectives.agenda.len(), "question");
    sheet.sentence(format!("Views differ on {questions}; the widest difference comes first."));
    let by_id = perspectives.questions.iter().map(|question| (&question.id, question));
    let by_id: HashMap<&String, &QuestionPart> = by_id.collect();
    for question in perspectives.agenda.iter().filter_map(|id| by_id.get(id)) {
        agenda_item(sheet, question);
    }
}

/// One point of the agenda: the question in full, and each side in its own words.
fn agenda_item(sheet: &mut Sheet, question: &QuestionPart) {
    sheet.heading(3, heading(question));
    if question.title != question.ask {
        sheet.sentence(&question.ask);
    }
    sheet.list(question.points.clone());
    for answer in question.answers.iter().filter(|answer| is_given(answer.standing)) {
        side(sheet, answer);
    }
    let open = question.answers.iter().filter(|answer| answer.standing == "not-yet");
    let open: Vec<&str> = open.map(|answer| answer.name.as_str()).collect();
    if !open.is_empty() {
        sheet.sentence(format!("No view yet: {}.", join_words(&open, "and")));
    }
    if let Some(agreed) = question.agreed.as_ref().filter(|agreed| is_given(agreed.standing)) {
        sheet.heading(4, format!("Agreed: {}", agreed.words));
        if let Some(reason) = &agreed.reason {
            sheet.quote("What settled the difference", reason);
        }
        if let Some(dissent) = &agreed.dissent {
            sheet.quote("Disagreement that remains", dissent);
        }
    }
}

/// The question, and what its views come to. A question without a title ends with its own sign.
fn heading(question: &QuestionPart) -> String {
    let QuestionPart { id, title, words, .. } = question;
    match title.ends_with(['?', '.', '!']) {
        true => format!("{id} {title} {words}"),
        false => format!("{id} {title}: {words}"),
    }
}

fn is_given(standing: &str) -> bool {
    ["rated", "answered", "not-applicable", "too-early"].contains(&standing)
}

/// One side of a difference, with what it rests on.
fn side(sheet: &mut Sheet, answer: &AnswerPart) {
    sheet.heading(4, format!("{}: {}", answer.name, answer.words));
    match &answer.reasons {
        Some(reasons) => sheet.quote("Reasons", reasons),
        None => sheet.sentence("No reasons are given."),
    }
    match answer.evidence.len() {
        0 => sheet.sentence("No evidence is named."),
        pieces => {
            sheet.sentence(format!("{} of evidence:", count(pieces, "piece")));
            sheet.list(answer.evidence.clone());
        }
    }
    if let Some(remaining) = &answer.remaining {
        sheet.quote("What remains", remaining);
    }
    if let Some(day) = &answer.review_by {
        sheet.sentence(format!("Looked at again by {}.", long(day)));
    }
}

/// The questions whose wording or scale is not the same for all views, with what each was asked.
fn not_comparable(sheet: &mut Sheet, perspectives: &Perspectives) {
    let is_unlike = |question: &&QuestionPart| question.outcome == "not-comparable";
    let mut unlike = perspectives.questions.iter().filter(is_unlike).peekable();
    if unlike.peek().is_none() {
        return;
    }
    sheet.heading(2, "Not comparable");
    sheet.sentence(
        "The views answered other words or on other scales, so it cannot be said whether they agree.",
    );
    for question in unlike {
        sheet.heading(3, heading(question));
        let line = |answer: &AnswerPart| match &answer.wording {
            Some(wording) => format!("{}, {}: {wording}", answer.name, answer.words),
            None => format!("{}: {}", answer.name, answer.words),
        };
        let asked = question
            .answers
            .iter()
            .filter(|answer| is_given(answer.standing) || answer.standing == "not-yet");
        sheet.list(asked.map(line).collect());
    }
}

/// A date as people read it; programs get it as files write it.
fn long(written: &str) -> String {
    written.parse::<Date>().map_or_else(|_| written.to_owned(), long_date)
}

fn made_from(perspectives: &Perspectives) -> Vec<String> {
    let view = |view: &ViewPart| {
        let assessor = view.assessor.iter().map(|role| format!(", by {role}"));
        let as_at = view.as_at.iter().map(|day| format!(", as at {}", long(day)));
        let edition = view.edition.iter().map(|own| format!(", edition {own}"));
        let facts: String = assessor.chain(as_at).collect();
        let edition: String = edition.collect();
        sentence(&format!(
            "{}: {}, {}{facts}; checklist {}{edition}",
            view.name, view.file, view.status, view.checklist
        ))
    };
    let mut lines: Vec<String> =
        perspectives.views.iter().chain(&perspectives.agreed).map(view).collect();
    lines.extend(perspectives.attribution.iter().cloned());
    lines.push(format!("Made with {}", perspectives.tool));
    lines
}
