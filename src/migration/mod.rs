//! An assessment taken over to another edition of its checklist, as a mapping says.
//!
//! The new text is the old one with splices: ids that have moved, the wording that each answer was given
//! to, what actions cover. Nothing that a person wrote is written anew, and nothing is left out: an
//! answer without a place is kept under an id of its own, the words on a step without a place become
//! comments, its actions go to the whole. The result is proven before anyone sees it.

mod decide;
mod lists;
mod proof;
mod surgery;
mod told;

use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::model::mapping::Mapping;
use crate::source::{Source, SourceId};
use crate::syntax::edit;

use decide::Decision;

/// What is to be taken over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// The edition that it answers.
    pub old: &'a Checklist,
    /// The checklists that this edition extends, nearest first.
    pub bases: &'a [&'a Checklist],
    /// The edition that it is to answer.
    pub new: &'a Checklist,
    /// What becomes of the questions and steps.
    pub mapping: &'a Mapping,
    /// How the new file names the later edition.
    pub reference: &'a str,
    /// The names of the editor's schemas of the two editions, which a comment may hold.
    pub schemas: [&'a str; 2],
}

/// An assessment that was taken over.
#[derive(Debug)]
pub(crate) struct Migrated<'a> {
    /// The new text.
    pub text: String,
    /// What became of the answers, in the order of the file.
    pub decisions: Vec<Decision<'a>>,
    /// The actions that stand on the whole now, by id, each with the reason.
    pub moved_actions: Vec<String>,
    /// The steps whose words are comments now.
    pub gone_steps: Vec<&'a str>,
    /// The steps whose expected totals are comments now.
    pub gone_totals: Vec<&'a str>,
    /// The steps that it covers now, where they are not the same.
    pub covers: Option<Vec<String>>,
    /// Whether it was final and is a draft now.
    pub is_reopened: bool,
}

/// Why an assessment cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It has faults of layout, so that nobody can say what stands where.
    Faulty,
    /// At an offset stands something that cannot be moved; a sentence says what to do.
    Place(usize, String),
    /// The new text does not hold what it should: a fault of ours.
    Unproven,
}

/// Takes an assessment over.
pub(crate) fn migrate<'a>(task: Task<'a>, text: &str) -> Result<Migrated<'a>, Trouble> {
    let ended = match text.ends_with('\n') {
        true => text.to_owned(),
        false => format!("{text}{}", if text.contains("\r\n") { "\r\n" } else { "\n" }),
    };
    let source = Source::new(SourceId(0), "", ended);
    let tree = edit::parse(&source).ok_or(Trouble::Faulty)?;
    let decisions = decide::decide(task);
    let made = surgery::operate(task, &decisions, &source, &tree)?;
    proof::prove(task, &decisions, &made, &source, &tree)?;
    Ok(Migrated {
        text: made.text,
        moved_actions: made.moved_actions,
        gone_steps: made.gone_steps,
        gone_totals: made.gone_totals,
        covers: made.covers,
        is_reopened: made.is_reopened,
        decisions,
    })
}
