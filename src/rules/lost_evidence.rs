//! A rating that stands although evidence that it rested on is gone.

use crate::comparison::diff::{Diff, Movement};
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Need;
use crate::model::standing::Standing;
use crate::text::count;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "lost-evidence",
    level: Level::Advice,
    summary: "A rating stands while evidence for it was withdrawn",
    explain: "The rating is the same as last time, or better, but evidence that it rested on is no \
              longer there and none has come in its place. If the evidence still holds, put it \
              back; if it does not, ask whether the rating still does. Reported by \
              `scrutiny diff`.",
    before: "rating: green      # as last time, when an audit stood here as well\nevidence:\n  - Strategic plan",
    after: "rating: green\nevidence:\n  - Strategic plan\n  - Audit of 20 files, May 2026",
};

pub(super) fn check(diff: &Diff<'_>, findings: &mut Findings) {
    for pair in &diff.questions {
        let value = match pair.movement() {
            Movement::Unchanged(Standing::Rated(value)) | Movement::Up(_, value) => value,
            _ => continue,
        };
        let Some(entry) = pair.new.and_then(|asked| asked.entry) else { continue };
        let evidence = diff.evidence(pair);
        let lost = evidence.withdrawn.len().saturating_sub(evidence.added.len());
        if value.evidence != Need::Required || lost == 0 {
            continue;
        }
        let span = entry.rating.read().map_or(entry.id.span, |rating| rating.span);
        let message = format!(
            "The rating {} of {} stands with {} of evidence fewer than before",
            value.label,
            pair.latest().question.name(),
            count(lost, "piece")
        );
        findings
            .report(&RULE, span, message)
            .about(&entry.id.value)
            .help("put back what still holds, or ask whether the rating still does");
    }
}
