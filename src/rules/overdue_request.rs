//! Information that was promised and has not come.

use crate::finding::{Findings, Level, Rule};
use crate::model::period::long_date;
use crate::programme::{ItemKind, Overview, Standing};
use crate::text::count;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "overdue-request",
    level: Level::Unfinished,
    summary: "Information that was asked for is overdue",
    explain: "It was promised by a day that has passed on the programme's `as-at`, and it has not \
              come. Ask again, note when it came, or agree another day; a request that is no longer \
              needed says `withdrawn`.",
    before: "as-at: 2026-09-30\n...\n- {id: R-01, promised: 2026-09-01}",
    after: "as-at: 2026-09-30\n...\n- {id: R-01, promised: 2026-09-01, received: 2026-09-04}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    for item in overview.items.iter().filter(|item| item.kind == ItemKind::Request) {
        let (Standing::Late(days), Some(when)) = (item.standing, item.when) else { continue };
        let days = count(days.unsigned_abs() as usize, "day");
        let message = format!("It was promised by {}, {days} ago", long_date(when.to));
        findings
            .report(&RULE, item.span, message)
            .about(item.id)
            .help("add `received:` with the day on which it came, or ask again");
    }
}
