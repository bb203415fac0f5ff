//! What holds for any text: hidden characters, a safe form for the screen, the nearest word.
//!
//! Knows nothing of files, findings or assessments.

mod fragments;
mod signs;

use std::borrow::Cow;
use std::cell::Cell;

pub(crate) use fragments::{Found, Fragments};
pub(crate) use signs::Signs;

/// Characters that a reader cannot see or that turn the direction of the text, and that therefore
/// make a file say something else than it seems to: controls other than tab and line ends, the
/// zero-width and direction marks of Unicode, interlinear anchors and tag characters.
pub(crate) fn is_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// The text as it may be shown: without hidden characters, so that it can neither steer a terminal
/// nor reorder what stands around it. Line ends and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    // Nearly every text that is shown is plain, which its bytes tell faster than its characters.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    match !is_plain && text.chars().any(is_hidden) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.chars().filter(|&character| !is_hidden(character)).collect()),
    }
}

/// A text without the white space around it, of which nearly all that are looked up have none.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// A text as it stands in XML, in an attribute too. What is no character, which no XML may hold, is left
/// out; control characters are the caller's.
pub(crate) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Whether two short texts are the same, for where one is looked for among many. Keys and ids that are
/// as long as each other differ most often at their end, which is looked at first.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().last() == other.as_bytes().last() && one == other
}

/// The text on one line, runs of white space folded into one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text for a message: on one line, hidden characters gone, shortened to about 40 characters.
pub(crate) fn quoted(text: &str) -> String {
    let line = one_line(&visible(text));
    let mut short: String = line.chars().take(40).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    format!("\"{short}\"")
}

/// Words longer than this are never compared: nobody mistypes a word of 64 letters by one.
const LONGEST_WORD: usize = 64;

/// How many letters are held against letters in search of what was meant. That is enough to hold each of
/// 400 misspelt ids against 400 right ones; a file with more has not been misspelt, and its findings say
/// what is wrong without a suggestion.
const MOST_COMPARED: usize = 8_000_000;

/// What is left of the search for what was meant, where many words are held against many: without a
/// limit, it would take a time that grows with both.
#[derive(Debug)]
pub(crate) struct Patience(Cell<usize>);

impl Default for Patience {
    fn default() -> Self {
        Patience(Cell::new(MOST_COMPARED))
    }
}

impl Patience {
    /// Takes what a comparison costs; says whether there was enough left.
    fn spend(&self, cost: usize) -> bool {
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// The candidate that was most likely meant by a misspelt word, as long as patience lasts.
    pub(crate) fn nearest<'c>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        nearest_within(self, word, candidates)
    }
}

/// The candidate that was most likely meant by a misspelt word, or none. Of many words, each is looked for
/// with the same `Patience`.
///
/// Letter case is ignored. A candidate counts when at most a third of its letters (one at least)
/// differ, and when no other is as near: a tie is no suggestion, because it would be a guess.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    nearest_within(&Patience::default(), word, candidates)
}

fn nearest_within<'c>(
    patience: &Patience,
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if word.len() > LONGEST_WORD || patience.0.get() == 0 {
        return None;
    }
    let word = word.to_lowercase();
    let letters = word.chars().count();
    let mut best: Option<(&str, usize)> = None;
    let mut tied = false;
    for candidate in candidates {
        if !patience.spend(1) {
            return None;
        }
        if candidate.len() > LONGEST_WORD || best.is_some_and(|(best, _)| best == candidate) {
            continue;
        }
        let allowed = (candidate.chars().count().max(letters) / 3).max(1);
        let lower = lowercase(candidate);
        let lower_letters = lower.chars().count();
        // They differ by what one of them is longer, at least.
        if lower_letters.abs_diff(letters) > allowed {
            continue;
        }
        if !patience.spend(lower_letters * letters) {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&word, &lower);
        if distance > allowed || distance >= candidate.chars().count() {
            continue;
        }
        match best {
            Some((_, least)) if distance > least => {}
            Some((_, least)) if distance == least => tied = true,
            _ => (best, tied) = (Some((candidate, distance)), false),
        }
    }
    best.filter(|_| !tied).map(|(candidate, _)| candidate)
}

fn lowercase(text: &str) -> Cow<'_, str> {
    match text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}

/// The candidate that was most likely meant, be it misspelt or cut short: "parents" for
/// "parents-and-carers", "six-steps" for "six-steps-2019".
pub(crate) fn nearest_or_longer<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    const SHORTEST: usize = 4;
    let lower = word.to_lowercase();
    let mut longer =
        candidates.iter().filter(|known| lower.len() >= SHORTEST && known.starts_with(&lower));
    nearest(word, candidates.iter().copied())
        .or_else(|| longer.next().copied().filter(|_| longer.next().is_none()))
}

/// Whether a text is an id and cannot be anything else: no name, no date, no telephone number. Only
/// such ids are told to machines when nobody else vouches for them: up to three letters and up to four
/// figures, such as A-07 or 1.10.
pub(crate) fn is_plain_id(text: &str) -> bool {
    const MOST_LETTERS: usize = 3;
    const MOST_FIGURES: usize = 4;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text.len() - rest.len();
    let rest = rest.strip_prefix(['-', '_', '.']).filter(|_| letters > 0).unwrap_or(rest);
    let (whole, part) = rest.split_once('.').unwrap_or((rest, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    letters <= MOST_LETTERS
        && is_number(whole)
        && is_number(part)
        && rest.bytes().filter(u8::is_ascii_digit).count() <= MOST_FIGURES
}

/// A count with its noun: "1 action", "3 actions".
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// How many times: "once", "twice", "3 times".
pub(crate) fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{number} times"),
    }
}

/// Each text once, in the order in which it comes first.
pub(crate) fn once_each(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut each: Vec<String> = Vec::new();
    for text in texts {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    each
}

/// Words in a row, the last joined with `last`: "a, b or c".
pub(crate) fn join_words<W: AsRef<str>>(words: &[W], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// How long a list of words may be in a message. The ids of every checklist that comes with the program
/// fit; a longer list is not read, and would be printed with each of thousands of findings.
const LONGEST_LIST: usize = 400;

/// The words from which one is to be chosen: "a, b or c", and of very many "a, b or one of 300 more".
pub(crate) fn one_of<W: AsRef<str>>(words: &[W]) -> String {
    let mut length = 0;
    let fits = |word: &&W| {
        length += word.as_ref().len() + 2;
        length <= LONGEST_LIST
    };
    let named = words.iter().take_while(fits).count();
    match (&words[..named], words.len() - named) {
        (all, 0) => join_words(all, "or"),
        ([], 1) => words[0].as_ref().chars().take(LONGEST_LIST).chain(['…']).collect(),
        ([], more) => format!("one of {more} long words"),
        (first, more) => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or one of {more} more", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_one_near_word() {
        let check = |word: &str, expected: Option<&str>| {
            let found = nearest(word, ["green", "amber", "red", "not-applicable", "too-early"]);
            assert_eq!(found, expected, "{word}");
        };
        check("gren", Some("green"));
        check("Green", Some("green"));
        check("anber", Some("amber"));
        check("re", Some("red"));
        check("n/a", None);
        check("not applicable", Some("not-applicable"));
        check("blue", None);
        assert_eq!(nearest("1.5", ["1.4", "1.6"]), None, "a tie is no suggestion");
    }

    #[test]
    fn many_words_are_held_against_many_for_so_long_only() {
        let known: Vec<String> = (0..20_000).map(|number| format!("EX-{number}")).collect();
        let patience = Patience::default();
        assert_eq!(patience.nearest("EX-1l", ["EX-11", "evidence"]), Some("EX-11"));
        for number in 0..20_000 {
            patience.nearest(&format!("E-{number}"), known.iter().map(String::as_str));
        }
        assert_eq!(patience.nearest("EX-1l", ["EX-11", "evidence"]), None, "it is at an end");
        assert_eq!(nearest("EX-1l", ["EX-11", "evidence"]), Some("EX-11"));
    }

    #[test]
    fn several_hundred_misspelt_ids_have_their_suggestions() {
        let known: Vec<String> = (100..500).map(|number| format!("E-{number}")).collect();
        let patience = Patience::default();
        for id in &known {
            let meant = patience.nearest(&format!("{id}x"), known.iter().map(String::as_str));
            assert_eq!(meant, Some(id.as_str()));
        }
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(one_of(&["a", "b", "c"]), "a, b or c");
        let many: Vec<String> = (100..400).map(|number| format!("1.{number}")).collect();
        let list = one_of(&many);
        assert!(list.starts_with("1.100, 1.101, "), "{list}");
        assert!(list.ends_with(" or one of 243 more"), "{list}");
        let long = "x".repeat(100_000);
        assert_eq!(one_of(&[&long]).chars().count(), LONGEST_LIST + 1);
        assert_eq!(one_of(&[&long, &long]), "one of 2 long words");
    }

    #[test]
    fn tells_ids_from_names_and_numbers() {
        let check = |text: &str, expected: bool| assert_eq!(is_plain_id(text), expected, "{text}");
        check("1.1", true);
        check("A-07", true);
        check("EV12", true);
        check("2026-A.7", false);
        check("12.3.12", false);
        check("Smith-07", false);
        check("1.", false);
        check("Jack", false);
        check("Jack said 1", false);
        check("2014-05-03", false);
        check("9990000018", false);
        check("", false);
    }

    #[test]
    fn shows_no_hidden_character() {
        assert_eq!(visible("a\u{202e}b\u{1b}[31mc\u{200b}\td"), "ab[31mc\td");
        assert_eq!(quoted("two\n  lines"), "\"two lines\"");
    }
}
