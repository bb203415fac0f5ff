//! Two editions laid out for the screen and for Markdown: first what changed on the whole, then a row
//! for each question, then the words of those that are not the same.

use super::super::sheet::{Column, Sheet};
use super::{
    EditionPart, EditionsWords, LinkPart, QuestionPart, ScalePart, ShiftPart, StepPart, heading,
};
use crate::comparison::editions::Class;
use crate::comparison::editions::marks::{marks, shown};
use crate::model::definition::capitalised;
use crate::text::{count, join_words};

/// The sheet of a comparison.
pub(crate) fn sheet(words: &EditionsWords) -> Sheet {
    let name = |part: &EditionPart| match part.edition.as_str() {
        "" => part.id.clone(),
        edition => format!("{} ({edition})", part.id),
    };
    let (old, new) = (name(&words.old), name(&words.new));
    let mut sheet = Sheet::new(format!("From {old} to {new}"));
    sheet.sentence(opening(words));
    beside(&mut sheet, words);
    overview(&mut sheet, words);
    let of = |class: Class| {
        let is = move |link: &&LinkPart| link.class == class.word();
        words.questions.iter().filter(is)
    };
    section(&mut sheet, "Reworded", of(Class::Reworded), reworded);
    section(&mut sheet, "Split", of(Class::Split), parted);
    section(&mut sheet, "Merged", of(Class::Merged), parted);
    section(&mut sheet, "New", of(Class::New), alone);
    section(&mut sheet, "Retired", of(Class::Retired), alone);
    also_changed(&mut sheet, words);
    sheet.made_from = made_from(words);
    sheet
}

/// What became of the questions, in counts.
fn opening(words: &EditionsWords) -> String {
    if !words.differs {
        return "The two are the same.".to_owned();
    }
    let all: usize = words.questions.iter().map(|link| link.old.len()).sum();
    let now: usize = words.questions.iter().map(|link| link.new.len()).sum();
    let told = words.counts.iter().filter(|count| count.questions > 0);
    let told: Vec<String> = told
        .map(|count| match count.class {
            "split" => format!("{} split in several", count.questions),
            "merged" => format!("{} merged out of several", count.questions),
            class => format!("{} {class}", count.questions),
        })
        .collect();
    format!(
        "{} then, {} now: {}.",
        count(all, "question"),
        count(now, "question"),
        join_words(&told, "and")
    )
}

/// What changed on the whole: head, scales and steps.
fn beside(sheet: &mut Sheet, words: &EditionsWords) {
    let mut items: Vec<String> = words.whole.iter().map(plain_words).collect();
    items.extend(words.scales.iter().map(scale_words));
    items.extend(words.steps.iter().map(step_words));
    if !items.is_empty() {
        sheet.heading(2, "The whole");
        sheet.list(items);
    }
}

/// A change of a text that is another altogether.
fn plain_words(shift: &ShiftPart) -> String {
    let what = capitalised(shift.what);
    match (shift.was.as_str(), shift.is.as_str()) {
        ("", is) => format!("{what}: {}; it was not said", is.trim_end_matches('.')),
        (was, "") => format!("{what}: no longer said; it was {was}"),
        (was, is) => format!("{what}: {}; it was: {was}", is.trim_end_matches('.')),
    }
}

/// A change of a text that may be long and differ in a word.
fn shift_words(shift: &ShiftPart) -> String {
    const LONG: usize = 60;
    let (was, is) = (&shift.was, &shift.is);
    let is_long = was.len().max(is.len()) > LONG;
    match is_long && !was.is_empty() && !is.is_empty() {
        true => {
            let what = capitalised(shift.what);
            format!("{what}: {}", shown(&marks(was, is)))
        }
        false => plain_words(shift),
    }
}

fn scale_words(scale: &ScalePart) -> String {
    let name = format!("Scale {}", scale.name);
    let mut parts = Vec::new();
    match (&scale.was, &scale.is) {
        (None, Some(is)) => parts.push(format!("new, {}", is.join(", "))),
        (Some(was), None) => parts.push(format!("gone; it was {}", was.join(", "))),
        (Some(was), Some(is)) if was != is => {
            parts.push(format!("now {}; it was {}", is.join(", "), was.join(", ")));
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    if !scale.changed.is_empty() {
        parts.push(format!("other words or needs for {}", join_words(&scale.changed, "and")));
    }
    format!("{name}: {}", parts.join("; "))
}

fn step_words(step: &StepPart) -> String {
    match (&step.old, &step.new) {
        (None, Some(new)) => format!("Step {} is new: {}", new.id, new.title),
        (Some(old), None) => format!("Step {} is gone: {}", old.id, old.title),
        (Some(old), Some(new)) if old.title == new.title => {
            format!("Step {} was step {}: {}", new.id, old.id, new.title)
        }
        (Some(old), Some(new)) => {
            let was =
                if old.id == new.id { String::new() } else { format!(", step {} then", old.id) };
            format!("Step {}{was}: {}; it was: {}", new.id, new.title, old.title)
        }
        (None, None) => String::new(),
    }
}

/// A row for each question, so that none is passed over.
fn overview(sheet: &mut Sheet, words: &EditionsWords) {
    if !words.differs {
        return;
    }
    let ids = |questions: &[QuestionPart]| match questions {
        [] => "None".to_owned(),
        several => several.iter().map(|own| own.id.as_str()).collect::<Vec<_>>().join(", "),
    };
    let row = |link: &LinkPart| {
        let latest = link.new.first().or(link.old.first());
        vec![
            ids(&link.old),
            ids(&link.new),
            class_words(link),
            latest.map(name_words).unwrap_or_default(),
        ]
    };
    sheet.heading(2, "Question by question");
    let header = [
        ("Then", Column::Word),
        ("Now", Column::Word),
        ("What became of it", Column::Prose),
        ("Question", Column::Prose),
    ];
    sheet.table(&header, words.questions.iter().map(row).collect());
}

fn class_words(link: &LinkPart) -> String {
    let place = match (link.class, link.moved) {
        ("moved", Some("order")) => ", within its step",
        ("moved", Some("step")) => ", to another step",
        ("reworded", Some("id")) => " and moved",
        ("reworded", Some("step")) => " and in another step",
        _ => "",
    };
    capitalised(&format!("{}{place}", link.class))
}

/// The short title, or the beginning of the wording where there is none.
fn name_words(question: &QuestionPart) -> String {
    match question.title.as_str() {
        "" => question.text.clone(),
        title => title.to_owned(),
    }
}

fn section<'w>(
    sheet: &mut Sheet,
    title: &str,
    links: impl Iterator<Item = &'w LinkPart>,
    put: impl Fn(&mut Sheet, &LinkPart),
) {
    let mut links = links.peekable();
    if links.peek().is_some() {
        sheet.heading(2, title);
        links.for_each(|link| put(sheet, link));
    }
}

fn reworded(sheet: &mut Sheet, link: &LinkPart) {
    let ([was], [is]) = (link.old.as_slice(), link.new.as_slice()) else { return };
    let then = if was.id == is.id { String::new() } else { format!(", {} then", was.id) };
    sheet.heading(3, format!("{}{then}", heading(is)));
    let text = |label: &str, question: &QuestionPart| {
        format!("{label} ({}): {}", question.wording, question.text)
    };
    sheet.list(vec![text("Then", was), text("Now", is)]);
    if let Some(marked) = &link.marked {
        sheet.sentence(format!("Changed: {marked}"));
    }
}

fn parted(sheet: &mut Sheet, link: &LinkPart) {
    let ids = |questions: &[QuestionPart]| {
        let ids: Vec<&str> = questions.iter().map(|own| own.id.as_str()).collect();
        join_words(&ids, "and")
    };
    sheet.heading(3, format!("{} to {}", ids(&link.old), ids(&link.new)));
    let then = link.old.iter().map(|own| ("Then", own));
    let now = link.new.iter().map(|own| ("Now", own));
    let line =
        |(when, own): (&str, &QuestionPart)| format!("{when} {}: {}", heading(own), own.text);
    sheet.list(then.chain(now).map(line).collect());
}

fn alone(sheet: &mut Sheet, link: &LinkPart) {
    let questions = link.old.iter().chain(&link.new);
    sheet.list(questions.map(|own| format!("{}: {}", heading(own), own.text)).collect());
}

/// What changed beside the words, question by question.
fn also_changed(sheet: &mut Sheet, words: &EditionsWords) {
    let rows = words.questions.iter().filter(|link| !link.changes.is_empty()).map(|link| {
        let changes: Vec<String> = link.changes.iter().map(shift_words).collect();
        let id = link.new.first().map(|own| own.id.clone()).unwrap_or_default();
        vec![id, changes.join(". ")]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        sheet.heading(2, "Changed beside the words");
        sheet.table(&[("Question", Column::Word), ("What changed", Column::Prose)], rows);
    }
}

fn made_from(words: &EditionsWords) -> Vec<String> {
    let line = |when: &str, part: &EditionPart| {
        format!("{when}: {}, {}, edition {} ({})", part.id, part.title, part.edition, part.file)
    };
    let mut lines = vec![line("Then", &words.old), line("Now", &words.new)];
    lines.extend(words.attribution.iter().cloned());
    lines.push(format!("Made with {}", words.tool));
    lines
}
