//! The examples: their reports and action lists stand beside them, and are made again and compared.

use std::fs;

use super::program::{copy, root, run};

/// Each example with the folder that its outputs stand in.
const EXAMPLES: [(&str, &str); 4] = [
    ("northmoor/2026-27-q2/scrutineer.yaml", "northmoor/2026-27-q2/reports"),
    ("harrowdale/2026-27-h1/scrutineer.yaml", "harrowdale/2026-27-h1/reports"),
    ("saltmere/2026-27-q2/scrutineer.yaml", "saltmere/2026-27-q2/reports"),
    ("saltmere/2026-27-q2/self.yaml", "saltmere/2026-27-q2/reports-self"),
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

/// Reports of a kind that read well on an example: the example, the arguments, where it is kept.
const KINDS: [(&str, &[&str], &str); 7] = [
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["--kind", "annual", "--audience", "public"],
        "northmoor/2026-27-q2/reports/annual-public.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["--kind", "committee"],
        "northmoor/2026-27-q2/reports/committee.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["--kind", "briefing"],
        "northmoor/2026-27-q2/reports/briefing.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["--kind", "young-people"],
        "northmoor/2026-27-q2/reports/young-people.md",
    ),
    (
        "northmoor/2026-27-q2/scrutineer.yaml",
        &["--kind", "step", "--step", "4"],
        "northmoor/2026-27-q2/reports/step-4.md",
    ),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        &["--kind", "quarterly", "--since", "examples/harrowdale/2025-26-h2/scrutineer.yaml"],
        "harrowdale/2026-27-h1/reports/quarterly.md",
    ),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        &["--kind", "committee"],
        "harrowdale/2026-27-h1/reports/committee.md",
    ),
];

#[test]
fn examples_give_the_kinds_of_report_that_stand_beside_them() {
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), &place.path().join("examples"), &[]);
    for (file, more, kept) in KINDS {
        let file = format!("examples/{file}");
        let arguments = [&["report", &file], more].concat();
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
    for clean in ["northmoor", "saltmere/2026-27-q2/scrutineer.yaml"] {
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

#[test]
fn reports_are_the_same_bytes_wherever_they_are_made() {
    let file = root().join("examples/northmoor/2026-27-q2/scrutineer.yaml");
    let named = file.to_string_lossy().into_owned();
    let inside = file.parent().expect("it has a folder");
    for command in ["report", "actions"] {
        let first = run(&root().join("examples"), &[command, &named], b"").stdout;
        assert!(!first.is_empty());
        assert!(
            first == run(inside, &[command, "scrutineer.yaml"], b"").stdout,
            "the folder counts"
        );
        let settings = [
            ("TZ", "Pacific/Auckland"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("COLUMNS", "200"),
            ("CLICOLOR_FORCE", "1"),
            ("RAYON_NUM_THREADS", "1"),
        ];
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_scrutiny"));
        let second = program.args([command, &named]).envs(settings).output();
        assert!(first == second.expect("the program runs").stdout, "the environment counts");
    }
}
