//! An answer to a question that the checklist does not have.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::Entry;
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

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
    let questions: Vec<&str> = subject.checklist.questions().map(|q| q.id.value.as_str()).collect();
    let context: Vec<&str> =
        subject.checklist.context.iter().map(|q| q.id.value.as_str()).collect();
    let assessment = subject.assessment;
    for (entries, own, others, right) in [
        (&assessment.ratings, &questions, &context, "context"),
        (&assessment.context, &context, &questions, "ratings"),
    ] {
        for entry in entries.iter().filter(|entry| is_unknown(subject, entry, own)) {
            let id = entry.id.value.as_str();
            let message = format!("There is no question {} in the checklist", quoted(id));
            let finding = findings.report(&RULE, entry.id.span, message).about(id);
            match others.contains(&id) {
                true => finding.help(format!("it is answered under `{right}:`; move it there")),
                false => {
                    suggest(finding, nearest(id, own.iter().copied()), &[]);
                    if finding.label.is_none() {
                        finding.help(format!(
                            "`scrutiny checklist show {}` lists the questions with their ids",
                            subject.checklist.id.value
                        ));
                    }
                    finding
                }
            };
        }
    }
}

/// An answer to a question that was there once is an orphan, which is another rule's finding.
fn is_unknown(subject: &Subject<'_>, entry: &Entry, known: &[&str]) -> bool {
    !known.contains(&entry.id.value.as_str()) && !subject.is_orphan(entry)
}
