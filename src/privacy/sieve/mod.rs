//! Which lines of a text are worth reading closely.
//!
//! Nearly all files hold no personal data, and thousands are checked at a time, so nearly all text
//! must be passed over at little cost. Everything that a pattern could find lets its lines through;
//! much that no pattern finds does so too. A text with characters that could disguise something is
//! read as a whole. Here are the passes over the bytes; what they meet is looked at in the files beside.

mod clues;
mod numbers;
mod relatives;
mod walk;

use std::ops::Range;

use clues::{is_clue, look_at_words};
use numbers::{Cluster, look_at_number};
use relatives::may_be_named;
use walk::{is_gap, is_one_of, past, word_at};

use crate::text::Signs;

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
pub(super) fn sift(text: &str, signs: &Signs) -> Sifted {
    let mut hot = Vec::new();
    let bytes = text.as_bytes();
    if !look_at_rare_signs(text, signs, &mut hot) || !look_at_bytes(text, &mut hot) {
        return Sifted::Whole;
    }
    look_at_words(bytes, signs, &mut hot);
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

/// Looks at digits, capitals and what stands beside them. Gives false where the text has to be read as a
/// whole.
fn look_at_bytes(text: &str, hot: &mut Vec<usize>) -> bool {
    let bytes = text.as_bytes();
    let mut looker = Looker { text, cluster: Cluster::default(), resume: 0, hot };
    let (stretches, rest) = bytes.as_chunks();
    for (number, stretch) in stretches.iter().enumerate() {
        let start = number * STRETCH;
        let mut met = notable(stretch);
        while met != 0 {
            let at = start + met.trailing_zeros() as usize;
            met &= met - 1;
            // A colon stands between the digits and the capitals, behind every key, and tells nothing.
            if at >= looker.resume && bytes[at] != b':' && !looker.look(at) {
                return false;
            }
        }
    }
    (bytes.len() - rest.len()..bytes.len()).all(|at| at < looker.resume || looker.look(at))
}

/// How many bytes are looked at together.
const STRETCH: usize = u64::BITS as usize;

/// The bytes that are from 0x30 to 0x5f, where digits and capitals are, or beyond ASCII: a bit for each.
/// Without branches, because no processor can tell in advance in which bytes they are.
fn notable(stretch: &[u8; STRETCH]) -> u64 {
    const EIGHT: usize = 8;
    // Takes the lowest bits of eight bytes into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = stretch.as_chunks::<EIGHT>();
    eights.iter().rev().fold(0, |met, eight| {
        let own = notable_of_eight(u64::from_le_bytes(*eight)) >> (EIGHT - 1);
        met << EIGHT | own.wrapping_mul(GATHER) >> (u64::BITS as usize - EIGHT)
    })
}

/// The same of eight bytes: the highest bit of each is set.
fn notable_of_eight(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // No byte without its highest bit is carried into the next by what is added here.
    let low = eight & !HIGH;
    let from_0x30 = low + (0x80 - 0x30) * EACH;
    let from_0x60 = low + (0x80 - 0x60) * EACH;
    (from_0x30 & !from_0x60 | eight) & HIGH
}

/// Looks at signs that are rare in these texts. Gives false where one may be a disguise.
fn look_at_rare_signs(text: &str, signs: &Signs, hot: &mut Vec<usize>) -> bool {
    let bytes = text.as_bytes();
    // The end of the marks that were looked at together.
    let mut looked = 0;
    signs.odd.iter().all(|&at| match bytes[at] {
        // What is beyond ASCII is met where all bytes are looked at.
        b'\t' | b'\r' | 0x80.. => true,
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
                if may_be_named(self.text, at) || is_clue(bytes, at) {
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
            if may_be_named(text, at) {
                hot.push(at);
            }
            text[at..].chars().next().is_none_or(is_undisguised)
        }
        0xc0.. => text[at..].chars().next().is_none_or(is_undisguised),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notable_byte_is_met_in_its_place() {
        for byte in 0..=u8::MAX {
            let is_notable = matches!(byte, 0x30..=0x5f | 0x80..);
            for at in 0..STRETCH {
                let mut stretch = [b'a'; STRETCH];
                stretch[at] = byte;
                assert_eq!(notable(&stretch), u64::from(is_notable) << at, "{byte:#x} at {at}");
            }
            let all = if is_notable { u64::MAX } else { 0 };
            assert_eq!(notable(&[byte; STRETCH]), all, "{byte:#x}");
        }
    }
}
