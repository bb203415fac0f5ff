//! The splices: where the text of an assessment has to read otherwise so that it answers the later
//! edition. Lines move whole, with the comments that belong to them.

use std::ops::Range;

use super::decide::{Decision, Going};
use super::lists::{all_covered, covered, relist};
use super::{Task, Trouble};
use crate::model::assessment::{Action, Status, StepWords};
use crate::source::Source;
use crate::syntax::comments;
use crate::syntax::decode;
use crate::syntax::edit::{Ground, Splice, splice};
use crate::syntax::page::{Page, key as id_key};
use crate::syntax::tree::{Kind, Node, Style, Tree};
use crate::syntax::write::{Place, word};
use crate::text::{join_words, one_line};

/// A key with its value.
type Pair<'t> = (Node<'t>, Node<'t>);

/// What was made.
pub(super) struct Made<'a> {
    pub(super) text: String,
    pub(super) moved_actions: Vec<String>,
    pub(super) gone_steps: Vec<&'a str>,
    pub(super) covers: Option<Vec<String>>,
    pub(super) is_reopened: bool,
}

struct Surgeon<'a, 't> {
    task: Task<'a>,
    text: &'t str,
    root: Node<'t>,
    ground: Ground<'t>,
    splices: Vec<Splice>,
    /// Lines that go to the actions on the whole, from the column of a dash on.
    to_whole: Vec<(usize, String)>,
    made: Made<'a>,
}

pub(super) fn operate<'a>(
    task: Task<'a>,
    decisions: &[Decision<'a>],
    source: &Source,
    tree: &Tree<'_>,
) -> Result<Made<'a>, Trouble> {
    let made = Made {
        text: String::new(),
        moved_actions: Vec::new(),
        gone_steps: Vec::new(),
        covers: None,
        is_reopened: false,
    };
    let mut surgeon = Surgeon {
        task,
        text: &source.text,
        root: tree.root(),
        ground: Ground::new(&source.text, tree),
        splices: Vec::new(),
        to_whole: Vec::new(),
        made,
    };
    surgeon.head(decisions)?;
    surgeon.schema_comment(tree);
    for decision in decisions {
        surgeon.answer(decision)?;
    }
    for words in &task.assessment.steps {
        surgeon.step(words)?;
    }
    surgeon.whole()?;
    surgeon.made.text = splice(&source.text, &mut surgeon.splices);
    Ok(surgeon.made)
}

/// The value of a key in a group.
fn find<'t>(group: Node<'t>, name: &str) -> Option<Pair<'t>> {
    group.entries().find(|(key, _)| key.scalar() == Some(name))
}

fn start(node: Node<'_>) -> usize {
    node.span().start as usize
}

impl<'a, 't> Surgeon<'a, 't> {
    fn find_in(&self, part: &str, id: &str) -> Option<Pair<'t>> {
        find(find(self.root, part)?.1, id)
    }

    /// Lines of ours end as those of the file do.
    fn lines(&self, text: &str) -> String {
        text.replace('\n', self.ground.line_end())
    }

    /// The end of the line of an offset, its line end included.
    fn below(&self, offset: usize) -> usize {
        self.text[offset..].find('\n').map_or(self.text.len(), |end| offset + end + 1)
    }

    /// Which checklist it answers, whether it is final, which steps it covers.
    fn head(&mut self, decisions: &[Decision<'_>]) -> Result<(), Trouble> {
        if let Some((_, value)) = find(self.root, "checklist") {
            let reference = word(self.task.reference, Place::Block).into_owned();
            self.splices.push(Splice { at: value.span().range(), with: reference });
        }
        // Nobody has judged it against the later edition yet.
        if let (Status::Final, Some((_, value))) =
            (self.task.assessment.status.value, find(self.root, "status"))
        {
            self.splices.push(Splice { at: value.span().range(), with: "draft".to_owned() });
            self.made.is_reopened = true;
        }
        let (Some(then), Some(pair)) = (&self.task.assessment.covers, find(self.root, "covers"))
        else {
            return Ok(());
        };
        let each = |id: &str| step_or_question(self.task, id);
        let answered = self.answered_steps(decisions);
        let mut now: Vec<String> = then.iter().flat_map(|id| each(&id.value)).collect();
        let more: Vec<String> = answered.into_iter().filter(|id| !now.contains(id)).collect();
        now.extend(more.iter().cloned());
        if now.is_empty() {
            let message = format!(
                "none of the steps that this assessment covers has a successor in {}: correct the \
                 mapping, or take `covers` out",
                self.task.new.id.value
            );
            return Err(Trouble::Place(start(pair.0), message));
        }
        let splices = relist(&self.ground, self.text, pair, each, &more)?;
        if !splices.is_empty() {
            now.dedup();
            self.made.covers = Some(now);
            self.splices.extend(splices);
        }
        Ok(())
    }

    /// The steps of the later edition in which an answer goes on.
    fn answered_steps(&self, decisions: &[Decision<'_>]) -> Vec<String> {
        let goes_on = |id: &str| {
            let is_it = |own: &Decision<'_>| own.to == id && !matches!(own.going, Going::Orphan(_));
            decisions.iter().any(is_it)
        };
        let steps = self.task.new.steps.iter();
        let steps = steps.filter(|step| step.questions.iter().any(|own| goes_on(&own.id.value)));
        steps.map(|step| step.id.value.clone()).collect()
    }

    /// The comment that leads editors to a schema leads to that of the later edition.
    fn schema_comment(&mut self, tree: &Tree<'_>) {
        let [old, new] = self.task.schemas;
        let all = comments::of_yaml(tree, self.text);
        for comment in all.iter().filter(|own| own.text.contains("yaml-language-server:")) {
            if let Some(at) = comment.text.rfind(old) {
                let at = comment.start + at;
                self.splices.push(Splice { at: at..at + old.len(), with: new.to_owned() });
            }
        }
    }

    fn answer(&mut self, decision: &Decision<'_>) -> Result<(), Trouble> {
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
        for action in
            find(value, "actions").map(|(_, list)| decode::items(list)).into_iter().flatten()
        {
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

    /// Whether an entry stands between brackets with others.
    fn is_in_flow(&self, key: Node<'t>) -> bool {
        let line = self.ground.line_start(start(key));
        !self.text[line..start(key)].trim().is_empty()
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

    /// What an action covers, in the ids of the later edition.
    fn recover(&self, action: Node<'t>) -> Result<Vec<Splice>, Trouble> {
        match find(action, "covers") {
            Some(pair) => relist(&self.ground, self.text, pair, |id| covered(self.task, id), &[]),
            None => Ok(Vec::new()),
        }
    }

    /// What is said on a step follows it, as far as it has a successor.
    fn step(&mut self, words: &'a StepWords) -> Result<(), Trouble> {
        let id = words.id.value.as_str();
        let Some((key, value)) = self.find_in("steps", id) else { return Err(Trouble::Unproven) };
        let next = self.task.mapping.step(id).and_then(|mapped| mapped.new.value());
        let items = find(value, "actions").map(|(_, list)| decode::items(list)).unwrap_or_default();
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
            None => self.comment_out(key, value, &cut)?,
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
        let lost: Vec<&str> = action
            .covers
            .iter()
            .filter(|id| covered(self.task, &id.value).is_empty())
            .map(|id| id.value.as_str())
            .collect();
        if !lost.is_empty() {
            note.comment(
                column,
                &format!("It also covered {}, gone now.", join_words(&lost, "and")),
            );
        }
        let name =
            action.id.value().map_or("an action without an id".to_owned(), |id| one_line(id));
        self.made.moved_actions.push(name);
        self.to_whole.push((column, format!("{}{moved}", self.lines(&note.text))));
        Ok(lines)
    }

    /// Makes comments of what is said on a step, without the lines that were cut out.
    fn comment_out(
        &mut self,
        key: Node<'t>,
        value: Node<'t>,
        cut: &[Range<usize>],
    ) -> Result<(), Trouble> {
        if self.is_in_flow(key) {
            let message = "this step has no successor, and its words become comments: write it on \
                           lines of its own first";
            return Err(Trouble::Place(start(key), message.to_owned()));
        }
        let column = self.ground.column(start(key));
        let stretch = self.ground.entry(key, value);
        let whole = self.ground.line_start(stretch.start)..self.below(stretch.end);
        let edition = &self.task.new.id.value;
        let mut page = Page::default();
        page.comment(column, &format!("This step is gone in {edition}; what was said on it:"));
        let mut with = self.lines(&page.text);
        let mut at = whole.start;
        while at < whole.end {
            let next = self.below(at);
            let line = &self.text[at..next];
            let is_cut = cut.iter().any(|cut| cut.contains(&at));
            let indent = line.len() - line.trim_start_matches(' ').len();
            let hash = at + indent;
            match line.trim().is_empty() || is_cut {
                true if is_cut => {}
                true => {
                    with.push_str(&format!("{}#{}", " ".repeat(column), self.ground.line_end()))
                }
                false if self.ground.comments(hash..hash + 1).next().is_some() => {
                    with.push_str(line);
                }
                false => {
                    let margin = indent.min(column);
                    with.push_str(&format!("{}# {}", &line[..margin], &line[margin..]));
                }
            }
            at = next;
        }
        self.splices.push(Splice { at: whole, with });
        Ok(())
    }

    /// The actions on the whole, with those that come from steps.
    fn whole(&mut self) -> Result<(), Trouble> {
        let pair = find(self.root, "actions");
        for item in pair.map(|(_, list)| decode::items(list)).into_iter().flatten() {
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
        let first = decode::items(list).first().and_then(|item| self.ground.item(*item));
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

/// The ids that take the place of one that the whole covers: of a step, or else the steps of a
/// question.
fn step_or_question(task: Task<'_>, id: &str) -> Vec<String> {
    match (task.mapping.step(id), task.mapping.question(id)) {
        (Some(mapped), _) => mapped.new.value().into_iter().cloned().collect(),
        (None, Some(mapped)) => mapped.new.iter().map(|id| id.value.clone()).collect(),
        (None, None) => vec![id.to_owned()],
    }
}

/// Whether there is nothing on a line. Blanks can belong to a text.
fn is_empty(line: &str) -> bool {
    line.trim_end_matches(['\r', '\n']).is_empty()
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
