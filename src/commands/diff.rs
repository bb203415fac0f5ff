//! `scrutiny diff`: what moved between two assessments, two folders or two revisions.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use super::Exit;
use super::assess::{Read, assessments, keep};
use super::inputs::{self, shown};
use super::load::Loader;
use super::output::{Destination, Output};
use super::report::refuses;
use super::revisions::{Checkout, Repository};
use super::survey::survey;
use crate::actions::Basis;
use crate::comparison::diff::{Diff, diff};
use crate::finding::{Finding, Findings, Level};
use crate::report::diff::{Moves, Pairs, Remark, sheet};
use crate::report::markdown;
use crate::report::sheet::Sheet;
use crate::rules::{self, Uses};
use crate::text::count;

/// Show what moved between two assessments, by meaning and never by line
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Two files, two folders, or revisions of git; with --since, the path alone
    #[arg(value_name = "OLD NEW", required = true, num_args = 1..=2)]
    sides: Vec<String>,
    /// The file or folder whose revisions are compared
    #[arg(last = true, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Compare with the last commit on or before this day
    #[arg(long, value_name = "DATE", value_parser = super::parse_date, conflicts_with = "path")]
    since: Option<Date>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// The date on which it is judged what is overdue
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    as_at: Option<Date>,
    /// End with 1 if anything moved, as git diff does
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    destination: Destination,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For the screen
    Human,
    /// As Markdown
    Markdown,
    /// For programs
    Json,
}

const EXAMPLES: &str = "\
Examples:
  scrutiny diff 2026-27-q1/scrutineer.yaml 2026-27-q2/scrutineer.yaml
  scrutiny diff HEAD~1 HEAD -- northmoor
  scrutiny diff main... -- northmoor/2026-27-q2/scrutineer.yaml
  scrutiny diff --since 2026-06-30 northmoor
  scrutiny diff q1.yaml q2.yaml --format markdown -o moved.md";

/// Where the assessments of one side are.
struct Place {
    path: PathBuf,
    /// Keeps the files of a revision until all is done.
    _checkout: Option<Checkout>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let (old, new) = places(args)?;
    let loader = Loader::new();
    let Some(old) = read(&old.path, &loader, output)? else { return Ok(Exit::Findings) };
    let Some(new) = read(&new.path, &loader, output)? else { return Ok(Exit::Findings) };
    let matched = pair(&old, &new)?;
    let mut sheets = Vec::new();
    let mut pairs = Vec::new();
    for (old, new) in &matched.pairs {
        let diff = diff(side(old, args.as_at), side(new, args.as_at));
        let moves = Moves::of(&diff, remarks(&diff, new));
        sheets.push(sheet(&moves, &diff));
        pairs.push(moves);
    }
    let names = |side: &[&Read]| side.iter().map(|one| one.name.clone()).collect();
    let published = Pairs::new(pairs, names(&matched.only_old), names(&matched.only_new));
    let text = render(args.format, sheets, &published, output)?;
    args.destination.deliver(&text, output)?;
    Ok(if args.exit_code && !published.is_same() { Exit::Findings } else { Exit::Clean })
}

/// What deserves a second look, as far as the workspace does not set it aside.
fn remarks(diff: &Diff<'_>, new: &Read) -> Vec<Remark> {
    let mut findings = Findings::default();
    rules::check_pair(diff, &mut findings);
    let settings = new.workspace.as_ref().and_then(|own| own.workspace.as_ref());
    let mut uses = Uses::default();
    rules::apply(settings, &new.name, Some(&new.assessment), &mut findings, &mut uses);
    let remark = |finding: &Finding| Remark {
        rule: finding.rule.id,
        words: format!("{} [{}]", finding.message, finding.rule.id),
    };
    findings.iter().map(remark).collect()
}

fn render(
    format: Format,
    mut sheets: Vec<Sheet>,
    published: &Pairs,
    output: &Output,
) -> Result<String> {
    let mut alone = Sheet::new("In one of the two only");
    let name = |what: &str, names: &[String]| {
        names.iter().map(|name| format!("{what}: {name}")).collect::<Vec<_>>()
    };
    let mut items = name("Before", &published.only_old);
    items.extend(name("Now", &published.only_new));
    if !items.is_empty() {
        alone.sentence(format!(
            "{} without a counterpart of the same partnership, period and perspective.",
            count(items.len(), "assessment")
        ));
        alone.list(items);
        sheets.push(alone);
    }
    Ok(match format {
        Format::Json => format!("{}\n", serde_json::to_string_pretty(published)?),
        Format::Markdown => {
            let texts: Vec<String> = sheets.iter().map(markdown::render_sheet).collect();
            texts.join("\n")
        }
        Format::Human => {
            let texts: Vec<String> = sheets.iter().map(|own| output.screen.sheet(own)).collect();
            texts.join("\n")
        }
    })
}

/// Reads all assessments of a side; nothing where something stands in the way, which is then shown.
pub(super) fn read(path: &Path, loader: &Loader, output: &mut Output) -> Result<Option<Vec<Read>>> {
    let inputs = inputs::find(&[path.to_owned()])?;
    let mut survey = survey(&inputs, loader, keep)?;
    // What is only unfinished does not stand in the way, and is not news.
    survey.findings.retain(|finding| finding.rule.level == Level::Error);
    if refuses(&survey.findings, output)? {
        return Ok(None);
    }
    assessments(survey.files).map(Some)
}

/// An assessment by its path, which names the revision where it is of one.
fn side(read: &Read, as_at: Option<Date>) -> Basis<'_> {
    Basis { file: &read.path, ..read.basis(as_at) }
}

/// Assessments of both sides that belong together, and those that have no counterpart.
struct Matched<'r> {
    pairs: Vec<(&'r Read, &'r Read)>,
    only_old: Vec<&'r Read>,
    only_new: Vec<&'r Read>,
}

/// Two single assessments are a pair whatever they are; otherwise partnership, period and perspective
/// tell which belong together.
fn pair<'r>(old: &'r [Read], new: &'r [Read]) -> Result<Matched<'r>> {
    if let ([old], [new]) = (old, new) {
        let (one, other) = (old.partnership(), new.partnership());
        if one != other {
            bail!(
                "{} is on {one} and {} is on {other}: only assessments of one partnership have \
                 moved",
                old.path,
                new.path
            );
        }
        let none = Vec::new;
        return Ok(Matched { pairs: vec![(old, new)], only_old: none(), only_new: none() });
    }
    let key = |read: &Read| {
        let period = read.assessment.period.value().map(|period| (period.from, period.to));
        let perspective = read.assessment.perspective.value().map(|text| text.trim().to_owned());
        (read.partnership(), period, perspective)
    };
    let mut matched = Matched { pairs: Vec::new(), only_old: Vec::new(), only_new: Vec::new() };
    for (name, side) in [("before", old), ("now", new)] {
        for (index, one) in side.iter().enumerate() {
            if let Some(other) = side[..index].iter().find(|other| key(other) == key(one)) {
                bail!(
                    "{} and {} are on the same partnership, period and perspective {name}: \
                     name the file that is meant",
                    other.path,
                    one.path
                );
            }
        }
    }
    for one in new {
        match old.iter().find(|other| key(other) == key(one)) {
            Some(other) => matched.pairs.push((other, one)),
            None => matched.only_new.push(one),
        }
    }
    let has_partner = |one: &&Read| new.iter().any(|other| key(other) == key(one));
    matched.only_old = old.iter().filter(|one| !has_partner(one)).collect();
    Ok(matched)
}

/// Where both sides are: on the disk, or in the history of a repository.
fn places(args: &Args) -> Result<(Place, Place)> {
    let on_disk = |path: &str| Place { path: PathBuf::from(path), _checkout: None };
    match (&args.since, &args.path, args.sides.as_slice()) {
        (Some(day), None, [path]) => {
            let repository = Repository::of(Path::new(path))?;
            let commit = repository.commit_on(*day)?;
            let old = at(&repository, &commit, &day.to_string(), Path::new(path), None)?;
            Ok((old, on_disk(path)))
        }
        (Some(_), _, _) => bail!("with --since, name the file or the folder alone"),
        (None, Some(path), [revisions]) => in_history(revisions, None, path),
        (None, Some(path), [old, new]) => in_history(old, Some(new), path),
        (None, None, [old, new]) if old.contains("..") && !Path::new(old).exists() => {
            in_history(old, None, Path::new(new))
        }
        (None, None, [old, new]) => {
            for side in [old, new] {
                if !Path::new(side).exists() && side != "-" {
                    bail!(
                        "{side} does not exist; to compare revisions of git, write \
                         `scrutiny diff OLD NEW -- PATH`"
                    );
                }
            }
            Ok((on_disk(old), on_disk(new)))
        }
        (None, None, _) => bail!(
            "name two files or two folders; or revisions and a path: `scrutiny diff HEAD~1 -- PATH`"
        ),
        (None, Some(_), _) => bail!("name one or two revisions before the path"),
    }
}

/// The two sides in history: `OLD NEW`, `OLD..NEW`, `OLD...NEW` from where they parted, or `OLD` alone
/// against the files as they stand.
fn in_history(old: &str, new: Option<&str>, path: &Path) -> Result<(Place, Place)> {
    let repository = Repository::of(path)?;
    let or_head = |revision: &str| match revision {
        "" => "HEAD".to_owned(),
        revision => revision.to_owned(),
    };
    let (old, new, old_commit) = match (old.split_once("..."), old.split_once(".."), new) {
        (Some((one, other)), _, None) => {
            let (one, other) = (or_head(one), or_head(other));
            let base = repository.merge_base(&one, &other)?;
            (format!("where {one} and {other} parted"), Some(other), base)
        }
        (None, Some((one, other)), None) => {
            let (one, other) = (or_head(one), or_head(other));
            let commit = repository.commit(&one)?;
            (one, Some(other), commit)
        }
        (_, _, new) => (old.to_owned(), new.map(str::to_owned), repository.commit(old)?),
    };
    let Some(new) = new else {
        let old = at(&repository, &old_commit, &old, path, None)?;
        return Ok((old, Place { path: path.to_owned(), _checkout: None }));
    };
    let new_commit = repository.commit(&new)?;
    let old = at(&repository, &old_commit, &old, path, Some(&new_commit))?;
    let new = at(&repository, &new_commit, &new, path, Some(&new_commit))?;
    Ok((old, new))
}

/// A path at a commit. Where it is not there, it may have had another name: `later` is the commit at
/// which it has this one.
fn at(
    repository: &Repository,
    commit: &str,
    name: &str,
    path: &Path,
    later: Option<&str>,
) -> Result<Place> {
    let inside = repository.inside(path)?;
    let later = later.map_or_else(|| repository.commit("HEAD"), |later| Ok(later.to_owned()))?;
    let was = match commit == later {
        true => inside.clone(),
        false => repository.old_name(commit, &later, &inside)?,
    };
    let files = repository.files(commit, name)?;
    let found = match [was, inside.clone()].into_iter().find(|path| files.has(path)) {
        Some(found) => Some(found),
        None => repository.old_folder(commit, &later, &inside)?,
    };
    let Some(found) = found.filter(|found| files.has(found)) else {
        bail!("{} is not there at {name}", shown(path));
    };
    let checkout = repository.checkout(&files, name, &found)?;
    Ok(Place { path: checkout.path(&found), _checkout: Some(checkout) })
}
