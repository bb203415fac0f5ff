//! A voice in evidence that is not known.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::syntax::decode::suggest;
use crate::text::{nearest, nearest_or_longer, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-voice",
    level: Level::Error,
    summary: "The voice is not known",
    explain: "Whose voices were heard is counted in the report, so each has one spelling. Use a \
              built-in one, or allow another in scrutiny.toml under `[evidence] voices`.",
    before: "voice: practitioner",
    after: "voice: practitioners",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for voice in subject.assessment.all_evidence().flat_map(|item| &item.voices) {
        if subject.voices.contains(&voice.value.as_str()) {
            continue;
        }
        let meant = nearest_or_longer(&voice.value.replace(' ', "-"), &subject.voices);
        let message = format!("{} is not one of the voices", quoted(&voice.value));
        let finding = findings.report(&RULE, voice.span, message);
        suggest(finding, meant, &subject.voices);
        // A word that was cut short may have been meant to be just that.
        let is_cut = nearest(&voice.value, subject.voices.iter().copied()).is_none();
        if let Some(repair) = finding.repair.as_mut().filter(|_| is_cut) {
            repair.trust = Trust::Guess;
        }
    }
}
