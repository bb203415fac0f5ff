//! What is started by the program is right from the first minute, gives the same bytes twice, and
//! loses nothing on the way from one period to the next.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::program::{copy, files, root, run};
use super::schemas::{Held, yaml};

const SHIPPED: [&str; 11] = [
    "bexley-2018",
    "northumberland-2023",
    "scrutiny-survey-2022",
    "six-steps-2019",
    "warwickshire-2025",
    "agency-audit-scores",
    "annual-nine-criteria",
    "arrangements-review",
    "scrutineer-terms",
    "scrutiny-functions",
    "young-scrutineers",
];

const EXAMPLES: [&str; 4] = [
    "northmoor/2026-27-q2/scrutineer.yaml",
    "harrowdale/2026-27-h1/scrutineer.yaml",
    "saltmere/2026-27-q2/scrutineer.yaml",
    "saltmere/2026-27-q2/self.yaml",
];

/// Runs the program, which must end well, and returns what it printed.
fn good(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, b"");
    let printed = String::from_utf8(output.stdout).expect("the program prints UTF-8");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {printed}{complaint}");
    printed
}

/// The findings on a path, of which none may be an error.
fn findings(folder: &Path, path: &str) -> String {
    let found = good(folder, &["validate", "--format", "short", path]);
    assert!(!found.contains(": error:"), "{path}: {found}");
    found
}

const FLAGS: [&str; 4] =
    ["--partnership", "Northmoor: a \"partnership\" # of ours", "--period", "2026-27 Q2"];

/// Starts an assessment on a shipped checklist.
fn start(folder: &Path, checklist: &str, file: &str) -> String {
    let flags = ["init", "--checklist", checklist, "-o", file];
    good(folder, &[flags.as_slice(), &FLAGS].concat());
    fs::read_to_string(folder.join(file)).expect("it was written")
}

#[test]
fn a_new_assessment_is_right_on_every_checklist() {
    for checklist in SHIPPED {
        let place = tempfile::tempdir().expect("a temporary folder");
        let text = start(place.path(), checklist, "q2/scrutineer.yaml");
        let found = findings(place.path(), "q2/scrutineer.yaml");
        let kinds: BTreeSet<&str> =
            found.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
        let usual = ["missing-as-at", "unanswered-context", "unrated-question"];
        assert!(kinds.iter().all(|kind| usual.contains(kind)), "{checklist}: {kinds:?}");
        assert!(text.starts_with("# yaml-language-server: $schema="), "{checklist}");
        good(place.path(), &["fmt", "--check", "q2/scrutineer.yaml"]);
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(longest <= 90, "{checklist}: a line of {longest} characters");
        let again = start(place.path(), checklist, "q2/again.yaml");
        assert!(text == again.replace("again.yaml", "scrutineer.yaml"), "{checklist}");
        let printed =
            good(place.path(), &[["init", "--checklist", checklist].as_slice(), &FLAGS].concat());
        assert!(text == printed.replace("assess FILE", "assess scrutineer.yaml"), "{checklist}");
        // What is found by a walk through the folder is known for what it is.
        assert!(findings(place.path(), ".").contains("q2/again.yaml"), "{checklist}");
    }
}

#[test]
fn a_new_assessment_can_be_filled_in() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let text = start(place.path(), "six-steps-2019", "scrutineer.yaml");
    let question = |text: &str, id: &str| {
        let at = text.find(&format!("\n  {id}:\n")).expect("the question is there");
        (text[..at].to_owned(), text[at..].to_owned())
    };
    let fill = |text: String, id: &str, rating: &str| {
        let (before, after) = question(&text, id);
        let after = after
            .replacen("    rating:     #", &format!("    rating: {rating} #"), 1)
            .replacen("because: |\n", &format!("because: |\n      As: we {id} \"saw\".\n"), 1)
            .replacen("    evidence:   #", "    evidence:   #\n      - The plan: 2026\n    #", 1)
            .replacen("remaining: |\n", &format!("remaining: |\n      The rest of {id}.\n"), 1)
            .replacen(
                "    actions:    #",
                &format!(
                    "    actions:\n      - id: A-{}\n        task: Write it down for {id}\n        \
                     lead: Police\n        due: 2026-12-18\n    #",
                    id.replace('.', "")
                ),
                1,
            );
        // The plan is a text with a colon in it, and stands in quotes as people are told.
        before + &after.replace("- The plan: 2026", "- \"The plan: 2026\"")
    };
    let text = fill(fill(fill(text, "1.1", "Amber"), "2.3", "green"), "6.4", "red");
    fs::write(place.path().join("scrutineer.yaml"), text).expect("it can be written");
    let found = findings(place.path(), "scrutineer.yaml");
    assert_eq!(found.matches("[unrated-question]").count(), 21, "{found}");
    assert_eq!(found.matches(": unfinished:").count(), 22, "{found}");
}

#[test]
fn the_next_period_follows_from_every_example() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), place.path(), &[]);
    for file in EXAMPLES {
        let folder = place.path().join(file.split('/').next().expect("a folder"));
        let file = file.split_once('/').expect("a path").1;
        let name = file.rsplit('/').next().expect("a name");
        let next = format!("next/{name}");
        good(&folder, &["init", "--from", file, "-o", &next]);
        let found = findings(&folder, &next);
        assert!(!found.contains("[orphan-answer]"), "{file}: {found}");
        good(&folder, &["fmt", "--check", &next]);
        let (before, after) = (actions(&folder, file), actions(&folder, &next));
        let goes_on = |row: &&Vec<String>| !["closed", "dropped"].contains(&row[1].as_str());
        let expected: Vec<Vec<String>> = before.iter().filter(goes_on).cloned().collect();
        assert!(!expected.is_empty() || file.contains("self"), "{file} carries nothing");
        assert_eq!(sorted(expected), sorted(after), "{file}");
        let text = fs::read_to_string(folder.join(&next)).expect("it was written");
        let mut ratings = text.lines().filter(|line| line.trim_start().starts_with("rating: "));
        assert!(ratings.all(|line| line.contains(": ") && line.contains("   # green")), "{file}");
        good(&folder, &["init", "--from", file, "-o", &next, "--force"]);
        assert!(fs::read_to_string(folder.join(&next)).expect("it is there") == text, "{file}");
        // And the next after the next, which knows where each action began.
        let last = format!("last/{name}");
        good(&folder, &["init", "--from", &next, "-o", &last]);
        findings(&folder, &last);
        let again = fs::read_to_string(folder.join(&last)).expect("it was written");
        let lineage = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim);
            lines.filter(|line| line.starts_with("carried-from:")).map(str::to_owned).collect()
        };
        assert_eq!(lineage(&text), lineage(&again), "{file}");
    }
}

/// The actions of a file: id, status, task, lead, due date and success.
fn actions(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.join(file)).expect("it can be read");
    let tree: serde_yaml::Value = serde_yaml::from_str(&text).expect("it is YAML");
    let mut found = Vec::new();
    gather(&tree, &mut found);
    found
}

fn gather(node: &serde_yaml::Value, found: &mut Vec<Vec<String>>) {
    for action in node.get("actions").and_then(serde_yaml::Value::as_sequence).into_iter().flatten()
    {
        let text = |key: &str| {
            let value = action.get(key).and_then(serde_yaml::Value::as_str);
            value.unwrap_or_default().trim().to_owned()
        };
        let status = if text("status").is_empty() { "open".to_owned() } else { text("status") };
        found.push(vec![
            text("id"),
            status,
            text("task"),
            text("lead"),
            text("due"),
            text("success"),
        ]);
    }
    if let Some(map) = node.as_mapping() {
        map.values().for_each(|value| gather(value, found));
    }
}

fn sorted(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.sort();
    rows
}

#[test]
fn a_folder_for_a_partnership_is_right_and_whole() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let flags = ["init", "--workspace", "north", "--checklist", "six-steps-2019"];
    let command = [flags.as_slice(), &FLAGS].concat();
    good(place.path(), &command);
    let made = files(place.path());
    assert_eq!(made.len(), 6, "{made:?}");
    let found = findings(place.path(), "north");
    assert!(!found.contains("[other-partnership]"), "{found}");
    // All or nothing: with one of the files in the way, none of the others is made again.
    fs::remove_file(place.path().join("north/.gitignore")).expect("it is there");
    assert_eq!(run(place.path(), &command, b"").status.code(), Some(2));
    assert!(!place.path().join("north/.gitignore").exists());
    // The commands that the page shows can be typed as they stand.
    let page = fs::read_to_string(place.path().join("north/README.md")).expect("it was written");
    let shown: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("    scrutiny ")).collect();
    assert_eq!(shown.len(), 5, "{page}");
    for command in shown {
        good(&place.path().join("north"), &command.split(' ').collect::<Vec<&str>>());
    }
}

#[test]
fn the_schema_fits_every_example_and_every_new_file() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), place.path(), &[]);
    let schema = |checklist: Option<&str>| {
        let flags: Vec<&str> = checklist.map(|id| vec!["--checklist", id]).unwrap_or_default();
        let printed = good(place.path(), &[&["schema", "assessment"], flags.as_slice()].concat());
        Held::to(&printed)
    };
    let general = schema(None);
    let check = |schema: &Held, file: &str| {
        let text = fs::read_to_string(place.path().join(file)).expect("it can be read");
        let tree = yaml(&text).expect("it is YAML");
        assert_eq!(schema.fault(&tree), None, "{file}");
        tree
    };
    let own = ["six-steps-2019", "warwickshire-2025", "saltmere/checklists/saltmere-2026.toml"];
    let own = [own[0], own[1], own[2], own[2]];
    for (file, checklist) in EXAMPLES.iter().zip(own) {
        check(&general, file);
        let tree = check(&schema(Some(checklist)), file);
        // It is strict about keys that nobody knows, and about values that the scale does not have.
        for (wrong, right) in [("becuase:", "because:"), ("rating: grene", "rating: green")] {
            let text = fs::read_to_string(place.path().join(file)).expect("it can be read");
            let spoilt = text.replacen(right, wrong, 1);
            assert!(spoilt != text, "{file} has no {right}");
            let spoilt = yaml(&spoilt).expect("it is YAML");
            assert!(spoilt != tree);
            assert!(schema(Some(checklist)).fault(&spoilt).is_some(), "{wrong}");
        }
    }
    for checklist in SHIPPED {
        let file = format!("new/{checklist}.yaml");
        start(place.path(), checklist, &file);
        check(&general, &file);
        check(&schema(Some(checklist)), &file);
    }
}
