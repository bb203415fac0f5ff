//! Characters that no reader sees.

use crate::finding::{Findings, Level, Rule};
use crate::source::{Source, Span};
use crate::text::is_hidden;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "hidden-character",
    level: Level::Error,
    summary: "There is a character in the file that no reader sees",
    explain: "Invisible characters, and those that turn the direction of the text, make a file \
              say something else than it shows, and come in by copying from web pages and PDF \
              files. Delete the character: put the cursor behind it and press the Backspace key \
              once.",
    before: "rating: gr(zero-width space)een",
    after: "rating: green",
};

/// After this many in one file the rest is counted and not shown.
const MOST: usize = 20;

pub(super) fn check(source: &Source, findings: &mut Findings) {
    let text = source.text.as_str();
    let suspicious = text.bytes().enumerate().filter(|(_, byte)| may_begin_hidden(*byte));
    let characters = suspicious.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)));
    let hidden: Vec<(usize, char)> = characters.filter(|(_, found)| is_hidden(*found)).collect();
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

/// Whether a byte of UTF-8 can be the first of a hidden character: most bytes cannot, so that a text
/// is passed over quickly. Never a byte from the middle of a character.
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
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for character in all.filter(|character| is_hidden(*character)) {
            let first = character.to_string().as_bytes()[0];
            assert!(may_begin_hidden(first), "U+{:04X}", u32::from(character));
        }
    }
}
