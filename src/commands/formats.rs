//! The formats of findings that `validate` offers, and where each of them goes.
//!
//! Each `--output` belongs to the `--format` before it, which the derived arguments cannot say: so the
//! two are read by hand here.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, ValueEnum, value_parser};

use super::baseline::ITEM;
use super::detours;
use super::inputs::{self, here};
use super::load::Loader;
use super::output::{self, Output, Overwrite};
use super::screen::{FindingFormat, Screen};
use super::survey::tally_words;
use super::writer;
use crate::finding::public::{Public, Run};
use crate::finding::{Located, github, gitlab, json, junit, sarif};
use crate::rules;

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the line and the spot marked
    Human,
    /// One line each
    Short,
    /// One document, for programs
    Json,
    /// SARIF 2.1.0, for code scanning; exits with 0
    Sarif,
    /// Annotations and a job summary
    Github,
    /// A code quality report
    Gitlab,
    /// XML, for build servers
    Junit,
}

/// The formats and files that were asked for, with their places on the command line.
#[derive(Clone)]
pub(super) struct Asked {
    formats: Vec<(usize, Format)>,
    outputs: Vec<(usize, PathBuf)>,
    overwrite: Overwrite,
}

/// The formats that were asked for, each with its file or standard output.
pub(super) struct Formats {
    list: Vec<(Format, Option<PathBuf>)>,
    overwrite: Overwrite,
}

/// All that formats are made from.
pub(super) struct Shown<'a> {
    /// The findings as people see them.
    pub(super) findings: &'a [Located],
    /// The same as machines see them.
    pub(super) public: &'a [Public<'a>],
    /// The files that were checked.
    pub(super) files: &'a [&'a str],
    pub(super) run: Run,
    /// The last line for people.
    pub(super) remark: &'a str,
    /// Lines for people after it.
    pub(super) notes: &'a [String],
}

const FORMAT: &str = "format";
const OUTPUT: &str = "output";
const FORCE: &str = "force";

impl clap::Args for Asked {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new(FORMAT)
            .long(FORMAT)
            .value_name("NAME")
            .value_parser(value_parser!(Format))
            .action(ArgAction::Append)
            .help("How findings are shown; may be given several times [default: human]");
        let output = Arg::new(OUTPUT)
            .short('o')
            .long(OUTPUT)
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .action(ArgAction::Append)
            .help("Write the format named before it to this file, not to standard output");
        let force = Arg::new(FORCE)
            .long(FORCE)
            .action(ArgAction::SetTrue)
            .help("Replace files that are there already");
        command.arg(format).arg(output).arg(force)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Asked {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        fn all<T: Clone + Send + Sync + 'static>(
            matches: &ArgMatches,
            name: &str,
        ) -> Vec<(usize, T)> {
            let values = matches.get_many::<T>(name).into_iter().flatten().cloned();
            matches.indices_of(name).into_iter().flatten().zip(values).collect()
        }
        Ok(Asked {
            formats: all(matches, FORMAT),
            outputs: all(matches, OUTPUT),
            overwrite: Overwrite::from_flag(matches.get_flag(FORCE)),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Gives each file to the format before it. Where there is one of each, their order says nothing.
fn pair(
    formats: &[(usize, Format)],
    outputs: Vec<(usize, PathBuf)>,
) -> Result<Vec<(Format, Option<PathBuf>)>, String> {
    let usual = [(0, Format::Human)];
    let formats = if formats.is_empty() { &usual } else { formats };
    let mut list: Vec<(Format, Option<PathBuf>)> =
        formats.iter().map(|(_, format)| (*format, None)).collect();
    for (at, file) in outputs {
        let before = formats.iter().rposition(|(index, _)| *index < at);
        let index = before.or((formats.len() == 1).then_some(0)).ok_or_else(|| {
            let file = inputs::shown(&file);
            format!(
                "--output {file} stands before every --format: put it after the one it is for\n"
            )
        })?;
        if let Some(first) = &list[index].1 {
            let (first, file) = (inputs::shown(first), inputs::shown(&file));
            return Err(format!(
                "--output stands twice after one --format, with {first} and {file}: name the format \
                 again before the second"
            ));
        }
        list[index].1 = Some(file);
    }
    for (_, file) in &mut list {
        file.take_if(|file| file == Path::new("-"));
    }
    for (index, (_, file)) in list.iter().enumerate() {
        let is_again = |(_, other): &(Format, Option<PathBuf>)| other == file;
        match file {
            None if list[..index].iter().any(is_again) => {
                return Err(
                    "two formats would go to standard output: add --output FILE after one \
                            of them"
                        .to_owned(),
                );
            }
            Some(file) if list[..index].iter().any(is_again) => {
                return Err(format!("two formats would go to {}", inputs::shown(file)));
            }
            _ => {}
        }
    }
    Ok(list)
}

impl Formats {
    /// Whether a format was asked for.
    pub(super) fn has(&self, wanted: Format) -> bool {
        self.list.iter().any(|(format, _)| *format == wanted)
    }

    /// Whether one of them is made from what machines may see.
    pub(super) fn are_for_machines(&self) -> bool {
        self.list.iter().any(|(format, _)| !matches!(format, Format::Human | Format::Short))
    }

    /// Gives each file to its format. Files that are in the way are refused before any work is done.
    pub(super) fn of(asked: &Asked) -> Result<Self> {
        let list = pair(&asked.formats, asked.outputs.clone()).map_err(anyhow::Error::msg)?;
        let formats = Formats { list, overwrite: asked.overwrite };
        formats.refuse_existing()?;
        Ok(formats)
    }

    fn refuse_existing(&self) -> Result<()> {
        for file in self.list.iter().filter_map(|(_, file)| file.as_ref()) {
            output::refuse_existing(file, self.overwrite)?;
        }
        Ok(())
    }

    /// Makes all formats and puts each where it belongs.
    pub(super) fn deliver(&self, shown: &Shown<'_>, output: &mut Output) -> Result<()> {
        for (format, file) in &self.list {
            let text = render(*format, shown, file.as_deref(), output);
            match file {
                Some(file) => output.write(file, &text, self.overwrite)?,
                None => {
                    output.print(&text)?;
                    let closing = match format {
                        Format::Human | Format::Short => shown.closing(&output.screen),
                        Format::Github => shown.closing(&output.screen.plain()),
                        Format::Json | Format::Sarif | Format::Gitlab | Format::Junit => continue,
                    };
                    output.remark(&closing)?;
                }
            }
            if *format == Format::Github {
                summarise(shown, output)?;
            }
        }
        Ok(())
    }
}

impl Shown<'_> {
    /// The tally, and what else is to be said at the end.
    fn closing(&self, screen: &Screen) -> String {
        let mut closing = screen.tally(self.run.tally, self.remark);
        closing.extend(self.notes.iter().map(|note| match note.strip_prefix(ITEM) {
            Some(item) => screen.item(ITEM, item),
            None => screen.paragraph(note),
        }));
        closing
    }
}

fn render(format: Format, shown: &Shown<'_>, file: Option<&Path>, output: &Output) -> String {
    let Shown { findings, public, files, run, .. } = shown;
    let screen = match file {
        Some(_) => output.screen.plain(),
        None => output.screen,
    };
    let for_people = |format| {
        let text = screen.findings(findings, format);
        if file.is_some() { text + &shown.closing(&screen) } else { text }
    };
    match format {
        Format::Human => for_people(FindingFormat::Human),
        Format::Short => for_people(FindingFormat::Short),
        Format::Json => json::render(public, run, &crate::report::tool()),
        Format::Sarif => {
            let rules: Vec<_> = rules::all().collect();
            sarif::render(public, &rules, env!("CARGO_PKG_VERSION"))
        }
        Format::Github => github::render(public),
        Format::Gitlab => gitlab::render(public),
        Format::Junit => junit::render(public, files, run),
    }
}

/// Adds the table of findings to the summary of a GitHub job, where there is one.
fn summarise(shown: &Shown<'_>, output: &mut Output) -> Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let text = github::summary(shown.public, &shown.run, &tally_words(shown.run.tally));
    match writer::append(Path::new(&path), &text) {
        Ok(()) => Ok(()),
        // The result of the check is worth more than its table.
        Err(error) => output.note(&format!("The job summary was not written: {error:#}")),
    }
}

/// Whether a build server runs the program, whose logs many people may read.
pub(super) fn is_pipeline() -> bool {
    let is_on = |value: std::ffi::OsString| !value.is_empty() && value != "false" && value != "0";
    std::env::var_os("CI").is_some_and(is_on)
}

/// The path of a file from the top of its repository, so that it is the same wherever one stands, and as it
/// may be shown: the folders above may have telling names too.
pub(super) fn from_repository(path: &str, loader: &Loader) -> String {
    let whole = Some(detours::absolute(Path::new(path))).filter(|whole| whole.exists());
    let inside = whole.as_ref().and_then(|whole| whole.strip_prefix(repository()?).ok());
    let parts = inside.map(|inside| inside.iter().map(|part| part.to_string_lossy()));
    match parts {
        Some(parts) => loader.veiled(&parts.collect::<Vec<_>>().join("/")),
        None => loader.veiled(path),
    }
}

/// The top of the repository in which the user stands.
pub(super) fn repository() -> Option<&'static Path> {
    static ROOT: std::sync::LazyLock<Option<&'static Path>> =
        std::sync::LazyLock::new(|| here().ancestors().find(|above| above.join(".git").exists()));
    *ROOT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_belongs_to_the_format_before_it() {
        use Format::{Human, Json, Sarif};
        let check =
            |formats: &[(usize, Format)], outputs: &[(usize, &str)], expected: Option<&str>| {
                let outputs = outputs.iter().map(|(at, file)| (*at, PathBuf::from(file))).collect();
                let paired = pair(formats, outputs).ok().map(|list| {
                    let one = |(format, file): &(Format, Option<PathBuf>)| match file {
                        Some(file) => format!("{format:?}={}", file.display()),
                        None => format!("{format:?}"),
                    };
                    list.iter().map(one).collect::<Vec<_>>().join(" ")
                });
                assert_eq!(paired.as_deref(), expected, "{formats:?}");
            };
        check(&[], &[], Some("Human"));
        check(&[], &[(1, "a")], Some("Human=a"));
        check(&[(3, Json)], &[(1, "a")], Some("Json=a"));
        check(&[(1, Json), (5, Sarif)], &[(3, "a"), (7, "b")], Some("Json=a Sarif=b"));
        check(&[(1, Human), (2, Json)], &[(3, "a")], Some("Human Json=a"));
        check(&[(1, Json)], &[(3, "-")], Some("Json"));
        check(&[(1, Human), (2, Json)], &[], None);
        check(&[(1, Json)], &[(2, "a"), (3, "b")], None);
        check(&[(2, Human), (3, Json)], &[(1, "a")], None);
        check(&[(1, Human), (3, Json)], &[(2, "a"), (4, "a")], None);
    }
}
