//! A short way from text to tree for the plain TOML of which checklists consist: headings, keys and
//! their values, as the guide shows them. A run reads one checklist at least, and with the parser of the
//! whole language that would take longer than an assessment.
//!
//! Whatever is unusual is left to that parser, and so is whatever it would refuse. What is read here is
//! read exactly as there, which `plain_toml_differential.rs` holds. Nothing here explains a mistake:
//! where there is a doubt, the answer is `None`.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use super::plain::has_odd_character;
use super::tree::{Kind, Style, Tree};
use crate::source::Source;
use crate::text::is_same;

/// How deep lists and groups in brackets may be nested here.
const DEEPEST: usize = 4;

/// The tree of a text, unless it is one for the parser.
pub(super) fn read(source: &Source) -> Option<Tree<'_>> {
    if has_odd_character(source) {
        return None;
    }
    let text = &*source.text;
    let mut tree = Tree::new(source.id, text.len());
    let map = tree.push(Kind::Map, 0, 0);
    let root = Open { name: "", list: None, map, end: 0, names: Vec::new() };
    let mut reader = Reader { text, at: 0, tree, open: vec![root] };
    while reader.at < text.len() {
        reader.line()?;
    }
    reader.close_to(1);
    reader.tree.close(map, None);
    Some(reader.tree)
}

struct Reader<'s> {
    text: &'s str,
    /// How far the text has been read.
    at: usize,
    tree: Tree<'s>,
    /// The tables to which what comes next may belong, each inside the one before.
    open: Vec<Open<'s>>,
}

/// A table that is being read.
struct Open<'s> {
    name: &'s str,
    /// The list of which it is an item.
    list: Option<usize>,
    map: usize,
    /// Where its heading ends.
    end: usize,
    /// The keys that have been read.
    names: Vec<&'s str>,
}

impl<'s> Reader<'s> {
    fn line(&mut self) -> Option<()> {
        self.skip_spaces();
        match self.peek() {
            b'\n' | b'#' => {}
            b'[' => self.heading()?,
            _ => {
                let key = self.key()?;
                let own = &mut self.open.last_mut()?.names;
                add_name(own, key)?;
                self.assigned(key, 0)?;
            }
        }
        self.end_line()
    }

    /// Reads `[name]` or `[[name]]`, the name of a table in a table with a dot between.
    fn heading(&mut self) -> Option<()> {
        let start = self.at;
        let brackets = 1 + usize::from(self.text[start..].starts_with("[["));
        self.at += brackets;
        // The tables that hold this one and are open.
        let mut depth = 1;
        let mut key = self.key()?;
        while self.peek() == b'.' {
            self.at += 1;
            if self.open.get(depth).is_none_or(|open| open.name != key) {
                self.close_to(depth);
                self.begin(key, None)?;
            }
            depth += 1;
            key = self.key()?;
        }
        let end = self.at + brackets;
        if self.text.get(self.at..end)? != &"]]"[..brackets] {
            return None;
        }
        self.at = end;
        let is_list = brackets == 2;
        if self.open.get(depth).is_some_and(|open| open.name == key) {
            self.close_to(depth + 1);
            let open = self.open.last_mut().filter(|open| is_list && open.list.is_some())?;
            self.tree.close(open.map, Some(open.end));
            open.map = self.tree.push(Kind::Map, start, start);
            open.end = end;
            open.names.clear();
            return Some(());
        }
        self.close_to(depth);
        self.begin(key, Some(Heading { start, end, is_list }))
    }

    /// Opens a table in the one that is open. Without a heading of its own, it begins with its name.
    fn begin(&mut self, name: &'s str, heading: Option<Heading>) -> Option<()> {
        add_name(&mut self.open.last_mut()?.names, name)?;
        let place = self.place(name);
        self.tree.push(Kind::Scalar(Cow::Borrowed(name), Style::Bare), place.start, place.end);
        let Heading { start, end, is_list } =
            heading.unwrap_or(Heading { start: place.start, end: place.end, is_list: false });
        let list = is_list.then(|| self.tree.push(Kind::List, start, start));
        let map = self.tree.push(Kind::Map, start, start);
        self.open.push(Open { name, list, map, end, names: Vec::new() });
        Some(())
    }

    /// Closes all tables but so many.
    fn close_to(&mut self, depth: usize) {
        for open in self.open.drain(depth.min(self.open.len())..).rev() {
            self.tree.close(open.map, Some(open.end));
            if let Some(list) = open.list {
                self.tree.close(list, Some(open.end));
            }
        }
    }

    /// Where a name stands that is a part of the text.
    fn place(&self, name: &str) -> Range<usize> {
        let start = name.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + name.len()
    }

    /// Reads a key of letters, digits, hyphens and underscores.
    fn key(&mut self) -> Option<&'s str> {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let length = rest.bytes().take_while(is_part).count();
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }

    /// Reads what stands behind a key.
    fn assigned(&mut self, key: &'s str, depth: usize) -> Option<()> {
        let place = self.place(key);
        self.tree.push(Kind::Scalar(Cow::Borrowed(key), Style::Bare), place.start, place.end);
        self.skip_spaces();
        self.take(b'=')?;
        self.skip_spaces();
        self.value(depth)
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        let rest = &self.text[self.at..];
        match self.peek() {
            b'"' if !rest.starts_with(r#"""""#) => {
                let end = memchr3(b'"', b'\\', b'\n', &rest.as_bytes()[1..])? + 1;
                self.quoted(end, b'"')
            }
            b'\'' if !rest.starts_with("'''") => {
                let end = memchr2(b'\'', b'\n', &rest.as_bytes()[1..])? + 1;
                self.quoted(end, b'\'')
            }
            b'[' if depth < DEEPEST => self.list(depth + 1),
            b'{' if depth < DEEPEST => self.group(depth + 1),
            _ => self.word(),
        }
    }

    fn quoted(&mut self, length: usize, quote: u8) -> Option<()> {
        let (start, end) = (self.at, self.at + length);
        if self.text.as_bytes()[end] != quote {
            return None;
        }
        let text = Cow::Borrowed(&self.text[start + 1..end]);
        self.at = end + 1;
        self.tree.push(Kind::Scalar(text, Style::Quoted), start, end + 1);
        Some(())
    }

    /// Reads a number or a truth value.
    fn word(&mut self) -> Option<()> {
        const LONGEST: usize = 9;
        let rest = &self.text[self.at..];
        let length = rest.find([' ', '\n', ',', ']', '}', '#']).unwrap_or(rest.len());
        let word = &rest[..length];
        let is_number = !word.is_empty()
            && length <= LONGEST
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && (length == 1 || !word.starts_with('0'));
        if !is_number && !matches!(word, "true" | "false") {
            return None;
        }
        let start = self.at;
        self.at += length;
        self.tree.push(Kind::Scalar(Cow::Borrowed(word), Style::Bare), start, self.at);
        Some(())
    }

    /// Reads a list, on one line or on several. Lists in lists are for the parser.
    fn list(&mut self, depth: usize) -> Option<()> {
        let index = self.tree.push(Kind::List, self.at, self.at);
        self.at += 1;
        self.skip_lines();
        while self.peek() != b']' {
            if self.peek() == b'[' {
                return None;
            }
            self.value(depth)?;
            self.skip_lines();
            if self.peek() != b']' {
                self.take(b',')?;
                self.skip_lines();
            }
        }
        self.take(b']')?;
        self.tree.close(index, Some(self.at));
        Some(())
    }

    /// Reads a group of keys in brackets, on one line.
    fn group(&mut self, depth: usize) -> Option<()> {
        let index = self.tree.push(Kind::Map, self.at, self.at);
        let mut names = Vec::new();
        self.at += 1;
        loop {
            self.skip_spaces();
            let key = self.key()?;
            add_name(&mut names, key)?;
            self.assigned(key, depth)?;
            self.skip_spaces();
            if self.peek() == b'}' {
                break;
            }
            self.take(b',')?;
        }
        self.at += 1;
        self.tree.close(index, Some(self.at));
        Some(())
    }

    /// The byte that comes next; at the end of the text, a line ends as well.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b'\n')
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        let is_there = self.text.as_bytes().get(self.at) == Some(&byte);
        self.at += usize::from(is_there);
        is_there.then_some(())
    }

    fn skip_spaces(&mut self) {
        while self.peek() == b' ' {
            self.at += 1;
        }
    }

    /// Passes over spaces, line ends and comments.
    fn skip_lines(&mut self) {
        loop {
            self.skip_spaces();
            match self.peek() {
                b'\n' | b'#' if self.at < self.text.len() => self.skip_line(),
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr(b'\n', rest).map_or(rest.len(), |newline| newline + 1);
    }

    /// Passes over what may stand behind a value: nothing, or a comment.
    fn end_line(&mut self) -> Option<()> {
        self.skip_spaces();
        let is_end = matches!(self.peek(), b'\n' | b'#');
        self.skip_line();
        is_end.then_some(())
    }
}

struct Heading {
    start: usize,
    end: usize,
    is_list: bool,
}

/// Adds a name, which must be a new one. A group has few; where it has many, the parser does better.
fn add_name<'s>(names: &mut Vec<&'s str>, name: &'s str) -> Option<()> {
    const MOST: usize = 100;
    if names.len() == MOST || names.iter().any(|own| is_same(own, name)) {
        return None;
    }
    names.push(name);
    Some(())
}
