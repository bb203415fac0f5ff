//! The texts that are open in the editor.

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::address;
use crate::commands::detours::real;
use crate::commands::inputs::here;
use crate::editor::position::{Lines, Position};

/// A text that is open.
pub(super) struct Document {
    /// Its file, or the place that it would have.
    pub(super) path: PathBuf,
    pub(super) text: Arc<str>,
    pub(super) version: Value,
}

/// All open texts, by their addresses as the editor writes them.
#[derive(Default)]
pub(super) struct Documents {
    all: BTreeMap<String, Document>,
}

impl Documents {
    pub(super) fn open(&mut self, address: &str, text: &str, version: Value) {
        let path =
            address::path_of(address).unwrap_or_else(|| here().join(address::name_of(address)));
        self.all.insert(address.to_owned(), Document { path, text: text.into(), version });
    }

    pub(super) fn close(&mut self, address: &str) {
        self.all.remove(address);
    }

    pub(super) fn get(&self, address: &str) -> Option<&Document> {
        self.all.get(address)
    }

    pub(super) fn addresses(&self) -> impl Iterator<Item = &String> {
        self.all.keys()
    }

    /// The address of a file: as the editor writes it, where it is open.
    pub(super) fn address_of(&self, path: &Path) -> String {
        let place = real(path);
        let open = self.all.iter().find(|(_, document)| real(&document.path) == place);
        let has_way_up = path.components().any(|part| part == Component::ParentDir);
        let path = if has_way_up { place.as_path() } else { path };
        open.map_or_else(|| address::address_of(path), |(address, _)| address.clone())
    }

    /// The texts that count in place of the files.
    pub(super) fn texts(&self) -> HashMap<PathBuf, Arc<str>> {
        let all = self.all.values();
        all.map(|document| (real(&document.path), Arc::clone(&document.text))).collect()
    }

    /// Makes changes in a text, one after another. Says whether they could be understood.
    pub(super) fn change(&mut self, address: &str, changes: &[Value], version: Value) -> bool {
        let Some(document) = self.all.get_mut(address) else { return false };
        let mut text = document.text.to_string();
        for change in changes {
            let Some(new) = change["text"].as_str() else { return false };
            match &change["range"] {
                Value::Null => text = new.to_owned(),
                range => {
                    let Some(range) = range_of(range) else { return false };
                    let lines = Lines::of(&text);
                    let (start, end) = (lines.offset(range.start), lines.offset(range.end));
                    text.replace_range(start.min(end)..end.max(start), new);
                }
            }
        }
        (document.text, document.version) = (text.into(), version);
        true
    }
}

/// A position as editors write it.
pub(super) fn position_of(value: &Value) -> Option<Position> {
    let number = |key: &str| usize::try_from(value[key].as_u64()?).ok();
    Some(Position { line: number("line")?, unit: number("character")? })
}

/// A range as editors write it.
pub(super) fn range_of(value: &Value) -> Option<std::ops::Range<Position>> {
    Some(position_of(&value["start"])?..position_of(&value["end"])?)
}
