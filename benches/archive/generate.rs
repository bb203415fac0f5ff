//! The archive: 137 partnerships, ten years, four quarters a year, one assessment each.
//!
//! The same on every machine and in every run. Each partnership has random numbers of its own, so
//! that a change to one does not change all others.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::actions::{Carried, Slip};
use crate::assessment;
use crate::names::{NAME_HEADS, NAME_TAILS};
use crate::random::Random;

const PARTNERSHIPS: usize = 137;
const FIRST_YEAR: i16 = 2016;
const YEARS: i16 = 10;

/// How many files the archive has.
pub(crate) const FILES: usize = PARTNERSHIPS * YEARS as usize * 4;

/// What the random numbers start from.
const SEED: u64 = 2019;

/// What makes the archive. Whenever any of it changes, the archive is made anew.
const SOURCES: [&str; 8] = [
    include_str!("actions.rs"),
    include_str!("assessment.rs"),
    include_str!("generate.rs"),
    include_str!("names.rs"),
    include_str!("page.rs"),
    include_str!("phrases.rs"),
    include_str!("prose.rs"),
    include_str!("random.rs"),
];

/// A partnership on its way through the years.
pub(crate) struct Partnership {
    pub(crate) name: String,
    pub(crate) random: Random,
    /// Whether its scrutineer breaks lines.
    pub(crate) wraps: bool,
    /// The number of the last action; ids are never used again.
    last_action: u32,
    /// What the next assessment brings forward.
    pub(crate) carried: Vec<Carried>,
}

/// A quarter of a year that starts in April.
pub(crate) struct Quarter {
    pub(crate) name: String,
    pub(crate) from: Date,
    pub(crate) to: Date,
}

impl Partnership {
    fn new(number: usize) -> Self {
        let head = NAME_HEADS[number % NAME_HEADS.len()];
        let tail = NAME_TAILS[number / NAME_HEADS.len()];
        let seed = SEED + u64::try_from(number).expect("partnerships are few") * 1_000_003;
        let mut random = Random::new(seed);
        let wraps = random.percent(65);
        Partnership {
            name: format!("{head}{tail}"),
            random,
            wraps,
            last_action: 0,
            carried: Vec::new(),
        }
    }

    /// An id that was never used in this partnership.
    pub(crate) fn action_id(&mut self) -> String {
        self.last_action += 1;
        format!("A-{:04}", self.last_action)
    }
}

impl Quarter {
    fn new(year: i16, number: i8) -> Self {
        let april = Date::new(year, 4, 1).expect("the first of April is a date");
        let from = april.saturating_add((i64::from(number - 1) * 3).months());
        let to = from.saturating_add(3.months()).saturating_sub(1.day());
        Quarter { name: format!("{} Q{number}", year_name(year)), from, to }
    }
}

/// A year as files have it: 2024-25.
fn year_name(year: i16) -> String {
    format!("{year}-{:02}", (year + 1) % 100)
}

/// The version of the generator, by which an archive is known to be its work.
pub(crate) fn version() -> String {
    let mut hasher = DefaultHasher::new();
    SOURCES.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Writes the archive to a folder that is not there yet.
pub(crate) fn write(folder: &Path) -> anyhow::Result<()> {
    for number in 0..PARTNERSHIPS {
        let mut partnership = Partnership::new(number);
        let home = folder.join(partnership.name.to_lowercase());
        for year in FIRST_YEAR..FIRST_YEAR + YEARS {
            let shelf = home.join(year_name(year));
            fs::create_dir_all(&shelf).with_context(|| format!("cannot make {shelf:?}"))?;
            for number in 1..=4 {
                let quarter = Quarter::new(year, number);
                let slip = Slip::seldom(&mut partnership.random);
                let text = assessment::write(&mut partnership, &quarter, slip);
                let file = shelf.join(format!("q{number}.yaml"));
                fs::write(&file, text).with_context(|| format!("cannot write {file:?}"))?;
            }
        }
    }
    Ok(())
}
