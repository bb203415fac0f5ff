//! `scrutiny moderate`: starts the agreed assessment from the views, or refreshes the views of one that
//! was started before.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::assess::{Read, assessments, keep};
use super::compare::{of_one_period, perspective, refuse_one_view};
use super::detours::{absolute, real};
use super::inputs::{self, How, Input, shown};
use super::load::{LoadedChecklist, Loader};
use super::output::{Destination, Output};
use super::relative::seen_from;
use super::report::{exit, refuses};
use super::survey::survey;
use super::writer::Unproven;
use super::{Exit, parse_date};
use crate::actions::Basis;
use crate::comparison::moderate::{Start, start};
use crate::finding::{Findings, Level};
use crate::model::faults;
use crate::model::standing::AGREED;
use crate::report::moderate::{Head, refresh, render};
use crate::shipped;
use crate::source::Source;
use crate::syntax::yaml;
use crate::text::join_words;

/// Start the agreed assessment from the views, or refresh its views
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny moderate self.yaml police.yaml scrutineer.yaml -o agreed.yaml
  scrutiny moderate northmoor/2026-27-q2 -o northmoor/2026-27-q2/agreed.yaml
  scrutiny moderate q2 -o q2/agreed.yaml --force

Nothing is taken for agreed: where all views give one rating it is offered in a
comment, elsewhere the views are written in. Where an agreed assessment is among
the files, all that it says is kept and only its views are refreshed; --force
then replaces the file.")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only the assessments of this period, such as "2026-27 Q2"
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// The day on which what is agreed holds [default: the latest as-at of the views]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let inputs = inputs::find(&args.files)?;
    let loader = Loader::new();
    let survey = survey(&inputs, &loader, |loaded, located| {
        let source = Arc::clone(&loaded.source);
        (keep(loaded, located), source)
    })?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let (kept, sources): (Vec<_>, Vec<_>) = survey.files.into_iter().unzip();
    let read = of_one_period(assessments(kept)?, args.period.as_deref())?;
    refuse_one_view(&read)?;
    refuse_other_checklist(&read)?;
    let earlier = read.iter().find(|one| perspective(one) == AGREED);
    refuse_existing(args, earlier)?;
    let sides: Vec<Basis<'_>> = read.iter().map(|one| one.basis(None)).collect();
    let start = start(&sides);
    let source = earlier.and_then(|one| sources.iter().find(|own| *own.path == *one.path));
    let text = match source {
        Some(source) => {
            let text = refreshed(&start, source)?;
            prove(&text, args.target(), &loader)?;
            with_mark(text, earlier)
        }
        None => {
            // A folder that is not there yet is made last; until then its nearest one stands for it.
            let there = nearest_folder(args.target()).join("agreed.yaml");
            prove(&render(&start, &head(&there, args, &read)?), &there, &loader)?;
            render(&start, &head(args.target(), args, &read)?)
        }
    };
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

impl Args {
    /// The file that is to be written; one that goes to standard output is made as if it stood where
    /// the user stands.
    fn target(&self) -> &Path {
        self.destination.file().unwrap_or(Path::new("agreed.yaml"))
    }
}

/// What was agreed has one checklist, so the views have to answer the same.
fn refuse_other_checklist(read: &[Read]) -> Result<()> {
    let key = |one: &Read| {
        let checklist = one.checklist();
        let questions = checklist.questions().chain(&checklist.context);
        let wordings: Vec<_> = questions.map(|own| (own.id.value.clone(), own.wording())).collect();
        (checklist.id.value.clone(), checklist.edition.clone(), wordings)
    };
    let words = |one: &Read| {
        let checklist = one.checklist();
        format!("{} answers {}, edition {}", one.path, checklist.id.value, checklist.edition)
    };
    let Some(first) = read.first() else { return Ok(()) };
    let other = read.iter().find(|one| key(one) != key(first));
    other.map_or(Ok(()), |other| {
        bail!(
            "the assessments do not answer the same checklist: {}, and {}; `scrutiny compare` \
             shows what can be compared",
            words(first),
            words(other)
        )
    })
}

/// A file that is there is replaced only when forced, and the message says how its words are kept.
fn refuse_existing(args: &Args, earlier: Option<&Read>) -> Result<()> {
    let Some(target) = args.destination.file() else {
        return Ok(());
    };
    if args.destination.force || !target.exists() {
        return Ok(());
    }
    let target_name = shown(target);
    match earlier {
        Some(own) if own.path == target_name => bail!(
            "{target_name} is there already: add --force to refresh its views; all else in it stays"
        ),
        _ => bail!(
            "{target_name} is there already: name it among the files to keep what it says, or add \
             --force to replace it"
        ),
    }
}

/// What stands at the top of a new file in a place.
fn head(place: &Path, args: &Args, read: &[Read]) -> Result<Head> {
    let folder = real(place).parent().map(Path::to_owned).unwrap_or_default();
    let latest = read.iter().filter_map(|one| one.assessment.as_at.value()).max().copied();
    let first = read.first().ok_or_else(|| anyhow!("there is no view here"))?;
    Ok(Head { reference: reference(&first.checklist, &folder), as_at: args.as_at.or(latest) })
}

/// How a file in a folder names a checklist: by its id, or by its path as seen from there.
fn reference(checklist: &LoadedChecklist, folder: &Path) -> String {
    match shipped::find(&checklist.key) {
        Some(shipped) => shipped.id.to_owned(),
        None => seen_from(folder, Path::new(&checklist.key)),
    }
}

/// The folder of a file, or the nearest above it that is there.
fn nearest_folder(file: &Path) -> PathBuf {
    let file = absolute(file);
    let folder = file.ancestors().skip(1).find(|folder| folder.is_dir());
    folder.map(Path::to_owned).unwrap_or_default()
}

/// An earlier agreed assessment with its views as they are now.
fn refreshed(start: &Start<'_>, source: &Source) -> Result<String> {
    let mut findings = Findings::default();
    let tree = yaml::parse(source, &mut findings);
    let tree = tree.ok_or_else(|| anyhow!("{} cannot be read again", source.path))?;
    Ok(refresh(start, source, tree.root()))
}

/// Reads the text as if it stood in its place already. An error in it is a fault of ours, or the place
/// is one in which such a file cannot stand.
fn prove(text: &str, place: &Path, loader: &Loader) -> Result<()> {
    let input = Input::File(place.to_owned(), How::Named);
    let loaded = loader.load_bytes(&input, text.as_bytes().to_vec())?;
    let errors = loaded.findings.iter().filter(|finding| finding.rule.level == Level::Error);
    let errors: Vec<&str> = errors.map(|finding| finding.message.as_str()).collect();
    if !errors.is_empty() {
        let message = format!(
            "the agreed assessment would not be right in {}: {}",
            shown(place),
            join_words(&errors, "and")
        );
        // A place from which the checklist cannot be reached is the user's choice, not our fault.
        let rules = loaded.findings.iter().map(|finding| finding.rule.id);
        match rules.into_iter().any(|rule| rule == faults::OUTSIDE_WORKSPACE.id) {
            true => bail!("{message}; nothing was written"),
            false => return Err(Unproven(message).into()),
        }
    }
    Ok(())
}

/// A file that began with a byte-order mark begins with it again.
fn with_mark(text: String, earlier: Option<&Read>) -> String {
    const MARK: &str = "\u{feff}";
    let bytes = earlier.map(|one| {
        inputs::read(&Input::File(PathBuf::from(&one.path), How::Named)).unwrap_or_default()
    });
    match bytes.is_some_and(|bytes| bytes.starts_with(MARK.as_bytes())) {
        true => format!("{MARK}{text}"),
        false => text,
    }
}
