//! What is said on steps, and the actions that cannot stay on theirs: lines move whole, with the comments
//! that belong to them.

use std::ops::Range;

use super::super::Trouble;
use super::super::lists::all_covered;
use super::{Pair, Surgeon, find, is_empty, start};
use crate::model::assessment::{Action, StepWords};
use crate::syntax::edit::{Splice, splice};
use crate::syntax::page::{Page, key as id_key};
use crate::syntax::tree::{Kind, Node};
use crate::text::one_line;

/// What stands on a step that is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// What was said.
    Words,
    /// What it was to come to.
    Totals,
}

impl<'a, 't> Surgeon<'a, 't> {
    /// What is said on a step follows it, as far as it has a successor.
    pub(super) fn step(&mut self, words: &'a StepWords) -> Result<(), Trouble> {
        let id = words.id.value.as_str();
        let Some((key, value)) = self.find_in("steps", id) else { return Err(Trouble::Unproven) };
        let next = self.task.mapping.step(id).and_then(|mapped| mapped.new.value());
        let items = find(value, "actions").into_iter().flat_map(|(_, list)| list.items());
        let mut cut: Vec<Range<usize>> = Vec::new();
        for (item, action) in items.into_iter().zip(&words.actions) {
            match self.leaves(action, next) {
                None => {
                    let splices = self.recover(item)?;
                    self.splices.extend(splices);
                }
                Some(why) => cut.push(self.take_out(item, action, &why)?),
            }
        }
        match next {
            Some(next) => {
                if next != id {
                    let with = id_key(next).into_owned();
                    self.splices.push(Splice { at: key.span().range(), with });
                }
                let gone = |at| Splice { at, with: String::new() };
                self.splices.extend(cut.into_iter().map(gone));
            }
            None => self.comment_out(key, value, &cut, &[id], Gone::Words)?,
        }
        self.made.gone_steps.extend(next.is_none().then_some(id));
        Ok(())
    }

    /// Why an action cannot stay on its step: the step is gone, or what it covers is elsewhere.
    fn leaves(&self, action: &Action, next: Option<&String>) -> Option<String> {
        let edition = &self.task.new.id.value;
        let Some(next) = next else { return Some(format!("which is gone in {edition}")) };
        let covers = all_covered(self.task, &action.covers);
        let step = self.task.new.step(next)?;
        let is_there = |id: &String| step.questions.iter().any(|own| own.id.value == *id);
        let has_lost_all = covers.is_empty() && !action.covers.is_empty();
        (has_lost_all || !covers.iter().all(is_there))
            .then(|| format!("and what it covers is elsewhere in {edition}"))
    }

    /// Cuts the lines of an action out, to put them on the whole. Gives the lines that go.
    fn take_out(
        &mut self,
        item: Node<'t>,
        action: &Action,
        why: &str,
    ) -> Result<Range<usize>, Trouble> {
        let Some(stretch) = self.ground.item(item) else {
            let message = "this action has to move: write it on lines of its own, with a dash";
            return Err(Trouble::Place(start(item), message.to_owned()));
        };
        let column = self.ground.column(stretch.start);
        let mut lines = self.ground.lines(stretch.clone(), column);
        // Comments right above it go with it.
        while let Some(above) = lines.start.checked_sub(1) {
            let from = self.ground.line_start(above);
            let line = &self.text[from..lines.start];
            let indent = line.len() - line.trim_start_matches(' ').len();
            let hash = from + indent;
            let is_comment = self.ground.comments(hash..hash + 1).next().is_some();
            if !is_comment || indent < column {
                break;
            }
            lines.start = from;
        }
        let mut own: Vec<Splice> = self.recover(item)?;
        for splice in &mut own {
            splice.at = splice.at.start - lines.start..splice.at.end - lines.start;
        }
        let moved = splice(&self.text[lines.clone()], &mut own);
        let step = self
            .task
            .assessment
            .steps
            .iter()
            .find(|words| words.actions.iter().any(|other| other.span == action.span));
        let step = step.map_or("", |words| words.id.value.as_str());
        let mut note = Page::default();
        note.comment(column, &format!("It stood on step {}, {why}.", one_line(step)));
        let name =
            action.id.value().map_or("an action without an id".to_owned(), |id| one_line(id));
        self.made.moved_actions.push(name);
        self.to_whole.push((column, format!("{}{moved}", self.lines(&note.text))));
        Ok(lines)
    }

    /// Makes comments of what stands on steps that are gone, without the lines that were cut out.
    pub(super) fn comment_out(
        &mut self,
        key: Node<'t>,
        value: Node<'t>,
        cut: &[Range<usize>],
        steps: &[&str],
        gone: Gone,
    ) -> Result<(), Trouble> {
        let is_one = steps.len() == 1;
        if self.is_in_flow(key) {
            let (what, them, own) = match (gone, is_one) {
                (Gone::Words, _) => ("this step has no successor, and its words", "it", "its"),
                (Gone::Totals, true) => {
                    ("this step has no successor, and its totals", "them", "their")
                }
                (Gone::Totals, false) => {
                    ("these steps have no successors, and their totals", "them", "their")
                }
            };
            let message =
                format!("{what} become comments: write {them} on lines of {own} own first");
            return Err(Trouble::Place(start(key), message));
        }
        let column = self.ground.column(start(key));
        let stretch = self.ground.entry(key, value);
        let whole = self.ground.line_start(stretch.start)..self.below(stretch.end);
        let edition = &self.task.new.id.value;
        let mut page = Page::default();
        let head = match (gone, is_one) {
            (Gone::Words, _) => format!("This step is gone in {edition}; what was said on it:"),
            (Gone::Totals, true) => format!("This step is gone in {edition}; its totals:"),
            (Gone::Totals, false) => format!("These steps are gone in {edition}; their totals:"),
        };
        page.comment(column, &head);
        let with = self.lines(&page.text) + &self.commented(whole.clone(), cut, column);
        self.splices.push(Splice { at: whole, with });
        Ok(())
    }

    /// Lines as comments at a column, comments among them as they are, without the lines that were cut out.
    fn commented(&self, whole: Range<usize>, cut: &[Range<usize>], column: usize) -> String {
        let mut with = String::new();
        let mut at = whole.start;
        while at < whole.end {
            let next = self.below(at);
            let line = &self.text[at..next];
            let indent = line.len() - line.trim_start_matches(' ').len();
            let hash = at + indent;
            if cut.iter().any(|cut| cut.contains(&at)) {
                // It stands somewhere else now.
            } else if line.trim().is_empty() {
                with.push_str(&format!("{}#{}", " ".repeat(column), self.ground.line_end()));
            } else if self.ground.comments(hash..hash + 1).next().is_some() {
                with.push_str(line);
            } else {
                let margin = indent.min(column);
                with.push_str(&format!("{}# {}", &line[..margin], &line[margin..]));
            }
            at = next;
        }
        with
    }

    /// The actions on the whole, with those that come from steps.
    pub(super) fn whole(&mut self) -> Result<(), Trouble> {
        let pair = find(self.root, "actions");
        for item in pair.map(|(_, list)| list.items()).into_iter().flatten() {
            let splices = self.recover(item)?;
            self.splices.extend(splices);
        }
        let moved = std::mem::take(&mut self.to_whole);
        if moved.is_empty() {
            return Ok(());
        }
        let (at, column, head) = self.end_of_actions(pair)?;
        let lines = moved.iter().map(|(from, text)| shift(text, *from, column));
        let text = format!("{}{}", self.lines(&head), lines.collect::<String>());
        self.splices.push(Splice::insert(at, text));
        Ok(())
    }

    /// Where one more action on the whole goes, the column of its dash, and what has to stand above it.
    fn end_of_actions(&self, pair: Option<Pair<'t>>) -> Result<(usize, usize, String), Trouble> {
        let Some((key, list)) = pair else {
            let evidence = find(self.root, "evidence").map(|(key, _)| key);
            // A file may be one map between brackets.
            if let Some(key) = evidence.filter(|key| !self.is_in_flow(*key)) {
                let at = self.ground.line_start(start(key));
                return Ok((at, self.ground.dash(), "actions:\n".to_owned()));
            }
            return Ok((self.text.len(), self.ground.dash(), "\nactions:\n".to_owned()));
        };
        let first = list.items().next().and_then(|item| self.ground.item(item));
        match (list.kind(), first) {
            (Kind::List, Some(first)) => {
                let column = self.ground.column(first.start);
                let stretch = self.ground.entry(key, list);
                Ok((self.ground.lines(stretch, column).end, column, String::new()))
            }
            (Kind::Missing, _) => Ok((self.below(start(key)), self.ground.dash(), String::new())),
            _ => {
                let message = "an action has to move here: write these actions on lines of their \
                               own, each with a dash";
                Err(Trouble::Place(start(key), message.to_owned()))
            }
        }
    }
}

/// Lines moved from one column to another.
fn shift(text: &str, from: usize, to: usize) -> String {
    let move_line = |line: &str| match (is_empty(line), to.checked_sub(from)) {
        (true, _) => line.to_owned(),
        (false, Some(further)) => format!("{}{line}", " ".repeat(further)),
        (false, None) => {
            let indent = line.len() - line.trim_start_matches(' ').len();
            line[indent.min(from - to)..].to_owned()
        }
    };
    text.split_inclusive('\n').map(move_line).collect()
}
