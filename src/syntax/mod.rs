//! From text to one tree for YAML and TOML, in which every node knows its place.
//!
//! Scalars stay the text that was typed. Parsing reports every fault it can and goes on; it knows
//! nothing of checklists or assessments.

pub(crate) mod comments;
pub(crate) mod decode;
#[cfg(test)]
mod differential;
pub(crate) mod edit;
pub(crate) mod faults;
pub(crate) mod layout;
mod mend;
pub(crate) mod page;
mod plain;
#[cfg(test)]
mod plain_differential;
mod plain_toml;
#[cfg(test)]
mod plain_toml_differential;
pub(crate) mod repair;
pub(crate) mod toml;
pub(crate) mod tree;
pub(crate) mod way;
pub(crate) mod write;
pub(crate) mod yaml;

use crate::finding::Findings;
use crate::source::Source;
use crate::text::is_hidden;

/// Reports hidden characters that are written as signs in quoted texts, such as "\u202E"; those that
/// stand in the file as they are, the rule on any text finds.
pub(crate) fn check_signs(tree: &tree::Tree<'_>, source: &Source, findings: &mut Findings) {
    // Signs begin with a backslash, which few files have.
    if memchr::memchr(b'\\', source.text.as_bytes()).is_none() {
        return;
    }
    for (text, span) in tree.quoted() {
        let Some(hidden) = text.chars().find(|character| is_hidden(*character)) else { continue };
        if !source.slice(span).contains(hidden) {
            let code = u32::from(hidden);
            let message = format!(
                "A sign in this text stands for a character that no reader sees (U+{code:04X})"
            );
            findings
                .report(&faults::HIDDEN_CHARACTER, span, message)
                .help("remove the sign that begins with a backslash");
        }
    }
}
