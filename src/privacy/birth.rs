//! A date beside the word born, or beside "date of birth".

use std::ops::Range;

use super::Pattern;
use super::reading::Reading;
use super::words::MONTHS;

/// How many words and signs may stand between the word and the date.
const FAR: usize = 7;

pub(super) fn find(reading: &Reading<'_>, add: &mut impl FnMut(Pattern, Range<usize>)) {
    for at in 0..reading.len() {
        let Some(end) = says_birth(reading, at) else { continue };
        // "Those born after 1 September" are many.
        if reading.is_any(end + 1, &["after", "before", "between", "since", "until"]) {
            continue;
        }
        let after = (end + 1..=end + FAR)
            .take_while(|next| reading.follows(*next) && !is_end(reading, *next - 1))
            .find_map(|next| Some((next, date(reading, next)?)));
        let before = || {
            let begin = at.saturating_sub(FAR + 4);
            (begin..at)
                .filter_map(|next| Some((next, date(reading, next)?)))
                .find(|(_, last)| *last < at && (*last + 1..=at).all(|next| reading.follows(next)))
        };
        if let Some((first, last)) = after.or_else(before) {
            add(Pattern::BirthDate, reading.range(first, last));
        }
    }
}

/// Whether a sentence ends at a token.
fn is_end(reading: &Reading<'_>, at: usize) -> bool {
    reading.sign(at) == "."
        && reading.gap(at + 1) == super::reading::Gap::Space
        && reading.is_capitalised(at + 1)
}

/// The last token of a word for birth that begins at an index.
fn says_birth(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if !reading.begins(at) {
        return None;
    }
    if reading.is_any(at, &["born", "birth", "birthdate", "birthday", "dob"]) {
        return Some(at);
    }
    let letter = |nth: usize, letter: &str| reading.is_any(at + nth, &[letter]);
    let is_dotted = letter(0, "d") && letter(2, "o") && letter(4, "b");
    (is_dotted && reading.sign(at + 1) == "." && reading.sign(at + 3) == ".").then_some(at + 4)
}

/// The last token of a date that begins at an index: with day and month, or with month and year.
fn date(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if !reading.begins(at) {
        return None;
    }
    in_digits(reading, at).or_else(|| in_words(reading, at))
}

fn number(reading: &Reading<'_>, at: usize, most: u32) -> bool {
    let digits = reading.digits(at);
    digits.len() <= 2 && digits.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number))
}

fn is_year(reading: &Reading<'_>, at: usize) -> bool {
    let digits = reading.digits(at);
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// 2015-03-03, 03/03/2015, 3.3.15, 03032015, 2015 03 03.
fn in_digits(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if reading.digits(at).is_empty() {
        return None;
    }
    if reading.digits(at).len() == 8 && !reading.goes_on(at + 1) {
        return Some(at);
    }
    let groups = reading.groups(at, "-./");
    let &[_, second, third, ..] = groups.as_slice() else { return None };
    let is_short = |at: usize| reading.digits(at).len() == 2 || is_year(reading, at);
    let is_forward = number(reading, at, 31) && number(reading, second, 31) && is_short(third);
    let is_backward = is_year(reading, at) && number(reading, second, 12);
    (is_forward || (is_backward && number(reading, third, 31))).then_some(third)
}

/// 3 March 2015, 3rd of March, March 3rd 2015, March 2015.
fn in_words(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let is_month = |at: usize| {
        let word = reading.word(at).to_ascii_lowercase();
        word.len() >= 3
            && MONTHS.iter().any(|month| {
                *month == word || month[..3] == word || (word == "sept" && *month == "september")
            })
    };
    let past = |at: usize, words: &[&str]| at + usize::from(reading.is_any(at, words));
    let year_after = |at: usize| {
        let year = at + 1 + usize::from([",", "."].contains(&reading.sign(at + 1)));
        let is_there = reading.follows(at + 1) && reading.follows(year);
        // A short year behind a month: 3 Mar 15.
        let is_short = reading.digits(year).len() == 2 && !reading.goes_on(year + 1);
        if is_there && (is_year(reading, year) || is_short) { year } else { at }
    };
    const ENDINGS: [&str; 4] = ["st", "nd", "rd", "th"];
    if number(reading, at, 31) {
        let month = past(past(at + 1, &ENDINGS), &["of"]);
        let month = month + usize::from(reading.sign(month) == "-");
        return is_month(month).then(|| {
            let dashed = usize::from(reading.sign(month + 1) == "-" && is_year(reading, month + 2));
            if dashed == 1 { month + 2 } else { year_after(month) }
        });
    }
    if !is_month(at) {
        return None;
    }
    if is_year(reading, at + 1) && reading.follows(at + 1) {
        return Some(at + 1);
    }
    (number(reading, at + 1, 31) && reading.follows(at + 1)).then(|| {
        let ending = past(at + 2, &ENDINGS) - 1;
        year_after(ending)
    })
}
