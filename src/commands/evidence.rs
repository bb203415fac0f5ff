//! `scrutiny evidence add`: adds one piece of evidence to a question or to an action.

use anyhow::Result;
use clap::Subcommand;

use super::Exit;
use super::edit::{self, edit};
use super::output::Output;
use crate::change::{self, NewEvidence};

/// Add evidence to an assessment
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny evidence add scrutineer.yaml 3.2 --source \"Focus group\"")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(Add),
}

/// Add one piece of evidence to a question or an action
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
struct Add {
    #[command(flatten)]
    target: edit::Target,
    /// The question or the action, by its id
    #[arg(value_name = "QUESTION|ACTION")]
    on: String,
    /// What it is
    #[arg(long, value_name = "TEXT")]
    source: String,
    #[command(flatten)]
    details: Details,
}

/// What else can be said of a piece of evidence.
#[derive(clap::Args)]
pub(super) struct Details {
    /// How it was gathered, such as focus-group
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// The day on which it was gathered
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    date: Option<jiff::civil::Date>,
    /// Whose voice is heard in it; several with commas
    #[arg(long, value_name = "VOICE", value_delimiter = ',')]
    voice: Vec<String>,
    /// What it says
    #[arg(long, value_name = "TEXT")]
    says: Option<String>,
    /// The day on which it should be looked at again
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    review_by: Option<jiff::civil::Date>,
    /// It must not leave in a public output
    #[arg(long)]
    restricted: bool,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny evidence add scrutineer.yaml 3.2 --source \"Audit of 12 files\"
  scrutiny evidence add scrutineer.yaml 3.2 --source \"Focus group\" \\
      --method focus-group --date 2026-06-11 --voice practitioners
  scrutiny evidence add scrutineer.yaml A-07 --source \"Minutes of 3 June 2026\"";

impl Details {
    /// The whole piece of evidence.
    pub(super) fn of(&self, source: &str) -> NewEvidence {
        NewEvidence {
            source: source.to_owned(),
            method: self.method.clone(),
            date: self.date.map(|date| date.to_string()),
            voices: self.voice.clone(),
            says: self.says.clone(),
            review_by: self.review_by.map(|date| date.to_string()),
            restricted: self.restricted,
        }
    }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let Command::Add(add) = &args.command;
    let evidence = add.details.of(&add.source);
    edit(&add.target, output, |assessment, checklist| {
        let edit = match change::find_action(assessment, &add.on) {
            Ok(_) => change::add_action_evidence(assessment, &add.on, &evidence)?,
            Err(no_action) => {
                let subject = change::subject(checklist, &add.on);
                // Of the two reasons, the one that knows what may have been meant is told.
                let is_near = |reason: &str| reason.contains("did you mean");
                let subject = subject.map_err(|no_subject| {
                    match is_near(&no_action) && !is_near(&no_subject) {
                        true => no_action,
                        false => no_subject,
                    }
                })?;
                change::add_evidence(checklist, subject, &evidence)?
            }
        };
        Ok(vec![edit])
    })
}
