//! `scrutiny baseline write`, and the use of a baseline by `validate`.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use clap::Subcommand;

use super::Exit;
use super::formats::{from_repository, repository};
use super::inputs::{self, Inputs, MIB, here, shown};
use super::load::Loader;
use super::names::NamesArgs;
use super::output::{self, Output, Overwrite};
use super::survey::survey;
use crate::finding::baseline::{Baseline, Effect, Line, is_ours, may_hold, render};
use crate::finding::public::{Public, publish};
use crate::privacy::has_mask;
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

A baseline that is there already is made again: what is in it about files that
are not named now stays, all else is replaced. Errors that say that something
could not be read or is not known are never written down: put them right.")]
struct Write {
    /// Files, or folders to look through
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the whole file, even if it is no baseline
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    names: NamesArgs,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let Action::Write(args) = &args.command;
    let file = args.output.as_deref().filter(|file| *file != Path::new("-"));
    let earlier = match file.filter(|file| !args.force && is_baseline(file)) {
        Some(file) => Some(read(file)?),
        None => None,
    };
    let overwrite = Overwrite::from_flag(args.force || earlier.is_some());
    if let Some(file) = file {
        output::refuse_existing(file, overwrite)?;
    }
    let inputs = inputs::find(&args.paths)?;
    let loader = Loader::with_names(args.names.read()?);
    let survey = survey(&inputs, &loader, |loaded, _| Arc::clone(&loaded.source.path))?;
    let in_repository = |path: &str| from_repository(path, &loader);
    let public = publish(&survey.findings, in_repository);
    let may_hold = |finding: &&Public<'_>| may_hold(finding, rules::is_firm);
    let seen = Seen::of(&inputs, survey.files.iter().map(|path| in_repository(path)), &public);
    let absent = earlier.iter().flat_map(|earlier| earlier.absent(&public));
    let kept: Vec<Line> = absent.filter(|line| !seen.settles(line)).cloned().collect();
    let stayed = kept.len();
    let text = render(public.iter().filter(may_hold), kept.into_iter());
    match file {
        Some(file) => output.write(file, &text, overwrite)?,
        None => output.print(&text)?,
    }
    if stayed > 0 {
        output.note(&format!(
            "Kept from the earlier baseline: {}, which this run could not check; --force drops them",
            count(stayed, "finding")
        ))?;
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
    file.is_file() && text(file).is_ok_and(|text| is_ours(&text))
}

/// The text of a baseline, which has a line for each finding of a whole archive.
fn text(file: &Path) -> Result<String> {
    const LARGEST: u64 = 256 * MIB;
    inputs::text_of(inputs::read_at_most(file, LARGEST)?, &shown(file), LARGEST)
}

/// Reads a baseline.
pub(super) fn read(file: &Path) -> Result<Baseline> {
    if !file.exists() {
        bail!("{} does not exist: make it with `scrutiny baseline write`", shown(file));
    }
    Baseline::parse(&text(file)?)
        .map_err(|(line, message)| anyhow!("{}:{line}: {message}", shown(file)))
}

/// What a baseline does to the findings of a run.
pub(super) fn judge(held: &Baseline, findings: &[Public<'_>], seen: &Seen<'_>) -> Effect {
    held.judge(findings, rules::is_firm, |line| seen.settles(line))
}

/// What a run could see.
pub(super) struct Seen<'r> {
    inputs: &'r Inputs,
    /// The files that were checked, as seen from the top of the repository.
    checked: HashSet<String>,
    /// Those of them in which something could not be read or is not known.
    unclear: HashSet<String>,
}

impl<'r> Seen<'r> {
    pub(super) fn of(
        inputs: &'r Inputs,
        checked: impl Iterator<Item = String>,
        findings: &[Public<'_>],
    ) -> Self {
        let is_unclear = |finding: &&Public<'_>| !may_hold(finding, rules::is_firm);
        let unclear = findings.iter().filter(is_unclear).map(|finding| finding.file.clone());
        Seen { inputs, checked: checked.collect(), unclear: unclear.collect() }
    }

    /// Whether the finding of a line would have turned up if it were still there; it is certainly gone
    /// where its file is.
    fn settles(&self, line: &Line) -> bool {
        let path = repository().unwrap_or(here()).join(&line.file);
        // Where a file with a name that may not be shown lies is not known.
        let is_gone =
            path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
        if is_gone && !has_mask(&line.file) {
            return true;
        }
        // Without the checklist and the settings, the rules have not looked at the files.
        let is_dim = |file: &String| *file == line.file || file.ends_with(".toml");
        self.checked.contains(&line.file)
            && !self.unclear.iter().any(is_dim)
            && (!rules::takes_several(&line.rule) || self.inputs.hold_workspace_of(&path))
    }
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
