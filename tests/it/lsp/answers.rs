//! What the server answers: explanations, suggestions, places, repairs, outlines.

use std::fs;

use serde_json::{Value, json};

use super::client::{Editor, Open, address, examples, lines, offset, position, state};
use super::ours;
use crate::program::{copy, files, root, run};

const NORTHMOOR: &str = "northmoor/2026-27-q2/scrutineer.yaml";

#[test]
fn explains_questions_ratings_and_keys() {
    let place = examples();
    let mut open = Open::file(place.path(), NORTHMOOR);
    let question = open.hover("\n  1¦.1:\n");
    assert!(question.starts_with("**1.1 "), "{question}");
    assert!(question.contains("**Green**:") && question.contains("**Red**:"), "{question}");
    assert!(question.contains("\n- "), "its points: {question}");
    assert!(open.hover("\n    rat¦ing: amber").contains("amber: "));
    let value = open.hover("\n    rating: am¦ber");
    assert!(value.starts_with("**Amber**") && value.contains("It needs"), "{value}");
    assert!(open.hover("check¦list: six-steps-2019").contains("comes with scrutiny"));
    let checklist = open.hover("checklist: six-¦steps-2019");
    assert!(
        checklist.contains("Six Steps")
            && checklist.contains("scrutiny checklist show six-steps-2019")
    );
    assert!(open.hover("status: fi¦nal").contains("unfinished"));
    assert_eq!(open.hover("partners lead¦ well together").as_str(), "", "prose is not explained");
    assert_eq!(open.hover("# Prose sta¦nds"), "");
    assert_eq!(open.editor.close(), 0);
}

#[test]
fn suggests_what_can_stand_there() {
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("scrutiny.toml"), "[[agency]]\nid = \"hospital\"\nlabel = \"General\"\n\n[evidence]\nmethods = [\"mystery-shopping\"]\n\n[findings]\nweak\n").expect("it can be written");
    let text = "\
scrutiny: assessment
checklist: six-steps-2019
partnership: Northmoor
period: 2026-27 Q2
perspective: s
status: 
context:
  c
ratings:
  1
  1.1:
    rating: gr
    be
    wording: 
    evidence:
      - method: x
        voice: [chi]
      - ref: E
    actions:
      - {id: A-01, sta}
      - id: A-02
        status: 
    because: |
      some prose: 
steps:
  2:
    actions:
      - covers: [2]
evidence:
  E-07:
    source: Audit of referrals
";
    let mut open = Open::text(place.path(), "a.yaml", text);
    let mut has = |marked: &str, with: &[&str], without: &[&str]| {
        let labels = open.labels(marked);
        for label in with {
            assert!(labels.iter().any(|own| own == label), "{label} at {marked}: {labels:?}");
        }
        for label in without {
            assert!(!labels.iter().any(|own| own == label), "{label} at {marked}: {labels:?}");
        }
    };
    has("checklist: six¦", &["six-steps-2019", "young-scrutineers"], &["green"]);
    has("perspective: s¦", &["scrutineer", "self", "hospital"], &[]);
    has("status: ¦\ncontext", &["draft", "final"], &["closed"]);
    has("context:\n  c¦", &["c1", "c18"], &["1.1"]);
    has("ratings:\n  1¦\n", &["1.2", "6.4"], &["1.1", "c1", "rating"]);
    has("rating: gr¦", &["green", "amber", "red", "too-early"], &["draft"]);
    has("\n    be¦\n", &["remaining", "views"], &["rating", "because", "task"]);
    has("- method: x¦", &["interview", "mystery-shopping"], &["children"]);
    has("voice: [chi¦]", &["children", "families"], &["interview"]);
    has("- ref: E¦", &["E-07"], &[]);
    has("{id: A-01, sta¦}", &["status", "due"], &["id", "rating"]);
    has("        status: ¦\n    because", &["open", "closed"], &["draft"]);
    has("some prose: ¦", &[], &["green", "because"]);
    has("covers: [2¦]", &["2.1"], &["1.1"]);
    assert_eq!(open.labels("some prose: ¦").len(), 0);
    assert!(open.completed("rating: gr¦", "green").contains("    rating: green\n"));
    assert!(open.completed("\n    be¦\n", "remaining").contains("\n    remaining: \n"));
    assert!(open.completed("ratings:\n  1¦\n", "1.2").contains("ratings:\n  1.2:\n"));
    let wording = open.completed("wording: ¦\n", &fingerprint());
    assert!(wording.contains(&format!("wording: {}\n", fingerprint())));
    assert_eq!(open.editor.close(), 0);

    let settings = fs::read_to_string(place.path().join("scrutiny.toml")).expect("it was written");
    let mut open = Open::text(place.path(), "scrutiny.toml", &settings);
    assert!(open.labels("[findings]\nweak¦").contains(&"weak-verb".to_owned()));
    assert!(open.completed("[findings]\nweak¦", "weak-verb").contains("\nweak-verb = \n"));
    assert_eq!(open.editor.close(), 0);
}

/// The fingerprint of question 1.1, as the program shows it.
fn fingerprint() -> String {
    let shown = run(root(), &["checklist", "show", "six-steps-2019"], b"").stdout;
    let shown = String::from_utf8(shown).expect("it is text");
    let line =
        shown.lines().find(|line| line.trim_start().starts_with("1.1 ")).expect("a question");
    line.rsplit_once('(').expect("a fingerprint").1.trim_end_matches(')').to_owned()
}

#[test]
fn answers_at_every_place_of_an_example() {
    let place = examples();
    let before = state(place.path());
    let all = [
        "thornbeck/young-scrutineers/scrutineer.yaml",
        "thornbeck/audit/agreed.yaml",
        "harrowdale/programme.yaml",
        "saltmere/checklists/saltmere-2026.toml",
        "saltmere/scrutiny.toml",
    ];
    let mut asked = 0;
    for file in all {
        let Open { mut editor, address, text } = Open::file(place.path(), file);
        let mut waiting = Vec::new();
        for (offset, _) in text.char_indices() {
            let at =
                json!({ "textDocument": { "uri": address }, "position": position(&text, offset) });
            for method in ["completion", "hover", "definition"] {
                waiting.push((
                    method,
                    offset,
                    editor.request(&format!("textDocument/{method}"), at.clone()),
                ));
            }
            if waiting.len() > 200 {
                asked += settle(&mut editor, &mut waiting, &text);
            }
        }
        asked += settle(&mut editor, &mut waiting, &text);
        assert_eq!(editor.close(), 0);
    }
    assert!(asked > 30_000, "{asked}");
    assert_eq!(state(place.path()), before, "nothing is written");
}

/// Takes the answers that are waited for, and says how many they were.
fn settle(editor: &mut Editor, waiting: &mut Vec<(&str, usize, u64)>, text: &str) -> usize {
    for (method, at, id) in waiting.iter() {
        let reply = editor.reply(*id);
        assert!(reply.get("error").is_none(), "{method} at {at}: {reply}");
        let result = &reply["result"];
        match *method {
            "completion" => {
                for item in result.as_array().expect("a list") {
                    // What is replaced is on the line of the cursor, and in the text.
                    let range = &item["textEdit"]["range"];
                    assert_eq!(range["start"]["line"], range["end"]["line"]);
                    offset(text, &range["start"]);
                    offset(text, &range["end"]);
                }
            }
            "hover" if !result.is_null() => {
                let range = &result["range"];
                assert!(offset(text, &range["start"]) <= *at && *at <= offset(text, &range["end"]));
                assert!(result["contents"]["value"].as_str().is_some_and(|text| text.len() > 2));
            }
            _ => {}
        }
    }
    let answered = waiting.len();
    waiting.clear();
    answered
}

#[test]
fn goes_to_the_question_in_the_checklist() {
    let place = examples();
    let mut open = Open::file(place.path(), "saltmere/2026-27-q2/scrutineer.yaml");
    let checklist = place.path().join("saltmere/checklists/saltmere-2026.toml");
    let text = fs::read_to_string(&checklist).expect("an example");
    let target = open.ask("definition", "\n  3¦.5:\n");
    assert_eq!(target["uri"], address(&checklist));
    let start = offset(&text, &target["range"]["start"]);
    assert!(
        text[start..].starts_with("\"3.5\"\ntitle = \"Whose voices"),
        "{}",
        &text[start..start + 30]
    );
    let target = open.ask("definition", "saltmere-2¦026.toml");
    assert_eq!(target["uri"], address(&checklist));
    // A question that is taken over stands in the checklist that comes with the program: in no file.
    assert_eq!(open.ask("definition", "\n  1¦.1:\n"), Value::Null);
    assert!(open.hover("\n  1¦.1:\n").contains("**"));
    // Where the checklist is open, it is named as the editor names it.
    let odd = address(&checklist).replace("checklists", "%63hecklists");
    open.editor.open_text(&odd, &format!("# moved down\n{text}"));
    let target = open.ask("definition", "\n  3¦.5:\n");
    assert_eq!(target["uri"], odd);
    assert_eq!(target["range"]["start"]["line"], lines(&text[..start]).len());
    assert_eq!(open.editor.close(), 0);
}

#[test]
fn outlines_an_assessment_by_step() {
    let place = examples();
    let mut open = Open::file(place.path(), NORTHMOOR);
    let document = json!({ "textDocument": { "uri": open.address } });
    let symbols = open.editor.ask("textDocument/documentSymbol", document);
    let names: Vec<&str> =
        symbols.as_array().expect("a list").iter().filter_map(|own| own["name"].as_str()).collect();
    assert!(
        names[0] == "context" && names[1].starts_with("1 ") && names[6].starts_with("6 "),
        "{names:?}"
    );
    let questions = symbols[1]["children"].as_array().expect("questions");
    assert!(questions.len() > 2, "{questions:?}");
    assert!(questions[0]["name"].as_str().is_some_and(|name| name.starts_with("1.1 ")));
    assert!(
        ["green", "amber", "red"].contains(&questions[0]["detail"].as_str().unwrap_or_default())
    );
    let inner = |own: &Value, outer: &Value| {
        let at = |range: &Value, end: &str| offset(&open.text, &range[end]);
        at(&own["range"], "start") >= at(&outer["range"], "start")
            && at(&own["range"], "end") <= at(&outer["range"], "end")
            && at(&own["selectionRange"], "start") >= at(&own["range"], "start")
            && at(&own["selectionRange"], "end") <= at(&own["range"], "end")
    };
    assert!(questions.iter().all(|own| inner(own, &symbols[1])));
    assert_eq!(open.editor.close(), 0);

    let mut open = Open::file(place.path(), "saltmere/checklists/saltmere-2026.toml");
    let document = json!({ "textDocument": { "uri": open.address } });
    let symbols = open.editor.ask("textDocument/documentSymbol", document);
    let named = |own: &Value| own["name"].as_str().unwrap_or_default().to_owned();
    let tables: Vec<String> = symbols.as_array().expect("a list").iter().map(named).collect();
    assert_eq!(tables, ["reword", "add", "drop"]);
    assert_eq!(named(&symbols[1]["children"][0]), "3.5 Whose voices are missing");
    assert_eq!(symbols[1]["children"][0]["children"], json!([]));
    assert!(open.labels("id = \"3¦.1\"\nask").contains(&"3.1".to_owned()));
    assert_eq!(open.editor.close(), 0);
}

#[test]
fn repairs_take_their_finding_away() {
    let place = examples();
    let text = fs::read_to_string(place.path().join(NORTHMOOR)).expect("an example");
    let wrong = text
        .replacen("    rating: amber", "    rating: ambr", 1)
        .replacen("    because: |", "    becuase: |", 1)
        .replacen("as-at: 2026-09-30", "as-at: 30/09/2026", 1);
    let mut open = Open::text(place.path(), NORTHMOOR, &wrong);
    let before = open.editor.findings(&open.address.clone(), 1);
    let mut version = 1;
    let actions = open.actions();
    let titles: Vec<&str> = actions.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Write 2026-09-30", "Write because", "Write amber"], "{titles:?}");
    let address = open.address.clone();
    for (title, text) in &actions {
        version += 1;
        open.editor.change(&address, version, json!([{ "text": text }]));
        let after = open.editor.findings(&address, version);
        assert_eq!(after.len(), before.len() - 1, "{title}");
    }
    assert_eq!(open.editor.close(), 0);
    assert_eq!(fs::read_to_string(place.path().join(NORTHMOOR)).expect("it is there"), text);
}

#[test]
fn confirms_the_wording_that_a_question_has_now() {
    let case = root().join("tests/cases/stale-wording");
    let mut confirmed = 0;
    for case in fs::read_dir(case).expect("there are cases") {
        let place = tempfile::tempdir().expect("a temporary folder");
        copy(&case.expect("a case").path(), place.path(), &["cmd", "expected.txt"]);
        for file in ours(place.path()) {
            if file.ends_with(".toml") {
                continue;
            }
            let mut open = Open::file(place.path(), &file);
            let address = open.address.clone();
            let is_stale =
                |list: &[Value]| list.iter().filter(|own| own["code"] == "stale-wording").count();
            let before = is_stale(&open.editor.findings(&address, 1));
            for (title, text) in open.actions() {
                if title.starts_with("Confirm that the answer to ") {
                    open.editor.change(&address, 2, json!([{ "text": text }]));
                    assert_eq!(is_stale(&open.editor.findings(&address, 2)), before - 1, "{title}");
                    open.editor.change(&address, 3, json!([{ "text": open.text }]));
                    open.editor.findings(&address, 3);
                    confirmed += 1;
                }
            }
            assert_eq!(open.editor.close(), 0);
        }
    }
    assert!(confirmed >= 1, "{confirmed}");
}

#[test]
fn what_is_typed_counts_before_it_is_saved() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        fs::write(place.path().join(name), text).expect("it can be written");
        address(&place.path().join(name))
    };
    let text = "scrutiny: assessment\ncheclist: tiny.toml\n";
    let file = write("a.yaml", text);
    let settings = write("scrutiny.toml", "partnership = \"Northmoor\"\n");
    let checklist = write("tiny.toml", &tiny("Is there a plan?"));
    let mut editor = Editor::open(place.path());
    let codes = |list: &[Value]| -> Vec<String> {
        list.iter().filter_map(|own| own["code"].as_str().map(str::to_owned)).collect()
    };
    editor.open_text(&file, text);
    assert!(codes(&editor.findings(&file, 1)).contains(&"unknown-key".to_owned()));
    // A letter is typed, and the mistake is gone; characters count as UTF-16 has them.
    let text = "# 😀\nscrutiny: assessment\nchecklist: tiny.toml\npartnership: Northmoor\nperiod: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\nratings:\n  1.1: {rating: green, because: '😀 é', evidence: [Plan], wording: 000000, notes: '😀', becuase: x}\n";
    editor.change(&file, 2, json!([{ "text": text }]));
    let found = editor.findings(&file, 2);
    let at = |code: &str| {
        let own = found.iter().find(|own| own["code"] == code).unwrap_or_else(|| panic!("{code}"));
        let range = &own["range"];
        text[offset(text, &range["start"])..offset(text, &range["end"])].to_owned()
    };
    assert_eq!(at("stale-wording"), "000000");
    // Settings that are not saved yet.
    editor.open_text(&settings, "partnership = \"Southmoor\"\n");
    let found = editor.findings(&file, 2);
    assert!(codes(&found).contains(&"other-partnership".to_owned()), "{found:?}");
    // A checklist that is not saved yet: the answer is to a question that is gone.
    editor.open_text(&checklist, &tiny("Is there a plan?").replace("\"1.1\"", "\"1.2\""));
    let found = editor.findings(&file, 2);
    assert!(
        codes(&found).iter().any(|own| own == "unknown-question" || own == "orphan-answer"),
        "{found:?}"
    );
    // What is closed counts as it is on the disk.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": settings } }));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": checklist } }));
    editor.change(&file, 3, json!([]));
    let found = codes(&editor.findings(&file, 3));
    assert!(
        !found.iter().any(|own| own == "other-partnership" || own == "unknown-question"),
        "{found:?}"
    );
    // A text that is not ours is left alone, and so is one that is no file.
    editor.open_text("untitled:Untitled-1", "name: ci\non: push\n");
    assert_eq!(editor.findings("untitled:Untitled-1", 1), Vec::<Value>::new());
    editor.open_text("untitled:Untitled-2", "scrutiny: assessment\nchecklist: six-steps-2019\n");
    assert!(codes(&editor.findings("untitled:Untitled-2", 1)).contains(&"missing-key".to_owned()));
    assert_eq!(editor.close(), 0);
    assert_eq!(files(place.path()).len(), 3, "nothing is written");
}

fn tiny(ask: &str) -> String {
    format!(
        "scrutiny = \"checklist\"\nid = \"tiny\"\ntitle = \"Tiny\"\nedition = \"2026\"\nattribution = \"Nobody\"\nscale = \"rag\"\n\n[[scales.rag]]\nvalue = \"green\"\n\n[[scales.rag]]\nvalue = \"red\"\n\n[[step]]\nid = \"1\"\ntitle = \"First\"\n\n[[step.question]]\nid = \"1.1\"\ntitle = \"Plan\"\nask = \"{ask}\"\n"
    )
}
