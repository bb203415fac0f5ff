//! The flag that says who will read an output.

use clap::ValueEnum;

use crate::model::audience::Audience;

/// Who will read it, as typed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Readers {
    /// The scrutineer and those who work with the files
    Internal,
    /// The partnership: its partners and agencies
    Partnership,
    /// Everybody
    Public,
}

impl From<Readers> for Audience {
    fn from(readers: Readers) -> Self {
        match readers {
            Readers::Internal => Audience::Internal,
            Readers::Partnership => Audience::Partnership,
            Readers::Public => Audience::Public,
        }
    }
}
