//! `scrutiny assess`: the main job. Findings, the summary per step, what is missing and what is due;
//! with `--out` the report and the action list as well.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::load::{Content, LoadedChecklist, LoadedWorkspace, Loader};
use super::output::{self, Output, Overwrite};
use super::screen::{Column, FindingFormat};
use super::survey::{is_wrong, survey, tally_words};
use super::{Exit, inputs, parse_date};
use crate::actions::{self, Grouping, Timing, Tracked};
use crate::export::csv;
use crate::finding::{Located, Tally};
use crate::model::assessment::{Assessment, Status};
use crate::model::checklist::Checklist;
use crate::model::period::long_date;
use crate::model::standing::{self, Standing};
use crate::report::{Material, Report, Tracker, markdown, rolled_up_words};
use crate::summary::{self, ScaleTable};
use crate::text::{count, one_line};

/// Check an assessment, sum it up, and write its report and action list
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny assess northmoor/2026-27-q2/scrutineer.yaml
  scrutiny assess northmoor/2026-27-q2/scrutineer.yaml --out reports
  scrutiny assess northmoor --as-at 2026-12-01")]
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
}

/// An assessment that was read, with what belongs to it.
pub(super) struct Read {
    pub(super) path: String,
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
        given.or_else(|| self.assessment.as_at.value().copied()).or_else(source_date)
    }

    /// What a report is made from.
    pub(super) fn material(&self, as_at: Option<Date>) -> Material<'_> {
        Material {
            assessment: &self.assessment,
            checklist: self.checklist(),
            workspace: self.workspace.as_ref().and_then(|own| own.workspace.as_ref()),
            file: &self.path,
            as_at: self.as_at(as_at),
            unfinished: self.unfinished,
        }
    }
}

/// The day of `SOURCE_DATE_EPOCH`, by which builds are made repeatable. The clock is never asked.
fn source_date() -> Option<Date> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.parse::<i64>().ok()?;
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let epoch = Date::constant(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Keeps an assessment that can be reported on.
pub(super) fn keep(loaded: super::load::Loaded, located: &[Located]) -> Option<Read> {
    let Content::Assessment(Some(assessment), Some(checklist)) = loaded.content else {
        return None;
    };
    checklist.checklist.as_ref()?;
    let unfinished = located
        .iter()
        .filter(|finding| finding.rule.level == crate::finding::Level::Unfinished)
        .count();
    let path = loaded.source.path.to_string();
    Some(Read { path, assessment, checklist, workspace: loaded.workspace, unfinished })
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(&args.files)?;
    let loader = Loader::new();
    let survey = survey(&inputs, &loader, keep)?;
    let read: Vec<Read> = survey.files.into_iter().flatten().collect();
    let shown = output.screen.findings(&survey.findings, args.format);
    output.print(&shown)?;
    let tally = Tally::of(&survey.findings);
    let line = output.screen.tally(tally, &format!("Findings: {}", tally_words(tally)));
    output.remark(&line)?;
    for read in &read {
        show(read, args.as_at, output)?;
    }
    if read.is_empty() && tally.errors == 0 {
        bail!(
            "there is no assessment among these files; `scrutiny validate` checks checklists and settings"
        );
    }
    match &args.out {
        Some(_) if is_wrong(&survey.findings) => {
            output.complain("Nothing was written: repair the errors above first.\n")?;
        }
        Some(folder) => write(&read, folder, args, output)?,
        None => {}
    }
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}

/// The summary of one assessment.
fn show(read: &Read, as_at: Option<Date>, output: &mut Output) -> Result<()> {
    let Read { assessment, path, .. } = read;
    let checklist = read.checklist();
    let asked = standing::stand(checklist, assessment);
    let summary = summary::summarise(checklist, &asked);
    let period = assessment.period.value().map_or("period not known", |period| &period.name);
    let text =
        |given: &crate::syntax::decode::Given<String>| given.value().map(|text| one_line(text));
    let partnership = text(&assessment.partnership).unwrap_or_default();
    let perspective = text(&assessment.perspective).unwrap_or_default();
    let status = match assessment.status.value {
        Status::Draft => "draft",
        Status::Final => "final",
    };
    let as_at = read.as_at(as_at);
    let on = as_at.map_or("no as-at date".to_owned(), |date| format!("as at {}", long_date(date)));
    let screen = output.screen;
    output.print("\n")?;
    output.print(&screen.heading(&format!("{partnership}, {period}")))?;
    output.print(&screen.paragraph(&format!("{perspective}, {status}, {on}; {path}")))?;
    output.print(&screen.paragraph(&format!(
        "{} ({}, edition {})",
        checklist.title, checklist.id.value, checklist.edition
    )))?;
    for attribution in &checklist.attribution {
        output.print(&screen.paragraph(&crate::report::to_line(attribution)))?;
    }
    if let Some(marking) =
        read.workspace.as_ref().and_then(|own| text(&own.workspace.as_ref()?.marking))
    {
        output.print(&screen.paragraph(&format!("Marking: {marking}")))?;
    }
    output.print("\n")?;
    for table in &summary.tables {
        output.print(&scale_table(table, &screen))?;
    }
    if !summary.tables.is_empty() {
        output.print(&screen.paragraph(&format!(
            "How a step is derived: {}. A step with an open question has no value.",
            summary.roll_up.words()
        )))?;
    }
    if !summary.answers.is_empty() {
        let rows: Vec<Vec<String>> = summary
            .answers
            .iter()
            .map(|row| {
                let step = format!("{}. {}", row.step.id.value, row.step.title);
                vec![step, format!("{} of {}", row.answered, row.asked)]
            })
            .collect();
        output.print(
            &screen.table(&[("Step", Column::Prose), ("Answered", Column::Number)], &rows),
        )?;
    }
    let not_covered: Vec<&str> = checklist
        .steps
        .iter()
        .filter(|step| !standing::covers(assessment, step))
        .map(|step| step.id.value.as_str())
        .collect();
    if !not_covered.is_empty() {
        let steps = crate::text::join_words(&not_covered, "and");
        output
            .print(&screen.paragraph(&format!("Not covered by this assessment: step {steps}.")))?;
    }
    show_missing(&asked, output)?;
    show_due(&actions::track(assessment, checklist, path, as_at), as_at, output)
}

fn scale_table(table: &ScaleTable<'_>, screen: &super::screen::Screen) -> String {
    let has = |count: fn(&summary::Counts) -> usize| count(&table.total) > 0;
    let (not_applicable, too_early) =
        (has(|counts| counts.not_applicable), has(|counts| counts.too_early));
    let derives = table.rows.iter().any(|row| row.rolled_up != summary::RolledUp::Underived);
    let mut header = vec![("Step", Column::Prose)];
    header.extend(table.scale.values.iter().map(|value| (value.label.as_str(), Column::Number)));
    header.extend(not_applicable.then_some(("Not applicable", Column::Number)));
    header.extend(too_early.then_some(("Too early", Column::Number)));
    header.push(("Rated", Column::Number));
    header.extend(derives.then_some(("Derived", Column::Word)));
    let row = |name: String, counts: &summary::Counts, derived: String| {
        let mut row = vec![name];
        row.extend(counts.values.iter().map(usize::to_string));
        row.extend(not_applicable.then(|| counts.not_applicable.to_string()));
        row.extend(too_early.then(|| counts.too_early.to_string()));
        row.push(format!("{} of {}", counts.rated(), counts.base()));
        row.extend(derives.then_some(derived));
        row
    };
    let mut rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|step| {
            let name = format!("{}. {}", step.step.id.value, step.step.title);
            let derived = match step.rolled_up {
                // The column before it says how many of how many are rated.
                summary::RolledUp::Open { .. } => "Not yet".to_owned(),
                derived => rolled_up_words(derived),
            };
            row(name, &step.counts, derived)
        })
        .collect();
    rows.push(row("All steps".to_owned(), &table.total, "Not derived".to_owned()));
    screen.table(&header, &rows)
}

/// How many lines of a list are shown on the screen.
const LIST: usize = 12;

fn show_missing(asked: &[standing::Asked<'_>], output: &mut Output) -> Result<()> {
    let open = asked
        .iter()
        .filter(|asked| matches!(asked.standing, Standing::NotYet | Standing::Unreadable));
    let open: Vec<String> =
        open.map(|asked| format!("{} {}", asked.question.id.value, asked.question.title)).collect();
    if open.is_empty() {
        return Ok(());
    }
    output.print("\n")?;
    let heading = format!("Not yet rated or answered: {}", count(open.len(), "question"));
    output.print(&output.screen.heading(&heading))?;
    list(&open, output)
}

fn show_due(tracked: &[Tracked], as_at: Option<Date>, output: &mut Output) -> Result<()> {
    let mut tracked = tracked.to_vec();
    actions::sort(&mut tracked);
    let line = |action: &Tracked| {
        let due = action.due.map_or("no date yet".to_owned(), long_date);
        let late = match action.timing {
            Timing::Overdue(days) => {
                format!(", {} late", count(days.unsigned_abs() as usize, "day"))
            }
            _ => String::new(),
        };
        let lead = if action.lead.is_empty() { "no lead yet" } else { &action.lead };
        format!("{}, due {due}{late}, {lead}: {}", action.id, action.task)
    };
    let of = |wanted: fn(Timing) -> bool| -> Vec<String> {
        tracked.iter().filter(|action| wanted(action.timing)).map(line).collect()
    };
    let overdue = of(|timing| matches!(timing, Timing::Overdue(_)));
    let due = of(|timing| matches!(timing, Timing::Due | Timing::Undated));
    let is_done = |action: &&Tracked| matches!(action.timing, Timing::Done | Timing::Closed);
    let done = tracked.iter().filter(is_done).count();
    let screen = output.screen;
    if as_at.is_none() && !tracked.is_empty() {
        output.print("\n")?;
        output.print(&screen.paragraph(
            "There is no as-at date, so it cannot be said what is overdue: add `as-at` to the file, or --as-at.",
        ))?;
    }
    for (title, lines) in [("Overdue", overdue), ("Open", due)] {
        if !lines.is_empty() {
            output.print("\n")?;
            output.print(&screen.heading(&format!("{title}: {}", count(lines.len(), "action"))))?;
            list(&lines, output)?;
        }
    }
    let text = format!("{} in all, {done} of them done or closed.", count(tracked.len(), "action"));
    output.print("\n")?;
    output.print(&screen.paragraph(&text))
}

fn list(lines: &[String], output: &mut Output) -> Result<()> {
    let screen = output.screen;
    for line in lines.iter().take(LIST) {
        output.print(&screen.item("  ", line))?;
    }
    if lines.len() > LIST {
        let rest = format!("and {} more", lines.len() - LIST);
        output.print(&screen.item("  ", &rest))?;
    }
    Ok(())
}

/// Writes the report and the action list of each assessment. Names are told apart by the path where
/// there are several.
fn write(read: &[Read], folder: &Path, args: &Args, output: &mut Output) -> Result<()> {
    let overwrite = Overwrite::from_flag(&args.force);
    let mut files = Vec::new();
    for one in read {
        let prefix =
            if read.len() > 1 { format!("{}-", file_stem(&one.path)) } else { String::new() };
        let material = one.material(args.as_at);
        let tracked = actions::track(&one.assessment, one.checklist(), &one.path, material.as_at);
        let groups = actions::group(tracked, Grouping::Timing);
        let report = markdown::render_report(&Report::of(material));
        let table = csv::render(&groups);
        let tracker = markdown::render_tracker(&Tracker::of(&[material], groups, None, 0));
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

/// A path as a part of a file's name: "north/q2/self.yaml" is "north-q2-self".
fn file_stem(path: &str) -> String {
    let path = path.trim_start_matches(['/', '.']);
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.replace(['/', ' '], "-")
}
