//! A piece of evidence that does not say what it is.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "nameless-evidence",
    level: Level::Unfinished,
    summary: "A piece of evidence does not say what it is",
    explain: "A method or a date alone is no evidence: nobody could look it up. Name the document, \
              the visit or the conversation under `source`, or cite an item of the top-level map \
              with `ref`.",
    before: "- method: audit",
    after: "- source: Audit of re-referrals\n  method: audit",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for item in subject.assessment.all_evidence() {
        let says_nothing =
            item.source.is_absent() && item.says.is_absent() && item.cites.is_absent();
        if says_nothing {
            findings
                .report(&RULE, item.span, "This piece of evidence does not say what it is")
                .help("add `source:` with what was read, seen or heard");
        }
    }
}
