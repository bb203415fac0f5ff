//! What a run of a program costs: processor time, time on the clock, memory.
//!
//! The system tells a process what its children have used, and of memory only the most that any child
//! has held. So each program is run by a wrapper that has no other children: this bench, executed once
//! more.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// A program to be measured.
pub(crate) struct Load {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    /// One thread, or as many as the program starts by itself.
    pub(crate) threads: Threads,
    /// How often it is run for one figure.
    pub(crate) times: u32,
}

/// How many threads a program may use.
pub(crate) enum Threads {
    One,
    All,
}

/// What one run costs.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// User and system time of all its threads, in milliseconds.
    pub(crate) processor: f64,
    /// In milliseconds.
    pub(crate) wall: f64,
    /// The most memory that it held, in megabytes of a million bytes.
    pub(crate) peak: f64,
}

/// The argument that makes a wrapper of the bench.
pub(crate) const WRAPPER: &str = "--measure";

/// Measures a program in a wrapper of its own.
pub(crate) fn measure(load: &Load) -> anyhow::Result<Cost> {
    let mut wrapper = Command::new(std::env::current_exe()?);
    wrapper.arg(WRAPPER).arg(load.times.to_string()).arg(&load.program).args(&load.arguments);
    match load.threads {
        Threads::One => wrapper.env("RAYON_NUM_THREADS", "1"),
        Threads::All => wrapper.env_remove("RAYON_NUM_THREADS"),
    };
    let output = wrapper.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "\"{}\" could not be measured", load.name);
    let printed = String::from_utf8(output.stdout)?;
    let figures: Result<Vec<f64>, _> = printed.split_whitespace().map(str::parse).collect();
    match figures.as_deref() {
        Ok(&[processor, wall, peak]) => Ok(Cost { processor, wall, peak }),
        _ => anyhow::bail!("the wrapper printed {printed:?}"),
    }
}

/// The wrapper: runs a program so many times, and prints what one run costs.
pub(crate) fn wrap(mut arguments: impl Iterator<Item = OsString>) -> anyhow::Result<()> {
    let times = arguments.next().and_then(|times| times.to_str()?.parse::<u32>().ok());
    let times = times.context("the wrapper is told how often")?;
    let mut program = Command::new(arguments.next().context("the wrapper is told what to run")?);
    program.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    for _ in 0..times {
        let status = program.status().with_context(|| format!("cannot run {program:?}"))?;
        ensure!(status.success(), "{program:?} ended with {status}");
    }
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let times = f64::from(times);
    println!("{} {} {}", processor(&used) / times, wall / times, peak(&used));
    Ok(())
}

/// User and system time in milliseconds.
fn processor(used: &Usage) -> f64 {
    (used.user_time() + used.system_time()).num_microseconds() as f64 / 1000.0
}

/// The largest resident set in megabytes. Linux counts in units of 1,024 bytes, macOS in bytes.
fn peak(used: &Usage) -> f64 {
    let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
    used.max_rss() as f64 * unit / 1e6
}
