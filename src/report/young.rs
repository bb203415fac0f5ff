//! What young readers get: the questions in the words that the checklist has for them, by where they
//! stand, and nothing that was written for adults.

use serde::{Deserialize, Serialize};

use crate::actions::{Timing, Tracked};
use crate::model::assessment::{Assessment, Evidence};
use crate::model::checklist::Checklist;
use crate::model::standing::{Asked, Standing};
use crate::text::one_line;

/// The page for young readers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Young {
    /// Questions that stand alike, the best first.
    groups: Vec<YoungGroup>,
    /// How many questions have no words for young readers and are left out.
    left_out: usize,
    /// How many pieces of evidence came from children and young people.
    heard: usize,
    /// How many actions are open, those that are late among them.
    to_do: usize,
    /// How many are late.
    late: usize,
    /// How many are done or closed.
    done: usize,
}

/// Questions that stand alike.
#[derive(Debug, Serialize, Deserialize)]
struct YoungGroup {
    /// What is said of them.
    says: String,
    questions: Vec<String>,
}

/// The voices of children among those that evidence names.
const CHILDREN: [&str; 2] = ["children", "young-people"];

/// Whether a checklist has any words for young readers.
pub(crate) fn has_words(checklist: &Checklist) -> bool {
    checklist.questions().any(|question| !question.young_people.is_empty())
}

impl Young {
    /// Nothing where the checklist has no words for young readers.
    pub(super) fn of(
        checklist: &Checklist,
        assessment: &Assessment,
        asked: &[Asked<'_>],
        tracked: &[Tracked],
    ) -> Option<Self> {
        if !has_words(checklist) {
            return None;
        }
        let mut places: Vec<((usize, usize), YoungGroup)> = Vec::new();
        let mut left_out = 0;
        for asked in asked.iter().filter(|asked| asked.question.is_rated()) {
            let Some((place, says)) = place(checklist, asked) else { continue };
            let question = one_line(&asked.question.young_people);
            if question.is_empty() {
                left_out += 1;
                continue;
            }
            match places.iter_mut().find(|(own, _)| *own == place) {
                Some((_, group)) => group.questions.push(question),
                None => places.push((place, YoungGroup { says, questions: vec![question] })),
            }
        }
        places.sort_by_key(|(place, _)| *place);
        let number = |wanted: fn(Timing) -> bool| {
            tracked.iter().filter(|action| wanted(action.timing)).count()
        };
        let late = number(|timing| matches!(timing, Timing::Overdue(_)));
        Some(Young {
            groups: places.into_iter().map(|(_, group)| group).collect(),
            left_out,
            heard: heard(assessment),
            to_do: late + number(|timing| matches!(timing, Timing::Due | Timing::Undated)),
            late,
            done: number(|timing| matches!(timing, Timing::Done | Timing::Closed)),
        })
    }
}

/// Where a question is put, and what is said there: by scale and value, then what is not known.
fn place(checklist: &Checklist, asked: &Asked<'_>) -> Option<((usize, usize), String)> {
    let last = |rank: usize, says: &str| Some(((usize::MAX, rank), says.to_owned()));
    match asked.standing {
        Standing::Rated(value) => {
            let scale = checklist.scale_of(asked.question)?;
            let own = |other: &crate::model::checklist::Scale| other.name.value == scale.name.value;
            let says = match one_line(&value.young_people) {
                says if says.is_empty() => value.label.clone(),
                says => says.trim_end_matches('.').to_owned(),
            };
            Some(((checklist.scales.iter().position(own)?, scale.rank(value)), says))
        }
        Standing::TooEarly => last(0, "It is too soon to say"),
        Standing::NotYet | Standing::Unreadable => last(1, "Nobody has looked at this yet"),
        Standing::NotApplicable | Standing::NotAsked | Standing::Answered => None,
    }
}

/// How many pieces of evidence came from children and young people; what is cited counts once.
fn heard(assessment: &Assessment) -> usize {
    let own = assessment.ratings.iter().flat_map(|entry| &entry.evidence);
    let mapped = assessment.evidence.iter().map(|(_, item)| item);
    let is_theirs = |item: &&Evidence| {
        item.voices.iter().any(|voice| CHILDREN.contains(&voice.value.trim()))
            && item.cites.value().is_none()
    };
    own.chain(mapped).filter(is_theirs).count()
}
