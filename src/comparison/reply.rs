//! What an assessment says to each question, without the words in which it says so: small enough that
//! the answers of thousands of files can be held at once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::assessment::Assessment;
use crate::model::checklist::{Checklist, Kind, Question, Scale};
use crate::model::standing::{self, Asked, Standing, Valid, read_answer};

/// The answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    /// What was said.
    pub said: Said,
    /// The fingerprint of the wording that the answer says it is to, where it says so.
    wording: Option<Box<str>>,
}

/// What was said to a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// This value of its scale: 0 is the best.
    Rated(usize),
    /// Yes or no.
    YesNo(bool),
    /// These of its choices, by their places, smallest first.
    Chosen(Box<[usize]>),
    /// A number.
    Number(f64),
    /// Something in words, which are not kept.
    Words,
    /// That it does not apply.
    NotApplicable,
    /// That it is too early to say.
    TooEarly,
    /// Nothing yet, or nothing that could be read.
    Open,
    /// It was not asked: for others, on a condition that is not met, or of a step that is not covered.
    NotAsked,
}

/// The questions of a checklist in the order in which replies are kept: those of the steps, then
/// those that are answered before scrutiny starts.
pub(crate) fn questions(checklist: &Checklist) -> impl Iterator<Item = &Question> {
    checklist.questions().chain(&checklist.context)
}

/// The replies to all questions of a checklist, in the order of [`questions`].
pub(crate) fn replies(checklist: &Checklist, assessment: &Assessment) -> Vec<Reply> {
    let of_steps = standing::stand(checklist, assessment);
    let of_context = standing::stand_context(checklist, assessment);
    let mut asked = of_steps.iter().chain(&of_context).peekable();
    questions(checklist)
        .map(|question| match asked.next_if(|asked| std::ptr::eq(asked.question, question)) {
            Some(asked) => reply(checklist, asked),
            None => Reply { said: Said::NotAsked, wording: None },
        })
        .collect()
}

fn reply(checklist: &Checklist, asked: &Asked<'_>) -> Reply {
    let said = match asked.standing {
        Standing::Rated(value) => {
            let scale = checklist.scale_of(asked.question);
            scale.map_or(Said::Open, |scale| Said::Rated(scale.rank(value)))
        }
        Standing::Answered => answered(asked),
        Standing::NotApplicable => Said::NotApplicable,
        Standing::TooEarly => Said::TooEarly,
        Standing::NotYet | Standing::Unreadable => Said::Open,
        Standing::NotAsked => Said::NotAsked,
    };
    let wording = asked.entry.and_then(|entry| entry.wording.value());
    let wording = wording.map(|wording| wording.trim().to_lowercase().into_boxed_str());
    Reply { said, wording: wording.filter(|wording| !wording.is_empty()) }
}

fn answered(asked: &Asked<'_>) -> Said {
    let Some(entry) = asked.entry else { return Said::Open };
    match (read_answer(&asked.question.kind, &entry.answer), &asked.question.kind) {
        (Ok(Valid::YesNo(yes)), _) => Said::YesNo(yes),
        (Ok(Valid::Number(number)), _) => Said::Number(number),
        (Ok(Valid::Text(_)), _) => Said::Words,
        (Ok(Valid::Chosen(chosen)), Kind::Choice(choices) | Kind::Choices(choices)) => {
            let place = |choice| choices.iter().position(|own| own == choice);
            let mut places: Vec<usize> = chosen.into_iter().filter_map(place).collect();
            places.sort_unstable();
            Said::Chosen(places.into_boxed_slice())
        }
        (Ok(Valid::Chosen(_)) | Err(_), _) => Said::Open,
    }
}

/// What has to be the same for answers to be brought together: the words of a question, and the
/// answers that it allows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Signature {
    /// The fingerprint of the wording.
    pub wording: Arc<str>,
    /// The answers that it allows.
    pub answers: Arc<str>,
}

impl Signature {
    /// The signature of a question as a checklist puts it.
    pub(crate) fn of(checklist: &Checklist, question: &Question) -> Self {
        Signature {
            wording: question.wording().into(),
            answers: shape(checklist.scale_of(question), &question.kind).into(),
        }
    }

    /// The signature of what a reply is an answer to: it may hold that of other words.
    pub(crate) fn answered(&self, reply: &Reply) -> Self {
        let wording = reply.wording.as_deref().map_or(Arc::clone(&self.wording), Arc::from);
        Signature { wording, answers: Arc::clone(&self.answers) }
    }
}

/// A question in a checklist.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'a> {
    /// Its place among the replies.
    pub place: usize,
    /// The question.
    pub question: &'a Question,
    /// What answers to it have in common.
    pub signature: Signature,
}

/// Where each question of each checklist stands. Worked out once, because many assessments answer the
/// same checklist.
pub(crate) struct Catalogue<'a>(Vec<(&'a Checklist, HashMap<&'a str, Placed<'a>>)>);

impl<'a> Catalogue<'a> {
    /// The questions of all these checklists, of which each may come many times.
    pub(crate) fn of(checklists: impl IntoIterator<Item = &'a Checklist>) -> Self {
        let mut catalogue = Catalogue(Vec::new());
        for checklist in checklists {
            if catalogue.0.iter().any(|(known, _)| std::ptr::eq(*known, checklist)) {
                continue;
            }
            let placed = |(place, question): (usize, &'a Question)| {
                let signature = Signature::of(checklist, question);
                (question.id.value.as_str(), Placed { place, question, signature })
            };
            let placed = questions(checklist).enumerate().map(placed).collect();
            catalogue.0.push((checklist, placed));
        }
        catalogue
    }

    /// The question of an id in a checklist.
    pub(crate) fn place(&self, checklist: &Checklist, id: &str) -> Option<&Placed<'a>> {
        let (_, placed) = self.0.iter().find(|(known, _)| std::ptr::eq(*known, checklist))?;
        placed.get(id)
    }
}

/// The answers that a question allows, as a text that is the same only where they are.
fn shape(scale: Option<&Scale>, kind: &Kind) -> String {
    let values = |values: Vec<&str>| values.join("|");
    match kind {
        Kind::Rag(_) => {
            let scale = scale.into_iter().flat_map(|scale| &scale.values);
            format!("rag {}", values(scale.map(|value| value.value.value.as_str()).collect()))
        }
        Kind::Text => "text".to_owned(),
        Kind::YesNo => "yes-no".to_owned(),
        Kind::Choice(choices) => {
            format!("choice {}", values(choices.iter().map(|own| own.value.as_str()).collect()))
        }
        Kind::Choices(choices) => {
            format!("choices {}", values(choices.iter().map(|own| own.value.as_str()).collect()))
        }
        Kind::Number(range) => format!("number {}", range.unit),
    }
}
