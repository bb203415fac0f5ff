//! Notes to oneself that were left in the text.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::quoted;

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
const NOTES: [&str; 12] = [
    "TBC",
    "TBA",
    "TODO",
    "FIXME",
    "XXX",
    "???",
    "to be confirmed",
    "To be confirmed",
    "what does this mean",
    "What does this mean",
    "delete as appropriate",
    "orem ipsum",
];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let text = subject.source.text.as_str();
    let notes: Vec<&str> = NOTES
        .into_iter()
        .filter(|note| memchr::memmem::find(text.as_bytes(), note.as_bytes()).is_some())
        .collect();
    if notes.is_empty() {
        return;
    }
    for prose in subject.assessment.all_prose() {
        let span = prose.text.span;
        let written = subject.source.slice(span);
        for note in &notes {
            let found =
                written.match_indices(note).find(|(at, note)| stands_alone(written, *at, note));
            if let Some((at, note)) = found {
                let message = format!("{} looks like a note to yourself", quoted(note));
                let finding = findings
                    .report(&RULE, span.part(at, at + note.len()), message)
                    .help("replace it by what is known, or move it to `notes:`");
                if let Some(about) = prose.about {
                    finding.about(about);
                }
            }
        }
    }
}

/// Whether what was found is not a part of a longer word.
fn stands_alone(text: &str, at: usize, note: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_part = note == "orem ipsum" || !note.starts_with(char::is_alphanumeric);
    is_part
        || !(is_letter(text[..at].chars().next_back())
            || is_letter(text[at + note.len()..].chars().next()))
}
