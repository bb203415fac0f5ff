//! Lines of a text as a person sees them: how far a line is indented, its dash, its key, its value.

use std::ops::Range;

/// A line without its line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Where it starts in the text.
    pub start: usize,
    /// What stands in it.
    pub text: &'t str,
}

impl<'t> Line<'t> {
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The line without what it is indented with, be it spaces or tabs.
    pub(super) fn body(self) -> &'t str {
        self.text.trim_start_matches([' ', '\t'])
    }

    pub(super) fn is_empty(self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn is_comment(self) -> bool {
        self.text.trim_start().starts_with('#')
    }

    /// The place of what stands in it, from the first character that is not a space.
    pub(super) fn place(self) -> Range<usize> {
        self.start + self.indent()..self.end()
    }
}

/// What a line begins with, by which it is told to which other lines it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// A dash.
    Item,
    /// A key with a digit in it: `1.1`, `E-03`.
    Id,
    /// A key that is a word: `rating`.
    Word,
}

/// A line that is neither empty, nor a comment, nor part of a text under `|`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    pub line: Line<'t>,
    /// The column of the first dash.
    pub dash: Option<usize>,
    /// The column of what stands after the dashes.
    pub column: usize,
    /// The key with which it begins.
    pub key: Option<&'t str>,
    /// The column at which the value begins, or the text where there is no key.
    pub value: usize,
}

impl<'t> Row<'t> {
    pub(super) fn of(line: Line<'t>) -> Self {
        let mut column = line.indent();
        let mut dash = None;
        while line.text[column..].starts_with("- ") || &line.text[column..] == "-" {
            dash = dash.or(Some(column));
            let rest = &line.text[column + 1..];
            column += 1 + rest.len() - rest.trim_start_matches(' ').len();
        }
        let rest = &line.text[column..];
        let Some(colon) = colon_of_key(rest) else {
            return Row { line, dash, column, key: None, value: column };
        };
        let after = &rest[colon + 1..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        // A second colon is a slip, and reported as one.
        let key = Some(rest[..colon].trim_end_matches([' ', ':']));
        Row { line, dash, column, key, value: column + colon + 1 + blanks }
    }

    /// The value after the key, or the text where there is none; nothing in place of a comment.
    pub(super) fn value(&self) -> &'t str {
        let value = &self.line.text[self.value..];
        if value.starts_with('#') && self.key.is_some() { "" } else { value }
    }

    /// Where the value begins in the text.
    pub(super) fn value_start(&self) -> usize {
        self.line.start + self.value
    }

    /// The column in which the line begins.
    pub(super) fn outer(&self) -> usize {
        self.dash.unwrap_or(self.column)
    }

    /// The key, if it looks like one of ours.
    pub(super) fn plain_key(&self) -> Option<&'t str> {
        self.key.filter(|key| is_plain_key(key))
    }

    /// Whether it begins something: an item or a key, rather than going on with a text.
    pub(super) fn begins(&self) -> bool {
        self.dash.is_some() || self.plain_key().is_some()
    }

    /// Whether it could go on with a text: no dash, and no key that could be one of ours.
    pub(super) fn is_prose(&self) -> bool {
        self.dash.is_none() && !self.plain_key().is_some_and(is_lower_or_id)
    }

    pub(super) fn nature(&self) -> Nature {
        match (self.dash, self.key) {
            (Some(_), _) => Nature::Item,
            (None, Some(key)) => nature_of(key),
            (None, None) => Nature::Word,
        }
    }

    /// What goes on with its value is indented further than this.
    pub(super) fn base(&self) -> usize {
        if self.key.is_some() { self.column } else { self.outer() }
    }

    /// Whether it begins a block of text: `key: |`.
    pub(super) fn opens_block(&self) -> bool {
        let value = self.value();
        let rest = value.trim_start_matches(['|', '>']);
        let rest = rest.trim_start_matches(|c: char| c == '+' || c == '-' || c.is_ascii_digit());
        value.starts_with(['|', '>']) && (rest.trim().is_empty() || rest.starts_with(" #"))
    }
}

/// The colon that ends the key with which a text begins.
fn colon_of_key(text: &str) -> Option<usize> {
    if text.starts_with(['{', '[', '#']) {
        return None;
    }
    if let Some(mark) = text.chars().next().filter(|mark| matches!(mark, '"' | '\'')) {
        let close = 2 + text[1..].find(mark)?;
        let blanks = text[close..].len() - text[close..].trim_start_matches(' ').len();
        let after = &text[close + blanks..];
        return (after == ":" || after.starts_with(": ")).then_some(close + blanks);
    }
    let ends = |at: usize| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']);
    text.match_indices(':').map(|(at, _)| at).find(|&at| ends(at))
}

/// Whether a key looks like one of ours: a word, an id or a number, without spaces.
pub(super) fn is_plain_key(key: &str) -> bool {
    let unquoted = |mark: char| key.strip_prefix(mark)?.strip_suffix(mark);
    let key = unquoted('"').or_else(|| unquoted('\'')).unwrap_or(key);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    !key.is_empty() && key.len() <= 40 && key.chars().all(plain) && !key.starts_with('-')
}

/// Whether a plain key is written as ours are: in small letters, or with a digit in it.
pub(super) fn is_lower_or_id(key: &str) -> bool {
    key.starts_with(|c: char| !c.is_uppercase()) || nature_of(key) == Nature::Id
}

pub(super) fn nature_of(key: &str) -> Nature {
    if key.contains(|c: char| c.is_ascii_digit()) { Nature::Id } else { Nature::Word }
}

/// The line in which an offset lies.
pub(super) fn line_at(text: &str, at: usize) -> Line<'_> {
    let start = text[..at.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
    lines_from(text, start).next().unwrap_or(Line { start, text: "" })
}

/// The lines from the one that starts at an offset.
pub(super) fn lines_from(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let mut next = start;
    text.get(start..).unwrap_or_default().split('\n').map(move |line| {
        let start = next;
        next += line.len() + 1;
        Line { start, text: line.trim_end_matches('\r') }
    })
}

/// The column of the text under a row that opens a block, where there is a text.
pub(super) fn block_indent(text: &str, header: &Row<'_>) -> Option<usize> {
    let first = lines_from(text, header.line.end()).skip(1).find(|line| !line.is_empty())?;
    Some(first.indent()).filter(|&indent| indent > header.base())
}

/// All rows of a text.
pub(super) fn rows(text: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut until = 0;
    let mut block = None;
    for line in lines_from(text, 0) {
        if line.start < until || line.is_empty() {
            continue;
        }
        if block.is_some_and(|indent| line.indent() >= indent) {
            continue;
        }
        block = None;
        if line.is_comment() {
            continue;
        }
        let row = Row::of(line);
        if row.opens_block() {
            block = block_indent(text, &row);
        } else {
            until = closed_below(text, &row).unwrap_or(until);
        }
        rows.push(row);
    }
    rows
}

/// Where a value in quotes or brackets that goes over several lines ends, if it is closed.
fn closed_below(text: &str, row: &Row<'_>) -> Option<usize> {
    let open = row.value().chars().next()?;
    let close = match open {
        '"' | '\'' => open,
        '{' => '}',
        '[' => ']',
        _ => return None,
    };
    if row.value().trim_end().len() > 1 && row.value().trim_end().ends_with(close) {
        return None;
    }
    lines_from(text, row.line.end())
        .skip(1)
        .take(200)
        .take_while(|line| line.is_empty() || line.indent() > row.base())
        .find(|line| line.text.trim_end().trim_end_matches(',').ends_with(close))
        .map(Line::end)
}

/// The end of the last line that goes on with the value of a row: the lines below that are indented
/// further and begin with no key of ours.
pub(super) fn value_end(text: &str, row: &Row<'_>, base: usize) -> usize {
    let mut end = row.line.end();
    for line in lines_from(text, end).skip(1) {
        if line.is_empty() {
            continue;
        }
        let below = Row::of(line);
        let is_key = below.dash.is_none() && below.plain_key().is_some_and(is_lower_or_id);
        if line.indent() <= base || is_key {
            break;
        }
        end = line.end();
    }
    end
}

/// A column in which a list or a group of keys stands that a line below could go on with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'t> {
    pub column: usize,
    pub nature: Nature,
    pub row: Row<'t>,
}

/// The columns that are open after some rows, from the innermost.
pub(super) fn open_columns<'t>(rows: &[Row<'t>]) -> Vec<Column<'t>> {
    let mut open: Vec<Column<'t>> = Vec::new();
    for row in rows.iter().rev() {
        let least = open.last().map_or(usize::MAX, |last| last.column);
        let is_list = open.last().is_some_and(|last| last.nature == Nature::Item);
        if let Some(key) = row.plain_key()
            && (row.column < least || row.column == least && is_list && row.dash.is_none())
        {
            open.push(Column { column: row.column, nature: nature_of(key), row: *row });
        }
        if let Some(dash) = row.dash
            && open.last().is_none_or(|last| dash < last.column)
        {
            open.push(Column { column: dash, nature: Nature::Item, row: *row });
        }
        if open.last().is_some_and(|last| last.column == 0 && last.nature != Nature::Item) {
            break;
        }
    }
    open
}
