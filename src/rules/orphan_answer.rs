//! An answer to a question that the checklist no longer has.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "orphan-answer",
    level: Level::Unfinished,
    summary: "The answer is to a question that is gone from the checklist",
    explain: "The local checklist leaves this question out, or the answer was given to an \
              earlier edition. The answer is kept in the file and in no count. Move what is \
              still true to the question that took its place, and remove the rest by hand.",
    before: "ratings:\n  4.2: {rating: green}   # left out by the local checklist",
    after: "ratings:\n  4.1: {rating: green}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let strangers = subject.strangers.iter().map(|(entry, _)| entry);
    for entry in strangers.filter(|entry| subject.is_orphan(entry)) {
        let id = entry.id.value.as_str();
        let message =
            format!("Question {id} is no longer in the checklist; its answer is an orphan");
        let finding = findings.report(&RULE, entry.id.span, message).about(id);
        match subject.checklist.dropped(id) {
            Some(dropped) => finding
                .help(format!("it was left out because: {}", dropped.why.trim_end_matches('.'))),
            None => finding
                .help("look for the question in the present edition, and move the answer there"),
        };
    }
}
