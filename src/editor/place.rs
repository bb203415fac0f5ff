//! Where a cursor stands in a text that is being typed: the keys that lead there, and what is expected.
//!
//! It goes by lines, indentation and brackets and needs no tree, because half a line is no YAML yet.

mod brackets;
mod toml;
mod yaml;

use std::ops::Range;

use crate::syntax::layout::Language;

/// Where a cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The keys that lead to it; the last is its own key where it is a value.
    pub keys: Vec<String>,
    /// What stands there.
    pub part: Part,
    /// The word at the cursor, without quotes.
    pub word: Range<usize>,
    /// The other keys of the group.
    pub beside: Vec<String>,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A key of a group.
    Key,
    /// A value.
    Value,
    /// An item of a list: a value, or the first key of a group.
    Item,
    /// Running text, or a comment: nothing is expected there.
    Prose,
}

/// The place of an offset in a text.
pub(crate) fn at(text: &str, offset: usize, language: Language) -> Place {
    match language {
        Language::Yaml => yaml::at(text, offset),
        Language::Toml => toml::at(text, offset),
    }
}

/// The word at an offset, with the keys that lead to it, itself where it is a key; nothing in running
/// text and between words.
pub(crate) fn word_at(text: &str, offset: usize, language: Language) -> Option<Place> {
    let mut place = at(text, offset, language);
    let Range { start, end } = place.word;
    if place.part == Part::Prose || start == end || !(start..=end).contains(&offset) {
        return None;
    }
    if place.part == Part::Key {
        place.keys.push(text[start..end].to_owned());
    }
    Some(place)
}

impl Place {
    /// Nothing to say.
    fn prose(keys: Vec<String>, offset: usize) -> Place {
        Place { keys, part: Part::Prose, word: offset..offset, beside: Vec::new() }
    }

    /// The last key.
    pub(crate) fn key(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    /// The key before the last.
    pub(crate) fn above(&self) -> &str {
        let above = self.keys.len().checked_sub(2).and_then(|at| self.keys.get(at));
        above.map_or("", String::as_str)
    }
}

/// A stretch of a text without the blanks and the quotes around it.
fn bare(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = (range.start + part.trim_end().len()).max(start);
    let inner = &text[start..end];
    let quote = inner.chars().next().filter(|first| ['"', '\''].contains(first));
    match quote {
        Some(quote) if inner.len() > 1 && inner.ends_with(quote) => start + 1..end - 1,
        Some(_) => start + 1..end,
        None => start..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor is at the broken bar.
    fn place(text: &str, language: Language) -> (String, Part, String, String) {
        let offset = text.find('¦').expect("a cursor");
        let text = text.replace('¦', "");
        let Place { keys, part, word, beside } = at(&text, offset, language);
        (keys.join("/"), part, text[word].to_owned(), beside.join(" "))
    }

    const YAML: &str = "\
scrutiny: assessment
ratings:
  1.1:
    rating: gr
    because: |
      Long: prose
      # no comment
    
      more
    actions:
      - id: A-1
        task: T
      - task: U
  \"2.10\":
    rating: red
    evidence:
    - voice:
        - children
      source: S # a comment
  3.1: {rating: green, actions: [{id: A-2, status: op}]}
steps:
";

    #[test]
    fn finds_places_in_yaml() {
        let check = |after: &str, expected: (&str, Part, &str, &str)| {
            let at = YAML.find(after).expect("it is there") + after.len();
            let text = format!("{}¦{}", &YAML[..at], &YAML[at..]);
            let (keys, part, word, beside) = place(&text, Language::Yaml);
            let came = (keys.as_str(), part, word.as_str(), beside.as_str());
            assert_eq!(came, expected, "{text}");
        };
        check("scrut", ("", Part::Key, "scrutiny", "ratings steps"));
        check("scrutiny: asse", ("scrutiny", Part::Value, "assessment", "ratings steps"));
        check("  1.", ("ratings", Part::Key, "1.1", "2.10 3.1"));
        check("rating: g", ("ratings/1.1/rating", Part::Value, "gr", "because actions"));
        check("beca", ("ratings/1.1", Part::Key, "because", "rating actions"));
        check("Long: pr", ("ratings/1.1/because", Part::Prose, "", ""));
        check("# no", ("ratings/1.1/because", Part::Prose, "", ""));
        check("comment\n    ", ("ratings/1.1", Part::Key, "", "because rating actions"));
        check("A-", ("ratings/1.1/actions/id", Part::Value, "A-1", "task"));
        check("        ta", ("ratings/1.1/actions", Part::Key, "task", "id"));
        check("task: U", ("ratings/1.1/actions/task", Part::Value, "U", ""));
        check("  \"2.", ("ratings", Part::Key, "2.10", "1.1 3.1"));
        check("- chil", ("ratings/2.10/evidence/voice", Part::Item, "children", ""));
        check("      sou", ("ratings/2.10/evidence", Part::Key, "source", "voice"));
        check("source: S # a", ("ratings/2.10/evidence", Part::Prose, "", ""));
        check("  3.1: {rat", ("ratings/3.1", Part::Key, "rating", ""));
        check("  3.1: {rating: gre", ("ratings/3.1/rating", Part::Value, "green", "rating"));
        check("status: o", ("ratings/3.1/actions/status", Part::Value, "op", "id status"));
        check("steps:", ("steps", Part::Value, "", "ratings scrutiny"));
        check("steps:\n", ("", Part::Key, "", "steps ratings scrutiny"));
    }

    const TOML: &str = "\
scrutiny = \"checklist\"
title = \"\"\"
a = b
\"\"\"
[[step.question]]
id = \"1.1\" # a comment
points = [
  \"one\",
  \"two\",
]
means = { green = \"all\", red = \"none\" }
ki
";

    #[test]
    fn finds_places_in_toml() {
        let check = |after: &str, expected: (&str, Part, &str, &str)| {
            let at = TOML.find(after).expect("it is there") + after.len();
            let text = format!("{}¦{}", &TOML[..at], &TOML[at..]);
            let (keys, part, word, beside) = place(&text, Language::Toml);
            let came = (keys.as_str(), part, word.as_str(), beside.as_str());
            assert_eq!(came, expected, "{text}");
        };
        check("scru", ("", Part::Key, "scrutiny", "title a"));
        check("\"check", ("scrutiny", Part::Value, "checklist", ""));
        check("a = ", ("title", Part::Prose, "", ""));
        check("[[st", ("", Part::Prose, "", ""));
        check("id = \"1", ("step/question/id", Part::Value, "1.1", ""));
        check("# a c", ("step/question/id", Part::Prose, "", ""));
        check("  \"tw", ("step/question/points", Part::Item, "two", ""));
        check("{ gr", ("step/question/means", Part::Key, "green", ""));
        check("red = \"no", ("step/question/means/red", Part::Value, "none", "green red"));
        check("\nki", ("step/question", Part::Key, "ki", "id points means"));
    }

    #[test]
    fn knows_a_place_at_every_offset_of_torn_texts() {
        for (text, language) in [(YAML, Language::Yaml), (TOML, Language::Toml)] {
            for end in 0..=text.len() {
                for offset in 0..=end {
                    let place = at(&text[..end], offset, language);
                    assert!(text.get(place.word).is_some());
                }
            }
        }
    }
}
