//! New files as text: an assessment ready to fill in, the next period of an earlier one, a folder for
//! a partnership, a local checklist.
//!
//! Pure functions over the model. What is made here is read, and written to, by people who know Word
//! better than they know YAML; so every file explains itself, and is proven by the command that asks
//! for it before it is written.

pub(crate) mod assessment;
pub(crate) mod carried;
pub(crate) mod checklist;
mod last_time;
pub(crate) mod programme;
mod record;
pub(crate) mod workspace;

use jiff::civil::Date;

use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::model::period::Period;

/// What a new assessment is made from.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// The checklist that it answers.
    pub checklist: &'a Checklist,
    /// How the file names the checklist: an id, or a path as seen from its folder.
    pub reference: String,
    /// The path of the editor's schema, as seen from its folder.
    pub schema: String,
    /// The partnership's name.
    pub partnership: String,
    /// The period that it will report on.
    pub period: Period,
    /// Whose view it will be.
    pub perspective: String,
    /// The role of whoever makes it, where that is known already.
    pub assessor: Option<String>,
    /// The date on which what it says will hold, where that is known already.
    pub as_at: Option<Date>,
    /// The bare name of the file, for the commands that its comments show.
    pub file: String,
    /// The assessment that it follows, where it is the next in a row.
    pub previous: Option<Previous<'a>>,
}

/// The assessment of the period before, with the checklist that it answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Previous<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// Its checklist, which may be an earlier edition.
    pub checklist: &'a Checklist,
}
