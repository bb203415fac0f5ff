//! What a run of a program costs: processor time, time on the clock, memory.
//!
//! The system tells a process what its children have used, and of memory only the most that any child
//! has held. So each program is run by a wrapper that has no other children: this bench, executed once
//! more.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};

/// A program to be measured.
pub(crate) struct Load {
    pub(crate) name: String,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    /// One thread, or as many as the program starts by itself.
    pub(crate) threads: Threads,
    /// How often it is run for one figure.
    pub(crate) times: u32,
    pub(crate) ends: Ends,
}

/// How a program may end.
#[derive(Clone, Copy)]
pub(crate) enum Ends {
    /// With 0.
    Well,
    /// With 1 too, which says that it found something.
    WithFindings,
}

impl Load {
    /// A program that runs once, on all threads.
    pub(crate) fn new(name: &str, program: &Path) -> Self {
        Load {
            name: name.to_owned(),
            program: program.to_owned(),
            arguments: Vec::new(),
            threads: Threads::All,
            times: 1,
            ends: Ends::Well,
        }
    }

    /// The same with more arguments.
    pub(crate) fn args<A: Into<OsString>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        let more = arguments.into_iter().map(Into::into);
        Load { arguments: self.arguments.into_iter().chain(more).collect(), ..self }
    }

    pub(crate) fn times(self, times: u32) -> Self {
        Load { times, ..self }
    }

    pub(crate) fn threads(self, threads: Threads) -> Self {
        Load { threads, ..self }
    }

    pub(crate) fn ends(self, ends: Ends) -> Self {
        Load { ends, ..self }
    }
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
    let worst = match load.ends {
        Ends::Well => 0,
        Ends::WithFindings => 1,
    };
    wrapper.arg(WRAPPER).arg(load.times.to_string()).arg(worst.to_string());
    wrapper.arg(&load.program).args(&load.arguments);
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
    let worst = arguments.next().and_then(|worst| worst.to_str()?.parse::<i32>().ok());
    let worst = worst.context("the wrapper is told how the program may end")?;
    let mut program = Command::new(arguments.next().context("the wrapper is told what to run")?);
    program.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    // What linters have to say is not for whoever measures them.
    if worst > 0 {
        program.stderr(Stdio::null());
    }
    let start = Instant::now();
    for _ in 0..times {
        let status = program.status().with_context(|| format!("cannot run {program:?}"))?;
        let is_well = status.code().is_some_and(|code| (0..=worst).contains(&code));
        ensure!(is_well, "{program:?} ended with {status}");
    }
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    let (processor, peak) = used()?;
    let times = f64::from(times);
    println!("{} {} {peak}", processor / times, wall / times);
    Ok(())
}

/// What the children have used: processor time in milliseconds, and the largest resident set in
/// megabytes.
#[cfg(unix)]
fn used() -> anyhow::Result<(f64, f64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok((processor(&used), peak(&used)))
}

#[cfg(not(unix))]
fn used() -> anyhow::Result<(f64, f64)> {
    anyhow::bail!("only Unix tells what a program has used: run the bench there")
}

/// User and system time in milliseconds.
#[cfg(unix)]
fn processor(used: &nix::sys::resource::Usage) -> f64 {
    use nix::sys::time::TimeValLike as _;
    (used.user_time() + used.system_time()).num_microseconds() as f64 / 1000.0
}

/// The largest resident set in megabytes. Linux counts in units of 1,024 bytes, macOS in bytes.
#[cfg(unix)]
fn peak(used: &nix::sys::resource::Usage) -> f64 {
    let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
    used.max_rss() as f64 * unit / 1e6
}
