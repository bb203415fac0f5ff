//! Action lists for spreadsheets and calendars.

pub(crate) mod csv;
