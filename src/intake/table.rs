//! Rows and columns as a form: what a sheet and a table have in common.

use super::{Problem, Returned, Row, Written};
use crate::export::columns::unguarded;
use crate::form::table::{MADE_WITH, NOT_ASKED, QUESTION, WORDING, columns};
use crate::form::{FACTS, Field, table};
use crate::text::{nearest, one_line, quoted};

/// A cell that holds something.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Where it stands, counted from 0.
    pub at: (u32, u32),
    /// What it holds.
    pub content: Content,
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A text, a number or a date, as it is written.
    Text(String),
    /// Something that cannot be taken; a sentence says why.
    Refused(&'static str),
}

/// Cells with a name for each place.
pub(super) struct Grid<'n> {
    /// The cells, row by row.
    pub cells: Vec<Cell>,
    /// The name of a place.
    pub place: &'n dyn Fn(u32, u32) -> String,
}

/// What a column is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Question,
    Wording,
    Asked,
    Field(Field),
    Fact(&'static str),
    Other,
}

impl Grid<'_> {
    /// The row that names the columns of the questions, where there is one.
    pub(super) fn header(&self) -> Option<u32> {
        header(&self.cells)
    }

    /// The questions below a header, and the facts that stand beside them.
    pub(super) fn questions(&self, header: u32, returned: &mut Returned) {
        let above = self.cells.iter().filter(|cell| cell.at.0 < header);
        returned.problems.extend(above.map(|cell| self.outside(cell)));
        let names = self.columns(header, &mut returned.problems);
        let column = |at: u32| names.iter().find(|(own, _)| *own == at).map(|(_, column)| *column);
        let mut below: Vec<&Cell> = self.cells.iter().filter(|cell| cell.at.0 > header).collect();
        below.sort_by_key(|cell| cell.at);
        for pair in below.windows(2).filter(|pair| pair[0].at == pair[1].at) {
            let (row, column) = pair[0].at;
            let message = "this cell stands twice in the file, and a reader sees only one of them: \
                           save it again in the program that made it";
            returned.problems.push(Problem::at(&(self.place)(row, column), message));
        }
        for row in below.chunk_by(|a, b| a.at.0 == b.at.0) {
            self.question(row, column, returned);
        }
    }

    fn columns(&self, header: u32, problems: &mut Vec<Problem>) -> Vec<(u32, Column)> {
        let mut named: Vec<(u32, Column)> = Vec::new();
        let known: Vec<&str> = columns().iter().map(|(name, _)| *name).collect();
        let known: Vec<&str> = known.into_iter().chain(FACTS).chain([table::MARKING]).collect();
        for cell in self.cells.iter().filter(|cell| cell.at.0 == header) {
            let place = (self.place)(cell.at.0, cell.at.1);
            let Content::Text(text) = &cell.content else {
                problems.push(Problem::at(&place, "this is no name of a column"));
                continue;
            };
            let text = one_line(unguarded(text));
            let Some(name) = known.iter().find(|name| name.eq_ignore_ascii_case(&text)) else {
                let meant = nearest(&text, known.iter().copied());
                let meant = meant.map(|meant| format!(": did you mean {meant}?"));
                let meant = meant.unwrap_or_else(|| {
                    ": write what is to be taken under Because, and remove the column".to_owned()
                });
                let message = format!("{} is no column of a form{meant}", quoted(&text));
                problems.push(Problem::at(&place, message));
                named.push((cell.at.1, Column::Other));
                continue;
            };
            let column = Column::of(name);
            let is_twice = column != Column::Other && named.iter().any(|(_, own)| *own == column);
            if is_twice {
                problems.push(Problem::at(&place, format!("the column {name} stands twice")));
            }
            named.push((cell.at.1, column));
        }
        for column in columns().iter().map(|(name, _)| *name) {
            let lacks = !named.iter().any(|(_, own)| *own == Column::of(column));
            if lacks && !problems.iter().any(|problem| problem.message.contains(column)) {
                let place = (self.place)(header, 0);
                problems.push(Problem::at(&place, format!("the column {column} is missing")));
            }
        }
        named
    }

    fn question(
        &self,
        cells: &[&Cell],
        column: impl Fn(u32) -> Option<Column>,
        returned: &mut Returned,
    ) {
        let mut row: Option<Row> = None;
        let mut rest = Vec::new();
        for cell in cells {
            let place = (self.place)(cell.at.0, cell.at.1);
            let text = match &cell.content {
                Content::Text(text) => unguarded(text).to_owned(),
                Content::Refused(why) => {
                    returned.problems.push(Problem::at(&place, *why));
                    continue;
                }
            };
            match column(cell.at.1) {
                Some(Column::Question) => {
                    let id = Written { text: without(&text, QUESTION), place };
                    row = Some(Row { id, wording: None, asked: None, filled: Vec::new() });
                }
                Some(column) => rest.push((column, Written { text, place })),
                None if text.trim().is_empty() => {}
                None => returned.problems.push(self.outside(cell)),
            }
        }
        rest.retain(|(_, written)| !written.text.trim().is_empty());
        let Some(mut row) = row else {
            if let Some((_, written)) = rest.first() {
                let message = "this row has no question: an answer without one cannot be taken";
                returned.problems.push(Problem::at(&written.place, message));
            }
            return;
        };
        for (column, written) in rest {
            match column {
                Column::Wording => {
                    let text = without(&written.text, WORDING);
                    row.wording = Some(Written { text, ..written });
                }
                Column::Asked => row.asked = Some(written),
                Column::Field(_) if one_line(&written.text) == NOT_ASKED => {}
                Column::Field(field) => {
                    let text = written.text.trim().to_owned();
                    row.filled.push((field, Written { text, ..written }));
                }
                Column::Fact(fact) => add_fact(fact, written, returned),
                Column::Question | Column::Other => {}
            }
        }
        returned.rows.push(row);
    }

    /// A cell that is no part of the form.
    fn outside(&self, cell: &Cell) -> Problem {
        let what = match &cell.content {
            Content::Text(text) => quoted(text),
            Content::Refused(_) => "this cell".to_owned(),
        };
        let message = format!(
            "{what} stands outside the rows and columns of the form: write what is to be taken \
             under Because, and empty the cell"
        );
        Problem::at(&(self.place)(cell.at.0, cell.at.1), message)
    }

    /// The facts on a sheet with a column of names and a column of values, which ends with what the
    /// form was made with.
    pub(super) fn facts(&self, returned: &mut Returned) {
        let last = self.cells.iter().find(|cell| cell.at.1 == 0 && cell.says(MADE_WITH));
        let last = last.map_or(u32::MAX, |cell| cell.at.0);
        let is_named = |row: u32| self.cells.iter().any(|cell| cell.at == (row, 0));
        let is_outside = |cell: &&Cell| {
            cell.at.1 > 1 || cell.at.0 > last || (cell.at.1 == 1 && !is_named(cell.at.0))
        };
        let outside = self.cells.iter().filter(is_outside);
        returned.problems.extend(outside.map(|cell| self.outside(cell)));
        for cell in self.cells.iter().filter(|cell| cell.at.1 == 0) {
            let Some(fact) = FACTS.into_iter().find(|fact| cell.says(fact)) else { continue };
            let value = self.cells.iter().find(|other| other.at == (cell.at.0, 1));
            let place = (self.place)(cell.at.0, 1);
            match value.map(|value| &value.content) {
                Some(Content::Text(text)) => {
                    let text = unguarded(text).to_owned();
                    add_fact(fact, Written { text, place }, returned);
                }
                Some(Content::Refused(why)) => returned.problems.push(Problem::at(&place, *why)),
                None => {}
            }
        }
    }
}

/// The row that names the columns of the questions, where there is one.
pub(super) fn header(cells: &[Cell]) -> Option<u32> {
    let has = |row: u32, name: &str| cells.iter().any(|cell| cell.at.0 == row && cell.says(name));
    let mut rows = cells.iter().filter(|cell| cell.says(QUESTION)).map(|cell| cell.at.0);
    rows.find(|row| has(*row, WORDING))
}

impl Cell {
    fn says(&self, word: &str) -> bool {
        matches!(&self.content, Content::Text(text) if one_line(text).eq_ignore_ascii_case(word))
    }
}

impl Column {
    fn of(name: &str) -> Self {
        if let Some(field) = Field::ALL.into_iter().find(|field| field.column() == name) {
            return Column::Field(field);
        }
        if let Some(fact) = FACTS.into_iter().find(|fact| *fact == name) {
            return Column::Fact(fact);
        }
        match name {
            table::QUESTION => Column::Question,
            table::WORDING => Column::Wording,
            table::ASKED => Column::Asked,
            _ => Column::Other,
        }
    }
}

/// A fact that stands in every row has to be the same in every row.
fn add_fact(fact: &'static str, written: Written, returned: &mut Returned) {
    let known = returned.facts.iter().find(|(other, _)| *other == fact);
    match known {
        None => returned.facts.push((fact, written)),
        Some((_, first)) if one_line(&first.text) == one_line(&written.text) => {}
        Some((_, first)) => {
            let message = format!(
                "{fact} is {} here and {} before: two forms cannot be taken in at once",
                quoted(&written.text),
                quoted(&first.text)
            );
            returned.problems.push(Problem::at(&written.place, message));
        }
    }
}

/// A text without the word that stands before it.
pub(super) fn without(text: &str, word: &str) -> String {
    let text = one_line(text);
    let rest = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word));
    rest.and_then(|_| text[word.len()..].strip_prefix(' ')).unwrap_or(&text).to_owned()
}
