//! The tools with which the model is decoded from a tree: every fault is reported, none stops the
//! rest, and what follows from a reported fault is not reported again.

use std::borrow::Cow;

use jiff::civil::Date;

use super::faults;
use super::tree::{Kind, Node, Style};
use crate::finding::{Finding, Findings, Rule, Trust};
use crate::source::{Span, Spanned};
use crate::text::{is_same, join_words, nearest, one_line, one_of, quoted, visible};

/// The keys of one kind of group, as constants beside the decoder that takes them.
pub(crate) type Keys<const N: usize> = [&'static str; N];

/// The value of a key: not there, there but reported as unreadable, or read. What is unreadable is not
/// also reported as missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given<T> {
    /// The key is not there, or has no value.
    Absent,
    /// The value has been reported.
    Unreadable,
    /// The value.
    Read(Spanned<T>),
}

/// A text that was given, on one line; nothing where it is empty.
pub(crate) fn line(given: &Given<String>) -> Option<String> {
    given.value().map(|text| one_line(text)).filter(|text| !text.is_empty())
}

impl<T> Given<T> {
    fn of<'t>(node: Option<Node<'t>>, read: impl FnOnce(Node<'t>) -> Option<Spanned<T>>) -> Self {
        match node {
            None => Given::Absent,
            Some(node) => read(node).map_or(Given::Unreadable, Given::Read),
        }
    }

    /// The value and its place, where it was read.
    pub(crate) fn read(&self) -> Option<&Spanned<T>> {
        match self {
            Given::Read(value) => Some(value),
            Given::Absent | Given::Unreadable => None,
        }
    }

    /// The value, where it was read.
    pub(crate) fn value(&self) -> Option<&T> {
        self.read().map(|read| &read.value)
    }

    /// Whether nothing was written.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Given::Absent)
    }

    /// The value in another type, or a report of why not.
    pub(crate) fn and_then<U>(
        self,
        read: impl FnOnce(Spanned<T>) -> Option<Spanned<U>>,
    ) -> Given<U> {
        match self {
            Given::Absent => Given::Absent,
            Given::Unreadable => Given::Unreadable,
            Given::Read(value) => read(value).map_or(Given::Unreadable, Given::Read),
        }
    }
}

/// A group of keys whose values are taken one by one.
#[derive(Debug)]
pub(crate) struct Fields<'t, const N: usize> {
    keys: &'static Keys<N>,
    values: [Option<(Node<'t>, Node<'t>)>; N],
    /// Where the key stands that is probably taken next.
    likely: usize,
    span: Span,
    /// Whether something stands under a key that is not known and near no other.
    pub(crate) has_unknown: bool,
}

impl<'t, const N: usize> Fields<'t, N> {
    /// Reads the keys of a group. A misspelt key with one near neighbour is reported and counts as
    /// that neighbour; another unknown key is reported and left out. Returns nothing, after reporting,
    /// where the node is no group; a missing value is an empty group.
    pub(crate) fn of(
        node: Node<'t>,
        keys: &'static Keys<N>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut fields =
            Fields { keys, values: [None; N], likely: 0, span: node.span(), has_unknown: false };
        match node.kind() {
            Kind::Map => {}
            Kind::Missing => return Some(fields),
            Kind::Refused => return None,
            Kind::List => {
                let message = "A list stands here in place of keys with values";
                findings.report(&faults::WRONG_SHAPE, node.span(), message).help(format!(
                    "write `key: value` lines without dashes, the keys being {}",
                    join_words(keys, "and")
                ));
                return None;
            }
            Kind::Scalar(text, _) => {
                let message =
                    format!("The text {} stands in place of keys with values", quoted(text));
                findings.report(&faults::WRONG_SHAPE, node.span(), message).help(format!(
                    "write each key on a line of its own, indented, as `key: value`; \
                     the keys are {}",
                    join_words(keys, "and")
                ));
                return None;
            }
        }
        let mut unknown = Vec::new();
        let mut likely = 0;
        for (key, value) in node.entries() {
            let Some(name) = key.scalar() else { continue };
            match index_of(keys, name, likely) {
                Some(index) => {
                    likely = index + 1;
                    fields.put(index, key, value, findings);
                }
                None => unknown.push((key, name, value)),
            }
        }
        for (key, name, value) in unknown {
            fields.unknown(key, name, value, findings);
        }
        Some(fields)
    }

    fn put(&mut self, index: usize, key: Node<'t>, value: Node<'t>, findings: &mut Findings) {
        match self.values[index] {
            None => self.values[index] = Some((key, value)),
            Some((first, _)) => {
                let name = self.keys[index];
                report_duplicate(&faults::DUPLICATE_KEY, name, key.span(), first.span(), findings);
            }
        }
    }

    fn unknown(&mut self, key: Node<'t>, name: &str, value: Node<'t>, findings: &mut Findings) {
        // A hidden character has been reported; the key is what a reader sees.
        let seen = visible(name);
        if let Some(index) = self.keys.iter().position(|known| *known == seen) {
            return self.put(index, key, value, findings);
        }
        let message = format!("{} is not a key here", quoted(name));
        let finding = findings.report(&faults::UNKNOWN_KEY, key.span(), message);
        let is_free =
            |key: &&str| self.keys.iter().zip(&self.values).any(|(k, v)| k == key && v.is_none());
        let free = self.keys.iter().copied().filter(|key| is_free(key));
        let meant = nearest(name, free);
        match meant.and_then(|meant| self.keys.iter().position(|key| *key == meant)) {
            Some(index) => {
                suggest(finding, Some(self.keys[index]), &[]);
                self.values[index] = Some((key, value));
            }
            None if name.contains(' ') => {
                self.has_unknown = true;
                finding.help(format!(
                    "if this is text, the colon after {} makes it look like a key: put the whole \
                     text in double quotes, or under `|`",
                    quoted(name)
                ));
            }
            None => {
                self.has_unknown = true;
                finding.help(format!("the keys here are {}", join_words(self.keys, "and")));
            }
        }
    }

    fn index(&self, key: &str) -> usize {
        // The words of a decoder are mostly the very same texts as those in the list of its keys.
        let mut places = (self.likely..N).chain(0..self.likely);
        places
            .find(|at| std::ptr::eq(self.keys[*at], key))
            .or_else(|| self.keys.iter().position(|known| *known == key))
            .expect("only keys of the group are taken")
    }

    /// The value of a key, unless it is missing or empty.
    pub(crate) fn take(&mut self, key: &str) -> Option<Node<'t>> {
        let index = self.index(key);
        self.likely = index + 1;
        self.values[index].take().map(|(_, value)| value).filter(|value| !is_blank(*value))
    }

    /// Whether a key stands there, even without a value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.values[self.index(key)].is_some()
    }

    /// Where a key stands, or else where the group begins. To be asked before the value is taken.
    pub(crate) fn place(&self, key: &str) -> Span {
        self.values[self.index(key)]
            .map_or(Span { end: self.span.start, ..self.span }, |(key, _)| key.span())
    }

    /// The value of a key that must be there; its absence is reported, with an example of the value.
    pub(crate) fn need(
        &mut self,
        key: &str,
        example: &str,
        findings: &mut Findings,
    ) -> Option<Node<'t>> {
        let (stands, place) = (self.has(key), self.place(key));
        let value = self.take(key);
        if value.is_none() {
            let message = match stands {
                true => format!("The key `{key}` has no value"),
                false => format!("The key `{key}` is missing"),
            };
            let verb = if stands { "write" } else { "add" };
            findings
                .report(&faults::MISSING_KEY, place, message)
                .about(key)
                .help(format!("{verb} `{example}`"));
        }
        value
    }

    /// A text. One that is empty or blank counts as absent.
    pub(crate) fn text(&mut self, key: &str, findings: &mut Findings) -> Given<String> {
        Given::of(self.take(key), |node| text(node, findings))
    }

    /// A text as it stands in the file, for what is read and not kept as it is.
    pub(crate) fn written(&mut self, key: &str, findings: &mut Findings) -> Given<&'t str> {
        Given::of(self.take(key), |node| written(node, findings))
    }

    /// A date.
    pub(crate) fn date(&mut self, key: &str, findings: &mut Findings) -> Given<Date> {
        self.written(key, findings).and_then(|text| date(text, findings))
    }

    /// A list of texts; empty if the key has no value.
    pub(crate) fn texts(&mut self, key: &str, findings: &mut Findings) -> Vec<Spanned<String>> {
        self.take(key).map(|node| texts(node, findings)).unwrap_or_default()
    }

    /// The same for a list of texts.
    pub(crate) fn all_written(
        &mut self,
        key: &str,
        findings: &mut Findings,
    ) -> impl Iterator<Item = &'t str> {
        let items = self.take(key).into_iter().flat_map(Node::items);
        items.filter_map(|item| Some(written(item, findings)?.value))
    }

    /// True or false; false if the key has no value.
    pub(crate) fn flag(&mut self, key: &str, findings: &mut Findings) -> bool {
        self.take(key).and_then(|node| flag(node, findings)).unwrap_or_default()
    }
}

/// Where a key stands among the keys of a group. Files and decoders mostly go through the keys in their
/// order, so that the one behind the last is looked at first.
fn index_of(keys: &[&str], key: &str, likely: usize) -> Option<usize> {
    let (before, after) = keys.split_at(likely.min(keys.len()));
    let position = |keys: &[&str]| keys.iter().position(|known| is_same(known, key));
    position(after).map(|index| likely + index).or_else(|| position(before))
}

/// Whether nothing was written: no value, or an empty text.
pub(crate) fn is_blank(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Missing => true,
        Kind::Scalar(text, _) => text.chars().all(char::is_whitespace),
        Kind::Refused | Kind::List | Kind::Map => false,
    }
}

/// Reports a key that stands twice, with the first place as a label.
pub(crate) fn report_duplicate<'f>(
    rule: &'static Rule,
    name: &str,
    second: Span,
    first: Span,
    findings: &'f mut Findings,
) -> &'f mut Finding {
    findings
        .report(rule, second, format!("{} stands twice in one place", quoted(name)))
        .label("the second")
        .also(first, "the first")
        .help("keep one of the two, or put both texts under the first")
}

/// A text. Line ends within it are kept; a block's last line end is not.
pub(crate) fn text(node: Node<'_>, findings: &mut Findings) -> Option<Spanned<String>> {
    written(node, findings).map(|text| text.map(str::to_owned))
}

/// The same as it stands in the file.
pub(crate) fn written<'t>(node: Node<'t>, findings: &mut Findings) -> Option<Spanned<&'t str>> {
    match node.kind() {
        Kind::Scalar(text, Style::Block) => {
            let newlines = text.bytes().rev().take_while(|byte| *byte == b'\n').count();
            Some(Spanned::new(&text[..text.len() - newlines], node.span()))
        }
        Kind::Scalar(text, _) => Some(Spanned::new(text, node.span())),
        Kind::Missing | Kind::Refused => None,
        Kind::List | Kind::Map => {
            let what = if *node.kind() == Kind::List { "A list" } else { "A group of keys" };
            findings
                .report(&faults::WRONG_SHAPE, node.span(), format!("{what} stands here in place of a text"))
                .help("write the text after its key, or under `|`; a text with a colon in it stands in double quotes");
            None
        }
    }
}

/// A list of texts.
pub(crate) fn texts(node: Node<'_>, findings: &mut Findings) -> Vec<Spanned<String>> {
    node.items().filter_map(|item| text(item, findings)).collect()
}

/// True or false.
pub(crate) fn flag(node: Node<'_>, findings: &mut Findings) -> Option<bool> {
    let text = written(node, findings)?;
    match text.value {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => {
            let message = format!("{} is neither true nor false", quoted(text.value));
            let finding = findings.report(&faults::UNKNOWN_WORD, text.span, message);
            finding.help("write true or false");
            let small = text.value.trim().to_lowercase();
            if ["true", "yes", "false", "no"].contains(&small.as_str()) {
                finding.repair(small, Trust::Sure);
            }
            None
        }
    }
}

/// A date, as year-month-day and in no other way.
fn date(text: Spanned<&str>, findings: &mut Findings) -> Option<Spanned<Date>> {
    match parse_date(text.value) {
        Ok(date) => Some(Spanned::new(date, text.span)),
        Err(repair) => {
            let message = format!("{} is not a date", quoted(text.value));
            let finding = findings.report(&faults::NOT_A_DATE, text.span, message);
            // The one day that can have been meant, where the layout alone was wrong.
            if let Some(date) =
                repair.strip_prefix("write ").filter(|date| parse_date(date).is_ok())
            {
                finding.repair(date, Trust::Sure);
            }
            finding.help(repair.into_owned());
            None
        }
    }
}

/// Reads `2026-06-30`; otherwise says what to write.
pub(crate) fn parse_date(text: &str) -> Result<Date, Cow<'static, str>> {
    plain_date(text.as_bytes()).map_or_else(|| doubtful_date(text), Ok)
}

/// Reads a date as nearly all are written: four digits, two and two.
fn plain_date(text: &[u8]) -> Option<Date> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text else { return None };
    if ![a, b, c, d, e, f, g, h].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digit = |byte: u8| i16::from(byte - b'0');
    let two = |tens: u8, ones: u8| (tens - b'0') as i8 * 10 + (ones - b'0') as i8;
    let year = digit(a) * 1000 + digit(b) * 100 + digit(c) * 10 + digit(d);
    Date::new(year, two(e, f), two(g, h)).ok()
}

/// Reads what is not written so or not in the calendar, or says what to write.
fn doubtful_date(text: &str) -> Result<Date, Cow<'static, str>> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| {
        let fits = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse::<i16>().ok() } else { None }
    };
    let general = "write the year, the month and the day with hyphens, such as 2026-06-30";
    let [year, month, day] = parts.as_slice() else {
        return Err(spoken_date(text).map_or(general.into(), |date| format!("write {date}").into()));
    };
    match (number(year, 4), number(month, 2), number(day, 2)) {
        (Some(year), Some(month), Some(day)) => match Date::new(year, month as i8, day as i8) {
            Ok(date) => Ok(date),
            Err(_) => Err(match Date::new(year, month as i8, 1) {
                Ok(first) => format!(
                    "{} {year} has {} days: write the day that is meant",
                    month_name(first),
                    first.days_in_month()
                )
                .into(),
                Err(_) => general.into(),
            }),
        },
        _ => {
            let loose: Option<Vec<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
            let date = loose.and_then(|parts| {
                let [year, month, day] = parts.as_slice() else { return None };
                Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()
            });
            let date = date.filter(|date| date.year() >= 1900);
            Err(date.map_or(general.into(), |date| format!("write {date}").into()))
        }
    }
}

/// A date as people write it, where it can mean one day only: 18/12/2026, 18 December 2026.
fn spoken_date(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split([' ', '/', '.', ',']).filter(|word| !word.is_empty()).collect();
    let [day, month, year] = words.as_slice() else { return None };
    let year: i16 = year.parse().ok().filter(|year| (1900..=9000).contains(year))?;
    let day: i8 = day.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()?;
    let month: i8 = match month.parse() {
        // The day could be the month as well.
        Ok(month) if day <= 12 && day != month => return None,
        Ok(month) => month,
        Err(_) => (1..=12).find(|number| {
            let name = Date::new(2000, *number, 1).map(month_name).unwrap_or_default();
            month.len() >= 3 && name.to_lowercase().starts_with(&month.to_lowercase())
        })?,
    };
    Date::new(year, month, day).ok()
}

/// The English name of a date's month.
pub(crate) fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[usize::from(date.month().unsigned_abs()) - 1]
}

/// One of a few words. Another is reported under the given rule with the nearest right one, which
/// then counts in its place where there is one.
pub(crate) fn word<W: Copy>(
    text: &Spanned<impl AsRef<str>>,
    words: &[(&'static str, W)],
    what: &str,
    rule: &'static Rule,
    findings: &mut Findings,
) -> Option<Spanned<W>> {
    let written = text.value.as_ref();
    let seen = visible(written);
    let find = |typed: &str| words.iter().find(|(word, _)| *word == typed).map(|(_, value)| *value);
    if let Some(value) = find(seen.trim()) {
        return Some(Spanned::new(value, text.span));
    }
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let meant = nearest(written, names.iter().copied());
    let message = format!("{} is not {what}", quoted(written));
    suggest(findings.report(rule, text.span, message), meant, &names);
    meant.and_then(find).map(|value| Spanned::new(value, text.span))
}

/// Adds the nearest right word to a finding, for people and for programs, or else those that there are.
pub(crate) fn suggest(finding: &mut Finding, meant: Option<&str>, all: &[&str]) {
    match meant {
        Some(meant) => {
            finding.label(format!("did you mean {meant}?")).repair(meant, Trust::Spelling)
        }
        None => finding.help(format!("write {}", one_of(all))),
    };
}
