//! Drives the language server over its protocol, on the examples and on files that are broken while
//! they are typed.

mod answers;
mod client;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use client::{Editor, address, examples, offset, position, state};

#[cfg(unix)]
use super::program::left_out;
use super::program::{copy, files, root, run};

/// A finding: its rule, its level, and its bytes.
type Found = (String, String, [usize; 2]);

/// What `validate` finds in a file itself, and between it and the other files of its workspace.
fn validated(folder: &Path, file: &str, text: &str) -> Vec<Found> {
    // It counts lines by newlines, and columns in characters. An editor has no place inside a line end.
    let byte = |line: u64, column: u64| {
        let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
        let letters = text[start..].char_indices().nth(column as usize - 1);
        let at = letters.map_or(text.len(), |(at, _)| start + at);
        match text[..at].ends_with('\r') && text[at..].starts_with('\n') {
            true => at - 1,
            false => at,
        }
    };
    let findings = |path: &str| {
        let output = run(folder, &["validate", path, "--format", "json"], b"");
        let document: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        let all = document["findings"].as_array().expect("a list").clone();
        all.into_iter().filter(|finding| finding["path"] == file).collect::<Vec<_>>()
    };
    let mut own = findings(file);
    let is_workspace = |above: &&Path| folder.join(above).join("scrutiny.toml").is_file();
    if let Some(workspace) = Path::new(file).ancestors().skip(1).find(is_workspace) {
        let together = findings(&Path::new(".").join(workspace).to_string_lossy());
        let is_between = |finding: &Value| finding["rule"] == "duplicate-action";
        let more: Vec<Value> =
            together.into_iter().filter(|one| is_between(one) && !own.contains(one)).collect();
        own.extend(more);
    }
    let mut all: Vec<_> = own
        .iter()
        .map(|finding| {
            let number = |key: &str| finding[key].as_u64().expect("a number");
            let text = |key: &str| finding[key].as_str().expect("a text").to_owned();
            let start = byte(number("line"), number("column"));
            (text("rule"), text("level"), [start, byte(number("end-line"), number("end-column"))])
        })
        .collect();
    all.sort();
    all
}

/// The same of what a server told of a text, save that another file has errors.
fn told(text: &str, diagnostics: &[Value]) -> Vec<Found> {
    let one = |diagnostic: &Value| {
        assert_eq!(diagnostic["source"], "scrutiny");
        let level = match diagnostic["severity"].as_u64() {
            Some(1) => "error",
            Some(2) => "unfinished",
            _ => "advice",
        };
        let range = &diagnostic["range"];
        let place = [offset(text, &range["start"]), offset(text, &range["end"])];
        let rule = diagnostic["code"].as_str().expect("a rule").to_owned();
        (rule, level.to_owned(), place)
    };
    let own = diagnostics.iter().filter(|one| !says_another_is_broken(one));
    let mut all: Vec<_> = own.map(one).collect();
    all.sort();
    all
}

fn says_another_is_broken(diagnostic: &Value) -> bool {
    let message = diagnostic["message"].as_str().expect("a message");
    diagnostic["code"].is_null() && message.contains(" has errors: what depends on it cannot be")
}

#[test]
fn begins_and_ends_as_the_protocol_asks() {
    let place = examples();
    let mut editor = Editor::start(place.path());
    assert_eq!(editor.refused("textDocument/hover", json!({})), -32002);
    editor.tell("textDocument/didOpen", json!({ "textDocument": 1 }));
    editor.ask("initialize", json!({}));
    assert_eq!(editor.refused("initialize", json!({})), -32600);
    assert_eq!(editor.refused("workspace/unknown", json!({})), -32601);
    assert_eq!(editor.refused("textDocument/hover", json!({ "textDocument": {} })), -32602);
    editor.tell("workspace/unknown", json!({ "textDocument": [] }));
    editor.tell("$/setTrace", json!(null));
    assert_eq!(editor.close(), 0);

    let mut editor = Editor::open(place.path());
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(editor.refused("textDocument/hover", json!({})), -32600);
    drop(editor.input.take());
    assert_eq!(editor.end(), 0, "the editor said that it was going");

    let mut editor = Editor::open(place.path());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), 1, "nobody said goodbye");

    let mut editor = Editor::start(place.path());
    drop(editor.input.take());
    assert_eq!(editor.end(), 1, "the editor is gone");
}

#[test]
fn survives_what_is_no_message() {
    let place = examples();
    let mut editor = Editor::open(place.path());
    editor.write(b"hello\r\n\r\nContent-Type: x\r\nContent-Length: 5\r\n\r\n{\"a\":");
    assert_eq!(editor.next()["error"]["code"], -32700);
    editor.write(b"Content-Length: 4\r\n\r\n\"\xff\xfe\"");
    assert_eq!(editor.next()["error"]["code"], -32700);
    for odd in [json!([]), json!(1), json!("x"), json!({}), json!({ "method": 7, "params": {} })] {
        editor.send(&odd);
        assert_eq!(editor.next()["error"]["code"], -32600, "{odd}");
    }
    // An answer to a question that was never asked.
    editor.send(&json!({ "jsonrpc": "2.0", "id": 99, "result": null }));
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    editor.write(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes());
    assert_eq!(editor.next()["error"]["code"], -32700);
    // A message that is too large is passed over, and what follows it is read.
    let large = 65 * 1024 * 1024;
    editor.write(format!("Content-Length: {large}\r\n\r\n").as_bytes());
    let part = vec![b'x'; 1024 * 1024];
    for _ in 0..65 {
        editor.write(&part);
    }
    let refusal = editor.next();
    assert_eq!(refusal["error"]["code"], -32600);
    assert!(refusal["error"]["message"].as_str().is_some_and(|text| text.contains("64 MiB")));
    // Changes of texts that are not open, or that make no sense.
    let file = address(&place.path().join("northmoor/2026-27-q2/scrutineer.yaml"));
    editor.change(&file, 2, json!([{ "text": "x" }]));
    editor.open_text(&file, "scrutiny: assessment\n");
    editor.change(&file, 2, json!([{ "range": { "start": 1 }, "text": "x" }]));
    editor.change(&file, 3, json!(7));
    let wild =
        json!({ "start": { "line": 99, "character": 9 }, "end": { "line": 0, "character": 3 } });
    editor.change(&file, 4, json!([{ "range": wild, "text": "tiny: assessment" }]));
    let found = editor.findings(&file, 4);
    assert!(
        found.iter().any(|own| own["code"] == "not-ours" || own["code"] == "unknown-key"),
        "{found:?}"
    );
    assert_eq!(editor.close(), 0);
}

#[test]
fn cancels_what_waits_and_answers_every_request() {
    let place = examples();
    let path = place.path().join("northmoor/2026-27-q2/scrutineer.yaml");
    let text = fs::read_to_string(&path).expect("an example");
    let file = address(&path);
    let mut editor = Editor::open(place.path());
    editor.open_text(&file, &text);
    let mut all = Vec::new();
    let symbols = json!({ "textDocument": { "uri": file } });
    // In one write, so that the requests wait together.
    let mut bytes = Vec::new();
    for number in 0..200 {
        let id = 1000 + number;
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": symbols });
        let cancel =
            json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } });
        for message in [request, cancel] {
            let body = message.to_string();
            bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
        }
        all.push(id);
    }
    editor.write(&bytes);
    let mut cancelled = 0;
    for id in all {
        let reply = editor.reply(id);
        match reply["error"]["code"].as_i64() {
            None => assert!(reply["result"].is_array()),
            Some(code) => {
                assert_eq!(code, -32800);
                cancelled += 1;
            }
        }
    }
    assert!(cancelled > 0, "none of 200 was cancelled in time");
    assert_eq!(editor.close(), 0);
}

/// The files of the examples that are ours.
fn ours(folder: &Path) -> Vec<String> {
    let all = files(folder).into_iter();
    let all = all.map(|file| file.to_string_lossy().into_owned());
    all.filter(|file| file.ends_with(".yaml") || file.ends_with(".toml")).collect()
}

#[test]
fn tells_what_validate_finds_in_every_example() {
    let place = examples();
    let before = state(place.path());
    let mut editor = Editor::open(place.path());
    let all = ours(place.path());
    assert!(all.len() >= 16, "{all:?}");
    let mut found = 0;
    for file in &all {
        let path = place.path().join(file);
        let text = fs::read_to_string(&path).expect("an example");
        editor.open_text(&address(&path), &text);
        let list = editor.findings(&address(&path), 1);
        assert_eq!(told(&text, &list), validated(place.path(), file, &text), "{file}");
        found += list.len();
        let closed = json!({ "textDocument": { "uri": address(&path) } });
        editor.tell("textDocument/didClose", closed);
    }
    assert!(found > 5, "{found}");
    assert_eq!(editor.close(), 0);
    assert_eq!(state(place.path()), before, "nothing is written");
}

const CASES: [&str; 8] = [
    "tests/cases/stale-wording",
    "examples/thornbeck",
    "examples/harrowdale",
    "examples/saltmere",
    "tests/cases/unknown-rating",
    "tests/cases/unknown-key",
    "tests/cases/settings",
    "tests/cases/programme",
];

/// What people and programs type, in any place.
const TYPED: [&str; 16] = [
    "",
    " ",
    "\n",
    "\r\n",
    ":",
    "- ",
    "\t",
    "\"",
    "#",
    "{",
    "😀é",
    "|",
    "rating: gren\n",
    "  because: a: b\n",
    "\u{feff}",
    "[[step]]\n",
];

#[test]
fn tells_what_validate_finds_after_any_edits() {
    let place = tempfile::tempdir().expect("a temporary folder");
    for (number, case) in CASES.iter().enumerate() {
        copy(&root().join(case), &place.path().join(format!("c{number}")), &[]);
    }
    // A second folder, in which the text that the editor has not saved is saved.
    let twin = tempfile::tempdir().expect("a temporary folder");
    copy(place.path(), twin.path(), &[]);
    let all: Vec<String> = ours(place.path());
    assert!(all.len() >= 15, "{} files", all.len());
    let before = state(place.path());
    let mut editor = Editor::open(place.path());
    let mut compared = 0;
    let edits =
        prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, 0..TYPED.len()), 1..4);
    let strategy = (any::<prop::sample::Index>(), edits);
    let mut runner =
        TestRunner::new(Config { cases: 150, failure_persistence: None, ..Config::default() });
    let editor_cell = std::cell::RefCell::new((&mut editor, &mut compared));
    runner
        .run(&strategy, |(file, edits)| {
            let mut borrowed = editor_cell.borrow_mut();
            let (editor, compared) = &mut *borrowed;
            let file = file.get(&all);
            let path = place.path().join(file);
            let Ok(mut text) = fs::read_to_string(&path) else { return Ok(()) };
            let address = address(&path);
            editor.open_text(&address, &text);
            let mut version = 1;
            for (at, length, typed) in edits {
                // An editor has no place inside a line end.
                let is_place =
                    |at: &usize| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'));
                let all = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                let ends: Vec<usize> = all.filter(is_place).collect();
                let first = at.index(ends.len());
                let last = (first + length).min(ends.len() - 1);
                let (start, end) = (ends[first], ends[last]);
                let range = json!({ "start": position(&text, start), "end": position(&text, end) });
                text.replace_range(start..end, TYPED[typed]);
                version += 1;
                editor.change(&address, version, json!([{ "range": range, "text": TYPED[typed] }]));
            }
            let list = editor.findings(&address, version);
            fs::write(twin.path().join(file), &text).expect("a file can be written");
            // A byte-order mark is a character to an editor, and none to us.
            let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
            let mut expected = match is_ours(&text, file) {
                true => validated(twin.path(), file, &text[mark..]),
                false => Vec::new(),
            };
            for (_, _, place) in &mut expected {
                *place = place.map(|at| at + mark);
            }
            prop_assert_eq!(told(&text, &list), expected, "{}", file);
            **compared += 1;
            fs::write(twin.path().join(file), fs::read(&path).expect("a file")).expect("a file");
            let closed = json!({ "textDocument": { "uri": address } });
            editor.tell("textDocument/didClose", closed);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(compared >= 150, "{compared}");
    assert_eq!(editor.close(), 0);
    assert_eq!(state(place.path()), before, "nothing is written");
}

#[test]
fn tells_what_is_found_between_files() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(
        &root().join("tests/cases/duplicate-action/in-two-files-of-one-partnership"),
        place.path(),
        &[],
    );
    fs::write(place.path().join("scrutiny.toml"), "partnership = \"Northmoor\"\n").expect("a file");
    let file = |name: &str| (address(&place.path().join(name)), place.path().join(name));
    let ((first, first_file), (second, second_file)) = (file("q1.yaml"), file("q2.yaml"));
    let [first_text, text] =
        [first_file, second_file].map(|file| fs::read_to_string(file).expect("a file"));
    let mut editor = Editor::open(place.path());
    editor.open_text(&second, &text);
    let list = editor.findings(&second, 1);
    assert_eq!(told(&text, &list), validated(place.path(), "q2.yaml", &text));
    let message = list.iter().find(|one| one["code"] == "duplicate-action").expect("it is told");
    let message = message["message"].as_str().expect("a message");
    assert!(
        message.contains("in another file") && message.contains("the first: q1.yaml:11"),
        "{message}"
    );
    // What is not saved counts, in both of them.
    editor.open_text(&first, &first_text.replace("A-03", "A-04"));
    editor.change(&second, 2, json!([{ "text": text }]));
    assert_eq!(told(&text, &editor.findings(&second, 2)), []);
    let later = text.replace("A-03", "A-04");
    editor.change(&second, 3, json!([{ "text": later }]));
    assert_eq!(told(&later, &editor.findings(&second, 3)).len(), 1);
    // A text that was never saved stands where it would be read.
    let (new, _) = file("q0.yaml");
    editor.open_text(&new, &first_text.replace("A-03", "A-09"));
    let closed = json!({ "textDocument": { "uri": first } });
    editor.tell("textDocument/didClose", closed);
    editor.change(&second, 4, json!([{ "text": text.replace("A-03", "A-09") }]));
    let list = editor.findings(&second, 4);
    let message = list[0]["message"].as_str().expect("a message");
    assert!(message.contains("the first: q0.yaml:11"), "{message}");
    // A file that was changed by another program.
    fs::write(place.path().join("q1.yaml"), first_text.replace("A-03", "A-123")).expect("a file");
    let later = text.replace("A-03", "A-123");
    editor.change(&second, 5, json!([{ "text": later }]));
    assert_eq!(told(&later, &editor.findings(&second, 5)).len(), 1);
    // The same, by a program that gives it the time and the size that it had.
    #[cfg(unix)]
    {
        let path = place.path().join("q1.yaml");
        let time = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a time");
        fs::write(&path, first_text.replace("A-03", "A-321")).expect("a file");
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(time).expect("it can be set");
        let other = text.replace("A-03", "A-321");
        editor.change(&second, 6, json!([{ "text": other }]));
        assert_eq!(told(&other, &editor.findings(&second, 6)).len(), 1);
    }
    // A text under a name that `validate` never looks at.
    let (draft, _) = file("draft.txt");
    editor.open_text(&draft, &first_text.replace("A-03", "A-55"));
    let later = text.replace("A-03", "A-55");
    editor.change(&second, 7, json!([{ "text": later }]));
    assert_eq!(told(&later, &editor.findings(&second, 7)), []);
    assert_eq!(editor.close(), 0);
}

#[cfg(unix)]
#[test]
fn tells_what_is_wrong_in_a_text_beside_a_folder_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("tests/cases/duplicate-action/in-one-file"), place.path(), &[]);
    fs::write(place.path().join("scrutiny.toml"), "partnership = \"Northmoor\"\n").expect("a file");
    let locked = place.path().join("locked");
    fs::create_dir(&locked).expect("a folder");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("it can be set");
    if fs::read_dir(&locked).is_ok() {
        left_out("whoever runs this may read every folder");
        return;
    }
    let file = place.path().join("scrutineer.yaml");
    let text = fs::read_to_string(&file).expect("a file");
    let mut editor = Editor::open(place.path());
    editor.open_text(&address(&file), &text);
    let found = editor.findings(&address(&file), 1);
    assert!(found.iter().any(|one| one["code"] == "duplicate-action"), "{found:?}");
    assert_eq!(editor.close(), 0);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("it can be set");
}

#[test]
fn tells_what_is_found_on_one_long_line() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let head = "scrutiny: assessment\nchecklist: six-steps-2019\npartnership: Northmoor\n\
                period: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\n";
    let actions = "{id: A, task: Write, due: 2027-01-30}, ".repeat(40_000);
    let mut editor = Editor::open(place.path());
    let own = address(&place.path().join("a.yaml"));
    editor.open_text(&own, &format!("{head}actions: [{actions}]\n"));
    assert!(editor.findings(&own, 1).len() > 80_000);
    assert_eq!(editor.close(), 0);
}

#[test]
fn tells_that_the_checklist_is_broken() {
    let place = examples();
    let own = |name: &str| place.path().join("saltmere").join(name);
    let assessment = address(&own("2026-27-q2/scrutineer.yaml"));
    let text = fs::read_to_string(own("2026-27-q2/scrutineer.yaml")).expect("a file");
    let mut editor = Editor::open(place.path());
    editor.open_text(&assessment, &text);
    let list = editor.findings(&assessment, 1);
    assert!(!list.iter().any(says_another_is_broken), "{list:?}");
    // Not saved, and so is what is wrong in it.
    editor.open_text(
        &address(&own("checklists/saltmere-2026.toml")),
        "scrutiny = \"checklist\"\nnot [",
    );
    editor.change(&assessment, 2, json!([{ "text": text }]));
    let list = editor.findings(&assessment, 2);
    assert!(list.iter().any(says_another_is_broken), "{list:?}");
    assert_eq!(editor.close(), 0);
}

/// Whether a folder that holds the text would be said to hold something of ours.
fn is_ours(text: &str, file: &str) -> bool {
    let place = tempfile::tempdir().expect("a temporary folder");
    let name = Path::new(file).file_name().expect("a file has a name");
    fs::write(place.path().join(name), text).expect("a file can be written");
    run(place.path(), &["validate", "."], b"").status.code() != Some(2)
}

/// Messages as editors send them, with bytes changed at random: each is answered or passed over, and
/// the server goes on.
#[test]
fn survives_messages_that_are_torn() {
    let place = examples();
    let file = address(&place.path().join("thornbeck/audit/self.yaml"));
    let text = "scrutiny: assessment\nchecklist: six-steps-2019\nratings:\n  1.1:\n";
    let document = json!({ "uri": file });
    let at = json!({ "textDocument": document, "position": { "line": 3, "character": 3 } });
    let range =
        json!({ "start": { "line": 1, "character": 2 }, "end": { "line": 2, "character": 0 } });
    let change = json!({ "textDocument": { "uri": file, "version": 2 }, "contentChanges": [{ "range": range, "text": "x" }] });
    let messages = [
        json!({ "jsonrpc": "2.0", "id": 70007, "method": "textDocument/hover", "params": at }),
        json!({ "jsonrpc": "2.0", "id": "a", "method": "textDocument/completion", "params": at }),
        json!({ "jsonrpc": "2.0", "id": 70008, "method": "textDocument/codeAction", "params": { "textDocument": document, "range": range } }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": change }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": { "uri": file, "text": text } } }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 70007 } }),
    ];
    let mut editor = Editor::open(place.path());
    editor.open_text(&file, text);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let strategy = prop::collection::vec((0..messages.len(), changes), 200..201);
    let mut runner =
        TestRunner::new(Config { cases: 5, failure_persistence: None, ..Config::default() });
    let cell = std::cell::RefCell::new(&mut editor);
    runner
        .run(&strategy, |all| {
            let mut editor = cell.borrow_mut();
            for (number, changes) in all {
                let mut body = messages[number].to_string().into_bytes();
                for (at, byte) in changes {
                    let place = at.index(body.len());
                    body[place] = byte;
                }
                editor.write(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
                editor.write(&body);
            }
            editor.open_text(&file, text);
            let hover = editor.ask("textDocument/hover", at.clone());
            let shown = hover["contents"]["value"].as_str().unwrap_or_default();
            prop_assert!(shown.starts_with("**1.1 "), "{}", hover);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(editor.close(), 0);
}
