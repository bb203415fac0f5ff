//! A text whose lines are folded, as in calendars (RFC 5545, 3.1): a line is cut anywhere, and goes on in
//! the next behind a space or a tab.

use std::ops::Range;

/// A text with whole lines.
pub(super) struct Unfolded {
    /// The text, with an empty line between any two lines, which have nothing to do with each other.
    pub(super) text: String,
    /// For each byte, where it stands in the given text.
    places: Vec<usize>,
}

impl Unfolded {
    /// Puts the lines of a text together.
    pub(super) fn of(given: &str) -> Self {
        let mut text = String::with_capacity(given.len());
        let mut places = Vec::with_capacity(given.len());
        let mut at = 0;
        for line in given.split_inclusive('\n') {
            let goes_on = at > 0 && line.starts_with([' ', '\t']);
            if at > 0 && !goes_on {
                text.push_str("\n\n");
                places.extend([at - 1, at - 1]);
            }
            let from = usize::from(goes_on);
            let words = line[from..].trim_end_matches(['\r', '\n']);
            text.push_str(words);
            places.extend(at + from..at + from + words.len());
            at += line.len();
        }
        Unfolded { text, places }
    }

    /// The place in the given text of a part of this one.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        self.places[range.start]..self.places[range.end - 1] + 1
    }
}
