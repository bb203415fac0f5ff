//! `scrutiny report`: the full report on one assessment.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::assess::{assessments, keep};
use super::load::Loader;
use super::output::{Destination, Output};
use super::screen::FindingFormat;
use super::survey::{is_wrong, survey};
use super::{Exit, inputs, parse_date};
use crate::finding::{Level, Located};
use crate::report::{Report, markdown};
use crate::text::join_words;

/// Make the report on an assessment
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny report northmoor/2026-27-q2/scrutineer.yaml
  scrutiny report northmoor/2026-27-q2/scrutineer.yaml -o report.md
  scrutiny report - --as-at 2026-12-01 < scrutineer.yaml")]
pub(super) struct Args {
    /// The assessment, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How the report is laid out
    #[arg(long, value_name = "NAME", default_value = "markdown")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// Judge what is overdue on this day, such as 2026-09-30 [default: the file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    Markdown,
    /// A web page
    Html,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(std::slice::from_ref(&args.file))?;
    let survey = survey(&inputs, &Loader::new(), keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = assessments(survey.files)?;
    let [read] = read.as_slice() else {
        let paths: Vec<&str> = read.iter().map(|one| one.path.as_str()).collect();
        bail!(
            "{} holds {} assessments: name the one to report on, {}",
            inputs::shown(&args.file),
            paths.len(),
            join_words(&paths, "or")
        );
    };
    let report = Report::of(read.material(args.as_at));
    let text = match args.format {
        Format::Markdown => markdown::render_report(&report),
        Format::Html => crate::report::html::render(&report),
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

/// Whether the findings stand in the way of making anything out of the files; if so they are shown.
pub(super) fn refuses(findings: &[Located], output: &mut Output) -> Result<bool> {
    let errors: Vec<Located> =
        findings.iter().filter(|finding| finding.level == Level::Error).cloned().collect();
    if !errors.is_empty() {
        let shown = output.screen.findings(&errors, FindingFormat::Human);
        output.complain(&shown)?;
    }
    let is_wrong = is_wrong(findings);
    if is_wrong {
        output.complain("Nothing was made: repair the errors above first.\n")?;
    }
    Ok(is_wrong)
}

/// What is unfinished in a final assessment is an error, and the run says so.
pub(super) fn exit(findings: &[Located]) -> Exit {
    let is_error = |finding: &Located| finding.level == Level::Error;
    if findings.iter().any(is_error) { Exit::Findings } else { Exit::Clean }
}
