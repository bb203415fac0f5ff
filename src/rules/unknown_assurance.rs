//! An assurance opinion that the checklist does not have.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-assurance",
    level: Level::Error,
    summary: "The assurance opinion is not one of those the checklist has",
    explain: "An opinion on a step or on the whole uses the words that the checklist sets: \
              assured, partly-assured and not-assured unless it sets others. It is not a rating \
              and takes no colour.",
    before: "assurance: green",
    after: "assurance: assured",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let words: Vec<&str> = subject.checklist.assurance.iter().map(String::as_str).collect();
    let assessment = subject.assessment;
    let on_steps = assessment.steps.iter().map(|step| &step.assurance);
    for opinion in std::iter::once(&assessment.assurance).chain(on_steps) {
        let Some(opinion) = opinion.read() else { continue };
        if words.contains(&opinion.value.as_str()) {
            continue;
        }
        let meant = nearest(&opinion.value.replace(' ', "-"), words.iter().copied());
        let message = format!("{} is not an assurance opinion", quoted(&opinion.value));
        let finding = findings.report(&RULE, opinion.span, message);
        suggest(finding, meant, &words);
        if let Some(meant) = meant {
            finding.repair(meant, Trust::Judgement);
        }
    }
}
