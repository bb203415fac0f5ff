//! Answers: under the id of their question as it is now, with the wording that they were given to, or as
//! orphans under an id of their own.

use std::ops::Range;

use super::super::Trouble;
use super::super::decide::{Decision, Going};
use super::{Surgeon, find, is_empty, start};
use crate::syntax::edit::Splice;
use crate::syntax::page::{Page, key as id_key};
use crate::syntax::tree::{Kind, Node, Style};
use crate::syntax::write::{Place, word};

impl<'t> Surgeon<'_, 't> {
    pub(super) fn answer(&mut self, decision: &Decision<'_>) -> Result<(), Trouble> {
        let id = decision.entry.id.value.as_str();
        let Some((key, value)) = self.find_in(decision.part.key(), id) else {
            return Err(Trouble::Unproven);
        };
        let is_between_brackets = self.is_in_flow(key);
        if let Some((id, name)) = &decision.fresh {
            self.ask_afresh(key, id, name, is_between_brackets);
        }
        if let (Going::Orphan(why), false) = (&decision.going, is_between_brackets)
            && !why.is_empty()
        {
            self.note(key, &format!("Orphan: {why}"));
        }
        if decision.to != id {
            let with = id_key(&decision.to).into_owned();
            self.splices.push(Splice { at: key.span().range(), with });
        }
        if let Some(wording) = &decision.pin {
            self.pin(key, value, wording, is_between_brackets)?;
        }
        for action in find(value, "actions").map(|(_, list)| list.items()).into_iter().flatten() {
            let splices = self.recover(action)?;
            self.splices.extend(splices);
        }
        Ok(())
    }

    /// An empty entry for a question, before one that has its words and cannot be its answer.
    fn ask_afresh(&mut self, key: Node<'t>, id: &str, name: &str, is_in_flow: bool) {
        let id = id_key(id);
        if is_in_flow {
            self.splices.push(Splice::insert(start(key), format!("{id}: {{{name}: }}, ")));
            return;
        }
        let column = self.ground.column(start(key));
        let (margin, inner) = (" ".repeat(column), " ".repeat(column + self.ground.unit()));
        let lines = self.lines(&format!("{margin}{id}:\n{inner}{name}:\n"));
        // Before the comment on the orphan.
        self.splices.push(Splice::insert(self.ground.line_start(start(key)), lines));
    }

    /// Whether an entry stands between brackets with others, be it on a line of its own.
    pub(super) fn is_in_flow(&self, key: Node<'t>) -> bool {
        let at = start(key);
        let before = self.brackets.partition_point(|own| own.start <= at);
        let around = self.brackets[..before].last();
        let line = self.ground.line_start(at);
        around.is_some_and(|own| own.contains(&at)) || !self.text[line..at].trim().is_empty()
    }

    /// A comment above a key that begins its line.
    fn note(&mut self, key: Node<'t>, text: &str) {
        let mut page = Page::default();
        page.comment(self.ground.column(start(key)), text);
        let lines = self.lines(&page.text);
        self.splices.push(Splice::insert(self.ground.line_start(start(key)), lines));
    }

    /// Says what wording an answer was given to.
    fn pin(
        &mut self,
        key: Node<'t>,
        value: Node<'t>,
        wording: &str,
        is_in_flow: bool,
    ) -> Result<(), Trouble> {
        let pair = format!("wording: {}", word(wording, Place::Flow));
        let first = value.entries().next();
        match (value.kind(), first) {
            (Kind::Map, _) if self.ground.is_flow(value) => {
                let more = if first.is_some() { ", " } else { "" };
                self.splices.push(Splice::insert(start(value) + 1, format!("{pair}{more}")));
            }
            (Kind::Map, Some((first, _))) => {
                let margin = " ".repeat(self.ground.column(start(first)));
                let line = self.lines(&format!("{margin}{pair}\n"));
                let rating = find(value, "rating").or_else(|| find(value, "answer"));
                let at = match rating {
                    Some((own, value)) if self.is_on_one_line(own, value) => self.below(start(own)),
                    _ => self.ground.line_start(start(first)),
                };
                self.splices.push(Splice::insert(at, line));
            }
            (Kind::Missing, _) if is_in_flow => {
                let colon = self.ground.colon(key);
                let sign = if self.text[..colon].ends_with(':') { "" } else { ":" };
                self.splices.push(Splice::insert(colon, format!("{sign} {{{pair}}}")));
            }
            (Kind::Missing, _) => {
                let margin = " ".repeat(self.ground.column(start(key)) + self.ground.unit());
                let line = self.lines(&format!("{margin}{pair}\n"));
                self.splices.push(Splice::insert(self.below(start(key)), line));
            }
            (Kind::Scalar(..) | Kind::List, _) => self.wrap(key, value, &pair, is_in_flow),
            (Kind::Map | Kind::Refused, _) => return Err(Trouble::Unproven),
        }
        Ok(())
    }

    /// Whether a value stands behind its key and ends there.
    fn is_on_one_line(&self, key: Node<'t>, value: Node<'t>) -> bool {
        let is_plain = matches!(value.kind(), Kind::Scalar(_, Style::Bare | Style::Quoted));
        let end = self.ground.entry(key, value).end;
        (is_plain || *value.kind() == Kind::Missing) && end <= self.below(start(key))
    }

    /// Puts an answer that stands behind its id under `answer`, so that more can be said of it.
    fn wrap(&mut self, key: Node<'t>, value: Node<'t>, pair: &str, is_in_flow: bool) {
        if is_in_flow {
            let Range { start, end } = value.span().range();
            self.splices.push(Splice::insert(start, "{answer: ".to_owned()));
            self.splices.push(Splice::insert(end, format!(", {pair}}}")));
            return;
        }
        let unit = self.ground.unit();
        let margin = " ".repeat(self.ground.column(start(key)) + unit);
        let stretch = self.ground.entry(key, value);
        let answer = self.lines(&format!("\n{margin}answer:"));
        self.splices.push(Splice::insert(self.ground.colon(key), answer));
        let mut at = self.below(start(key));
        while at < stretch.end {
            let next = self.below(at);
            if !is_empty(&self.text[at..next]) {
                self.splices.push(Splice::insert(at, " ".repeat(unit)));
            }
            at = next;
        }
        let line = self.lines(&format!("{margin}{pair}\n"));
        self.splices.push(Splice::insert(self.below(stretch.end), line));
    }
}
