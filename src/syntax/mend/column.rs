//! Keys and items in a column where nothing above them begins.

use super::line::{Column, Line, Nature, Row, is_lower_or_id, lines_from, open_columns};
use super::{Mistake, Patch, Scene};
use crate::syntax::faults;
use crate::text::{count, quoted};

impl Scene<'_> {
    /// A key or an item in a column where nothing above it begins.
    pub(super) fn uneven(&self) -> Option<Mistake> {
        if let Some(mistake) = self.children_below_text().or_else(|| self.prose_above()) {
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
        let above = index.checked_sub(1).map(|above| self.rows[above]);
        if let Some(above) = above.filter(|above| above.value().is_empty())
            && nature != row.nature()
        {
            return Some((above.column + 2, None));
        }
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

    /// A list or ids below a key that has a text already: `actions: see below`.
    fn children_below_text(&self) -> Option<Mistake> {
        let row = self.row();
        let key = self.above().filter(|above| above.plain_key().is_some_and(is_lower_or_id))?;
        let open = open_columns(&self.rows[..self.index]);
        let is_child = match row.nature() {
            Nature::Item => row.outer() >= key.column,
            Nature::Id => {
                row.outer() > key.column
                    && self.culprit() == self.index
                    && open.iter().all(|open| open.nature != Nature::Id)
            }
            Nature::Word => false,
        };
        if !is_child || key.value().is_empty() || key.opens_block() || row.key.is_none() {
            return None;
        }
        let place = key.value_start()..key.line.end();
        let name = key.key.unwrap_or_default();
        let what = if row.dash.is_some() { "a list" } else { "a group of keys" };
        let message = format!("A text and {what} stand under {}", quoted(name));
        let help = format!("remove the text after `{name}:`, or move it to a key of its own");
        let patches = vec![(place.start..place.start, "# ".to_owned())];
        Some(Mistake::new(&faults::WRONG_SHAPE, place, message, help, patches))
    }
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
