//! `scrutiny report template`: the templates that lay reports out, listed, shown and checked.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;

use super::{KindWord, own};
use crate::commands::Exit;
use crate::commands::load::Loader;
use crate::commands::output::Output;
use crate::commands::screen::{Column, FindingFormat};
use crate::commands::survey::tally_words;
use crate::finding::Tally;
use crate::report::kind::{Format, Kind};
use crate::report::template;

/// List, show and check the templates that lay reports out
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny report template list
  scrutiny report template show quarterly > templates/quarterly.md
  scrutiny report template show annual --format html
  scrutiny report template check templates/quarterly.md"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the kinds of report and the formats that each has a template in
    #[command(after_help = "\
Examples:
  scrutiny report template list")]
    List,
    /// Show a template, as a beginning for one of your own
    #[command(after_help = "\
Examples:
  scrutiny report template show quarterly > templates/quarterly.md
  scrutiny report template show annual --format html")]
    Show {
        /// The kind of report
        #[arg(value_name = "KIND")]
        kind: KindWord,
        /// The format that it is a template of
        #[arg(long, value_name = "NAME", default_value = "markdown")]
        format: TextFormat,
    },
    /// Try a template of your own on a report with something in every field, and on one with nothing
    #[command(after_help = "\
Examples:
  scrutiny report template check templates/quarterly.md")]
    Check {
        /// The template, a .md or .html file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// How findings are shown
        #[arg(long, value_name = "NAME", default_value = "human")]
        format: FindingFormat,
    },
}

/// A format that is laid out by templates, as typed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum TextFormat {
    /// Markdown
    Markdown,
    /// A web page
    Html,
}

impl From<TextFormat> for Format {
    fn from(format: TextFormat) -> Self {
        match format {
            TextFormat::Markdown => Format::Markdown,
            TextFormat::Html => Format::Html,
        }
    }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    match &args.command {
        Command::List => list(output),
        Command::Show { kind, format } => {
            output.print(template::built_in(Kind::from(*kind), Format::from(*format)))?;
            Ok(Exit::Clean)
        }
        Command::Check { file, format } => {
            let template = own::read(file)?;
            let faults = template::check(template.format, &template.own);
            let found = template.findings(&faults, &Loader::new());
            let shown = output.screen.findings(&found, *format);
            output.print(&shown)?;
            let tally = Tally::of(&found);
            let text = format!("1 template checked: {}", tally_words(tally));
            let line = output.screen.tally(tally, &text);
            output.remark(&line)?;
            Ok(if found.is_empty() { Exit::Clean } else { Exit::Findings })
        }
    }
}

fn list(output: &mut Output) -> Result<Exit> {
    let formats: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
    let row =
        |kind: &Kind| vec![kind.word().to_owned(), kind.about().to_owned(), formats.join(", ")];
    let header = [("Kind", Column::Word), ("What it is", Column::Prose), ("Formats", Column::Word)];
    let table = output.screen.table(&header, &Kind::ALL.iter().map(row).collect::<Vec<_>>());
    output.print(&table)?;
    Ok(Exit::Clean)
}
