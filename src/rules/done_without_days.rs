//! Work that was done, and took no days.

use crate::finding::{Findings, Level, Rule};
use crate::model::programme::{ActivityStatus, Presence};
use crate::programme::Overview;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "done-without-days",
    level: Level::Unfinished,
    summary: "It is not said how many days something took that was done",
    explain: "The days that are left are worked out from those used. What was done says how many it \
              took; `used: 0` where it took none. A meeting is asked only where days are planned \
              for it.",
    before: "- {id: P-01, planned: 1, status: done}",
    after: "- {id: P-01, planned: 1, used: 1.5, status: done}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let programme = overview.basis.programme;
    let mut report = |span, id: Option<&String>| {
        findings
            .report(&RULE, span, "It is not said how many days this took")
            .about_given(id)
            .help("add `used:` with whole or half days, or `used: 0`");
    };
    for own in &programme.activities {
        if own.status() == ActivityStatus::Done && own.effort.used.is_absent() {
            let span = own.status.read().map_or(own.span, |status| status.span);
            report(span, own.id.value());
        }
    }
    for meeting in &programme.meetings {
        for own in &meeting.dates {
            let took_time = matches!(own.presence(), Presence::Attended | Presence::PapersRead);
            let is_planned = own.effort.planned.read().is_some_and(|days| days.value.halves > 0);
            if took_time && is_planned && own.effort.used.is_absent() {
                let span = own.presence.read().map_or(own.span, |presence| presence.span);
                report(span, meeting.id.value());
            }
        }
    }
}
