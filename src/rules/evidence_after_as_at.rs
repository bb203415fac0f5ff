//! Evidence from after the date of the assessment.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::period::long_date;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "evidence-after-as-at",
    level: Level::Advice,
    summary: "Evidence is dated after the assessment",
    explain: "`as-at` is the date on which the ratings held. Evidence from after it cannot have \
              been known then. Correct one of the two dates.",
    before: "as-at: 2026-09-30\nevidence:\n  - {source: Audit, date: 2026-11-02}",
    after: "as-at: 2026-11-30\nevidence:\n  - {source: Audit, date: 2026-11-02}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(as_at) = subject.assessment.as_at.read() else { return };
    for date in subject.assessment.all_evidence().filter_map(|item| item.date.read()) {
        if date.value > as_at.value {
            let message = format!("{} is after the date of the assessment", long_date(date.value));
            findings
                .report(&RULE, date.span, message)
                .also(as_at.span, "the assessment holds as at this date")
                .help("correct one of the two dates");
        }
    }
}
