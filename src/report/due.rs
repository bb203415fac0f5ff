//! What is due in words: the published value for programs, the rows of a table, and the sheet.

use serde::{Deserialize, Serialize};

use super::sheet::{Column, Sheet};
use super::{filled, tool};
use crate::due::{Due, Kind, Window, days};
use crate::model::period::long_date;
use crate::model::programme::Days;
use crate::text::{count, once_each};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// What is due: the published value. Dates are written as 2026-12-18 and days as 12.5.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct DueList {
    version: u32,
    tool: String,
    as_at: String,
    until: String,
    due: Vec<DuePart>,
    days: Vec<DaysPart>,
}

#[derive(Debug, Serialize, Deserialize)]
struct DuePart {
    partnership: String,
    kind: &'static str,
    id: Option<String>,
    title: String,
    lead: Option<String>,
    from: String,
    to: String,
    days_late: Option<i32>,
    days: String,
    period: String,
    file: String,
    marking: Option<String>,
    attribution: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct DaysPart {
    partnership: String,
    days: String,
}

impl DueList {
    /// The value of a list.
    pub(crate) fn of(list: &[Due], window: Window) -> Self {
        let part = |due: &Due| DuePart {
            partnership: due.partnership.clone(),
            kind: due.kind.word(),
            id: filled(&due.id),
            title: due.title.clone(),
            lead: filled(&due.lead),
            from: due.when.from.to_string(),
            to: due.when.to.to_string(),
            days_late: due.late,
            days: due.days.to_string(),
            period: due.period.clone(),
            file: due.file.clone(),
            marking: filled(&due.marking),
            attribution: filled(&due.attribution),
        };
        let total = |(partnership, days): (&str, Days)| DaysPart {
            partnership: partnership.to_owned(),
            days: days.to_string(),
        };
        DueList {
            version: VERSION,
            tool: tool(),
            as_at: window.as_at.to_string(),
            until: window.until.to_string(),
            due: list.iter().map(part).collect(),
            days: days(list).into_iter().map(total).collect(),
        }
    }
}

/// The list as rows under a header, for a spreadsheet. A table has no other place than its rows to say
/// what it was made from.
pub(crate) fn rows(list: &[Due], window: Window) -> Vec<Vec<String>> {
    let header = [
        "By",
        "From",
        "Partnership",
        "Kind",
        "Id",
        "Title",
        "Lead",
        "Days late",
        "Days planned",
        "Period",
        "As at",
        "File",
        "Attribution",
        "Marking",
        "Made with",
    ];
    let row = |due: &Due| {
        vec![
            due.when.to.to_string(),
            due.when.from.to_string(),
            due.partnership.clone(),
            due.kind.words().to_owned(),
            due.id.clone(),
            due.title.clone(),
            due.lead.clone(),
            due.late.unwrap_or(0).to_string(),
            due.days.to_string(),
            due.period.clone(),
            window.as_at.to_string(),
            due.file.clone(),
            due.attribution.clone(),
            due.marking.clone(),
            tool(),
        ]
    };
    std::iter::once(header.map(str::to_owned).to_vec()).chain(list.iter().map(row)).collect()
}

/// The title of a list.
pub(crate) fn title(list: &[Due], window: Window) -> String {
    let partnerships = days(list);
    let whose = match partnerships.as_slice() {
        [(only, _)] => format!("{only}: "),
        _ => String::new(),
    };
    let what = if whose.is_empty() { "What" } else { "what" };
    format!("{whose}{what} is due by {}", long_date(window.until))
}

/// The list as a sheet: what is late, then what is to come by date, then the days.
pub(crate) fn sheet(list: &[Due], window: Window) -> Sheet {
    let mut sheet = Sheet::new(title(list, window));
    sheet.markings = each(list, |due| &due.marking);
    let (late, to_come): (Vec<&Due>, Vec<&Due>) = list.iter().partition(|due| due.late.is_some());
    sheet.sentence(format!(
        "As at {}: {} late; {} to come, looking ahead to {}.",
        long_date(window.as_at),
        late.len(),
        to_come.len(),
        long_date(window.until)
    ));
    let partnerships = days(list);
    let several = partnerships.len() > 1;
    if !late.is_empty() {
        sheet.heading(2, "Late");
        by_day(&late, several, &mut sheet);
    }
    if !to_come.is_empty() {
        sheet.heading(2, "To come");
        by_day(&to_come, several, &mut sheet);
    }
    if !list.is_empty() {
        sheet.heading(2, "Days planned for it");
        let total: Days = partnerships.iter().map(|(_, days)| *days).sum();
        sheet.sentence(format!(
            "{} of work planned in programmes, for what is late and what is to come.",
            match total.halves {
                1 => "Half a day".to_owned(),
                _ => total.words(),
            }
        ));
        if several {
            let header = [("Partnership", Column::Prose), ("Days", Column::Number)];
            let row = |(name, days): &(&str, Days)| vec![(*name).to_owned(), days.to_string()];
            let mut rows: Vec<Vec<String>> = partnerships.iter().map(row).collect();
            rows.push(vec!["All".to_owned(), total.to_string()]);
            sheet.table(&header, rows);
        }
    }
    sheet.made_from = made_from(list);
    sheet
}

/// What is due by each day, under that day: a table has no room for names and tasks side by side.
fn by_day(list: &[&Due], several: bool, sheet: &mut Sheet) {
    for own in list.chunk_by(|a, b| heading(a) == heading(b)) {
        sheet.heading(3, heading(own[0]));
        sheet.list(own.iter().map(|due| item(due, several)).collect());
    }
}

fn heading(due: &Due) -> String {
    let late = due.late.map(|days| count(days.unsigned_abs() as usize, "day"));
    let late = late.map(|days| format!(", {days} ago")).unwrap_or_default();
    format!("{}{late}", due.when.words())
}

/// "Action A-03, Northmoor: Write the rota (lead: Health); half a day".
fn item(due: &Due, several: bool) -> String {
    let mut item = due.kind.words().to_owned();
    if !due.id.is_empty() {
        item.push_str(&format!(" {}", due.id));
    }
    if several {
        item.push_str(&format!(", {}", due.short));
    }
    item.push_str(&format!(": {}", due.title));
    match (due.lead.as_str(), due.kind) {
        ("", _) | (_, Kind::Programme(_)) => {}
        (lead, _) => item.push_str(&format!(" (lead: {lead})")),
    }
    if due.days.halves != 0 {
        item.push_str(&format!("; {}", due.days.words()));
    }
    item
}

fn made_from(list: &[Due]) -> Vec<String> {
    let file = |due: &Due| format!("{}, {}: {}", due.partnership, due.period, due.file);
    let mut files: Vec<String> = list.iter().map(file).collect();
    files.sort();
    files.dedup();
    let mut lines = files;
    lines.extend(each(list, |due| &due.attribution));
    lines.push(format!("Made with {}", tool()));
    lines
}

/// What rows say in one of their fields, each once.
fn each(list: &[Due], field: fn(&Due) -> &String) -> Vec<String> {
    once_each(list.iter().map(field).filter(|text| !text.is_empty()).cloned())
}
