//! Help laid out as people read it: what a command does, examples to copy, then everything else.
//!
//! A command says in `after_help` its examples, a blank line, and what else is to be known. Help is
//! put together only when somebody asks for it, because most runs have no time for it.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory};

use super::Cli;

/// How a run ends.
pub(super) const EXITS: [(&str, &str); 4] = [
    ("0", "nothing is wrong"),
    ("1", "there are findings of the level error"),
    ("2", "the work could not be done"),
    ("3", "an internal check failed, and nothing was written"),
];

/// What is heeded in the environment.
pub(super) const ENVIRONMENT: [(&str, &str); 10] = [
    (
        "NO_COLOR",
        "No colour, whatever it says, unless it is empty. The flag --color goes before it.",
    ),
    ("CLICOLOR_FORCE", "Colour also where the output is no terminal, unless it is empty or 0."),
    ("CLICOLOR", "No colour where it is 0."),
    ("NO_GRAPHICS", "Plain lines in place of tables and of marked lines, for speech and Braille."),
    ("COLUMNS", "How wide the output is where it is no terminal, 40 to 200; 80 without it."),
    ("VISUAL, EDITOR", "The editor that rate starts for long texts."),
    (
        "SOURCE_DATE_EPOCH",
        "The day by which it is judged what is overdue, in seconds since 1970, where neither --as-at nor a file gives one.",
    ),
    ("SCRUTINY_NAMES", "A file with names to look for, in place of --names."),
    ("SCRUTINY_CODE_KEY", "The key of the codes of collate --anonymous, in place of --code-key."),
    ("CI", "Where it is set, as it is on build servers, human and short show no lines of files."),
];

/// How a run ends, for the help of the program.
pub(super) fn exit_codes() -> String {
    let lines = EXITS.map(|(code, words)| format!("  {code}  {words}"));
    format!("Exit codes:\n{}", lines.join("\n"))
}

/// The line above examples.
const HEADING: &str = "Examples:";

const TEMPLATE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Everything that can be asked for, laid out for people.
pub(super) fn command_line() -> Command {
    arrange(Cli::command())
}

fn arrange(command: Command) -> Command {
    let (examples, notes) = split(&command);
    let command = command.help_template(TEMPLATE).before_help(examples).after_help(notes);
    command.mut_subcommands(arrange)
}

/// The examples of a command with the line above them, and what stands below them.
fn split(command: &Command) -> (String, String) {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    if !text.starts_with(HEADING) {
        return (String::new(), text);
    }
    let (examples, notes) = text.split_once("\n\n").unwrap_or((&text, ""));
    (examples.to_owned(), notes.to_owned())
}

/// What to show a person whose arguments were not understood, or who asked for help.
pub(super) fn lay_out(error: clap::Error, arguments: &[OsString]) -> clap::Error {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            command_line().try_get_matches_from(arguments).err().unwrap_or(error)
        }
        _ => error,
    }
}
