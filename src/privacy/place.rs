//! Where somebody lives: full postcodes, house numbers with their streets.

use std::ops::Range;

use super::Pattern;
use super::reading::{Gap, Reading};
use super::words::{AREAS, COURTS, HEADS, LOOSE_STREETS, MONTHS, STREETS};

pub(super) fn find(reading: &Reading<'_>, add: &mut impl FnMut(Pattern, Range<usize>)) {
    for at in 0..reading.len() {
        if let Some(last) = postcode(reading, at) {
            add(Pattern::Postcode, reading.range(at, last));
        } else if let Some(last) = street(reading, at) {
            add(Pattern::Street, reading.range(at, last));
        }
    }
}

/// An area, a district, then a digit and two letters: NE1 8QH, SW1A 2AA, ne18qh.
fn postcode(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let area = reading.word(at);
    if area.is_empty() || area.len() > 2 || !reading.begins(at) || !reading.goes_on(at + 1) {
        return None;
    }
    if !AREAS.contains(&area.to_ascii_uppercase().as_str()) {
        return None;
    }
    let district = reading.digits(at + 1);
    if district.is_empty() || district.len() > 3 {
        return None;
    }
    let letter = reading.word(at + 2);
    let is_lettered = letter.len() == 1 && reading.goes_on(at + 2);
    let end = at + 1 + usize::from(is_lettered);
    // Written together, the last digit of the district belongs to the second half.
    let is_together = !is_lettered && district.len() >= 2 && reading.goes_on(at + 2);
    let inward = match is_together {
        true => at + 2,
        false => {
            let is_sector = reading.digits(end + 1).len() == 1
                && district.len() <= 2
                && reading.gap(end + 1) != Gap::Break
                && reading.goes_on(end + 2);
            if !is_sector {
                return None;
            }
            end + 2
        }
    };
    let unit = reading.word(inward);
    let is_unit = unit.len() == 2
        && unit.bytes().all(|letter| letter.is_ascii_alphabetic())
        && !unit.bytes().any(|letter| b"CIKMOV".contains(&letter.to_ascii_uppercase()));
    if !is_unit || reading.goes_on(inward + 1) || is_code(reading, at) {
        return None;
    }
    // "s1 1st" is no postcode, and neither is what mixes large and small letters.
    let has_small = |word: &str| word.bytes().any(|letter| letter.is_ascii_lowercase());
    let is_small = has_small(area);
    let is_ordinal = ["st", "nd", "rd", "th", "am", "pm"].contains(&unit);
    (is_small == has_small(unit) && !is_ordinal).then_some(inward)
}

/// The fingerprint of a wording, `wording: b143df` or `[Question 3.2, wording b143df]`, or a colour, `#e79eb6`, which can look like a
/// postcode in small letters.
fn is_code(reading: &Reading<'_>, at: usize) -> bool {
    let sign = |back: usize| at.checked_sub(back).map_or("", |at| reading.sign(at));
    let quotes = |back: usize| usize::from(["\"", "'"].contains(&sign(back)));
    let colon = 1 + quotes(1);
    let key = colon + 1 + quotes(colon + 1);
    let is_wording = sign(colon) == ":"
        && reading.is_glued(at + 1)
        && at.checked_sub(key).is_some_and(|key| reading.word(key) == "wording");
    // In a form: the end of a heading, or a cell of a table.
    let end = reading.sign(at + 3);
    let is_cell = [",", ";"].contains(&end) && sign(2) == end && reading.is_glued(at - 1);
    let is_headed = (end == "]" || is_cell)
        && reading.is_glued(at + 3)
        && at.checked_sub(1).is_some_and(|key| reading.word(key) == "wording");
    let is_colour = sign(1) == "#" && reading.is_glued(at);
    let has_small = reading.word(at).bytes().all(|letter| letter.is_ascii_lowercase());
    has_small && (is_wording || is_headed || is_colour)
}

/// A number, one to three names, and a word for a street.
fn street(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let digits = reading.digits(at);
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let is_house = !digits.is_empty() && digits.len() <= 4 && !is_year && !digits.starts_with('0');
    let is_decimal = at > 0
        && reading.is_glued(at)
        && [".", ",", "-", "/", "£", "#", ":"].contains(&reading.sign(at - 1))
        && at > 1
        && (!reading.digits(at - 2).is_empty() || ["£", "#"].contains(&reading.sign(at - 1)));
    let is_headed = at > 0 && reading.follows(at) && reading.is_any(at - 1, &HEADS);
    if !is_house || !reading.begins(at) || is_decimal || is_headed {
        return None;
    }
    let is_lettered = reading.goes_on(at + 1) && reading.word(at + 1).len() == 1;
    let mut next = at + 1 + usize::from(is_lettered);
    if reading.sign(next) == "," {
        next += 1;
    }
    if !reading.follows(next) || reading.is_glued(next) || is_month(reading, next) {
        return None;
    }
    for nth in 0..4 {
        let name = next + nth;
        let is_one = reading.is_capitalised(name) && (nth == 0 || reading.gap(name) == Gap::Space);
        if !is_one {
            return None;
        }
        let is_ending = nth > 0 && is_street(reading, name);
        if is_ending {
            let before = reading.word(name - 1);
            let is_court = reading.is_any(name, &["court"]) && COURTS.contains(&before);
            return (!is_court).then_some(name);
        }
    }
    None
}

fn is_month(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.word(at).to_ascii_lowercase();
    MONTHS.iter().any(|month| *month == word || (word.len() == 3 && month.starts_with(&word)))
}

/// Words that mean much else besides a street count only at the end of a line or before a comma.
fn is_street(reading: &Reading<'_>, at: usize) -> bool {
    if reading.is_any(at, &STREETS) {
        return true;
    }
    let is_end = !reading.follows(at + 1) || [",", ".", ";", ")"].contains(&reading.sign(at + 1));
    reading.is_any(at, &LOOSE_STREETS) && is_end
}
