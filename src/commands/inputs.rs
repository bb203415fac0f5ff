//! Which files a command is about: files, folders walked for files that declare themselves, and
//! standard input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use ignore::WalkBuilder;

/// The largest file that is read, in bytes.
pub(super) const LARGEST: u64 = 10 * 1024 * 1024;

/// The name by which a workspace's settings are known.
pub(super) const SETTINGS: &str = "scrutiny.toml";

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// What the paths on the command line come to.
pub(super) struct Inputs {
    /// The files, sorted, each once.
    pub(super) list: Vec<Input>,
    /// The folders that were walked.
    pub(super) folders: Vec<PathBuf>,
}

/// The files that the paths name. A folder stands for the files under it that declare themselves.
pub(super) fn find(paths: &[PathBuf]) -> Result<Inputs> {
    let mut list = Vec::new();
    let mut folders = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            list.push(Input::Standard);
            continue;
        }
        let about = || format!("cannot read {}", shown(path));
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                bail!("{} does not exist{}", shown(path), neighbour(path));
            }
            Err(error) => return Err(error).with_context(about),
        };
        if metadata.is_dir() {
            walk(path, &mut list)?;
            folders.push(path.clone());
        } else {
            list.push(Input::File(path.clone()));
        }
    }
    list.sort();
    let mut seen = std::collections::HashSet::new();
    list.retain(|input| seen.insert(identity(input)));
    Ok(Inputs { list, folders })
}

/// What tells two inputs apart however their paths are written: "a.yaml" is "./a.yaml".
fn identity(input: &Input) -> Option<PathBuf> {
    match input {
        Input::Standard => None,
        Input::File(path) => {
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            match absolute.components().any(|part| part == Component::ParentDir) {
                true => Some(std::fs::canonicalize(&absolute).unwrap_or(absolute)),
                false => Some(absolute),
            }
        }
    }
}

/// "did you mean ...?" where a file beside a missing one has nearly its name.
fn neighbour(path: &Path) -> String {
    match near_name(path) {
        Some(near) => format!(": did you mean {}?", shown(&path.with_file_name(near))),
        None => String::new(),
    }
}

/// The name of a file beside a missing one that has nearly its name.
pub(super) fn near_name(path: &Path) -> Option<String> {
    let name = path.file_name().and_then(OsStr::to_str)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten();
    let names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    crate::text::nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

fn walk(folder: &Path, list: &mut Vec<Input>) -> Result<()> {
    let (sender, receiver) = std::sync::mpsc::channel();
    let walker = WalkBuilder::new(folder).require_git(false).threads(threads()).build_parallel();
    walker.run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let found = match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    let path = entry.into_path();
                    (is_file && is_candidate(&path))
                        .then(|| declares_itself(&path).map(|ours| (path, ours)))
                }
                Err(error) => Some(Err(anyhow::Error::new(error))),
            };
            if let Some(found) = found {
                let _ = sender.send(found);
            }
            ignore::WalkState::Continue
        })
    });
    drop(sender);
    let before = list.len();
    for found in receiver {
        let (path, is_ours) = found.with_context(|| format!("cannot read {}", shown(folder)))?;
        if is_ours {
            list.push(Input::File(path));
        }
    }
    if list.len() == before {
        bail!(
            "there is nothing to read in {}: none of its .yaml and .toml files begins with \
             `scrutiny: assessment` or `scrutiny = \"checklist\"`",
            shown(folder)
        );
    }
    Ok(())
}

/// A small tree is not worth more than one thread.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(4)
}

fn is_candidate(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ["yaml", "yml", "toml"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a file says that it is ours, or is so much like ours that leaving it out in silence would
/// be wrong. Only its beginning is looked at.
fn declares_itself(path: &Path) -> Result<bool> {
    const BEGINNING: usize = 4096;
    if path.file_name() == Some(OsStr::new(SETTINGS)) {
        return Ok(true);
    }
    let mut beginning = Vec::with_capacity(BEGINNING);
    let file = File::open(path).with_context(|| format!("cannot read {}", shown(path)))?;
    file.take(BEGINNING as u64)
        .read_to_end(&mut beginning)
        .with_context(|| format!("cannot read {}", shown(path)))?;
    // Files in UTF-16 are ours too, and are told so; their text has a NUL beside each letter.
    beginning.retain(|byte| *byte != 0);
    Ok(is_ours(&String::from_utf8_lossy(&beginning)))
}

/// Whether the beginning of a text declares it as ours, or has the keys of an assessment.
fn is_ours(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches('\u{fffd}');
    let key = |line: &str| {
        let end = line.find([':', '='])?;
        Some(line[..end].trim().trim_matches(['"', '\'']).to_owned())
    };
    let is_content =
        |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '%', '-']);
    let mut keys = text.lines().filter(is_content).filter_map(key);
    let Some(first) = keys.next() else { return false };
    let is_misspelt = crate::text::nearest(&first, ["scrutiny"]).is_some();
    is_misspelt || {
        let rest: Vec<String> = std::iter::once(first).chain(keys).collect();
        let has = |key: &str| rest.iter().any(|own| own == key);
        has("scrutiny") || (has("checklist") && (has("ratings") || has("perspective")))
    }
}

/// The bytes of an input. More than [`LARGEST`] are never read; one byte more than that says so.
pub(super) fn read(input: &Input) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match input {
        Input::Standard => {
            std::io::stdin()
                .lock()
                .take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?;
        }
        Input::File(path) => {
            let about = || format!("cannot read {}", shown(path));
            let file = File::open(path).with_context(about)?;
            let size = file.metadata().map_or(0, |metadata| metadata.len()).min(LARGEST);
            bytes.reserve(usize::try_from(size).unwrap_or(0) + 1);
            file.take(LARGEST + 1).read_to_end(&mut bytes).with_context(about)?;
        }
    }
    Ok(bytes)
}

/// A path as it is shown: relative to where the user stands, with forward slashes, and without what
/// would steer a terminal.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    let mut shown = String::new();
    for component in path.components() {
        if component == Component::CurDir {
            continue;
        }
        if !shown.is_empty() && !shown.ends_with('/') {
            shown.push('/');
        }
        match component {
            Component::RootDir => shown.push('/'),
            other => shown.push_str(&other.as_os_str().to_string_lossy()),
        }
    }
    if shown.is_empty() { ".".to_owned() } else { crate::text::visible(&shown).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_ours() {
        let check = |text: &str, ours: bool| assert_eq!(is_ours(text), ours, "{text}");
        check("scrutiny: assessment\n", true);
        check("\u{feff}# a comment\n\nscrutiny = \"checklist\"\n", true);
        check("scrutny: assessment\n", true);
        check("checklist: six-steps-2019\nratings:\n", true);
        check("---\nscrutiny: assessment\n", true);
        check("name: ci\non: push\n", false);
        check("[package]\nname = \"x\"\n", false);
        check("", false);
    }
}
