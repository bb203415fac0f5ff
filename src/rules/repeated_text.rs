//! The same paragraph in two places.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::model::assessment::Prose;
use crate::model::programme::Programme;
use crate::source::{Source, Span};
use crate::text::trimmed;

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
    let help = "say what holds here, or cite evidence that counts twice with `ref`";
    look(subject.source, &subject.prose, help, findings);
}

/// In a programme.
pub(super) fn check_programme(source: &Source, programme: &Programme, findings: &mut Findings) {
    look(source, &programme.all_prose(), "say what holds here", findings);
}

fn look(source: &Source, all: &[Prose<'_>], help: &str, findings: &mut Findings) {
    let mut paragraphs: Vec<(Ends, &str, &Prose<'_>)> = Vec::with_capacity(all.len());
    for prose in all.iter().filter(|prose| prose.text.value.len() >= SHORTEST) {
        let text = prose.text.value.as_str();
        let mut start = 0;
        for end in BLANK_LINE.find_iter(text.as_bytes()).chain([text.len()]) {
            let paragraph = trimmed(&text[start.min(end)..end]);
            start = end + 2;
            if paragraph.len() >= SHORTEST {
                paragraphs.push((ends(paragraph), paragraph, prose));
            }
        }
    }
    // Most often that is all there is to do.
    let mut all_ends: Vec<Ends> = paragraphs.iter().map(|(ends, ..)| *ends).collect();
    all_ends.sort_unstable();
    if all_ends.windows(2).all(|pair| pair[0] != pair[1]) {
        return;
    }
    // The order of the file is kept among equals.
    paragraphs.sort_by(|(ends, a, _), (other, b, _)| {
        ends.cmp(other).then_with(|| a.split_whitespace().cmp(b.split_whitespace()))
    });
    for pair in paragraphs.windows(2) {
        let [(ends, first, of_first), (other, second, of_second)] = pair else { continue };
        if ends == other && first.split_whitespace().eq(second.split_whitespace()) {
            report(source, [first, second], [of_first, of_second], help, findings);
        }
    }
}

/// What stands between paragraphs.
static BLANK_LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\n\n"));

/// The first letters of a paragraph and the last, backwards, in one number.
type Ends = u128;

/// How many letters an end has.
const ENDS: usize = 8;

/// How a paragraph begins and ends, white space aside. Equal texts are alike in that, and few others
/// are, so that little else is compared.
fn ends(paragraph: &str) -> Ends {
    let [first, last] = [packed(paragraph.bytes()), packed(paragraph.bytes().rev())];
    u128::from(first) << u64::BITS | u128::from(last)
}

/// The first letters of a text in one number. All white space beyond ASCII is passed over with all else
/// that is.
fn packed(bytes: impl Iterator<Item = u8>) -> u64 {
    let (mut packed, mut count) = (0, 0);
    for byte in bytes {
        if byte.is_ascii_graphic() {
            packed = packed << 8 | u64::from(byte);
            count += 1;
            if count == ENDS {
                break;
            }
        }
    }
    packed
}

fn report(
    source: &Source,
    paragraphs: [&str; 2],
    places: [&Prose<'_>; 2],
    help: &str,
    findings: &mut Findings,
) {
    let [first, second] = [0, 1].map(|at| locate(source, places[at].text.span, paragraphs[at]));
    let finding = findings
        .report(&RULE, second, "The same text stands in two places")
        .also(first, "here as well")
        .help(help);
    if let Some(about) = places[1].about {
        finding.about(about);
    }
}

/// The first line of a paragraph in the file, where the text was written as it reads.
fn locate(source: &Source, span: Span, paragraph: &str) -> Span {
    let line = paragraph.lines().next().unwrap_or(paragraph);
    let found = source.slice(span).find(line);
    found.map_or(span, |at| span.part(at, at + line.len()))
}
