//! A path as another file names it: as seen from the folder of that file, with forward slashes.

use std::path::{Component, Path};

use super::detours::real;

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
