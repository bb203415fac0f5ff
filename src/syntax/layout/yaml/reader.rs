//! Reads the outline of a YAML text off its lines, led by the nodes of its tree.
//!
//! Nothing is taken from a node but what it is and where it begins and ends; what is written comes
//! from the text.

use std::borrow::Cow;
use std::ops::Range;

use super::super::wrap::wrapped;
use super::super::{Form, Line, Refusal, Wrap, leading_blanks, order, sorted, thin_out};
use super::{Begins, Entry, Group, Piece, STEP, Value};
use crate::syntax::comments::block_end;
use crate::syntax::decode::parse_date;
use crate::syntax::tree::{Kind, Node, Style};

/// What a schema comment for editors holds, which has to stay at the head of a file.
const SCHEMA: &str = "yaml-language-server:";

/// Reads the outline off a text, by its lines and the nodes of its tree.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// What lies before has been read.
    pub(super) at: usize,
    pub(super) wrap: Wrap,
}

impl<'t> Reader<'t> {
    /// Gives up, at the line that has been reached.
    pub(super) fn unusual<T>(&self) -> Result<T, Refusal> {
        Err(Refusal::Unusual(self.text[..self.at].matches('\n').count() + 1))
    }

    /// The rest of the line from an offset.
    fn rest(&self, at: usize) -> &'t str {
        self.text[at..].split('\n').next().unwrap_or_default()
    }

    /// How far in the reader stands on its line.
    fn column(&self) -> usize {
        self.at - self.text[..self.at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest(self.at);
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// The line at an offset, if it holds no value: what it is, how far in it begins, and where the
    /// next line starts.
    fn valueless(&self, at: usize) -> Option<(Line<'t>, usize, usize)> {
        if at == self.text.len() {
            return None;
        }
        let whole = self.rest(at);
        let next = (at + whole.len() + 1).min(self.text.len());
        let line = whole.trim_matches([' ', '\t']);
        let column = whole.len() - whole.trim_start_matches([' ', '\t']).len();
        let is_mark = |mark| {
            let rest = whole.strip_prefix(mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        let line = match line {
            "" => Line::Blank,
            _ if line.starts_with('#') => Line::Comment(line),
            _ if is_mark("---") || is_mark("...") => Line::Mark(whole.trim_end()),
            _ => return None,
        };
        Some((line, column, next))
    }

    /// The lines before the next value, which is then begun.
    fn lines(&mut self) -> Vec<Line<'t>> {
        let mut lines = Vec::new();
        while let Some((line, _, next)) = self.valueless(self.at) {
            lines.push(line);
            self.at = next;
        }
        self.skip_blanks();
        lines
    }

    /// The lines up to the last comment that stands so far in at least, before the next value.
    fn tail(&mut self, least: usize) -> Vec<Line<'t>> {
        let (mut lines, mut length, mut at) = (Vec::new(), 0, self.at);
        while let Some((line, column, next)) = self.valueless(at) {
            if line != Line::Blank {
                if column < least {
                    break;
                }
                (length, self.at) = (lines.len() + 1, next);
            }
            lines.push(line);
            at = next;
        }
        lines.truncate(length);
        thin_out(&mut lines);
        lines
    }

    /// What is said of the whole file: all above the last empty line before the first key, or above
    /// the beginning of the document.
    pub(super) fn head(&mut self) -> Vec<Line<'t>> {
        let (mut head, mut length, mut at) = (Vec::new(), 0, self.at);
        while let Some((line, _, next)) = self.valueless(at) {
            head.push(line);
            at = next;
            let is_schema = matches!(line, Line::Comment(text) if text.contains(SCHEMA));
            let is_empty = head.iter().all(|line| *line == Line::Blank);
            if is_empty {
                head.clear();
                self.at = next;
            } else if is_schema || !matches!(line, Line::Comment(_)) {
                (length, self.at) = (head.len(), next);
            }
        }
        head.truncate(length);
        thin_out(&mut head);
        head
    }

    /// The comment behind what was read last, if nothing else stands there. The next line is begun.
    fn behind(&mut self) -> Option<&'t str> {
        let rest = self.rest(self.at);
        let content = rest.trim_start_matches([' ', '\t']);
        let is_comment = content.starts_with('#') && content.len() < rest.len();
        if !content.is_empty() && !is_comment {
            return None;
        }
        self.at = (self.at + rest.len() + 1).min(self.text.len());
        Some(rest.trim_end_matches([' ', '\t']))
    }

    pub(super) fn map(
        &mut self,
        node: Node<'_>,
        form: &Form<'_>,
        indent: usize,
    ) -> Result<Group<'t>, Refusal> {
        let form = form.one();
        let (mut entries, mut names, mut column) = (Vec::new(), Vec::new(), 0);
        for (key, value) in node.entries() {
            let above = self.lines();
            let range = key.span().range();
            let Some(name) = key.scalar().filter(|_| range.start == self.at) else {
                return self.unusual();
            };
            column = self.column();
            self.at = range.end;
            self.skip_blanks();
            if !self.text[self.at..].starts_with(':') || self.text[range.clone()].contains('\n') {
                return self.unusual();
            }
            self.at += 1;
            let owner = Owner { key: Some(&self.text[range]), column, indent };
            entries.push(self.entry(above, owner, value, form.of_key(name))?);
            names.push(name);
        }
        // The empty lines below a text that keeps them belong to it wherever it stands.
        if !entries.iter().any(Entry::keeps_line_ends) {
            let order = order(names.into_iter(), form);
            entries = sorted(entries, &order, |entry| &mut entry.above);
        }
        entries.iter_mut().for_each(|entry| thin_out(&mut entry.above));
        Ok(Group { entries, below: self.tail(column) })
    }

    fn list(
        &mut self,
        node: Node<'_>,
        form: &Form<'_>,
        owner: Owner<'t>,
    ) -> Result<Group<'t>, Refusal> {
        let (mut entries, mut column) = (Vec::new(), 0);
        for item in node.children() {
            let above = self.lines();
            column = self.column();
            let dash = self.rest(self.at).strip_prefix('-');
            if !dash.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
                return self.unusual();
            }
            self.at += 1;
            let item_owner = Owner { key: None, column, indent: owner.indent + STEP };
            let mut entry = self.entry(above, item_owner, item, form.of_item())?;
            entry.lift();
            thin_out(&mut entry.above);
            entries.push(entry);
        }
        // Where the dashes stand under the key, and not further in, so may what follows the list.
        let least = if owner.key.is_some() { column.max(owner.column + 1) } else { column };
        Ok(Group { entries, below: self.tail(least) })
    }

    /// Reads what stands behind a key or a dash.
    fn entry(
        &mut self,
        mut above: Vec<Line<'t>>,
        owner: Owner<'t>,
        node: Node<'_>,
        form: &Form<'_>,
    ) -> Result<Entry<'t>, Refusal> {
        let key = owner.key;
        let behind = self.behind();
        let is_block = matches!(node.kind(), Kind::Scalar(_, Style::Block));
        let is_group = matches!(node.kind(), Kind::List | Kind::Map);
        if *node.kind() == Kind::Missing {
            let Some(behind) = behind else { return self.unusual() };
            let within = self.tail(owner.column + 1);
            return Ok(Entry { above, key, behind, within, value: Value::Missing });
        }
        if is_group && !is_in_brackets(node, self.text) {
            match behind {
                None if key.is_some() => return self.unusual(),
                None => self.skip_blanks(),
                // What stands below a dash of its own is said of the whole item.
                Some("") if key.is_none() => {
                    let below = self.lines();
                    let skipped = if above.is_empty() { leading_blanks(&below) } else { 0 };
                    above.extend(below.into_iter().skip(skipped));
                }
                Some(_) => {}
            }
            let value = Value::Group(match node.kind() {
                Kind::Map => self.map(node, form, owner.indent + STEP)?,
                _ => self.list(node, form, owner)?,
            });
            let behind = behind.unwrap_or_default();
            return Ok(Entry { above, key, behind, within: Vec::new(), value });
        }
        let mut within = self.lines();
        within.retain(|line| *line != Line::Blank);
        let is_bare = behind.is_none_or(str::is_empty) && within.is_empty();
        let begins = match behind {
            None => Begins::Behind,
            // Only a text that people may have put on its own line stays there.
            Some(_) if is_bare && (is_block || key.is_none()) => Begins::Behind,
            Some(_) => Begins::Below,
        };
        let value = match node.kind() {
            Kind::Scalar(text, Style::Block) => {
                self.block(node, text, form, begins, owner.indent + STEP)?
            }
            _ => self.inline(node, form, begins, owner.column)?,
        };
        Ok(Entry { above, key, behind: behind.unwrap_or_default(), within, value })
    }

    /// A text, or a list or group in brackets: its lines as they are, moved as a whole.
    fn inline(
        &mut self,
        node: Node<'_>,
        form: &Form<'_>,
        begins: Begins,
        column: usize,
    ) -> Result<Value<'t>, Refusal> {
        let range = node.span().range();
        if range.start != self.at {
            return self.unusual();
        }
        let mut edits = Vec::new();
        correct(node, form, self.text, &mut edits);
        let mut quoted = Vec::new();
        add_quoted(node, &mut quoted);
        let is_scalar = node.scalar().is_some();
        let mut pieces = Vec::new();
        let mut at = range.start;
        for line in self.text[range.clone()].split('\n') {
            let begin = line.trim_start_matches([' ', '\t']);
            // Blanks behind a backslash in quotes are part of the text.
            let end = at + line.len();
            let next = quoted.partition_point(|range| range.end <= end);
            let is_quoted = quoted.get(next).is_some_and(|range| range.start < end);
            let text = if is_quoted { begin } else { begin.trim_end_matches([' ', '\t']) };
            let start = end - begin.len();
            let further = match (at == range.start, is_scalar) {
                (true, _) => 0,
                (false, true) => STEP,
                (false, false) => (line.len() - begin.len()).saturating_sub(column).max(STEP),
            };
            pieces.push(Piece { further, text: edited(text, start, &edits) });
            at += line.len() + 1;
        }
        self.at = range.end;
        match self.behind() {
            Some(behind) => Ok(Value::Inline(begins, pieces, behind)),
            None => self.unusual(),
        }
    }

    /// A block text. Its lines lose their indentation and nothing else.
    fn block(
        &mut self,
        node: Node<'_>,
        text: &str,
        form: &Form<'_>,
        begins: Begins,
        indent: usize,
    ) -> Result<Value<'t>, Refusal> {
        let header = self.rest(self.at);
        let (sign, comment) = header.split_at(header.find([' ', '\t']).unwrap_or(header.len()));
        let keeps = sign.contains('+');
        let is_empty = text.trim_end_matches('\n').is_empty();
        if !sign.starts_with(['|', '>']) || keeps && is_empty && !text.is_empty() {
            return self.unusual();
        }
        let first = (self.at + header.len() + 1).min(self.text.len());
        let start = node.span().range().start;
        let end = if is_empty { first } else { block_end(self.text, start, text).max(first) };
        let own = start - self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        let whole: Vec<&str> = self.text[first..end].split_inclusive('\n').collect();
        let bare = |line: &&'t str| line.trim_end_matches('\n').get(own..).unwrap_or_default();
        let last = whole.iter().rposition(|line| keeps || !bare(line).is_empty());
        let whole = &whole[..last.map_or(0, |last| last + 1)];
        self.at = first + whole.iter().map(|line| line.len()).sum::<usize>();
        let mut lines: Vec<Cow<'t, str>> = whole.iter().map(bare).map(Cow::Borrowed).collect();
        if form.is_prose()
            && sign.starts_with('|')
            && let Wrap::To(width) = self.wrap
        {
            lines = wrapped(&lines, width.saturating_sub(indent));
        }
        let sign = sign.replace(|sign: char| sign.is_ascii_digit(), "2");
        Ok(Value::Block(begins, sign, comment.trim_end_matches([' ', '\t']), lines))
    }
}

/// The key or dash that a value stands behind: how far in it stands in the text, and will stand.
#[derive(Clone, Copy)]
struct Owner<'t> {
    key: Option<&'t str>,
    column: usize,
    indent: usize,
}

/// Whether a list or a group stands in brackets. A list that begins with a list in brackets may begin
/// at the same place.
pub(super) fn is_in_brackets(node: Node<'_>, text: &str) -> bool {
    let start = node.span().range().start;
    let first = node.children().next().map(|child| child.span().range().start);
    text[start..].starts_with(['[', '{']) && first != Some(start)
}

/// Where the texts in quotes below a node are, in order.
fn add_quoted(node: Node<'_>, quoted: &mut Vec<Range<usize>>) {
    match node.kind() {
        Kind::Scalar(_, Style::Quoted) => quoted.push(node.span().range()),
        Kind::List | Kind::Map => node.children().for_each(|child| add_quoted(child, quoted)),
        Kind::Scalar(..) | Kind::Missing | Kind::Refused => {}
    }
}

/// Words in another letter case, and dates in quotes, with what is written in their place.
fn correct(node: Node<'_>, form: &Form<'_>, text: &str, edits: &mut Vec<(Range<usize>, String)>) {
    let range = node.span().range();
    match node.kind() {
        Kind::Scalar(value, style) => {
            let raw = &text[range.clone()];
            let is_date = matches!(form.one(), Form::Date) && parse_date(value).is_ok();
            if let Some(word) = form.one().corrected(value) {
                edits.push((range, raw.replace(&**value, word)));
            } else if is_date && *style == Style::Quoted {
                edits.push((range, value.clone().into_owned()));
            }
        }
        Kind::List => node.children().for_each(|item| correct(item, form.of_item(), text, edits)),
        Kind::Map => node.entries().for_each(|(key, value)| {
            correct(value, form.one().of_key(key.scalar().unwrap_or_default()), text, edits);
        }),
        Kind::Missing | Kind::Refused => {}
    }
}

/// A line with the edits that lie in it. The edits stand in order.
fn edited<'t>(line: &'t str, start: usize, edits: &[(Range<usize>, String)]) -> Cow<'t, str> {
    let place = |at| edits.partition_point(|(range, _)| range.start < at);
    let mut new = Cow::Borrowed(line);
    for (range, text) in edits[place(start)..place(start + line.len())].iter().rev() {
        new.to_mut().replace_range(range.start - start..range.end - start, text);
    }
    new
}
