//! The mistakes that prose writers make in YAML: recognised from the line, explained, and mended in a
//! copy of the text so that the rest of the file can be read as well. The file itself is not touched.
//!
//! Works on lines and on what the parser stumbled over; knows nothing of the parser. Each of the files
//! beside this one explains one kind of mistake; here the copy is kept.

mod bracket;
mod column;
mod doubt;
mod layout;
mod line;
mod prose;
mod space;
mod tab;

use std::collections::HashSet;
use std::ops::Range;

pub(super) use doubt::{UNDER_AN_ID, doubts};

use self::line::{Line, Row, is_lower_or_id, line_at, rows, value_end};
use super::faults;
use super::yaml::MENDED;
use crate::finding::{Findings, Rule};
use crate::source::{Source, SourceId, Span};
use crate::text::{is_hidden, one_line};

/// What the parser stumbled over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    TooDeep,
    TooMany,
    Tab,
    Colon,
    Quote,
    OpenQuote,
    Sign,
    BlockHeader,
    Directive,
    Bracket,
    Document,
    Layout,
}

/// A stretch of the copy and what to put in its place.
type Patch = (Range<usize>, String);

/// A mistake with its explanation, and the patches that mend it in the copy, in order of place.
#[derive(Debug)]
pub(super) struct Mistake {
    rule: &'static Rule,
    place: Range<usize>,
    message: String,
    help: String,
    patches: Vec<Patch>,
    /// The line to which it belongs: where that has been mended, this follows from what was wrong
    /// there, and is mended without another word.
    after: Option<usize>,
}

impl Mistake {
    fn new(
        rule: &'static Rule,
        place: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
        patches: Vec<Patch>,
    ) -> Self {
        Mistake { rule, place, message: message.into(), help: help.into(), patches, after: None }
    }
}

/// The copy at the moment when the parser stumbled.
struct Scene<'t> {
    text: &'t str,
    rows: Vec<Row<'t>>,
    /// The row at which the parser stumbled, or the last one above it.
    index: usize,
    /// Where it stumbled.
    at: usize,
    trouble: Trouble,
}

impl<'t> Scene<'t> {
    fn new(text: &'t str, trouble: Trouble, at: usize) -> Option<Self> {
        let rows = rows(text);
        let after = rows.partition_point(|row| row.line.start <= at);
        Some(Scene { text, rows, index: after.checked_sub(1)?, at, trouble })
    }

    fn row(&self) -> &Row<'t> {
        &self.rows[self.index]
    }

    fn above(&self) -> Option<&Row<'t>> {
        self.index.checked_sub(1).map(|above| &self.rows[above])
    }

    /// The row to whose key or dash the row at which the parser stumbled belongs, be it that row.
    fn owner(&self) -> Option<usize> {
        (0..=self.index).rev().find(|&index| !self.rows[index].is_prose())
    }
}

const HELP_BLOCK: &str = "put the text on the next line, indented by two spaces, with | after the key; \
     or put the whole text in double quotes";

/// How often the parser may stumble over one line before reading is given up.
const MOST_STUMBLES: usize = 5;

/// How many control characters are taken out of a copy.
const MOST_CONTROLS: usize = 1000;

/// A copy of the text in which mistakes have been mended, and the way back to the original places.
pub(super) struct Mended<'s> {
    source: &'s Source,
    text: String,
    /// Where the copy and the original run on together: the offset in each, in order.
    joints: Vec<(usize, usize)>,
    /// The lines, by their start in the original, that have been mended already.
    touched: HashSet<usize>,
    /// The lines, by their start in the original, over which the parser stumbled.
    stumbled: Vec<usize>,
    /// What has been reported, and where in the original.
    reported: Vec<(&'static str, usize)>,
}

impl<'s> Mended<'s> {
    /// A copy in which nothing is mended but the control characters, which no parser takes.
    pub(super) fn new(source: &'s Source, findings: &mut Findings) -> Self {
        let mut mended = Mended {
            source,
            text: source.text.to_string(),
            joints: vec![(0, 0)],
            touched: HashSet::new(),
            stumbled: Vec::new(),
            reported: Vec::new(),
        };
        let controls: Vec<Patch> = source
            .text
            .char_indices()
            .filter(|&(_, character)| is_control(character))
            .take(MOST_CONTROLS)
            .map(|(at, character)| (at..at + character.len_utf8(), " ".to_owned()))
            .collect();
        // The rule on any text has reported them, where it was asked before.
        let rule = &faults::HIDDEN_CHARACTER;
        let is_known = findings.iter().any(|finding| finding.rule.id == rule.id);
        if let Some((first, _)) = controls.first().filter(|_| !is_known) {
            let message = "There is a character here that no reader sees";
            mended.report(findings, rule, first.clone(), message, "delete it");
        }
        mended.patch(&controls);
        mended
    }

    /// The source of which it is a copy.
    pub(super) fn source(&self) -> SourceId {
        self.source.id
    }

    /// Whether what is taken out of the copy can be told from what its author wrote.
    pub(super) fn knows_own_alias(&self) -> bool {
        !self.source.text.contains(MENDED)
    }

    /// The copy as it is mended so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the original of an offset in the copy, before a whole character.
    pub(super) fn place(&self, offset: usize) -> usize {
        let after = self.joints.partition_point(|&(copy, _)| copy <= offset);
        let (copy, original) = self.joints[after - 1];
        let text = &self.source.text;
        let limit = self.joints.get(after).map_or(text.len(), |&(_, original)| original);
        let mut place = (original + offset - copy).min(limit);
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        place
    }

    /// The span in the original of a span in the copy, on whole characters.
    pub(super) fn place_of(&self, span: Span) -> Span {
        let text = &self.source.text;
        let start = self.place(span.start as usize);
        let end = self.place(span.end as usize).max(start);
        let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        Span::new(span.source, start, end)
    }

    /// Explains what the parser stumbled over at an offset of the copy and mends it; says whether
    /// reading can go on. Where it cannot, that is reported as well.
    pub(super) fn mend(&mut self, trouble: Trouble, at: usize, findings: &mut Findings) -> bool {
        if trouble == Trouble::TooDeep {
            let message = "Lists and groups are nested more than 64 deep here";
            let help = "remove what was pasted in by mistake; no assessment is nested so deeply";
            self.report(findings, &faults::TOO_LARGE, at..at + 1, message, help);
            return false;
        }
        let text = std::mem::take(&mut self.text);
        let line = line_at(&text, at);
        let original = self.place(line.start);
        self.stumbled.push(original);
        let stumbles = self.stumbled.iter().filter(|&&start| start == original).count();
        let mistake = Scene::new(&text, trouble, at)
            .filter(|_| stumbles < MOST_STUMBLES && trouble != Trouble::TooMany)
            .and_then(|scene| scene.explain())
            .filter(|mistake| self.is_new(mistake));
        let leftover = mistake.is_none().then(|| self.leftover(&text, line)).flatten();
        self.text = text;
        if let Some(mistake) = mistake {
            return self.apply(mistake, findings);
        }
        let Some((patches, is_reported)) = leftover.filter(|_| stumbles <= MOST_STUMBLES) else {
            self.give_up(at, findings);
            return false;
        };
        if !is_reported {
            let help = "look at this line and the one above: put text with special signs under |";
            let place = at..at + 1;
            self.report(findings, &faults::NOT_YAML, place, "This line cannot be read", help);
        }
        self.patch(&patches);
        true
    }

    /// Reports a mistake and mends it in the copy; says whether reading can go on.
    pub(super) fn apply(&mut self, mistake: Mistake, findings: &mut Findings) -> bool {
        let Mistake { rule, place, message, help, patches, after } = mistake;
        let follows = after.is_some_and(|line| self.touched.contains(&self.place(line)));
        self.reported.push((rule.id, self.place(place.start)));
        if !follows {
            self.report(findings, rule, place, &message, &help);
        }
        for (range, _) in &patches {
            self.touched.insert(self.place(line_at(&self.text, range.start).start));
        }
        self.patch(&patches);
        !patches.is_empty()
    }

    /// Reports mistakes that stand apart, in order of place, and mends them in the copy; says whether
    /// there was any that had not been reported before.
    pub(super) fn apply_all(&mut self, mistakes: Vec<Mistake>, findings: &mut Findings) -> bool {
        let mut any = false;
        // The last first, so that the places of the others stay.
        for mistake in mistakes.into_iter().rev() {
            any |= self.is_new(&mistake) && self.apply(mistake, findings);
        }
        any
    }

    /// Says that reading stops here.
    pub(super) fn give_up(&self, at: usize, findings: &mut Findings) {
        let help = "repair what is reported above, then check the file again";
        let message = "What follows cannot be read";
        self.report(findings, &faults::NOT_YAML, at..at, message, help);
    }

    /// Whether nothing of the kind has been reported at the place; or else it was not mended by what
    /// was tried.
    fn is_new(&self, mistake: &Mistake) -> bool {
        !self.reported.contains(&(mistake.rule.id, self.place(mistake.place.start)))
    }

    /// Takes a line out of the copy that cannot be read: its value where it has a key, or else the
    /// whole. Says also whether that follows from a mistake that has been reported.
    fn leftover(&self, text: &str, line: Line<'_>) -> Option<(Vec<Patch>, bool)> {
        if line.is_empty() || line.is_comment() {
            return None;
        }
        let row = Row::of(line);
        let is_touched = |row: &Row<'_>| self.touched.contains(&self.place(row.line.start));
        let end = value_end(text, &row, row.base());
        let key = row.plain_key().filter(|key| is_lower_or_id(key));
        if key.is_some() && !row.value().is_empty() && !row.value().starts_with('*') {
            let patch = (row.value_start()..end, format!("*{MENDED}"));
            return Some((vec![patch], is_touched(&row)));
        }
        let comment = line.start + line.indent();
        Some((vec![(comment..comment, "# ".to_owned())], is_touched(&row)))
    }

    fn report(
        &self,
        findings: &mut Findings,
        rule: &'static Rule,
        range: Range<usize>,
        message: &str,
        help: &str,
    ) {
        let span = self.place_of(Span::new(self.source.id, range.start, range.end));
        findings.report(rule, span, message).help(help);
    }

    /// Puts patches in place, which stand in order; one that overlaps another is left out.
    fn patch(&mut self, patches: &[Patch]) {
        let added: usize = patches.iter().map(|(_, replacement)| replacement.len()).sum();
        let mut text = String::with_capacity(self.text.len() + added);
        let mut joints = Vec::with_capacity(self.joints.len() + 2 * patches.len());
        let mut from = 0;
        let end = (self.text.len()..self.text.len(), String::new());
        for (range, replacement) in patches.iter().chain([&end]) {
            if range.start < from {
                continue;
            }
            joints.push((text.len(), self.place(from)));
            let within = |at: usize| self.joints.partition_point(|&(copy, _)| copy <= at);
            let kept = self.joints[within(from)..].iter();
            let kept = kept.take_while(|&&(copy, _)| copy < range.start);
            joints.extend(kept.map(|&(copy, original)| (text.len() + copy - from, original)));
            text.push_str(&self.text[from..range.start]);
            if !replacement.is_empty() {
                joints.push((text.len(), self.place(range.start)));
                text.push_str(replacement);
            }
            from = range.end;
        }
        (self.text, self.joints) = (text, joints);
    }
}

/// Whether the parser takes a character for no part of any text.
fn is_control(character: char) -> bool {
    let is_break = matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}');
    is_hidden(character) && (character.is_control() || is_break)
}

/// Puts a stretch of the copy in single quotes, on one line.
fn wrap(text: &str, range: Range<usize>) -> Patch {
    let wrapped = wrapped(&text[range.clone()]);
    (range, wrapped)
}

fn wrapped(text: &str) -> String {
    let text = one_line(text).replace(&format!("*{MENDED}"), "…");
    format!("'{}'", text.replace('\'', "''"))
}

impl Scene<'_> {
    /// Finds out what was done.
    fn explain(&self) -> Option<Mistake> {
        if let Some(mistake) = self.odd_space() {
            return Some(mistake);
        }
        match self.trouble {
            Trouble::Tab => self.tabs(),
            Trouble::Colon => self.colon(),
            Trouble::Quote | Trouble::OpenQuote => self.quote(),
            Trouble::Sign => self.sign(),
            Trouble::BlockHeader => self.block_header(),
            Trouble::Directive => Some(self.directive()),
            Trouble::Bracket => self.bracket(),
            Trouble::Document => self.document(),
            Trouble::Layout | Trouble::TooDeep | Trouble::TooMany => self.layout(),
        }
    }
}
