//! `scrutiny assess`: the main job. Findings, the summary per step, what is missing and what is due;
//! with `--out` the report and the action list as well.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::edit::parts;
use super::load::{Content, Loaded, LoadedChecklist, LoadedWorkspace, Loader};
use super::output::{self, Output, Overwrite};
use super::screen::{Column, FindingFormat, Screen};
use super::survey::{Survey, is_wrong, survey, tally_words};
use super::{Exit, inputs, origins, parse_date};
use crate::actions::{self, Basis, Grouping, Timing, Tracked};
use crate::export::csv;
use crate::finding::{Findings, Located, Tally};
use crate::model::assessment::{Assessment, Status};
use crate::model::audience::Audience;
use crate::model::checklist::{Checklist, Step};
use crate::model::period::long_date;
use crate::model::standing::{self, Asked, Standing};
use crate::report::kind::Kind;
use crate::report::{Material, Order, Report, Tracker, markdown, perspective_words, tool};
use crate::rules;
use crate::summary::{self, AnswerCount, Counts, RolledUp, ScaleTable};
use crate::text::{count, join_words, one_line};

/// Check an assessment, sum it up, and write its report and action list
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny assess northmoor/2026-27-q2/scrutineer.yaml
  scrutiny assess northmoor/2026-27-q2/scrutineer.yaml --out reports
  scrutiny assess northmoor --as-at 2026-12-01
  scrutiny assess northmoor/2026-27-q2/agreed.yaml --expect")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write report.md, actions.md and actions.csv into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
    /// Judge what is overdue on this day, such as 2026-09-30 [default: the file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
    /// How findings are shown
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: FindingFormat,
    /// Hold the totals written under `expect` in the file against what is counted
    #[arg(long)]
    expect: bool,
}

/// An assessment that was read, with what belongs to it.
pub(super) struct Read {
    pub(super) path: String,
    /// The file as outputs name it.
    pub(super) name: String,
    pub(super) assessment: Box<Assessment>,
    pub(super) checklist: Arc<LoadedChecklist>,
    pub(super) workspace: Option<Arc<LoadedWorkspace>>,
    pub(super) unfinished: usize,
}

impl Read {
    /// The checklist, which is there for every assessment that is kept.
    pub(super) fn checklist(&self) -> &Checklist {
        self.checklist.checklist.as_ref().expect("only assessments with a checklist are kept")
    }

    /// The date on which it is judged what is overdue.
    pub(super) fn as_at(&self, given: Option<Date>) -> Option<Date> {
        day(given, self.assessment.as_at.value().copied())
    }

    /// The partnership's name; empty where that could not be read.
    pub(super) fn partnership(&self) -> String {
        self.assessment.partnership.value().map(|name| one_line(name)).unwrap_or_default()
    }

    /// The assessment with what belongs to it.
    pub(super) fn basis(&self, as_at: Option<Date>) -> Basis<'_> {
        Basis {
            assessment: &self.assessment,
            checklist: self.checklist(),
            workspace: self.workspace.as_ref().and_then(|own| own.workspace.as_ref()),
            file: &self.name,
            as_at: self.as_at(as_at),
        }
    }

    /// What a report is made from.
    pub(super) fn material(&self, as_at: Option<Date>) -> Material<'_> {
        Material { basis: self.basis(as_at), unfinished: Some(self.unfinished) }
    }
}

/// The day by which something is judged: the one asked for, else that of the file.
pub(super) fn day(given: Option<Date>, own: Option<Date>) -> Option<Date> {
    if given.is_some() {
        origins::note_flag("as-at", "--as-at");
        return given;
    }
    if own.is_some() {
        origins::note("as-at: the day that a file gives");
    }
    own.or_else(source_date)
}

/// The day of `SOURCE_DATE_EPOCH`, by which builds are made repeatable. The clock is never asked.
pub(super) fn source_date() -> Option<Date> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.parse::<i64>().ok()?;
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let epoch = Date::constant(1970, 1, 1);
    origins::note("as-at: SOURCE_DATE_EPOCH in the environment");
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// What is kept of a file.
pub(super) enum Kept {
    /// An assessment that can be reported on.
    Assessment(Read),
    /// Something else, by its path and what it is.
    Other(String, &'static str),
    /// Nothing: its findings say why.
    Nothing,
}

/// Keeps an assessment that can be reported on, and of any other file what it is.
pub(super) fn keep(loaded: super::load::Loaded, located: &[Located]) -> Kept {
    let path = loaded.source.path.to_string();
    let (assessment, checklist) = match loaded.content {
        Content::Assessment(Some(assessment), Some(checklist)) => (assessment, checklist),
        Content::Programme(..) => return Kept::Other(path, "a programme"),
        Content::Checklist(_) => return Kept::Other(path, "a checklist"),
        Content::Mapping(_) => return Kept::Other(path, "a mapping"),
        Content::Workspace => return Kept::Other(path, "the settings of a workspace"),
        Content::Assessment(..) | Content::Nothing => return Kept::Nothing,
    };
    if checklist.checklist.is_none() {
        return Kept::Nothing;
    }
    let is_unfinished =
        |finding: &&Located| finding.rule.level == crate::finding::Level::Unfinished;
    let unfinished = located.iter().filter(is_unfinished).count();
    let workspace = loaded.workspace;
    let name = loaded.name;
    Kept::Assessment(Read { path, name, assessment, checklist, workspace, unfinished })
}

/// The assessments among the files that were read. That there is none is an error of its own, which
/// says what the files are.
pub(super) fn assessments(files: Vec<Kept>) -> Result<Vec<Read>> {
    let mut read = Vec::new();
    let mut others = Vec::new();
    for file in files {
        match file {
            Kept::Assessment(one) => read.push(one),
            Kept::Other(path, what) => others.push(format!("{path} is {what}")),
            Kept::Nothing => {}
        }
    }
    match (read.is_empty(), others.as_slice()) {
        (false, _) => Ok(read),
        (true, []) => bail!("there is no assessment among these files"),
        (true, [only]) => bail!(
            "{only}, not an assessment: name a file whose first line is `scrutiny: assessment`"
        ),
        (true, _) => {
            bail!("there is no assessment among these files: {}", join_words(&others, "and"))
        }
    }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(&args.files)?;
    let Survey { mut findings, files } = survey(&inputs, &Loader::new(), |loaded, located| {
        let totals = if args.expect { totals(&loaded) } else { None };
        (keep(loaded, located), totals)
    })?;
    let (files, totals): (Vec<Kept>, Vec<Option<Vec<Located>>>) = files.into_iter().unzip();
    if args.expect {
        add_totals(totals, &mut findings)?;
    }
    let shown = output.screen.findings(&findings, args.format);
    output.print(&shown)?;
    let tally = Tally::of(&findings);
    let line = output.screen.tally(tally, &format!("Findings: {}", tally_words(tally)));
    output.remark(&line)?;
    let read = match assessments(files) {
        // What is wrong with the files has been said.
        Err(_) if tally.errors > 0 => return Ok(Exit::Findings),
        read => read?,
    };
    if !read.is_empty() {
        output.remark("\n")?;
    }
    let summaries: Vec<String> =
        read.iter().map(|one| summarised(one, args.as_at, &output.screen)).collect();
    output.print(&summaries.join("\n"))?;
    match &args.out {
        Some(_) if is_wrong(&findings) => {
            output.complain("Nothing was written: repair the errors above first.\n")?;
        }
        Some(folder) => write(&read, folder, args, output)?,
        None => {}
    }
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}

/// What differs from the totals that an assessment says it comes to; nothing where it says none.
fn totals(loaded: &Loaded) -> Option<Vec<Located>> {
    let (assessment, checklist) = parts(loaded)?;
    if assessment.expect.is_empty() {
        return None;
    }
    let mut findings = Findings::default();
    rules::check_totals(&loaded.source, assessment, checklist, &mut findings);
    Some(findings.locate(&loaded.sources))
}

/// Adds what differs from the totals to the findings. That no file says any would look like good news.
fn add_totals(totals: Vec<Option<Vec<Located>>>, findings: &mut Vec<Located>) -> Result<()> {
    if totals.iter().all(Option::is_none) && !is_wrong(&*findings) {
        bail!("no file says what it comes to: add a line such as `expect: {{red: 2}}` to it");
    }
    findings.extend(totals.into_iter().flatten().flatten());
    findings.sort_by(|a, b| a.key().cmp(&b.key()));
    Ok(())
}

/// The summary of one assessment, in blocks with a blank line between them.
fn summarised(read: &Read, as_at: Option<Date>, screen: &Screen) -> String {
    let Basis { assessment, checklist, as_at, .. } = read.material(as_at).basis;
    let asked = standing::stand(checklist, assessment);
    let summary = summary::summarise(checklist, &asked);
    let tracked = actions::track(&read.material(as_at).basis);
    let mut blocks = vec![head(read, as_at, screen)];
    for table in &summary.tables {
        blocks.push(scale_table(table, screen));
        blocks.push(screen.paragraph(&rule_words(table)));
    }
    blocks.extend(answer_table(&summary.answers, screen));
    blocks.extend(not_covered(assessment, checklist, screen));
    blocks.extend(without_value(&asked, screen));
    blocks.extend(due(tracked, as_at, screen));
    blocks.join("\n")
}

/// What the summary is of.
fn head(read: &Read, as_at: Option<Date>, screen: &Screen) -> String {
    let Basis { assessment, checklist, workspace, file, .. } = read.material(as_at).basis;
    let judged_on = read.material(as_at).basis.judged_on();
    let text =
        |given: &crate::syntax::decode::Given<String>| given.value().map(|text| one_line(text));
    let partnership = text(&assessment.partnership).unwrap_or_default();
    let period = assessment.period.value().map_or("period not known", |period| &period.name);
    let perspective =
        perspective_words(&text(&assessment.perspective).unwrap_or_default(), workspace);
    let status = match assessment.status.value {
        Status::Draft => "draft",
        Status::Final => "final",
    };
    let own = assessment.as_at.value().map(|date| format!("as at {}", long_date(*date)));
    let own = own.unwrap_or_else(|| "no as-at date".to_owned());
    let judged = judged_on.map(|date| format!(", overdue as judged on {}", long_date(date)));
    let edition = match checklist.edition.as_str() {
        "" => String::new(),
        edition => format!(", edition {edition}"),
    };
    let mut head = screen.heading(&format!("{partnership}, {period}"));
    let mut add = |text: &str| head.push_str(&screen.paragraph(text));
    let judged = judged.unwrap_or_default();
    add(&format!("{perspective}, {status}, {own}{judged}; {file}"));
    add(&format!("{} ({}{edition})", checklist.title, checklist.id.value));
    for attribution in &checklist.attribution {
        add(&crate::report::to_line(attribution));
    }
    if let Some(marking) = workspace.and_then(|own| text(&own.marking)) {
        add(&format!("Marking: {marking}"));
    }
    head
}

/// The rule by which the values of a table are derived.
fn rule_words(table: &ScaleTable<'_>) -> String {
    let derives = table.rows.iter().any(|row| row.rolled_up != RolledUp::Underived);
    match derives {
        true => format!("{} A step with an open question has no value.", table.rule),
        false => table.rule.clone(),
    }
}

fn scale_table(table: &ScaleTable<'_>, screen: &Screen) -> String {
    let derives = table.rows.iter().any(|row| row.rolled_up != RolledUp::Underived);
    let mut header = vec![("Step", Column::Prose)];
    header.extend(table.scale.values.iter().map(|value| (value.label.as_str(), Column::Number)));
    header.push(("Rated", Column::Number));
    header.extend(derives.then_some(("Derived", Column::Word)));
    let row = |name: String, counts: &Counts, derived: &str| {
        let mut row = vec![name];
        row.extend(counts.values.iter().map(usize::to_string));
        row.push(format!("{} of {}", counts.rated(), counts.base()));
        row.extend(derives.then(|| derived.to_owned()));
        row
    };
    let of_step = |row_of: &summary::StepRow<'_>| {
        let derived = match row_of.rolled_up {
            RolledUp::Value(value) => value.label.as_str(),
            // The column before it says how many of how many are rated.
            RolledUp::Open { .. } => "Not yet",
            RolledUp::NotApplicable => "Not applicable",
            RolledUp::Underived => "None",
        };
        row(step_name(row_of.step), &row_of.counts, derived)
    };
    let mut rows: Vec<Vec<String>> = table.rows.iter().map(of_step).collect();
    rows.push(row("All steps".to_owned(), &table.total, "None"));
    screen.table(&header, &rows)
}

fn step_name(step: &Step) -> String {
    format!("{}. {}", step.id.value, step.title)
}

/// The steps with questions that are answered, not rated.
fn answer_table(answers: &[AnswerCount<'_>], screen: &Screen) -> Option<String> {
    let header = [("Step", Column::Prose), ("Answered", Column::Number)];
    let row = |row: &AnswerCount<'_>| {
        vec![step_name(row.step), format!("{} of {}", row.answered, row.asked)]
    };
    let rows: Vec<Vec<String>> = answers.iter().map(row).collect();
    (!rows.is_empty()).then(|| screen.table(&header, &rows))
}

fn not_covered(assessment: &Assessment, checklist: &Checklist, screen: &Screen) -> Option<String> {
    let open = checklist.steps.iter().filter(|step| !standing::covers(assessment, step));
    let open: Vec<&str> = open.map(|step| step.id.value.as_str()).collect();
    let noun = if open.len() == 1 { "step" } else { "steps" };
    let words = format!("Not covered by this assessment: {noun} {}.", join_words(&open, "and"));
    (!open.is_empty()).then(|| screen.paragraph(&words))
}

/// How many lines of a list are shown on the screen.
const LIST: usize = 12;

/// The questions that have no value yet or get none, by why that is so.
fn without_value(asked: &[Asked<'_>], screen: &Screen) -> Vec<String> {
    let of = |title: &str, wanted: fn(Standing<'_>) -> bool| {
        let questions = asked.iter().filter(|asked| wanted(asked.standing));
        let lines: Vec<String> = questions.map(question_words).collect();
        let title = format!("{title}: {}", count(lines.len(), "question"));
        (!lines.is_empty()).then(|| list(&title, &lines, screen))
    };
    let is_open =
        |standing: Standing<'_>| matches!(standing, Standing::NotYet | Standing::Unreadable);
    let lists = [
        of("Not yet rated or answered", is_open),
        of("Too early to rate", |standing| standing == Standing::TooEarly),
        of("Not applicable", |standing| standing == Standing::NotApplicable),
    ];
    lists.into_iter().flatten().collect()
}

fn question_words(asked: &Asked<'_>) -> String {
    let name = format!("{} {}", asked.question.id.value, asked.question.title);
    let review_by = asked.entry.and_then(|entry| entry.review_by.value());
    match (asked.standing, review_by) {
        (Standing::TooEarly, Some(day)) => {
            format!("{name}, looked at again by {}", long_date(*day))
        }
        _ => name,
    }
}

/// What is due, by what presses most, and how many actions there are of each sort.
fn due(mut tracked: Vec<Tracked>, as_at: Option<Date>, screen: &Screen) -> Vec<String> {
    actions::sort(&mut tracked);
    let of = |wanted: fn(Timing) -> bool| -> Vec<String> {
        tracked.iter().filter(|action| wanted(action.timing)).map(due_words).collect()
    };
    let overdue = of(|timing| matches!(timing, Timing::Overdue(_)));
    let open = of(|timing| matches!(timing, Timing::Due | Timing::Undated));
    let proposed = of(|timing| timing == Timing::Proposed);
    let mut blocks = Vec::new();
    if as_at.is_none() && !tracked.is_empty() {
        blocks.push(screen.paragraph(
            "There is no as-at date, so it cannot be said what is overdue: add `as-at` to the \
             file, or --as-at.",
        ));
    }
    for (title, lines) in [("Overdue", &overdue), ("Open", &open), ("Proposed", &proposed)] {
        if !lines.is_empty() {
            let title = format!("{title}: {}", count(lines.len(), "action"));
            blocks.push(list(&title, lines, screen));
        }
    }
    blocks.push(screen.paragraph(&actions::tally(&tracked)));
    blocks
}

fn due_words(action: &Tracked) -> String {
    let due = action.due.map_or("no date yet".to_owned(), |day| format!("due {}", long_date(day)));
    let late = match action.timing {
        Timing::Overdue(days) => format!(", {} late", count(days.unsigned_abs() as usize, "day")),
        _ => String::new(),
    };
    let lead = if action.lead.is_empty() { "no lead yet" } else { &action.lead };
    format!("{}, {due}{late}, {lead}: {}", action.id, action.task)
}

/// A heading with the first lines of a list.
fn list(title: &str, lines: &[String], screen: &Screen) -> String {
    let mut text = screen.heading(title);
    for line in lines.iter().take(LIST) {
        text.push_str(&screen.item("  ", line));
    }
    if lines.len() > LIST {
        text.push_str(&screen.item("  ", &format!("and {} more", lines.len() - LIST)));
    }
    text
}

/// Writes the report and the action list of each assessment. Names are told apart by the path where
/// there are several.
fn write(read: &[Read], folder: &Path, args: &Args, output: &mut Output) -> Result<()> {
    let overwrite = Overwrite::from_flag(args.force);
    let mut files = Vec::new();
    for (one, prefix) in read.iter().zip(prefixes(read.iter().map(|one| one.path.as_str()))) {
        let material = one.material(args.as_at);
        let groups = actions::group(actions::track(&material.basis), Grouping::Timing);
        let report = markdown::render_report(Kind::Full, &Report::of(material, &Order::FULL));
        let audience = Audience::Internal;
        let table = csv::render(&groups, &tool(), audience);
        let tracker =
            markdown::render_tracker(&Tracker::of(&[material], groups, None, 0, audience));
        files.push((folder.join(format!("{prefix}report.md")), report));
        files.push((folder.join(format!("{prefix}actions.md")), tracker));
        files.push((folder.join(format!("{prefix}actions.csv")), table));
    }
    // All or none: what is in the way is said before anything is written.
    for (path, _) in &files {
        output::refuse_existing(path, overwrite)?;
    }
    for (path, text) in &files {
        output.write(path, text, overwrite)?;
    }
    Ok(())
}

/// What the names of the files begin with that are made from each path: nothing where there is only
/// one, else the path; where two paths make the same name, the later gets a number.
fn prefixes<'p>(paths: impl ExactSizeIterator<Item = &'p str>) -> Vec<String> {
    if paths.len() < 2 {
        return vec![String::new(); paths.len()];
    }
    let stems: Vec<String> = paths.map(file_stem).collect();
    // Names that differ in letter case only are one name on many systems.
    let mut taken: HashSet<String> = HashSet::new();
    let mut prefixes = Vec::new();
    for stem in &stems {
        let is_free = |name: &String| !taken.contains(&name.to_lowercase());
        let is_of_another =
            |name: &String| stems.iter().any(|other| other.eq_ignore_ascii_case(name));
        let mut numbered = (2..).map(|n| format!("{stem}-{n}"));
        let name = Some(stem.clone())
            .filter(is_free)
            .or_else(|| numbered.find(|name| is_free(name) && !is_of_another(name)))
            .unwrap_or_default();
        taken.insert(name.to_lowercase());
        prefixes.push(format!("{name}-"));
    }
    prefixes
}

/// A path as a part of a file's name: "north/q2/self.yaml" is "north-q2-self".
fn file_stem(path: &str) -> String {
    let path = path.trim_start_matches(['/', '.']);
    let folder = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path[folder..].rfind('.').map_or(path, |at| &path[..folder + at]);
    stem.replace(['/', '\\', ':', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::prefixes;

    #[test]
    fn makes_a_name_of_its_own_for_each_path() {
        let check = |paths: &[&str], expected: &[&str]| {
            assert_eq!(prefixes(paths.iter().copied()), expected, "{paths:?}");
        };
        check(&["a/b.yaml"], &[""]);
        check(&["a/b.yaml", "../a.b/c"], &["a-b-", "a.b-c-"]);
        check(&["a-b/c.yaml", "a/b-c.yaml"], &["a-b-c-", "a-b-c-2-"]);
        check(&["a/b.yaml", "A/B.yaml", "a-b-2.yaml"], &["a-b-", "A-B-3-", "a-b-2-"]);
    }
}
