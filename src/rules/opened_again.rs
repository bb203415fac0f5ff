//! An action that was closed and is open again, under its own id or under another.

use crate::comparison::diff::{Diff, Event};
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::{Action, ActionStatus};
use crate::model::wording::words;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "opened-again",
    level: Level::Advice,
    summary: "An action that was closed is open again",
    explain: "An action was done or closed, and the same task is open again, under its own id or \
              under a new one. That is worth telling the board: either it was closed too early, \
              or the gain was lost. Say which in the reasons. Reported by `scrutiny diff`.",
    before: "- id: A-03\n  task: Agree a joint protocol\n  status: closed",
    after: "- id: A-03\n  task: Agree a joint protocol\n  status: closed\n  impact: Used in 14 of 15 cases.",
};

pub(super) fn check(diff: &Diff<'_>, findings: &mut Findings) {
    let is_over =
        |action: &Action| matches!(action.status.value, ActionStatus::Done | ActionStatus::Closed);
    let over: Vec<&Action> = diff
        .actions
        .iter()
        .flat_map(|pair| [pair.old, pair.new])
        .flatten()
        .map(|placed| placed.action)
        .filter(|action| is_over(action))
        .collect();
    for pair in &diff.actions {
        let Some(new) = pair.new.map(|placed| placed.action) else { continue };
        for event in pair.events() {
            let message = match event {
                Event::Reopened(from) => {
                    format!(
                        "{} was {} and is {} again",
                        new.name(),
                        from.word(),
                        new.status.value.word()
                    )
                }
                Event::Opened(ActionStatus::Open | ActionStatus::Proposed) => {
                    let Some(task) = task(new) else { continue };
                    let same = over.iter().find(|other| self::task(other).as_ref() == Some(&task));
                    let Some(same) = same else { continue };
                    format!(
                        "{} is new and has the task of {}, which was {}",
                        new.name(),
                        same.name().replace("Action", "action").replace("This", "another"),
                        same.status.value.word()
                    )
                }
                _ => continue,
            };
            findings
                .report(&RULE, new.span, message)
                .about_given(new.id.value())
                .help("say whether it was closed too early, or the gain was lost");
        }
    }
}

/// The task, without regard to letter case and punctuation.
fn task(action: &Action) -> Option<Vec<String>> {
    let words: Vec<String> = words(action.task.value()?).collect();
    (!words.is_empty()).then_some(words)
}
