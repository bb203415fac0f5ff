//! What an editor asks about an open text.

use std::ops::Range;

use anyhow::Result;
use serde_json::{Value, json};

use super::analysis::{self, Analyses, Analysis};
use super::answers::{self, Preferred, View};
use super::documents::{Document, Documents, position_of, range_of};
use crate::change;
use crate::commands::edit::parts;
use crate::commands::inputs::here;
use crate::commands::load::Content;
use crate::editor::definition::{Target, definition};
use crate::editor::position::difference;
use crate::editor::{Kind, completion, hover, outline};
use crate::finding::{Certainty, Findings, Located};
use crate::source::{Source, SourceId, Span};
use crate::syntax::layout::Language;
use crate::syntax::{edit, repair, toml, yaml};

/// The answer to a request; nothing where its parameters are not those of the protocol.
pub(super) fn answer(
    method: Method,
    parameters: &Value,
    documents: &Documents,
    analyses: &mut Analyses,
) -> Result<Option<Value>> {
    let Some(address) = parameters["textDocument"]["uri"].as_str() else { return Ok(None) };
    let Some(document) = documents.get(address) else { return Ok(Some(Value::Null)) };
    let view = View::of(&document.text);
    let Some(analysis) = analyses.get(address, document, documents)? else {
        return Ok(Some(Value::Null));
    };
    let asked = Asked { documents, document, address, view, analysis };
    match method {
        Method::Symbols => Ok(Some(asked.symbols())),
        Method::Actions => match range_of(&parameters["range"]) {
            Some(range) => {
                let bytes = asked.view.offset(range.start)..asked.view.offset(range.end);
                asked.actions(&bytes, &parameters["context"]["only"]).map(Some)
            }
            None => Ok(None),
        },
        Method::Hover | Method::Completion | Method::Definition => {
            let Some(position) = position_of(&parameters["position"]) else { return Ok(None) };
            let offset = asked.view.offset(position);
            Ok(Some(match method {
                Method::Hover => asked.hover(offset),
                Method::Completion => asked.completion(offset),
                _ => asked.definition(offset),
            }))
        }
    }
}

/// What can be asked about a text.
#[derive(Clone, Copy)]
pub(super) enum Method {
    Hover,
    Completion,
    Definition,
    Symbols,
    Actions,
}

impl Method {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "textDocument/hover" => Some(Method::Hover),
            "textDocument/completion" => Some(Method::Completion),
            "textDocument/definition" => Some(Method::Definition),
            "textDocument/documentSymbol" => Some(Method::Symbols),
            "textDocument/codeAction" => Some(Method::Actions),
            _ => None,
        }
    }
}

/// A text about which something is asked.
struct Asked<'a> {
    documents: &'a Documents,
    document: &'a Document,
    address: &'a str,
    view: View<'a>,
    analysis: &'a Analysis,
}

impl Asked<'_> {
    fn hover(&self, offset: usize) -> Value {
        let hover = hover::hover(self.view.bare(), offset, &self.analysis.knowledge());
        hover.map_or(Value::Null, |hover| {
            let text = self.analysis.loaded().sources.veil(&hover.text);
            json!({ "contents": answers::markdown(&text), "range": self.view.range(&hover.range) })
        })
    }

    fn completion(&self, offset: usize) -> Value {
        let all = completion::complete(self.view.bare(), offset, &self.analysis.knowledge());
        let veil = |text: &str| self.analysis.loaded().sources.veil(text);
        // What has to be hidden is not suggested either.
        let items = all.iter().filter(|own| veil(&own.label) == own.label).enumerate();
        items.map(|(number, own)| answers::completion(number, own, &self.view, &veil)).collect()
    }

    fn definition(&self, offset: usize) -> Value {
        match definition(self.view.bare(), offset, &self.analysis.knowledge()) {
            None => Value::Null,
            Some(Target::File(name)) => match self.analysis.file(self.document, &name) {
                Some(path) => {
                    let address = self.documents.address_of(&path);
                    json!({ "uri": address, "range": answers::beginning() })
                }
                None => Value::Null,
            },
            Some(Target::Span(span)) => self.place(span),
        }
    }

    /// A place in this text or in a file that it refers to. What comes with the program has no file.
    fn place(&self, span: Span) -> Value {
        let loaded = self.analysis.loaded();
        if span.source == loaded.source.id {
            return json!({ "uri": self.address, "range": self.view.range(&span.range()) });
        }
        let sources = match &loaded.content {
            Content::Checklist(checklist) => &checklist.sources,
            _ => &loaded.sources,
        };
        let Some(source) = sources.get(span.source) else { return Value::Null };
        let path = here().join(&*source.path);
        if !path.is_file() {
            return Value::Null;
        }
        let range = View::of(&source.text).range(&span.range());
        json!({ "uri": self.documents.address_of(&path), "range": range })
    }

    fn symbols(&self) -> Value {
        let known = self.analysis.knowledge();
        let source = Source::new(SourceId(0), "", self.view.bare().to_owned());
        let mut unheard = Findings::default();
        let tree = match known.kind.language() {
            Language::Yaml => yaml::parse(&source, &mut unheard),
            Language::Toml => Some(toml::parse(&source, &mut unheard)),
        };
        let Some(tree) = tree else { return json!([]) };
        let entries = match known.kind {
            Kind::Assessment => outline::of_assessment(tree.root(), known.checklist),
            _ => outline::of_any(tree.root()),
        };
        let veil = |text: &str| self.analysis.loaded().sources.veil(text);
        entries.iter().map(|entry| answers::symbol(entry, &self.view, &veil)).collect()
    }

    /// Repairs of what is found between two places.
    fn actions(&self, range: &Range<usize>, only: &Value) -> Result<Value> {
        let wanted =
            |kind: &Value| kind.as_str().is_some_and(|own| own.is_empty() || own == "quickfix");
        if only.as_array().is_some_and(|only| !only.iter().any(wanted)) {
            return Ok(json!([]));
        }
        let mut all = Vec::new();
        for finding in analysis::findings(self.documents, self.document)?.own {
            let place = finding.place.bytes.clone();
            if place.start > range.end || place.end < range.start {
                continue;
            }
            all.extend(self.repair(&finding));
            all.extend(self.confirmation(&finding));
        }
        Ok(all.into())
    }

    /// The repair that a finding suggests, where it can be shown to change nothing else.
    fn repair(&self, finding: &Located) -> Option<Value> {
        let fitted = finding.repair.as_ref()?;
        let language = self.analysis.knowledge().kind.language();
        repair::apply(self.view.bare(), language, &[fitted])?;
        let title = format!("Write {}", fitted.with);
        let preferred = match fitted.certainty {
            Certainty::Certain => Preferred::Yes,
            Certainty::Likely => Preferred::No,
        };
        let change = (self.address, self.view.range(&fitted.range), fitted.with.as_str());
        let diagnostic = answers::diagnostic(finding, &self.view, self.address);
        Some(answers::repair(&title, change, diagnostic, preferred))
    }

    /// Confirms that an answer holds for the words that its question has now.
    fn confirmation(&self, finding: &Located) -> Option<Value> {
        if finding.rule.id != "stale-wording" {
            return None;
        }
        let id = finding.about.as_deref()?;
        let (assessment, checklist) = parts(self.analysis.loaded())?;
        let is_answered = assessment.ratings.iter().any(|entry| entry.id.value == id);
        let question = checklist.question(id).filter(|_| is_answered)?;
        let text = self.view.bare();
        let new = edit::apply(text, &[change::confirm(checklist, question)]).ok()?;
        let (range, with) = difference(text, &new);
        let title = format!("Confirm that the answer to {id} holds for the new wording");
        let change = (self.address, self.view.range(&range), with.as_str());
        let diagnostic = answers::diagnostic(finding, &self.view, self.address);
        Some(answers::repair(&title, change, diagnostic, Preferred::No))
    }
}
