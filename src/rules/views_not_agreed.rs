//! Views in an assessment that is not agreed.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "views-not-agreed",
    level: Level::Advice,
    summary: "Views stand in an assessment that is not the agreed one",
    explain: "`views` say what each perspective had rated before an agreed rating was found. \
              They belong into the assessment whose perspective is agreed.",
    before: "perspective: self\nratings:\n  1.1: {rating: green, views: {scrutineer: red}}",
    after: "perspective: agreed\nratings:\n  1.1: {rating: amber, views: {self: green, scrutineer: red}}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.perspective() == "agreed" {
        return;
    }
    for entry in &subject.assessment.ratings {
        if let Some((first, _)) = entry.views.first() {
            findings
                .report(&RULE, first.span, "Views belong into the agreed assessment")
                .about(&entry.id.value)
                .help("write `perspective: agreed` if this is it; otherwise remove the views");
        }
    }
}
