//! `scrutiny due`: what is due across files and folders, of one or many partnerships.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::ToSpan;
use jiff::civil::Date;

use super::actions::file_name;
use super::assess::{self, Kept, Read, source_date};
use super::inputs::shown;
use super::load::{Content, Loader};
use super::output::{Destination, Output, Overwrite};
use super::programme::{self, ReadProgramme};
use super::report::{exit, refuses};
use super::survey::survey;
use super::{Exit, inputs, parse_date};
use crate::actions::same_name;
use crate::due::{self, Due, Window};
use crate::export::{csv, events};
use crate::programme::Overview;
use crate::report::due::{DueList, rows, sheet, title};
use crate::report::{markdown, tool};
use crate::text::{join_words, nearest, quoted};

/// List what is due: actions, reviews, meetings, information, activities
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny due northmoor westhaven --as-at 2026-11-20
  scrutiny due . --within 8w --as-at 2026-11-20
  scrutiny due . --partnership northmoor --as-at 2026-11-20 \\
      --format ics -o northmoor.ics
  scrutiny due . --as-at 2026-11-20 --split-by partnership \\
      --format markdown -o due

The list is for whoever works for all of these partnerships; what goes to one of
them is made with --partnership or --split-by, and holds nothing of the others.")]
pub(super) struct Args {
    /// Assessments, programmes, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How far to look ahead: days, weeks or months, such as 14d, 2w or 1m
    #[arg(long, value_name = "TIME", default_value = "14d", value_parser = parse_within)]
    within: Within,
    /// Only this partnership: its name, or a part of it that no other has
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// Give each partnership a list of its own, in the folder that -o names
    #[arg(long, value_name = "WHAT", conflicts_with = "partnership")]
    split_by: Option<SplitBy>,
    /// How the list is laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
    /// The day from which to look ahead, such as 2026-11-20 [default: SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SplitBy {
    /// The partnership
    Partnership,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the screen
    Human,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A table that opens in Excel
    Csv,
    /// A calendar
    Ics,
    /// For programs
    Json,
}

/// How far to look ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Days(i32),
    Months(i32),
}

fn parse_within(text: &str) -> Result<Within, String> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.len() - text.chars().last().map_or(0, char::len_utf8));
    let number = number.trim().parse::<u16>().ok().filter(|number| *number <= 1000).map(i32::from);
    match (number, unit) {
        (Some(number), "d") => Ok(Within::Days(number)),
        (Some(number), "w") => Ok(Within::Days(7 * number)),
        (Some(number), "m") => Ok(Within::Months(number)),
        _ => Err("write a number with d, w or m for days, weeks or months, such as 14d".to_owned()),
    }
}

/// What is kept of a file.
enum Found {
    Assessment(Read),
    Programme(ReadProgramme),
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let window = window(args)?;
    check_split(args)?;
    let inputs = inputs::find(&args.paths)?;
    let survey = survey(&inputs, &Loader::new(), |loaded, located| match loaded.content {
        Content::Programme(..) => programme::keep(loaded, located).map(Found::Programme),
        Content::Assessment(..)
        | Content::Checklist(_)
        | Content::Mapping(_)
        | Content::Workspace
        | Content::Nothing => match assess::keep(loaded, located) {
            Kept::Assessment(read) => Some(Found::Assessment(read)),
            Kept::Other(..) | Kept::Nothing => None,
        },
    })?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let found: Vec<Found> = survey.files.into_iter().flatten().collect();
    if found.is_empty() {
        bail!("there is no assessment and no programme among these files");
    }
    let names = names(&found);
    let list = list(&found, window);
    match args.split_by {
        Some(SplitBy::Partnership) => split(args, &names, &list, window, output)?,
        None => {
            let list = match &args.partnership {
                Some(wanted) => only(&list, one_of(wanted, &names)?),
                None => list,
            };
            let text = made(args.format, &list, window, output)?;
            args.destination.deliver(&text, output)?;
        }
    }
    Ok(exit(&survey.findings))
}

/// The days that are looked at. The clock is never asked: the same files give the same list tomorrow.
fn window(args: &Args) -> Result<Window> {
    let Some(as_at) = args.as_at.or_else(source_date) else {
        bail!(
            "say from which day to look ahead: add --as-at with a date, such as --as-at 2026-11-20"
        );
    };
    let until = match args.within {
        Within::Days(days) => as_at.saturating_add(days.days()),
        Within::Months(months) => as_at.saturating_add(months.months()),
    };
    Ok(Window { as_at, until })
}

/// Whether it is said where several files go.
fn check_split(args: &Args) -> Result<()> {
    match (args.split_by, args.destination.file()) {
        (Some(_), None) => {
            bail!("--split-by writes several files: add the folder that they go to, -o DIR")
        }
        (Some(_), Some(folder)) if folder.exists() && !folder.is_dir() => bail!(
            "{} is a file: with --split-by, -o names the folder that the files go to",
            shown(folder)
        ),
        (Some(_), Some(_)) | (None, _) => Ok(()),
    }
}

fn list(found: &[Found], window: Window) -> Vec<Due> {
    let mut assessments = Vec::new();
    let mut programmes: Vec<Overview<'_>> = Vec::new();
    for one in found {
        match one {
            Found::Assessment(read) => assessments.push(read.basis(Some(window.as_at))),
            Found::Programme(read) => programmes.push(read.overview(Some(window.as_at))),
        }
    }
    due::due(&assessments, &programmes, window)
}

/// The names of all partnerships, each once, in order.
fn names(found: &[Found]) -> Vec<String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for one in found {
        let name = match one {
            Found::Assessment(read) => read.partnership(),
            Found::Programme(read) => read.partnership(),
        };
        names.entry(same_name(&name)).or_insert(name);
    }
    names.into_values().collect()
}

fn only(list: &[Due], partnership: &str) -> Vec<Due> {
    list.iter().filter(|due| due.of(partnership)).cloned().collect()
}

/// The partnership that is meant: by its whole name, or by a part that no other has.
fn one_of<'n>(wanted: &str, names: &'n [String]) -> Result<&'n str> {
    if let Some(whole) = names.iter().find(|name| same_name(name) == same_name(wanted)) {
        return Ok(whole);
    }
    let parts: Vec<&String> =
        names.iter().filter(|name| same_name(name).contains(&same_name(wanted))).collect();
    match parts.as_slice() {
        [only] => Ok(only),
        [] => {
            let meant = nearest(wanted, names.iter().map(String::as_str));
            let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
            bail!(
                "there is no partnership {}{meant}; there are {}",
                quoted(wanted),
                join_words(names, "and")
            );
        }
        several => bail!(
            "{} is a part of several names: write {}",
            quoted(wanted),
            join_words(several, "or")
        ),
    }
}

fn made(format: Format, list: &[Due], window: Window, output: &Output) -> Result<String> {
    Ok(match format {
        Format::Human => output.screen.sheet(&sheet(list, window)),
        Format::Markdown => markdown::render_sheet(&sheet(list, window)),
        Format::Csv => csv::render_rows(&rows(list, window)),
        Format::Json => {
            format!("{}\n", serde_json::to_string_pretty(&DueList::of(list, window))?)
        }
        Format::Ics => events::render(list, Some(window.as_at), &title(list, window), &tool()),
    })
}

/// A file for each partnership, with its own rows and nothing of any other; all or none are written.
fn split(
    args: &Args,
    names: &[String],
    list: &[Due],
    window: Window,
    output: &mut Output,
) -> Result<()> {
    let folder = args.destination.file().unwrap_or(Path::new("."));
    let ending = match args.format {
        Format::Human => "txt",
        Format::Markdown => "md",
        Format::Csv => "csv",
        Format::Ics => "ics",
        Format::Json => "json",
    };
    let mut taken = HashSet::new();
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for name in names {
        let own = only(list, name);
        if own.is_empty() {
            continue;
        }
        let file = file_name("due", name, ending, &mut taken);
        files.push((folder.join(file), made(args.format, &own, window, output)?.into_bytes()));
    }
    if files.is_empty() {
        bail!("nothing is due in these days, so there is nothing to divide; nothing was written");
    }
    output.write_all(&files, Overwrite::from_flag(args.destination.force))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_how_far_to_look_ahead() {
        let check = |text: &str, expected: Option<Within>| {
            assert_eq!(parse_within(text).ok(), expected, "{text}");
        };
        check("14d", Some(Within::Days(14)));
        check("2w", Some(Within::Days(14)));
        check("0d", Some(Within::Days(0)));
        check("6m", Some(Within::Months(6)));
        check("14", None);
        check("-3d", None);
        check("d", None);
        check("", None);
        check("2 weeks", None);
        check("3é", None);
        check("99999999d", None);
    }
}
