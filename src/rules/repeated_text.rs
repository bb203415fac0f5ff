//! The same paragraph in two places.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use std::collections::HashMap;

use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "repeated-text",
    level: Level::Advice,
    summary: "The same text stands in two places",
    explain: "A paragraph that is repeated word for word was often copied and not adapted. Say \
              what holds here; evidence that counts twice is written once, under the top-level \
              `evidence`, and cited with `ref`.",
    before: "because: (the reasons of another question, word for word)",
    after: "because: |\n  What was found on this question.",
};

/// Shorter paragraphs may well be the same by chance.
const SHORTEST: usize = 80;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for prose in subject.assessment.all_prose() {
        for paragraph in prose.text.value.split("\n\n").map(str::trim) {
            if paragraph.len() < SHORTEST {
                continue;
            }
            if let Some(first) = seen.insert(paragraph, prose.text.span) {
                let finding = findings
                    .report(
                        &RULE,
                        locate(subject, prose.text.span, paragraph),
                        "The same text stands in two places",
                    )
                    .also(locate(subject, first, paragraph), "here as well")
                    .help("say what holds here, or cite evidence that counts twice with `ref`");
                if let Some(about) = prose.about {
                    finding.about(about);
                }
            }
        }
    }
}

/// The first line of a paragraph in the file, where the text was written as it reads.
fn locate(subject: &Subject<'_>, span: Span, paragraph: &str) -> Span {
    let line = paragraph.lines().next().unwrap_or(paragraph);
    let found = subject.source.slice(span).find(line);
    found.map_or(span, |at| span.part(at, at + line.len()))
}
