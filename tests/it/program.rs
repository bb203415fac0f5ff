//! Runs the real program in a folder of its own, and shows what came of it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says that something was not tried, and why: past the harness, which keeps what a test that passes
/// prints to itself.
pub(crate) fn left_out(why: &str) {
    writeln!(std::io::stderr(), "NOT RUN: {why}").expect("standard error takes it");
}

/// Says that something was not tried because what it needs is missing; where `SCRUTINY_CI` is set, as
/// `.ci/run` does, that is a failure.
pub(crate) fn missing(why: &str) {
    assert!(std::env::var_os("SCRUTINY_CI").is_none(), "{why}");
    left_out(why);
}

/// Runs the program in a folder with nothing of the surrounding environment.
pub(crate) fn run(folder: &Path, arguments: &[&str], standard_input: &[u8]) -> Output {
    run_with(folder, arguments, standard_input, &[])
}

/// Runs the program in a folder with a few variables for its whole environment.
pub(crate) fn run_with(
    folder: &Path,
    arguments: &[&str],
    standard_input: &[u8],
    variables: &[(&str, &str)],
) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("RUST_BACKTRACE", "1")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("standard input is a pipe");
    // A program that does not read its input closes the pipe, which is no fault.
    let _ = input.write_all(standard_input);
    drop(input);
    child.wait_with_output().expect("the program ends")
}

/// Runs git in a folder on a day, with nothing of the surrounding settings.
pub(crate) fn git_on(folder: &Path, day: &str, arguments: &[&str]) {
    let at = format!("{day}T12:00:00+00:00");
    let output = Command::new("git")
        .args(["-c", "user.name=Scrutineer", "-c", "user.email=scrutineer@example.org"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_COMMITTER_DATE", &at)
        .env("GIT_AUTHOR_DATE", &at)
        .output()
        .expect("git is installed");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
}

/// What the program printed, and how it ended.
pub(crate) fn describe(arguments: &[&str], output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8");
    let mut described = format!("$ scrutiny {}\n", arguments.join(" "));
    described.push_str(&text(&output.stdout));
    if !output.stderr.is_empty() {
        write!(described, "[standard error]\n{}", text(&output.stderr))
            .expect("a string takes all");
    }
    let code = output.status.code().expect("the program was not killed");
    writeln!(described, "[exit {code}]").expect("a string takes all");
    described
}

/// All files under a folder, as paths relative to it, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder of the repository can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("it is inside").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Copies a folder, without the files named.
pub(crate) fn copy(from: &Path, to: &Path, except: &[&str]) {
    for file in files(from) {
        if except.iter().any(|name| file == Path::new(name)) {
            continue;
        }
        let target = to.join(&file);
        fs::create_dir_all(target.parent().expect("a file has a folder")).expect("it can be made");
        fs::copy(from.join(&file), target).expect("a file can be copied");
    }
}
