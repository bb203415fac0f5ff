//! Two editions of a checklist beside each other, by wording: what stayed, what was only set
//! otherwise, reworded, moved, split, merged, added or retired. Facts only; words are for the report.
//!
//! The words decide and the numbers follow: a question that stands elsewhere in the same words has
//! moved, whatever stands under its old id now.

mod likeness;
pub(crate) mod marks;
mod shifts;
mod steps;

use std::collections::HashMap;

use self::likeness::Group;
pub(crate) use self::shifts::{Aspect, ScaleLink, Shift, fits};
use self::steps::Next;
pub(crate) use self::steps::{StepFate, StepLink};
use crate::model::checklist::{Checklist, Question, Step};
pub(crate) use crate::model::mapping::Class;
use crate::model::wording::words;

/// Two editions, matched question by question.
#[derive(Debug)]
pub(crate) struct Editions<'a> {
    /// The earlier edition.
    pub old: &'a Checklist,
    /// The later edition.
    pub new: &'a Checklist,
    /// What became of each question: in the order of the new edition, then those that are retired.
    pub links: Vec<Link<'a>>,
    /// What became of each step, likewise.
    pub steps: Vec<StepLink<'a>>,
    /// The scales that are not as they were.
    pub scales: Vec<ScaleLink>,
    /// What else is said otherwise on the whole: title, edition, roll-up and the like.
    pub head: Vec<Shift>,
}

/// Questions that belong together across the editions.
#[derive(Debug)]
pub(crate) struct Link<'a> {
    /// As they stood: none where the question is new, several where they were merged.
    pub old: Vec<Place<'a>>,
    /// As they stand: none where the question is retired, several where it was split.
    pub new: Vec<Place<'a>>,
    /// What became of the words.
    pub class: Class,
    /// What became of the place, where one question answers to one.
    pub moved: Option<Moved>,
    /// How much of their words the two sides share, in hundredths.
    pub likeness: u64,
    /// What else changed, where one question answers to one.
    pub shifts: Vec<Shift>,
}

/// A question with the step that it stands in; none for a context question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its step.
    pub step: Option<&'a Step>,
}

/// In what way a question stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moved {
    /// Under another id.
    Id,
    /// In another step, or no longer in a step, under the same id.
    Step,
    /// Before or behind another question of its step than it did.
    Order,
}

impl Editions<'_> {
    /// Whether the editions ask the same in the same way.
    pub(crate) fn is_same(&self) -> bool {
        self.scales.is_empty()
            && self.head.is_empty()
            && self.links.iter().all(|link| link.class == Class::Same && link.shifts.is_empty())
            && self.steps.iter().all(|step| step.fate == StepFate::Same)
    }
}

/// Compares two editions.
pub(crate) fn compare<'a>(old: &'a Checklist, new: &'a Checklist) -> Editions<'a> {
    let (then, now) = (places(old), places(new));
    let (worded_then, worded_now) = (all_words(&then), all_words(&now));
    let ids = |places: &[Place<'a>]| -> Vec<&'a str> {
        places.iter().map(|place| place.question.id.value.as_str()).collect()
    };
    let (ids_then, ids_now) = (ids(&then), ids(&now));
    let mut groups = same_words(&worded_then, &worded_now, &ids_then, &ids_now);
    groups.extend(likeness::group(&worded_then, &worded_now, &ids_then, &ids_now, &groups));
    groups.sort_by_key(|group| (group.new.first().copied(), group.old.first().copied()));
    let link = |group: &Group| {
        let pick = |all: &[Place<'a>], at: &[usize]| at.iter().map(|at| all[*at]).collect();
        Link {
            old: pick(&then, &group.old),
            new: pick(&now, &group.new),
            class: Class::Same,
            moved: None,
            likeness: group.likeness,
            shifts: Vec::new(),
        }
    };
    let mut links: Vec<Link<'a>> = groups.iter().map(link).collect();
    let steps = steps::compare(old, new, &links);
    let next = steps::next_of_each(&steps);
    for link in &mut links {
        if let ([was], [is]) = (link.old.as_slice(), link.new.as_slice()) {
            link.moved = moved(was, is, &next);
            link.shifts = shifts::between(old, was.question, new, is.question);
        }
    }
    for (link, is_out) in links.iter_mut().zip(out_of_order(&groups, &next, &then, &now)) {
        link.moved = link.moved.or(is_out.then_some(Moved::Order));
        link.class = class(link);
    }
    // What has no new side sorts first, and is told last.
    let retired = links.partition_point(|link| link.new.is_empty());
    links.rotate_left(retired);
    Editions {
        old,
        new,
        links,
        steps,
        scales: shifts::scales(old, new),
        head: shifts::head(old, new),
    }
}

/// The questions of the steps, then the context questions.
fn places(checklist: &Checklist) -> Vec<Place<'_>> {
    let of_step = |step| {
        let step: &Step = step;
        step.questions.iter().map(move |question| Place { question, step: Some(step) })
    };
    let context = checklist.context.iter().map(|question| Place { question, step: None });
    checklist.steps.iter().flat_map(of_step).chain(context).collect()
}

/// The words of each question: those by which its fingerprint is made.
fn all_words(places: &[Place<'_>]) -> Vec<Vec<String>> {
    let of = |place: &Place<'_>| {
        let points = place.question.points.iter().flat_map(|point| words(point));
        words(&place.question.ask.value).chain(points).collect()
    };
    places.iter().map(of).collect()
}

/// The questions that have the same words. Where several have, those of the same id belong together,
/// and the others follow in their order.
fn same_words(
    then: &[Vec<String>],
    now: &[Vec<String>],
    ids_then: &[&str],
    ids_now: &[&str],
) -> Vec<Group> {
    let mut by_words: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, words) in then.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
        by_words.entry(words).or_default().push(at);
    }
    let mut by_id: HashMap<(&[String], &str), usize> = HashMap::new();
    for (at, words) in then.iter().enumerate() {
        by_id.insert((words, ids_then[at]), at);
    }
    let mut taken = vec![false; then.len()];
    let mut groups = Vec::new();
    let mut rest = Vec::new();
    for (at, words) in now.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
        match by_id.get(&(words.as_slice(), ids_now[at])) {
            Some(&own) if !taken[own] => {
                taken[own] = true;
                groups.push(Group::pair(own, at, 100));
            }
            _ => rest.push(at),
        }
    }
    for at in rest {
        let Some(same) = by_words.get_mut(now[at].as_slice()) else { continue };
        same.retain(|own| !taken[*own]);
        if !same.is_empty() {
            let own = same.remove(0);
            taken[own] = true;
            groups.push(Group::pair(own, at, 100));
        }
    }
    groups
}

/// A step that has another id or title now is still the same step.
fn moved(was: &Place<'_>, is: &Place<'_>, next: &Next<'_>) -> Option<Moved> {
    let id = |step: &Step| step.id.value.clone();
    let next = was.step.map(|step| next.get(step.id.value.as_str()).map(|step| id(step)));
    if was.question.id.value != is.question.id.value {
        return Some(Moved::Id);
    }
    (next != is.step.map(|step| Some(id(step)))).then_some(Moved::Step)
}

fn class(link: &Link<'_>) -> Class {
    match (link.old.as_slice(), link.new.as_slice()) {
        ([], _) => Class::New,
        (_, []) => Class::Retired,
        ([was], [is]) => match (link.likeness, link.moved) {
            (100, Some(_)) => Class::Moved,
            (100, None) if letters(was.question) == letters(is.question) => Class::Same,
            (100, None) => Class::Cosmetic,
            _ => Class::Reworded,
        },
        ([_], _) => Class::Split,
        (_, _) => Class::Merged,
    }
}

/// A wording letter by letter.
fn letters(question: &Question) -> Vec<&str> {
    let points = question.points.iter().map(String::as_str);
    std::iter::once(question.ask.value.as_str()).chain(points).map(str::trim).collect()
}

/// The pairs that stand in the same step under the same id and have changed places with others there:
/// those outside of the longest row that kept its order.
fn out_of_order(
    groups: &[Group],
    next: &Next<'_>,
    then: &[Place<'_>],
    now: &[Place<'_>],
) -> Vec<bool> {
    let mut out = vec![false; groups.len()];
    let mut rows: HashMap<Option<&str>, Vec<(usize, usize)>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        if let ([old], [new]) = (group.old.as_slice(), group.new.as_slice())
            && moved(&then[*old], &now[*new], next).is_none()
        {
            let step = now[*new].step.map(|step| step.id.value.as_str());
            rows.entry(step).or_default().push((*old, at));
        }
    }
    for row in rows.values() {
        let olds: Vec<usize> = row.iter().map(|(old, _)| *old).collect();
        for (kept, (_, at)) in longest_row(&olds).into_iter().zip(row) {
            out[*at] = !kept;
        }
    }
    out
}

/// Which numbers are in the longest row that goes up.
fn longest_row(numbers: &[usize]) -> Vec<bool> {
    // The ends of the best row of each length so far, and what stands before each number.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_left_its_row() {
        let check = |numbers: &[usize], expected: &str| {
            let kept = longest_row(numbers);
            let shown: String = kept.iter().map(|kept| if *kept { 'k' } else { '-' }).collect();
            assert_eq!(shown, expected, "{numbers:?}");
        };
        check(&[], "");
        check(&[0, 1, 2], "kkk");
        check(&[3, 0, 1, 2], "-kkk");
        check(&[0, 2, 3, 1], "kkk-");
        check(&[1, 0], "-k");
    }
}
