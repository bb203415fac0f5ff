//! Which lines of a text are worth reading closely.
//!
//! Nearly all files hold no personal data, and thousands are checked at a time, so nearly all text
//! must be passed over at little cost. Everything that a pattern could find lets its lines through;
//! much that no pattern finds does so too. A text with characters that could disguise something is
//! read as a whole.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use aho_corasick::packed;

use super::words::{AGES, BETWEEN, CHILDREN, KIN, LOOSE_STREETS, STREETS};

/// What has to be read closely.
pub(super) enum Sifted {
    /// The whole text: something in it may be a disguise.
    Whole,
    /// These parts, each of whole lines.
    Stretches(Vec<Range<usize>>),
}

/// How many lines before and after a suspicious one belong to what is read with it.
const LINES: usize = 2;

/// Sifts a text.
pub(super) fn sift(text: &str) -> Sifted {
    let mut hot = Vec::new();
    let bytes = text.as_bytes();
    if !look_at_signs(text, &mut hot) {
        return Sifted::Whole;
    }
    look_at_digits(bytes, &mut hot);
    look_at_words(bytes, &mut hot);
    hot.sort_unstable();
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for at in hot {
        if stretches.last().is_some_and(|last| at < last.end) {
            // It may stand in the last lines of that stretch, behind which more belongs to it.
            let end = line_end(bytes, at);
            let last = stretches.last_mut().expect("there is one");
            last.end = last.end.max(end);
            continue;
        }
        let next = line_start(bytes, at)..line_end(bytes, at);
        match stretches.last_mut() {
            Some(last) if next.start <= last.end => last.end = next.end,
            _ => stretches.push(next),
        }
    }
    Sifted::Stretches(stretches)
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    let mut lines = memchr::memrchr_iter(b'\n', &bytes[..at]);
    lines.nth(LINES).map_or(0, |newline| newline + 1)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let mut lines = memchr::memchr_iter(b'\n', &bytes[at..]);
    lines.nth(LINES).map_or(bytes.len(), |newline| at + newline)
}

/// Looks for signs that matter and for letters beyond ASCII, many bytes at a time. Gives false where
/// the text has to be read as a whole.
fn look_at_signs(text: &str, hot: &mut Vec<usize>) -> bool {
    const STRETCH: usize = 64;
    let bytes = text.as_bytes();
    for (number, stretch) in bytes.chunks(STRETCH).enumerate() {
        // Without branches, so that the processor looks at many bytes at once.
        let is_worth = |byte: u8| {
            (byte >= 0x80)
                | (byte == b'@')
                | (byte == b'\\')
                | (byte == b'&')
                | (byte == b'*')
                | (byte == b'`')
                | (byte == b'~')
        };
        let is_capital = |byte: u8| u8::from(byte.wrapping_sub(b'A') < 26);
        let is_hidden =
            |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\r') & (byte != b'\t');
        let worth =
            stretch.iter().fold(false, |any, byte| any | is_worth(*byte) | is_hidden(*byte));
        let capitals = stretch.iter().fold(0u8, |sum, byte| sum + is_capital(*byte));
        let offset = number * STRETCH;
        // Shouted text is read closely, so that words need be known in small letters only.
        if usize::from(capitals) * 2 >= stretch.len() {
            hot.push(offset);
        }
        if !worth {
            continue;
        }
        for (nth, byte) in stretch.iter().enumerate() {
            let at = offset + nth;
            let is_plain = match byte {
                b'@' => {
                    hot.push(at);
                    true
                }
                b'\\' => false,
                b'&' => !is_entity(&bytes[at..]),
                b'*' | b'`' | b'~' => !is_within_word(bytes, at),
                0xc0.. => text[at..].chars().next().is_none_or(is_undisguised),
                byte if is_hidden(*byte) => false,
                _ => true,
            };
            if !is_plain {
                return false;
            }
        }
    }
    true
}

/// Characters beyond ASCII that stand for nothing but themselves: letters of Western Europe and the
/// signs of good typesetting.
fn is_undisguised(letter: char) -> bool {
    match letter {
        '\u{c0}'..='\u{17f}' => !matches!(letter, 'Ĳ' | 'ĳ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'ı' | 'ſ'),
        '£' | '§' | '°' | '·' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '…' | '€' => {
            true
        }
        _ => false,
    }
}

fn is_entity(rest: &[u8]) -> bool {
    rest.iter().take(12).any(|byte| *byte == b';')
}

/// Whether a mark of emphasis stands within a word.
fn is_within_word(bytes: &[u8], at: usize) -> bool {
    let is_mark = |byte: &&u8| b"*`~_".contains(byte);
    let before = bytes[..at].iter().rev().find(|byte| !is_mark(byte));
    let after = bytes[at..].iter().find(|byte| !is_mark(byte));
    before.is_some_and(u8::is_ascii_alphanumeric) && after.is_some_and(u8::is_ascii_alphanumeric)
}

/// What may stand between the parts of one matter: spaces, line ends, the marks of lines and of
/// emphasis, signs, and the bytes of typographic dashes and quotation marks.
fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'*' | b'_' | b'`' | b'~' | b'#' | b'>' | b'-')
        || matches!(byte, b'.' | b'/' | b'(' | b')' | b':' | b'=' | b'"' | b'\'' | b',' | b'|')
        || matches!(byte, 0xe2 | 0x80 | 0x90..=0x9f)
}

/// The offset of what follows on a gap.
fn past_gap(bytes: &[u8], at: usize, most: usize) -> usize {
    let gap = bytes[at..].iter().take(most).take_while(|byte| is_gap(**byte)).count();
    at + gap
}

/// The offset at which a gap that ends here begins.
fn before_gap(bytes: &[u8], at: usize, most: usize) -> usize {
    let gap = bytes[..at].iter().rev().take(most).take_while(|byte| is_gap(**byte)).count();
    at - gap
}

/// A longer gap than this holds a line end with its indentation and marks.
const WIDE: usize = 40;

/// The word that ends at an offset.
fn word_before(bytes: &[u8], end: usize) -> &[u8] {
    let letters = bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    &bytes[end - letters..end]
}

/// The word that begins at an offset.
fn word_at(bytes: &[u8], start: usize) -> &[u8] {
    let letters = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    &bytes[start..start + letters]
}

fn is_one_of(word: &[u8], words: &[&str]) -> bool {
    !word.is_empty() && words.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(word))
}

/// Numbers that stand so close together that they may be one.
#[derive(Default)]
struct Cluster {
    start: usize,
    first: usize,
    end: usize,
    total: usize,
}

/// Looks at all digits.
fn look_at_digits(bytes: &[u8], hot: &mut Vec<usize>) {
    let mut cluster = Cluster::default();
    let mut from = 0;
    while let Some(start) = next_digit(bytes, from) {
        let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        from = end;
        let gap = &bytes[cluster.end..start];
        let is_near = cluster.end > 0 && gap.len() <= WIDE && gap.iter().all(|byte| is_gap(*byte));
        if is_near {
            cluster.total += end - start;
        } else {
            cluster = Cluster { start, first: end - start, end, total: end - start };
        }
        cluster.end = end;
        if is_suspicious(bytes, start..end, &cluster) {
            hot.push(start);
        }
    }
}

/// The next digit, eight bytes at a time.
fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    const EIGHT: usize = 8;
    let mut at = from;
    while let Some(word) = bytes.get(at..at + EIGHT) {
        let word = u64::from_ne_bytes(word.try_into().expect("there are eight bytes"));
        // Zero in each byte that is from 0x30 to 0x3f.
        let odd = (word & 0xf0f0_f0f0_f0f0_f0f0) ^ 0x3030_3030_3030_3030;
        let is_found = odd.wrapping_sub(0x0101_0101_0101_0101) & !odd & 0x8080_8080_8080_8080 != 0;
        if is_found && let Some(nth) = bytes[at..at + EIGHT].iter().position(u8::is_ascii_digit) {
            return Some(at + nth);
        }
        at += EIGHT;
    }
    let nth = bytes[at.min(bytes.len())..].iter().position(u8::is_ascii_digit)?;
    Some(at + nth)
}

fn is_suspicious(bytes: &[u8], digits: Range<usize>, cluster: &Cluster) -> bool {
    let length = digits.len();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    if cluster.total >= 10 {
        return true;
    }
    // Two letters and six digits.
    if cluster.total == 6 && (cluster.first == 6 || cluster.first == 2) {
        let end = before_gap(bytes, cluster.start, WIDE);
        if word_before(bytes, end).len() == 2 {
            return true;
        }
    }
    // Five digits behind a letter behind a digit.
    if length == 5 {
        let letter = before_gap(bytes, digits.start, WIDE);
        let is_letter = letter > 0 && byte(letter - 1).is_ascii_alphabetic();
        let before = before_gap(bytes, letter.saturating_sub(1), WIDE);
        if is_letter && before > 0 && byte(before - 1).is_ascii_digit() {
            return true;
        }
    }
    // A digit and two letters.
    let letters = word_at(bytes, digits.end);
    if letters.len() == 2
        && !byte(digits.end + 2).is_ascii_digit()
        && !["st", "nd", "rd", "th", "am", "pm"].iter().any(|own| own.as_bytes() == letters)
    {
        return true;
    }
    (length <= 2 && is_age(bytes, &digits)) || (length <= 4 && is_house(bytes, digits.end))
}

/// A number followed by "year-old" or the like, or behind "aged".
fn is_age(bytes: &[u8], digits: &Range<usize>) -> bool {
    const FAR: usize = 60;
    let next = past_gap(bytes, digits.end, WIDE);
    if matches!(bytes.get(next), Some(b'y' | b'Y' | b'm' | b'M' | b'w' | b'W' | b'd' | b'D')) {
        let unit = word_at(bytes, next);
        let is_unit = ["year", "years", "yr", "yrs", "y", "yo", "month", "week", "day"];
        if is_one_of(unit, &is_unit) {
            let after = past_gap(bytes, next + unit.len(), FAR);
            let is_old = bytes[after..].first().is_some_and(|byte| b"oO".contains(byte));
            return is_old || unit.eq_ignore_ascii_case(b"yo");
        }
    }
    let end = before_gap(bytes, digits.start, WIDE);
    is_one_of(word_before(bytes, end), &["age", "aged"])
}

/// A number followed by capitalised words of which one is a street.
fn is_house(bytes: &[u8], end: usize) -> bool {
    let is_lettered = word_at(bytes, end).len() == 1;
    let mut at = end + usize::from(is_lettered);
    for nth in 0..4 {
        let next = past_gap(bytes, at, WIDE);
        let word = word_at(bytes, next);
        let is_capitalised =
            bytes.get(next).is_some_and(|byte| byte.is_ascii_uppercase() || *byte >= 0xc3);
        if next == at || !is_capitalised {
            return false;
        }
        if nth > 0 && (is_one_of(word, &STREETS) || is_one_of(word, &LOOSE_STREETS)) {
            return true;
        }
        let is_part = |byte: &&u8| {
            byte.is_ascii_alphabetic()
                || (0xc3..0xe2).contains(*byte)
                || (0xa0..0xc0).contains(*byte)
        };
        at = next + bytes[next..].iter().take_while(is_part).count();
    }
    false
}

/// What a fragment of a word may be part of.
#[derive(Clone, Copy)]
enum Clue {
    /// A word for a relative.
    Kin,
    /// A word for a child.
    Child,
    /// "Aged".
    Aged,
    /// "Old".
    Old,
    /// A word for birth.
    Birth,
    /// Enough by itself.
    Enough,
}

/// Fragments without their first letter stand for both letter cases.
#[rustfmt::skip]
const FRAGMENTS: &[(&str, Clue)] = &[
    ("ther", Clue::Kin), ("ister", Clue::Kin), ("ghter", Clue::Kin), ("son", Clue::Kin),
    ("Son", Clue::Kin), ("mum", Clue::Kin), ("Mum", Clue::Kin), ("mam", Clue::Kin),
    ("Mam", Clue::Kin), ("dad", Clue::Kin), ("Dad", Clue::Kin), ("ncle", Clue::Kin),
    ("aunt", Clue::Kin), ("Aunt", Clue::Kin), ("ousin", Clue::Kin), ("niece", Clue::Kin),
    ("Niece", Clue::Kin), ("ephew", Clue::Kin), ("usband", Clue::Kin), ("wife", Clue::Kin),
    ("Wife", Clue::Kin), ("andma", Clue::Kin), ("ranny", Clue::Kin),
    ("hild", Clue::Child), ("irl", Clue::Child), ("boy", Clue::Child), ("Boy", Clue::Child),
    ("aby", Clue::Child), ("abies", Clue::Child), ("upil", Clue::Child), ("nfant", Clue::Child),
    ("oddler", Clue::Child), ("eenager", Clue::Child), ("tudent", Clue::Child),
    ("ibling", Clue::Child), ("twin", Clue::Child), ("Twin", Clue::Child), ("oung", Clue::Child),
    ("aged", Clue::Aged), ("Aged", Clue::Aged), ("AGED", Clue::Aged), ("old", Clue::Old),
    ("born", Clue::Birth), ("Born", Clue::Birth), ("BORN", Clue::Birth), ("irth", Clue::Birth),
    ("IRTH", Clue::Birth), ("dob", Clue::Birth), ("DOB", Clue::Birth), ("DoB", Clue::Birth),
    ("Dob", Clue::Birth), ("D.O.B", Clue::Birth), ("d.o.b", Clue::Birth),
    ("SON", Clue::Kin), ("THER", Clue::Kin), ("ISTER", Clue::Kin), ("GHTER", Clue::Kin),
    ("napchat", Clue::Enough), ("nstagram", Clue::Enough), ("nsta:", Clue::Enough),
    ("iktok", Clue::Enough), ("ikTok", Clue::Enough), ("acebook", Clue::Enough),
    ("witter", Clue::Enough), ("hatsapp", Clue::Enough), ("hatsApp", Clue::Enough),
    ("iscord", Clue::Enough), ("(at)", Clue::Enough), ("[at]", Clue::Enough),
];

/// The fragments, ready to be looked for; the second where the processor has not what the first needs.
enum Finder {
    Packed(packed::Searcher),
    Usual(AhoCorasick),
}

fn finder() -> &'static Finder {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    FINDER.get_or_init(|| {
        let fragments = || FRAGMENTS.iter().map(|(fragment, _)| *fragment);
        match packed::Searcher::new(fragments()) {
            Some(searcher) => Finder::Packed(searcher),
            None => Finder::Usual(AhoCorasick::new(fragments()).expect("the fragments are few")),
        }
    })
}

fn look_at_words(bytes: &[u8], hot: &mut Vec<usize>) {
    let mut look = |pattern: usize, start: usize, end: usize| {
        let clue = FRAGMENTS[pattern].1;
        let start = start - word_before(bytes, start).len();
        let end = end + word_at(bytes, end).len();
        if is_worth_reading(bytes, clue, start, end) {
            hot.push(start);
        }
    };
    match finder() {
        Finder::Packed(finder) => finder
            .find_iter(bytes)
            .for_each(|found| look(found.pattern().as_usize(), found.start(), found.end())),
        Finder::Usual(finder) => finder
            .find_iter(bytes)
            .for_each(|found| look(found.pattern().as_usize(), found.start(), found.end())),
    }
}

fn is_worth_reading(bytes: &[u8], clue: Clue, start: usize, end: usize) -> bool {
    match clue {
        Clue::Enough => true,
        Clue::Kin => is_named(bytes, start, end),
        Clue::Child => is_named(bytes, start, end) || is_counted(bytes, start),
        Clue::Aged => {
            let next = past_gap(bytes, end, WIDE);
            is_one_of(word_at(bytes, next), &AGES)
        }
        Clue::Old => {
            let unit = word_before(bytes, before_gap(bytes, start, WIDE));
            let from = before_gap(bytes, start, WIDE) - unit.len();
            let number = word_before(bytes, before_gap(bytes, from, WIDE));
            is_one_of(unit, &["year", "years", "yr", "yrs", "month", "week", "day"])
                && is_one_of(number, &AGES)
        }
        Clue::Birth => {
            const FAR: usize = 100;
            let near = &bytes[start.saturating_sub(FAR)..(end + FAR).min(bytes.len())];
            near.iter().any(u8::is_ascii_digit)
        }
    }
}

/// Whether a name may stand before or after a word for a relative or a child.
fn is_named(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_own = || {
        let word = &bytes[start..end];
        is_one_of(word, &KIN) || is_one_of(word, &CHILDREN)
    };
    let is_capital = |at: usize| {
        bytes.get(at).is_some_and(|byte| byte.is_ascii_uppercase() || (0xc3..=0xc5).contains(byte))
    };
    let next = past_gap(bytes, end, WIDE);
    let word = word_at(bytes, next);
    let after = match word {
        b"called" | b"named" => past_gap(bytes, next + word.len(), WIDE),
        _ => next,
    };
    if after > end && is_capital(after) && bytes[end] != b'.' {
        return is_own();
    }
    let before = before_gap(bytes, start, WIDE);
    let owner = word_before(bytes, before);
    let is_owned = match owner {
        // Jack's mother.
        b"s" => {
            let mark = before_gap(bytes, before - 1, 3);
            let name = word_before(bytes, mark);
            mark < before - 1
                && (is_capital(mark - name.len()) || (mark > 0 && bytes[mark - 1] >= 0x80))
        }
        // Jack, her son.
        b"his" | b"her" | b"their" | b"my" | b"His" | b"Her" | b"Their" | b"My" => {
            let from = before - owner.len();
            bytes[before_gap(bytes, from, WIDE)..from].contains(&b',')
        }
        // Jack (son).
        _ => bytes[before..start].contains(&b'(') && bytes.get(end) == Some(&b')'),
    };
    is_owned && is_own()
}

/// Whether a number from one to five stands before a word for a child, few words away.
fn is_counted(bytes: &[u8], start: usize) -> bool {
    let mut at = start;
    for _ in 0..5 {
        at = before_gap(bytes, at, WIDE);
        let word = word_before(bytes, at);
        if word.is_empty() {
            let is_digit = |at: usize| bytes[..at].last().is_some_and(u8::is_ascii_digit);
            let is_few = bytes[..at].last().is_some_and(|byte| (b'1'..=b'5').contains(byte));
            return is_few && !is_digit(at - 1);
        }
        if is_one_of(word, &AGES[..5]) {
            return true;
        }
        if !is_one_of(word, &BETWEEN) {
            return false;
        }
        at -= word.len();
    }
    false
}
