//! A form as rows: for a table as CSV, and for the sheet of a workbook.

use super::{FACTS, Facts, Field, Form, Item, KIND};

/// The names of the columns that are not filled in, before and behind those that are.
pub(crate) const STEP: &str = "Step";
/// The column with the number of the question.
pub(crate) const QUESTION: &str = "Question";
/// The column with its short title.
pub(crate) const TITLE: &str = "Title";
/// The column with its full wording.
pub(crate) const ASKED: &str = "Asked";
/// The column that says how it is answered.
pub(crate) const HOW: &str = "How to answer";
/// The column with what was said before.
pub(crate) const LAST: &str = "Last time";
/// The column with the fingerprint of the wording.
pub(crate) const WORDING: &str = "Wording";
/// The column with what is printed on every page.
pub(crate) const MARKING: &str = "Marking";

/// The last row of the sheet that is read first.
pub(crate) const MADE_WITH: &str = "Made with";

/// What stands in a cell that is not to be filled in.
pub(crate) const NOT_ASKED: &str = "Not asked";

/// What a cell of a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// To be read.
    Read,
    /// To be filled in.
    Fill(Field),
}

/// The columns of a form in a workbook.
pub(crate) fn columns() -> Vec<(&'static str, Use)> {
    let read = |name| (name, Use::Read);
    let mut columns: Vec<_> = [QUESTION, TITLE, STEP, ASKED, HOW, LAST].map(read).into();
    columns.extend(Field::ALL.map(|field| (field.column(), Use::Fill(field))));
    columns.push(read(WORDING));
    columns
}

/// The cells of a question, in the order of the columns. What stands behind a word cannot be taken
/// for a number or a date by the program that opens it: 1.10 would be 1.1 afterwards.
pub(crate) fn cells(section: &str, item: &Item) -> Vec<(String, Use)> {
    let mut asked = item.ask.clone();
    for point in &item.points {
        asked.push_str(&format!("\n- {point}"));
    }
    let mut how = item.how.clone();
    for (label, means) in &item.means {
        how.push_str(&format!("\n{label}: {means}"));
    }
    let title = if item.title.is_empty() { &item.ask } else { &item.title };
    let read = [number(&item.id), title.clone(), section.to_owned(), asked, how, item.last.clone()];
    let mut cells: Vec<(String, Use)> = read.into_iter().map(|cell| (cell, Use::Read)).collect();
    for field in Field::ALL {
        cells.push(match item.mode.fields().contains(&field) {
            true => (String::new(), Use::Fill(field)),
            false => (NOT_ASKED.to_owned(), Use::Read),
        });
    }
    cells.push((wording(&item.wording), Use::Read));
    cells
}

/// The number of a question as a cell has it.
pub(crate) fn number(id: &str) -> String {
    format!("{QUESTION} {id}")
}

/// A fingerprint as a cell has it.
pub(crate) fn wording(fingerprint: &str) -> String {
    format!("wording {fingerprint}")
}

/// The facts of a form, each behind its name.
pub(crate) fn facts(facts: &Facts) -> [(&'static str, String); 6] {
    let [form, partnership, period, perspective, checklist, edition] = FACTS;
    let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    [
        (form, KIND.to_owned()),
        (partnership, facts.partnership.clone()),
        (period, facts.period.clone()),
        (perspective, facts.perspective.clone()),
        (checklist, facts.checklist.clone()),
        (edition, or_none(&facts.edition)),
    ]
}

/// The facts as the cells of a table have them, with their names: 2011-12 would be a month otherwise.
fn named_facts(own: &Facts) -> impl Iterator<Item = (&'static str, String)> {
    facts(own).into_iter().map(|(name, value)| match name {
        "Period" | "Checklist" | "Edition" => (name, format!("{} {value}", name.to_lowercase())),
        _ => (name, value),
    })
}

/// A form as a table. A table has no other place than its rows to say what it is of.
pub(crate) fn rows(form: &Form) -> Vec<Vec<String>> {
    let marking = (!form.marking.is_empty()).then(|| (MARKING, form.marking.clone()));
    let behind: Vec<(&str, String)> = named_facts(&form.facts).chain(marking).collect();
    let mut header: Vec<String> = columns().iter().map(|(name, _)| (*name).to_owned()).collect();
    header.extend(behind.iter().map(|(name, _)| (*name).to_owned()));
    let mut rows = vec![header];
    for section in &form.sections {
        for item in &section.items {
            let cells = cells(&section.title, item).into_iter().map(|(cell, _)| cell);
            rows.push(cells.chain(behind.iter().map(|(_, value)| value.clone())).collect());
        }
    }
    rows
}
