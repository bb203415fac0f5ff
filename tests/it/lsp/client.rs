//! An editor as the tests have one: it starts the server, talks with it and counts as editors count.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{copy, files, root};

/// How long an answer may take, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor that talks with a server.
pub(super) struct Editor {
    child: Child,
    pub(super) input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: u64,
    /// What came unasked: the last findings of each text, with their version.
    findings: BTreeMap<String, (Value, Vec<Value>)>,
}

impl Editor {
    /// Starts a server in a folder, without a greeting.
    pub(super) fn start(folder: &Path) -> Editor {
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
    pub(super) fn open(folder: &Path) -> Editor {
        let mut editor = Editor::start(folder);
        let answer = editor.ask("initialize", json!({ "processId": null, "capabilities": {} }));
        assert_eq!(answer["capabilities"]["hoverProvider"], true);
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the server listens");
        input.write_all(bytes).expect("the server listens");
        input.flush().expect("the server listens");
    }

    pub(super) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(super) fn tell(&mut self, method: &str, parameters: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Sends a request, and gives its number.
    pub(super) fn request(&mut self, method: &str, parameters: Value) -> u64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        id
    }

    /// The next message; findings are remembered.
    pub(super) fn next(&mut self) -> Value {
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
    pub(super) fn reply(&mut self, id: u64) -> Value {
        loop {
            let message = self.next();
            if message["id"] == id {
                return message;
            }
        }
    }

    pub(super) fn ask(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.request(method, parameters);
        let reply = self.reply(id);
        assert!(reply.get("error").is_none(), "{method}: {reply}");
        reply["result"].clone()
    }

    /// The code with which a request is refused.
    pub(super) fn refused(&mut self, method: &str, parameters: Value) -> i64 {
        let id = self.request(method, parameters);
        self.reply(id)["error"]["code"].as_i64().expect("it is refused")
    }

    pub(super) fn open_text(&mut self, address: &str, text: &str) {
        let document = json!({ "uri": address, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(super) fn change(&mut self, address: &str, version: i64, changes: Value) {
        let document = json!({ "uri": address, "version": version });
        let parameters = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", parameters);
    }

    /// The findings in a version of a text.
    pub(super) fn findings(&mut self, address: &str, version: i64) -> Vec<Value> {
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
    pub(super) fn close(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.end()
    }

    pub(super) fn end(&mut self) -> i32 {
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

pub(super) fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let length = header.strip_prefix("Content-Length: ")?.trim().parse().ok()?;
    output.read_line(&mut String::new()).ok()?;
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

pub(super) fn address(path: &Path) -> String {
    format!("file://{}", path.to_str().expect("a path of letters"))
}

/// Where the lines of a text begin and end, as editors count them: a carriage return alone ends one too.
pub(super) fn lines(text: &str) -> Vec<(usize, usize)> {
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

pub(super) fn position(text: &str, offset: usize) -> Value {
    let lines = lines(text);
    let line = lines.iter().rposition(|(start, _)| *start <= offset).unwrap_or(0);
    let (start, end) = lines[line];
    let units = text[start..offset.min(end)].encode_utf16().count();
    json!({ "line": line, "character": units })
}

pub(super) fn offset(text: &str, position: &Value) -> usize {
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
    assert!(count >= units, "{position} lies in the line of {text:?}");
    end
}

/// A text with the edits of a code action.
pub(super) fn applied(text: &str, edits: &Value) -> String {
    let mut text = text.to_owned();
    for edit in edits.as_array().expect("a list of edits") {
        let range = &edit["range"];
        let place = offset(&text, &range["start"])..offset(&text, &range["end"]);
        text.replace_range(place, edit["newText"].as_str().expect("a text"));
    }
    text
}

/// The examples in a folder of their own, so that it can be seen that nothing is written.
pub(super) fn examples() -> TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("examples"), place.path(), &[]);
    place
}

pub(super) fn state(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |file: PathBuf| {
        let bytes = fs::read(folder.join(&file)).expect("a file can be read");
        (file, bytes)
    };
    files(folder).into_iter().map(read).collect()
}

/// An editor with one text open, and places in it by the words in front of them.
pub(super) struct Open {
    pub(super) editor: Editor,
    pub(super) address: String,
    pub(super) text: String,
}

impl Open {
    pub(super) fn file(folder: &Path, file: &str) -> Open {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        Open::text(folder, file, &text)
    }

    /// The text stands in the editor and not in the file.
    pub(super) fn text(folder: &Path, file: &str, text: &str) -> Open {
        let mut editor = Editor::open(folder);
        let address = address(&folder.join(file));
        editor.open_text(&address, text);
        Open { editor, address, text: text.to_owned() }
    }

    /// The place at the broken bar in a stretch of the text.
    pub(super) fn at(&self, marked: &str) -> Value {
        let cursor = marked.find('¦').expect("a cursor");
        let stretch = marked.replace('¦', "");
        let at = self.text.find(&stretch).unwrap_or_else(|| panic!("{stretch} is there"));
        let position = position(&self.text, at + cursor);
        json!({ "textDocument": { "uri": self.address }, "position": position })
    }

    pub(super) fn ask(&mut self, method: &str, marked: &str) -> Value {
        let parameters = self.at(marked);
        self.editor.ask(&format!("textDocument/{method}"), parameters)
    }

    pub(super) fn hover(&mut self, marked: &str) -> String {
        let hover = self.ask("hover", marked);
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn labels(&mut self, marked: &str) -> Vec<String> {
        let items = self.ask("completion", marked);
        let items = items.as_array().expect("a list").iter();
        items.map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    }

    /// The text after a suggestion was taken.
    pub(super) fn completed(&mut self, marked: &str, label: &str) -> String {
        let items = self.ask("completion", marked);
        let item = items.as_array().expect("a list").iter().find(|item| item["label"] == label);
        let edit = item.unwrap_or_else(|| panic!("{label} is among {items}"))["textEdit"].clone();
        applied(&self.text, &json!([edit]))
    }

    /// What is offered for the whole text: the title, and the text after it was taken.
    pub(super) fn actions(&mut self) -> Vec<(String, String)> {
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
