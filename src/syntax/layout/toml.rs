//! The layout of TOML: the keys of each table in order, beginning at the left edge, each with the
//! comments above it. Tables stay in the author's order, and values as they were typed.

use std::borrow::Cow;

use super::{Form, Line, Refusal, leading_blanks, order, sorted, thin_out};
use crate::syntax::comments::string_end;

/// What a schema comment for editors begins with, which has to stay at the head of a file.
const SCHEMA: &str = "#:schema";

/// A file taken apart: the keys before the first heading, then each heading with its keys.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline<'t> {
    head: Vec<Line<'t>>,
    tables: Vec<Table<'t>>,
    /// The comments at the end.
    below: Vec<Line<'t>>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Table<'t> {
    /// Nothing for the keys at the top.
    heading: Option<Statement<'t>>,
    keys: Vec<Statement<'t>>,
}

/// A heading, or a key with its value, and what stands behind it on its last line.
#[derive(Debug, PartialEq, Eq)]
struct Statement<'t> {
    above: Vec<Line<'t>>,
    text: Cow<'t, str>,
}

impl<'t> Outline<'t> {
    /// Takes apart a text that ends its lines with a newline only.
    pub(super) fn of(text: &'t str, form: &Form<'_>) -> Result<Self, Refusal> {
        let mut reader = Reader { text, at: 0 };
        let head = reader.head();
        let mut tables = vec![Table::default()];
        let below = loop {
            let mut above = reader.lines();
            thin_out(&mut above);
            if reader.at == text.len() {
                break above;
            }
            let statement = Statement { above, text: reader.statement()? };
            let is_heading = statement.text.starts_with('[');
            match tables.last_mut() {
                Some(table) if !is_heading => table.keys.push(statement),
                _ => tables.push(Table { heading: Some(statement), keys: Vec::new() }),
            }
        };
        let mut outline = Outline { head, tables, below };
        outline.arrange(form)?;
        Ok(outline)
    }

    fn arrange(&mut self, form: &Form<'_>) -> Result<(), Refusal> {
        while self.below.last() == Some(&Line::Blank) {
            self.below.pop();
        }
        for table in &mut self.tables {
            let mut own = form;
            for name in table.heading.iter().flat_map(Statement::names) {
                own = own.one().of_key(name);
            }
            let names = |key: &Statement<'t>| key.names().next().unwrap_or_default().to_owned();
            let names: Vec<String> = table.keys.iter().map(names).collect();
            let order = order(names.iter().map(String::as_str), own.one());
            let keys = std::mem::take(&mut table.keys);
            table.keys = sorted(keys, &order, |key| &mut key.above);
        }
        // There is nothing to lay out in a file without a key.
        let first = self.tables.iter_mut().find_map(Table::first).ok_or(Refusal::Unusual(1))?;
        if self.head.is_empty() {
            first.above.drain(..leading_blanks(&first.above));
        }
        Ok(())
    }

    /// The canonical text.
    pub(super) fn written(&self) -> String {
        let mut out = String::new();
        write_lines(&self.head, &mut out);
        for table in &self.tables {
            for Statement { above, text } in table.heading.iter().chain(&table.keys) {
                write_lines(above, &mut out);
                out.extend([text, "\n"]);
            }
        }
        write_lines(&self.below, &mut out);
        out
    }
}

impl<'t> Table<'t> {
    fn first(&mut self) -> Option<&mut Statement<'t>> {
        self.heading.as_mut().or(self.keys.first_mut())
    }
}

impl Statement<'_> {
    /// The names in a heading, or in a key: `[[step.question]]` has two.
    fn names(&self) -> impl Iterator<Item = &str> {
        let text = self.text.trim_start_matches('[');
        let end = text.find(['=', ']']).unwrap_or(text.len());
        text[..end].split('.').map(|name| name.trim().trim_matches(['"', '\'']))
    }
}

struct Reader<'t> {
    text: &'t str,
    /// What lies before has been read. It is the start of a line.
    at: usize,
}

impl<'t> Reader<'t> {
    /// The line that has been reached, if it is empty or a comment, and where the next one starts.
    fn valueless(&self) -> Option<(Line<'t>, usize)> {
        if self.at == self.text.len() {
            return None;
        }
        let whole = self.text[self.at..].split('\n').next().unwrap_or_default();
        let next = (self.at + whole.len() + 1).min(self.text.len());
        match whole.trim_matches([' ', '\t']) {
            "" => Some((Line::Blank, next)),
            line if line.starts_with('#') => Some((Line::Comment(line), next)),
            _ => None,
        }
    }

    fn lines(&mut self) -> Vec<Line<'t>> {
        let mut lines = Vec::new();
        while let Some((line, next)) = self.valueless() {
            lines.push(line);
            self.at = next;
        }
        lines
    }

    /// What is said of the whole file: all above the last empty line before the first key.
    fn head(&mut self) -> Vec<Line<'t>> {
        let start = self.at;
        let lines = self.lines();
        let is_schema =
            |line: &Line<'_>| matches!(line, Line::Comment(text) if text.starts_with(SCHEMA));
        let is_end = |line: &Line<'_>| *line == Line::Blank || is_schema(line);
        let length = lines.iter().rposition(is_end).map_or(0, |last| last + 1);
        self.at = start;
        for _ in 0..length {
            self.at = self.valueless().map_or(self.at, |(_, next)| next);
        }
        let blanks = leading_blanks(&lines[..length]);
        let mut head = lines[blanks..length].to_vec();
        thin_out(&mut head);
        head
    }

    /// A heading, or a key with its value, to the end of the line on which it ends. What stands
    /// further in than the left edge is moved there, but for the lines of texts.
    fn statement(&mut self) -> Result<Cow<'t, str>, Refusal> {
        let text = self.text;
        let start =
            self.at + text[self.at..].len() - text[self.at..].trim_start_matches([' ', '\t']).len();
        let indent = start - self.at;
        // The stretches between line ends that are not part of a text.
        let (mut stretches, mut begun, mut depth, mut at) = (Vec::new(), start, 0_usize, start);
        while let Some(found) = text[at..].find(['\n', '#', '"', '\'', '[', ']', '{', '}']) {
            at += found;
            match text.as_bytes()[at] {
                b'\n' if depth == 0 => break,
                b'\n' => {
                    stretches.push(begun..at);
                    begun = at + 1;
                    at += 1;
                }
                b'#' => at += text[at..].find('\n').unwrap_or(text.len() - at),
                b'"' | b'\'' => at = string_end(text, at),
                b'[' | b'{' => (depth, at) = (depth + 1, at + 1),
                _ => (depth, at) = (depth.saturating_sub(1), at + 1),
            }
        }
        let end = if text[at..].starts_with('\n') { at } else { text.len() };
        stretches.push(begun..end);
        self.at = (end + 1).min(text.len());
        let mut lines =
            stretches.into_iter().map(|range| text[range].trim_end_matches([' ', '\t']));
        let first = lines.next().unwrap_or_default();
        let mut whole = if first.starts_with('[') { Cow::Borrowed(first) } else { spaced(first)? };
        for line in lines {
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            whole.to_mut().extend(["\n", &line[blanks.min(indent)..]]);
        }
        Ok(whole)
    }
}

/// A line with a key, with one blank on each side of the equals sign.
fn spaced(line: &str) -> Result<Cow<'_, str>, Refusal> {
    let mut at = 0;
    while let Some(found) = line[at..].find(['=', '"', '\'']) {
        at += found;
        if line[at..].starts_with('=') {
            let (key, value) = (line[..at].trim_end(), line[at + 1..].trim_start());
            return Ok(Cow::Owned(format!("{key} = {value}")));
        }
        at = string_end(line, at);
    }
    Err(Refusal::Unproven)
}

fn write_lines(lines: &[Line<'_>], out: &mut String) {
    for line in lines {
        if let Line::Comment(text) | Line::Mark(text) = line {
            out.push_str(text);
        }
        out.push('\n');
    }
}
