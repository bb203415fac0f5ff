//! A form as an Excel workbook. The only file that knows the workbook reader. Nothing is worked out:
//! a cell with a formula is refused, whatever value stands with it.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;

use super::table::{Cell, Content, Grid};
use super::{Problem, Returned, archive, beside};
use crate::form::workbook::COVER;
use crate::text::quoted;

/// The most cells that are looked at on a sheet.
const MOST_CELLS: usize = 200_000;

const FORMULA: &str = "there is a formula in this cell, and nothing is worked out here: write the \
                       answer itself";

/// Reads a workbook from its bytes.
pub(super) fn read(bytes: &[u8]) -> Result<Returned, Vec<Problem>> {
    let whole = |message: String| vec![Problem::whole(message)];
    let parts = archive::unpack(bytes).map_err(whole)?;
    let broken = |_: XlsxError| {
        whole(
            "this is no workbook that can be read: open it in the program that made it, and save \
             it again as an Excel workbook (.xlsx)"
                .to_owned(),
        )
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut returned = Returned::default();
    let is_1904 = workbook.has_1904_epoch();
    let mut has_questions = false;
    for sheet in workbook.sheets_metadata().to_vec() {
        let at = format!("sheet {}", quoted(&sheet.name));
        if sheet.visible != SheetVisible::Visible {
            let message = "this sheet is hidden: nobody sees what stands on it; show it, and remove \
                           it where it is not a part of the form";
            returned.problems.push(Problem::at(&at, message));
            continue;
        }
        if sheet.typ != SheetType::WorkSheet {
            let message = "this is no sheet of the form: remove it, and save the workbook again";
            returned.problems.push(Problem::at(&at, message));
            continue;
        }
        let cells = cells(&mut workbook, &sheet.name, is_1904).map_err(broken)?;
        let Some(cells) = cells else {
            let message = format!("there are more than {MOST_CELLS} cells on this sheet");
            returned.problems.push(Problem::at(&at, message));
            continue;
        };
        let place = |row: u32, column: u32| format!("{at}, cell {}{}", letters(column), row + 1);
        let grid = Grid { cells, place: &place };
        match grid.header() {
            Some(header) => {
                grid.questions(header, &mut returned);
                has_questions = true;
            }
            None if sheet.name == COVER => grid.facts(&mut returned),
            None if grid.cells.is_empty() => {}
            None => {
                let message = "this is no sheet of the form: write what is to be taken under \
                               Because, and remove the sheet";
                returned.problems.push(Problem::at(&at, message));
            }
        }
    }
    if !has_questions && returned.problems.is_empty() {
        let message = "this is no form: it has no sheet with the columns Question and Wording";
        return Err(whole(message.to_owned()));
    }
    let names: Vec<String> = workbook.sheet_names();
    returned.problems.extend(beside::hidden_rows(&parts, &names));
    returned.problems.extend(beside::merged(&parts, &names));
    returned.problems.extend(beside::remarks(&parts, &names));
    Ok(returned)
}

/// The cells of a sheet that hold something; nothing where there are too many.
fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    is_1904: bool,
) -> Result<Option<Vec<Cell>>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut cells = Vec::new();
    let mut seen = 0;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        seen += 1;
        if seen > MOST_CELLS {
            return Ok(None);
        }
        let content = match cell.formula {
            Some(_) => Content::Refused(FORMULA),
            None => match content(&cell.value, is_1904) {
                Content::Text(text) if text.trim().is_empty() => continue,
                content => content,
            },
        };
        cells.push(Cell { at: cell.pos, content });
    }
    Ok(Some(cells))
}

/// What a cell holds, as it would be typed.
fn content(value: &DataRef<'_>, is_1904: bool) -> Content {
    match value {
        DataRef::Empty => Content::Text(String::new()),
        DataRef::String(text) => Content::Text(text.clone()),
        DataRef::SharedString(text) => Content::Text((*text).to_owned()),
        DataRef::Int(number) => Content::Text(number.to_string()),
        DataRef::Float(number) => Content::Text(number.to_string()),
        DataRef::Bool(true) => Content::Text("TRUE".to_owned()),
        DataRef::Bool(false) => Content::Text("FALSE".to_owned()),
        DataRef::DateTime(day) if day.is_datetime() => match date(day.as_f64(), is_1904) {
            Some(day) => Content::Text(day.to_string()),
            None => Content::Refused(
                "this is a time, or no day that there is: write a day, such as 2026-12-18",
            ),
        },
        DataRef::DateTimeIso(text) => {
            let day = text.strip_suffix("T00:00:00").unwrap_or(text);
            Content::Text(day.to_owned())
        }
        DataRef::DateTime(_) | DataRef::DurationIso(_) => {
            Content::Refused("this is a time: write a day, such as 2026-12-18, or words")
        }
        DataRef::Error(_) => {
            Content::Refused("there is an error in this cell: write the answer itself")
        }
    }
}

/// The day of a number of days, which Excel counts from 1900 and with a day that there never was.
fn date(days: f64, is_1904: bool) -> Option<Date> {
    const LAST: f64 = 2_958_465.0;
    let epoch = match is_1904 {
        true => Date::constant(1904, 1, 1),
        false => Date::constant(1899, 12, 30),
    };
    let is_day = days.fract() == 0.0 && (61.0..=LAST).contains(&days);
    let span = is_day.then(|| jiff::Span::new().try_days(days as i64).ok()).flatten()?;
    epoch.checked_add(span).ok()
}

/// The letters of a column, counted from 0.
fn letters(column: u32) -> String {
    let mut left = column;
    let mut letters = String::new();
    loop {
        let letter = char::from_u32('A' as u32 + left % 26).unwrap_or('?');
        letters.insert(0, letter);
        match left / 26 {
            0 => return letters,
            more => left = more - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_columns_as_spreadsheets_do() {
        let check = |column, expected| assert_eq!(letters(column), expected, "{column}");
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
        check(16383, "XFD");
    }

    #[test]
    fn reads_days_as_they_are_counted() {
        let check = |days, is_1904, expected: Option<&str>| {
            let day = date(days, is_1904).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{days}");
        };
        check(46374.0, false, Some("2026-12-18"));
        check(44912.0, true, Some("2026-12-18"));
        check(46374.5, false, None);
        check(60.0, false, None);
        check(f64::NAN, false, None);
        check(1e300, false, None);
        check(-1.0, false, None);
    }
}
