//! `scrutiny returns`: who was asked, who has answered how much, and who is late.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::assess::{self, assessments, source_date};
use super::load::Loader;
use super::output::{Destination, Output};
use super::report::{exit, refuses};
use super::survey::survey;
use super::{Exit, inputs, parse_date};
use crate::actions::Basis;
use crate::export::csv;
use crate::report::markdown;
use crate::report::returns::{ReturnList, rows, sheet};
use crate::returns::{Due, rounds};
use crate::text::quoted;

/// List who was asked, who has answered how much, and who is late
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny returns northmoor
  scrutiny returns northmoor --due 2026-12-04 --as-at 2026-12-11
  scrutiny returns northmoor --period \"2026-27 Q3\" --format markdown

Those who are asked are the agencies of scrutiny.toml and of the checklist, and
everybody else whose assessment is there; not the scrutineer. Of each
partnership the latest period is shown. The list has no answer in it, only how
many there are.")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day by which answers were asked for, such as 2026-12-04
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    due: Option<Date>,
    /// The day on which it is judged who is late [default: SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "DATE", value_parser = parse_date, requires = "due")]
    as_at: Option<Date>,
    /// Only this period [default: the latest]
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// How the list is laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the screen
    Human,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A table that opens in Excel
    Csv,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let due = due(args)?;
    let inputs = inputs::find(&args.paths)?;
    let survey = survey(&inputs, &Loader::new(), assess::keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = assessments(survey.files)?;
    let bases: Vec<Basis<'_>> = read.iter().map(|one| one.basis(None)).collect();
    let rounds = rounds(&bases, args.period.as_deref());
    if rounds.is_empty() {
        match &args.period {
            Some(period) => bail!("nobody is asked anything for the period {}", quoted(period)),
            None => bail!(
                "nobody is asked anything: list the agencies in scrutiny.toml, or name the folder \
                 that their assessments are in"
            ),
        }
    }
    let text = match args.format {
        Format::Human => output.screen.sheet(&sheet(&rounds, due)),
        Format::Markdown => markdown::render_sheet(&sheet(&rounds, due)),
        Format::Csv => csv::render_rows(&rows(&rounds, due)),
        Format::Json => {
            format!("{}\n", serde_json::to_string_pretty(&ReturnList::of(&rounds, due))?)
        }
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

/// The day by which, and the day of judging. The clock is never asked.
fn due(args: &Args) -> Result<Option<Due>> {
    match (args.due, args.as_at.or_else(source_date)) {
        (None, _) => Ok(None),
        (Some(by), Some(as_at)) => Ok(Some(Due { by, as_at })),
        (Some(_), None) => {
            bail!("say on which day it is judged who is late: add --as-at, such as 2026-12-11")
        }
    }
}
