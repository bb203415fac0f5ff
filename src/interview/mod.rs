//! A conversation about an assessment, question by question: which questions are put and in what
//! order, what stands on one, what a screen says, what a typed line means.
//!
//! Pure. `commands/rate/` holds the conversation; nothing here reads a line or prints one.

pub(crate) mod page;
pub(crate) mod reply;

use jiff::civil::Date;

use crate::change::{self, Subject};
use crate::model::assessment::{Answer, Assessment, Entry};
use crate::model::checklist::{Checklist, Question};
use crate::model::standing::{self, Asked, Standing};
use crate::syntax::decode::Given;
use crate::syntax::edit::Edit;

/// Which questions are wanted.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// By where they stand.
    pub only: Only,
    /// By their steps; all where neither steps nor questions are named.
    pub steps: Vec<String>,
    /// By their ids.
    pub questions: Vec<String>,
    /// Whether the context questions come first.
    pub scope: Scope,
}

/// Which questions are wanted by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Only {
    /// All that are asked.
    All,
    /// Those that have no answer yet.
    Unrated,
    /// Those whose wording is another than the one that was answered.
    Stale,
}

/// Which parts of a checklist are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The questions of the steps.
    Steps,
    /// The context questions first.
    ContextToo,
}

/// The questions that are put, on the answers given so far. One that was put in this round stays in
/// the list when its answer would take it out of it, so that there is a way back to it.
pub(crate) fn list<'a>(
    wanted: &Wanted,
    checklist: &'a Checklist,
    assessment: &'a Assessment,
    round: &Round,
) -> Vec<Asked<'a>> {
    let names_none = wanted.steps.is_empty() && wanted.questions.is_empty();
    let is_named = |asked: &Asked<'_>| {
        let is_step = |id: &String| asked.step.is_some_and(|step| step.id.value == *id);
        let is_whole = match (asked.step, wanted.scope) {
            (Some(_), _) => names_none,
            (None, Scope::ContextToo) => true,
            (None, Scope::Steps) => false,
        };
        is_whole
            || wanted.steps.iter().any(is_step)
            || wanted.questions.contains(&asked.question.id.value)
    };
    let is_due = |asked: &Asked<'_>| match wanted.only {
        Only::All => true,
        Only::Unrated => is_open(asked.standing),
        Only::Stale => is_stale(asked),
    };
    let all = standing::stand_context(checklist, assessment).into_iter();
    all.chain(standing::stand(checklist, assessment))
        .filter(|asked| asked.standing != Standing::NotAsked && is_named(asked))
        .filter(|asked| is_due(asked) || round.has_put(&asked.question.id.value))
        .collect()
}

/// Whether a question has no answer that counts.
pub(crate) fn is_open(standing: Standing<'_>) -> bool {
    matches!(standing, Standing::NotYet | Standing::Unreadable)
}

/// Whether the answer is to another wording than the question has now.
pub(crate) fn is_stale(asked: &Asked<'_>) -> bool {
    let pinned = asked.entry.and_then(|entry| entry.wording.value());
    pinned.is_some_and(|wording| !wording.trim().eq_ignore_ascii_case(&asked.question.wording()))
}

/// How many of the questions of the steps have an answer, and how many there are.
pub(crate) fn progress(checklist: &Checklist, assessment: &Assessment) -> (usize, usize) {
    let mut asked = standing::stand(checklist, assessment);
    asked.retain(|asked| asked.standing != Standing::NotAsked);
    (asked.iter().filter(|asked| !is_open(asked.standing)).count(), asked.len())
}

/// The questions that were put so far, in the order in which they were put, and the one that is put
/// now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Round {
    trail: Vec<String>,
    at: Option<usize>,
}

impl Round {
    fn has_put(&self, id: &str) -> bool {
        self.trail.iter().any(|own| own == id)
    }

    /// Goes on to the next question of a list, or says that there is none. After going back, the way
    /// that was gone before is gone again; a question that an answer has opened is put where it
    /// belongs, or at the end where that has been passed.
    pub(crate) fn go_on<'i>(&mut self, ids: &[&'i str]) -> Option<&'i str> {
        let place = |id: &str| ids.iter().position(|own| *own == id);
        let now = self.at.and_then(|at| place(&self.trail[at]));
        let from = self.at.map_or(0, |at| at + 1);
        let ahead = (from..self.trail.len()).find(|at| place(&self.trail[*at]).is_some());
        let until = ahead.and_then(|at| place(&self.trail[at])).unwrap_or(ids.len());
        let begin = now.map_or(0, |now| now + 1);
        let between = ids.iter().take(until).skip(begin).find(|id| !self.has_put(id));
        let fresh = match ahead {
            Some(_) => between,
            None => between.or_else(|| ids.iter().find(|id| !self.has_put(id))),
        };
        if let Some(fresh) = fresh {
            self.trail.insert(from, (*fresh).to_owned());
            self.at = Some(from);
            return Some(fresh);
        }
        self.at = ahead.or(self.at);
        ahead.and_then(|at| place(&self.trail[at])).map(|place| ids[place])
    }

    /// Goes back to the question before; nothing where this is the first.
    pub(crate) fn go_back<'i>(&mut self, ids: &[&'i str]) -> Option<&'i str> {
        let find = |own: &String| ids.iter().find(|id| *id == own).copied();
        let earlier = (0..self.at?).rev();
        let (at, id) = earlier.filter_map(|at| Some((at, find(&self.trail[at])?))).next()?;
        self.at = Some(at);
        Some(id)
    }

    /// The question that is put now.
    pub(crate) fn stay<'i>(&self, ids: &[&'i str]) -> Option<&'i str> {
        let now = &self.trail[self.at?];
        ids.iter().find(|id| *id == now).copied()
    }
}

/// What stands on a question, as words. Two that are equal say the same, wherever they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The rating or the answer, as typed; several choices with commas.
    pub value: Option<String>,
    /// The reasons.
    pub because: Option<String>,
    /// What is still to do.
    pub remaining: Option<String>,
    /// When it is looked at again.
    pub review_by: Option<Date>,
}

impl Said {
    /// What an assessment says on a question.
    pub(crate) fn on(assessment: &Assessment, question: &Question) -> Self {
        find(assessment, question).map(Said::of).unwrap_or_default()
    }

    fn of(entry: &Entry) -> Self {
        let text = |given: &Given<String>| given.value().map(|text| text.trim().to_owned());
        let answer = match &entry.answer {
            Answer::One(text) => Some(text.value.trim().to_owned()),
            Answer::Many(texts, _) => {
                let texts: Vec<&str> = texts.iter().map(|text| text.value.trim()).collect();
                Some(texts.join(", "))
            }
            Answer::Absent | Answer::Unreadable => None,
        };
        Said {
            value: text(&entry.rating).or(answer),
            because: text(&entry.because),
            remaining: text(&entry.remaining),
            review_by: entry.review_by.value().copied(),
        }
    }

    /// The text under a key.
    pub(crate) fn text(&self, key: Key) -> Option<&str> {
        match key {
            Key::Value => self.value.as_deref(),
            Key::Because => self.because.as_deref(),
            Key::Remaining => self.remaining.as_deref(),
            Key::ReviewBy => None,
        }
    }
}

/// What is asked for on one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// The rating or the answer.
    Value,
    /// The reasons.
    Because,
    /// What is still to do.
    Remaining,
    /// When it is looked at again.
    ReviewBy,
}

/// What an assessment says on a question, with all that stands under it.
fn find<'a>(assessment: &'a Assessment, question: &Question) -> Option<&'a Entry> {
    let entries = assessment.ratings.iter().chain(&assessment.context);
    entries.into_iter().find(|entry| entry.id.value == question.id.value)
}

/// The edits that give values to the keys of a question.
pub(crate) fn edits(
    checklist: &Checklist,
    assessment: &Assessment,
    id: &str,
    given: &[(Key, String)],
) -> Result<Vec<Edit>, String> {
    let subject = change::subject(checklist, id)?;
    let (Subject::Question(question) | Subject::Context(question)) = subject else {
        return Err(format!("{} is no question", subject.name()));
    };
    let mut edits = Vec::new();
    for (key, text) in given {
        let name = match key {
            Key::Value if question.is_rated() => "rating",
            Key::Value => "answer",
            Key::Because => "because",
            Key::Remaining => "remaining",
            Key::ReviewBy => "review-by",
        };
        edits.extend(change::set(checklist, subject, name, text)?);
    }
    // A context answer is kept without a fingerprint; one that has got one is brought up to date.
    let is_pinned = find(assessment, question).is_some_and(|entry| entry.wording.read().is_some());
    if let (Subject::Context(_), true) = (subject, is_pinned) {
        edits.extend(change::set(checklist, subject, "wording", &question.wording())?);
    }
    Ok(edits)
}

/// An earlier assessment, for what was said last time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// Its checklist, which may be an earlier edition.
    pub checklist: &'a Checklist,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_on_and_back() {
        // Each move, with the questions that are in the list at the time.
        let check = |moves: &[(&str, &str)], expected: &str| {
            let mut round = Round::default();
            let went = |(move_, ids): &(&str, &str)| {
                let ids: Vec<&str> = ids.split_whitespace().collect();
                let id = match *move_ {
                    "on" => round.go_on(&ids),
                    "back" => round.go_back(&ids),
                    _ => round.stay(&ids),
                };
                id.unwrap_or("none").to_owned()
            };
            let went: Vec<String> = moves.iter().map(went).collect();
            assert_eq!(went.join(" "), expected, "{moves:?}");
        };
        let (on, back) = (("on", "1 2 3"), ("back", "1 2 3"));
        check(&[on, on, on, on], "1 2 3 none");
        check(&[on, on, back, on, on], "1 2 1 2 3");
        check(&[on, on, on, back, back, back, on], "1 2 3 2 1 none 2");
        check(&[on, on, on, on, back], "1 2 3 none 2");
        check(&[on, ("stay", "1 2 3")], "1 1");
        check(&[back, on], "none 1");
        check(&[("on", "")], "none");
        // An answer opens a question ahead, behind, or between two that were put.
        check(&[("on", "1 3"), ("on", "1 2 3"), on], "1 2 3");
        check(&[("on", "2 3"), ("on", "1 2 3"), on, on], "2 3 1 none");
        check(&[("on", "1 3"), ("on", "1 3"), ("back", "1 3"), on, on, on], "1 3 1 2 3 none");
        // An answer closes a question that was put.
        check(&[on, on, on, ("back", "1 3"), ("on", "1 3"), ("on", "1 3")], "1 2 3 1 3 none");
        check(&[on, ("stay", "2 3"), ("on", "2 3")], "1 none 2");
    }
}
