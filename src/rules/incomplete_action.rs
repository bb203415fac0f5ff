//! An action without an id, a task, a lead or a date.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::join_words;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "incomplete-action",
    level: Level::Unfinished,
    summary: "An action lacks its id, its task, its lead or its date",
    explain: "An action can be followed up only when it says what will be done, which role or \
              agency leads on it and by when. The lead and the date may wait while it is only \
              proposed. Its id stays with it as long as it is tracked.",
    before: "- id: A-03\n  task: Agree the budget",
    after: "- id: A-03\n  task: Agree the budget\n  lead: Local authority\n  due: 2026-12-18",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let lacks = [
            ("an id", "id", action.id.is_absent()),
            ("a task", "task", action.task.is_absent()),
            ("a lead role", "lead", action.lacks_lead()),
            ("a due date", "due", action.is_agreed() && action.due.is_absent()),
        ];
        let lacks: Vec<_> = lacks.into_iter().filter(|(_, _, is_lacking)| *is_lacking).collect();
        if lacks.is_empty() {
            continue;
        }
        let words: Vec<&str> = lacks.iter().map(|(words, _, _)| *words).collect();
        let keys: Vec<String> = lacks.iter().map(|(_, key, _)| format!("`{key}:`")).collect();
        let name = action.name();
        let span = action.id.read().map_or(action.span, |id| id.span);
        let message = format!("{name} has not got {}", join_words(&words, "or"));
        let finding =
            findings.report(&RULE, span, message).help(format!("add {}", join_words(&keys, "and")));
        finding.about_given(action.id.value());
    }
}
