//! A rating that its scale does not have.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::model::standing::{NOT_APPLICABLE, Standing, TOO_EARLY};
use crate::source::Spanned;
use crate::syntax::decode::Given;
use crate::text::{Patience, one_of, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-rating",
    level: Level::Error,
    summary: "The rating is not a value of the scale",
    explain: "A question is rated with one of the values of its scale, in any letter case, or \
              with not-applicable or too-early. Anything else is counted as no rating at all, \
              never as the nearest colour.",
    before: "rating: gren",
    after: "rating: green",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let patience = Patience::default();
    for asked in subject.asked.iter().filter(|asked| asked.question.is_rated()) {
        let Some(entry) = asked.entry else { continue };
        let Some(scale) = subject.checklist.scale_of(asked.question) else { continue };
        let special = [NOT_APPLICABLE, TOO_EARLY];
        let mut report = |written: &Spanned<String>| {
            let values = scale.values.iter().map(|value| value.value.value.as_str());
            let all: Vec<&str> = values.chain(special).collect();
            let name = asked.question.name();
            let message = format!("{} is not a rating", quoted(&written.value));
            let finding =
                findings.report(&RULE, written.span, message).about(&asked.question.id.value);
            match patience.nearest(&written.value.replace(' ', "-"), all.iter().copied()) {
                Some(meant) => finding
                    .label(format!("{name}: did you mean {meant}?"))
                    .repair(meant, Trust::Judgement),
                None => finding.label(name).help(format!("write {}", one_of(&all))),
            };
        };
        if let (Standing::Unreadable, Given::Read(rating)) = (asked.standing, &entry.rating) {
            report(rating);
        }
        for (_, view) in &entry.views {
            let is_special =
                special.iter().any(|word| word.eq_ignore_ascii_case(view.value.trim()));
            if scale.find(&view.value).is_none() && !is_special {
                report(view);
            }
        }
    }
}
