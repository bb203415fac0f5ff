//! Places in YAML, by indentation.

use std::ops::Range;

use super::{Part, Place, bare, brackets};

/// A line that is not blank and no comment.
struct Line<'t> {
    /// Where the line begins.
    start: usize,
    /// The column of its first dash.
    dash: Option<usize>,
    /// The column of what stands behind the dashes.
    column: usize,
    /// The key.
    key: Option<&'t str>,
    /// The bytes of the key, with its quotes.
    key_at: Range<usize>,
    /// The bytes of the value, or of the whole where there is no key.
    value: Range<usize>,
}

/// What leads to a line.
struct Trail {
    /// The keys, outermost first.
    keys: Vec<String>,
    beside: Vec<String>,
    is_prose: bool,
}

pub(super) fn at(text: &str, offset: usize) -> Place {
    let starts = starts(text);
    let number = starts.partition_point(|start| *start <= offset) - 1;
    let start = starts[number];
    let cursor = offset - start;
    let whole = line_text(text, start);
    let Some(line) = read(text, start) else {
        let is_comment = whole.trim_start().starts_with('#');
        let column = whole.len().min(cursor);
        let trail = trail(text, &starts, number, column, false);
        if is_comment || trail.is_prose {
            return Place::prose(trail.keys, offset);
        }
        let Trail { keys, mut beside, .. } = trail;
        beside.extend(below(text, &starts, number, column));
        return Place { keys, part: Part::Key, word: offset..offset, beside };
    };
    let base = line.dash.unwrap_or(line.column);
    let Trail { mut keys, mut beside, is_prose } =
        trail(text, &starts, number, base, line.dash.is_some());
    if is_prose || cursor < base || is_in_comment(whole, cursor) {
        return Place::prose(keys, offset);
    }
    if line.dash.is_some() {
        beside.clear();
    }
    beside.extend(below(text, &starts, number, line.column));
    let opens = |at: usize| text[at..].starts_with(['{', '[']);
    let bracket = match (line.key, line.value.start) {
        (_, at) if at < offset && !line.value.is_empty() && opens(at) => Some(at),
        _ => None,
    };
    if let Some(key) = line.key
        && offset > line.key_at.end
    {
        keys.push(key.to_owned());
    }
    if let Some(at) = bracket {
        return match brackets::read(text, at, offset, b':') {
            Ok(inside) => {
                keys.extend(inside.keys);
                Place { keys, part: inside.part, word: inside.word, beside: inside.beside }
            }
            Err(_) => Place::prose(keys, offset),
        };
    }
    let part = match (line.key, line.dash) {
        (Some(_), _) if offset > line.key_at.end => Part::Value,
        (Some(_), _) => Part::Key,
        (None, Some(_)) => Part::Item,
        (None, None) => Part::Key,
    };
    let word = match part {
        Part::Key if line.key.is_some() => bare(text, line.key_at),
        Part::Value if opens_block(text, &line.value) => return Place::prose(keys, offset),
        _ => bare(text, line.value),
    };
    // Behind the blank after a colon the word begins at the cursor.
    let word = if word.is_empty() { offset..offset } else { word };
    Place { keys, part, word, beside }
}

/// Where each line begins.
fn starts(text: &str) -> Vec<usize> {
    let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
    std::iter::once(0).chain(newlines.map(|newline| newline + 1)).collect()
}

fn line_text(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r')
}

/// A line; nothing where it is blank, a comment, or three dashes.
fn read(text: &str, start: usize) -> Option<Line<'_>> {
    let whole = line_text(text, start);
    let mut rest = whole.trim_start_matches(' ');
    let mut dash = None;
    while let Some(after) = rest.strip_prefix('-')
        && (after.is_empty() || after.starts_with([' ', '\t']))
    {
        dash = dash.or(Some(whole.len() - rest.len()));
        rest = after.trim_start();
    }
    if dash.is_none() && (rest.trim().is_empty() || rest.starts_with('#') || rest == "---") {
        return None;
    }
    let column = whole.len() - rest.len();
    let from = start + column;
    let end = from + without_comment(rest).len();
    let colon = colon(rest);
    let (key, key_at, value) = match colon {
        Some(colon) => {
            let at = from..from + colon;
            let value = from + colon + 1..end.max(from + colon + 1);
            (Some(&text[bare(text, at.clone())]), at, value)
        }
        None => (None, from..from, from..end),
    };
    let blank = text[value.clone()].len() - text[value.clone()].trim_start().len();
    Some(Line { start, dash, column, key, key_at, value: value.start + blank..value.end })
}

/// The text of a line in front of its comment.
fn without_comment(text: &str) -> &str {
    let comment = text.match_indices('#').map(|(at, _)| at);
    let mut comment = comment.filter(|at| *at == 0 || text[..*at].ends_with([' ', '\t']));
    let is_quoted = text.contains(['"', '\'']);
    match comment.next() {
        Some(at) if !is_quoted => text[..at].trim_end(),
        _ => text.trim_end(),
    }
}

/// Whether a column of a line is in its comment.
fn is_in_comment(whole: &str, cursor: usize) -> bool {
    let kept = without_comment(whole);
    kept.len() < whole.trim_end().len()
        && cursor > whole[kept.len()..].find('#').unwrap_or(0) + kept.len()
}

/// Where the colon of a key is.
fn colon(text: &str) -> Option<usize> {
    let from = match text.chars().next()? {
        quote @ ('"' | '\'') => 1 + text[1..].find(quote)? + 1,
        '{' | '[' | '#' | '|' | '>' => return None,
        _ => 0,
    };
    let mut colons = text[from..].match_indices(':').map(|(at, _)| from + at);
    let is_end = |at: &usize| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']);
    colons.find(is_end)
}

/// Whether a value is the sign of a text that stands on the lines below.
fn opens_block(text: &str, value: &Range<usize>) -> bool {
    let written = text[value.clone()].trim();
    let mut signs = written.chars();
    matches!(signs.next(), Some('|' | '>')) && signs.all(|c| matches!(c, '+' | '-' | '0'..='9'))
}

/// What leads to a line whose text (or whose dash, for an item) begins in a column.
fn trail(text: &str, starts: &[usize], number: usize, column: usize, is_item: bool) -> Trail {
    let mut trail = Trail { keys: Vec::new(), beside: Vec::new(), is_prose: false };
    let (mut limit, mut in_list, mut is_own) = (column, is_item, true);
    for start in starts[..number].iter().rev() {
        if limit == 0 && !in_list && !is_own {
            break;
        }
        let Some(line) = read(text, *start) else { continue };
        debug_assert_eq!(line.start, *start);
        let outer = line.dash.unwrap_or(line.column);
        let is_above = match in_list {
            true => line.column < limit || (line.column == limit && line.dash.is_none()),
            false => line.column < limit,
        };
        if is_above {
            let Some(key) = line.key else {
                // A text that goes on over several lines, or an item of such a text.
                if line.dash.is_some() && outer < limit {
                    (limit, in_list) = (outer, true);
                }
                continue;
            };
            if !line.value.is_empty() {
                // What stands below a key with a value is its text.
                trail.keys.clear();
                trail.beside.clear();
                trail.is_prose = true;
            }
            trail.keys.push(key.to_owned());
            (limit, in_list, is_own) = (outer, line.dash.is_some(), false);
        } else if !in_list && line.column == limit {
            if is_own {
                trail.beside.extend(line.key.map(str::to_owned));
            }
            if let Some(dash) = line.dash {
                (limit, in_list, is_own) = (dash, true, false);
            }
        }
    }
    trail.keys.reverse();
    trail
}

/// The keys of the same group on the lines below.
fn below(text: &str, starts: &[usize], number: usize, column: usize) -> Vec<String> {
    let lines = starts[number + 1..].iter().filter_map(|start| read(text, *start));
    let group = lines
        .take_while(|line| line.column >= column && line.dash.is_none_or(|dash| dash >= column));
    let own = group.filter(|line| line.column == column && line.dash.is_none());
    own.filter_map(|line| line.key.map(str::to_owned)).collect()
}
