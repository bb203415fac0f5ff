//! Lines that stand in the wrong column, or have no key where one is needed.

use std::ops::Range;

use super::line::{
    Column, Line, Nature, Row, block_indent, is_lower_or_id, line_at, lines_from, nature_of,
    open_columns,
};
use super::prose::space_after_colon;
use super::{Mistake, Patch, Scene};
use crate::syntax::faults;
use crate::text::{count, quoted};

/// The space that word processors type in place of an ordinary one.
pub(super) const ODD: char = '\u{a0}';

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

    /// Non-breaking spaces where only ordinary ones separate: in the indentation, after a colon or a
    /// dash. They may stand above the line at which the parser stumbled.
    pub(super) fn odd_space(&self) -> Option<Mistake> {
        let first =
            self.rows[..=self.index].iter().position(|row| !odd_spaces(row.line).is_empty())?;
        odd_spaces_in(&self.rows[first..])
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

    /// `-Minutes` where items or a list are expected.
    fn space_after_dash(&self) -> Option<Mistake> {
        let row = self.row();
        let after = row.line.body().strip_prefix('-').filter(|_| row.dash.is_none())?;
        after.starts_with(char::is_alphanumeric).then(|| dash_without_space(&[row.line]))
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

    /// A key or an item in a column where nothing above it begins.
    pub(super) fn uneven(&self) -> Option<Mistake> {
        if let Some(mistake) = self.list_below_text().or_else(|| self.prose_above()) {
            return Some(mistake);
        }
        let culprit = self.culprit();
        let row = self.rows[culprit];
        let (wanted, like) = match culprit < self.index {
            true => self.column_beside(culprit)?,
            false => self.column_of(culprit)?,
        };
        let until = if culprit < self.index { self.row().line.start } else { self.text.len() };
        let message = "This line is indented unlike the lines it belongs with";
        let help = match like {
            Some(like) => format!("begin it {}, as {} does", after_spaces(wanted), named(&like)),
            None => format!("begin it {}", after_spaces(wanted)),
        };
        let patches = shift(self.text, row.line, wanted, until);
        Some(Mistake::new(&faults::UNEVEN_INDENT, row.line.place(), message, help, patches))
    }

    /// The column in which a row should stand, and what stands there above it.
    fn column_of(&self, index: usize) -> Option<(usize, Option<Column<'_>>)> {
        let row = self.rows[index];
        let own = row.outer();
        let open = open_columns(&self.rows[..index]);
        // Below a key without a value, something that is indented further may begin.
        let above = index.checked_sub(1).map(|above| self.rows[above]);
        let child = above.filter(|above| above.value().is_empty()).map(|above| above.column + 2);
        let like = open
            .iter()
            .filter(|open| open.nature == row.nature() && open.column != own)
            .min_by_key(|open| open.column.abs_diff(own));
        match (like, child) {
            (Some(like), Some(child)) if child.abs_diff(own) < like.column.abs_diff(own) => {
                Some((child, None))
            }
            (Some(like), _) => Some((like.column, Some(*like))),
            (None, Some(child)) if child != own => Some((child, None)),
            (None, _) => {
                open.iter().find(|open| open.column != own).map(|open| (open.column, None))
            }
        }
    }

    /// The column in which a row should stand that closed what the row at which the parser stumbled
    /// would go on with: beside that row, or else beside the last of its kind.
    fn column_beside(&self, index: usize) -> Option<(usize, Option<Column<'_>>)> {
        let open = open_columns(&self.rows[..index]);
        let (row, nature) = (self.row(), self.rows[index].nature());
        let like = open
            .iter()
            .find(|open| row.nature() == nature && open.column == row.outer())
            .or_else(|| open.iter().find(|open| open.nature == nature));
        match like.filter(|like| nature != row.nature() || like.column == row.outer()) {
            Some(like) => Some((like.column, Some(*like))),
            None if nature == row.nature() => Some((row.outer(), None)),
            None => None,
        }
    }

    /// The row that is to blame where a key was not expected: the one at which the parser stumbled,
    /// or one above it that stands too far out, and so closed what this one would go on with.
    fn culprit(&self) -> usize {
        let row = self.row();
        let is_out = |index: &usize| self.rows[*index].outer() < row.outer();
        let Some(last) = (0..self.index).rev().find(is_out) else { return self.index };
        let out = self.rows[last].outer();
        let first = (0..=last)
            .rev()
            .take_while(|&index| self.rows[index].outer() >= out)
            .filter(|&index| self.rows[index].outer() == out)
            .find(|&index| self.was_open(index));
        // Where its like stands below the same key, it is this row that stands unlike it.
        let open = open_columns(&self.rows[..self.index]);
        let beside = open.iter().rfind(|open| open.column > out);
        let is_beside = beside.is_some_and(|open| open.nature == row.nature());
        first.filter(|_| !is_beside).unwrap_or(self.index)
    }

    /// Whether the row at which the parser stumbled could have followed on what stands above another.
    fn was_open(&self, index: usize) -> bool {
        let row = self.row();
        let Some(above) = index.checked_sub(1).map(|above| self.rows[above]) else { return false };
        if self.rows[index].plain_key().is_none() && self.rows[index].dash.is_none() {
            return false;
        }
        let is_child = above.value().is_empty()
            && above.column < row.outer()
            && above.column >= self.rows[index].outer();
        let is_kind = self.rows[index].nature() == row.nature();
        is_child && is_kind
            || open_columns(&self.rows[..index])
                .iter()
                .any(|open| open.column == row.outer() && open.nature == row.nature())
    }

    /// Prose at the margin that holds a colon, or no key at all, and so closed what this row would
    /// go on with.
    pub(super) fn prose_above(&self) -> Option<Mistake> {
        let row = self.row();
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
        let is_closing = prose.outer() < row.outer() && prose.outer() < above.base();
        (is_first || is_closing).then(|| self.no_key(index))
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
            false => (!above.value().is_empty()).then(|| self.no_key(index)),
        }
    }

    /// A list below a key that has a text already: `actions: see below`.
    fn list_below_text(&self) -> Option<Mistake> {
        let row = self.row();
        let key = self.above().filter(|above| above.plain_key().is_some_and(is_lower_or_id))?;
        let value = key.value();
        let is_text = value.starts_with(char::is_alphanumeric);
        if row.dash.is_none() || row.outer() < key.column || !is_text {
            return None;
        }
        let place = key.value_start()..key.line.end();
        let name = key.key.unwrap_or_default();
        let message = format!("A text and a list stand under {}", quoted(name));
        let help = format!("remove the text after `{name}:`, or make it an item of the list");
        let patches = vec![(place.start..place.start, "# ".to_owned())];
        Some(Mistake::new(&faults::WRONG_SHAPE, place, message, help, patches))
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

/// Dashes without a space behind them, on the given lines.
pub(super) fn dash_without_space(lines: &[Line<'_>]) -> Mistake {
    let dash = |line: &Line<'_>| line.start + line.indent();
    let patches: Vec<Patch> =
        lines.iter().map(|line| (dash(line) + 1..dash(line) + 1, " ".to_owned())).collect();
    let place = lines.first().map_or(0..0, |line| dash(line)..dash(line) + 1);
    let message = "A space is missing after the dash";
    let first = lines.first().map_or("", |line| line.body());
    let item = crate::text::one_line(first.trim_start_matches('-'));
    let help = format!("write `- {item}`");
    Mistake::new(&faults::SPACE_AFTER_COLON, place, message, help, patches)
}

/// Moves a line to a column, with the lines that belong to it, but none from an offset on.
pub(super) fn shift(text: &str, first: Line<'_>, wanted: usize, until: usize) -> Vec<Patch> {
    let own = first.indent();
    let row = Row::of(first);
    let mut below = lines_from(text, first.start).skip(1).filter(|line| !line.is_empty());
    let next = below.next().filter(|line| line.indent() > own && line.start < until);
    let is_parent = row.value().is_empty() || row.opens_block() || row.dash.is_some();
    let moves_deeper = next.is_some_and(|line| {
        let below = Row::of(line);
        let is_sibling = row.dash.is_some() && below.dash == Some(wanted);
        let belongs = is_parent && !is_sibling || !below.begins();
        belongs && (line.indent() == own + 2 || line.indent() <= wanted)
    });
    let mut patches = Vec::new();
    for line in lines_from(text, first.start).take_while(|line| line.start < until) {
        if line.is_empty() {
            continue;
        }
        if line.indent() < own || line.indent() > own && !moves_deeper {
            break;
        }
        let moved = (line.indent() + wanted).saturating_sub(own);
        patches.push((line.start..line.start + line.indent(), " ".repeat(moved)));
    }
    patches
}

/// Non-breaking spaces in the first row that has some, and in those that follow it.
pub(super) fn odd_spaces_in(rows: &[Row<'_>]) -> Option<Mistake> {
    let patches: Vec<Patch> = rows
        .iter()
        .map(|row| odd_spaces(row.line))
        .skip_while(Vec::is_empty)
        .take_while(|odd| !odd.is_empty())
        .flatten()
        .collect();
    let place = patches.first()?.0.clone();
    let message = "There is a non-breaking space where an ordinary one is needed";
    let help = "delete the space and type it again; word processors put such spaces in";
    Some(Mistake::new(&faults::SPACE_AFTER_COLON, place, message, help, patches))
}

/// The non-breaking spaces of a line that should be ordinary ones.
fn odd_spaces(line: Line<'_>) -> Vec<Patch> {
    let body = line.text.trim_start_matches([' ', ODD]);
    let indent = &line.text[..line.text.len() - body.len()];
    let place = |at: usize| line.start + at..line.start + at + ODD.len_utf8();
    let mut found: Vec<Range<usize>> = indent.match_indices(ODD).map(|(at, _)| place(at)).collect();
    if Row::of(line).value().starts_with(['{', '[']) {
        found.extend(line.text.match_indices(&format!(":{ODD}")).map(|(at, _)| place(at + 1)));
        found.extend(line.text.match_indices(&format!(",{ODD}")).map(|(at, _)| place(at + 1)));
        found.sort_by_key(|range| range.start);
    }
    let dash = usize::from(body.starts_with("- ")) * 2;
    let colon = body[dash..].find(&format!(":{ODD}"));
    if body.starts_with(&format!("-{ODD}")) {
        found.push(place(indent.len() + 1));
    } else if let Some(colon) = colon
        && super::line::is_plain_key(&body[dash..dash + colon])
    {
        found.push(place(indent.len() + dash + colon + 1));
    }
    found.into_iter().map(|range| (range, " ".to_owned())).collect()
}

fn after_spaces(wanted: usize) -> String {
    match wanted {
        0 => "at the margin".to_owned(),
        _ => format!("with {}", count(wanted, "space")),
    }
}

/// What begins in a column, for a message.
fn named(like: &Column<'_>) -> String {
    match like.row.key.filter(|_| like.nature != Nature::Item) {
        Some(key) => format!("`{key}:` above"),
        None => "the dash above".to_owned(),
    }
}

/// A text of several lines that holds `rating:green`.
pub(super) fn key_on_line(line: Line<'_>) -> Option<Mistake> {
    space_after_colon(&line.text[line.indent()..], line.start + line.indent())
}
