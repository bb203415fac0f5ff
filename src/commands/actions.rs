//! `scrutiny actions`: one tracker out of one or many files.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::assess::{Read, assessments, keep};
use super::load::Loader;
use super::output::{Destination, Output};
use super::report::{exit, refuses};
use super::survey::survey;
use super::{Exit, inputs, parse_date};
use crate::actions::{self, Filter, Grouping, TimingFilter, Tracked};
use crate::export::csv;
use crate::model::assessment::ActionStatus;
use crate::model::period::long_date;
use crate::report::{Tracker, markdown, tool};
use crate::text::{join_words, nearest, quoted};

/// List the actions of one or many assessments
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny actions northmoor
  scrutiny actions northmoor --lead police --overdue
  scrutiny actions northmoor --status open --due-before 2026-12-31 --group-by lead
  scrutiny actions northmoor --format csv -o actions.csv")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only actions whose lead contains this
    #[arg(long, value_name = "TEXT")]
    lead: Option<String>,
    /// Only actions of this step
    #[arg(long, value_name = "ID")]
    step: Option<String>,
    /// Only actions with one of these statuses
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Status>,
    /// Only open and proposed actions due before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    due_before: Option<Date>,
    /// Only actions that are overdue
    #[arg(long)]
    overdue: bool,
    /// How actions are divided
    #[arg(long, value_name = "WHAT", default_value = "timing")]
    group_by: GroupBy,
    /// How the list is laid out
    #[arg(long, value_name = "NAME", default_value = "markdown")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// Judge what is overdue on this day, such as 2026-09-30 [default: each file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Status {
    Proposed,
    Open,
    Done,
    Closed,
    Dropped,
}

impl From<Status> for ActionStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Proposed => ActionStatus::Proposed,
            Status::Open => ActionStatus::Open,
            Status::Done => ActionStatus::Done,
            Status::Closed => ActionStatus::Closed,
            Status::Dropped => ActionStatus::Dropped,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GroupBy {
    /// Overdue, open, proposed, done
    Timing,
    /// The role or agency that leads
    Lead,
    /// The step
    Step,
    /// The status
    Status,
    /// The partnership
    Partnership,
}

impl From<GroupBy> for Grouping {
    fn from(by: GroupBy) -> Self {
        match by {
            GroupBy::Timing => Grouping::Timing,
            GroupBy::Lead => Grouping::Lead,
            GroupBy::Step => Grouping::Step,
            GroupBy::Status => Grouping::Status,
            GroupBy::Partnership => Grouping::Partnership,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    Markdown,
    /// A table that opens in Excel
    Csv,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(&args.paths)?;
    let survey = survey(&inputs, &Loader::new(), keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = assessments(survey.files)?;
    let materials: Vec<_> = read.iter().map(|one| one.material(args.as_at)).collect();
    let mut tracked: Vec<Tracked> =
        materials.iter().flat_map(|one| actions::track(&one.basis)).collect();
    let left_out = actions::keep_latest(&mut tracked);
    let filter = filter(args);
    check_step(args, &tracked, &read)?;
    tracked.retain(|action| filter.matches(action));
    let groups = actions::group(tracked, args.group_by.into());
    let text = match args.format {
        Format::Csv => csv::render(&groups, &tool()),
        Format::Markdown => {
            let words = filter_words(args);
            markdown::render_tracker(&Tracker::of(&materials, groups, words, left_out))
        }
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

fn filter(args: &Args) -> Filter {
    Filter {
        lead: args.lead.clone(),
        step: args.step.clone(),
        statuses: args.status.iter().map(|status| (*status).into()).collect(),
        due_before: args.due_before,
        timing: if args.overdue { TimingFilter::Overdue } else { TimingFilter::Any },
    }
}

/// A step that no checklist has would give an empty list that looks like good news.
fn check_step(args: &Args, tracked: &[Tracked], read: &[Read]) -> Result<()> {
    let Some(step) = &args.step else { return Ok(()) };
    let steps = || read.iter().flat_map(|one| &one.checklist().steps);
    let is_known = steps().any(|own| own.id.value == *step);
    let is_used = || tracked.iter().flat_map(|action| &action.steps).any(|own| own.id == *step);
    if is_known || is_used() {
        return Ok(());
    }
    let mut ids: Vec<&str> = Vec::new();
    for id in steps().map(|own| own.id.value.as_str()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let meant = nearest(step, ids.iter().copied());
    let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
    bail!("there is no step {}{meant}; the steps are {}", quoted(step), join_words(&ids, "and"));
}

/// What is shown, where a filter leaves something out.
fn filter_words(args: &Args) -> Option<String> {
    let mut words = Vec::new();
    if args.overdue {
        words.push("actions that are overdue".to_owned());
    }
    words.extend(args.lead.as_ref().map(|lead| format!("led by {lead}")));
    words.extend(args.step.as_ref().map(|step| format!("on step {step}")));
    if !args.status.is_empty() {
        let statuses: Vec<&str> =
            args.status.iter().map(|status| ActionStatus::from(*status).word()).collect();
        words.push(format!("with the status {}", join_words(&statuses, "or")));
    }
    words.extend(args.due_before.map(|day| format!("due before {}", long_date(day))));
    (!words.is_empty()).then(|| words.join(", "))
}
