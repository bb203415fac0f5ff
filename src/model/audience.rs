//! Who will read an output. What each may see is decided where the output is computed.

/// Who will read an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// The scrutineer and those who work with the files.
    Internal,
    /// The partnership: its partners and agencies.
    Partnership,
    /// Everybody.
    Public,
}

impl Audience {
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Audience::Internal => "internal",
            Audience::Partnership => "partnership",
            Audience::Public => "public",
        }
    }
}
