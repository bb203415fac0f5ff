//! `scrutiny actions`: one tracker out of one or many files, or one for each lead.

mod split;

pub(super) use split::file_name;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::assess::{Read, assessments, keep};
use super::audience::Readers;
use super::load::Loader;
use super::names::NamesArgs;
use super::output::{Destination, Output, Overwrite};
use super::publish::{Finished, stop_if_personal};
use super::report::{exit, refuses};
use super::survey::survey;
use super::{Exit, inputs, parse_date};
use crate::actions::{self, Filter, Group, Grouping, TimingFilter, Tracked};
#[cfg(feature = "xlsx")]
use crate::export::xlsx;
use crate::export::{calendar, csv};
use crate::model::assessment::ActionStatus;
use crate::model::audience::Audience;
use crate::model::period::long_date;
use crate::privacy::Dress;
use crate::report::action_list::ActionList;
use crate::report::{Material, Tracker, markdown, tool};
use crate::text::{join_words, nearest, quoted};

/// List the actions of one or many assessments
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny actions northmoor
  scrutiny actions northmoor --lead police --overdue
  scrutiny actions northmoor --due-before 2026-12-31 --group-by lead
  scrutiny actions northmoor --format xlsx --group-by step -o actions.xlsx
  scrutiny actions northmoor --format ics -o due-dates.ics
  scrutiny actions northmoor --format xlsx --split-by lead -o agencies

For the public, file paths, restricted evidence and the reasons of responses are
left out. A calendar has an event for each due date of an action that is open or
proposed.")]
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
    /// Give each lead a list of its own, in the folder that -o names
    #[arg(long, value_name = "WHAT")]
    split_by: Option<SplitBy>,
    /// Who will read it
    #[arg(long, value_name = "WHO", default_value = "internal")]
    audience: Readers,
    /// How the list is laid out
    #[arg(long, value_name = "NAME", default_value = "markdown")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    #[command(flatten)]
    names: NamesArgs,
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
enum SplitBy {
    /// The role or agency that leads
    Lead,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A table that opens in Excel
    Csv,
    /// An Excel workbook, a sheet for each group
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A calendar of due dates
    Ics,
    /// For programs
    Json,
}

/// What is laid out.
struct List<'a> {
    materials: &'a [Material<'a>],
    groups: Vec<Group>,
    shown: Option<String>,
    left_out: usize,
    audience: Audience,
}

/// A list that is laid out.
enum Made {
    Text(String),
    /// A workbook, and the text of its cells.
    #[cfg(feature = "xlsx")]
    Workbook(Vec<u8>, String),
}

impl Made {
    /// What is read in it.
    fn text(&self) -> &str {
        match self {
            Made::Text(text) => text,
            #[cfg(feature = "xlsx")]
            Made::Workbook(_, cells) => cells,
        }
    }

    /// What is written.
    fn bytes(self) -> Vec<u8> {
        match self {
            Made::Text(text) => text.into_bytes(),
            #[cfg(feature = "xlsx")]
            Made::Workbook(bytes, _) => bytes,
        }
    }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    split::check(args)?;
    let inputs = inputs::find(&args.paths)?;
    let loader = Loader::with_names(args.names.read()?);
    let survey = survey(&inputs, &loader, keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = assessments(survey.files)?;
    let materials: Vec<_> = read.iter().map(|one| one.material(args.as_at)).collect();
    let mut tracked: Vec<Tracked> =
        materials.iter().flat_map(|one| actions::track(&one.basis)).collect();
    let left_out = actions::keep_latest(&mut tracked);
    let filter = filter(args);
    check_step(args.step.as_deref(), &read)?;
    tracked.retain(|action| filter.matches(action));
    let audience = args.audience.into();
    let lists = match args.split_by {
        Some(SplitBy::Lead) => split::lists(args, &materials, &tracked)?,
        None => {
            let (groups, shown) = (grouped(args, tracked), filter_words(args));
            let list = List { materials: &materials, groups, shown, left_out, audience };
            vec![(args.destination.file().map(PathBuf::from), make(list, args.format)?)]
        }
    };
    let finished: Vec<Finished<'_>> = lists
        .iter()
        .map(|(file, made)| Finished {
            text: made.text(),
            dress: match args.format {
                Format::Ics => Dress::Calendar,
                Format::Markdown | Format::Csv | Format::Json => Dress::Text,
                #[cfg(feature = "xlsx")]
                Format::Xlsx => Dress::Text,
            },
            file: file.as_deref(),
        })
        .collect();
    if let Some(exit) = stop_if_personal(audience, &finished, &inputs, &loader, output)? {
        return Ok(exit);
    }
    deliver(args, lists, output)?;
    Ok(exit(&survey.findings))
}

/// Puts lists where they were asked for; several files all or none.
fn deliver(args: &Args, lists: Vec<(Option<PathBuf>, Made)>, output: &mut Output) -> Result<()> {
    if args.split_by.is_some() {
        let files: Vec<(PathBuf, Vec<u8>)> =
            lists.into_iter().filter_map(|(file, made)| Some((file?, made.bytes()))).collect();
        return output.write_all(&files, Overwrite::from_flag(args.destination.force));
    }
    lists.into_iter().try_for_each(|(_, made)| match made {
        Made::Text(text) => args.destination.deliver(&text, output),
        #[cfg(feature = "xlsx")]
        Made::Workbook(bytes, _) => args.destination.deliver_bytes(&bytes, "actions.xlsx", output),
    })
}

/// Actions in their groups, as the readers may see them.
fn grouped(args: &Args, tracked: Vec<Tracked>) -> Vec<Group> {
    actions::seen_by(actions::group(tracked, args.group_by.into()), args.audience.into())
}

/// Lays a list out.
fn make(list: List<'_>, format: Format) -> Result<Made> {
    let List { materials, groups, shown, left_out, audience } = list;
    let published = |shown| ActionList::of(materials, &groups, shown, left_out, audience);
    Ok(Made::Text(match format {
        Format::Csv => csv::render(&groups, &tool(), audience),
        Format::Markdown => {
            let tracker = Tracker::of(materials, groups, shown, left_out, audience);
            markdown::render_tracker(&tracker)
        }
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&published(shown))?),
        Format::Ics => calendar::render(&groups, published(shown).title(), &tool()),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => {
            let list = published(shown);
            let cover = xlsx::Cover {
                title: list.title().to_owned(),
                marking: list.marking(),
                draft: list.draft().to_owned(),
                notes: list.notes(audience),
            };
            let workbook = xlsx::render(&groups, &cover, &tool(), audience);
            let notes = cover.notes.iter().map(|(item, value)| format!("{item}: {value}\n"));
            let cells = notes.collect::<String>() + &csv::render(&groups, &tool(), audience);
            return match workbook {
                Ok(bytes) => Ok(Made::Workbook(bytes, cells)),
                Err(why) => bail!(why),
            };
        }
    }))
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

/// A step that no checklist has, and no action stands on, would give an empty list that looks like good
/// news.
pub(super) fn check_step(step: Option<&str>, read: &[Read]) -> Result<()> {
    let Some(step) = step else { return Ok(()) };
    let steps = || read.iter().flat_map(|one| &one.checklist().steps);
    let is_known = steps().any(|own| own.id.value == *step);
    let is_used = || {
        let tracked = read.iter().flat_map(|one| actions::track(&one.basis(None)));
        tracked.flat_map(|action| action.steps).any(|own| own.id == *step)
    };
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
