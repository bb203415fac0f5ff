//! Spaces that are missing behind a colon or a dash, or that are not ordinary ones.

use std::ops::Range;

use super::line::{Line, Nature, Row, is_lower_or_id, is_plain_key, nature_of};
use super::{Mistake, Patch, Scene};
use crate::syntax::faults;
use crate::text::{one_line, quoted};

/// The space that word processors type in place of an ordinary one.
pub(super) const ODD: char = '\u{a0}';

impl Scene<'_> {
    /// `rating:green`.
    pub(super) fn no_space_after_colon(&self, row: &Row<'_>) -> Option<Mistake> {
        if row.key.is_some() {
            return None;
        }
        let at = row.line.start + row.column;
        space_after_colon(&row.line.text[row.column..], at)
    }

    /// Non-breaking spaces where only ordinary ones separate: in the indentation, after a colon or a
    /// dash. They may stand above the line at which the parser stumbled.
    pub(super) fn odd_space(&self) -> Option<Mistake> {
        let first =
            self.rows[..=self.index].iter().position(|row| !odd_spaces(row.line).is_empty())?;
        odd_spaces_in(&self.rows[first..])
    }

    /// `-Minutes` where items or a list are expected.
    pub(super) fn space_after_dash(&self) -> Option<Mistake> {
        let row = self.row();
        let after = row.line.body().strip_prefix('-').filter(|_| row.dash.is_none())?;
        after.starts_with(char::is_alphanumeric).then(|| dash_without_space(&[row.line]))
    }
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
    if !line.text.contains(ODD) {
        return Vec::new();
    }
    let body = line.text.trim_start_matches([' ', ODD]);
    let indent = &line.text[..line.text.len() - body.len()];
    let place = |at: usize| line.start + at..line.start + at + ODD.len_utf8();
    let mut found: Vec<Range<usize>> = indent.match_indices(ODD).map(|(at, _)| place(at)).collect();
    if Row::of(line).value().starts_with(['{', '[']) {
        for sign in [':', ','] {
            let odd = format!("{sign}{ODD}");
            let bare = line.text.match_indices(&odd).filter(|(at, _)| !is_quoted(line.text, *at));
            found.extend(bare.map(|(at, _)| place(at + 1)));
        }
        found.sort_by_key(|range| range.start);
    }
    let dash = usize::from(body.starts_with("- ")) * 2;
    let colon = body[dash..].find(&format!(":{ODD}"));
    if body.starts_with(&format!("-{ODD}")) {
        found.push(place(indent.len() + 1));
    } else if let Some(colon) = colon
        && is_plain_key(&body[dash..dash + colon])
    {
        found.push(place(indent.len() + dash + colon + 1));
    }
    found.into_iter().map(|range| (range, " ".to_owned())).collect()
}

/// Whether a place of a line stands between quotation marks, where any space is text. A mark within a
/// word is an apostrophe.
fn is_quoted(line: &str, at: usize) -> bool {
    let mut open = None;
    let mut before = ' ';
    let mut is_escaped = false;
    for sign in line[..at].chars() {
        match open {
            Some('"') if sign == '\\' && !is_escaped => is_escaped = true,
            Some(_) if is_escaped => is_escaped = false,
            Some(mark) if sign == mark => open = None,
            None if matches!(sign, '"' | '\'') && !before.is_alphanumeric() => open = Some(sign),
            _ => {}
        }
        before = sign;
    }
    open.is_some()
}

/// Dashes without a space behind them, on the given lines.
pub(super) fn dash_without_space(lines: &[Line<'_>]) -> Mistake {
    let dash = |line: &Line<'_>| line.start + line.indent();
    let patches: Vec<Patch> =
        lines.iter().map(|line| (dash(line) + 1..dash(line) + 1, " ".to_owned())).collect();
    let place = lines.first().map_or(0..0, |line| dash(line)..dash(line) + 1);
    let message = "A space is missing after the dash";
    let first = lines.first().map_or("", |line| line.body());
    let item = one_line(first.trim_start_matches('-'));
    let help = format!("write `- {item}`");
    Mistake::new(&faults::SPACE_AFTER_COLON, place, message, help, patches)
}

/// A text of several lines that holds `rating:green`.
pub(super) fn key_on_line(line: Line<'_>) -> Option<Mistake> {
    space_after_colon(&line.text[line.indent()..], line.start + line.indent())
}

/// `rating:green`, or `1.1:green`, but neither a time of day nor an address on the web.
pub(super) fn space_after_colon(body: &str, at: usize) -> Option<Mistake> {
    let colon = body.find(':').filter(|&colon| is_plain_key(&body[..colon]))?;
    let (key, after) = (&body[..colon], &body[colon + 1..]);
    let is_time = key.chars().all(|c| c.is_ascii_digit()) && after.starts_with(char::is_numeric);
    if after.is_empty() || after.starts_with("//") || is_time {
        return None;
    }
    let is_key = is_lower_or_id(key) || nature_of(key) == Nature::Id;
    let message = format!("A space is missing after the colon of {}", quoted(key));
    let help = format!("write `{}`", one_line(&format!("{key}: {after}")));
    let spot = at + colon;
    let patches = vec![(spot + 1..spot + 1, " ".to_owned())];
    is_key.then(|| Mistake::new(&faults::SPACE_AFTER_COLON, spot..spot + 1, message, help, patches))
}
