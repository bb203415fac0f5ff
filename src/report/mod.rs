//! The report: everything that any format shows, already computed, in types of its own.
//!
//! Formats only lay it out, so that no two of them can disagree. The fields are what templates see;
//! `version` is raised when one changes its meaning. Short texts are plain; fields of the type
//! [`Prose`] hold the small Markdown that people write.

pub(crate) mod markdown;
mod prose;

use jiff::civil::Date;
use serde::Serialize;

use crate::actions::{self, Group, Grouping, Tracked, TrackedResponse};
use crate::model::assessment::{Answer, Assessment, Entry, Evidence, Status, StepWords};
use crate::model::checklist::{Change, Checklist, Kind, Question, Step};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::{self, Asked, Standing, Valid, read_answer};
use crate::model::workspace::Workspace;
use crate::summary::{self, Counts, RolledUp, Summary};
use crate::syntax::decode::Given;
use crate::text::one_line;

pub(crate) use prose::to_line;

/// The version of the report's fields.
const VERSION: u32 = 1;

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
    roll_up_rule: &'static str,
    definitions: Vec<Definition>,
    answers: Vec<AnswerRow>,
    not_covered: Vec<String>,
    steps: Vec<StepPart>,
    context: Vec<ContextPart>,
    plan: Vec<PlanGroup>,
    methods: Vec<Tally>,
    voices: Vec<Tally>,
    evidence_items: usize,
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
    status: &'static str,
    marking: Option<String>,
    checklist: String,
    checklist_id: String,
    edition: String,
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
    derives: bool,
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
    means: String,
}

#[derive(Debug, Serialize)]
struct AnswerRow {
    step: String,
    answered: usize,
    asked: usize,
}

#[derive(Debug, Serialize)]
struct StepPart {
    id: String,
    title: String,
    part: Option<String>,
    rolled_up: Option<String>,
    summary: Option<Prose>,
    assurance: Option<String>,
    questions: Vec<QuestionPart>,
    actions: Vec<ActionPart>,
}

#[derive(Debug, Serialize)]
struct QuestionPart {
    id: String,
    title: String,
    ask: String,
    points: Vec<String>,
    from: Option<String>,
    change: Option<String>,
    standing: String,
    is_answer: bool,
    means: Option<String>,
    answer: Option<Prose>,
    chosen: Vec<String>,
    because: Option<Prose>,
    evidence: Vec<EvidencePart>,
    remaining: Option<Prose>,
    review_by: Option<String>,
    views: Vec<View>,
    reason: Option<Prose>,
    dissent: Option<Prose>,
    actions: Vec<ActionPart>,
}

#[derive(Debug, Serialize)]
struct View {
    perspective: String,
    rating: String,
}

#[derive(Debug, Serialize)]
struct EvidencePart {
    id: Option<String>,
    source: Option<String>,
    facts: Vec<String>,
    says: Option<Prose>,
}

#[derive(Debug, Serialize)]
struct ContextPart {
    id: String,
    ask: String,
    answer: Option<Prose>,
    chosen: Vec<String>,
    standing: String,
}

/// An action in a report or a tracker.
#[derive(Clone, Debug, Serialize)]
struct ActionPart {
    id: String,
    task: String,
    lead: String,
    due: String,
    status: String,
    timing: String,
    origin: String,
    covers: String,
    success: Option<String>,
    response: Option<String>,
    evidence: usize,
    impact: Option<String>,
    review_by: Option<String>,
    carried_from: Option<String>,
    partnership: String,
    period: String,
}

#[derive(Debug, Serialize)]
struct PlanGroup {
    title: String,
    actions: Vec<ActionPart>,
}

#[derive(Debug, Serialize)]
struct Tally {
    word: String,
    items: usize,
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
    /// The assessment.
    pub assessment: &'a Assessment,
    /// Its checklist.
    pub checklist: &'a Checklist,
    /// Its workspace.
    pub workspace: Option<&'a Workspace>,
    /// The file, as shown.
    pub file: &'a str,
    /// The date on which it is judged what is overdue.
    pub as_at: Option<Date>,
    /// How many points are not done yet.
    pub unfinished: usize,
}

impl Report {
    /// Computes everything that a report shows.
    pub(crate) fn of(material: Material<'_>) -> Self {
        let Material { assessment, checklist, file, as_at, .. } = material;
        let asked = standing::stand(checklist, assessment);
        let context = standing::stand_context(checklist, assessment);
        let summary = summary::summarise(checklist, &asked);
        let tracked = actions::track(assessment, checklist, file, as_at);
        let covered = |step: &&Step| standing::covers(assessment, step);
        let steps = checklist.steps.iter().filter(covered);
        Report {
            version: VERSION,
            control: control(material),
            summary_words: text(&assessment.summary),
            assurance: line(&assessment.assurance).map(|word| capitalised(&word)),
            tables: tables(&summary),
            roll_up_rule: summary.roll_up.words(),
            definitions: definitions(checklist),
            answers: summary.answers.iter().map(answer_row).collect(),
            not_covered: checklist
                .steps
                .iter()
                .filter(|step| !covered(step))
                .map(step_name)
                .collect(),
            steps: steps
                .map(|step| step_part(material, &summary, &asked, &tracked, step))
                .collect(),
            context: context.iter().map(context_part).collect(),
            plan: plan(tracked),
            methods: methods(assessment),
            voices: voices(assessment),
            evidence_items: assessment.all_evidence().filter(|item| item.cites.is_absent()).count(),
            changes: changes(checklist),
        }
    }
}

fn text(given: &Given<String>) -> Option<Prose> {
    given.value().map(|text| text.trim().to_owned())
}

fn line(given: &Given<String>) -> Option<String> {
    given.value().map(|text| one_line(text))
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn step_name(step: &Step) -> String {
    format!("{}. {}", step.id.value, step.title)
}

fn control(material: Material<'_>) -> Control {
    let Material { assessment, checklist, workspace, file, as_at, unfinished } = material;
    let period = assessment.period.value();
    let perspective = line(&assessment.perspective).unwrap_or_default();
    let agencies = workspace.into_iter().flat_map(|own| own.partners.iter().chain(&own.agencies));
    let agency = agencies.into_iter().find(|agency| agency.id.value == perspective);
    Control {
        partnership: line(&assessment.partnership).unwrap_or_default(),
        period: period.map(|period| period.name.clone()).unwrap_or_default(),
        period_from: period.map(|period| long_date(period.from)),
        period_to: period.map(|period| long_date(period.to)),
        perspective: agency
            .map_or_else(|| capitalised(&perspective), |agency| agency.label.clone()),
        assessor: line(&assessment.assessor),
        as_at: as_at.map(long_date),
        status: match assessment.status.value {
            Status::Draft => "Draft",
            Status::Final => "Final",
        },
        marking: workspace.and_then(|workspace| line(&workspace.marking)),
        checklist: checklist.title.clone(),
        checklist_id: checklist.id.value.clone(),
        edition: checklist.edition.clone(),
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

fn tables(summary: &Summary<'_>) -> Vec<Table> {
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
    let derives = summary.roll_up != crate::model::checklist::RollUp::None;
    let table = |table: &summary::ScaleTable<'_>| Table {
        values: table.scale.values.iter().map(|value| value.label.clone()).collect(),
        rows: table
            .rows
            .iter()
            .map(|step| row(step_name(step.step), &step.counts, rolled_up_words(step.rolled_up)))
            .collect(),
        total: row("All steps".to_owned(), &table.total, "Not derived".to_owned()),
        derives,
    };
    summary.tables.iter().map(table).collect()
}

/// The value of a step in words.
pub(crate) fn rolled_up_words(rolled_up: RolledUp<'_>) -> String {
    match rolled_up {
        RolledUp::Value(value) => value.label.clone(),
        RolledUp::Open { rated, of } => format!("{rated} of {of} rated"),
        RolledUp::NotApplicable => "Not applicable".to_owned(),
        RolledUp::Underived => "Not derived".to_owned(),
    }
}

fn definitions(checklist: &Checklist) -> Vec<Definition> {
    let used = |name: &str| {
        let rated = |question: &Question| matches!(&question.kind, Kind::Rag(Some(own)) if own.value == name);
        checklist.questions().any(rated)
    };
    let scales = checklist.scales.iter().filter(|scale| used(&scale.name.value));
    let values = scales.flat_map(|scale| &scale.values);
    values
        .map(|value| Definition { label: value.label.clone(), means: one_line(&value.means) })
        .collect()
}

fn answer_row(count: &summary::AnswerCount<'_>) -> AnswerRow {
    AnswerRow { step: step_name(count.step), answered: count.answered, asked: count.asked }
}

fn step_part(
    material: Material<'_>,
    summary: &Summary<'_>,
    asked: &[Asked<'_>],
    tracked: &[Tracked],
    step: &Step,
) -> StepPart {
    let words: Option<&StepWords> =
        material.assessment.steps.iter().find(|words| words.id.value == step.id.value);
    let rows = summary.tables.iter().flat_map(|table| &table.rows);
    let row = rows.into_iter().find(|row| row.step.id.value == step.id.value);
    let questions = asked.iter().filter(|asked| {
        asked.step.is_some_and(|own| own.id.value == step.id.value)
            && asked.standing != Standing::NotAsked
    });
    let derived = row.map(|row| row.rolled_up).filter(|value| *value != RolledUp::Underived);
    StepPart {
        id: step.id.value.clone(),
        title: step.title.clone(),
        part: filled(&step.part),
        rolled_up: derived.map(rolled_up_words),
        summary: words.and_then(|words| text(&words.summary)),
        assurance: words.and_then(|words| line(&words.assurance)).map(|word| capitalised(&word)),
        questions: questions.map(|asked| question_part(material, asked, tracked)).collect(),
        actions: actions_at(tracked, &format!("step {}", step.id.value)),
    }
}

fn question_part(material: Material<'_>, asked: &Asked<'_>, tracked: &[Tracked]) -> QuestionPart {
    let question = asked.question;
    let entry = asked.entry;
    let given = |field: fn(&Entry) -> &Given<String>| entry.and_then(|entry| text(field(entry)));
    let (answer, chosen) = answer_words(question, entry);
    let own_meaning = |value: &str| {
        let mut means = question.means.iter();
        means.find(|(own, _)| own.value.eq_ignore_ascii_case(value)).map(|(_, text)| one_line(text))
    };
    QuestionPart {
        id: question.id.value.clone(),
        title: question.title.clone(),
        ask: one_line(&question.ask.value),
        points: question.points.iter().map(|point| one_line(point)).collect(),
        from: filled(&question.from),
        change: change_words(&question.change),
        standing: standing_words(asked.standing),
        is_answer: !question.is_rated(),
        means: match asked.standing {
            Standing::Rated(value) => own_meaning(&value.value.value),
            _ => None,
        },
        answer,
        chosen,
        because: given(|entry| &entry.because),
        evidence: entry
            .into_iter()
            .flat_map(|entry| &entry.evidence)
            .map(|item| evidence_part(material.assessment, item))
            .collect(),
        remaining: given(|entry| &entry.remaining),
        review_by: entry.and_then(|entry| entry.review_by.value()).map(|date| long_date(*date)),
        views: entry.map(|entry| views(material.checklist, question, entry)).unwrap_or_default(),
        reason: given(|entry| &entry.reason),
        dissent: given(|entry| &entry.dissent),
        actions: actions_at(tracked, &question.name()),
    }
}

/// Where a question stands, in words.
pub(crate) fn standing_words(standing: Standing<'_>) -> String {
    match standing {
        Standing::Rated(value) => value.label.clone(),
        Standing::Answered => "Answered".to_owned(),
        Standing::NotApplicable => "Not applicable".to_owned(),
        Standing::TooEarly => "Too early to rate".to_owned(),
        Standing::NotYet | Standing::Unreadable => "Not yet rated".to_owned(),
        Standing::NotAsked => "Not asked".to_owned(),
    }
}

/// The answer to a question that is not rated: in words, or as the choices made.
fn answer_words(question: &Question, entry: Option<&Entry>) -> (Option<Prose>, Vec<String>) {
    let Some(entry) = entry else { return (None, Vec::new()) };
    match read_answer(&question.kind, &entry.answer) {
        Ok(Valid::Text(text)) => (Some(text.trim().to_owned()), Vec::new()),
        Ok(Valid::YesNo(true)) => (None, vec!["Yes".to_owned()]),
        Ok(Valid::YesNo(false)) => (None, vec!["No".to_owned()]),
        Ok(Valid::Chosen(choices)) => {
            (None, choices.into_iter().map(|choice| choice.label.clone()).collect())
        }
        Ok(Valid::Number(_)) => {
            let Answer::One(written) = &entry.answer else { return (None, Vec::new()) };
            let unit = match &question.kind {
                Kind::Number(range) if !range.unit.is_empty() => format!(" {}", range.unit),
                _ => String::new(),
            };
            (None, vec![format!("{}{unit}", written.value.trim())])
        }
        Err(_) => (None, Vec::new()),
    }
}

fn views(checklist: &Checklist, question: &Question, entry: &Entry) -> Vec<View> {
    let label = |rating: &str| {
        let value = checklist.scale_of(question).and_then(|scale| scale.find(rating));
        value.map_or_else(|| capitalised(rating), |value| value.label.clone())
    };
    let view = |(perspective, rating): &(
        crate::source::Spanned<String>,
        crate::source::Spanned<String>,
    )| View {
        perspective: capitalised(&perspective.value),
        rating: label(rating.value.trim()),
    };
    entry.views.iter().map(view).collect()
}

fn evidence_part(assessment: &Assessment, item: &Evidence) -> EvidencePart {
    let id = item.cites.value().map(|id| one_line(id));
    let item = id.as_deref().and_then(|id| assessment.cited(id)).unwrap_or(item);
    let mut facts = Vec::new();
    facts.extend(line(&item.method).map(|method| capitalised(&method).to_lowercase()));
    facts.extend(item.date.value().map(|date| long_date(*date)));
    if !item.voices.is_empty() {
        let voices: Vec<String> =
            item.voices.iter().map(|voice| voice.value.replace('-', " ")).collect();
        facts.push(format!("voice: {}", crate::text::join_words(&voices, "and")));
    }
    facts.extend(
        item.review_by.value().map(|date| format!("to be reviewed by {}", long_date(*date))),
    );
    if item.restricted {
        facts.push("restricted".to_owned());
    }
    EvidencePart { id, source: line(&item.source), facts, says: text(&item.says) }
}

fn context_part(asked: &Asked<'_>) -> ContextPart {
    let (answer, chosen) = answer_words(asked.question, asked.entry);
    ContextPart {
        id: asked.question.id.value.clone(),
        ask: one_line(&asked.question.ask.value),
        answer,
        chosen,
        standing: match asked.standing {
            Standing::NotYet | Standing::Unreadable => "Not answered".to_owned(),
            standing => standing_words(standing),
        },
    }
}

fn actions_at(tracked: &[Tracked], origin: &str) -> Vec<ActionPart> {
    tracked.iter().filter(|action| action.origin == origin).map(action_part).collect()
}

fn action_part(action: &Tracked) -> ActionPart {
    let timing = match action.timing {
        actions::Timing::Overdue(days) => {
            format!("Overdue by {}", crate::text::count(days.unsigned_abs() as usize, "day"))
        }
        timing => timing.words().to_owned(),
    };
    ActionPart {
        id: action.id.clone(),
        task: filled(&action.task).unwrap_or_else(|| "Not stated".to_owned()),
        lead: filled(&action.lead).unwrap_or_else(|| "No lead yet".to_owned()),
        due: action.due.map_or("No date yet".to_owned(), long_date),
        status: match action.closed {
            Some(closed) => {
                format!("{} on {}", capitalised(action.status.word()), long_date(closed))
            }
            None => capitalised(action.status.word()),
        },
        timing,
        origin: action.origin.clone(),
        covers: action.covers.join(", "),
        success: filled(&action.success),
        response: action.response.as_ref().map(response_words),
        evidence: action.evidence,
        impact: filled(&action.impact),
        review_by: action.review_by.map(long_date),
        carried_from: filled(&action.carried_from),
        partnership: action.partnership.clone(),
        period: action.period.clone(),
    }
}

/// The partnership's answer in words: "Partly, 13 July 2026: the training, not the post".
fn response_words(response: &TrackedResponse) -> String {
    let said = match response.said.as_str() {
        "" => "Not stated".to_owned(),
        said => capitalised(said),
    };
    let date = response.date.map(|date| format!(", {}", long_date(date))).unwrap_or_default();
    match response.reason.as_str() {
        "" => format!("{said}{date}"),
        reason => format!("{said}{date}: {reason}"),
    }
}

fn plan(tracked: Vec<Tracked>) -> Vec<PlanGroup> {
    plan_groups(actions::group(tracked, Grouping::Timing))
}

fn plan_groups(groups: Vec<Group>) -> Vec<PlanGroup> {
    let part = |group: Group| PlanGroup {
        title: group.title,
        actions: group.actions.iter().map(action_part).collect(),
    };
    groups.into_iter().map(part).collect()
}

fn methods(assessment: &Assessment) -> Vec<Tally> {
    tally(assessment.all_evidence().filter_map(|item| item.method.value()).map(String::as_str))
}

fn voices(assessment: &Assessment) -> Vec<Tally> {
    let voices = assessment.all_evidence().flat_map(|item| &item.voices);
    tally(voices.map(|voice| voice.value.as_str()))
}

/// How often each word occurs, the most frequent first.
fn tally<'w>(words: impl Iterator<Item = &'w str>) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for word in words {
        let word = capitalised(word);
        match tallies.iter_mut().find(|tally| tally.word == word) {
            Some(tally) => tally.items += 1,
            None => tallies.push(Tally { word, items: 1 }),
        }
    }
    tallies.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| a.word.cmp(&b.word)));
    tallies
}

fn change_words(change: &Change) -> Option<String> {
    let because = |why: &str| match why {
        "" => String::new(),
        why => format!(", because: {}", one_line(why)),
    };
    match change {
        Change::Kept => None,
        Change::Reworded { why, .. } => Some(format!("Reworded locally{}", because(why))),
        Change::Added { why } => Some(format!("Added locally{}", because(why))),
    }
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
    match why {
        "" => "No reason given".to_owned(),
        why => one_line(why),
    }
}

/// A tracker of actions out of one or many files.
#[derive(Debug, Serialize)]
pub(crate) struct Tracker {
    version: u32,
    controls: Vec<Control>,
    groups: Vec<PlanGroup>,
    actions: usize,
    partnerships: usize,
    filter: Option<String>,
    left_out: usize,
    tool: String,
}

impl Tracker {
    /// Lays groups of actions out, with what they were made from. `filter` says in words what is
    /// left out, and `left_out` counts earlier entries of actions that were carried forward.
    pub(crate) fn of(
        materials: &[Material<'_>],
        groups: Vec<Group>,
        filter: Option<String>,
        left_out: usize,
    ) -> Self {
        let mut partnerships: Vec<&str> = groups
            .iter()
            .flat_map(|group| &group.actions)
            .map(|a| a.partnership.as_str())
            .collect();
        partnerships.sort_unstable();
        partnerships.dedup();
        Tracker {
            version: VERSION,
            controls: materials.iter().map(|material| control(*material)).collect(),
            actions: groups.iter().map(|group| group.actions.len()).sum(),
            partnerships: partnerships.len(),
            groups: plan_groups(groups),
            filter,
            left_out,
            tool: tool(),
        }
    }
}
