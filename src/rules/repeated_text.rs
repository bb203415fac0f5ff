//! The same paragraph in two places.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::Prose;
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
    let blank = memchr::memmem::Finder::new("\n\n");
    let mut paragraphs: Vec<(&str, &Prose<'_>)> = Vec::with_capacity(subject.prose.len());
    for prose in &subject.prose {
        let text = prose.text.value.as_str();
        let mut start = 0;
        for end in blank.find_iter(text.as_bytes()).chain([text.len()]) {
            let paragraph = text[start.min(end)..end].trim();
            start = end + 2;
            if paragraph.len() >= SHORTEST {
                paragraphs.push((paragraph, prose));
            }
        }
    }
    // Equal texts come together; those of equal length are few, so that little is compared. The order
    // of the file is kept among equals.
    paragraphs.sort_by(|(a, _), (b, _)| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    for pair in paragraphs.windows(2) {
        let [(first, of_first), (second, of_second)] = pair else { continue };
        if first == second {
            report(subject, second, of_first, of_second, findings);
        }
    }
}

fn report(
    subject: &Subject<'_>,
    paragraph: &str,
    first: &Prose<'_>,
    second: &Prose<'_>,
    findings: &mut Findings,
) {
    let span = locate(subject, second.text.span, paragraph);
    let finding = findings
        .report(&RULE, span, "The same text stands in two places")
        .also(locate(subject, first.text.span, paragraph), "here as well")
        .help("say what holds here, or cite evidence that counts twice with `ref`");
    if let Some(about) = second.about {
        finding.about(about);
    }
}

/// The first line of a paragraph in the file, where the text was written as it reads.
fn locate(subject: &Subject<'_>, span: Span, paragraph: &str) -> Span {
    let line = paragraph.lines().next().unwrap_or(paragraph);
    let found = subject.source.slice(span).find(line);
    found.map_or(span, |at| span.part(at, at + line.len()))
}
