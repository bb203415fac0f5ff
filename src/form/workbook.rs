//! A form as an Excel workbook: a sheet to read first, and a sheet of questions with lists to choose
//! from, on which nothing but the answers can be changed.
//!
//! Nothing in it is a formula, not even the lists. The same form gives the same bytes.

use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet,
};

use super::table::{self, Use};
use super::{Field, Form, Item, Section, words};
use crate::export::columns::guarded;
use crate::export::xlsx::{Cover, add_table, fitting, place, properties, set_page};

/// The sheet that is read first.
pub(crate) const COVER: &str = "Read me first";
/// The sheet with the questions.
pub(crate) const QUESTIONS: &str = "Questions";

/// The widths of the columns of the questions, in characters.
const WIDTHS: [f64; 12] = [14.0, 22.0, 22.0, 48.0, 44.0, 34.0, 20.0, 46.0, 40.0, 34.0, 14.0, 16.0];

/// The most characters that a list to choose from has, all words and the commas between them.
const LONGEST_LIST: usize = 255;

const FITS: &str = "names, rows and columns are within the limits of a workbook";

struct Formats {
    text: Format,
    question: Format,
    answer: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let fill = text.clone().set_unlocked().set_border(FormatBorder::Thin);
        Formats {
            question: text.clone().set_bold(),
            // As texts, so that nothing that is typed becomes a formula, a number or a date.
            answer: fill.clone().set_num_format("@"),
            day: fill.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            text,
        }
    }
}

/// The workbook as the bytes of a file.
pub(crate) fn render(form: &Form, tool: &str) -> Vec<u8> {
    let cover = Cover {
        title: format!("{}: questions to {}", form.title, form.respondent),
        marking: form.marking.clone(),
        draft: String::new(),
        notes: Vec::new(),
    };
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&cover));
    let sheet = workbook.add_worksheet();
    sheet.set_name(COVER).expect(FITS);
    add_cover(sheet, form, &cover, tool, &formats);
    protect(sheet);
    set_page(sheet, &cover, tool);
    let sheet = workbook.add_worksheet();
    sheet.set_name(QUESTIONS).expect(FITS);
    add_questions(sheet, form, &formats);
    protect(sheet);
    set_page(sheet, &cover, tool);
    sheet.set_print_fit_to_pages(1, 0);
    workbook.save_to_buffer().expect("a workbook without pictures can be put together")
}

/// Protects a sheet without a password. Columns and rows can still be made wider and higher.
fn protect(sheet: &mut Worksheet) {
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&options);
}

fn add_cover(sheet: &mut Worksheet, form: &Form, cover: &Cover, tool: &str, formats: &Formats) {
    let own = |(item, value): (&str, String)| (item.to_owned(), value);
    let mut rows = vec![("Title".to_owned(), cover.title.clone())];
    if !form.marking.is_empty() {
        rows.push(("Marking".to_owned(), form.marking.clone()));
    }
    rows.extend(words::instructions(form).into_iter().map(own));
    let meanings = form.meanings.iter();
    rows.extend(meanings.map(|(label, means)| (format!("What {label} means"), means.clone())));
    rows.extend(table::facts(&form.facts).into_iter().map(own));
    rows.extend(form.attribution.iter().map(|text| ("Attribution".to_owned(), text.clone())));
    rows.push((table::MADE_WITH.to_owned(), tool.to_owned()));
    for (index, (item, value)) in rows.iter().enumerate() {
        write(sheet, place(index + 1), 0, item, &formats.question);
        write(sheet, place(index + 1), 1, value, &formats.text);
    }
    sheet.set_column_width(0, 26.0).expect(FITS);
    sheet.set_column_width(1, 100.0).expect(FITS);
    add_table(
        sheet,
        &["Item", "Value"],
        rows.len(),
        "Read_me_first",
        "How the form is filled in, what the ratings mean, and what the form is of",
    );
}

fn add_questions(sheet: &mut Worksheet, form: &Form, formats: &Formats) {
    let all = form.sections.iter().flat_map(|section| {
        let with_section = |item| (section, item);
        section.items.iter().map(with_section).collect::<Vec<_>>()
    });
    let all: Vec<(&Section, &Item)> = all.collect();
    for (at, (section, item)) in all.iter().enumerate() {
        add_question(sheet, place(at + 1), section, item, formats);
    }
    let columns = table::columns();
    for (at, width) in WIDTHS.iter().enumerate() {
        sheet.set_column_width(place(at), *width).expect(FITS);
    }
    let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    add_table(
        sheet,
        &header,
        all.len(),
        "Form_questions",
        "The questions, how each is answered, what was said last time, and room to answer",
    );
}

fn add_question(
    sheet: &mut Worksheet,
    row: u32,
    section: &Section,
    item: &Item,
    formats: &Formats,
) {
    for (column, (text, purpose)) in table::cells(&section.title, item).iter().enumerate() {
        let column: u16 = place(column);
        match purpose {
            Use::Read if column == 0 => write(sheet, row, column, text, &formats.question),
            Use::Read => write(sheet, row, column, text, &formats.text),
            Use::Fill(field) => {
                let format = match field {
                    Field::ReviewBy => &formats.day,
                    Field::Answer | Field::Because | Field::Evidence | Field::Remaining => {
                        &formats.answer
                    }
                };
                sheet.write_blank(row, column, format).expect(FITS);
                if *field == Field::Answer
                    && let Some(list) = drop_down(&item.words)
                {
                    sheet.add_data_validation(row, column, row, column, &list).expect(FITS);
                }
            }
        }
    }
}

/// A list to choose from, where the words fit into one. Where they do not, the cell beside it says
/// them, and what is not one of them is refused when the form comes back.
fn drop_down(words: &[String]) -> Option<DataValidation> {
    let length = words.iter().map(|word| word.encode_utf16().count() + 1).sum::<usize>();
    if words.is_empty() || length > LONGEST_LIST {
        return None;
    }
    let list = DataValidation::new().allow_list_strings(words).ok()?;
    let list = list.set_error_title("Not one of the words").ok()?;
    list.set_error_message("Choose one of the words in the list, or leave the cell empty.").ok()
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) {
    let text = fitting(guarded(text));
    sheet.write_string_with_format(row, column, text, format).expect(FITS);
}
