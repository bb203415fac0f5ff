//! Looks a workbook through before anything reads it: what is packed in it is counted while it is
//! unpacked, so that a small file cannot become a large one. The only file that opens archives.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The most parts that a workbook of ours could have.
const MOST_PARTS: usize = 200;
/// The most bytes of one part, unpacked.
const LARGEST_PART: u64 = 16 * 1024 * 1024;
/// The most bytes of all parts, unpacked.
const LARGEST_WHOLE: u64 = 48 * 1024 * 1024;
/// How many times larger than packed a part may be, once it is larger than this.
const MOST_TIMES: u64 = 200;
const WORTH_COUNTING: u64 = 1024 * 1024;

const MACROS: &str = "it is a workbook for macros: save it as an Excel workbook without macros \
                      (.xlsx), and send that";

/// The parts of a workbook, unpacked, by name. A sentence says why it is not taken.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let broken = || {
        "this is no workbook that can be read: open it in the program that made it, and save it \
         again as an Excel workbook (.xlsx)"
            .to_owned()
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MOST_PARTS {
        return Err(format!(
            "there are {} parts packed in it, and a form has {MOST_PARTS} at most: it is not taken",
            archive.len()
        ));
    }
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut whole = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| broken())?;
        let name = part.name().map_err(|_| broken())?.into_owned();
        let packed = part.compressed_size();
        if part.is_dir() {
            continue;
        }
        if parts.iter().any(|(other, _)| other.eq_ignore_ascii_case(&name)) {
            return Err("two parts packed in it have one name: it is not taken".to_owned());
        }
        if let Some(why) = unwanted(&name) {
            return Err(why.to_owned());
        }
        // What it says of its size is not believed: it is counted.
        let mut unpacked = Vec::new();
        part.take(LARGEST_PART + 1).read_to_end(&mut unpacked).map_err(|_| broken())?;
        let size = unpacked.len() as u64;
        whole += size;
        let is_bomb = size > WORTH_COUNTING && size / packed.max(1) > MOST_TIMES;
        if size > LARGEST_PART || whole > LARGEST_WHOLE || is_bomb {
            return Err(
                "what is packed in it becomes far larger than a form when it is unpacked: \
                        it is not taken"
                    .to_owned(),
            );
        }
        if unpacked.starts_with(b"PK\x03\x04") {
            return Err("there is another archive packed in it: it is not taken".to_owned());
        }
        let says_macros = memchr::memmem::find(&unpacked, b"macroEnabled").is_some();
        if name.eq_ignore_ascii_case("[Content_Types].xml") && says_macros {
            return Err(MACROS.to_owned());
        }
        if let Some(why) = deceitful(&name, &unpacked) {
            return Err(why.to_owned());
        }
        parts.push((name, unpacked));
    }
    Ok(parts)
}

/// Why a part is not taken.
fn unwanted(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    match name {
        _ if name.contains("vbaproject") || name.contains("macrosheets/") => Some(MACROS),
        _ if name.contains("externallinks/") => Some(
            "it refers to other workbooks: replace these references by their words, and save it \
             again",
        ),
        _ if name.contains("embeddings/") => {
            Some("there are other files embedded in it: remove them, and save it again")
        }
        _ if name.contains("..") || name.starts_with('/') || name.contains('\\') => {
            Some("a part packed in it has the name of a place outside: it is not taken")
        }
        _ if name == "mimetype" => Some(
            "this is an OpenDocument sheet: save it as an Excel workbook (.xlsx), and take that",
        ),
        _ if name.ends_with(".bin") && name.starts_with("xl/workbook") => Some(
            "this is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx), and take that",
        ),
        _ => None,
    }
}

/// Why the text of a part is not given to a reader. One that says how many texts it holds is believed
/// by readers, which make room for them; and letters of two bytes would hide that from this look.
fn deceitful(name: &str, part: &[u8]) -> Option<&'static str> {
    const COUNT: &[u8] = b"uniqueCount";
    // The shortest text takes as many bytes as "<si/>".
    const SHORTEST: usize = 5;
    let is_text = name.to_lowercase().ends_with(".xml");
    if is_text && memchr::memchr(0, part).is_some() {
        return Some("a part packed in it is not in UTF-8: save it again in Excel or LibreOffice");
    }
    // A reader takes the end of the file for the end of the sheet, and the answers behind it for none.
    let is_sheet = is_text && name.to_lowercase().starts_with("xl/worksheets/");
    if is_sheet && !part.trim_ascii_end().ends_with(b"worksheet>") {
        return Some(
            "a sheet packed in it breaks off: save it again in the program that made it, and send \
             that",
        );
    }
    let counts = memchr::memmem::find_iter(part, COUNT).map(|at| &part[at + COUNT.len()..]);
    let number = |after: &[u8]| {
        let is_sign = |byte: &&u8| byte.is_ascii_whitespace() || b"='\"+".contains(byte);
        let signs = after.iter().take_while(is_sign).count();
        let figures = after[signs..].iter().skip_while(|byte| **byte == b'0');
        let figures: Vec<u8> = figures.take_while(|byte| byte.is_ascii_digit()).copied().collect();
        match figures.len() {
            0 => 0,
            1..=9 => figures.iter().fold(0, |sum, byte| sum * 10 + usize::from(byte - b'0')),
            _ => usize::MAX,
        }
    };
    let most = part.len() / SHORTEST + 1;
    let is_large = |after| number(after) > most;
    let has_large = counts.into_iter().any(is_large);
    has_large.then_some("a part packed in it says that it holds more than it can: it is not taken")
}
