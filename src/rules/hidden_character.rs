//! Characters that no reader sees.

use crate::finding::Findings;
use crate::source::{Source, Span};
pub(super) use crate::syntax::faults::HIDDEN_CHARACTER as RULE;
use crate::text::{Signs, is_hidden};

/// After this many in one file the rest is counted and not shown.
const MOST: usize = 20;

pub(super) fn check(source: &Source, findings: &mut Findings) {
    let hidden = find_hidden(&source.text, source.signs());
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

/// The hidden characters of a text with their places.
fn find_hidden(text: &str, signs: &Signs) -> Vec<(usize, char)> {
    let character = |at: &usize| Some((*at, text[*at..].chars().next()?));
    signs.odd.iter().filter_map(character).filter(|(_, character)| is_hidden(*character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hidden_character_is_passed_over() {
        let find_hidden = |text: &str| find_hidden(text, &Signs::of(text));
        assert_eq!(find_hidden("Plain text, “quoted” – and a tab\t\r\n"), []);
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for character in all.filter(|character| is_hidden(*character)) {
            let text = format!("{}{character}.", "é".repeat(60));
            assert_eq!(find_hidden(&text), [(120, character)], "U+{:04X}", u32::from(character));
        }
    }
}
