//! A perspective that may be an agency, where no agencies are declared.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::{nearest, quoted};

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
    let Some(perspective) = subject.assessment.perspective.read() else { return };
    let known = subject.known_perspectives();
    if known.contains(&perspective.value.as_str()) || subject.declares_agencies() {
        return;
    }
    if nearest(&perspective.value, known.iter().copied()).is_some() {
        return;
    }
    let message =
        format!("{} is taken for an agency, but none is declared", quoted(&perspective.value));
    findings
        .report(&RULE, perspective.span, message)
        .help("list it in scrutiny.toml under [[partner]] or [[agency]], with its id and label");
}
