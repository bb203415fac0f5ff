//! All tests that look at the program from outside, as one binary.

mod cases;
mod edits;
mod examples;
mod faults;
mod fmt;
mod hostile;
mod program;
mod properties;
#[cfg(unix)]
mod rate;
mod readme;
mod start;
mod tidy;
mod together;
