//! Baselines: findings that are tolerated because they were there before, so that only new ones fail.
//!
//! A baseline is a text that git shows well: one finding a line, in an order that does not depend on
//! the lines of the files. It holds fingerprints, rules and places, and none of the words of a file.

use std::collections::HashSet;

use super::public::Public;
use super::{Level, Rule};

/// The first line; the number is raised when the format changes.
const HEAD: &str = "# scrutiny baseline 1";

/// What the first line of any baseline begins with.
const ANY_HEAD: &str = "# scrutiny baseline ";

const NOTE: &str = "\
# Findings that `scrutiny validate --baseline` tolerates, one on each line: what tells it from others,
# the rule, the keys that lead to the place, the file. Do not edit it: `scrutiny baseline write` makes
# it again.
";

/// How many hexadecimal digits a fingerprint has.
const FINGERPRINT: usize = 32;

/// A baseline that was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Baseline {
    lines: Vec<Line>,
}

/// A finding of a baseline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    /// The file, as seen from the top of its repository.
    pub file: String,
    /// The rule's id.
    pub rule: String,
    /// The keys that lead to the place.
    pub place: String,
    /// The fingerprint.
    pub fingerprint: String,
}

/// What a baseline does to the findings of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    /// The findings that are tolerated, by fingerprint.
    pub tolerated: HashSet<String>,
    /// The lines whose findings are gone.
    pub fixed: Vec<Line>,
}

/// Whether a finding may be tolerated. One that says that something could not be read or is not known
/// is never hidden, because what else is wrong there cannot be seen: `is_firm` knows the rules.
pub(crate) fn may_hold(finding: &Public<'_>, is_firm: impl Fn(&'static Rule) -> bool) -> bool {
    finding.level != Level::Error || !is_firm(finding.rule)
}

/// The text of a baseline that holds these findings, and these lines of an earlier one.
pub(crate) fn render<'f>(
    findings: impl Iterator<Item = &'f Public<'f>>,
    kept: impl Iterator<Item = Line>,
) -> String {
    let mut lines: Vec<Line> = findings.map(line).chain(kept).collect();
    lines.sort();
    let mut text = format!("{HEAD}\n{NOTE}");
    for Line { file, rule, place, fingerprint } in lines {
        text.push_str(&format!("{fingerprint} {rule} {place} {file}\n"));
    }
    text
}

fn line(finding: &Public<'_>) -> Line {
    let place = finding.way().replace(" / ", "/").replace(char::is_whitespace, "_");
    Line {
        file: finding.file.clone(),
        rule: finding.rule.id.to_owned(),
        place: if place.is_empty() { "-".to_owned() } else { place },
        fingerprint: finding.fingerprint.clone(),
    }
}

/// Whether a text is a baseline of any version.
pub(crate) fn is_ours(text: &str) -> bool {
    text.starts_with(ANY_HEAD)
}

impl Baseline {
    /// Reads a baseline; otherwise the line, from 1, with what is wrong there and what to do.
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, String)> {
        const AGAIN: &str = "make it again with `scrutiny baseline write --force`";
        let mut lines = text.lines().zip(1..);
        match lines.next() {
            Some((HEAD, _)) => {}
            Some((head, _)) if is_ours(head) => {
                let message = "this baseline is of a later layout: install a newer scrutiny, or";
                return Err((1, format!("{message} {AGAIN}")));
            }
            _ => return Err((1, format!("this is no baseline, which begins with `{HEAD}`"))),
        }
        let mut read = Vec::new();
        for (line, number) in lines {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let parsed = parse_line(line);
            read.push(parsed.ok_or_else(|| {
                (number, format!("this line is no finding of a baseline: {AGAIN}"))
            })?);
        }
        Ok(Baseline { lines: read })
    }

    /// What it does to the findings of a run. `is_settled` says of a line that the run could have seen
    /// its finding, so that it is out of date where the finding did not turn up.
    pub(crate) fn judge(
        &self,
        findings: &[Public<'_>],
        is_firm: impl Fn(&'static Rule) -> bool,
        is_settled: impl Fn(&Line) -> bool,
    ) -> Effect {
        let held: HashSet<&str> = self.lines.iter().map(|line| line.fingerprint.as_str()).collect();
        let is_tolerated = |finding: &&Public<'_>| {
            held.contains(finding.fingerprint.as_str()) && may_hold(finding, &is_firm)
        };
        let tolerated = findings.iter().filter(is_tolerated);
        Effect {
            tolerated: tolerated.map(|finding| finding.fingerprint.clone()).collect(),
            fixed: self.absent(findings).filter(|line| is_settled(line)).cloned().collect(),
        }
    }

    /// The lines whose findings did not turn up in a run.
    pub(crate) fn absent<'b>(&'b self, findings: &[Public<'_>]) -> impl Iterator<Item = &'b Line> {
        let there: HashSet<String> =
            findings.iter().map(|finding| finding.fingerprint.clone()).collect();
        self.lines.iter().filter(move |line| !there.contains(&line.fingerprint))
    }
}

fn parse_line(line: &str) -> Option<Line> {
    let mut parts = line.splitn(4, ' ').map(str::to_owned);
    let (fingerprint, rule, place, file) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_right = fingerprint.len() == FINGERPRINT
        && fingerprint.bytes().all(is_digit)
        && [&rule, &place, &file].iter().all(|part| !part.trim().is_empty());
    is_right.then_some(Line { file, rule, place, fingerprint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_line_that_is_damaged() {
        let check = |text: &str, expected: Result<usize, usize>| {
            let found = Baseline::parse(text).map(|one| one.lines.len()).map_err(|(line, _)| line);
            assert_eq!(found, expected, "{text}");
        };
        let good = format!("{} weak-verb actions/A-01/task a b.yaml\n", "0f".repeat(16));
        check(&format!("{HEAD}\n{NOTE}{good}{good}"), Ok(2));
        check(&format!("{HEAD}\r\n\r\n{}\r\n", good.trim_end()), Ok(1));
        check(HEAD, Ok(0));
        check("", Err(1));
        check("# scrutiny baseline 2\n", Err(1));
        check(&good, Err(1));
        check(&format!("{HEAD}\n{good}<<<<<<< HEAD\n"), Err(3));
        check(&format!("{HEAD}\n{}\n", &good[1..]), Err(2));
        check(&format!("{HEAD}\n{} weak-verb\n", "0f".repeat(16)), Err(2));
    }
}
