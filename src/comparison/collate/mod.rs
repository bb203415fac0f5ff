//! Many partnerships, by question: how many said what. Partnerships are never scored, ranked or put in
//! the order of their ratings, and answers to different words are never counted together.
//!
//! What an output may not show is held back here, before anything is laid out, so that no format can
//! give it away.

mod choose;
mod codes;
mod count;
mod read;
mod suppress;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::comparison::reply::{Catalogue, Signature, questions};
use crate::comparison::same_name;
use crate::model::checklist::{Change, Checklist, Question, Step};
use crate::model::wording::words;

use crate::model::audience::Audience;
pub(crate) use choose::{Candidate, Choice, LeftOut, Why};
pub(crate) use codes::{SHORTEST_KEY, identifier};
pub(crate) use count::{Apart, Cell, Sort, Tally, per_mille};
pub(crate) use read::{Return, Scope};
pub(crate) use suppress::Figure;

use choose::choose;
use suppress::{SHOWN_FROM, alone, parts, share};

/// A checklist as it was answered, with the one that it extends in the end: itself, where it stands
/// alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instrument<'a> {
    /// The checklist.
    pub checklist: &'a Checklist,
    /// The one that it extends in the end.
    pub root: &'a Checklist,
    /// Where that comes from.
    pub origin: Origin,
}

/// Where something comes from: everybody has it, or one workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// It comes with the program.
    Shipped,
    /// Somebody wrote it.
    Local,
}

impl Instrument<'_> {
    fn root_id(&self) -> &str {
        &self.root.id.value
    }
}

/// How partnerships are named.
#[derive(Clone, Debug)]
pub(crate) enum Naming {
    /// By their names.
    Names,
    /// By codes that are worked out with this key.
    Codes(String),
}

/// For whom what is brought together.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// Who the output is for.
    pub audience: Audience,
    /// How partnerships are named, where they are.
    pub naming: Naming,
    /// Which questions are counted.
    pub scope: Scope,
}

impl Terms {
    /// The name of a partnership as the output has it; none in public.
    pub(crate) fn name(&self, partnership: &str) -> Option<String> {
        match (self.audience, &self.naming) {
            (Audience::Public, _) => None,
            (Audience::Internal | Audience::Partnership, Naming::Names) => {
                Some(partnership.to_owned())
            }
            (Audience::Internal | Audience::Partnership, Naming::Codes(key)) => {
                Some(codes::code(&same_name(partnership), key))
            }
        }
    }

    /// Whether what one partnership wrote may be shown.
    pub(crate) fn shows_words(&self) -> bool {
        self.audience != Audience::Public && matches!(self.naming, Naming::Names)
    }
}

/// What many partnerships said.
#[derive(Debug)]
pub(crate) struct Collation<'a> {
    /// A part for each checklist and edition. They are never brought together.
    pub parts: Vec<Part<'a>>,
    /// How many checklists are not shown, because fewer than six partnerships answered them.
    pub hidden: usize,
    /// What does not count.
    pub left_out: Vec<LeftOut<'a>>,
    /// The partnerships of which nothing counts, with the perspectives that they have.
    pub without: Vec<(&'a str, Vec<&'a str>)>,
}

/// What was said on one edition of one checklist.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// The checklist.
    pub checklist: &'a Checklist,
    /// Whether it may be named: it comes with the program, or six partnerships share it.
    pub is_shared: bool,
    /// What counts, by the alphabet of the names.
    pub members: Vec<Candidate<'a>>,
    /// How many of them are drafts.
    pub drafts: Figure,
    /// How many report on each period, the earliest first.
    pub periods: Vec<(&'a str, Figure)>,
    /// The questions.
    pub questions: Vec<Tally<'a>>,
    /// Ratings by theme; none in public, where sums would give away what is held back.
    pub themes: Vec<Theme<'a>>,
    /// How many name each method of gathering evidence.
    pub methods: Vec<(&'a str, Figure)>,
    /// How many name each voice that is heard in it.
    pub voices: Vec<(&'a str, Figure)>,
    /// How many have an action on each question.
    pub actions: Vec<(&'a Question, Figure)>,
    /// Actions that several have in the same words.
    pub common: Vec<(&'a str, Figure)>,
    /// What local checklists add, leave out and put in other words.
    pub changes: Vec<LocalChange<'a>>,
}

/// The ratings of all questions of a theme.
#[derive(Debug)]
pub(crate) struct Theme<'a> {
    /// The theme.
    pub name: &'a str,
    /// How many questions it has.
    pub questions: usize,
    /// How many ratings there are of each value, by its label.
    pub values: Vec<(&'a str, usize)>,
    /// How many answers there could be.
    pub base: usize,
}

/// What local checklists do to a question.
#[derive(Debug)]
pub(crate) struct LocalChange<'a> {
    /// The question's id and title.
    pub question: (&'a str, &'a str),
    /// What was done.
    pub what: What,
    /// By whom.
    pub by: Vec<&'a str>,
}

/// What a local checklist does to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// It is new.
    Added,
    /// It is left out.
    Dropped,
    /// It has other words.
    Reworded,
}

/// The assessments that answer one edition of one checklist.
struct Group<'g, 'a> {
    root: &'a Checklist,
    members: &'g [Candidate<'a>],
    catalogue: &'g Catalogue<'a>,
}

impl Group<'_, '_> {
    /// How many have an action that stands on a question or covers it.
    fn acting_on(&self, question: &Question) -> usize {
        let acts = |member: &&Candidate<'_>| {
            let place = self.catalogue.place(member.instrument.checklist, &question.id.value);
            place.is_some_and(|found| member.given.acts_on(found.place))
        };
        self.members.iter().filter(acts).count()
    }
}

/// The questions of a checklist with their steps; those that are answered before scrutiny starts have
/// none.
fn placed(checklist: &Checklist) -> impl Iterator<Item = (Option<&Step>, &Question)> {
    let of_step = |step| move |question| (Some(step), question);
    let of_steps =
        checklist.steps.iter().flat_map(move |step| step.questions.iter().map(of_step(step)));
    of_steps.chain(checklist.context.iter().map(|question| (None, question)))
}

/// Brings together what counts. The order of the candidates makes no difference.
pub(crate) fn collate<'a>(
    candidates: &[Candidate<'a>],
    choice: &Choice,
    terms: &Terms,
) -> Collation<'a> {
    let chosen = choose(candidates, choice);
    let mut groups: BTreeMap<(&str, &str), Vec<Candidate<'a>>> = BTreeMap::new();
    for one in chosen.used {
        let root = one.instrument.root;
        groups.entry((&root.id.value, &root.edition)).or_default().push(one);
    }
    let is_hidden = |members: &Vec<Candidate<'_>>| {
        terms.audience == Audience::Public && members.len() < SHOWN_FROM
    };
    let hidden = groups.values().filter(|members| is_hidden(members)).count();
    let shown = groups.into_values().filter(|members| !is_hidden(members));
    Collation {
        parts: shown.map(|members| part(members, terms)).collect(),
        hidden,
        left_out: chosen.left_out,
        without: chosen.without,
    }
}

fn part<'a>(mut members: Vec<Candidate<'a>>, terms: &Terms) -> Part<'a> {
    members.sort_by_key(|member| same_name(&member.given.partnership));
    let catalogue = Catalogue::of(members.iter().map(|member| member.instrument.checklist));
    let root = representative(&members);
    let is_shipped = members.iter().any(|member| member.instrument.origin == Origin::Shipped);
    let group = Group { root, members: &members, catalogue: &catalogue };
    let audience = terms.audience;
    let mut tallies: Vec<Tally<'a>> =
        placed(root).map(|one| count::tally(one, &group, audience)).collect();
    // Before any is left out: what is held back must not depend on what else is shown.
    withhold(&mut tallies);
    tallies.retain(|tally| terms.scope.holds(tally.step, tally.question));
    let drafts = members.iter().filter(|member| member.given.is_draft()).count();
    let actions = tallies.iter().filter_map(|tally| {
        let number = group.acting_on(tally.question);
        (number > 0).then(|| (tally.question, share(number, members.len(), audience)))
    });
    Part {
        checklist: root,
        is_shared: is_shipped || members.len() >= SHOWN_FROM,
        drafts: share(drafts, members.len(), audience),
        periods: periods(&members, audience),
        actions: actions.collect(),
        themes: if audience == Audience::Public { Vec::new() } else { themes(&tallies) },
        questions: tallies,
        methods: named(&members, |given| &given.methods, terms),
        voices: named(&members, |given| &given.voices, terms),
        common: common(&members, terms),
        changes: changes(&members, root, terms),
        members,
    }
}

/// The checklist by which the questions are shown: the one that most took over, and of several the one
/// whose words come first, whatever the order of the files.
fn representative<'a>(members: &[Candidate<'a>]) -> &'a Checklist {
    let mut roots: Vec<(&Checklist, usize)> = Vec::new();
    for root in members.iter().map(|member| member.instrument.root) {
        match roots.iter_mut().find(|(known, _)| std::ptr::eq(*known, root)) {
            Some((_, number)) => *number += 1,
            None => roots.push((root, 1)),
        }
    }
    let words = |root: &'a Checklist| -> Vec<Signature> {
        questions(root).map(|question| Signature::of(root, question)).collect()
    };
    roots.sort_by_cached_key(|(root, number)| (Reverse(*number), words(root), root.title.clone()));
    let (first, _) = roots.first().expect("a group has a member");
    first
}

/// How many were asked a question that depends on another tells how many answered that one so. Where
/// a count of the other is held back, all counts of the one that depends on it are.
fn withhold(tallies: &mut [Tally<'_>]) {
    loop {
        let held: BTreeSet<String> = tallies
            .iter()
            .filter(|tally| tally.holds_back())
            .map(|tally| tally.question.id.value.clone())
            .collect();
        let depends = |tally: &Tally<'_>| {
            let only_if = tally.question.only_if.as_ref();
            only_if.is_some_and(|only_if| held.contains(&only_if.value.question))
        };
        let mut changed = false;
        for tally in tallies.iter_mut().filter(|tally| depends(tally) && !tally.is_withheld()) {
            tally.withhold();
            changed = true;
        }
        if !changed {
            return;
        }
    }
}

/// How many report on each period, the earliest first.
fn periods<'a>(members: &[Candidate<'a>], audience: Audience) -> Vec<(&'a str, Figure)> {
    let mut periods = BTreeMap::new();
    for period in members.iter().map(|member| &member.given.period) {
        let of_period =
            periods.entry((period.from, period.to)).or_insert((period.name.as_str(), 0));
        of_period.1 += 1;
    }
    let counts: Vec<usize> = periods.values().map(|(_, count)| *count).collect();
    let figures = match audience {
        Audience::Public => parts(&counts),
        Audience::Internal | Audience::Partnership => {
            counts.into_iter().map(Figure::Count).collect()
        }
    };
    periods.values().map(|(name, _)| *name).zip(figures).collect()
}

/// The ratings of each theme, in the order in which the checklist names them first.
fn themes<'a>(tallies: &[Tally<'a>]) -> Vec<Theme<'a>> {
    let mut themes: Vec<Theme<'a>> = Vec::new();
    for tally in tallies.iter().filter(|tally| tally.sort == Sort::Rated) {
        for name in &tally.question.themes {
            let at = themes.iter().position(|theme| theme.name == name).unwrap_or(themes.len());
            if at == themes.len() {
                themes.push(Theme { name, questions: 0, values: Vec::new(), base: 0 });
            }
            let theme = &mut themes[at];
            theme.questions += 1;
            theme.base += tally.base.shown().unwrap_or(0);
            for cell in &tally.answers {
                let count = cell.count.shown().unwrap_or(0);
                match theme.values.iter_mut().find(|(label, _)| *label == cell.label) {
                    Some((_, number)) => *number += count,
                    None => theme.values.push((cell.label, count)),
                }
            }
        }
    }
    themes
}

/// How many partnerships name each word, by the alphabet. A word of one workspace's own is shown as
/// "another one" where nothing may tell who is meant.
fn named<'a>(
    members: &[Candidate<'a>],
    of: fn(&Return) -> &Vec<read::Word>,
    terms: &Terms,
) -> Vec<(&'a str, Figure)> {
    let shown = |word: &'a read::Word| match word.origin {
        Origin::Local if !terms.shows_words() => (Origin::Local, "another one"),
        Origin::Local | Origin::Shipped => (Origin::Shipped, &*word.text),
    };
    let mut counts: BTreeMap<(Origin, &str), usize> = BTreeMap::new();
    for member in members {
        let own: BTreeSet<(Origin, &str)> = of(member.given).iter().map(shown).collect();
        own.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    let figure = |count| share(count, members.len(), terms.audience);
    counts.into_iter().map(|((_, word), count)| (word, figure(count))).collect()
}

/// Actions that two or more partnerships have in the same words, those that most have first. In
/// public only those that six have; none where nothing that anybody wrote may be shown.
fn common<'a>(members: &[Candidate<'a>], terms: &Terms) -> Vec<(&'a str, Figure)> {
    if matches!(terms.naming, Naming::Codes(_)) {
        return Vec::new();
    }
    let mut common: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for member in members {
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for task in member.given.tasks() {
            let same: Vec<String> = words(task).collect();
            own.entry(same.join(" ")).or_insert(task);
        }
        for (same, task) in own {
            let entry = common.entry(same).or_insert((0, task));
            // Of several spellings the first by the alphabet is shown, whatever the order of files.
            *entry = (entry.0 + 1, entry.1.min(task));
        }
    }
    let least = match terms.audience {
        Audience::Internal | Audience::Partnership => 2,
        Audience::Public => SHOWN_FROM,
    };
    let mut common: Vec<(usize, &str)> =
        common.into_values().filter(|(number, _)| *number >= least).collect();
    common.sort_by_key(|(number, task)| (Reverse(*number), *task));
    let figure = |number| share(number, members.len(), terms.audience);
    common.into_iter().map(|(number, task)| (task, figure(number))).collect()
}

/// What local checklists did to the one that they extend; nothing where it would tell who is meant.
fn changes<'a>(
    members: &[Candidate<'a>],
    root: &'a Checklist,
    terms: &Terms,
) -> Vec<LocalChange<'a>> {
    if !terms.shows_words() {
        return Vec::new();
    }
    let mut changes: BTreeMap<(What, usize, &str), LocalChange<'a>> = BTreeMap::new();
    for member in members {
        let checklist = member.instrument.checklist;
        let own = placed(checklist).filter_map(|(step, question)| match &question.change {
            Change::Kept => None,
            Change::Added { .. } => Some((What::Added, step, question)),
            Change::Reworded { .. } => Some((What::Reworded, step, question)),
        });
        let dropped = placed(root)
            .filter(|(_, question)| checklist.dropped(&question.id.value).is_some())
            .map(|(step, question)| (What::Dropped, step, question));
        for (what, step, question) in own.chain(dropped) {
            if !terms.scope.holds(step, question) {
                continue;
            }
            let id = question.id.value.as_str();
            let place = root.rank(id).unwrap_or(usize::MAX);
            let change = changes.entry((what, place, id)).or_insert(LocalChange {
                question: (id, &question.title),
                what,
                by: Vec::new(),
            });
            change.by.push(&member.given.partnership);
        }
    }
    changes.into_values().collect()
}

/// How many files a sentence may speak of.
pub(crate) fn files(count: usize, audience: Audience) -> Figure {
    alone(count, audience)
}
