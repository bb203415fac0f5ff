//! Numbers that may be a part of something personal.

use std::ops::Range;

use super::clues::counts;
use super::walk::{before_gap, is_gap, is_one_of, past, past_gap, word_at, word_before, word_end};
use crate::privacy::known::Known;
use crate::privacy::words;

static STREETS: Known<21> = Known::of(words::STREETS);
static LOOSE_STREETS: Known<15> = Known::of(words::LOOSE_STREETS);

/// Numbers that stand so close together that they may be one.
#[derive(Default)]
pub(super) struct Cluster {
    start: usize,
    first: usize,
    end: usize,
    total: usize,
}

/// Looks at the number that begins here; gives where to go on.
pub(super) fn look_at_number(
    bytes: &[u8],
    start: usize,
    cluster: &mut Cluster,
    hot: &mut Vec<usize>,
) -> usize {
    let end = past(bytes, start, |byte| byte.is_ascii_digit());
    // Dates, of which every file is full, are part of nothing else.
    if let Some(end) = date_end(bytes, start) {
        *cluster = Cluster::default();
        return end;
    }
    let gap = &bytes[cluster.end..start];
    let is_near = cluster.end > 0 && gap.iter().all(|byte| is_gap(*byte));
    if is_near {
        cluster.total += end - start;
    } else {
        *cluster = Cluster { start, first: end - start, end, total: end - start };
    }
    cluster.end = end;
    if is_suspicious(bytes, start..end, cluster) {
        hot.push(start);
    }
    end
}

/// The end of a date such as 2026-09-30 that begins here.
fn date_end(bytes: &[u8], start: usize) -> Option<usize> {
    const LENGTH: usize = 10;
    let date = bytes.get(start..start + LENGTH)?;
    let is_date = date[4] == b'-'
        && date[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|at| date[*at].is_ascii_digit())
        && !bytes.get(start + LENGTH).is_some_and(|next| next.is_ascii_alphanumeric());
    is_date.then_some(start + LENGTH)
}

fn is_suspicious(bytes: &[u8], digits: Range<usize>, cluster: &Cluster) -> bool {
    let length = digits.len();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    if cluster.total >= 10 {
        return true;
    }
    // Two letters and six digits.
    if cluster.total == 6 && (cluster.first == 6 || cluster.first == 2) {
        let end = before_gap(bytes, cluster.start);
        if word_before(bytes, end).len() == 2 {
            return true;
        }
    }
    // Five digits behind a letter behind a digit.
    if length == 5 {
        let letter = before_gap(bytes, digits.start);
        let is_letter = letter > 0 && byte(letter - 1).is_ascii_alphabetic();
        let before = before_gap(bytes, letter.saturating_sub(1));
        if is_letter && before > 0 && byte(before - 1).is_ascii_digit() {
            return true;
        }
    }
    let after = byte(digits.end);
    // A digit and two letters.
    if after.is_ascii_alphabetic() && is_unit(bytes, digits.end) {
        return true;
    }
    (length <= 2 && is_behind_age(bytes, digits.start)) || is_before(bytes, &digits, after)
}

/// Two letters as at the end of a postcode.
fn is_unit(bytes: &[u8], at: usize) -> bool {
    let letters = word_at(bytes, at);
    letters.len() == 2
        && !bytes.get(at + 2).is_some_and(u8::is_ascii_digit)
        && !["st", "nd", "rd", "th", "am", "pm"].iter().any(|own| own.as_bytes() == letters)
}

/// A number before years, children or a street. Between them stand spaces and few signs.
fn is_before(bytes: &[u8], digits: &Range<usize>, after: u8) -> bool {
    let is_gap =
        matches!(after, b' ' | b'\n' | b'\r' | b'\t' | b'-' | b'*' | b'_' | b'`' | b'~' | b',');
    if !(after.is_ascii_alphabetic() || is_gap || after == 0xe2) {
        return false;
    }
    let next = past_gap(bytes, digits.end);
    match bytes.get(next) {
        Some(b'A'..=b'Z' | 0xc3..=0xc5) => {
            (digits.len() <= 4 && is_house(bytes, digits.end)) || is_few(bytes, digits)
        }
        Some(b'a'..=b'z') => {
            (digits.len() <= 2 && is_years(bytes, next))
                || is_few(bytes, digits)
                || (next == digits.end && digits.len() <= 4 && is_house(bytes, digits.end))
        }
        _ => false,
    }
}

/// A number from one to five before a word for children.
fn is_few(bytes: &[u8], digits: &Range<usize>) -> bool {
    digits.len() == 1 && (b'1'..=b'5').contains(&bytes[digits.start]) && counts(bytes, digits.end)
}

/// "Years old" or the like.
fn is_years(bytes: &[u8], at: usize) -> bool {
    const UNITS: [&str; 9] = ["year", "years", "yr", "yrs", "y", "yo", "month", "week", "day"];
    if !b"ymwd".contains(&bytes[at].to_ascii_lowercase()) {
        return false;
    }
    let unit = word_at(bytes, at);
    let after = past_gap(bytes, at + unit.len());
    let is_old = bytes[after..].first().is_some_and(|byte| b"oO".contains(byte));
    (is_old || unit.eq_ignore_ascii_case(b"yo")) && is_one_of(unit, &UNITS)
}

/// Whether "age" or "aged" stands before a number.
fn is_behind_age(bytes: &[u8], start: usize) -> bool {
    // Most often it is an ordinary word.
    if let [.., last, b' '] = bytes[..start]
        && last.is_ascii_alphanumeric()
        && !b"dDeE".contains(&last)
    {
        return false;
    }
    let end = before_gap(bytes, start);
    let last = bytes[..end].last().map(u8::to_ascii_lowercase);
    matches!(last, Some(b'd' | b'e')) && is_one_of(word_before(bytes, end), &["age", "aged"])
}

/// A number followed by capitalised words of which one is a street.
fn is_house(bytes: &[u8], end: usize) -> bool {
    let is_lettered = word_at(bytes, end).len() == 1;
    let mut at = end + usize::from(is_lettered);
    for nth in 0..4 {
        let next = past_gap(bytes, at);
        let word = word_at(bytes, next);
        let is_capitalised =
            bytes.get(next).is_some_and(|byte| byte.is_ascii_uppercase() || *byte >= 0xc3);
        if next == at || !is_capitalised {
            return false;
        }
        if nth > 0 && (STREETS.has(word) || LOOSE_STREETS.has(word)) {
            return true;
        }
        at = word_end(bytes, next);
    }
    false
}
