//! A programme as a sheet, in the order in which it is asked about: where it stands, what is late, what
//! is next, and then the programme itself.

use jiff::civil::Date;

use super::words;
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::programme::{
    Activity, ActivityStatus, Days, DeepDive, MeetingKind, Money, Presence, Request, StageName,
    When,
};
use crate::programme::{DayTally, Item, Overview, kind_words, request_words, stage_standing};
use crate::report::sheet::{Column, Sheet};
use crate::report::{line, sentence, text, tool};
use crate::source::Spanned;
use crate::syntax::decode::Given;
use crate::text::{count, one_line};

/// How many things that are to come are shown.
const NEXT: usize = 10;

/// What stands in a cell of which nothing is said.
const NONE: &str = "None";

/// The programme as a sheet.
pub(crate) fn sheet(overview: &Overview<'_>) -> Sheet {
    let basis = &overview.basis;
    let programme = basis.programme;
    let year = programme.year.value().map(|year| year.name.clone()).unwrap_or_default();
    let mut sheet = Sheet::new(format!("{}: scrutiny programme, {year}", basis.partnership()));
    sheet.markings.extend(basis.workspace.and_then(|own| line(&own.marking)));
    sheet.sentence(words::head(overview));
    if let Some(summary) = text(&programme.summary) {
        sheet.quote("", summary);
    }
    budget(overview, &mut sheet);
    pressing(overview, &mut sheet);
    plan(overview, &mut sheet);
    meetings(overview, &mut sheet);
    information(overview, &mut sheet);
    challenges(overview, &mut sheet);
    deep_dives(overview, &mut sheet);
    steps(overview, &mut sheet);
    sheet.made_from = made_from(overview);
    sheet
}

fn budget(overview: &Overview<'_>, sheet: &mut Sheet) {
    sheet.heading(2, "Days and money");
    sheet.list(words::warnings(overview));
    sheet.sentence(words::days(&overview.days));
    sheet.sentence(words::costs(overview));
    let header = [
        ("What", Column::Prose),
        ("Planned", Column::Number),
        ("So far", Column::Number),
        ("Expected", Column::Number),
        ("At most", Column::Number),
    ];
    let days = &overview.days;
    let most_days = days.cap.map_or("Not said".to_owned(), |cap| cap.to_string());
    let mut rows = vec![vec![
        "Days".to_owned(),
        days.planned.to_string(),
        days.used.to_string(),
        days.expected().to_string(),
        most_days,
    ]];
    if let Some(costs) = &overview.costs {
        let most = |cap: Option<Money>| cap.map_or("Not said".to_owned(), |cap| cap.to_string());
        rows.push(vec![
            "Fee".to_owned(),
            costs.planned_fee.to_string(),
            costs.fee.to_string(),
            costs.expected_fee.to_string(),
            most(costs.fee_cap),
        ]);
        rows.push(vec![
            "Fee and expenses paid beside it".to_owned(),
            (costs.planned_fee + costs.paid_expenses()).to_string(),
            costs.so_far().to_string(),
            costs.expected().to_string(),
            most(costs.cap),
        ]);
    }
    sheet.table(&header, rows);
}

/// What is late and what is next.
fn pressing(overview: &Overview<'_>, sheet: &mut Sheet) {
    let header = [
        ("By", Column::Phrase),
        ("What", Column::Prose),
        ("Id", Column::Word),
        ("Days", Column::Number),
    ];
    sheet.heading(2, "Late");
    let late = overview.late();
    if late.is_empty() {
        sheet.sentence(match overview.basis.as_at {
            Some(_) => "Nothing is late.",
            None => "It is not known what is late.",
        });
    }
    let row = |item: &&Item<'_>| {
        let mut row = row(item);
        row[3] = words::lateness(item);
        row
    };
    let of_late = [
        ("By", Column::Phrase),
        ("What", Column::Prose),
        ("Id", Column::Word),
        ("Standing", Column::Phrase),
    ];
    sheet.table(&of_late, late.iter().map(row).collect());
    sheet.heading(2, "Next");
    let next = overview.next();
    if next.is_empty() {
        sheet.sentence("Nothing with a date is to come.");
    }
    sheet.table(&header, next.iter().take(NEXT).map(|item| self::row(item)).collect());
    if next.len() > NEXT {
        sheet.sentence(format!("And {} more, with later dates.", next.len() - NEXT));
    }
}

fn row(item: &Item<'_>) -> Vec<String> {
    let what = match item.title.as_str() {
        "" => item.kind.words().to_owned(),
        title => format!("{}: {title}", item.kind.words()),
    };
    vec![
        item.when.map(|when| when.words()).unwrap_or_default(),
        what,
        cell(item.id),
        item.days.to_string(),
    ]
}

/// The programme as it is agreed: what is done and how, and then what it takes.
fn plan(overview: &Overview<'_>, sheet: &mut Sheet) {
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

fn cell(text: &str) -> String {
    if text.is_empty() { NONE.to_owned() } else { text.to_owned() }
}

fn meetings(overview: &Overview<'_>, sheet: &mut Sheet) {
    if overview.groups.is_empty() {
        return;
    }
    sheet.heading(2, "Groups, and how often they were seen");
    let subgroups: Vec<_> =
        overview.groups.iter().filter(|own| own.meeting.kind == MeetingKind::Subgroup).collect();
    if !subgroups.is_empty() {
        let seen = subgroups.iter().filter(|own| own.is_met()).count();
        sheet.sentence(format!(
            "Of {}, {seen} {} seen as often as agreed for the year. Reading the papers alone does \
             not count.",
            count(subgroups.len(), "subgroup"),
            if seen == 1 { "was" } else { "were" }
        ));
    }
    let header = [
        ("Group", Column::Prose),
        ("At least", Column::Number),
        ("Attended", Column::Number),
        ("Papers read", Column::Number),
        ("Next", Column::Phrase),
        ("Enough", Column::Phrase),
    ];
    let rows = overview.groups.iter().map(|own| {
        vec![
            line(&own.meeting.group).unwrap_or_else(|| NONE.to_owned()),
            own.meeting.wanted().to_string(),
            own.attended.to_string(),
            own.papers_read.to_string(),
            own.to_come.first().map_or("No date".to_owned(), |when| when.words()),
            if own.is_met() { "Yes" } else { "Not yet" }.to_owned(),
        ]
    });
    sheet.table(&header, rows.collect());
}

fn information(overview: &Overview<'_>, sheet: &mut Sheet) {
    let requests = &overview.basis.programme.information;
    if requests.is_empty() {
        return;
    }
    sheet.heading(2, "Information requirements");
    let header = [
        ("Id", Column::Word),
        ("What", Column::Prose),
        ("Asked of", Column::Phrase),
        ("Promised by", Column::Phrase),
        ("Standing", Column::Phrase),
    ];
    let date = |given: &Given<Date>| given.value().map(|date| long_date(*date));
    let row = |own: &Request| {
        let asked_of = line(&own.asked_of).unwrap_or_else(|| NONE.to_owned());
        let standing = request_words(own, overview.basis.as_at);
        vec![
            cell(&line(&own.id).unwrap_or_default()),
            cell(&line(&own.what).unwrap_or_default()),
            date(&own.asked).map_or(asked_of.clone(), |date| format!("{asked_of}, {date}")),
            date(&own.promised).unwrap_or_else(|| NONE.to_owned()),
            date(&own.received).map_or(standing.clone(), |date| {
                standing.replacen("Received", &format!("Received {date}"), 1)
            }),
        ]
    };
    sheet.table(&header, requests.iter().map(row).collect());
}

fn challenges(overview: &Overview<'_>, sheet: &mut Sheet) {
    let challenges = &overview.basis.programme.challenges;
    let Some(made) = words::challenged(overview) else { return };
    sheet.heading(2, "Challenges, and what came of them");
    sheet.sentence(made);
    let header = [
        ("Id", Column::Word),
        ("Put to", Column::Phrase),
        ("Challenge", Column::Prose),
        ("Response", Column::Prose),
        ("What came of it", Column::Prose),
    ];
    let rows = challenges.iter().map(|own| {
        let to = line(&own.to).unwrap_or_else(|| NONE.to_owned());
        vec![
            cell(&line(&own.id).unwrap_or_default()),
            own.date.value().map_or(to.clone(), |date| format!("{to}, {}", long_date(*date))),
            cell(&line(&own.what).unwrap_or_default()),
            line(&own.response).unwrap_or_else(|| "None yet".to_owned()),
            line(&own.outcome).unwrap_or_else(|| match own.review_by.value() {
                Some(date) => format!("Looked at again by {}", long_date(*date)),
                None => "Not said yet".to_owned(),
            }),
        ]
    });
    sheet.table(&header, rows.collect());
}

fn deep_dives(overview: &Overview<'_>, sheet: &mut Sheet) {
    for own in &overview.basis.programme.deep_dives {
        let title = line(&own.title).unwrap_or_else(|| "no title".to_owned());
        sheet.heading(2, format!("Deep dive: {title}"));
        if !own.lines.is_empty() {
            sheet.sentence("What it asks:");
            sheet.list(own.lines.iter().map(|own| sentence(&one_line(&own.value))).collect());
        }
        let header = [
            ("Stage", Column::Prose),
            ("Planned", Column::Phrase),
            ("Reached", Column::Phrase),
            ("Standing", Column::Phrase),
        ];
        let rows = own.stages.iter().map(|stage| {
            let reached = stage.done.value().map(|date| long_date(*date));
            let standing = match reached {
                Some(_) => "Reached".to_owned(),
                None => words::of_stage(stage_standing(stage, overview.basis.as_at)),
            };
            vec![
                stage.name.words().to_owned(),
                stage.planned.value().map_or(NONE.to_owned(), |when| when.words()),
                reached.unwrap_or_else(|| "Not yet".to_owned()),
                standing,
            ]
        });
        sheet.table(&header, rows.collect());
        if own.stages.is_empty() {
            sheet.sentence("No stage has a date yet.");
        }
    }
}

fn steps(overview: &Overview<'_>, sheet: &mut Sheet) {
    if overview.steps.is_empty() {
        return;
    }
    sheet.heading(2, "Steps of the checklist");
    sheet.sentence(words::untouched(overview));
    let header = [("Step", Column::Prose), ("Touched by", Column::Prose)];
    let rows = overview.steps.iter().map(|own| {
        let by = match own.by.as_slice() {
            [] => "Nothing".to_owned(),
            by => by.join(", "),
        };
        vec![format!("{}. {}", own.step.id.value, own.step.title), by]
    });
    sheet.table(&header, rows.collect());
}

/// What the sheet was made from.
pub(super) fn made_from(overview: &Overview<'_>) -> Vec<String> {
    let basis = &overview.basis;
    let mut lines = vec![format!("Programme: {}", basis.file)];
    if let Some(checklist) = basis.checklist {
        let edition = match checklist.edition.as_str() {
            "" => String::new(),
            edition => format!(", edition {edition}"),
        };
        lines.push(format!("Checklist: {} ({}{edition})", checklist.title, checklist.id.value));
        lines.extend(checklist.attribution.iter().map(|own| crate::report::to_line(own)));
    }
    lines.push(format!("Made with {}", tool()));
    lines
}
