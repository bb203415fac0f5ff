//! Personal data in what git still holds: all versions of files, deleted ones among them, and the
//! messages of commits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::Args;

use crate::commands::Exit;
use crate::commands::load::Loader;
use crate::commands::output::Output;
use crate::commands::revisions::{Repository, Version};
use crate::finding::{Findings, Located, Tally};
use crate::privacy;
use crate::rules;
use crate::source::Sources;
use crate::text::{count, visible};

/// One piece of personal data in the versions of one file.
struct Piece {
    /// Where it stands in the version that had it last.
    latest: Located,
    /// The commit and the day of the version that had it first.
    first: String,
    /// How many versions have it.
    versions: usize,
}

/// What was looked through.
#[derive(Default)]
struct Looked {
    versions: usize,
    unread: Vec<String>,
    /// Repositories inside those that were looked through.
    others: BTreeSet<String>,
}

pub(super) fn run(args: &Args, loader: &Loader, output: &mut Output) -> Result<Exit> {
    let mut pieces: BTreeMap<(String, String, String), Piece> = BTreeMap::new();
    let mut looked = Looked::default();
    for path in &args.paths {
        let repository = Repository::of(path)?;
        let others = repository.every_version(path, |version, bytes| {
            look_at(version, bytes, loader, &mut pieces, &mut looked);
            Ok(())
        })?;
        looked.others.extend(others);
    }
    let mut found: Vec<Located> = pieces.into_values().map(told).collect();
    super::raise(args.audience.into(), &mut found);
    found.sort_by(|a, b| a.key().cmp(&b.key()));
    let text = output.screen.findings(&found, args.format);
    output.print(&text)?;
    say_unread(&looked, output)?;
    let tally = Tally::of(&found);
    let versions = count(looked.versions, "version");
    let line = match found.len() {
        0 => format!("{versions} looked through: nothing to report"),
        number => format!("{versions} looked through: {} of personal data", count(number, "piece")),
    };
    let line = output.screen.tally(tally, &line);
    output.remark(&line)?;
    match found.is_empty() {
        true => output.print(&format!("\n{}", super::TO_CHECK))?,
        false => output.remark(WHAT_TO_DO)?,
    }
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}

/// Read by whoever finds personal data in the history.
const WHAT_TO_DO: &str = "
Git keeps what was changed or deleted, and so does every copy of the repository. To remove it:

1. Do not publish or share the repository. Tell your data protection officer now: they decide
   whether this has to be reported.
2. Correct the files as they are now, so that nothing new is added.
3. Rewrite the history with git filter-repo, or start a new repository from the corrected files
   alone, without the old history.
4. Ask everybody with a copy to delete it and to fetch anew. A copy that is pushed again brings
   everything back. The host of the repository may keep copies of its own: ask for their removal.
5. Run scrutiny privacy --history again, in a fresh copy.
";

fn look_at(
    version: &Version,
    bytes: Vec<u8>,
    loader: &Loader,
    pieces: &mut BTreeMap<(String, String, String), Piece>,
    looked: &mut Looked,
) {
    looked.versions += 1;
    let place = visible(&format!("{}:{}", version.commit, version.path)).into_owned();
    let dress = super::dress(Path::new(&version.path), &bytes);
    let mut findings = Findings::default();
    let source = match loader.read_text(&place, bytes, dress, &mut findings) {
        Ok(source) => source,
        Err(source) => {
            looked.unread.push(source.shown_path().to_string());
            source
        }
    };
    let mut sources = Sources::default();
    sources.add(&source);
    findings.retain(|finding| rules::is_personal(finding.rule.id));
    let matter = |finding: &crate::finding::Finding| privacy::essence(source.slice(finding.span));
    let matters: Vec<String> = findings.iter().map(matter).collect();
    let mut seen = std::collections::HashSet::new();
    for (finding, matter) in findings.iter().zip(matters) {
        let mut one = findings.clone();
        one.retain(|other| other.span == finding.span && other.rule.id == finding.rule.id);
        let Some(latest) = one.locate(&sources).into_iter().next() else { continue };
        let key = (version.path.clone(), finding.rule.id.to_owned(), matter);
        let is_new = seen.insert(key.clone());
        let when = format!("{} of {}", version.commit, version.day);
        let piece = pieces.entry(key).or_insert_with(|| Piece {
            latest: latest.clone(),
            first: when.clone(),
            versions: 0,
        });
        if is_new {
            piece.versions += 1;
            piece.latest = latest;
            piece.latest.help = Some(when);
        }
    }
}

/// A piece as it is told: where it stands, since when, and until when.
fn told(piece: Piece) -> Located {
    let mut told = piece.latest;
    let last = told.help.take().unwrap_or_default();
    told.help = Some(match piece.versions {
        1 => format!("it came with commit {last}"),
        number => format!("it is in {number} versions, from commit {} to {last}", piece.first),
    });
    told
}

/// What could not be looked through is said, because silence would look like good news.
fn say_unread(looked: &Looked, output: &mut Output) -> Result<()> {
    let paragraph = |text: &str, output: &mut Output| {
        let text = output.screen.paragraph(text);
        output.print(&text)
    };
    if !looked.unread.is_empty() {
        let unread: Vec<&str> = looked.unread.iter().map(String::as_str).collect();
        let text = format!(
            "{} could not be looked through, because what is in it is no text or larger than 10 MiB: {}",
            count(looked.unread.len(), "version"),
            first_of(&unread)
        );
        paragraph(&text, output)?;
    }
    if !looked.others.is_empty() {
        let others: Vec<&str> = looked.others.iter().map(String::as_str).collect();
        let text = format!(
            "Not looked through, because it keeps its own history, which is to be named by itself: {}",
            visible(&first_of(&others))
        );
        paragraph(&text, output)?;
    }
    Ok(())
}

/// The first few of many names.
fn first_of(names: &[&str]) -> String {
    const MOST: usize = 5;
    match names.len() {
        ..=MOST => names.join(", "),
        number => format!("{} and {} more", names[..MOST].join(", "), number - MOST),
    }
}
