//! An exception that matches nothing any more.

use crate::finding::{Finding, Findings, Level, Rule};
use crate::source::Spanned;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unused-exception",
    level: Level::Advice,
    summary: "An exception no longer matches anything",
    explain: "The text that the exception was made for has changed or is gone. Remove the \
              exception, so that it does not hide something new one day. Where it is for a rule on \
              personal data, this is an error.",
    before: "[[exception]]\nrule = \"weekend-due\"\nfile = \"2025-26-q4/scrutineer.yaml\"",
    after: "(nothing: the exception was removed)",
};

/// Reports one exception or level that set nothing aside. Whether it did is known only after the run.
pub(super) fn report<'f>(rule: &Spanned<String>, findings: &'f mut Findings) -> &'f mut Finding {
    findings
        .report(
            &RULE,
            rule.span,
            format!("The exception for {} matches nothing any more", rule.value),
        )
        .about(&rule.value)
        .help("remove it, so that it does not hide something new one day")
}
