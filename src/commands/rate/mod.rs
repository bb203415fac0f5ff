//! `scrutiny rate`: goes through an assessment question by question.
//!
//! Lines are printed and lines are read, and nothing else: the terminal's settings are never touched
//! and nothing is drawn again, so that it works with a screen reader and in Git Bash. Each answer is
//! saved as soon as it is given. An answer that is wrong without a second one (not applicable without
//! its reason, too early without a day) is saved together with that.

mod dialogue;
mod editor;

use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;

use super::Exit;
use super::edit::{self, errors, parts};
use super::inputs::{self, How, Input, shown};
use super::load::{Loaded, Loader};
use super::output::Output;
use crate::change::{self, Subject};
use crate::interview::{Only, Scope, Wanted};
use crate::model::checklist::Checklist;
use crate::syntax::edit::{Edit, Refusal, Step, Value};
use crate::text::nearest;
use dialogue::Session;

/// Go through an assessment question by question, and save each answer
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The assessment
    file: PathBuf,
    /// Only the questions that have no answer yet, or only those that were reworded since they were
    /// answered
    #[arg(long, value_name = "WHICH")]
    only: Option<Which>,
    /// Only the questions of this step; can be given several times
    #[arg(long, value_name = "STEP")]
    step: Vec<String>,
    /// Only this question; can be given several times
    #[arg(long, value_name = "QUESTION")]
    question: Vec<String>,
    /// Begin with the context questions
    #[arg(long)]
    context: bool,
    /// An earlier assessment, whose answers are shown with the help on a question
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny rate 2026-27-q3/scrutineer.yaml
  scrutiny rate 2026-27-q3/scrutineer.yaml --only unrated --step 3
  scrutiny rate 2026-27-q3/scrutineer.yaml --previous 2026-27-q2/scrutineer.yaml

Each answer is saved as soon as it is given (not applicable with its reason, too
early with its day); Ctrl-C ends at any time. For longer texts, e opens the
editor that VISUAL or EDITOR names. Scripts use `scrutiny set`, which gives the
same answers without asking.";

/// Which questions are put.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Those that have no answer yet
    Unrated,
    /// Those that were reworded since they were answered
    Stale,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    if !stdin().is_terminal() {
        bail!(
            "rate asks questions and needs a terminal; in a script, use `scrutiny set FILE \
             QUESTION rating=...`"
        );
    }
    check_file(&args.file)?;
    let loader = Loader::new();
    let input = Input::File(args.file.clone(), How::Named);
    let loaded = loader.load(&input)?;
    let Some((_, checklist)) = parts(&loaded) else { return turn_away(loaded, output) };
    if is_faulty(&loaded.source.text) {
        return turn_away(loaded, output);
    }
    let wanted = wanted(args, checklist)?;
    let before = match &args.previous {
        Some(file) => Some(loader.load(&Input::File(file.clone(), How::Named))?),
        None => None,
    };
    if let Some(before) = before.as_ref().filter(|before| parts(before).is_none()) {
        bail!("{} cannot be read as an assessment: `scrutiny validate` says why", before.name);
    }
    Session::new(&args.file, loader, wanted, before, output)?.hold()
}

/// Refuses a file that could not be changed before anything is asked.
fn check_file(file: &Path) -> Result<()> {
    if file == Path::new("-") {
        bail!("rate changes a file: name it in place of -");
    }
    // A missing file is told with its neighbour's name.
    inputs::find(&[file.to_owned()])?;
    let about = || format!("cannot read {}", shown(file));
    let metadata = std::fs::metadata(file).with_context(about)?;
    if metadata.is_dir() {
        bail!("{} is a folder: name the assessment in it", shown(file));
    }
    if metadata.permissions().readonly() {
        bail!(
            "{} is read-only: allow changes to it in its properties, then try again",
            shown(file)
        );
    }
    Ok(())
}

/// Tells what stands in the way of asking anything.
fn turn_away(loaded: Loaded, output: &mut Output) -> Result<Exit> {
    let name = loaded.name.clone();
    let findings = errors(loaded);
    if findings.is_empty() {
        bail!(
            "{name} is not an assessment: name a file whose first line is `scrutiny: assessment`"
        );
    }
    edit::refuse(&findings, output)
}

/// Whether a text has faults of layout, so that no answer could be written into it.
fn is_faulty(text: &str) -> bool {
    let way = vec![Step::Key("scrutiny".to_owned(), Vec::new())];
    let nothing_new = Edit::Set(way, Value::Word("assessment".to_owned()));
    crate::syntax::edit::apply(text, &[nothing_new]) == Err(Refusal::Faulty)
}

/// Which questions are asked for; a step or question that is not in the checklist is refused.
fn wanted(args: &Args, checklist: &Checklist) -> Result<Wanted> {
    for id in &args.step {
        let ids = || checklist.steps.iter().map(|step| step.id.value.as_str());
        if !ids().any(|own| own == id) {
            let near = nearest(id, ids()).map(|near| format!(": did you mean {near}?"));
            let near = near.unwrap_or_default();
            bail!("there is no step {id} in the checklist {}{near}", checklist.id.value);
        }
    }
    for id in &args.question {
        match change::subject(checklist, id).map_err(|reason| anyhow!(reason))? {
            Subject::Question(_) | Subject::Context(_) => {}
            Subject::Step(_) => bail!("{id} is a step: write --step {id}"),
            Subject::Whole => bail!("{id} is no question"),
        }
    }
    Ok(Wanted {
        only: match args.only {
            None => Only::All,
            Some(Which::Unrated) => Only::Unrated,
            Some(Which::Stale) => Only::Stale,
        },
        steps: args.step.clone(),
        questions: args.question.clone(),
        scope: if args.context { Scope::ContextToo } else { Scope::Steps },
    })
}
