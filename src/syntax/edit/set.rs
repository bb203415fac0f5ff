//! One value in the place of another, or of none: what stands around it stays.

use std::borrow::Cow;

use super::manner::flow;
use super::places::{Block, at, end};
use super::plan::{Editor, Spot};
use super::{Refusal, Splice, Value};
use crate::syntax::tree::{Kind, Node, Style};
use crate::syntax::write::{self, Place};
use crate::text::is_hidden;

impl<'t> Editor<'t> {
    pub(super) fn set(&self, spot: Spot<'t>, value: &Value) -> Result<Vec<Splice>, Refusal> {
        match (spot.node.kind(), value) {
            (Kind::Missing, Value::Nothing) => Ok(Vec::new()),
            (Kind::Missing, _) => self.give(spot, value),
            (Kind::Scalar(_, Style::Block), _) => self.set_block(spot, value),
            (Kind::Scalar(..), Value::Text(text)) => self.set_text(spot, text, write::line),
            (Kind::Scalar(..), Value::Word(text)) => self.set_text(spot, text, write::word),
            (Kind::Scalar(..), Value::Nothing) => Ok(vec![self.clear(spot)]),
            (Kind::Scalar(..), Value::List(_)) => Ok(vec![self.replace(spot.node, flow(value))]),
            (Kind::List, Value::List(_) | Value::Nothing)
                if self.has_comment(at(spot.node)..self.end_of(spot.node, spot.key)) =>
            {
                self.set_around_comments(spot, value)
            }
            (Kind::List, Value::Nothing) if self.is_flow(spot.node) => Ok(vec![self.clear(spot)]),
            (Kind::List, Value::Nothing) => self.set_list(spot, &[]),
            (Kind::List, Value::List(_)) if self.is_flow(spot.node) => {
                Ok(vec![self.replace(spot.node, flow(value))])
            }
            (Kind::List, Value::List(items)) => self.set_list(spot, items),
            _ => {
                let message = "a list or a group stands here: change it in an editor".to_owned();
                Err(Refusal::Shape(at(spot.node), message))
            }
        }
    }

    /// Takes a value away. What stands between it and its key, and behind it, stays if it is a comment.
    pub(super) fn clear(&self, spot: Spot<'t>) -> Splice {
        let (from, until) = (at(spot.node), end(spot.node));
        let colon = spot.key.map_or(from, |key| self.colon(key));
        let nothing = String::new();
        // Some readers want a blank between a colon and a comma.
        if spot.place == Place::Flow {
            return Splice { at: from..until, with: nothing };
        }
        if !self.has_comment(colon..from) {
            return Splice { at: colon..until, with: nothing };
        }
        let line_end = self.line_end(until);
        match self.text[until..line_end].trim().is_empty() {
            true => self.without_lines(self.line_start(from), until),
            // The comment behind it takes its place.
            false => Splice { at: from..self.after_blanks(until), with: nothing },
        }
    }

    /// Gives a value to a key that has none.
    pub(super) fn give(&self, spot: Spot<'t>, value: &Value) -> Result<Vec<Splice>, Refusal> {
        let key = spot.key.ok_or(Refusal::Unproven)?;
        if spot.place == Place::Flow {
            return Ok(vec![self.behind_key(key, &flow(value))]);
        }
        let column = self.column(at(key));
        if let Value::Text(text) = value
            && self.wants_block(text, column)
        {
            return Ok(vec![self.behind_key(key, "|"), self.block_below(key, end(key), text)]);
        }
        let (behind, below) = self.value(value, column, 0);
        let mut splices = vec![self.behind_key(key, &behind)];
        if !below.is_empty() {
            splices.push(self.insert_lines(end(key), below));
        }
        Ok(splices)
    }

    /// Puts a text in the place of another, and keeps the kind of its quotes.
    pub(super) fn set_text(
        &self,
        spot: Spot<'t>,
        text: &str,
        bare: impl for<'w> Fn(&'w str, Place) -> Cow<'w, str>,
    ) -> Result<Vec<Splice>, Refusal> {
        if let (Place::Block, Some(key)) = (spot.place, spot.key)
            && self.wants_block(text, self.column(at(key)))
        {
            // Below a comment the sign of a block would be hard to find, and a comment behind the
            // sign of a block is none.
            let colon = self.colon(key);
            if self.has_comment(colon..at(spot.node)) {
                return Ok(vec![self.replace(spot.node, write::quoted(text))]);
            }
            let sign = Splice { at: colon..end(spot.node), with: " |".to_owned() };
            return Ok(vec![sign, self.block_below(key, end(spot.node), text)]);
        }
        let written = match self.text.as_bytes()[at(spot.node)] {
            b'"' => write::quoted(text),
            b'\'' if !text.contains(|sign| sign == '\n' || sign == '\r' || is_hidden(sign)) => {
                format!("'{}'", text.replace('\'', "''"))
            }
            b'\'' => write::quoted(text),
            _ => bare(text, spot.place).into_owned(),
        };
        Ok(vec![self.replace(spot.node, written)])
    }

    /// The lines of a block below the line that an offset stands on. They are indented further than a
    /// comment that follows them, lest it become a part of the text.
    pub(super) fn block_below(&self, key: Node<'t>, offset: usize, text: &str) -> Splice {
        let usual = self.column(at(key)) + self.unit;
        let indent = usual.max(self.least_indent(offset));
        self.insert_lines(offset, write::block(text, indent, self.line_end))
    }

    /// Puts a text in the place of a block; its sign, and a comment behind it, stay.
    pub(super) fn set_block(&self, spot: Spot<'t>, value: &Value) -> Result<Vec<Splice>, Refusal> {
        let block = self.block(spot.node, spot.key);
        let text = match value {
            Value::Nothing => "",
            Value::Text(text) | Value::Word(text) => text,
            Value::List(_) | Value::Map(_) | Value::Inline(_) => {
                let message = "a text stands here: change it in an editor".to_owned();
                return Err(Refusal::Shape(at(spot.node), message));
            }
        };
        let can_stay = text.is_empty() || write::can_be_block(text);
        let sign = match can_stay {
            true if text.is_empty() => self.sign_of_nothing(&block, spot.key),
            true => self.text[block.sign.clone()].replace('>', "|"),
            false => write::quoted(text),
        };
        let mut splices = vec![Splice { at: block.sign, with: sign }];
        let lines = match text.is_empty() || !can_stay {
            true => String::new(),
            false => write::block(text, block.indent, self.line_end),
        };
        match block.lines.is_empty() {
            true if lines.is_empty() => {}
            true => splices.push(self.insert_lines(block.lines.start, lines)),
            false if lines.is_empty() => {
                splices.push(self.without_lines(block.lines.start, block.lines.end));
            }
            false => {
                let with = lines.trim_end_matches(['\r', '\n']).to_owned();
                splices.push(Splice { at: block.lines, with });
            }
        }
        Ok(splices)
    }

    /// The sign of a block that is left empty: none where the comment that follows would be taken for
    /// its text.
    pub(super) fn sign_of_nothing(&self, block: &Block, key: Option<Node<'t>>) -> String {
        let column = key.map_or(0, |key| self.column(at(key)));
        match self.least_indent(block.until) > column + 1 {
            true => String::new(),
            false => self.text[block.sign.clone()].to_owned(),
        }
    }

    /// Puts other items in the place of those of a block list.
    pub(super) fn set_list(&self, spot: Spot<'t>, items: &[Value]) -> Result<Vec<Splice>, Refusal> {
        let key = spot.key.ok_or(Refusal::Unproven)?;
        let column = self.dash_column(key).ok_or(Refusal::Unproven)?;
        let first = self.first_line_below(key).ok_or(Refusal::Unproven)?;
        let until = self.end_of(spot.node, Some(key));
        if items.is_empty() {
            if self.has_comment(until..self.line_end(until)) {
                return self.set_around_comments(spot, &Value::Nothing);
            }
            return Ok(vec![self.without_lines(first, until)]);
        }
        let lines: String = items.iter().map(|item| self.item(item, column)).collect();
        let with = lines.trim_end_matches(['\r', '\n']).to_owned();
        Ok(vec![Splice { at: first..until, with }])
    }

    /// Puts other words in the place of those of a list that has comments, each in its own place. A
    /// word that would go together with its comment stays for a person to take out.
    pub(super) fn set_around_comments(
        &self,
        spot: Spot<'t>,
        value: &Value,
    ) -> Result<Vec<Splice>, Refusal> {
        let items: Vec<Node<'t>> = spot.node.items().collect();
        let new: &[Value] = if let Value::List(new) = value { new } else { &[] };
        let are_words = items.iter().all(|item| matches!(item.kind(), Kind::Scalar(..)));
        if new.len() < items.len() || !are_words || self.is_flow(spot.node) {
            let message = "this list has comments: change it in an editor".to_owned();
            return Err(Refusal::Shape(at(spot.node), message));
        }
        let key = spot.key.ok_or(Refusal::Unproven)?;
        let column = self.dash_column(key).ok_or(Refusal::Unproven)?;
        let own = items.iter().zip(new).map(|(item, word)| self.replace(*item, flow(word)));
        let mut splices: Vec<Splice> = own.collect();
        let more: String = new[items.len()..].iter().map(|item| self.item(item, column)).collect();
        if !more.is_empty() {
            splices.push(self.insert_lines(self.end_of(spot.node, Some(key)), more));
        }
        Ok(splices)
    }
}
