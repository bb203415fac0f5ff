//! `scrutiny schema`: what editors need to suggest words and explain keys.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::load::Loader;
use super::output::Output;
use super::report::refuses;
use super::{Exit, checklist, inputs};
use crate::finding::json;
use crate::schema;

/// Print a JSON Schema, for editors that suggest words and explain keys
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny schema assessment
  scrutiny schema assessment --checklist six-steps-2019
  scrutiny schema programme

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
    /// The schema of programmes
    #[command(after_help = "\
Examples:
  scrutiny schema programme > programme.schema.json")]
    Programme,
    /// The schema of what `validate --format json` prints
    #[command(after_help = "\
Examples:
  scrutiny schema findings > findings.schema.json")]
    Findings,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let name = match &args.kind {
        Kind::Assessment { checklist } => checklist,
        Kind::Findings => {
            output.print(&json::schema())?;
            return Ok(Exit::Clean);
        }
        Kind::Programme => {
            output.print(&schema::programme::render())?;
            return Ok(Exit::Clean);
        }
    };
    let Some(name) = name else {
        output.print(&schema::render(None))?;
        return Ok(Exit::Clean);
    };
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
