//! Drives the language server over its protocol, on the examples and on files that are broken while
//! they are typed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::program::{copy, files, root, run};

/// How long an answer may take, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor that talks with a server.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: u64,
    /// What came unasked: the last findings of each text, with their version.
    findings: BTreeMap<String, (Value, Vec<Value>)>,
}

impl Editor {
    /// Starts a server in a folder, without a greeting.
    fn start(folder: &Path) -> Editor {
        let mut child = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
            .arg("lsp")
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("standard output is a pipe");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take();
        Editor { child, input, messages, next: 0, findings: BTreeMap::new() }
    }

    /// Starts a server and greets it.
    fn open(folder: &Path) -> Editor {
        let mut editor = Editor::start(folder);
        let answer = editor.ask("initialize", json!({ "processId": null, "capabilities": {} }));
        assert_eq!(answer["capabilities"]["hoverProvider"], true);
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the server listens");
        input.write_all(bytes).expect("the server listens");
        input.flush().expect("the server listens");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, parameters: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Sends a request, and gives its number.
    fn request(&mut self, method: &str, parameters: Value) -> u64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        id
    }

    /// The next message; findings are remembered.
    fn next(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
        assert_eq!(message["jsonrpc"], "2.0");
        if message["method"] == "textDocument/publishDiagnostics" {
            let told = &message["params"];
            let address = told["uri"].as_str().expect("an address").to_owned();
            let list = told["diagnostics"].as_array().expect("a list").clone();
            self.findings.insert(address, (told["version"].clone(), list));
        }
        message
    }

    /// The answer to a request, whole.
    fn reply(&mut self, id: u64) -> Value {
        loop {
            let message = self.next();
            if message["id"] == id {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.request(method, parameters);
        let reply = self.reply(id);
        assert!(reply.get("error").is_none(), "{method}: {reply}");
        reply["result"].clone()
    }

    /// The code with which a request is refused.
    fn refused(&mut self, method: &str, parameters: Value) -> i64 {
        let id = self.request(method, parameters);
        self.reply(id)["error"]["code"].as_i64().expect("it is refused")
    }

    fn open_text(&mut self, address: &str, text: &str) {
        let document = json!({ "uri": address, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, address: &str, version: i64, changes: Value) {
        let document = json!({ "uri": address, "version": version });
        let parameters = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", parameters);
    }

    /// The findings in a version of a text.
    fn findings(&mut self, address: &str, version: i64) -> Vec<Value> {
        self.findings.remove(address);
        loop {
            if let Some((told, list)) = self.findings.get(address)
                && *told == version
            {
                return list.clone();
            }
            self.next();
        }
    }

    /// Says goodbye, and gives the exit code. Nothing was said on standard error.
    fn close(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.end()
    }

    fn end(&mut self) -> i32 {
        let status = self.child.wait().expect("the server ends");
        let mut said = String::new();
        let error = self.child.stderr.as_mut().expect("standard error is a pipe");
        error.read_to_string(&mut said).expect("it can be read");
        assert_eq!(said, "");
        status.code().expect("it was not killed")
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let length = header.strip_prefix("Content-Length: ")?.trim().parse().ok()?;
    output.read_line(&mut String::new()).ok()?;
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn address(path: &Path) -> String {
    format!("file://{}", path.to_str().expect("a path of letters"))
}

/// Where the lines of a text begin and end, as editors count them: a carriage return alone ends one too.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '\n' if text[..at].ends_with('\r') => start = at + 1,
            '\n' | '\r' => {
                lines.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    lines.push((start, text.len()));
    lines
}

fn position(text: &str, offset: usize) -> Value {
    let lines = lines(text);
    let line = lines.iter().rposition(|(start, _)| *start <= offset).unwrap_or(0);
    let (start, end) = lines[line];
    let units = text[start..offset.min(end)].encode_utf16().count();
    json!({ "line": line, "character": units })
}

fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().expect("a line") as usize;
    let units = position["character"].as_u64().expect("a unit") as usize;
    let (start, end) = lines(text)[line];
    let mut count = 0;
    for (at, letter) in text[start..end].char_indices() {
        if count >= units {
            return start + at;
        }
        count += letter.len_utf16();
    }
    assert!(count >= units, "{position} lies in the line");
    end
}

/// A text with the edits of a code action.
fn applied(text: &str, edits: &Value) -> String {
    let mut text = text.to_owned();
    for edit in edits.as_array().expect("a list of edits") {
        let range = &edit["range"];
        let place = offset(&text, &range["start"])..offset(&text, &range["end"]);
        text.replace_range(place, edit["newText"].as_str().expect("a text"));
    }
    text
}

/// The examples in a folder of their own, so that it can be seen that nothing is written.
fn examples() -> TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), place.path(), &[]);
    place
}

fn state(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |file: PathBuf| {
        let bytes = fs::read(folder.join(&file)).expect("a file can be read");
        (file, bytes)
    };
    files(folder).into_iter().map(read).collect()
}

/// A finding: its rule, its level, and its bytes.
type Found = (String, String, [usize; 2]);

/// What `validate` finds in a file itself.
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
    let output = run(folder, &["validate", file, "--format", "json"], b"");
    let document: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let own = document["findings"].as_array().expect("a list").iter();
    let own = own.filter(|finding| finding["path"] == file);
    let mut all: Vec<_> = own
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

/// The same of what a server told of a text.
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
    let mut all: Vec<_> = diagnostics.iter().map(one).collect();
    all.sort();
    all
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
    "tests/cases/stale-wording/wording-that-moved",
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
        let from = root().join(case);
        if from.is_dir() {
            copy(&from, &place.path().join(format!("c{number}")), &[]);
        }
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
                let ends: Vec<usize> =
                    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
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

/// Whether a folder that holds the text would be said to hold something of ours.
fn is_ours(text: &str, file: &str) -> bool {
    let place = tempfile::tempdir().expect("a temporary folder");
    let name = Path::new(file).file_name().expect("a file has a name");
    fs::write(place.path().join(name), text).expect("a file can be written");
    run(place.path(), &["validate", "."], b"").status.code() != Some(2)
}

/// An editor with one text open, and places in it by the words in front of them.
struct Open {
    editor: Editor,
    address: String,
    text: String,
}

impl Open {
    fn file(folder: &Path, file: &str) -> Open {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        Open::text(folder, file, &text)
    }

    /// The text stands in the editor and not in the file.
    fn text(folder: &Path, file: &str, text: &str) -> Open {
        let mut editor = Editor::open(folder);
        let address = address(&folder.join(file));
        editor.open_text(&address, text);
        Open { editor, address, text: text.to_owned() }
    }

    /// The place at the broken bar in a stretch of the text.
    fn at(&self, marked: &str) -> Value {
        let cursor = marked.find('¦').expect("a cursor");
        let stretch = marked.replace('¦', "");
        let at = self.text.find(&stretch).unwrap_or_else(|| panic!("{stretch} is there"));
        let position = position(&self.text, at + cursor);
        json!({ "textDocument": { "uri": self.address }, "position": position })
    }

    fn ask(&mut self, method: &str, marked: &str) -> Value {
        let parameters = self.at(marked);
        self.editor.ask(&format!("textDocument/{method}"), parameters)
    }

    fn hover(&mut self, marked: &str) -> String {
        let hover = self.ask("hover", marked);
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    fn labels(&mut self, marked: &str) -> Vec<String> {
        let items = self.ask("completion", marked);
        let items = items.as_array().expect("a list").iter();
        items.map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    }

    /// The text after a suggestion was taken.
    fn completed(&mut self, marked: &str, label: &str) -> String {
        let items = self.ask("completion", marked);
        let item = items.as_array().expect("a list").iter().find(|item| item["label"] == label);
        let edit = item.unwrap_or_else(|| panic!("{label} is among {items}"))["textEdit"].clone();
        applied(&self.text, &json!([edit]))
    }

    /// What is offered for the whole text: the title, and the text after it was taken.
    fn actions(&mut self) -> Vec<(String, String)> {
        let end = position(&self.text, self.text.len());
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
        let document = json!({ "uri": self.address });
        let parameters =
            json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
        let offered = self.editor.ask("textDocument/codeAction", parameters);
        let offered = offered.as_array().expect("a list").iter();
        let all = offered.map(|action| {
            assert_eq!(action["kind"], "quickfix");
            assert_eq!(action["diagnostics"].as_array().map(Vec::len), Some(1));
            let title = action["title"].as_str().expect("a title").to_owned();
            (title, applied(&self.text, &action["edit"]["changes"][&self.address]))
        });
        all.collect()
    }
}

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
