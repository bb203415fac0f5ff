//! The action list as an Excel workbook: a cover sheet, and a sheet for each group with a real table.
//! The only file that knows the workbook writer.
//!
//! Cells are texts, dates and numbers; no text of a user ever becomes a formula. The same list gives
//! the same bytes: no author, no clock.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Table, TableColumn, TableStyle, Workbook,
    Worksheet,
};

use super::columns::{Cell, Column, Row, columns, guard};
use super::sheet_names::{COVER, clipped, sheet_names};
use crate::actions::Group;
use crate::model::assessment::{ActionStatus, RESPONSES};
use crate::model::audience::Audience;
use crate::text::{count, visible};

/// What is said about the list on the cover and on every page.
#[derive(Debug)]
pub(crate) struct Cover {
    /// The title.
    pub title: String,
    /// What is printed on every page, such as OFFICIAL-SENSITIVE; may be empty.
    pub marking: String,
    /// Draft, where anything is; may be empty.
    pub draft: String,
    /// What it was made from, each with a few words that say what it is.
    pub notes: Vec<(String, String)>,
}

/// The columns of a sheet, what is looked at most often first, each with its width in characters. The
/// facts that are the same in all rows stand on the cover.
const LAYOUT: [(&str, f64); 21] = [
    ("Action", 10.0),
    ("Task", 44.0),
    ("Lead", 22.0),
    ("Due", 19.0),
    (STATUS, 12.0),
    (OVERDUE, 11.0),
    ("Days overdue", 11.0),
    (RESPONSE, 14.0),
    ("Response date", 19.0),
    ("Response reason", 32.0),
    ("Stands on", 28.0),
    ("Covers", 14.0),
    ("Success", 34.0),
    ("Closed", 19.0),
    ("Evidence", 38.0),
    ("Impact", 34.0),
    ("Review by", 19.0),
    ("Carried from", 18.0),
    ("Perspective", 14.0),
    ("Period", 14.0),
    ("Partnership", 30.0),
];
const STATUS: &str = "Status";
const OVERDUE: &str = "Overdue";
const RESPONSE: &str = "Response";

/// How to read the sheets.
const READING: [(&str, &str); 5] = [
    ("Dates", "Dates are dates, so that they can be sorted and filtered."),
    ("none", "Nothing is said of it in the file."),
    (
        "Overdue",
        "Open, and its due date was past on the day of judging. It is not worked out again when the \
         workbook is opened or changed.",
    ),
    (
        "Status and Response",
        "Choose from the list in the cell. What is changed here changes nothing in the file that \
         the actions came from.",
    ),
    (
        "Apostrophe",
        "A text that begins with a sign by which a spreadsheet knows a formula has an apostrophe \
         before it.",
    ),
];

/// The most rows that a sheet has below its header.
const MOST_ROWS: usize = 1_048_575;

/// The most characters that a cell holds, with room for the words that say that it was cut.
const MOST_CHARACTERS: usize = 32_700;

/// The workbook as the bytes of a file. Fails, in words, only where a sheet would be too long.
pub(crate) fn render(
    groups: &[Group],
    cover: &Cover,
    tool: &str,
    audience: Audience,
) -> Result<Vec<u8>, String> {
    if let Some(group) = groups.iter().find(|group| group.actions.len() > MOST_ROWS) {
        return Err(format!(
            "a sheet holds {MOST_ROWS} actions at most, and {} has {}: choose fewer, or --format csv",
            group.title,
            group.actions.len()
        ));
    }
    let formats = Formats::new();
    let names = sheet_names(groups.iter().map(|group| group.title.as_str()));
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(cover));
    let layout = layout(audience);
    let fits = "names, rows and columns are within the limits of a workbook";
    add_cover(workbook.add_worksheet(), groups, &names, cover, &formats);
    for ((index, group), name) in groups.iter().enumerate().zip(&names) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect(fits);
        add_group(sheet, index, group, tool, &layout, &formats);
        set_page(sheet, cover, tool);
        sheet.set_print_fit_to_pages(3, 0).set_page_order(false);
        sheet.set_repeat_columns(0, 0).expect(fits);
    }
    set_page(workbook.worksheet_from_name(COVER).expect("the cover was added"), cover, tool);
    Ok(workbook.save_to_buffer().expect("a workbook without pictures can be put together"))
}

/// No author, and a date of creation that says nothing.
pub(crate) fn properties(cover: &Cover) -> DocProperties {
    let never = ExcelDateTime::from_ymd(2000, 1, 1).expect("it is a date");
    DocProperties::new()
        .set_title(visible(&cover.title).into_owned())
        .set_author("")
        .set_creation_datetime(&never)
}

/// The columns that an audience sees, with their widths.
fn layout(audience: Audience) -> Vec<(&'static Column, f64)> {
    let find = |title: &str| columns(audience).find(|column| column.title == title);
    LAYOUT.iter().filter_map(|(title, width)| Some((find(title)?, *width))).collect()
}

struct Formats {
    header: Format,
    text: Format,
    date: Format,
    number: Format,
}

impl Formats {
    fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Formats {
            header: text.clone().set_bold(),
            date: text.clone().set_num_format("d mmmm yyyy").set_align(FormatAlign::Left),
            number: text.clone().set_num_format("0"),
            text,
        }
    }
}

/// Where a column or a row stands.
pub(crate) fn place<N: TryFrom<usize>>(index: usize) -> N {
    N::try_from(index).ok().expect("rows and columns were counted before")
}

fn add_cover(
    sheet: &mut Worksheet,
    groups: &[Group],
    names: &[String],
    cover: &Cover,
    formats: &Formats,
) {
    let written = "a sheet with two columns holds these rows";
    sheet.set_name(COVER).expect(written);
    let mut rows = vec![("Title".to_owned(), cover.title.clone())];
    let own = |(item, value): (&str, &str)| (item.to_owned(), value.to_owned());
    let marked = [("Marking", cover.marking.as_str()), ("Draft", cover.draft.as_str())];
    rows.extend(marked.into_iter().filter(|(_, words)| !words.is_empty()).map(own));
    rows.extend(cover.notes.iter().cloned());
    let list = names.iter().zip(groups);
    rows.extend(list.map(|(name, group)| {
        let what = format!("{}: {}", group.title, count(group.actions.len(), "action"));
        (format!("Sheet {name}"), what)
    }));
    rows.extend(READING.map(own));
    let header = ["Item", "Value"];
    for (index, (item, value)) in rows.iter().enumerate() {
        let row = place(index + 1);
        write(sheet, row, 0, Cell::Text(guard(item)), formats);
        write(sheet, row, 1, Cell::Text(guard(value)), formats);
    }
    sheet.set_column_width(0, 28.0).expect(written);
    sheet.set_column_width(1, 100.0).expect(written);
    add_table(
        sheet,
        &header,
        rows.len(),
        "Notes_on_the_list",
        "What the list is and how to read it",
    );
}

fn add_group(
    sheet: &mut Worksheet,
    index: usize,
    group: &Group,
    tool: &str,
    layout: &[(&'static Column, f64)],
    formats: &Formats,
) {
    for (at, (column, width)) in layout.iter().enumerate() {
        let at = place(at);
        sheet.set_column_width(at, *width).expect("it is a column");
        for (row, action) in group.actions.iter().enumerate() {
            let cell = column.cell(&Row { group, action, tool });
            write(sheet, place(row + 1), at, cell, formats);
        }
    }
    let header: Vec<&str> = layout.iter().map(|(column, _)| column.title).collect();
    let name = format!("Actions_{}", index + 1);
    add_table(sheet, &header, group.actions.len(), &name, &group.title);
    let last = place(group.actions.len());
    for (at, title) in header.iter().enumerate() {
        let at = place(at);
        let choices: Vec<&str> = match *title {
            STATUS => ActionStatus::WORDS.iter().map(|(word, _)| *word).collect(),
            RESPONSE => RESPONSES.into_iter().chain(["none"]).collect(),
            _ => Vec::new(),
        };
        if !choices.is_empty() {
            sheet
                .add_data_validation(1, at, last, at, &drop_down(&choices))
                .expect("it is a range");
        }
        for (word, format) in shades(title) {
            let rule = ConditionalFormatCellRule::EqualTo(word.to_owned());
            let shade = ConditionalFormatCell::new().set_rule(rule).set_format(format);
            sheet.add_conditional_format(1, at, last, at, &shade).expect("it is a range");
        }
    }
}

/// A real table with a header that stays in sight.
pub(crate) fn add_table(
    sheet: &mut Worksheet,
    header: &[&str],
    rows: usize,
    name: &str,
    about: &str,
) {
    let bold = Formats::new().header;
    let column =
        |title: &&str| TableColumn::new().set_header(*title).set_header_format(bold.clone());
    let table = Table::new()
        .set_columns(&header.iter().map(column).collect::<Vec<_>>())
        .set_name(name)
        .set_alt_text_title(name.replace('_', " "))
        .set_alt_text(clipped(about, 200))
        .set_style(TableStyle::Light15);
    sheet
        .add_table(0, 0, place(rows), place(header.len() - 1), &table)
        .expect("tables do not overlap and have headers that differ");
    sheet.set_freeze_panes(1, 1).expect("it is a cell");
    sheet.set_repeat_rows(0, 0).expect("it is a row");
}

/// A list to choose from. Excel takes 255 characters in all.
fn drop_down(choices: &[&str]) -> DataValidation {
    let short = "the words are few and short";
    DataValidation::new()
        .allow_list_strings(choices)
        .expect(short)
        .set_error_title("Not one of the words")
        .expect(short)
        .set_error_message(format!("Choose one of: {}.", choices.join(", ")))
        .expect(short)
}

/// The shades of a column, by the word that the cell holds: the shade never says more than the word.
/// No shade stands for two things.
fn shades(title: &str) -> Vec<(&'static str, Format)> {
    let shade = |ground: u32, ink: u32, border: FormatBorder| {
        let format = Format::new().set_background_color(Color::RGB(ground));
        format.set_font_color(Color::RGB(ink)).set_border(border)
    };
    match title {
        OVERDUE => vec![("yes", shade(0x00FD_E7D3, 0x0052_2500, FormatBorder::Thin).set_bold())],
        STATUS => vec![
            ("proposed", shade(0x00E3_ECF8, 0x0012_305C, FormatBorder::Dotted)),
            ("done", shade(0x00EC_ECEC, 0x0026_2626, FormatBorder::Thin)),
            ("closed", shade(0x00D9_D9D9, 0x001A_1A1A, FormatBorder::Thin)),
            ("dropped", shade(0x00FF_FFFF, 0x0040_4040, FormatBorder::Dashed)),
        ],
        RESPONSE => vec![
            ("partly", shade(0x00F3_EAF7, 0x0044_1A5C, FormatBorder::Dotted)),
            ("not-accepted", shade(0x00E6_D3F0, 0x0038_1050, FormatBorder::Thin)),
        ],
        _ => Vec::new(),
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell, formats: &Formats) {
    let written = match cell {
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, fitting(text), &formats.text)
        }
        Cell::Date(date) => match excel_date(date) {
            Some(day) => sheet.write_datetime_with_format(row, column, &day, &formats.date),
            None => sheet.write_string_with_format(row, column, date.to_string(), &formats.text),
        },
        Cell::Number(number) => {
            let number = i32::try_from(number).unwrap_or(i32::MAX);
            sheet.write_number_with_format(row, column, number, &formats.number)
        }
    };
    written.expect("rows and lengths were counted before");
}

/// A date as Excel knows it. Its calendar begins in 1900 with a day that there never was.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|year| *year > 1900)?;
    let part = |number: i8| u8::try_from(number).expect("months and days are not negative");
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day())).ok()
}

/// A text that a cell can hold.
pub(crate) fn fitting(text: String) -> String {
    match text.encode_utf16().count() > MOST_CHARACTERS {
        true => format!("{} (cut: --format csv has it all)", clipped(&text, MOST_CHARACTERS)),
        false => text,
    }
}

/// A4 landscape, with the title, the marking and the page on every page.
pub(crate) fn set_page(sheet: &mut Worksheet, cover: &Cover, tool: &str) {
    // In a header, & begins a command.
    let said = |text: &str, most: usize| {
        let doubled = clipped(&visible(text).replace('&', "&&"), most);
        match doubled.chars().rev().take_while(|letter| *letter == '&').count() % 2 {
            0 => doubled,
            _ => clipped(&doubled, most - 1),
        }
    };
    // Excel takes 255 characters in all.
    let title = said(&cover.title, 110);
    let (marking, draft) = (said(&cover.marking, 80), said(&cover.draft, 40));
    sheet.set_landscape().set_paper_size(9);
    sheet.set_header(format!("&L{title}&C{draft}&R{marking}"));
    sheet.set_footer(format!("&L{tool}&C{marking}&RPage &P of &N"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lays_out_only_columns_that_there_are() {
        assert_eq!(layout(Audience::Internal).len(), LAYOUT.len());
        assert_eq!(layout(Audience::Public).len(), LAYOUT.len() - 1);
    }
}
