//! Tables as CSV that opens right in Excel: a byte-order mark, Windows line ends, and no cell that a
//! spreadsheet would take for a formula. The only file that knows the CSV writer.

use csv::{Terminator, WriterBuilder};

use super::columns::{Row, columns, guard, guarded};
use crate::actions::Group;
use crate::model::audience::Audience;

/// All groups as one table with a header. `tool` is the name and version of the program; a table has
/// no other place than its rows to say what it was made from.
pub(crate) fn render(groups: &[Group], tool: &str, audience: Audience) -> String {
    let mut rows = vec![columns(audience).map(|column| column.title.to_owned()).collect()];
    for group in groups {
        for action in &group.actions {
            let row = Row { group, action, tool };
            rows.push(columns(audience).map(|column| column.cell(&row).words()).collect());
        }
    }
    table(&rows)
}

/// Rows as a table, the first being its header.
pub(crate) fn render_rows(rows: &[Vec<String>]) -> String {
    let guarded: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| guard(cell)).collect()).collect();
    table(&guarded)
}

/// Rows of a form as a table, the first being its header. What is to be filled in stays empty.
pub(crate) fn render_form(rows: &[Vec<String>]) -> String {
    let guarded: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| guarded(cell)).collect()).collect();
    table(&guarded)
}

fn table(rows: &[Vec<String>]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = "writing to memory cannot fail";
    for row in rows {
        writer.write_record(row).expect(written);
    }
    let bytes = writer.into_inner().expect(written);
    format!("\u{feff}{}", String::from_utf8(bytes).expect("texts were written"))
}
