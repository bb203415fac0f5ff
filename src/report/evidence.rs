//! What an assessment rests on: the pieces of evidence, the methods and the voices, counted.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::model::assessment::{Assessment, Evidence};
use crate::model::definition::capitalised;
use crate::model::standing::{Asked, Standing};
use crate::text::count;

/// The evidence of an assessment in numbers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Base {
    /// How many pieces there are, in words; nothing where there is none.
    pieces: Option<String>,
    methods: Vec<Tally>,
    voices: Vec<Tally>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Tally {
    word: String,
    pieces: usize,
}

impl Base {
    /// Counts the evidence under the questions that are asked, and that on which actions were closed.
    /// What is cited counts once, however often it is.
    pub(super) fn of<'a>(
        assessment: &'a Assessment,
        asked: impl Iterator<Item = &'a Asked<'a>>,
    ) -> Self {
        let entries = asked.filter(|asked| asked.standing != Standing::NotAsked);
        let on_answers = entries.filter_map(|asked| asked.entry).flat_map(|entry| &entry.evidence);
        let on_actions = assessment.all_actions().flat_map(|(_, action)| &action.evidence);
        let (cited, own): (Vec<&Evidence>, Vec<&Evidence>) =
            on_answers.chain(on_actions).partition(|item| item.cites.value().is_some());
        let cited: HashSet<&str> =
            cited.iter().filter_map(|item| item.cites.value()).map(|id| id.trim()).collect();
        let mapped = assessment.evidence.iter().filter(|(id, _)| cited.contains(id.value.trim()));
        let pieces: Vec<&Evidence> = own.into_iter().chain(mapped.map(|(_, item)| item)).collect();
        let methods = pieces.iter().filter_map(|item| item.method.value());
        let voices = pieces.iter().flat_map(|item| &item.voices);
        Base {
            pieces: match pieces.len() {
                0 => None,
                many => Some(format!("{} of evidence", count(many, "piece"))),
            },
            methods: tally(methods.map(String::as_str)),
            voices: tally(voices.map(|voice| voice.value.as_str())),
        }
    }
}

/// How often each word occurs, the most frequent first.
fn tally<'w>(words: impl Iterator<Item = &'w str>) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for word in words {
        let word = capitalised(word.trim());
        match tallies.iter_mut().find(|tally| tally.word == word) {
            Some(tally) => tally.pieces += 1,
            None => tallies.push(Tally { word, pieces: 1 }),
        }
    }
    tallies.sort_by(|a, b| b.pieces.cmp(&a.pieces).then_with(|| a.word.cmp(&b.word)));
    tallies
}
