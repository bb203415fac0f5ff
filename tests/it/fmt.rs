//! What holds for the layout of every file of the examples, the checklists and the cases: a second
//! layout changes nothing, and what is found in a file stays the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::cases;
use super::program::{copy, files, root, run};

/// A folder with all examples, checklists and cases in it.
fn everything() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let own = ["examples", "checklists"].map(|name| root().join(name));
    for folder in cases::folders().into_iter().chain(own) {
        let name = folder.strip_prefix(root()).expect("it is in the repository");
        copy(&folder, &place.path().join(name), &["cmd", "stdin", "expected.txt"]);
    }
    place
}

/// How often each rule is broken in each file, but for words that the layout puts into small letters.
fn rules(folder: &Path) -> BTreeMap<String, usize> {
    let output = run(folder, &["validate", "--format", "short", "."], b"");
    let shown = String::from_utf8(output.stdout).expect("the program prints UTF-8");
    let mut rules = BTreeMap::new();
    for (finding, rule) in shown.lines().filter_map(|line| line.rsplit_once('[')) {
        let file = finding.split(':').next().unwrap_or_default();
        if !rule.starts_with("unknown-status]") {
            *rules.entry(format!("{file} {rule}")).or_default() += 1;
        }
    }
    rules
}

fn texts(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let read = |file: PathBuf| {
        let text = fs::read(folder.join(&file)).expect("it can be read");
        (file, text)
    };
    files(folder).into_iter().map(read).collect()
}

#[test]
fn the_layout_of_every_file_keeps_its_findings() {
    let place = everything();
    let (before, found) = (texts(place.path()), rules(place.path()));
    let output = run(place.path(), &["fmt", "."], b"");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "some cases cannot be laid out: {said}");
    let after = texts(place.path());
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    assert_eq!(changed, said.lines().filter(|line| line.starts_with("Wrote ")).count());
    assert!(before.len() >= 450 && changed >= 30, "{changed} of {} changed", before.len());
    let kept = rules(place.path());
    for (rule, count) in &found {
        assert_eq!(kept.get(rule), Some(count), "{rule}");
    }
    assert_eq!(found.len(), kept.len());
    run(place.path(), &["fmt", "."], b"");
    for (once, twice) in after.iter().zip(texts(place.path())) {
        assert!(*once == twice, "{}: twice is not once", once.0.display());
    }
}

#[test]
fn the_shipped_checklists_are_laid_out_already() {
    let output = run(root(), &["fmt", "--check", "checklists"], b"");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(shown, "11 files read: 0 would change, 11 laid out already\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("a.yaml");
    let text =
        "\u{feff}scrutiny: assessment\r\nratings:\r\n    1.1:\r\n        rating: GREEN # sure\r\n";
    fs::write(&file, text).expect("a file can be written");
    let output = run(place.path(), &["fmt", "a.yaml"], b"");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "Wrote a.yaml\n");
    let expected =
        "\u{feff}scrutiny: assessment\r\nratings:\r\n  1.1:\r\n    rating: GREEN # sure\r\n";
    assert_eq!(fs::read_to_string(&file).expect("it can be read"), expected);
    let output = run(place.path(), &["fmt", "-"], text.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
