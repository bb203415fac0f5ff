//! A rating without the evidence that its scale asks for.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Need;
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-evidence",
    level: Level::Unfinished,
    summary: "A rating rests on no evidence",
    explain: "The checklist says which ratings rest on evidence: in most, every rating that \
              confirms something. Name what was read, seen or heard, each item on a line of its \
              own with a dash.",
    before: "rating: green",
    after: "rating: green\nevidence:\n  - Strategic plan 2026 to 2028",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.asked {
        let Some(entry) = asked.entry else { continue };
        let Standing::Rated(value) = asked.standing else { continue };
        let needed = asked.question.evidence.unwrap_or(value.evidence);
        if needed == Need::Required && entry.evidence.is_empty() {
            let span = entry.rating.read().map_or(entry.id.span, |rating| rating.span);
            findings
                .report(&RULE, span, format!("The rating {} rests on no evidence", value.label))
                .about(&entry.id.value)
                .label(asked.question.name())
                .help("name the evidence under `evidence:`, each item on a line with a dash");
        }
    }
}
