//! No date as at which the assessment holds.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::programme::Overview;
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-as-at",
    level: Level::Unfinished,
    summary: "It is not said as at which date the file holds",
    explain: "What is overdue depends on the day. Reports never take it from the clock, so that \
              the same file gives the same report tomorrow. Add `as-at` with the date on which \
              what it says held.",
    before: "period: 2026-27 Q2",
    after: "period: 2026-27 Q2\nas-at: 2026-09-30",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.assessment.as_at.is_absent() {
        let beginning = Span::beginning(subject.assessment.source);
        let span = subject.assessment.period.read().map_or(beginning, |period| period.span);
        findings
            .report(&RULE, span, "It is not said as at which date the assessment holds")
            .help("add `as-at:` with a date, such as the last day of the period");
    }
}

/// On a programme.
pub(super) fn check_programme(overview: &Overview<'_>, findings: &mut Findings) {
    let programme = overview.basis.programme;
    if programme.as_at.is_absent() {
        let beginning = Span::beginning(programme.source);
        let span = programme.year.read().map_or(beginning, |year| year.span);
        findings
            .report(&RULE, span, "It is not said as at which date the programme holds")
            .help("add `as-at:` with the date on which you last brought it up to date");
    }
}
