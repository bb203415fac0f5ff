//! The proof: the new text says all that the old one said, each thing where it was to go, and has all
//! its comments.
//!
//! It does not know how the text was made, only what was decided.

use std::collections::HashMap;

use super::decide::{Decision, Part};
use super::lists::all_covered;
use super::surgery::Made;
use super::{Task, Trouble};
use crate::model::assessment::Action;
use crate::source::{Source, SourceId};
use crate::syntax::comments;
use crate::syntax::edit;
use crate::syntax::tree::{Kind, Node, Tree};

/// Something that a file says, and where: the way to it, and its text.
type Said = (String, String);

pub(super) fn prove(
    task: Task<'_>,
    decisions: &[Decision<'_>],
    made: &Made<'_>,
    source: &Source,
    tree: &Tree<'_>,
) -> Result<(), Trouble> {
    let new_source = Source::new(SourceId(0), "", made.text.clone());
    let new_tree = edit::parse(&new_source).ok_or(Trouble::Unproven)?;
    let (old, new) = (tree.root(), new_tree.root());
    let comments = |tree: &Tree<'_>, source: &Source| -> Vec<String> {
        let all = comments::of_yaml(tree, &source.text);
        all.iter().map(|own| own.text.trim_end().to_owned()).collect()
    };
    let (then, now) = (comments(tree, source), comments(&new_tree, &new_source));
    let is_right = keeps_comments(&then, &now, task.schemas)
        && same_elsewhere(old, new)
        && same_answers(decisions, old, new)
        && same_steps(task, old, new, &now)
        && same_totals(task, old, new, &now)
        && same_actions(task, old, new);
    if is_right { Ok(()) } else { Err(Trouble::Unproven) }
}

/// Every comment is there, as often as it was; that of the editor's schema leads to another.
fn keeps_comments(then: &[String], now: &[String], [old, new]: [&str; 2]) -> bool {
    let mut left: Vec<&str> = now.iter().map(String::as_str).collect();
    left.sort_unstable();
    let led = |comment: &str| match comment.contains("yaml-language-server:") {
        true => match comment.rfind(old) {
            Some(at) => format!("{}{new}{}", &comment[..at], &comment[at + old.len()..]),
            None => comment.to_owned(),
        },
        false => comment.to_owned(),
    };
    let mut wanted: Vec<String> = then.iter().map(|comment| led(comment)).collect();
    wanted.sort_unstable();
    // Both are in order, so that one look at each is enough. A comment behind an id that became a
    // comment itself stands at the end of that one.
    let mut rest = left.into_iter().peekable();
    let mut unmatched: Vec<&String> = Vec::new();
    for comment in &wanted {
        while rest.next_if(|own| *own < comment.as_str()).is_some() {}
        if rest.next_if(|own| *own == comment).is_none() {
            unmatched.push(comment);
        }
    }
    unmatched.iter().all(|lost| now.iter().any(|own| own.ends_with(lost.as_str())))
}

fn find<'t>(group: Node<'t>, name: &str) -> Option<Node<'t>> {
    group.entries().find(|(key, _)| key.scalar() == Some(name)).map(|(_, value)| value)
}

fn find_in<'t>(root: Node<'t>, part: &str, id: &str) -> Option<Node<'t>> {
    find(find(root, part)?, id)
}

/// What stands in the part of a file, by id.
fn by_id<'t>(root: Node<'t>, part: &str) -> HashMap<&'t str, Node<'t>> {
    let group = find(root, part).into_iter().flat_map(Node::entries);
    // Keys do not come twice: such a file is not taken over.
    group.filter_map(|(key, value)| Some((key.scalar()?, value))).collect()
}

/// The answers of a file by their ids.
struct Answers<'t> {
    ratings: HashMap<&'t str, Node<'t>>,
    context: HashMap<&'t str, Node<'t>>,
}

impl<'t> Answers<'t> {
    fn of(root: Node<'t>) -> Self {
        let part = |part: Part| by_id(root, part.key());
        Answers { ratings: part(Part::Ratings), context: part(Part::Context) }
    }

    fn of_part(&self, part: Part, id: &str) -> Option<Node<'t>> {
        let own = match part {
            Part::Ratings => &self.ratings,
            Part::Context => &self.context,
        };
        own.get(id).copied()
    }
}

/// What is said below a node, in order of the ways to it. What actions cover is left out, and so are
/// the actions where they are looked at apart.
fn said(node: Option<Node<'_>>, way: &str, without: &[&str]) -> Vec<Said> {
    let mut all = Vec::new();
    if let Some(node) = node {
        gather(node, way, without, &mut all);
    }
    all.sort();
    all
}

fn gather(node: Node<'_>, way: &str, without: &[&str], all: &mut Vec<Said>) {
    match node.kind() {
        Kind::Missing | Kind::Refused => {}
        Kind::Scalar(text, _) if text.trim().is_empty() => {}
        Kind::Scalar(text, _) => {
            let text = text.replace("\r\n", "\n");
            all.push((way.to_owned(), text.trim_end_matches('\n').to_owned()));
        }
        Kind::List => {
            for (at, item) in node.items().enumerate() {
                gather(item, &format!("{way}[{at}]"), without, all);
            }
        }
        Kind::Map => {
            for (key, value) in node.entries() {
                let key = key.scalar().unwrap_or_default();
                if !without.contains(&key) {
                    gather(value, &format!("{way}/{key}"), without, all);
                }
            }
        }
    }
}

/// What has no place of its own in an edition stays as it is.
fn same_elsewhere(old: Node<'_>, new: Node<'_>) -> bool {
    const CHANGED: [&str; 8] =
        ["checklist", "status", "covers", "expect", "context", "ratings", "steps", "actions"];
    said(Some(old), "", &CHANGED) == said(Some(new), "", &CHANGED)
}

/// Every answer stands under its new id, as it was, with the wording that it was given to.
fn same_answers(decisions: &[Decision<'_>], old: Node<'_>, new: Node<'_>) -> bool {
    let count = |part: Part, root: Node<'_>| {
        find(root, part.key()).map_or(0, |group| group.entries().count())
    };
    let of = |part: Part| decisions.iter().filter(|own| own.part == part).count();
    let fresh =
        |part: Part| decisions.iter().filter(|own| own.part == part && own.fresh.is_some()).count();
    let complete = [Part::Ratings, Part::Context].iter().all(|part| {
        count(*part, old) == of(*part) && count(*part, new) == of(*part) + fresh(*part)
    });
    let (then, now) = (Answers::of(old), Answers::of(new));
    let is_empty = |own: &Decision<'_>| {
        let id = own.fresh.as_ref().map(|(id, _)| id);
        id.is_none_or(|id| said(now.of_part(own.part, id), "", &[]).is_empty())
    };
    complete
        && decisions.iter().all(is_empty)
        && decisions.iter().all(|own| {
            let mut expected = said(then.of_part(own.part, &own.entry.id.value), "", &["covers"]);
            let is_bare = expected.iter().all(|(way, _)| way.is_empty() || way.starts_with('['));
            if own.pin.is_some() && is_bare {
                // What stood behind the id stands under a key.
                expected.iter_mut().for_each(|(way, _)| way.insert_str(0, "/answer"));
            }
            expected.extend(own.pin.iter().map(|pin| ("/wording".to_owned(), pin.clone())));
            expected.sort();
            said(now.of_part(own.part, &own.to), "", &["covers"]) == expected
        })
}

/// What is said on a step stands under its successor, or else in comments.
fn same_steps(task: Task<'_>, old: Node<'_>, new: Node<'_>, comments: &[String]) -> bool {
    let (of_old, of_new) = (by_id(old, "steps"), by_id(new, "steps"));
    task.assessment.steps.iter().all(|words| {
        let id = words.id.value.as_str();
        let then = said(of_old.get(id).copied(), "", &["actions"]);
        match task.mapping.step(id).and_then(|mapped| mapped.new.value()) {
            Some(next) => said(of_new.get(next.as_str()).copied(), "", &["actions"]) == then,
            None => {
                let is_there = |line: &str| {
                    // A text may go on behind its key, in quotes.
                    let words: Vec<&str> = line.split_whitespace().collect();
                    let line = words.join(" ");
                    comments.iter().any(|own| {
                        own.split_whitespace().collect::<Vec<_>>().join(" ").contains(&line)
                    })
                };
                let mut lines = then.iter().flat_map(|(_, text)| text.lines());
                lines.all(|line| is_there(line) || is_folded(line, comments))
            }
        }
    })
}

/// The totals of the whole are as they were. Those of a step stand under its successor, or else in
/// comments, and there are no others.
fn same_totals(task: Task<'_>, old: Node<'_>, new: Node<'_>, comments: &[String]) -> bool {
    fn of_steps(root: Node<'_>) -> Option<Node<'_>> {
        find_in(root, "expect", "steps")
    }
    let is_of_steps = |root: Node<'_>| of_steps(root).is_some_and(|own| *own.kind() == Kind::Map);
    if !is_of_steps(old) {
        return said(find(old, "expect"), "", &[]) == said(find(new, "expect"), "", &[]);
    }
    let expected = &task.assessment.expect.steps;
    let count = |root: Node<'_>| of_steps(root).map_or(0, |steps| steps.entries().count());
    let mut going = 0;
    let all = expected.iter().all(|(id, _)| {
        let then = said(of_steps(old).and_then(|own| find(own, &id.value)), "", &[]);
        match task.mapping.step(&id.value).and_then(|mapped| mapped.new.value()) {
            Some(next) => {
                going += 1;
                then == said(of_steps(new).and_then(|own| find(own, next)), "", &[])
            }
            None => {
                let is_said = |(way, number): &(String, String)| {
                    let word = way.trim_start_matches('/');
                    comments.iter().any(|own| own.contains(word) && own.contains(number.as_str()))
                };
                comments.iter().any(|own| own.contains(&id.value)) && then.iter().all(is_said)
            }
        }
    });
    let whole = |root: Node<'_>| said(find(root, "expect"), "", &["steps"]);
    all && whole(old) == whole(new) && count(old) == expected.len() && count(new) == going
}

/// Whether each word of a line that the file cuts otherwise stands in the comments.
fn is_folded(line: &str, comments: &[String]) -> bool {
    line.split_whitespace().all(|word| {
        let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
        let doubled = word.replace('\'', "''");
        [word, &escaped, &doubled].iter().any(|word| comments.iter().any(|own| own.contains(*word)))
    })
}

/// Every action is there with all that it says, and covers what took the place of what it covered.
fn same_actions(task: Task<'_>, old: Node<'_>, new: Node<'_>) -> bool {
    let mut then: Vec<Vec<Said>> = Vec::new();
    for (node, action) in action_nodes(old).into_iter().zip(in_file_order(task)) {
        let mut own = said(Some(node), "", &["covers"]);
        let covers = all_covered(task, &action.covers);
        own.extend(covers.into_iter().map(|id| ("covers".to_owned(), id)));
        own.sort();
        then.push(own);
    }
    let with_covers = |node: Node<'_>| {
        let mut own = said(Some(node), "", &["covers"]);
        let covers = find(node, "covers").into_iter().flat_map(Node::items);
        let ids = covers.filter_map(|item| item.scalar());
        own.extend(ids.map(|id| ("covers".to_owned(), id.to_owned())));
        own.sort();
        own
    };
    let mut now: Vec<Vec<Said>> = action_nodes(new).into_iter().map(with_covers).collect();
    then.sort();
    now.sort();
    then == now && action_nodes(old).len() == in_file_order(task).len()
}

/// The actions in the order in which the model has them.
fn in_file_order<'a>(task: Task<'a>) -> Vec<&'a Action> {
    task.assessment.all_actions().map(|(_, action)| action).collect()
}

/// The nodes of all actions in the same order.
fn action_nodes(root: Node<'_>) -> Vec<Node<'_>> {
    let of_groups = ["context", "ratings", "steps"].into_iter().filter_map(|part| find(root, part));
    let groups = of_groups.flat_map(Node::entries).map(|(_, value)| value);
    let holders = groups.chain(std::iter::once(root));
    holders.filter_map(|group| find(group, "actions")).flat_map(Node::items).collect()
}
