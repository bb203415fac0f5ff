//! Other programs that check YAML files, where they are installed: on PATH, and for Node where it finds
//! `ajv` and `js-yaml` (NODE_PATH). None of them knows what a checklist asks: they lint, or hold files
//! to the schema that scrutiny prints.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::group::{Comparison, Figure, Goal, Group};
use crate::measure::{Ends, Load};
use crate::program;

/// How many times slower than scrutiny each should be.
const GOAL: Goal = Goal::AtLeast(5.0);

/// The same rules for both linters.
const RULES: &str = "extends: relaxed";

/// How often a program that takes some milliseconds is run for one figure, and one that takes a second.
const SHORT_RUNS: u32 = 50;
const LONG_RUNS: u32 = 2;

/// A peer that is installed.
struct Peer {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<OsString>,
    /// Whether it takes seconds for some dozens of files, and is given no more.
    is_slow: bool,
    /// Whether it is one of those that are to be outdone.
    goal: Goal,
}

/// The peers that are installed, and the names of those that are not.
pub(crate) struct Peers {
    found: Vec<Peer>,
    pub(crate) missing: Vec<&'static str>,
}

/// Looks for the peers, and prepares what they need in a folder.
pub(crate) fn find(folder: &Path) -> Result<Peers> {
    let schema = folder.join("assessment.schema.json");
    let printed = Command::new(program()).args(["schema", "assessment"]).output()?;
    fs::write(&schema, printed.stdout).with_context(|| format!("cannot write {schema:?}"))?;
    let cache = folder.join("ryl-cache");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/archive/ajv.js");
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let ryl = words(&["check", "--no-cache", "-d", RULES]);
    let cached = [words(&["check", "-d", RULES, "--cache-dir"]), vec![cache.into()]].concat();
    let ajv = vec![script.into(), schema.clone().into()];
    let by_schema = [words(&["--schemafile"]), vec![schema.into()]].concat();
    let all = [
        ("ryl", "ryl", ryl, false, GOAL),
        ("ryl with its cache", "ryl", cached, false, Goal::None),
        ("ajv and js-yaml", "node", ajv, false, GOAL),
        ("check-jsonschema", "check-jsonschema", by_schema, true, GOAL),
        ("yamllint", "yamllint", words(&["-d", RULES]), true, GOAL),
    ];
    let mut peers = Peers { found: Vec::new(), missing: Vec::new() };
    for (name, program, arguments, is_slow, goal) in all {
        match on_path(program).filter(|_| program != "node" || has_packages()) {
            Some(program) => peers.found.push(Peer { name, program, arguments, is_slow, goal }),
            None => peers.missing.push(name),
        }
    }
    Ok(peers)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn has_packages() -> bool {
    let mut node = Command::new("node");
    node.args(["-e", "require('ajv'); require('js-yaml')"]).stderr(Stdio::null());
    node.status().is_ok_and(|status| status.success())
}

impl Peers {
    /// All of them on one file, on a partnership, and the quick ones on the archive.
    pub(crate) fn groups(
        &self,
        file: &Path,
        partnership: &Path,
        archive: &Path,
    ) -> Result<Vec<Group>> {
        let some = crate::verify::files(partnership)?;
        let one = [file.to_owned()];
        let whole = [archive.to_owned()];
        Ok(vec![
            self.group("Peers on one file", &one, |_| true, [SHORT_RUNS, LONG_RUNS]),
            self.group("Peers on one partnership: 40 files", &some, |_| true, [SHORT_RUNS, 1]),
            self.group("Peers on the archive", &whole, |peer| !peer.is_slow, [1, 1]),
        ])
    }

    fn group(
        &self,
        title: &'static str,
        inputs: &[PathBuf],
        takes: impl Fn(&Peer) -> bool,
        [short, long]: [u32; 2],
    ) -> Group {
        let own = Load::new("validate", program()).args(["validate"]).args(inputs);
        let mut group = Group { title, loads: vec![own.times(short)], comparisons: Vec::new() };
        for peer in self.found.iter().filter(|peer| takes(peer)) {
            let load = Load::new(peer.name, &peer.program).args(&peer.arguments).args(inputs);
            let times = if peer.is_slow { long } else { short.min(10) };
            group.loads.push(load.times(times).ends(Ends::WithFindings));
            for (word, figure) in [("processor", Figure::Processor), ("wall", Figure::Wall)] {
                let name = format!("{} / validate, {word}", peer.name);
                let compared = Comparison::ratio(name, peer.name, "validate", figure, peer.goal);
                group.comparisons.push(compared);
            }
        }
        group
    }
}
