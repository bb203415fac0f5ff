//! A reference to evidence that is not there.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::syntax::decode::suggest;
use crate::text::{Patience, is_plain_id, quoted, trimmed};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-evidence",
    level: Level::Error,
    summary: "Evidence is cited that is not in the file",
    explain: "`ref` names an item of the top-level `evidence` map. Add the item there, or \
              correct the id.",
    before: "evidence:\n  - ref: E-30",
    after: "evidence:\n  - ref: E-03",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let assessment = subject.assessment;
    let known: Vec<&str> = assessment.evidence.iter().map(|(id, _)| id.value.as_str()).collect();
    let mut ids = known.clone();
    ids.sort_unstable();
    let is_id = |id: &str| ids.binary_search(&id).is_ok();
    let patience = Patience::default();
    for item in assessment.all_evidence() {
        // An id alone, without `ref`, would be taken for the name of a document.
        let bare = item.source.read().filter(|text| is_id(trimmed(&text.value)));
        if let (Some(id), true) = (bare, item.says.is_absent()) {
            let message = format!("{} is the id of a piece of evidence", quoted(&id.value));
            let help = format!("write `- ref: {}`", id.value.trim());
            findings.report(&RULE, id.span, message).help(help);
        }
        let Some(id) = item.cites.read() else { continue };
        if is_id(&id.value) {
            continue;
        }
        let message = format!("There is no evidence {} in this file", quoted(&id.value));
        let finding = findings.report(&RULE, id.span, message);
        match known.as_slice() {
            [] => {
                finding.help("write it once at the end of the file, under `evidence:` and its id");
            }
            known => {
                suggest(finding, patience.nearest(&id.value, known.iter().copied()), known);
                // An id may be anything that someone wrote, so only plain ones are passed on.
                finding.repair.take_if(|repair| !is_plain_id(&repair.with));
            }
        }
    }
}
