//! A folder for what was in files once. It goes with the program, also where somebody interrupts that.

use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

#[cfg(unix)]
use crate::commands::signals;

/// A temporary folder into which nobody else on the computer may look.
pub(super) struct PrivateFolder(TempDir);

impl PrivateFolder {
    pub(super) fn new() -> Result<Self> {
        let mut folder = tempfile::Builder::new();
        folder.prefix("scrutiny-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            folder.permissions(std::fs::Permissions::from_mode(0o700));
        }
        let folder = folder.tempdir().context("cannot make a temporary folder")?;
        #[cfg(unix)]
        signals::remove_at_end(folder.path())?;
        Ok(PrivateFolder(folder))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }
}
