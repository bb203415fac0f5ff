//! What can be written at the cursor.

use std::ops::Range;

use super::place::{self, Part, Place};
use super::{Kind, Knowledge, keys, plain, words};
use crate::syntax::layout::Language;
use crate::syntax::write;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: Class,
    /// What it is, on one line; may be empty.
    pub detail: String,
    /// What it means, as Markdown; may be empty.
    pub about: String,
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub write: String,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Key,
    Word,
}

/// What can be written at an offset of a text.
pub(crate) fn complete(text: &str, offset: usize, known: &Knowledge<'_>) -> Vec<Suggestion> {
    let language = known.kind.language();
    let place = place::at(text, offset, language);
    match place.part {
        Part::Key => of_keys(text, &place, known),
        Part::Value => of_words(text, &place, known),
        Part::Item => {
            let mut all = of_words(text, &place, known);
            if all.is_empty() {
                all = of_keys(text, &place, known);
            }
            all
        }
        Part::Prose => Vec::new(),
    }
}

fn of_words(text: &str, place: &Place, known: &Knowledge<'_>) -> Vec<Suggestion> {
    let of = |word: words::Word| Suggestion {
        write: written(text, place, known.kind.language(), &word.text),
        label: word.text,
        kind: Class::Word,
        detail: word.detail,
        about: word.about,
        range: place.word.clone(),
    };
    words::at(place, known).into_iter().map(of).collect()
}

/// A value as it is written at a place: in quotes where it needs them and has none around it.
fn written(text: &str, place: &Place, language: Language, word: &str) -> String {
    let before = text[..place.word.start].chars().next_back();
    if matches!(before, Some('"' | '\'')) {
        return word.to_owned();
    }
    match language {
        Language::Toml => write::quoted(word),
        Language::Yaml => {
            let word = write::word(word, write::Place::Flow);
            match before {
                Some(':') => format!(" {word}"),
                _ => word.into_owned(),
            }
        }
    }
}

fn of_keys(text: &str, place: &Place, known: &Knowledge<'_>) -> Vec<Suggestion> {
    let typed = &text[place.word.clone()];
    let is_free = |key: &str| key == typed || !place.beside.iter().any(|beside| beside == key);
    let properties = keys::properties(known.schema, &place.keys).into_iter();
    let mut all: Vec<Suggestion> = properties
        .filter(|(key, _)| is_free(key))
        .map(|(key, property)| {
            let below = keys::is_group(known.schema, property);
            let about = property["description"].as_str().unwrap_or_default();
            let (detail, about) = match about.split_once("\n\n") {
                Some((first, rest)) => (first.to_owned(), rest.to_owned()),
                None => (String::new(), about.to_owned()),
            };
            suggest(text, place, known.kind, key, below, (detail, about))
        })
        .collect();
    let more = own_keys(place, known).into_iter().filter(|(key, _)| is_free(key));
    all.extend(more.map(|(key, detail)| {
        suggest(text, place, known.kind, &key, false, (detail, String::new()))
    }));
    order(&mut all, place, known);
    all
}

/// Ids stand in the order of the checklist, keys in that of the formats.
fn order(all: &mut [Suggestion], place: &Place, known: &Knowledge<'_>) {
    let Some(checklist) = known.checklist.filter(|_| place.keys.len() == 1) else { return };
    let questions = checklist.questions().chain(&checklist.context).map(|own| &own.id.value);
    let ids: Vec<&String> =
        questions.chain(checklist.steps.iter().map(|own| &own.id.value)).collect();
    all.sort_by_key(|own| ids.iter().position(|id| **id == own.label));
}

/// Keys that are words of the checklist or the settings.
fn own_keys(place: &Place, known: &Knowledge<'_>) -> Vec<(String, String)> {
    match (known.kind, place.key()) {
        (Kind::Assessment, "views") => known.perspectives(),
        (Kind::Workspace, "assessors") if place.keys.len() == 1 => known.perspectives(),
        (Kind::Assessment, "expect") if place.keys.len() == 1 => {
            let scales = known.checklist.into_iter().flat_map(|own| &own.scales);
            let values = scales.flat_map(|scale| &scale.values).map(|own| own.value.value.clone());
            let others = ["not-rated", "not-applicable", "too-early"].map(str::to_owned);
            values.chain(others).map(|word| (word, String::new())).collect()
        }
        _ => Vec::new(),
    }
}

fn suggest(
    text: &str,
    place: &Place,
    kind: Kind,
    key: &str,
    below: bool,
    (detail, about): (String, String),
) -> Suggestion {
    let rest = &text[place.word.end..];
    let is_quoted = text[..place.word.start].ends_with(['"', '\'']);
    let line = rest.lines().next().unwrap_or_default();
    let behind = line.trim_start_matches(['"', '\'', ' ']);
    let own = match is_quoted || !is_shortened(key) {
        true => key.to_owned(),
        false => write::quoted(key),
    };
    let write = match kind.language() {
        Language::Yaml if behind.starts_with(':') || is_quoted => own,
        Language::Yaml if below => format!("{own}:"),
        Language::Yaml => format!("{own}: "),
        Language::Toml if behind.starts_with('=') || is_quoted => own,
        Language::Toml => format!("{own} = "),
    };
    Suggestion {
        label: key.to_owned(),
        kind: Class::Key,
        detail,
        about: about.split("\n\n").map(plain_item).collect::<Vec<_>>().join("\n\n"),
        range: place.word.clone(),
        write,
    }
}

/// A paragraph of a description; points stay points.
fn plain_item(paragraph: &str) -> String {
    match paragraph.strip_prefix("- ") {
        Some(point) => format!("- {}", plain(point)),
        None => plain(paragraph),
    }
}

/// Whether other readers would take an id for a number and shorten it: 2.10 is 2.1 to them.
fn is_shortened(key: &str) -> bool {
    key.parse::<f64>().is_ok_and(|number| number.to_string() != key)
}
