//! Where things stand in a text: lines, columns, the colon of a key, the lines of a block, comments.
//! And the splices that put something there.

use std::ops::Range;

use super::Splice;
use super::plan::Editor;
use crate::syntax::tree::{Kind, Node, Style};

/// The parts of a block text.
pub(super) struct Block {
    /// Its sign, such as `|`.
    pub(super) sign: Range<usize>,
    /// From the start of its first line to the end of its last; empty where it has none.
    pub(super) lines: Range<usize>,
    /// The end of its last line, empty lines included where the sign says that they count.
    pub(super) until: usize,
    /// How far its lines are indented, or would be.
    pub(super) indent: usize,
}

impl<'t> Editor<'t> {
    /// Whether a collection stands between brackets.
    pub(super) fn is_flow(&self, node: Node<'t>) -> bool {
        let bracket = match node.kind() {
            Kind::Map => b'{',
            Kind::List => b'[',
            Kind::Missing | Kind::Refused | Kind::Scalar(..) => return false,
        };
        // A list whose dash is not counted in begins where its first item does.
        self.text.as_bytes().get(at(node)) == Some(&bracket)
            && node.children().next().is_none_or(|first| at(first) > at(node))
    }

    pub(super) fn replace(&self, node: Node<'t>, with: String) -> Splice {
        Splice { at: at(node)..end(node), with }
    }

    /// A value behind the colon of a key that has none.
    pub(super) fn behind_key(&self, key: Node<'t>, value: &str) -> Splice {
        let space = if value.is_empty() { "" } else { " " };
        let colon = self.colon(key);
        let has_colon = self.text[..colon].ends_with(':');
        let sign = if has_colon { "" } else { ":" };
        Splice::insert(colon, format!("{sign}{space}{value}"))
    }

    /// One more item or pair between brackets.
    pub(super) fn add_to_flow(&self, node: Node<'t>, what: &str) -> Splice {
        let last = match node.kind() {
            Kind::Map => node.entries().last().map(|(key, value)| match value.kind() {
                Kind::Missing => self.colon(key),
                _ => end(value),
            }),
            _ => node.children().filter(|item| *item.kind() != Kind::Missing).last().map(end),
        };
        match last {
            // Some readers want a blank between a colon and a comma.
            Some(last) if self.text[..last].ends_with(':') => {
                Splice::insert(last, format!(" , {what}"))
            }
            Some(last) => Splice::insert(last, format!(", {what}")),
            None => Splice::insert(at(node) + 1, what.to_owned()),
        }
    }

    /// Lines below the line that an offset stands on.
    pub(super) fn insert_lines(&self, offset: usize, mut lines: String) -> Splice {
        let end = self.line_end(offset);
        match self.text[end..].starts_with('\n') {
            true => Splice::insert(end + 1, lines),
            false => {
                let kept = lines.trim_end_matches(['\r', '\n']).len();
                lines.truncate(kept);
                Splice::insert(end, format!("{}{lines}", self.line_end))
            }
        }
    }

    /// Takes whole lines away, from the start of the first to the end of the last. Where that is the
    /// last of the file and has no line end, the one before goes in its place.
    pub(super) fn without_lines(&self, from: usize, until: usize) -> Splice {
        let line_end = self.line_end(until);
        let range = match self.text[line_end..].starts_with('\n') {
            true => from..line_end + 1,
            false => {
                let above = &self.text[..from];
                let above = above.strip_suffix('\n').unwrap_or(above);
                above.strip_suffix('\r').unwrap_or(above).len()..until
            }
        };
        Splice { at: range, with: String::new() }
    }

    /// The offset of what stands behind blanks.
    pub(super) fn after_blanks(&self, offset: usize) -> usize {
        let after = &self.text[offset..];
        offset + (after.len() - after.trim_start_matches(' ').len())
    }

    /// The offset behind the colon of a key, or behind the key where there is no colon.
    pub(super) fn colon(&self, key: Node<'t>) -> usize {
        let after = &self.text[end(key)..];
        let spaces = after.len() - after.trim_start_matches(' ').len();
        match after[spaces..].starts_with(':') {
            true => end(key) + spaces + 1,
            false => end(key),
        }
    }

    /// What stands behind the colon of a key on its line, before any comment.
    pub(super) fn value_on_line(&self, key: Node<'t>) -> Range<usize> {
        let colon = self.colon(key);
        let line = &self.text[colon..self.line_end(colon)];
        let line = line.find(" #").map_or(line, |hash| &line[..hash]);
        let start = colon + (line.len() - line.trim_start().len());
        start..colon + line.trim_end().len().max(start - colon)
    }

    /// The offset at which the last line of a value ends, before its line end.
    pub(super) fn end_of(&self, node: Node<'t>, key: Option<Node<'t>>) -> usize {
        match node.kind() {
            Kind::Missing => key.map_or(at(node), end),
            Kind::Scalar(_, Style::Block) => {
                let block = self.block(node, key);
                block.until
            }
            Kind::Scalar(..) | Kind::Refused => end(node),
            Kind::List | Kind::Map if self.is_flow(node) => end(node),
            Kind::Map => match node.entries().last() {
                Some((key, value)) => self.end_of(value, Some(key)),
                None => end(node),
            },
            Kind::List => {
                let last = node.children().filter(|item| *item.kind() != Kind::Missing).last();
                last.map_or(end(node), |last| self.end_of(last, None))
            }
        }
    }

    /// The parts of a block text. Its node may reach over the comments that follow it, so that its
    /// lines are counted here.
    pub(super) fn block(&self, node: Node<'t>, key: Option<Node<'t>>) -> Block {
        let (sign, column) = match key {
            Some(key) => {
                // The sign may stand on a line of its own below the key.
                let behind = self.value_on_line(key);
                let below = || self.first_line_below(key).unwrap_or(behind.start);
                let start = if behind.is_empty() { below() } else { behind.start };
                (start, self.column(at(key)))
            }
            None => {
                // The sign stands behind a dash, on the last line before the text that has one.
                let before = self.text[..at(node)].trim_end().len();
                let start = self.line_start(before);
                let line = &self.text[start..before];
                let sign = line.find(['|', '>']).map_or(before, |sign| start + sign);
                (sign, line.find('-').unwrap_or(0))
            }
        };
        let sign = sign + (self.text[sign..].len() - self.text[sign..].trim_start().len());
        let sign_text = self.text[sign..].split_whitespace().next().unwrap_or_default();
        let sign = sign..sign + sign_text.len();
        let digit = sign_text.chars().find_map(|sign| sign.to_digit(10));
        let is_kept = sign_text.contains('+');
        let first = (self.line_end(sign.end) + 1).min(self.text.len());
        let mut indent = digit.map(|digit| column + digit as usize);
        let (mut last, mut until, mut at) = (first, sign.end, first);
        for line in self.text[first..].split_inclusive('\n') {
            let own = line.len() - line.trim_start_matches(' ').len();
            // Blanks beyond the indentation are a part of the text.
            let is_blank = line.trim().is_empty() && indent.is_none_or(|indent| own <= indent);
            if !is_blank && own < *indent.get_or_insert(own.max(column + 1)) {
                break;
            }
            let line_end = at + line.trim_end_matches(['\r', '\n']).len();
            if !is_blank {
                (last, until) = (line_end, line_end);
            } else if is_kept {
                until = line_end;
            }
            at += line.len();
        }
        let is_empty = last == first;
        let usual = || (column + self.unit).max(self.least_indent(sign.end));
        let indent = indent.filter(|_| !is_empty || digit.is_some()).unwrap_or_else(usual);
        let lines = if is_empty { sign.end..sign.end } else { first..last };
        Block { sign, lines, until, indent }
    }

    /// The column of the dashes of a block list below a key.
    pub(super) fn dash_column(&self, key: Node<'t>) -> Option<usize> {
        let first = self.first_line_below(key)?;
        let line = &self.text[first..];
        let column = line.len() - line.trim_start_matches(' ').len();
        line[column..].starts_with('-').then_some(column)
    }

    /// The offset of the first line below a key that is neither empty nor a comment.
    pub(super) fn first_line_below(&self, key: Node<'t>) -> Option<usize> {
        let mut at = self.line_end(end(key)) + 1;
        for line in self.text.get(at..)?.split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() && !trimmed.starts_with('#') {
                return Some(at);
            }
            at += line.len();
        }
        None
    }

    /// Whether a comment begins in a stretch of the text.
    pub(super) fn has_comment(&self, stretch: Range<usize>) -> bool {
        self.comments.iter().any(|start| stretch.contains(start))
    }

    /// The lines below an offset that a block above them could take for its text: comments, and blanks.
    /// Each comes with its end and with the column from which on it is none of a block's.
    fn loose_lines(&self, offset: usize) -> impl Iterator<Item = (usize, usize)> {
        let first = (self.line_end(offset) + 1).min(self.text.len());
        let mut at = first;
        self.text[first..].split_inclusive('\n').map_while(move |line| {
            let text = line.trim_end_matches(['\r', '\n']);
            let (end, column) = (at + text.len(), text.len() - text.trim_start_matches(' ').len());
            at += line.len();
            match text.trim_start_matches(' ') {
                // Blanks are none of a block's up to its indentation.
                "" => Some((end, column)),
                rest => rest.starts_with('#').then_some((end, column + 1)),
            }
        })
    }

    /// How far a block must be indented so that no comment below an offset becomes a part of it.
    pub(super) fn least_indent(&self, offset: usize) -> usize {
        let mut least = 0;
        for (end, indent) in self.loose_lines(offset) {
            least = least.max(indent);
            // The first comment ends the block.
            if !self.text[self.line_start(end)..end].trim().is_empty() {
                break;
            }
        }
        least
    }

    /// The end of the last of the comments that follow a value and stand further in than a column: they
    /// belong to what stands before them, and new lines in that column come after them.
    pub(super) fn past_comments(&self, offset: usize, column: usize) -> usize {
        let mut last = offset;
        for (end, indent) in self.loose_lines(offset) {
            let is_blank = self.text[self.line_start(end)..end].trim().is_empty();
            match indent > column + 1 {
                true => last = end,
                false if is_blank => {}
                false => break,
            }
        }
        last
    }

    pub(super) fn is_blank_line_after(&self, offset: usize) -> bool {
        let next = self.text.get(self.line_end(offset) + 1..).unwrap_or_default();
        next.split_inclusive('\n').next().is_some_and(|line| line.trim().is_empty())
    }

    pub(super) fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The offset of the line end after an offset, or the end of the text.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        self.text[offset..].find('\n').map_or(self.text.len(), |newline| offset + newline)
    }

    pub(super) fn column(&self, offset: usize) -> usize {
        offset - self.line_start(offset)
    }
}

pub(super) fn at(node: Node<'_>) -> usize {
    node.span().start as usize
}

pub(super) fn end(node: Node<'_>) -> usize {
    node.span().end as usize
}
