//! The due dates of actions as a calendar (RFC 5545): an all-day event for each action that is still
//! to be done by a date. Only what is open or proposed has an event; a date on which an impact is to
//! be reviewed is no due date.
//!
//! An event keeps its identifier when the date moves and when the action is carried forward, so that
//! a calendar that takes the file in again moves its entry. No clock: an event is stamped with the
//! date that the list was judged on.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::actions::{Group, Timing, Tracked};
use crate::comparison::collate::identifier;
use crate::comparison::same_name;
use crate::model::assessment::{ActionStatus, Status};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::text::{count, one_line, visible};

/// The longest line, in octets, without its line end.
const LONGEST: usize = 75;

/// The stamp where nothing says when the list held.
pub(super) const UNDATED: Date = Date::constant(2000, 1, 1);

/// The calendar of what is to be done. `tool` is the name and version of the program.
pub(crate) fn render(groups: &[Group], title: &str, tool: &str) -> String {
    let actions = groups.iter().flat_map(|group| &group.actions);
    let dated: Vec<(&Tracked, Date)> =
        actions.filter(|action| is_to_do(action)).filter_map(|a| Some((a, a.due?))).collect();
    let identifiers = identifiers(&dated);
    let events = dated.iter().zip(&identifiers);
    let events = events.map(|((action, due), own)| event(action, *due, own, tool)).collect();
    frame(events, title, tool)
}

/// A calendar of events, each as its lines.
pub(super) fn frame(events: Vec<Vec<String>>, title: &str, tool: &str) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//scrutiny//{}//EN", escaped(tool)),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(title)),
    ];
    if events.is_empty() {
        // A calendar has to have one part at least.
        lines.extend(NO_EVENT.map(str::to_owned));
    }
    lines.extend(events.into_iter().flatten());
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

const NO_EVENT: [&str; 8] = [
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
];

fn is_to_do(action: &Tracked) -> bool {
    match action.status {
        ActionStatus::Proposed | ActionStatus::Open => true,
        ActionStatus::Done | ActionStatus::Closed | ActionStatus::Dropped => false,
    }
}

/// The identifier of each event: from the partnership, the period in which the action first stood and
/// its id there. Where assessments of one period hold the same action, the perspective tells its
/// events apart; whatever is left is numbered.
fn identifiers(actions: &[(&Tracked, Date)]) -> Vec<String> {
    let keys: Vec<[String; 3]> = actions.iter().map(|(action, _)| key(action)).collect();
    let mut uses: HashMap<&[String; 3], usize> = HashMap::new();
    keys.iter().for_each(|key| *uses.entry(key).or_default() += 1);
    let mut taken: HashMap<String, usize> = HashMap::new();
    let identify = |(key, (action, _)): (&[String; 3], &(&Tracked, Date))| {
        let mut texts: Vec<&str> = key.iter().map(String::as_str).collect();
        let perspective = same_name(&action.perspective);
        if uses[key] > 1 {
            texts.push(&perspective);
        }
        let identifier = identifier(&texts);
        let times = taken.entry(identifier.clone()).or_default();
        *times += 1;
        match *times {
            1 => format!("{identifier}@scrutiny"),
            again => format!("{identifier}-{again}@scrutiny"),
        }
    };
    keys.iter().zip(actions).map(identify).collect()
}

/// What an action is known by for ever. One without an id is known by its task.
fn key(action: &Tracked) -> [String; 3] {
    let (period, id) = match action.carried_from.rsplit_once('/') {
        Some((period, id)) if !id.trim().is_empty() => (period, id),
        _ => (action.period.as_str(), action.id.as_str()),
    };
    let id = match action.id.as_str() {
        "none" => format!("without an id: {}", action.task),
        _ => id.to_owned(),
    };
    [same_name(&action.partnership), same_name(period), same_name(&id)]
}

fn event(action: &Tracked, due: Date, identifier: &str, tool: &str) -> Vec<String> {
    let made_from = &action.made_from;
    let stamp = made_from.judged_on.or(made_from.as_at).or(action.period_end).unwrap_or(UNDATED);
    let lead = filled(&action.lead).unwrap_or("no lead yet");
    let task = filled(&action.task).unwrap_or("task not stated");
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{identifier}"),
        format!("DTSTAMP:{}T000000Z", digits(stamp)),
        format!("DTSTART;VALUE=DATE:{}", digits(due)),
    ];
    // Without an end, an all-day event is one day long, as it is on the last day that there is.
    lines.extend(due.tomorrow().ok().map(|day| format!("DTEND;VALUE=DATE:{}", digits(day))));
    lines.push(format!("SUMMARY:{}", escaped(&format!("{}: {task} ({lead})", action.id))));
    lines.push(format!("DESCRIPTION:{}", escaped(&description(action, tool).join("\n"))));
    lines.push(match action.timing {
        Timing::Overdue(_) => "CATEGORIES:Scrutiny action,Overdue".to_owned(),
        Timing::Due
        | Timing::Undated
        | Timing::Proposed
        | Timing::Done
        | Timing::Closed
        | Timing::Dropped => "CATEGORIES:Scrutiny action".to_owned(),
    });
    lines.push(match action.status {
        ActionStatus::Proposed => "STATUS:TENTATIVE".to_owned(),
        ActionStatus::Open | ActionStatus::Done | ActionStatus::Closed | ActionStatus::Dropped => {
            "STATUS:CONFIRMED".to_owned()
        }
    });
    // A due date does not make anybody busy.
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines
}

fn description(action: &Tracked, tool: &str) -> Vec<String> {
    let made_from = &action.made_from;
    let named = |name: &str, text: &str| filled(text).map(|text| format!("{name}: {text}"));
    let mut lines: Vec<String> = named("Marking", &made_from.marking).into_iter().collect();
    lines.extend(match made_from.status {
        Status::Draft => Some("Draft: the assessment is not final.".to_owned()),
        Status::Final => None,
    });
    lines.extend(named("Task", &action.task));
    lines.extend(named("Lead", &action.lead));
    let status = capitalised(action.status.word());
    let judged = made_from.judged_on.or(made_from.as_at).map(long_date).unwrap_or_default();
    lines.push(match action.timing {
        Timing::Overdue(days) => {
            let late = count(days.unsigned_abs() as usize, "day");
            format!("Status: {status}, overdue by {late} as judged on {judged}")
        }
        _ => format!("Status: {status}"),
    });
    lines.extend(named("Stands on", &action.origin));
    lines.extend(named("Covers", &action.covers_words));
    lines.extend(named("Success", &action.success));
    lines.extend(action.response.as_ref().and_then(|own| named("Response", &own.said)));
    let from =
        [&action.partnership, &action.period, &action.perspective].map(|text| one_line(text));
    lines.push(format!("From: {}", from.join(", ")));
    lines.extend(named("Checklist", &made_from.attribution));
    lines.push(format!("Made with {tool}"));
    lines
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

pub(super) fn digits(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A text as a value.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            '\t' => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A line, cut between characters into lines of at most 75 octets, the further ones behind a space.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_has_a_meaning() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("Agree, then publish; \\ done", "Agree\\, then publish\\; \\\\ done");
        check("one\r\ntwo", "one\\ntwo");
        check("a\u{202e}b\u{0}\tc", "ab c");
    }

    #[test]
    fn folds_between_characters() {
        assert_eq!(folded(&"a".repeat(75)), format!("{}\r\n", "a".repeat(75)));
        assert_eq!(folded(&"a".repeat(76)), format!("{}\r\n a\r\n", "a".repeat(75)));
        let line = "€".repeat(60);
        let lines = folded(&line);
        assert!(lines.split_terminator("\r\n").all(|own| own.len() <= 75));
        assert_eq!(lines.replace("\r\n ", "").trim_end(), line);
    }
}
