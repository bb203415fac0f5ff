//! All tests that look at the program from outside, as one binary.

mod cases;
mod examples;
mod hostile;
mod program;
mod properties;
mod readme;
mod tidy;
