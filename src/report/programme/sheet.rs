//! A programme as a sheet, in the order in which it is asked about: where it stands, what is late, what
//! is next, and then the programme itself.

use jiff::civil::Date;

use super::{plan, words};
use crate::model::period::long_date;
use crate::model::programme::{Expenses, MeetingKind, Money, Request};
use crate::programme::{Item, Overview, request_words, stage_standing};
use crate::report::sheet::{Column, Sheet};
use crate::report::{line, sentence, text, tool};
use crate::syntax::decode::Given;
use crate::text::{count, one_line};

/// How many things that are to come are shown.
const NEXT: usize = 10;

/// What stands in a cell of which nothing is said.
pub(super) const NONE: &str = "None";

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
    plan::add(overview, &mut sheet);
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
        let whole = match costs.expenses_are {
            Expenses::Inside => "Fee, with the expenses in it",
            Expenses::Outside => "Fee and expenses paid beside it",
        };
        rows.push(vec![
            whole.to_owned(),
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

/// A text in a cell, of which none is empty.
pub(super) fn cell(text: &str) -> String {
    if text.is_empty() { NONE.to_owned() } else { text.to_owned() }
}
