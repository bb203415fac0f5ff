//! Words that may be a part of something personal.

use std::sync::LazyLock;

use memchr::memmem;

use super::walk::{before_gap, is_gap, is_one_of, past_gap, word_at, word_before};
use crate::privacy::known::Known;
use crate::privacy::words;
use crate::text::{Found, Fragments, Signs};

static AGES: Known<18> = Known::of(words::AGES);
static FEW: Known<5> = Known::of(["one", "two", "three", "four", "five"]);
static BETWEEN: Known<23> = Known::of(words::BETWEEN);
static PLATFORMS: Known<8> = Known::of(words::PLATFORMS);

/// What a fragment of a word may be part of.
#[derive(Clone, Copy)]
enum Clue {
    /// A number in words, from one to five.
    Few,
    /// "Aged".
    Aged,
    /// "Old".
    Old,
    /// A word for birth.
    Birth,
    /// A platform of social media.
    Platform,
}

/// Words in small letters; those with a capital are met as capitals. There are few fragments, none
/// shorter than four bytes, because each makes the search slower, and short ones more so: those are looked
/// for one by one.
#[rustfmt::skip]
const FRAGMENTS: &[(&str, Clue)] = &[
    ("three", Clue::Few), ("four", Clue::Few), ("five", Clue::Few), ("aged", Clue::Aged),
    (" old", Clue::Old), ("-old", Clue::Old), ("*old", Clue::Old), ("born", Clue::Birth),
    ("birth", Clue::Birth), ("d.o.b", Clue::Birth),
    ("snap", Clue::Platform), ("insta", Clue::Platform), ("tikt", Clue::Platform),
    ("faceb", Clue::Platform), ("twitt", Clue::Platform), ("whats", Clue::Platform),
    ("disco", Clue::Platform),
];

/// The shortest numbers in words.
static SHORT: LazyLock<[memmem::Finder<'static>; 2]> =
    LazyLock::new(|| ["one", "two"].map(memmem::Finder::new));

/// The fragments, ready to be looked for.
static FINDER: LazyLock<Fragments> =
    LazyLock::new(|| Fragments::of(FRAGMENTS.iter().map(|(fragment, _)| *fragment)));

pub(super) fn look_at_words(bytes: &[u8], signs: &Signs, hot: &mut Vec<usize>) {
    // Anything but a letter may stand before it.
    let is_birth = |at: &usize| is_worth_reading(bytes, Clue::Birth, *at, at + DOB.len());
    hot.extend(signs.dobs.iter().copied().filter(is_birth));
    let short = SHORT
        .iter()
        .flat_map(|finder| finder.find_iter(bytes).map(|at| (at, at + finder.needle().len())));
    for (at, end) in short {
        let is_word = bytes.get(end).is_some_and(|byte| is_gap(*byte));
        let start = at - word_before(bytes, at).len();
        if is_word && is_worth_reading(bytes, Clue::Few, start, end) {
            hot.push(start);
        }
    }
    FINDER.find_all(bytes, |Found { number, start, end }| {
        let clue = FRAGMENTS[number].1;
        // A fragment may begin with a gap.
        let start = start + usize::from(!bytes[start].is_ascii_alphabetic());
        let start = start - word_before(bytes, start).len();
        let start_of_gap = bytes[start..end].iter().position(|byte| !byte.is_ascii_alphabetic());
        let end = match start_of_gap {
            Some(length) if matches!(clue, Clue::Few) => start + length,
            _ => end + word_at(bytes, end).len(),
        };
        if is_worth_reading(bytes, clue, start, end) {
            hot.push(start);
        }
    });
}

/// What forms write for a date of birth.
const DOB: &str = "dob";

/// Whether a word with a capital is one of those that are looked for in small letters too.
pub(super) fn is_clue(bytes: &[u8], at: usize) -> bool {
    let clues: &[(&[u8], Clue)] = match bytes[at] {
        b'A' => &[(b"aged", Clue::Aged)],
        b'B' => &[(b"born", Clue::Birth), (b"birth", Clue::Birth), (b"birthday", Clue::Birth)],
        b'D' => &[(b"dob", Clue::Birth), (b"d", Clue::Birth), (b"discord", Clue::Platform)],
        b'F' => &[(b"four", Clue::Few), (b"five", Clue::Few), (b"facebook", Clue::Platform)],
        b'I' => &[(b"instagram", Clue::Platform), (b"insta", Clue::Platform)],
        b'O' => &[(b"one", Clue::Few), (b"old", Clue::Old)],
        b'S' => &[(b"snapchat", Clue::Platform)],
        b'T' => &[
            (b"two", Clue::Few),
            (b"three", Clue::Few),
            (b"tiktok", Clue::Platform),
            (b"twitter", Clue::Platform),
        ],
        b'W' => &[(b"whatsapp", Clue::Platform)],
        _ => return false,
    };
    let word = word_at(bytes, at);
    let own = clues.iter().find(|(clue, _)| clue.eq_ignore_ascii_case(word));
    own.is_some_and(|(_, clue)| is_worth_reading(bytes, *clue, at, at + word.len()))
}

fn is_worth_reading(bytes: &[u8], clue: Clue, start: usize, end: usize) -> bool {
    let word = &bytes[start..end];
    match clue {
        Clue::Platform => PLATFORMS.has(word),
        Clue::Few => FEW.has(word) && counts(bytes, end),
        Clue::Aged => {
            let next = past_gap(bytes, end);
            AGES.has(word_at(bytes, next))
        }
        Clue::Old => {
            let gap = before_gap(bytes, start);
            let unit = word_before(bytes, gap);
            let number = word_before(bytes, before_gap(bytes, gap - unit.len()));
            is_one_of(unit, &["year", "years", "yr", "yrs", "month", "week", "day"])
                && AGES.has(number)
        }
        Clue::Birth => {
            const FAR: usize = 100;
            let is_number = |near: &mut dyn Iterator<Item = &u8>| {
                let written = near.filter(|byte| !byte.is_ascii_whitespace());
                written.take(FAR).any(u8::is_ascii_digit)
            };
            is_number(&mut bytes[..start].iter().rev()) || is_number(&mut bytes[end..].iter())
        }
    }
}

/// Whether a word for children follows a number, few words away.
pub(super) fn counts(bytes: &[u8], end: usize) -> bool {
    const NOUNS: [&str; 11] =
        ["chi", "gir", "boy", "bab", "inf", "pup", "sib", "tod", "tee", "you", "stu"];
    let mut at = end;
    for _ in 0..4 {
        let next = past_gap(bytes, at);
        // What children are called, and what stands between, begins with few letters.
        let first = bytes.get(next).map_or(b' ', u8::to_ascii_lowercase);
        if next == at || !b"cgbipstyomfnlavudw".contains(&first) {
            return false;
        }
        let word = word_at(bytes, next);
        if word.len() > 2 && is_one_of(&word[..3], &NOUNS) {
            return true;
        }
        if !BETWEEN.has(word) {
            return false;
        }
        at = next + word.len();
    }
    false
}
