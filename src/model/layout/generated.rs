//! Thousands of assessments in every manner in which people write YAML, laid out: a second, unrelated
//! parser reads the same values before and after, no comment is lost, and a second layout changes
//! nothing.

use std::fmt::Write as _;

use rayon::prelude::*;
use serde_yaml::Value;

use crate::finding::Findings;
use crate::model::assessment;
use crate::source::{Source, SourceId};
use crate::syntax::layout::{Form, Language, Wrap, lay_out};
use crate::syntax::{comments, yaml};

/// How many files are laid out.
const FILES: u64 = 20_000;

const RATINGS: [&str; 5] = ["green", "amber", "red", "not-applicable", "too-early"];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    /// True once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// A file as it grows, and the comments in it.
struct Writer {
    dice: Dice,
    text: String,
    comments: Vec<String>,
    /// How far in a block text stands that was written last, which a comment must not reach.
    least_text: Option<usize>,
    /// Whether what was written last keeps all empty lines below it.
    keeps: bool,
}

/// What a value of a key is, in the generator.
#[derive(Clone, Copy)]
enum Sort {
    Prose,
    Word,
    Date,
    Rating,
    Status,
    Words,
    Evidence,
    Actions,
    Response,
    Views,
}

const ENTRY: [(&str, Sort); 11] = [
    ("rating", Sort::Rating),
    ("because", Sort::Prose),
    ("evidence", Sort::Evidence),
    ("remaining", Sort::Prose),
    ("actions", Sort::Actions),
    ("wording", Sort::Word),
    ("views", Sort::Views),
    ("reason", Sort::Prose),
    ("dissent", Sort::Prose),
    ("review-by", Sort::Date),
    ("notes", Sort::Prose),
];
const ACTION: [(&str, Sort); 10] = [
    ("id", Sort::Word),
    ("task", Sort::Prose),
    ("lead", Sort::Word),
    ("due", Sort::Date),
    ("status", Sort::Status),
    ("covers", Sort::Words),
    ("response", Sort::Response),
    ("evidence", Sort::Evidence),
    ("impact", Sort::Prose),
    ("carried-from", Sort::Word),
];
const EVIDENCE: [(&str, Sort); 5] = [
    ("source", Sort::Prose),
    ("method", Sort::Word),
    ("date", Sort::Date),
    ("voice", Sort::Words),
    ("says", Sort::Prose),
];
const RESPONSE: [(&str, Sort); 3] =
    [("said", Sort::Word), ("date", Sort::Date), ("reason", Sort::Prose)];
const HEAD: [(&str, Sort); 7] = [
    ("partnership", Sort::Word),
    ("perspective", Sort::Word),
    ("assessor", Sort::Prose),
    ("as-at", Sort::Date),
    ("covers", Sort::Words),
    ("summary", Sort::Prose),
    ("notes", Sort::Prose),
];

impl Writer {
    fn file(seed: u64) -> Writer {
        let (dice, text, comments) = (Dice(seed), String::new(), Vec::new());
        let mut file = Writer { dice, text, comments, least_text: None, keeps: false };
        file.head();
        let mut keys: Vec<usize> = (0..14).filter(|_| file.dice.once_in(3)).collect();
        if file.dice.once_in(2) {
            file.shuffle(&mut keys);
        }
        for key in std::iter::once(14).chain(keys) {
            file.gap(0);
            match key {
                0..7 => file.entry(HEAD[key], 0),
                7 | 8 => file.group(if key == 7 { "ratings" } else { "context" }, &ENTRY, 0),
                9 => file.group("evidence", &EVIDENCE, 0),
                10 => file.entry(("actions", Sort::Actions), 0),
                11 => file.text.push_str("period: {from: 2026-04-01, to: \"2026-09-30\"}\n"),
                12 => file.text.push_str("checklist:   six-steps-2019\n"),
                13 => file.entry(("nobody-knows", Sort::Prose), 0),
                _ => file.text.push_str("scrutiny: assessment\n"),
            }
        }
        file.gap(0);
        file.end();
        file
    }

    fn head(&mut self) {
        match self.dice.below(8) {
            0 => self.comment("# yaml-language-server: $schema=x.json", 0),
            1 => self.text.push_str("---\n"),
            2 => self.text.push_str("\n  \n"),
            _ => {}
        }
    }

    fn end(&mut self) {
        match self.dice.below(8) {
            0 if !self.keeps => drop(self.text.pop()),
            1 => self.text.push_str("\n\n\n"),
            2 => self.text.push_str("...\n"),
            _ => {}
        }
        match self.dice.below(6) {
            0 => self.text = self.text.replace('\n', "\r\n"),
            1 => self.text = self.text.replacen('\n', "\r\n", 3),
            _ => {}
        }
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.dice.below(last + 1));
        }
    }

    fn blanks(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    fn comment(&mut self, text: &str, indent: usize) {
        self.blanks(indent);
        writeln!(self.text, "{text}").expect("a string takes all");
        self.comments.push(text.to_owned());
    }

    fn own_comment(&mut self) -> String {
        let number = self.comments.len();
        let text =
            self.dice.pick(&["# note", "#", "# key: value", "## - \"open", "# it's # more", "#!"]);
        format!("{text} {number}")
    }

    /// Empty lines and comments, on lines of their own, before an entry that stands so far in.
    fn gap(&mut self, indent: usize) {
        if !self.dice.once_in(3) {
            return;
        }
        for _ in 0..1 + self.dice.below(2) {
            if self.dice.once_in(2) && !self.keeps {
                let count = self.dice.below(self.least_text.unwrap_or(4).max(1));
                self.blanks(count);
                self.text.push('\n');
            } else {
                let far = [indent, indent, 0, indent + 1, indent + 3, indent.saturating_sub(1)];
                let far = far[self.dice.below(far.len())];
                let far = far.min(self.least_text.map_or(far, |least| least - 1));
                let text = self.own_comment();
                self.comment(&text, far);
                (self.least_text, self.keeps) = (None, false);
            }
        }
    }

    /// Ends a line, perhaps with blanks or a comment.
    fn line_end(&mut self) {
        match self.dice.below(8) {
            0 => {
                let gap = 1 + self.dice.below(6);
                self.blanks(gap);
                let text = self.own_comment();
                // A hash one blank behind a text is taken for more of the text.
                let text = if gap == 1 { text.replacen("#!", "# !", 1) } else { text };
                self.comment(&text, 0);
            }
            1 => self.text.push_str("   \n"),
            _ => self.text.push('\n'),
        }
        (self.least_text, self.keeps) = (None, false);
    }

    fn key(&mut self, key: &str, indent: usize) {
        self.blanks(indent);
        match self.dice.below(20) {
            0 => write!(self.text, "\"{key}\":"),
            1 => write!(self.text, "'{key}':"),
            2 => write!(self.text, "{key} :"),
            _ => write!(self.text, "{key}:"),
        }
        .expect("a string takes all");
    }

    /// How far in what belongs to a key stands.
    fn inner(&mut self, indent: usize) -> usize {
        indent + [2, 2, 2, 1, 3, 4, 5][self.dice.below(7)]
    }

    /// Ids with groups of keys.
    fn group(&mut self, key: &str, keys: &[(&str, Sort)], indent: usize) {
        self.key(key, indent);
        self.line_end();
        let inner = self.inner(indent);
        for number in 0..1 + self.dice.below(2) {
            self.gap(inner);
            let id = format!("{number}.{}", self.dice.below(9));
            self.key(&id, inner);
            self.map(keys, inner);
        }
    }

    /// A map behind a key that was written: on lines of its own or in brackets, or nothing.
    fn map(&mut self, keys: &[(&str, Sort)], indent: usize) {
        if self.dice.once_in(6) {
            self.text.push(' ');
            self.in_brackets(keys, indent);
            return self.line_end();
        }
        self.line_end();
        let inner = self.inner(indent);
        self.entries(keys, inner, inner);
    }

    /// Entries in any order, the first of which may stand on a line that was begun.
    fn entries(&mut self, keys: &[(&str, Sort)], indent: usize, mut first: usize) {
        let mut chosen: Vec<(&str, Sort)> = keys.to_vec();
        self.shuffle(&mut chosen);
        chosen.truncate(1 + self.dice.below(3));
        for key in chosen {
            if first == indent {
                self.gap(indent);
            }
            self.entry_at(key, indent, first);
            first = indent;
        }
        self.gap(indent);
    }

    fn entry(&mut self, key: (&str, Sort), indent: usize) {
        self.entry_at(key, indent, indent);
    }

    /// A key with its value, after so many blanks as are still missing.
    fn entry_at(&mut self, (key, sort): (&str, Sort), indent: usize, blanks: usize) {
        self.key(key, blanks);
        if self.dice.once_in(12) {
            return self.line_end();
        }
        match sort {
            Sort::Evidence => self.list(&EVIDENCE, indent),
            Sort::Actions => self.list(&ACTION, indent),
            Sort::Response => self.map(&RESPONSE, indent),
            Sort::Views => {
                self.text.push_str(" {self: Green, police:  red}");
                self.line_end();
            }
            Sort::Words => self.words(indent),
            Sort::Prose => self.prose(indent),
            Sort::Rating | Sort::Status | Sort::Date | Sort::Word => {
                let value = self.word(sort);
                let gap = 1 + self.dice.below(3);
                self.blanks(gap);
                self.text.push_str(&value);
                self.line_end();
            }
        }
    }

    fn word(&mut self, sort: Sort) -> String {
        let word = match sort {
            Sort::Rating => {
                self.dice.pick(&["green", "Amber", "RED", "not-applicable", "Too-early"])
            }
            Sort::Status => self.dice.pick(&["open", "Done", "proposed", "CLOSED"]),
            Sort::Date => self.dice.pick(&["2026-06-30", "2027-01-01"]),
            _ => self.dice.pick(&["A-07", "police", "1.10", "no", "Green", "C#", "8c1f2a"]),
        };
        match self.dice.below(8) {
            0 => format!("\"{word}\""),
            1 => format!("'{word}'"),
            _ => word.to_owned(),
        }
    }

    /// A list of words: in brackets on one line or several, or with dashes.
    fn words(&mut self, indent: usize) {
        match self.dice.below(3) {
            0 => {
                self.text.push_str(" [3.1,  \"3 # 2\",'x']");
                self.line_end();
            }
            1 => {
                self.text.push_str(" [3.1,");
                self.line_end();
                let far = self.inner(indent);
                self.blanks(far);
                self.text.push_str("3.2,");
                self.line_end();
                self.blanks(far + 2);
                self.text.push_str("{x: y}]");
                self.line_end();
            }
            _ => {
                self.line_end();
                let inner = indent + self.dice.below(4);
                for _ in 0..1 + self.dice.below(3) {
                    self.gap(inner);
                    self.blanks(inner);
                    let word = self.word(Sort::Word);
                    self.text.push_str("- ");
                    self.text.push_str(&word);
                    self.line_end();
                }
            }
        }
    }

    fn in_brackets(&mut self, keys: &[(&str, Sort)], indent: usize) {
        let mut chosen: Vec<(&str, Sort)> = keys.to_vec();
        self.shuffle(&mut chosen);
        self.text.push('{');
        for (place, (key, sort)) in chosen.into_iter().take(3).enumerate() {
            if place > 0 {
                self.text.push(',');
                if self.dice.once_in(4) {
                    self.line_end();
                    let far = self.inner(indent);
                    self.blanks(far);
                } else {
                    self.text.push(' ');
                }
            }
            let value = match sort {
                Sort::Rating | Sort::Status | Sort::Date | Sort::Word => self.word(sort),
                Sort::Words => "[1, 2]".to_owned(),
                _ => self.dice.pick(&["Some words", "\"a: b # c\"", "'it''s, so'"]).to_owned(),
            };
            write!(self.text, "{key}: {value}").expect("a string takes all");
        }
        self.text.push('}');
    }

    /// A list of groups, with dashes at the key's column or further in.
    fn list(&mut self, keys: &[(&str, Sort)], indent: usize) {
        self.line_end();
        let dash = indent + [0, 2, 2, 1, 4][self.dice.below(5)];
        for _ in 0..1 + self.dice.below(2) {
            self.gap(dash);
            self.blanks(dash);
            self.text.push('-');
            match self.dice.below(8) {
                0 => {
                    self.line_end();
                    let inner = self.inner(dash);
                    self.entries(keys, inner, inner);
                }
                1 => {
                    self.text.push(' ');
                    self.in_brackets(keys, dash);
                    self.line_end();
                }
                2 => self.prose(dash),
                _ => {
                    let gap = 1 + self.dice.below(3);
                    self.blanks(gap);
                    self.entries(keys, dash + 1 + gap, 0);
                }
            }
        }
    }

    /// Prose behind a key or a dash, in every manner.
    fn prose(&mut self, indent: usize) {
        let far = self.inner(indent);
        match self.dice.below(9) {
            0 => self.text.push_str(" The plan's agreed, C# and all"),
            1 => self.text.push_str(" \"A \\\"quoted\\\" # text: with signs \\u00e9\\t\""),
            2 => self.text.push_str(" 'It''s # one: text'"),
            3 => self.lines(&[" Words on", "three", "lines#3"], far),
            4 => {
                self.lines(&[" \"Words in \\", "  quotes  ", "", "and \\n more\\ ", "# so\""], far)
            }
            5 => self.lines(&["", "Words below", "their key"], far),
            _ => return self.block(indent),
        }
        self.line_end();
    }

    fn lines(&mut self, lines: &[&str], indent: usize) {
        for (place, line) in lines.iter().enumerate() {
            if place > 0 {
                self.text.push('\n');
                self.blanks(if line.is_empty() { 0 } else { indent });
            }
            self.text.push_str(line);
        }
    }

    /// A block text, among whose lines are some that look like anything else.
    fn block(&mut self, indent: usize) {
        let lines: [&str; 8] = [
            "Prose.",
            "# no comment",
            "- an item",
            "",
            "  further in",
            "key: value",
            "two blanks  ",
            "…",
        ];
        let sign = self.dice.pick(&["|", "|", "|-", ">", "|+", ">-"]);
        let is_marked = self.dice.once_in(6);
        let far = if is_marked { indent + 3 } else { self.inner(indent) };
        let digit = if is_marked { "3" } else { "" };
        write!(self.text, " {}{digit}{}", &sign[..1], &sign[1..]).expect("a string takes all");
        self.line_end();
        let mut last = "";
        for place in 0..1 + self.dice.below(4) {
            let line = self.dice.pick(&lines);
            // Only a text with a number in its sign may begin further in.
            let line = if place == 0 && !is_marked { "Begin" } else { line };
            self.blanks(if line.is_empty() { 0 } else { far });
            self.text.push_str(line);
            self.text.push('\n');
            last = line;
        }
        if last.is_empty() {
            self.blanks(far);
            self.text.push_str("End\n");
        }
        (self.least_text, self.keeps) = (Some(far), sign.contains('+'));
    }
}

/// A value as the second parser reads it, without what the layout may change.
fn meaning(text: &str) -> Value {
    fn plain(value: Value, key: &str) -> Value {
        match value {
            Value::Mapping(map) => {
                let named = |key: &Value| key.as_str().unwrap_or_default().to_owned();
                let views = key == "views";
                let inner = |key: &Value| if views { "rating".to_owned() } else { named(key) };
                Value::Mapping(
                    map.into_iter()
                        .map(|(key, value)| (key.clone(), plain(value, &inner(&key))))
                        .collect(),
                )
            }
            Value::Sequence(items) => {
                Value::Sequence(items.into_iter().map(|item| plain(item, key)).collect())
            }
            Value::String(text) if ["rating", "status"].contains(&key) => {
                Value::String(text.to_lowercase())
            }
            other => other,
        }
    }
    // To that parser, a block text at the end of a file has no line end unless the file has.
    let text = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    plain(serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}")), "")
}

/// The comments of a text.
fn comments_of(text: &str) -> Vec<String> {
    let source = Source::new(SourceId(0), "text", text.to_owned());
    let tree = yaml::parse(&source, &mut Findings::default()).expect("it can be read");
    let comments = comments::of_yaml(&tree, text);
    comments.iter().map(|comment| comment.text.to_owned()).collect()
}

/// The rules of what is found in a text.
fn rules_of(text: &str) -> Vec<&'static str> {
    let source = Source::new(SourceId(0), "text", text.to_owned());
    let mut findings = Findings::default();
    let tree = yaml::parse(&source, &mut findings).expect("it can be read");
    assessment::decode(tree.root(), 4, &mut findings);
    let mut rules: Vec<_> = findings.iter().map(|finding| finding.rule.id).collect();
    // A status in another letter case is put right.
    rules.retain(|rule| *rule != "unknown-status");
    rules.sort_unstable();
    rules
}

/// Lays out one file and holds the result to it.
fn judge(file: &Writer, form: &Form<'_>) -> String {
    let text = file.text.as_str();
    let new = lay_out(text, Language::Yaml, form, Wrap::Keep);
    let new = new.unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"));
    assert_eq!(meaning(text), meaning(&new), "values:\n{text}\n---\n{new}");
    let (mut comments, mut kept) = (file.comments.clone(), comments_of(&new));
    comments.sort_unstable();
    kept.sort_unstable();
    assert_eq!(comments, kept, "comments:\n{text}\n---\n{new}");
    new
}

#[test]
fn keeps_the_meaning_of_thousands_of_files() {
    let form = super::assessment(&RATINGS);
    let counts = (0..FILES).into_par_iter().map(|seed| {
        let file = Writer::file(seed);
        let new = judge(&file, &form);
        // The layout itself proves of every file that a second one would change nothing.
        if seed % 4 == 0 {
            let again = lay_out(&new, Language::Yaml, &form, Wrap::Keep);
            assert_eq!(again.as_ref(), Ok(&new), "twice is once:\n{}", file.text);
            assert_eq!(rules_of(&file.text), rules_of(&new), "findings:\n{}", file.text);
        }
        [1, file.text.lines().count(), file.comments.len()]
    });
    let [files, lines, comments] =
        counts.reduce(|| [0; 3], |one, two| [0, 1, 2].map(|place| one[place] + two[place]));
    assert_eq!(files, 20_000);
    assert!(lines > 400_000 && comments > 80_000, "{lines} lines, {comments} comments");
}
