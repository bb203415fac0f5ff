//! `scrutiny confirm`: says that answers hold for the wording that their questions have now.

use anyhow::Result;

use super::Exit;
use super::edit::{self, edit};
use super::output::Output;
use crate::change::{self, Subject};

/// Confirm that an answer holds for the new wording of its question, after reading it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    target: edit::Target,
    /// The questions, by id
    #[arg(required = true, value_name = "QUESTION")]
    questions: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny checklist show six-steps-2019
  scrutiny confirm scrutineer.yaml 3.2
  scrutiny confirm scrutineer.yaml 3.2 3.3 --dry-run";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    edit(&args.target, output, |assessment, checklist| {
        let mut edits = Vec::new();
        for id in &args.questions {
            let subject = change::subject(checklist, id)?;
            let Subject::Question(question) = subject else {
                return Err(format!("{} has no wording to confirm", subject.name()));
            };
            if !assessment.ratings.iter().any(|entry| entry.id.value == *id) {
                return Err(format!("{} has no answer yet to confirm", question.name()));
            }
            edits.push(change::confirm(checklist, question));
        }
        Ok(edits)
    })
}
