//! A response that is not one of those allowed.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::RESPONSES;
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-response",
    level: Level::Error,
    summary: "The response is not one of those allowed",
    explain: "The partnership's answer to an action is accepted, partly or not-accepted. What it \
              said in full goes under `reason`.",
    before: "response: {said: agreed}",
    after: "response: {said: accepted}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let said = action.response.as_ref().and_then(|response| response.said.read());
        let Some(said) = said else { continue };
        // A response in principle has a rule of its own.
        if RESPONSES.contains(&said.value.as_str())
            || said.value.to_lowercase().contains("principle")
        {
            continue;
        }
        let meant = nearest(&said.value.replace(' ', "-"), RESPONSES);
        let message = format!("{} is not a response", quoted(&said.value));
        let finding = findings.report(&RULE, said.span, message);
        suggest(finding, meant, &RESPONSES);
        if let Some(id) = action.id.value() {
            finding.about(id);
        }
    }
}
