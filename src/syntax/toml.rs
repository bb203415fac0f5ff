//! TOML text to the tree: the only file that knows the TOML parser.
//!
//! The parser finds the place of a fault; what is said about it comes from the line, in words that
//! need no knowledge of TOML. Only the first fault of a line is reported.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memchr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decode::report_duplicate;
use super::faults;
use super::plain_toml;
use super::tree::{Kind, Style, Tree};
use crate::finding::Findings;
use crate::source::{Source, Span};
use crate::text::{one_line, quoted};

/// How deep lists and tables may be nested.
const DEEPEST: usize = 64;

/// What the parser says of a key that stands there already.
const TWICE: &str = "duplicate key";

/// Where each key stands, by its name and in the order of the text.
type Keys<'k> = HashMap<&'k str, Vec<Range<usize>>>;

/// A fault as the parser tells it: where, and what it expected.
type Fault = (Range<usize>, String);

/// Parses a source. Every fault is reported; what can be read is returned all the same.
pub(crate) fn parse<'s>(source: &'s Source, findings: &mut Findings) -> Tree<'s> {
    plain_toml::read(source).unwrap_or_else(|| parse_in_full(source, findings))
}

/// Parses a source with the parser of the whole language.
pub(super) fn parse_in_full<'s>(source: &'s Source, findings: &mut Findings) -> Tree<'s> {
    let (table, found) = recover(&source.text);
    let mends: Vec<Mend> =
        found.iter().filter_map(|(range, _)| mend(&source.text, range.start)).collect();
    if mends.is_empty() {
        return build(source, &source.text, &table, &found, findings);
    }
    let mut mended = source.text.to_string();
    for Mend { at, sign, message, help } in mends {
        mended.replace_range(at..at + 1, sign);
        let span = Span::new(source.id, at, at + 1);
        findings.report(&faults::NOT_TOML, span, message).help(help);
    }
    let (table, found) = recover(&mended);
    build(source, &mended, &table, &found, findings).into_owned()
}

/// A line that the parser would not read, and that would cost the next one. It is mended in a copy, a
/// sign for a sign, so that all places stay.
struct Mend {
    at: usize,
    sign: &'static str,
    message: String,
    help: String,
}

fn mend(text: &str, at: usize) -> Option<Mend> {
    let line = line_at(text, at);
    let whole = &text[line.clone()];
    let indent = whole.len() - whole.trim_start().len();
    let key_length = whole[indent..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let (key, rest) = whole[indent..].split_at(key_length.unwrap_or(whole.len() - indent));
    let start = line.start + indent;
    let blanks = rest.len() - rest.trim_start().len();
    if !key.is_empty() && rest.trim_start().starts_with(':') {
        return Some(Mend {
            at: start + key.len() + blanks,
            sign: "=",
            message: "A colon stands here in place of an equals sign".to_owned(),
            help: format!("write `{key} = {}`", one_line(&rest[blanks + 1..])),
        });
    }
    if !key.is_empty() && blanks > 0 && rest.trim_start().starts_with('"') {
        return Some(Mend {
            at: start + key.len(),
            sign: "=",
            message: format!("An equals sign is missing after {key}"),
            help: format!("write `{key} = {}`", one_line(rest)),
        });
    }
    let is_prose = whole[indent..].starts_with(|c: char| c.is_ascii_alphabetic())
        && !rest.trim_start().starts_with(['=', '.'])
        && line.start + indent < at;
    is_prose.then(|| Mend {
        at: start,
        sign: "#",
        message: "This line is neither a key with a value nor a heading".to_owned(),
        help: "write `key = \"text\"`; a text of several lines stands between two rows of three \
               double quotes"
            .to_owned(),
    })
}

fn recover(text: &str) -> (Spanned<DeTable<'_>>, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut all: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| (error.span().unwrap_or(0..0), error.message()))
        .map(|(range, message)| (range.start..range.end.max(range.start), message))
        .collect();
    all.sort_by_key(|(range, _)| range.start);
    // The end of the line of the latest fault, up to which all others are passed over.
    let mut reached = None;
    all.retain(|(range, _)| {
        let is_first = reached.is_none_or(|end| range.start > end);
        if is_first {
            let newline = memchr(b'\n', &text.as_bytes()[range.start..]);
            reached = Some(newline.map_or(text.len(), |at| range.start + at));
        }
        is_first
    });
    let faults = all.into_iter().map(|(range, message)| (range, message.to_owned())).collect();
    (table, faults)
}

/// Reports the faults, and builds the tree of what could be read.
fn build<'t>(
    source: &Source,
    text: &'t str,
    table: &Spanned<DeTable<'t>>,
    found: &[Fault],
    findings: &mut Findings,
) -> Tree<'t> {
    let tree = Tree::new(source.id, text.len());
    let mut builder = Builder { tree, source, text, unreadable: HashSet::new(), findings };
    let is_twice = found.iter().any(|(_, message)| message.contains(TWICE));
    let keys = if is_twice { keys(table.get_ref()) } else { HashMap::new() };
    for (range, message) in found {
        builder.report(&keys, range, message);
    }
    builder.add_table(table.get_ref(), table.span(), 1);
    builder.tree
}

struct Builder<'t, 'f> {
    tree: Tree<'t>,
    source: &'f Source,
    text: &'t str,
    /// The keys, by their start, whose values cannot be what was meant; they have been reported.
    unreadable: HashSet<usize>,
    findings: &'f mut Findings,
}

impl<'t> Builder<'t, '_> {
    fn report(&mut self, keys: &Keys<'_>, range: &Range<usize>, message: &str) {
        let span = Span::new(self.source.id, range.start, range.end);
        let name = &self.text[range.clone()];
        if message.contains("recurs") {
            // Reported where the value is added, since it is deeper than is allowed here.
        } else if !message.contains(TWICE) {
            self.forget_empty(range.start);
            let (message, help) = explain(self.text, range.start, message);
            self.findings.report(&faults::NOT_TOML, span, message).help(help);
        } else if let Some(first) = last_before(keys, name, range.start) {
            let above = &self.text[line_at(self.text, first.start)];
            if above[..above.len().min(200)].contains(&format!("[{name}.")) {
                let message =
                    format!("[[{name}]] stands below {}, which belongs to it", above.trim());
                let help = format!("move {} with its keys below its [[{name}]]", above.trim());
                self.findings.report(&faults::NOT_TOML, span, message).help(help);
                self.unreadable.insert(first.start);
            } else {
                let first = Span::new(self.source.id, first.start, first.end);
                report_duplicate(&faults::DUPLICATE_KEY, name, span, first, self.findings);
            }
        } else {
            let message = format!("{} stands twice in one place", quoted(name));
            self.findings.report(&faults::DUPLICATE_KEY, span, message).help("keep one of the two");
        }
    }

    /// A key without a value has been reported, and is not missing as well.
    fn forget_empty(&mut self, at: usize) {
        let line = line_at(self.text, at);
        if let Some((key, value)) = self.text[line.clone()].split_once('=')
            && value.trim_start_matches('=').trim().is_empty()
        {
            self.unreadable.insert(line.start + key.len() - key.trim_start().len());
        }
    }

    fn add_table(&mut self, table: &DeTable<'t>, span: Range<usize>, depth: usize) {
        let index = self.tree.push(Kind::Map, span.start, span.start);
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let span = key.span();
            let name = Kind::Scalar(key.get_ref().clone(), Style::Bare);
            self.tree.push(name, span.start, span.end);
            if self.unreadable.contains(&span.start) {
                self.tree.push(Kind::Refused, span.start, span.end);
            } else {
                self.add_value(value, depth + 1);
            }
        }
        self.tree.close(index, (span.end > span.start).then_some(span.end));
    }

    fn add_value(&mut self, value: &Spanned<DeValue<'t>>, depth: usize) {
        let span = value.span();
        match value.get_ref() {
            value if is_too_deep(value, depth) => {
                let place = Span::new(self.source.id, span.start, span.start + 1);
                let message = "Lists and tables are nested more than 64 deep here";
                self.findings
                    .report(&faults::TOO_LARGE, place, message)
                    .help("remove what was pasted in by mistake; no checklist is nested so deeply");
                self.tree.push(Kind::Refused, span.start, span.end);
            }
            DeValue::Table(table) => self.add_table(table, span, depth),
            DeValue::Array(items) => {
                let index = self.tree.push(Kind::List, span.start, span.start);
                for item in items.iter() {
                    self.add_value(item, depth + 1);
                }
                self.tree.close(index, Some(span.end));
            }
            DeValue::String(value) => {
                self.tree.push(Kind::Scalar(value.clone(), Style::Quoted), span.start, span.end);
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {
                let typed = Cow::Borrowed(&self.text[span.clone()]);
                self.tree.push(Kind::Scalar(typed, Style::Bare), span.start, span.end);
            }
        }
    }
}

/// Whether a list that holds lists, or whatever stands at the greatest depth, goes too deep.
fn is_too_deep(value: &DeValue<'_>, depth: usize) -> bool {
    match value {
        DeValue::Array(items) => {
            let holds_lists = items.iter().any(|item| matches!(item.get_ref(), DeValue::Array(_)));
            depth > DEEPEST || holds_lists && depth + height(value) > DEEPEST + 1
        }
        DeValue::Table(_) => depth > DEEPEST,
        _ => false,
    }
}

/// How many lists and tables are nested in a value, with itself. The parser has its own, greater
/// limit, so that this ends.
fn height(value: &DeValue<'_>) -> usize {
    match value {
        DeValue::Array(items) => {
            1 + items.iter().map(|item| height(item.get_ref())).max().unwrap_or_default()
        }
        DeValue::Table(table) => {
            1 + table.values().map(|value| height(value.get_ref())).max().unwrap_or_default()
        }
        _ => 0,
    }
}

/// All keys of a table and of those in it.
fn keys<'k>(table: &'k DeTable<'_>) -> Keys<'k> {
    let mut keys = Keys::new();
    let mut tables = vec![table];
    let mut values: Vec<&DeValue<'_>> = Vec::new();
    loop {
        if let Some(table) = tables.pop() {
            for (key, value) in table.iter() {
                keys.entry(key.get_ref()).or_default().push(key.span());
                values.push(value.get_ref());
            }
        } else {
            match values.pop() {
                Some(DeValue::Table(table)) => tables.push(table),
                Some(DeValue::Array(items)) => values.extend(items.iter().map(Spanned::get_ref)),
                Some(_) => {}
                None => break,
            }
        }
    }
    keys.values_mut().for_each(|places| places.sort_by_key(|place| place.start));
    keys
}

/// The last key of a name before an offset.
fn last_before(keys: &Keys<'_>, name: &str, before: usize) -> Option<Range<usize>> {
    let places = keys.get(name)?;
    let count = places.partition_point(|place| place.start < before);
    places[..count].last().cloned()
}

/// The line of an offset, without its line end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..start + text[start..end].trim_end().len()
}

/// What is wrong with a line at an offset, and what to write, in words for people who know no TOML.
fn explain(text: &str, at: usize, message: &str) -> (String, String) {
    let line = line_at(text, at);
    let whole = &text[line.clone()];
    let general =
        "write `key = \"text\"`, the text in straight double quotes on one line".to_owned();
    if whole.trim_start().starts_with('[') {
        let name = quoted(whole.trim_matches(['[', ']', ' ']));
        let help = "write two brackets before and two behind, as in `[[step]]`; or one before and \
                    one behind, as in `[evidence]`";
        return (format!("The heading {name} cannot be read"), help.to_owned());
    }
    if let Some(explained) = by_message(message) {
        return explained;
    }
    let Some((key, value)) = whole.split_once('=').filter(|(key, _)| line.start + key.len() < at)
    else {
        return ("This line is neither a key with a value nor a heading".to_owned(), general);
    };
    let (key, value) = (key.trim(), value.trim());
    let straight = one_line(value.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"']));
    match value.chars().next() {
        Some('=') => (
            "There are two equals signs".to_owned(),
            format!("write `{key} = {}`", one_line(value.trim_start_matches('='))),
        ),
        None => (format!("There is no value after {key}"), format!("write `{key} = \"text\"`")),
        Some('“' | '”' | '„' | '‘' | '’' | '«' | '»') => (
            "These quotation marks are not straight".to_owned(),
            format!("write `{key} = \"{straight}\"`"),
        ),
        Some('"') if value.matches('"').count() > 2 => (
            "The text ends at the second quotation mark".to_owned(),
            "put a backslash before each quotation mark within the text, or use ‘single’ ones there"
                .to_owned(),
        ),
        Some('"') if value.len() == 1 || !value.ends_with('"') => (
            "The text does not end with a quotation mark".to_owned(),
            format!("write `{key} = \"{straight}\"`"),
        ),
        Some('\'') => ("The text ends at the second apostrophe".to_owned(), general),
        Some('[') if message.contains("must be quoted") => (
            "The items of this list do not stand in quotation marks".to_owned(),
            format!("write each in double quotes, as in `{key} = [\"one\", \"two\"]`"),
        ),
        Some('[' | '{' | '"') => ("This value cannot be read".to_owned(), general),
        Some(_) => (
            format!("The text after {key} does not stand in quotation marks"),
            format!("write `{key} = \"{straight}\"`"),
        ),
    }
}

/// What the parser's words alone say.
fn by_message(message: &str) -> Option<(String, String)> {
    let known = [
        (
            "leading zero",
            "A number does not begin with 0",
            "remove the 0; if it is a text, put it in double quotes",
        ),
        (
            "missing comma between",
            "A comma is missing before this",
            "put a comma between every two items",
        ),
        ("unclosed array", "The list is not closed", "write ] at its end"),
        ("unclosed inline table", "The group in brackets is not closed", "write } at its end"),
        (
            "escape",
            "A backslash has a meaning of its own between double quotes",
            "write two backslashes for one",
        ),
        (
            "invalid multi-line basic string",
            "The text of several lines is not closed",
            "write three double quotes at its end",
        ),
    ];
    known
        .iter()
        .find(|(words, _, _)| message.contains(words))
        .map(|(_, message, help)| ((*message).to_owned(), (*help).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn many_faults_do_not_hang() {
        let found = |text: String| {
            let mut findings = Findings::default();
            parse_in_full(&Source::new(SourceId(0), "text", text), &mut findings);
            findings.len()
        };
        assert_eq!(found(format!("a = 1\nb = \"x\"{}", "\r".repeat(300_000))), 1);
        assert_eq!(found(format!("a = 1\nb = {}\nc = = 1\n", "=".repeat(300_000))), 2);
        assert_eq!(found(format!("b = \"{}\"", "\\q".repeat(150_000))), 1);
        let keys: String = (0..20_000).map(|number| format!("k{number} = 1\n")).collect();
        assert_eq!(found(keys.repeat(2)), 20_000);
    }
}
