//! Work on many files at once: on all cores, where threads can be had.

use std::sync::OnceLock;

use anyhow::Result;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Fewer files than this are not worth a second thread.
const WORTH_THREADS: usize = 8;

/// Does the work for each; what comes of it is in the order of the list.
pub(super) fn each<T: Sync, R: Send>(
    list: &[T],
    work: impl Fn(&T) -> Result<R> + Sync + Send,
) -> Result<Vec<R>> {
    match list.len() < WORTH_THREADS || !are_there() {
        true => list.iter().map(work).collect(),
        false => list.par_iter().map(work).collect(),
    }
}

/// Whether threads can be started. Some machines allow none beyond the first; that takes longer, and
/// is no reason to stop.
fn are_there() -> bool {
    static STARTED: OnceLock<bool> = OnceLock::new();
    *STARTED.get_or_init(|| ThreadPoolBuilder::new().build_global().is_ok())
}
