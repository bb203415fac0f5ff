//! `scrutiny validate`: every finding in one run, for people and pipelines. Writes nothing but what it
//! is asked to: formats into files, and with `--fix` the repairs that are certain.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::formats::{Asked, Format, Formats, Shown, from_repository, is_pipeline};
use super::load::Loader;
use super::output::Output;
use super::survey::{survey, tally_words};
use super::{Exit, baseline, fix, inputs};
use crate::finding::public::{Public, Run, publish, without_words};
use crate::finding::{Level, Located, Tally};
use crate::text::count;

/// Check files and show everything that is wrong, unfinished or could be better
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    formats: Asked,
    /// Exit with 1 for findings of this level too
    #[arg(long, value_name = "LEVEL")]
    deny: Option<Deny>,
    /// Exit with 1 for errors also where SARIF is asked for
    #[arg(long)]
    exit_code: bool,
    /// Tolerate the findings in this file, which `scrutiny baseline write` makes
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Put right what can only have been meant in one way, then check
    #[arg(long)]
    fix: bool,
    /// With --fix: show the repairs as a patch, and write nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["format", "output", "baseline", "deny"])]
    dry_run: bool,
    /// Show the lines and words of files also where CI is set, as it is on build servers
    #[arg(long)]
    show_source: bool,
    /// Pass over named files that do not say they are scrutiny's, as hooks name them
    #[arg(long)]
    skip_other_files: bool,
    #[command(flatten)]
    names: super::names::NamesArgs,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny validate northmoor
  scrutiny validate --deny unfinished --format short .
  scrutiny validate --fix --dry-run northmoor
  scrutiny validate --format human --format sarif --output scrutiny.sarif .
  scrutiny validate --baseline baseline.txt .

Repairs of --fix: misspelt keys, ids and words with one near right one, letter
case, and dates in another layout. A rating or an answer is never decided.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// What is not done yet
    Unfinished,
    /// What is not done yet, and what could be better
    Advice,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let formats = Formats::of(&args.formats)?;
    let inputs = inputs::find(&args.paths)?;
    let inputs = if args.skip_other_files { inputs.sifted() } else { inputs };
    if args.fix && args.dry_run {
        if is_pipeline() && !args.show_source {
            bail!(
                "a patch holds lines of the files, and CI is set, where others read what is \
                 printed: add --show-source to print it"
            );
        }
        return fix::show(&inputs, output);
    }
    if args.fix {
        fix::write(&inputs, output)?;
    }
    let held = args.baseline.as_deref().map(baseline::read).transpose()?;
    let loader = Loader::with_names(args.names.read()?);
    let survey = survey(&inputs, &loader, |loaded, _| {
        (Arc::clone(&loaded.source.path), Arc::clone(loaded.source.shown_path()))
    })?;
    let files: Vec<&str> = survey.files.iter().map(|(_, shown)| &**shown).collect();
    let in_repository = |path: &str| from_repository(path, &loader);
    let found = survey.findings;
    let is_bare = is_pipeline() && !args.show_source;
    let public = match is_bare || held.is_some() || formats.are_for_machines() {
        true => publish(&found, in_repository),
        false => Vec::new(),
    };
    let effect = held.as_ref().map(|held| {
        let checked = survey.files.iter().map(|(path, _)| in_repository(path));
        let seen = baseline::Seen::of(&inputs, checked, &public);
        baseline::judge(held, &public, &seen)
    });
    let is_new = |finding: &Public<'_>| {
        effect.as_ref().is_none_or(|effect| !effect.tolerated.contains(&finding.fingerprint))
    };
    let shown: Cow<'_, [Located]> = match is_bare || effect.is_some() {
        false => Cow::Borrowed(&found),
        true => {
            let pairs = found.iter().zip(&public).filter(|(_, public)| is_new(public));
            let shown = pairs.map(|(finding, public)| match is_bare {
                true => without_words(finding, public),
                false => finding.clone(),
            });
            Cow::Owned(shown.collect())
        }
    };
    let public: Vec<Public<'_>> = public.iter().filter(|one| is_new(one)).cloned().collect();
    let tally = Tally::of(shown.iter());
    let run = Run {
        files: files.len(),
        tally,
        baseline: effect.as_ref().map(|effect| (effect.tolerated.len(), effect.fixed.len())),
        denied: match args.deny {
            None => Level::Error,
            Some(Deny::Unfinished) => Level::Unfinished,
            Some(Deny::Advice) => Level::Advice,
        },
    };
    let remark = format!("{} checked: {}", count(files.len(), "file"), tally_words(tally));
    let notes = effect.as_ref().map(baseline::notes).unwrap_or_default();
    let all = Shown {
        findings: &shown,
        public: &public,
        files: &files,
        run,
        remark: &remark,
        notes: &notes,
    };
    formats.deliver(&all, output)?;
    // The process ends now: to give back what the checklists hold would only take time.
    std::mem::forget(loader);
    let is_denied = shown.iter().any(|finding| run.denies(finding.level));
    // The step that uploads a SARIF file comes after this one and has to run.
    let is_asked = args.exit_code || args.deny.is_some() || !formats.has(Format::Sarif);
    Ok(if is_denied && is_asked { Exit::Findings } else { Exit::Clean })
}
