//! Holds the archive to what is claimed of it, by its text alone: nothing here knows how it was made.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use jiff::civil::{Date, Weekday};

/// What the archive turned out to be.
pub(crate) struct Measured {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) bytes: usize,
    pub(crate) actions: usize,
}

/// One in so many files may have something that scrutiny advises against.
const FILES_PER_SLIP: usize = 40;

/// The files under a folder, sorted; or the one file that is named.
pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if folder.is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {folder:?}"))?;
        for entry in entries {
            let entry = entry?;
            let list = if entry.file_type()?.is_dir() { &mut folders } else { &mut files };
            list.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Checks the number and size of the files, that action ids are used once in a partnership unless
/// they are carried forward, and that next to nothing is due on a weekend.
pub(crate) fn verify(archive: &Path, expected: usize) -> anyhow::Result<Measured> {
    let files = files(archive)?;
    ensure!(files.len() == expected, "{} files, not {expected}", files.len());
    let mut measured = Measured { bytes: 0, actions: 0, files };
    let mut ids = HashSet::new();
    let mut weekends = 0;
    for file in &measured.files {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {file:?}"))?;
        let partnership = file.strip_prefix(archive)?.iter().next().unwrap_or_default();
        measured.bytes += text.len();
        for action in actions(&text) {
            measured.actions += 1;
            let is_new = ids.insert((partnership.to_owned(), action.id.to_owned()));
            if is_new == action.is_carried {
                bail!("{} in {file:?} is used twice or carried from nowhere", action.id);
            }
            weekends += usize::from(is_weekend(action.due)?);
        }
    }
    let mean = measured.bytes / expected;
    ensure!(
        (11_000..13_000).contains(&mean),
        "{mean} bytes in a file on average, not about 12,000"
    );
    ensure!(weekends <= expected / FILES_PER_SLIP, "{weekends} actions are due on a weekend");
    Ok(measured)
}

/// An action as it stands in a file.
struct Action<'t> {
    id: &'t str,
    due: &'t str,
    is_carried: bool,
}

fn actions(text: &str) -> impl Iterator<Item = Action<'_>> {
    // The text between one id and the next holds what belongs to the first, and perhaps more.
    text.split("id: A-").skip(1).map(|rest| Action {
        id: word(rest),
        due: rest.split_once("due: ").map_or("", |(_, due)| word(due)),
        is_carried: rest.contains("carried-from: "),
    })
}

/// The text up to what ends a word in YAML.
fn word(text: &str) -> &str {
    text.split(['\n', ',', '}']).next().unwrap_or_default()
}

fn is_weekend(due: &str) -> anyhow::Result<bool> {
    let due: Date = due.parse().with_context(|| format!("{due:?} is not a due date"))?;
    Ok(matches!(due.weekday(), Weekday::Saturday | Weekday::Sunday))
}
