//! What becomes of each answer: where it goes on, under which wording, or why it is an orphan.

use std::collections::{HashMap, HashSet};

use super::Task;
use crate::model::assessment::{Answer, Entry};
use crate::model::checklist::{Checklist, Question};
use crate::model::standing;
use crate::text::join_words;

/// Where answers stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Under `ratings`.
    Ratings,
    /// Under `context`.
    Context,
}

impl Part {
    /// The key that they stand under.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Part::Ratings => "ratings",
            Part::Context => "context",
        }
    }
}

/// What becomes of one answer.
#[derive(Clone, Debug)]
pub(crate) struct Decision<'a> {
    /// The answer.
    pub entry: &'a Entry,
    /// Where it stands.
    pub part: Part,
    /// The id under which it stands in the new file.
    pub to: String,
    /// Whether it goes on.
    pub going: Going,
    /// The fingerprint of the wording that it was given to, where the new file is to say it and the old
    /// one does not.
    pub pin: Option<String>,
    /// The question with the words of this orphan, where it is asked afresh and has no entry yet: its
    /// id, and the key that its answer stands under.
    pub fresh: Option<(String, &'static str)>,
}

/// Whether an answer goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Going {
    /// To a question with the words that it was given to.
    On,
    /// To a question with other words: it is stale until somebody has read it again.
    Stale,
    /// Nowhere; a sentence says why. Empty for one that was an orphan before.
    Orphan(String),
}

/// Decides on all answers, in the order of the file's parts.
pub(super) fn decide(task: Task<'_>) -> Vec<Decision<'_>> {
    let Task { assessment, .. } = task;
    let ratings = assessment.ratings.iter().map(|entry| (Part::Ratings, entry));
    let context = assessment.context.iter().map(|entry| (Part::Context, entry));
    let mut decisions: Vec<Decision<'_>> =
        ratings.chain(context).map(|(part, entry)| decide_one(task, part, entry)).collect();
    name_orphans(task, &mut decisions);
    ask_afresh(task, &mut decisions);
    decisions
}

fn decide_one<'a>(task: Task<'a>, part: Part, entry: &'a Entry) -> Decision<'a> {
    let id = entry.id.value.as_str();
    let was = question(task.old, part, id);
    let pinned = entry.wording.value().map(|own| own.trim()).filter(|own| !own.is_empty());
    let wording = was.map(Question::wording).or_else(|| {
        let bases = task.bases.iter();
        bases.filter_map(|base| question(base, part, id)).map(Question::wording).next()
    });
    let answered = pinned.map(str::to_lowercase).or_else(|| wording.clone());
    let unpinned = || wording.clone().filter(|_| pinned.is_none());
    let mapped = was.and_then(|_| task.mapping.question(id));
    let Some(mapped) = mapped else {
        let going = Going::Orphan(String::new());
        return Decision { entry, part, to: id.to_owned(), going, pin: unpinned(), fresh: None };
    };
    let edition = task.new.id.value.as_str();
    let next = mapped.carry.value().and_then(|id| question(task.new, part, id));
    let why = match next {
        Some(is) if standing::takes(task.new, is, entry) => {
            let is_same = answered.as_deref() == Some(is.wording().as_str());
            let going = if is_same { Going::On } else { Going::Stale };
            let pin = unpinned().filter(|_| is_pinned(part, entry, &going));
            return Decision { entry, part, to: is.id.value.clone(), going, pin, fresh: None };
        }
        Some(is) => {
            format!("what is said here is no answer to {} in {edition}.", is.id.value)
        }
        None if mapped.new.is_empty() => format!("its question is gone in {edition}."),
        None => {
            let ids: Vec<&str> = mapped.new.iter().map(|id| id.value.as_str()).collect();
            let verb = if ids.len() == 1 { "is" } else { "are" };
            let ids = join_words(&ids, "and");
            format!("in {edition}, {ids} {verb} asked in its place.")
        }
    };
    Decision {
        entry,
        part,
        to: id.to_owned(),
        going: Going::Orphan(why),
        pin: unpinned(),
        fresh: None,
    }
}

/// A question of the part of a checklist that answers of a part belong to.
fn question<'c>(checklist: &'c Checklist, part: Part, id: &str) -> Option<&'c Question> {
    match part {
        Part::Ratings => checklist.question(id),
        Part::Context => checklist.context_question(id),
    }
}

/// Whether the new file is to say what wording an answer that goes on was given to. A context answer
/// that is given behind its id stays so while its words are the same.
fn is_pinned(part: Part, entry: &Entry, going: &Going) -> bool {
    says_something(entry) && (part == Part::Ratings || *going == Going::Stale)
}

/// Whether a question is rated or answered, or something is said on it.
pub(crate) fn says_something(entry: &Entry) -> bool {
    entry.rating.value().is_some()
        || entry.answer != Answer::Absent
        || entry.because.value().is_some()
}

/// Gives each orphan an id that no question of the later edition has: its own, or else its own with
/// the earlier edition behind it.
fn name_orphans(task: Task<'_>, decisions: &mut [Decision<'_>]) {
    let new = task.new.questions().chain(&task.new.context);
    let mut taken: HashSet<String> = new.map(|question| question.id.value.clone()).collect();
    let slug: String = task
        .old
        .edition
        .chars()
        .map(|sign| if sign.is_alphanumeric() { sign.to_ascii_lowercase() } else { '-' })
        .collect();
    let slug = match slug.trim_matches('-') {
        "" => "before",
        slug => slug,
    };
    let is_orphan = |own: &&mut Decision<'_>| matches!(own.going, Going::Orphan(_));
    for own in decisions.iter_mut().filter(is_orphan) {
        let mut name = own.to.clone();
        let mut count = 1;
        while !taken.insert(name.clone()) {
            let number = if count == 1 { String::new() } else { format!("-{count}") };
            name = format!("{}-{slug}{number}", own.to);
            count += 1;
        }
        own.to = name;
    }
}

/// Finds the questions that have the words of an orphan and no answer in the new file. An empty entry
/// shows that they are asked afresh, and that the orphan does not stand under a misspelt id.
fn ask_afresh(task: Task<'_>, decisions: &mut [Decision<'_>]) {
    let mut taken: HashSet<String> = decisions.iter().map(|own| own.to.clone()).collect();
    let mut worded: HashMap<String, Vec<&Question>> = HashMap::new();
    for question in task.new.questions().chain(&task.new.context) {
        worded.entry(question.wording()).or_default().push(question);
    }
    let is_orphan = |own: &&mut Decision<'_>| matches!(own.going, Going::Orphan(_));
    for own in decisions.iter_mut().filter(is_orphan) {
        let pinned = own.entry.wording.value().map(|wording| wording.trim().to_lowercase());
        let Some(wording) = pinned.or_else(|| own.pin.clone()) else { continue };
        let same = worded.get(&wording).into_iter().flatten();
        let mut same = same.filter(|is| question(task.new, own.part, &is.id.value).is_some());
        let free = same.find(|is| !taken.contains(&is.id.value));
        if let Some(is) = free {
            let key = if is.is_rated() { "rating" } else { "answer" };
            own.fresh = Some((is.id.value.clone(), key));
            taken.insert(is.id.value.clone());
        }
    }
}
