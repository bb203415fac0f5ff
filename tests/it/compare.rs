//! Perspectives side by side: what was planted is what is found, whatever the order of the files and
//! wherever they stand; and what is started from the views can be read again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::cases;
use super::program::{copy, root, run};

const RATINGS: [&str; 3] = ["green", "amber", "red"];
const PERSPECTIVES: [&str; 3] = ["self", "police", "scrutineer"];
const STEPS: usize = 3;
const QUESTIONS: usize = 5;

/// Numbers that are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, range: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % range
    }
}

/// What each perspective says of each question: a rating, not applicable, too early, or nothing yet.
type Planted = Vec<(String, [&'static str; 3])>;

fn plant(seeded: &mut Seeded) -> Planted {
    const WORDS: [&str; 8] =
        ["green", "amber", "red", "green", "amber", "not-applicable", "too-early", ""];
    let ids = (1..=STEPS).flat_map(|step| (1..=QUESTIONS).map(move |own| format!("{step}.{own}")));
    let is_alike = |number: usize| number < 2;
    ids.map(|id| {
        let first = WORDS[seeded.next(WORDS.len())];
        let mut word = || match is_alike(seeded.next(4)) {
            true => first,
            false => WORDS[seeded.next(WORDS.len())],
        };
        (id, [first, word(), word()])
    })
    .collect()
}

/// The agenda as it follows from what was planted: question and distance, worked out the plain way.
fn expected(planted: &Planted) -> Vec<(String, Option<usize>)> {
    let rank = |word: &&str| RATINGS.iter().position(|rating| rating == word);
    let mut apart: Vec<(usize, usize)> = Vec::new();
    let mut applies: Vec<usize> = Vec::new();
    for (index, (_, words)) in planted.iter().enumerate() {
        let ranks: Vec<usize> = words.iter().filter_map(rank).collect();
        let distance = ranks.iter().max().unwrap_or(&0) - ranks.iter().min().unwrap_or(&0);
        match distance {
            1.. => apart.push((distance, index)),
            0 if !ranks.is_empty() && words.contains(&"not-applicable") => applies.push(index),
            0 => {}
        }
    }
    apart.sort_by_key(|(distance, index)| (usize::MAX - distance, *index));
    let id = |index: usize| planted[index].0.clone();
    let apart = apart.into_iter().map(|(distance, index)| (id(index), Some(distance)));
    apart.chain(applies.into_iter().map(|index| (id(index), None))).collect()
}

fn checklist() -> String {
    let mut text = "scrutiny = \"checklist\"\nid = \"planted\"\ntitle = \"Planted\"\nedition = \
                    \"2026\"\nattribution = \"Made for a test\"\nscale = \"rag\"\n"
        .to_owned();
    for rating in RATINGS {
        write!(text, "\n[[scales.rag]]\nvalue = \"{rating}\"\n").expect("text");
    }
    for step in 1..=STEPS {
        write!(text, "\n[[step]]\nid = \"{step}\"\ntitle = \"Step {step}\"\n").expect("text");
        for question in 1..=QUESTIONS {
            let id = format!("{step}.{question}");
            write!(
                text,
                "\n[[step.question]]\nid = \"{id}\"\ntitle = \"Title {id}\"\nask = \"Is {id} \
                 so?\"\nnot-applicable = true\n"
            )
            .expect("text");
        }
    }
    text
}

fn assessment(planted: &Planted, index: usize, partnership: &str, reasons: &str) -> String {
    let perspective = PERSPECTIVES[index];
    let mut text = format!(
        "scrutiny: assessment\nchecklist: planted.toml\npartnership: {partnership}\nperiod: \
         2026-27 Q2\nperspective: {perspective}\nas-at: 2026-09-30\nratings:\n"
    );
    for (id, words) in planted {
        let review = if words[index] == "too-early" { ", review-by: 2027-03-31" } else { "" };
        if !words[index].is_empty() {
            writeln!(text, "  {id}: {{rating: {}, because: {reasons} {id}{review}}}", words[index])
                .expect("text");
        }
    }
    text
}

fn write_all(folder: &Path, planted: &Planted, partnership: &str, reasons: &str) {
    fs::create_dir_all(folder).expect("a folder can be made");
    let write = |name: &str, text: String| fs::write(folder.join(name), text).expect("written");
    write("planted.toml", checklist());
    for (index, perspective) in PERSPECTIVES.into_iter().enumerate() {
        write(&format!("{perspective}.yaml"), assessment(planted, index, partnership, reasons));
    }
}

fn stdout(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, b"");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// The agenda as the program publishes it.
fn found(folder: &Path) -> Vec<(String, Option<usize>)> {
    let text = stdout(folder, &["compare", ".", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let questions = value["questions"].as_array().expect("a list");
    let distance = |id: &str| {
        let own = questions.iter().find(|question| question["id"] == id).expect("it is shown");
        assert_eq!(own["outcome"], "differ", "{id}");
        own["distance"].as_u64().map(|distance| usize::try_from(distance).expect("small"))
    };
    let agenda = value["agenda"].as_array().expect("a list");
    let differing = questions.iter().filter(|question| question["outcome"] == "differ").count();
    assert_eq!(agenda.len(), differing, "every difference is on the agenda, once");
    let ids = agenda.iter().map(|id| id.as_str().expect("an id"));
    ids.map(|id| (id.to_owned(), distance(id))).collect()
}

#[test]
fn three_perspectives_give_exactly_the_planted_agenda() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut seeded = Seeded(2026);
    let mut differences = 0;
    for _ in 0..300 {
        let planted = plant(&mut seeded);
        write_all(place.path(), &planted, "Northmoor", "Seen in");
        let expected = expected(&planted);
        assert_eq!(found(place.path()), expected, "{planted:?}");
        differences += expected.len();
    }
    assert!(differences > 1000, "{differences} differences were planted");
}

#[test]
fn neither_the_order_of_the_files_nor_the_place_counts() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("north/q2");
    write_all(&folder, &plant(&mut Seeded(7)), "Northmoor", "Seen in");
    for format in ["human", "markdown", "json"] {
        let compare = |folder: &Path, files: [&str; 3]| {
            let [first, second, third] = files;
            stdout(folder, &["compare", first, second, third, "--format", format])
        };
        let one = compare(&folder, ["self.yaml", "police.yaml", "scrutineer.yaml"]);
        assert_eq!(one, compare(&folder, ["scrutineer.yaml", "self.yaml", "police.yaml"]));
        let names = ["north/q2/police.yaml", "north/q2/scrutineer.yaml", "north/q2/self.yaml"];
        assert_eq!(one, compare(place.path(), names), "the folder counts");
        assert_eq!(one, stdout(place.path(), &["compare", "north", "--format", format]));
        assert!(!one.contains('%'), "{one}");
    }
}

#[test]
fn nothing_of_another_partnership_appears() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let planted = plant(&mut Seeded(11));
    write_all(&place.path().join("north"), &planted, "Northmoor", "Seen in");
    write_all(&place.path().join("south"), &planted, "Southmere", "Canary in");
    for command in ["compare", "moderate"] {
        let alone = stdout(place.path(), &[command, "north"]);
        assert!(!alone.contains("Canary") && !alone.contains("Southmere"), "{alone}");
        let both = run(place.path(), &[command, "north", "south"], b"");
        assert_eq!(both.status.code(), Some(2), "two partnerships are never put together");
        let complaint = String::from_utf8_lossy(&both.stderr).into_owned();
        assert!(both.stdout.is_empty() && !complaint.contains("Canary"), "{complaint}");
    }
}

#[test]
fn what_is_started_from_the_views_can_be_filled_in() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path();
    let mut seeded = Seeded(1989);
    for _ in 0..40 {
        let planted = plant(&mut seeded);
        write_all(folder, &planted, "Northmoor", "Seen in");
        let views = ["self.yaml", "police.yaml", "scrutineer.yaml"];
        let [first, second, third] = views;
        let arguments = ["moderate", first, second, third, "-o", "agreed.yaml", "--force"];
        stdout(folder, &arguments);
        let started = fs::read_to_string(folder.join("agreed.yaml")).expect("it was written");
        let judged = stdout(folder, &["validate", "agreed.yaml", "--format", "short"]);
        assert!(!judged.contains(": error:"), "{judged}");
        assert!(!started.contains("rating: green\n"), "nothing is taken for agreed: {started}");
        let filled = fill_in(&started);
        fs::write(folder.join("agreed.yaml"), &filled).expect("it can be filled in");
        let judged = run(folder, &["validate", "agreed.yaml", "--format", "short"], b"");
        let shown = String::from_utf8_lossy(&judged.stdout).into_owned();
        assert_eq!(judged.status.code(), Some(0), "{shown}");
        assert!(!shown.contains("unfinished"), "{shown}");
        let again = ["moderate", ".", "-o", "agreed.yaml", "--force"];
        stdout(folder, &again);
        let kept = fs::read_to_string(folder.join("agreed.yaml")).expect("it was written");
        assert_eq!(kept, filled, "what was agreed is kept, byte for byte");
    }
}

/// Fills every question in, as if the meeting had settled on Amber.
fn fill_in(started: &str) -> String {
    // The last answer has its room at the end of the file.
    let filled = format!("{started}\n")
        .replace("    rating:\n", "    rating: amber\n")
        .replace("    reason: |\n\n", "    reason: |\n      The audit settled it.\n\n")
        .replace("    because: |\n\n", "    because: |\n      Half is there.\n\n")
        .replace("assessor:        #", "assessor: Independent Scrutineer and Chair   #")
        .replace("status: draft ", "status: final ");
    format!("{}\n", filled.trim_end_matches('\n'))
}

#[test]
fn what_is_started_is_laid_out_already() {
    let mut number = 0;
    let topics = ["cases/moderate/", "cases/compare/"];
    let is_one =
        |folder: &&PathBuf| topics.iter().any(|own| folder.to_string_lossy().contains(own));
    let examples =
        ["saltmere/2026-27-q2", "thornbeck/audit"].map(|own| root().join("examples").join(own));
    for folder in cases::folders().iter().filter(is_one).chain(&examples) {
        let place = tempfile::tempdir().expect("a temporary folder");
        let from = folder.to_string_lossy();
        let (whole, inner) = match from.split_once("examples/") {
            Some((_, inner)) => (root().join("examples"), inner.to_owned()),
            None => (folder.clone(), ".".to_owned()),
        };
        copy(&whole, place.path(), &[]);
        let started = format!("{inner}/started.yaml");
        let agreed = place.path().join(&inner).join("agreed.yaml");
        if agreed.exists() {
            fs::remove_file(agreed).expect("it can be removed");
        }
        if run(place.path(), &["moderate", &inner, "-o", &started], b"").status.code() != Some(0) {
            continue;
        }
        let checked = run(place.path(), &["fmt", "--check", &started], b"");
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert_eq!(checked.status.code(), Some(0), "{}: {said}", folder.display());
        number += 1;
    }
    assert!(number > 12, "{number} were started");
}
