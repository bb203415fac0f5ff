//! `scrutiny` checks, sums up and reports the independent scrutiny of safeguarding children
//! partnerships, from plain text files. Text goes in at the top, text comes out at the bottom, and
//! everything between is a pure function of values. ARCHITECTURE.md is the map.

// A build without workbooks keeps what only they use.
#![cfg_attr(not(feature = "xlsx"), allow(dead_code))]

mod digest;
mod source;
mod text;

mod privacy;

mod finding;

mod syntax;

mod model;
mod programme;
mod shipped;

mod rules;

mod actions;
mod due;
mod returns;
mod summary;

mod comparison;

mod gaps;

mod enquiry;

mod change;
#[cfg(test)]
mod change_properties;
mod interview;
mod migration;

mod schema;
mod start;

mod editor;

mod export;
mod form;
mod intake;
mod report;

mod commands;

pub use commands::{Spot, command_line, run, spots};
