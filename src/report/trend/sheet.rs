//! A partnership over time as a sheet.

use jiff::civil::Date;

use super::{CellPart, PeriodPart, QuestionPart, Timeline};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::report::sheet::{Column, Sheet};
use crate::text::{count, join_words};

/// How many periods stand beside each other in a table: a year of quarters.
const PERIODS: usize = 4;

/// How many names a sentence lists before it only counts.
const NAMES: usize = 20;

/// Lays a partnership out over time.
pub(crate) fn sheet(timeline: &Timeline) -> Sheet {
    let mut sheet = Sheet::new(title(timeline));
    sheet.markings.clone_from(&timeline.markings);
    sheet.sentence(how(timeline));
    sheet.heading(2, format!("Questions by {}", timeline.unit));
    questions(timeline, &mut sheet);
    not_comparable(timeline, &mut sheet);
    stood(timeline, &mut sheet);
    values(timeline, &mut sheet);
    actions(timeline, &mut sheet);
    slipped(timeline, &mut sheet);
    gone(timeline, &mut sheet);
    left_out(timeline, &mut sheet);
    sheet.made_from = made_from(timeline);
    sheet
}

fn title(timeline: &Timeline) -> String {
    let periods: Vec<&str> = timeline.periods.iter().map(|own| own.period.as_str()).collect();
    match periods.as_slice() {
        [first, .., last] => format!("{}, {first} to {last}", timeline.partnership),
        _ => format!("{}, {}", timeline.partnership, periods.join("")),
    }
}

fn how(timeline: &Timeline) -> String {
    let assessed = timeline.periods.iter().filter(|own| own.assessed).count();
    let gaps: Vec<&str> = timeline
        .periods
        .iter()
        .filter(|own| !own.assessed)
        .map(|own| own.period.as_str())
        .collect();
    let gaps = match gaps.as_slice() {
        [] => String::new(),
        gaps => format!(" There is no assessment that can be used of {}.", join_words(gaps, "and")),
    };
    format!(
        "{}, {}.{gaps} A movement is from the assessment before, whatever lies between.",
        timeline.perspective,
        count(assessed, "assessment")
    )
}

/// The rated questions, then the others, in tables of so many periods.
fn questions(timeline: &Timeline, sheet: &mut Sheet) {
    for (title, is_rated) in [("", true), ("Questions that are not rated", false)] {
        let own: Vec<&QuestionPart> =
            timeline.questions.iter().filter(|question| question.rated == is_rated).collect();
        if own.is_empty() {
            continue;
        }
        if !title.is_empty() {
            sheet.heading(3, title);
        }
        for (block, periods) in timeline.periods.chunks(PERIODS).enumerate() {
            table(&own, block * PERIODS, periods, sheet);
        }
    }
}

fn table(questions: &[&QuestionPart], first: usize, periods: &[PeriodPart], sheet: &mut Sheet) {
    let mut header = vec![("Question", Column::Prose)];
    header.extend(periods.iter().map(|own| (own.period.as_str(), Column::Phrase)));
    let row = |question: &&QuestionPart| {
        let mut row = vec![format!("{} {}", question.id, question.title).trim_end().to_owned()];
        row.extend(question.cells[first..first + periods.len()].iter().map(cell_words));
        row
    };
    sheet.table(&header, questions.iter().map(row).collect());
}

/// What was said, and how that moved.
fn cell_words(cell: &CellPart) -> String {
    match cell.movement {
        None => cell.words.clone(),
        Some("not-comparable") => format!("{}, other words", cell.words),
        Some(movement) => format!("{}, {movement}", cell.words),
    }
}

/// Where the words of a question changed, so that its answers cannot be compared.
fn not_comparable(timeline: &Timeline, sheet: &mut Sheet) {
    let of = |question: &QuestionPart| -> Vec<String> {
        let other = question.cells.iter().filter(|cell| cell.movement == Some("not-comparable"));
        other.map(|cell| format!("{} {}: {}", question.id, question.title, cell.period)).collect()
    };
    let items: Vec<String> = timeline.questions.iter().flat_map(of).collect();
    if !items.is_empty() {
        sheet.sentence(
            "Answers to other words, or with other answers to choose from, than in the \
             assessment before, so that nothing can be said of a movement:",
        );
        sheet.list(items);
    }
}

fn stood(timeline: &Timeline, sheet: &mut Sheet) {
    let row = |own: &super::StoodPart| {
        let between = match own.not_rated_between {
            0 => String::new(),
            number => format!("; not rated in {number} in between"),
        };
        vec![
            own.question.clone(),
            own.label.clone(),
            own.since.clone(),
            format!("{}{between}", count(own.periods, timeline.unit)),
        ]
    };
    if !timeline.stood.is_empty() {
        sheet.heading(2, "How long ratings below the best have stood");
        let header = [
            ("Question", Column::Prose),
            ("Stands at", Column::Word),
            ("Since", Column::Word),
            ("Rated so in", Column::Prose),
        ];
        sheet.table(&header, timeline.stood.iter().map(row).collect());
    }
}

/// The numbers of the chart.
fn values(timeline: &Timeline, sheet: &mut Sheet) {
    if timeline.values.labels.len() < 2 {
        return;
    }
    sheet.heading(2, "How many questions have which rating");
    let unit = capitalised(timeline.unit);
    let mut header = vec![(unit.as_str(), Column::Prose)];
    header.extend(timeline.values.labels.iter().map(|label| (label.as_str(), Column::Number)));
    header.push(("All", Column::Number));
    let row = |own: &super::CountsPart| {
        let gap = || "no assessment".to_owned();
        let mut row = vec![own.period.clone()];
        match &own.counts {
            Some(counts) => row.extend(counts.iter().map(usize::to_string)),
            None => row.extend(timeline.values.labels.iter().map(|_| "none".to_owned())),
        }
        row.push(own.of.map_or_else(gap, |of| of.to_string()));
        row
    };
    sheet.table(&header, timeline.values.periods.iter().map(row).collect());
}

fn actions(timeline: &Timeline, sheet: &mut Sheet) {
    sheet.heading(2, format!("Actions by {}", timeline.unit));
    let all = |own: &super::ActionsPart| own.opened + own.carried + own.done + own.closed;
    if timeline.actions.iter().all(|own| all(own) + own.dropped == 0) {
        sheet.sentence("There are no actions.");
        return;
    }
    let unit = capitalised(timeline.unit);
    let header = [
        (unit.as_str(), Column::Prose),
        ("Opened", Column::Number),
        ("Carried", Column::Number),
        ("Done", Column::Number),
        ("Closed", Column::Number),
        ("Dropped", Column::Number),
        ("Moved later", Column::Number),
        ("Overdue", Column::Number),
    ];
    let row = |own: &super::ActionsPart| {
        vec![
            own.period.clone(),
            own.opened.to_string(),
            own.carried.to_string(),
            own.done.to_string(),
            own.closed.to_string(),
            own.dropped.to_string(),
            own.moved_later.to_string(),
            own.overdue.map_or("no date".to_owned(), |number| number.to_string()),
        ]
    };
    sheet.table(&header, timeline.actions.iter().map(row).collect());
    sheet.sentence(format!(
        "Opened: seen for the first time. Carried: seen before and still open. Moved later: its \
         due date is later than when it was seen last. Overdue: on the as-at date of the {}.",
        timeline.unit
    ));
    if timeline.actions_without_id > 0 {
        let entries = count(timeline.actions_without_id, "action");
        sheet.sentence(format!(
            "{entries} without an id cannot be followed from {0} to {0}.",
            timeline.unit
        ));
    }
}

/// A date as people read it, from the form in which it is published.
fn date_words(date: &str) -> String {
    date.parse::<Date>().map_or_else(|_| date.to_owned(), long_date)
}

fn slipped(timeline: &Timeline, sheet: &mut Sheet) {
    let row = |own: &super::SlippedPart| {
        let days = count(own.days.unsigned_abs() as usize, "day");
        let times = count(own.times, "time");
        vec![
            own.id.clone(),
            own.task.clone(),
            date_words(&own.first_due),
            date_words(&own.last_due),
            format!("{times}, {days}"),
        ]
    };
    if !timeline.moved_later.is_empty() {
        sheet.heading(2, "Due dates moved later");
        let header = [
            ("Action", Column::Word),
            ("Task", Column::Prose),
            ("First due", Column::Phrase),
            ("Due now", Column::Phrase),
            ("Moved", Column::Phrase),
        ];
        sheet.table(&header, timeline.moved_later.iter().map(row).collect());
    }
}

fn gone(timeline: &Timeline, sheet: &mut Sheet) {
    let row = |own: &super::GonePart| vec![own.id.clone(), own.task.clone(), own.last.clone()];
    if !timeline.not_mentioned_again.is_empty() {
        sheet.heading(2, "Open, and not mentioned again");
        let header =
            [("Action", Column::Word), ("Task", Column::Prose), ("Last seen", Column::Word)];
        sheet.table(&header, timeline.not_mentioned_again.iter().map(row).collect());
    }
}

fn left_out(timeline: &Timeline, sheet: &mut Sheet) {
    let mut items: Vec<String> = timeline.left_out.iter().take(NAMES).cloned().collect();
    if timeline.left_out.len() > NAMES {
        items.push(format!("and {} more", timeline.left_out.len() - NAMES));
    }
    let unusable = &timeline.could_not_be_used;
    if !unusable.is_empty() {
        let files = count(unusable.len(), "file");
        items
            .push(format!("{files} could not be used, because of errors: {}", unusable.join("; ")));
    }
    if !items.is_empty() {
        sheet.heading(2, "Left out");
        sheet.list(items);
    }
}

fn made_from(timeline: &Timeline) -> Vec<String> {
    let mut lines = vec![timeline.tool.clone()];
    lines.push(format!("{} ({})", timeline.checklist_title, timeline.checklist));
    lines.extend(timeline.attribution.iter().cloned());
    for own in timeline.periods.iter().filter(|own| own.assessed) {
        let edition = own.edition.as_ref().map(|edition| format!(", edition {edition}"));
        let as_at = own.as_at.as_deref().map(|date| format!(", as at {}", date_words(date)));
        lines.push(format!(
            "{}: {}, {}{}{}",
            own.period,
            own.file.as_deref().unwrap_or_default(),
            own.status.unwrap_or_default(),
            as_at.unwrap_or_default(),
            edition.unwrap_or_default()
        ));
    }
    lines
}
