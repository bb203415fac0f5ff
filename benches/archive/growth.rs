//! From a thousand files to ten thousand: the archive's first partnerships, and all of it with some of
//! its partnerships a second time under another name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::group::{Comparison, Figure, Goal, Group};
use crate::measure::Load;
use crate::program;
use crate::verify;

const FEW: usize = 1_000;
const MANY: usize = 10_000;

/// How many files a partnership has.
const FILES_EACH: usize = 40;

/// Writes both folders beside the archive.
pub(crate) fn prepare(archive: &Path) -> Result<[PathBuf; 2]> {
    let folders = ["growth-few", "growth-many"].map(|name| archive.with_file_name(name));
    for (folder, count) in folders.iter().zip([FEW, MANY]) {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("cannot remove {folder:?}"))?;
        }
        write(archive, folder, count / FILES_EACH)?;
        anyhow::ensure!(verify::files(folder)?.len() == count, "{folder:?} has not {count} files");
    }
    Ok(folders)
}

fn write(archive: &Path, folder: &Path, partnerships: usize) -> Result<()> {
    let mut homes: Vec<PathBuf> = fs::read_dir(archive)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    homes.sort();
    for number in 0..partnerships {
        let home = &homes[number % homes.len()];
        let turn = number / homes.len();
        for file in verify::files(home)? {
            let inside = folder.join(turn.to_string()).join(file.strip_prefix(archive)?);
            fs::create_dir_all(inside.parent().context("a file has a folder")?)?;
            let text = fs::read_to_string(&file)?;
            let renamed = format!("partnership: {}", ["", "Second "][turn.min(1)]);
            fs::write(&inside, text.replacen("partnership: ", &renamed, 1))?;
        }
    }
    Ok(())
}

pub(crate) fn group([few, many]: &[PathBuf; 2]) -> Group {
    let load = |name: &str, folder: &Path, times| {
        Load::new(name, program()).args(["validate"]).args([folder]).times(times)
    };
    let ideal = |name: &str, figure| Comparison {
        factor: (MANY / FEW) as f64,
        ..Comparison::ratio(name, "1,000 files", "10,000 files", figure, Goal::AtLeast(0.9))
    };
    Group {
        title: "From 1,000 to 10,000 files",
        loads: vec![load("1,000 files", few, 5), load("10,000 files", many, 1)],
        comparisons: vec![
            ideal("ten times the work in ten times the time, processor", Figure::Processor),
            ideal("ten times the work in ten times the time, wall", Figure::Wall),
            Comparison::peak("peak memory, 1,000 files, MB", "1,000 files", Goal::None),
            Comparison::peak("peak memory, 10,000 files, MB", "10,000 files", Goal::None),
        ],
    }
}
