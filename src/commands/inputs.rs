//! Which files a command is about: files, folders walked for files that declare themselves, and
//! standard input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use ignore::WalkBuilder;

use super::detours::{self, canonical, real};

pub(super) const MIB: u64 = 1024 * 1024;

/// The largest file that is read, in bytes.
pub(super) const LARGEST: u64 = 10 * MIB;

/// The name by which a workspace's settings are known.
pub(super) const SETTINGS: &str = "scrutiny.toml";

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf, How),
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// It was named, and is read as one of ours whatever it says.
    Named,
    /// It was found in a folder, and is passed over unless it declares itself.
    Found,
}

impl Inputs {
    /// The same files as if folders had been named that they lie in: those that are not ours are
    /// passed over.
    pub(super) fn sifted(mut self) -> Self {
        for input in &mut self.list {
            if let Input::File(_, how) = input {
                *how = How::Found;
            }
        }
        self
    }

    /// Whether a folder was walked that holds the whole workspace of a file, with those that it lies in.
    pub(super) fn hold_workspace_of(&self, file: &Path) -> bool {
        let folder = file.parent().unwrap_or(file);
        let outermost = folder.ancestors().filter(|above| above.join(SETTINGS).is_file()).last();
        let root = outermost.unwrap_or_else(|| workspace_root(folder));
        self.folders.iter().any(|folder| holds(folder, root))
    }
}

/// Whether a folder is another or has it in it.
pub(super) fn holds(folder: &Path, inner: &Path) -> bool {
    real(inner).starts_with(real(folder))
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
    for path in paths.iter().map(|path| detours::straight(path)) {
        if path == Path::new("-") {
            list.push(Input::Standard);
            continue;
        }
        let about = || format!("cannot read {}", shown(&path));
        let metadata = match std::fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                bail!("{} does not exist{}", shown(&path), neighbour(&path));
            }
            Err(error) => return Err(error).with_context(about),
        };
        if metadata.is_dir() {
            walk(&path, &mut list)?;
            folders.push(path);
        } else {
            list.push(Input::File(path, How::Named));
        }
    }
    list.sort();
    // One path cannot lead to the same file twice.
    if paths.len() > 1 {
        let roots: Vec<(&Path, PathBuf)> =
            folders.iter().map(|folder| (folder.as_path(), real(folder))).collect();
        let mut seen = std::collections::HashSet::new();
        list.retain(|input| seen.insert(identity(input, &roots)));
    }
    Ok(Inputs { list, folders })
}

/// What tells two inputs apart however their paths are written: "a.yaml" is "./a.yaml", and what a link
/// leads to is the same file. No link is followed on the way from a folder to what is found in it, so that
/// it is enough to know where the folders really are.
fn identity(input: &Input, roots: &[(&Path, PathBuf)]) -> Option<PathBuf> {
    let Input::File(path, how) = input else { return None };
    let inside =
        |(folder, root): &(&Path, PathBuf)| Some(root.join(path.strip_prefix(folder).ok()?));
    let found = match how {
        How::Named => None,
        How::Found => roots.iter().find_map(inside),
    };
    Some(found.unwrap_or_else(|| real(path)))
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

/// The files under a folder that may be ours by their names. What `.gitignore` files name is left out, as
/// it is for everybody who has the folder; what one person has told git or other programs is not.
fn walk(folder: &Path, list: &mut Vec<Input>) -> Result<()> {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).git_global(false).git_exclude(false).ignore(false);
    // What comes in order is put in order in no time.
    walk.sort_by_file_name(OsStr::cmp);
    for entry in walk.build() {
        let entry = entry.map_err(|error| unreadable(error, folder))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && is_candidate(entry.path()) {
            list.push(Input::File(entry.into_path(), How::Found));
        }
    }
    Ok(())
}

/// Why something below a folder could not be looked at, with its path said once.
fn unreadable(error: ignore::Error, folder: &Path) -> anyhow::Error {
    let place = shown(place_of(&error).unwrap_or(folder));
    let words = error.to_string();
    let cause = error.into_io_error().map_or_else(|| anyhow!(words), anyhow::Error::new);
    cause.context(format!("cannot read {place}"))
}

fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place_of(err)
        }
        _ => None,
    }
}

/// Whether a file may be ours by its name.
pub(super) fn is_candidate(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ["yaml", "yml", "toml"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a file that was found says that it is ours, or is so much like ours that leaving it out in
/// silence would be wrong. Only its beginning is looked at, which comments are no part of.
pub(super) fn declares_itself(path: &Path, bytes: &[u8]) -> bool {
    const BEGINNING: usize = 4096;
    if bytes.starts_with(b"scrutiny") || path.file_name() == Some(OsStr::new(SETTINGS)) {
        return true;
    }
    let bytes = past_comments(bytes);
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    // Files in UTF-16 are ours too, and are told so; their text has a NUL beside each letter.
    let letters: Vec<u8> = beginning.iter().copied().filter(|byte| *byte != 0).collect();
    is_ours(&String::from_utf8_lossy(&letters))
}

/// What follows on the comments and blank lines at the beginning.
fn past_comments(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = rest[..end].trim_ascii();
        if !(line.is_empty() || line.starts_with(b"#")) {
            break;
        }
        rest = &rest[end + 1..];
    }
    rest
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
    let is_declared = first == "scrutiny" || crate::text::nearest(&first, ["scrutiny"]).is_some();
    is_declared || {
        let rest: Vec<String> = std::iter::once(first).chain(keys).collect();
        let has = |key: &str| rest.iter().any(|own| own == key);
        has("scrutiny") || (has("checklist") && (has("ratings") || has("perspective")))
    }
}

/// The bytes of an input. More than [`LARGEST`] are never read; one byte more than that says so.
pub(super) fn read(input: &Input) -> Result<Vec<u8>> {
    match input {
        Input::Standard => {
            let mut bytes = Vec::new();
            let standard = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
            standard.context("cannot read standard input")?;
            Ok(bytes)
        }
        Input::File(path, _) => read_at_most(path, LARGEST),
    }
}

/// The bytes of a file; of a larger one, so many and one more.
pub(super) fn read_at_most(path: &Path, largest: u64) -> Result<Vec<u8>> {
    let about = || format!("cannot read {}", shown(path));
    let file = File::open(path).with_context(about)?;
    let metadata = file.metadata().with_context(about)?;
    if metadata.is_dir() {
        bail!("{} is a folder: name a file in it", shown(path));
    }
    let size = metadata.len().min(largest + 1);
    let mut bytes = Vec::new();
    bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
    // What is no file of the disk, such as a pipe, has no size.
    let most = if size == 0 { largest + 1 } else { size };
    file.take(most).read_to_end(&mut bytes).with_context(about)?;
    Ok(bytes)
}

/// The text of an input, without byte-order mark. One that is too large is refused, because a part of it
/// would be taken for the whole.
pub(super) fn read_text(input: &Input) -> Result<String> {
    match input {
        Input::Standard => text_of(read(input)?, "standard input", LARGEST),
        Input::File(path, _) => text_of(read(input)?, &shown(path), LARGEST),
    }
}

/// The text of so many bytes at most.
pub(super) fn text_of(bytes: Vec<u8>, name: &str, largest: u64) -> Result<String> {
    if bytes.len() as u64 > largest {
        bail!("{name} is larger than {} MiB", largest / MIB);
    }
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{name} is not saved as UTF-8"))?;
    Ok(without_mark(text))
}

/// A text without its byte-order mark.
pub(super) fn without_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// Where the user stands.
pub(super) fn here() -> &'static Path {
    static HERE: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = std::env::current_dir().unwrap_or_default();
        // On Windows it may be named by the letter of a drive on another machine; elsewhere it is real.
        if cfg!(windows) { canonical(&here).unwrap_or(here) } else { here }
    });
    &HERE
}

/// The folder of the workspace that a folder belongs to: that of the nearest `scrutiny.toml` upwards;
/// without one, the repository, or where the user stands, or the folder itself.
fn workspace_root(folder: &Path) -> &Path {
    let repository = || folder.ancestors().find(|above| above.join(".git").exists());
    match settings_folder(folder).or_else(repository) {
        Some(root) => root,
        None if folder.starts_with(here()) => here(),
        None => folder,
    }
}

/// The folder of the nearest `scrutiny.toml` upwards from a folder.
pub(super) fn settings_folder(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(SETTINGS).is_file())
}

/// Whether a file, by its real path, lies in the workspace that a folder belongs to.
pub(super) fn is_inside(real: &Path, folder: &Path) -> bool {
    let root = canonical(workspace_root(&detours::absolute(folder)));
    root.is_ok_and(|root| real.starts_with(root))
}

/// Folders that are shown by a name of their own, such as those that hold the files of a revision.
static NAMES: Mutex<Vec<(PathBuf, String)>> = Mutex::new(Vec::new());

/// Gives a folder a name, by which the files in it are shown from now on.
pub(super) fn name_folder(folder: &Path, name: &str) {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    names.push((folder.to_owned(), name.to_owned()));
}

/// A path as it is shown: relative to where the user stands, with forward slashes, on one line, and
/// without what would steer a terminal.
pub(super) fn shown(path: &Path) -> String {
    let names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((inside, name)) =
        names.iter().find_map(|(folder, name)| Some((path.strip_prefix(folder).ok()?, name)))
    {
        return plain(&format!("{name}{}", with_slashes(inside)));
    }
    drop(names);
    let shown = with_slashes(&detours::from_here(path));
    if shown.is_empty() { ".".to_owned() } else { plain(&shown) }
}

/// A name as a line of a message can hold it: what a name says behind a line end would look like a
/// message of its own, or like a command to the program that reads them.
fn plain(name: &str) -> String {
    let name = crate::text::visible(name).replace(['\n', '\r', '\t'], " ");
    // So would one that begins like a command of GitHub's, in the format that begins with it.
    if name.starts_with("::") { format!("./{name}") } else { name }
}

/// The name of a file by its real path, as seen from a folder that it may lie in.
pub(super) fn from_root(real: &Path, root: Option<&Path>) -> String {
    let root = root.and_then(|root| canonical(root).ok());
    let inside = root.and_then(|root| real.strip_prefix(root).ok());
    with_slashes(inside.or_else(|| real.file_name().map(Path::new)).unwrap_or(real))
}

/// A path with forward slashes.
pub(super) fn with_slashes(path: &Path) -> String {
    let mut shown = String::new();
    for component in path.components() {
        if component == Component::CurDir {
            continue;
        }
        if !shown.is_empty() && !shown.ends_with('/') {
            shown.push('/');
        }
        match component {
            // Behind a drive there is a slash already.
            Component::RootDir if shown.ends_with('/') => {}
            Component::RootDir => shown.push('/'),
            other => shown.push_str(&other.as_os_str().to_string_lossy()),
        }
    }
    shown
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
