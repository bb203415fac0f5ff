//! What a file consists of: the answers of an assessment by step, and the tables of any other.

use std::ops::Range;

use crate::model::checklist::Checklist;
use crate::syntax::tree::{Kind, Node};
use crate::text::one_line;

/// One entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub name: String,
    /// A rating or a status; may be empty.
    pub detail: String,
    /// All of it.
    pub range: Range<usize>,
    /// Its key, or its first word.
    pub mark: Range<usize>,
    pub inner: Vec<Entry>,
}

/// Longer names are cut.
const LONGEST: usize = 80;

/// The outline of an assessment, with the answers under their steps.
pub(crate) fn of_assessment(root: Node<'_>, checklist: Option<&Checklist>) -> Vec<Entry> {
    let mut all = Vec::new();
    for (key, value) in root.entries() {
        match (key.scalar(), checklist) {
            (Some("ratings"), Some(checklist)) => all.extend(by_step(value, checklist)),
            (Some("context"), _) => {
                let answers = value.entries().map(|(key, value)| entry(key, value, checklist));
                let inner = answers.collect();
                all.push(Entry { inner, ..entry(key, value, None) });
            }
            (Some("ratings" | "steps" | "actions" | "evidence"), _) => {
                all.push(entry(key, value, checklist));
            }
            _ => {}
        }
    }
    all
}

/// The outline of any other file.
pub(crate) fn of_any(root: Node<'_>) -> Vec<Entry> {
    let is_more = |node: Node<'_>| matches!(node.kind(), Kind::List | Kind::Map);
    let parts = root.entries().filter(|(_, value)| is_more(*value));
    parts.map(|(key, value)| entry(key, value, None)).collect()
}

/// The answers under their steps; those to no question of the checklist stand last, for themselves.
fn by_step(ratings: Node<'_>, checklist: &Checklist) -> Vec<Entry> {
    let mut answers: Vec<(String, Entry)> = Vec::new();
    for (key, value) in ratings.entries() {
        let id = key.scalar().unwrap_or_default().to_owned();
        answers.push((id, entry(key, value, Some(checklist))));
    }
    let mut all = Vec::new();
    for step in &checklist.steps {
        let is_own = |id: &str| step.questions.iter().any(|question| question.id.value == id);
        let (own, rest): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(id, _)| is_own(id));
        answers = rest;
        let inner: Vec<Entry> = own.into_iter().map(|(_, entry)| entry).collect();
        let Some(first) = inner.first() else { continue };
        let start = inner.iter().map(|entry| entry.range.start).min().unwrap_or_default();
        let end = inner.iter().map(|entry| entry.range.end).max().unwrap_or_default();
        all.push(Entry {
            name: cut(&format!("{} {}", step.id.value, step.title)),
            detail: String::new(),
            range: start..end,
            mark: first.mark.clone(),
            inner,
        });
    }
    all.extend(answers.into_iter().map(|(_, entry)| entry));
    all
}

fn entry(key: Node<'_>, value: Node<'_>, checklist: Option<&Checklist>) -> Entry {
    let id = key.scalar().unwrap_or_default();
    let title = checklist.and_then(|own| {
        let question = own.any_question(id).map(|question| question.title.as_str());
        question.or_else(|| own.step(id).map(|step| step.title.as_str()))
    });
    let name = match title {
        Some(title) => format!("{id} {title}"),
        None => id.to_owned(),
    };
    let name = match cut(&name).as_str() {
        "" => "(no name)".to_owned(),
        name => name.to_owned(),
    };
    let mark = key.span().range();
    Entry {
        name,
        detail: detail(value),
        range: mark.start..value.span().range().end.max(mark.end),
        mark,
        inner: inner(value),
    }
}

/// What stands under a key and has a name of its own: groups under their keys, and items with an id.
fn inner(value: Node<'_>) -> Vec<Entry> {
    let below = |(key, inner): (Node<'_>, Node<'_>)| match inner.kind() {
        Kind::List => items(inner),
        Kind::Map if matches!(key.scalar(), Some("response" | "views")) => Vec::new(),
        Kind::Map => vec![entry(key, inner, None)],
        Kind::Missing | Kind::Refused | Kind::Scalar(..) => Vec::new(),
    };
    match value.kind() {
        Kind::Map => value.entries().flat_map(below).collect(),
        Kind::List => items(value),
        Kind::Missing | Kind::Refused | Kind::Scalar(..) => Vec::new(),
    }
}

/// The items of a list that have an id, by which they are named.
fn items(list: Node<'_>) -> Vec<Entry> {
    let items: Vec<Node<'_>> = match list.kind() {
        Kind::List => list.children().collect(),
        Kind::Map => vec![list],
        Kind::Missing | Kind::Refused | Kind::Scalar(..) => Vec::new(),
    };
    let named = |item: Node<'_>| {
        let field = |name: &str| {
            let entry = item.entries().find(|(key, _)| key.scalar() == Some(name));
            entry.and_then(|(_, value)| Some((value, value.scalar()?)))
        };
        let (id, word) = ["id", "value", "old", "rule"].into_iter().find_map(field)?;
        let title = ["title", "task", "what", "group", "label", "new"].into_iter().find_map(field);
        let title = title.map_or("", |(_, text)| text);
        let (start, end) = (item.span().range().start, item.span().range().end);
        let mark = id.span().range();
        Some(Entry {
            name: cut(&format!("{word} {title}")),
            detail: detail(item),
            range: start.min(mark.start)..end.max(mark.end),
            mark,
            inner: inner(item),
        })
    };
    items.into_iter().filter_map(named).collect()
}

fn detail(value: Node<'_>) -> String {
    let words = ["rating", "status", "kind"];
    let said =
        value.entries().find(|(key, _)| key.scalar().is_some_and(|key| words.contains(&key)));
    said.and_then(|(_, value)| value.scalar()).map(cut).unwrap_or_default()
}

fn cut(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
