//! A group that was not seen as often as it should be.

use crate::finding::{Findings, Level, Rule};
use crate::programme::{Attendance, Overview};
use crate::syntax::decode::Given;
use crate::text::times;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unattended-group",
    level: Level::Unfinished,
    summary: "A group was not attended as often as it should be in the year",
    explain: "Every subgroup is attended once a year, unless `at-least` says otherwise. The year is \
              over, or no meeting of it is left that could be attended. Reading the papers alone \
              does not count. Plan a meeting, or write `at-least: 0` where that was agreed.",
    before: "- group: Training subgroup\n  kind: subgroup\n  dates: [{when: 2026-06-11, presence: missed}]",
    after: "- group: Training subgroup\n  kind: subgroup\n  dates: [{when: 2026-06-11, presence: attended}]",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    if overview.basis.as_at.is_none() {
        return;
    }
    for group in overview.groups.iter().filter(|group| !group.is_met() && is_readable(group)) {
        let can_be_met = group.attended + group.to_come.len() >= group.meeting.wanted() as usize;
        if can_be_met && !overview.is_over() {
            continue;
        }
        let help = match overview.is_over() {
            true => "say in the report why, and plan it first in the next year",
            false => "add a date on which it will be attended, or agree that it is not needed",
        };
        let name = group.meeting.group.read();
        let span = name.map_or(group.meeting.span, |name| name.span);
        findings
            .report(&RULE, span, message(group))
            .about_given(group.meeting.id.value())
            .help(help);
    }
}

/// What follows from a word that could not be read is not reported again.
fn is_readable(group: &Attendance<'_>) -> bool {
    let dates = || group.meeting.dates.iter();
    let is_lost = dates().any(|own| own.presence == Given::Unreadable)
        || dates().any(|own| own.when == Given::Unreadable)
        || group.meeting.at_least == Given::Unreadable;
    !is_lost
}

fn message(group: &Attendance<'_>) -> String {
    let attended = match group.attended {
        0 => "was not attended".to_owned(),
        number => format!("was attended {}", times(number)),
    };
    let papers = match group.papers_read {
        0 => String::new(),
        number => format!(", its papers were read {}", times(number)),
    };
    let wanted = times(group.meeting.wanted() as usize);
    format!("The group {attended}{papers}; it should be attended {wanted} in the year")
}
