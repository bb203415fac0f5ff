//! `scrutiny migrate`: takes an assessment over to another edition of its checklist, in two steps: a
//! mapping to read and correct, then the new file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

use super::detours::real;
use super::edit::{errors, parts, refusal_at, refuse};
use super::inputs::{self, How, Input, shown};
use super::load::{Content, Loaded, LoadedChecklist, LoadedMapping, Loader};
use super::output::{Output, Overwrite};
use super::relative::seen_from;
use super::report::refuses;
use super::writer::{self, Outcome, Unproven};
use super::{Exit, checklist};
use crate::comparison::editions;
use crate::export::patch;
use crate::finding::{Findings, Level, Located};
use crate::migration::{Task, Trouble, migrate};
use crate::model::checklist::Checklist;
use crate::report::editions::mapping::{References, Sorts, render};
use crate::schema;
use crate::shipped;
use crate::syntax::yaml;

/// Take an assessment over to another edition of its checklist
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The assessment to take over
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The edition that it is to answer: the id of a shipped checklist, or the path to a file
    #[arg(long, value_name = "ID or FILE")]
    to: PathBuf,
    /// The mapping file; it is written if it is not there yet
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
    /// Write the new assessment to this file instead of standard output
    #[arg(short, long = "output", value_name = "FILE", conflicts_with = "in_place")]
    output: Option<PathBuf>,
    /// Replace the new assessment if it is there already
    #[arg(long, requires = "output")]
    force: bool,
    /// Change the assessment itself
    #[arg(long)]
    in_place: bool,
    /// Show the change as a patch, and write nothing
    #[arg(long, conflicts_with_all = ["output", "in_place"])]
    dry_run: bool,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny migrate 2026-27-q2/self.yaml --to checklists/local-2027.toml \\
    --mapping checklists/to-2027.toml
  scrutiny migrate 2026-27-q2/self.yaml --to checklists/local-2027.toml \\
    --mapping checklists/to-2027.toml -o 2026-27-q3/self.yaml

The first run writes the mapping: what became of each question. Read it and
correct it. The second run follows it. Answers to questions in the same words go
on; those to reworded questions go on and are reported as stale; those without a
place are kept as orphans. Nothing is lost, and nothing is guessed.";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    if args.file == Path::new("-") {
        bail!("name the file of the assessment: the mapping belongs beside it");
    }
    let loader = Loader::new();
    let found = inputs::find(std::slice::from_ref(&args.file))?;
    let ([input], []) = (found.list.as_slice(), found.folders.as_slice()) else {
        bail!("{} is a folder: name a file in it", shown(&args.file));
    };
    let loaded = loader.load(input)?;
    let to = checklist::load(&args.to, &loader)?;
    if refuses(&checklist::findings(&to), output)? {
        return Ok(Exit::Findings);
    }
    let from = checklist_of(&loaded, &args.file)?;
    if from.key == to.key {
        let name = shown(&args.file);
        output.note(&format!("{name} answers that edition already: nothing was written"))?;
        return Ok(Exit::Clean);
    }
    if parts(&loaded).is_none() || loaded.findings.iter().any(|own| own.rule.level == Level::Error)
    {
        return refuse(&errors(loaded), output);
    }
    if !args.mapping.exists() {
        return begin(args, &from, &to, output);
    }
    let mapping = load_mapping(args, &loader)?;
    let located = mapping.findings.locate(&mapping.sources);
    let Content::Mapping(Some(mapped)) = &mapping.content else {
        if refuses(&located, output)? {
            return Ok(Exit::Findings);
        }
        bail!("{} is not a mapping: name another file", shown(&args.mapping));
    };
    if let (Some(_), Some(_)) = (&mapped.from, &mapped.to) {
        check_editions(args, mapped, &from, &to)?;
    }
    if refuses(&located, output)? {
        return Ok(Exit::Findings);
    }
    let work = Work { args, loader: &loader, input, mapped, to: &to };
    match (args.in_place, &args.output) {
        (true, _) => in_place(&work, output),
        (false, file) => elsewhere(&work, file.as_deref(), output),
    }
}

/// The checklist that an assessment answers.
fn checklist_of(loaded: &Loaded, file: &Path) -> Result<Arc<LoadedChecklist>> {
    match &loaded.content {
        Content::Assessment(_, Some(checklist)) => Ok(Arc::clone(checklist)),
        Content::Assessment(_, None) | Content::Nothing => {
            bail!("{} cannot be read with its checklist: `scrutiny validate` says why", shown(file))
        }
        Content::Programme(..)
        | Content::Checklist(_)
        | Content::Mapping(_)
        | Content::Workspace => {
            bail!("{} is not an assessment", shown(file))
        }
    }
}

/// Writes the mapping, and stops: it is for a person to read.
fn begin(
    args: &Args,
    from: &Arc<LoadedChecklist>,
    to: &Arc<LoadedChecklist>,
    output: &mut Output,
) -> Result<Exit> {
    let (then, now) = (whole(from)?, whole(to)?);
    let folder = folder_of(&args.mapping);
    let (reference_from, reference_to) = (reference(from, &folder)?, reference(to, &folder)?);
    let references = References { from: &reference_from, to: &reference_to };
    let editions = editions::compare(then, now);
    let text = render(&editions, references);
    if args.dry_run {
        output.print(&patch::render(&shown(&args.mapping), "", &text))?;
        return Ok(Exit::Clean);
    }
    output.write(&args.mapping, &text, Overwrite::Refuse)?;
    let sorts = Sorts::of(&editions);
    output.remark(&format!(
        "{}\nRead {}, correct it, and run the same command again with -o NEW-FILE.\n",
        sorts.words(),
        shown(&args.mapping)
    ))?;
    Ok(Exit::Clean)
}

fn load_mapping(args: &Args, loader: &Loader) -> Result<Loaded> {
    if args.mapping.is_dir() {
        bail!("{} is a folder: name the mapping file in it", shown(&args.mapping));
    }
    loader.load_mapping(&Input::File(args.mapping.clone(), How::Named))
}

/// A mapping between other editions says nothing about these.
fn check_editions(
    args: &Args,
    mapped: &LoadedMapping,
    from: &LoadedChecklist,
    to: &LoadedChecklist,
) -> Result<()> {
    let id = |own: &LoadedChecklist| {
        own.checklist.as_ref().map_or(own.key.clone(), |own| own.id.value.clone())
    };
    let check = |own: &Option<Arc<LoadedChecklist>>, wanted: &LoadedChecklist, what: &str| match own
    {
        Some(own) if own.key == wanted.key => Ok(()),
        Some(own) => bail!(
            "{} is a mapping {what} {}, and {} is wanted: name another file, which is then \
                 written",
            shown(&args.mapping),
            id(own),
            id(wanted)
        ),
        None => bail!("{} names no edition that can be read", shown(&args.mapping)),
    };
    check(&mapped.from, from, "from")?;
    check(&mapped.to, to, "to")
}

/// What a run has to do with.
struct Work<'w> {
    args: &'w Args,
    loader: &'w Loader,
    input: &'w Input,
    mapped: &'w LoadedMapping,
    to: &'w Arc<LoadedChecklist>,
}

/// What came of the attempt to take a text over.
enum Tried {
    /// The new text, and what there is to say of it.
    Right(String, Vec<String>),
    /// The findings that stand in the way.
    Refused(Vec<Located>),
}

/// Takes a text over, as it would stand in a place.
fn attempt(work: &Work<'_>, text: &str, place: &Path) -> Result<Tried> {
    let old = work.loader.load_bytes(work.input, text.as_bytes().to_vec())?;
    let Some((assessment, then)) = parts(&old) else { return Ok(Tried::Refused(errors(old))) };
    let Content::Assessment(_, Some(from)) = &old.content else {
        bail!("{} is not an assessment", shown(&work.args.file));
    };
    let now = whole(work.to)?;
    let mut bases: Vec<&Checklist> = Vec::new();
    let mut next = from.base.as_deref();
    while let Some(base) = next {
        bases.extend(&base.checklist);
        next = base.base.as_deref();
    }
    let reference = reference(work.to, &folder_of(place))?;
    let schemas = [schema::file_name(then), schema::file_name(now)];
    let task = Task {
        assessment,
        old: then,
        bases: &bases,
        new: now,
        mapping: &work.mapped.mapping,
        reference: &reference,
        schemas: [&schemas[0], &schemas[1]],
    };
    let migrated = match migrate(task, text) {
        Ok(migrated) => migrated,
        Err(Trouble::Faulty) => return Ok(Tried::Refused(hindrances(old))),
        Err(Trouble::Place(at, message)) => {
            return Err(refusal_at(&old.source, at, &message));
        }
        Err(Trouble::Unproven) => {
            let message = "the new assessment could not be shown to hold all that the old one says";
            return Err(Unproven(message.to_owned()).into());
        }
    };
    let told = migrated.told(now);
    let new = Input::File(place.to_owned(), How::Named);
    let wrong = errors(work.loader.load_bytes(&new, migrated.text.as_bytes().to_vec())?);
    Ok(match wrong.is_empty() {
        true => Tried::Right(migrated.text, told),
        false => Tried::Refused(wrong),
    })
}

/// What makes it doubtful what stands where, be it an error or advice.
fn hindrances(old: Loaded) -> Vec<Located> {
    let mut findings = Findings::default();
    yaml::parse(&old.source, &mut findings);
    let doubtful = findings.locate(&old.sources);
    let wrong = errors(old);
    if wrong.is_empty() { doubtful } else { wrong }
}

/// Changes the file itself, under the lock of the writer.
fn in_place(work: &Work<'_>, output: &mut Output) -> Result<Exit> {
    let file = &work.args.file;
    let mut said = Vec::new();
    let mut refused = Vec::new();
    let outcome = writer::change(file, |text| {
        Ok(match attempt(work, text, file)? {
            Tried::Right(new, told) => {
                said = told;
                Some(new)
            }
            Tried::Refused(findings) => {
                refused = findings;
                None
            }
        })
    })?;
    if !refused.is_empty() {
        return refuse(&refused, output);
    }
    if outcome == Outcome::Written {
        output.note(&format!("Wrote {}", shown(file)))?;
    }
    tell(&said, output)
}

/// Makes a new file, prints it, or shows a patch.
fn elsewhere(work: &Work<'_>, file: Option<&Path>, output: &mut Output) -> Result<Exit> {
    let file = file.filter(|file| *file != Path::new("-"));
    let place = file.unwrap_or(&work.args.file);
    let text = inputs::read_text(work.input)?;
    let (new, told) = match attempt(work, &text, place)? {
        Tried::Right(new, told) => (new, told),
        Tried::Refused(findings) => return refuse(&findings, output),
    };
    match file {
        None if work.args.dry_run => {
            output.print(&patch::render(&shown(&work.args.file), &text, &new))?;
            return Ok(Exit::Clean);
        }
        None => {
            output.print(&new)?;
            return Ok(Exit::Clean);
        }
        Some(file) => {
            let there =
                file.exists().then(|| inputs::read_text(&Input::File(file.to_owned(), How::Named)));
            if there.transpose()?.is_some_and(|there| there == new) {
                let name = shown(file);
                output.note(&format!("{name} says so already: nothing was written"))?;
                return Ok(Exit::Clean);
            }
            output.write(file, &new, Overwrite::from_flag(work.args.force))?;
        }
    }
    tell(&told, output)
}

fn tell(told: &[String], output: &mut Output) -> Result<Exit> {
    for line in told {
        let line = output.screen.paragraph(line);
        output.remark(&line)?;
    }
    Ok(Exit::Clean)
}

fn whole(loaded: &LoadedChecklist) -> Result<&Checklist> {
    loaded.checklist.as_ref().ok_or_else(|| anyhow!("a checklist cannot be read"))
}

/// How a file in a folder names a checklist.
fn reference(loaded: &LoadedChecklist, folder: &Path) -> Result<String> {
    if let Some(shipped) = shipped::find(&loaded.key) {
        return Ok(shipped.id.to_owned());
    }
    let path = Path::new(&loaded.key);
    match inputs::is_inside(path, folder) {
        true => Ok(seen_from(folder, path)),
        false => bail!(
            "{} lies outside the workspace of {}: copy it into that workspace first",
            shown(path),
            shown(folder)
        ),
    }
}

fn folder_of(file: &Path) -> PathBuf {
    let file = real(file);
    file.parent().map(Path::to_owned).unwrap_or_default()
}
