//! Which lines of a text are worth reading closely.
//!
//! Nearly all files hold no personal data, and thousands are checked at a time, so nearly all text
//! must be passed over at little cost. Everything that a pattern could find lets its lines through;
//! much that no pattern finds does so too. A text with characters that could disguise something is
//! read as a whole.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use aho_corasick::packed;
use memchr::memmem;

use super::known::Known;
use super::words;
use crate::text::stretches_with;

/// What has to be read closely.
pub(super) enum Sifted {
    /// The whole text: something in it may be a disguise.
    Whole,
    /// These parts, each of whole lines.
    Stretches(Vec<Range<usize>>),
}

/// The words that are looked for behind and before others.
static AGES: Known<18> = Known::of(words::AGES);
static FEW: Known<5> = Known::of(["one", "two", "three", "four", "five"]);
static BETWEEN: Known<23> = Known::of(words::BETWEEN);
static CHILDREN: Known<10> = Known::of(words::CHILDREN);
static KIN: Known<36> = Known::of(words::KIN);
static PLATFORMS: Known<8> = Known::of(words::PLATFORMS);
static STREETS: Known<21> = Known::of(words::STREETS);
static LOOSE_STREETS: Known<15> = Known::of(words::LOOSE_STREETS);

/// How many lines before and after a suspicious one belong to what is read with it.
const LINES: usize = 2;

/// Sifts a text.
pub(super) fn sift(text: &str) -> Sifted {
    let mut hot = Vec::new();
    let bytes = text.as_bytes();
    if !look_at_bytes(text, &mut hot) {
        return Sifted::Whole;
    }
    look_at_words(bytes, &mut hot);
    hot.sort_unstable();
    let mut stretches: Vec<Range<usize>> = Vec::new();
    // The end of the line that was looked at last: what else stands in it lets the same lines through.
    let mut looked = 0;
    for at in hot {
        if at < looked {
            continue;
        }
        looked = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline);
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

/// Looks at everything but words. Gives false where the text has to be read as a whole.
fn look_at_bytes(text: &str, hot: &mut Vec<usize>) -> bool {
    const EIGHT: usize = 8;
    let bytes = text.as_bytes();
    if !look_at_rare_signs(text, hot) {
        return false;
    }
    let mut looker = Looker { text, cluster: Cluster::default(), resume: 0, hot };
    let mut chunks = bytes.chunks_exact(EIGHT);
    let mut offset = 0;
    for chunk in &mut chunks {
        let mut met = notable(u64::from_le_bytes(chunk.try_into().expect("it is eight bytes")));
        while met != 0 {
            let at = offset + met.trailing_zeros() as usize / EIGHT;
            met &= met - 1;
            // A colon stands between the digits and the capitals, behind every key, and tells nothing.
            if at >= looker.resume && bytes[at] != b':' && !looker.look(at) {
                return false;
            }
        }
        offset += EIGHT;
    }
    (offset..bytes.len()).all(|at| at < looker.resume || looker.look(at))
}

/// The bytes of eight that are from 0x30 to 0x5f, where digits and capitals are, or beyond ASCII: the
/// highest bit of each is set.
fn notable(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // No byte without its highest bit is carried into the next by what is added here.
    let low = eight & !HIGH;
    let from_0x30 = low + (0x80 - 0x30) * EACH;
    let from_0x60 = low + (0x80 - 0x60) * EACH;
    (from_0x30 & !from_0x60 | eight) & HIGH
}

/// Looks for signs that are rare in these texts. Gives false where one may be a disguise.
fn look_at_rare_signs(text: &str, hot: &mut Vec<usize>) -> bool {
    // Tabs and carriage returns are as rare. Two signs that differ in one bit are told at once: ( and *, and
    // ~ and the control character behind it.
    let is_met = |byte: u8| {
        ((byte < b' ') & (byte != b'\n'))
            | ((byte & 0xfd) == 0x28)
            | ((byte | 1) == 0x7f)
            | (byte == b'&')
            | (byte == b'`')
    };
    let bytes = text.as_bytes();
    let mut places = stretches_with(bytes, is_met).flatten().filter(|at| is_met(bytes[*at]));
    // The end of the marks that were looked at together.
    let mut looked = 0;
    places.all(|at| match bytes[at] {
        b'\t' | b'\r' => true,
        b'*' | b'`' | b'~' if at < looked => true,
        b'*' | b'`' | b'~' => {
            looked = past(bytes, at, is_mark);
            !is_within_word(bytes, at..looked)
        }
        _ => look_at_sign(text, at, hot),
    })
}

/// What is known while the bytes of a text are looked at in turn.
struct Looker<'t> {
    text: &'t str,
    cluster: Cluster,
    /// Where to go on: what stands before has been looked at.
    resume: usize,
    hot: &'t mut Vec<usize>,
}

impl Looker<'_> {
    /// Looks at one byte. Gives false where it may be a disguise. Stays out of the loop that passes over
    /// the text, which is the faster the smaller it is.
    #[inline(never)]
    fn look(&mut self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b'0'..=b'9' => {
                self.resume = look_at_number(bytes, at, &mut self.cluster, self.hot);
                true
            }
            b'A'..=b'Z' => {
                if may_be_named(bytes, at) || is_clue(bytes, at) {
                    self.hot.push(at);
                }
                // The rest of a word in capitals begins nothing.
                self.resume = past(bytes, at, |byte| byte.is_ascii_uppercase());
                true
            }
            b'@' | b'[' | b'\\' | b'_' | 0xc0.. => look_at_sign(self.text, at, self.hot),
            _ => true,
        }
    }
}

/// Looks at a sign or a letter beyond ASCII. Gives false where it may be a disguise.
fn look_at_sign(text: &str, at: usize, hot: &mut Vec<usize>) -> bool {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'@' => {
            hot.push(at);
            true
        }
        b'(' | b'[' => {
            // Of other brackets behind it, each is looked at by itself.
            let is_inner = |byte: u8| is_gap(byte) && byte != b'(';
            let word = word_at(bytes, past(bytes, at + 1, is_inner));
            if is_one_of(word, &["at"]) {
                hot.push(at);
            }
            true
        }
        b'_' => {
            // It may be a mark of emphasis, which is rare in these texts.
            let is_in_word = |at: Option<usize>| {
                at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric)
            };
            if is_in_word(at.checked_sub(1)) != is_in_word(Some(at + 1)) {
                hot.push(at);
            }
            true
        }
        b'&' => !is_entity(&bytes[at..]),
        0xc3..=0xc5 => {
            if may_be_named(bytes, at) {
                hot.push(at);
            }
            text[at..].chars().next().is_none_or(is_undisguised)
        }
        0xc0.. => text[at..].chars().next().is_none_or(is_undisguised),
        _ => false,
    }
}

/// Whether a word with a capital is one of those that are looked for in small letters too.
fn is_clue(bytes: &[u8], at: usize) -> bool {
    let clues: &[(&[u8], Clue)] = match bytes[at] {
        b'A' => &[(b"aged", Clue::Aged)],
        b'B' => &[(b"born", Clue::Birth), (b"birth", Clue::Birth), (b"birthday", Clue::Birth)],
        b'D' => &[(b"dob", Clue::Birth), (b"d", Clue::Birth), (b"discord", Clue::Platform)],
        b'F' => &[(b"four", Clue::Few), (b"five", Clue::Few), (b"facebook", Clue::Platform)],
        b'I' => &[(b"instagram", Clue::Platform), (b"insta", Clue::Platform)],
        b'O' => &[(b"one", Clue::Few), (b"old", Clue::Old)],
        b'S' => &[(b"snapchat", Clue::Platform)],
        b'T' => &[
            (b"two", Clue::Few),
            (b"three", Clue::Few),
            (b"tiktok", Clue::Platform),
            (b"twitter", Clue::Platform),
        ],
        b'W' => &[(b"whatsapp", Clue::Platform)],
        _ => return false,
    };
    let word = word_at(bytes, at);
    let own = clues.iter().find(|(clue, _)| clue.eq_ignore_ascii_case(word));
    own.is_some_and(|(_, clue)| is_worth_reading(bytes, *clue, at, at + word.len()))
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

/// A mark of emphasis.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'`' | b'~' | b'_')
}

/// Whether marks of emphasis stand within a word, those before them included.
fn is_within_word(bytes: &[u8], marks: Range<usize>) -> bool {
    let before = bytes[..marks.start].iter().rev().find(|byte| !is_mark(**byte));
    let after = bytes.get(marks.end);
    before.is_some_and(u8::is_ascii_alphanumeric) && after.is_some_and(u8::is_ascii_alphanumeric)
}

/// What may stand between the parts of one matter: spaces, line ends, the marks of lines and of
/// emphasis, signs, and the bytes of typographic dashes and quotation marks.
fn is_gap(byte: u8) -> bool {
    KINDS[usize::from(byte)] & GAP != 0
}

/// A letter of ASCII.
fn is_letter(byte: u8) -> bool {
    KINDS[usize::from(byte)] & LETTER != 0
}

/// A byte of a word of Western European letters.
fn is_of_word(byte: u8) -> bool {
    KINDS[usize::from(byte)] & OF_WORD != 0
}

const GAP: u8 = 1;
const LETTER: u8 = 2;
const OF_WORD: u8 = 4;

/// What each byte is: most of the time goes to passing over words and gaps.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = kinds_of(byte as u8);
        byte += 1;
    }
    kinds
};

const fn kinds_of(byte: u8) -> u8 {
    let is_gap =
        matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'*' | b'_' | b'`' | b'~' | b'#' | b'>')
            || matches!(
                byte,
                b'-' | b'.' | b'/' | b'(' | b')' | b':' | b'=' | b'"' | b'\'' | b',' | b'|'
            )
            || matches!(byte, 0xe2 | 0x80 | 0x90..=0x9f);
    let is_letter = byte.is_ascii_alphabetic();
    let is_of_word = is_letter || matches!(byte, 0xc3..=0xc5 | 0x80..=0xbf);
    (is_gap as u8 * GAP) | (is_letter as u8 * LETTER) | (is_of_word as u8 * OF_WORD)
}

/// The offset of what follows on bytes of a kind.
fn past(bytes: &[u8], at: usize, is_of_kind: impl Fn(u8) -> bool) -> usize {
    let more = bytes[at..].iter().position(|byte| !is_of_kind(*byte));
    more.map_or(bytes.len(), |more| at + more)
}

/// The offset of what follows on a gap.
fn past_gap(bytes: &[u8], at: usize) -> usize {
    past(bytes, at, is_gap)
}

/// The offset at which bytes of a kind begin that end here.
fn before(bytes: &[u8], end: usize, is_of_kind: impl Fn(u8) -> bool) -> usize {
    let last = bytes[..end].iter().rposition(|byte| !is_of_kind(*byte));
    last.map_or(0, |last| last + 1)
}

/// The offset at which a gap that ends here begins.
fn before_gap(bytes: &[u8], end: usize) -> usize {
    before(bytes, end, is_gap)
}

/// The word that ends at an offset.
fn word_before(bytes: &[u8], end: usize) -> &[u8] {
    &bytes[before(bytes, end, is_letter)..end]
}

/// The word that begins at an offset.
fn word_at(bytes: &[u8], start: usize) -> &[u8] {
    &bytes[start..past(bytes, start, is_letter)]
}

/// Where a word of Western European letters ends that begins at an offset.
fn word_end(bytes: &[u8], start: usize) -> usize {
    past(bytes, start, is_of_word)
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

/// Looks at the number that begins here; gives where to go on.
fn look_at_number(
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

/// What a fragment of a word may be part of.
#[derive(Clone, Copy)]
enum Clue {
    /// A number in words, from one to five.
    Few,
    /// "Aged".
    Aged,
    /// "Old".
    Old,
    /// A word for birth.
    Birth,
    /// A platform of social media.
    Platform,
}

/// Words in small letters; those with a capital are met as capitals. There are few fragments, none
/// shorter than four bytes, because each makes the search slower, and short ones more so: those are looked
/// for one by one.
#[rustfmt::skip]
const FRAGMENTS: &[(&str, Clue)] = &[
    ("three", Clue::Few), ("four", Clue::Few), ("five", Clue::Few), ("aged", Clue::Aged),
    (" old", Clue::Old), ("-old", Clue::Old), ("*old", Clue::Old), ("born", Clue::Birth),
    ("birth", Clue::Birth), ("d.o.b", Clue::Birth),
    ("snap", Clue::Platform), ("insta", Clue::Platform), ("tikt", Clue::Platform),
    ("faceb", Clue::Platform), ("twitt", Clue::Platform), ("whats", Clue::Platform),
    ("disco", Clue::Platform),
];

/// The shortest numbers in words.
static SHORT: LazyLock<[memmem::Finder<'static>; 2]> =
    LazyLock::new(|| ["one", "two"].map(memmem::Finder::new));

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
    // Anything but a letter may stand before it.
    if holds_dob(bytes) {
        let threes = bytes.windows(DOB.len()).enumerate();
        for (at, _) in threes.filter(|(_, three)| three.eq_ignore_ascii_case(DOB)) {
            if is_worth_reading(bytes, Clue::Birth, at, at + DOB.len()) {
                hot.push(at);
            }
        }
    }
    let short = SHORT
        .iter()
        .flat_map(|finder| finder.find_iter(bytes).map(|at| (at, at + finder.needle().len())));
    for (at, end) in short {
        let is_word = bytes.get(end).is_some_and(|byte| is_gap(*byte));
        let start = at - word_before(bytes, at).len();
        if is_word && is_worth_reading(bytes, Clue::Few, start, end) {
            hot.push(start);
        }
    }
    let mut look = |pattern: usize, start: usize, end: usize| {
        let clue = FRAGMENTS[pattern].1;
        // A fragment may begin with a gap.
        let start = start + usize::from(!bytes[start].is_ascii_alphabetic());
        let start = start - word_before(bytes, start).len();
        let start_of_gap = bytes[start..end].iter().position(|byte| !byte.is_ascii_alphabetic());
        let end = match start_of_gap {
            Some(length) if matches!(clue, Clue::Few) => start + length,
            _ => end + word_at(bytes, end).len(),
        };
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

/// What forms write for a date of birth.
const DOB: &[u8] = b"dob";

/// Whether the three letters stand anywhere, large or small. Without branches, so that the processor looks
/// at many bytes at once, which for so few letters is faster than any search.
fn holds_dob(bytes: &[u8]) -> bool {
    let after = |count: usize| bytes.get(count..).unwrap_or_default().iter();
    let is = |byte: u8, letter: u8| byte | 0x20 == letter;
    let threes = bytes.iter().zip(after(1)).zip(after(2));
    threes.fold(false, |found, ((a, b), c)| found | (is(*a, b'd') & is(*b, b'o') & is(*c, b'b')))
}

fn is_worth_reading(bytes: &[u8], clue: Clue, start: usize, end: usize) -> bool {
    let word = &bytes[start..end];
    match clue {
        Clue::Platform => PLATFORMS.has(word),
        Clue::Few => FEW.has(word) && counts(bytes, end),
        Clue::Aged => {
            let next = past_gap(bytes, end);
            AGES.has(word_at(bytes, next))
        }
        Clue::Old => {
            let gap = before_gap(bytes, start);
            let unit = word_before(bytes, gap);
            let number = word_before(bytes, before_gap(bytes, gap - unit.len()));
            is_one_of(unit, &["year", "years", "yr", "yrs", "month", "week", "day"])
                && AGES.has(number)
        }
        Clue::Birth => {
            const FAR: usize = 100;
            let is_number = |near: &mut dyn Iterator<Item = &u8>| {
                let written = near.filter(|byte| !byte.is_ascii_whitespace());
                written.take(FAR).any(u8::is_ascii_digit)
            };
            is_number(&mut bytes[..start].iter().rev()) || is_number(&mut bytes[end..].iter())
        }
    }
}

/// Whether a word for children follows a number, few words away.
fn counts(bytes: &[u8], end: usize) -> bool {
    const NOUNS: [&str; 11] =
        ["chi", "gir", "boy", "bab", "inf", "pup", "sib", "tod", "tee", "you", "stu"];
    let mut at = end;
    for _ in 0..4 {
        let next = past_gap(bytes, at);
        // What children are called, and what stands between, begins with few letters.
        let first = bytes.get(next).map_or(b' ', u8::to_ascii_lowercase);
        if next == at || !b"cgbipstyomfnlavudw".contains(&first) {
            return false;
        }
        let word = word_at(bytes, next);
        if word.len() > 2 && is_one_of(&word[..3], &NOUNS) {
            return true;
        }
        if !BETWEEN.has(word) {
            return false;
        }
        at = next + word.len();
    }
    false
}

/// Whether a word that ends with two letters may be one for a relative or a child.
fn ends_like_own(before: u8, last: u8) -> bool {
    match last.to_ascii_lowercase() {
        b'n' | b'r' | b'm' | b'y' | b'd' | b'a' | b'e' | b't' | b'w' | b'g' | b'l' | b's' => {}
        _ => return false,
    }
    matches!(
        &[before.to_ascii_lowercase(), last.to_ascii_lowercase()],
        b"on"
            | b"er"
            | b"um"
            | b"my"
            | b"ad"
            | b"dy"
            | b"ma"
            | b"ny"
            | b"le"
            | b"nt"
            | b"ie"
            | b"ty"
            | b"in"
            | b"ce"
            | b"ew"
            | b"nd"
            | b"fe"
            | b"ng"
            | b"ld"
            | b"by"
            | b"rl"
            | b"oy"
            | b"il"
            | b"ns"
    )
}

/// Whether a word for a relative or a child stands before a word.
fn follows_own(bytes: &[u8], at: usize) -> bool {
    let gap = before_gap(bytes, at);
    let mut word = word_before(bytes, gap);
    if word == b"called" || word == b"named" {
        word = word_before(bytes, before_gap(bytes, gap - word.len()));
    }
    gap < at && bytes[gap] != b'.' && is_own(word)
}

fn is_own(word: &[u8]) -> bool {
    let [_, .., before, last] = *word else { return false };
    ends_like_own(before, last) && (KIN.has(word) || CHILDREN.has(word))
}

/// Whether a word with a capital may be a name beside a word for a relative or a child.
fn may_be_named(bytes: &[u8], at: usize) -> bool {
    let is_inner = at > 0 && (bytes[at - 1].is_ascii_alphabetic() || bytes[at - 1] >= 0xc0);
    if is_inner {
        return false;
    }
    // Her son Jack. Most often a sentence begins, or the word before is an ordinary one.
    let is_ordinary = match bytes[..at] {
        [.., first, second, b' '] if second.is_ascii_lowercase() => {
            !ends_like_own(first, second) && second != b'd'
        }
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
