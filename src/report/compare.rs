//! Perspectives side by side, in words: the published value for programs, and the sheet that screen
//! and Markdown show. Counts have their base beside them, and nobody is ranked.

use jiff::civil::Date;
use serde::Serialize;

use super::questions::{answer_words, standing_words};
use super::sheet::{Column, Sheet};
use super::{filled, perspective_words, sentence, text, tool};
use crate::actions::EvidenceWords;
use crate::comparison::compare::{Cell, Comparison, Outcome, Row, Unlike, View, progress};
use crate::model::assessment::{Entry, Status};
use crate::model::checklist::Question;
use crate::model::period::long_date;
use crate::model::standing::{Asked, Standing};
use crate::syntax::decode::line;
use crate::text::{count, join_words, once_each, one_line};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// So many columns of views stand in one table; partnerships with more agencies get more tables,
/// because neither a screen nor a page is as wide as that.
const MOST_COLUMNS: usize = 4;

/// The perspectives side by side: the published value.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
struct CountPart {
    what: &'static str,
    words: &'static str,
    questions: usize,
    /// The questions that are shown: the base of the count.
    of: usize,
}

/// A question with what every view says of it.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
struct AgreedPart {
    standing: &'static str,
    value: Option<String>,
    words: String,
    reason: Option<String>,
    dissent: Option<String>,
}

/// How far a view is with a step.
#[derive(Debug, Serialize)]
struct ProgressPart {
    perspective: String,
    name: String,
    step: String,
    answered: usize,
    asked: usize,
}

/// A perspective of which there is no assessment.
#[derive(Debug, Serialize)]
struct AbsentPart {
    perspective: String,
    name: String,
}

/// Which questions are shown in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All of them.
    All,
    /// Those in which views differ.
    Differences,
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
        status: match assessment.status.value {
            Status::Draft => "draft",
            Status::Final => "final",
        },
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

/// Lays out the perspectives side by side: the matrix, who has not answered, the agenda.
pub(crate) fn sheet(perspectives: &Perspectives, shown: Shown) -> Sheet {
    let Perspectives { partnership, period, .. } = perspectives;
    let mut sheet = Sheet::new(format!("Perspectives side by side: {partnership}, {period}"));
    sheet.markings.clone_from(&perspectives.markings);
    opening(&mut sheet, perspectives);
    matrix(&mut sheet, perspectives, shown);
    if shown == Shown::All {
        open_steps(&mut sheet, perspectives);
    }
    agenda(&mut sheet, perspectives);
    not_comparable(&mut sheet, perspectives);
    sheet.made_from = made_from(perspectives);
    sheet
}

/// Whose views they are, and what they come to in counts.
fn opening(sheet: &mut Sheet, perspectives: &Perspectives) {
    let names: Vec<&str> = perspectives.views.iter().map(|view| view.name.as_str()).collect();
    let views = count(names.len(), "view");
    let agreed = match &perspectives.agreed {
        Some(_) => " The agreed assessment is shown beside them and is not counted as a view.",
        None => "",
    };
    let only = match &perspectives.step {
        Some(step) => format!(" Only step {step} is shown."),
        None => String::new(),
    };
    sheet.sentence(format!("{views}: {}.{agreed}{only}", join_words(&names, "and")));
    let line = |part: &CountPart| {
        format!("{}: {} of {}", part.words, part.questions, count(part.of, "question"))
    };
    sheet.list(perspectives.counts.iter().map(line).collect());
}

fn matrix(sheet: &mut Sheet, perspectives: &Perspectives, shown: Shown) {
    let is_shown = |question: &&QuestionPart| match shown {
        Shown::All => true,
        Shown::Differences => question.outcome == "differ",
    };
    let questions: Vec<&QuestionPart> = perspectives.questions.iter().filter(is_shown).collect();
    if questions.is_empty() {
        return;
    }
    sheet.heading(2, if shown == Shown::All { "Questions" } else { "Differences" });
    let columns = columns(perspectives, &questions);
    let tables = columns.len().div_ceil(MOST_COLUMNS);
    for columns in columns.chunks(columns.len().div_ceil(tables)) {
        let mut header = vec![("Question", Column::Prose)];
        header.extend(columns.iter().map(|(title, _)| (title.as_str(), Column::Phrase)));
        let row = |(index, question): (usize, &&QuestionPart)| {
            let name = format!("{} {}", question.id, question.title);
            let cells = columns.iter().map(|(_, cells)| cells[index].clone());
            std::iter::once(name).chain(cells).collect()
        };
        sheet.table(&header, questions.iter().enumerate().map(row).collect());
    }
}

/// The columns of the matrix, each with its title and a cell for every question: the views, what they
/// come to, and what was agreed.
fn columns(perspectives: &Perspectives, questions: &[&QuestionPart]) -> Vec<(String, Vec<String>)> {
    let of_view = |(index, view): (usize, &ViewPart)| {
        let cell = |question: &&QuestionPart| question.answers[index].words.clone();
        (view.name.clone(), questions.iter().map(cell).collect())
    };
    let mut columns: Vec<(String, Vec<String>)> =
        perspectives.views.iter().enumerate().map(of_view).collect();
    let outcome = |question: &&QuestionPart| question.words.clone();
    columns.push(("Views".to_owned(), questions.iter().map(outcome).collect()));
    let agreed = |question: &&QuestionPart| {
        question.agreed.as_ref().map(|agreed| agreed.words.clone()).unwrap_or_default()
    };
    if let Some(view) = &perspectives.agreed {
        columns.push((view.name.clone(), questions.iter().map(agreed).collect()));
    }
    columns
}

/// Who has not answered which step, in the order of the views.
fn open_steps(sheet: &mut Sheet, perspectives: &Perspectives) {
    let open_words = |part: &ProgressPart| match part.answered {
        0 => format!("none of {} in step {}", part.asked, part.step),
        some => format!("{some} of {} in step {}", part.asked, part.step),
    };
    let of_view = |view: &ViewPart| {
        let own = perspectives.progress.iter().filter(|part| part.perspective == view.perspective);
        let open = own.filter(|part| part.answered < part.asked);
        let open: Vec<String> = open.map(open_words).collect();
        (!open.is_empty()).then(|| format!("{}: {}", view.name, open.join(", ")))
    };
    let open: Vec<String> = perspectives.views.iter().filter_map(of_view).collect();
    sheet.heading(2, "Not answered yet");
    if open.is_empty() {
        sheet.sentence("Every view that is here has answered every question that it is asked.");
    } else {
        sheet.sentence("Questions answered so far, in the steps that are not complete:");
    }
    sheet.list(open);
    let absent: Vec<&str> = perspectives.absent.iter().map(|own| own.name.as_str()).collect();
    if !absent.is_empty() {
        sheet.sentence(format!("No assessment is here from {}.", join_words(&absent, "and")));
    }
}

fn agenda(sheet: &mut Sheet, perspectives: &Perspectives) {
    sheet.heading(2, "Agenda");
    if perspectives.agenda.is_empty() {
        sheet.sentence("No views differ, as far as they are given.");
        return;
    }
    let questions = count(perspectives.agenda.len(), "question");
    sheet.sentence(format!("Views differ on {questions}; the widest difference comes first."));
    let find = |id: &String| perspectives.questions.iter().find(|question| question.id == *id);
    for question in perspectives.agenda.iter().filter_map(find) {
        agenda_item(sheet, question);
    }
}

/// One point of the agenda: the question in full, and each side in its own words.
fn agenda_item(sheet: &mut Sheet, question: &QuestionPart) {
    sheet.heading(3, heading(question));
    if question.title != question.ask {
        sheet.sentence(&question.ask);
    }
    sheet.list(question.points.clone());
    for answer in question.answers.iter().filter(|answer| is_given(answer.standing)) {
        side(sheet, answer);
    }
    let open = question.answers.iter().filter(|answer| answer.standing == "not-yet");
    let open: Vec<&str> = open.map(|answer| answer.name.as_str()).collect();
    if !open.is_empty() {
        sheet.sentence(format!("No view yet: {}.", join_words(&open, "and")));
    }
    if let Some(agreed) = question.agreed.as_ref().filter(|agreed| is_given(agreed.standing)) {
        sheet.heading(4, format!("Agreed: {}", agreed.words));
        if let Some(reason) = &agreed.reason {
            sheet.quote("What settled the difference", reason);
        }
        if let Some(dissent) = &agreed.dissent {
            sheet.quote("Disagreement that remains", dissent);
        }
    }
}

/// The question, and what its views come to. A question without a title ends with its own sign.
fn heading(question: &QuestionPart) -> String {
    let QuestionPart { id, title, words, .. } = question;
    match title.ends_with(['?', '.', '!']) {
        true => format!("{id} {title} {words}"),
        false => format!("{id} {title}: {words}"),
    }
}

fn is_given(standing: &str) -> bool {
    ["rated", "answered", "not-applicable", "too-early"].contains(&standing)
}

/// One side of a difference, with what it rests on.
fn side(sheet: &mut Sheet, answer: &AnswerPart) {
    sheet.heading(4, format!("{}: {}", answer.name, answer.words));
    match &answer.reasons {
        Some(reasons) => sheet.quote("Reasons", reasons),
        None => sheet.sentence("No reasons are given."),
    }
    match answer.evidence.len() {
        0 => sheet.sentence("No evidence is named."),
        pieces => {
            sheet.sentence(format!("{} of evidence:", count(pieces, "piece")));
            sheet.list(answer.evidence.clone());
        }
    }
    if let Some(remaining) = &answer.remaining {
        sheet.quote("What remains", remaining);
    }
    if let Some(day) = &answer.review_by {
        sheet.sentence(format!("Looked at again by {}.", long(day)));
    }
}

/// The questions whose wording or scale is not the same for all views, with what each was asked.
fn not_comparable(sheet: &mut Sheet, perspectives: &Perspectives) {
    let is_unlike = |question: &&QuestionPart| question.outcome == "not-comparable";
    let mut unlike = perspectives.questions.iter().filter(is_unlike).peekable();
    if unlike.peek().is_none() {
        return;
    }
    sheet.heading(2, "Not comparable");
    sheet.sentence(
        "The views answered other words or on other scales, so it cannot be said whether they agree.",
    );
    for question in unlike {
        sheet.heading(3, heading(question));
        let line = |answer: &AnswerPart| match &answer.wording {
            Some(wording) => format!("{}, {}: {wording}", answer.name, answer.words),
            None => format!("{}: {}", answer.name, answer.words),
        };
        let asked = question
            .answers
            .iter()
            .filter(|answer| is_given(answer.standing) || answer.standing == "not-yet");
        sheet.list(asked.map(line).collect());
    }
}

/// A date as people read it; programs get it as files write it.
fn long(written: &str) -> String {
    written.parse::<Date>().map_or_else(|_| written.to_owned(), long_date)
}

fn made_from(perspectives: &Perspectives) -> Vec<String> {
    let view = |view: &ViewPart| {
        let assessor = view.assessor.iter().map(|role| format!(", by {role}"));
        let as_at = view.as_at.iter().map(|day| format!(", as at {}", long(day)));
        let edition = view.edition.iter().map(|own| format!(", edition {own}"));
        let facts: String = assessor.chain(as_at).collect();
        let edition: String = edition.collect();
        sentence(&format!(
            "{}: {}, {}{facts}; checklist {}{edition}",
            view.name, view.file, view.status, view.checklist
        ))
    };
    let mut lines: Vec<String> =
        perspectives.views.iter().chain(&perspectives.agreed).map(view).collect();
    lines.extend(perspectives.attribution.iter().cloned());
    lines.push(format!("Made with {}", perspectives.tool));
    lines
}
