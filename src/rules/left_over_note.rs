//! Notes to oneself that were left in the text.

use std::ops::Range;
use std::sync::LazyLock;

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::Prose;
use crate::model::programme::Programme;
use crate::source::Source;
use crate::text::{Fragments, Signs, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "left-over-note",
    level: Level::Advice,
    summary: "A note to oneself was left in the text",
    explain: "TBC, ??? and the like are reminders for the writer. Replace them before others \
              read the text; what is not for others stands under `notes`.",
    before: "because: Budget TBC",
    after: "because: The budget is to be agreed on 3 November 2026.",
};

/// What writers leave for themselves, as it is typed.
const NOTES: [&str; 17] = [
    "TBC",
    "tbc",
    "Tbc",
    "TBA",
    "TODO",
    "FIXME",
    "XXX",
    "???",
    "to be confirmed",
    "To be confirmed",
    "To Be Confirmed",
    "what does this mean",
    "What does this mean",
    "delete as appropriate",
    "Delete as appropriate",
    "[insert",
    "orem ipsum",
];

/// Parts of which every long note has one; few texts have any, so that little is looked through in full.
static TRACES: LazyLock<Fragments> = LazyLock::new(|| {
    let traces = ["onfirmed", "does this mean", "as appropriate", "[insert", "orem ipsum"];
    Fragments::of(traces.into_iter())
});

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    look(subject.source, &subject.prose, findings);
}

/// In a programme.
pub(super) fn check_programme(source: &Source, programme: &Programme, findings: &mut Findings) {
    look(source, &programme.all_prose(), findings);
}

fn look(source: &Source, all: &[Prose<'_>], findings: &mut Findings) {
    if !may_hold_note(&source.text, source.signs()) {
        return;
    }
    for prose in all {
        let span = prose.text.span;
        let written = source.slice(span);
        if !may_hold_note(written, &Signs::of(written)) {
            continue;
        }
        for note in NOTES {
            let found = written.match_indices(note).map(|(at, note)| at..at + note.len());
            for range in found.filter(|range| stands_alone(written, range)) {
                let message =
                    format!("{} looks like a note to yourself", quoted(&written[range.clone()]));
                let finding = findings
                    .report(&RULE, span.part(range.start, range.end), message)
                    .help("replace it by what is known, or move it to `notes:`");
                if let Some(about) = prose.about {
                    finding.about(about);
                }
            }
        }
    }
}

/// Whether any note may stand in a text. Most often that is told for a whole file.
fn may_hold_note(text: &str, signs: &Signs) -> bool {
    let text = text.as_bytes();
    begins_short_note(text, signs) || TRACES.stand_in(text)
}

/// Whether three letters or signs stand side by side as at the beginning of the short notes.
fn begins_short_note(text: &[u8], signs: &Signs) -> bool {
    let is_any = |byte: u8, of: &[u8]| of.contains(&byte);
    let is_short_note = |three: &[u8]| {
        is_any(three[0], b"TtFX?") && is_any(three[1], b"BbOIX?") && is_any(three[2], b"CcADX?")
    };
    // All but `tbc` begin with a pair.
    signs.pairs.iter().any(|at| {
        // The `t` of `tbc` stands before its pair.
        let near = at.saturating_sub(1)..text.len().min(at + 3);
        text[near].windows(3).any(is_short_note)
    })
}

/// Whether what was found is not a part of a longer word.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let note = &text[range.clone()];
    let is_part = note == "orem ipsum" || !note.starts_with(char::is_alphanumeric);
    let before = text[..range.start].chars().next_back();
    is_part || !(is_letter(before) || is_letter(text[range.end..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_note_is_passed_over() {
        for (note, length) in NOTES.iter().flat_map(|note| (0..140).map(move |at| (note, at))) {
            let text = format!("{}{note} in May", "a".repeat(length));
            assert!(may_hold_note(&text, &Signs::of(&text)), "{text}");
        }
        let ordinary = "The NHS and the MASH, TB or not";
        assert!(!may_hold_note(ordinary, &Signs::of(ordinary)));
    }
}
