//! What holds of every machine format: it is well formed, it holds none of the words of a file, and
//! repairs are made once. The cases have the single situations.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::cases;
use super::program::{copy, files, root, run};

const MACHINE: [&str; 5] = ["json", "sarif", "github", "gitlab", "junit"];

/// What a case holds besides inputs.
const OWN: [&str; 3] = ["cmd", "stdin", "expected.txt"];

/// Validates with all machine formats at once, and gives what each holds; nothing where there was
/// nothing to read.
fn formats(folder: &Path, path: &str) -> Option<Vec<String>> {
    let out = tempfile::tempdir().expect("a temporary folder");
    let names: Vec<String> =
        MACHINE.iter().map(|name| out.path().join(name).to_string_lossy().into_owned()).collect();
    let mut arguments = vec!["validate", path, "--quiet"];
    for (format, name) in MACHINE.iter().zip(&names) {
        arguments.extend(["--format", format, "--output", name]);
    }
    let output = run(folder, &arguments, b"");
    let code = output.status.code().expect("it was not killed");
    assert!(code < 3, "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &String| fs::read_to_string(name).expect("it was written");
    (code != 2).then(|| names.iter().map(read).collect())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is one document")
}

#[test]
fn a_name_in_the_name_of_a_file_is_told_nowhere() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let text = "scrutiny: assessment\nchecklist: six-steps-2019\npartnership: Northmoor\n\
                period: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\n";
    fs::write(place.path().join("son-Ewan.yaml"), text).expect("a file can be written");
    let all = formats(place.path(), "son-Ewan.yaml").expect("there is a file");
    for (format, shown) in MACHINE.iter().zip(all) {
        assert!(!shown.contains("Ewan") && shown.contains("unrated-question"), "{format}: {shown}");
    }
}

#[test]
fn a_name_in_the_name_of_a_folder_above_is_told_nowhere() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let inside = place.path().join("her son Ewan");
    fs::create_dir_all(&inside).expect("a folder can be made");
    fs::create_dir(place.path().join(".git")).expect("a folder can be made");
    let text = "scrutiny: assessment\nchecklist: six-steps-2019\npartnership: Northmoor\n\
                period: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\n";
    fs::write(inside.join("a.yaml"), text).expect("a file can be written");
    let [above, below] =
        [place.path(), &inside].map(|folder| formats(folder, ".").expect("there is a file"));
    for shown in above.iter().chain(&below) {
        assert!(!shown.contains("Ewan") && shown.contains("unrated-question"), "{shown}");
    }
    let prints = |all: &[String]| {
        let findings = json(&all[0])["findings"].as_array().expect("a list").clone();
        let unrated = findings.into_iter().filter(|own| own["rule"] == "unrated-question");
        unrated.map(|own| own["fingerprint"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(prints(&above), prints(&below));
}

#[test]
fn every_case_is_right_in_every_format() {
    let printed = run(root(), &["schema", "findings"], b"").stdout;
    let schema = serde_json::from_slice(&printed).expect("the schema is a document");
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("findings.json", schema).expect("the schema is known");
    let mut schemas = boon::Schemas::new();
    let compiled = compiler.compile("findings.json", &mut schemas).expect("it is a schema");
    let wrong = serde_json::json!({"version": 1, "findings": [{"rule": "X"}]});
    assert!(schemas.validate(&wrong, compiled).is_err(), "the schema asks for something");
    let mut seen = Seen::default();
    for folder in cases::folders() {
        let place = tempfile::tempdir().expect("a temporary folder");
        copy(&folder, place.path(), &OWN);
        if files(place.path()).is_empty() {
            continue;
        }
        let name = folder.to_string_lossy().into_owned();
        let Some(texts) = formats(place.path(), ".") else { continue };
        let document = json(&texts[0]);
        schemas.validate(&document, compiled).unwrap_or_else(|error| panic!("{name}: {error}"));
        let number = check_json(&name, &document);
        check_sarif(&name, &json(&texts[1]), number);
        check_github(&name, &texts[2]);
        assert_eq!(json(&texts[3]).as_array().map(Vec::len), Some(number), "{name}");
        check_junit(&name, &texts[4], number);
        seen.documents += 1;
        seen.findings += number;
        if seen.documents % 4 == 0 {
            seen.tolerated += check_baseline(&name, place.path());
        }
        if texts[0].contains("\"certain\": true") {
            seen.repaired += usize::from(check_repairs(&name, place.path(), &document));
        }
    }
    let Seen { documents, findings, tolerated, repaired } = seen;
    assert!(documents > 250 && findings > 1000, "{documents} documents, {findings} findings");
    assert!(tolerated > 100 && repaired > 20, "{tolerated} tolerated, {repaired} repaired");
}

/// How much was looked at.
#[derive(Default)]
struct Seen {
    documents: usize,
    findings: usize,
    tolerated: usize,
    repaired: usize,
}

/// The counts of a document are right, and no two findings have one fingerprint.
fn check_json(name: &str, document: &Value) -> usize {
    let list = document["findings"].as_array().expect("a list");
    let of = |level: &str| list.iter().filter(|finding| finding["level"] == level).count();
    for (field, level) in [("errors", "error"), ("unfinished", "unfinished"), ("advice", "advice")]
    {
        assert_eq!(document[field], of(level), "{name}");
    }
    let mut prints: Vec<&str> =
        list.iter().filter_map(|finding| finding["fingerprint"].as_str()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), list.len(), "{name}: a fingerprint stands for one finding");
    list.len()
}

fn check_github(name: &str, text: &str) {
    for line in text.lines() {
        let kinds = ["::error file=", "::warning file=", "::notice file="];
        let is_command = kinds.iter().any(|kind| line.starts_with(kind));
        assert!(is_command || line.starts_with("Not shown"), "{name}: {line}");
    }
}

fn check_junit(name: &str, text: &str, number: usize) {
    let junit = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let told = ["failure", "skipped"]
        .map(|tag| junit.descendants().filter(|node| node.has_tag_name(tag)).count());
    assert_eq!(told.iter().sum::<usize>(), number, "{name}");
}

/// A baseline tolerates all that it was made of, and nothing in it is fixed.
fn check_baseline(name: &str, folder: &Path) -> usize {
    run(folder, &["baseline", "write", ".", "-o", "base.txt"], b"");
    let arguments = ["validate", ".", "--baseline", "base.txt", "--format", "json"];
    let output = run(folder, &arguments, b"");
    let document = json(&String::from_utf8(output.stdout).expect("it is text"));
    let lines = fs::read_to_string(folder.join("base.txt")).expect("it was written");
    let lines = lines.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(document["baseline"]["fixed"], 0, "{name}");
    assert_eq!(document["baseline"]["tolerated"], lines, "{name}");
    assert_eq!((&document["unfinished"], &document["advice"]), (&0.into(), &0.into()), "{name}");
    fs::remove_file(folder.join("base.txt")).expect("it can be removed");
    lines
}

/// Repairs bring no error, keep the lines, and are made once. Says whether there was any.
fn check_repairs(name: &str, folder: &Path, before: &Value) -> bool {
    let original = state(folder);
    let arguments = ["validate", ".", "--fix", "--format", "json"];
    let output = run(folder, &arguments, b"");
    let after = json(&String::from_utf8(output.stdout).expect("it is text"));
    let once = state(folder);
    run(folder, &arguments, b"");
    assert_eq!(state(folder), once, "{name}: a second time changes nothing");
    let errors = |document: &Value| document["errors"].as_u64().expect("a number");
    assert!(errors(&after) <= errors(before), "{name}");
    for (file, text) in &once {
        let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(lines(text), lines(&original[file]), "{name}: lines stay");
    }
    once != original
}

/// What the schema of SARIF 2.1.0 asks of the parts that are used here.
fn check_sarif(name: &str, log: &Value, number: usize) {
    assert_eq!(log["version"], "2.1.0", "{name}");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules are described");
    for rule in rules {
        for field in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[field]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
        check_level(&rule["defaultConfiguration"]["level"]);
    }
    let results = run["results"].as_array().expect("there are results");
    assert_eq!(results.len(), number, "{name}");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("a rule has a number") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"], "{name}");
        check_level(&result["level"]);
        let place = &result["locations"][0]["physicalLocation"];
        check_region(&place["region"]);
        let uri = place["artifactLocation"]["uri"].as_str().expect("a file");
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{name}: {uri}");
        assert!(result["partialFingerprints"]["scrutinyFinding/v1"].is_string(), "{name}");
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0];
            assert_eq!(change["artifactLocation"]["uri"], uri, "{name}");
            check_region(&change["replacements"][0]["deletedRegion"]);
            assert!(change["replacements"][0]["insertedContent"]["text"].is_string(), "{name}");
        }
    }
}

fn check_level(level: &Value) {
    assert!(["error", "warning", "note"].iter().any(|word| level == word), "{level}");
}

fn check_region(region: &Value) {
    let number = |field: &str| region[field].as_u64().expect("a region has numbers");
    let (start, end) = ("startLine", "endLine");
    let (from, to) = ((number(start), number("startColumn")), (number(end), number("endColumn")));
    assert!(from.0 >= 1 && from.1 >= 1 && from <= to, "{region}");
}

/// An assessment in which every text that a person wrote is a secret, broken in many ways.
fn secrets(whole: &str) -> Vec<String> {
    let lines: Vec<&str> = whole.lines().collect();
    let mut texts = vec![whole.to_owned()];
    for (number, line) in lines.iter().enumerate() {
        let with = |other: String| {
            let mut lines: Vec<&str> = lines.clone();
            lines[number] = &other;
            lines.join("\n")
        };
        texts.push(lines[..number].join("\n"));
        texts.push(with(match number % 5 {
            0 => line.replacen("  ", "", 1),
            1 => line.replace(": |", ":"),
            2 => line.replacen(": ", " ", 1),
            3 => format!("{line}: \""),
            _ => format!("{line}\u{202e}"),
        }));
    }
    texts
}

#[test]
fn no_machine_format_holds_a_word_of_an_answer() {
    let whole = fs::read_to_string(root().join("tests/it/secret.yaml")).expect("it is there");
    assert!(whole.to_lowercase().matches("canary").count() > 50, "every text has its canary");
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path();
    let names: Vec<String> =
        MACHINE.iter().chain(&["human", "short"]).map(|format| format!("out.{format}")).collect();
    let mut arguments = vec!["validate", "a.yaml", "--force"];
    for name in &names {
        arguments.extend(["--format", &name[4..], "--output", name]);
    }
    let mut found = 0;
    for text in secrets(&whole) {
        fs::write(folder.join("a.yaml"), &text).expect("it can be written");
        let output = program(folder, &arguments, &[("CI", "true")]);
        let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert!(output.status.code().is_some_and(|code| code < 2), "{said}");
        assert!(!said.contains("canary"), "{said}");
        for name in &names {
            let shown = fs::read_to_string(folder.join(name)).expect("it was written");
            found += shown.matches("\"ruleId\"").count();
            assert!(!shown.to_lowercase().contains("canary"), "{name} of\n{text}\n{shown}");
        }
    }
    assert!(found > 1000, "{found} findings");
    fs::write(folder.join("a.yaml"), &whole).expect("it can be written");
    let baseline = run(folder, &["baseline", "write", "a.yaml"], b"").stdout;
    let baseline = String::from_utf8(baseline).expect("it is text");
    assert!(baseline.lines().count() > 20 && !baseline.to_lowercase().contains("canary"));
    let shown = run(folder, &["validate", "a.yaml"], b"").stdout;
    let shown = String::from_utf8_lossy(&shown).to_lowercase();
    assert!(shown.matches("canary").count() > 30, "people see the lines");
}

/// Runs the program with some of the environment set.
fn program(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs")
}

#[test]
fn a_pipeline_sees_the_lines_only_when_asked() {
    let case = root().join("tests/cases/machine-formats/json");
    let shown = |arguments: &[&str], ci: &str| {
        let arguments = [&["validate", "."], arguments].concat();
        String::from_utf8(program(&case, &arguments, &[("CI", ci)]).stdout).expect("it is text")
    };
    let usual = String::from_utf8(run(&case, &["validate", "."], b"").stdout).expect("it is text");
    assert!(usual.contains("rating: "), "{usual}");
    for off in ["", "false", "0"] {
        assert_eq!(shown(&[], off), usual);
    }
    assert_eq!(shown(&["--show-source"], "true"), usual);
    let bare = shown(&[], "true");
    assert!(!bare.contains("rating: ") && bare.contains("[unknown-rating]"), "{bare}");
    // A patch is made of lines of files.
    let patch = |more: &[&str]| {
        let arguments = [&["validate", "--fix", "--dry-run"], more, &["."]].concat();
        program(&case, &arguments, &[("CI", "true")])
    };
    let refused = patch(&[]);
    assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true));
    assert_eq!(patch(&["--show-source"]).status.code(), Some(0));
}

#[test]
fn a_job_summary_is_added_to() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let case = root().join("tests/cases/machine-formats/github");
    copy(&case, place.path(), &OWN);
    let summary = place.path().join("summary.md");
    fs::write(&summary, "# Before\n").expect("it can be written");
    let path = summary.to_string_lossy().into_owned();
    let arguments = ["validate", "scrutineer.yaml", "--format", "github"];
    program(place.path(), &arguments, &[("GITHUB_STEP_SUMMARY", &path)]);
    let written = fs::read_to_string(&summary).expect("it is there");
    assert!(written.starts_with("# Before\n## scrutiny\n\n1 file checked: 12 errors"), "{written}");
    assert!(written.contains("| error | scrutineer.yaml:4 | unclear-period |"), "{written}");
    assert!(written.find("| error |") < written.find("| advice |"), "{written}");
    let below_a_file = format!("{path}/summary.md");
    let missing = [("GITHUB_STEP_SUMMARY", below_a_file.as_str())];
    let output = program(place.path(), &arguments, &missing);
    assert_eq!(output.status.code(), Some(1), "the result counts, not its table");
    assert!(String::from_utf8_lossy(&output.stderr).contains("The job summary was not written"));
}

#[test]
fn fingerprints_do_not_depend_on_where_one_stands() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let inner = place.path().join("north");
    copy(&root().join("tests/cases/machine-formats/github"), &inner, &OWN);
    fs::create_dir(place.path().join(".git")).expect("it can be made");
    let from = |folder: &Path, path: &str, format: &str| {
        let output = run(folder, &["validate", path, "--quiet", "--format", format], b"");
        String::from_utf8(output.stdout).expect("it is text")
    };
    for format in ["sarif", "gitlab", "github"] {
        let above = from(place.path(), "north", format);
        assert!(above.contains("north/scrutineer.yaml"), "{above}");
        for path in [".", "scrutineer.yaml", "../north/scrutineer.yaml"] {
            assert_eq!(from(&inner, path, format), above, "{format} of {path}");
        }
    }
}

/// The bytes of all files in a folder.
fn state(folder: &Path) -> HashMap<PathBuf, Vec<u8>> {
    let all = files(folder).into_iter();
    all.map(|file| (file.clone(), fs::read(folder.join(file)).expect("it can be read"))).collect()
}
