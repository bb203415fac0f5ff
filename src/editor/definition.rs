//! Where what a word stands for is defined.

use super::place;
use super::{Kind, Knowledge, Meant};
use crate::source::Span;

/// Where something is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// In this file or in one that it refers to.
    Span(Span),
    /// The file of this name, as written in this file.
    File(String),
}

/// Where the word at an offset is defined. What comes with the program has no place in any file.
pub(crate) fn definition(text: &str, offset: usize, known: &Knowledge<'_>) -> Option<Target> {
    let place = place::word_at(text, offset, known.kind.language())?;
    let (word, keys) = (&text[place.word.clone()], &place.keys);
    let meant = known.meant(keys, word).or_else(|| known.answered(keys).map(Meant::Question));
    let key = keys.last().map_or("", String::as_str);
    let is_name = match known.kind {
        Kind::Assessment | Kind::Programme => keys.len() == 1 && key == "checklist",
        Kind::Checklist => keys.len() == 1 && key == "extends",
        Kind::Mapping => keys.len() == 1 && ["from", "to"].contains(&key),
        Kind::Workspace => {
            keys.first().is_some_and(|first| first == "templates")
                || (keys.first().is_some_and(|first| first == "exception") && key == "file")
        }
    };
    if is_name {
        return Some(Target::File(word.to_owned()));
    }
    if key == "ref" && known.kind == Kind::Assessment {
        let all = &known.assessment?.evidence;
        return all.iter().find(|(id, _)| id.value == word).map(|(id, _)| Target::Span(id.span));
    }
    meant.map(|meant| match meant {
        Meant::Question(question) => Target::Span(question.id.span),
        Meant::Step(step) => Target::Span(step.id.span),
    })
}
