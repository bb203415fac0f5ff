//! `scrutiny enquiry`: sheets to take along, with what to ask next.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::assess::{assessments, keep};
use super::load::Loader;
use super::output::{Destination, Output};
use super::report::{earlier, exit, only, refuses};
use super::survey::survey;
use super::{Exit, actions, inputs, parse_date};
use crate::comparison::diff::diff;
use crate::enquiry::{self, Division, Sheet};
use crate::report::enquiry::{Enquiries, Laid, render};
use crate::report::kind;
use crate::text::{join_words, nearest, quoted};

/// Make sheets for interviews and visits: what to ask next, and room to write
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny enquiry northmoor/2026-27-q2/scrutineer.yaml
  scrutiny enquiry q2.yaml --by method --format html -o sheets.html
  scrutiny enquiry q2.yaml --for police --format html -o police.html
  scrutiny enquiry q2.yaml --by method --for interview --step 3
  scrutiny enquiry q3.yaml --since q2.yaml

Asked is what is below the best value, open, reworded, on old evidence or
without a voice. docs/trackers.md says what leads to which method. A sheet holds
what the partnership may see: no restricted evidence, no notes.")]
pub(super) struct Args {
    /// The assessment, a folder that holds one, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A sheet for each method, or for each agency [default: all on one sheet]
    #[arg(long, value_name = "WHAT")]
    by: Option<By>,
    /// Only the sheet of this agency, or with --by method of this method
    #[arg(long = "for", value_name = "ID")]
    only: Option<String>,
    /// Only questions of this step
    #[arg(long, value_name = "ID")]
    step: Option<String>,
    /// Show too what this earlier assessment said
    #[arg(long, value_name = "PREVIOUS")]
    since: Option<PathBuf>,
    /// What it is written in
    #[arg(long, value_name = "NAME", default_value = "markdown")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// Judge on this day what is old or late [default: the file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Interview, focus group, document review and so on
    Method,
    /// Partners and agencies of scrutiny.toml, and those that the checklist asks
    Agency,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A web page in one file, to print
    Html,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let loader = Loader::new();
    let inputs = inputs::find(std::slice::from_ref(&args.file))?;
    let survey = survey(&inputs, &loader, keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = [only(assessments(survey.files)?, &args.file)?];
    actions::check_step(args.step.as_deref(), &read)?;
    let [read] = &read;
    let Ok(old) = earlier(args.since.as_deref(), read, &loader, output)? else {
        return Ok(Exit::Findings);
    };
    let material = read.material(args.as_at);
    let since = old.as_ref().map(|old| old.basis(None));
    let step = args.step.as_deref();
    let moved = since.map(|old| diff(old, material.basis));
    let enquiries = enquiry::enquire(&material.basis, moved, step);
    let by = division(args);
    let sheets = chosen(args, by, enquiry::divide(&material.basis, &enquiries, by))?;
    let shown = step.map(|step| format!("step {step}"));
    let of = enquiry::base(&material.basis, step);
    let questions = enquiries.len();
    let laid = Laid { material, since, by, of, questions, shown: shown.as_deref() };
    let value = Enquiries::of(laid, &sheets);
    let text = match args.format {
        Format::Markdown => render(kind::Format::Markdown, &value),
        Format::Html => render(kind::Format::Html, &value),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&value)?),
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

/// How the questions are divided. Who names one sheet and no division means an agency's.
fn division(args: &Args) -> Division {
    match (args.by, &args.only) {
        (Some(By::Method), _) => Division::Method,
        (Some(By::Agency), _) | (None, Some(_)) => Division::Agency,
        (None, None) => Division::Together,
    }
}

/// The sheets that are wanted: all, or the one that was named.
fn chosen<'e, 'a>(
    args: &Args,
    by: Division,
    mut sheets: Vec<Sheet<'e, 'a>>,
) -> Result<Vec<Sheet<'e, 'a>>> {
    let what = match by {
        Division::Together => return Ok(sheets),
        Division::Method => "method",
        Division::Agency => "agency",
    };
    if sheets.is_empty() {
        match by {
            Division::Agency => bail!(
                "no agency is known: name partners and agencies in scrutiny.toml, or use --by method"
            ),
            Division::Method | Division::Together => return Ok(sheets),
        }
    }
    let Some(name) = &args.only else { return Ok(sheets) };
    let ids: Vec<String> = sheets.iter().map(|sheet| sheet.id.clone()).collect();
    sheets.retain(|sheet| sheet.is_called(name));
    if sheets.is_empty() {
        let meant = nearest(name, ids.iter().map(String::as_str));
        let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
        bail!(
            "there is no sheet for the {what} {}{meant}; there is one for {}",
            quoted(name),
            join_words(&ids, "and")
        );
    }
    Ok(sheets)
}
