//! `scrutiny schema`: what editors need to suggest words and explain keys. The schemas that are
//! printed without a checklist are committed under `schemas/`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Subcommand;
use serde_json::Value;

use super::load::Loader;
use super::output::Output;
use super::report::refuses;
use super::{Exit, checklist, inputs};
use crate::finding::{Level, json};
use crate::rules;
use crate::schema;
use crate::schema::workspace::Named;

/// Print a JSON Schema, for editors that suggest words and explain keys
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny schema assessment
  scrutiny schema assessment --checklist six-steps-2019
  scrutiny schema checklist > checklist.schema.json
  scrutiny schema workspace

`scrutiny init` writes the schema of a checklist beside the settings, and names
it in the first line of each new assessment."
)]
pub(super) struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// The schema of assessments
    #[command(after_help = "\
Examples:
  scrutiny schema assessment
  scrutiny schema assessment --checklist six-steps-2019")]
    Assessment {
        /// The checklist whose questions and scales it is to know: an id, or a file
        #[arg(long, value_name = "ID or FILE")]
        checklist: Option<PathBuf>,
    },
    /// The schema of checklists
    #[command(after_help = "\
Examples:
  scrutiny schema checklist > checklist.schema.json")]
    Checklist,
    /// The schema of scrutiny.toml, the settings of a workspace
    #[command(after_help = "\
Examples:
  scrutiny schema workspace > workspace.schema.json")]
    Workspace,
    /// The schema of programmes
    #[command(after_help = "\
Examples:
  scrutiny schema programme > scrutiny-programme.schema.json")]
    Programme,
    /// The schema of mappings between two editions of a checklist
    #[command(after_help = "\
Examples:
  scrutiny schema mapping > mapping.schema.json")]
    Mapping,
    /// The schema of what `validate --format json` prints
    #[command(after_help = "\
Examples:
  scrutiny schema findings > findings.schema.json")]
    Findings,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let text = match &args.kind {
        Kind::Assessment { checklist: None } => schema::render(None),
        Kind::Assessment { checklist: Some(name) } => return of_checklist(name, output),
        Kind::Checklist => schema::print(&schema::checklist::schema()),
        Kind::Workspace => schema::print(&of_settings()),
        Kind::Programme => schema::print(&schema::programme::schema()),
        Kind::Mapping => schema::print(&schema::mapping::schema()),
        Kind::Findings => json::schema(),
    };
    output.print(&text)?;
    Ok(Exit::Clean)
}

/// The schema of assessments on one checklist.
fn of_checklist(name: &Path, output: &mut Output) -> Result<Exit> {
    let loaded = checklist::load(name, &Loader::new())?;
    if refuses(&checklist::findings(&loaded), output)? {
        return Ok(Exit::Findings);
    }
    let Some(own) = &loaded.checklist else {
        bail!("{} is not a checklist", inputs::shown(name));
    };
    output.print(&schema::render(Some(own)))?;
    Ok(Exit::Clean)
}

/// The schema of settings, with the rules that they can name. One that is an error by nature stays one.
pub(super) fn of_settings() -> Value {
    let named = |rule: &'static crate::finding::Rule| Named {
        id: rule.id,
        summary: rule.summary,
        levels: match rule.level {
            Level::Error => &["error"],
            Level::Unfinished | Level::Advice => &["error", "unfinished", "advice", "off"],
        },
    };
    schema::workspace::schema(&rules::all().map(named).collect::<Vec<_>>())
}
