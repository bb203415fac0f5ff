//! Assessments beside each other: what moved between two, where perspectives differ, how one
//! partnership goes over time, and what many show. Pure functions over the model, in typed facts;
//! words are for the report to find.

pub(crate) mod collate;
pub(crate) mod compare;
pub(crate) mod diff;
pub(crate) mod editions;
pub(crate) mod facts;
pub(crate) mod merge;
pub(crate) mod moderate;
pub(crate) mod reply;
pub(crate) mod trend;

use crate::model::standing::Asked;

/// The fingerprint of the wording that an answer is to: the one that it holds, else that of its
/// question as the checklist has it.
pub(crate) fn wording_of(asked: &Asked<'_>) -> String {
    let kept = asked.entry.and_then(|entry| entry.wording.value());
    let kept = kept.map(|wording| wording.trim().to_lowercase()).filter(|own| !own.is_empty());
    kept.unwrap_or_else(|| asked.question.wording())
}

/// A partnership's name as it is compared: without regard to letter case and spacing.
pub(crate) fn same_name(name: &str) -> String {
    crate::text::one_line(name).to_lowercase()
}
