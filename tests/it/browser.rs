//! The web pages in a browser, with the scripts under `tests/browser/`: what axe finds at two widths, on
//! paper, in forced colours and in the dark scheme; sideways scroll; requests; the console; the marking
//! on every printed page. Pages that are wrong on purpose show that each of these is noticed.
//!
//! Where Node, its packages or Chromium are missing the test says that it was not run; where
//! `SCRUTINY_CI=1` is set, as `.ci/run` does, it fails.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::program::{missing, root, run};

/// The assessments whose pages are looked at, each with the earlier one that it is compared with, and
/// what stands on every printed page.
const ASSESSMENTS: [(&str, &str, &str); 3] = [
    ("northmoor/2026-27-q2/scrutineer.yaml", "", "OFFICIAL"),
    (
        "harrowdale/2026-27-h1/scrutineer.yaml",
        "harrowdale/2025-26-h2/scrutineer.yaml",
        "OFFICIAL-SENSITIVE\nDraft",
    ),
    ("saltmere/2026-27-q2/self.yaml", "", "OFFICIAL"),
];

const KINDS: [(&str, &[&str]); 8] = [
    ("full", &["report", "--kind", "full"]),
    ("quarterly", &["report", "--kind", "quarterly"]),
    ("annual", &["report", "--kind", "annual"]),
    ("committee", &["report", "--kind", "committee"]),
    ("briefing", &["report", "--kind", "briefing"]),
    ("young-people", &["report", "--kind", "young-people"]),
    ("step", &["report", "--kind", "step", "--step", "3"]),
    ("enquiry", &["enquiry", "--for", "police"]),
];

/// What the machine lacks for the test.
fn without() -> Option<String> {
    let folder = root().join("tests/browser");
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if Command::new("node").arg("--version").output().is_err() {
        return Some("Node is not installed".to_owned());
    }
    if !folder.join("node_modules/axe-core").is_dir() {
        return Some("its packages are not installed (npm ci --prefix tests/browser)".to_owned());
    }
    let is_there = Path::new(&browser).exists();
    (!is_there).then(|| format!("there is no Chromium at {browser} (or set CHROMIUM to its path)"))
}

#[test]
fn pages_are_right_in_a_browser() {
    if let Some(why) = without() {
        return missing(&format!("the pages were not looked at in a browser: {why}"));
    }
    let place = tempfile::tempdir().expect("a temporary folder");
    let pages = make(place.path());
    let wrong = make_wrong(place.path());
    let output = Command::new("node")
        .arg(root().join("tests/browser/run.mjs"))
        .arg(place.path())
        .output()
        .expect("Node starts");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let total = format!("{} pages, 0 not as they should be", pages + wrong);
    assert!(said.contains(&total), "{said}");
}

/// The pages of all kinds of all examples; returns how many there are.
fn make(folder: &Path) -> usize {
    for (file, since, printed) in ASSESSMENTS {
        let name = file.split('/').next().unwrap_or_default();
        for (kind, words) in KINDS {
            let mut arguments = [words, &["--format", "html", file]].concat();
            if !since.is_empty() {
                arguments.extend(["--since", since]);
            }
            if name == "harrowdale" && ["quarterly", "annual"].contains(&kind) {
                arguments.extend(["--programme", "harrowdale/programme.yaml"]);
            }
            let output = run(&root().join("examples"), &arguments, b"");
            let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.stdout.is_empty(), "{arguments:?}: {complaint}");
            let page = folder.join(format!("{name}-{kind}.html"));
            fs::write(&page, &output.stdout).expect("a page can be written");
            // Printing takes its time: what must fit on one page, and one long draft.
            let sheets = match (kind, name) {
                ("committee", _) => "one page\n",
                ("full" | "enquiry", "harrowdale") => "",
                _ => continue,
            };
            fs::write(page.with_extension("printed"), format!("{sheets}{printed}\n"))
                .expect("a file can be written");
        }
    }
    ASSESSMENTS.len() * KINDS.len()
}

/// Pages that are wrong on purpose, each named after the fault that is to be found; how many.
fn make_wrong(folder: &Path) -> usize {
    let file = "northmoor/2026-27-q2/scrutineer.yaml";
    let arguments = ["report", file, "--kind", "committee", "--format", "html"];
    let right = run(&root().join("examples"), &arguments, b"").stdout;
    let right = String::from_utf8(right).expect("the program prints UTF-8");
    let change = |old: &str, new: &str| {
        assert!(right.contains(old), "{old} is not in the page");
        right.replacen(old, new, 1)
    };
    let wrong = [
        (
            "it asks for",
            change("default-src 'none'", "default-src *").replacen(
                "</h1>",
                "</h1><img alt=\"\" src=\"http://127.0.0.1:9/x.png\">",
                1,
            ),
        ),
        ("the console says", change("<h1>", "<h1 style=\"margin: 0\">")),
        ("its style sheet is not in force", change("<style>", "<style> ")),
        ("not with a policy", change("<head>", "<head>\n<meta charset=\"utf-8\">")),
        (
            "wide in 320",
            change("</h1>", "</h1><svg width=\"600\" height=\"1\" aria-hidden=\"true\"></svg>"),
        ),
        (
            "print: document-title",
            change("<title>", "<title></title><template>").replacen(
                "</title>\n<style>",
                "</template>\n<style>",
                1,
            ),
        ),
        ("1280 pixels: image-alt", change("</h1>", "</h1><img>")),
        ("heading-order", change("<h2>In short</h2>", "<h5>In short</h5>")),
        ("forced colours: link-name", change("</h1>", "</h1><a href=\"#main\"></a>")),
        ("printed page 1 of 1 lacks", right.clone()),
    ];
    for (fault, page) in &wrong {
        let path = folder.join(format!("wrong-{fault}.html"));
        fs::write(&path, page).expect("a page can be written");
        if fault.starts_with("printed") {
            fs::write(path.with_extension("printed"), "TOP SECRET\n").expect("it can be written");
        }
    }
    wrong.len()
}
