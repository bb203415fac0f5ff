//! Perspectives side by side, in words: the published value for programs, and the sheet that screen
//! and Markdown show. Counts have their base beside them, and nobody is ranked.

mod sheet;

use serde::{Deserialize, Serialize};

use super::questions::{answer_words, standing_words};
use super::{filled, perspective_words, text, tool};
use crate::actions::EvidenceWords;
use crate::comparison::compare::{Cell, Comparison, Outcome, Row, Unlike, View, progress};
use crate::model::assessment::Entry;
use crate::model::checklist::Question;
use crate::model::standing::{Asked, Standing};
use crate::syntax::decode::line;
use crate::text::{once_each, one_line};

pub(crate) use sheet::{Shown, sheet};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// The perspectives side by side: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Perspectives {
    version: u32,
    tool: String,
    partnership: String,
    period: String,
    /// The only step that is shown, where one was asked for.
    step: Option<String>,
    markings: Vec<String>,
    views: Vec<ViewPart>,
    agreed: Option<ViewPart>,
    counts: Vec<CountPart>,
    questions: Vec<QuestionPart>,
    /// The ids of the questions in which views differ, the widest difference first.
    agenda: Vec<String>,
    progress: Vec<ProgressPart>,
    /// The perspectives that the workspace lists and of which there is no assessment here.
    absent: Vec<AbsentPart>,
    attribution: Vec<String>,
}

/// One assessment.
#[derive(Debug, Serialize, Deserialize)]
struct ViewPart {
    perspective: String,
    name: String,
    assessor: Option<String>,
    status: &'static str,
    as_at: Option<String>,
    checklist: String,
    edition: Option<String>,
    file: String,
}

/// How many questions come to the same.
#[derive(Debug, Serialize, Deserialize)]
struct CountPart {
    what: &'static str,
    words: &'static str,
    questions: usize,
    /// The questions that are shown: the base of the count.
    of: usize,
}

/// A question with what every view says of it.
#[derive(Debug, Serialize, Deserialize)]
struct QuestionPart {
    id: String,
    title: String,
    step: Option<String>,
    ask: String,
    points: Vec<String>,
    outcome: &'static str,
    /// How many places of the scale lie between the best and the worst rating.
    distance: Option<usize>,
    words: String,
    answers: Vec<AnswerPart>,
    agreed: Option<AgreedPart>,
}

/// What a view says of a question.
#[derive(Debug, Serialize, Deserialize)]
struct AnswerPart {
    perspective: String,
    name: String,
    standing: &'static str,
    /// The value of the scale, as files write it.
    value: Option<String>,
    words: String,
    reasons: Option<String>,
    evidence: Vec<String>,
    remaining: Option<String>,
    review_by: Option<String>,
    /// The words that this view answered, where the views answered different ones.
    wording: Option<String>,
}

/// What was agreed on a question.
#[derive(Debug, Serialize, Deserialize)]
struct AgreedPart {
    standing: &'static str,
    value: Option<String>,
    words: String,
    reason: Option<String>,
    dissent: Option<String>,
}

/// How far a view is with a step.
#[derive(Debug, Serialize, Deserialize)]
struct ProgressPart {
    perspective: String,
    name: String,
    step: String,
    answered: usize,
    asked: usize,
}

/// A perspective of which there is no assessment.
#[derive(Debug, Serialize, Deserialize)]
struct AbsentPart {
    perspective: String,
    name: String,
}

impl Perspectives {
    /// Puts a comparison into words. `step` is the only one that was kept, where one was asked for.
    pub(crate) fn of(comparison: &Comparison<'_>, step: Option<&str>) -> Self {
        let first = comparison.views.first().map(|view| view.side.assessment);
        let everyone = || comparison.views.iter().chain(&comparison.agreed);
        let period = first.and_then(|first| first.period.value());
        let is_shown = |part: &ProgressPart| step.is_none_or(|step| part.step == step);
        let question = |row: &Row<'_>| question_part(row, &comparison.views);
        let markings = everyone().filter_map(|view| line(&view.side.workspace?.marking));
        let attribution = everyone().flat_map(|view| &view.side.checklist.attribution);
        Perspectives {
            version: VERSION,
            tool: tool(),
            partnership: first.and_then(|first| line(&first.partnership)).unwrap_or_default(),
            period: period.map(|period| period.name.clone()).unwrap_or_default(),
            step: step.map(str::to_owned),
            markings: once_each(markings),
            views: comparison.views.iter().map(view_part).collect(),
            agreed: comparison.agreed.as_ref().map(view_part),
            counts: counts(&comparison.rows),
            questions: comparison.rows.iter().map(question).collect(),
            agenda: comparison
                .agenda
                .iter()
                .map(|index| comparison.rows[*index].question.id.value.clone())
                .collect(),
            progress: comparison.views.iter().flat_map(progress_parts).filter(is_shown).collect(),
            absent: comparison.absent.iter().map(|whose| absent_part(whose, comparison)).collect(),
            attribution: once_each(attribution.map(|own| one_line(own))),
        }
    }
}

fn name(view: &View<'_>) -> String {
    perspective_words(&view.perspective, view.side.workspace)
}

fn absent_part(whose: &str, comparison: &Comparison<'_>) -> AbsentPart {
    let workspace = comparison.views.iter().find_map(|view| view.side.workspace);
    AbsentPart { perspective: whose.to_owned(), name: perspective_words(whose, workspace) }
}

fn view_part(view: &View<'_>) -> ViewPart {
    let assessment = view.side.assessment;
    ViewPart {
        perspective: view.perspective.clone(),
        name: name(view),
        assessor: line(&assessment.assessor),
        status: assessment.status.value.word(),
        as_at: assessment.as_at.value().map(ToString::to_string),
        checklist: view.side.checklist.id.value.clone(),
        edition: filled(&view.side.checklist.edition),
        file: view.side.file.to_owned(),
    }
}

fn progress_parts(view: &View<'_>) -> Vec<ProgressPart> {
    let part = |own: crate::comparison::compare::Progress<'_>| ProgressPart {
        perspective: view.perspective.clone(),
        name: name(view),
        step: own.step.id.value.clone(),
        answered: own.answered,
        asked: own.asked,
    };
    progress(view).into_iter().map(part).collect()
}

/// The word for an outcome that programs read.
fn outcome_word(outcome: Outcome<'_>) -> &'static str {
    match outcome {
        Outcome::Agree { .. } => "agree",
        Outcome::AgreeSoFar { .. } => "agree-so-far",
        Outcome::Apart { .. } | Outcome::Applies | Outcome::Answers => "differ",
        Outcome::Open { .. } => "open",
        Outcome::Alone => "one-view",
        Outcome::Prose => "text",
        Outcome::NotComparable(_) => "not-comparable",
    }
}

/// How many questions come to what, in an order of its own; what no question comes to is left out.
fn counts(rows: &[Row<'_>]) -> Vec<CountPart> {
    const WORDS: [(&str, &str); 7] = [
        ("agree", "All views agree"),
        ("agree-so-far", "Agree so far, not all views given"),
        ("differ", "Views differ"),
        ("open", "Fewer than two views given"),
        ("one-view", "Asked of one view only"),
        ("text", "Text, not compared"),
        ("not-comparable", "Not comparable"),
    ];
    let of = rows.len();
    let part = |(what, words): (&'static str, &'static str)| {
        let questions = rows.iter().filter(|row| outcome_word(row.outcome) == what).count();
        (questions > 0).then_some(CountPart { what, words, questions, of })
    };
    WORDS.into_iter().filter_map(part).collect()
}

fn question_part(row: &Row<'_>, views: &[View<'_>]) -> QuestionPart {
    let question = row.question;
    let is_unlike = row.outcome == Outcome::NotComparable(Unlike::Wording);
    let answers = views.iter().zip(&row.cells).map(|(view, cell)| {
        let answer = answer_part(view, cell);
        let wording = cell.asked().filter(|_| is_unlike).map(wording_words);
        AnswerPart { wording, ..answer }
    });
    QuestionPart {
        id: question.id.value.clone(),
        title: title(question),
        step: row.step.map(|step| step.id.value.clone()),
        ask: one_line(&question.ask.value),
        points: question.points.iter().map(|point| one_line(point)).collect(),
        outcome: outcome_word(row.outcome),
        distance: match row.outcome {
            Outcome::Apart { distance, .. } => Some(distance),
            _ => None,
        },
        words: outcome_words(row.outcome, question),
        answers: answers.collect(),
        agreed: row.agreed.as_ref().map(agreed_part),
    }
}

fn title(question: &Question) -> String {
    match question.title.as_str() {
        "" => one_line(&question.ask.value),
        title => one_line(title),
    }
}

/// The words that an answer is to. Of an earlier wording only the fingerprint is known.
fn wording_words(asked: &Asked<'_>) -> String {
    let pinned = asked.entry.and_then(|entry| entry.wording.value()).map(|own| one_line(own));
    let now = asked.question.wording();
    let points: Vec<String> = asked.question.points.iter().map(|point| one_line(point)).collect();
    match pinned.filter(|own| !own.is_empty() && !own.eq_ignore_ascii_case(&now)) {
        Some(own) => format!("An earlier wording, which this checklist no longer has ({own})"),
        None if points.is_empty() => one_line(&asked.question.ask.value),
        None => format!("{} {}", one_line(&asked.question.ask.value), points.join("; ")),
    }
}

/// What the views of a question come to, in a few words.
fn outcome_words(outcome: Outcome<'_>, question: &Question) -> String {
    let given = if question.is_rated() { "rated" } else { "answered" };
    match outcome {
        Outcome::Agree { .. } => "Agree".to_owned(),
        Outcome::AgreeSoFar { rated, of } => format!("Agree so far ({rated} of {of} {given})"),
        Outcome::Apart { best, worst, .. } => format!("{} against {}", best.label, worst.label),
        Outcome::Applies => "Differ on whether it applies".to_owned(),
        Outcome::Answers => "Answers differ".to_owned(),
        Outcome::Open { rated, of } => format!("{rated} of {of} {given}"),
        Outcome::Alone => "Asked of one view only".to_owned(),
        Outcome::Prose => "Text, not compared".to_owned(),
        Outcome::NotComparable(Unlike::Wording) => "Not comparable: other words".to_owned(),
        Outcome::NotComparable(Unlike::Scale) => "Not comparable: other scale".to_owned(),
    }
}

fn answer_part(view: &View<'_>, cell: &Cell<'_>) -> AnswerPart {
    let asked = cell.asked();
    let entry = asked.and_then(|asked| asked.entry);
    let given = |field: fn(&Entry) -> Option<String>| entry.and_then(field);
    let (standing, value, words) = cell_words(cell);
    let is_text = asked.is_some_and(|asked| asked.standing == Standing::Answered);
    let prose = entry
        .filter(|_| is_text)
        .and_then(|entry| answer_words(asked.map(|asked| asked.question), entry).0);
    let evidence = entry.into_iter().flat_map(|entry| &entry.evidence);
    AnswerPart {
        perspective: view.perspective.clone(),
        name: name(view),
        standing,
        value,
        words,
        reasons: prose.or_else(|| given(|entry| text(&entry.because))),
        evidence: evidence.map(|item| EvidenceWords::of(view.side.assessment, item).name).collect(),
        remaining: given(|entry| text(&entry.remaining)),
        review_by: entry.and_then(|entry| entry.review_by.value()).map(ToString::to_string),
        wording: None,
    }
}

fn agreed_part(cell: &Cell<'_>) -> AgreedPart {
    let entry = cell.asked().and_then(|asked| asked.entry);
    let (standing, value, words) = cell_words(cell);
    AgreedPart {
        standing,
        value,
        words,
        reason: entry.and_then(|entry| text(&entry.reason)),
        dissent: entry.and_then(|entry| text(&entry.dissent)),
    }
}

/// Where a question stands: the word that programs read, the value of the scale, and the words that
/// people read.
fn cell_words(cell: &Cell<'_>) -> (&'static str, Option<String>, String) {
    let asked = match cell {
        Cell::Lacking => return ("not-in-checklist", None, "Not in its checklist".to_owned()),
        Cell::NotCovered => return ("not-covered", None, "Not covered".to_owned()),
        Cell::Standing(asked) => asked,
    };
    let words = standing_words(asked);
    match asked.standing {
        Standing::Rated(value) => ("rated", Some(value.value.value.clone()), words),
        Standing::Answered => {
            let short = asked.entry.and_then(|own| answer_words(Some(asked.question), own).1);
            ("answered", None, short.unwrap_or(words))
        }
        Standing::NotApplicable => ("not-applicable", None, words),
        Standing::TooEarly => ("too-early", None, "Too early".to_owned()),
        Standing::NotYet | Standing::Unreadable if asked.question.is_rated() => {
            ("not-yet", None, "Not yet rated".to_owned())
        }
        Standing::NotYet | Standing::Unreadable => ("not-yet", None, "Not yet answered".to_owned()),
        Standing::NotAsked => ("not-asked", None, words),
    }
}
