//! A rating that does not say what is still to do.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Need;
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-remaining",
    level: Level::Unfinished,
    summary: "A rating does not say what is still to do",
    explain: "A rating that confirms some parts and not all says which are missing; otherwise \
              nobody could tell when it would change. Write it under `remaining`.",
    before: "rating: amber",
    after: "rating: amber\nremaining: The budget is not agreed.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.asked {
        let Some(entry) = asked.entry else { continue };
        let Standing::Rated(value) = asked.standing else { continue };
        if value.remaining == Need::Required && entry.remaining.is_absent() {
            let span = entry.rating.read().map_or(entry.id.span, |rating| rating.span);
            findings
                .report(
                    &RULE,
                    span,
                    format!("The rating {} does not say what is still to do", value.label),
                )
                .about(&entry.id.value)
                .label(asked.question.name())
                .help("say under `remaining:` what is not yet in place");
        }
    }
}
