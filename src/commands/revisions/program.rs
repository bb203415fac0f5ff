//! The program git, asked to read, with nothing run that a repository's configuration names.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// What a setting of a repository could make git run, put out of action. `cat-file`, `ls-tree`,
/// `rev-parse` and `log` without patches run no filter, no driver and no hook by themselves.
const SAFE: [&str; 20] = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.pager=cat",
    "-c",
    "core.sshCommand=false",
    "-c",
    "core.gitProxy=false",
    "-c",
    "credential.helper=",
    "-c",
    "diff.external=",
    "-c",
    "log.showSignature=false",
    "-c",
    "protocol.allow=never",
    "--no-pager",
    "--no-optional-locks",
];

/// Variables that would run something, or lead to another repository than that of the folder: git sets
/// the latter for its hooks, as seen from another folder.
const UNHEARD: [&str; 9] = [
    "GIT_EXTERNAL_DIFF",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_TRACE",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
];

/// What git answered.
pub(super) enum Answer {
    Text(String),
    Refused(String),
}

/// Git in a folder, with everything off that could run something else, ask, or fetch.
pub(super) fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.args(SAFE.map(OsString::from)).arg("-C").arg(folder);
    for (name, value) in [
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_PAGER", "cat"),
        ("LC_ALL", "C"),
    ] {
        git.env(name, value);
    }
    for name in UNHEARD {
        git.env_remove(name);
    }
    git
}

/// Runs git, and waits for its answer.
pub(super) fn run(git: &mut Command) -> Result<Answer> {
    let output = answer(git)?;
    Ok(match output.status.success() {
        true => Answer::Text(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Answer::Refused(String::from_utf8_lossy(&output.stderr).into_owned()),
    })
}

/// The same, with what it printed and how it ended.
pub(super) fn answer(git: &mut Command) -> Result<Output> {
    match git.stdin(Stdio::null()).output() {
        Ok(output) => Ok(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("revisions are read with git, and there is no git on this machine")
        }
        Err(error) => Err(error).context("cannot run git"),
    }
}
