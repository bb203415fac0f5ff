//! Steps across editions: by their titles, then by the questions that they share, then by their ids.

use std::collections::HashMap;

use super::Link;
use crate::model::checklist::{Checklist, Step};
use crate::model::wording::words;
use crate::text::one_line;

/// A step as it was and as it is; one side is missing where it is new or retired.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepLink<'a> {
    /// As it was.
    pub old: Option<&'a Step>,
    /// As it is.
    pub new: Option<&'a Step>,
    /// What became of it.
    pub fate: StepFate,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepFate {
    /// It stands as it stood.
    Same,
    /// Its title is the same, and its id another.
    Renumbered,
    /// It has another title; its id may be another too.
    Retitled,
    /// It was not there.
    New,
    /// It is not there any more.
    Retired,
}

impl StepFate {
    /// The word that programs read.
    pub(crate) fn word(self) -> &'static str {
        match self {
            StepFate::Same => "same",
            StepFate::Renumbered => "renumbered",
            StepFate::Retitled => "retitled",
            StepFate::New => "new",
            StepFate::Retired => "retired",
        }
    }
}

/// Matches the steps of two editions, each with one at most.
pub(super) fn compare<'a>(
    old: &'a Checklist,
    new: &'a Checklist,
    links: &[Link<'a>],
) -> Vec<StepLink<'a>> {
    let key = |step: &Step| words(&step.title).collect::<Vec<_>>();
    let mut matched: Vec<Option<usize>> = vec![None; new.steps.len()];
    let mut taken = vec![false; old.steps.len()];
    let mut titled: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for (at, step) in old.steps.iter().enumerate() {
        titled.entry(key(step)).or_default().push(at);
    }
    for (at, step) in new.steps.iter().enumerate() {
        let same = titled.get(&key(step)).into_iter().flatten().copied();
        let mut same = same.filter(|own| !taken[*own]).collect::<Vec<_>>();
        same.sort_by_key(|own| (old.steps[*own].id.value != step.id.value, *own));
        if let Some(own) = same.first() {
            matched[at] = Some(*own);
            taken[*own] = true;
        }
    }
    let mut shared: Vec<((usize, usize), usize)> =
        shared_questions(old, new, links).into_iter().collect();
    let is_own = |(was, is): (usize, usize)| old.steps[was].id.value == new.steps[is].id.value;
    shared.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), !is_own(*pair), *pair));
    for ((was, is), _) in shared {
        if matched[is].is_none() && !taken[was] {
            matched[is] = Some(was);
            taken[was] = true;
        }
    }
    let found = new.steps.iter().zip(&matched).map(|(is, was)| {
        let was = was.map(|at| &old.steps[at]);
        StepLink { old: was, new: Some(is), fate: fate(was, is) }
    });
    let retired = old.steps.iter().zip(&taken).filter(|(_, taken)| !**taken);
    let retired =
        retired.map(|(was, _)| StepLink { old: Some(was), new: None, fate: StepFate::Retired });
    found.chain(retired).collect()
}

/// The steps that took the places of earlier ones, by the ids of these.
pub(super) type Next<'a> = HashMap<&'a str, &'a Step>;

/// What took the place of each step that has a successor.
pub(super) fn next_of_each<'a>(links: &[StepLink<'a>]) -> Next<'a> {
    let successor = |link: &StepLink<'a>| Some((link.old?.id.value.as_str(), link.new?));
    links.iter().filter_map(successor).collect()
}

/// How many questions went from one step to another.
fn shared_questions(
    old: &Checklist,
    new: &Checklist,
    links: &[Link<'_>],
) -> HashMap<(usize, usize), usize> {
    let numbered = |checklist: &Checklist| -> HashMap<String, usize> {
        let ids = checklist.steps.iter().map(|step| step.id.value.clone());
        ids.enumerate().map(|(at, id)| (id, at)).collect()
    };
    let (then, now) = (numbered(old), numbered(new));
    let mut shared = HashMap::new();
    for link in links {
        for was in link.old.iter().filter_map(|place| place.step) {
            for is in link.new.iter().filter_map(|place| place.step) {
                let pair = (then[&was.id.value], now[&is.id.value]);
                *shared.entry(pair).or_default() += 1;
            }
        }
    }
    shared
}

fn fate(was: Option<&Step>, is: &Step) -> StepFate {
    let Some(was) = was else { return StepFate::New };
    match (one_line(&was.title) == one_line(&is.title), was.id.value == is.id.value) {
        (true, true) => StepFate::Same,
        (true, false) => StepFate::Renumbered,
        (false, _) => StepFate::Retitled,
    }
}
