//! A rule that is set to another level without a reason.

use crate::finding::{Findings, Level, Rule};
use crate::model::workspace::Workspace;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "exception-without-why",
    level: Level::Unfinished,
    summary: "A rule is set to another level, and it is not said why",
    explain: "Whoever reads the settings in a year has to know why a rule was switched off. Add \
              the reason.",
    before: "weak-verb = \"off\"",
    after: "weak-verb = { level = \"off\", why = \"Agreed with the executive in May 2026.\" }",
};

pub(super) fn check(workspace: &Workspace, findings: &mut Findings) {
    for level in workspace.levels.iter().filter(|level| level.why.is_absent()) {
        // What cannot be set in the first place needs no reason.
        let can_be_set = |rule: &Rule| rule.level != Level::Error;
        if !super::find(&level.rule.value).is_some_and(can_be_set) {
            continue;
        }
        let rule = &level.rule;
        findings
            .report(
                &RULE,
                rule.span,
                format!("It is not said why {} is set to another level", rule.value),
            )
            .about(&rule.value)
            .help(format!("write `{} = {{ level = \"...\", why = \"...\" }}`", rule.value));
    }
}
