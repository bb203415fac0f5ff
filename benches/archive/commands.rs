//! Every command beside `validate` on the same files, or beside `validate` on one file where it takes
//! none. `rate`, which waits for answers, and `migrate` are left out.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::group::{Comparison, Figure, Goal, Group};
use crate::measure::{Ends, Load};
use crate::program;

/// How often a command is run for one figure.
const RUNS: u32 = 10;

/// What commands are given.
pub(crate) struct Inputs {
    file: PathBuf,
    next: PathBuf,
    partnership: PathBuf,
    /// A folder with two perspectives on the same quarter.
    pair: PathBuf,
    programme: PathBuf,
    upgrade: PathBuf,
}

pub(crate) fn prepare(partnership: &Path) -> Result<Inputs> {
    let files = crate::verify::files(partnership)?;
    let [.., file, next] = files.as_slice() else { anyhow::bail!("{partnership:?} is empty") };
    let pair = partnership.join("../../pair");
    fs::create_dir_all(&pair).with_context(|| format!("cannot make {pair:?}"))?;
    let text = fs::read_to_string(file)?;
    let other = text.replace("perspective: scrutineer", "perspective: self");
    fs::write(pair.join("scrutineer.yaml"), text)?;
    fs::write(pair.join("self.yaml"), other.replace("id: A-", "id: B-"))?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(Inputs {
        file: file.clone(),
        next: next.clone(),
        partnership: partnership.to_owned(),
        pair,
        programme: root.join("examples/ashcombe/programme.yaml"),
        upgrade: root.join("tests/upgrade"),
    })
}

/// What `validate` is given for comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    OneFile,
    TwoFiles,
    Pair,
    Partnership,
    Programme,
    Upgrade,
}

impl Beside {
    const ALL: [Beside; 6] = [
        Beside::OneFile,
        Beside::TwoFiles,
        Beside::Pair,
        Beside::Partnership,
        Beside::Programme,
        Beside::Upgrade,
    ];

    fn name(self) -> &'static str {
        match self {
            Beside::OneFile => "validate one file",
            Beside::TwoFiles => "validate two files",
            Beside::Pair => "validate two perspectives",
            Beside::Partnership => "validate 40 files",
            Beside::Programme => "validate a programme",
            Beside::Upgrade => "validate with a local checklist",
        }
    }

    fn arguments(self, inputs: &Inputs) -> Vec<OsString> {
        let paths: &[&PathBuf] = match self {
            Beside::OneFile => &[&inputs.file],
            Beside::TwoFiles => &[&inputs.file, &inputs.next],
            Beside::Pair => &[&inputs.pair],
            Beside::Partnership => &[&inputs.partnership],
            Beside::Programme => &[&inputs.programme],
            Beside::Upgrade => &[&inputs.upgrade.join("self.yaml")],
        };
        paths.iter().map(OsString::from).collect()
    }
}

/// The command lines. `@` stands for what `validate` is given.
const COMMANDS: &[(&str, Beside)] = &[
    ("assess @", Beside::OneFile),
    ("report @", Beside::OneFile),
    ("report @ --format html", Beside::OneFile),
    ("enquiry @", Beside::OneFile),
    (
        "form --checklist six-steps-2019 --for police --partnership Northmoor --period 2026-27 --format csv",
        Beside::OneFile,
    ),
    ("set @ 1.1 rating=amber --dry-run", Beside::OneFile),
    ("action add @ --on 1.1 --task Map-the-services --dry-run", Beside::OneFile),
    ("evidence add @ 1.1 --source Audit --dry-run", Beside::OneFile),
    ("confirm @ 1.1 --dry-run", Beside::OneFile),
    ("fmt @ --dry-run", Beside::OneFile),
    ("git facts @", Beside::OneFile),
    ("explain missing-evidence", Beside::OneFile),
    ("rules", Beside::OneFile),
    ("schema assessment", Beside::OneFile),
    ("checklist show six-steps-2019", Beside::OneFile),
    ("init --checklist six-steps-2019 --period 2026-27 --partnership Northmoor", Beside::OneFile),
    ("diff @", Beside::TwoFiles),
    ("compare @", Beside::Pair),
    ("moderate @", Beside::Pair),
    ("baseline write @", Beside::Partnership),
    ("actions @", Beside::Partnership),
    ("due @ --as-at 2026-11-20", Beside::Partnership),
    ("gaps @", Beside::Partnership),
    ("collate @", Beside::Partnership),
    ("trend @", Beside::Partnership),
    ("privacy @", Beside::Partnership),
    ("fmt --check @", Beside::Partnership),
    ("programme @", Beside::Programme),
    ("checklist compare vale-2025.toml vale-2027.toml", Beside::Upgrade),
];

pub(crate) fn group(inputs: &Inputs) -> Group {
    let scrutiny = |name: &str| Load::new(name, program()).times(RUNS);
    let validate = |beside: Beside| {
        scrutiny(beside.name())
            .args(["validate"])
            .args(beside.arguments(inputs))
            .ends(Ends::WithFindings)
    };
    let mut loads: Vec<Load> = Beside::ALL.map(validate).into();
    let mut comparisons = Vec::new();
    for (line, beside) in COMMANDS {
        let name = line.replace(" @", "");
        let mut load = scrutiny(&name).ends(Ends::WithFindings);
        for word in line.split(' ') {
            load = match word {
                "@" => load.args(beside.arguments(inputs)),
                word if word.ends_with(".toml") => {
                    load.args([inputs.upgrade.join("checklists").join(word)])
                }
                word => load.args([word]),
            };
        }
        loads.push(load);
        let compared = format!("{name} / {}, processor", beside.name());
        comparisons.push(Comparison::ratio(
            compared,
            &name,
            beside.name(),
            Figure::Processor,
            Goal::None,
        ));
    }
    Group { title: "Every command beside validate", loads, comparisons }
}
