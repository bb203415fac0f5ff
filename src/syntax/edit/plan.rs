//! The plan: from the change that is asked for to the places of the text where something else is to
//! stand. What is missing on the way is made; what is added goes to the end of its list.

use super::manner::{flow, pair};
use super::places::{at, end};
use super::{Edit, Refusal, Splice, Step, Value};
use crate::syntax::tree::{Kind, Node, Style};
use crate::syntax::write::{self, Place};

/// A value in the text: its node, and the key or the dash that it stands behind.
#[derive(Clone, Copy)]
pub(super) struct Spot<'t> {
    pub(super) node: Node<'t>,
    pub(super) key: Option<Node<'t>>,
    pub(super) place: Place,
}

/// Works out where a text is to be changed, in the manner in which it is written.
pub(super) struct Editor<'t> {
    pub(super) text: &'t str,
    pub(super) root: Node<'t>,
    /// Where comments begin.
    pub(super) comments: Vec<usize>,
    /// By how much a group is indented below its key.
    pub(super) unit: usize,
    /// By how much a dash is indented below its key.
    pub(super) dash: usize,
    pub(super) line_end: &'static str,
}

impl<'t> Editor<'t> {
    pub(super) fn change(&self, change: &Edit) -> Result<Vec<Splice>, Refusal> {
        let (Edit::Set(way, _) | Edit::Append(way, _)) = change;
        let mut spot = Spot { node: self.root, key: None, place: Place::Block };
        for (index, step) in way.iter().enumerate() {
            let rest = &way[index + 1..];
            if self.is_flow(spot.node) {
                spot.place = Place::Flow;
            }
            let next = match (step, spot.node.kind()) {
                (Step::Key(name, _) | Step::KeyOrSelf(name, _), Kind::Map) => {
                    let is_it = |(key, _): &(Node<'t>, Node<'t>)| key.scalar() == Some(name);
                    spot.node.entries().find(is_it).map(|(key, node)| (Some(key), node))
                }
                (Step::Item(key, value), Kind::List) => {
                    let mut items = spot.node.items();
                    items.find(|item| has(*item, key, value)).map(|node| (None, node))
                }
                (Step::Item(key, value), _) if has(spot.node, key, value) => {
                    Some((spot.key, spot.node))
                }
                (Step::KeyOrSelf(..), _) => Some((spot.key, spot.node)),
                (_, Kind::Missing) => None,
                (_, Kind::Scalar(text, _)) if text.trim().is_empty() => None,
                _ => {
                    let message =
                        "no keys can be added to what stands here: change it in an editor";
                    return Err(Refusal::Shape(at(spot.node), message.to_owned()));
                }
            };
            match next {
                Some((key, node)) => spot = Spot { node, key, ..spot },
                // What is not there need not be taken away.
                None if matches!(change, Edit::Set(_, Value::Nothing)) => return Ok(Vec::new()),
                None => return self.make(spot, step, wrapped(rest, change)),
            }
        }
        match change {
            Edit::Set(_, value) => self.set(spot, value),
            Edit::Append(_, value) => self.append(spot, value),
        }
    }

    /// Makes what is missing on the way: a key in a group, or a group where there is no value.
    pub(super) fn make(
        &self,
        spot: Spot<'t>,
        step: &Step,
        value: Value,
    ) -> Result<Vec<Splice>, Refusal> {
        let (Step::Key(name, order) | Step::KeyOrSelf(name, order)) = step else {
            return Err(Refusal::Unproven);
        };
        let Kind::Map = spot.node.kind() else {
            return self.fill(
                spot,
                |column| self.entry(name, &value, column),
                || format!("{{{}}}", pair(name, &value)),
            );
        };
        let rank = |key: &str| order.iter().position(|known| known == key);
        let own = rank(name);
        let before = spot.node.entries().filter(|(key, _)| {
            let other = key.scalar().and_then(rank);
            other.is_some() && other < own
        });
        let before = before.max_by_key(|(key, _)| key.scalar().and_then(rank));
        if self.is_flow(spot.node) {
            return Ok(vec![self.add_to_flow(spot.node, &pair(name, &value))]);
        }
        let (first, _) = spot.node.entries().next().expect("a block group has a first key");
        let column = self.column(at(first));
        let is_inline = self.text[self.line_start(at(first))..at(first)].contains('-');
        let below = match (before, spot.key) {
            (Some((key, value)), _) => self.end_of(value, Some(key)),
            (None, Some(parent)) if !is_inline => end(parent),
            _ => {
                let (key, value) = spot.node.entries().next().expect("it has a first key");
                self.end_of(value, Some(key))
            }
        };
        let mut lines = self.entry(name, &value, column);
        // Groups that are set apart by empty lines stay so.
        if before.is_some() && matches!(value, Value::Map(_)) && self.is_blank_line_after(below) {
            lines.insert_str(0, self.line_end);
        }
        Ok(vec![self.insert_lines(self.past_comments(below, column), lines)])
    }

    /// Gives a value to a key that has none: lines below it, or a value in brackets.
    pub(super) fn fill(
        &self,
        spot: Spot<'t>,
        lines: impl FnOnce(usize) -> String,
        flow: impl FnOnce() -> String,
    ) -> Result<Vec<Splice>, Refusal> {
        let Some(key) = spot.key else {
            let message = "there is nothing here to write to".to_owned();
            return Err(Refusal::Shape(at(spot.node), message));
        };
        if spot.place == Place::Flow {
            // Empty quotes give way to the group.
            let is_there = matches!(spot.node.kind(), Kind::Scalar(..));
            let splice = match is_there {
                true => self.replace(spot.node, flow()),
                false => self.behind_key(key, &flow()),
            };
            return Ok(vec![splice]);
        }
        let column = self.column(at(key)) + self.unit;
        let below = self.past_comments(end(key), column);
        let mut splices = vec![self.insert_lines(below, lines(column))];
        // Empty quotes or the sign of an empty block give way to the group.
        let stands = self.value_on_line(key);
        if !stands.is_empty() {
            splices.push(Splice { at: self.colon(key)..stands.end, with: String::new() });
        }
        Ok(splices)
    }

    pub(super) fn append(&self, spot: Spot<'t>, value: &Value) -> Result<Vec<Splice>, Refusal> {
        match (spot.node.kind(), spot.key) {
            (Kind::List, _) if self.is_flow(spot.node) => {
                Ok(vec![self.add_to_flow(spot.node, &flow(value))])
            }
            (Kind::List, Some(key)) => {
                let column = self.dash_column(key).ok_or(Refusal::Unproven)?;
                let below = self.past_comments(self.end_of(spot.node, Some(key)), column);
                Ok(vec![self.insert_lines(below, self.item(value, column))])
            }
            (Kind::Missing, Some(key)) => {
                let column = self.column(at(key)) + self.dash;
                self.fill(spot, |_| self.item(value, column), || format!("[{}]", flow(value)))
            }
            (Kind::Scalar(text, style), Some(key)) if *style != Style::Block => {
                if text.trim().is_empty() {
                    let column = self.column(at(key)) + self.dash;
                    return self.fill(
                        spot,
                        |_| self.item(value, column),
                        || format!("[{}]", flow(value)),
                    );
                }
                self.append_to_one(spot, key, value)
            }
            _ => {
                let message = "put a dash before what stands here, so that more can be added";
                Err(Refusal::Shape(at(spot.node), message.to_owned()))
            }
        }
    }

    /// A single value counts as a list of one: it gets a dash, and the new item follows it.
    pub(super) fn append_to_one(
        &self,
        spot: Spot<'t>,
        key: Node<'t>,
        value: &Value,
    ) -> Result<Vec<Splice>, Refusal> {
        let old = &self.text[at(spot.node)..end(spot.node)];
        if spot.place == Place::Flow {
            return Ok(vec![self.replace(spot.node, format!("[{old}, {}]", flow(value)))]);
        }
        let column = self.column(at(key)) + self.dash;
        let margin = " ".repeat(column);
        let colon = self.colon(key);
        let dash = match self.has_comment(colon..at(spot.node)) {
            true => Splice {
                at: self.line_start(at(spot.node))..at(spot.node),
                with: format!("{margin}- "),
            },
            false => {
                let with = format!("{}{margin}- ", self.line_end);
                Splice { at: colon..at(spot.node), with }
            }
        };
        let below = self.past_comments(end(spot.node), column);
        let mut splices = vec![dash, self.insert_lines(below, self.item(value, column))];
        // A text that goes on in lines that stand less far in than its dash is put on one line.
        let is_deep = |line: &str| {
            line.trim().is_empty() || line.len() - line.trim_start_matches(' ').len() > column
        };
        if let Some(text) = spot.node.scalar()
            && !old.lines().skip(1).all(is_deep)
        {
            splices.push(self.replace(spot.node, write::line(text, Place::Block).into_owned()));
        }
        Ok(splices)
    }
}

/// Whether a key of a group has a value.
fn has(group: Node<'_>, key: &str, value: &str) -> bool {
    let is_it = |(own, text): (Node<'_>, Node<'_>)| {
        own.scalar() == Some(key) && text.scalar().is_some_and(|text| text.trim() == value)
    };
    group.entries().any(is_it)
}

/// What a key must hold so that the rest of the way leads to the value.
fn wrapped(rest: &[Step], change: &Edit) -> Value {
    let (Edit::Set(_, value) | Edit::Append(_, value)) = change;
    let last = match change {
        Edit::Set(..) => value.clone(),
        Edit::Append(..) => Value::List(vec![value.clone()]),
    };
    // Only keys can be made.
    rest.iter().rev().fold(last, |inner, step| match step {
        Step::Key(name, _) => Value::Map(vec![(name.clone(), inner)]),
        Step::KeyOrSelf(..) => inner,
        Step::Item(..) => Value::List(vec![inner]),
    })
}
