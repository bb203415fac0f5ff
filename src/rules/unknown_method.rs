//! A method of gathering evidence that is not known.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-method",
    level: Level::Error,
    summary: "The method is not known",
    explain: "Methods are counted in the report, so each has one spelling. Use a built-in one, \
              or allow another in scrutiny.toml under `[evidence] methods`.",
    before: "method: focus groups",
    after: "method: focus-group",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for item in subject.assessment.all_evidence() {
        let Some(method) = item.method.read() else { continue };
        if subject.methods.contains(&method.value.as_str()) {
            continue;
        }
        let meant = nearest(&method.value.replace(' ', "-"), subject.methods.iter().copied());
        let message = format!("{} is not a method of gathering evidence", quoted(&method.value));
        suggest(findings.report(&RULE, method.span, message), meant, &subject.methods);
    }
}
