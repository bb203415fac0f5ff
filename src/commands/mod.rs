//! The command line: what can be asked for, and how a run ends.
//!
//! The only room that reads files, writes files, looks at the environment and prints. A command is
//! glue: load, call one pure function, render, write. It is added in three places: its file with
//! `Args` and `run`, a variant and an arm below, and a case.

mod action;
mod actions;
mod assess;
mod audience;
mod baseline;
mod checklist;
mod collate;
mod colour;
mod compare;
mod completions;
mod confirm;
mod detours;
mod diff;
mod due;
mod edit;
mod enquiry;
mod evidence;
mod explain;
mod fix;
mod fmt;
mod form;
mod formats;
mod gaps;
mod git;
mod help;
mod import;
mod init;
mod inputs;
mod load;
mod lsp;
mod man;
mod migrate;
mod moderate;
mod names;
mod origins;
mod output;
mod privacy;
mod programme;
mod progress;
mod prove;
mod publish;
mod rate;
mod relative;
mod report;
mod returns;
mod revisions;
mod rules;
mod schema;
mod screen;
mod set;
mod signals;
mod survey;
mod threads;
mod trend;
mod validate;
mod writer;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use output::Output;

/// How a run ends, as a number for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing is wrong.
    Clean = 0,
    /// There are findings of the level error, or of another level that was to be denied.
    Findings = 1,
    /// The work could not be done.
    Failed = 2,
    /// An internal check failed, and nothing was written.
    Unproven = 3,
}

#[derive(Parser)]
#[command(
    name = "scrutiny",
    bin_name = "scrutiny",
    version,
    about = "Checks, sums up and reports the independent scrutiny of safeguarding children partnerships, from plain text files.",
    after_help = format!("{EXAMPLES}\n\n{}", help::exit_codes()),
    max_term_width = 80,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    global: output::Args,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny assess northmoor/2026-27-q2/scrutineer.yaml --out reports
  scrutiny validate northmoor
  scrutiny actions northmoor --overdue
  scrutiny checklist show six-steps-2019";

#[derive(Subcommand)]
enum Command {
    Assess(assess::Args),
    Validate(validate::Args),
    Baseline(baseline::Args),
    Report(report::Args),
    Actions(actions::Args),
    Programme(programme::Args),
    Due(due::Args),
    Rate(rate::Args),
    Set(set::Args),
    Action(action::Args),
    Evidence(evidence::Args),
    Confirm(confirm::Args),
    Init(init::Args),
    Form(form::Args),
    Import(import::Args),
    Returns(returns::Args),
    Diff(diff::Args),
    Compare(compare::Args),
    Collate(collate::Args),
    Trend(trend::Args),
    Moderate(moderate::Args),
    Gaps(gaps::Args),
    Enquiry(enquiry::Args),
    Checklist(checklist::Args),
    Migrate(migrate::Args),
    Privacy(privacy::Args),
    Fmt(fmt::Args),
    Git(git::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Schema(schema::Args),
    Lsp(lsp::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The command line of `validate` alone, which pipelines and editors start for every file that is
/// saved: to lay out the arguments of all other commands would take as long as the work.
#[derive(Parser)]
#[command(
    name = "scrutiny",
    bin_name = "scrutiny",
    version,
    max_term_width = 80,
    disable_help_subcommand = true
)]
struct Often {
    #[command(flatten)]
    global: output::Args,
    #[command(subcommand)]
    command: OftenCommand,
}

#[derive(Subcommand)]
enum OftenCommand {
    Validate(validate::Args),
}

fn parse(arguments: &[OsString]) -> Result<(output::Args, Command), clap::Error> {
    if arguments.get(1).is_some_and(|command| command == "validate") {
        let Often { global, command: OftenCommand::Validate(args) } =
            Often::try_parse_from(arguments)?;
        return Ok((global, Command::Validate(args)));
    }
    Cli::try_parse_from(arguments).map(|cli| (cli.global, cli.command))
}

/// Everything that can be asked for, as help, completions and manual pages tell it.
pub fn command_line() -> clap::Command {
    help::command_line()
}

/// Runs the program with its arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    std::panic::set_hook(Box::new(output::print_fault));
    // The hook has told of a fault by then.
    std::panic::catch_unwind(|| perform(arguments))
        .unwrap_or_else(|_| ExitCode::from(Exit::Unproven as u8))
}

fn perform(arguments: Vec<OsString>) -> ExitCode {
    let (global, command) = match parse(&arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            let error = help::lay_out(error, &arguments);
            return output::print_usage(&error, colour::among(&arguments));
        }
    };
    let mut output = Output::new(&global);
    let outcome = dispatch(command, &mut output).and_then(|exit| {
        output.flush()?;
        Ok(exit)
    });
    output.trace();
    match outcome {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::from(Exit::Clean as u8),
        Err(error) => {
            output.error(&error);
            let exit = if error.is::<writer::Unproven>() { Exit::Unproven } else { Exit::Failed };
            ExitCode::from(exit as u8)
        }
    }
}

fn dispatch(command: Command, output: &mut Output) -> Result<Exit> {
    match command {
        Command::Assess(args) => assess::run(&args, output),
        Command::Validate(args) => validate::run(&args, output),
        Command::Baseline(args) => baseline::run(&args, output),
        Command::Report(args) => report::run(&args, output),
        Command::Actions(args) => actions::run(&args, output),
        Command::Programme(args) => programme::run(&args, output),
        Command::Due(args) => due::run(&args, output),
        Command::Rate(args) => rate::run(&args, output),
        Command::Set(args) => set::run(&args, output),
        Command::Action(args) => action::run(&args, output),
        Command::Evidence(args) => evidence::run(&args, output),
        Command::Confirm(args) => confirm::run(&args, output),
        Command::Init(args) => init::run(&args, output),
        Command::Form(args) => form::run(&args, output),
        Command::Import(args) => import::run(&args, output),
        Command::Returns(args) => returns::run(&args, output),
        Command::Diff(args) => diff::run(&args, output),
        Command::Compare(args) => compare::run(&args, output),
        Command::Collate(args) => collate::run(&args, output),
        Command::Trend(args) => trend::run(&args, output),
        Command::Moderate(args) => moderate::run(&args, output),
        Command::Gaps(args) => gaps::run(&args, output),
        Command::Enquiry(args) => enquiry::run(&args, output),
        Command::Checklist(args) => checklist::run(&args, output),
        Command::Migrate(args) => migrate::run(&args, output),
        Command::Privacy(args) => privacy::run(&args, output),
        Command::Fmt(args) => fmt::run(&args, output),
        Command::Git(args) => git::run(&args, output),
        Command::Explain(args) => explain::run(&args, output),
        Command::Rules(args) => rules::run(&args, output),
        Command::Schema(args) => schema::run(&args, output),
        Command::Lsp(args) => lsp::run(&args, output),
        Command::Completions(args) => completions::run(&args, output),
        Command::Man(args) => man::run(&args, output),
    }
}

/// A place in a text at which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The rule's id.
    pub rule: &'static str,
    /// The bytes that are meant.
    pub range: std::ops::Range<usize>,
}

/// What is found in a text, as if it were read from standard input: for editors and for tests, which
/// need places rather than words. Fails only where a file that the text refers to cannot be read.
pub fn spots(text: &[u8]) -> Result<Vec<Spot>> {
    let loaded = load::Loader::new().load_bytes(&inputs::Input::Standard, text.to_vec())?;
    let own = loaded.findings.iter().filter(|finding| finding.span.source == loaded.source.id);
    let spot = |finding: &crate::finding::Finding| Spot {
        rule: finding.rule.id,
        range: finding.span.range(),
    };
    Ok(own.map(spot).collect())
}

/// A date given on the command line.
fn parse_date(text: &str) -> Result<jiff::civil::Date, String> {
    crate::syntax::decode::parse_date(text).map_err(|repair| repair.into_owned())
}
