//! `scrutiny checklist`: the instruments, listed, shown, checked and begun.

mod begin;
mod compare;
mod describe;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::load::{Content, Loaded, LoadedChecklist, Loader};
use super::output::Output;
use super::screen::{Column, FindingFormat};
use super::survey::{survey, tally_words};
use super::{Exit, inputs};
use crate::finding::{Level, Located, Tally};
use crate::shipped;
use crate::text::{count, join_words, nearest, quoted};

/// List, show, check, start and compare checklists
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny checklist list
  scrutiny checklist show six-steps-2019
  scrutiny checklist adapt six-steps-2019 -o checklists/local-2027.toml
  scrutiny checklist check checklists/local-2027.toml
  scrutiny checklist compare local-2026.toml checklists/local-2027.toml"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the checklists that come with scrutiny
    #[command(after_help = "\
Examples:
  scrutiny checklist list")]
    List,
    /// Show a checklist with all its questions
    #[command(after_help = "\
Examples:
  scrutiny checklist show six-steps-2019
  scrutiny checklist show checklists/local-2027.toml")]
    Show {
        /// The id of a shipped checklist, or the path to a file
        #[arg(value_name = "ID or FILE")]
        checklist: PathBuf,
    },
    /// Check checklist files
    #[command(after_help = "\
Examples:
  scrutiny checklist check checklists/local-2027.toml
  scrutiny checklist check checklists --format short")]
    Check {
        /// Checklist files, or folders to look through
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How findings are shown
        #[arg(long, value_name = "NAME", default_value = "human")]
        format: FindingFormat,
    },
    Adapt(begin::Adapt),
    New(begin::New),
    Compare(compare::Compare),
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    match &args.command {
        Command::List => list(output),
        Command::Show { checklist } => show(checklist, output),
        Command::Check { paths, format } => check(paths, *format, output),
        Command::Adapt(args) => begin::adapt(args, output),
        Command::New(args) => begin::new(args, output),
        Command::Compare(args) => compare::compare(args, output),
    }
}

fn list(output: &mut Output) -> Result<Exit> {
    let loader = Loader::new();
    let loaded: Vec<Arc<LoadedChecklist>> =
        shipped::SHIPPED.iter().map(|shipped| loader.shipped(shipped)).collect();
    let rows: Vec<Vec<String>> = loaded
        .iter()
        .filter_map(|loaded| loaded.checklist.as_ref())
        .map(|checklist| {
            let rated = checklist.questions().filter(|question| question.is_rated()).count();
            let all = checklist.questions().count();
            vec![
                checklist.id.value.clone(),
                checklist.title.clone(),
                checklist.steps.len().to_string(),
                all.to_string(),
                rated.to_string(),
            ]
        })
        .collect();
    let header = [
        ("Id", Column::Word),
        ("Title", Column::Prose),
        ("Steps", Column::Number),
        ("Questions", Column::Number),
        ("Rated", Column::Number),
    ];
    let table = output.screen.table(&header, &rows);
    output.print(&table)?;
    Ok(Exit::Clean)
}

/// The checklist of an id or in a file.
pub(super) fn load(name: &Path, loader: &Loader) -> Result<Arc<LoadedChecklist>> {
    if let Some(shipped) = name.to_str().and_then(shipped::find) {
        return Ok(loader.shipped(shipped));
    }
    if !name.exists() {
        let written = name.to_string_lossy();
        let meant = nearest(&written, shipped::ids()).map(|id| format!(": did you mean {id}?"));
        let ids: Vec<&str> = shipped::ids().collect();
        let help = meant.unwrap_or_else(|| format!("; the ids are {}", join_words(&ids, "and")));
        bail!("there is no checklist {}{help}", quoted(&written));
    }
    if name.is_dir() {
        bail!("{} is a folder: name the checklist file in it", inputs::shown(name));
    }
    let loaded = loader.load(&inputs::Input::File(name.to_owned(), inputs::How::Named))?;
    match loaded.content {
        Content::Checklist(checklist) => Ok(checklist),
        Content::Assessment(_, Some(checklist)) => Ok(checklist),
        Content::Workspace => {
            bail!("{} holds the settings of a workspace, not a checklist", inputs::shown(name))
        }
        Content::Programme(..) => {
            bail!("{} is a programme, not a checklist", inputs::shown(name))
        }
        Content::Assessment(_, None) | Content::Mapping(_) | Content::Nothing => {
            bail!("{} is not a checklist", inputs::shown(name))
        }
    }
}

/// What was found in a checklist and in those that it extends.
pub(super) fn findings(checklist: &LoadedChecklist) -> Vec<Located> {
    let mut located = Vec::new();
    let mut next = Some(checklist);
    while let Some(checklist) = next {
        located.extend(checklist.findings.locate(&checklist.sources));
        next = checklist.base.as_deref();
    }
    located
}

fn show(name: &Path, output: &mut Output) -> Result<Exit> {
    let loaded = load(name, &Loader::new())?;
    // Advice is for `check`.
    let mut errors = findings(&loaded);
    errors.retain(|finding| finding.level == Level::Error);
    let shown = output.screen.findings(&errors, FindingFormat::Human);
    output.complain(&shown)?;
    if let Some(checklist) = &loaded.checklist {
        let text = describe::describe(checklist, &output.screen);
        output.print(&text)?;
    }
    Ok(if errors.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn check(paths: &[PathBuf], format: FindingFormat, output: &mut Output) -> Result<Exit> {
    // The id of a shipped checklist is taken as well, so that one can be sure of it.
    let loader = Loader::new();
    let is_id = |path: &&PathBuf| path.to_str().and_then(shipped::find).is_some() && !path.exists();
    let (ids, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(is_id);
    let mut found = Vec::new();
    for id in &ids {
        found.extend(findings(&*load(id, &loader)?));
    }
    let files: Vec<PathBuf> = files.into_iter().cloned().collect();
    let inputs = inputs::find(&files)?;
    let survey = survey(&inputs, &loader, keep)?;
    found.extend(survey.findings);
    let shown = output.screen.findings(&found, format);
    output.print(&shown)?;
    let tally = Tally::of(&found);
    let others = survey.files.iter().filter(|file| **file == Kept::Other).count();
    let checklists = ids.len() + survey.files.len() - others;
    let checked = match others {
        0 => format!("{} checked", count(checklists, "checklist")),
        _ => format!(
            "{} checked, and {} of another kind",
            count(checklists, "checklist"),
            count(others, "file")
        ),
    };
    let line = output.screen.tally(tally, &format!("{checked}: {}", tally_words(tally)));
    output.remark(&line)?;
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}

/// What a file turned out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// A checklist, or nothing that could be read.
    Checklist,
    /// An assessment, a mapping or settings.
    Other,
}

fn keep(loaded: Loaded, _: &[Located]) -> Kept {
    match loaded.content {
        Content::Checklist(_) | Content::Nothing => Kept::Checklist,
        Content::Assessment(..)
        | Content::Programme(..)
        | Content::Mapping(_)
        | Content::Workspace => Kept::Other,
    }
}
