//! The list of names that no text may hold. It is kept outside the repository, and nothing of it is
//! ever shown.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::inputs::{How, Input, LARGEST, read, shown};
use super::origins;
use super::revisions::{Keeping, keeping};
use crate::privacy::{NameFault, Names};

/// Where the list is.
#[derive(clap::Args)]
pub(super) struct NamesArgs {
    /// Names to look for, one a line, in a file outside the repository
    #[arg(long, value_name = "FILE", env = "SCRUTINY_NAMES", hide_env_values = true)]
    names: Option<PathBuf>,
}

impl NamesArgs {
    /// Reads the list, where there is one.
    pub(super) fn read(&self) -> Result<Option<Names>> {
        let Some(path) = &self.names else { return Ok(None) };
        origins::note_either("names", "--names", "SCRUTINY_NAMES");
        if !path.is_file() {
            bail!("the list of names, {}, is not a file that is there", shown(path));
        }
        refuse_kept(path)?;
        let bytes = read(&Input::File(path.clone(), How::Named))?;
        if bytes.len() as u64 > LARGEST {
            bail!("the list of names, {}, is larger than 10 MiB", shown(path));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| anyhow!("the list of names, {}, is not saved as UTF-8", shown(path)))?;
        match Names::parse(text.trim_start_matches('\u{feff}')) {
            Ok(names) => Ok(Some(names)),
            Err(NameFault::TooShort(line)) => bail!(
                "the list of names, {}, has on line {line} fewer than two letters, which would be \
                 found everywhere: write the whole name, or delete the line",
                shown(path)
            ),
            Err(NameFault::Empty) => {
                bail!("the list of names, {}, is empty: write one name a line", shown(path))
            }
        }
    }
}

/// A list that git keeps, or may keep with the next commit, gives away what it is to protect.
fn refuse_kept(path: &Path) -> Result<()> {
    let kept =
        keeping(path).with_context(|| format!("cannot use the list of names {}", shown(path)))?;
    match kept {
        Keeping::Outside | Keeping::Ignored => Ok(()),
        Keeping::Tracked => bail!(
            "git keeps the list of names, {}: move it out of the repository, and take it out of \
             the history, where it stays readable",
            shown(path)
        ),
        Keeping::Loose => bail!(
            "the list of names, {}, lies in a git repository, and the next commit may take it: \
             move it out of the repository",
            shown(path)
        ),
    }
}
