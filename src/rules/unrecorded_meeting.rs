//! A meeting of which it is not said what became of it.

use crate::finding::{Findings, Level, Rule};
use crate::programme::{ItemKind, Overview, Standing};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unrecorded-meeting",
    level: Level::Unfinished,
    summary: "It is not said whether a meeting was attended",
    explain: "The meeting lies before the programme's `as-at`. Whether every subgroup was seen once \
              a year can only be shown if it is noted: attended, papers-read, missed or cancelled.",
    before: "as-at: 2026-09-30\n...\n- {when: 2026-06-11}",
    after: "as-at: 2026-09-30\n...\n- {when: 2026-06-11, presence: attended, used: 0.5}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    for item in overview.items.iter().filter(|item| item.kind == ItemKind::Meeting) {
        let (Standing::Late(_), Some(when)) = (item.standing, item.when) else { continue };
        findings
            .report(&RULE, item.span, format!("The meeting was on {}", when.words()))
            .about(item.id)
            .help("add `presence:` attended, papers-read, missed or cancelled");
    }
}
