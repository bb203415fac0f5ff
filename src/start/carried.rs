//! What comes over from the period before: where each question stands against the edition that was
//! answered, which actions go on and where, which answers have lost their question.
//!
//! Nothing is ever dropped in silence: an action whose question is gone goes to the whole, and an
//! answer whose question is gone is kept as it was.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::assessment::{Action, ActionStatus, Assessment, Entry, Evidence, Origin};
use crate::model::checklist::{Checklist, Question};
use crate::model::period::Period;
use crate::source::Spanned;
use crate::start::{Plan, Previous};
use crate::syntax::decode::Given;
use crate::text::{join_words, one_line};

/// A question by its id and the fingerprint of its wording.
#[derive(Clone, Debug)]
pub(super) struct Worded<'a> {
    /// The id.
    pub id: &'a str,
    /// The fingerprint; empty where it is not known.
    pub fingerprint: String,
}

/// How a question stands against the edition that was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since<'a> {
    /// The same id and the same words.
    Unchanged,
    /// The same id and other words.
    Reworded,
    /// The same words under the id that is given.
    Moved(&'a str),
    /// Neither its words nor its id were there.
    New,
}

impl<'a> Since<'a> {
    /// The id that the question had.
    fn id_then(self, id_now: &'a str) -> Option<&'a str> {
        match self {
            Since::Unchanged | Since::Reworded => Some(id_now),
            Since::Moved(id) => Some(id),
            Since::New => None,
        }
    }
}

/// Compares each question of an edition with those of the one before. The words count more than the
/// number: what stands elsewhere in the same words has moved, and a number whose words have moved away
/// belongs to a new question.
pub(super) fn compare<'a>(then: &[Worded<'a>], now: &[Worded<'a>]) -> Vec<Since<'a>> {
    let of_id = firsts(then.iter().map(|other| (other.id, other.fingerprint.as_str())));
    let is_unchanged = |own: &Worded<'_>| of_id.get(own.id) == Some(&own.fingerprint.as_str());
    let stay: HashSet<&str> =
        now.iter().filter(|own| is_unchanged(own)).map(|own| own.id).collect();
    let is_free = |other: &&Worded<'a>| !other.fingerprint.is_empty() && !stay.contains(other.id);
    let free = then.iter().filter(is_free).map(|other| (other.fingerprint.as_str(), other.id));
    let free: HashMap<&str, &'a str> = firsts(free);
    let moved_from = |own: &Worded<'_>| free.get(own.fingerprint.as_str()).copied();
    let moved = now.iter().filter(|own| !is_unchanged(own));
    let moved_away: HashSet<&str> = moved.filter_map(moved_from).collect();
    let since = |own: &Worded<'a>| match (is_unchanged(own), moved_from(own)) {
        (true, _) => Since::Unchanged,
        (false, Some(from)) => Since::Moved(from),
        (false, None) if of_id.contains_key(own.id) && !moved_away.contains(own.id) => {
            Since::Reworded
        }
        (false, None) => Since::New,
    };
    now.iter().map(since).collect()
}

/// What stands under each name; of a name that comes twice, the first.
fn firsts<'n, T>(all: impl Iterator<Item = (&'n str, T)>) -> HashMap<&'n str, T> {
    let mut firsts = HashMap::new();
    for (name, one) in all {
        firsts.entry(name).or_insert(one);
    }
    firsts
}

/// A question of the new edition with what was said on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matched<'a> {
    /// The question as it is asked now.
    pub question: &'a Question,
    /// How it stands against the edition before.
    pub since: Since<'a>,
    /// The question as it was asked then, where that is known.
    pub then: Option<&'a Question>,
    /// The answer that was given.
    pub entry: Option<&'a Entry>,
}

impl<'a> Matched<'a> {
    /// The id that it had.
    fn id_then(&self) -> Option<&'a str> {
        self.since.id_then(&self.question.id.value)
    }
}

/// An answer whose question is gone.
#[derive(Clone, Debug)]
pub(super) struct Gone<'a> {
    /// The answer.
    pub entry: &'a Entry,
    /// The question that it answered, where that is known.
    pub then: Option<&'a Question>,
    /// The fingerprint of the wording that it answered; empty where it is not known.
    pub wording: String,
    /// Whether it can stand as an answer of its own: a question of today may have its id.
    pub is_free: bool,
}

/// Where an action goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Target<'a> {
    /// On a question, by its id as it is now.
    Question(&'a str),
    /// On a step.
    Step(&'a str),
    /// On the whole.
    Whole,
}

/// An action that is carried forward.
#[derive(Clone, Debug)]
pub(super) struct Carried<'a> {
    /// The action as it was.
    pub action: &'a Action,
    /// Where it goes on.
    pub target: Target<'a>,
    /// What it covers there, by ids as they are now.
    pub covers: Vec<&'a str>,
    /// What changed about its place; may be empty.
    pub note: String,
    /// The period and id that it first came from.
    pub from: String,
    /// How many times it has been carried, this time included.
    pub times: u32,
}

/// All that comes over.
#[derive(Debug)]
pub(crate) struct Rolled<'a> {
    /// The assessment that it comes from.
    pub(super) previous: Previous<'a>,
    /// The questions of the steps.
    pub(super) ratings: Vec<Matched<'a>>,
    /// The context questions.
    pub(super) context: Vec<Matched<'a>>,
    /// Answers under `ratings` whose question is gone.
    pub(super) gone: Vec<Gone<'a>>,
    /// Answers under `context` whose question is gone.
    pub(super) gone_context: Vec<Gone<'a>>,
    /// The actions that go on.
    pub(super) actions: Vec<Carried<'a>>,
    /// The places of these by where they go on.
    by_target: HashMap<Target<'a>, Vec<usize>>,
    /// Closed actions whose impact is still to be reviewed.
    pub(super) to_review: Vec<(Origin<'a>, &'a Action)>,
    /// Evidence of the top-level map that is cited by what comes over.
    pub(super) cited: Vec<(&'a str, &'a Evidence)>,
}

impl<'a> Rolled<'a> {
    /// The actions that go on in a place, in their order.
    pub(super) fn actions_on(&self, target: Target<'_>) -> Vec<&Carried<'a>> {
        let by_target: &HashMap<Target<'_>, Vec<usize>> = &self.by_target;
        let places = by_target.get(&target).into_iter().flatten();
        places.map(|place| &self.actions[*place]).collect()
    }

    /// The ids and tasks of the actions that go on, as they have to be found in the new file.
    pub(crate) fn tasks(&self) -> Vec<(Option<&'a str>, Option<&'a str>)> {
        let text = |given: &'a Given<String>| given.value().map(String::as_str);
        self.actions.iter().map(|own| (text(&own.action.id), text(&own.action.task))).collect()
    }
}

/// Works out what comes over; nothing where an assessment follows no other.
pub(crate) fn roll<'a>(plan: &'a Plan<'_>) -> Option<Rolled<'a>> {
    let previous = plan.previous?;
    let Previous { assessment, checklist } = previous;
    let steps_then: Vec<&Question> = checklist.questions().collect();
    let steps_now: Vec<&Question> = plan.checklist.questions().collect();
    let context_then: Vec<&Question> = checklist.context.iter().collect();
    let context_now: Vec<&Question> = plan.checklist.context.iter().collect();
    let (ratings, gone) = matched(&steps_then, &steps_now, &assessment.ratings);
    let (context, gone_context) = matched(&context_then, &context_now, &assessment.context);
    let matched = ratings.iter().filter_map(|own| Some((own.id_then()?, own)));
    let now = firsts(matched.map(|(then, own)| (then, own.question.id.value.as_str())));
    let actions: Vec<Carried<'a>> = assessment
        .all_actions()
        .filter(|(_, action)| goes_on(action))
        .map(|(origin, action)| carry(plan, previous, &now, origin, action))
        .collect();
    let mut by_target: HashMap<Target<'a>, Vec<usize>> = HashMap::new();
    for (place, action) in actions.iter().enumerate() {
        by_target.entry(action.target).or_default().push(place);
    }
    let to_review = assessment.all_actions();
    let to_review = to_review.filter(|(_, action)| is_to_review(action, &plan.period)).collect();
    let mut rolled = Rolled {
        previous,
        ratings,
        context,
        gone,
        gone_context,
        actions,
        by_target,
        to_review,
        cited: Vec::new(),
    };
    rolled.cited = cited(assessment, &rolled);
    Some(rolled)
}

/// The questions of today with what was said on them, and the answers that are left over.
fn matched<'a>(
    then: &[&'a Question],
    now: &[&'a Question],
    entries: &'a [Entry],
) -> (Vec<Matched<'a>>, Vec<Gone<'a>>) {
    let asked = firsts(then.iter().map(|question| (question.id.value.as_str(), *question)));
    let answered = firsts(entries.iter().map(|entry| (entry.id.value.as_str(), entry)));
    let worded_then = worded_then(then, entries, &asked, &answered);
    let worded_now: Vec<Worded<'a>> = now
        .iter()
        .map(|question| Worded { id: &question.id.value, fingerprint: question.wording() })
        .collect();
    let compared = compare(&worded_then, &worded_now);
    let match_one = |(question, since): (&&'a Question, &Since<'a>)| {
        let id = since.id_then(&question.id.value);
        let entry = id.and_then(|id| answered.get(id).copied());
        Matched { question, since: *since, then: id.and_then(|id| asked.get(id).copied()), entry }
    };
    let matched: Vec<Matched<'a>> = now.iter().zip(&compared).map(match_one).collect();
    let kept: HashSet<&str> = matched.iter().filter_map(Matched::id_then).collect();
    let wordings = firsts(worded_then.iter().map(|own| (own.id, own.fingerprint.as_str())));
    let ids: HashSet<&str> = worded_now.iter().map(|own| own.id).collect();
    let words: HashSet<&str> = worded_now.iter().map(|own| own.fingerprint.as_str()).collect();
    let gone =
        entries.iter().filter(|entry| !kept.contains(entry.id.value.as_str())).map(|entry| {
            let id = entry.id.value.as_str();
            let wording = wordings.get(id).copied().unwrap_or_default();
            let is_free = !wording.is_empty() && !ids.contains(id) && !words.contains(wording);
            Gone { entry, then: asked.get(id).copied(), wording: wording.to_owned(), is_free }
        });
    let gone = gone.filter(|gone| says_something(gone.entry)).collect();
    (matched, gone)
}

/// The questions as they were answered: by the fingerprint that an answer carries, else by that of the
/// checklist of the time. An answer to a question that was gone even then counts with its own.
fn worded_then<'a>(
    then: &[&'a Question],
    entries: &'a [Entry],
    asked: &HashMap<&str, &Question>,
    answered: &HashMap<&str, &Entry>,
) -> Vec<Worded<'a>> {
    let pinned = |id: &str| {
        let wording = answered.get(id)?.wording.value();
        wording.map(|wording| wording.trim().to_lowercase())
    };
    let of_checklist = then.iter().map(|question| {
        let id = question.id.value.as_str();
        Worded { id, fingerprint: pinned(id).unwrap_or_else(|| question.wording()) }
    });
    let others = entries.iter().filter(|entry| !asked.contains_key(entry.id.value.as_str()));
    let others = others.map(|entry| {
        let id = entry.id.value.as_str();
        Worded { id, fingerprint: pinned(id).unwrap_or_default() }
    });
    of_checklist.chain(others).collect()
}

/// Whether anything was written on a question beside its actions, which go their own way.
fn says_something(entry: &Entry) -> bool {
    let texts = [&entry.rating, &entry.because, &entry.remaining, &entry.reason, &entry.dissent];
    texts.iter().any(|text| text.value().is_some())
        || !matches!(entry.answer, crate::model::assessment::Answer::Absent)
        || !entry.evidence.is_empty()
}

/// Whether an action is carried forward: it is, until it is closed or given up.
fn goes_on(action: &Action) -> bool {
    match action.status.value {
        ActionStatus::Proposed | ActionStatus::Open | ActionStatus::Done => true,
        ActionStatus::Closed | ActionStatus::Dropped => false,
    }
}

/// Whether a closed action's impact is still to be reviewed in the new period or after it.
fn is_to_review(action: &Action, period: &Period) -> bool {
    let is_later = action.review_by.value().is_some_and(|day| *day >= period.from);
    action.status.value == ActionStatus::Closed && (action.impact.value().is_none() || is_later)
}

fn carry<'a>(
    plan: &'a Plan<'_>,
    previous: Previous<'a>,
    now: &HashMap<&str, &'a str>,
    origin: Origin<'a>,
    action: &'a Action,
) -> Carried<'a> {
    let (target, mut notes) = target(plan.checklist, now, origin);
    let covered = action.covers.iter().map(|id| (id, covered(plan.checklist, now, id)));
    let (kept, lost): (Vec<_>, Vec<_>) = covered.partition(|(_, now)| now.is_some());
    let mut covers: Vec<&'a str> = kept.into_iter().filter_map(|(_, now)| now).collect();
    covers.dedup();
    if !lost.is_empty() {
        let ids: Vec<String> = lost.iter().map(|(id, _)| one_line(&id.value)).collect();
        notes.push(format!("It also covered {}, gone since then.", join_words(&ids, "and")));
    }
    let target = match target {
        Target::Step(id) if !stays_in_step(plan.checklist, id, &covers, !lost.is_empty()) => {
            notes.push(format!("It stood on step {id}, and what it covers is elsewhere now."));
            Target::Whole
        }
        target => target,
    };
    let (from, times) = lineage(previous.assessment, action);
    Carried { action, target, covers, note: notes.join(" "), from, times }
}

/// Where an action goes on by where each question of then is now, and what has to be said about that.
fn target<'a>(
    checklist: &'a Checklist,
    now: &HashMap<&str, &'a str>,
    origin: Origin<'a>,
) -> (Target<'a>, Vec<String>) {
    match origin {
        Origin::Question(id) => match now.get(id.value.as_str()).copied() {
            Some(own) if own == id.value => (Target::Question(own), Vec::new()),
            Some(own) => {
                (Target::Question(own), vec![format!("It stood on question {} then.", id.value)])
            }
            None => {
                let note = format!("It stood on question {}, which is gone.", one_line(&id.value));
                (Target::Whole, vec![note])
            }
        },
        Origin::Step(id) => match checklist.step(&id.value) {
            Some(step) => (Target::Step(&step.id.value), Vec::new()),
            None => {
                let note = format!("It stood on step {}, which is gone.", one_line(&id.value));
                (Target::Whole, vec![note])
            }
        },
        Origin::Whole => (Target::Whole, Vec::new()),
    }
}

/// The id that a covered question or step has now.
fn covered<'a>(
    checklist: &'a Checklist,
    now: &HashMap<&str, &'a str>,
    id: &Spanned<String>,
) -> Option<&'a str> {
    let step = || checklist.step(&id.value).map(|step| step.id.value.as_str());
    now.get(id.value.as_str()).copied().or_else(step)
}

/// Whether an action can go on on its step: what it covers stands there, or it covers the whole step.
fn stays_in_step(checklist: &Checklist, id: &str, covers: &[&str], has_lost: bool) -> bool {
    let is_there =
        |question: &&str| checklist.step_of(question).is_some_and(|step| step.id.value == id);
    covers.iter().all(is_there) && !(covers.is_empty() && has_lost)
}

/// The period and id that an action first came from, and how many times it has been carried, this
/// time included. Ids stay the same, so the first place says all that is to be said.
fn lineage(assessment: &Assessment, action: &Action) -> (String, u32) {
    let period = assessment.period.value().map_or("", |period| period.name.as_str());
    let id = action.id.value().map_or("", |id| id.trim());
    let own = format!("{period}/{id}");
    let first = action.carried_from.value().map(|from| one_line(from));
    (first.unwrap_or(own), action.times_carried().saturating_add(1))
}

/// The items of the top-level map that are cited by what comes over, in the order of the map.
fn cited<'a>(assessment: &'a Assessment, rolled: &Rolled<'a>) -> Vec<(&'a str, &'a Evidence)> {
    let of_actions = rolled.actions.iter().flat_map(|carried| &carried.action.evidence);
    let gone = rolled.gone.iter().chain(&rolled.gone_context).filter(|gone| gone.is_free);
    let of_answers = gone.flat_map(|gone| &gone.entry.evidence);
    let ids: BTreeSet<&str> = of_actions
        .chain(of_answers)
        .filter_map(|item| item.cites.value())
        .map(|id| id.as_str())
        .collect();
    let items = assessment.evidence.iter().filter(|(id, _)| ids.contains(id.value.as_str()));
    items.map(|(id, item)| (id.value.as_str(), item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_editions_by_their_words() {
        let check = |then: &str, now: &str, expected: &str| {
            fn read(text: &str) -> Vec<Worded<'_>> {
                let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
                pairs.map(|(id, words)| Worded { id, fingerprint: words.to_owned() }).collect()
            }
            let (then, now) = (read(then), read(now));
            let shown: Vec<String> = compare(&then, &now)
                .iter()
                .map(|since| match since {
                    Since::Unchanged => "same".to_owned(),
                    Since::Reworded => "reworded".to_owned(),
                    Since::Moved(from) => format!("was {from}"),
                    Since::New => "new".to_owned(),
                })
                .collect();
            assert_eq!(shown.join(", "), expected);
        };
        check("1=a 2=b", "1=a 2=b", "same, same");
        check("1=a 2=b", "1=a 2=c", "same, reworded");
        check("1=a 2=b", "1=b 2=a", "was 2, was 1");
        check("1=a 2=b", "1=c 2=a", "new, was 1");
        check("1=a 2=b", "1=a 2=b 3=c", "same, same, new");
        check("1=a 2=b 3=c", "1=a 2=c", "same, was 3");
        check("1=a 2=a", "1=a 3=a", "same, was 2");
        check("1= 2=b", "1=a 2=b", "reworded, same");
        check("", "1=a", "new");
    }
}
