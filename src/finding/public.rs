//! A finding as machines see it: places, keys and the texts of rules. Nothing that an answer says can
//! get into a format that is made from this, because it is not there.

use std::collections::HashMap;

use super::{Fitted, Level, Located, MASKED, Rule, Tally};
use crate::digest;
use crate::text::is_plain_id;

/// A finding without the words of the file.
#[derive(Clone, Debug)]
pub(crate) struct Public<'f> {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The level that counts.
    pub level: Level,
    /// The file as the user sees it.
    pub path: &'f str,
    /// The file as seen from the top of its repository.
    pub file: String,
    /// The line and the column, both from 1, columns in characters.
    pub start: (usize, usize),
    /// The line and the column after the last character.
    pub end: (usize, usize),
    /// The keys and ids that lead to the place.
    pub keys: &'f [String],
    /// The question, step or action that it is about.
    pub about: Option<&'f str>,
    /// What becomes what, where a program can do it.
    pub repair: Option<&'f Fitted>,
    /// What tells it from every other finding, whatever line it moves to.
    pub fingerprint: String,
}

/// What a run was, beside its findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// How many files were checked.
    pub files: usize,
    /// How many findings there are of each level.
    pub tally: Tally,
    /// The findings that a baseline tolerates, and those of it that are gone; nothing without one.
    pub baseline: Option<(usize, usize)>,
    /// The least grave level that makes the run fail.
    pub denied: Level,
}

/// The findings as machines see them. `file` gives, for the path of a file, the one from the top of its
/// repository, as it may be shown.
pub(crate) fn publish<'f>(
    findings: &'f [Located],
    file: impl Fn(&str) -> String,
) -> Vec<Public<'f>> {
    let mut files: HashMap<&'f str, String> = HashMap::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let publish = |finding: &'f Located| {
        let place = &finding.place;
        let about = finding.way.about.as_deref();
        let about = about.or(finding.about.as_deref().filter(|id| is_plain_id(id)));
        let file = files.entry(&place.path).or_insert_with(|| file(&place.path)).clone();
        let mark = [finding.rule.id, &file, &finding.way.keys.join("/"), about.unwrap_or_default()]
            .join("\n");
        let ordinal = seen.entry(mark.clone()).and_modify(|last| *last += 1).or_insert(0);
        Public {
            rule: finding.rule,
            level: finding.level,
            path: &place.file,
            start: (place.line, place.column),
            end: place.end,
            keys: &finding.way.keys,
            about: about.filter(|about| *about != MASKED),
            repair: finding.repair.as_ref(),
            fingerprint: fingerprint(&mark, *ordinal),
            file,
        }
    };
    findings.iter().map(publish).collect()
}

/// The rule, the file, the keys and the number among those that are alike, hashed: 32 hexadecimal
/// digits. Stable for ever, because baselines and other programs hold them.
fn fingerprint(mark: &str, ordinal: usize) -> String {
    digest::short(digest::of(&format!("scrutiny-finding/1\n{mark}\n{ordinal}")))
}

/// A finding for a log that many people may read: without the lines and the words of the file.
pub(crate) fn without_words(finding: &Located, public: &Public<'_>) -> Located {
    let mut bare = finding.clone();
    for place in std::iter::once(&mut bare.place).chain(&mut bare.also) {
        place.label.clear();
        place.excerpt.clear();
        place.marked = 0..0;
    }
    bare.message = public.message();
    bare.help = None;
    bare.about = public.about.map(str::to_owned);
    bare
}

impl Public<'_> {
    /// What is wrong, where, and what to write: one sentence without a full stop.
    pub(crate) fn message(&self) -> String {
        let mut message = self.rule.summary.to_owned();
        let way = self.way();
        if !way.is_empty() {
            message.push_str(&format!(" ({way})"));
        }
        if let Some(repair) = self.repair {
            message.push_str(&format!(": did you mean {}?", repair.with));
        }
        message
    }

    /// The keys that lead to the place, and what it is about where they do not say so.
    pub(crate) fn way(&self) -> String {
        let keys = self.keys.iter().map(String::as_str);
        let about = self.about.filter(|about| !self.keys.iter().any(|key| key == about));
        keys.chain(about).collect::<Vec<_>>().join(" / ")
    }
}

impl Run {
    /// Whether a finding of a level makes the run fail.
    pub(crate) fn denies(&self, level: Level) -> bool {
        level >= self.denied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Findings, Way};
    use crate::source::{Source, SourceId, Sources, Span};
    use std::sync::Arc;

    static RULE: Rule = Rule {
        id: "left-over-note",
        level: Level::Advice,
        summary: "A note",
        explain: "A note.",
        before: "TBC",
        after: "text",
    };

    fn fingerprints(text: &str) -> Vec<String> {
        let source = Arc::new(Source::new(SourceId(0), "a.yaml", text.to_owned()));
        let mut findings = Findings::default();
        for (at, _) in text.match_indices("TBC") {
            let span = Span::new(source.id, at, at + 3);
            let finding = findings.report(&RULE, span, "a secret");
            finding.way = Way { keys: vec!["summary".to_owned()], about: None };
        }
        let mut sources = Sources::default();
        sources.add(&source);
        let located = findings.locate(&sources);
        let public = publish(&located, str::to_owned);
        public.into_iter().map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn fingerprints_survive_a_moved_line() {
        let one = fingerprints("summary: |\n  TBC and TBC\n");
        let moved = fingerprints("# a note\n\nsummary: |\n  some\n  TBC\n  TBC\n");
        assert_eq!(one, moved);
        assert_ne!(one[0], one[1]);
        assert_eq!(
            one[0], "c0417dbba6c111fa3eed65a99e75d6aa",
            "baselines hold fingerprints: they never change"
        );
    }
}
