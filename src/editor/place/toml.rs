//! Places in TOML, statement by statement.

use super::{Part, Place, bare, brackets};

pub(super) fn at(text: &str, offset: usize) -> Place {
    let bytes = text.as_bytes();
    let mut table: Vec<String> = Vec::new();
    let mut beside: Vec<String> = Vec::new();
    let mut start = 0;
    loop {
        let line_end = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |end| start + end);
        let line = &text[start..line_end];
        let first = line.trim_start();
        let mut end = line_end;
        if first.starts_with('#') {
            if offset <= line_end {
                return Place::prose(table, offset);
            }
        } else if first.starts_with('[') {
            if offset <= line_end {
                return Place::prose(Vec::new(), offset);
            }
            let inner = first.trim().trim_start_matches('[');
            let inner = inner.split(']').next().unwrap_or_default();
            let name = |part: &str| part.trim().trim_matches(['"', '\'']).to_owned();
            table = inner.split('.').map(name).collect();
            beside.clear();
        } else if let Some(sign) = line.find('=') {
            let key = text[bare(text, start..start + sign)].to_owned();
            let value = start + sign + 1;
            if offset < value {
                let word = bare(text, start..start + sign);
                beside.extend(below(&text[line_end..]));
                return Place { keys: table, part: Part::Key, word, beside };
            }
            match of_value(text, value, offset) {
                Value::Before(past) => end = past,
                Value::Here(inside) => {
                    table.push(key);
                    table.extend(inside.keys);
                    let Inside { part, word, beside, .. } = inside;
                    return Place { keys: table, part, word, beside };
                }
            }
            beside.push(key);
        } else if offset <= line_end {
            let word = bare(text, start..line_end);
            let word = if word.is_empty() { offset..offset } else { word };
            beside.extend(below(&text[line_end..]));
            return Place { keys: table, part: Part::Key, word, beside };
        }
        if end >= text.len() {
            return Place { keys: table, part: Part::Key, word: offset..offset, beside };
        }
        start = memchr::memchr(b'\n', &bytes[end..]).map_or(text.len(), |next| end + next + 1);
    }
}

use brackets::Inside;

/// Whether a cursor stands in a value.
enum Value {
    /// Behind it; it ends here.
    Before(usize),
    Here(Inside),
}

fn of_value(text: &str, start: usize, offset: usize) -> Value {
    let blank = text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
    let from = start + blank;
    let rest = &text[from..];
    let here = |part, word| Inside { keys: Vec::new(), part, word, beside: Vec::new() };
    for quotes in ["\"\"\"", "'''"] {
        if let Some(inner) = rest.strip_prefix(quotes) {
            let end = inner.find(quotes).map_or(text.len(), |end| from + end + 6);
            return match offset < end {
                true => Value::Here(here(Part::Prose, offset..offset)),
                false => Value::Before(end),
            };
        }
    }
    if rest.starts_with(['[', '{']) && offset > from {
        return match brackets::read(text, from, offset, b'=') {
            Ok(inside) => Value::Here(inside),
            Err(end) if end >= offset => Value::Here(here(Part::Prose, offset..offset)),
            Err(end) => Value::Before(end),
        };
    }
    let end = rest.find('\n').map_or(text.len(), |end| from + end);
    if offset > end {
        return Value::Before(end);
    }
    let written = &text[from..end];
    let comment = match written.chars().next().filter(|first| ['"', '\''].contains(first)) {
        Some(quote) => written[1..].find(quote).map(|closing| closing + 2),
        None => written.find('#'),
    };
    let end = comment.map_or(end, |at| from + at);
    if offset > end {
        return Value::Here(here(Part::Prose, offset..offset));
    }
    let word = bare(text, from..end);
    let word =
        if word.is_empty() && !rest.starts_with(['"', '\'']) { offset..offset } else { word };
    Value::Here(here(Part::Value, word))
}

/// The keys of the same table on the lines below.
fn below(text: &str) -> Vec<String> {
    let lines = text.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}
