//! Runs every folder under `tests/cases/<topic>/<case>/` with the real program.
//!
//! A case holds input files, an optional `cmd` (the arguments of a run on each line, `(no arguments)`
//! for none, `validate .` without it; texts with spaces are quoted as in a shell), an optional
//! `stdin`, and `expected.txt`: what was printed, the exit code, the files that were written, and
//! what was changed in those that were there.
//! `UPDATE=1 cargo test` writes what came out into `expected.txt`; `CASE=name cargo test` runs the
//! cases whose path contains the name.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{copy, describe, files, root, run};

const OWN: [&str; 3] = ["cmd", "stdin", "expected.txt"];

/// All case folders.
pub(crate) fn folders() -> Vec<PathBuf> {
    let all = root().join("tests/cases");
    let mut folders: Vec<PathBuf> = files(&all)
        .iter()
        .filter_map(|file| {
            let mut parts = file.components();
            let topic = parts.next()?;
            let case = parts.next()?;
            parts.next()?;
            Some(all.join(topic).join(case))
        })
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

#[test]
fn every_case_ends_as_expected() {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut failures = String::new();
    let mut ran = 0;
    for folder in folders() {
        let name = folder.strip_prefix(root().join("tests/cases")).expect("it is a case");
        let name = name.to_string_lossy().into_owned();
        if !name.contains(&wanted) {
            continue;
        }
        ran += 1;
        let came = perform(&folder);
        let expected = folder.join("expected.txt");
        if is_update {
            fs::write(&expected, &came).expect("an expectation can be written");
            continue;
        }
        match fs::read_to_string(&expected) {
            Ok(text) if text == came => {}
            Ok(text) => {
                writeln!(failures, "== {name}\n-- expected\n{text}-- came\n{came}").expect("text")
            }
            Err(_) => writeln!(failures, "== {name}: there is no expected.txt").expect("text"),
        }
    }
    assert!(ran >= if wanted.is_empty() { 400 } else { 1 }, "{ran} cases ran");
    assert!(failures.is_empty(), "{failures}");
}

fn perform(folder: &Path) -> String {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(folder, place.path(), &OWN);
    let command =
        fs::read_to_string(folder.join("cmd")).unwrap_or_else(|_| "validate .".to_owned());
    let input = fs::read(folder.join("stdin")).unwrap_or_default();
    let mut came = String::new();
    for line in command.lines().filter(|line| !line.trim().is_empty()) {
        let words = if line == "(no arguments)" { Some(Vec::new()) } else { shlex::split(line) };
        let words = words.expect("the quotes of a line are closed");
        let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        came.push_str(&describe(&arguments, &run(place.path(), &arguments, &input)));
    }
    for file in files(place.path()) {
        let shown = file.to_string_lossy().replace('\\', "/");
        let now = fs::read(place.path().join(&file)).expect("a file can be read");
        match fs::read(folder.join(&file)) {
            Err(_) => {
                let text = String::from_utf8(now).expect("text was written");
                write!(came, "[file {shown}]\n{}", text.replace('\r', "")).expect("text");
            }
            Ok(before) if before == now => {}
            Ok(before) => write!(came, "[changes in {shown}]\n{}", changes(&before, &now))
                .expect("a string takes all"),
        }
    }
    came
}

/// The lines that were changed. Line ends and byte-order marks are made visible, because they must
/// not change.
fn changes(before: &[u8], now: &[u8]) -> String {
    let visible = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.replace('\r', "<CR>").replace('\u{feff}', "<BOM>")
    };
    let (before, now) = (visible(before), visible(now));
    let diff = similar::TextDiff::from_lines(&before, &now);
    diff.unified_diff().context_radius(1).to_string()
}
