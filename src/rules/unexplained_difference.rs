//! An agreed rating that differs from a view without a reason.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::standing::{NOT_APPLICABLE, Standing, TOO_EARLY};
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
    // Views elsewhere, and words that are no ratings, have rules of their own.
    if subject.perspective() != "agreed" {
        return;
    }
    for asked in subject.asked.iter().filter(|asked| asked.standing != Standing::Unreadable) {
        let Some(entry) = asked.entry else { continue };
        let (Given::Read(rating), true) = (&entry.rating, entry.reason.is_absent()) else {
            continue;
        };
        let scale = subject.checklist.scale_of(asked.question);
        let is_rating = |view: &str| {
            let is_special = |word: &str| word.eq_ignore_ascii_case(view.trim());
            scale.is_some_and(|scale| scale.find(view).is_some())
                || [NOT_APPLICABLE, TOO_EARLY].into_iter().any(is_special)
        };
        let differs = |view: &str| !view.trim().eq_ignore_ascii_case(rating.value.trim());
        let views = entry.views.iter().filter(|(_, view)| is_rating(&view.value));
        let differing = views.filter(|(_, view)| differs(&view.value));
        let whom: Vec<&str> = differing.map(|(whose, _)| whose.value.as_str()).collect();
        if !whom.is_empty() {
            let views = if whom.len() == 1 { "view" } else { "views" };
            let whom = join_words(&whom, "and");
            let message =
                format!("The agreed rating differs from the {views} of {whom}, without a reason");
            findings
                .report(&RULE, rating.span, message)
                .about(&entry.id.value)
                .label(asked.question.name())
                .help("say under `reason:` what settled it");
        }
    }
}
