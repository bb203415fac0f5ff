//! A form as a table in CSV, as spreadsheets save it: with commas, semicolons or tabs. The only file
//! that knows the CSV reader.

use csv::{ReaderBuilder, StringRecord};

use super::table::{self, Cell, Content, Grid};
use super::{Problem, Returned};
use crate::form::table::{QUESTION, WORDING};
use crate::text::one_line;

/// The most rows that are read.
const MOST_ROWS: usize = 20_000;

/// The sign between cells, by the line that names the columns.
fn separator(text: &str) -> Option<u8> {
    let separates = |line: &str, sign: char| {
        let has = |name: &str| line.split(sign).any(|cell| is(cell, name));
        has(QUESTION) && has(WORDING)
    };
    let of = |line| [',', ';', '\t'].into_iter().find(|sign| separates(line, *sign));
    text.lines().take(20).find_map(of).map(|sign| sign as u8)
}

/// Whether a cell is the name of a column, with or without quotation marks.
fn is(cell: &str, name: &str) -> bool {
    one_line(cell.trim().trim_matches('"')).eq_ignore_ascii_case(name)
}

/// Whether a text is the table of a form.
pub(super) fn looks_like(text: &str) -> bool {
    separator(text).is_some()
}

/// Reads the table of a form.
pub(super) fn read(text: &str) -> Returned {
    let separator = separator(text).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut cells = Vec::new();
    let mut record = StringRecord::new();
    let mut row: u32 = 0;
    while reader.read_record(&mut record).unwrap_or(false) {
        if row as usize > MOST_ROWS {
            let message = format!("there are more than {MOST_ROWS} rows: this is no form of ours");
            return Returned { problems: vec![Problem::whole(message)], ..Returned::default() };
        }
        for (column, text) in (0..).zip(&record) {
            // A line for Excel alone, which says the sign between cells.
            let is_sign = row == 0 && column == 0 && text == "sep=";
            if !text.trim().is_empty() && !is_sign {
                let text = text.replace("\r\n", "\n");
                cells.push(Cell { at: (row, column), content: Content::Text(text) });
            }
        }
        row += 1;
    }
    let header = table::header(&cells);
    let names: Vec<(u32, String)> = cells
        .iter()
        .filter(|cell| header == Some(cell.at.0))
        .filter_map(|cell| match &cell.content {
            Content::Text(text) => Some((cell.at.1, text.clone())),
            Content::Refused(_) => None,
        })
        .collect();
    let place = |row: u32, column: u32| match names.iter().find(|(at, _)| *at == column) {
        Some((_, name)) => format!("row {}, column \"{name}\"", row + 1),
        None => format!("row {}, column {}", row + 1, column + 1),
    };
    let grid = Grid { cells, place: &place };
    let mut returned = Returned::default();
    match header {
        Some(header) => grid.questions(header, &mut returned),
        None => {
            returned.problems.push(Problem::whole("this is no form: its columns have no names"));
        }
    }
    returned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_by_the_names_of_its_columns() {
        let check = |text, expected| assert_eq!(separator(text), expected, "{text}");
        check("Question,Title,Wording\n1.1,Plan,ab", Some(b','));
        check("sep=;\n\"QUESTION\";\"Because\";\"WORDING\"", Some(b';'));
        check("question\tBecause, and why\twording", Some(b'\t'));
        check("[Question 1.1, wording 0e4b57]", None);
        check("The question, its wording, the rating, the day and the rest", None);
    }
}
