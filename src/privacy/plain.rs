//! A text without its disguises, and where each part of it stands in the text as it was given.
//!
//! Compatibility forms are made plain, hidden characters left out, letters of other alphabets that
//! look Latin read as Latin, wrapped lines joined, emphasis and escapes taken off.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::words::latin;
use crate::text::is_hidden;

/// What becomes of what stands in angle brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tags {
    /// It is left out, as by a reader of a web page.
    Hidden,
    /// It is read like everything else.
    Shown,
}

/// A text that was made plain.
pub(super) struct Plain {
    /// The text. A line end in it parts two paragraphs or entries.
    pub(super) text: String,
    /// Where in it a line of the given text begins that goes on with the sentence before, in order.
    pub(super) lines: Vec<usize>,
    /// For each byte, the bytes of the given text that it was made from.
    places: Vec<(u32, u32)>,
    /// Whether no angle bracket closes behind one that was looked at.
    closes_none: bool,
}

impl Plain {
    /// Makes a text plain.
    pub(super) fn of(text: &str, tags: Tags) -> Self {
        let mut plain = Plain {
            text: String::with_capacity(text.len()),
            lines: Vec::new(),
            places: Vec::with_capacity(text.len()),
            closes_none: false,
        };
        let mut at = 0;
        while let Some(next) = text[at..].chars().next() {
            at = plain.take(text, at, next, tags);
        }
        plain
    }

    /// The place in the given text of a part of this one.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let (start, _) = self.places[range.start];
        let (_, end) = self.places[range.end - 1];
        start as usize..(end as usize).max(start as usize)
    }

    /// Reads one character, or what belongs with it; gives where to go on.
    fn take(&mut self, text: &str, at: usize, next: char, tags: Tags) -> usize {
        let after = at + next.len_utf8();
        let rest = &text[after..];
        match next {
            '\n' => self.end_line(text, at),
            ' ' | '\t' => self.space(at, after),
            '*' | '`' | '~' => after,
            '_' if !(self.text.ends_with(char::is_alphanumeric)
                && rest.starts_with(char::is_alphanumeric)) =>
            {
                after
            }
            '\\' => self.escape(text, at),
            '&' => self.entity(text, at),
            '<' if tags == Tags::Hidden => self.tag(text, at),
            _ if next.is_ascii() && !next.is_ascii_control() => {
                self.push(next, at, after);
                after
            }
            _ if is_hidden(next) || is_joiner(next) || next == '\r' => after,
            _ => {
                self.fold(next, at, after);
                after
            }
        }
    }

    fn push(&mut self, letter: char, start: usize, end: usize) {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.text.push(letter);
        let place = (offset(start), offset(end));
        self.places.extend(std::iter::repeat_n(place, letter.len_utf8()));
    }

    fn space(&mut self, start: usize, end: usize) -> usize {
        if !self.text.ends_with([' ', '\n']) {
            self.push(' ', start, end);
        }
        end
    }

    /// A character beyond ASCII in its plain form.
    fn fold(&mut self, letter: char, start: usize, end: usize) {
        for plain in std::iter::once(letter).nfkc() {
            match latin(plain) {
                ' ' => {
                    self.space(start, end);
                }
                plain if is_hidden(plain) => {}
                plain => self.push(plain, start, end),
            }
        }
    }

    /// A line end: a space where the sentence goes on, a line end where something else begins.
    fn end_line(&mut self, text: &str, at: usize) -> usize {
        let line = &text[at + 1..];
        let indented = line.trim_start_matches([' ', '\t', '\r']);
        let mut begin = text.len() - indented.len();
        if indented.is_empty() || indented.starts_with('\n') || begins_entry(indented) {
            while self.text.ends_with(' ') {
                self.text.pop();
                self.places.pop();
            }
            if !self.text.ends_with('\n') {
                self.push('\n', at, at + 1);
            }
            return begin;
        }
        // Comments and quotations repeat their mark on each line.
        let unmarked = indented.trim_start_matches(['#', '>']);
        if unmarked.len() < indented.len() && unmarked.starts_with([' ', '\n', '\r']) {
            begin = text.len() - unmarked.trim_start_matches([' ', '\t']).len();
        }
        let is_hyphenated = self.text.ends_with('-')
            && self.text[..self.text.len() - 1].ends_with(char::is_alphanumeric);
        if !is_hyphenated {
            self.space(at, begin);
        }
        self.lines.push(self.text.len());
        begin
    }

    /// A backslash: the sign before which it stands, or the character that it spells.
    fn escape(&mut self, text: &str, at: usize) -> usize {
        let rest = &text[at + 1..];
        let spelt = |digits: usize| {
            let number = rest.get(1..1 + digits)?;
            let number = u32::from_str_radix(number, 16).ok()?;
            Some((char::from_u32(number)?, at + 2 + digits))
        };
        let (letter, end) = match rest.chars().next() {
            Some('n' | 't' | 'r' | ',') => return self.space(at, at + 2),
            Some('x') => spelt(2).unwrap_or(('\\', at + 1)),
            Some('u') => spelt(4).unwrap_or(('\\', at + 1)),
            Some('U') => spelt(8).unwrap_or(('\\', at + 1)),
            Some(sign) if sign.is_ascii_punctuation() => return at + 1,
            // A line that is folded there goes on in the next.
            Some('\n') => return at + 1,
            _ => ('\\', at + 1),
        };
        if !is_hidden(letter) {
            self.fold(letter, at, end);
        }
        end
    }

    /// A character spelt as web pages spell it.
    fn entity(&mut self, text: &str, at: usize) -> usize {
        const LONGEST: usize = 10;
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(LONGEST).position(|byte| *byte == b';');
        let name = end.map(|end| &text[at + 1..at + 1 + end]);
        let letter = name.and_then(|name| {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)
        });
        let letter = letter.or(match name {
            Some("nbsp" | "ensp" | "emsp" | "thinsp") => Some(' '),
            Some("amp") => Some('&'),
            Some("apos" | "lsquo" | "rsquo") => Some('\''),
            Some("quot" | "ldquo" | "rdquo") => Some('"'),
            Some("ndash" | "mdash") => Some('-'),
            Some("shy" | "zwnj" | "zwj") => Some('\u{ad}'),
            Some("commat") => Some('@'),
            _ => None,
        });
        match (letter, end) {
            (Some(letter), Some(end)) => {
                if !is_hidden(letter) {
                    self.fold(letter, at, at + end + 2);
                }
                at + end + 2
            }
            _ => {
                self.push('&', at, at + 1);
                at + 1
            }
        }
    }

    /// What stands in angle brackets: nothing within a line, else the end of an entry.
    fn tag(&mut self, text: &str, at: usize) -> usize {
        const INLINE: [&str; 14] = [
            "a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub",
            "sup", "u",
        ];
        let rest = &text[at + 1..];
        if !rest.starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next)) {
            self.push('<', at, at + 1);
            return at + 1;
        }
        let end = if self.closes_none { None } else { rest.find('>') };
        let Some(end) = end else {
            self.closes_none = true;
            self.push('<', at, at + 1);
            return at + 1;
        };
        let name = rest[..end].trim_start_matches('/');
        let name = name.split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or("");
        let end = at + 2 + end;
        if name.eq_ignore_ascii_case("br") || name.eq_ignore_ascii_case("wbr") {
            return self.space(at, end);
        }
        if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name))
            && !self.text.ends_with('\n')
        {
            self.push('\n', at, end);
        }
        end
    }
}

/// Characters that join or vary others, and that no reader sees.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}')
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a line begins something of its own: an item of a list, a row of a table, a key.
fn begins_entry(line: &str) -> bool {
    if ["- ", "* ", "+ ", "|", "[", "<", "```", "---"].iter().any(|mark| line.starts_with(mark)) {
        return true;
    }
    let line = line.trim_start_matches(['#', ' ']);
    let is_word = |next: char| next.is_ascii_alphanumeric() || "-_.\"'".contains(next);
    let end = line.find(|next| !is_word(next)).unwrap_or(line.len());
    let after = &line[end..];
    let is_key = end > 0
        && line.starts_with(|next: char| {
            next.is_ascii_lowercase() || next.is_ascii_digit() || next == '"'
        });
    let is_key = is_key
        && (after.starts_with(": ")
            || after.starts_with(":\n")
            || after.starts_with(":\r")
            || after == ":"
            || after.starts_with(" = "));
    let is_numbered = line.starts_with(|next: char| next.is_ascii_digit())
        && line[..end].ends_with('.')
        && line[..end - 1].bytes().all(|byte| byte.is_ascii_digit());
    is_key || is_numbered
}
