//! Evidence that is written once and cited nowhere.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::{Patience, trimmed};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unused-evidence",
    level: Level::Advice,
    summary: "Evidence in the top-level map is cited nowhere",
    explain: "What stands under the top-level `evidence` counts only where an answer or an \
              action cites it with `ref`. Cite it, or remove it.",
    before: "evidence:\n  E-03: {source: Audit}",
    after: "ratings:\n  1.1:\n    evidence:\n      - ref: E-03",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.assessment.evidence.is_empty() {
        return;
    }
    let mut known: Vec<&str> =
        subject.assessment.evidence.iter().map(|(id, _)| id.value.as_str()).collect();
    known.sort_unstable();
    let patience = Patience::default();
    let mut is_cited = vec![false; known.len()];
    let mut cite = |id: &str| match known.binary_search(&id) {
        Ok(at) => {
            is_cited[at] = true;
            true
        }
        Err(_) => false,
    };
    for item in subject.assessment.all_evidence() {
        if let Some(id) = item.cites.value()
            && !cite(id)
            // What a misspelt id was meant for is cited as well: the misspelling is reported.
            && let Some(meant) = patience.nearest(id, known.iter().copied())
        {
            cite(meant);
        }
        if let Some(source) = item.source.value() {
            cite(trimmed(source));
        }
    }
    for (id, _) in &subject.assessment.evidence {
        let at = known.binary_search(&id.value.as_str());
        if !at.is_ok_and(|at| is_cited[at]) {
            let message = format!("Evidence {} is cited nowhere", crate::text::one_line(&id.value));
            findings
                .report(&RULE, id.span, message)
                .about(&id.value)
                .help(format!("cite it where it counts with `- ref: {}`, or remove it", id.value));
        }
    }
}
