//! Many partnerships by question, in words: the published value for programs, from which the sheet and
//! the table are laid out. Nothing is here that the audience may not see.

mod rows;
mod sheet;
mod words;

use serde::{Deserialize, Serialize};

use crate::text::count;

pub(crate) use sheet::sheet;

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 2;

/// What many partnerships said: the published value. A count that is `null` is held back.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Collated {
    version: u32,
    tool: String,
    /// Internal or public.
    audience: &'static str,
    /// How partnerships are named: by names, by codes, or not at all.
    naming: &'static str,
    /// The only period that counts, where one was asked for.
    period: Option<String>,
    /// The perspective that counts, in words.
    perspective: String,
    /// The only step and the only question that are shown, where they were asked for.
    step: Option<String>,
    question: Option<String>,
    markings: Vec<String>,
    /// How many of the assessments that count are marked, where the markings are not printed.
    marked: Option<usize>,
    checklists: Vec<ChecklistPart>,
    /// How many checklists are not shown, because too few partnerships answered them.
    checklists_held_back: usize,
    left_out: Vec<LeftOutPart>,
    without: WithoutPart,
    could_not_be_used: UnusablePart,
}

/// What was said on one edition of one checklist.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct ChecklistPart {
    /// Nothing where the name would tell who is meant.
    id: Option<String>,
    title: Option<String>,
    edition: Option<String>,
    attribution: Vec<String>,
    partnerships: usize,
    drafts: Option<usize>,
    members: Vec<MemberPart>,
    periods: Vec<CountPart>,
    questions: Vec<QuestionPart>,
    all_alike: Vec<AlikePart>,
    themes: Vec<ThemePart>,
    methods: Vec<CountPart>,
    voices: Vec<CountPart>,
    actions: Vec<CountPart>,
    common_actions: Vec<CountPart>,
    local_changes: Vec<ChangePart>,
    /// How many questions are not shown, because they would tell who is meant.
    questions_not_shown: usize,
}

/// A partnership that counts.
#[derive(Debug, Serialize, Deserialize)]
struct MemberPart {
    partnership: String,
    period: String,
    perspective: String,
    status: &'static str,
    file: Option<String>,
}

/// How many partnerships something is true of.
#[derive(Debug, Serialize, Deserialize)]
struct CountPart {
    what: String,
    partnerships: Option<usize>,
    of: usize,
}

/// A question with what was said to it.
#[derive(Debug, Serialize, Deserialize)]
struct QuestionPart {
    id: String,
    title: String,
    ask: String,
    step: Option<String>,
    kind: &'static str,
    unit: Option<String>,
    answers: Vec<AnswerPart>,
    numbers: Option<NumbersPart>,
    base: Option<usize>,
    too_early: Option<usize>,
    not_rated_or_no_answer: Option<usize>,
    not_applicable: Option<usize>,
    not_asked: Option<usize>,
    counted_apart: Option<usize>,
    apart: Vec<ApartPart>,
    all_held_back: bool,
}

/// How many gave an answer.
#[derive(Debug, Serialize, Deserialize)]
struct AnswerPart {
    value: String,
    label: String,
    count: Option<usize>,
    of: Option<usize>,
    /// To one decimal; ratings have none.
    percentage: Option<f64>,
}

/// What numbers come to.
#[derive(Debug, Serialize, Deserialize)]
struct NumbersPart {
    lowest: Option<f64>,
    median: Option<f64>,
    highest: Option<f64>,
    total: Option<f64>,
}

/// Who is counted apart on a question.
#[derive(Debug, Serialize, Deserialize)]
struct ApartPart {
    why: &'static str,
    partnerships: Vec<String>,
}

/// A question of which every rating is the same.
#[derive(Debug, Serialize, Deserialize)]
struct AlikePart {
    question: String,
    label: String,
    ratings: usize,
}

/// The ratings of a theme.
#[derive(Debug, Serialize, Deserialize)]
struct ThemePart {
    theme: String,
    questions: usize,
    values: Vec<ValuePart>,
    of: usize,
}

/// How many ratings have a value.
#[derive(Debug, Serialize, Deserialize)]
struct ValuePart {
    label: String,
    ratings: usize,
}

/// What local checklists do to a question.
#[derive(Debug, Serialize, Deserialize)]
struct ChangePart {
    question: String,
    change: &'static str,
    partnerships: Vec<String>,
}

/// Assessments that do not count.
#[derive(Debug, Serialize, Deserialize)]
struct LeftOutPart {
    why: &'static str,
    files: Option<usize>,
    named: Vec<String>,
    partnerships: Vec<FilesPart>,
}

/// How many files of a partnership do not count.
#[derive(Debug, Serialize, Deserialize)]
struct FilesPart {
    partnership: String,
    files: usize,
}

/// Partnerships of which nothing counts.
#[derive(Debug, Serialize, Deserialize)]
struct WithoutPart {
    partnerships: Option<usize>,
    named: Vec<String>,
}

/// Files that could not be used.
#[derive(Debug, Serialize, Deserialize)]
struct UnusablePart {
    files: Option<usize>,
    named: Vec<String>,
}

/// A file that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unusable {
    /// The file, as shown.
    pub file: String,
    /// How many errors it has; none where they are in its checklist or its settings.
    pub errors: usize,
}

impl Unusable {
    /// Why it could not be used.
    pub(crate) fn reason(&self) -> String {
        match self.errors {
            0 => "its checklist or its settings have errors".to_owned(),
            errors => count(errors, "error"),
        }
    }
}
