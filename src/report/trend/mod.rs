//! One partnership over time, in words: the published value for programs, from which the sheet is laid
//! out.

mod sheet;

use serde::{Deserialize, Serialize};

use super::{filled, perspective_words, sentence, to_line, tool};
use crate::comparison::trend::{Cell, Course, Moment, Movement, Row, Snapshot, Trend, Value};
use crate::model::workspace::Workspace;
use crate::report::collate::Unusable;
use crate::text::{once_each, one_line};

pub(crate) use sheet::sheet;

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 2;

/// One partnership over time: the published value.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Timeline {
    version: u32,
    tool: String,
    partnership: String,
    perspective: String,
    /// What the moments are: a period or a revision.
    unit: &'static str,
    checklist: String,
    checklist_title: String,
    attribution: Vec<String>,
    markings: Vec<String>,
    periods: Vec<PeriodPart>,
    questions: Vec<QuestionPart>,
    stood: Vec<StoodPart>,
    /// How many rated questions have which value in each period.
    values: ValuesPart,
    actions: Vec<ActionsPart>,
    moved_later: Vec<SlippedPart>,
    not_mentioned_again: Vec<GonePart>,
    /// How many entries of actions have no id, and so are not followed.
    actions_without_id: usize,
    left_out: Vec<String>,
    could_not_be_used: Vec<String>,
}

/// A period.
#[derive(Debug, Serialize, Deserialize)]
struct PeriodPart {
    period: String,
    assessed: bool,
    status: Option<&'static str>,
    as_at: Option<String>,
    edition: Option<String>,
    file: Option<String>,
}

/// A question over time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct QuestionPart {
    id: String,
    title: String,
    rated: bool,
    cells: Vec<CellPart>,
}

/// What was said to a question in a period.
#[derive(Debug, Serialize, Deserialize)]
struct CellPart {
    period: String,
    standing: &'static str,
    value: Option<String>,
    words: String,
    /// Up, down, same, changed, not-comparable; nothing where there is nothing to compare.
    movement: Option<&'static str>,
}

/// How long a rating has stood.
#[derive(Debug, Serialize, Deserialize)]
struct StoodPart {
    question: String,
    value: String,
    label: String,
    since: String,
    periods: usize,
    /// In how many periods in between it was not rated.
    not_rated_between: usize,
}

/// How many questions have which value in each period.
#[derive(Debug, Serialize, Deserialize)]
struct ValuesPart {
    labels: Vec<String>,
    periods: Vec<CountsPart>,
}

/// The counts of a period, in the order of the labels; none in a gap.
#[derive(Debug, Serialize, Deserialize)]
struct CountsPart {
    period: String,
    counts: Option<Vec<usize>>,
    of: Option<usize>,
}

/// What became of actions in a period.
#[derive(Debug, Serialize, Deserialize)]
struct ActionsPart {
    period: String,
    opened: usize,
    carried: usize,
    done: usize,
    closed: usize,
    dropped: usize,
    moved_later: usize,
    overdue: Option<usize>,
}

/// An action whose due date was moved later.
#[derive(Debug, Serialize, Deserialize)]
struct SlippedPart {
    id: String,
    task: String,
    first_due: String,
    last_due: String,
    times: usize,
    days: i32,
}

/// An action that was open and is not mentioned any more.
#[derive(Debug, Serialize, Deserialize)]
struct GonePart {
    id: String,
    task: String,
    last: String,
}

/// What a timeline is made from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// The settings that apply, by which an agency is named.
    pub workspace: Option<Workspace>,
    /// The assessments that are not shown, in words.
    pub left_out: Vec<String>,
    /// The files that could not be used.
    pub unusable: Vec<Unusable>,
    /// What the moments are.
    pub unit: Unit,
}

/// What the moments of a timeline are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Periods, each with an assessment of its own.
    #[default]
    Period,
    /// Revisions of one file.
    Revision,
}

impl Unit {
    fn word(self) -> &'static str {
        match self {
            Unit::Period => "period",
            Unit::Revision => "revision",
        }
    }
}

impl Timeline {
    /// Puts into words how a partnership went over time. Nothing where there is no assessment.
    pub(crate) fn of(moments: &[Moment<'_>], trend: &Trend<'_>, around: &Around) -> Option<Self> {
        let (latest, checklist) = moments.iter().rev().find_map(|moment| moment.assessed)?;
        let unusable = &around.unusable;
        Some(Timeline {
            version: VERSION,
            tool: tool(),
            partnership: latest.partnership.clone(),
            perspective: perspective_words(&latest.perspective, around.workspace.as_ref()),
            unit: around.unit.word(),
            checklist: checklist.id.value.clone(),
            checklist_title: checklist.title.clone(),
            attribution: once_each(
                moments.iter().filter_map(|moment| moment.assessed).flat_map(|(_, checklist)| {
                    checklist.attribution.iter().map(|line| to_line(line))
                }),
            ),
            markings: once_each(snapshots(moments).filter_map(|own| filled(&own.marking))),
            periods: moments.iter().map(period).collect(),
            questions: trend.rows.iter().filter_map(|row| question(row, moments)).collect(),
            stood: trend.stood.iter().map(stood).collect(),
            values: values(trend),
            actions: actions(&trend.courses, moments),
            moved_later: trend.slipped.iter().map(slipped).collect(),
            not_mentioned_again: trend.gone.iter().map(gone).collect(),
            actions_without_id: trend.nameless,
            left_out: around.left_out.clone(),
            could_not_be_used: unusable
                .iter()
                .map(|one| format!("{}: {}", one.file, one.reason()))
                .collect(),
        })
    }

    /// What the chart is called, and what it shows in words.
    pub(crate) fn chart_words(&self) -> (String, String) {
        let title = format!("{}: how questions were rated, by {}", self.partnership, self.unit);
        let counts = |own: &CountsPart| match &own.counts {
            None => format!("{}: no assessment.", own.period),
            Some(counts) => {
                let of = counts.iter().sum::<usize>();
                let parts: Vec<String> = self
                    .values
                    .labels
                    .iter()
                    .zip(counts)
                    .map(|(label, count)| format!("{label} {count} of {of}"))
                    .collect();
                format!("{}: {}.", own.period, parts.join(", "))
            }
        };
        let said: Vec<String> = self.values.periods.iter().map(counts).collect();
        let description = format!(
            "A stacked bar for each {}. Perspective: {}. {} {} {}",
            self.unit,
            self.perspective.to_lowercase(),
            sentence(&self.checklist_title),
            sentence(&self.attribution.join(" ")),
            said.join(" ")
        );
        (title, one_line(&description))
    }
}

fn snapshots<'m>(moments: &'m [Moment<'_>]) -> impl Iterator<Item = &'m Snapshot> {
    moments.iter().filter_map(|moment| moment.assessed).map(|(snapshot, _)| snapshot)
}

fn period(moment: &Moment<'_>) -> PeriodPart {
    let of = moment.assessed;
    PeriodPart {
        period: moment.label.clone(),
        assessed: of.is_some(),
        status: of.map(|(snapshot, _)| snapshot.status.word()),
        as_at: of.and_then(|(snapshot, _)| snapshot.as_at).map(|date| date.to_string()),
        edition: of.and_then(|(_, checklist)| filled(&checklist.edition)),
        file: of.map(|(snapshot, _)| snapshot.file.clone()),
    }
}

/// A question over time; nothing where it is answered in words, which have no movement.
fn question(row: &Row<'_>, moments: &[Moment<'_>]) -> Option<QuestionPart> {
    let is_words = |cell: &Cell<'_>| matches!(cell, Cell::Said(Value::Words, _));
    let has_value = |cell: &Cell<'_>| match cell {
        Cell::Said(value, _) => !matches!(value, Value::Words | Value::Open | Value::NotAsked),
        Cell::Gap | Cell::Absent => false,
    };
    let is_shown = row.question.is_rated() || row.cells.iter().any(has_value);
    let cell = |(cell, moment): (&Cell<'_>, &Moment<'_>)| cell_part(cell, &moment.label);
    (is_shown && !row.cells.iter().any(is_words)).then(|| QuestionPart {
        id: row.question.id.value.clone(),
        title: row.question.title.clone(),
        rated: row.question.is_rated(),
        cells: row.cells.iter().zip(moments).map(cell).collect(),
    })
}

fn cell_part(cell: &Cell<'_>, period: &str) -> CellPart {
    let (standing, value, words, movement) = match cell {
        Cell::Gap => ("gap", None, "No assessment".to_owned(), Movement::None),
        Cell::Absent => ("absent", None, "Not in it".to_owned(), Movement::None),
        Cell::Said(value, movement) => {
            let (standing, written, words) = value_parts(value);
            (standing, written, words, *movement)
        }
    };
    CellPart { period: period.to_owned(), standing, value, words, movement: moved(movement) }
}

fn value_parts(value: &Value<'_>) -> (&'static str, Option<String>, String) {
    let plain = |standing, words: &str| (standing, None, words.to_owned());
    match value {
        Value::Rated(value, _) => ("rated", Some(value.value.value.clone()), value.label.clone()),
        Value::YesNo(true) => ("answered", Some("yes".to_owned()), "Yes".to_owned()),
        Value::YesNo(false) => ("answered", Some("no".to_owned()), "No".to_owned()),
        Value::Chosen(labels) => ("answered", Some(labels.join("; ")), labels.join("; ")),
        Value::Number(number, unit) => {
            let words = format!("{number} {unit}").trim_end().to_owned();
            ("answered", Some(number.to_string()), words)
        }
        Value::Words => plain("answered", "Answered"),
        Value::NotApplicable => plain("not-applicable", "Not applicable"),
        Value::TooEarly => plain("too-early", "Too early"),
        Value::Open => plain("not-rated", "Not rated"),
        Value::NotAsked => plain("not-asked", "Not asked"),
    }
}

/// The word for a movement.
fn moved(movement: Movement) -> Option<&'static str> {
    match movement {
        Movement::None => None,
        Movement::Up => Some("up"),
        Movement::Down => Some("down"),
        Movement::Same => Some("same"),
        Movement::Changed => Some("changed"),
        Movement::NotComparable => Some("not-comparable"),
    }
}

fn stood(stood: &crate::comparison::trend::Stood<'_>) -> StoodPart {
    StoodPart {
        question: format!("{} {}", stood.question.id.value, stood.question.title),
        value: stood.value.value.value.clone(),
        label: stood.value.label.clone(),
        since: stood.since.to_owned(),
        periods: stood.rated,
        not_rated_between: stood.unrated,
    }
}

fn values(trend: &Trend<'_>) -> ValuesPart {
    let counts = |(period, counts): &(String, Option<Vec<usize>>)| CountsPart {
        period: period.clone(),
        counts: counts.clone(),
        of: counts.as_ref().map(|counts| counts.iter().sum()),
    };
    ValuesPart {
        labels: trend.bars.values.iter().map(|value| value.label.clone()).collect(),
        periods: trend.bars.moments.iter().map(counts).collect(),
    }
}

fn actions(courses: &[Course], moments: &[Moment<'_>]) -> Vec<ActionsPart> {
    let is_dated = |label: &str| {
        let moment = moments.iter().find(|moment| moment.label == label);
        moment.and_then(|moment| moment.assessed).is_some_and(|(own, _)| own.as_at.is_some())
    };
    let part = |course: &Course| ActionsPart {
        period: course.label.clone(),
        opened: course.opened,
        carried: course.carried,
        done: course.done,
        closed: course.closed,
        dropped: course.dropped,
        moved_later: course.moved_later,
        overdue: is_dated(&course.label).then_some(course.overdue),
    };
    courses.iter().map(part).collect()
}

fn slipped(slipped: &crate::comparison::trend::Slipped<'_>) -> SlippedPart {
    SlippedPart {
        id: slipped.id.to_owned(),
        task: slipped.task.to_owned(),
        first_due: slipped.first.to_string(),
        last_due: slipped.last.to_string(),
        times: slipped.times,
        days: slipped.days,
    }
}

fn gone(gone: &crate::comparison::trend::Gone<'_>) -> GonePart {
    GonePart { id: gone.id.to_owned(), task: gone.task.to_owned(), last: gone.last.to_owned() }
}
