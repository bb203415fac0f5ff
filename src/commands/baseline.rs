//! `scrutiny baseline write`, and the use of a baseline by `validate`.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::Subcommand;

use super::Exit;
use super::formats::{from_repository, repository};
use super::inputs::{self, How, Input, here, shown};
use super::load::Loader;
use super::output::{self, Output, Overwrite};
use super::survey::survey;
use crate::finding::baseline::{Baseline, Effect, is_ours, may_hold, render};
use crate::finding::public::{Public, publish};
use crate::rules;
use crate::text::count;

/// Write down the findings of today, so that only new ones fail
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny baseline write northmoor -o baseline.txt
  scrutiny validate --baseline baseline.txt northmoor"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Action,
}

#[derive(Subcommand)]
enum Action {
    Write(Write),
}

/// Write a baseline of everything that is found now
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny baseline write northmoor -o baseline.txt
  scrutiny baseline write .

A baseline that is there already is replaced. Errors that say that something
could not be read or is not known are never written down: put them right.")]
struct Write {
    /// Files, or folders to look through
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file even if it is no baseline
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let Action::Write(args) = &args.command;
    let file = args.output.as_deref().filter(|file| *file != Path::new("-"));
    let is_replaced = file.is_some_and(|file| args.force || is_baseline(file));
    let overwrite = Overwrite::from_flag(is_replaced);
    if let Some(file) = file {
        output::refuse_existing(file, overwrite)?;
    }
    let inputs = inputs::find(&args.paths)?;
    let survey = survey(&inputs, &Loader::new(), |_, _| ())?;
    let public = publish(&survey.findings, from_repository);
    let may_hold = |finding: &&Public<'_>| may_hold(finding, rules::is_firm);
    let text = render(public.iter().filter(may_hold));
    match file {
        Some(file) => output.write(file, &text, overwrite)?,
        None => output.print(&text)?,
    }
    let left = public.iter().filter(|finding| !may_hold(finding)).count();
    if left > 0 {
        output.note(&format!(
            "Not in the baseline: {}, because what cannot be read or is not known is never tolerated; \
             `scrutiny validate` shows them",
            count(left, "error")
        ))?;
    }
    Ok(Exit::Clean)
}

/// Whether a file is there that was made here.
fn is_baseline(file: &Path) -> bool {
    let input = Input::File(file.to_owned(), How::Named);
    file.is_file() && inputs::read_text(&input).is_ok_and(|text| is_ours(&text))
}

/// Reads a baseline.
pub(super) fn read(file: &Path) -> Result<Baseline> {
    if !file.exists() {
        bail!("{} does not exist: make it with `scrutiny baseline write`", shown(file));
    }
    let text = inputs::read_text(&Input::File(file.to_owned(), How::Named))?;
    Baseline::parse(&text).map_err(|(line, message)| anyhow!("{}:{line}: {message}", shown(file)))
}

/// What a baseline does to the findings of a run over these files.
pub(super) fn judge(held: &Baseline, findings: &[Public<'_>], files: &[&str]) -> Effect {
    let checked: std::collections::HashSet<String> =
        files.iter().map(|file| from_repository(file)).collect();
    let root = repository().unwrap_or(here());
    let is_settled = |file: &str| checked.contains(file) || !root.join(file).exists();
    held.judge(findings, rules::is_firm, is_settled)
}

/// How many lines of a baseline that are out of date are named.
const NAMED: usize = 10;

/// How a line that names something begins.
pub(super) const ITEM: &str = "- ";

/// What people are told of a baseline's effect.
pub(super) fn notes(effect: &Effect) -> Vec<String> {
    let mut notes = vec![format!("Tolerated by the baseline: {}", effect.tolerated.len())];
    if effect.fixed.is_empty() {
        return notes;
    }
    notes.push(format!(
        "Fixed since the baseline: {}. Make it smaller with `scrutiny baseline write`:",
        effect.fixed.len()
    ));
    for line in effect.fixed.iter().take(NAMED) {
        notes.push(format!("{ITEM}{}: {} ({})", line.file, line.rule, line.place));
    }
    if effect.fixed.len() > NAMED {
        notes.push(format!("{ITEM}and {} more", effect.fixed.len() - NAMED));
    }
    notes
}
