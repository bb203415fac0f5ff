//! One child with an exact age, and counts of one to five children.

use std::ops::Range;

use super::Pattern;
use super::reading::{Gap, Reading};
use super::words::{AGES, BETWEEN, PEOPLE, THINGS};

pub(super) fn find(reading: &Reading<'_>, add: &mut impl FnMut(Pattern, Range<usize>)) {
    for at in 0..reading.len() {
        if let Some(last) = years_old(reading, at).or_else(|| aged(reading, at)) {
            add(Pattern::ExactAge, reading.range(at, last));
        } else if let Some(last) = few_children(reading, at) {
            add(Pattern::SmallCount, reading.range(at, last));
        }
    }
}

/// Whether a number up to eighteen stands at an index, in digits or in words.
fn is_age(reading: &Reading<'_>, at: usize) -> bool {
    let digits = reading.digits(at);
    let in_digits =
        !digits.is_empty() && digits.len() <= 2 && digits.parse::<u32>().is_ok_and(|age| age <= 18);
    in_digits || reading.is_any(at, &AGES)
}

/// Whether what stands before an index makes a range or a limit of the age that follows.
fn is_limited(reading: &Reading<'_>, at: usize) -> bool {
    const LIMITS: [&str; 15] = [
        "to", "and", "or", "between", "under", "over", "than", "least", "from", "above", "below",
        "until", "up", "most", "by",
    ];
    at > 0
        && reading.follows(at)
        && (reading.is_any(at - 1, &LIMITS)
            || (["-", ".", "/", ">", "<"].contains(&reading.sign(at - 1)) && reading.is_glued(at)))
}

/// 7-year-old, 7 years old, 7yo, seven-year-old, 6-month-old baby.
fn years_old(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if !is_age(reading, at) || !reading.begins(at) || is_limited(reading, at) {
        return None;
    }
    if reading.is_any(at + 1, &["yo"]) && reading.is_glued(at + 1) {
        return Some(at + 1);
    }
    let dash = |at: usize| at + usize::from(reading.sign(at) == "-");
    let unit = dash(at + 1);
    let is_hyphenated = unit > at + 1;
    if !reading.follows(at + 1) || !reading.follows(unit) {
        return None;
    }
    let is_year = reading.is_any(unit, &["year", "years", "yr", "yrs", "y"]);
    let is_short = is_hyphenated && reading.is_any(unit, &["month", "week", "day"]);
    let mut old = dash(unit + 1);
    if reading.is_any(unit, &["y"]) && reading.sign(unit + 1) == "/" {
        old = unit + 2;
    }
    let is_old = reading.is_any(old, &["old", "o"]) && reading.follows(old);
    if !(is_year || is_short) || !is_old {
        return None;
    }
    let next = reading.word(old + 1);
    let is_thing = reading.follows(old + 1) && reading.is_any(old + 1, &THINGS);
    let is_group = reading.follows(old + 1)
        && reading.is_any(old + 1, &["children", "girls", "boys", "pupils", "students", "people"]);
    if is_thing || is_group || reading.sign(old + 1) == "-" {
        return None;
    }
    // Plans and policies are so many years old too, but nobody hyphenates that.
    let is_person = |at: usize| reading.is_any(at, &PEOPLE);
    let begin = at.saturating_sub(6);
    let is_of_person = (begin..at).any(is_person) || is_person(old + 1) || next == "boy";
    ((is_hyphenated && !is_short) || is_of_person).then_some(old)
}

/// Aged 7, age: 7, aged seven.
fn aged(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let is_aged = reading.is_any(at, &["aged"]);
    if (!is_aged && !reading.is_any(at, &["age"])) || !reading.begins(at) {
        return None;
    }
    let number = at + 1 + usize::from([":", "=", "-"].contains(&reading.sign(at + 1)));
    let is_number = match is_aged {
        true => is_age(reading, number),
        false => is_age(reading, number) && !reading.digits(number).is_empty(),
    };
    if !is_number || !reading.follows(number) || !reading.follows(at + 1) {
        return None;
    }
    // A limit, a range, a decimal, or a group.
    const LIMITS: [&str; 8] = ["to", "and", "or", "plus", "upwards", "over", "under", "onwards"];
    let next = number + 1 + usize::from(reading.is_any(number + 1, &["years", "months", "weeks"]));
    let is_open = reading.follows(next)
        && (reading.is_any(next, &LIMITS)
            || reading.sign(next) == "+"
            || (["-", "/", "."].contains(&reading.sign(next))
                && !reading.digits(next + 1).is_empty()));
    if is_open || reading.goes_on(number + 1) {
        return None;
    }
    const GROUPS: [&str; 16] = [
        "children",
        "girls",
        "boys",
        "pupils",
        "students",
        "people",
        "those",
        "everyone",
        "anyone",
        "all",
        "babies",
        "adults",
        "leavers",
        "siblings",
        "residents",
        "teenagers",
    ];
    let before = at.checked_sub(1).filter(|_| reading.follows(at));
    if before.is_some_and(|before| reading.is_any(before, &GROUPS)) {
        return None;
    }
    // "At age 16" states a rule; "Age: 7" and "(age 7)" state a fact.
    let is_fact = before
        .is_none_or(|before| !reading.sign(before).is_empty() || reading.is_any(before, &PEOPLE));
    (is_aged || is_fact).then_some(number)
}

/// Two children, 3 young people, five siblings.
fn few_children(reading: &Reading<'_>, at: usize) -> Option<usize> {
    const WORDS: [&str; 5] = ["one", "two", "three", "four", "five"];
    let digits = reading.digits(at);
    let is_few = reading.is_any(at, &WORDS) || ["1", "2", "3", "4", "5"].contains(&digits);
    if !is_few || !reading.begins(at) || is_part(reading, at) {
        return None;
    }
    let last = children(reading, at)?;
    let next = last + 1;
    // "Children's homes", "2 in 5 children", "one child in ten".
    let is_possessive = reading.is_glued(next) && reading.sign(next) == "'";
    let is_ratio = reading.follows(next)
        && (reading.is_any(next, &["per"])
            || (reading.is_any(next, &["in"])
                && (!reading.digits(next + 1).is_empty()
                    || reading.is_any(next + 1, &AGES)
                    || reading.is_any(next + 1, &["every"])))
            || (reading.is_any(next, &["out"]) && reading.is_any(next + 1, &["of"])));
    let is_idiom = reading.is_any(at, &["one"])
        && (reading.is_any(next, &["at"]) || reading.sign(next) == "-");
    // "One child safeguarding review", "two child protection conferences".
    const COMPOUNDS: [&str; 13] = [
        "protection",
        "safeguarding",
        "death",
        "sexual",
        "criminal",
        "and",
        "development",
        "care",
        "level",
        "health",
        "services",
        "centred",
        "focused",
    ];
    let is_compound = reading.is_any(last, &["child", "pupil"])
        && reading.gap(next) == Gap::Space
        && reading.is_any(next, &COMPOUNDS);
    (!is_possessive && !is_ratio && !is_idiom && !is_compound).then_some(last)
}

/// Whether a number belongs to what stands before it, or is only said.
fn is_part(reading: &Reading<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| reading.follows(at)) else { return false };
    const HEADS: [&str; 28] = [
        "step",
        "question",
        "phase",
        "section",
        "table",
        "figure",
        "part",
        "chapter",
        "priority",
        "year",
        "stage",
        "tier",
        "level",
        "band",
        "quarter",
        "under",
        "over",
        "age",
        "aged",
        "least",
        "every",
        "any",
        "no",
        "than",
        "group",
        "theme",
        "objective",
        "recommendation",
    ];
    let is_decimal =
        reading.is_glued(at) && [".", ",", "-", "/", "£", "%", "'"].contains(&reading.sign(before));
    let is_of_ratio = reading.is_any(before, &["in"])
        && before > 0
        && (!reading.digits(before - 1).is_empty() || reading.is_any(before - 1, &AGES));
    let is_out_of =
        reading.is_any(before, &["of"]) && before > 0 && reading.is_any(before - 1, &["out"]);
    is_decimal || is_out_of || is_of_ratio || reading.is_any(before, &HEADS)
}

/// The last token of the word for children that follows a number, with what may stand between.
fn children(reading: &Reading<'_>, at: usize) -> Option<usize> {
    const NOUNS: [&str; 17] = [
        "child", "children", "girl", "girls", "boy", "boys", "baby", "babies", "infant", "infants",
        "pupil", "pupils", "sibling", "siblings", "toddler", "toddlers", "teenager",
    ];
    const MORE: [&str; 4] = ["teenagers", "youngsters", "students", "student"];
    for next in at + 1..at + 5 {
        if reading.gap(next) != Gap::Space && !(reading.is_glued(next) && next > at + 1) {
            return None;
        }
        if reading.is_any(next, &NOUNS) || reading.is_any(next, &MORE) {
            return Some(next);
        }
        let is_young = reading.is_any(next, &["young"]);
        if is_young && reading.is_any(next + 1, &["people", "person", "persons"]) {
            return reading.follows(next + 1).then_some(next + 1);
        }
        let is_hyphen = reading.sign(next) == "-" && next > at + 1;
        if !is_hyphen && !reading.is_any(next, &BETWEEN) {
            return None;
        }
    }
    None
}
