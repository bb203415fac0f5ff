//! The totals that an assessment may say it comes to.

use crate::model::checklist::Checklist;
use crate::model::standing::{Asked, NOT_APPLICABLE, Standing, TOO_EARLY};

/// The word for rated questions without a rating.
pub(crate) const NOT_RATED: &str = "not-rated";

/// How many rated questions have a value, or stand as a word says, in a step or in all; nothing where
/// the word is neither.
pub(crate) fn total(
    checklist: &Checklist,
    asked: &[Asked<'_>],
    step: Option<&str>,
    word: &str,
) -> Option<usize> {
    let is_word = |own: &str| own.eq_ignore_ascii_case(word);
    let is_value = checklist.scales.iter().any(|scale| scale.find(word).is_some());
    if !is_value && ![NOT_RATED, NOT_APPLICABLE, TOO_EARLY].into_iter().any(is_word) {
        return None;
    }
    let counts = |asked: &&Asked<'_>| match asked.standing {
        Standing::Rated(value) => is_word(value.value.value.trim()),
        Standing::NotApplicable => is_word(NOT_APPLICABLE),
        Standing::TooEarly => is_word(TOO_EARLY),
        Standing::NotYet | Standing::Unreadable => is_word(NOT_RATED),
        Standing::Answered | Standing::NotAsked => false,
    };
    let is_of = |asked: &&Asked<'_>| {
        step.is_none_or(|step| asked.step.is_some_and(|own| own.id.value == step))
    };
    let rated = asked.iter().filter(|asked| asked.question.is_rated());
    Some(rated.filter(is_of).filter(counts).count())
}
