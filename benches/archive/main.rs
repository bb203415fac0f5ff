//! Measures scrutiny against the YAML parser alone, against a program that does nothing, against git and
//! other checkers, and its commands against each other. benches/README.md says how, and what came out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the bench prints its figures")]

mod actions;
mod assessment;
mod commands;
mod generate;
mod group;
mod growth;
mod history;
mod loads;
mod measure;
mod names;
mod page;
mod peers;
mod phrases;
mod prose;
mod random;
mod verify;
mod whole;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

pub(crate) const NOTHING: &str = "--nothing";
pub(crate) const READ: &str = "--read";
pub(crate) const EVENTS: &str = "--events";
pub(crate) const EACH: &str = "--each";

/// How many rounds are measured unless `--rounds` says otherwise.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let first = arguments.next().unwrap_or_default();
    let outcome = match first.to_str() {
        Some(NOTHING) => return ExitCode::SUCCESS,
        Some(READ) => loads::read(&folder(arguments)),
        Some(EVENTS) => loads::events(&folder(arguments)),
        Some(EACH) => {
            let program = arguments.next().map(PathBuf::from).unwrap_or_default();
            let command = arguments.next().unwrap_or_default();
            loads::each(&program, &command, &folder(arguments))
        }
        Some(measure::WRAPPER) => measure::wrap(arguments),
        _ => bench(std::iter::once(first).chain(arguments)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn folder(mut arguments: impl Iterator<Item = OsString>) -> PathBuf {
    arguments.next().map(PathBuf::from).unwrap_or_default()
}

fn bench(arguments: impl Iterator<Item = OsString>) -> Result<()> {
    let Some(rounds) = rounds(arguments)? else { return Ok(()) };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    install(&folder.join("installed"))?;
    let archive = folder.join("archive");
    let measured = prepare(&archive)?;
    let one_file = &measured.files[measured.files.len() / 2];
    let partnership = one_file.ancestors().nth(2).context("a file lies in a partnership")?;
    println!("{}", said(&archive)?);
    let name = one_file.strip_prefix(&archive)?.display();
    println!("one file: {name}, {} bytes", fs::metadata(one_file)?.len());
    let revised = history::write(&folder.join("history"), &fs::read_to_string(one_file)?)?;
    println!("history: {} revisions of {name}", history::REVISIONS);
    let peers = peers::find(folder)?;
    if !peers.missing.is_empty() {
        println!("not installed, and not compared with: {}", peers.missing.join(", "));
    }
    println!("{}", load_of_machine());
    let mut groups = vec![
        whole::one_file(one_file),
        whole::archive(&archive),
        growth::group(&growth::prepare(&archive)?),
        commands::group(&commands::prepare(partnership)?),
        whole::partnerships(&archive),
        history::group(&revised)?,
    ];
    groups.extend(peers.groups(one_file, partnership, &archive)?);
    // The first run after the archive was written may wait for the disk, and is not counted.
    loads::read(&archive)?;
    for group in groups {
        group.run(rounds)?;
    }
    println!("\n{}", load_of_machine());
    Ok(())
}

/// How busy the machine is with this and with other work, as far as the system tells.
fn load_of_machine() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let last_minute = load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{cores} cores; programs that ran or waited for one, over the last minute: {last_minute}"
    )
}

/// How many rounds are asked for; none where this is not `cargo bench`, or other benches are meant. A
/// program that is named is kept.
fn rounds(arguments: impl Iterator<Item = OsString>) -> Result<Option<usize>> {
    let arguments: Vec<String> =
        arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let has = |flag| arguments.iter().any(|argument| argument == flag);
    if !has("--bench") || has("--test") || has("--list") {
        return Ok(None);
    }
    let mut rounds = ROUNDS;
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        match argument {
            "--bench" => {}
            "--rounds" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                rounds = number.filter(|rounds| *rounds > 0).context("--rounds takes a number")?;
            }
            "--program" => {
                let path = arguments.next().context("--program takes a path")?;
                // Cargo runs the bench in the folder of the package.
                let path = fs::canonicalize(path).with_context(|| format!("cannot find {path}"))?;
                NAMED.set(path).ok().context("--program stands twice")?;
            }
            flag if flag.starts_with('-') => {
                bail!("{flag} is not known here; --rounds N and --program PATH are")
            }
            // As everywhere with cargo, a word selects the benches that have it in their name.
            name if "archive".contains(name) => {}
            _ => return Ok(None),
        }
    }
    Ok(Some(rounds))
}

/// Makes the archive unless it is there, and checks that it is what it should be.
fn prepare(archive: &Path) -> Result<verify::Measured> {
    let stamp = archive.with_extension("stamp");
    let version = generate::version();
    if fs::read_to_string(&stamp).ok().as_ref() != Some(&version) {
        eprintln!("making the archive");
        if archive.exists() {
            fs::remove_dir_all(archive).context("cannot remove the old archive")?;
        }
        generate::write(archive)?;
        fs::write(&stamp, version).context("cannot write the stamp")?;
    }
    let measured = verify::verify(archive, generate::FILES)
        .with_context(|| format!("the archive is not as it should be; remove {stamp:?}"))?;
    let verify::Measured { files, bytes, actions } = &measured;
    let (megabytes, mean) = (*bytes as f64 / 1e6, bytes / files.len());
    println!(
        "archive: {} files, {megabytes:.1} MB, {mean} bytes each, {actions} actions",
        files.len()
    );
    Ok(measured)
}

/// The program that was named; without one, the one that cargo has built is measured.
static NAMED: OnceLock<PathBuf> = OnceLock::new();

/// Copies of the program and of this bench.
static INSTALLED: OnceLock<[PathBuf; 2]> = OnceLock::new();

/// Copies the program and this bench, as an installation does. A program starts slower as long as the
/// system holds it in the small pieces in which a linker writes.
fn install(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let built = NAMED.get().map_or(Path::new(env!("CARGO_BIN_EXE_scrutiny")), PathBuf::as_path);
    println!("program: {}", built.display());
    let copies = ["scrutiny", "bench"].map(|name| folder.join(name));
    for (from, to) in [built, &std::env::current_exe()?].into_iter().zip(&copies) {
        fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    INSTALLED.set(copies).ok().context("programs are copied once")
}

fn installed() -> &'static [PathBuf; 2] {
    INSTALLED.get().expect("the programs are copied before any is run")
}

/// The program that is measured.
pub(crate) fn program() -> &'static Path {
    &installed()[0]
}

/// This bench, as a program that is measured.
pub(crate) fn itself() -> &'static Path {
    &installed()[1]
}

/// The last thing that scrutiny says of the archive, to show that it has read it.
fn said(archive: &Path) -> Result<String> {
    let output = Command::new(program()).arg("validate").arg(archive).output()?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing");
    Ok(format!("scrutiny: {last} ({})", output.status))
}
