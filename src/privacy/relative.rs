//! A name beside a word for a relative or a child: "her son Jack", "Jack's mother", "Jack, her son".

use std::ops::Range;

use super::Pattern;
use super::reading::{Gap, Reading};
use super::words::{CHILDREN, KIN, KNOWN};

pub(super) fn find(reading: &Reading<'_>, add: &mut impl FnMut(Pattern, Range<usize>)) {
    for at in 0..reading.len() {
        let is_kin = reading.is_any(at, &KIN);
        // "Child Protection" is a heading; "child Jack" is not.
        let is_child = CHILDREN.contains(&reading.word(at));
        if !is_kin && !is_child {
            continue;
        }
        let found = name_after(reading, at, is_kin).or_else(|| name_before(reading, at));
        if let Some((first, last)) = found {
            add(Pattern::Relative, reading.range(first, last));
        }
    }
}

/// Whether a word is a name as far as can be told: it has a capital, is no known word, and is not what
/// a line of a form begins with.
fn is_name(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.word(at);
    let mut letters = word.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase);
    let is_small = letters.next().is_some_and(|letter| letter.is_lowercase() || letter == '\'')
        && letters.all(|letter| !letter.is_uppercase());
    // "McKay" has a second capital.
    let is_small = is_small || word.starts_with("Mc") || word.starts_with("Mac");
    is_capitalised && is_small && !is_known(word) && !reading.is_label(at)
}

fn is_known(word: &str) -> bool {
    let lower = word.to_lowercase();
    KNOWN.binary_search(&lower.as_str()).is_ok()
        || KIN.contains(&lower.as_str())
        || CHILDREN.contains(&lower.as_str())
        || super::words::MONTHS.contains(&lower.as_str())
}

/// A name all in capitals. Acronyms look the same, so only behind a word for a close relative.
fn is_loud_name(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.word(at);
    let has_vowel = word.bytes().any(|letter| b"AEIOUY".contains(&letter));
    word.len() >= 3
        && has_vowel
        && word.bytes().all(|letter| letter.is_ascii_uppercase())
        && !is_known(word)
        && !super::words::ACRONYMS.contains(&word)
        && !reading.is_label(at)
}

/// "Son Jack", "son, Jack,", "son (Jack)", "son called Jack".
fn name_after(reading: &Reading<'_>, at: usize, is_kin: bool) -> Option<(usize, usize)> {
    let mut next = at + 1;
    let is_sign = [",", "(", ":", "-"].contains(&reading.sign(next));
    if is_sign || reading.is_any(next, &["called", "named"]) {
        next += 1;
    }
    let is_near = (at + 1..=next).all(|between| reading.follows(between));
    if !is_near || (next == at + 1 && reading.gap(next) != Gap::Space) {
        return None;
    }
    // A hyphen that joins two words leads to no name: "child-Centred".
    if reading.sign(next - 1) == "-" && reading.is_glued(next) {
        return None;
    }
    let is_close = is_kin && next == at + 1;
    let is_named = is_name(reading, next) || (is_close && is_loud_name(reading, next));
    // Behind a comma often stands something else than a name, unless a comma closes it.
    let is_loose = next > at + 1 && reading.sign(next - 1) == ",";
    let last = surname(reading, next);
    let is_closed = !reading.follows(last + 1) || !reading.sign(last + 1).is_empty();
    let is_listed = is_closed && reading.sign(last + 1) != "'";
    if !is_named || (is_loose && !is_listed) {
        return None;
    }
    Some((next, last))
}

/// The last token of a name that goes on: "Jack Smith", "Jack O'Neill", "Anne-Marie".
fn surname(reading: &Reading<'_>, at: usize) -> usize {
    let mut last = at;
    for _ in 0..2 {
        let is_joined = reading.is_glued(last + 1)
            && ["-", "'"].contains(&reading.sign(last + 1))
            && reading.is_glued(last + 2)
            && reading.is_capitalised(last + 2);
        if is_joined {
            last += 2;
        } else if reading.gap(last + 1) == Gap::Space
            && reading.is_any(last + 1, &["o", "d"])
            && reading.sign(last + 2) == "'"
            && reading.is_capitalised(last + 3)
        {
            last += 3;
        } else if reading.gap(last + 1) == Gap::Space
            && (is_name(reading, last + 1) || is_loud_name(reading, last + 1))
        {
            last += 1;
        }
    }
    last
}

/// "Jack's mother", "Jack, her son", "Jack (son)".
fn name_before(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    let before = at.checked_sub(1)?;
    let is_near = |first: usize| (first + 1..=at).all(|between| reading.follows(between));
    let back = |count: usize| at.checked_sub(count).filter(|first| is_near(*first));
    // Jack ' s mother.
    if let Some(name) = back(3)
        && reading.is_any(before, &["s"])
        && reading.sign(name + 1) == "'"
        && is_name(reading, name)
        && !CHILDREN.contains(&reading.word(at))
    {
        return Some((name, name));
    }
    // Jack , her son.
    if let Some(name) = back(3)
        && reading.is_any(before, &["his", "her", "their", "my"])
        && reading.sign(name + 1) == ","
        && is_name(reading, name)
        && !begins_phrase(reading, name)
    {
        return Some((name, name));
    }
    // Jack ( son ).
    let name = back(2)?;
    let is_bracketed = reading.sign(before) == "(" && reading.sign(at + 1) == ")";
    (is_bracketed && is_name(reading, name)).then_some((name, name))
}

/// "In Northmoor, her son" names a place.
fn begins_phrase(reading: &Reading<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        reading.follows(at) && reading.is_any(before, &["in", "at", "from", "of", "near", "to"])
    })
}
