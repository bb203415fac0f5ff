//! `scrutiny checklist compare`: what became of each question from one edition to another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::{findings, load};
use crate::commands::Exit;
use crate::commands::inputs::shown;
use crate::commands::load::{LoadedChecklist, Loader};
use crate::commands::output::{Destination, Output};
use crate::commands::report::refuses;
use crate::comparison::editions;
use crate::report::editions::{EditionsWords, sheet};
use crate::report::markdown;
use crate::shipped;

/// Show what became of each question from one edition of a checklist to another
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny checklist compare local-2026.toml local-2027.toml
  scrutiny checklist compare six-steps-2019 warwickshire-2025 --format markdown
  scrutiny checklist compare old.toml new.toml --format json -o changes.json

The words decide, not the numbers. Same and cosmetic questions keep their
answers; a reworded one shows the words that went as [-old-] and those that came
as {+new+}; moved, split and merged ones are named with their ids then and now.")]
pub(super) struct Compare {
    /// The earlier edition: the id of a shipped checklist, or the path to a file
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later edition
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// How the comparison is laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
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

pub(super) fn compare(args: &Compare, output: &mut Output) -> Result<Exit> {
    let loader = Loader::new();
    let (old, new) = (load(&args.old, &loader)?, load(&args.new, &loader)?);
    let located: Vec<_> = findings(&old).into_iter().chain(findings(&new)).collect();
    if refuses(&located, output)? {
        return Ok(Exit::Findings);
    }
    let (Some(then), Some(now)) = (&old.checklist, &new.checklist) else {
        bail!("one of the two checklists cannot be read");
    };
    let compared = editions::compare(then, now);
    let names = [name(&args.old, &old), name(&args.new, &new)];
    let words = EditionsWords::of(&compared, [&names[0], &names[1]]);
    let text = match args.format {
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&words)?),
        Format::Markdown => markdown::render_sheet(&sheet(&words)),
        Format::Human => output.screen.sheet(&sheet(&words)),
    };
    args.destination.deliver(&text, output)?;
    Ok(Exit::Clean)
}

/// Where a checklist comes from, as outputs say it.
fn name(path: &Path, loaded: &Arc<LoadedChecklist>) -> String {
    match shipped::find(&loaded.key) {
        Some(_) => "comes with scrutiny".to_owned(),
        None => shown(path),
    }
}
