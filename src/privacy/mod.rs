//! Personal data in a text: what looks as if it could give a child or a family away.
//!
//! Knows patterns only, neither files nor findings. A match is a place in the text as it was given,
//! with a form that may be shown; the text itself never leaves this room. `sieve/` finds, at little
//! cost, the few lines of a file that are worth reading; `plain.rs` takes off their disguises;
//! `reading.rs` cuts them into words and numbers; and one file for each family of patterns looks
//! through those.

mod birth;
mod child;
mod contact;
mod folded;
mod identifier;
mod known;
mod names;
mod place;
mod plain;
mod reading;
mod relative;
mod sieve;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

pub(crate) use names::{NameFault, Names};

use folded::Unfolded;
use plain::Plain;
use reading::Reading;

use crate::text::Signs;

/// What a match looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Pattern {
    /// A name from the list that was given.
    KnownName,
    /// An NHS number.
    NhsNumber,
    /// A National Insurance number.
    InsuranceNumber,
    /// A unique pupil number.
    PupilNumber,
    /// The number of a case in court.
    CourtCase,
    /// A date of birth.
    BirthDate,
    /// A mobile or landline number.
    Telephone,
    /// An e-mail address that is not that of a role.
    Email,
    /// A full postcode.
    Postcode,
    /// A house number with its street.
    Street,
    /// A name beside a word for a relative.
    Relative,
    /// The exact age of one child.
    ExactAge,
    /// A count of one to five children.
    SmallCount,
    /// A name in social media.
    Handle,
}

impl Pattern {
    /// All of them, in the order in which they are listed.
    pub(crate) const ALL: [Pattern; 14] = [
        Pattern::NhsNumber,
        Pattern::InsuranceNumber,
        Pattern::PupilNumber,
        Pattern::CourtCase,
        Pattern::BirthDate,
        Pattern::Telephone,
        Pattern::Email,
        Pattern::Handle,
        Pattern::Postcode,
        Pattern::Street,
        Pattern::Relative,
        Pattern::ExactAge,
        Pattern::SmallCount,
        Pattern::KnownName,
    ];
}

/// What a text is written in, as far as that hides what a reader will see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dress {
    /// Plain text, YAML, TOML, Markdown or CSV.
    Text,
    /// HTML: what its tags surround, and what stands in them.
    Html,
    /// A calendar, whose lines are folded.
    Calendar,
}

/// A place that looks like personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// What it looks like.
    pub pattern: Pattern,
    /// Its bytes in the text as it was given.
    pub range: Range<usize>,
    /// The same matter written in two ways is equal here: for comparison only, never for the screen.
    pub essence: String,
}

/// What stands for a text that may not be shown, after its first letter where it begins with one. Its
/// length says nothing.
const DOTS: &str = "•••";

/// A text in the form in which it may be shown.
pub(crate) fn mask(text: &str) -> String {
    let first = text.chars().next().filter(|first| first.is_alphabetic());
    // A text of one letter would be given away by its first.
    let first = first.filter(|_| text.chars().filter(|letter| letter.is_alphabetic()).count() > 1);
    first.into_iter().chain(DOTS.chars()).collect()
}

/// Whether something in a text was masked.
pub(crate) fn has_mask(text: &str) -> bool {
    text.contains(DOTS)
}

/// A text with everything masked that was found in it.
pub(crate) fn masked(text: &str, matches: &[Match]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for own in matches {
        shown.push_str(&text[at..own.range.start]);
        shown.push_str(&mask(&text[own.range.clone()]));
        at = own.range.end;
    }
    shown.push_str(&text[at..]);
    shown
}

/// Everything in a text that looks like personal data, in order of place.
pub(crate) fn scan(text: &str, dress: Dress, names: Option<&Names>) -> Vec<Match> {
    scan_with(text, &Signs::of(text), dress, names)
}

/// The same in a text of which it is known where rare signs stand.
pub(crate) fn scan_with(
    text: &str,
    signs: &Signs,
    dress: Dress,
    names: Option<&Names>,
) -> Vec<Match> {
    let mut found = Vec::new();
    match dress {
        Dress::Html => {
            // What a reader sees, and then what stands inside the tags, such as descriptions.
            read(text, 0, plain::Tags::Hidden, names, &mut found);
            read(text, 0, plain::Tags::Shown, names, &mut found);
        }
        Dress::Calendar => {
            let whole = Unfolded::of(text);
            read(&whole.text, 0, plain::Tags::Shown, names, &mut found);
            found.iter_mut().for_each(|own| own.range = whole.place(own.range.clone()));
        }
        Dress::Text if names.is_some() => read(text, 0, plain::Tags::Shown, names, &mut found),
        Dress::Text => match sieve::sift(text, signs) {
            sieve::Sifted::Whole => read(text, 0, plain::Tags::Shown, None, &mut found),
            sieve::Sifted::Stretches(stretches) => {
                for stretch in stretches {
                    let part = &text[stretch.clone()];
                    read(part, stretch.start, plain::Tags::Shown, None, &mut found);
                }
            }
        },
    }
    settle(found)
}

/// Personal data in the name of a file, where hyphens and underscores stand for spaces.
pub(crate) fn scan_name(name: &str, names: Option<&Names>) -> Vec<Match> {
    let mut found = scan(name, Dress::Text, names);
    if name.contains(['-', '_']) {
        found.append(&mut scan(&name.replace(['-', '_'], " "), Dress::Text, names));
    }
    settle(found)
}

/// Reads a text as a whole, which begins at an offset of a larger one.
fn read(
    text: &str,
    offset: usize,
    tags: plain::Tags,
    names: Option<&Names>,
    found: &mut Vec<Match>,
) {
    let plain = Plain::of(text, tags);
    let reading = Reading::of(&plain);
    let mut add = |pattern: Pattern, range: Range<usize>| {
        let essence = essence(&plain.text[range.clone()]);
        let place = plain.place(range);
        let range = place.start + offset..place.end + offset;
        found.push(Match { pattern, range, essence });
    };
    if let Some(names) = names {
        names.find(&plain.text, &mut |range| add(Pattern::KnownName, range));
    }
    identifier::find(&reading, &mut add);
    birth::find(&reading, &mut add);
    contact::find(&reading, &mut add);
    place::find(&reading, &mut add);
    relative::find(&reading, &mut add);
    child::find(&reading, &mut add);
}

/// What is the same however it is spaced and spelt.
pub(crate) fn essence(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// In order of place, each matter once: of two that overlap the longer stays.
fn settle(mut found: Vec<Match>) -> Vec<Match> {
    found.sort_by_key(|own| (own.range.start, std::cmp::Reverse(own.range.end), own.pattern));
    let mut settled: Vec<Match> = Vec::new();
    for next in found {
        match settled.last() {
            Some(last) if next.range.start < last.range.end => {
                let is_longer = next.range.len() > last.range.len();
                if is_longer {
                    settled.pop();
                    settled.push(next);
                }
            }
            _ => settled.push(next),
        }
    }
    settled
}
