//! The examples: their reports and action lists stand beside them, and are made again and compared.

use std::fs;
use std::path::Path;

use super::program::{copy, root, run};

/// Each example with the folder that its outputs stand in.
const EXAMPLES: [(&str, &str); 6] = [
    ("northmoor/2026-27-q2/scrutineer.yaml", "northmoor/2026-27-q2/reports"),
    ("harrowdale/2026-27-h1/scrutineer.yaml", "harrowdale/2026-27-h1/reports"),
    ("saltmere/2026-27-q2/scrutineer.yaml", "saltmere/2026-27-q2/reports"),
    ("saltmere/2026-27-q2/self.yaml", "saltmere/2026-27-q2/reports-self"),
    ("thornbeck/audit/agreed.yaml", "thornbeck/audit/reports"),
    ("thornbeck/young-scrutineers/scrutineer.yaml", "thornbeck/young-scrutineers/reports"),
];

const OUTPUTS: [&str; 3] = ["report.md", "actions.md", "actions.csv"];

#[test]
fn examples_give_the_outputs_that_stand_beside_them() {
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let place = tempfile::tempdir().expect("a temporary folder");
    let examples = place.path().join("examples");
    copy(&root().join("examples"), &examples, &[]);
    for (file, folder) in EXAMPLES {
        let arguments = ["assess", &format!("examples/{file}"), "--out", "made", "--force"];
        let output = run(place.path(), &arguments, b"");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{file}: {complaint}");
        for name in OUTPUTS {
            let made = fs::read(place.path().join("made").join(name)).expect("it was written");
            let kept = root().join("examples").join(folder).join(name);
            if is_update {
                fs::create_dir_all(kept.parent().expect("it has a folder"))
                    .expect("it can be made");
                fs::write(&kept, &made).expect("an output can be kept");
            }
            let stands = fs::read(&kept).unwrap_or_default();
            assert!(stands == made, "{folder}/{name} is not what {file} gives now");
        }
    }
}

/// Outputs that read well on an example: the example, the command, where it is kept.
const KINDS: [(&str, &[&str], &str); 11] = [
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["report", "--format", "html"],
        "northmoor/2026-27-q2/reports/report.html",
    ),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        &[
            "report",
            "--kind",
            "quarterly",
            "--since",
            "examples/harrowdale/2025-26-h2/scrutineer.yaml",
            "--format",
            "html",
        ],
        "harrowdale/2026-27-h1/reports/quarterly.html",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["report", "--kind", "annual", "--audience", "public"],
        "northmoor/2026-27-q2/reports/annual-public.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["report", "--kind", "committee"],
        "northmoor/2026-27-q2/reports/committee.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["report", "--kind", "briefing"],
        "northmoor/2026-27-q2/reports/briefing.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["report", "--kind", "young-people"],
        "northmoor/2026-27-q2/reports/young-people.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["report", "--kind", "step", "--step", "4"],
        "northmoor/2026-27-q2/reports/step-4.md",
    ),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        &[
            "report",
            "--kind",
            "quarterly",
            "--since",
            "examples/harrowdale/2025-26-h2/scrutineer.yaml",
        ],
        "harrowdale/2026-27-h1/reports/quarterly.md",
    ),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        &["report", "--kind", "committee"],
        "harrowdale/2026-27-h1/reports/committee.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["enquiry", "--by", "method", "--for", "visit"],
        "northmoor/2026-27-q2/reports/enquiry-visit.md",
    ),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        &[
            "enquiry",
            "--for",
            "police",
            "--step",
            "3",
            "--since",
            "examples/harrowdale/2025-26-h2/scrutineer.yaml",
            "--format",
            "html",
        ],
        "harrowdale/2026-27-h1/reports/enquiry-police-step-3.html",
    ),
];

#[test]
fn examples_give_the_kinds_of_report_that_stand_beside_them() {
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), &place.path().join("examples"), &[]);
    for (file, more, kept) in KINDS {
        let file = format!("examples/{file}");
        let arguments = [more, &[file.as_str()]].concat();
        let output = run(place.path(), &arguments, b"");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{kept}: {complaint}");
        let kept = root().join("examples").join(kept);
        if is_update {
            fs::write(&kept, &output.stdout).expect("an output can be kept");
        }
        let stands = fs::read(&kept).unwrap_or_default();
        assert!(stands == output.stdout, "{} is not what {file} gives now", kept.display());
    }
}

#[test]
fn examples_hold_what_they_are_to_show() {
    let validate = |path: &str| {
        let output = run(&root().join("examples"), &["validate", "--format", "short", path], b"");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for clean in ["northmoor", "saltmere/2026-27-q2/scrutineer.yaml", "thornbeck"] {
        let (code, text) = validate(clean);
        assert_eq!(code, Some(0), "{clean}: {text}");
        assert!(!text.contains(": unfinished:"), "{clean}: {text}");
    }
    let (code, text) = validate("harrowdale");
    assert_eq!(code, Some(0), "a draft may be unfinished: {text}");
    for rule in
        ["unrated-question", "missing-action", "incomplete-action", "weekend-due", "weak-verb"]
    {
        assert!(text.contains(rule), "the draft is to show {rule}: {text}");
    }
}

/// What makes an output out of one file, without the file.
fn outputs_of_a_file() -> Vec<Vec<&'static str>> {
    let kinds = ["full", "quarterly", "annual", "committee", "briefing", "young-people", "step"];
    let of_kind = |kind: &'static str| {
        ["markdown", "html", "json"].map(|format| {
            let mut words = vec!["report", "--kind", kind, "--format", format];
            words.extend(if kind == "step" { &["--step", "3"][..] } else { &[] });
            words
        })
    };
    let mut all: Vec<Vec<&str>> = kinds.into_iter().flat_map(of_kind).collect();
    all.extend(["markdown", "csv", "ics", "json"].map(|own| vec!["actions", "--format", own]));
    all.extend(["markdown", "csv", "json"].map(|own| vec!["gaps", "--format", own]));
    let enquiry = |own| vec!["enquiry", "--by", "method", "--format", own];
    all.extend(["markdown", "html", "json"].map(enquiry));
    all
}

/// What an output may not depend on.
const ELSEWHERE: [(&str, &str); 5] = [
    ("TZ", "Pacific/Auckland"),
    ("LC_ALL", "de_DE.UTF-8"),
    ("COLUMNS", "200"),
    ("CLICOLOR_FORCE", "1"),
    ("RAYON_NUM_THREADS", "1"),
];

/// What the program prints under other settings.
fn elsewhere(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_scrutiny"));
    let output = program.args(arguments).envs(ELSEWHERE).current_dir(folder).output();
    output.expect("the program runs").stdout
}

#[test]
fn outputs_are_the_same_bytes_wherever_they_are_made() {
    let file = root().join("examples/northmoor/2026-27-q2/scrutineer.yaml");
    let named = file.to_string_lossy().into_owned();
    let inside = file.parent().expect("it has a folder");
    for command in outputs_of_a_file() {
        let first = run(&root().join("examples"), &[&command[..], &[&named]].concat(), b"").stdout;
        assert!(!first.is_empty(), "{command:?}");
        let near = [&command[..], &["scrutineer.yaml"]].concat();
        assert!(first == run(inside, &near, b"").stdout, "{command:?}: the folder counts");
        assert!(first == elsewhere(inside, &near), "{command:?}: the environment counts");
    }
}

#[test]
fn outputs_of_folders_are_the_same_in_any_order() {
    let formats: [(&[&str], &[&str]); 6] = [
        (&["actions"], &["markdown", "csv", "ics", "json"]),
        (&["gaps"], &["markdown", "csv", "json"]),
        (&["collate"], &["markdown", "csv", "json"]),
        (&["collate", "--audience", "public"], &["markdown", "csv", "json"]),
        (&["due", "--as-at", "2026-10-01"], &["markdown", "csv", "ics", "json"]),
        (&["validate"], &["json", "sarif", "github", "gitlab", "junit"]),
    ];
    let folder = root().join("examples");
    for (command, formats) in formats {
        for format in formats {
            let begin = [command, &["--format", *format]].concat();
            let first = [&begin[..], &["harrowdale", "northmoor", "saltmere"]].concat();
            let second = [&begin[..], &["saltmere", "harrowdale", "northmoor"]].concat();
            let output = run(&folder, &first, b"").stdout;
            assert!(!output.is_empty(), "{first:?}");
            assert!(output == elsewhere(&folder, &second), "{first:?}: the order counts");
        }
    }
}
