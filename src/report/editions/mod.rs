//! Two editions of a checklist beside each other, in words: as a published value for programs, and laid
//! out once for the screen and for Markdown. And the mapping by which answers go from one to the other.

pub(crate) mod mapping;

use serde::Serialize;

use super::sheet::{Column, Sheet};
use crate::comparison::editions::marks::{marks, shown, whole};
use crate::comparison::editions::{
    Aspect, Class, Editions, Link, Moved, Place, ScaleLink, Shift, StepFate, StepLink,
};
use crate::text::{count, join_words, one_line};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// Two editions in words and counts: the published value.
#[derive(Debug, Serialize)]
pub(crate) struct EditionsWords {
    version: u32,
    tool: String,
    old: EditionPart,
    new: EditionPart,
    /// Whether anything differs at all.
    pub(crate) differs: bool,
    counts: Vec<CountPart>,
    questions: Vec<LinkPart>,
    steps: Vec<StepPart>,
    scales: Vec<ScalePart>,
    whole: Vec<ShiftPart>,
    attribution: Vec<String>,
}

/// One of the two editions.
#[derive(Debug, Serialize)]
struct EditionPart {
    id: String,
    title: String,
    edition: String,
    /// As it was named: an id or a file.
    file: String,
}

/// How many questions something became of. Split and merged count the links, not the questions.
#[derive(Debug, Serialize)]
struct CountPart {
    class: &'static str,
    questions: usize,
}

/// Questions that belong together.
#[derive(Debug, Serialize)]
struct LinkPart {
    class: &'static str,
    old: Vec<QuestionPart>,
    new: Vec<QuestionPart>,
    /// `id`, `step` or `order`, where one question answers to one and stands elsewhere.
    moved: Option<&'static str>,
    /// How much of their words the two sides share, in hundredths; 100 where they are the same.
    likeness: u64,
    /// The wording with the words that went and came, where one question answers to one.
    marked: Option<String>,
    changes: Vec<ShiftPart>,
}

/// A question of an edition.
#[derive(Debug, Serialize)]
struct QuestionPart {
    id: String,
    title: String,
    step: Option<String>,
    wording: String,
    text: String,
}

/// A step that is not as it was.
#[derive(Debug, Serialize)]
struct StepPart {
    fate: &'static str,
    old: Option<TitlePart>,
    new: Option<TitlePart>,
}

/// A step of an edition.
#[derive(Debug, Serialize)]
struct TitlePart {
    id: String,
    title: String,
}

/// A scale that is not as it was.
#[derive(Debug, Serialize)]
struct ScalePart {
    name: String,
    was: Option<Vec<String>>,
    is: Option<Vec<String>>,
    /// The values of which something else is said.
    changed: Vec<String>,
}

/// Something that is said otherwise.
#[derive(Debug, Serialize)]
struct ShiftPart {
    what: &'static str,
    was: String,
    is: String,
}

impl EditionsWords {
    /// Puts a comparison into words. The files are named as the user named them.
    pub(crate) fn of(editions: &Editions<'_>, files: [&str; 2]) -> Self {
        let part = |checklist: &crate::model::checklist::Checklist, file: &str| EditionPart {
            id: checklist.id.value.clone(),
            title: one_line(&checklist.title),
            edition: one_line(&checklist.edition),
            file: file.to_owned(),
        };
        let counts = Class::WORDS.map(|(word, class)| CountPart {
            class: word,
            questions: editions.links.iter().filter(|link| link.class == class).count(),
        });
        let mut attribution: Vec<String> = editions.new.attribution.clone();
        attribution.extend(editions.old.attribution.iter().cloned());
        let mut seen = Vec::new();
        attribution.retain(|text| {
            let is_new = !seen.contains(text);
            seen.push(text.clone());
            is_new
        });
        EditionsWords {
            version: VERSION,
            tool: super::tool(),
            old: part(editions.old, files[0]),
            new: part(editions.new, files[1]),
            differs: !editions.is_same(),
            counts: counts.into_iter().collect(),
            questions: editions.links.iter().map(link_part).collect(),
            steps: editions.steps.iter().filter_map(step_part).collect(),
            scales: editions.scales.iter().map(scale_part).collect(),
            whole: editions.head.iter().map(shift_part).collect(),
            attribution,
        }
    }
}

fn question_part(place: &Place<'_>) -> QuestionPart {
    QuestionPart {
        id: place.question.id.value.clone(),
        title: one_line(&place.question.title),
        step: place.step.map(|step| step.id.value.clone()),
        wording: place.question.wording(),
        text: whole(place.question),
    }
}

fn link_part(link: &Link<'_>) -> LinkPart {
    LinkPart {
        class: link.class.word(),
        old: link.old.iter().map(question_part).collect(),
        new: link.new.iter().map(question_part).collect(),
        moved: link.moved.map(|moved| match moved {
            Moved::Id => "id",
            Moved::Step => "step",
            Moved::Order => "order",
        }),
        likeness: link.likeness,
        marked: marked(link),
        changes: link.shifts.iter().map(shift_part).collect(),
    }
}

/// The words that went and came.
fn marked(link: &Link<'_>) -> Option<String> {
    let ([was], [is]) = (link.old.as_slice(), link.new.as_slice()) else { return None };
    (link.class == Class::Reworded)
        .then(|| shown(&marks(&whole(was.question), &whole(is.question))))
}

fn step_part(link: &StepLink<'_>) -> Option<StepPart> {
    let title = |step: &crate::model::checklist::Step| TitlePart {
        id: step.id.value.clone(),
        title: one_line(&step.title),
    };
    (link.fate != StepFate::Same).then(|| StepPart {
        fate: link.fate.word(),
        old: link.old.map(title),
        new: link.new.map(title),
    })
}

fn scale_part(link: &ScaleLink) -> ScalePart {
    ScalePart {
        name: link.name.clone(),
        was: link.was.clone(),
        is: link.is.clone(),
        changed: link.changed.clone(),
    }
}

fn shift_part(shift: &Shift) -> ShiftPart {
    ShiftPart { what: aspect_words(shift.aspect), was: shift.was.clone(), is: shift.is.clone() }
}

fn aspect_words(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Title => "title",
        Aspect::Kind => "kind of answer",
        Aspect::Scale => "scale",
        Aspect::Answers => "answers allowed",
        Aspect::Meanings => "meanings of its own",
        Aspect::Evidence => "evidence",
        Aspect::NotApplicable => "not applicable",
        Aspect::Respondents => "who is asked",
        Aspect::Condition => "asked only if",
        Aspect::Themes => "themes",
        Aspect::Prompts => "evidence to look for",
        Aspect::YoungPeople => "words for young people",
        Aspect::From => "place in the source",
        Aspect::Edition => "edition",
        Aspect::About => "what it is for",
        Aspect::Source => "source",
        Aspect::Attribution => "attribution",
        Aspect::RollUp => "derived value of a step",
        Aspect::Assurance => "assurance opinions",
    }
}

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
    let what = crate::model::definition::capitalised(shift.what);
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
            let what = crate::model::definition::capitalised(shift.what);
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
    crate::model::definition::capitalised(&format!("{}{place}", link.class))
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

/// "1.2 Representation at meetings".
fn heading(question: &QuestionPart) -> String {
    format!("{} {}", question.id, question.title).trim().to_owned()
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
