//! An agreed assessment made by nobody but whoever gave one of its views.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::workspace::Workspace;
use crate::text::one_line;

/// The rule. A draft may be started by anyone, and is held to it when it is final.
pub(super) static RULE: Rule = Rule {
    id: "own-moderator",
    level: Level::Unfinished,
    summary: "The agreed ratings are set by one of those whose views they settle",
    explain: "An agreed rating is found between views, so whoever gave one of them cannot be the \
              only one who sets it. scrutiny.toml says under `assessors` who makes the assessment \
              of a perspective. Name under `assessor` all roles that agreed the ratings, or the \
              one that moderated them and gave no view.",
    before: "perspective: agreed\nassessor: Independent Scrutineer",
    after: "perspective: agreed\nassessor: Independent Scrutineer, Business manager and Police lead",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let (Some(workspace), Some(assessor)) = (subject.workspace, subject.assessment.assessor.read())
    else {
        return;
    };
    let moderators = roles(&assessor.value);
    if subject.perspective() != "agreed" || moderators.is_empty() {
        return;
    }
    let views = subject.assessment.ratings.iter().flat_map(|entry| &entry.views);
    let mut views: Vec<&str> = views.map(|(whose, _)| whose.value.trim()).collect();
    views.sort_unstable();
    views.dedup();
    let is_own = |whose: &&str| {
        let own = assessors(workspace, whose);
        moderators.iter().all(|role| own.contains(role))
    };
    if let Some(whose) = views.into_iter().find(is_own) {
        let finding = findings.report(
            &RULE,
            assessor.span,
            format!("Only the assessor of the view {whose} agreed these ratings"),
        );
        let given = workspace.assessors.iter().find(|own| own.perspective.value.trim() == whose);
        if let Some(role) = given.and_then(|own| own.roles.first()) {
            finding.also(role.span, "who makes that assessment");
        }
        finding.help("name all roles that agreed the ratings, or one that gave no view");
    }
}

/// The roles that make the assessment of a perspective: those that the workspace names, and an agency
/// by its id and its name.
fn assessors(workspace: &Workspace, perspective: &str) -> Vec<String> {
    let named =
        workspace.assessors.iter().filter(|own| own.perspective.value.trim() == perspective);
    let named = named.flat_map(|own| &own.roles).map(|role| role.value.as_str());
    let agencies = workspace.partners.iter().chain(&workspace.agencies);
    let agency = agencies.filter(|agency| agency.id.value == perspective);
    let agency = agency.flat_map(|agency| [agency.id.value.as_str(), agency.label.as_str()]);
    named.chain(agency).flat_map(roles).collect()
}

/// The roles in a text, without regard to letter case: "Independent Scrutineer, Business manager and
/// Police lead" are three. A role with "and" in it counts as two wherever it stands, so that it is
/// still found again.
fn roles(text: &str) -> Vec<String> {
    let line = one_line(text).to_lowercase().replace(" and ", ",").replace(['&', ';'], ",");
    let roles = line.split(',').map(|role| role.trim().trim_start_matches("the ").to_owned());
    roles.filter(|role| !role.is_empty()).collect()
}
