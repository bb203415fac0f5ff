//! An answer to a question that the checklist does not have.

use super::subject::{Place, Subject};
use crate::finding::{Findings, Level, Rule, Trust};
use crate::text::quoted;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-question",
    level: Level::Error,
    summary: "The answer is to a question that the checklist does not have",
    explain: "The number or id matches no question of the checklist, so the answer would appear \
              in no report. Correct it; `scrutiny checklist show` lists the ids.",
    before: "ratings:\n  1.11: {rating: green}",
    after: "ratings:\n  1.1: {rating: green}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let strangers = subject.strangers.iter().filter(|(entry, _)| !subject.is_orphan(entry));
    for (entry, place) in strangers {
        let id = entry.id.value.as_str();
        if subject.question_id(id).is_some() {
            let (is_not, right) = match place {
                Place::Ratings => ("a question of a step", "context"),
                Place::Context => ("a context question", "ratings"),
            };
            findings
                .report(&RULE, entry.id.span, format!("{} is not {is_not}", quoted(id)))
                .about(id)
                .help(format!("it is answered under `{right}:`; move it there"));
            continue;
        }
        let message = format!("There is no question {} in the checklist", quoted(id));
        let finding = findings.report(&RULE, entry.id.span, message).about(id);
        match subject.meant_question(entry, *place) {
            Some(meant) => {
                // The only question that is near, and nobody has answered it.
                let is_free = !subject.assessment.answers(meant);
                let trust = if is_free { Trust::Sure } else { Trust::Guess };
                finding.label(format!("did you mean {meant}?")).repair(meant, trust)
            }
            None => finding.help(format!(
                "`scrutiny checklist show {}` lists the questions with their ids",
                subject.assessment.checklist.value().map_or("", |name| name.trim())
            )),
        };
    }
}
