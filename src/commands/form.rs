//! `scrutiny form`: the questions for one respondent, as a workbook, a table or a plain text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::load::{LoadedWorkspace, Loader};
use super::output::{Destination, Output};
use super::report::refuses;
use super::{Exit, checklist, init};
use crate::export::csv;
use crate::form::{self, Facts, Form, Plan};
use crate::model::checklist::Checklist;
use crate::model::workspace::Workspace;
use crate::report::{perspective_words, tool};
use crate::start::Previous;
use crate::text::{one_line, quoted, visible};

/// Make a form with the questions that one agency is asked
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny form --checklist six-steps-2019 --for police --period \"2026-27 Q3\" \\
    --partnership \"Northmoor Safeguarding Children Partnership\" -o police.xlsx
  scrutiny form q2/police.yaml --for police -o police.xlsx
  scrutiny form q2/police.yaml --for police --format text

With an assessment in place of the checklist the form is for the period after it
and shows what this agency said then; what anybody else said is never in it.
What comes back is taken in with `scrutiny import`.")]
pub(super) struct Args {
    /// The assessment of the period before, to show what was said last time
    #[arg(value_name = "PREVIOUS")]
    previous: Option<PathBuf>,
    /// The checklist: the id of a shipped one, or the path to a file
    #[arg(long, value_name = "ID or FILE", required_unless_present = "previous")]
    checklist: Option<PathBuf>,
    /// Whom to ask: an agency's id, or another perspective such as self
    #[arg(long = "for", value_name = "WHOM")]
    whom: String,
    /// The partnership [default: that of the assessment, or of scrutiny.toml]
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// The period [default: the one after that of the assessment]
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// How the form is laid out [default: by the name of the file; text on the screen]
    #[arg(long, value_name = "NAME")]
    format: Option<Format>,
    #[command(flatten)]
    destination: Destination,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An Excel workbook
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A table that opens in Excel
    Csv,
    /// Plain text, for an e-mail
    #[value(alias = "txt")]
    Text,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    if one_line(&visible(&args.whom)).is_empty() {
        bail!(
            "--for names nobody: write the id of an agency, such as police, or another \
             perspective, such as self"
        );
    }
    let format = format(args)?;
    let loader = Loader::new();
    let previous = match &args.previous {
        Some(file) => match init::read_previous(file, &loader, output)? {
            Some(read) => Some(read),
            None => return Ok(Exit::Findings),
        },
        None => None,
    };
    let loaded = match (&args.checklist, &previous) {
        (Some(name), _) => checklist::load(name, &loader)?,
        (None, Some(read)) => Arc::clone(&read.checklist),
        (None, None) => bail!("which checklist is asked? Add --checklist and an id"),
    };
    if refuses(&checklist::findings(&loaded), output)? {
        return Ok(Exit::Findings);
    }
    let near = args.previous.as_deref().or(args.destination.file());
    let workspace = loader.workspace(&init::folder_of(near))?;
    let located = workspace.as_ref().map(|own| own.findings.locate(&own.sources));
    if refuses(&located.unwrap_or_default(), output)? {
        return Ok(Exit::Findings);
    }
    let settings = settings(workspace.as_deref());
    let checklist = init::whole(&loaded)?;
    let header = init::Args::of(&args.partnership, &args.period, &args.whom);
    let first_month = init::first_month(settings, previous.as_ref());
    let header = init::header(&header, checklist, settings, previous.as_ref(), first_month)?;
    let facts = facts(checklist, &header.partnership, &header.period.name, &header.perspective);
    let form = Form::of(&plan(checklist, facts, settings, header.previous));
    if form.items().next().is_none() {
        bail!(
            "the checklist {} has no question for {}: nothing was made",
            checklist.id.value,
            quoted(&args.whom)
        );
    }
    deliver(&form, format, args, output)?;
    Ok(Exit::Clean)
}

/// The settings that could be read.
pub(super) fn settings(workspace: Option<&LoadedWorkspace>) -> Option<&Workspace> {
    workspace.and_then(|own| own.workspace.as_ref())
}

/// What a form is of.
pub(super) fn facts(
    checklist: &Checklist,
    partnership: &str,
    period: &str,
    perspective: &str,
) -> Facts {
    Facts {
        partnership: one_line(partnership),
        period: one_line(period),
        perspective: one_line(perspective),
        checklist: checklist.id.value.clone(),
        edition: one_line(&checklist.edition),
    }
}

/// What a form is made from.
pub(super) fn plan<'a>(
    checklist: &'a Checklist,
    facts: Facts,
    settings: Option<&Workspace>,
    previous: Option<Previous<'a>>,
) -> Plan<'a> {
    let marking = settings.and_then(|own| own.marking.value());
    Plan {
        checklist,
        respondent: perspective_words(&facts.perspective, settings),
        facts,
        marking: marking.map(|marking| one_line(marking)).unwrap_or_default(),
        previous,
    }
}

/// The format that was asked for, or that the name of the file tells.
fn format(args: &Args) -> Result<Format> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(file) = args.destination.file() else { return Ok(Format::Text) };
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv") => Ok(Format::Csv),
        Some("txt") => Ok(Format::Text),
        Some("xlsx") => workbook(file),
        _ => bail!(
            "{} does not tell what to make: let it end in .xlsx, .csv or .txt, or add --format",
            super::inputs::shown(file)
        ),
    }
}

#[cfg(feature = "xlsx")]
fn workbook(_: &Path) -> Result<Format> {
    Ok(Format::Xlsx)
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: &Path) -> Result<Format> {
    bail!("this build of scrutiny makes no workbooks: let the name end in .csv or .txt")
}

fn deliver(form: &Form, format: Format, args: &Args, output: &mut Output) -> Result<()> {
    match format {
        #[cfg(feature = "xlsx")]
        Format::Xlsx => {
            let bytes = form::workbook::render(form, &tool());
            args.destination.deliver_bytes(&bytes, "police.xlsx", output)
        }
        Format::Csv => {
            args.destination.deliver(&csv::render_form(&form::table::rows(form)), output)
        }
        Format::Text => args.destination.deliver(&form::text::render(form, &tool()), output),
    }
}
