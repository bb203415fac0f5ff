//! `scrutiny gaps`: what a reader would ask about assessments.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::civil::Date;

use super::assess::{Read, assessments, keep};
use super::load::Loader;
use super::output::{Destination, Output};
use super::report::refuses;
use super::survey::survey;
use super::{Exit, diff, inputs, parse_date};
use crate::comparison::diff::{Diff, diff as compare};
use crate::comparison::same_name;
use crate::export::csv;
use crate::gaps::{self, Kind, Scope};
use crate::report::gaps::{Gaps, Looked, sheet};
use crate::report::markdown;
use crate::text::join_words;

/// List what a reader would ask: whose voice is missing, what rests on one source
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny gaps northmoor/2026-27-q2/scrutineer.yaml
  scrutiny gaps northmoor --kind no-child-voice,old-evidence
  scrutiny gaps q2.yaml --since q1.yaml --format markdown -o gaps.md
  scrutiny gaps northmoor --step 3 --as-at 2026-12-01 --format csv

A gap is a question to ask, not a fault: the run ends with 0, or with 1 where
--exit-code asks for it. docs/trackers.md says what each kind rests on.")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only these kinds of gaps
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Only questions and actions of this step
    #[arg(long, value_name = "ID")]
    step: Option<String>,
    /// The earlier assessment, or a folder that has it, to see what moved up
    #[arg(long, value_name = "PREVIOUS")]
    since: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// Judge on this day what is old or due [default: each file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
    /// End with 1 if there is a gap
    #[arg(long)]
    exit_code: bool,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &Kind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()).help(self.about()))
    }
}

#[derive(Clone, Copy, ValueEnum)]
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
    let kinds = kinds(args)?;
    let loader = Loader::new();
    let inputs = inputs::find(&args.paths)?;
    let survey = survey(&inputs, &loader, keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = assessments(survey.files)?;
    super::actions::check_step(args.step.as_deref(), &read)?;
    let previous = match &args.since {
        Some(path) => match diff::read(path, &loader, output)? {
            Some(previous) => previous,
            None => return Ok(Exit::Findings),
        },
        None => Vec::new(),
    };
    let earlier = earlier(args, &read, &previous)?;
    let bases: Vec<_> = read.iter().map(|one| one.basis(args.as_at)).collect();
    let mut since: Vec<Option<Diff<'_>>> = Vec::with_capacity(bases.len());
    for (earlier, now) in earlier.iter().zip(&bases) {
        since.push(earlier.map(|earlier| compare(earlier.basis(args.as_at), *now)));
    }
    let scope = Scope { step: args.step.clone(), kinds: kinds.clone() };
    let found = gaps::find(&bases, &since, &scope);
    let looked: Vec<Looked<'_>> = found
        .into_iter()
        .zip(&read)
        .zip(&earlier)
        .map(|((found, one), earlier)| Looked {
            material: one.material(args.as_at),
            since: earlier.map(|earlier| earlier.name.clone()),
            found,
        })
        .collect();
    let gaps = Gaps::of(&looked, &kinds, shown(args));
    let text = match args.format {
        Format::Human => output.screen.sheet(&sheet(&gaps)),
        Format::Markdown => markdown::render_sheet(&sheet(&gaps)),
        Format::Csv => csv::render_rows(&gaps.rows()),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&gaps)?),
    };
    args.destination.deliver(&text, output)?;
    Ok(if args.exit_code && gaps.is_any() { Exit::Findings } else { Exit::Clean })
}

/// The kinds that are looked for; all unless some are named.
fn kinds(args: &Args) -> Result<Vec<Kind>> {
    let named = &args.kind;
    if named.contains(&Kind::UpWithoutEvidence) && args.since.is_none() {
        bail!("what moved up can only be seen beside an earlier assessment: add --since PREVIOUS");
    }
    let is_wanted = |kind: &Kind| named.is_empty() || named.contains(kind);
    Ok(Kind::ALL.into_iter().filter(is_wanted).collect())
}

/// For each assessment the one that it is held against: of the same partnership and perspective, the
/// latest before its period. Two single assessments of one partnership are a pair whatever they are.
fn earlier<'p>(args: &Args, read: &[Read], previous: &'p [Read]) -> Result<Vec<Option<&'p Read>>> {
    if let ([now], [old]) = (read, previous)
        && same_name(&now.partnership()) == same_name(&old.partnership())
    {
        return Ok(vec![Some(old)]);
    }
    let end = |one: &Read| one.assessment.period.value().map(|period| period.to);
    let view = |one: &Read| one.assessment.perspective.value().map(|own| same_name(own));
    let partner = |now: &Read| {
        let belongs = |old: &&Read| {
            same_name(&old.partnership()) == same_name(&now.partnership())
                && view(old) == view(now)
                && end(old) < end(now)
        };
        previous.iter().filter(belongs).max_by_key(|old| end(old))
    };
    let pairs: Vec<Option<&Read>> = read.iter().map(partner).collect();
    match (&args.since, pairs.iter().all(Option::is_none)) {
        (Some(path), true) => bail!(
            "{} holds no assessment of the same partnership and perspective from an earlier period",
            inputs::shown(path)
        ),
        _ => Ok(pairs),
    }
}

/// What is looked at, where that is not everything.
fn shown(args: &Args) -> Option<String> {
    let kinds: Vec<&str> = args.kind.iter().map(|kind| kind.id()).collect();
    let kinds = (!kinds.is_empty()).then(|| join_words(&kinds, "and"));
    let step = args.step.as_ref().map(|step| format!("step {step}"));
    let words: Vec<String> = kinds.into_iter().chain(step).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
