//! A roll-up by parts on a scale that has no value for "some parts".

use crate::finding::{Findings, Level, Rule};
use crate::model::checklist::Checklist;
use crate::model::checklist::{Kind, RollUp};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "roll-up-without-partial",
    level: Level::Error,
    summary: "The roll-up needs a value for \"some parts, not all\"",
    explain: "The roll-up rule `parts` gives a step the value marked `partial = true` when its \
              questions differ. A scale used with it marks exactly one value so; otherwise \
              choose `lowest` or `none`.",
    before: "roll-up = \"parts\"",
    after: "partial = true   # on the value for \"some parts, not all\"",
};

pub(super) fn check(checklist: &Checklist, findings: &mut Findings) {
    if checklist.roll_up.value != RollUp::Parts {
        return;
    }
    for scale in &checklist.scales {
        let is_used =
            |kind: &Kind| matches!(kind, Kind::Rag(Some(name)) if name.value == scale.name.value);
        let partial = scale.values.iter().filter(|value| value.partial).count();
        if partial != 1 && checklist.questions().any(|question| is_used(&question.kind)) {
            findings
                .report(&RULE, checklist.roll_up.span, format!("The roll-up \"parts\" needs one value of the scale {} to be partial", scale.name.value))
                .also(scale.name.span, format!("{partial} of its values are marked so"))
                .help("write `partial = true` on the value for \"some parts, not all\", or choose the roll-up lowest or none");
        }
    }
}
