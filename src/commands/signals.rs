//! Interruptions. At a prompt they end the program at once, because all that was answered has been
//! saved; while something is being written they wait until it is whole; while the editor runs, Ctrl-C
//! belongs to the editor. Elsewhere they end the program as ever, and what it keeps beside it goes first.
//! The only file that knows the signal crate.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
#[cfg(unix)]
use signal_hook::{iterator::Signals, low_level::emulate_default_handler};

/// The signals that end the program: Ctrl-C, a request to end, and the end of the terminal.
#[cfg(unix)]
const ENDING: [i32; 3] = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const ENDING: [i32; 2] = [SIGINT, SIGTERM];

/// What is kept of interruptions.
pub(super) struct Watch {
    is_waiting: Arc<AtomicBool>,
    came: Vec<(i32, Arc<AtomicBool>)>,
}

/// The program was interrupted while it could not end; it ends with this code.
pub(super) struct Interrupted(pub(super) i32);

impl Watch {
    /// Begins to look out for interruptions.
    pub(super) fn begin() -> Result<Self> {
        let about = || "cannot look out for interruptions";
        let mut watch = Watch { is_waiting: Arc::default(), came: Vec::new() };
        for signal in ENDING {
            let came = Arc::new(AtomicBool::new(false));
            flag::register_conditional_shutdown(
                signal,
                code_of(signal),
                Arc::clone(&watch.is_waiting),
            )
            .with_context(about)?;
            flag::register(signal, Arc::clone(&came)).with_context(about)?;
            watch.came.push((signal, came));
        }
        Ok(watch)
    }

    /// Waits for a person. An interruption that came before is told; one that comes during it ends
    /// the program, without a moment between in which it could be missed.
    pub(super) fn wait<T>(&self, wait: impl FnOnce() -> T) -> Result<T, Interrupted> {
        self.is_waiting.store(true, Ordering::SeqCst);
        let waited = match self.came() {
            Some(signal) => Err(Interrupted(code_of(signal))),
            None => Ok(wait()),
        };
        self.is_waiting.store(false, Ordering::SeqCst);
        waited
    }

    fn came(&self) -> Option<i32> {
        let came = self.came.iter().find(|(_, came)| came.load(Ordering::SeqCst));
        came.map(|(signal, _)| *signal)
    }

    /// Forgets a Ctrl-C that was meant for the editor.
    pub(super) fn forget_ctrl_c(&self) {
        for (_, came) in self.came.iter().filter(|(signal, _)| *signal == SIGINT) {
            came.store(false, Ordering::SeqCst);
        }
    }
}

/// The exit code of a program that a signal ended, as shells count: 130 for Ctrl-C.
fn code_of(signal: i32) -> i32 {
    128 + signal
}

/// Sees to it that a folder is removed before an interruption ends the program.
#[cfg(unix)]
pub(super) fn remove_at_end(folder: &Path) -> Result<()> {
    let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    if folders.is_empty() {
        let about = || "cannot look out for interruptions";
        let mut signals = Signals::new(ENDING).with_context(about)?;
        let watch = move || signals.forever().for_each(end);
        thread::Builder::new().spawn(watch).with_context(about)?;
    }
    folders.push(folder.to_owned());
    Ok(())
}

/// What is to be removed; nothing before the first folder is there.
#[cfg(unix)]
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

#[cfg(unix)]
fn end(signal: i32) {
    // What is being written meanwhile may stand in the way.
    const ATTEMPTS: usize = 10;
    let folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    for folder in folders.iter() {
        let _ = (0..ATTEMPTS).find(|_| fs::remove_dir_all(folder).is_ok() || !folder.exists());
    }
    // Where that fails, the program goes on, and ends by itself.
    let _ = emulate_default_handler(signal);
}
