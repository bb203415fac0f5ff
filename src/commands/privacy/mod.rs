//! `scrutiny privacy`: what looks like personal data in files, in finished outputs and in what git
//! still holds.

mod history;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::audience::Readers;
use super::detours::absolute;
use super::inputs::{self, How, Input, shown};
use super::load::Loader;
use super::output::Output;
use super::screen::FindingFormat;
use super::survey::{survey, tally_words};
use super::{Exit, names};
use crate::finding::{Findings, Level, Located, Tally};
use crate::model::audience::Audience;
use crate::privacy::Dress;
use crate::rules::{self, Heed};
use crate::source::Sources;
use crate::text::count;

/// Look for personal data in files, in finished outputs and in what git still holds
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny privacy northmoor
  scrutiny privacy --audience public reports/annual.html
  scrutiny privacy --names ~/private/names.txt northmoor
  scrutiny privacy --history northmoor

A named file may be an assessment, a checklist, scrutiny.toml, or any text:
Markdown, HTML, CSV, JSON, a calendar. In a folder, files that declare
themselves are read. What is found is masked. A clean result does not make a
text anonymous.")]
pub(super) struct Args {
    /// Files, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Look through everything that git still holds under these paths
    #[arg(long)]
    history: bool,
    /// Who will read it: for the public, everything found is an error
    #[arg(long, value_name = "WHO", default_value = "internal")]
    audience: Readers,
    #[command(flatten)]
    names: names::NamesArgs,
    /// How findings are shown
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: FindingFormat,
}

/// What nobody but a person can see. It is printed after every clean result.
const TO_CHECK: &str = "\
No known pattern was found. That does not make a text anonymous. A person still has to look for:

- names without a word for a relative beside them, nicknames, initials, and names of places that
  are names of families;
- what gives somebody away together: an age group, a school and an event; a rare illness, faith,
  language or nationality; a family of unusual size;
- small places, and small groups within an area, whatever the number that is written;
- dates of events that were in the newspapers or in court, and anything that can be searched for;
- the names and posts of professionals, where there is only one of them;
- quotations in somebody's own words, which friends and family recognise;
- what earlier reports, the yearly report and other agencies have published, put beside this;
- pictures, charts of few cases, scans, attachments, and what a program hides in a document: its
  author, comments, tracked changes, hidden rows.
";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let names = args.names.read()?;
    if args.history {
        return history::run(args, &Loader::with_names(names), output);
    }
    let audience = args.audience.into();
    let heed = match audience {
        Audience::Public => Heed::ExceptionsOnly,
        Audience::Internal | Audience::Partnership => Heed::Everything,
    };
    let loader = Loader::with_names(names).heeding(heed);
    let (texts, ours): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| is_text(path));
    let mut found = Vec::new();
    let mut files = texts.len();
    if !ours.is_empty() {
        let survey = survey(&inputs::find(&ours)?, &loader, |_, _| ())?;
        files += survey.files.len();
        found = survey.findings;
        found.retain(is_about_privacy);
    }
    for path in &texts {
        found.extend(look_at(path, &loader)?);
    }
    raise(audience, &mut found);
    found.sort_by(|a, b| a.key().cmp(&b.key()));
    found.dedup_by(|a, b| a.key() == b.key() && a.message == b.message);
    let text = output.screen.findings(&found, args.format);
    output.print(&text)?;
    let tally = Tally::of(&found);
    let files = count(files, "file");
    let line = format!("{files} looked through: {}", tally_words(tally));
    let line = output.screen.tally(tally, &line);
    output.remark(&line)?;
    if found.is_empty() {
        output.print(&format!("\n{TO_CHECK}"))?;
    } else if found.iter().any(|finding| rules::is_personal(finding.rule.id)) {
        let text = output.screen.paragraph(
            "Change the text; or, where it has to stay, set the place aside in scrutiny.toml with \
             an [[exception]] and the reason. What was committed stays in git: scrutiny privacy \
             --history shows it.",
        );
        output.remark(&text)?;
    }
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}

/// In what everybody can read, all of this is wrong.
fn raise(audience: Audience, found: &mut [Located]) {
    if audience == Audience::Public {
        found.iter_mut().for_each(|finding| finding.level = Level::Error);
    }
}

/// Whether a path names a finished output rather than one of our files: anything but YAML, TOML and
/// folders.
fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let is_ours = ["yaml", "yml", "toml"].iter().any(|own| ending.eq_ignore_ascii_case(own));
    !is_ours && !path.is_dir() && (path.exists() || path == Path::new("-"))
}

/// Personal data, stale exceptions to it, and whatever kept a file from being looked through.
fn is_about_privacy(finding: &Located) -> bool {
    let is_stale = finding.rule.id == "unused-exception"
        && finding.level == Level::Error
        && finding.about.as_deref().is_some_and(rules::is_personal);
    let is_unread = ["unreadable-text", "too-large"].contains(&finding.rule.id);
    rules::is_personal(finding.rule.id) || is_stale || is_unread
}

/// Looks through a finished output.
fn look_at(path: &Path, loader: &Loader) -> Result<Vec<Located>> {
    let (input, name, folder) = match path == Path::new("-") {
        true => (Input::Standard, "standard input".to_owned(), inputs::here().to_owned()),
        false => {
            let folder = absolute(path).parent().map(Path::to_owned);
            (Input::File(path.to_owned(), How::Named), shown(path), folder.unwrap_or_default())
        }
    };
    let bytes = inputs::read(&input)?;
    let mut findings = Findings::default();
    let dress = dress(path, &bytes);
    let source = loader.read_text(&name, bytes, dress, &mut findings);
    let source = source.unwrap_or_else(|shown| shown);
    let mut sources = Sources::default();
    sources.add(&source);
    if let Some(own) = loader.workspace(&folder)? {
        let name = super::load::lasting_name(&input, Some(&own));
        rules::set_aside(own.workspace.as_ref(), &name, &mut findings);
    }
    let mut found = findings.locate(&sources);
    found.retain(is_about_privacy);
    Ok(found)
}

/// What a file is written in, by its name, or by how it begins.
pub(super) fn dress(path: &Path, bytes: &[u8]) -> Dress {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let is_page = ["html", "htm", "xhtml", "svg", "xml"];
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins =
        |mark: &[u8]| text.get(..mark.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(mark));
    let ends = |all: &[&str]| all.iter().any(|own| ending.eq_ignore_ascii_case(own));
    if ends(&["ics", "ical", "ifb", "icalendar"]) || begins(b"BEGIN:VCALENDAR") {
        return Dress::Calendar;
    }
    match begins(b"<") || ends(&is_page) {
        true => Dress::Html,
        false => Dress::Text,
    }
}
