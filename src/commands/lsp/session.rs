//! A conversation with an editor: what is open, how far it has come, and what is still to be said.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};

use super::analysis::{self, Analyses};
use super::answers::{self, View};
use super::documents::Documents;
use super::neighbours::Neighbours;
use super::requests::{self, Method};
use super::wire::{self, Incoming, answer, notice, refusal};
use crate::commands::Exit;

/// How far a conversation has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Begun,
    Open,
    /// The editor said that it is going.
    Over,
}

/// A conversation.
pub(super) struct Session {
    stage: Stage,
    documents: Documents,
    /// What was read for the last answers, until something changes.
    analyses: Analyses,
    /// What is known of the files around the open ones.
    neighbours: Neighbours,
    /// The texts whose findings have to be told again.
    stale: BTreeSet<String>,
    /// Requests that are not wanted any more.
    cancelled: Vec<Value>,
    /// What came and is not dealt with yet.
    queue: VecDeque<Incoming>,
}

impl Session {
    pub(super) fn new() -> Self {
        Session {
            stage: Stage::Begun,
            documents: Documents::default(),
            analyses: Analyses::default(),
            neighbours: Neighbours::default(),
            stale: BTreeSet::new(),
            cancelled: Vec::new(),
            queue: VecDeque::new(),
        }
    }

    /// Takes what came, to be dealt with in its turn. Only a request's cancelling overtakes it.
    pub(super) fn take(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Message(message) if message["method"] == "$/cancelRequest" => {
                let id = &message["params"]["id"];
                let is_waiting = |own: &Incoming| match own {
                    Incoming::Message(own) => own["method"].is_string() && own["id"] == *id,
                    Incoming::Fault(..) => false,
                };
                if !id.is_null() && self.queue.iter().any(is_waiting) {
                    self.cancelled.push(id.clone());
                }
            }
            incoming => self.queue.push_back(incoming),
        }
    }

    /// Whether there is nothing left to do until something comes.
    pub(super) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.stale.is_empty()
    }

    /// How many messages wait.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// The code to end with when the editor is gone.
    pub(super) fn end(&self) -> Exit {
        match self.stage {
            Stage::Over => Exit::Clean,
            // The protocol asks for 1 where nobody said goodbye.
            Stage::Begun | Stage::Open => Exit::Findings,
        }
    }

    /// Deals with what came first; or, where nothing waits, finds what there is to find in one text.
    /// Gives what is to be sent, or how to end.
    pub(super) fn step(&mut self) -> Result<Vec<Value>, Exit> {
        match self.queue.pop_front() {
            Some(Incoming::Fault(code, message)) => Ok(vec![refusal(&Value::Null, code, message)]),
            Some(Incoming::Message(message)) => self.meet(&message),
            None => Ok(self.tell().into_iter().collect()),
        }
    }

    fn meet(&mut self, message: &Value) -> Result<Vec<Value>, Exit> {
        let id = message.get("id");
        let Some(method) = message["method"].as_str() else {
            // An answer is to something that we never ask.
            let is_answer = message.is_object() && id.is_some();
            let fault = refusal(&Value::Null, wire::INVALID_REQUEST, "this is no message");
            return Ok(if is_answer { Vec::new() } else { vec![fault] });
        };
        if method == "exit" {
            return Err(self.end());
        }
        let parameters = &message["params"];
        match id {
            Some(id) => Ok(vec![self.request(id, method, parameters)]),
            None => Ok(self.notification(method, parameters)),
        }
    }

    fn request(&mut self, id: &Value, method: &str, parameters: &Value) -> Value {
        if let Some(place) = self.cancelled.iter().position(|own| own == id) {
            self.cancelled.swap_remove(place);
            return refusal(id, wire::CANCELLED, "cancelled");
        }
        match (self.stage, method) {
            (Stage::Begun, "initialize") => {
                self.stage = Stage::Open;
                answer(id, &answers::capabilities())
            }
            (Stage::Begun, _) => refusal(id, wire::NOT_INITIALISED, "initialize comes first"),
            (Stage::Over, _) => refusal(id, wire::INVALID_REQUEST, "the conversation is over"),
            (Stage::Open, "initialize") => {
                refusal(id, wire::INVALID_REQUEST, "initialize came already")
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Over;
                self.stale.clear();
                answer(id, &Value::Null)
            }
            (Stage::Open, method) => match Method::of(method) {
                None => refusal(id, wire::METHOD_NOT_FOUND, &format!("{method} is not known")),
                Some(method) => {
                    match requests::answer(method, parameters, &self.documents, &mut self.analyses)
                    {
                        Ok(Some(result)) => answer(id, &result),
                        Ok(None) => {
                            refusal(id, wire::INVALID_PARAMS, "the parameters are not complete")
                        }
                        Err(error) => refusal(id, wire::INTERNAL_ERROR, &format!("{error:#}")),
                    }
                }
            },
        }
    }

    fn notification(&mut self, method: &str, parameters: &Value) -> Vec<Value> {
        if self.stage != Stage::Open {
            return Vec::new();
        }
        let document = &parameters["textDocument"];
        let Some(address) = document["uri"].as_str() else { return Vec::new() };
        let version = document["version"].clone();
        match method {
            "textDocument/didOpen" => {
                let Some(text) = document["text"].as_str() else { return Vec::new() };
                self.documents.open(address, text, version);
                self.doubt_all();
            }
            "textDocument/didChange" => {
                let changes = parameters["contentChanges"].as_array();
                let changes = changes.map(Vec::as_slice).unwrap_or_default();
                if self.documents.change(address, changes, version) {
                    self.doubt_all();
                }
            }
            // What is saved may be what others refer to.
            "textDocument/didSave" => self.doubt_all(),
            "textDocument/didClose" => {
                self.documents.close(address);
                self.stale.remove(address);
                self.doubt_all();
                let none = json!({ "uri": address, "diagnostics": [] });
                return vec![notice("textDocument/publishDiagnostics", none)];
            }
            _ => {}
        }
        Vec::new()
    }

    /// A change of a checklist or of settings may change what is found in any other text.
    fn doubt_all(&mut self) {
        self.stale = self.documents.addresses().cloned().collect();
        self.analyses = Analyses::default();
    }

    /// The findings in one of the texts that have changed.
    fn tell(&mut self) -> Option<Value> {
        let address = self.stale.pop_first()?;
        let document = self.documents.get(&address)?;
        let view = View::of(&document.text);
        let found = analysis::findings(&self.documents, document).map(|found| {
            // What is wrong in the text itself is told even where its neighbours cannot be looked at.
            let between = found.ids.as_ref().map_or_else(Vec::new, |ids| {
                self.neighbours.between(ids, document, &self.documents).unwrap_or_default()
            });
            (found, between)
        });
        let diagnostics: Vec<Value> = match found {
            Ok((found, between)) => {
                let own = found.own.iter().chain(&between);
                let own = own.map(|own| answers::diagnostic(own, &view, &address));
                own.chain(found.broken.iter().map(|file| answers::broken(file))).collect()
            }
            Err(error) => vec![answers::failure(&format!("{error:#}"))],
        };
        let mut told = json!({ "uri": address });
        told["diagnostics"] = Value::Array(diagnostics);
        if document.version.is_number() {
            told["version"] = document.version.clone();
        }
        Some(notice("textDocument/publishDiagnostics", told))
    }
}
