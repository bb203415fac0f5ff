//! One id for two entries of a programme.

use crate::finding::{Findings, Level, Rule};
use std::collections::HashMap;

use crate::programme::Overview;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "repeated-id",
    level: Level::Error,
    summary: "Two entries of a programme have the same id",
    explain: "Activities, groups, requests, challenges and deep dives are named by their ids in \
              reports and calendars, so each id stands for one thing in the whole file.",
    before: "- {id: P-01, what: Visit}\n- {id: P-01, what: Write the statement}",
    after: "- {id: P-01, what: Visit}\n- {id: P-02, what: Write the statement}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let programme = overview.basis.programme;
    let ids = programme.activities.iter().map(|own| &own.id);
    let ids = ids.chain(programme.meetings.iter().map(|own| &own.id));
    let ids = ids.chain(programme.information.iter().map(|own| &own.id));
    let ids = ids.chain(programme.challenges.iter().map(|own| &own.id));
    let ids = ids.chain(programme.deep_dives.iter().map(|own| &own.id));
    let mut first_places = HashMap::new();
    for id in ids.filter_map(|id| id.read()) {
        let name = id.value.trim();
        match first_places.get(name) {
            None => {
                first_places.insert(name.to_owned(), id.span);
            }
            Some(&first) => {
                findings
                    .report(&RULE, id.span, format!("The id {name} stands for two entries"))
                    .about(&id.value)
                    .label("the second")
                    .also(first, "the first")
                    .help("give the second an id of its own");
            }
        }
    }
}
