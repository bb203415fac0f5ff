//! Lists and groups in brackets: brackets that are not closed, and texts that are not fit to stand
//! between them.

use std::ops::Range;

use super::line::{Line, Row, is_plain_key, lines_from, value_end};
use super::{HELP_BLOCK, Mistake, Scene, wrap};
use crate::syntax::faults;
use crate::syntax::yaml::MENDED;

/// What to write in place of a text that is not fit to stand between brackets.
const HELP_BRACKETS: &str =
    "put the text between the commas in double quotes, or write each key on a line of its own";

/// What is wrong between brackets.
enum Broken {
    /// A bracket is closed by one of the other kind.
    Mismatch { at: usize, open: char },
    /// A bracket is never closed.
    Unclosed { at: usize, open: char },
    /// A text holds a colon; the range is the text.
    Colon { at: usize, value: Range<usize> },
    /// A text in quotes goes on behind them.
    Quote { at: usize, value: Range<usize> },
    /// A text holds a bracket or begins with a sign.
    Sign { at: usize, value: Range<usize> },
    /// Something stands behind the last bracket.
    After,
}

impl Scene<'_> {
    pub(super) fn bracket(&self) -> Option<Mistake> {
        let reached = self.rows[..=self.index].iter().rev().take(50);
        let opening = reached
            .filter(|row| row.value_start() <= self.at)
            .find(|row| row.value().starts_with(['{', '[']))?;
        self.bracket_of(opening)
    }

    /// A bracket that was still open at the end of the file.
    pub(super) fn bracket_left_open(&self) -> Option<Mistake> {
        let opening = self.rows.iter().rev().find(|row| row.value().starts_with(['{', '[']))?;
        self.bracket_of(opening)
    }

    /// Where a value that begins with a bracket ends. Keys go on with it where a comma or the bracket
    /// stands at the end of its line.
    fn bracket_end(&self, row: &Row<'_>) -> usize {
        if !row.line.text.trim_end().ends_with([',', '{', '[']) {
            return value_end(self.text, row, row.base());
        }
        lines_from(self.text, row.line.end())
            .skip(1)
            .take_while(|line| line.is_empty() || line.indent() > row.base())
            .filter(|line| !line.is_empty())
            .last()
            .map_or(row.line.end(), Line::end)
    }

    /// What is wrong with a value that begins with a bracket.
    pub(super) fn bracket_of(&self, row: &Row<'_>) -> Option<Mistake> {
        if let Some(mistake) = self.stray(row) {
            return Some(mistake);
        }
        let from = row.value_start();
        let range = from..self.bracket_end(row);
        let broken = scan(&self.text[range.clone()]);
        let place = |at: usize| from + at..from + at + 1;
        let inner = |value: Range<usize>| from + value.start..from + value.end;
        let (rule, at, message, help, patch) = match broken {
            Some(Broken::Mismatch { at, open }) => {
                let close = closing(open);
                let found = self.text[from + at..].chars().next()?;
                let message = format!("The bracket {open} is closed with {found}");
                let patch = (place(at), close.to_string());
                (&faults::SIGN_IN_TEXT, at, message, format!("write {close} in its place"), patch)
            }
            Some(Broken::Unclosed { at, open }) if is_group(&self.text[range.clone()]) => {
                let close = closing(open);
                let message = format!("The bracket {open} is not closed");
                let end = from + self.text[range.clone()].trim_end().len();
                let help = format!("write {close} at the end");
                (&faults::SIGN_IN_TEXT, at, message, help, (end..end, close.to_string()))
            }
            Some(Broken::Colon { at, value }) => {
                let message = "This colon makes the text look like another key".to_owned();
                let patch = wrap(self.text, inner(value));
                (&faults::COLON_IN_TEXT, at, message, HELP_BRACKETS.to_owned(), patch)
            }
            Some(Broken::Quote { at, value }) => {
                let what = match self.text.as_bytes().get(from + at) {
                    Some(b'\'') => "An apostrophe",
                    _ => "A quotation mark",
                };
                let message = format!("{what} ends the text here");
                let patch = wrap(self.text, inner(value));
                (&faults::QUOTE_IN_TEXT, at, message, HELP_BRACKETS.to_owned(), patch)
            }
            Some(Broken::Sign { at, value }) => {
                let sign = self.text[from + at..].chars().next()?;
                let message = format!("The sign {sign} has a meaning of its own between brackets");
                let patch = wrap(self.text, inner(value));
                (&faults::SIGN_IN_TEXT, at, message, HELP_BRACKETS.to_owned(), patch)
            }
            Some(Broken::After | Broken::Unclosed { .. }) => {
                let sign = row.value().chars().next()?;
                let message = format!("A text that begins with {sign} is not read as a text");
                let help = match row.key {
                    Some(_) => HELP_BLOCK.to_owned(),
                    None => "put the whole text in double quotes".to_owned(),
                };
                (&faults::SIGN_IN_TEXT, 0, message, help, wrap(self.text, range))
            }
            None => {
                let message = "What stands between these brackets cannot be read".to_owned();
                let help = "put each text between brackets in double quotes, or write each key on \
                            a line of its own";
                let patch = (range, format!("*{MENDED}"));
                (&faults::SIGN_IN_TEXT, 0, message, help.to_owned(), patch)
            }
        };
        Some(Mistake::new(rule, place(at), message, help, vec![patch]))
    }
}

/// Whether a value that begins with a quotation mark or a bracket ends with its like.
pub(super) fn is_closed(text: &str) -> bool {
    match text.chars().next() {
        Some(mark @ ('"' | '\'')) => close_of_quote(text, 0, mark)
            .is_some_and(|close| is_end_of_value(text[close + 1..].trim_start_matches(' '))),
        _ => scan(text).is_none(),
    }
}

fn closing(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}

/// Whether a bracket that is not closed begins a group of keys or a list of words, and not a text.
fn is_group(text: &str) -> bool {
    let inner = text[1..].trim();
    match text.starts_with('{') {
        true => inner.split_once(": ").is_some_and(|(key, _)| is_plain_key(key.trim())),
        false => !inner.is_empty() && inner.split(',').all(|item| is_plain_key(item.trim())),
    }
}

/// Reads what stands between brackets, and finds the first thing that is wrong with it.
fn scan(text: &str) -> Option<Broken> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut value = 0;
    let mut has_colon = false;
    let mut begins = true;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|&(_, next)| next);
        match sign {
            ' ' | '\n' | '\r' => continue,
            '"' | '\'' if begins => {
                let close = close_of_quote(text, at, sign);
                match close {
                    Some(close) if is_end_of_value(&text[close + 1..]) => {
                        while signs.next_if(|&(inside, _)| inside <= close).is_some() {}
                        begins = false;
                        continue;
                    }
                    Some(close) => {
                        return Some(Broken::Quote {
                            at: close,
                            value: at..end_of_value(text, at),
                        });
                    }
                    None => return Some(Broken::Quote { at, value: at..end_of_value(text, at) }),
                }
            }
            '{' | '[' if begins => open.push((at, sign)),
            '{' | '[' => return Some(Broken::Sign { at, value: value..end_of_value(text, value) }),
            '}' | ']' => {
                let (_, opening) = open.pop()?;
                if sign != closing(opening) {
                    return Some(Broken::Mismatch { at, open: opening });
                }
                if open.is_empty() {
                    let rest = text[at + 1..].trim();
                    return (!rest.is_empty() && !rest.starts_with('#')).then_some(Broken::After);
                }
                begins = false;
                continue;
            }
            ',' => {}
            ':' if next.is_none_or(|next| matches!(next, ' ' | '\n' | '\r')) => {
                if has_colon {
                    return Some(Broken::Colon { at, value: value..end_of_value(text, value) });
                }
                has_colon = true;
            }
            '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '?' | '-' if begins => {
                let is_text = !matches!(sign, '-' | '?') || next == Some(' ');
                if is_text && text[at..].get(1..1 + MENDED.len()) != Some(MENDED) {
                    return Some(Broken::Sign { at, value: at..end_of_value(text, at) });
                }
                (begins, value) = (false, at);
                continue;
            }
            _ => {
                if begins {
                    value = at;
                }
                begins = false;
                continue;
            }
        }
        // A bracket, a comma or the colon of a key was read: a value begins behind it.
        begins = true;
        has_colon &= sign == ':';
        value = at + 1;
    }
    open.first().map(|&(at, open)| Broken::Unclosed { at, open })
}

/// The quotation mark that ends a text in quotes.
fn close_of_quote(text: &str, from: usize, mark: char) -> Option<usize> {
    let mut signs = text[from + 1..].char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && mark == '"' {
            signs.next();
        } else if sign == mark {
            if mark == '\'' && signs.next_if(|&(_, next)| next == mark).is_some() {
                continue;
            }
            return Some(from + 1 + at);
        }
    }
    None
}

fn is_end_of_value(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', '}', ']', ':'])
}

/// Where a value ends that began at an offset: before the next key, or at the last bracket.
fn end_of_value(text: &str, from: usize) -> usize {
    let is_next_key = |at: usize| {
        let after = text[at + 1..].trim_start();
        after.split_once(": ").is_some_and(|(key, _)| is_plain_key(key))
    };
    let comma =
        text[from..].match_indices(',').map(|(at, _)| from + at).find(|&at| is_next_key(at));
    let end = comma.unwrap_or_else(|| {
        let closed = text.trim_end();
        from + closed[from..].trim_end_matches(['}', ']']).len()
    });
    from + text[from..end].trim_end().len()
}
