//! The report: everything that any format shows, already computed, in types of its own.
//!
//! Formats only lay it out, so that no two of them can disagree. The fields are what templates see;
//! `version` is raised when one changes its meaning. Short texts are plain; fields of the type
//! [`Prose`] hold the small Markdown that people write.

pub(crate) mod action_list;
pub(crate) mod collate;
pub(crate) mod compare;
pub(crate) mod diff;
pub(crate) mod due;
mod evidence;
pub(crate) mod gaps;
pub(crate) mod markdown;
pub(crate) mod moderate;
mod plan;
pub(crate) mod programme;
mod prose;
mod questions;
pub(crate) mod sheet;
pub(crate) mod trend;

use serde::Serialize;

use crate::actions::{self, Basis, Grouping};
use crate::model::assessment::Status;
use crate::model::checklist::{Change, Checklist, Kind, Question, RollUp, Step};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing;
use crate::model::workspace::Workspace;
use crate::summary::{self, Counts, RolledUp, Summary};
use crate::syntax::decode::Given;
use crate::text::one_line;

use evidence::Base;
use plan::PlanGroup;
use questions::{QuestionPart, StepPart};

pub(crate) use plan::Tracker;
pub(crate) use prose::to_line;

/// The version of the report's fields.
const VERSION: u32 = 2;

/// Text in the small Markdown that people write, as they wrote it.
type Prose = String;

/// A report on one assessment.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    version: u32,
    control: Control,
    summary_words: Option<Prose>,
    assurance: Option<String>,
    tables: Vec<Table>,
    derives: bool,
    definitions: Vec<Definition>,
    answers: Option<AnswerTable>,
    not_covered: Vec<String>,
    steps: Vec<StepPart>,
    set_aside: Vec<QuestionPart>,
    context: Vec<QuestionPart>,
    actions: String,
    plan: Vec<PlanGroup>,
    evidence: Base,
    changes: Vec<ChangeRow>,
}

/// What every output says about itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Control {
    partnership: String,
    period: String,
    period_from: Option<String>,
    period_to: Option<String>,
    perspective: String,
    assessor: Option<String>,
    as_at: Option<String>,
    judged_on: Option<String>,
    status: &'static str,
    marking: Option<String>,
    checklist: String,
    checklist_id: String,
    edition: Option<String>,
    adapted_from: Option<String>,
    attribution: Vec<String>,
    file: String,
    tool: String,
    unfinished: usize,
}

/// The steps that are rated on one scale.
#[derive(Debug, Serialize)]
struct Table {
    values: Vec<String>,
    rows: Vec<TableRow>,
    total: TableRow,
    rule: String,
    derives: bool,
    with_not_applicable: bool,
    with_too_early: bool,
    with_not_rated: bool,
}

#[derive(Debug, Serialize)]
struct TableRow {
    step: String,
    counts: Vec<usize>,
    not_applicable: usize,
    too_early: usize,
    not_rated: usize,
    rated: usize,
    base: usize,
    rolled_up: String,
}

#[derive(Debug, Serialize)]
struct Definition {
    label: String,
    means: Option<String>,
}

/// The steps with questions that are answered, not rated.
#[derive(Debug, Serialize)]
struct AnswerTable {
    rows: Vec<AnswerRow>,
    with_not_applicable: bool,
    with_too_early: bool,
}

#[derive(Debug, Serialize)]
struct AnswerRow {
    step: String,
    answered: usize,
    asked: usize,
    not_applicable: usize,
    too_early: usize,
}

/// What a local checklist changed.
#[derive(Debug, Serialize)]
struct ChangeRow {
    what: String,
    change: &'static str,
    why: String,
}

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Material<'a> {
    /// The assessment and what belongs to it.
    pub basis: Basis<'a>,
    /// How many points are not done yet.
    pub unfinished: usize,
}

impl Report {
    /// Computes everything that a report shows.
    pub(crate) fn of(material: Material<'_>) -> Self {
        let basis = material.basis;
        let Basis { assessment, checklist, .. } = basis;
        let asked = standing::stand(checklist, assessment);
        let context = standing::stand_context(checklist, assessment);
        let summary = summary::summarise(checklist, &asked);
        let tracked = actions::track(&basis);
        let is_open = |step: &&Step| !standing::covers(assessment, step);
        let parts = questions::Parts { basis, summary: &summary, asked: &asked, tracked: &tracked };
        Report {
            version: VERSION,
            control: control(material),
            summary_words: text(&assessment.summary),
            assurance: line(&assessment.assurance).map(|word| capitalised(&word)),
            tables: summary.tables.iter().map(|own| table(checklist, own)).collect(),
            derives: checklist.roll_up.value != RollUp::None && !summary.tables.is_empty(),
            definitions: definitions(checklist),
            answers: answers(&summary),
            not_covered: checklist.steps.iter().filter(is_open).map(step_name).collect(),
            steps: checklist.steps.iter().filter_map(|step| parts.step(step)).collect(),
            set_aside: parts.set_aside(),
            context: context.iter().map(|asked| parts.question(asked)).collect(),
            evidence: Base::of(assessment, asked.iter().chain(&context)),
            changes: changes(checklist),
            actions: actions::tally(&tracked),
            plan: plan::groups(actions::group(tracked, Grouping::Timing)),
        }
    }
}

fn text(given: &Given<String>) -> Option<Prose> {
    given.value().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn line(given: &Given<String>) -> Option<String> {
    given.value().map(|text| one_line(text)).filter(|text| !text.is_empty())
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A text as a sentence, with a stop where it has none.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let ends = text.trim_end_matches(['"', '\'', '”', '’', ')', '*', '_']);
    match ends.ends_with(['.', '!', '?', '…', ':', ';']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

fn step_name(step: &Step) -> String {
    format!("{}. {}", step.id.value, step.title)
}

fn control(material: Material<'_>) -> Control {
    let Material { basis, unfinished } = material;
    let Basis { assessment, checklist, workspace, file, .. } = basis;
    let period = assessment.period.value();
    Control {
        partnership: line(&assessment.partnership).unwrap_or_default(),
        period: period.map(|period| period.name.clone()).unwrap_or_default(),
        period_from: period.map(|period| long_date(period.from)),
        period_to: period.map(|period| long_date(period.to)),
        perspective: perspective_words(
            &line(&assessment.perspective).unwrap_or_default(),
            workspace,
        ),
        assessor: line(&assessment.assessor),
        as_at: assessment.as_at.value().map(|date| long_date(*date)),
        judged_on: basis.judged_on().map(long_date),
        status: match assessment.status.value {
            Status::Draft => "Draft",
            Status::Final => "Final",
        },
        marking: workspace.and_then(|workspace| line(&workspace.marking)),
        checklist: checklist.title.clone(),
        checklist_id: checklist.id.value.clone(),
        edition: filled(&checklist.edition),
        adapted_from: checklist.adapted.as_ref().map(|adapted| adapted.from.clone()),
        attribution: checklist.attribution.clone(),
        file: file.to_owned(),
        tool: tool(),
        unfinished,
    }
}

/// The name and version of the program, as outputs print it.
pub(crate) fn tool() -> String {
    format!("scrutiny {}", env!("CARGO_PKG_VERSION"))
}

/// A perspective as readers know it: an agency by its name, any other as a word.
pub(crate) fn perspective_words(perspective: &str, workspace: Option<&Workspace>) -> String {
    let agencies = workspace.into_iter().flat_map(|own| own.partners.iter().chain(&own.agencies));
    let agency = agencies.into_iter().find(|agency| agency.id.value == perspective);
    agency.map_or_else(|| capitalised(perspective), |agency| one_line(&agency.label))
}

fn table(checklist: &Checklist, table: &summary::ScaleTable<'_>) -> Table {
    let row = |step: String, counts: &Counts, rolled_up: String| TableRow {
        step,
        counts: counts.values.clone(),
        not_applicable: counts.not_applicable,
        too_early: counts.too_early,
        not_rated: counts.not_yet + counts.unreadable,
        rated: counts.rated(),
        base: counts.base(),
        rolled_up,
    };
    let total = row("All steps".to_owned(), &table.total, "Not derived".to_owned());
    Table {
        values: table.scale.values.iter().map(|value| value.label.clone()).collect(),
        rows: table
            .rows
            .iter()
            .map(|step| row(step_name(step.step), &step.counts, rolled_up_words(step.rolled_up)))
            .collect(),
        rule: table.rule.clone(),
        derives: checklist.roll_up.value != RollUp::None,
        with_not_applicable: total.not_applicable > 0,
        with_too_early: total.too_early > 0,
        with_not_rated: total.not_rated > 0,
        total,
    }
}

/// The value of a step in words.
pub(crate) fn rolled_up_words(rolled_up: RolledUp<'_>) -> String {
    match rolled_up {
        RolledUp::Value(value) => value.label.clone(),
        RolledUp::Open { rated, of } => format!("Not yet: {rated} of {of} rated"),
        RolledUp::NotApplicable => "Not applicable".to_owned(),
        RolledUp::Underived => "Not derived".to_owned(),
    }
}

fn answers(summary: &Summary<'_>) -> Option<AnswerTable> {
    let row = |count: &summary::AnswerCount<'_>| AnswerRow {
        step: step_name(count.step),
        answered: count.answered,
        asked: count.asked,
        not_applicable: count.not_applicable,
        too_early: count.too_early,
    };
    let rows: Vec<AnswerRow> = summary.answers.iter().map(row).collect();
    (!rows.is_empty()).then(|| AnswerTable {
        with_not_applicable: rows.iter().any(|row| row.not_applicable > 0),
        with_too_early: rows.iter().any(|row| row.too_early > 0),
        rows,
    })
}

fn definitions(checklist: &Checklist) -> Vec<Definition> {
    let used = |name: &str| {
        let rated = |question: &Question| matches!(&question.kind, Kind::Rag(Some(own)) if own.value == name);
        checklist.questions().any(rated)
    };
    let scales = checklist.scales.iter().filter(|scale| used(&scale.name.value));
    let values = scales.flat_map(|scale| &scale.values);
    values
        .map(|value| Definition {
            label: value.label.clone(),
            means: filled(&one_line(&value.means)),
        })
        .collect()
}

/// What a local checklist changed in the one it extends, for the reader of a report.
fn changes(checklist: &Checklist) -> Vec<ChangeRow> {
    let row = |what: String, change: &Change| match change {
        Change::Kept => None,
        Change::Reworded { why, .. } => {
            Some(ChangeRow { what, change: "Reworded", why: reason(why) })
        }
        Change::Added { why } => Some(ChangeRow { what, change: "Added", why: reason(why) }),
    };
    let name = |question: &Question| question.name().replacen('q', "Q", 1);
    let of_steps = checklist.steps.iter().flat_map(|step| {
        let own = row(format!("Step {}, {}", step.id.value, step.title), &step.change);
        let questions = step.questions.iter().filter_map(|q| row(name(q), &q.change));
        own.into_iter().chain(questions.collect::<Vec<_>>())
    });
    let of_context = checklist.context.iter().filter_map(|q| row(name(q), &q.change));
    let dropped = checklist.adapted.iter().flat_map(|adapted| &adapted.dropped);
    let left_out = dropped.map(|dropped| ChangeRow {
        what: format!("{}, {}", dropped.id, dropped.title).trim_end_matches(", ").to_owned(),
        change: "Left out",
        why: reason(&dropped.why),
    });
    of_steps.chain(of_context).chain(left_out).collect()
}

fn reason(why: &str) -> String {
    match one_line(why) {
        why if why.is_empty() => "No reason given".to_owned(),
        why => why,
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn ends_a_sentence_once() {
        let check = |text: &str, expected: &str| assert_eq!(sentence(text), expected);
        check("Agree the budget", "Agree the budget.");
        check("Agree the budget.", "Agree the budget.");
        check("Who pays?", "Who pays?");
        check("Publish \"What next?\"", "Publish \"What next?\"");
        check("Meet (monthly)", "Meet (monthly).");
    }
}
