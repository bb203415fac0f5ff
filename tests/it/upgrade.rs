//! Upgrades: what became of each question between two editions is told as it was planted, and an
//! assessment goes over with nothing lost and nothing guessed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::program::{copy, root, run};

const OLD: &str = "checklists/vale-2025.toml";
const NEW: &str = "checklists/vale-2027.toml";
const MAPPING: &str = "checklists/to-2027.toml";

/// Old ids, new ids, what became of the words, in what way they moved, what else changed.
type Row = [String; 5];

fn planted() -> BTreeSet<Row> {
    let text = fs::read_to_string(root().join("tests/upgrade/planted.txt")).expect("it is there");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| -> Row {
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        cells.try_into().expect("a row has five cells")
    };
    lines.map(row).collect()
}

fn dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

#[test]
fn every_planted_change_is_told_as_it_was_planted() {
    let folder = root().join("tests/upgrade");
    let output = run(&folder, &["checklist", "compare", OLD, NEW, "--format", "json"], b"");
    assert_eq!(output.status.code(), Some(0));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let join = |list: &serde_json::Value, key: &str, sign: &str| {
        let list = list.as_array().expect("a list");
        let words: Vec<&str> = list.iter().filter_map(|own| own[key].as_str()).collect();
        dash(words.join(sign))
    };
    let row = |link: &serde_json::Value| -> Row {
        [
            join(&link["old"], "id", " "),
            join(&link["new"], "id", " "),
            link["class"].as_str().expect("a class").to_owned(),
            dash(link["moved"].as_str().unwrap_or_default().to_owned()),
            join(&link["changes"], "what", "; "),
        ]
    };
    let told: BTreeSet<Row> =
        told["questions"].as_array().expect("a list").iter().map(row).collect();
    let planted = planted();
    let unlike = |row: &&Row| row[2] != "same" || row[4] != "-";
    assert!(planted.iter().filter(unlike).count() >= 40, "40 changes are planted");
    for class in ["cosmetic", "moved", "reworded", "split", "merged", "new", "retired"] {
        assert!(planted.iter().filter(|row| row[2] == class).count() >= 3, "{class}");
    }
    let missing: Vec<&Row> = planted.difference(&told).collect();
    let other: Vec<&Row> = told.difference(&planted).collect();
    assert!(missing.is_empty() && other.is_empty(), "planted {missing:?}, told {other:?}");
}

/// Takes an assessment over in two runs; gives the text of the new one.
fn upgrade(folder: &Path, file: &str, to: &str, mapping: &str) -> String {
    let arguments = ["migrate", file, "--to", to, "--mapping", mapping, "-o", "new.yaml"];
    let first = run(folder, &arguments, b"");
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    assert!(!folder.join("new.yaml").exists(), "the mapping is to be read first");
    let second = run(folder, &arguments, b"");
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(0), "{said}");
    fs::read_to_string(folder.join("new.yaml")).expect("it was written")
}

fn comments(text: &str) -> Vec<&str> {
    let behind = |line: &'_ str| line.find("# ").map(|at| at..line.len());
    text.lines().filter_map(|line| behind(line).map(|range| line[range].trim_end())).collect()
}

#[test]
fn an_assessment_goes_over_whole() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("tests/upgrade"), place.path(), &["planted.txt", "expected.yaml"]);
    let new = upgrade(place.path(), "self.yaml", NEW, MAPPING);
    let kept = root().join("tests/upgrade/expected.yaml");
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        fs::write(&kept, &new).expect("it can be kept");
    }
    assert_eq!(new, fs::read_to_string(kept).unwrap_or_default());
    let old = fs::read_to_string(place.path().join("self.yaml")).expect("it is there");
    for comment in comments(&old).into_iter().filter(|own| !own.contains("$schema")) {
        assert!(new.contains(comment), "{comment} is lost");
    }
    // Every question that was answered and has no place of its own is an orphan.
    let output = run(place.path(), &["validate", "--format", "short", "new.yaml"], b"");
    assert_eq!(output.status.code(), Some(0));
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    let ids = |rows: &dyn Fn(&Row) -> bool| -> BTreeSet<String> {
        let rows = planted().into_iter().filter(|row| rows(row));
        rows.flat_map(|row| row[0].split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let orphans = ids(&|row| ["split", "merged", "retired"].contains(&row[2].as_str()));
    assert_eq!(orphans.len(), 13);
    for id in orphans.iter().map(String::as_str).chain(["3.3", "5.5", "c3"]) {
        let names =
            [format!("Question {id} is no longer"), format!("Question {id}-2025 is no longer")];
        assert!(names.iter().any(|name| found.contains(name)), "{id} is no orphan: {found}");
    }
    assert_eq!(found.matches("[orphan-answer]").count(), 16, "{found}");
    for id in ids(&|row| row[2] == "reworded") {
        let new_id = planted().into_iter().find(|row| row[0] == id).map(|row| row[1].clone());
        let name = format!("[stale-wording]; question {},", new_id.expect("it has a successor"));
        assert!(found.contains(&name), "{id} is not stale: {found}");
    }
    assert_eq!(found.matches("[stale-wording]").count(), 9, "{found}");
}

#[test]
fn run_twice_it_changes_nothing() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("tests/upgrade"), place.path(), &["planted.txt", "expected.yaml"]);
    let new = upgrade(place.path(), "self.yaml", NEW, MAPPING);
    let again = |file: &str, more: &[&str]| {
        let arguments = ["migrate", file, "--to", NEW, "--mapping", MAPPING];
        let output = run(place.path(), &[&arguments, more].concat(), b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
        fs::read_to_string(place.path().join("new.yaml")).expect("it is there")
    };
    assert_eq!(again("self.yaml", &["-o", "new.yaml"]), new, "the same file once more");
    assert_eq!(again("new.yaml", &["--in-place"]), new, "the new file");
    assert_eq!(again("new.yaml", &["-o", "newer.yaml"]), new, "the new file to another");
    assert!(!place.path().join("newer.yaml").exists());
    // What goes over in place is what goes over to another file.
    let before = fs::read(place.path().join("self.yaml")).expect("it is there");
    let arguments = ["migrate", "self.yaml", "--to", NEW, "--mapping", MAPPING, "--in-place"];
    assert_eq!(run(place.path(), &arguments, b"").status.code(), Some(0));
    let now = fs::read(place.path().join("self.yaml")).expect("it is there");
    assert_ne!(now, before);
    assert_eq!(now, new.as_bytes());
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn word(&mut self) -> String {
        const PARTS: [&str; 14] =
            ["ba", "co", "di", "fu", "ga", "he", "ji", "ko", "lu", "ma", "ne", "po", "ra", "su"];
        (0..2 + self.below(2)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    fn sentence(&mut self) -> String {
        (0..6 + self.below(8)).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// A question as both editions could have it: id, wording, kind.
type Asked = (String, String, &'static str);

fn edition(year: &str, steps: &[(String, Vec<Asked>)], context: &[Asked]) -> String {
    let mut text = format!(
        "scrutiny = \"checklist\"\nid = \"made-{year}\"\ntitle = \"Made\"\nedition = \"{year}\"\n\
         attribution = \"Nobody.\"\nscale = \"rag\"\n\n[[scales.rag]]\nvalue = \"green\"\n\n\
         [[scales.rag]]\nvalue = \"red\"\n"
    );
    let question = |(id, ask, kind): &Asked, table: &str| {
        format!(
            "\n[[{table}]]\nid = \"{id}\"\ntitle = \"T\"\nask = \"{ask}?\"\nkind = \"{kind}\"\n"
        )
    };
    for (id, questions) in steps {
        text.push_str(&format!("\n[[step]]\nid = \"{id}\"\ntitle = \"Step {id} of it\"\n"));
        questions.iter().for_each(|own| text.push_str(&question(own, "step.question")));
    }
    context.iter().for_each(|own| text.push_str(&question(own, "context")));
    text
}

/// A later edition: questions are dropped, moved, reworded, split, merged and added at random.
fn later(
    dice: &mut Dice,
    steps: &[(String, Vec<Asked>)],
    context: &[Asked],
) -> (Vec<(String, Vec<Asked>)>, Vec<Asked>) {
    let all: Vec<Asked> = steps.iter().flat_map(|(_, own)| own.clone()).collect();
    let mut now: Vec<(usize, String, &'static str)> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let (_, ask, kind) = &all[at];
        let step = at / 4;
        let mut words: Vec<&str> = ask.split(' ').collect();
        match dice.below(9) {
            0 => {}
            1 => now.push(((step + 1) % steps.len(), ask.clone(), kind)),
            2 => {
                let place = dice.below(words.len());
                let other = dice.word();
                words[place] = &other;
                now.push((step, words.join(" "), kind));
            }
            3 => {
                let (one, two) = words.split_at(words.len() / 2);
                now.push((step, one.join(" "), kind));
                now.push((step, two.join(" "), kind));
            }
            4 if at + 1 < all.len() => {
                now.push((step, format!("{ask} {}", all[at + 1].1), kind));
                at += 1;
            }
            5 => now.push((step, ask.clone(), if *kind == "rag" { "text" } else { "rag" })),
            6 => now.push((step, dice.sentence(), kind)),
            _ => now.push((step, ask.clone(), kind)),
        }
        at += 1;
    }
    let mut made: Vec<(String, Vec<Asked>)> = Vec::new();
    for (number, (id, _)) in steps.iter().enumerate() {
        let own = now.iter().filter(|(step, _, _)| *step == number);
        let mut own: Vec<Asked> = own
            .enumerate()
            .map(|(place, (_, ask, kind))| (format!("{id}.{}", place + 1), ask.clone(), *kind))
            .collect();
        if own.is_empty() && dice.below(2) == 0 {
            own.push((format!("{id}.1"), dice.sentence(), "rag"));
        }
        if !own.is_empty() {
            made.push((if dice.below(5) == 0 { format!("N{id}") } else { id.clone() }, own));
        }
    }
    if made.is_empty() {
        made.push(("1".to_owned(), vec![("1.1".to_owned(), dice.sentence(), "rag")]));
    }
    let mut context: Vec<Asked> = context.to_vec();
    context.rotate_left(1);
    context.truncate(2);
    (made, context)
}

/// An assessment that answers an edition in several manners of writing; and every text in it.
fn assessment(
    dice: &mut Dice,
    steps: &[(String, Vec<Asked>)],
    context: &[Asked],
) -> (String, Vec<String>) {
    let mut texts = Vec::new();
    let mut say = |dice: &mut Dice| {
        let text = dice.sentence();
        texts.push(text.clone());
        text
    };
    let mut text = "scrutiny: assessment\nchecklist: made-2025.toml\npartnership: Made\nperiod: \
                    2026-27\nperspective: self\nas-at: 2026-09-30\n\ncontext:\n"
        .to_owned();
    for (id, _, _) in context {
        text.push_str(&match dice.below(3) {
            0 => format!("  {id}: {}\n", say(dice)),
            1 => format!("  {id}: |\n    {}\n\n    {}\n  # C-{id}\n", say(dice), say(dice)),
            _ => format!("  {id}:\n    answer: {}   # C-{id}\n", say(dice)),
        });
    }
    text.push_str("\nexpect:\n  red: 1\n  steps:\n");
    for (step, _) in steps {
        text.push_str(&match dice.below(2) {
            0 => format!("    {step}: {{red: 1{step}}}   # T-{step}\n"),
            _ => format!("    # T-{step}\n    {step}:\n      red: 1{step} # U-{step}\n"),
        });
    }
    text.push_str("\nratings:\n");
    let mut number = 0;
    for (step, questions) in steps {
        for (id, _, kind) in questions {
            let key = if *kind == "rag" { "rating: green" } else { "answer: word" };
            match dice.below(5) {
                0 => {
                    text.push_str(&format!("  {id}: {{{key}, because: {}}} # C-{id}\n", say(dice)))
                }
                1 => {}
                _ => {
                    text.push_str(&format!(
                        "  # C-{id}\n  {id}:\n    {key} # D-{id}\n    because: |\n"
                    ));
                    text.push_str(&format!("      {}\n\n        {}\n", say(dice), say(dice)));
                    if dice.below(2) == 0 {
                        number += 1;
                        text.push_str(&format!(
                            "    actions:\n      # E-{id}\n      - id: A-{number}\n        covers: [{step}.1, {step}.2]\n        task: {}\n",
                            say(dice)
                        ));
                    }
                }
            }
        }
    }
    text.push_str("\nsteps:\n");
    for (step, _) in steps {
        number += 1;
        text.push_str(&format!(
            "  {step}:\n    summary: |\n      {}\n    actions:\n      # F-{step}\n      - id: A-{number}\n        covers:\n          - {step}.1 # G-{step}\n          - {step}.2\n        task: |\n          {}\n            {}\n    # H-{step}\n",
            say(dice),
            say(dice),
            say(dice)
        ));
    }
    text.push_str(&format!(
        "\nactions:\n  - {{id: A-99, covers: [1, 2.1], task: {}}}\n",
        say(dice)
    ));
    (text, texts)
}

#[test]
fn nothing_is_lost_whatever_the_editions() {
    const RUNS: u64 = 40;
    let mut orphans = 0;
    for seed in 1..=RUNS {
        let dice = &mut Dice(seed);
        let steps: Vec<(String, Vec<Asked>)> = (1..=4)
            .map(|step| {
                let question = |number| {
                    let kind = if dice.below(5) == 0 { "text" } else { "rag" };
                    (format!("{step}.{number}"), dice.sentence(), kind)
                };
                (step.to_string(), (1..=4).map(question).collect())
            })
            .collect();
        let context: Vec<Asked> =
            (1..=3).map(|number| (format!("c{number}"), dice.sentence(), "text")).collect();
        let (new_steps, new_context) = later(dice, &steps, &context);
        let (text, texts) = assessment(dice, &steps, &context);
        let place = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            fs::write(place.path().join(name), text).expect("it can be written");
        };
        write("made-2025.toml", &edition("2025", &steps, &context));
        write("made-2027.toml", &edition("2027", &new_steps, &new_context));
        let text = if seed % 3 == 0 { text.replace('\n', "\r\n") } else { text };
        write("old.yaml", &text);
        let new = upgrade(place.path(), "old.yaml", "made-2027.toml", "map.toml");
        for text in &texts {
            assert!(new.contains(text.as_str()), "seed {seed}: {text} is lost from\n{new}");
        }
        for mark in text.split("# ").skip(1).filter_map(|rest| rest.split_whitespace().next()) {
            assert!(new.contains(&format!("# {mark}")), "seed {seed}: comment {mark} is lost");
        }
        let ids = |text: &str| text.matches("id: A-").count();
        assert_eq!(ids(&text), ids(&new), "seed {seed}: every action is there once");
        for (step, _) in &steps {
            let totals = |text: &str| text.matches(&format!("red: 1{step}")).count();
            assert_eq!(totals(&text), totals(&new), "seed {seed}: totals of {step} in\n{new}");
        }
        assert_eq!(new.contains("\r\n"), seed % 3 == 0, "seed {seed}: lines end as they did");
        assert!(!new.replace("\r\n", "").contains('\r'));
        let judged = run(place.path(), &["validate", "--format", "short", "new.yaml"], b"");
        let found = String::from_utf8_lossy(&judged.stdout).into_owned();
        assert_eq!(judged.status.code(), Some(0), "seed {seed}: {found}\n{new}");
        orphans += found.matches("[orphan-answer]").count();
        let same = ["migrate", "new.yaml", "--to", "made-2027.toml", "--mapping", "map.toml"];
        assert!(run(place.path(), &same, b"").stdout.is_empty(), "seed {seed}");
    }
    assert!(orphans > 100, "{orphans} orphans were made");
}
