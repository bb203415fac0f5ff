//! What is due as a calendar: an all-day event for each, which keeps its identifier when its date
//! moves. No clock: an event is stamped with the day on which it was judged what is late.

use std::collections::HashMap;

use jiff::civil::Date;

use super::calendar::{UNDATED, digits, escaped, frame};
use crate::comparison::collate::identifier;
use crate::comparison::same_name;
use crate::due::{Due, Kind};
use crate::model::period::long_date;
use crate::model::programme::{Days, When};
use crate::text::count;

/// The calendar of what is due. `tool` is the name and version of the program. Of several events that
/// are known by the same texts, all but the first are numbered.
pub(crate) fn render(list: &[Due], judged_on: Option<Date>, title: &str, tool: &str) -> String {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut event = |due: &Due| {
        let mut texts = vec![same_name(&due.partnership)];
        // An action has the identifier that it has in the calendar of actions.
        texts.extend((due.kind != Kind::Action).then(|| due.kind.word().to_owned()));
        texts.extend(due.mark.iter().map(|text| same_name(text)));
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let identifier = identifier(&texts);
        let times = taken.entry(identifier.clone()).or_default();
        *times += 1;
        let identifier = match *times {
            1 => format!("{identifier}@scrutiny"),
            again => format!("{identifier}-{again}@scrutiny"),
        };
        lines(due, judged_on, &identifier, tool)
    };
    frame(list.iter().map(&mut event).collect(), title, tool)
}

fn lines(due: &Due, judged_on: Option<Date>, identifier: &str, tool: &str) -> Vec<String> {
    let When { from, to } = due.when;
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{identifier}"),
        format!("DTSTAMP:{}T000000Z", digits(judged_on.unwrap_or(UNDATED))),
        format!("DTSTART;VALUE=DATE:{}", digits(from)),
    ];
    // Without an end, an all-day event is one day long, as it is on the last day that there is.
    lines.extend(to.tomorrow().ok().map(|day| format!("DTEND;VALUE=DATE:{}", digits(day))));
    let name = match due.id.as_str() {
        "" => due.kind.words().to_owned(),
        id => format!("{} {id}", due.kind.words()),
    };
    lines.push(format!("SUMMARY:{}", escaped(&format!("{name}: {}", due.title))));
    let description = description(due, judged_on, tool).join("\n");
    lines.push(format!("DESCRIPTION:{}", escaped(&description)));
    let late = if due.late.is_some() { ",Late" } else { "" };
    lines.push(format!("CATEGORIES:Scrutiny{late}"));
    lines.push("STATUS:CONFIRMED".to_owned());
    // A date does not make anybody busy.
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines
}

fn description(due: &Due, judged_on: Option<Date>, tool: &str) -> Vec<String> {
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut lines: Vec<String> = Vec::new();
    lines.extend(filled(&due.marking).map(|own| format!("Marking: {own}")));
    lines.extend(filled(&due.lead).map(|own| format!("Lead: {own}")));
    if let (Some(days), Some(day)) = (due.late, judged_on) {
        let days = count(days.unsigned_abs() as usize, "day");
        lines.push(format!("Late by {days} as judged on {}", long_date(day)));
    }
    if due.days > Days::default() {
        lines.push(format!("Planned: {}", due.days.words()));
    }
    lines.push(format!("From: {}, {}", due.partnership, due.period));
    lines.extend(filled(&due.attribution).map(|own| format!("Checklist: {own}")));
    lines.push(format!("Made with {tool}"));
    lines
}
