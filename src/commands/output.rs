//! The one place that prints.
//!
//! The result goes to standard output, everything else to standard error.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result, bail};

use super::colour::{self, When};
use super::screen::Screen;
use super::{Exit, origins};
use crate::text::visible;

/// Flags that every command takes.
#[derive(clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Args {
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = false
    )]
    color: When,
    /// Print the result only, no tallies or hints
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say on standard error where settings come from
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// Where a command prints and writes.
pub(super) struct Output {
    standard: BufWriter<AutoStream<io::StdoutLock<'static>>>,
    /// Where everything is said that is no result.
    beside: AutoStream<io::Stderr>,
    /// How much is said beside the result.
    manner: Manner,
    /// What the screen can show.
    pub(super) screen: Screen,
}

/// How much is said beside the result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Quiet,
    Usual,
    Verbose,
}

/// Whether a file that is there may be replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Overwrite {
    Refuse,
    Force,
}

/// Where a result goes.
#[derive(clap::Args)]
pub(super) struct Destination {
    /// Write to this file instead of standard output
    #[arg(short, long = "output", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long)]
    pub(super) force: bool,
}

impl Destination {
    /// The file that was named; nothing for standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }

    /// Puts a result that is no text where it was asked for. A screen could not show it; `example` is
    /// a name for its file.
    pub(super) fn deliver_bytes(
        &self,
        bytes: &[u8],
        example: &str,
        output: &mut Output,
    ) -> Result<()> {
        match self.file() {
            Some(file) => output.write_bytes(file, bytes, Overwrite::from_flag(self.force)),
            None if io::stdout().is_terminal() => {
                bail!("a screen cannot show a workbook: add a file to write it to, -o {example}")
            }
            None => output.print_bytes(bytes),
        }
    }

    /// Puts a result where it was asked for.
    pub(super) fn deliver(&self, text: &str, output: &mut Output) -> Result<()> {
        match self.file() {
            Some(file) => output.write(file, text, Overwrite::from_flag(self.force)),
            None => output.print(text),
        }
    }
}

impl Overwrite {
    /// From the flag `--force`.
    pub(super) fn from_flag(force: bool) -> Self {
        if force { Overwrite::Force } else { Overwrite::Refuse }
    }
}

impl Output {
    pub(super) fn new(args: &Args) -> Self {
        let choice = colour::choice(args.color, &io::stdout());
        let standard = AutoStream::new(io::stdout().lock(), choice);
        let beside = AutoStream::new(io::stderr(), colour::choice(args.color, &io::stderr()));
        let manner = match (args.quiet, args.verbose) {
            (true, _) => Manner::Quiet,
            (false, true) => Manner::Verbose,
            (false, false) => Manner::Usual,
        };
        let screen = Screen::new(choice != ColorChoice::Never);
        if manner == Manner::Verbose {
            origins::note(&format!("colour: {}", colour::origin(args.color)));
        }
        Output { standard: BufWriter::new(standard), beside, manner, screen }
    }

    /// How much is said beside the result.
    pub(super) fn manner(&self) -> Manner {
        self.manner
    }

    /// Prints a part of the result.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        Ok(self.standard.write_all(text.as_bytes())?)
    }

    /// Hands a result that is no text to the program behind a pipe, or into a file, as it is.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.flush()?;
        let mut standard = io::stdout();
        standard.write_all(bytes)?;
        Ok(standard.flush()?)
    }

    /// Prints what the user can do without: tallies and headings around a result.
    pub(super) fn remark(&mut self, text: &str) -> Result<()> {
        match self.manner {
            Manner::Quiet => Ok(()),
            Manner::Usual | Manner::Verbose => self.print(text),
        }
    }

    /// Says something about the work on standard error, unless asked to be quiet.
    pub(super) fn note(&mut self, text: &str) -> Result<()> {
        if self.manner != Manner::Quiet {
            self.flush()?;
            let _ = writeln!(self.beside, "{}", visible(text));
        }
        Ok(())
    }

    /// Says where settings came from, when asked to.
    pub(super) fn trace(&mut self) {
        if self.manner == Manner::Verbose {
            for origin in origins::all() {
                // The result is there, whatever becomes of this.
                let _ = self.note(&origin);
            }
        }
    }

    /// Prints text on standard error: findings that stand in the way of a result.
    pub(super) fn complain(&mut self, text: &str) -> Result<()> {
        self.flush()?;
        self.beside.write_all(text.as_bytes()).context("cannot write to standard error")
    }

    /// Says why the work could not be done.
    pub(super) fn error(&mut self, error: &anyhow::Error) {
        let _ = self.flush();
        let _ = writeln!(self.beside, "error: {}", visible(&in_words(error)));
    }

    /// Hands everything printed so far to the system.
    pub(super) fn flush(&mut self) -> Result<()> {
        Ok(self.standard.flush()?)
    }

    /// Writes a file whole and says so. A file that is there is replaced only when forced.
    pub(super) fn write(&mut self, path: &Path, text: &str, overwrite: Overwrite) -> Result<()> {
        self.write_bytes(path, text.as_bytes(), overwrite)
    }

    /// The same for what is no text.
    fn write_bytes(&mut self, path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<()> {
        super::writer::create(path, bytes, overwrite)?;
        self.note(&format!("Wrote {}", super::inputs::shown(path)))
    }

    /// Writes several files, all or none, and names each.
    pub(super) fn write_all(
        &mut self,
        files: &[(PathBuf, Vec<u8>)],
        overwrite: Overwrite,
    ) -> Result<()> {
        super::writer::create_all(files, overwrite)?;
        files
            .iter()
            .try_for_each(|(path, _)| self.note(&format!("Wrote {}", super::inputs::shown(path))))
    }
}

/// Refuses a file that is there already, unless forced; a folder in any case.
pub(super) fn refuse_existing(path: &Path, overwrite: Overwrite) -> Result<()> {
    if path.is_dir() {
        bail!("{} is a folder: name a file in it", super::inputs::shown(path));
    }
    // A link is there, also where it leads to nothing.
    if overwrite == Overwrite::Refuse && path.symlink_metadata().is_ok() {
        bail!("{} is there already: add --force to replace it", super::inputs::shown(path));
    }
    Ok(())
}

/// An error with its causes, in one sentence.
fn in_words(error: &anyhow::Error) -> String {
    let mut words: Vec<String> = Vec::new();
    for cause in error.chain() {
        let own = match cause.downcast_ref::<io::Error>() {
            Some(cause) => of_the_system(cause),
            None => cause.to_string(),
        };
        if words.last() != Some(&own) {
            words.push(own);
        }
    }
    words.join(": ")
}

/// Why the system refused something. Its own words come with a number, and some with a path that
/// nobody named.
fn of_the_system(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "you have no permission for that".to_owned(),
        ErrorKind::AlreadyExists => "it is there already".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// Whether the reader of standard output went away, which is no failure of ours.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// Prints help, the version, or what is wrong with the command line.
pub(super) fn print_usage(error: &clap::Error, when: When) -> ExitCode {
    let text = error.render();
    let text = match error.use_stderr() {
        // The words of the argument parser, in British spelling.
        true => text.ansi().to_string().replace("unrecognized", "unrecognised"),
        false => text.ansi().to_string(),
    };
    let _ = match error.use_stderr() {
        true => AutoStream::new(io::stderr(), colour::choice(when, &io::stderr()))
            .write_all(text.as_bytes()),
        false => AutoStream::new(io::stdout(), colour::choice(when, &io::stdout()))
            .write_all(text.as_bytes()),
    };
    let exit = if error.use_stderr() { Exit::Failed } else { Exit::Clean };
    ExitCode::from(exit as u8)
}

/// What a person reads where the program itself fails. What it failed on may be the words of
/// somebody's file, which have no place here.
fn fault_words(file: &str, line: u32) -> String {
    let file = file.replace('\\', "/");
    let place = file.rsplit_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    let place = place.map_or(file.as_str(), |(_, within)| within);
    format!(
        "error: scrutiny itself has a fault, at {place}:{line}: please report this line, and the \
         command, to those from whom you have the program"
    )
}

/// Says that the program itself has a fault, in one line.
pub(super) fn print_fault(fault: &std::panic::PanicHookInfo<'_>) {
    let words = fault.location().map_or_else(
        || fault_words("an unknown place", 0),
        |place| fault_words(place.file(), place.line()),
    );
    let _ = writeln!(io::stderr(), "{words}");
}

#[cfg(test)]
mod tests {
    use std::io;

    use anyhow::Context as _;

    use super::{fault_words, in_words};

    #[test]
    fn an_error_of_the_system_is_told_in_words() {
        let check = |error: io::Error, expected: &str| {
            let error = Err::<(), _>(error).context("cannot write a.yaml").expect_err("an error");
            assert_eq!(in_words(&error), format!("cannot write a.yaml: {expected}"));
        };
        let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
        check(refused(), "you have no permission for that");
        // As the crate for temporary files wraps it.
        let place = format!("{} at path \"/tmp/.scrutiny-x\"", refused());
        check(
            io::Error::new(io::ErrorKind::PermissionDenied, place),
            "you have no permission for that",
        );
        check(io::Error::other("the lock is gone"), "the lock is gone");
    }

    #[test]
    fn a_fault_names_its_place_and_nothing_of_the_machine() {
        let check = |file: &str, expected: &str| {
            let words = fault_words(file, 7);
            assert!(words.contains(&format!("at {expected}:7:")), "{words}");
            assert_eq!(words.lines().count(), 1);
        };
        check("src/model/period.rs", "src/model/period.rs");
        check("src\\model\\period.rs", "src/model/period.rs");
        check(
            "/home/a/.cargo/registry/src/index-1f/jiff-0.2.1/src/civil.rs",
            "jiff-0.2.1/src/civil.rs",
        );
    }
}
