//! A folder for what was in files once. It goes with the program, also where somebody interrupts that.

use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

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
        interruption::removes(folder.path())?;
        Ok(PrivateFolder(folder))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// What ends a program on Unix without another word.
#[cfg(unix)]
mod interruption {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, PoisonError};
    use std::thread;

    use anyhow::{Context, Result};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// How often it is tried: what is being written meanwhile may stand in the way.
    const ATTEMPTS: usize = 10;

    /// What is to be removed; nothing before the first folder is there.
    static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

    /// Sees to it that a folder is removed before an interruption ends the program.
    pub(super) fn removes(folder: &Path) -> Result<()> {
        let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        if folders.is_empty() {
            let about = "cannot look out for interruptions";
            let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context(about)?;
            let watch = move || signals.forever().for_each(end);
            thread::Builder::new().spawn(watch).context(about)?;
        }
        folders.push(folder.to_owned());
        Ok(())
    }

    fn end(signal: i32) {
        let folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in folders.iter() {
            let _ = (0..ATTEMPTS).find(|_| fs::remove_dir_all(folder).is_ok() || !folder.exists());
        }
        // Where that fails, the program goes on, and ends by itself.
        let _ = emulate_default_handler(signal);
    }
}
