//! `scrutiny rules`: all rules with their levels.

use anyhow::Result;

use super::Exit;
use super::output::Output;
use super::screen::Column;
use crate::rules;

/// List everything that is checked
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny rules
  scrutiny explain missing-evidence")]
pub(super) struct Args {}

pub(super) fn run(_: &Args, output: &mut Output) -> Result<Exit> {
    let row = |rule: &crate::finding::Rule| {
        vec![rule.id.to_owned(), rule.level.word().to_owned(), rule.summary.to_owned()]
    };
    let rows: Vec<Vec<String>> = rules::all().map(row).collect();
    let header =
        [("Rule", Column::Word), ("Level", Column::Word), ("What is wrong", Column::Prose)];
    let table = output.screen.table(&header, &rows);
    output.print(&table)?;
    Ok(Exit::Clean)
}
