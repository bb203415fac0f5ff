//! The one writer: whoever reads a file sees the old text or the new one, whole, whatever happens.
//!
//! A text is written to a temporary file in the same folder, synced, and moved over its target. A
//! file is changed under a lock, and not where another program changed it in the meantime.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::NamedTempFile;

use super::detours::{self, canonical};
use super::inputs::{self, LARGEST, shown};
use super::output::{Overwrite, refuse_existing};

/// What is thrown where a change could not be shown to be what was asked for: nothing was written,
/// and the program ends with 3.
#[derive(Debug)]
pub(super) struct Unproven(pub String);

impl fmt::Display for Unproven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; nothing was written; please report this as a fault of scrutiny", self.0)
    }
}

impl std::error::Error for Unproven {}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The file has another text now.
    Written,
    /// There was nothing to change.
    Same,
}

/// How long a change waits for another run of the program that is changing the same file.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait before a lock is tried again.
const PAUSE: Duration = Duration::from_millis(5);

/// The byte-order mark with which some programs begin a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes a new file. One that is there is replaced only when forced.
pub(super) fn create(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<()> {
    refuse_existing(path, overwrite)?;
    let file = prepare_new(path, bytes)?;
    put(file, path, overwrite)?;
    sync_folder(folder_of(path), path)
}

/// Writes several new files, all or none: all texts are on the disk before the first gets its name,
/// and where one of them cannot have its name, those before it are taken back.
pub(super) fn create_all(files: &[(PathBuf, Vec<u8>)], overwrite: Overwrite) -> Result<()> {
    for (path, _) in files {
        refuse_existing(path, overwrite)?;
    }
    let mut prepared = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let old = keep_old(path)?;
        prepared.push((path, prepare_new(path, bytes)?, old));
    }
    let mut put_before: Vec<(&PathBuf, Option<NamedTempFile>)> = Vec::new();
    for (path, file, old) in prepared {
        if let Err(error) = put(file, path, overwrite) {
            take_back(put_before);
            return Err(error.context("nothing was written"));
        }
        put_before.push((path, old));
    }
    files.iter().try_for_each(|(path, _)| sync_folder(folder_of(path), path))
}

/// A new text for a path, complete on the disk and still without its name.
fn prepare_new(path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", shown(folder)))?;
    let mode = std::fs::metadata(path).ok().map(|existing| existing.permissions());
    prepare(folder, bytes, mode).with_context(|| format!("cannot write {}", shown(path)))
}

/// Gives a new text its name.
fn put(file: NamedTempFile, path: &Path, overwrite: Overwrite) -> Result<()> {
    let moved = match overwrite {
        Overwrite::Force => file.persist(path),
        Overwrite::Refuse => file.persist_noclobber(path),
    };
    moved
        .map(|_| ())
        .map_err(|error| error.error)
        .with_context(|| format!("cannot write {}", shown(path)))
}

/// A second copy of a file that is to be replaced; nothing where there is none.
fn keep_old(path: &Path) -> Result<Option<NamedTempFile>> {
    let about = || format!("cannot read {}", shown(path));
    match std::fs::read(path) {
        Ok(bytes) => prepare_new(path, &bytes).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(about),
    }
}

/// Puts everything back as it was, as far as that can be done.
fn take_back(files: Vec<(&PathBuf, Option<NamedTempFile>)>) {
    for (path, old) in files {
        let _ = match old {
            Some(old) => old.persist(path).map(|_| ()).map_err(|error| error.error),
            None => std::fs::remove_file(path),
        };
    }
}

/// Adds to the end of a file, which is made where it is not there.
pub(super) fn append(path: &Path, text: &str) -> Result<()> {
    if !path.exists() {
        return create(path, text.as_bytes(), Overwrite::Refuse);
    }
    change(path, |old| Ok(Some(format!("{old}{text}")))).map(|_| ())
}

/// Changes a file that is there. `make` gets its text, without byte-order mark, and gives the new one,
/// or nothing where there is nothing to change.
pub(super) fn change(
    path: &Path,
    make: impl FnOnce(&str) -> Result<Option<String>>,
) -> Result<Outcome> {
    let target = target_of(path)?;
    let held = hold(&target)?;
    let old = read(&held, &target)?;
    let (mark, text) = split(&old, path)?;
    let Some(new) = make(text)? else { return Ok(Outcome::Same) };
    if new == text {
        return Ok(Outcome::Same);
    }
    let about = || format!("cannot write {}", shown(path));
    let permissions = held.metadata().with_context(about)?.permissions();
    if permissions.readonly() {
        bail!(
            "{} is read-only: allow changes to it in its properties, then try again",
            shown(path)
        );
    }
    let folder = folder_of(&target);
    let bytes = [mark, new.as_bytes()].concat();
    let file = prepare(folder, &bytes, Some(permissions)).with_context(about)?;
    if !is_unchanged(&held, &target, &old) {
        bail!(
            "{} was changed by another program in the meantime: nothing was written, try again",
            shown(path)
        );
    }
    replace(file, &target, held)?;
    sync_folder(folder, path)?;
    Ok(Outcome::Written)
}

/// The file itself, where a link leads to it. A link that leads out of the workspace is not followed.
fn target_of(path: &Path) -> Result<PathBuf> {
    let about = |error| unreadable(error, path);
    let metadata = std::fs::metadata(path).map_err(about)?;
    if metadata.is_dir() {
        return Err(unreadable(ErrorKind::IsADirectory.into(), path));
    }
    // A pipe or a device would be waited for without end.
    if !metadata.is_file() {
        bail!("{} is no file that can be changed", shown(path));
    }
    if !std::fs::symlink_metadata(path).map_err(about)?.is_symlink() {
        return Ok(path.to_owned());
    }
    let target = canonical(path).map_err(about)?;
    if !inputs::is_inside(&target, folder_of(&detours::absolute(path))) {
        bail!(
            "{} is a link that leads out of the workspace: name the file itself to change it",
            shown(path)
        );
    }
    Ok(target)
}

/// Why a file cannot be read, in words.
fn unreadable(error: io::Error, path: &Path) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow!("{} does not exist", shown(path)),
        ErrorKind::IsADirectory => anyhow!("{} is a folder: name a file in it", shown(path)),
        _ => anyhow::Error::new(error).context(format!("cannot read {}", shown(path))),
    }
}

/// Opens a file and locks it against other runs of the program.
fn hold(path: &Path) -> Result<File> {
    let start = Instant::now();
    loop {
        let file = File::open(path).map_err(|error| unreadable(error, path))?;
        match file.try_lock() {
            // The file may have been replaced between opening and locking it.
            Ok(()) if is_still(&file, path) => return Ok(file),
            // A drive without locks still has the comparison before the text is moved.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", shown(path)));
            }
            Ok(()) | Err(TryLockError::WouldBlock) => {}
        }
        if start.elapsed() > PATIENCE {
            bail!(
                "{} is being changed by another run of scrutiny: nothing was written, try again",
                shown(path)
            );
        }
        std::thread::sleep(PAUSE);
    }
}

fn read(file: &File, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(error, path))?;
    if bytes.len() as u64 > LARGEST {
        bail!("{} is larger than 10 MiB", shown(path));
    }
    Ok(bytes)
}

/// A byte-order mark, if there is one, and the text after it.
fn split<'b>(bytes: &'b [u8], path: &Path) -> Result<(&'b [u8], &'b str)> {
    let length = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    let (mark, rest) = bytes.split_at(length);
    let text =
        std::str::from_utf8(rest).map_err(|_| anyhow!("{} is not saved as UTF-8", shown(path)))?;
    Ok((mark, text))
}

/// Writes bytes to a temporary file in a folder, so that they will be there whatever happens next.
fn prepare(
    folder: &Path,
    bytes: &[u8],
    permissions: Option<std::fs::Permissions>,
) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".scrutiny-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    set_mode(file.as_file(), permissions)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Moves the new text over the old one. Where that is refused, as for a file that Word or Excel holds
/// open, the new text is kept beside it.
fn replace(file: NamedTempFile, path: &Path, held: File) -> Result<()> {
    if cfg!(windows) {
        drop(held);
    }
    let Err(error) = file.persist(path) else { return Ok(()) };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let kept = error.file.persist_noclobber(&beside);
    let where_it_is = match kept {
        Ok(_) => format!("; the new text is in {}", shown(&beside)),
        Err(_) => String::new(),
    };
    Err(error.error).with_context(|| {
        format!("cannot replace {}, which another program may hold open{where_it_is}", shown(path))
    })
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// A new file is readable like any other; one that is replaced keeps its mode.
#[cfg(unix)]
fn set_mode(file: &File, permissions: Option<std::fs::Permissions>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let usual = || std::fs::Permissions::from_mode(0o644);
    file.set_permissions(permissions.unwrap_or_else(usual))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: Option<std::fs::Permissions>) -> io::Result<()> {
    Ok(())
}

/// Whether the path still leads to the file that was opened.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let now = std::fs::metadata(path).map(identity).ok();
    now.is_some() && now == file.metadata().map(identity).ok()
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Whether the path still leads to the bytes that were read.
#[cfg(unix)]
fn is_unchanged(held: &File, path: &Path, old: &[u8]) -> bool {
    is_still(held, path) && std::fs::read(path).is_ok_and(|now| now == old)
}

/// Where locks are binding, only the handle that has the lock may read.
#[cfg(not(unix))]
fn is_unchanged(mut held: &File, _: &Path, old: &[u8]) -> bool {
    use std::io::Seek;
    let mut now = Vec::new();
    held.rewind().is_ok() && held.read_to_end(&mut now).is_ok() && now == old
}

/// Makes sure that the new name of a file survives a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path, path: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| {
        format!("{} was written, but its folder could not be saved to the disk", shown(path))
    })
}

#[cfg(not(unix))]
fn sync_folder(_: &Path, _: &Path) -> Result<()> {
    Ok(())
}
