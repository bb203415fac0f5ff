//! A rating that moved up while nothing was added to what it rests on.

use crate::comparison::diff::{Diff, MovedUp};
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "up-without-evidence",
    level: Level::Advice,
    summary: "A rating moved up and no evidence was added",
    explain: "A better rating than last time says that something has changed for the better. Readers \
              will ask what shows it. Add the evidence that is new since the earlier assessment, \
              or say in the reasons why the same evidence is now seen otherwise. Reported by \
              `scrutiny diff`.",
    before: "rating: green      # amber last time, on the same evidence",
    after: "rating: green\nevidence:\n  - source: Audit of 20 files\n    date: 2026-09-14",
};

pub(super) fn check(diff: &Diff<'_>, findings: &mut Findings) {
    for MovedUp { pair, from, to, .. } in diff.moved_up().filter(|up| up.is_unsupported) {
        let Some(entry) = pair.new.and_then(|asked| asked.entry) else { continue };
        let span = entry.rating.read().map_or(entry.id.span, |rating| rating.span);
        let name = pair.latest().question.name();
        let message = format!(
            "The rating of {name}, moved up from {} to {} and no evidence was added",
            from.label, to.label
        );
        findings.report(&RULE, span, message).about(&entry.id.value).help(
            "add the evidence that is new, or give the reason why the same is seen otherwise",
        );
    }
}
