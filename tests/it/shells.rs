//! Completions and manual pages, held by the programs that read them: the shells that are there, and
//! the readers of manual pages.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::program::{files, left_out, missing, root, run};

/// What a program says to a script on its standard input; nothing where there is no such program.
fn ask(program: &str, arguments: &[&str], folder: &Path, script: &str) -> Option<String> {
    let child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("TERM", "dumb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        let why = format!("{program} is not installed, so its completions were not tried");
        match program {
            // It cannot be had everywhere.
            "pwsh" => left_out(&why),
            _ => missing(&why),
        }
        return None;
    };
    let mut input = child.stdin.take().expect("standard input is a pipe");
    input.write_all(script.as_bytes()).expect("it reads its script");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program}: {said}");
    assert_eq!(said, "", "{program}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A folder with the completions of a shell in `name`, and the program.
fn completions(shell: &str, name: &str) -> tempfile::TempDir {
    let output = run(root(), &["completions", shell], b"");
    assert_eq!(output.status.code(), Some(0));
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(name), output.stdout).expect("it can be written");
    folder
}

#[test]
fn bash_completes() {
    let folder = completions("bash", "completions.bash");
    // As bash calls it for what is typed, with the word to complete last.
    let typed = |words: &str| {
        format!(
            "set -eu\nsource completions.bash\nCOMP_WORDS=({words})\n\
             COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\nCOMPREPLY=()\n\
             read -ra registered <<< \"$(complete -p scrutiny)\"\n\
             for ((i = 0; i < ${{#registered[@]}}; i++)); do\n\
             [[ ${{registered[i]}} == -F ]] && call=${{registered[i + 1]}}\ndone\n\
             typed=${{COMP_WORDS[COMP_CWORD]}}\n[[ $typed == '=' ]] && typed=''\n\
             $call scrutiny \"$typed\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\n\
             echo \"${{COMPREPLY[*]}}\"\n"
        )
    };
    let check = |words: &str, expected: &str| {
        let Some(offered) = ask("bash", &["--norc", "-s"], folder.path(), &typed(words)) else {
            return;
        };
        assert_eq!(offered.trim(), expected, "{words}");
    };
    check("scrutiny val", "validate");
    check("scrutiny validate --for", "--format --force");
    check("scrutiny validate --format js", "json");
    check("scrutiny action cl", "close");
    check("scrutiny report template sh", "show");
    check("scrutiny --color al", "always");
    // Bash parts words at `=`, unless it was told not to.
    check("scrutiny validate --format = js", "json");
    check("scrutiny validate --format =", "human short json sarif github gitlab junit");
    check("scrutiny validate --format=js", "--format=json");
    check("scrutiny --color = al", "always");
    check("scrutiny --color = always vali", "validate");
    check("scrutiny validate --baseline = completions.b", "completions.bash");
}

#[test]
fn zsh_loads_the_completions() {
    let folder = completions("zsh", "_scrutiny");
    let script = "autoload -Uz compinit && compinit -u -D\nfpath=($PWD $fpath)\n\
                  autoload -Uz _scrutiny && compinit -u -D\n\
                  print ${_comps[scrutiny]}\nautoload +X _scrutiny && print loaded\n";
    if let Some(said) = ask("zsh", &["-f", "-s"], folder.path(), script) {
        assert_eq!(said.lines().collect::<Vec<_>>(), ["_scrutiny", "loaded"]);
    }
}

#[test]
fn fish_completes() {
    let folder = completions("fish", "scrutiny.fish");
    let script = "source scrutiny.fish\ncomplete -C 'scrutiny val'\n\
                  complete -C 'scrutiny validate --format js'\n\
                  complete -C 'scrutiny validate --format=js'\n";
    if let Some(said) = ask("fish", &["--no-config"], folder.path(), script) {
        let words: Vec<&str> =
            said.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(words, ["validate", "json", "--format=json"], "{said}");
    }
}

#[test]
fn powershell_completes() {
    let folder = completions("powershell", "scrutiny.ps1");
    let text = fs::read_to_string(folder.path().join("scrutiny.ps1")).expect("it was written");
    assert!(text.contains("Register-ArgumentCompleter -Native -CommandName 'scrutiny'"));
    let script =
        ". ./scrutiny.ps1\n(TabExpansion2 'scrutiny val' 12).CompletionMatches[0].ListItemText\n";
    let arguments = ["-NoProfile", "-NonInteractive", "-Command", "-"];
    if let Some(said) = ask("pwsh", &arguments, folder.path(), script) {
        assert_eq!(said.trim(), "validate");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = run(folder.path(), &["man", "--out", "man1"], b"");
    assert_eq!(output.status.code(), Some(0));
    let pages = files(&folder.path().join("man1"));
    let mut program = scrutiny::command_line();
    program.build();
    assert_eq!(pages.len(), 1 + count(&program));
    for page in pages {
        let path = folder.path().join("man1").join(&page);
        let text = fs::read_to_string(&path).expect("it was written");
        let words = page.file_stem().expect("it has a name").to_string_lossy().replace('-', " ");
        let words: Vec<&str> = words.split(' ').collect();
        let printed = run(folder.path(), &[&["man"], &words[1..]].concat(), b"");
        assert_eq!(String::from_utf8_lossy(&printed.stdout), text, "{}", page.display());
        for section in ["NAME", "SYNOPSIS", "EXAMPLES", "EXIT STATUS"] {
            let heading = [format!(".SH {section}\n"), format!(".SH \"{section}\"\n")];
            assert!(
                heading.iter().any(|heading| text.contains(heading)),
                "{}: {section}",
                page.display()
            );
        }
        let lint = ["-T", "lint", "-W", "warning", &path.to_string_lossy()].map(str::to_owned);
        let lint = lint.each_ref().map(String::as_str);
        if let Some(said) = mandoc(&lint) {
            // No clock is asked for a date, and lists of values are set with a break too many.
            let is_known =
                |line: &&str| line.contains("missing date") || line.contains("paragraph macro: br");
            let other: Vec<&str> = said.lines().filter(|line| !is_known(line)).collect();
            assert_eq!(other, [""; 0], "{}", page.display());
        }
    }
    // Those that are there are not replaced.
    assert_eq!(run(folder.path(), &["man", "--out", "man1"], b"").status.code(), Some(2));
    let output = run(folder.path(), &["man", "--out", "man1", "--force"], b"");
    assert_eq!(output.status.code(), Some(0));
}

fn count(command: &clap::Command) -> usize {
    command.get_subcommands().map(|below| 1 + count(below)).sum()
}

/// What mandoc says of a page; nothing where it is not installed.
fn mandoc(arguments: &[&str]) -> Option<String> {
    match Command::new("mandoc").args(arguments).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(_) => {
            missing("mandoc is not installed, so the manual pages were not read by it");
            None
        }
    }
}
