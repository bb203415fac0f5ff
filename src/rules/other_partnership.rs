//! A partnership that is not the workspace's.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::workspace::Workspace;
use crate::programme::Overview;
use crate::syntax::decode::Given;
use crate::text::quoted;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "other-partnership",
    level: Level::Advice,
    summary: "The partnership is not the one of the workspace",
    explain: "scrutiny.toml in this folder names another partnership. Files are put together by \
              the name of the partnership, so it has to be the same everywhere; or the file is \
              in the wrong folder.",
    before: "partnership: Northmoor SCP",
    after: "partnership: Northmoor Safeguarding Children Partnership",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    compare(subject.workspace, &subject.assessment.partnership, findings);
}

/// On a programme.
pub(super) fn check_programme(overview: &Overview<'_>, findings: &mut Findings) {
    compare(overview.basis.workspace, &overview.basis.programme.partnership, findings);
}

fn compare(workspace: Option<&Workspace>, written: &Given<String>, findings: &mut Findings) {
    let own = workspace.and_then(|workspace| workspace.partnership.read());
    let (Some(own), Some(written)) = (own, written.read()) else { return };
    if own.value.trim() != written.value.trim() {
        findings
            .report(
                &RULE,
                written.span,
                format!("{} is not the partnership of this folder", quoted(&written.value)),
            )
            .also(own.span, "the partnership of the folder")
            .help(format!("write `partnership: {}`, or move the file", own.value.trim()));
    }
}
