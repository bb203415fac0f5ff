//! A total of something that is not counted.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY};
use crate::model::totals::NOT_RATED;
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-total",
    level: Level::Error,
    summary: "A total is expected of something that is not counted",
    explain: "`expect` says how many questions have each value of the scale, and how many are \
              not-rated, not-applicable or too-early, and `steps` under it says the same of single steps. `scrutiny assess --expect` holds it to what \
              is counted, so any other word would be passed over in silence.",
    before: "expect: {rde: 2}",
    after: "expect: {red: 2}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let scales = &subject.checklist.scales;
    let values = scales.iter().flat_map(|scale| &scale.values);
    let mut known: Vec<&str> = values.map(|value| value.value.value.as_str()).collect();
    known.extend([NOT_RATED, NOT_APPLICABLE, TOO_EARLY]);
    known.dedup();
    for (_, word, _) in subject.assessment.expect.all() {
        if known.iter().any(|known| known.eq_ignore_ascii_case(word.value.trim())) {
            continue;
        }
        let meant = nearest(&word.value, known.iter().copied());
        let message = format!("{} is not counted", quoted(&word.value));
        suggest(findings.report(&RULE, word.span, message), meant, &known);
    }
}
