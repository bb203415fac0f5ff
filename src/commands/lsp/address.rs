//! Files as editors name them: `file:///home/me/north%20moor.yaml`.

use std::path::{Path, PathBuf};

/// What the address of a file begins with.
const SCHEME: &str = "file://";

/// The path of an address; nothing where it names no file.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let path = PathBuf::from(written(address, cfg!(windows))?);
    path.is_absolute().then_some(path)
}

/// The path of an address as its system writes it.
fn written(address: &str, is_windows: bool) -> Option<String> {
    // A scheme is the same in any letter case.
    let rest = address.get(..SCHEME.len()).filter(|own| own.eq_ignore_ascii_case(SCHEME));
    let rest = rest.map(|own| &address[own.len()..])?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = String::from_utf8(decode(path)).ok().filter(|path| !path.contains('\0'))?;
    if !(host.is_empty() || host.eq_ignore_ascii_case("localhost")) {
        // A folder that another computer shares has a path only on Windows.
        let host = String::from_utf8(decode(host)).ok().filter(|_| is_windows)?;
        let is_name = !host.contains(['/', '\\', '\0', '?']) && host != ".";
        return is_name.then(|| format!("//{host}{path}").replace('/', "\\"));
    }
    // On Windows a drive stands behind the first slash.
    let is_drive = |path: &&str| {
        let mut letters = path.chars();
        letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':')
    };
    match path.strip_prefix('/').filter(is_drive).filter(|_| is_windows) {
        Some(path) => Some(path.to_owned()),
        None => Some(path),
    }
}

/// The last part of an address, as the name of a text that is no file yet.
pub(super) fn name_of(address: &str) -> String {
    let last = address.rsplit(['/', ':', '\\']).next().unwrap_or_default();
    let name = String::from_utf8_lossy(&decode(last)).replace(['/', '\\', '\0'], "-");
    if name.trim_matches('.').is_empty() { "untitled".to_owned() } else { name }
}

/// The address of a file.
pub(super) fn address_of(path: &Path) -> String {
    address(&path.to_string_lossy(), cfg!(windows))
}

/// The address of a path as its system writes it.
fn address(path: &str, is_windows: bool) -> String {
    let path = if is_windows { path.replace('\\', "/") } else { path.to_owned() };
    let mut address = String::from(SCHEME);
    let rest = match path.strip_prefix("//").filter(|_| is_windows) {
        Some(shared) => shared,
        None if path.starts_with('/') => &path,
        None => {
            address.push('/');
            &path
        }
    };
    for byte in rest.bytes() {
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
        // A number may begin with a sign, and a letter of an address may not.
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
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
    fn drives_and_shared_folders_are_written_as_on_windows() {
        let check = |given: &str, on_windows: Option<&str>, elsewhere: Option<&str>| {
            assert_eq!(written(given, true).as_deref(), on_windows, "{given}");
            assert_eq!(written(given, false).as_deref(), elsewhere, "{given}");
        };
        check("file:///c%3A/a%20b.yaml", Some("c:/a b.yaml"), Some("/c:/a b.yaml"));
        check("FILE:///C:/a.yaml", Some("C:/a.yaml"), Some("/C:/a.yaml"));
        check("file://localhost/C:/a.yaml", Some("C:/a.yaml"), Some("/C:/a.yaml"));
        check("file://server/share/a%20b.yaml", Some(r"\\server\share\a b.yaml"), None);
        check("file://wsl%24/Ubuntu/a.yaml", Some(r"\\wsl$\Ubuntu\a.yaml"), None);
        check("file://%3F/C:/a.yaml", None, None);
        check("file://./pipe/a", None, None);
        check("file://a.yaml", None, None);
        check("file", None, None);
        check("untitled:Untitled-1", None, None);
        let there = |path: &str, expected: &str| {
            assert_eq!(address(path, true), expected);
            let back = written(expected, true).expect("it is the address of a file");
            assert_eq!(back.replace('/', "\\"), path);
        };
        there(r"\\server\share\a b.yaml", "file://server/share/a%20b.yaml");
        there(r"C:\a\b.yaml", "file:///C%3A/a/b.yaml");
        assert_eq!(address("/a\\b.yaml", false), "file:///a%5Cb.yaml");
    }

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
        let odd = format!("{drive}/a%ZZ%é%%+1");
        let address = if cfg!(windows) { "file:///C:/a%ZZ%é%%+1" } else { "file:///a%ZZ%é%%+1" };
        assert_eq!(path_of(address), Some(PathBuf::from(odd)));
    }
}
