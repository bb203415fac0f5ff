//! The hooks for pre-commit and the action for GitHub: what they run is run as they would run it, on
//! real repositories with good and bad changes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use serde_yaml::Value;

use super::program::{git_on, root};

fn read(name: &str) -> Value {
    let text = fs::read_to_string(root().join(name)).expect("it can be read");
    serde_yaml::from_str(&text).expect("it is YAML")
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("{key} is missing"))
}

/// A repository with an assessment and with files that are not scrutiny's.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        ("northmoor/q2.yaml", include_str!("../cases/readme/files/first.yaml")),
        (".github/workflows/ci.yml", "name: ci\non: push\n"),
        ("Cargo.toml", "[package]\nname = \"other\"\n"),
        ("notes.txt", "scrutiny: assessment of nothing\n"),
    ];
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
    git_on(folder.path(), "2026-11-02", &["init", "-q"]);
    git_on(folder.path(), "2026-11-02", &["add", "."]);
    folder
}

/// The staged files that a hook is for, as pre-commit finds them.
fn staged(folder: &Path, files: &Regex) -> Vec<String> {
    let output = Command::new("git")
        .args(["diff", "--staged", "--name-only", "--no-ext-diff", "-z", "--diff-filter=ACMRTUXB"])
        .current_dir(folder)
        .output()
        .expect("git is installed");
    let names = String::from_utf8(output.stdout).expect("the names are UTF-8");
    let names = names.split('\0').filter(|name| !name.is_empty() && files.is_match(name));
    names.map(str::to_owned).collect()
}

/// Runs a hook on what is staged.
fn run(hook: &Value, folder: &Path) -> Output {
    let files = Regex::new(word(hook, "files")).expect("files is a regular expression");
    let entry = shlex::split(word(hook, "entry")).expect("the quotes are closed");
    assert_eq!(entry[0], env!("CARGO_PKG_NAME"), "the program that is built or installed");
    let arguments = hook.get("args").and_then(Value::as_sequence).cloned().unwrap_or_default();
    let names = staged(folder, &files);
    assert!(!names.is_empty(), "the hook is for some of the files");
    Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(&entry[1..])
        .args(arguments.iter().filter_map(Value::as_str))
        .args(names)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program starts")
}

#[test]
fn hooks_let_good_changes_pass_and_stop_bad_ones() {
    let hooks = read(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().expect("a list of hooks");
    let languages: Vec<&str> = hooks.iter().map(|hook| word(hook, "language")).collect();
    assert_eq!(languages, ["rust", "system"], "one that builds, one for what is installed");
    for hook in hooks {
        let id = word(hook, "id");
        let folder = repository();
        let good = run(hook, folder.path());
        let shown = String::from_utf8_lossy(&good.stdout).into_owned();
        assert_eq!(good.status.code(), Some(0), "{id}: {shown}");
        assert!(shown.contains("1 file checked"), "{id}: {shown}");
        git_on(folder.path(), "2026-11-02", &["commit", "-q", "-m", "Add an assessment"]);

        let path = folder.path().join("northmoor/q2.yaml");
        let text = fs::read_to_string(&path).expect("it can be read");
        fs::write(&path, text.replace("rating: amber", "rating: ambr")).expect("it is written");
        git_on(folder.path(), "2026-11-03", &["add", "."]);
        let bad = run(hook, folder.path());
        let shown = String::from_utf8_lossy(&bad.stdout).into_owned();
        assert_eq!(bad.status.code(), Some(1), "{id}: {shown}");
        assert!(shown.contains("did you mean amber?"), "{id}: {shown}");
    }
}

#[test]
fn hooks_pass_over_files_of_others() {
    let hooks = read(".pre-commit-hooks.yaml");
    let hook = &hooks[0];
    let folder = repository();
    git_on(folder.path(), "2026-11-02", &["rm", "-q", "--cached", "northmoor/q2.yaml"]);
    let output = run(hook, folder.path());
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{shown}");
    // One that was to be ours is not passed over because its first word is misspelt.
    let path = folder.path().join("northmoor/q2.yaml");
    let text = fs::read_to_string(&path).expect("it can be read");
    fs::write(&path, text.replace("scrutiny: ", "scrutny: ")).expect("it can be written");
    git_on(folder.path(), "2026-11-02", &["add", "."]);
    assert_eq!(run(hook, folder.path()).status.code(), Some(1));
}
