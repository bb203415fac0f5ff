//! The words that can stand as a value: those of the checklist and the settings, else those of the
//! schema.

use super::place::Place;
use super::{Kind, Knowledge, keys, plain};
use crate::model::checklist::{self, Checklist, Choice, Question, Scale};
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY};
use crate::rules::{METHODS, VOICES};
use crate::text::one_line;

/// A word that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// What is written.
    pub(super) text: String,
    /// What it is, on one line.
    pub(super) detail: String,
    /// What it means, as Markdown; may be empty.
    pub(super) about: String,
}

fn word(text: impl Into<String>, detail: &str) -> Word {
    Word { text: text.into(), detail: one_line(detail), about: String::new() }
}

fn pairs(pairs: Vec<(String, String)>) -> Vec<Word> {
    pairs.into_iter().map(|(text, detail)| word(text, &detail)).collect()
}

/// The words that can stand at a place.
pub(super) fn at(place: &Place, known: &Knowledge<'_>) -> Vec<Word> {
    let own = match known.kind {
        Kind::Assessment => of_assessment(place, known),
        Kind::Programme => of_programme(place, known),
        Kind::Checklist => of_checklist(place, known),
        Kind::Mapping => of_mapping(place, known),
        Kind::Workspace => Vec::new(),
    };
    match own.is_empty() {
        false => own,
        true => {
            let words = keys::words(known.schema, &place.keys);
            words.into_iter().map(|text| word(text, "")).collect()
        }
    }
}

fn of_assessment(place: &Place, known: &Knowledge<'_>) -> Vec<Word> {
    let question = known.answered(&place.keys);
    match (place.key(), question) {
        ("rating", Some(question)) => ratings(known, question),
        (_, Some(question)) if place.above() == "views" => ratings(known, question),
        ("answer", Some(question)) => answers(question),
        (_, Some(question)) if place.keys.len() == 2 && place.keys[0] == "context" => {
            answers(question)
        }
        ("wording", Some(question)) => {
            vec![word(question.wording(), "the wording as it is now")]
        }
        ("covers", _) => covered(place, known),
        ("perspective", _) => pairs(known.perspectives()),
        ("lead", _) => {
            let agencies = known.agencies().into_iter();
            agencies
                .map(|(id, label)| word(if label.is_empty() { id } else { label }, ""))
                .collect()
        }
        ("method", _) => {
            let own = known.workspace.into_iter().flat_map(|own| &own.methods);
            listed(&METHODS, own.map(|method| method.value.as_str()))
        }
        ("voice", _) => {
            let own = known.workspace.into_iter().flat_map(|own| &own.voices);
            listed(&VOICES, own.map(|voice| voice.value.as_str()))
        }
        ("ref", _) => {
            let all = known.assessment.into_iter().flat_map(|own| &own.evidence);
            let source = |given: &crate::model::assessment::Evidence| {
                given.source.value().cloned().unwrap_or_default()
            };
            all.map(|(id, given)| word(id.value.clone(), &source(given))).collect()
        }
        ("checklist", _) => shipped(known),
        _ => Vec::new(),
    }
}

fn listed<'a>(all: &[&str], own: impl Iterator<Item = &'a str>) -> Vec<Word> {
    let all = all.iter().map(|text| word(*text, ""));
    all.chain(own.map(|text| word(text, "of your settings"))).collect()
}

fn of_programme(place: &Place, known: &Knowledge<'_>) -> Vec<Word> {
    match place.key() {
        "checklist" => shipped(known),
        "steps" => known.checklist.map(steps).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn of_checklist(place: &Place, known: &Knowledge<'_>) -> Vec<Word> {
    let checklist = known.checklist;
    match place.key() {
        "extends" => shipped(known),
        "scale" => {
            let scales = checklist.into_iter().flat_map(|own| &own.scales);
            scales.map(|scale| word(scale.name.value.clone(), "")).collect()
        }
        "step" => checklist.map(steps).unwrap_or_default(),
        "after" => checklist.map(questions).unwrap_or_default(),
        "id" if matches!(place.keys.first().map(String::as_str), Some("drop" | "reword")) => {
            let all = checklist.map(|own| [questions(own), steps(own)].concat());
            all.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn of_mapping(place: &Place, known: &Knowledge<'_>) -> Vec<Word> {
    let first = place.keys.first().map_or("", String::as_str);
    let of = |own: Option<&Checklist>| match (own, first) {
        (Some(own), "question") => questions(own),
        (Some(own), "step") => steps(own),
        _ => Vec::new(),
    };
    match place.key() {
        "from" | "to" => shipped(known),
        "old" => of(known.earlier),
        "new" | "carry" => of(known.checklist),
        _ => Vec::new(),
    }
}

fn shipped(known: &Knowledge<'_>) -> Vec<Word> {
    known.shipped.iter().map(|(id, title)| word(*id, title)).collect()
}

/// The ids that an action, or the assessment itself, can cover.
fn covered(place: &Place, known: &Knowledge<'_>) -> Vec<Word> {
    let Some(checklist) = known.checklist else { return Vec::new() };
    match place.keys.as_slice() {
        [_] => steps(checklist),
        [first, step, ..] if first == "steps" => {
            let step = checklist.step(step);
            let questions = step.into_iter().flat_map(|step| &step.questions);
            questions.map(|own| word(own.id.value.clone(), &own.title)).collect()
        }
        _ => [questions(checklist), steps(checklist)].concat(),
    }
}

fn steps(checklist: &Checklist) -> Vec<Word> {
    checklist.steps.iter().map(|step| word(step.id.value.clone(), &step.title)).collect()
}

fn questions(checklist: &Checklist) -> Vec<Word> {
    let all = checklist.questions().chain(&checklist.context);
    all.map(|own| {
        word(own.id.value.clone(), if own.title.is_empty() { &own.ask.value } else { &own.title })
    })
    .collect()
}

/// The values of a question's scale, each with what it means here.
fn ratings(known: &Knowledge<'_>, question: &Question) -> Vec<Word> {
    let Some(scale) = known.checklist.and_then(|own| own.scale_of(question)) else {
        return Vec::new();
    };
    let mut words: Vec<Word> = meanings(scale, question)
        .into_iter()
        .map(|(text, label, means)| Word { text, detail: label, about: plain(&means) })
        .collect();
    words.push(word(TOO_EARLY, "too early to say: needs review-by"));
    if question.not_applicable {
        words.push(word(NOT_APPLICABLE, "it does not apply: say why"));
    }
    words
}

/// The values of a scale: what is written, what is printed, and what it means for a question.
pub(super) fn meanings(scale: &Scale, question: &Question) -> Vec<(String, String, String)> {
    let of = |value: &checklist::ScaleValue| {
        let written = &value.value.value;
        let own = question.means.iter().find(|(own, _)| own.value == *written);
        let means = own.map_or(&value.means, |(_, means)| means);
        (written.clone(), value.label.clone(), one_line(means))
    };
    scale.values.iter().map(of).collect()
}

fn answers(question: &Question) -> Vec<Word> {
    let of = |choices: &[Choice]| {
        choices.iter().map(|choice| word(choice.value.clone(), &choice.label)).collect()
    };
    match &question.kind {
        checklist::Kind::YesNo => vec![word("yes", ""), word("no", "")],
        checklist::Kind::Choice(choices) | checklist::Kind::Choices(choices) => of(choices),
        checklist::Kind::Rag(_) | checklist::Kind::Text | checklist::Kind::Number(_) => Vec::new(),
    }
}
