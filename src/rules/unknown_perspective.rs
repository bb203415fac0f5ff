//! A perspective that nobody has.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::source::Spanned;
use crate::syntax::decode::suggest;
use crate::text::{Patience, one_of, quoted};

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
    let declares_agencies = subject.declares_agencies();
    let patience = Patience::default();
    let own = subject.assessment.perspective.read();
    let views = subject.assessment.ratings.iter().flat_map(|entry| &entry.views);
    for perspective in own.into_iter().chain(views.map(|(perspective, _)| perspective)) {
        if subject.is_known_perspective(perspective.value.trim()) {
            continue;
        }
        let meant = patience.nearest(&perspective.value, known.iter().copied());
        // Where no agencies are declared, a word that is near none of the known ones may be an agency.
        if meant.is_some() || declares_agencies {
            report_unknown(perspective, meant, known, findings);
        }
    }
}

fn report_unknown(
    perspective: &Spanned<String>,
    meant: Option<&str>,
    known: &[&str],
    findings: &mut Findings,
) {
    let message = format!("{} is not a perspective", quoted(&perspective.value));
    let finding = findings.report(&RULE, perspective.span, message);
    match meant {
        Some(_) => suggest(finding, meant, known),
        None => {
            finding
                .help(format!("write {}, or declare the agency in scrutiny.toml", one_of(known)));
        }
    }
}
