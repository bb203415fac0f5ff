//! How somebody can be reached: telephone, e-mail, social media.

use std::ops::Range;

use super::Pattern;
use super::reading::Reading;
use super::words::{AT_WORDS, PLATFORMS, ROLES};

pub(super) fn find(reading: &Reading<'_>, add: &mut impl FnMut(Pattern, Range<usize>)) {
    let mut free = 0;
    for at in 0..reading.len() {
        if at >= free
            && let Some((first, last)) = telephone(reading, at)
        {
            add(Pattern::Telephone, reading.range(first, last));
            free = last + 1;
        }
        if let Some(sign) = at_sign(reading, at) {
            match email(reading, sign.clone()) {
                Some((first, last, Owner::Person)) => {
                    add(Pattern::Email, reading.range(first, last));
                }
                Some((_, _, Owner::Role)) => {}
                None => {
                    if let Some(last) = handle(reading, at) {
                        add(Pattern::Handle, reading.range(at, last));
                    }
                }
            }
        }
        if let Some((first, last)) = named_handle(reading, at) {
            add(Pattern::Handle, reading.range(first, last));
        }
    }
}

/// A number in the United Kingdom by which a person or a household may be reached. Numbers of
/// services (03, 08, 09, 111) are nobody's.
fn telephone(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    let is_digits = |at: usize| !reading.digits(at).is_empty();
    let is_abroad = reading.sign(at) == "+" && is_digits(at + 1) && reading.is_glued(at + 1);
    let first = if is_abroad { at + 1 } else { at };
    let is_start = is_abroad || reading.digits(at).starts_with('0');
    if !is_start || !is_digits(first) || !reading.begins(at) || is_inside(reading, at) {
        return None;
    }
    // A day or a month is no area code.
    let is_code = reading.digits(first).len() > 2 || is_abroad;
    if !is_code {
        return None;
    }
    let mut written = String::new();
    let mut found = None;
    for group in reading.groups(first, "-.()") {
        written.push_str(reading.digits(group));
        if written.len() > 16 {
            break;
        }
        let is_whole = !reading.goes_on(group + 1);
        if is_whole && national(&written, is_abroad).is_some_and(|number| is_personal(&number)) {
            found = Some(group);
        }
    }
    let begin =
        if at > 0 && reading.sign(at - 1) == "(" && reading.is_glued(at) { at - 1 } else { at };
    found.map(|last| (begin, last))
}

/// Whether a number follows directly on something of which it is a part.
fn is_inside(reading: &Reading<'_>, at: usize) -> bool {
    let sign = at.checked_sub(1).map(|before| reading.sign(before)).unwrap_or_default();
    reading.is_glued(at)
        && [".", "-", "/", "£", "#", "_"].contains(&sign)
        && !reading.begins(at - 1)
        || (reading.is_glued(at) && ["£", "#", "."].contains(&sign))
}

/// A number as it is dialled within the country.
fn national(written: &str, is_abroad: bool) -> Option<String> {
    let rest = match is_abroad {
        true => written.strip_prefix("44")?,
        false => match written.strip_prefix("0044") {
            Some(rest) => rest,
            None => written.strip_prefix('0')?,
        },
    };
    Some(format!("0{}", rest.strip_prefix('0').unwrap_or(rest)))
}

fn is_personal(number: &str) -> bool {
    let mut digits = number.bytes().skip(1);
    match (digits.next(), digits.next(), number.len()) {
        (Some(b'7'), Some(second), 11) => second != b'6',
        (Some(b'1'), Some(b'1'..=b'9'), 10 | 11) => true,
        (Some(b'2'), Some(b'0' | b'3' | b'4' | b'8' | b'9'), 11) => true,
        _ => false,
    }
}

/// Whose address it is.
enum Owner {
    Person,
    Role,
}

/// The tokens of an "at", written as a sign or as a word in brackets.
fn at_sign(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    if reading.sign(at) == "@" {
        return Some(at..at + 1);
    }
    let is_opened = ["(", "[", "{"].contains(&reading.sign(at)) && reading.follows(at);
    let is_closed = [")", "]", "}"].contains(&reading.sign(at + 2));
    (is_opened && is_closed && reading.is_any(at + 1, &["at"])).then_some(at..at + 3)
}

/// An e-mail address around an "at".
fn email(reading: &Reading<'_>, sign: Range<usize>) -> Option<(usize, usize, Owner)> {
    let is_spelt = sign.len() > 1;
    let joins = |at: usize| reading.is_glued(at) || (is_spelt && reading.follows(at));
    let mut first = sign.start;
    while first > 0 && joins(first) && (first == sign.start || reading.is_glued(first)) {
        let before = first - 1;
        let is_part = reading.sign(before).is_empty()
            || [".", "_", "-", "+", "'"].contains(&reading.sign(before));
        if !is_part {
            break;
        }
        first = before;
    }
    while first < sign.start && !reading.sign(first).is_empty() {
        first += 1;
    }
    let mut last = sign.end;
    let mut dots = 0;
    if first == sign.start || !reading.sign(last).is_empty() || !joins(last) {
        return None;
    }
    loop {
        let (dot, width) = match reading.sign(last + 1) {
            "(" | "[" if is_spelt && reading.is_any(last + 2, &["dot"]) => (last + 1, 3),
            "." | "-" if reading.is_glued(last + 1) => (last + 1, 1),
            _ if reading.goes_on(last + 1) => (last + 1, 0),
            _ if is_spelt && reading.is_any(last + 1, &["dot"]) => (last + 1, 1),
            _ => break,
        };
        let next = dot + width;
        let is_dot = width > 0 && reading.sign(dot) != "-";
        let is_next = !reading.sign(next).is_empty() || next >= reading.len();
        if is_next || !(reading.is_glued(next) || (is_spelt && is_dot && reading.follows(next))) {
            break;
        }
        dots += usize::from(is_dot);
        last = next;
    }
    if dots == 0 || reading.word(last).len() < 2 {
        return None;
    }
    let domain = reading.word(sign.end).to_lowercase();
    let owner = owner(reading, first, sign.start, &domain);
    Some((first, last, owner))
}

/// An address is that of a role where each of its words is one for a role or a body, or where one
/// word holds such a word: safeguarding, front-door, northmoormash. Its owner may be the body itself.
fn owner(reading: &Reading<'_>, first: usize, end: usize, domain: &str) -> Owner {
    let words = (first..end).map(|at| reading.word(at).to_lowercase());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let is_role = |word: &String| ROLES.contains(&word.as_str()) || word == domain;
    let holds = |word: &String| {
        ROLES.iter().any(|role| role.len() >= 4 && (word.starts_with(role) || word.ends_with(role)))
    };
    let is_one = words.len() == 1 && holds(&words[0]);
    match !words.is_empty() && (words.iter().all(is_role) || is_one) {
        true => Owner::Role,
        false => Owner::Person,
    }
}

/// A name behind an "at" sign.
fn handle(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let is_free = at == 0
        || !reading.is_glued(at)
        || ["(", "\"", "'", ":", "/", "[", ",", "=", "<", ">"].contains(&reading.sign(at - 1));
    if reading.sign(at) != "@" || !is_free || !reading.is_glued(at + 1) {
        return None;
    }
    if AT_WORDS.contains(&reading.word(at + 1).to_ascii_lowercase().as_str()) {
        return None;
    }
    let last = name(reading, at + 1)?;
    // "@police" says who is to act.
    let is_role =
        last == at + 1 && ROLES.contains(&reading.word(last).to_ascii_lowercase().as_str());
    if is_role {
        return None;
    }
    // Short words behind the sign are more often something else.
    (last > at + 1 || reading.word(last).len() > 3).then_some(last)
}

/// The last token of a name in social media: letters, digits, underscores and inner full stops.
fn name(reading: &Reading<'_>, first: usize) -> Option<usize> {
    let is_part = |at: usize| {
        !reading.word(at).is_empty() || !reading.digits(at).is_empty() || reading.sign(at) == "_"
    };
    if !is_part(first) {
        return None;
    }
    let mut last = first;
    loop {
        let next = last + 1;
        if reading.is_glued(next) && is_part(next) {
            last = next;
        } else if reading.is_glued(next)
            && reading.sign(next) == "."
            && reading.is_glued(next + 1)
            && is_part(next + 1)
        {
            last = next + 1;
        } else {
            break;
        }
    }
    let holds_letter = (first..=last).any(|at| !reading.word(at).is_empty());
    holds_letter.then_some(last)
}

/// A name behind that of a platform: "Snapchat: jack_s12", "instagram.com/jack.s".
fn named_handle(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    if !reading.is_any(at, &PLATFORMS) {
        return None;
    }
    if reading.sign(at + 1) == "."
        && reading.is_any(at + 2, &["com"])
        && reading.sign(at + 3) == "/"
    {
        let first = at + 4 + usize::from(reading.sign(at + 4) == "@");
        let last = name(reading, first).filter(|_| reading.is_glued(first))?;
        return Some((first, last));
    }
    const BETWEEN: [&str; 10] =
        ["name", "names", "username", "user", "handle", "account", "profile", "id", "is", "as"];
    let mut next = at + 1;
    while reading.follows(next)
        && (reading.is_any(next, &BETWEEN)
            || [":", "=", "(", "\"", "'"].contains(&reading.sign(next)))
        && next < at + 5
    {
        next += 1;
    }
    // A name in social media, unlike the next word of a sentence, has a digit or a sign in it.
    if reading.word(next).is_empty() || !reading.follows(next) {
        return None;
    }
    name(reading, next).filter(|last| *last > next).map(|last| (next, last))
}
