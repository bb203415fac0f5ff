//! Counts per step, and what the values of the scales mean.

use serde::{Deserialize, Serialize};

use super::{filled, step_name};
use crate::model::checklist::{Checklist, Kind, Question, RollUp};
use crate::summary::{self, Counts, RolledUp, Summary};
use crate::text::one_line;

/// The steps that are rated on one scale.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Table {
    values: Vec<String>,
    rows: Vec<TableRow>,
    total: TableRow,
    rule: String,
    derives: bool,
    with_not_applicable: bool,
    with_too_early: bool,
    with_not_rated: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableRow {
    step: String,
    counts: Vec<usize>,
    not_applicable: usize,
    too_early: usize,
    not_rated: usize,
    rated: usize,
    base: usize,
    rolled_up: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Definition {
    label: String,
    means: Option<String>,
}

/// The steps with questions that are answered, not rated.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AnswerTable {
    rows: Vec<AnswerRow>,
    with_not_applicable: bool,
    with_too_early: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AnswerRow {
    step: String,
    answered: usize,
    asked: usize,
    not_applicable: usize,
    too_early: usize,
}

pub(super) fn table(checklist: &Checklist, table: &summary::ScaleTable<'_>) -> Table {
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

pub(super) fn answers(summary: &Summary<'_>) -> Option<AnswerTable> {
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

pub(super) fn definitions(checklist: &Checklist) -> Vec<Definition> {
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
