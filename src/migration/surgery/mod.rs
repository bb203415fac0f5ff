//! The splices: where the text of an assessment has to read otherwise so that it answers the later
//! edition. Lines move whole, with the comments that belong to them.

mod answers;
mod steps;
mod totals;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::decide::{Decision, Going};
use super::lists::{covered, relist};
use super::{Task, Trouble};
use crate::model::assessment::Status;
use crate::model::checklist::Question;
use crate::source::Source;
use crate::syntax::comments;
use crate::syntax::edit::{Ground, Splice, splice};
use crate::syntax::tree::{Kind, Node, Tree};
use crate::syntax::write::{Place, word};

/// A key with its value.
type Pair<'t> = (Node<'t>, Node<'t>);

/// What was made.
pub(super) struct Made<'a> {
    pub(super) text: String,
    pub(super) moved_actions: Vec<String>,
    pub(super) gone_steps: Vec<&'a str>,
    pub(super) gone_totals: Vec<&'a str>,
    pub(super) covers: Option<Vec<String>>,
    pub(super) is_reopened: bool,
}

struct Surgeon<'a, 't> {
    task: Task<'a>,
    text: &'t str,
    root: Node<'t>,
    ground: Ground<'t>,
    /// What stands in the parts of the file, by part and id.
    entries: HashMap<(&'static str, &'t str), Pair<'t>>,
    /// The maps and lists between brackets that are in no other, in order.
    brackets: Vec<Range<usize>>,
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
        gone_totals: Vec::new(),
        covers: None,
        is_reopened: false,
    };
    let mut surgeon = Surgeon {
        task,
        text: &source.text,
        root: tree.root(),
        ground: Ground::new(&source.text, tree),
        entries: entries(tree.root()),
        brackets: brackets(tree.root(), &source.text),
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
    surgeon.totals()?;
    surgeon.whole()?;
    surgeon.made.text = splice(&source.text, &mut surgeon.splices);
    Ok(surgeon.made)
}

/// The value of a key in a group.
fn find<'t>(group: Node<'t>, name: &str) -> Option<Pair<'t>> {
    group.entries().find(|(key, _)| key.scalar() == Some(name))
}

/// What stands in the parts of a file that hold one thing for each question or step.
fn entries<'t>(root: Node<'t>) -> HashMap<(&'static str, &'t str), Pair<'t>> {
    let mut entries = HashMap::new();
    for part in ["context", "ratings", "steps"] {
        let group = find(root, part).into_iter().flat_map(|(_, group)| group.entries());
        for (key, value) in group {
            if let Some(id) = key.scalar() {
                entries.entry((part, id)).or_insert((key, value));
            }
        }
    }
    entries
}

/// The maps and lists between brackets that are in no other.
fn brackets(node: Node<'_>, text: &str) -> Vec<Range<usize>> {
    if text[start(node)..].starts_with(['{', '[']) {
        return vec![node.span().range()];
    }
    let groups = node.children().filter(|child| matches!(child.kind(), Kind::Map | Kind::List));
    groups.flat_map(|group| brackets(group, text)).collect()
}

fn start(node: Node<'_>) -> usize {
    node.span().start as usize
}

impl<'a, 't> Surgeon<'a, 't> {
    fn find_in(&self, part: &str, id: &str) -> Option<Pair<'t>> {
        let entries: &HashMap<(&str, &str), Pair<'t>> = &self.entries;
        entries.get(&(part, id)).copied()
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
        let on = decisions.iter().filter(|own| !matches!(own.going, Going::Orphan(_)));
        let on: HashSet<&str> = on.map(|own| own.to.as_str()).collect();
        let goes_on = |question: &Question| on.contains(question.id.value.as_str());
        let steps = self.task.new.steps.iter();
        let steps = steps.filter(|step| step.questions.iter().any(goes_on));
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

    /// What an action covers, in the ids of the later edition.
    fn recover(&self, action: Node<'t>) -> Result<Vec<Splice>, Trouble> {
        match find(action, "covers") {
            Some(pair) => relist(&self.ground, self.text, pair, |id| covered(self.task, id), &[]),
            None => Ok(Vec::new()),
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
