//! Findings: what is told to the author of a file, each with its rule and its place.
//!
//! A finding is made in one way only, by [`Findings::report`]. This module knows nothing of
//! checklists or assessments; renderers stand beside it and are the only ones that count lines.

pub(crate) mod baseline;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod public;
mod repair;
pub(crate) mod sarif;
pub(crate) mod short;

use std::sync::Arc;

use crate::source::{Source, Sources, Span};

pub(crate) use repair::{Certainty, Fitted, Repair, Trust};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    /// It would be better otherwise.
    Advice,
    /// Not done yet: expected in a draft, wrong in a final assessment.
    Unfinished,
    /// Wrong: a reader would be misled.
    Error,
}

impl Level {
    /// The word that users read and write.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Level::Advice => "advice",
            Level::Unfinished => "unfinished",
            Level::Error => "error",
        }
    }
}

/// One thing that is checked. The identifier is stable, and is the name of the rule's file.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The name that `explain`, `scrutiny.toml` and machine output use.
    pub id: &'static str,
    /// How grave a finding of this rule is, unless the workspace says otherwise.
    pub level: Level,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// Why it matters and what to do, in plain English.
    pub explain: &'static str,
    /// A short example that the rule reports.
    pub before: &'static str,
    /// The same example put right.
    pub after: &'static str,
}

/// A second place that helps to understand a finding, in the same file or another.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// Where to look.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// One diagnostic.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The level that counts here, which `status: final` or the workspace may have changed.
    pub level: Level,
    /// The place to put right.
    pub span: Span,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// A few words at the place itself, such as the question's number and title.
    pub label: Option<String>,
    /// Further places.
    pub also: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// The id of the question, step or action that it is about; exceptions are matched by it.
    pub about: Option<String>,
    /// The same as `help` for a program: what becomes what.
    pub repair: Option<Repair>,
    /// What machines are told of the place.
    pub way: Way,
}

/// What stands in place of a word that nobody vouches for.
pub(crate) const MASKED: &str = "*";

/// Where a finding stands whatever line it moves to. Keys and ids that nobody vouches for are masked,
/// because they may be somebody's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Way {
    /// The keys and ids that lead to the place from the top of its file.
    pub keys: Vec<String>,
    /// The question, step or action that it is about.
    pub about: Option<String>,
}

impl Finding {
    /// Adds a few words at the place itself.
    pub(crate) fn label(&mut self, text: impl Into<String>) -> &mut Self {
        self.label = Some(text.into());
        self
    }

    /// Adds what to write instead.
    pub(crate) fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Adds what to write in place of the key or value that the finding points at.
    pub(crate) fn repair(&mut self, with: impl Into<String>, trust: Trust) -> &mut Self {
        self.repair = Some(Repair { span: self.span, with: with.into(), trust });
        self
    }

    /// Adds a second place.
    pub(crate) fn also(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// The same where there may be no id, as on an action that has not got one yet.
    pub(crate) fn about_given(&mut self, id: Option<&String>) -> &mut Self {
        self.about = id.cloned();
        self
    }

    /// Names the question, step or action that it is about.
    pub(crate) fn about(&mut self, id: &str) -> &mut Self {
        self.about = Some(id.to_owned());
        self
    }
}

/// The findings of one run over one file or one set of files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Reports a finding; the only way to make one.
    pub(crate) fn report(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.list.push(Finding {
            rule,
            level: rule.level,
            span,
            message: message.into(),
            label: None,
            also: Vec::new(),
            help: None,
            about: None,
            repair: None,
            way: Way::default(),
        });
        self.list.last_mut().expect("a finding was just added")
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings in the order in which they were made.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// The findings in the order in which they were made, to add to them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Finding> {
        self.list.iter_mut()
    }

    /// Changes or removes findings one by one: `keep` may alter the level, and says whether it stays.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&mut Finding) -> bool) {
        self.list.retain_mut(keep);
    }

    /// The findings with their places worked out, in order of place.
    pub(crate) fn locate(&self, sources: &Sources) -> Vec<Located> {
        let mut located: Vec<Located> =
            self.list.iter().map(|finding| Located::of(finding, sources)).collect();
        located.sort_by(|a, b| a.key().cmp(&b.key()));
        located
    }
}

/// A finding whose places are lines and columns, with the lines that a reader needs to see. It holds
/// no reference to the file, so that the text of a checked file need not be kept.
#[derive(Clone, Debug)]
pub(crate) struct Located {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The level that counts.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// The place to put right, with its label.
    pub place: Place,
    /// Further places.
    pub also: Vec<Place>,
    /// What to write instead.
    pub help: Option<String>,
    /// The id of the question, step or action that it is about.
    pub about: Option<String>,
    /// What becomes what, where a program can do it.
    pub repair: Option<Fitted>,
    /// What machines are told of the place.
    pub way: Way,
}

/// A place as a person sees it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The file.
    pub path: Arc<str>,
    /// The file as shown, without what its name may give away.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line and the column after the last character that is meant.
    pub end: (usize, usize),
    /// The same as bytes of the text.
    pub bytes: std::ops::Range<usize>,
    /// A few words at the place, or nothing.
    pub label: String,
    /// The text of the line, or nothing where it is too long to show.
    pub excerpt: String,
    /// The bytes of the excerpt that are meant.
    pub marked: std::ops::Range<usize>,
    /// Whether the excerpt is the line as it was written.
    pub shown: Shown,
}

/// How much of a line an excerpt shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All of it.
    Whole,
    /// It is masked, so that columns in it are not those of the file.
    Masked,
}

/// A line longer than this many bytes is not shown, only named.
const LONGEST_EXCERPT: usize = 4000;

impl Located {
    fn of(finding: &Finding, sources: &Sources) -> Self {
        let place = |span: Span, label: &str| {
            let source = sources.get(span.source).expect("a finding points into a known source");
            Place::of(source, span, &sources.veil(label))
        };
        Located {
            rule: finding.rule,
            level: finding.level,
            message: sources.veil(&finding.message),
            place: place(finding.span, finding.label.as_deref().unwrap_or_default()),
            also: finding.also.iter().map(|label| place(label.span, &label.text)).collect(),
            help: finding.help.as_deref().map(|help| sources.veil(help)),
            about: finding.about.as_deref().map(|about| sources.veil(about)),
            repair: finding.repair.as_ref().and_then(|repair| {
                sources.get(repair.span.source).and_then(|source| repair.fit(source))
            }),
            way: finding.way.clone(),
        }
    }

    /// Findings are shown by file, line and column; on one spot the graver comes first.
    pub(crate) fn key(&self) -> impl Ord + use<'_> {
        let place = &self.place;
        (&place.path, place.line, place.column, std::cmp::Reverse(self.level), self.rule.id)
    }
}

impl Place {
    fn of(source: &Source, span: Span, label: &str) -> Self {
        let text = &*source.text;
        let start = floor_boundary(text, span.start as usize);
        let (line, column) = source.place_of(start);
        let end = floor_boundary(text, span.end as usize).max(start);
        let (excerpt, marked, shown) = excerpt(source, start..end);
        Place {
            path: Arc::clone(&source.path),
            file: Arc::clone(source.shown_path()),
            line,
            column,
            end: source.place_of(end),
            bytes: start..end,
            label: label.to_owned(),
            excerpt,
            marked,
            shown,
        }
    }
}

/// The line on which a place begins, as it may be shown, and what of it is meant; nothing of one that
/// is too long.
fn excerpt(
    source: &Source,
    place: std::ops::Range<usize>,
) -> (String, std::ops::Range<usize>, Shown) {
    let (_, line_start) = source.line_of(place.start);
    let line = line_start..source.line_end(place.start);
    if line.len() > LONGEST_EXCERPT {
        return (String::new(), 0..0, Shown::Whole);
    }
    let meant = place.start.min(line.end)..place.end.min(line.end);
    let (excerpt, marked) = source.veiled(line.clone(), meant);
    let is_whole = excerpt == source.text[line];
    (excerpt, marked, if is_whole { Shown::Whole } else { Shown::Masked })
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Wrong.
    pub errors: usize,
    /// Not done yet.
    pub unfinished: usize,
    /// Better if.
    pub advice: usize,
}

impl Tally {
    /// Counts findings.
    pub(crate) fn of<'f>(findings: impl IntoIterator<Item = &'f Located>) -> Self {
        let mut tally = Tally::default();
        for finding in findings {
            match finding.level {
                Level::Error => tally.errors += 1,
                Level::Unfinished => tally.unfinished += 1,
                Level::Advice => tally.advice += 1,
            }
        }
        tally
    }
}
