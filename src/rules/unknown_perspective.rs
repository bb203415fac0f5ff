//! A perspective that nobody has.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::source::Spanned;
use crate::syntax::decode::suggest;
use crate::text::{join_words, nearest, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-perspective",
    level: Level::Error,
    summary: "The perspective is not known",
    explain: "An assessment shows one view: scrutineer, self, peer, young-people or agreed, or \
              that of an agency, by its id in scrutiny.toml. Files are compared by it, so it has \
              to be spelt alike everywhere.",
    before: "perspective: scrutiner",
    after: "perspective: scrutineer",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let known = subject.known_perspectives();
    let own = subject.assessment.perspective.read();
    let views = subject.assessment.ratings.iter().flat_map(|entry| &entry.views);
    for perspective in own.into_iter().chain(views.map(|(perspective, _)| perspective)) {
        report_unknown(subject, perspective, &known, findings);
    }
}

/// Where no agencies are declared, a word that is near none of the known ones may be an agency.
fn report_unknown(
    subject: &Subject<'_>,
    perspective: &Spanned<String>,
    known: &[&str],
    findings: &mut Findings,
) {
    if known.contains(&perspective.value.trim()) {
        return;
    }
    let meant = nearest(&perspective.value, known.iter().copied());
    if meant.is_none() && !subject.declares_agencies() {
        return;
    }
    let message = format!("{} is not a perspective", quoted(&perspective.value));
    let finding = findings.report(&RULE, perspective.span, message);
    match meant {
        Some(_) => suggest(finding, meant, known),
        None => {
            finding.help(format!(
                "write {}, or declare the agency in scrutiny.toml",
                join_words(known, "or")
            ));
        }
    }
}
