//! Something that a programme does not say yet.

use crate::finding::{Findings, Level, Rule};
use crate::model::definition::capitalised;
use crate::programme::Overview;
use crate::source::Span;
use crate::syntax::decode::Given;
use crate::text::join_words;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "incomplete-programme",
    level: Level::Unfinished,
    summary: "An entry of the programme lacks what is needed to follow it",
    explain: "An activity has an id, says what it is and when, and how many days are planned for \
              it. A group that meets has an id and a name, and each of its meetings a date. A \
              request says what was asked of whom and when; a challenge what was put to whom and \
              when; a deep dive has an id and a title. The budget says how many days were agreed.",
    before: "- {id: P-01, what: Visit the front door}",
    after: "- {id: P-01, what: Visit the front door, when: 2026-06, planned: 1}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let programme = overview.basis.programme;
    let budget = &programme.budget;
    missing("the budget", None, budget.span, &[("days", budget.days.is_absent())], findings);
    for own in &programme.activities {
        let gaps = [
            ("id", own.id.is_absent()),
            ("what", own.what.is_absent()),
            ("when", own.when.is_absent()),
            ("planned", own.effort.planned.is_absent()),
        ];
        missing("activity", Some(&own.id), own.span, &gaps, findings);
    }
    for own in &programme.meetings {
        let gaps = [("id", own.id.is_absent()), ("group", own.group.is_absent())];
        missing("group", Some(&own.id), own.span, &gaps, findings);
        for sitting in &own.dates {
            let gaps = [("when", sitting.when.is_absent())];
            missing("a meeting of", Some(&own.id), sitting.span, &gaps, findings);
        }
    }
    for own in &programme.information {
        let gaps = [
            ("id", own.id.is_absent()),
            ("what", own.what.is_absent()),
            ("asked-of", own.asked_of.is_absent()),
            ("asked", own.asked.is_absent()),
        ];
        missing("request", Some(&own.id), own.span, &gaps, findings);
    }
    for own in &programme.challenges {
        let gaps = [
            ("id", own.id.is_absent()),
            ("date", own.date.is_absent()),
            ("to", own.to.is_absent()),
            ("what", own.what.is_absent()),
        ];
        missing("challenge", Some(&own.id), own.span, &gaps, findings);
    }
    for own in &programme.deep_dives {
        let gaps = [("id", own.id.is_absent()), ("title", own.title.is_absent())];
        missing("deep dive", Some(&own.id), own.span, &gaps, findings);
    }
}

fn missing(
    what: &str,
    id: Option<&Given<String>>,
    span: Span,
    gaps: &[(&str, bool)],
    findings: &mut Findings,
) {
    let gaps: Vec<String> =
        gaps.iter().filter(|(_, is_gap)| *is_gap).map(|(key, _)| format!("`{key}`")).collect();
    if gaps.is_empty() {
        return;
    }
    let name = match id.map(|id| id.value()) {
        None => capitalised(what),
        Some(None) => format!("This {}", what.trim_start_matches("a ").trim_end_matches(" of")),
        Some(Some(id)) => format!("{} {}", capitalised(what), id.trim()),
    };
    let id = id.and_then(|id| id.value());
    findings
        .report(&RULE, span, format!("{name} has no {}", join_words(&gaps, "or")))
        .about_given(id)
        .help(format!("add {}", join_words(&gaps, "and")));
}
