//! `scrutiny programme`: what a year's scrutiny may take, what it took, what is late and what is next.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::assess::day;
use super::load::{Content, Loaded, LoadedChecklist, LoadedWorkspace, Loader};
use super::output::{Destination, Output};
use super::report::{exit, refuses};
use super::survey::survey;
use super::{Exit, inputs, parse_date};
use crate::due::{self, Due};
use crate::export::events;
use crate::finding::Located;
use crate::model::programme::Programme;
use crate::programme::{Basis, Overview, overview};
use crate::report::programme::{Published, sheet};
use crate::report::{markdown, tool};
use crate::syntax::decode::line;
use crate::text::join_words;

/// Sum up a programme: days and money used, what is late, what is next
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny programme northmoor/programme.yaml
  scrutiny programme northmoor/programme.yaml --as-at 2026-12-01
  scrutiny programme northmoor/programme.yaml --format markdown -o programme.md
  scrutiny programme northmoor/programme.yaml --format ics -o programme.ics

A calendar has an event for everything with a date that is not settled yet.
`scrutiny init --programme` starts a programme.")]
pub(super) struct Args {
    /// The programme, a folder that holds one, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How it is laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// Judge what is late on this day, such as 2026-09-30 [default: the file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the screen
    Human,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A calendar
    Ics,
    /// For programs
    Json,
}

/// A programme that was read, with what belongs to it.
pub(super) struct ReadProgramme {
    pub(super) path: String,
    name: String,
    programme: Box<Programme>,
    checklist: Option<Arc<LoadedChecklist>>,
    workspace: Option<Arc<LoadedWorkspace>>,
}

impl ReadProgramme {
    /// The partnership's name; empty where that could not be read.
    pub(super) fn partnership(&self) -> String {
        line(&self.programme.partnership).unwrap_or_default()
    }

    /// The programme with what belongs to it, judged on a day that is given, or on its own.
    pub(super) fn overview(&self, as_at: Option<Date>) -> Overview<'_> {
        let own = self.programme.as_at.value().copied();
        overview(Basis {
            programme: &self.programme,
            checklist: self.checklist.as_ref().and_then(|own| own.checklist.as_ref()),
            workspace: self.workspace.as_ref().and_then(|own| own.workspace.as_ref()),
            file: &self.name,
            as_at: day(as_at, own),
        })
    }
}

/// Keeps a programme; of any other file nothing.
pub(super) fn keep(loaded: Loaded, _: &[Located]) -> Option<ReadProgramme> {
    let Content::Programme(Some(programme), checklist) = loaded.content else { return None };
    let path = loaded.source.path.to_string();
    Some(ReadProgramme {
        path,
        name: loaded.name,
        programme,
        checklist,
        workspace: loaded.workspace,
    })
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(std::slice::from_ref(&args.file))?;
    let survey = survey(&inputs, &Loader::new(), keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = only(survey.files.into_iter().flatten().collect(), &args.file)?;
    let overview = read.overview(args.as_at);
    let text = match args.format {
        Format::Human => output.screen.sheet(&sheet(&overview)),
        Format::Markdown => markdown::render_sheet(&sheet(&overview)),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&Published::of(&overview))?),
        Format::Ics => {
            let list: Vec<Due> = due::of_programme(&overview);
            events::render(&list, overview.basis.as_at, &sheet(&overview).title, &tool())
        }
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

/// The one programme that was named.
pub(super) fn only(mut read: Vec<ReadProgramme>, file: &Path) -> Result<ReadProgramme> {
    match (read.pop(), read.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => bail!(
            "{} is no programme: name a file whose first line is `scrutiny: programme`",
            inputs::shown(file)
        ),
        (Some(last), false) => {
            let paths = read.iter().chain([&last]).map(|own| own.path.clone());
            let paths: Vec<String> = paths.collect();
            bail!(
                "{} holds {} programmes: name the one that is meant, {}",
                inputs::shown(file),
                paths.len(),
                join_words(&paths, "or")
            );
        }
    }
}
