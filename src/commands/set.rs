//! `scrutiny set`: gives values to the answer to a question, to a step or to the whole.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::Exit;
use super::edit::{self, edit};
use super::output::Output;
use crate::change;

/// Change the answer to one question, and only its lines
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    target: edit::Target,
    /// The question or step by its id, or "whole" for the whole assessment
    question: String,
    /// What to change, such as rating=amber; nothing after = takes the value away, and - reads the
    /// text from standard input
    #[arg(required = true, value_name = "KEY=VALUE")]
    values: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny set scrutineer.yaml 3.2 rating=amber because=\"Seen in two audits.\"
  scrutiny set scrutineer.yaml 3 assurance=partly-assured
  scrutiny set scrutineer.yaml whole status=final
  scrutiny set scrutineer.yaml 3.2 because=- < reasons.txt

Keys on a question: rating or answer, because, remaining, reason, dissent,
review-by, wording, notes, views.PERSPECTIVE; on a step: summary, assurance,
notes; on the whole: assessor, as-at, status, covers, summary, assurance, notes.";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let is_taken = args.target.file == Path::new("-");
    if is_taken && args.values.iter().any(|value| value.ends_with("=-")) {
        bail!("standard input is the file here, so that no text can be read from it as well");
    }
    let values = pairs(&args.values)?;
    edit(&args.target, output, |_, checklist| {
        let subject = change::subject(checklist, &args.question)?;
        let mut edits = Vec::new();
        for (key, value) in &values {
            edits.extend(change::set(checklist, subject, key, value)?);
        }
        Ok(edits)
    })
}

/// Keys with their values. A value of - is read from standard input, once.
pub(super) fn pairs(written: &[String]) -> Result<Vec<(String, String)>> {
    let mut has_read = false;
    let mut pairs = Vec::new();
    for one in written {
        let (key, value) = one.split_once('=').ok_or_else(|| {
            anyhow!("{one} is not a change: write the key, = and the value, such as rating=amber")
        })?;
        let value = match value {
            "-" if std::mem::replace(&mut has_read, true) => {
                bail!("standard input can be read for one value only")
            }
            "-" => {
                let mut text = String::new();
                let read = std::io::stdin().lock().read_to_string(&mut text);
                read.context("cannot read standard input")?;
                text
            }
            value => value.to_owned(),
        };
        pairs.push((key.trim().to_owned(), value));
    }
    Ok(pairs)
}
