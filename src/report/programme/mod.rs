//! A programme in words: the published value for programs, and the sheet for the screen and for
//! Markdown.

mod part;
mod plan;
mod published;
mod sheet;
mod words;

pub(crate) use part::Done;
pub(crate) use published::Published;
pub(crate) use sheet::sheet;
