//! What a person may want to change in an assessment: every kind of change, with awkward texts.

use super::dice::Dice;
use super::field::{CONTEXT, QUESTIONS, STEPS};
use crate::change::{self, NewAction, NewEvidence, Subject};
use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::syntax::edit::Edit;

const TEXTS: [&str; 50] = [
    "Seen in two audits.",
    "plan: agreed",
    "point #3",
    "a # no comment",
    "# no comment",
    "\"quoted\" start",
    "it's 'so'",
    "- a dash",
    "-",
    "no",
    "Yes",
    "1.10",
    "0x1F",
    "12:30",
    "null",
    "~",
    "😀 a face",
    "a\u{a0}space that holds",
    "\u{a0}",
    "| bar",
    "> more",
    "{a: b}",
    "[draft] plan, of 2026",
    "*bold*",
    "&anchor",
    "!tag",
    "@at",
    "`code`",
    "% sign",
    "ends with a colon:",
    "tab\there",
    "C:\\plans\\new",
    "? what",
    "...",
    "---",
    "'",
    "\"",
    "a, b",
    "=",
    "<<",
    " a space first",
    "\u{200b}nothing to see",
    "a\rb",
    "A long line that goes on beyond what fits on a screen, since nobody stops to write it: \
     all of it, in one breath, and # more",
    "Two\nlines",
    "One.\n\n- a\n- b: c\n\n# heading\n\nThe end.\n",
    "  further in\nthan this",
    "a\n   b\n \nc  \nd",
    "a\r\nb\r\n\r\n",
    "---\n...\n\"open\n{[",
];

/// The changes that come of one wish; nothing where it does not fit the file.
pub(super) fn make(
    dice: &mut Dice,
    assessment: &Assessment,
    checklist: &Checklist,
) -> Result<Vec<Edit>, String> {
    let question = dice.one_of(&QUESTIONS);
    let on_question = change::subject(checklist, question)?;
    let context = change::subject(checklist, dice.one_of(&CONTEXT))?;
    let step = change::subject(checklist, &format!("step:{}", dice.one_of(&STEPS)))?;
    let whole = Subject::Whole;
    let ids: Vec<&str> = assessment
        .all_actions()
        .filter_map(|(_, action)| action.id.value().map(String::as_str))
        .collect();
    let id = dice.one_of(if ids.is_empty() { &["A-01"] } else { &ids });
    match dice.below(20) {
        0..=2 => {
            let rating = dice.one_of(&["amber", "green", "RED", "not-applicable", ""]);
            change::set(checklist, on_question, "rating", rating)
        }
        3..=6 => set(
            dice,
            checklist,
            on_question,
            &[
                "because",
                "because",
                "remaining",
                "reason",
                "dissent",
                "notes",
                "review-by",
                "wording",
                "views.self",
                "views.police",
            ],
        ),
        7 => set(dice, checklist, context, &["answer", "answer", "answer", "notes"]),
        8 => set(dice, checklist, step, &["summary", "assurance", "notes"]),
        9 => set(
            dice,
            checklist,
            whole,
            &["assessor", "as-at", "status", "covers", "summary", "assurance", "notes"],
        ),
        10 => {
            let on = dice.one_of(&[on_question, on_question, context]);
            Ok(vec![change::add_evidence(checklist, on, &evidence(dice))?])
        }
        11 | 12 => Ok(vec![change::add_evidence(checklist, on_question, &evidence(dice))?]),
        13 => Ok(vec![change::add_action_evidence(assessment, id, &evidence(dice))?]),
        14 | 15 => {
            let on = dice.one_of(&[on_question, on_question, step, whole]);
            Ok(vec![change::add_action(checklist, on, &action(dice, &ids))])
        }
        16 | 17 => update(dice, assessment, id),
        18 => {
            let evidence = evidence(dice);
            change::close_action(assessment, id, &evidence, Some("2026-12-10"))
        }
        _ => match dice.falls(50) {
            true => {
                let Subject::Question(question) = on_question else { unreachable!("it is one") };
                Ok(vec![change::confirm(checklist, question)])
            }
            false => {
                let (_, action) = change::find_action(assessment, id)?;
                let mut carried = action.clone();
                if let crate::syntax::decode::Given::Read(id) = &mut carried.id {
                    id.value = "A-80".to_owned();
                }
                Ok(vec![change::carry(checklist, step, assessment, &carried, "2025-26 Q4/A-80")])
            }
        },
    }
}

/// A text as the key asks.
fn text_for(dice: &mut Dice, name: &str) -> String {
    let text = match name {
        "review-by" | "as-at" | "due" | "closed" | "response.date" => "2027-01-29",
        "wording" => "8c1f2b",
        "views.self" | "views.police" => "amber",
        "status" => "final",
        "assurance" => "not-assured",
        "covers" => dice.one_of(&["1, 3", "6", "1,3,6"]),
        "carried-from" => "2025-26 Q4/A-70",
        "response.said" => "accepted",
        _ => dice.one_of(&TEXTS),
    };
    if dice.falls(12) { String::new() } else { text.to_owned() }
}

fn set(
    dice: &mut Dice,
    checklist: &Checklist,
    subject: Subject<'_>,
    names: &[&str],
) -> Result<Vec<Edit>, String> {
    let name = dice.one_of(names);
    change::set(checklist, subject, name, &text_for(dice, name))
}

fn update(dice: &mut Dice, assessment: &Assessment, id: &str) -> Result<Vec<Edit>, String> {
    let name = dice.one_of(&[
        "task",
        "lead",
        "due",
        "status",
        "success",
        "response.said",
        "response.date",
        "response.reason",
        "impact",
        "review-by",
        "closed",
        "carried-from",
        "covers",
        "notes",
    ]);
    let text = if name == "status" { "done".to_owned() } else { text_for(dice, name) };
    // An action is not left without its task.
    let text = if name == "task" && text.is_empty() { "Do it".to_owned() } else { text };
    Ok(vec![change::update_action(assessment, id, name, &text)?])
}

fn evidence(dice: &mut Dice) -> NewEvidence {
    let mut given = |text: &str| dice.falls(30).then(|| text.to_owned());
    let (method, date, review_by) = (given("audit"), given("2026-06-11"), given("2027-06-30"));
    NewEvidence {
        source: dice.one_of(&TEXTS).to_owned(),
        method,
        date,
        voices: ["children", "families"][..dice.below(3)].iter().map(|v| (*v).to_owned()).collect(),
        says: dice.falls(30).then(|| dice.one_of(&TEXTS).to_owned()),
        review_by,
        restricted: dice.falls(20),
    }
}

fn action(dice: &mut Dice, ids: &[&str]) -> NewAction {
    let mut given = |text: &str| dice.falls(60).then(|| text.to_owned());
    let (lead, due, status) = (given("Police"), given("2026-12-18"), given("open"));
    NewAction {
        id: change::next_id(ids.iter().copied()),
        task: dice.one_of(&TEXTS).to_owned(),
        lead,
        due,
        status,
        success: dice.falls(30).then(|| dice.one_of(&TEXTS).to_owned()),
        covers: QUESTIONS[..dice.below(3)].iter().map(|id| (*id).to_owned()).collect(),
    }
}
