//! Files as editors name them: `file:///home/me/north%20moor.yaml`.

use std::path::{Path, PathBuf};

/// The path of an address; nothing where it names no file.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let decoded = String::from_utf8(decode(path)).ok().filter(|path| !path.contains('\0'))?;
    // On Windows a drive stands behind the first slash.
    let is_drive = |path: &str| {
        let mut letters = path.chars();
        letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':')
    };
    let path = decoded.strip_prefix('/').filter(|path| is_drive(path)).unwrap_or(&decoded);
    let path = PathBuf::from(path);
    path.is_absolute().then_some(path)
}

/// The last part of an address, as the name of a text that is no file yet.
pub(super) fn name_of(address: &str) -> String {
    let last = address.rsplit(['/', ':', '\\']).next().unwrap_or_default();
    let name = String::from_utf8_lossy(&decode(last)).replace(['/', '\\', '\0'], "-");
    if name.trim_matches('.').is_empty() { "untitled".to_owned() } else { name }
}

/// The address of a file.
pub(super) fn address_of(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from("file://");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_there_and_back() {
        let drive = if cfg!(windows) { "C:" } else { "" };
        for path in ["/a/b.yaml", "/north moor/é #1%.yaml", "/a/😀.toml"] {
            let path = format!("{drive}{path}");
            let address = address_of(Path::new(&path));
            assert!(address.is_ascii(), "{address}");
            assert_eq!(path_of(&address), Some(PathBuf::from(path)));
        }
        assert_eq!(path_of("untitled:Untitled-1"), None);
        assert_eq!(path_of("file://a.yaml"), None);
        assert_eq!(name_of("untitled:Untitled-1"), "Untitled-1");
        assert_eq!(name_of("x:.."), "untitled");
        let odd = format!("{drive}/a%ZZ%é%");
        let address = if cfg!(windows) { "file:///C:/a%ZZ%é%" } else { "file:///a%ZZ%é%" };
        assert_eq!(path_of(address), Some(PathBuf::from(odd)));
    }
}
