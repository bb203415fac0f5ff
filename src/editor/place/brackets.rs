//! Inside brackets, which both languages have: `{rating: green, evidence: [...]}`.

use std::ops::Range;

use super::{Part, bare};

/// Where a cursor stands inside brackets.
#[derive(Debug)]
pub(super) struct Inside {
    /// The keys from the first bracket on.
    pub(super) keys: Vec<String>,
    pub(super) part: Part,
    pub(super) word: Range<usize>,
    pub(super) beside: Vec<String>,
}

/// An open bracket.
struct Frame {
    kind: Kind,
    /// The key whose value is being written.
    key: Option<String>,
    /// The keys that stand there already.
    keys: Vec<String>,
    /// Where the current key or value begins.
    from: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Group,
    List,
}

/// Reads on from a bracket. `sign` stands between a key and its value. Returns the place of the offset
/// where that is inside the brackets; otherwise the end of the brackets.
pub(super) fn read(text: &str, start: usize, offset: usize, sign: u8) -> Result<Inside, usize> {
    let bytes = text.as_bytes();
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = start;
    while at < bytes.len() {
        if at >= offset && !frames.is_empty() {
            return Ok(inside(text, frames, offset));
        }
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                let end = closing(bytes, at, quote);
                if offset <= end && offset > at && !frames.is_empty() {
                    return Ok(inside(text, frames, offset));
                }
                at = end;
            }
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                let rest = memchr::memchr(b'\n', &bytes[at..]);
                at = rest.map_or(bytes.len(), |newline| at + newline);
                continue;
            }
            open @ (b'{' | b'[') => {
                let kind = if open == b'{' { Kind::Group } else { Kind::List };
                frames.push(Frame { kind, key: None, keys: Vec::new(), from: at + 1 });
            }
            b'}' | b']' => {
                frames.pop();
                if frames.is_empty() {
                    return Err(at + 1);
                }
            }
            b',' => {
                if let Some(frame) = frames.last_mut() {
                    (frame.key, frame.from) = (None, at + 1);
                }
            }
            own if own == sign => {
                let is_sign =
                    sign != b':' || bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace());
                if let Some(frame) = frames.last_mut()
                    && is_sign
                    && frame.kind == Kind::Group
                    && frame.key.is_none()
                {
                    let key = text[bare(text, frame.from..at)].to_owned();
                    frame.keys.push(key.clone());
                    (frame.key, frame.from) = (Some(key), at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    match frames.is_empty() {
        true => Err(bytes.len()),
        false => Ok(inside(text, frames, offset)),
    }
}

/// Where a quoted text ends, or its line.
fn closing(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != quote && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' && quote == b'"' { 2 } else { 1 };
    }
    at.min(bytes.len().saturating_sub(1))
}

fn inside(text: &str, mut frames: Vec<Frame>, offset: usize) -> Inside {
    let last = frames.pop().expect("a bracket is open");
    let ends = |c: char| matches!(c, ',' | '}' | ']' | '\n' | '\r' | ':' | '=' | '"');
    let offset = offset.max(last.from);
    let end = text[offset..].find(ends).map_or(text.len(), |end| offset + end);
    let word = bare(text, last.from..end);
    let mut keys: Vec<String> = frames.into_iter().filter_map(|frame| frame.key).collect();
    let part = match (last.kind, &last.key) {
        (Kind::Group, None) => Part::Key,
        (Kind::Group, Some(_)) => Part::Value,
        (Kind::List, _) => Part::Item,
    };
    keys.extend(last.key);
    Inside { keys, part, word, beside: last.keys }
}
