//! Words, gaps and what is between them, byte by byte.

/// What may stand between the parts of one matter: spaces, line ends, the marks of lines and of
/// emphasis, signs, and the bytes of typographic dashes and quotation marks.
pub(super) fn is_gap(byte: u8) -> bool {
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
pub(super) fn past(bytes: &[u8], at: usize, is_of_kind: impl Fn(u8) -> bool) -> usize {
    let more = bytes[at..].iter().position(|byte| !is_of_kind(*byte));
    more.map_or(bytes.len(), |more| at + more)
}

/// The offset of what follows on a gap.
pub(super) fn past_gap(bytes: &[u8], at: usize) -> usize {
    past(bytes, at, is_gap)
}

/// The offset at which bytes of a kind begin that end here.
fn before(bytes: &[u8], end: usize, is_of_kind: impl Fn(u8) -> bool) -> usize {
    let last = bytes[..end].iter().rposition(|byte| !is_of_kind(*byte));
    last.map_or(0, |last| last + 1)
}

/// The offset at which a gap that ends here begins.
pub(super) fn before_gap(bytes: &[u8], end: usize) -> usize {
    before(bytes, end, is_gap)
}

/// No word that is looked for has so many letters; of a longer one a part is as good as the whole.
const LONGEST: usize = 32;

/// The word that ends at an offset.
pub(super) fn word_before(bytes: &[u8], end: usize) -> &[u8] {
    let near = &bytes[end.saturating_sub(LONGEST)..end];
    &near[before(near, near.len(), is_letter)..]
}

/// The word that begins at an offset.
pub(super) fn word_at(bytes: &[u8], start: usize) -> &[u8] {
    let near = &bytes[start..bytes.len().min(start + LONGEST)];
    &near[..past(near, 0, is_letter)]
}

/// Where a word of Western European letters ends that begins at an offset.
pub(super) fn word_end(bytes: &[u8], start: usize) -> usize {
    past(bytes, start, is_of_word)
}

pub(super) fn is_one_of(word: &[u8], words: &[&str]) -> bool {
    !word.is_empty() && words.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(word))
}
