//! Action lists for spreadsheets and calendars, and changes as patches.

pub(crate) mod csv;
pub(crate) mod patch;
pub(crate) mod svg;
