//! The proof: the new text holds the old values with the one change, and all comments.
//!
//! It does not know how the change was made, only what was asked for.

use super::{Edit, Refusal, Step, Value, parse};
use crate::source::{Source, SourceId};
use crate::syntax::comments;
use crate::syntax::tree::{Kind, Node, Tree};

/// Holds the new text to the old one: the same values but for the change, and the same comments.
pub(super) fn prove(
    old: &Source,
    tree: &Tree<'_>,
    change: &Edit,
    new: &str,
) -> Result<(), Refusal> {
    let source = Source::new(SourceId(0), "", new.to_owned());
    let new_tree = parse(&source).ok_or(Refusal::Unproven)?;
    let mut expected = Plain::of(tree.root());
    expected.change(change);
    let texts = |tree: &Tree<'_>, source: &Source| {
        let all = comments::of_yaml(tree, &source.text);
        all.iter().map(|comment| comment.text.trim_end().to_owned()).collect::<Vec<_>>()
    };
    let is_right =
        Plain::of(new_tree.root()) == expected && texts(tree, old) == texts(&new_tree, &source);
    if is_right { Ok(()) } else { Err(Refusal::Unproven) }
}

/// A tree without places, to compare what two texts say.
#[derive(Debug, PartialEq, Eq)]
enum Plain {
    Nothing,
    Text(String),
    List(Vec<Plain>),
    /// Sorted by key, because the order of keys says nothing.
    Map(Vec<(String, Plain)>),
}

impl Plain {
    fn of(node: Node<'_>) -> Self {
        match node.kind() {
            Kind::Missing | Kind::Refused => Plain::Nothing,
            Kind::Scalar(text, _) => Plain::of_text(text),
            Kind::List => Plain::List(node.items().map(Plain::of).collect()),
            Kind::Map => {
                let entry = |(key, value): (Node<'_>, Node<'_>)| {
                    (key.scalar().unwrap_or_default().to_owned(), Plain::of(value))
                };
                let mut entries: Vec<(String, Plain)> = node.entries().map(entry).collect();
                entries.sort_by(|a, b| a.0.cmp(&b.0));
                Plain::Map(entries)
            }
        }
    }

    /// An empty text counts as none; a block has a line end at its end that is not part of the text.
    fn of_text(text: &str) -> Self {
        match text.trim().is_empty() {
            true => Plain::Nothing,
            false => Plain::Text(text.trim_end_matches('\n').to_owned()),
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Nothing => Plain::Nothing,
            Value::Text(text) | Value::Word(text) => Plain::of_text(text),
            Value::List(items) => Plain::List(items.iter().map(Plain::of_value).collect()),
            Value::Map(entries) | Value::Inline(entries) => {
                let entry = |(key, value): &(String, Value)| (key.clone(), Plain::of_value(value));
                let mut entries: Vec<(String, Plain)> = entries.iter().map(entry).collect();
                entries.sort_by(|a, b| a.0.cmp(&b.0));
                Plain::Map(entries)
            }
        }
    }

    /// Makes the change that a text is to have.
    fn change(&mut self, change: &Edit) {
        let (Edit::Set(way, value) | Edit::Append(way, value)) = change;
        if *value == Value::Nothing && !self.leads(way) {
            return;
        }
        let here = way.iter().fold(self, |here, step| here.inner(step));
        let value = Plain::of_value(value);
        *here = match change {
            Edit::Set(..) => value,
            Edit::Append(..) => match std::mem::replace(here, Plain::Nothing) {
                Plain::Nothing => Plain::List(vec![value]),
                Plain::List(mut items) => {
                    items.push(value);
                    Plain::List(items)
                }
                one => Plain::List(vec![one, value]),
            },
        };
    }

    /// Whether all steps of a way are there.
    fn leads(&self, way: &[Step]) -> bool {
        let Some((step, rest)) = way.split_first() else { return true };
        match (step, self) {
            (Step::Key(name, _) | Step::KeyOrSelf(name, _), Plain::Map(entries)) => {
                let inner = entries.iter().find(|(key, _)| key == name);
                inner.is_some_and(|(_, inner)| inner.leads(rest))
            }
            (Step::Key(..), _) => false,
            (Step::Item(key, value), Plain::List(items)) => {
                let inner = items.iter().find(|item| item.has(key, value));
                inner.is_some_and(|inner| inner.leads(rest))
            }
            (Step::KeyOrSelf(..) | Step::Item(..), one) => one.leads(rest),
        }
    }

    fn has(&self, key: &str, value: &str) -> bool {
        let Plain::Map(entries) = self else { return false };
        let is_it = |(own, plain): &(String, Plain)| {
            own == key && matches!(plain, Plain::Text(text) if text.trim() == value)
        };
        entries.iter().any(is_it)
    }

    /// What a step leads to, made where it is missing.
    fn inner(&mut self, step: &Step) -> &mut Plain {
        match step {
            Step::Item(key, value) => match self {
                Plain::List(items) => {
                    let is_it = |item: &&mut Plain| item.has(key, value);
                    items.iter_mut().find(is_it).expect("the item was found in the tree")
                }
                // A single value counts as a list of one.
                one => one,
            },
            Step::KeyOrSelf(..) if !matches!(self, Plain::Map(_)) => self,
            Step::Key(name, _) | Step::KeyOrSelf(name, _) => {
                if !matches!(self, Plain::Map(_)) {
                    *self = Plain::Map(Vec::new());
                }
                let Plain::Map(entries) = self else { unreachable!("it was just made a map") };
                let place = entries.binary_search_by(|(key, _)| key.cmp(name));
                let index = place.unwrap_or_else(|index| {
                    entries.insert(index, (name.clone(), Plain::Nothing));
                    index
                });
                &mut entries[index].1
            }
        }
    }
}
