//! Paths without the detours that `.` and `..` are. Behind a link, `..` leads out of what the link points
//! to and not out of where it lies, so there it is not simply crossed out.

use std::io;
use std::path::{Component, Path, PathBuf, Prefix};

use super::inputs::here;

/// The same path with each `folder/..` left out where that leads to the same place.
pub(super) fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if is_plain_folder(&straight) => {
                straight.pop();
            }
            part => straight.push(part),
        }
    }
    if straight.as_os_str().is_empty() { PathBuf::from(".") } else { straight }
}

/// The path from the root of the disk, without `..`. Folders that are not there are crossed out as
/// they are written.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for part in here().join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if absolute.is_symlink() {
                    absolute = canonical(&absolute).unwrap_or(absolute);
                }
                absolute.pop();
            }
            part => absolute.push(part),
        }
    }
    absolute
}

/// The real path of what is there. Windows marks such a path by `\\?\`, as no path begins that people
/// write: without the mark, one of them can lie below the other.
pub(super) fn canonical(path: &Path) -> io::Result<PathBuf> {
    let marked = std::fs::canonicalize(path)?;
    let mut parts = marked.components();
    let Some(Component::Prefix(prefix)) = parts.next() else { return Ok(marked) };
    let mut real = match prefix.kind() {
        Prefix::VerbatimDisk(letter) => PathBuf::from(format!("{}:", char::from(letter))),
        Prefix::VerbatimUNC(server, share) => {
            let (server, share) = (server.to_string_lossy(), share.to_string_lossy());
            PathBuf::from(format!(r"\\{server}\{share}"))
        }
        _ => return Ok(marked),
    };
    real.push(parts.as_path());
    Ok(real)
}

/// The real path, as far as it is there already; what is not there yet stands behind it.
pub(super) fn real(path: &Path) -> PathBuf {
    let path = absolute(path);
    let mut rest = Vec::new();
    for above in path.ancestors() {
        if let Ok(found) = canonical(above) {
            return rest.iter().rev().fold(found, |path: PathBuf, name| path.join(name));
        }
        rest.extend(above.file_name());
    }
    path.clone()
}

/// A path as a person who stands here would write it.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let below = path.strip_prefix(here()).unwrap_or(path);
    if !below.components().any(|part| part == Component::ParentDir) {
        return below.to_owned();
    }
    // Where nothing is there, what was written says most.
    if !path.exists() {
        return straight(below);
    }
    absolute(path).strip_prefix(here()).map_or_else(|_| straight(below), Path::to_owned)
}

/// Whether a path ends in the name of a folder that is there, and is no link.
fn is_plain_folder(path: &Path) -> bool {
    matches!(path.components().next_back(), Some(Component::Normal(_)))
        && std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_leads_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let top = canonical(folder.path()).expect("it is there");
        std::fs::create_dir_all(top.join("a/b")).expect("it can be made");
        let check = |path: &str, shortened: &str, real: &str| {
            let path = top.join(path);
            assert_eq!(straight(&path), top.join(shortened), "{}", path.display());
            assert_eq!(absolute(&path), top.join(real), "{}", path.display());
        };
        check("a/./b/../c.yaml", "a/c.yaml", "a/c.yaml");
        check("a/../a/b/../../c.yaml", "c.yaml", "c.yaml");
        // Nothing is there, so what it would lead to is not known.
        check("none/../c.yaml", "none/../c.yaml", "c.yaml");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("a/b", top.join("link")).expect("it can be made");
            check("link/../c.yaml", "link/../c.yaml", "a/c.yaml");
            check("a/../link/d.yaml", "link/d.yaml", "link/d.yaml");
        }
        assert_eq!(straight(Path::new("src/..")), Path::new("."));
    }
}
