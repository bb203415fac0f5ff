//! What the files mean: checklists, assessments, workspaces, periods, and where each question stands.
//!
//! Decoded from the tree, with every fault of shape reported. Judging what is written is the business
//! of the rules; nothing here reads a file.

pub(crate) mod adapt;
pub(crate) mod assessment;
pub(crate) mod audience;
pub(crate) mod chain;
pub(crate) mod checklist;
pub(crate) mod definition;
pub(crate) mod facts;
pub(crate) mod faults;
pub(crate) mod layout;
pub(crate) mod lookup;
pub(crate) mod mapping;
pub(crate) mod period;
pub(crate) mod programme;
pub(crate) mod standing;
pub(crate) mod totals;
pub(crate) mod way;
pub(crate) mod wording;
pub(crate) mod workspace;
