//! `scrutiny fmt`: puts files into the canonical layout, in which nothing that they say changes.
//!
//! All files are laid out and proven before the first is written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::Exit;
use super::inputs::{self, How, Input, shown};
use super::load::{Content, Loaded, LoadedChecklist, Loader};
use super::output::Output;
use super::screen::FindingFormat;
use super::survey::refuse_empty;
use super::threads;
use super::writer::{self, Outcome, Unproven};
use crate::export::patch;
use crate::finding::{Findings, Level, Located};
use crate::model::layout as model;
use crate::source::{Source, Sources};
use crate::syntax::layout::{self, Language, Refusal, Wrap};
use crate::text::count;

/// Put files into the canonical layout, with every value and comment kept
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Name the files that would change, write nothing, and exit with 1 if there are any
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Show the changes as a patch, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Wrap plain paragraphs that have a longer line than so many characters, from 40 to 200
    #[arg(long, value_name = "WIDTH", value_parser = clap::value_parser!(u8).range(40..=200))]
    wrap: Option<u8>,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny fmt northmoor/2026-27-q2/scrutineer.yaml
  scrutiny fmt --check northmoor
  scrutiny fmt --dry-run northmoor
  scrutiny fmt - < scrutineer.yaml

Keys are put in order and indented alike; ids, texts and comments stay as they
are. The result is read again and held to the original before it is written.";

/// What is asked for.
#[derive(Clone, Copy)]
struct Task {
    mode: Mode,
    wrap: Wrap,
}

/// What is done with the layout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    Patch,
}

/// What came of the layout of one file.
struct Judged {
    /// The file as messages name it.
    path: Arc<str>,
    state: State,
}

enum State {
    /// It is laid out already. The text, for standard output.
    Same(String),
    /// The old text and the new one.
    Differs(String, String),
    /// Something has to be put right first.
    Faulty(Vec<Located>),
    /// A line is written in a way that the layout does not know.
    Unusual(usize),
    /// The result is not what it should be.
    Unproven,
}

/// The byte-order mark with which some programs begin a text.
const MARK: &str = "\u{feff}";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let mode = match (args.check, args.dry_run) {
        (true, _) => Mode::Check,
        (false, true) => Mode::Patch,
        (false, false) => Mode::Write,
    };
    let wrap = args.wrap.map_or(Wrap::Keep, |width| Wrap::To(usize::from(width)));
    let task = Task { mode, wrap };
    let inputs = inputs::find(&args.paths)?;
    let loader = Loader::new();
    let judge = |input: &Input| {
        let judged = judge(input, &loader, wrap)?.map(|judged| judged.lightened(input, mode));
        Ok(judged.map(|judged| (input.clone(), judged)))
    };
    let judged = threads::each(&inputs.list, judge)?;
    let judged: Vec<(Input, Judged)> = judged.into_iter().flatten().collect();
    refuse_empty(&inputs, judged.iter().map(|(input, _)| input))?;
    for (_, Judged { path, state }) in &judged {
        if matches!(state, State::Unproven) {
            let message = format!("the layout of {path} could not be shown to keep its meaning");
            return Err(Unproven(message).into());
        }
    }
    explain(&judged, output)?;
    for (input, judged) in &judged {
        deliver(input, judged, task, &loader, output)?;
    }
    let is_shown = mode == Mode::Patch || judged.iter().any(|(input, _)| *input == Input::Standard);
    if !is_shown || mode == Mode::Check {
        output.remark(&tally(&judged, mode))?;
    }
    Ok(exit(&judged, mode))
}

/// Lays out one input; nothing where it was found in a folder and is not ours.
fn judge(input: &Input, loader: &Loader, wrap: Wrap) -> Result<Option<Judged>> {
    let bytes = inputs::read(input)?;
    match input {
        Input::File(path, How::Found) if !inputs::declares_itself(path, &bytes) => Ok(None),
        _ => lay_out(input, bytes, loader, wrap).map(Some),
    }
}

fn lay_out(input: &Input, bytes: Vec<u8>, loader: &Loader, wrap: Wrap) -> Result<Judged> {
    let whole = String::from_utf8(bytes.clone());
    let loaded = loader.load_bytes(input, bytes)?;
    let path = Arc::clone(&loaded.source.path);
    let ratings = ratings(&loaded);
    let (language, form) = match &loaded.content {
        Content::Assessment(..) => (Language::Yaml, model::assessment(&ratings)),
        Content::Programme(..) => (Language::Yaml, model::programme()),
        Content::Checklist(_) => (Language::Toml, model::checklist()),
        Content::Mapping(_) => (Language::Toml, model::mapping()),
        Content::Workspace => (Language::Toml, model::workspace()),
        Content::Nothing => {
            let state = State::Faulty(loaded.findings.locate(&loaded.sources));
            return Ok(Judged { path, state });
        }
    };
    let Ok(whole) = whole else { bail!("{path} is not saved as UTF-8") };
    let text = whole.strip_prefix(MARK).unwrap_or(&whole);
    let state = match layout::lay_out(text, language, &form, wrap) {
        Ok(new) if new == text => State::Same(whole),
        Ok(new) => {
            let mark = if text.len() < whole.len() { MARK } else { "" };
            let new = format!("{mark}{new}");
            State::Differs(whole, new)
        }
        Err(Refusal::Faulty) => State::Faulty(faults(&loaded, text, language)),
        Err(Refusal::Unusual(line)) => State::Unusual(line),
        Err(Refusal::Unproven) => State::Unproven,
    };
    Ok(Judged { path, state })
}

/// The words that can be given as ratings, as the checklist has them.
fn ratings(loaded: &Loaded) -> Vec<&str> {
    let mut ratings = model::NO_RATING.to_vec();
    if let Content::Assessment(_, Some(checklist)) = &loaded.content
        && let LoadedChecklist { checklist: Some(checklist), .. } = checklist.as_ref()
    {
        let values = checklist.scales.iter().flat_map(|scale| &scale.values);
        ratings.extend(values.map(|value| value.value.value.as_str()));
    }
    ratings.sort_unstable();
    ratings.dedup();
    ratings
}

/// What has to be put right in a file before it can be laid out.
fn faults(loaded: &Loaded, text: &str, language: Language) -> Vec<Located> {
    let source = Arc::new(Source::new(loaded.source.id, &loaded.source.path, text.to_owned()));
    let mut findings = Findings::default();
    layout::read(&source, language, &mut findings);
    findings.retain(|finding| finding.rule.level == Level::Error);
    let mut sources = Sources::default();
    sources.add(&source);
    findings.locate(&sources)
}

impl Judged {
    /// The same without the texts that will not be shown, so that memory does not grow with the
    /// number of files.
    fn lightened(mut self, input: &Input, mode: Mode) -> Self {
        let is_shown = mode == Mode::Patch || *input == Input::Standard;
        if let (false, State::Same(_)) = (is_shown, &self.state) {
            self.state = State::Same(String::new());
        } else if let (false, State::Differs(..)) = (is_shown, &self.state) {
            self.state = State::Differs(String::new(), String::new());
        }
        self
    }
}

/// Tells which files stay as they are, and why.
fn explain(judged: &[(Input, Judged)], output: &mut Output) -> Result<()> {
    let mut found = Vec::new();
    let mut faulty = 0;
    for (_, Judged { path, state }) in judged {
        match state {
            State::Faulty(findings) => {
                faulty += 1;
                found.extend(findings.iter().cloned());
            }
            State::Unusual(line) => output.note(&format!(
                "Left {path} as it is: line {line} is written in a way that fmt does not know"
            ))?,
            State::Same(_) | State::Differs(..) | State::Unproven => {}
        }
    }
    if faulty > 0 {
        let shown = output.screen.findings(&found, FindingFormat::Human);
        output.complain(&shown)?;
        let files = count(faulty, "file");
        output.complain(&format!(
            "Nothing was changed in {files}: put the errors above right first.\n"
        ))?;
    }
    Ok(())
}

/// Writes, names or shows what would change in a file.
fn deliver(
    input: &Input,
    judged: &Judged,
    task: Task,
    loader: &Loader,
    output: &mut Output,
) -> Result<()> {
    let shown = &judged.path;
    match (task.mode, input, &judged.state) {
        (Mode::Check, _, State::Differs(..)) => output.print(&format!("would change {shown}\n")),
        (Mode::Patch, _, State::Differs(old, new)) => output.print(&patch::render(shown, old, new)),
        (Mode::Write, Input::Standard, State::Same(text) | State::Differs(_, text)) => {
            output.print(text)
        }
        (Mode::Write, Input::File(path, _), State::Differs(..)) => {
            match write(input, path, loader, task.wrap)? {
                Outcome::Written => output.note(&format!("Wrote {shown}")),
                Outcome::Same => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Lays a file out once more under the lock of the writer, and writes it.
fn write(input: &Input, path: &Path, loader: &Loader, wrap: Wrap) -> Result<Outcome> {
    writer::change(path, |text| {
        match lay_out(input, text.as_bytes().to_vec(), loader, wrap)?.state {
            State::Same(_) => Ok(None),
            State::Differs(_, new) => Ok(Some(new)),
            State::Faulty(_) | State::Unusual(_) | State::Unproven => {
                bail!("{} was changed by another program in the meantime: try again", shown(path))
            }
        }
    })
}

/// How many files were read, and what came of them.
fn tally(judged: &[(Input, Judged)], mode: Mode) -> String {
    let (mut differ, mut left) = (0, 0);
    for (_, Judged { state, .. }) in judged {
        match state {
            State::Differs(..) => differ += 1,
            State::Same(_) => {}
            State::Faulty(_) | State::Unusual(_) | State::Unproven => left += 1,
        }
    }
    let verb = if mode == Mode::Write { "written" } else { "would change" };
    let same = judged.len() - differ - left;
    let mut parts = vec![format!("{differ} {verb}"), format!("{same} laid out already")];
    if left > 0 {
        parts.push(format!("{left} not laid out"));
    }
    format!("{} read: {}\n", count(judged.len(), "file"), parts.join(", "))
}

fn exit(judged: &[(Input, Judged)], mode: Mode) -> Exit {
    let counts = |state: &State| match state {
        State::Faulty(_) => true,
        State::Differs(..) => mode == Mode::Check,
        State::Same(_) | State::Unusual(_) | State::Unproven => false,
    };
    match judged.iter().any(|(_, judged)| counts(&judged.state)) {
        true => Exit::Findings,
        false => Exit::Clean,
    }
}
