//! An action id that stands for two actions.

use std::collections::HashMap;

use super::subject::{NewActions, Subject};
use crate::finding::{Findings, Level, Rule};
use crate::source::{SourceId, Span, Spanned};

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
    let ids = subject.assessment.all_actions().filter_map(|(_, action)| action.id.read());
    let mut ids: Vec<&Spanned<String>> = ids.collect();
    // The order of the file is kept among equals.
    ids.sort_by_key(|id| id.value.trim());
    for same in ids.chunk_by(|one, other| one.value.trim() == other.value.trim()) {
        let [first, others @ ..] = same else { continue };
        for id in others {
            let message = format!("The action id {} is used twice", id.value.trim());
            findings
                .report(&RULE, id.span, message)
                .about(&id.value)
                .label("the second")
                .also(first.span, "the first")
                .help("give the second an id that was never used");
        }
    }
}

/// Between the files of one partnership, each under the number by which it is known.
pub(super) fn check_between<'f>(
    files: impl Iterator<Item = (SourceId, &'f NewActions)>,
    findings: &mut Findings,
) {
    let mut partnerships: HashMap<&str, HashMap<&str, Span>> = HashMap::new();
    for (source, new) in files {
        let first_places = partnerships.entry(&new.partnership).or_default();
        for (id, span) in new.each() {
            let span = Span { source, ..span };
            let first = *first_places.entry(id).or_insert(span);
            if first.source == source {
                continue;
            }
            findings
                .report(&RULE, span, format!("The action id {id} is used in another file as well"))
                .about(id)
                .also(first, "the first")
                .help("give it an id that was never used; or, if it is the same action carried forward, add `carried-from:`");
        }
    }
}
