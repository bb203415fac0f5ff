//! Several fragments looked for at once.

use aho_corasick::AhoCorasick;
use aho_corasick::packed::Searcher;

/// Fragments, ready to be looked for. Each makes the search slower, and short ones more so.
pub(crate) struct Fragments(Search);

enum Search {
    Packed(Searcher),
    /// Where the processor has not what the first needs.
    Usual(AhoCorasick),
}

/// A fragment that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which of the fragments, in the order in which they were given.
    pub number: usize,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Fragments {
    /// A few fragments, none of them empty.
    pub(crate) fn of<'f>(fragments: impl Iterator<Item = &'f str> + Clone) -> Self {
        Fragments(match Searcher::new(fragments.clone()) {
            Some(searcher) => Search::Packed(searcher),
            None => Search::Usual(AhoCorasick::new(fragments).expect("the fragments are few")),
        })
    }

    /// Shows all that stand in a text, from its beginning to its end, none of which overlap.
    pub(crate) fn find_all(&self, text: &[u8], mut show: impl FnMut(Found)) {
        match &self.0 {
            Search::Packed(searcher) => searcher.find_iter(text).for_each(|found| {
                let number = found.pattern().as_usize();
                show(Found { number, start: found.start(), end: found.end() });
            }),
            Search::Usual(searcher) => searcher.find_iter(text).for_each(|found| {
                let number = found.pattern().as_usize();
                show(Found { number, start: found.start(), end: found.end() });
            }),
        }
    }

    /// Whether any of them stands in a text.
    pub(crate) fn stand_in(&self, text: &[u8]) -> bool {
        match &self.0 {
            Search::Packed(searcher) => searcher.find(text).is_some(),
            Search::Usual(searcher) => searcher.is_match(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_searches_find_the_same() {
        let words = ["three", "four", " old", "born"];
        let text = "One is four years old, three were born before the other four";
        let usual = AhoCorasick::new(words).expect("they are few");
        let all = |fragments: &Fragments| {
            let mut all = Vec::new();
            fragments.find_all(text.as_bytes(), |found| all.push(found));
            all
        };
        let found = all(&Fragments::of(words.into_iter()));
        assert_eq!(found, all(&Fragments(Search::Usual(usual))));
        let shown: Vec<&str> = found.iter().map(|found| &text[found.start..found.end]).collect();
        assert_eq!(shown, ["four", " old", "three", "born", "four"]);
        assert!(found.iter().zip(&shown).all(|(found, shown)| words[found.number] == *shown));
    }
}
