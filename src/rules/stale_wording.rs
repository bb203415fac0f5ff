//! An answer to another wording of its question.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::quoted;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stale-wording",
    level: Level::Unfinished,
    summary: "The question has been reworded since it was answered",
    explain: "The answer holds the fingerprint of the wording that it answered, and the question \
              now reads otherwise. Read the question as it is now, change the answer if need be, \
              and put the new fingerprint in place of the old one.",
    before: "wording: 8c1f2a",
    after: "wording: d41c07",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.all_asked() {
        let Some(wording) = asked.entry.and_then(|entry| entry.wording.read()) else { continue };
        let now = asked.question.wording();
        if wording.value.trim().eq_ignore_ascii_case(&now) {
            continue;
        }
        let message = format!(
            "The answer is to another wording ({}) than the question has now",
            quoted(&wording.value)
        );
        findings
            .report(&RULE, wording.span, message)
            .about(&asked.question.id.value)
            .label(asked.question.name())
            .also(asked.question.ask.span, "as it is worded now")
            .help(format!("read it again, then write `wording: {now}`"));
    }
}
