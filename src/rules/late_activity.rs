//! An activity or a stage whose date has passed.

use crate::finding::{Findings, Level, Rule};
use crate::programme::{ItemKind, Overview, Standing};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "late-activity",
    level: Level::Unfinished,
    summary: "An activity or a stage of a deep dive is late",
    explain: "Its date has passed on the programme's `as-at`, and it is not said that it was done. \
              Say that it was done or dropped, or agree another date.",
    before: "as-at: 2026-09-30\n...\n- {id: P-01, when: 2026-06}",
    after: "as-at: 2026-09-30\n...\n- {id: P-01, when: 2026-06, status: done, used: 1}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    for item in &overview.items {
        let (Standing::Late(_), Some(when)) = (item.standing, item.when) else { continue };
        let (what, help) = match item.kind {
            ItemKind::Activity => ("It was planned for", "write `status: done` and the days used"),
            ItemKind::Stage(_) => ("This stage was planned for", "add `done:` with the day"),
            ItemKind::Challenge => {
                ("It was to be looked at again by", "write what came of it under `outcome:`")
            }
            ItemKind::Meeting | ItemKind::Request => continue,
        };
        findings
            .report(&RULE, item.span, format!("{what} {}", when.words()))
            .about(item.id)
            .help(format!("{help}, or another date"));
    }
}
