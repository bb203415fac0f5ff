//! `scrutiny validate`: every finding in one run, for people and pipelines. Writes nothing.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;

use super::load::Loader;
use super::output::Output;
use super::screen::FindingFormat;
use super::survey::{survey, tally_words};
use super::{Exit, inputs};
use crate::finding::Tally;
use crate::text::count;

/// Check files and show everything that is wrong, unfinished or could be better
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny validate northmoor
  scrutiny validate northmoor/2026-27-q2/scrutineer.yaml
  scrutiny validate --deny unfinished --format short .")]
pub(super) struct Args {
    /// Files, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are shown
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: FindingFormat,
    /// Exit with 1 for findings of this level too
    #[arg(long, value_name = "LEVEL")]
    deny: Option<Deny>,
    #[command(flatten)]
    names: super::names::NamesArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// What is not done yet
    Unfinished,
    /// What is not done yet, and what could be better
    Advice,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(&args.paths)?;
    let loader = Loader::with_names(args.names.read()?);
    let survey =
        survey(&inputs, &loader, |loaded, _| loaded.workspace.map(|own| own.path.clone()))?;
    let files = count(survey.files.len(), "file");
    let settings: std::collections::BTreeSet<PathBuf> =
        survey.files.into_iter().flatten().collect();
    for path in &settings {
        output.trace(&format!("settings: {}", inputs::shown(path)))?;
    }
    let shown = output.screen.findings(&survey.findings, args.format);
    output.print(&shown)?;
    let tally = Tally::of(&survey.findings);
    let text = format!("{files} checked: {}", tally_words(tally));
    let line = output.screen.tally(tally, &text);
    output.remark(&line)?;
    let is_denied = match args.deny {
        None => tally.errors > 0,
        Some(Deny::Unfinished) => tally.errors + tally.unfinished > 0,
        Some(Deny::Advice) => tally != Tally::default(),
    };
    Ok(if is_denied { Exit::Findings } else { Exit::Clean })
}
