//! `scrutiny report template`: the templates that lay reports out, listed, shown and checked.

use anyhow::Result;
use clap::Subcommand;

use super::KindWord;
use crate::commands::Exit;
use crate::commands::output::Output;
use crate::commands::screen::Column;
use crate::report::kind::{Format, Kind};
use crate::report::template;

/// List and show the templates that lay reports out
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny report template list
  scrutiny report template show quarterly > templates/quarterly.md
  scrutiny report template show annual --format html"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the kinds of report and the formats that each has a template in
    List,
    /// Show a template, as a beginning for one of your own
    Show {
        /// The kind of report
        #[arg(value_name = "KIND")]
        kind: KindWord,
        /// The format that it is a template of
        #[arg(long, value_name = "NAME", default_value = "markdown")]
        format: TextFormat,
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
