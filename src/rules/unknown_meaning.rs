//! A descriptor for a value that the scale does not have.

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::syntax::decode::suggest;
use crate::text::{Patience, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-meaning",
    level: Level::Error,
    summary: "A descriptor is given for a value that the scale does not have",
    explain: "`means` on a question says what each value of its scale means there. A misspelt \
              value would lose the descriptor.",
    before: "means = { gren = \"...\" }",
    after: "means = { green = \"...\" }",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    let patience = Patience::default();
    for question in checklist.questions() {
        let Some(scale) = checklist.scale_of(question) else { continue };
        let values: Vec<&str> =
            scale.values.iter().map(|value| value.value.value.as_str()).collect();
        for (value, _) in
            question.means.iter().filter(|(value, _)| scale.find(&value.value).is_none())
        {
            let message = format!(
                "{} is not a value of the scale {}",
                quoted(&value.value),
                scale.name.value
            );
            let finding = findings.report(&RULE, value.span, message).about(&question.id.value);
            suggest(finding, patience.nearest(&value.value, values.iter().copied()), &values);
        }
    }
}
