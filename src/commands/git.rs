//! `scrutiny git`: what git itself calls, to show differences in words and to bring two people's
//! changes together.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;

use super::Exit;
use super::inputs::{self, How, Input, LARGEST, shown};
use super::output::Output;
use super::revisions::merge_by_line;
use super::writer;
use crate::comparison::{facts, merge};
use crate::finding::Findings;
use crate::source::{Source, SourceId};
use crate::syntax::yaml;
use crate::text::{count, visible};

/// What git calls by itself, once it is set up
#[derive(clap::Args)]
#[command(after_help = format!("{WHOLE}{SETUP}"))]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Facts(Facts),
    Merge(Merge),
}

/// Print an assessment with one fact on a line
#[derive(clap::Args)]
#[command(after_help = format!("{FACTS}{SETUP}"))]
struct Facts {
    /// The file
    file: PathBuf,
}

/// Bring two people's changes of one assessment together, question by question
#[derive(clap::Args)]
#[command(after_help = format!("{MERGE}{SETUP}"))]
struct Merge {
    /// The file as it was before both changed it
    base: PathBuf,
    /// The file as one changed it; the result is written here
    ours: PathBuf,
    /// The file as the other changed it
    theirs: PathBuf,
}

const WHOLE: &str = "\
Examples:
  scrutiny git facts scrutineer.yaml
  scrutiny git merge before.yaml ours.yaml theirs.yaml

";

const FACTS: &str = "\
Examples:
  scrutiny git facts scrutineer.yaml

";

const MERGE: &str = "\
Examples:
  scrutiny git merge before.yaml ours.yaml theirs.yaml

";

const SETUP: &str = "\
Set up once on each computer:
  git config --global diff.scrutiny.textconv \"scrutiny git facts\"
  git config --global merge.scrutiny.driver \"scrutiny git merge %O %A %B\"
and in the .gitattributes of the repository:
  *.yaml diff=scrutiny merge=scrutiny";

/// What git makes of a merge that could not be done: it says that there is a conflict, and marks nothing.
const ONE_SIDE: &str = "nothing was brought together, and git leaves your version in the file: `git \
                        checkout --theirs FILE` takes the other, which is lost otherwise";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    match &args.command {
        Command::Facts(args) => show(&args.file, output),
        Command::Merge(args) => bring_together(args, output).context(ONE_SIDE),
    }
}

/// A file that cannot be read as facts is shown as it is, so that git shows its differences as ever.
fn show(file: &Path, output: &mut Output) -> Result<Exit> {
    let bytes = inputs::read_at_most(file, u64::MAX - 1)?;
    let is_small = bytes.len() as u64 <= LARGEST;
    let text = match String::from_utf8(bytes) {
        Ok(text) if is_small => inputs::without_mark(text),
        Ok(text) => return print_as_it_is(text.as_bytes(), output),
        Err(error) => return print_as_it_is(error.as_bytes(), output),
    };
    let source = Source::new(SourceId(0), "", text);
    let mut findings = Findings::default();
    let tree = yaml::parse(&source, &mut findings);
    let text = match tree.filter(|_| findings.is_empty()) {
        Some(tree) => facts::facts(tree.root()),
        None => source.text.to_string(),
    };
    output.print(&text)?;
    Ok(Exit::Clean)
}

/// Byte for byte, or git would take files for the same that are not; but on a screen as a text.
fn print_as_it_is(bytes: &[u8], output: &mut Output) -> Result<Exit> {
    match std::io::stdout().is_terminal() {
        true => output.print(&visible(&String::from_utf8_lossy(bytes)))?,
        false => output.print_bytes(bytes)?,
    }
    Ok(Exit::Clean)
}

/// As git expects of a merge driver: 0 where all came together, 1 where a person has to choose.
fn bring_together(args: &Merge, output: &mut Output) -> Result<Exit> {
    let (base, theirs) = (read(&args.base)?, read(&args.theirs)?);
    let mut conflicts = 0;
    writer::change(&args.ours, |ours| {
        // Without a mark in it, git would leave a file that holds nothing of what the other changed.
        let merged = match merge::merge(&base, ours, &theirs) {
            Some(merged) => merged,
            None => merge_by_line([&args.base, &args.ours, &args.theirs])?,
        };
        conflicts = merged.conflicts;
        Ok(Some(merged.text))
    })?;
    if conflicts == 0 {
        return Ok(Exit::Clean);
    }
    output.complain(&format!(
        "Both changed {}: choose between the versions in {}\n",
        count(conflicts, "part"),
        shown(&args.ours)
    ))?;
    Ok(Exit::Findings)
}

fn read(file: &Path) -> Result<String> {
    inputs::read_text(&Input::File(file.to_owned(), How::Named))
}
