//! A scale whose values cannot be told apart.

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "scale-value",
    level: Level::Error,
    summary: "A scale has no values, the same value twice, or a reserved word for a value",
    explain: "A rating is found by its value, in any letter case. not-applicable and too-early \
              are answers on every scale and cannot be values of one.",
    before: "value = \"not-applicable\"",
    after: "not-applicable = true   # on the question",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    for scale in &checklist.scales {
        if scale.values.is_empty() {
            findings
                .report(
                    &RULE,
                    scale.name.span,
                    format!("The scale {} has no values", scale.name.value),
                )
                .help("add a table for each value, best first");
        }
        for (at, value) in scale.values.iter().enumerate() {
            let written = &value.value;
            let same = scale.values[..at]
                .iter()
                .find(|other| other.value.value.eq_ignore_ascii_case(&written.value));
            if let Some(first) = same {
                findings
                    .report(
                        &RULE,
                        written.span,
                        format!(
                            "The scale {} has the value {} twice",
                            scale.name.value, written.value
                        ),
                    )
                    .also(first.value.span, "the first")
                    .help("give each value a word of its own");
            }
            if [NOT_APPLICABLE, TOO_EARLY].contains(&written.value.as_str()) {
                findings
                    .report(
                        &RULE,
                        written.span,
                        format!("{} cannot be a value of a scale", written.value),
                    )
                    .help(
                        "remove it; it can be answered on any scale where the question allows it",
                    );
            }
        }
    }
}
