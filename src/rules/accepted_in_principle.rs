//! An action accepted in principle.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "accepted-in-principle",
    level: Level::Advice,
    summary: "An action is accepted only in principle",
    explain: "\"Accepted in principle\" commits nobody to anything. Ask whether the action is \
              accepted, accepted in part (and in which), or not accepted, and write that with \
              the reason.",
    before: "response: {said: accepted in principle}",
    after: "response: {said: partly, reason: The training, not the post.}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let Some(response) = &action.response else { continue };
        for text in [&response.said, &response.reason].into_iter().filter_map(|given| given.read())
        {
            let written = text.value.to_lowercase().replace('-', " ");
            if written.contains("accepted in principle") || written.contains("agreed in principle")
            {
                let finding = findings
                    .report(
                        &RULE,
                        text.span,
                        "\"Accepted in principle\" commits nobody to anything",
                    )
                    .help("ask for accepted, partly or not-accepted, with the reason");
                if let Some(id) = action.id.value() {
                    finding.about(id);
                }
            }
        }
    }
}
