//! What the bench itself does to be compared with: nothing, reading, and draining the YAML events; and
//! running scrutiny on one partnership after another.

use std::ffi::OsStr;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
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
    match files(folder)?.as_slice() {
        [file] => drain(file),
        files => files.par_iter().try_for_each(|file| drain(file)),
    }
}

fn drain(file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {file:?}"))?;
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
}

/// Runs a command of scrutiny on each partnership of the archive, one after another.
pub(crate) fn each(scrutiny: &Path, command: &OsStr, archive: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(archive).with_context(|| format!("cannot read {archive:?}"))? {
        let folder = entry?.path();
        let mut run = Command::new(scrutiny);
        run.arg(command).arg(&folder).stdin(Stdio::null()).stdout(Stdio::null());
        let status = run.status().with_context(|| format!("cannot run {run:?}"))?;
        ensure!(status.success(), "{run:?} ended with {status}");
    }
    Ok(())
}
