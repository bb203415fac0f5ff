//! An action accepted in principle.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::facts::IN_PRINCIPLE;
use crate::model::programme::Programme;
use crate::source::{Source, Span};

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

const MESSAGE: &str = "An answer \"in principle\" commits nobody to anything";

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let Some(response) = &action.response else { continue };
        let said = response
            .said
            .read()
            .and_then(|said| response.is_said_in_principle().then_some(said.span));
        let reason = response.reason.read();
        let reason = reason.and_then(|reason| phrase_in(subject.source, reason.span));
        let Some(span) = said.or(reason) else { continue };
        findings
            .report(&RULE, span, MESSAGE)
            .help("ask for accepted, partly or not-accepted, with the reason")
            .about_given(action.id.value());
    }
}

/// In a programme: the response to a challenge of which nothing has come yet.
pub(super) fn check_programme(source: &Source, programme: &Programme, findings: &mut Findings) {
    let open = programme.challenges.iter().filter(|own| own.outcome.is_absent());
    for challenge in open {
        let response = challenge.response.read();
        let found = response.and_then(|response| phrase_in(source, response.span));
        let Some(span) = found else { continue };
        findings
            .report(&RULE, span, MESSAGE)
            .help("ask what will be done, and by when, and write that")
            .about_given(challenge.id.value());
    }
}

/// Where a text accepts in principle.
fn phrase_in(source: &Source, span: Span) -> Option<Span> {
    let written = source.slice(span).to_ascii_lowercase();
    let mut phrases = IN_PRINCIPLE.iter();
    let found = phrases.find_map(|phrase| Some((written.find(phrase)?, phrase.len())));
    found.map(|(at, length)| span.part(at, at + length))
}
