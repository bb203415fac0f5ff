//! An action accepted in principle.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::facts::IN_PRINCIPLE;

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
        let said = response
            .said
            .read()
            .and_then(|said| response.is_said_in_principle().then_some(said.span));
        let reason = response.reason.read().and_then(|reason| {
            let written = subject.source.slice(reason.span).to_lowercase();
            let found =
                IN_PRINCIPLE.iter().find_map(|phrase| Some((written.find(phrase)?, phrase.len())));
            found.map(|(at, length)| reason.span.part(at, at + length))
        });
        let Some(span) = said.or(reason) else { continue };
        findings
            .report(&RULE, span, "An answer \"in principle\" commits nobody to anything")
            .help("ask for accepted, partly or not-accepted, with the reason")
            .about_given(action.id.value());
    }
}
