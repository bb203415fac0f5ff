//! A rating without reasons.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-reason",
    level: Level::Advice,
    summary: "A rating gives no reasons",
    explain: "Someone who disagrees with a rating, or reads it in a year, needs to know why it \
              was given. A Red needs no evidence, but it needs its reasons all the same. Write \
              them under `because`.",
    before: "rating: red",
    after: "rating: red\nbecause: |\n  No plan could be shown to us.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.asked {
        let Some(entry) = asked.entry else { continue };
        let (Standing::Rated(value), true) = (asked.standing, entry.because.is_absent()) else {
            continue;
        };
        let span = entry.rating.read().map_or(entry.id.span, |rating| rating.span);
        findings
            .report(&RULE, span, format!("The rating {} gives no reasons", value.label))
            .about(&entry.id.value)
            .label(asked.question.name())
            .help("say why, under `because: |`");
    }
}
