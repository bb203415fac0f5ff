//! All tests that look at the program from outside, as one binary.

mod browser;
mod canaries;
mod cases;
mod collate;
mod compare;
mod conventions;
mod edits;
mod examples;
mod faults;
mod fmt;
mod forms;
mod history;
mod hooks;
mod hostile;
mod html;
mod lsp;
mod machine;
mod privacy;
mod program;
mod programme;
mod properties;
mod public;
#[cfg(unix)]
mod rate;
mod readme;
mod schemas;
mod shells;
mod start;
mod survey;
mod tidy;
mod together;
mod trackers;
mod upgrade;
