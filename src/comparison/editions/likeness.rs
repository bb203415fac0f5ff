//! How alike questions are whose words differ, and which of them belong together.
//!
//! **The measure.** A question is the bag of its words, each as often as it stands there. A word counts
//! for 1, and for 1 more with each halving of the share of questions that have it, both editions taken
//! together: what every question says tells nothing about one. Two questions are alike by what they
//! share as a part of what they have together; one is contained in another by what they share as a part
//! of itself. All counts are whole numbers, so that every computer finds the same.
//!
//! **The thresholds** are in hundredths. One question became several ([`PART`], [`OWN_SHARE`],
//! [`WHOLE`]) where each of them is for 60 contained in it, adds 20 of it that the others have not, and
//! all together hold 60 of it; merging is the mirror of that. What is left is a rewording where two
//! questions are alike by [`OTHER_ID`], or by [`SAME_ID`] where their id is the same. The most alike
//! find each other first.
//!
//! **The cost** grows with the words. Questions are held against each other where they share a word
//! that at most [`COMMON`] questions have, or where they have the same id.

use std::collections::{BTreeSet, HashMap};

/// How much of a part must be contained in the whole.
const PART: u64 = 60;

/// How much of the whole a part must add to the other parts.
const OWN_SHARE: u64 = 20;

/// How much of the whole all parts must hold together.
const WHOLE: u64 = 60;

/// How alike two questions under different ids must be.
const OTHER_ID: u64 = 45;

/// How alike two questions under the same id must be.
const SAME_ID: u64 = 20;

/// A word that more questions have than this leads to none of them.
const COMMON: usize = 64;

/// A question that became so many parts has become others altogether.
const MOST_PARTS: usize = 8;

/// Questions that belong together, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) old: Vec<usize>,
    pub(super) new: Vec<usize>,
    /// How alike the two sides are, in hundredths; 100 means that their words are the same.
    pub(super) likeness: u64,
}

impl Group {
    pub(super) fn pair(old: usize, new: usize, likeness: u64) -> Self {
        Group { old: vec![old], new: vec![new], likeness }
    }
}

/// The words of a question, by number, each with how often it stands there.
struct Bag {
    words: Vec<(usize, u64)>,
    weight: u64,
}

/// Two questions that share something.
#[derive(Clone, Copy)]
struct Pair {
    old: usize,
    new: usize,
    /// The weight of what they share.
    shared: u64,
}

/// Groups the questions that are in none of the groups that were found before.
pub(super) fn group(
    then: &[Vec<String>],
    now: &[Vec<String>],
    ids_then: &[&str],
    ids_now: &[&str],
    found: &[Group],
) -> Vec<Group> {
    let mut free = Free { old: vec![true; then.len()], new: vec![true; now.len()] };
    found.iter().for_each(|group| free.take(group));
    let bags = Bags::of(then, now);
    let pairs = bags.pairs(&free, ids_then, ids_now);
    let mut groups = Vec::new();
    let mut parted = bags.parted(&pairs);
    parted.sort_by_key(|(held, group)| (std::cmp::Reverse(*held), group.old[0], group.new[0]));
    for (_, group) in parted {
        if free.has(&group) {
            free.take(&group);
            groups.push(group);
        }
    }
    let is_own = |pair: &Pair| ids_then[pair.old] == ids_now[pair.new];
    let mut alike: Vec<(u64, Pair)> =
        pairs.iter().map(|pair| (bags.likeness(pair), *pair)).collect();
    alike.retain(|(likeness, pair)| *likeness >= if is_own(pair) { SAME_ID } else { OTHER_ID });
    alike.sort_by_key(|(likeness, pair)| {
        (std::cmp::Reverse(*likeness), !is_own(pair), pair.old, pair.new)
    });
    for (likeness, pair) in alike {
        // The same words in another order are another wording.
        let group = Group::pair(pair.old, pair.new, likeness.min(99));
        if free.has(&group) {
            free.take(&group);
            groups.push(group);
        }
    }
    let left = |free: &[bool]| (0..free.len()).filter(|at| free[*at]).collect::<Vec<_>>();
    let retired = left(&free.old).into_iter();
    groups.extend(retired.map(|old| Group { old: vec![old], new: Vec::new(), likeness: 0 }));
    let new = left(&free.new).into_iter();
    groups.extend(new.map(|new| Group { old: Vec::new(), new: vec![new], likeness: 0 }));
    groups
}

/// The questions that are not yet in a group.
struct Free {
    old: Vec<bool>,
    new: Vec<bool>,
}

impl Free {
    fn has(&self, group: &Group) -> bool {
        group.old.iter().all(|at| self.old[*at]) && group.new.iter().all(|at| self.new[*at])
    }

    fn take(&mut self, group: &Group) {
        group.old.iter().for_each(|at| self.old[*at] = false);
        group.new.iter().for_each(|at| self.new[*at] = false);
    }
}

/// All questions as bags of words, and what each word counts for.
struct Bags {
    old: Vec<Bag>,
    new: Vec<Bag>,
    /// By the number of a word.
    weights: Vec<u64>,
}

impl Bags {
    fn of(then: &[Vec<String>], now: &[Vec<String>]) -> Self {
        let mut having: Vec<usize> = Vec::new();
        let mut count = |words: &'_ [String], numbers: &mut HashMap<String, usize>| {
            let mut bag: HashMap<usize, u64> = HashMap::new();
            for word in words {
                let next = numbers.len();
                let number = *numbers.entry(word.clone()).or_insert(next);
                *bag.entry(number).or_default() += 1;
            }
            having.resize(numbers.len(), 0);
            bag.keys().for_each(|number| having[*number] += 1);
            let mut words: Vec<(usize, u64)> = bag.into_iter().collect();
            words.sort_unstable();
            Bag { words, weight: 0 }
        };
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut old: Vec<Bag> = then.iter().map(|words| count(words, &mut numbers)).collect();
        let mut new: Vec<Bag> = now.iter().map(|words| count(words, &mut numbers)).collect();
        let all = then.len() + now.len();
        let weigh = |having: &usize| 1 + u64::from((all / (*having).max(1)).max(1).ilog2());
        let weights: Vec<u64> = having.iter().map(weigh).collect();
        for bag in old.iter_mut().chain(&mut new) {
            bag.weight = bag.words.iter().map(|(word, times)| weights[*word] * times).sum();
        }
        Bags { old, new, weights }
    }

    /// The pairs of free questions that are worth a look.
    fn pairs(&self, free: &Free, ids_then: &[&str], ids_now: &[&str]) -> Vec<Pair> {
        let mut having: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for (at, bag) in self.new.iter().enumerate().filter(|(at, _)| free.new[*at]) {
            bag.words.iter().for_each(|(word, _)| having.entry(*word).or_default().push(at));
            by_id.insert(ids_now[at], at);
        }
        let mut pairs = Vec::new();
        for (old, bag) in self.old.iter().enumerate().filter(|(at, _)| free.old[*at]) {
            let leads = bag.words.iter().filter_map(|(word, _)| having.get(word));
            let leads = leads.filter(|places| places.len() <= COMMON).flatten();
            let others: BTreeSet<usize> = leads.chain(by_id.get(ids_then[old])).copied().collect();
            for new in others {
                let shared = self.shared(&bag.words, &self.new[new].words);
                pairs.push(Pair { old, new, shared });
            }
        }
        pairs
    }

    /// The weight of what two bags share.
    fn shared(&self, one: &[(usize, u64)], other: &[(usize, u64)]) -> u64 {
        let mut other = other.iter().peekable();
        let mut shared = 0;
        for (word, times) in one {
            while other.next_if(|(own, _)| own < word).is_some() {}
            if let Some((_, own)) = other.next_if(|(own, _)| own == word) {
                shared += self.weights[*word] * times.min(own);
            }
        }
        shared
    }

    fn likeness(&self, pair: &Pair) -> u64 {
        let together = self.old[pair.old].weight + self.new[pair.new].weight - pair.shared;
        hundredths(pair.shared, together)
    }

    /// Questions that were split or merged, each with how much of the whole its parts hold.
    fn parted(&self, pairs: &[Pair]) -> Vec<(u64, Group)> {
        let mut of_old: HashMap<usize, Vec<(u64, usize)>> = HashMap::new();
        let mut of_new: HashMap<usize, Vec<(u64, usize)>> = HashMap::new();
        for Pair { old, new, shared } in pairs {
            if hundredths(*shared, self.new[*new].weight) >= PART {
                of_old.entry(*old).or_default().push((*shared, *new));
            }
            if hundredths(*shared, self.old[*old].weight) >= PART {
                of_new.entry(*new).or_default().push((*shared, *old));
            }
        }
        let split = of_old.into_iter().filter_map(|(old, parts)| {
            let (held, new) = self.parts(&self.old[old], &self.new, parts)?;
            Some((held, Group { old: vec![old], new, likeness: held.min(99) }))
        });
        let merged = of_new.into_iter().filter_map(|(new, parts)| {
            let (held, old) = self.parts(&self.new[new], &self.old, parts)?;
            Some((held, Group { old, new: vec![new], likeness: held.min(99) }))
        });
        split.chain(merged).collect()
    }

    /// The parts of a whole in their order, where they are several and hold it, and how much of it they
    /// hold.
    fn parts(
        &self,
        whole: &Bag,
        bags: &[Bag],
        mut parts: Vec<(u64, usize)>,
    ) -> Option<(u64, Vec<usize>)> {
        parts.sort_by_key(|(shared, at)| (std::cmp::Reverse(*shared), *at));
        let mut rest: HashMap<usize, u64> = whole.words.iter().copied().collect();
        let (mut held, mut kept) = (0, Vec::new());
        for (_, at) in parts.into_iter().take(4 * MOST_PARTS) {
            let adds = |(word, times): &(usize, u64)| {
                let left = rest.get(word).copied().unwrap_or(0);
                self.weights[*word] * left.min(*times)
            };
            let added: u64 = bags[at].words.iter().map(adds).sum();
            if hundredths(added, whole.weight) < OWN_SHARE {
                continue;
            }
            for (word, times) in &bags[at].words {
                if let Some(left) = rest.get_mut(word) {
                    *left -= (*left).min(*times);
                }
            }
            held += added;
            kept.push(at);
        }
        let held = hundredths(held, whole.weight);
        kept.sort_unstable();
        ((2..=MOST_PARTS).contains(&kept.len()) && held >= WHOLE).then_some((held, kept))
    }
}

fn hundredths(part: u64, whole: u64) -> u64 {
    (part * 100).checked_div(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    /// Groups as "old>new likeness", places joined by a plus.
    fn shown(then: &[&str], now: &[&str]) -> String {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let (old, new): (Vec<_>, Vec<_>) =
            (then.iter().map(|t| words(t)).collect(), now.iter().map(|t| words(t)).collect());
        let groups = group(&old, &new, &ids[..old.len()], &ids[..new.len()], &[]);
        let join =
            |places: &[usize]| places.iter().map(|at| ids[*at]).collect::<Vec<_>>().join("+");
        let show = |group: &Group| format!("{}>{}", join(&group.old), join(&group.new));
        groups.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    const PLAN: &str = "is there a plan that all three partners agreed and paid for";
    const VOICE: &str = "are children asked what would keep them safe where they live";

    #[test]
    fn finds_rewordings_by_likeness() {
        let reworded = "is there a plan that all partners agreed and have paid for";
        assert_eq!(shown(&[PLAN, VOICE], &[VOICE, reworded]), "b>a a>b");
        assert_eq!(shown(&[PLAN], &[VOICE]), "a> >a", "an id alone is no likeness");
    }

    #[test]
    fn finds_splits_and_merges() {
        let both = format!("{PLAN} {VOICE}");
        assert_eq!(shown(&[&both], &[PLAN, VOICE]), "a>a+b");
        assert_eq!(shown(&[PLAN, VOICE], &[&both]), "a+b>a");
        // What adds nothing of its own is no part.
        assert_eq!(shown(&[PLAN], &[PLAN, "is there a plan"]), "a>a >b");
    }
}
