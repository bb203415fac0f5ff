//! From text to one tree for YAML and TOML, in which every node knows its place.
//!
//! Scalars stay the text that was typed. Parsing reports every fault it can and goes on; it knows
//! nothing of checklists or assessments.

pub(crate) mod decode;
#[cfg(test)]
mod differential;
pub(crate) mod faults;
mod mend;
pub(crate) mod toml;
pub(crate) mod tree;
pub(crate) mod yaml;
