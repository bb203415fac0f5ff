//! All pairs of assessments that were compared, together: the published value for programs.

use serde::{Deserialize, Serialize};

use super::{Moves, VERSION};

/// What moved in each pair, and what has no counterpart: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Pairs {
    version: u32,
    pub(crate) pairs: Vec<Moves>,
    /// The assessments that stand on the old side alone.
    pub(crate) only_old: Vec<String>,
    /// Those that stand on the new side alone.
    pub(crate) only_new: Vec<String>,
}

impl Pairs {
    /// What moved in each pair, and the names of the assessments that have no counterpart.
    pub(crate) fn new(pairs: Vec<Moves>, only_old: Vec<String>, only_new: Vec<String>) -> Self {
        Pairs { version: VERSION, pairs, only_old, only_new }
    }

    /// Whether nothing differs at all.
    pub(crate) fn is_same(&self) -> bool {
        self.pairs.iter().all(|moves| !moves.differs)
            && self.only_old.is_empty()
            && self.only_new.is_empty()
    }
}
