//! A task that begins with a verb nobody can check.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "weak-verb",
    level: Level::Advice,
    summary: "A task begins with a verb that nobody can check",
    explain: "A task that begins with ensure, consider, remind or continue cannot be seen to be \
              done. Begin with what someone will do: write, agree, train, audit, publish, \
              appoint.",
    before: "task: Ensure that the plan is known",
    after: "task: Brief every team on the plan and ask each what it will change",
};

const WEAK: [&str; 4] = ["ensure", "consider", "remind", "continue"];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (_, action) in subject.assessment.all_actions() {
        let Some(task) = action.task.read() else { continue };
        let mut words =
            task.value.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let first = words.find(|word| !word.eq_ignore_ascii_case("to")).unwrap_or_default();
        let bare = first.strip_suffix(['s', 'S']).unwrap_or(first);
        if WEAK.iter().any(|weak| bare.eq_ignore_ascii_case(weak)) {
            let at = subject.source.slice(task.span).find(first).unwrap_or(0);
            findings
                .report(
                    &RULE,
                    task.span.part(at, at + first.len()),
                    format!("A task that begins with \"{first}\" cannot be seen to be done"),
                )
                .help(
                    "begin with what someone will do: write, agree, train, audit, publish, appoint",
                )
                .about_given(action.id.value());
        }
    }
}
