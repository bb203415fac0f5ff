//! A change of a file full of comments, odd indentation and quoted keys, with a byte-order mark and
//! Windows line ends: what git shows of it is one hunk of the lines that were answered.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::program::{root, run};

/// The file that most of the cases of changes begin with.
const FILE: &str = "tests/cases/edit/set-rating/a.yaml";

/// A change, and the lines that git shows as taken away and as added.
struct Change {
    arguments: &'static [&'static str],
    gone: &'static [&'static str],
    new: &'static [&'static str],
}

const CHANGES: &[Change] = &[
    Change {
        arguments: &["set", "a.yaml", "1.1", "rating=amber"],
        gone: &["         rating:   'green'    # was amber"],
        new: &["         rating:   'amber'    # was amber", "         wording: 671e75"],
    },
    Change {
        arguments: &["set", "a.yaml", "1.1", "because=All of it."],
        gone: &[
            "           The plan is reviewed each year.",
            "           # This line is text, not a comment.",
            "",
            "           - It is funded.",
        ],
        new: &["           All of it."],
    },
    Change {
        arguments: &["set", "a.yaml", "1", "summary=It is: shared."],
        gone: &["    summary: Leadership is shared.   # agreed"],
        new: &["    summary: \"It is: shared.\"   # agreed"],
    },
    Change {
        arguments: &["set", "a.yaml", "c1", "answer=Two."],
        gone: &[" c1: One scrutineer, employed by the council. # since 2024"],
        new: &[" c1: Two. # since 2024"],
    },
    Change {
        arguments: &["set", "a.yaml", "whole", "as-at=2026-10-01"],
        gone: &["as-at: 2026-09-30"],
        new: &["as-at: 2026-10-01"],
    },
    Change {
        arguments: &["evidence", "add", "a.yaml", "1.1", "--source", "Minutes"],
        gone: &[],
        new: &["         - Minutes"],
    },
    Change {
        arguments: &["evidence", "add", "a.yaml", "A-01", "--source", "Minutes"],
        gone: &[],
        new: &["          evidence:", "          - Minutes"],
    },
    Change {
        arguments: &["action", "add", "a.yaml", "--on", "1.3", "--task", "Meet"],
        gone: &[],
        new: &["       - id: A-02", "         task: Meet", "         status: open"],
    },
    Change {
        arguments: &["action", "update", "a.yaml", "A-01", "due=2027-01-29"],
        gone: &["          \"due\": 2026-12-18 # a Friday"],
        new: &["          \"due\": 2027-01-29 # a Friday"],
    },
    Change {
        arguments: &["confirm", "a.yaml", "1.2"],
        gone: &[
            "   1.2: {rating: amber, \"because\": 'It''s \"nearly\" there: so', wording: 000000}  \
             # short",
        ],
        new: &[
            "   1.2: {rating: amber, \"because\": 'It''s \"nearly\" there: so', wording: ec55b2}  \
             # short",
        ],
    },
];

/// What git shows between two files, with so many lines around each change.
fn diff(folder: &Path, context: &str) -> String {
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false", "diff", "--no-index", "--no-color", context])
        .args(["old.yaml", "a.yaml"])
        .current_dir(folder)
        .output()
        .expect("git is there");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the files are UTF-8")
}

/// A folder with the file under the name that the commands change, and as it was.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    for name in ["old.yaml", "a.yaml"] {
        fs::copy(root().join(FILE), place.path().join(name)).expect("a file can be copied");
    }
    place
}

fn hunks(diff: &str) -> usize {
    diff.lines().filter(|line| line.starts_with("@@ ")).count()
}

#[test]
fn git_shows_one_hunk_of_the_answered_lines() {
    for Change { arguments, gone, new } in CHANGES {
        let place = place();
        let output = run(place.path(), arguments, b"");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
        let shown = diff(place.path(), "-U0");
        assert_eq!(hunks(&shown), 1, "{arguments:?}\n{shown}");
        let body: Vec<&str> =
            shown.split("\n@@ ").nth(1).expect("a hunk").lines().skip(1).collect();
        let lines = |sign: char| -> Vec<String> {
            let own = body.iter().filter_map(|line| line.strip_prefix(sign));
            own.map(|line| line.trim_end_matches('\r').to_owned()).collect()
        };
        assert_eq!((lines('-'), lines('+')), (texts(gone), texts(new)), "{arguments:?}\n{shown}");
        check_bytes(place.path());
    }
    assert!(CHANGES.len() >= 10);
}

/// Several values of one answer are one hunk as people look at it.
#[test]
fn an_answer_is_one_hunk() {
    let place = place();
    let arguments =
        ["set", "a.yaml", "1.1", "rating=amber", "because=Half of it.", "remaining=The rest."];
    assert_eq!(run(place.path(), &arguments, b"").status.code(), Some(0));
    let shown = diff(place.path(), "-U5");
    assert_eq!(hunks(&shown), 1, "{shown}");
    check_bytes(place.path());
}

fn texts(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// The byte-order mark stands at the beginning, all lines end as on Windows, and the last has no end.
fn check_bytes(folder: &Path) {
    let now = fs::read(folder.join("a.yaml")).expect("it can be read");
    assert!(now.starts_with(b"\xef\xbb\xbf\"") || now.starts_with(b"\xef\xbb\xbf#"));
    assert!(now.ends_with(b"follows."));
    let text = String::from_utf8(now).expect("it is UTF-8");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\u{feff}').count(), 1);
}
