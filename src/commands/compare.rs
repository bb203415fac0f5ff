//! `scrutiny compare`: the perspectives of one partnership on one period, side by side.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::assess::{Read, assessments, keep};
use super::load::Loader;
use super::output::{Destination, Output};
use super::report::{exit, refuses};
use super::survey::survey;
use super::{Exit, inputs};
use crate::actions::Basis;
use crate::comparison::compare::compare;
use crate::model::period::Period;
use crate::model::standing::AGREED;
use crate::report::compare::{Perspectives, Shown, sheet};
use crate::report::markdown;
use crate::text::{join_words, nearest, one_line, quoted};

/// Show perspectives side by side: where they differ is the agenda
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny compare northmoor/2026-27-q2
  scrutiny compare self.yaml police.yaml scrutineer.yaml --only differences
  scrutiny compare q2 --format markdown -o agenda.md

The assessments are of one partnership and one period, each of another
perspective. What was agreed is shown beside the views and is none itself.")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only the assessments of this period, such as "2026-27 Q2"
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Only questions of this step
    #[arg(long, value_name = "ID")]
    step: Option<String>,
    /// Which questions are shown
    #[arg(long, value_name = "WHICH")]
    only: Option<Only>,
    /// How the comparison is laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Those in which views differ
    Differences,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the screen
    Human,
    /// Markdown
    Markdown,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(&args.files)?;
    let survey = survey(&inputs, &Loader::new(), keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = of_one_period(assessments(survey.files)?, args.period.as_deref())?;
    refuse_one_view(&read)?;
    let sides: Vec<Basis<'_>> = read.iter().map(|one| one.basis(None)).collect();
    let mut comparison = compare(&sides);
    if let Some(step) = &args.step {
        check_step(step, &read)?;
        comparison.keep_step(step);
    }
    let perspectives = Perspectives::of(&comparison, args.step.as_deref());
    let shown = match args.only {
        None => Shown::All,
        Some(Only::Differences) => Shown::Differences,
    };
    let text = match args.format {
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&perspectives)?),
        Format::Markdown => markdown::render_sheet(&sheet(&perspectives, shown)),
        Format::Human => output.screen.sheet(&sheet(&perspectives, shown)),
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

/// The assessments of a period, where one is named, which then have to be of one partnership, of one
/// period, and each of another perspective. Nothing of one partnership is ever put beside another's.
pub(super) fn of_one_period(mut read: Vec<Read>, period: Option<&str>) -> Result<Vec<Read>> {
    if let Some(wanted) = period {
        let is_wanted = |one: &Read| {
            let own = one.assessment.period.value();
            own.is_some_and(|own| one_line(wanted).eq_ignore_ascii_case(&own.name))
        };
        if !read.iter().any(is_wanted) {
            bail!(
                "there is no assessment of the period {} here: {}",
                quoted(wanted),
                with_files(&read, period_name)
            );
        }
        read.retain(is_wanted);
    }
    if differ(&read, |one| one.partnership().to_lowercase()) {
        bail!(
            "these assessments are not of one partnership: {}; name the files of one",
            with_files(&read, Read::partnership)
        );
    }
    let days = |one: &Read| one.assessment.period.value().map(|own: &Period| (own.from, own.to));
    if differ(&read, days) {
        bail!(
            "these assessments are not of one period: {}; add --period, or name the files of one",
            with_files(&read, period_name)
        );
    }
    for (index, one) in read.iter().enumerate() {
        let is_same = |other: &&Read| perspective(other) == perspective(one);
        if let Some(other) = read[..index].iter().find(is_same) {
            bail!(
                "{} and {} are both of the perspective {}: leave one of them out",
                other.path,
                one.path,
                perspective(one)
            );
        }
    }
    Ok(read)
}

fn differ<K: PartialEq>(read: &[Read], key: impl Fn(&Read) -> K) -> bool {
    read.windows(2).any(|pair| key(&pair[0]) != key(&pair[1]))
}

pub(super) fn perspective(read: &Read) -> String {
    read.assessment.perspective.value().map(|word| one_line(word)).unwrap_or_default()
}

fn period_name(read: &Read) -> String {
    read.assessment.period.value().map(|period| period.name.clone()).unwrap_or_default()
}

/// What the assessments are of, each with the first file that says so: "a.yaml is of 2026-27 Q1 and
/// b.yaml of 2026-27 Q2".
fn with_files(read: &[Read], what: impl Fn(&Read) -> String) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for one in read {
        let own = what(one);
        if !told.iter().any(|other| other.eq_ignore_ascii_case(&own)) {
            let verb = if words.is_empty() { " is" } else { "" };
            words.push(format!("{}{verb} of {own}", one.path));
            told.push(own);
        }
    }
    join_words(&words, "and")
}

/// One view alone agrees with nobody and differs from nobody.
pub(super) fn refuse_one_view(read: &[Read]) -> Result<()> {
    let views: Vec<&Read> = read.iter().filter(|one| perspective(one) != AGREED).collect();
    match views.as_slice() {
        [] => bail!("there is no view here: name at least two assessments that are not agreed"),
        [only] => bail!(
            "{} is the only view here: name at least two assessments, each of another perspective",
            only.path
        ),
        _ => Ok(()),
    }
}

/// A step that no checklist has would give an empty page that looks like agreement.
fn check_step(step: &str, read: &[Read]) -> Result<()> {
    let mut ids: Vec<&str> = Vec::new();
    for own in read.iter().flat_map(|one| &one.checklist().steps) {
        if !ids.contains(&own.id.value.as_str()) {
            ids.push(&own.id.value);
        }
    }
    if ids.contains(&step) {
        return Ok(());
    }
    let meant = nearest(step, ids.iter().copied());
    let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
    bail!("there is no step {}{meant}; the steps are {}", quoted(step), join_words(&ids, "and"));
}
