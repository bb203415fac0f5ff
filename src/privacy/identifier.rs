//! Numbers that are given to one person or one case: NHS, National Insurance, pupil and court.

use std::ops::Range;

use super::Pattern;
use super::reading::Reading;

/// Words that stand between the name of a number and the number.
const BETWEEN: [&str; 9] = ["number", "numbers", "no", "nos", "num", "id", "ref", "is", "was"];

pub(super) fn find(reading: &Reading<'_>, add: &mut impl FnMut(Pattern, Range<usize>)) {
    for at in 0..reading.len() {
        let (pattern, last) = if let Some(last) = nhs_number(reading, at) {
            (Pattern::NhsNumber, last)
        } else if let Some(last) = insurance_number(reading, at) {
            (Pattern::InsuranceNumber, last)
        } else if let Some(last) = pupil_number(reading, at) {
            (Pattern::PupilNumber, last)
        } else if let Some(last) = court_case(reading, at).or_else(|| court_reference(reading, at))
        {
            (Pattern::CourtCase, last)
        } else {
            continue;
        };
        add(pattern, reading.range(at, last));
    }
}

/// Whether a number is named so shortly before it: "NHS number: ", "NHS no. ".
fn is_named(reading: &Reading<'_>, at: usize, names: &[&[&str]]) -> bool {
    let mut before = at;
    while before > 0 && at - before < 5 && reading.follows(before) {
        before -= 1;
        let ends = |name: &&[&str]| {
            let begin = (before + 1).checked_sub(name.len());
            begin.is_some_and(|begin| {
                name.iter().enumerate().all(|(nth, word)| reading.is_any(begin + nth, &[*word]))
            })
        };
        if names.iter().any(ends) {
            return true;
        }
        let is_sign =
            [":", ".", "#", "=", "-", "(", "\"", "'", "/"].contains(&reading.sign(before));
        if !is_sign && !reading.is_any(before, &BETWEEN) {
            return false;
        }
    }
    false
}

/// The digits of groups as one text.
fn joined(reading: &Reading<'_>, groups: &[usize]) -> String {
    groups.iter().map(|group| reading.digits(*group)).collect()
}

/// Whether a group of digits is part of something longer, such as a decimal number or a code.
fn is_cut(reading: &Reading<'_>, first: usize, last: usize) -> bool {
    let is_after = !reading.begins(first)
        || (first > 1
            && reading.is_glued(first)
            && [".", "-", "/"].contains(&reading.sign(first - 1))
            && reading.is_glued(first - 1)
            && (!reading.digits(first - 2).is_empty() || !reading.word(first - 2).is_empty()));
    let is_before = reading.goes_on(last + 1)
        || (reading.is_glued(last + 1)
            && ["-", "/"].contains(&reading.sign(last + 1))
            && reading.goes_on(last + 2));
    is_after || is_before
}

/// Ten digits, written together or as 3, 3 and 4, with the right last digit, from a range that is
/// issued; or any ten that are called an NHS number, of which one digit may be wrong. Numbers that
/// begin with 999 are for tests and examples, and are never issued to anybody.
fn nhs_number(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if reading.digits(at).is_empty() {
        return None;
    }
    let groups = reading.groups(at, "-.");
    let mut total = 0;
    let count = groups.iter().position(|group| {
        total += reading.digits(*group).len();
        total >= 10
    })?;
    let (groups, last) = (&groups[..=count], groups[count]);
    let digits = joined(reading, groups);
    if digits.len() != 10 || digits.starts_with("999") || is_cut(reading, at, last) {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(|group| reading.digits(*group).len()).collect();
    let is_laid_out = lengths == [10] || lengths == [3, 3, 4];
    // 3 and 4, 6 and 7 are issued in England, Wales, the Isle of Man and Northern Ireland.
    let is_issued = digits.starts_with(['3', '4', '6', '7']) && has_nhs_check(&digits);
    let names: [&[&str]; 3] = [&["nhs"], &["chi"], &["chi", "number"]];
    let is_called = || {
        let is_telephone = digits.starts_with('0') && !is_named(reading, at, &names[1..]);
        !is_telephone && is_named(reading, at, &names)
    };
    ((is_laid_out && is_issued) || is_called()).then_some(last)
}

/// The last digit is 11 less the remainder by 11 of the others, weighted from 10 down to 2.
fn has_nhs_check(digits: &str) -> bool {
    let digits: Vec<u32> = digits.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => digits[9] == 0,
        10 => false,
        check => digits[9] == check,
    }
}

/// Two letters, six digits, one letter from A to D. Some letters and pairs are never issued. The last
/// letter may be missing where the number is named.
fn insurance_number(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let prefix = reading.word(at).to_ascii_uppercase();
    let [first, second] = prefix.as_bytes() else { return None };
    let is_used = |letter: &u8| letter.is_ascii_uppercase() && !b"DFIQUV".contains(letter);
    let is_issued = is_used(first)
        && is_used(second)
        && *second != b'O'
        && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix.as_str());
    if !is_issued || !reading.begins(at) || !reading.follows(at + 1) {
        return None;
    }
    let first = if ["-", "."].contains(&reading.sign(at + 1)) { at + 2 } else { at + 1 };
    if reading.digits(first).is_empty() {
        return None;
    }
    let groups = reading.groups(first, "-.");
    let lengths: Vec<usize> = groups.iter().map(|group| reading.digits(*group).len()).collect();
    let last = match lengths.as_slice() {
        [6, ..] => first,
        [2, 2, 2, ..] => groups[2],
        _ => return None,
    };
    let names: [&[&str]; 4] = [&["insurance"], &["national", "insurance"], &["nino"], &["ni"]];
    let suffix = last + 1 + usize::from(["-", "."].contains(&reading.sign(last + 1)));
    let is_suffix = reading.follows(suffix)
        && reading.follows(last + 1)
        && reading.is_any(suffix, &["a", "b", "c", "d"])
        && !reading.goes_on(suffix + 1);
    // A small "a" may be the word.
    let is_capital = reading.word(suffix) != "a" || reading.is_glued(suffix);
    if is_suffix && is_capital {
        return Some(suffix);
    }
    (is_named(reading, at, &names) && !reading.goes_on(last + 1)).then_some(last)
}

/// The letters for which the numbers from 0 to 22 stand in a pupil number.
const PUPIL_LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// A check letter and twelve digits, the last of which is a letter in a temporary number.
fn pupil_number(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let letter = reading.word(at).to_ascii_uppercase();
    let [check] = letter.as_bytes() else { return None };
    let own = PUPIL_LETTERS.iter().position(|letter| letter == check)?;
    if !reading.begins(at) || reading.digits(at + 1).is_empty() || !reading.follows(at + 1) {
        return None;
    }
    let groups = reading.groups(at + 1, "-");
    let mut total = 0;
    let count = groups.iter().position(|group| {
        total += reading.digits(*group).len();
        total >= 11
    })?;
    let last = groups[count];
    let digits = joined(reading, &groups[..=count]);
    let mut values: Vec<usize> = digits.bytes().map(|byte| usize::from(byte - b'0')).collect();
    let last = match (values.len(), reading.word(last + 1).to_ascii_uppercase().as_bytes()) {
        (12, _) if !reading.goes_on(last + 1) => last,
        (11, [end]) if reading.goes_on(last + 1) && !reading.goes_on(last + 2) => {
            values.push(PUPIL_LETTERS.iter().position(|letter| letter == end)?);
            last + 1
        }
        _ => return None,
    };
    let sum: usize = values.iter().zip(2..).map(|(value, weight)| value * weight).sum();
    let is_right = sum % 23 == own;
    let names: [&[&str]; 3] = [&["upn"], &["pupil", "number"], &["pupil", "numbers"]];
    (is_right || is_named(reading, at, &names)).then_some(last)
}

/// Two letters for the court, two digits for the year, a letter for the kind, five digits.
fn court_case(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut at = at;
    let is_letters = |at: usize, count: usize| {
        let word = reading.word(at);
        word.len() == count && word.bytes().all(|letter| letter.is_ascii_alphabetic())
    };
    if !is_letters(at, 2) || !reading.begins(at) {
        return None;
    }
    let mut step = |wanted: &dyn Fn(usize) -> bool| {
        at += 1;
        if ["-", "/"].contains(&reading.sign(at)) {
            at += 1;
        }
        (reading.follows(at) && wanted(at)).then_some(at)
    };
    step(&|at| reading.digits(at).len() == 2)?;
    step(&|at| is_letters(at, 1))?;
    let last = step(&|at| reading.digits(at).len() == 5)?;
    (!reading.goes_on(last + 1)).then_some(last)
}

/// Sixteen digits in four groups, the last digit of which is right: a case that was begun online.
fn court_reference(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if reading.digits(at).len() != 4 {
        return None;
    }
    let groups = reading.groups(at, "-");
    let is_four = groups.len() == 4 && groups.iter().all(|group| reading.digits(*group).len() == 4);
    if !is_four || is_cut(reading, at, groups[3]) {
        return None;
    }
    let digits = joined(reading, &groups);
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(nth, byte)| match (nth % 2, u32::from(byte - b'0')) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => 2 * digit - 9,
            (_, digit) => 2 * digit,
        })
        .sum();
    sum.is_multiple_of(10).then_some(groups[3])
}
