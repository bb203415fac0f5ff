//! Action lists for spreadsheets and calendars, and changes as patches.

pub(crate) mod calendar;
pub(crate) mod columns;
pub(crate) mod csv;
pub(crate) mod events;
pub(crate) mod patch;
#[cfg(feature = "xlsx")]
pub(crate) mod sheet_names;
pub(crate) mod svg;
#[cfg(feature = "xlsx")]
pub(crate) mod xlsx;
