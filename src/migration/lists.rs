//! Lists of ids: what `covers` names, in the ids of the later edition.

use super::{Task, Trouble};
use crate::source::Spanned;
use crate::syntax::edit::{Ground, Splice};
use crate::syntax::tree::{Kind, Node};
use crate::syntax::write::{Place, word};
use crate::text::{join_words, one_line, visible};

/// The ids that take the place of one that an action covers: of a question, or else of a step. One
/// that neither edition knows stays.
pub(super) fn covered(task: Task<'_>, id: &str) -> Vec<String> {
    match (task.mapping.question(id), task.mapping.step(id)) {
        (Some(mapped), _) => mapped.new.iter().map(|id| id.value.clone()).collect(),
        (None, Some(mapped)) => mapped.new.value().into_iter().cloned().collect(),
        (None, None) => vec![id.to_owned()],
    }
}

/// What an action covers in the later edition, each once.
pub(super) fn all_covered(task: Task<'_>, covers: &[Spanned<String>]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in covers.iter().flat_map(|id| covered(task, &id.value)) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

/// Puts other ids in the place of those of a list. Comments in it stay with the item before them; an
/// item that has no successor becomes a comment itself where the list has any.
pub(super) fn relist(
    ground: &Ground<'_>,
    text: &str,
    (key, list): (Node<'_>, Node<'_>),
    each: impl Fn(&str) -> Vec<String>,
    more: &[String],
) -> Result<Vec<Splice>, Trouble> {
    let items: Vec<Node<'_>> = list.items().collect();
    let mut told: Vec<String> = Vec::new();
    let mut fresh = |ids: Vec<String>| -> Vec<String> {
        let ids = ids.into_iter().filter(|id| {
            let is_new = !told.contains(id);
            told.push(id.clone());
            is_new
        });
        ids.collect()
    };
    let new: Vec<Vec<String>> =
        items.iter().map(|item| fresh(each(item.scalar().unwrap_or_default()))).collect();
    let more = fresh(more.to_vec());
    let is_same = |(item, ids): (&Node<'_>, &Vec<String>)| matches!(ids.as_slice(), [only] if item.scalar() == Some(only));
    if more.is_empty() && items.iter().zip(&new).all(is_same) {
        return Ok(Vec::new());
    }
    let stretch = ground.entry(key, list);
    let colon = ground.colon(key);
    let flow = |ids: &[String]| {
        let ids: Vec<_> = ids.iter().map(|id| word(id, Place::Flow)).collect();
        ids.join(", ")
    };
    if ground.comments(colon..stretch.end).next().is_none() {
        let all: Vec<String> = new.concat().into_iter().chain(more).collect();
        let mut splices =
            vec![Splice { at: colon..stretch.end, with: format!(" [{}]", flow(&all)) }];
        let lost = items.iter().filter_map(|item| item.scalar());
        let lost: Vec<&str> = lost.filter(|id| each(id).is_empty()).collect();
        splices.extend(note(ground, text, key, stretch.end, &lost));
        return Ok(splices);
    }
    if ground.is_flow(list) || !matches!(list.kind(), Kind::List) {
        let message = "this list has comments between its brackets: write it with dashes, one id on \
                       a line, or take the comments out";
        return Err(Trouble::Place(colon, message.to_owned()));
    }
    let mut splices = Vec::new();
    for (at, (item, ids)) in items.iter().zip(&new).enumerate() {
        let Some(range) = ground.item(*item) else {
            let message = "put this id on the line of its dash";
            return Err(Trouble::Place(item.span().start as usize, message.to_owned()));
        };
        let column = ground.column(range.start);
        let added = if at + 1 == items.len() { more.as_slice() } else { &[] };
        match ids.split_first() {
            None => splices.push(Splice::insert(range.start, "# ".to_owned())),
            Some((first, _)) => splices.push(Splice {
                at: item.span().range(),
                with: word(first, Place::Flow).into_owned(),
            }),
        }
        let line = |id: &String| {
            format!("{}- {}{}", " ".repeat(column), word(id, Place::Flow), ground.line_end())
        };
        let lines: String = ids.iter().skip(1).chain(added).map(line).collect();
        let below = text[range.end..].find('\n').map_or(text.len(), |end| range.end + end + 1);
        if !lines.is_empty() {
            splices.push(Splice::insert(below, lines));
        }
    }
    Ok(splices)
}

/// A comment on the ids that have no successor: behind the list, or above its line where something
/// follows it there.
fn note(
    ground: &Ground<'_>,
    text: &str,
    key: Node<'_>,
    end: usize,
    lost: &[&str],
) -> Option<Splice> {
    let verb = if lost.len() == 1 { "is" } else { "are" };
    let lost = match lost {
        [] => return None,
        lost => one_line(&visible(&join_words(lost, "and"))),
    };
    let rest = text[end..].split('\n').next().unwrap_or_default();
    if rest.trim().is_empty() {
        return Some(Splice::insert(end, format!("   # {lost} {verb} gone")));
    }
    let line = ground.line_start(key.span().start as usize);
    let margin = text[line..].len() - text[line..].trim_start_matches(' ').len();
    let comment =
        format!("{}# It also covered {lost}, gone now.{}", " ".repeat(margin), ground.line_end());
    Some(Splice::insert(line, comment))
}
