//! A line on the terminal that says how far a long run is. It goes to standard error, only where that
//! is a terminal, only after a second, and it is gone when the work is done.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use super::output::Manner;

/// How long a run may last before it says anything, in milliseconds.
const PATIENCE: u64 = 1_000;

/// How long a line stands before the next, in milliseconds.
const PAUSE: u64 = 100;

/// How far a run is.
pub(super) struct Progress {
    total: usize,
    done: AtomicUsize,
    start: Instant,
    /// When the next line is due, in milliseconds from the start; never where nobody looks.
    next: Option<AtomicU64>,
}

impl Progress {
    /// Begins with so many files to read.
    pub(super) fn new(total: usize, manner: Manner) -> Self {
        let is_seen = manner != Manner::Quiet && std::io::stderr().is_terminal();
        Progress {
            total,
            done: AtomicUsize::new(0),
            start: Instant::now(),
            next: is_seen.then(|| AtomicU64::new(PATIENCE)),
        }
    }

    /// One more file was read.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let Some(next) = &self.next else { return };
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let due = next.load(Ordering::Relaxed);
        let is_ours = now >= due
            && next
                .compare_exchange(due, now + PAUSE, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if is_ours {
            // A terminal that went away is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{done} of {} files read", self.total);
        }
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        let was_shown =
            self.next.as_ref().is_some_and(|next| next.load(Ordering::Relaxed) > PATIENCE);
        if was_shown {
            let width = format!("{0} of {0} files read", self.total).len();
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(width));
        }
    }
}
