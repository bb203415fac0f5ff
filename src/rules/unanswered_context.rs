//! Context questions without an answer.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::Standing;
use crate::text::{count, join_words};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unanswered-context",
    level: Level::Advice,
    summary: "Context questions are not answered",
    explain: "The context questions are answered before scrutiny starts: who employs the \
              scrutineer, to whom they report, what is scrutinised and how. Readers judge the \
              ratings in that light. Answer them under `context`, each by its id.",
    before: "context: {}",
    after: "context:\n  c1: The three partners, jointly.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let is_scrutineer = matches!(subject.perspective(), "scrutineer" | "agreed");
    // Agencies and young people are not asked for the frame of the scrutiny.
    if !is_scrutineer && !subject.context.iter().any(|asked| asked.entry.is_some()) {
        return;
    }
    let open = subject.context.iter().filter(|asked| asked.standing == Standing::NotYet);
    let misplaced = subject.misplaced();
    let open = open.map(|asked| asked.question.id.value.as_str());
    let open: Vec<&str> = open.filter(|id| !misplaced.contains(id)).collect();
    if !open.is_empty() {
        let all = count(subject.context.len(), "context question");
        let message = match (open.len(), subject.context.len()) {
            (1, 1) => "The context question is not answered".to_owned(),
            (1, _) => format!("1 of {all} is not answered"),
            (open, _) => format!("{open} of {all} are not answered"),
        };
        findings.report(&RULE, subject.assessment.context_at, message).help(match open.len() {
            0..=6 => format!("answer {} under `context:`", join_words(&open, "and")),
            _ => "answer them under `context:`, each by its id".to_owned(),
        });
    }
}
