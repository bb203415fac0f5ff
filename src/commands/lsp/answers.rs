//! Answers in the words of the protocol.

use std::ops::Range;

use serde_json::{Value, json};

use crate::editor::completion::{Class, Suggestion};
use crate::editor::outline::Entry;
use crate::editor::position::{Lines, Position};
use crate::finding::{Level, Located};

/// What the server can do.
pub(super) fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": [":", " "] },
            "definitionProvider": true,
            "documentSymbolProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        },
        "serverInfo": { "name": "scrutiny", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// A text with its lines. Places of findings count without a byte-order mark, which is a character of
/// the text to an editor.
pub(super) struct View<'t> {
    text: &'t str,
    lines: Lines<'t>,
    mark: usize,
}

impl<'t> View<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        View { text, lines: Lines::of(text), mark }
    }

    /// The text without its byte-order mark.
    pub(super) fn bare(&self) -> &'t str {
        &self.text[self.mark..]
    }

    /// The byte of a position, in the text without its byte-order mark.
    pub(super) fn offset(&self, position: Position) -> usize {
        self.lines.offset(position).saturating_sub(self.mark)
    }

    /// A stretch of the text without its byte-order mark, in the words of the protocol.
    pub(super) fn range(&self, range: &Range<usize>) -> Value {
        range_value(&self.lines.range(&(range.start + self.mark..range.end + self.mark)))
    }
}

fn range_value(range: &Range<Position>) -> Value {
    let of = |position: Position| json!({ "line": position.line, "character": position.unit });
    json!({ "start": of(range.start), "end": of(range.end) })
}

/// The beginning of any text.
pub(super) fn beginning() -> Value {
    range_value(&(Position::default()..Position::default()))
}

/// Something that stands in the way of looking at a text, told at its beginning.
pub(super) fn failure(message: &str) -> Value {
    json!({
        "range": beginning(),
        "severity": 1,
        "source": "scrutiny",
        "message": message,
    })
}

/// That a file which the text refers to has errors.
pub(super) fn broken(file: &str) -> Value {
    failure(&format!(
        "{file} has errors: what depends on it cannot be checked here; open it, and put them right"
    ))
}

/// A finding as an editor shows it.
pub(super) fn diagnostic(finding: &Located, view: &View<'_>, address: &str) -> Value {
    let mut message = finding.message.clone();
    let label = &finding.place.label;
    for more in std::iter::once(label).chain(&finding.help).filter(|more| !more.is_empty()) {
        message.push('\n');
        message.push_str(more);
    }
    let mut related = Vec::new();
    for place in &finding.also {
        if place.path == finding.place.path {
            let range = view.range(&place.bytes);
            let location = json!({ "uri": address, "range": range });
            related.push(json!({ "location": location, "message": place.label }));
        } else {
            message.push_str(&format!("\n{}: {}:{}", place.label, place.file, place.line));
        }
    }
    let mut diagnostic = json!({
        "range": view.range(&finding.place.bytes),
        "severity": match finding.level {
            Level::Error => 1,
            Level::Unfinished => 2,
            Level::Advice => 3,
        },
        "code": finding.rule.id,
        "source": "scrutiny",
        "message": message,
    });
    if !related.is_empty() {
        diagnostic["relatedInformation"] = related.into();
    }
    diagnostic
}

/// Something that can be written at the cursor. They are shown in the order in which they come. `veil`
/// takes out what is never shown.
pub(super) fn completion(
    number: usize,
    own: &Suggestion,
    view: &View<'_>,
    veil: &impl Fn(&str) -> String,
) -> Value {
    let mut item = json!({
        "label": own.label,
        "kind": match own.kind {
            Class::Key => 10,
            Class::Word => 12,
        },
        "sortText": format!("{number:04}"),
        "filterText": own.label,
        "textEdit": { "range": view.range(&own.range), "newText": own.write },
    });
    if !own.detail.is_empty() {
        item["detail"] = veil(&own.detail).into();
    }
    if !own.about.is_empty() {
        item["documentation"] = markdown(&veil(&own.about));
    }
    item
}

pub(super) fn markdown(text: &str) -> Value {
    json!({ "kind": "markdown", "value": text })
}

/// An entry of the outline. `veil` takes out what is never shown.
pub(super) fn symbol(entry: &Entry, view: &View<'_>, veil: &impl Fn(&str) -> String) -> Value {
    let inner: Vec<Value> = entry.inner.iter().map(|entry| symbol(entry, view, veil)).collect();
    json!({
        "name": veil(&entry.name),
        "detail": veil(&entry.detail),
        "kind": if inner.is_empty() { 15 } else { 3 },
        "range": view.range(&entry.range),
        "selectionRange": view.range(&entry.mark),
        "children": inner,
    })
}

/// A repair that the editor offers: a change of one stretch of one text.
pub(super) fn repair(
    title: &str,
    (address, range, text): (&str, Value, &str),
    diagnostic: Value,
    preferred: Preferred,
) -> Value {
    json!({
        "title": title,
        "kind": "quickfix",
        "diagnostics": [diagnostic],
        "isPreferred": preferred == Preferred::Yes,
        "edit": { "changes": { address: [{ "range": range, "newText": text }] } },
    })
}

/// Whether nothing else can have been meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Preferred {
    Yes,
    No,
}
