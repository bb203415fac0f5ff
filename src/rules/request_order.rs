//! Dates of a request or a challenge that cannot follow each other.

use crate::finding::{Findings, Level, Rule};
use crate::model::period::long_date;
use crate::programme::Overview;
use crate::source::Spanned;
use jiff::civil::Date;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "request-order",
    level: Level::Error,
    summary: "Something came, or was promised, before it was asked for",
    explain: "A request is asked first; it is promised and received after that. A challenge is looked \
              at again after it was made. One of the two dates is mistyped, and what is overdue \
              would be worked out from it.",
    before: "- {id: R-01, asked: 2026-06-02, received: 2026-05-30}",
    after: "- {id: R-01, asked: 2026-06-02, received: 2026-06-30}",
};

pub(super) fn check(overview: &Overview<'_>, findings: &mut Findings) {
    let programme = overview.basis.programme;
    for own in &programme.information {
        let later = [
            (&own.promised, "promised by"),
            (&own.received, "received on"),
            (&own.withdrawn, "withdrawn on"),
        ];
        for (date, verb) in later {
            let (asked, later) = (own.asked.read(), date.read());
            let said = format!("It was {verb}");
            compare(asked, later, (&said, "asked for"), own.id.value(), findings);
        }
    }
    for own in &programme.challenges {
        let (date, review) = (own.date.read(), own.review_by.read());
        let said = ("It is to be looked at again by", "made");
        compare(date, review, said, own.id.value(), findings);
    }
}

fn compare(
    first: Option<&Spanned<Date>>,
    later: Option<&Spanned<Date>>,
    (said, begun): (&str, &str),
    id: Option<&String>,
    findings: &mut Findings,
) {
    let (Some(first), Some(later)) = (first, later) else { return };
    if later.value < first.value {
        let message = format!("{said} {}, before it was {begun}", long_date(later.value));
        findings
            .report(&RULE, later.span, message)
            .about_given(id)
            .also(first.span, format!("when it was {begun}"))
            .help("correct one of the two dates");
    }
}
