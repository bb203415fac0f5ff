//! Programmes: the examples with every total counted by hand, and that nothing of one partnership
//! reaches an output that is made for another.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::program::{copy, files, root, run};
use super::start::as_json;

/// Each example with the files that are made from it.
const EXAMPLES: [&str; 2] = ["harrowdale", "ashcombe"];

/// The outputs that stand beside a programme, by format.
const OUTPUTS: [(&str, &str); 3] =
    [("markdown", "programme.md"), ("json", "programme.json"), ("ics", "programme.ics")];

#[test]
fn programmes_give_the_outputs_that_stand_beside_them() {
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    for example in EXAMPLES {
        let folder = root().join("examples").join(example);
        for (format, name) in OUTPUTS {
            let arguments = ["programme", "programme.yaml", "--format", format];
            let output = run(&folder, &arguments, b"");
            assert_eq!(output.status.code(), Some(0), "{example}");
            let kept = folder.join("programme").join(name);
            if is_update {
                fs::create_dir_all(kept.parent().expect("it has a folder")).expect("it is made");
                fs::write(&kept, &output.stdout).expect("an output can be kept");
            }
            let stands = fs::read(&kept).unwrap_or_default();
            assert!(stands == output.stdout, "{example}/{name} is not what its file gives now");
        }
    }
}

#[test]
fn the_schema_fits_every_programme_and_a_new_one() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), place.path(), &[]);
    let start =
        ["init", "--programme", "--checklist", "six-steps-2019", "--partnership", "Northmoor"];
    let start = [&start[..], &["--period", "2026-27", "-o", "new/programme.yaml"]].concat();
    fs::create_dir(place.path().join("new")).expect("a folder can be made");
    assert_eq!(run(place.path(), &start, b"").status.code(), Some(0));
    let beside = fs::read(place.path().join("new/scrutiny-programme.schema.json"));
    let printed = run(root(), &["schema", "programme"], b"").stdout;
    assert_eq!(beside.expect("the schema was written"), printed);
    let schema = serde_json::from_slice(&printed).expect("the schema is JSON");
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("programme.json", schema).expect("the schema is known");
    let mut schemas = boon::Schemas::new();
    let compiled = compiler.compile("programme.json", &mut schemas).expect("it is a schema");
    let fits = |text: &str| {
        let tree: serde_yaml::Value = serde_yaml::from_str(text).expect("it is YAML");
        schemas.validate(&as_json(&tree), compiled).map_err(|error| error.to_string())
    };
    let mut number = 0;
    for file in files(place.path()).iter().filter(|file| file.ends_with("programme.yaml")) {
        let text = fs::read_to_string(place.path().join(file)).expect("it can be read");
        assert_eq!(fits(&text), Ok(()), "{}", file.display());
        for (right, wrong) in [("as-at:", "asat:"), ("  expenses: outside", "  expenses: beside")] {
            let spoilt = text.replacen(right, wrong, 1);
            assert!(spoilt != text && fits(&spoilt).is_err(), "{}: {wrong}", file.display());
        }
        number += 1;
    }
    assert_eq!(number, EXAMPLES.len() + 1);
}

fn published(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[&["programme", "programme.yaml"], arguments].concat(), b"");
    serde_json::from_slice(&output.stdout).expect("the value is JSON")
}

fn holds(value: &Value, expected: &[(&str, &str)]) {
    for (path, wanted) in expected {
        let found = value.pointer(path).unwrap_or(&Value::Null);
        assert_eq!(found.as_str(), Some(*wanted), "{path}");
    }
}

/// Counted by hand from examples/harrowdale/programme.yaml.
///
/// Planned: activities 5 + 2 + 4 + 2.5 + 3 + 2 = 18.5; meetings M-01 1.5, M-02 2, M-03 2, M-04 1,
/// M-05 0.5, M-06 1, M-07 0.5, M-08 1, together 9.5; the deep dive 6. In all 34.
/// Used: activities 2 + 2.5 + 1 + 0 + 1.5 + 0 = 7; meetings 1 + 1 + 1 + 0.5 + 0.5 + 0 + 0.5 + 0.5 = 5;
/// the deep dive 2.5. In all 14.5.
/// Still planned: activities 3 + 0 (done) + 3 + 2.5 + 1.5 + 2 = 12; meetings 0.5 + 1 + 1 + 0.5 + 0 +
/// 0.5 + 0 + 0.5 = 4; the deep dive 3.5. In all 19.5, and 14.5 + 19.5 = 34: the half day that the
/// visit took more is the half day of the meeting that was missed.
/// Money: 34 × £620 = £21,080; 14.5 × £620 = £8,990; 35 × £650 = £22,750. Expenses 46.80 + 18.40 +
/// 12.60 = £77.80, beside the fee: £9,067.80 so far, £21,157.80 expected.
#[test]
fn the_first_example_adds_up() {
    let value = published(&root().join("examples/harrowdale"), &["--format", "json"]);
    holds(
        &value,
        &[
            ("/days/cap", "35"),
            ("/days/planned", "34"),
            ("/days/used", "14.5"),
            ("/days/still_planned", "19.5"),
            ("/days/expected", "34"),
            ("/money/planned_fee", "21080.00"),
            ("/money/fee", "8990.00"),
            ("/money/expected_fee", "21080.00"),
            ("/money/fee_cap", "22750.00"),
            ("/money/expenses", "77.80"),
            ("/money/so_far", "9067.80"),
            ("/money/expected", "21157.80"),
            ("/money/cost_cap", "22500.00"),
        ],
    );
    // P-06 was to be finished in August: 30 days before 30 September. R-03 was promised by the 4th.
    let late: Vec<(Option<&str>, Option<i64>)> = value["late"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (item["id"].as_str(), item["days_late"].as_i64()))
        .collect();
    assert_eq!(late, [(Some("P-06"), Some(30)), (Some("R-03"), Some(26))]);
    let met = |id: &str| {
        let groups = value["meetings"].as_array().expect("a list");
        groups.iter().find(|own| own["id"] == id).expect("it is there")["is_met"].as_bool()
    };
    // Of the four subgroups one was attended, one need not be, two are still to be seen.
    assert_eq!(
        ["M-04", "M-05", "M-06", "M-07"].map(met),
        [Some(true), Some(true), Some(false), Some(false)]
    );
}

/// Counted by hand from examples/ashcombe/programme.yaml.
///
/// Planned: three launches and six learning hubs at half a day, 4.5; talks 3, the report 2, planning
/// 3; four boards 2. In all 14.5. Used: 0.5 + 1 + 0.5 + 0.5 + 0.5 = 3 for what was done, talks 1.5,
/// planning 1, two boards 1. In all 6.5. Still planned: 4 × 0.5 = 2, talks 1.5, the report 2, planning
/// 2, two boards 1. In all 8.5, and 6.5 + 8.5 = 15, which is the cap to the half day.
/// Money: 14.5 × £800 = £11,600; 6.5 × £800 = £5,200; 15 × £800 = £12,000. Expenses 2 × 31.50 = £63,
/// beside the fee: £5,263 so far, £12,063 expected.
#[test]
fn the_second_example_adds_up() {
    let folder = root().join("examples/ashcombe");
    let value = published(&folder, &["--format", "json"]);
    holds(
        &value,
        &[
            ("/days/cap", "15"),
            ("/days/planned", "14.5"),
            ("/days/used", "6.5"),
            ("/days/still_planned", "8.5"),
            ("/days/expected", "15"),
            ("/money/planned_fee", "11600.00"),
            ("/money/fee", "5200.00"),
            ("/money/expected_fee", "12000.00"),
            ("/money/fee_cap", "12000.00"),
            ("/money/expenses", "63.00"),
            ("/money/so_far", "5263.00"),
            ("/money/expected", "12063.00"),
        ],
    );
    assert_eq!(value["warnings"].as_array().map(Vec::len), Some(0));
    let clean = run(&folder, &["validate", "."], b"");
    assert!(String::from_utf8_lossy(&clean.stdout).contains("nothing to report"));

    // Half a day more on what was done, and the cap is passed.
    let text = fs::read_to_string(folder.join("programme.yaml")).expect("the example can be read");
    let more = text.replacen("used: 1\n    expenses", "used: 1.5\n    expenses", 1);
    assert_ne!(more, text);
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("programme.yaml"), more).expect("it can be written");
    let found = run(place.path(), &["validate", "--format", "short", "programme.yaml"], b"");
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.contains("15.5 of 15") && found.contains("[over-days]"), "{found}");
    let value = published(place.path(), &["--format", "json"]);
    holds(&value, &[("/days/expected", "15.5"), ("/money/expected", "12463.00")]);
}

/// A text in every field that a person writes, of which nothing may reach the other partnership.
fn write_partnership(folder: &Path, name: &str, canary: &str) {
    fs::create_dir_all(folder).expect("a folder can be made");
    let settings = format!(
        "partnership = \"{name}\"\nshort-name = \"{canary}-short\"\nmarking = \"{canary}-marking\"\n"
    );
    let programme = format!(
        "\
scrutiny: programme # {canary}-comment
checklist: bexley-2018
partnership: {name}
year: 2026-27
scrutineer: {canary} role
as-at: 2026-09-30
summary: {canary} summary
notes: {canary} notes
budget: {{days: 15, day-rate: 800}}
activities:
  - {{id: {canary}-P, what: {canary} what, how: {canary} how, when: 2026-10-05, planned: 1, notes: {canary}}}
meetings:
  - {{id: {canary}-M, group: {canary} group, dates: [2026-10-06]}}
information:
  - {{id: {canary}-R, what: {canary} data, asked-of: {canary} agency, asked: 2026-09-01, promised: 2026-09-15}}
challenges:
  - {{id: {canary}-C, date: 2026-05-01, to: {canary} executive, what: {canary} challenge, review-by: 2026-10-07}}
deep-dives:
  - id: {canary}-D
    title: {canary} dive
    lines-of-enquiry: [{canary} line]
    stages: {{scope-agreed: {{planned: 2026-10-08}}}}
"
    );
    let assessment = format!(
        "\
scrutiny: assessment
checklist: bexley-2018
partnership: {name}
period: 2026-27 Q2
perspective: scrutineer
as-at: 2026-09-30
ratings:
  1.1: {{answer: too-early, because: {canary} because, review-by: 2026-10-09}}
  1.2:
    answer: {canary} answer
    evidence: [{{source: {canary} source, review-by: 2026-10-10}}]
    actions: [{{id: {canary}-A, task: {canary} task, lead: {canary} lead, due: 2026-10-09}}]
"
    );
    for (file, text) in [
        ("scrutiny.toml", settings),
        ("programme.yaml", programme),
        ("scrutineer.yaml", assessment),
    ] {
        fs::write(folder.join(file), text).expect("a file can be written");
    }
}

const NORTH: (&str, &str) = ("Northmoor Partnership", "canary-of-the-north");
const WEST: (&str, &str) = ("Westhaven Partnership", "canary-of-the-west");

#[test]
fn nothing_of_one_partnership_reaches_another() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let region = place.path();
    write_partnership(&region.join("north"), NORTH.0, NORTH.1);
    write_partnership(&region.join("west"), WEST.0, WEST.1);
    let mut outputs = 0;
    for ((name, own), (_, other)) in [(NORTH, WEST), (WEST, NORTH)] {
        let folder = if own == NORTH.1 { "north" } else { "west" };
        for format in ["human", "markdown", "json", "ics"] {
            let file = format!("{folder}/programme.yaml");
            let output = run(region, &["programme", &file, "--format", format], b"");
            check_output(&output.stdout, own, other);
            outputs += 1;
        }
        for format in ["human", "markdown", "csv", "json", "ics"] {
            let base = ["due", ".", "--as-at", "2026-10-01", "--format", format];
            let output = run(region, &[&base[..], &["--partnership", name]].concat(), b"");
            check_output(&output.stdout, own, other);
            let into = format!("split-{folder}-{format}");
            let split = ["--split-by", "partnership", "-o", &into];
            run(region, &[&base[..], &split].concat(), b"");
            let made = files(&region.join(&into));
            assert_eq!(made.len(), 2, "a file for each partnership");
            let named = made.iter().filter(|file| {
                let stem = name.to_lowercase().replace(' ', "-");
                file.to_string_lossy().contains(&stem)
            });
            for file in named {
                let text = fs::read(region.join(&into).join(file)).expect("it can be read");
                check_output(&text, own, other);
                outputs += 1;
            }
            outputs += 1;
        }
    }
    assert_eq!(outputs, 2 * (4 + 5 * 2));
}

fn check_output(bytes: &[u8], own: &str, other: &str) {
    // A calendar cuts its lines.
    let text = String::from_utf8_lossy(bytes).replace("\r\n ", "").to_lowercase();
    assert!(text.contains(own), "the output says nothing of its own: {text}");
    assert!(!text.contains(other), "{other} in an output for {own}: {text}");
    assert!(!text.contains("notes") && !text.contains("-comment"), "{text}");
}

/// In the list for both, no row holds text of two partnerships.
#[test]
fn rows_of_a_joint_list_belong_to_one_partnership() {
    let place = tempfile::tempdir().expect("a temporary folder");
    write_partnership(&place.path().join("north"), NORTH.0, NORTH.1);
    write_partnership(&place.path().join("west"), WEST.0, WEST.1);
    let arguments = ["due", ".", "--as-at", "2026-10-01", "--format", "json"];
    let output = run(place.path(), &arguments, b"");
    let value: Value = serde_json::from_slice(&output.stdout).expect("the value is JSON");
    let rows = value["due"].as_array().expect("a list");
    // Activity, meeting, request, challenge, stage, question, evidence and action, of each.
    assert_eq!(rows.len(), 16);
    for row in rows {
        let (own, other) =
            if row["partnership"] == NORTH.0 { (NORTH.1, WEST.1) } else { (WEST.1, NORTH.1) };
        let text = row.to_string();
        assert!(text.contains(own) && !text.contains(other), "{text}");
    }
}

#[test]
fn programmes_are_the_same_bytes_wherever_they_are_made() {
    let examples = root().join("examples");
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&examples.join("harrowdale"), place.path(), &[]);
    for format in ["markdown", "json", "ics"] {
        let arguments = ["programme", "programme.yaml", "--format", format];
        let first = run(place.path(), &arguments, b"").stdout;
        let from_above =
            run(&examples, &["programme", "harrowdale/programme.yaml", "--format", format], b"");
        assert!(!first.is_empty() && first == from_above.stdout, "the folder counts: {format}");
    }
}

/// Whoever takes in the calendar of actions and that of what is due has each action once.
#[test]
fn an_action_has_one_identifier_in_both_calendars() {
    let place = tempfile::tempdir().expect("a temporary folder");
    write_partnership(&place.path().join("north"), NORTH.0, NORTH.1);
    let identifiers = |arguments: &[&str]| -> Vec<String> {
        let output = run(place.path(), arguments, b"");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let actions = identifiers(&["actions", "north", "--format", "ics"]);
    let due = identifiers(&["due", "north", "--as-at", "2026-10-01", "--format", "ics"]);
    assert_eq!((actions.len(), due.len()), (1, 8));
    assert!(due.contains(&actions[0]), "{actions:?} {due:?}");
}
