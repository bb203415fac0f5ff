//! A path as another file names it: as seen from the folder of that file, with forward slashes.

use std::io;
use std::path::{Component, Path, PathBuf, Prefix};

use super::inputs::here;

/// A file as seen from a folder. Neither has to be there yet.
pub(super) fn seen_from(folder: &Path, file: &Path) -> String {
    let (folder, file) = (real(folder), real(file));
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // On another drive there is no way from one to the other.
        return file.to_string_lossy().replace('\\', "/");
    }
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<String>>().join("/")
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
    let path = plain(&here().join(path));
    let mut rest = Vec::new();
    for above in path.ancestors() {
        if let Ok(found) = canonical(above) {
            return rest.iter().rev().fold(found, |path: PathBuf, name| path.join(name));
        }
        rest.extend(above.file_name());
    }
    path.clone()
}

/// A path without the detours that `.` and `..` are.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_up_and_down_between_folders() {
        let check = |folder: &str, file: &str, expected: &str| {
            assert_eq!(seen_from(Path::new(folder), Path::new(file)), expected, "{folder} {file}");
        };
        check("/none/a", "/none/a/b.toml", "b.toml");
        check("/none/a/q2", "/none/a/lists/b.toml", "../lists/b.toml");
        check("/none/a/q2/../q3", "/none/b.toml", "../../b.toml");
    }
}
