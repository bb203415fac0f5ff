//! A response that is not one of those allowed.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::model::assessment::RESPONSES;
use crate::syntax::decode::{Given, suggest};
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
        let Some(response) = &action.response else { continue };
        let finding = match &response.said {
            Given::Unreadable => continue,
            // A response in principle has a rule of its own.
            Given::Read(said)
                if RESPONSES.contains(&said.value.trim()) || is_in_principle(&said.value) =>
            {
                continue;
            }
            Given::Read(said) => {
                let meant = nearest(&said.value.replace(' ', "-"), RESPONSES);
                let message = format!("{} is not a response", quoted(&said.value));
                let finding = findings.report(&RULE, said.span, message);
                suggest(finding, meant, &RESPONSES);
                if let Some(meant) = meant {
                    finding.repair(meant, Trust::Judgement);
                }
                finding
            }
            Given::Absent => findings
                .report(
                    &RULE,
                    response.span,
                    "The response does not say whether the action is accepted",
                )
                .help("add `said: accepted`, `said: partly` or `said: not-accepted`"),
        };
        finding.about_given(action.id.value());
    }
}

fn is_in_principle(said: &str) -> bool {
    said.to_lowercase().replace('-', " ").contains("in principle")
}
