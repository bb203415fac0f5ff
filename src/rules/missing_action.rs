//! A rating without an action.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Need;
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-action",
    level: Level::Unfinished,
    summary: "A rating has no action",
    explain: "Every rating leads to an action, the best one too: what was reached has to be \
              kept. Put an action on the question, or one on its step that covers it.",
    before: "rating: green",
    after: "rating: green\nactions:\n  - {id: A-01, task: Review the plan each June, lead: Police, due: 2027-06-30}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let with_actions = subject.with_actions();
    for asked in subject.asked {
        let Some(entry) = asked.entry else { continue };
        let Standing::Rated(value) = asked.standing else { continue };
        if value.action == Need::Required && !with_actions.holds(asked) {
            let span = entry.rating.read().map_or(entry.id.span, |rating| rating.span);
            findings
                .report(&RULE, span, format!("The rating {} has no action", value.label))
                .about(&entry.id.value)
                .label(asked.question.name())
                .help("add one under `actions:`, or one on the step that covers this question");
        }
    }
}
