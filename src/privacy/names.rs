//! Names that are known, such as those of the children of a review: a list that the user keeps.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Known names, ready to be looked for.
pub(crate) struct Names {
    /// The words of each name, by the first of them.
    by_first: HashMap<String, Vec<Vec<String>>>,
}

/// Why a list of names cannot be used. It says the line, never what stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameFault {
    /// The line has fewer than two letters, and would be found everywhere.
    TooShort(usize),
    /// There is no name in it.
    Empty,
}

impl Names {
    /// Reads a list, one name a line. Empty lines and those that begin with # are passed over.
    pub(crate) fn parse(text: &str) -> Result<Names, NameFault> {
        let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let words: Vec<String> = words(line).map(|(word, _)| word).collect();
            let letters: usize = words.iter().map(|word| word.chars().count()).sum();
            if letters < 2 {
                return Err(NameFault::TooShort(number + 1));
            }
            let mut add = |words: Vec<String>| {
                by_first.entry(words[0].clone()).or_default().push(words);
            };
            // "Jack Smith" is also listed as "Smith, Jack".
            if let [first @ .., last] = words.as_slice()
                && !first.is_empty()
            {
                add(std::iter::once(last).chain(first).cloned().collect());
            }
            add(words);
        }
        match by_first.is_empty() {
            true => Err(NameFault::Empty),
            false => Ok(Names { by_first }),
        }
    }

    /// Finds the names in a plain text: whole words, whatever their letter case and accents, with or
    /// without a possessive.
    pub(super) fn find(&self, text: &str, add: &mut impl FnMut(Range<usize>)) {
        let words: Vec<(String, Range<usize>)> = words(text).collect();
        for (at, (word, place)) in words.iter().enumerate() {
            let named = self.by_first.get(word).into_iter().flatten();
            let is_here = |name: &&Vec<String>| {
                name.iter()
                    .enumerate()
                    .all(|(nth, own)| words.get(at + nth).is_some_and(|(word, _)| word == own))
            };
            if let Some(name) = named.filter(is_here).max_by_key(|name| name.len()) {
                add(place.start..words[at + name.len() - 1].1.end);
            }
        }
    }
}

/// The words of a text, in small letters without accents, with their places.
fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_part = |letter: char| letter.is_alphabetic() || is_combining_mark(letter);
        let start = at + text[at..].find(is_part)?;
        let end =
            text[start..].find(|letter| !is_part(letter)).map_or(text.len(), |end| start + end);
        at = end;
        Some((plain(&text[start..end]), start..end))
    })
}

fn plain(word: &str) -> String {
    let lower = word.chars().map(super::words::latin).flat_map(char::to_lowercase);
    lower.nfkd().filter(|letter| !is_combining_mark(*letter)).collect()
}
