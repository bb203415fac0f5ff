//! What `collate` must never give away, and what must not change what it prints.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::program::{root, run};
use super::survey;

/// Eight partnerships, each with words that nobody else has: in its names, its folder, its settings,
/// its checklist and all that it says.
const CANARIES: [&str; 8] =
    ["Wagtail", "Siskin", "Dunnock", "Fieldfare", "Redpoll", "Whinchat", "Brambling", "Ortolan"];

/// A task that all of them have in the same words.
const SHARED: &str = "Publish the data set that all agencies share";

const KEY: &str = "a key that only the test knows";

fn write(folder: &Path) {
    for (number, canary) in CANARIES.iter().enumerate() {
        let home = folder.join(canary.to_lowercase());
        fs::create_dir_all(&home).expect("a folder can be made");
        let put = |name: &str, text: String| {
            fs::write(home.join(name), text).expect("a file can be written");
        };
        put(
            "scrutiny.toml",
            format!(
                "partnership = \"{canary} Safeguarding Children Partnership\"\n\
                 short-name = \"{canary}\"\nmarking = \"{canary}-SENSITIVE\"\n\
                 [evidence]\nmethods = [\"{}-walk\"]\nvoices = [\"{}-leavers\"]\n\
                 [[agency]]\nid = \"{}-police\"\nlabel = \"{canary} Police\"\n",
                canary.to_lowercase(),
                canary.to_lowercase(),
                canary.to_lowercase(),
            ),
        );
        put("local.toml", local(canary));
        put(&format!("{}.yaml", canary.to_lowercase()), assessment(canary, number));
        let police = format!("perspective: {}-police", canary.to_lowercase());
        let other = assessment(canary, number).replace("perspective: scrutineer", &police);
        let other = other.replace("A-01", "A-03").replace("A-02", "A-04");
        put("police.yaml", other);
    }
}

fn local(canary: &str) -> String {
    let shipped = fs::read_to_string(root().join("checklists/six-steps-2019.toml"));
    let shipped = shipped.expect("a checklist can be read");
    let attribution = shipped.lines().find_map(|line| line.strip_prefix("attribution = \""));
    let attribution = attribution.and_then(|rest| rest.strip_suffix('"')).expect("an attribution");
    format!(
        "scrutiny = \"checklist\"\nid = \"local\"\ntitle = \"The {canary} steps\"\nedition = \
         \"{canary}\"\nextends = \"six-steps-2019\"\nattribution = \"{attribution} Changed by \
         {canary}.\"\n\n[[add]]\nstep = \"1\"\nid = \"1.9\"\ntitle = \"{canary} plan\"\nask = \"Is \
         the {canary} plan agreed?\"\nwhy = \"{canary}\"\n\n[[reword]]\nid = \"3.1\"\nask = \"Do \
         young people in {canary} shape the plan?\"\nwhy = \"{canary}\"\n\n[[drop]]\nid = \"4.2\"\n\
         why = \"{canary}\"\n"
    )
}

fn assessment(canary: &str, number: usize) -> String {
    let lower = canary.to_lowercase();
    let mut text = format!(
        "scrutiny: assessment\nchecklist: local.toml\npartnership: {canary} Safeguarding Children \
         Partnership\nperiod: 2026-27 Q2\nperspective: scrutineer\nassessor: {canary} scrutineer\n\
         as-at: 2026-09-30\nsummary: What {canary} does.\ncontext:\n  c1: The {canary} council.\n\
         ratings:\n"
    );
    for step in 1..=6 {
        for question in 1..=4 {
            if (step, question) == (4, 2) {
                continue;
            }
            let rating = ["green", "amber", "red"][(number * question + step) % 3];
            text.push_str(&format!(
                "  {step}.{question}:\n    rating: {rating}\n    because: Seen in {canary}, {step} \
                 {question}.\n    evidence:\n      - {{source: {canary} audit {step} {question}, \
                 method: {lower}-walk, voice: {lower}-leavers, says: {canary} said {step} \
                 {question}}}\n    remaining: More in {canary}, {step} {question}\n"
            ));
        }
    }
    text.push_str(&format!(
        "  1.9: {{rating: green, because: The {canary} plan.}}\nactions:\n  - {{id: A-01, task: \
         Review the {canary} plan, lead: {canary} council, due: 2026-12-18, covers: [1]}}\n  - {{id: \
         A-02, task: {SHARED}, lead: {canary} council, due: 2026-12-18, covers: [4.1]}}\n"
    ));
    text
}

fn collate(folder: &Path, arguments: &[&str]) -> String {
    let arguments = [&["collate"], arguments].concat();
    let output = run(folder, &arguments, b"");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{complaint}");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

#[test]
fn nothing_of_one_partnership_is_in_an_anonymous_or_a_public_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path());
    let mut looked_at = 0;
    for format in ["human", "markdown", "json", "csv"] {
        let anonymous = ["--anonymous", "--code-key", KEY];
        let public = ["--audience", "public"];
        for terms in [&anonymous[..], &public[..], &[&anonymous[..], &public[..]].concat()] {
            for more in [&[][..], &["--step", "1"], &["--question", "3.1"]] {
                let arguments = [&["."], terms, more, &["--format", format]].concat();
                let shown = collate(folder.path(), &arguments).to_lowercase();
                for canary in CANARIES {
                    assert!(!shown.contains(&canary.to_lowercase()), "{arguments:?}: {canary}");
                }
                assert!(!shown.contains(KEY), "{arguments:?} prints the key");
                looked_at += 1;
            }
        }
        // An internal output has the names, so that the test would see them.
        let shown = collate(folder.path(), &[".", "--format", format]);
        assert!(shown.contains("Wagtail"), "{format}");
    }
    assert_eq!(looked_at, 36);
}

#[test]
fn what_six_share_is_shown_in_public_and_never_in_an_anonymous_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path());
    assert!(
        collate(folder.path(), &[".", "--audience", "public"]).contains("Publish the data set")
    );
    let anonymous = collate(folder.path(), &[".", "--anonymous", "--code-key", KEY]);
    assert!(!anonymous.contains("Publish the data set"));
}

#[test]
fn codes_stay_the_same_for_one_key_and_differ_for_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path());
    let codes = |paths: &[&str], key: &str| -> Vec<String> {
        let arguments = [paths, &["--anonymous", "--format", "json", "--code-key", key]].concat();
        let collated: Value =
            serde_json::from_str(&collate(folder.path(), &arguments)).expect("JSON is printed");
        let members = collated["checklists"][0]["members"].as_array().expect("a list").clone();
        members.iter().map(|own| own["partnership"].to_string()).collect()
    };
    let all = codes(&["."], KEY);
    let some = codes(&["siskin", "ortolan"], KEY);
    assert_eq!((all.len(), some.len()), (8, 2));
    assert!(some.iter().all(|code| all.contains(code)));
    let others = codes(&["."], "another key that is long enough");
    assert!(others.iter().all(|code| !all.contains(code)));
}

#[test]
fn neither_the_order_of_files_nor_the_number_of_threads_matters() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    survey::write(folder.path());
    let mut files: Vec<String> = fs::read_dir(folder.path())
        .expect("the folder can be read")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let print = |files: &[String], threads: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
            .args(["collate", "--perspective", "self", "--format", "json"])
            .args(files)
            .current_dir(folder.path())
            .env_clear()
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .expect("the program runs");
        assert!(output.status.success());
        output.stdout
    };
    let first = print(&files, "1");
    assert!(first.len() > 10_000);
    assert_eq!(print(&files, "2"), first);
    files.reverse();
    assert_eq!(print(&files, "2"), first);
    // The same files under other names, so that they are read in another order.
    for (place, file) in files.iter().enumerate() {
        let other = folder.path().join(format!("{place:03}.yaml"));
        fs::rename(folder.path().join(file), other).expect("a file can be renamed");
    }
    let renamed: Vec<String> = (0..files.len()).map(|place| format!("{place:03}.yaml")).collect();
    let without_files = |json: &[u8]| {
        let text = String::from_utf8(json.to_vec()).expect("the program prints UTF-8");
        text.lines().filter(|line| !line.contains("\"file\"")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_files(&print(&renamed, "2")), without_files(&first));
}
