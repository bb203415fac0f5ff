//! Holds the house together: who may import whom, which crate is named where, what every module and
//! every rule has.

use std::fs;
use std::path::{Path, PathBuf};

use super::cases;
use super::program::{files, root, run};

/// The rooms from the bottom up, each with those that it may import from.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("digest", &[]),
    ("source", &["text"]),
    ("privacy", &["text"]),
    ("finding", &["text", "digest", "source"]),
    ("syntax", &["text", "source", "finding"]),
    ("model", &["text", "source", "finding", "syntax"]),
    ("programme", &["text", "source", "syntax", "model"]),
    ("shipped", &[]),
    (
        "rules",
        &["text", "source", "privacy", "finding", "syntax", "model", "comparison", "programme"],
    ),
    ("summary", &["text", "source", "syntax", "model"]),
    ("actions", &["text", "source", "syntax", "model"]),
    ("due", &["text", "source", "syntax", "model", "actions", "programme"]),
    ("returns", &["text", "source", "syntax", "model", "actions"]),
    ("change", &["text", "source", "syntax", "model"]),
    ("interview", &["text", "source", "syntax", "model", "change"]),
    ("schema", &["text", "source", "syntax", "model"]),
    ("start", &["text", "source", "syntax", "model", "summary", "actions"]),
    ("editor", &["text", "source", "syntax", "model", "rules", "schema"]),
    (
        "comparison",
        &["text", "digest", "source", "finding", "syntax", "model", "summary", "actions"],
    ),
    ("migration", &["text", "source", "finding", "syntax", "model"]),
    ("gaps", &["text", "source", "syntax", "model", "summary", "actions", "comparison"]),
    ("enquiry", &["text", "source", "syntax", "model", "summary", "actions", "comparison", "gaps"]),
    (
        "report",
        &[
            "text",
            "digest",
            "source",
            "syntax",
            "model",
            "summary",
            "actions",
            "comparison",
            "gaps",
            "enquiry",
            "programme",
            "due",
            "returns",
        ],
    ),
    (
        "export",
        &[
            "text",
            "source",
            "syntax",
            "model",
            "summary",
            "actions",
            "comparison",
            "programme",
            "due",
        ],
    ),
    ("form", &["text", "source", "syntax", "model", "interview", "start", "export"]),
    ("intake", &["text", "source", "syntax", "model", "change", "interview", "export", "form"]),
    (
        "commands",
        &[
            "returns",
            "form",
            "intake",
            "text",
            "source",
            "privacy",
            "finding",
            "syntax",
            "model",
            "programme",
            "shipped",
            "rules",
            "summary",
            "actions",
            "due",
            "change",
            "interview",
            "migration",
            "schema",
            "start",
            "editor",
            "comparison",
            "gaps",
            "enquiry",
            "report",
            "export",
        ],
    ),
];

/// The room of tests that need several others; no part of the program.
const TESTS: &str = "change_properties";

/// Crates that one place alone knows, or the few that are listed.
const CRATES: &[(&str, &str)] = &[
    ("aho_corasick", "text/fragments.rs"),
    ("unicode_normalization", "privacy/, commands/actions/split.rs"),
    ("granit_parser", "syntax/yaml.rs"),
    ("toml::de", "syntax/toml.rs"),
    ("annotate_snippets", "finding/human.rs"),
    ("comfy_table", "commands/screen.rs"),
    ("minijinja", "report/template/"),
    ("pulldown_cmark", "report/prose"),
    ("csv::{", "export/csv.rs, intake/csv.rs"),
    ("similar", "export/patch.rs"),
    ("rust_xlsxwriter", "export/xlsx.rs, form/workbook.rs"),
    ("calamine", "intake/workbook.rs"),
    ("zip::", "intake/archive.rs"),
    ("strsim", "text/mod.rs"),
    ("hmac", "digest.rs"),
    ("sha2::", "digest.rs"),
    ("clap", "commands/"),
    ("clap_complete", "commands/completions.rs"),
    ("clap_mangen", "commands/man.rs"),
    ("anyhow", "commands/"),
    ("tempfile", "commands/"),
    ("ignore::", "commands/inputs.rs"),
    ("rayon::", "commands/threads.rs, model/layout/generated.rs, change_properties/"),
    ("signal_hook", "commands/signals.rs"),
    ("rustix", "commands/rate/editor.rs"),
    ("shlex", "commands/rate/editor.rs"),
];

/// What reads, writes, prints or looks around, which only the commands do.
const OUTSIDE: [&str; 7] =
    ["std::fs", "std::io", "std::env", "std::process", "println!", "eprintln!", "std::time"];

fn sources() -> Vec<(String, String)> {
    let folder = root().join("src");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(folder.join(&path)).expect("a source can be read");
        (path.to_string_lossy().replace('\\', "/"), text)
    };
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "rs");
    let sources: Vec<(String, String)> =
        files(&folder).into_iter().filter(is_rust).map(read).collect();
    assert!(sources.len() > 60, "{} sources were found", sources.len());
    sources
}

/// The code of a file without its comments and its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

fn room(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

#[test]
fn rooms_import_downwards_only() {
    for (path, text) in sources() {
        let own = room(&path);
        if ["lib", "main", TESTS].contains(&own) {
            continue;
        }
        let allowed = ROOMS.iter().find(|(name, _)| *name == own);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{path} is in no room of the plan"));
        for named in code(&text).split("crate::").skip(1) {
            let end = named.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(named.len());
            let named = &named[..end];
            assert!(named == own || allowed.contains(&named), "{path} imports from {named}");
        }
    }
}

#[test]
fn rules_do_not_import_each_other() {
    for (path, text) in sources() {
        let Some(name) = path.strip_prefix("rules/").and_then(|name| name.strip_suffix(".rs"))
        else {
            continue;
        };
        if ["mod", "subject", "settings"].contains(&name) {
            continue;
        }
        for line in code(&text).lines().filter(|line| line.contains("super::")) {
            let is_table = line.contains("super::find") || line.contains("super::all");
            assert!(
                line.contains("super::subject") || line.contains("pub(super)") || is_table,
                "{path}: {line}"
            );
        }
    }
}

#[test]
fn crates_are_named_in_one_place() {
    for (path, text) in sources() {
        for (name, place) in CRATES {
            let is_named = code(&text).lines().any(|line| {
                let at = line.find(name);
                at.is_some_and(|at| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':' || c == '_')
                })
            });
            assert!(
                !is_named || place.split(", ").any(|place| path.starts_with(place)),
                "{path} names {name}"
            );
        }
    }
}

#[test]
fn only_commands_look_outside() {
    for (path, text) in sources() {
        // The differential test reads the examples and the cases.
        let is_test = path.ends_with("differential.rs") || room(&path) == TESTS;
        if path.starts_with("commands/") || path == "main.rs" || is_test {
            continue;
        }
        // What is packed in a workbook is read from memory, through the same trait as files are.
        let reads_memory = ["intake/archive.rs", "intake/workbook.rs"].contains(&path.as_str());
        let text = match reads_memory {
            true => {
                text.replace("use std::io::Cursor;", "").replace("use std::io::{Cursor, Read};", "")
            }
            false => text,
        };
        for name in OUTSIDE {
            assert!(!code(&text).contains(name), "{path} uses {name}");
        }
    }
}

#[test]
fn real_paths_are_found_in_one_place() {
    // Windows marks real paths, which only this file takes into account.
    for (path, text) in sources() {
        let is_place = path == "commands/detours.rs";
        assert!(is_place || !code(&text).contains("canonicalize("), "{path}: call `canonical`");
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not begin with a //! line");
    }
}

#[test]
fn every_rule_has_its_file_and_a_case() {
    let listed = run(root(), &["rules"], b"");
    let listed = String::from_utf8(listed.stdout).expect("the program prints UTF-8");
    let ids: Vec<&str> =
        listed.lines().skip(2).filter_map(|line| line.split('|').nth(1)).map(str::trim).collect();
    let ids: Vec<&str> = ids.into_iter().filter(|id| !id.is_empty()).collect();
    assert!(ids.len() >= 30, "{} rules", ids.len());
    let expectations: Vec<String> = cases::folders()
        .iter()
        .filter_map(|folder| fs::read_to_string(folder.join("expected.txt")).ok())
        .collect();
    for id in ids {
        let marked = format!("[{id}]");
        let shown = expectations.iter().any(|text| text.contains(&marked));
        assert!(shown, "no case shows the rule {id}");
    }
    for (path, text) in sources() {
        let Some(name) = path.strip_prefix("rules/").and_then(|name| name.strip_suffix(".rs"))
        else {
            continue;
        };
        if code(&text).contains("static RULE: Rule") {
            let id = format!("id: \"{}\"", name.replace('_', "-"));
            assert!(text.contains(&id), "{path} does not define the rule of its name");
        }
    }
}

#[test]
fn every_shipped_checklist_is_embedded_and_right() {
    let folder = root().join("checklists");
    let listed = run(root(), &["checklist", "list"], b"");
    let listed = String::from_utf8(listed.stdout).expect("the program prints UTF-8");
    let checklists = files(&folder);
    assert!(checklists.len() >= 11);
    for file in checklists {
        let id = file.file_stem().expect("a checklist has a name").to_string_lossy().into_owned();
        assert!(listed.contains(&id), "{id} is not embedded");
        let path = Path::new("checklists").join(&file);
        let output = run(root(), &["checklist", "check", &path.to_string_lossy()], b"");
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(shown.contains("nothing to report"), "{id}: {shown}");
    }
}

/// On Windows a name of a device is no file, whatever its ending, and git refuses to check it out.
#[test]
fn every_file_can_be_checked_out_on_windows() {
    let is_device = |name: &str| {
        let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let numbered = ["com", "lpt"].iter().find_map(|port| stem.strip_prefix(port));
        ["con", "prn", "aux", "nul"].contains(&stem.as_str())
            || numbered.is_some_and(|number| number.len() == 1 && number != "0")
    };
    let mut seen = std::collections::HashSet::new();
    for folder in
        [".github", "benches", "checklists", "docs", "examples", "schemas", "src", "tests"]
    {
        for file in files(&root().join(folder)) {
            let names: Vec<_> = file.iter().map(|name| name.to_string_lossy()).collect();
            if names.iter().any(|name| name == "node_modules") {
                continue;
            }
            let shown = format!("{folder}/{}", names.join("/"));
            assert!(seen.insert(shown.to_lowercase()), "{shown} differs from another by case only");
            for name in names {
                assert!(!is_device(&name), "{shown}: {name} is a device of Windows");
                assert!(!name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']), "{shown}");
                assert!(!name.ends_with(['.', ' ']), "{shown}");
            }
        }
    }
    assert!(seen.len() > 1000, "{} files", seen.len());
}
