//! A question that is not yet rated or answered.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unrated-question",
    level: Level::Unfinished,
    summary: "A question is not yet rated or answered",
    explain: "Every question of the steps that an assessment covers is rated or answered before \
              it is final. A question that cannot be rated yet says too-early, with a date on \
              which it is looked at again. An assessment of some steps only names them under \
              `covers`.",
    before: "1.4:\n  rating:",
    after: "1.4:\n  rating: amber",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.assessment.ratings_lost {
        return;
    }
    let misplaced = subject.misplaced();
    for asked in subject.asked.iter().filter(|asked| asked.standing == Standing::NotYet) {
        let question = asked.question;
        if misplaced.contains(question.id.value.as_str()) {
            continue;
        }
        let span = asked.entry.map_or(subject.assessment.ratings_at, |entry| entry.id.span);
        let (what, key) = match question.is_rated() {
            true => ("rated", "rating"),
            false => ("answered", "answer"),
        };
        let name = question.name().replacen('q', "Q", 1);
        let comma = if question.title.is_empty() { "" } else { "," };
        findings
            .report(&RULE, span, format!("{name}{comma} is not yet {what}"))
            .about(&question.id.value)
            .help(format!("write `{key}:` under `{}:`", question.id.value));
    }
}
