//! What a text says, as an unrelated parser reads it, and what it should say after a change.

use std::collections::BTreeMap;

use serde_yaml::Value as Read;

use crate::syntax::edit::{Edit, Step, Value};

/// A value without regard to how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// A text, and whether the parser took it for a text rather than for a number or a truth.
    Text(String, Taken),
    List(Vec<Said>),
    Map(BTreeMap<String, Said>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    AsText,
    AsOther,
}

impl Said {
    /// What a YAML text says.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        serde_yaml::from_str::<Read>(text).map(Said::of_read).map_err(|error| error.to_string())
    }

    fn of_read(read: Read) -> Self {
        match read {
            Read::Null => Said::Nothing,
            Read::String(text) if text.trim().is_empty() => Said::Nothing,
            Read::String(text) => Said::Text(text, Taken::AsText),
            Read::Bool(truth) => Said::Text(truth.to_string(), Taken::AsOther),
            Read::Number(number) => Said::Text(number.to_string(), Taken::AsOther),
            Read::Sequence(items) => Said::List(items.into_iter().map(Said::of_read).collect()),
            Read::Mapping(entries) => {
                let name = |key| match Said::of_read(key) {
                    Said::Text(text, _) => text,
                    other => panic!("{other:?} is no key"),
                };
                let entry = |(key, value)| (name(key), Said::of_read(value));
                Said::Map(entries.into_iter().map(entry).collect())
            }
            Read::Tagged(_) => panic!("nothing is tagged"),
        }
    }

    /// What a value says that is to be written. A word is written bare, so that the other parser reads
    /// of it what it reads of the word alone.
    fn of_value(value: &Value) -> Self {
        match value {
            Value::Nothing => Said::Nothing,
            Value::Text(text) if text.trim().is_empty() => Said::Nothing,
            Value::Text(text) | Value::Word(text) => Said::Text(text.clone(), Taken::AsText),
            Value::List(items) => Said::List(items.iter().map(Said::of_value).collect()),
            Value::Map(entries) | Value::Inline(entries) => {
                let entry = |(key, value): &(String, Value)| (key.clone(), Said::of_value(value));
                Said::Map(entries.iter().map(entry).collect())
            }
        }
    }

    /// The way through the file to what an edit is about, as far as it is there, with the places of
    /// items in lists.
    pub(super) fn way(&self, edit: &Edit) -> (Vec<String>, usize) {
        let (Edit::Set(steps, _) | Edit::Append(steps, _)) = edit;
        let (mut here, mut way, mut there) = (Some(self), Vec::new(), 0);
        for step in steps {
            let name = match (step, here) {
                (Step::KeyOrSelf(..), None | Some(Said::Text(..) | Said::Nothing)) => continue,
                (Step::Key(name, _) | Step::KeyOrSelf(name, _), _) => name.clone(),
                (Step::Item(key, value), Some(Said::List(items))) => {
                    let place = items.iter().position(|item| item.has(key, value));
                    place.expect("the action is there").to_string()
                }
                (Step::Item(..), _) => continue,
            };
            here = here.and_then(|here| here.inner(&name));
            there += usize::from(here.is_some());
            way.push(name);
        }
        (way, there)
    }

    fn has(&self, key: &str, value: &str) -> bool {
        matches!(self.inner(key), Some(Said::Text(text, _)) if text.trim() == value)
    }

    fn inner(&self, name: &str) -> Option<&Said> {
        match self {
            Said::Map(entries) => entries.get(name),
            Said::List(items) => items.get(name.parse::<usize>().ok()?),
            Said::Nothing | Said::Text(..) => None,
        }
    }

    /// Makes the change that an edit asks for.
    pub(super) fn change(&mut self, way: &[String], edit: &Edit) {
        let Some((name, rest)) = way.split_first() else { return self.change_here(edit) };
        match self {
            Said::List(items) => {
                let place = name.parse::<usize>().expect("a place in a list is a number");
                items[place].change(rest, edit);
            }
            _ => {
                if !matches!(self, Said::Map(_)) {
                    *self = Said::Map(BTreeMap::new());
                }
                let Said::Map(entries) = self else { unreachable!("it was just made a map") };
                let inner = entries.entry(name.clone()).or_insert(Said::Nothing);
                inner.change(rest, edit);
            }
        }
    }

    fn change_here(&mut self, edit: &Edit) {
        let (Edit::Set(_, value) | Edit::Append(_, value)) = edit;
        let value = Said::of_value(value);
        *self = match (edit, std::mem::replace(self, Said::Nothing)) {
            (Edit::Set(..), _) => value,
            (Edit::Append(..), Said::Nothing) => Said::List(vec![value]),
            (Edit::Append(..), Said::List(mut items)) => {
                items.push(value);
                Said::List(items)
            }
            (Edit::Append(..), one) => Said::List(vec![one, value]),
        };
    }

    /// Where two texts say something else, as the way to it.
    pub(super) fn difference(&self, other: &Said, way: &mut Vec<String>) -> Option<Vec<String>> {
        match (self, other) {
            (Said::Map(own), Said::Map(others)) => {
                let keys = own.keys().chain(others.keys());
                let nothing = Said::Nothing;
                keys.into_iter().find_map(|key| {
                    let own = own.get(key).unwrap_or(&nothing);
                    let other = others.get(key).unwrap_or(&nothing);
                    way.push(key.clone());
                    let found = own.difference(other, way);
                    way.pop();
                    found
                })
            }
            (Said::List(own), Said::List(others)) if own.len() == others.len() => {
                own.iter().zip(others).enumerate().find_map(|(place, (own, other))| {
                    way.push(place.to_string());
                    let found = own.difference(other, way);
                    way.pop();
                    found
                })
            }
            _ if self == other => None,
            _ => Some(way.clone()),
        }
    }

    /// What stands at the end of a way.
    pub(super) fn at(&self, way: &[String]) -> Option<&Said> {
        way.iter().try_fold(self, |here, name| here.inner(name))
    }

    /// Puts a value at the end of a way that is there.
    pub(super) fn put(&mut self, way: &[String], value: Said) {
        let mut here = self;
        for name in way {
            here = match here {
                Said::Map(entries) => entries.entry(name.clone()).or_insert(Said::Nothing),
                Said::List(items) => {
                    &mut items[name.parse::<usize>().expect("a place in a list is a number")]
                }
                Said::Nothing | Said::Text(..) => return,
            };
        }
        *here = value;
    }
}
