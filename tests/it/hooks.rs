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

/// The steps of the action.
#[cfg(unix)]
fn steps() -> Vec<Value> {
    let action = read("action.yml");
    let steps = action.get("runs").and_then(|runs| runs.get("steps")).and_then(Value::as_sequence);
    steps.expect("the action has steps").clone()
}

/// A folder for tools, with the program where `cargo install --root` puts it.
#[cfg(unix)]
fn tools() -> tempfile::TempDir {
    let tools = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(tools.path().join("bin")).expect("it can be made");
    let installed = tools.path().join("bin/scrutiny");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_scrutiny"), installed).expect("a link");
    tools
}

/// Runs the last step of the action with inputs as somebody gives them.
#[cfg(unix)]
fn act(folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let steps = steps();
    let step = steps.last().expect("the action has steps");
    let tools = tools();
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", word(step, "run")]);
    command.current_dir(folder).env_clear().env("PATH", "/usr/bin:/bin").env("CI", "true");
    command.env("TOOLS", tools.path()).env("INPUT_PATHS", ".");
    for name in ["INPUT_DENY", "INPUT_BASELINE", "INPUT_SARIF"] {
        command.env(name, "");
    }
    command.envs(inputs.iter().copied()).output().expect("bash starts")
}

#[test]
#[cfg(unix)]
fn the_action_marks_what_is_wrong() {
    let folder = repository();
    let good = act(folder.path(), &[]);
    assert_eq!(good.status.code(), Some(0), "{}", String::from_utf8_lossy(&good.stderr));
    assert_eq!(act(folder.path(), &[("INPUT_DENY", "unfinished")]).status.code(), Some(1));

    let path = folder.path().join("northmoor/q2 of 2026.yaml");
    let text = fs::read_to_string(folder.path().join("northmoor/q2.yaml")).expect("it is read");
    fs::write(&path, text.replace("rating: amber", "rating: ambr")).expect("it can be written");
    let paths = "northmoor/q2 of 2026.yaml\n\nnorthmoor/q2.yaml\n";
    let inputs = [("INPUT_PATHS", paths), ("INPUT_SARIF", "out/scrutiny.sarif")];
    let bad = act(folder.path(), &inputs);
    let shown = String::from_utf8_lossy(&bad.stdout).into_owned();
    assert_eq!(bad.status.code(), Some(1), "{shown}");
    assert!(shown.contains("::error file=northmoor/q2 of 2026.yaml,line="), "{shown}");
    assert!(folder.path().join("out/scrutiny.sarif").is_file());
}

#[test]
#[cfg(unix)]
fn the_action_runs_nothing_that_an_input_says() {
    const HOSTILE: &str = "x\"; touch got-in; $(touch got-in) `touch got-in` ' && touch got-in";
    for input in ["INPUT_PATHS", "INPUT_DENY", "INPUT_BASELINE", "INPUT_SARIF"] {
        let folder = repository();
        let output = act(folder.path(), &[(input, HOSTILE)]);
        assert!(!folder.path().join("got-in").exists(), "{input}");
        let is_name = input == "INPUT_SARIF";
        assert_eq!(output.status.code(), Some(if is_name { 0 } else { 2 }), "{input}");
        let flag = act(folder.path(), &[(input, "--version")]);
        assert!(!String::from_utf8_lossy(&flag.stdout).contains("scrutiny 0"), "{input}");
    }
}

#[test]
fn nothing_is_pasted_into_scripts_and_everything_is_pinned() {
    let names = ["action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"];
    let (mut scripts, mut pins) = (0, 0);
    for name in names {
        let mut waiting = vec![read(name)];
        while let Some(value) = waiting.pop() {
            if let Value::Sequence(items) = &value {
                waiting.extend(items.iter().cloned());
            }
            let Value::Mapping(map) = &value else { continue };
            waiting.extend(map.values().cloned());
            if let Some(script) = value.get("run").and_then(Value::as_str) {
                scripts += 1;
                assert!(!script.contains("${{"), "{name}: {script}");
            }
            if let Some(used) = value.get("uses").and_then(Value::as_str) {
                pins += 1;
                let hash = used.split_once('@').map(|(_, hash)| hash).unwrap_or_default();
                let is_hash = hash.len() == 40 && hash.chars().all(|c| c.is_ascii_hexdigit());
                assert!(is_hash, "{name}: {used} is not pinned by its hash");
            }
        }
    }
    assert!(scripts >= 10 && pins >= 4, "{scripts} scripts, {pins} actions");
}

/// What the templates for other services run, with the program on the path.
#[test]
#[cfg(unix)]
fn templates_for_other_services_check() {
    let gitlab = read("docs/pipelines/gitlab.yml");
    let script = gitlab.get("scrutiny").and_then(|job| job.get("script"));
    let script = script.and_then(Value::as_sequence).expect("the job has a script");
    let azure = read("docs/pipelines/azure.yml");
    let steps = azure.get("steps").and_then(Value::as_sequence).expect("there are steps");
    let check =
        steps.iter().filter_map(|step| step.get("bash").and_then(Value::as_str)).next_back();
    let lines = script.iter().filter_map(Value::as_str).chain(check);
    let mut count = 0;
    for script in lines {
        count += 1;
        let folder = repository();
        let tools = tools();
        let run = || {
            let path = format!("{}:/usr/bin:/bin", tools.path().join("bin").display());
            let command = Command::new("bash")
                .args(["-e", "-c", script])
                .current_dir(folder.path())
                .env_clear()
                .env("PATH", path)
                .env("TOOLS", tools.path().join("bin"))
                .output();
            command.expect("bash starts")
        };
        let good = run();
        let said = String::from_utf8_lossy(&good.stderr).into_owned();
        assert_eq!(good.status.code(), Some(0), "{script}: {said}");
        for report in [folder.path().join("scrutiny.xml"), tools.path().join("bin/scrutiny.xml")] {
            let _ = fs::remove_file(report);
        }
        let _ = fs::remove_file(folder.path().join("gl-code-quality-report.json"));
        let path = folder.path().join("northmoor/q2.yaml");
        let text = fs::read_to_string(&path).expect("it can be read");
        fs::write(&path, text.replace("rating: amber", "rating: ambr")).expect("it is written");
        assert_eq!(run().status.code(), Some(1), "{script}");
    }
    assert_eq!(count, 2);
}
