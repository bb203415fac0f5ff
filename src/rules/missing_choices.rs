//! A question with choices that lists none, or one twice.

use std::collections::HashMap;

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::model::checklist::Kind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-choices",
    level: Level::Error,
    summary: "A choice has nothing to choose from",
    explain: "A question of the kind choice or choices lists at least two different answers \
              under `choices`.",
    before: "kind = \"choice\"",
    after: "kind = \"choice\"\nchoices = [\"one\", \"two\"]",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    for question in checklist.questions().chain(&checklist.context) {
        let (Kind::Choice(choices) | Kind::Choices(choices)) = &question.kind else { continue };
        let mut seen = HashMap::new();
        let twice = choices
            .iter()
            .find_map(|choice| seen.insert(choice.value.to_ascii_lowercase(), choice));
        let message = match twice {
            Some(choice) => {
                format!("Question {} has the choice \"{}\" twice", question.id.value, choice.value)
            }
            None if choices.len() == 1 => {
                format!("Question {} has only one choice", question.id.value)
            }
            None if choices.is_empty() => {
                format!("Question {} has nothing to choose from", question.id.value)
            }
            None => continue,
        };
        findings
            .report(&RULE, question.id.span, message)
            .about(&question.id.value)
            .help("list the answers under `choices`, each once");
    }
}
