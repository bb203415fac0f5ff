//! Lines that belong to a text and are not indented so far, or have no key where one is needed.

use super::line::{
    Column, Line, Nature, Row, block_indent, is_lower_or_id, line_at, lines_from, nature_of,
    open_columns,
};
use super::{Mistake, Patch, Scene};
use crate::syntax::faults;
use crate::text::{count, quoted};

impl Scene<'_> {
    pub(super) fn layout(&self) -> Option<Mistake> {
        let row = self.row();
        if self.at > row.line.end() {
            return self.bracket_left_open();
        }
        if self.at > row.value_start() {
            match row.value().chars().next() {
                Some('"' | '\'') => return self.quote(),
                Some('[' | '{' | '*' | '&' | '!' | '%' | '@' | '`') => return self.sign(),
                _ => {}
            }
        }
        self.line()
    }

    /// A line that the parser did not expect, whatever its value.
    pub(super) fn line(&self) -> Option<Mistake> {
        let row = self.row();
        let is_alone = !self.row().line.body().trim_end().contains(' ');
        if let Some(mistake) = is_alone.then(|| self.missing_colon(self.index)).flatten() {
            return Some(mistake);
        }
        let is_open = |open: &Column<'_>| open.column == row.column && open.nature != Nature::Item;
        if open_columns(&self.rows[..self.index]).iter().any(is_open)
            && let Some(mistake) = self.no_space_after_colon(row)
        {
            return Some(mistake);
        }
        if let Some(mistake) = self.text_not_indented().or_else(|| self.space_after_dash()) {
            return Some(mistake);
        }
        if row.begins() && (row.dash.is_some() || row.plain_key().is_some_and(is_lower_or_id)) {
            return self.uneven();
        }
        self.no_space_after_colon(row)
            .or_else(|| self.missing_colon(self.index))
            .or_else(|| Some(self.no_key(self.index)))
    }

    /// Lines under `key: |` that stand to the left of where the text must be.
    fn text_not_indented(&self) -> Option<Mistake> {
        let row = self.row();
        let header = self.rows[..self.index].iter().rev().find(|above| !above.is_prose())?;
        let is_item = row.dash.is_some()
            && (row.key.is_some()
                || open_columns(&self.rows[..self.index])
                    .iter()
                    .any(|open| open.nature == Nature::Item && open.column >= row.outer()));
        if !header.opens_block() || is_item || row.dash.is_none() && !row.is_prose() {
            return None;
        }
        text_under_bar(self.text, header, row.line)
    }

    /// `ratings` in place of `ratings:`, and `as-at 2026-09-30` in place of `as-at: 2026-09-30`.
    pub(super) fn missing_colon(&self, index: usize) -> Option<Mistake> {
        let row = self.rows[index];
        let body = row.line.text[row.column..].trim_end();
        let (first, rest) = body.split_once(' ').unwrap_or((body, ""));
        if row.key.is_some() || !super::line::is_plain_key(first) || !is_lower_or_id(first) {
            return None;
        }
        let below = self.rows.get(index + 1).filter(|below| below.begins());
        let has_children = below.is_some_and(|below| below.outer() > row.column);
        let is_sibling = below.is_some_and(|below| below.outer() == row.column)
            || open_columns(&self.rows[..index])
                .iter()
                .any(|open| open.column == row.column && open.nature == nature_of(first));
        let rest = rest.trim_start();
        let is_value = !rest.contains(' ') || !rest.starts_with(char::is_lowercase);
        let fits = if rest.is_empty() { has_children } else { is_sibling && is_value };
        if !fits || rest.is_empty() && body.ends_with('.') || rest.ends_with('.') && !is_value {
            return None;
        }
        let start = row.line.start + row.column;
        let end = start + first.len();
        let message = format!("A colon is missing after {}", quoted(first));
        let help = match rest {
            "" => format!("write `{first}:`"),
            _ => format!("write `{first}: {}`", crate::text::one_line(rest)),
        };
        let patches = vec![(end..end, ":".to_owned())];
        Some(Mistake::new(&faults::NOT_YAML, start..end, message, help, patches))
    }

    /// A line that is no key, no item and no part of a text, with others of its kind below it.
    fn no_key(&self, index: usize) -> Mistake {
        let place = self.rows[index].line.place();
        let is_more = |row: &&Row<'_>| !row.begins() && row.key.is_none();
        let comment = |row: &Row<'_>| {
            let start = row.line.place().start;
            (start..start, "# ".to_owned())
        };
        let patches = std::iter::once(&self.rows[index])
            .chain(self.rows[index + 1..].iter().take_while(is_more))
            .map(comment)
            .collect();
        let message = "This line has no key, and belongs to no text";
        let help = "write `key: value`; or, if it goes on with the text above, put | after that \
                    text's key and indent every line of it by two spaces";
        let mut mistake = Mistake::new(&faults::NOT_YAML, place, message, help, patches);
        let owner = self.rows[..index].iter().rev().find(|row| !row.is_prose());
        mistake.after = owner.map(|owner| owner.line.start);
        mistake
    }

    /// Prose at the margin that holds a colon, or no key at all, and so closed what this row would
    /// go on with.
    pub(super) fn prose_above(&self) -> Option<Mistake> {
        let row = self.row();
        // A text that is the only value of a key so far, where keys follow.
        if self.index > 1 && self.rows[self.index - 1].key.is_none() {
            let (prose, above) = (self.rows[self.index - 1], self.rows[self.index - 2]);
            let is_value = above.value().is_empty() && prose.outer() > above.column;
            if is_value && prose.dash.is_none() && row.outer() > above.column {
                return Some(self.no_key(self.index - 1));
            }
        }
        let index = (0..self.index).rev().find(|&index| {
            let above = &self.rows[index];
            above.outer() <= row.outer() && (above.is_prose() || above.outer() < row.outer())
        })?;
        let (prose, above) = (self.rows[index], self.rows[index.checked_sub(1)?]);
        if !prose.is_prose() {
            return None;
        }
        if above.opens_block() && prose.key.is_some() {
            return text_under_bar(self.text, &above, prose.line);
        }
        let is_first = above.value().is_empty() && prose.outer() > above.column;
        let is_out = prose.outer() < above.base() || above.value().is_empty();
        (is_first || is_out && prose.outer() < row.outer()).then(|| self.no_key(index))
    }

    /// A line without a key that begins with a sign: part of the text under a bar, or of none.
    pub(super) fn stray(&self, row: &Row<'_>) -> Option<Mistake> {
        let index = self.rows.iter().position(|other| other.line.start == row.line.start)?;
        let above = self.rows[index.checked_sub(1)?];
        if row.key.is_some() || row.dash.is_some() {
            return None;
        }
        match above.opens_block() {
            true => text_under_bar(self.text, &above, row.line),
            false => {
                let is_value = above.value().is_empty() && row.outer() > above.base();
                (!is_value).then(|| self.no_key(index))
            }
        }
    }

    /// A line of dashes, which begins a second document.
    pub(super) fn document(&self) -> Option<Mistake> {
        let is_mark =
            |line: &Line<'_>| line.text.starts_with("---") || line.text.starts_with("...");
        let own = line_at(self.text, self.at);
        let mark = match is_mark(&own) {
            true => own,
            false => lines_from(self.text, 0)
                .take_while(|line| line.start < own.start)
                .filter(is_mark)
                .last()?,
        };
        let (above, below) = self.text.split_at(mark.start);
        let key_at_margin = |text: &str| {
            let mut rows = super::rows(text).into_iter();
            rows.find(|row| row.column == 0).and_then(|row| row.key.map(str::to_owned))
        };
        let first = key_at_margin(above);
        let again = key_at_margin(&below[3..]);
        let place = mark.start..mark.start + 3;
        // Another whole file is left out; what is parted by mistake is read as one.
        let (message, patch) = match first.is_some() && first == again {
            true => (
                "A second document begins here, and would not be read",
                (mark.start..self.text.len(), String::new()),
            ),
            false => (
                "A line that begins with --- or ... ends the document here",
                (place.clone(), "   ".to_owned()),
            ),
        };
        let help = "put what follows in a file of its own, or remove this line";
        Some(Mistake::new(&faults::SECOND_DOCUMENT, place, message, help, vec![patch]))
    }
}

/// A line below `key: |` that belongs to its text, with those that follow it.
pub(super) fn text_under_bar(text: &str, header: &Row<'_>, line: Line<'_>) -> Option<Mistake> {
    let wanted = block_indent(text, header).unwrap_or(header.base() + 2);
    let is_out = |line: &Line<'_>| !line.is_empty() && line.indent() < wanted;
    // A heading with a hash looks like a comment, and ends the text as well.
    let culprit = lines_from(text, header.line.end())
        .skip(1)
        .take_while(|above| above.start <= line.start)
        .find(is_out)
        .unwrap_or(line);
    let belongs = |line: &Line<'_>| {
        let row = Row::of(*line);
        line.is_empty() || line.is_comment() || row.dash.is_some() || row.is_prose()
    };
    let mut patches: Vec<Patch> = Vec::new();
    let mut comments: Vec<Patch> = Vec::new();
    for line in lines_from(text, culprit.start).take_while(belongs) {
        if is_out(&line) {
            let patch = (line.start..line.start, " ".repeat(wanted - line.indent()));
            // A comment at the end may be one.
            if line.is_comment() && line.start != culprit.start {
                comments.push(patch);
                continue;
            }
            patches.append(&mut comments);
            patches.push(patch);
        }
    }
    let key = match header.key {
        Some(key) => format!("the text of {}", quoted(key)),
        None => "the text above".to_owned(),
    };
    let message = format!("This line belongs to {key}, but is not indented so far");
    let help = format!("begin every line of the text with {}", count(wanted, "space"));
    let place = culprit.place();
    (!patches.is_empty())
        .then(|| Mistake::new(&faults::TEXT_NOT_INDENTED, place, message, help, patches))
}
