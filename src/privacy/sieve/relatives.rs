//! Words with a capital that may be names beside a word for a relative or a child.

use super::walk::{before_gap, is_one_of, past_gap, word_at, word_before, word_end};
use crate::privacy::known::Known;
use crate::privacy::words;

static CHILDREN: Known<10> = Known::of(words::CHILDREN);
static KIN: Known<36> = Known::of(words::KIN);

/// What may stand between such a word and a name.
const NAMING: [&str; 2] = ["called", "named"];

/// With which two letters all these words end: for each letter those behind it, a bit for each. Other signs
/// share the bits of letters.
static ENDS: [u32; 32] = {
    let mut ends = [0; 32];
    add_ends(&words::KIN, &mut ends);
    add_ends(&words::CHILDREN, &mut ends);
    add_ends(&NAMING, &mut ends);
    ends
};

const fn add_ends(words: &[&str], ends: &mut [u32; 32]) {
    let mut at = 0;
    while at < words.len() {
        if let [.., before, last] = *words[at].as_bytes() {
            ends[(before & 0x1f) as usize] |= 1 << (last & 0x1f);
        }
        at += 1;
    }
}

/// Whether a word that ends with two letters may be one for a relative or a child, or names one.
fn ends_like_own(before: u8, last: u8) -> bool {
    ENDS[usize::from(before & 0x1f)] & 1 << (last & 0x1f) != 0
}

/// Whether a word for a relative or a child stands before a word.
fn follows_own(bytes: &[u8], at: usize) -> bool {
    let gap = before_gap(bytes, at);
    if !matches!(bytes[..gap], [.., before, last] if ends_like_own(before, last)) {
        return false;
    }
    let mut word = word_before(bytes, gap);
    if NAMING.iter().any(|naming| naming.as_bytes() == word) {
        word = word_before(bytes, before_gap(bytes, gap - word.len()));
    }
    gap < at && bytes[gap] != b'.' && is_own(word)
}

fn is_own(word: &[u8]) -> bool {
    let [_, .., before, last] = *word else { return false };
    ends_like_own(before, last) && (KIN.has(word) || CHILDREN.has(word))
}

/// Whether a word with a capital may be a name beside a word for a relative or a child.
pub(super) fn may_be_named(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    // Behind a letter, no word begins.
    let is_within = match bytes[..at].last() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        _ => text[..at].ends_with(char::is_alphabetic),
    };
    if is_within {
        return false;
    }
    // Her son Jack. Most often a sentence begins, or the word before is an ordinary one.
    let is_ordinary = match bytes[..at] {
        [.., first, second, b' '] if second.is_ascii_lowercase() => !ends_like_own(first, second),
        [.., b'.', b' '] => true,
        // A value begins, or a block of prose.
        [.., first, second, b':', b' '] => {
            (second.is_ascii_alphanumeric() && !ends_like_own(first, second)) || second == b'"'
        }
        _ => false,
    };
    if !is_ordinary && follows_own(bytes, at) {
        return true;
    }
    // Jack's mother; Jack, her son; Jack (son).
    let end = word_end(bytes, at);
    // Most often the sentence just goes on.
    let is_on = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_alphanumeric);
    if bytes.get(end) == Some(&b' ') && is_on(end + 1) {
        return false;
    }
    let next = past_gap(bytes, end);
    if next == end {
        return false;
    }
    let word = word_at(bytes, next);
    let is_owner = word == b"s" || is_one_of(word, &["his", "her", "their", "my"]);
    match is_owner {
        true => {
            let after = past_gap(bytes, next + word.len());
            is_own(word_at(bytes, after))
        }
        false => bytes[end..next].contains(&b'(') && is_own(word),
    }
}
