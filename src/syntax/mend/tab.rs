//! Lines that are indented with tabs.

use super::line::{Line, Row, lines_from, open_columns};
use super::{Mistake, Patch, Scene};
use crate::syntax::faults;
use crate::text::count;

impl<'t> Scene<'t> {
    /// Puts spaces in place of the tabs at the beginning of lines, from the line at which the parser
    /// stumbled.
    pub(super) fn tabs(&self) -> Option<Mistake> {
        let start = super::line_at(self.text, self.at).start;
        let above: Vec<Row<'t>> =
            self.rows.iter().copied().filter(|row| row.line.start < start).collect();
        let mut tabbed = Tabbed { rows: above, bar: None, patches: Vec::new(), last: None };
        for line in lines_from(self.text, start) {
            tabbed.take(line, &self.rows);
        }
        let lines = tabbed.patches.len();
        let Some((first, spaces)) = tabbed.patches.first() else {
            return self.tab_within();
        };
        let place = first.start..first.start + 1;
        let (message, help) = match lines {
            1 => (
                "This line is indented with a tab".to_owned(),
                format!("begin it with {} in place of the tab", count(spaces.len(), "space")),
            ),
            _ => (
                format!("This line and {} below are indented with tabs", count(lines - 1, "line")),
                "replace each tab at the beginning of a line by spaces, two for each level"
                    .to_owned(),
            ),
        };
        Some(Mistake::new(&faults::TAB_INDENT, place, message, help, tabbed.patches))
    }

    /// A tab within a line, where only a space separates.
    fn tab_within(&self) -> Option<Mistake> {
        let line = super::line_at(self.text, self.at);
        let patches: Vec<Patch> = line
            .text
            .match_indices('\t')
            .map(|(at, _)| (line.start + at..line.start + at + 1, " ".to_owned()))
            .collect();
        let place = patches.first()?.0.clone();
        let message = "There is a tab where a space is needed";
        let help = "replace the tab by a space";
        Some(Mistake::new(&faults::TAB_INDENT, place, message, help, patches))
    }
}

/// The lines from the first with a tab, as they are read one after another.
struct Tabbed<'t> {
    /// The rows above, as if they were indented with spaces.
    rows: Vec<Row<'t>>,
    /// The column of the text under the last bar, once it is known.
    bar: Option<usize>,
    patches: Vec<Patch>,
    /// How many tabs the last line with a tab had, and the column that was given to it.
    last: Option<(usize, usize)>,
}

impl<'t> Tabbed<'t> {
    fn take(&mut self, line: Line<'t>, rows: &[Row<'t>]) {
        if line.is_empty() || line.is_comment() {
            return;
        }
        let body = line.body();
        let spaces = &line.text[..line.text.len() - body.len()];
        let under_bar = self.rows.last().filter(|row| row.opens_block()).map(Row::base);
        if !spaces.contains('\t') || self.bar.is_some_and(|bar| line.indent() >= bar) {
            let is_text = under_bar.is_some_and(|base| line.indent() > base);
            self.bar = is_text.then(|| self.bar.unwrap_or(line.indent()));
            if !is_text {
                self.push(line, line.indent());
            }
            return;
        }
        let row = Row::of(Line { start: line.start, text: body });
        let tabs = spaces.matches('\t').count();
        let wanted = match (under_bar, self.last) {
            (Some(base), _) if row.is_prose() || self.bar.is_some() && row.dash.is_some() => {
                self.bar = self.bar.or(Some(base + 2));
                base + 2
            }
            _ => self.column(&row, line, tabs, rows),
        };
        let end = line.start + spaces.len();
        self.patches.push((line.start..end, " ".repeat(wanted)));
        if under_bar.is_none() || self.bar.is_none() || !row.is_prose() {
            self.bar = None;
            self.last = Some((tabs, wanted));
            self.push(Line { start: line.start, text: body }, wanted);
        }
    }

    fn push(&mut self, line: Line<'t>, indent: usize) {
        let mut row = Row::of(line);
        let more = indent - line.indent().min(indent);
        row.column += more;
        row.dash = row.dash.map(|dash| dash + more);
        self.rows.push(row);
    }

    /// The column of a line with a tab: beside its like, or below what has no value yet.
    fn column(&self, row: &Row<'t>, line: Line<'t>, tabs: usize, rows: &[Row<'t>]) -> usize {
        match self.last {
            Some((last, column)) if last == tabs => return column,
            Some((last, column)) if last < tabs => return column + 2 * (tabs - last),
            _ => {}
        }
        if let Some(parent) = self.rows.last().filter(|above| above.value().is_empty()) {
            return parent.column + 2;
        }
        let open = open_columns(&self.rows);
        let likes = || open.iter().filter(|open| open.nature == row.nature());
        // The line below, where it has no tab, shows which of several columns is meant.
        let below = rows.iter().find(|below| below.line.start > line.start);
        let beside = below.and_then(|below| {
            likes().find(|like| like.column == below.outer() && below.nature() == like.nature)
        });
        let by_tabs = likes().find(|like| like.column == 2 * tabs);
        beside.or(by_tabs).or_else(|| likes().next()).map_or(2 * tabs, |like| like.column)
    }
}
