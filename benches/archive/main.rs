//! Measures `scrutiny validate` on a national archive against the parser alone, and on one file
//! against a program that does nothing; and revisions of a file against git. benches/README.md says how,
//! and what came out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the bench prints its figures")]

mod actions;
mod assessment;
mod generate;
mod history;
mod loads;
mod measure;
mod names;
mod page;
mod phrases;
mod prose;
mod random;
mod table;
mod verify;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use measure::{Cost, Load, Threads};
use table::Ratio;

const NOTHING: &str = "--nothing";
const READ: &str = "--read";
const EVENTS: &str = "--events";
const EACH: &str = "--each";

/// The partnership that is followed through the archive.
const PARTNERSHIP: &str = "Brindlecombe";

/// How many rounds are measured unless `--rounds` says otherwise.
const ROUNDS: usize = 5;

/// How often a short program is run for one figure.
const SHORT_RUNS: u32 = 200;

/// How often a program that takes some hundredths of a second is run for one figure.
const FEW_RUNS: u32 = 10;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let first = arguments.next().unwrap_or_default();
    let outcome = match first.to_str() {
        Some(NOTHING) => return ExitCode::SUCCESS,
        Some(READ) => loads::read(&folder(arguments)),
        Some(EVENTS) => loads::events(&folder(arguments)),
        Some(EACH) => {
            let command = arguments.next().unwrap_or_default();
            loads::each(Path::new(SCRUTINY), &command, &folder(arguments))
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
    let archive = Path::new(env!("CARGO_TARGET_TMPDIR")).join("archive");
    let measured = prepare(&archive)?;
    let one_file = &measured.files[measured.files.len() / 2];
    println!("{}", said(&archive)?);
    let name = one_file.strip_prefix(&archive)?.display();
    println!("one file: {name}, {} bytes", fs::metadata(one_file)?.len());
    let repository = Path::new(env!("CARGO_TARGET_TMPDIR")).join("history");
    let revised = history::write(&repository, &fs::read_to_string(one_file)?)?;
    println!("history: {} revisions of {name}\n", history::REVISIONS);
    let loads = loads(&archive, one_file, &revised)?;
    // The first run after the archive was written may wait for the disk, and is not counted.
    loads::read(&archive)?;
    let mut costs: Vec<Vec<Cost>> = loads.iter().map(|_| Vec::new()).collect();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (load, costs) in loads.iter().zip(&mut costs) {
            costs.push(measure::measure(load)?);
        }
    }
    table::print_costs(&loads, &costs);
    println!();
    table::print_ratios(&ratios(&costs));
    Ok(())
}

/// How many rounds are asked for; none where this is not `cargo bench`, or other benches are meant.
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
            flag if flag.starts_with('-') => bail!("{flag} is not known here; --rounds N is"),
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

/// The program that is measured.
const SCRUTINY: &str = env!("CARGO_BIN_EXE_scrutiny");

/// The last thing that scrutiny says of the archive, to show that it has read it.
fn said(archive: &Path) -> Result<String> {
    let output = Command::new(SCRUTINY).arg("validate").arg(archive).output()?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing");
    Ok(format!("scrutiny: {last} ({})", output.status))
}

/// What is measured in each round, in this order.
fn loads(archive: &Path, one_file: &Path, revised: &Path) -> Result<[Load; 14]> {
    let own = std::env::current_exe()?;
    let load = |name, program: &Path, arguments: &[&Path], threads, times| Load {
        name,
        program: program.to_owned(),
        arguments: arguments.iter().map(Into::into).collect(),
        threads,
        times,
    };
    let scrutiny = Path::new(SCRUTINY);
    let (nothing, read, events, validate) =
        (Path::new(NOTHING), Path::new(READ), Path::new(EVENTS), Path::new("validate"));
    let (collate, trend, each) = (Path::new("collate"), Path::new("trend"), Path::new(EACH));
    let one = [trend, archive, Path::new("--partnership"), Path::new(PARTNERSHIP)];
    let repository = revised.parent().context("a file has a folder")?;
    let [folder, plain, log, patches, end] = ["-C", "--no-pager", "log", "-p", "--"].map(Path::new);
    let log = [folder, repository, plain, log, patches, end, revised];
    let diff = ["diff", history::OLDEST, "HEAD", "--"].map(Path::new);
    let diff = [&diff[..], &[revised]].concat();
    let history = [trend, Path::new("--history"), revised];
    Ok([
        load("nothing", &own, &[nothing], Threads::All, SHORT_RUNS),
        load("validate one file", scrutiny, &[validate, one_file], Threads::All, SHORT_RUNS),
        load("read the archive", &own, &[read, archive], Threads::All, 1),
        load("parser events, all threads", &own, &[events, archive], Threads::All, 1),
        load("parser events, one thread", &own, &[events, archive], Threads::One, 1),
        load("validate the archive, all threads", scrutiny, &[validate, archive], Threads::All, 1),
        load("validate the archive, one thread", scrutiny, &[validate, archive], Threads::One, 1),
        load("collate the archive, all threads", scrutiny, &[collate, archive], Threads::All, 1),
        load("trend of one out of the archive", scrutiny, &one, Threads::All, 1),
        load("validate each partnership", &own, &[each, validate, archive], Threads::All, 1),
        load("trend of each partnership", &own, &[each, trend, archive], Threads::All, 1),
        load("git log -p of 200 revisions", Path::new("git"), &log, Threads::All, FEW_RUNS),
        load("diff over 200 revisions", scrutiny, &diff, Threads::All, FEW_RUNS),
        load("trend --history of 200 revisions", scrutiny, &history, Threads::All, FEW_RUNS),
    ])
}

/// The comparisons, each within one round.
fn ratios(costs: &[Vec<Cost>]) -> Vec<Ratio> {
    let [nothing, one_file, read, events, events_one, all, one, rest @ ..] = costs else {
        unreachable!("seven programs are measured, and more")
    };
    let [collate, trend, validate_each, trend_each, log, diff, history] = rest else {
        unreachable!("fourteen programs are measured")
    };
    let compare = |name, over: &[Cost], under: &[Cost], figure: fn(&Cost) -> f64, goal| {
        let rounds = over.iter().zip(under).map(|(over, under)| figure(over) / figure(under));
        Ratio { name, rounds: rounds.collect(), goal, unit: "" }
    };
    let processor: fn(&Cost) -> f64 = |cost| cost.processor;
    let wall: fn(&Cost) -> f64 = |cost| cost.wall;
    let peak = |costs: &[Cost]| costs.iter().map(|cost| cost.peak).collect();
    vec![
        compare("validate / events, all threads, processor", all, events, processor, Some(1.6)),
        compare("validate / events, one thread, processor", one, events_one, processor, Some(1.6)),
        compare("validate on all / events on one, processor", all, events_one, processor, None),
        compare("validate / reading, processor time", all, read, processor, None),
        compare("one thread / all threads, wall time", one, all, wall, None),
        Ratio {
            name: "peak memory of validate, MB",
            rounds: peak(all),
            goal: Some(80.0),
            unit: " MB",
        },
        compare("collate / validate, processor time", collate, all, processor, Some(1.3)),
        compare("trend of one / validate, processor time", trend, all, processor, Some(1.3)),
        compare(
            "trend / validate of each, processor",
            trend_each,
            validate_each,
            processor,
            Some(1.3),
        ),
        Ratio {
            name: "peak memory of collate, MB",
            rounds: peak(collate),
            goal: Some(120.0),
            unit: " MB",
        },
        Ratio {
            name: "peak memory of trend, MB",
            rounds: peak(trend),
            goal: Some(120.0),
            unit: " MB",
        },
        compare("one file / nothing, processor time", one_file, nothing, processor, Some(3.0)),
        compare("one file / nothing, wall time", one_file, nothing, wall, Some(3.0)),
        compare("diff / git log -p, processor time", diff, log, processor, None),
        compare("diff / git log -p, wall time", diff, log, wall, None),
        compare("trend --history / git log -p, processor", history, log, processor, None),
        compare("trend --history / git log -p, wall time", history, log, wall, None),
    ]
}
