//! What the bench itself does to be compared with: nothing, reading, and draining the YAML events.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use anyhow::Context;
use granit_parser::Parser;
use rayon::prelude::*;

use crate::verify::files;

/// Reads the bytes of all files.
pub(crate) fn read(folder: &Path) -> anyhow::Result<()> {
    for file in files(folder)? {
        black_box(fs::read(&file).with_context(|| format!("cannot read {file:?}"))?);
    }
    Ok(())
}

/// Reads all files and parses each to its end, making nothing of the events; on as many threads as
/// scrutiny would take.
pub(crate) fn events(folder: &Path) -> anyhow::Result<()> {
    files(folder)?.into_par_iter().try_for_each(|file| {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {file:?}"))?;
        // The options with which scrutiny parses.
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            block_nesting_limit: 64,
            flow_nesting_limit: 64,
        };
        for event in Parser::new_from_str_with_options(&text, options) {
            black_box(event.with_context(|| format!("{file:?} is not YAML"))?);
        }
        Ok(())
    })
}
