//! The layout of YAML: an outline of the entries of a file, each with the comments that belong to it,
//! read from the text and written out again.
//!
//! A comment on lines of its own belongs to what follows it, unless that stands further out: then it
//! ends the group in whose column it stands. A comment behind a value stays behind it.

mod reader;

use std::borrow::Cow;

use super::{Form, Line, Refusal, Wrap, leading_blanks};
use crate::syntax::tree::{Kind, Tree};
use reader::{Reader, is_in_brackets};

/// How far what belongs to a key stands further in.
const STEP: usize = 2;

/// A file taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline<'t> {
    /// What is said of the file as a whole, above its first key.
    head: Vec<Line<'t>>,
    group: Group<'t>,
}

/// The entries of a map, or the items of a list.
#[derive(Debug, PartialEq, Eq)]
struct Group<'t> {
    entries: Vec<Entry<'t>>,
    /// The comments behind the last entry.
    below: Vec<Line<'t>>,
}

/// A key or a dash with its value.
#[derive(Debug, PartialEq, Eq)]
struct Entry<'t> {
    above: Vec<Line<'t>>,
    /// The key as it is written; nothing for an item of a list.
    key: Option<&'t str>,
    /// A comment behind the key or the dash, with the blanks before it, where the value does not
    /// begin on the same line.
    behind: &'t str,
    /// Comments between the key and the value, or in place of one.
    within: Vec<Line<'t>>,
    value: Value<'t>,
}

/// A value as it is written.
#[derive(Debug, PartialEq, Eq)]
enum Value<'t> {
    /// None.
    Missing,
    /// A text, or a list or a group in brackets, and a comment behind it.
    Inline(Begins, Vec<Piece<'t>>, &'t str),
    /// A block text: its sign, the comment behind that, and its lines without indentation.
    Block(Begins, String, &'t str, Vec<Cow<'t, str>>),
    /// A map or a list on lines of its own.
    Group(Group<'t>),
}

/// Where a value begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// On the line of its key or dash.
    Behind,
    /// On a line below.
    Below,
}

/// One line of a value, and how far it stands further in than the key.
#[derive(Debug, PartialEq, Eq)]
struct Piece<'t> {
    further: usize,
    text: Cow<'t, str>,
}

impl<'t> Outline<'t> {
    /// Takes apart a text that ends its lines with a newline only.
    pub(super) fn of(
        tree: &'t Tree<'_>,
        text: &'t str,
        form: &Form<'_>,
        wrap: Wrap,
    ) -> Result<Self, Refusal> {
        let mut reader = Reader { text, at: 0, wrap };
        let root = tree.root();
        if !matches!(root.kind(), Kind::Map) || is_in_brackets(root, text) {
            return reader.unusual();
        }
        let head = reader.head();
        let mut group = reader.map(root, form, 0)?;
        if !text[reader.at..].trim().is_empty() {
            return reader.unusual();
        }
        if head.is_empty() {
            let above = &mut group.entries[0].above;
            above.drain(..leading_blanks(above));
        }
        Ok(Outline { head, group })
    }

    /// The canonical text.
    pub(super) fn written(&self) -> String {
        let mut out = String::new();
        write_lines(&self.head, 0, &mut out);
        self.group.write(0, &mut out);
        out
    }
}

impl<'t> Entry<'t> {
    /// Puts comments above the first key of an item above its dash, since they share a line.
    fn lift(&mut self) {
        if self.behind.is_empty()
            && let Value::Group(group) = &mut self.value
            && let Some(first) = group.entries.first_mut()
        {
            self.above.append(&mut first.above);
        }
    }

    /// Whether a text in it keeps the line ends at its end.
    fn keeps_line_ends(&self) -> bool {
        match &self.value {
            Value::Block(_, sign, _, _) => sign.contains('+'),
            Value::Group(group) => group.entries.iter().any(Entry::keeps_line_ends),
            Value::Missing | Value::Inline(..) => false,
        }
    }

    fn write(&self, indent: usize, out: &mut String) {
        write_lines(&self.above, indent, out);
        let start = out.len();
        push_blanks(indent, out);
        match self.key {
            Some(key) => out.extend([key, ":"]),
            None => out.push('-'),
        }
        match &self.value {
            Value::Missing => {
                out.extend([self.behind, "\n"]);
                write_lines(&self.within, indent + STEP, out);
            }
            Value::Group(group) if self.key.is_none() && self.behind.is_empty() => {
                // The first key stands on the line of the dash.
                out.truncate(start);
                group.write(indent + STEP, out);
                out.replace_range(start + indent..=start + indent, "-");
            }
            Value::Group(group) => {
                out.extend([self.behind, "\n"]);
                group.write(indent + STEP, out);
            }
            Value::Inline(begins, pieces, behind) => {
                self.begin(*begins, indent, out);
                for (place, Piece { further, text }) in pieces.iter().enumerate() {
                    if place > 0 {
                        out.push('\n');
                        push_blanks(if text.is_empty() { 0 } else { indent + further }, out);
                    }
                    out.push_str(text);
                }
                out.extend([behind, "\n"]);
            }
            Value::Block(begins, sign, comment, lines) => {
                self.begin(*begins, indent, out);
                out.extend([sign, *comment, "\n"]);
                for line in lines {
                    push_blanks(if line.is_empty() { 0 } else { indent + STEP }, out);
                    out.extend([line, "\n"]);
                }
            }
        }
    }

    /// Goes to the place where the value begins.
    fn begin(&self, begins: Begins, indent: usize, out: &mut String) {
        match begins {
            Begins::Behind => out.push(' '),
            Begins::Below => {
                out.extend([self.behind, "\n"]);
                write_lines(&self.within, indent + STEP, out);
                push_blanks(indent + STEP, out);
            }
        }
    }
}

impl Group<'_> {
    fn write(&self, indent: usize, out: &mut String) {
        self.entries.iter().for_each(|entry| entry.write(indent, out));
        write_lines(&self.below, indent, out);
    }
}

fn write_lines(lines: &[Line<'_>], indent: usize, out: &mut String) {
    for line in lines {
        match line {
            Line::Blank => {}
            Line::Comment(text) => {
                push_blanks(indent, out);
                out.push_str(text);
            }
            Line::Mark(text) => out.push_str(text),
        }
        out.push('\n');
    }
}

fn push_blanks(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', count));
}
