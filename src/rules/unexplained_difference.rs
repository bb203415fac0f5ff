//! An agreed rating that differs from a view without a reason.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::syntax::decode::Given;
use crate::text::join_words;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unexplained-difference",
    level: Level::Unfinished,
    summary: "The agreed rating differs from a view, and no reason is given",
    explain: "Where the agreed rating is not the one that a perspective gave, its `reason` says \
              what settled it. Where someone still disagrees, say so under `dissent`.",
    before: "rating: amber\nviews: {self: green, scrutineer: amber}",
    after: "rating: amber\nviews: {self: green, scrutineer: amber}\nreason: The audit of May showed gaps.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.asked {
        let Some(entry) = asked.entry else { continue };
        let (Given::Read(rating), true) = (&entry.rating, entry.reason.is_absent()) else {
            continue;
        };
        let differs = |view: &str| !view.trim().eq_ignore_ascii_case(rating.value.trim());
        let differing = entry.views.iter().filter(|(_, view)| differs(&view.value));
        let differing: Vec<&str> =
            differing.map(|(perspective, _)| perspective.value.as_str()).collect();
        if !differing.is_empty() {
            let whom = join_words(&differing, "and");
            findings
                .report(
                    &RULE,
                    rating.span,
                    format!("The agreed rating differs from the view of {whom}, without a reason"),
                )
                .about(&entry.id.value)
                .label(asked.question.name())
                .help("say under `reason:` what settled it");
        }
    }
}
