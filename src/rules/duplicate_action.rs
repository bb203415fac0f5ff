//! An action id that stands for two actions.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use std::collections::HashMap;

use super::subject::ActionMark;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-action",
    level: Level::Error,
    summary: "An action id is used twice",
    explain: "An action is tracked by its id for as long as the partnership exists, so an id is \
              never given to a second action, in this file or in another of the same \
              partnership. An action that is carried forward keeps its id and says \
              `carried-from`.",
    before: "- id: A-03\n  task: Agree the budget\n- id: A-03\n  task: Publish the plan",
    after: "- id: A-03\n  task: Agree the budget\n- id: A-04\n  task: Publish the plan",
};

/// Within one file.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut first_places = HashMap::new();
    for id in subject.assessment.all_actions().filter_map(|(_, action)| action.id.read()) {
        match first_places.get(id.value.trim()) {
            None => {
                first_places.insert(id.value.trim(), id.span);
            }
            Some(&first) => {
                findings
                    .report(
                        &RULE,
                        id.span,
                        format!("The action id {} is used twice", id.value.trim()),
                    )
                    .about(&id.value)
                    .label("the second")
                    .also(first, "the first")
                    .help("give the second an id that was never used");
            }
        }
    }
}

/// Between the files of one partnership. An action carried forward is the same action, and so is one
/// that the agreed assessment takes over from a view of the same period.
pub(super) fn check_between(marks: &[ActionMark], findings: &mut Findings) {
    let mut first_places: HashMap<(&str, &str), &ActionMark> = HashMap::new();
    let begins = |mark: &&ActionMark| !mark.is_carried && !mark.is_agreed;
    for mark in marks.iter().filter(begins) {
        match first_places.get(&(&*mark.partnership, &*mark.id)) {
            None => {
                first_places.insert((&mark.partnership, &mark.id), mark);
            }
            Some(first) if first.span.source == mark.span.source => {}
            Some(first) => {
                findings
                    .report(&RULE, mark.span, format!("The action id {} is used in another file as well", mark.id))
                    .about(&mark.id)
                    .also(first.span, "the first")
                    .help("give it an id that was never used; or, if it is the same action carried forward, add `carried-from:`");
            }
        }
    }
}
