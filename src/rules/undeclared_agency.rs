//! A perspective that may be an agency, where no agencies are declared.

use std::collections::HashSet;

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::{Patience, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "undeclared-agency",
    level: Level::Advice,
    summary: "The perspective is taken for an agency that is not declared",
    explain: "The word is none of the general perspectives, and no scrutiny.toml lists agencies, \
              so it cannot be told from a misspelling. List the agency there, with its id and \
              name.",
    before: "perspective: police",
    after: "[[partner]]\nid = \"police\"\nlabel = \"Northmoor Police\"",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.declares_agencies() {
        return;
    }
    let known = subject.known_perspectives();
    let own = subject.assessment.perspective.read();
    let views = subject.assessment.ratings.iter().flat_map(|entry| &entry.views);
    let mut told: HashSet<&str> = HashSet::new();
    let patience = Patience::default();
    for perspective in own.into_iter().chain(views.map(|(whose, _)| whose)) {
        let word = perspective.value.trim();
        if known.contains(&word)
            || told.contains(&word)
            || patience.nearest(word, known.iter().copied()).is_some()
        {
            continue;
        }
        told.insert(word);
        let message = format!("{} is taken for an agency, but none is declared", quoted(word));
        findings.report(&RULE, perspective.span, message).help(
            "list it in scrutiny.toml under [[partner]] or [[agency]], with its id and label",
        );
    }
}
