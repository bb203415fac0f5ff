//! A short way from text to tree for the plain YAML of which nearly all files consist: maps, lists
//! and blocks by their indentation, texts on one line, brackets that close on the same line.
//!
//! Whatever is unusual is left to the parser of the whole language, and so is whatever that parser
//! would refuse or report, or the mender might take for a slip. What is read here is read exactly as
//! there and beyond doubt, which `plain_differential.rs` holds. Nothing here explains a mistake: where
//! there is a doubt, the answer is `None`.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3};

use super::mend::UNDER_AN_ID;
use super::tree::{Kind, Style, Tree};
use super::yaml::DEEPEST;
use crate::source::Source;

/// The longest text, in bytes, that may be a key here. The parser's limit is 1,024 characters.
const LONGEST_KEY: usize = 512;

/// The tree of a text, unless it is one for the parser.
pub(super) fn read(source: &Source) -> Option<Tree<'_>> {
    if has_odd_character(source) {
        return None;
    }
    let text = &*source.text;
    let tree = Tree::new(source.id, text.len());
    let mut reader = Reader {
        text,
        at: 0,
        tree,
        open: Vec::with_capacity(8),
        awaited: None,
        before: Before::Value,
    };
    while reader.at < text.len() {
        reader.line()?;
    }
    reader.finish()
}

/// Whether there are tabs, carriage returns or characters that a parser refuses, or a few harmless
/// ones that are as rare.
pub(super) fn has_odd_character(source: &Source) -> bool {
    let text = source.text.as_bytes();
    let is_control = |byte: u8| byte.is_ascii_control() && byte != b'\n';
    // In UTF-8: U+0080 to U+00A0, the last being a space that is none; U+FEFF, U+FFFE, U+FFFF and others.
    let begins_odd = |pair: &[u8]| matches!(pair, [0xC2, ..=0xA0, ..] | [0xEF, 0xBB | 0xBF, ..]);
    source.signs().odd.iter().any(|&at| is_control(text[at]) || begins_odd(&text[at..]))
}

struct Reader<'s> {
    text: &'s str,
    /// How far the text has been read.
    at: usize,
    tree: Tree<'s>,
    /// The collections that have not ended yet, each inside the one before.
    open: Vec<Open>,
    /// The colon of a key whose value may stand on the lines below.
    awaited: Option<usize>,
    /// What the mender would look at beside the next key.
    before: Before,
}

/// What stands before a key, as far as that may cast doubt on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A value that casts none.
    Value,
    /// A block, of which a line with a colon may have slipped out.
    Block,
    /// A key without a value, which may be that of the lines below; and whether it looks like an id.
    Word,
    Id,
}

struct Open {
    index: usize,
    shape: Shape,
    /// How many characters stand before each of its keys or dashes.
    column: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    List,
    Map,
}

impl<'s> Reader<'s> {
    /// Reads a line, with the block below it if one begins there.
    fn line(&mut self) -> Option<()> {
        let column = self.skip_spaces();
        match self.peek() {
            b'\n' | b'#' => {
                self.skip_line();
                Some(())
            }
            b'-' => self.item(column),
            _ => {
                let colon = self.key()?;
                self.place(Shape::Map, column, self.at)?;
                self.is_beyond_doubt(colon).then_some(())?;
                self.entry(colon)
            }
        }
    }

    /// Reads a dash and what stands behind it.
    fn item(&mut self, column: usize) -> Option<()> {
        let dash = self.at;
        self.at += 1;
        let width = 1 + self.skip_spaces();
        if width == 1 {
            return None;
        }
        self.place(Shape::List, column, dash)?;
        match self.key() {
            Some(colon) => {
                self.begin(Shape::Map, column + width, self.at)?;
                self.entry(colon)
            }
            None => self.value(),
        }
    }

    /// Closes what ends above a line that begins with a key or a dash, and opens what begins with it.
    fn place(&mut self, shape: Shape, column: usize, start: usize) -> Option<()> {
        if let Some(colon) = self.awaited.take() {
            let above = self.open.last()?.column;
            if column > above {
                return self.begin(shape, column, start);
            }
            if column == above && shape == Shape::List {
                // To the parser, such a list begins behind its first dash.
                return self.begin(shape, column, self.at);
            }
            self.before = match has_digit(self.text[..colon].rsplit([' ', '\n']).next()?) {
                true => Before::Id,
                false => Before::Word,
            };
            self.tree.push(Kind::Missing, colon, colon);
        } else if self.tree.is_empty() {
            return self.begin(shape, column, start);
        }
        // A key ends a list whose dashes stand in its own column.
        let is_list = |open: &Open| open.shape == Shape::List && shape == Shape::Map;
        let ends = |open: &Open| open.column > column || open.column == column && is_list(open);
        while let Some(open) = self.open.pop_if(|open| ends(open)) {
            self.tree.close(open.index, None);
        }
        let open = self.open.last()?;
        (open.shape == shape && open.column == column).then_some(())
    }

    fn begin(&mut self, shape: Shape, column: usize, start: usize) -> Option<()> {
        let kind = if shape == Shape::List { Kind::List } else { Kind::Map };
        let index = self.tree.push(kind, start, start);
        self.open.push(Open { index, shape, column });
        (self.open.len() < DEEPEST).then_some(())
    }

    /// Whether the mender would leave a key alone.
    fn is_beyond_doubt(&mut self, colon: usize) -> bool {
        let key = &self.text[self.at..colon];
        match std::mem::replace(&mut self.before, Before::Value) {
            Before::Value => true,
            Before::Block => !key.starts_with(char::is_uppercase) || has_digit(key),
            Before::Word => self.open.len() > 1 || !has_digit(key),
            Before::Id => !UNDER_AN_ID.contains(&key),
        }
    }

    /// Reads a key as far as its colon, and its value if that begins on the same line.
    fn entry(&mut self, colon: usize) -> Option<()> {
        // There may be one colon too many.
        if self.text.as_bytes()[..colon].ends_with(b":") {
            return None;
        }
        self.bare(colon);
        self.at += 1;
        let behind = self.at;
        self.skip_spaces();
        if matches!(self.peek(), b'\n' | b'#') {
            self.awaited = Some(colon);
            self.at = behind;
            return self.end_line();
        }
        self.before = Before::Value;
        self.value()
    }

    /// Reads a value and the rest of its line.
    fn value(&mut self) -> Option<()> {
        match self.peek() {
            b'|' => return self.block(),
            b'"' | b'\'' => self.quoted()?,
            b'[' | b'{' => self.brackets()?,
            _ => {
                let end = self.bare_end()?;
                self.bare(end);
            }
        }
        self.end_line()
    }

    /// Passes over what may stand behind a value: nothing, or what is surely meant as a comment.
    fn end_line(&mut self) -> Option<()> {
        if self.peek() == b'\n' {
            self.skip_line();
            return Some(());
        }
        let spaces = self.skip_spaces();
        let is_comment = || {
            let next = self.text.as_bytes().get(self.at + 1);
            self.peek() == b'#' && spaces > 0 && !next.is_some_and(u8::is_ascii_alphanumeric)
        };
        let is_end = self.peek() == b'\n' || is_comment();
        self.skip_line();
        is_end.then_some(())
    }

    /// The place of the colon, if a key of one word begins here. More words may be a sentence.
    fn key(&self) -> Option<usize> {
        if !self.is_bare() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(self.at + LONGEST_KEY + 1);
        let mut from = self.at;
        loop {
            let mut rest = bytes[from..limit].iter();
            let end = from + rest.position(|byte| matches!(byte, b':' | b' ' | b'\n'))?;
            match bytes.get(end + 1) {
                _ if bytes[end] != b':' => return None,
                None | Some(b' ' | b'\n') => return Some(end),
                Some(_) => from = end + 1,
            }
        }
    }

    /// Where a text without quotes ends that begins here: at a colon, before a comment, or with the
    /// line.
    fn bare_end(&self) -> Option<usize> {
        if !self.is_bare() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut from = self.at;
        loop {
            let found = memchr3(b'\n', b':', b'#', &bytes[from..]);
            let end = found.map_or(bytes.len(), |found| from + found);
            let is_end = match bytes.get(end) {
                Some(b':') => matches!(bytes.get(end + 1), None | Some(b' ' | b'\n')),
                Some(b'#') => bytes[end - 1] == b' ',
                _ => true,
            };
            if is_end {
                let last = bytes[self.at..end].iter().rposition(|byte| *byte != b' ')?;
                return Some(self.at + last + 1);
            }
            from = end + 1;
        }
    }

    /// Whether a text without quotes begins here, and surely nothing else.
    fn is_bare(&self) -> bool {
        match self.peek() {
            // Three dots at the margin end a document.
            b'.' => self.text[..self.at].ends_with(' '),
            b'(' | b'/' | b'~' => true,
            byte => byte.is_ascii_alphanumeric() || !byte.is_ascii(),
        }
    }

    /// Adds a text without quotes.
    fn bare(&mut self, end: usize) {
        let text = Cow::Borrowed(&self.text[self.at..end]);
        self.tree.push(Kind::Scalar(text, Style::Bare), self.at, end);
        self.at = end;
    }

    /// Reads a text in quotes on one line, in which no sign stands for another.
    fn quoted(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        let (quote, start) = (self.peek(), self.at + 1);
        let end = start + memchr3(quote, b'\\', b'\n', &bytes[start..])?;
        if bytes[end] != quote || bytes.get(end + 1) == Some(&quote) {
            return None;
        }
        let text = Cow::Borrowed(&self.text[start..end]);
        self.tree.push(Kind::Scalar(text, Style::Quoted), self.at, end + 1);
        self.at = end + 1;
        Some(())
    }

    /// Reads what stands in brackets on one line.
    fn brackets(&mut self) -> Option<()> {
        let (shape, bracket) = match self.peek() {
            b'[' => (Shape::List, b']'),
            _ => (Shape::Map, b'}'),
        };
        self.begin(shape, 0, self.at)?;
        self.at += 1;
        self.skip_spaces();
        while self.peek() != bracket {
            if shape == Shape::Map {
                self.bare_in_brackets()?;
                self.text[self.at..].starts_with(": ").then_some(())?;
                self.at += 1;
                self.skip_spaces();
            }
            match self.peek() {
                b'"' | b'\'' => self.quoted()?,
                b'[' | b'{' => self.brackets()?,
                _ => self.bare_in_brackets()?,
            }
            self.skip_spaces();
            match self.peek() {
                b',' => self.at += 1,
                byte if byte == bracket => break,
                _ => return None,
            }
            self.skip_spaces();
        }
        self.at += 1;
        let open = self.open.pop()?;
        self.tree.close(open.index, Some(self.at));
        Some(())
    }

    /// Reads a text without quotes between brackets.
    fn bare_in_brackets(&mut self) -> Option<()> {
        let is_sign =
            |byte: u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b':' | b'#' | b'\n');
        let rest = &self.text[self.at..];
        let text = rest[..rest.bytes().position(is_sign)?].trim_end_matches(' ');
        if !self.is_bare() || text.len() > LONGEST_KEY {
            return None;
        }
        self.bare(self.at + text.len());
        Some(())
    }

    /// Reads a bar and the block of lines under it.
    fn block(&mut self) -> Option<()> {
        self.at += 1;
        let is_stripped = self.peek() == b'-';
        self.at += usize::from(is_stripped);
        if self.peek() != b'\n' {
            return None;
        }
        self.skip_line();
        // The first line says how far the block is indented.
        let margin = self.at;
        let indent = self.skip_spaces();
        if indent <= self.open.last()?.column || self.peek() == b'\n' {
            return None;
        }
        let start = self.at;
        let end = self.block_end(indent);
        let lines = &self.text[start..end];
        let is_one = memchr(b'\n', lines.as_bytes()).is_none();
        let text = match is_stripped {
            true if is_one => Cow::Borrowed(lines),
            false if is_one && end < self.text.len() => Cow::Borrowed(&self.text[start..=end]),
            _ => Cow::Owned(unindented(&self.text[margin..end], indent, is_stripped)),
        };
        self.tree.push(Kind::Scalar(text, Style::Block), start, start + lines.trim_end().len());
        self.before = Before::Block;
        Some(())
    }

    /// Passes over the lines of a block, and says where its last line ends that is not empty.
    fn block_end(&mut self, indent: usize) -> usize {
        let mut end = self.skip_line();
        while self.at < self.text.len() {
            let start = self.at;
            let width = self.skip_spaces();
            let is_blank = self.peek() == b'\n';
            if width < indent && !is_blank {
                self.at = start;
                break;
            }
            let line_end = self.skip_line();
            if !is_blank || width > indent {
                end = line_end;
            }
        }
        end
    }

    /// The byte that comes next; at the end of the text, a line ends as well.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b'\n')
    }

    /// Passes over spaces, and says how many there were.
    fn skip_spaces(&mut self) -> usize {
        let spaces = spaces_at(&self.text.as_bytes()[self.at..]);
        self.at += spaces;
        spaces
    }

    /// Passes over the rest of the line, and says where it ends.
    fn skip_line(&mut self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let end = match rest.first() {
            Some(b'\n') => self.at,
            _ => self.at + memchr(b'\n', rest).unwrap_or(rest.len()),
        };
        self.at = self.text.len().min(end + 1);
        end
    }

    /// Closes what is open at the end of the text. A text without any content is for the parser.
    fn finish(mut self) -> Option<Tree<'s>> {
        if let Some(colon) = self.awaited {
            self.tree.push(Kind::Missing, colon, colon);
        }
        while let Some(open) = self.open.pop() {
            self.tree.close(open.index, None);
        }
        (!self.tree.is_empty()).then_some(self.tree)
    }
}

/// With how many spaces a text begins. Eight bytes at once, of which few lines have more.
fn spaces_at(text: &[u8]) -> usize {
    const SPACES: [u8; 8] = [b' '; 8];
    let mut rest = text;
    while let Some(eight) = rest.first_chunk() {
        let others = u64::from_le_bytes(*eight) ^ u64::from_le_bytes(SPACES);
        if others != 0 {
            return text.len() - rest.len() + others.trailing_zeros() as usize / 8;
        }
        rest = &rest[SPACES.len()..];
    }
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    text.len() - rest.len() + spaces
}

fn has_digit(key: &str) -> bool {
    key.bytes().any(|byte| byte.is_ascii_digit())
}

/// The lines of a block, in one text.
fn unindented(lines: &str, indent: usize, is_stripped: bool) -> String {
    let mut text = String::with_capacity(lines.len() + 1);
    let mut start = 0;
    for end in memchr_iter(b'\n', lines.as_bytes()).chain([lines.len()]) {
        // An empty line may have fewer spaces.
        text.push_str(lines.get(start + indent..end).unwrap_or_default());
        text.push('\n');
        start = end + 1;
    }
    if is_stripped {
        text.pop();
    }
    text
}
