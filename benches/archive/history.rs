//! One file in many revisions, in a repository of its own, for `diff` and `trend --history`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::group::{Comparison, Figure, Goal, Group};
use crate::measure::Load;
use crate::program;

/// How many revisions the file has.
pub(crate) const REVISIONS: usize = 200;

/// The first of them, counted from the last.
const OLDEST: &str = "HEAD~199";

/// How often a program that takes some hundredths of a second is run for one figure.
const FEW_RUNS: u32 = 10;

/// The day of the first revision, at noon, in seconds; each next one is made a day later.
const FIRST_DAY: usize = 1_735_732_800;

const SECONDS_A_DAY: usize = 86_400;

const RATINGS: [&str; 3] = ["green", "amber", "red"];

/// Makes a repository with one file, and returns the path of the file. In each revision another
/// question of the assessment is rated anew, with a note.
pub(crate) fn write(folder: &Path, assessment: &str) -> anyhow::Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder).context("cannot remove the old repository")?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {folder:?}"))?;
    git(folder, &["init", "--quiet", "."])?;
    git(folder, &["symbolic-ref", "HEAD", "refs/heads/main"])?;
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .context("cannot run git")?;
    let mut stream = import.stdin.take().context("git takes no input")?;
    let mut file = File::of(assessment)?;
    for revision in 0..REVISIONS {
        file.revise(revision);
        let (text, at) = (file.text(), FIRST_DAY + revision * SECONDS_A_DAY);
        write!(
            stream,
            "commit refs/heads/main\ncommitter Scrutineer <scrutineer@example.org> {at} +0000\n\
             data 7\nRevise\nM 100644 inline scrutineer.yaml\ndata {}\n{text}\n",
            text.len()
        )?;
    }
    drop(stream);
    ensure!(import.wait()?.success(), "git did not take the revisions");
    git(folder, &["reset", "--hard", "--quiet"])?;
    Ok(folder.join("scrutineer.yaml"))
}

/// What revisions cost beside git's own reading of them.
pub(crate) fn group(file: &Path) -> anyhow::Result<Group> {
    let repository = file.parent().context("a file has a folder")?;
    let log = Load::new("git log -p", Path::new("git")).args(["-C"]).args([repository]);
    let scrutiny = |name| Load::new(name, program());
    let mut comparisons = Vec::new();
    for name in ["diff", "trend --history"] {
        for (word, figure) in [("processor", Figure::Processor), ("wall", Figure::Wall)] {
            let compared = format!("{name} / git log -p, {word}");
            comparisons.push(Comparison::ratio(compared, name, "git log -p", figure, Goal::None));
        }
    }
    Ok(Group {
        title: "200 revisions of a file",
        loads: vec![
            log.args(["--no-pager", "log", "-p", "--"]).args([file]).times(FEW_RUNS),
            scrutiny("diff").args(["diff", OLDEST, "HEAD", "--"]).args([file]).times(FEW_RUNS),
            scrutiny("trend --history").args(["trend", "--history"]).args([file]).times(FEW_RUNS),
        ],
        comparisons,
    })
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new("git").args(arguments).current_dir(folder).status();
    ensure!(status.context("cannot run git")?.success(), "git {arguments:?} failed");
    Ok(())
}

/// The file on its way through the revisions.
struct File {
    lines: Vec<String>,
    /// The lines that hold a rating of the scale, each with the note behind it.
    rated: Vec<usize>,
}

impl File {
    fn of(assessment: &str) -> anyhow::Result<Self> {
        let mut lines = Vec::new();
        let mut rated = Vec::new();
        for line in assessment.lines() {
            let rating = line.strip_prefix("    rating: ").unwrap_or_default();
            let line = match line.starts_with("status: ") {
                // A draft may be unfinished, as it is when a rating changes and nothing else does.
                true => "status: draft",
                false => line,
            };
            lines.push(line.to_owned());
            if RATINGS.contains(&rating) {
                rated.push(lines.len() - 1);
                lines.push("    notes: As before.".to_owned());
            }
        }
        ensure!(rated.len() >= 10, "the assessment has {} ratings", rated.len());
        Ok(File { lines, rated })
    }

    /// Another rating for one question.
    fn revise(&mut self, revision: usize) {
        let line = self.rated[revision % self.rated.len()];
        let rating = RATINGS[(revision / self.rated.len() + revision) % RATINGS.len()];
        self.lines[line] = format!("    rating: {rating}");
        self.lines[line + 1] = format!("    notes: Looked at again in revision {revision}.");
    }

    fn text(&self) -> String {
        format!("{}\n", self.lines.join("\n"))
    }
}
