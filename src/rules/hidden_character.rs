//! Characters that no reader sees.

use crate::finding::Findings;
use crate::source::{Source, Span};
pub(super) use crate::syntax::faults::HIDDEN_CHARACTER as RULE;
use crate::text::{is_hidden, stretches_with};

/// After this many in one file the rest is counted and not shown.
const MOST: usize = 20;

pub(super) fn check(source: &Source, findings: &mut Findings) {
    let hidden = find_hidden(&source.text);
    for (at, character) in hidden.iter().take(MOST) {
        let span = Span::new(source.id, *at, at + character.len_utf8());
        let more = match hidden.len() {
            number if number > MOST => format!("; there are {number} in this file"),
            _ => String::new(),
        };
        findings
            .report(
                &RULE,
                span,
                format!(
                    "There is a character here that no reader sees (U+{:04X})",
                    u32::from(*character)
                ),
            )
            .help(format!("delete it: put the cursor behind it and press Backspace once{more}"));
    }
}

/// The hidden characters of a text with their places. Stretches of plain text, which is nearly all of
/// any file, are passed over many bytes at a time.
fn find_hidden(text: &str) -> Vec<(usize, char)> {
    let bytes = text.as_bytes();
    let places = stretches_with(bytes, |byte| !is_plain(byte)).flatten();
    let places = places.filter(|at| may_begin_hidden(bytes[*at]));
    let character = |at: usize| Some((at, text[at..].chars().next()?));
    places.filter_map(character).filter(|(_, character)| is_hidden(*character)).collect()
}

/// Printable ASCII, a tab or a line end.
fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') < 0x5f) | (byte == b'\n') | (byte == b'\r') | (byte == b'\t')
}

/// Whether a byte can be the first of a hidden character. Never a byte from the middle of one.
fn may_begin_hidden(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        0..=0x1f | 0x7f => true,
        0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hidden_character_is_passed_over() {
        assert_eq!(find_hidden("Plain text, “quoted” – and a tab\t\r\n"), []);
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for character in all.filter(|character| is_hidden(*character)) {
            let text = format!("{}{character}.", "é".repeat(60));
            assert_eq!(find_hidden(&text), [(120, character)], "U+{:04X}", u32::from(character));
        }
    }
}
