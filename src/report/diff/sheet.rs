//! The sheet of what moved: remarks, questions, steps, actions, and what each side was made from.

use super::{ActionMove, FactMove, Moves, QuestionMove, SideWords, StepMove};
use crate::comparison::diff::Diff;
use crate::model::assessment::Status;
use crate::report::sheet::{Column, Sheet};
use crate::report::to_line;
use crate::syntax::decode::line;

/// Lays out what moved.
pub(crate) fn sheet(moves: &Moves, diff: &Diff<'_>) -> Sheet {
    let mut sheet = Sheet::new(heading(moves));
    sheet.markings = markings(diff);
    for sentence in &moves.opening {
        sheet.sentence(sentence);
    }
    if !moves.remarks.is_empty() {
        sheet.heading(2, "Worth a second look");
        sheet.list(moves.remarks.iter().map(|remark| remark.words.clone()).collect());
    }
    sheet.heading(2, "Questions");
    match moves.questions.is_empty() {
        true => sheet.sentence("No question moved, and no evidence came or went."),
        false => question_parts(&mut sheet, &moves.questions),
    }
    if !moves.context.is_empty() {
        sheet.heading(2, "Context questions");
        question_parts(&mut sheet, &moves.context);
    }
    if !moves.steps.is_empty() {
        sheet.heading(2, "Steps");
        step_parts(&mut sheet, &moves.steps);
    }
    sheet.heading(2, "Actions");
    match moves.actions.is_empty() {
        true => sheet.sentence("Nothing happened to any action."),
        false => action_parts(&mut sheet, &moves.actions),
    }
    if !moves.whole.is_empty() {
        sheet.heading(2, "The whole");
        let row = |fact: &FactMove| vec![fact.what.to_owned(), fact.was.clone(), fact.is.clone()];
        let header = [("What", Column::Word), ("Was", Column::Prose), ("Is", Column::Prose)];
        sheet.table(&header, moves.whole.iter().map(row).collect());
    }
    sheet.made_from = made_from(moves, diff);
    sheet
}

fn heading(moves: &Moves) -> String {
    let Moves { old, new, .. } = moves;
    let ends = |old: &str, new: &str| match old == new {
        true => new.to_owned(),
        false => format!("{old} to {new}"),
    };
    format!(
        "What moved: {}, {}, {}",
        ends(&old.partnership, &new.partnership),
        ends(&old.period, &new.period),
        ends(&old.perspective, &new.perspective).to_lowercase()
    )
}

fn markings(diff: &Diff<'_>) -> Vec<String> {
    let mut markings: Vec<String> = [diff.old, diff.new]
        .iter()
        .filter_map(|side| side.workspace.and_then(|own| line(&own.marking)))
        .collect();
    markings.dedup();
    let is_draft = diff.new.assessment.status.value == Status::Draft;
    markings.extend(is_draft.then(|| "Draft".to_owned()));
    markings
}

fn question_parts(sheet: &mut Sheet, questions: &[QuestionMove]) {
    let header = [
        ("Question", Column::Prose),
        ("Was", Column::Prose),
        ("Is", Column::Prose),
        ("Movement", Column::Prose),
        ("Evidence", Column::Prose),
    ];
    let row = |question: &QuestionMove| {
        vec![
            format!("{} {}", question.id, question.title),
            question.was.clone(),
            question.is.clone(),
            question.words.clone(),
            evidence_words(question),
        ]
    };
    sheet.table(&header, questions.iter().map(row).collect());
    for question in questions {
        details(sheet, question);
    }
}

fn evidence_words(question: &QuestionMove) -> String {
    let number = |items: &[String], what: &str| {
        (!items.is_empty()).then(|| format!("{} {what}", items.len()))
    };
    let words: Vec<String> = [
        number(&question.evidence_added, "added"),
        number(&question.evidence_withdrawn, "withdrawn"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if words.is_empty() { "Same".to_owned() } else { words.join(", ") }
}

/// What a table has no room for: wordings, reasons and evidence by name.
fn details(sheet: &mut Sheet, question: &QuestionMove) {
    let has_details = question.is_stale
        || question.reasons.is_some()
        || question.new_wording.is_some()
        || !question.evidence_added.is_empty()
        || !question.evidence_withdrawn.is_empty();
    if !has_details {
        return;
    }
    sheet.heading(3, format!("{} {}: {}", question.id, question.title, lower(&question.words)));
    if let (Some(old), Some(new)) = (&question.old_wording, &question.new_wording) {
        sheet.list(vec![format!("It asked: {old}"), format!("It asks now: {new}")]);
    }
    if question.is_stale {
        sheet.sentence(
            "The two answers are to different wordings of the question, or to different scales.",
        );
    }
    if let Some(reasons) = &question.reasons {
        sheet.quote("Reasons given now", reasons);
    }
    let items = |label: &str, items: &[String]| {
        items.iter().map(|item| format!("{label}: {item}")).collect::<Vec<_>>()
    };
    let mut evidence = items("Evidence added", &question.evidence_added);
    evidence.extend(items("Evidence withdrawn", &question.evidence_withdrawn));
    sheet.list(evidence);
}

/// The words with a small first letter, to stand within a line.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

fn step_parts(sheet: &mut Sheet, steps: &[StepMove]) {
    let header = [
        ("Step", Column::Prose),
        ("Derived", Column::Prose),
        ("Opinion", Column::Prose),
        ("Words", Column::Word),
    ];
    let ends = |was: &str, is: &str| match was == is {
        true => is.to_owned(),
        false => format!("{is}; it was {}", lower(was)),
    };
    let row = |step: &StepMove| {
        vec![
            format!("{}. {}", step.id, step.title),
            ends(&step.derived_was, &step.derived_is),
            ends(&step.assurance_was, &step.assurance_is),
            if step.has_new_words { "Changed" } else { "Same" }.to_owned(),
        ]
    };
    sheet.table(&header, steps.iter().map(row).collect());
    for step in steps {
        if let Some(words) = &step.words {
            sheet.quote(format!("On step {} now", step.id), words);
        }
    }
}

fn action_parts(sheet: &mut Sheet, actions: &[ActionMove]) {
    let header = [
        ("Action", Column::Word),
        ("Task", Column::Prose),
        ("What happened", Column::Prose),
        ("Lead", Column::Prose),
    ];
    let row = |action: &ActionMove| {
        vec![
            action.id.clone(),
            action.task.clone(),
            in_one_line(&action.events),
            action.lead.clone(),
        ]
    };
    sheet.table(&header, actions.iter().map(row).collect());
}

/// Several events as one line: only the first begins with a capital.
fn in_one_line(events: &[String]) -> String {
    let rest = events.iter().skip(1).map(|event| lower(event));
    events.iter().take(1).cloned().chain(rest).collect::<Vec<_>>().join("; ")
}

fn made_from(moves: &Moves, diff: &Diff<'_>) -> Vec<String> {
    let side = |label: &str, side: &SideWords| {
        format!(
            "{label}: {}, {}, {}, {}{}; checklist {}{}",
            side.file.as_deref().unwrap_or_default(),
            side.period,
            side.perspective,
            side.status.to_lowercase(),
            side.as_at.as_ref().map_or(String::new(), |date| format!(", as at {date}")),
            side.checklist,
            if side.edition.is_empty() {
                String::new()
            } else {
                format!(", edition {}", side.edition)
            }
        )
    };
    let mut lines = vec![side("Before", &moves.old), side("Now", &moves.new)];
    let mut attributions: Vec<String> = Vec::new();
    for attribution in diff.new.checklist.attribution.iter().chain(&diff.old.checklist.attribution)
    {
        let attribution = to_line(attribution);
        if !attributions.contains(&attribution) {
            attributions.push(attribution);
        }
    }
    lines.extend(attributions);
    lines.push(format!("Made with {}", moves.tool));
    lines
}
