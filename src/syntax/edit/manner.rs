//! The manner of a file: how far its groups and its lists are indented and how its lines end, and how
//! a value is written in that manner.

use super::Value;
use super::places::at;
use super::plan::Editor;
use crate::syntax::comments;
use crate::syntax::tree::{Kind, Node, Tree};
use crate::syntax::write::{self, Place};

/// A text longer than this is put on lines of its own below its key.
const LONGEST_LINE: usize = 90;

impl<'t> Editor<'t> {
    pub(super) fn new(text: &'t str, tree: &'t Tree<'t>) -> Self {
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let comments = comments::of_yaml(tree, text).iter().map(|own| own.start).collect();
        let root = tree.root();
        let mut editor = Editor { text, root, comments, unit: 2, dash: 2, line_end };
        let manner = editor.manner(tree.root());
        editor.unit = manner.0.unwrap_or(2).max(1);
        editor.dash = manner.1.unwrap_or(editor.unit);
        editor
    }

    /// The indentation of groups and of dashes in the first places where there are some.
    pub(super) fn manner(&self, node: Node<'t>) -> (Option<usize>, Option<usize>) {
        let (mut unit, mut dash) = (None, None);
        for (key, value) in node.entries() {
            if self.is_flow(value) {
                continue;
            }
            let column = self.column(at(key));
            match value.kind() {
                Kind::Map => {
                    let first = value.entries().next().map(|(key, _)| self.column(at(key)));
                    unit = unit.or(first.and_then(|first| first.checked_sub(column)));
                    let inner = self.manner(value);
                    (unit, dash) = (unit.or(inner.0), dash.or(inner.1));
                }
                Kind::List => {
                    let own = self.dash_column(key).and_then(|own| own.checked_sub(column));
                    dash = dash.or(own);
                }
                Kind::Missing | Kind::Refused | Kind::Scalar(..) => {}
            }
            if unit.is_some() && dash.is_some() {
                break;
            }
        }
        (unit, dash)
    }

    /// A key with its value, as lines from a column on.
    pub(super) fn entry(&self, key: &str, value: &Value, column: usize) -> String {
        let key = write::word(key, Place::Block);
        let (behind, below) = self.value(value, column, key.len());
        let space = if behind.is_empty() { "" } else { " " };
        format!("{}{key}:{space}{behind}{}{below}", " ".repeat(column), self.line_end)
    }

    /// A value as what stands behind its key, which begins in a column, and the lines below that.
    pub(super) fn value(
        &self,
        value: &Value,
        column: usize,
        key_length: usize,
    ) -> (String, String) {
        match value {
            Value::Nothing => (String::new(), String::new()),
            Value::Word(word) => (write::word(word, Place::Block).into_owned(), String::new()),
            Value::Text(text) => match self.wants_block(text, column + key_length) {
                true => ("|".to_owned(), write::block(text, column + self.unit, self.line_end)),
                false => (write::line(text, Place::Block).into_owned(), String::new()),
            },
            Value::List(items) if !items.iter().all(is_word) => {
                let items = items.iter().map(|item| self.item(item, column + self.dash));
                (String::new(), items.collect())
            }
            Value::Map(entries) => {
                let column = column + self.unit;
                let entries = entries.iter().map(|(key, value)| self.entry(key, value, column));
                (String::new(), entries.collect())
            }
            Value::List(_) | Value::Inline(_) => (flow(value), String::new()),
        }
    }

    /// An item with its dash, as lines from the column of the dash on.
    pub(super) fn item(&self, value: &Value, column: usize) -> String {
        let margin = " ".repeat(column);
        let end = self.line_end;
        match value {
            Value::Map(entries) => {
                let lines = entries.iter().map(|(key, value)| self.entry(key, value, column + 2));
                let lines: String = lines.collect();
                format!("{margin}- {}", &lines[column + 2..])
            }
            Value::Text(text) if self.wants_block(text, column) => {
                format!("{margin}- |{end}{}", write::block(text, column + self.unit.max(2), end))
            }
            Value::Text(text) => format!("{margin}- {}{end}", write::line(text, Place::Block)),
            other => format!("{margin}- {}{end}", flow(other)),
        }
    }

    pub(super) fn wants_block(&self, text: &str, column: usize) -> bool {
        let is_long = text.contains('\n') || column + text.chars().count() > LONGEST_LINE;
        is_long && write::can_be_block(text)
    }
}

fn is_word(value: &Value) -> bool {
    matches!(value, Value::Word(_))
}

/// A value between brackets, or on the line of its key.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) => write::line(text, Place::Flow).into_owned(),
        Value::Word(word) => write::word(word, Place::Flow).into_owned(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) | Value::Inline(entries) => {
            let pairs = entries.iter().map(|(key, value)| pair(key, value));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

pub(super) fn pair(key: &str, value: &Value) -> String {
    format!("{}: {}", write::word(key, Place::Flow), flow(value))
}
