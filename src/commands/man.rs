//! `scrutiny man`: manual pages, one a command, made from what help says.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::assess::source_date;
use super::output::{Output, Overwrite};
use super::{Exit, help};
use crate::text::nearest;

/// Print a manual page, or write them all into a folder
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny man validate | man -l -
  scrutiny man action add
  scrutiny man --out ~/.local/share/man/man1

Once the pages are there, `man scrutiny-validate` finds them.")]
pub(super) struct Args {
    /// The command; the whole program without it
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write all pages into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long, requires = "out")]
    force: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let mut program = help::command_line();
    program.build();
    let Some(folder) = &args.out else {
        let chain = find(&program, &args.command)?;
        output.print(&page(&chain)?)?;
        return Ok(Exit::Clean);
    };
    let mut files = Vec::new();
    for chain in all(vec![&program]) {
        let name = format!("{}.1", title(&chain));
        files.push((folder.join(name), page(&chain)?.into_bytes()));
    }
    output.write_all(&files, Overwrite::from_flag(args.force))?;
    Ok(Exit::Clean)
}

/// A command by its words, behind those that it stands under.
fn find<'c>(program: &'c Command, words: &[String]) -> Result<Vec<&'c Command>> {
    let mut chain = vec![program];
    let mut within = program;
    for word in words {
        let names = || within.get_subcommands().map(Command::get_name);
        let Some(next) = within.find_subcommand(word) else {
            let near = nearest(word, names());
            let near = near.map(|near| format!(": did you mean {near}?")).unwrap_or_default();
            bail!("{} has no command {word:?}{near}", within.get_bin_name().unwrap_or("scrutiny"));
        };
        chain.push(next);
        within = next;
    }
    Ok(chain)
}

/// A command and all below it, each behind those that it stands under.
fn all(chain: Vec<&Command>) -> Vec<Vec<&Command>> {
    let below: Vec<&Command> =
        chain.last().map(|own| own.get_subcommands().collect()).unwrap_or_default();
    let mut found = vec![chain.clone()];
    for next in below {
        let mut longer = chain.clone();
        longer.push(next);
        found.extend(all(longer));
    }
    found
}

/// The name of a page, such as `scrutiny-action-add`.
fn title(chain: &[&Command]) -> String {
    chain.iter().map(|command| command.get_name()).collect::<Vec<_>>().join("-")
}

fn page(chain: &[&Command]) -> Result<String> {
    let own = *chain.last().expect("a chain begins with the program");
    let title = title(chain);
    let version = env!("CARGO_PKG_VERSION");
    let date = source_date().map(|day| day.to_string()).unwrap_or_default();
    let own = own.clone().display_name(title.clone());
    let man = Man::new(own.clone());
    // The maker of pages leaves out a date that is empty, and what follows takes its place.
    let mut page = format!(
        ".TH \"{}\" \"1\" \"{date}\" \"scrutiny {version}\" \"scrutiny\"\n",
        title.to_uppercase()
    )
    .into_bytes();
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    verbatim("EXAMPLES", &examples(&own), &mut page)?;
    man.render_options_section(&mut page)?;
    if own.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let is_program = chain.len() == 1;
    if !is_program {
        verbatim(
            "NOTES",
            &own.get_after_help().map(ToString::to_string).unwrap_or_default(),
            &mut page,
        )?;
    }
    table("EXIT STATUS", &help::EXITS.map(|(code, words)| (code, words)), &mut page)?;
    if is_program {
        table("ENVIRONMENT", &help::ENVIRONMENT, &mut page)?;
    }
    see_also(chain, &mut page)?;
    String::from_utf8(page).context("a manual page is text")
}

/// The examples of a command without the line above them.
fn examples(command: &Command) -> String {
    let text = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    text.lines()
        .skip(1)
        .map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line)))
        .collect()
}

/// A section whose lines stay as they are.
fn verbatim(heading: &str, text: &str, page: &mut Vec<u8>) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let mut roff = Roff::new();
    roff.control("SH", [heading]).control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    Ok(roff.to_writer(page)?)
}

/// A section of words with what each means.
fn table(heading: &str, rows: &[(&str, &str)], page: &mut Vec<u8>) -> Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (word, meaning) in rows {
        roff.control("TP", []).text([bold(*word)]).text([roman(*meaning)]);
    }
    Ok(roff.to_writer(page)?)
}

/// The pages of the commands above this one.
fn see_also(chain: &[&Command], page: &mut Vec<u8>) -> Result<()> {
    let above: Vec<String> =
        (1..chain.len()).map(|end| format!("{}(1)", title(&chain[..end]))).collect();
    if above.is_empty() {
        return Ok(());
    }
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]).text([roman(above.join(", "))]);
    Ok(roff.to_writer(page)?)
}
