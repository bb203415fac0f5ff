//! The programme as it was agreed: what is done and how, and what each part of it takes.

use super::sheet::{NONE, cell};
use crate::model::definition::capitalised;
use crate::model::programme::{
    Activity, ActivityStatus, Days, DeepDive, MeetingKind, Presence, StageName, When,
};
use crate::programme::{DayTally, Overview, kind_words};
use crate::report::line;
use crate::report::sheet::{Column, Sheet};
use crate::source::Spanned;
use crate::syntax::decode::Given;
use crate::text::count;

/// The programme as it is agreed: what is done and how, and then what it takes.
pub(super) fn add(overview: &Overview<'_>, sheet: &mut Sheet) {
    sheet.heading(2, "Programme");
    let programme = overview.basis.programme;
    let kinds = [MeetingKind::Partnership, MeetingKind::Subgroup, MeetingKind::Other];
    let mut rows: Vec<PlanRow> =
        kinds.into_iter().filter_map(|kind| observed(overview, kind)).collect();
    rows.extend(programme.activities.iter().map(activity));
    rows.extend(programme.deep_dives.iter().map(dive_row));
    if rows.is_empty() {
        sheet.sentence("Nothing is planned yet.");
        return;
    }
    let header = [
        ("Activity", Column::Prose),
        ("How will this be done?", Column::Prose),
        ("Id", Column::Phrase),
    ];
    let words = |row: &PlanRow| vec![row.what.clone(), row.how.clone(), row.id.clone()];
    sheet.table(&header, rows.iter().map(words).collect());
    sheet.heading(3, "When, and how many days");
    let header = [
        ("Id", Column::Phrase),
        ("When", Column::Prose),
        ("Steps", Column::Phrase),
        ("Planned", Column::Number),
        ("Used", Column::Number),
        ("Status", Column::Phrase),
    ];
    let row = |row: &PlanRow| {
        let (planned, used) = (row.planned.to_string(), row.used.to_string());
        vec![row.id.clone(), row.when.clone(), row.steps.clone(), planned, used, row.status.clone()]
    };
    let mut taken: Vec<Vec<String>> = rows.iter().map(row).collect();
    let none = || NONE.to_owned();
    let DayTally { planned, used, .. } = overview.days;
    let (planned, used) = (planned.to_string(), used.to_string());
    taken.push(vec!["All".to_owned(), none(), none(), planned, used, none()]);
    sheet.table(&header, taken);
}

/// A line of the programme.
struct PlanRow {
    what: String,
    how: String,
    id: String,
    when: String,
    steps: String,
    planned: Days,
    used: Days,
    status: String,
}

/// All groups of a kind, in one line.
fn observed(overview: &Overview<'_>, kind: MeetingKind) -> Option<PlanRow> {
    let of_kind = || overview.groups.iter().filter(|own| own.meeting.kind == kind);
    let names: Vec<String> = of_kind().filter_map(|own| line(&own.meeting.group)).collect();
    if names.is_empty() {
        return None;
    }
    let ids: Vec<String> = of_kind().filter_map(|own| line(&own.meeting.id)).collect();
    let sittings = || of_kind().flat_map(|own| &own.meeting.dates);
    // A meeting that did not take place takes no day.
    let held = || sittings().filter(|own| own.presence() != Presence::Cancelled);
    let to_come: usize = of_kind().map(|own| own.to_come.len()).sum();
    Some(PlanRow {
        what: format!("{}: {}", kind_words(kind), names.join("; ")),
        how: "Reading the papers and attending".to_owned(),
        id: cell(&ids.join(", ")),
        when: count(held().count(), "date"),
        steps: step_list(of_kind().flat_map(|own| &own.meeting.steps)),
        planned: held().map(|own| days(&own.effort.planned)).sum(),
        used: sittings().map(|own| days(&own.effort.used)).sum(),
        status: format!("{to_come} to come"),
    })
}

fn activity(own: &Activity) -> PlanRow {
    let is_dropped = own.status() == ActivityStatus::Dropped;
    PlanRow {
        what: line(&own.what).unwrap_or_else(|| NONE.to_owned()),
        how: line(&own.how).unwrap_or_else(|| NONE.to_owned()),
        id: cell(&line(&own.id).unwrap_or_default()),
        when: own.when.value().map_or("No date yet".to_owned(), |when| when.words()),
        steps: step_list(own.steps.iter()),
        planned: if is_dropped { Days::default() } else { days(&own.effort.planned) },
        used: days(&own.effort.used),
        status: capitalised(own.status().word()),
    }
}

fn dive_row(own: &DeepDive) -> PlanRow {
    let planned: Vec<When> =
        own.stages.iter().filter_map(|stage| stage.planned.value().copied()).collect();
    let from = planned.iter().map(|when| when.from).min();
    let to = planned.iter().map(|when| when.to).max();
    let whole = from.zip(to).map(|(from, to)| When { from, to }.words());
    PlanRow {
        what: format!("Deep dive: {}", line(&own.title).unwrap_or_else(|| "no title".to_owned())),
        how: match own.lines.len() {
            0 => "No line of enquiry yet".to_owned(),
            1 => "1 line of enquiry".to_owned(),
            many => format!("{many} lines of enquiry"),
        },
        id: cell(&line(&own.id).unwrap_or_default()),
        when: whole.unwrap_or_else(|| "No date yet".to_owned()),
        steps: step_list(own.steps.iter()),
        planned: days(&own.effort.planned),
        used: days(&own.effort.used),
        status: own.reached().map_or("Planned", StageName::words).to_owned(),
    }
}

fn days(given: &Given<Days>) -> Days {
    given.value().copied().unwrap_or_default()
}

fn step_list<'a>(steps: impl Iterator<Item = &'a Spanned<String>>) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for step in steps {
        if !ids.contains(&step.value.trim()) {
            ids.push(step.value.trim());
        }
    }
    cell(&ids.join(", "))
}
