//! What users expect of every command, held for every command. The commands are taken from the program
//! itself, and runs that work from the cases, so that a new command is held to all of it at once.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
#[cfg(unix)]
use std::process::{Command, Stdio};

use clap::error::ErrorKind;
use tempfile::TempDir;

use super::cases;
use super::program::{copy, root, run, run_with};

/// Talk with a person on a terminal, or with an editor; `rate.rs` and `lsp.rs` drive them.
const IN_TALK: [&str; 2] = ["lsp", "rate"];

/// A programme is begun by `init`, and read by the others.
const TWO_KINDS: [&str; 1] = ["programme"];

/// Runs that no case shows, because what they print changes with every command.
const BESIDE_THE_CASES: [&str; 2] = ["completions bash", "man validate"];

/// A command with the words that lead to it.
struct Node {
    words: Vec<String>,
    command: clap::Command,
}

impl Node {
    fn name(&self) -> String {
        self.words.join(" ")
    }

    /// Whether it does something itself, and not only the commands below it.
    fn is_run(&self) -> bool {
        !self.command.is_subcommand_required_set()
    }

    /// Whether its words alone are enough.
    fn needs_nothing(&self) -> bool {
        !self.command.has_subcommands()
            && self.command.get_positionals().next().is_none()
            && !self.command.get_arguments().any(|argument| argument.is_required_set())
    }

    /// A command line from its words and further ones.
    fn line<'w>(&'w self, further: &[&'w str]) -> Vec<&'w str> {
        self.words.iter().map(String::as_str).chain(further.iter().copied()).collect()
    }
}

/// The program and all its commands.
fn nodes() -> Vec<Node> {
    let mut program = scrutiny::command_line();
    program.build();
    let mut nodes = Vec::new();
    let mut waiting = vec![Node { words: Vec::new(), command: program }];
    while let Some(node) = waiting.pop() {
        for command in node.command.get_subcommands() {
            let words = node.words.iter().cloned().chain([command.get_name().to_owned()]);
            waiting.push(Node { words: words.collect(), command: command.clone() });
        }
        nodes.push(node);
    }
    assert!(nodes.len() > 45, "{} commands", nodes.len());
    nodes.sort_by_key(Node::name);
    nodes
}

/// A run that a case shows to work.
struct Shown {
    folder: PathBuf,
    /// The runs that come before it in its folder.
    before: Vec<Vec<String>>,
    /// How many of the words name the command.
    named: usize,
    words: Vec<String>,
    input: Vec<u8>,
}

impl Shown {
    /// Runs it in a new folder, with flags behind the command.
    fn run(&self, flags: &[&str], variables: &[(&str, &str)]) -> Output {
        run_with(self.place().path(), &self.line(flags), &self.input, variables)
    }

    fn line<'w>(&'w self, flags: &[&'w str]) -> Vec<&'w str> {
        let words = as_strs(&self.words);
        [&words[..self.named], flags, &words[self.named..]].concat()
    }

    /// A new folder as it is before the run.
    fn place(&self) -> TempDir {
        let place = tempfile::tempdir().expect("a temporary folder");
        copy(&self.folder, place.path(), &["cmd", "stdin", "expected.txt"]);
        for words in &self.before {
            run(place.path(), &as_strs(words), &self.input);
        }
        place
    }
}

fn as_strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// For each command that does something, the runs of cases that end with 0; those that print come
/// before those that do not.
fn shown() -> BTreeMap<String, Vec<Shown>> {
    let nodes = nodes();
    let mut found: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    for folder in cases::folders() {
        for (one, is_silent) in runs_of(&folder, &nodes) {
            let name = one.words[..one.named].join(" ");
            let runs = found.entry(name).or_default();
            if is_silent { runs.push(one) } else { runs.insert(0, one) }
        }
    }
    for line in BESIDE_THE_CASES {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        found.insert(words[0].clone(), vec![bare(words, 1)]);
    }
    let is_alone = |node: &&Node| node.needs_nothing() && !IN_TALK.contains(&&*node.name());
    for node in nodes.iter().filter(is_alone) {
        found
            .entry(node.name())
            .or_insert_with(|| vec![bare(node.words.clone(), node.words.len())]);
    }
    for node in nodes.iter().filter(|node| node.is_run() && !node.words.is_empty()) {
        let name = node.name();
        let is_shown = found.contains_key(&name) || IN_TALK.contains(&name.as_str());
        assert!(is_shown, "no case shows a run of `{name}` that ends with 0");
    }
    found
}

/// A run that needs no files.
fn bare(words: Vec<String>, named: usize) -> Shown {
    let folder = root().join("checklists");
    Shown { folder, before: Vec::new(), named, words, input: Vec::new() }
}

/// The runs of a case that end with 0, each with whether it prints nothing.
fn runs_of(folder: &Path, nodes: &[Node]) -> Vec<(Shown, bool)> {
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let (Ok(lines), Ok(expected)) = (read("cmd"), read("expected.txt")) else { return Vec::new() };
    let input = fs::read(folder.join("stdin")).unwrap_or_default();
    let words = lines.lines().filter(|line| !line.trim().is_empty()).filter_map(shlex::split);
    let words: Vec<Vec<String>> = words.collect();
    let sections: Vec<&str> = expected.split("\n[exit ").collect();
    let mut runs = Vec::new();
    for (index, line) in words.iter().enumerate() {
        let is_right = sections.get(index + 1).is_some_and(|rest| rest.starts_with("0]"));
        let node = nodes
            .iter()
            .filter(|node| node.is_run() && line.starts_with(&node.words))
            .max_by_key(|node| node.words.len())
            .filter(|node| !node.words.is_empty());
        const TAKEN: [&str; 6] = ["-h", "--help", "-q", "--quiet", "-v", "--verbose"];
        let is_taken = line.iter().any(|word| TAKEN.contains(&word.as_str()));
        let (true, false, Some(node)) = (is_right, is_taken, node) else { continue };
        // Each section but the first begins with how the one before it ended.
        let printed = sections[index].lines().nth(if index == 0 { 1 } else { 2 });
        let is_silent = printed.is_none_or(|line| line.starts_with('['));
        let one = Shown {
            folder: folder.to_owned(),
            before: words[..index].to_vec(),
            named: node.words.len(),
            words: line.clone(),
            input: input.clone(),
        };
        runs.push((one, is_silent));
    }
    runs
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8")
}

/// A text without the sequences that colour it.
fn uncoloured(bytes: &[u8]) -> String {
    let text = text(bytes);
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').expect("colour ends").1)
}

#[test]
fn every_command_helps() {
    for node in nodes() {
        for flag in ["-h", "--help"] {
            let output = run(root(), &node.line(&[flag]), b"");
            let name = format!("{} {flag}", node.name());
            assert_eq!(output.status.code(), Some(0), "{name}");
            assert!(output.stderr.is_empty(), "{name}");
            let help = text(&output.stdout);
            let long = help.lines().find(|line| line.chars().count() > 80);
            assert_eq!(long, None, "{name}");
            let examples =
                help.find("\nExamples:\n").unwrap_or_else(|| panic!("{name}: no examples"));
            let usage = help.find("\nUsage: ").unwrap_or_else(|| panic!("{name}: no usage"));
            assert!(examples < usage, "{name}: examples come first");
            assert_eq!(help.matches("Examples:").count(), 1, "{name}");
        }
    }
}

/// The examples of a command as command lines, without what follows a redirection or a pipe.
fn examples(node: &Node) -> Vec<Vec<String>> {
    let text = node.command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let text = text.replace("\\\n", " ");
    let lines = text.lines().filter_map(|line| Some(line.split_once("scrutiny ")?.1.to_owned()));
    let words = lines.map(|line| shlex::split(&line).expect("the quotes of an example are closed"));
    let parting = |word: &String| [">", ">>", "<", "|", "&&"].contains(&word.as_str());
    words.map(|words| words.into_iter().take_while(|word| !parting(word)).collect()).collect()
}

#[test]
fn every_example_can_be_copied_and_no_line_of_help_is_broken() {
    let mut count = 0;
    let mut faults = Vec::new();
    for node in nodes() {
        let name = node.name();
        let shown = text(&run(root(), &node.line(&["--help"]), b"").stdout);
        let before = node.command.get_before_help().map(ToString::to_string).unwrap_or_default();
        let after = node.command.get_after_help().map(ToString::to_string).unwrap_or_default();
        for line in before.lines().chain(after.lines()) {
            if !shown.lines().any(|other| other == line) {
                faults.push(format!("{name}: wrapped in help: {line}"));
            }
        }
        let examples = examples(&node);
        let is_own = examples.iter().any(|example| example.starts_with(&node.words));
        assert!(is_own, "{name}: {examples:?}");
        for example in examples {
            count += 1;
            let line = std::iter::once("scrutiny".to_owned()).chain(example.clone());
            let parsed = scrutiny::command_line().try_get_matches_from(line);
            if let Err(error) = parsed {
                faults.push(format!("{name}: {example:?}: {}", error.kind()));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
    assert!(count > 100, "{count} examples");
}

#[test]
fn every_flag_and_argument_is_explained() {
    let mut longs: BTreeMap<char, String> = BTreeMap::new();
    let mut kinds: BTreeMap<String, (bool, String)> = BTreeMap::new();
    for node in nodes() {
        for argument in node.command.get_arguments() {
            let name = format!("{} {}", node.name(), argument.get_id());
            assert!(argument.get_help().is_some(), "{name} is not explained");
            let Some(long) = argument.get_long() else {
                assert_eq!(argument.get_short(), None, "{name} has a short form only");
                continue;
            };
            if let Some(short) = argument.get_short() {
                let known = longs.entry(short).or_insert(long.to_owned());
                assert_eq!(known, long, "-{short} means two things: {name}");
            }
            let takes = argument.get_action().takes_values();
            let (known, first) = kinds.entry(long.to_owned()).or_insert((takes, name.clone()));
            assert!(
                *known == takes || TWO_KINDS.contains(&long),
                "--{long} takes a value in one only: {first}, {name}"
            );
        }
    }
}

#[test]
fn a_misspelt_flag_has_its_neighbour_named() {
    let mut count = 0;
    for node in nodes() {
        let longs = node.command.get_arguments().filter_map(|argument| argument.get_long());
        for long in longs.filter(|long| long.len() > 4) {
            count += 1;
            let misspelt = format!("--{}{}", &long[..2], &long[3..]);
            let output = run(root(), &node.line(&[&misspelt]), b"");
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{} {misspelt}", node.name());
            assert!(output.stdout.is_empty(), "{} {misspelt}", node.name());
            assert!(said.starts_with("error: unexpected argument"), "{said}");
            assert!(said.contains("a similar argument exists: '--"), "{}: {said}", node.name());
        }
    }
    assert!(count > 200, "{count} flags");
}

#[test]
fn a_misspelt_command_has_its_neighbour_named() {
    for node in nodes() {
        for below in node.command.get_subcommands().filter(|_| !node.is_run()) {
            let name = below.get_name();
            let misspelt = format!("{}{}", &name[..1], &name[2..]);
            let output = run(root(), &node.line(&[&misspelt]), b"");
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{misspelt}");
            assert!(said.starts_with("error: "), "{said}");
            let is_near = ["subcommand exists: '", "subcommands exist: '"]
                .iter()
                .any(|near| said.contains(near));
            // Of three letters, two are too few to go by.
            assert!(is_near || name.len() < 4, "{misspelt}: {said}");
        }
    }
}

#[test]
fn a_command_without_its_words_shows_help_and_ends_with_two() {
    for node in nodes().iter().filter(|node| !node.is_run()) {
        let output = run(root(), &node.line(&[]), b"");
        assert_eq!(output.status.code(), Some(2), "{}", node.name());
        assert!(output.stdout.is_empty(), "{}", node.name());
        assert!(text(&output.stderr).contains("\nExamples:\n"), "{}", node.name());
    }
}

#[test]
fn two_dashes_end_the_flags() {
    let mut count = 0;
    for node in nodes().iter().filter(|node| node.is_run()) {
        if node.command.get_positionals().next().is_none() {
            continue;
        }
        count += 1;
        let line = [&["scrutiny"], node.line(&["--", "-no-flag"]).as_slice()].concat();
        if let Err(error) = scrutiny::command_line().try_get_matches_from(line) {
            assert_ne!(error.kind(), ErrorKind::UnknownArgument, "{}: {error}", node.name());
        }
    }
    assert!(count > 30, "{count} commands");
}

#[test]
fn nothing_is_said_beside_a_result_but_what_was_written() {
    let mut faults = Vec::new();
    for (name, runs) in shown() {
        for one in runs.iter().take(6) {
            let output = one.run(&[], &[]);
            let said = text(&output.stderr);
            // One line for a file that was written, or one that says why something was not.
            let is_told = |line: &str| {
                line.starts_with("Wrote ")
                    || line.ends_with(": nothing was written")
                    || (name == "fmt" && line.starts_with("Left "))
                    || (name == "baseline write" && line.starts_with("Not in the baseline: "))
                    || (name == "baseline write" && line.starts_with("Kept from the earlier "))
            };
            let other = said.lines().find(|line| !is_told(line));
            if let Some(other) = other {
                faults.push(format!("{name}: {:?}: {other}", one.words));
            }
            let quiet = one.run(&["-q"], &[]);
            if !quiet.stderr.is_empty() {
                faults.push(format!("{name} -q: {:?}: {}", one.words, text(&quiet.stderr)));
            }
            assert_eq!(quiet.status.code(), Some(0), "{name}");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn flags_stand_before_or_behind() {
    for (name, runs) in shown() {
        let one = &runs[0];
        let before = [&["-q"], one.line(&[]).as_slice()].concat();
        let before = run(one.place().path(), &before, &one.input);
        let between = one.run(&["-q"], &[]);
        assert_eq!(text(&before.stdout), text(&between.stdout), "{name}");
        if !one.words.iter().any(|word| word == "--") {
            let behind = [one.line(&[]).as_slice(), &["-q"]].concat();
            let behind = run(one.place().path(), &behind, &one.input);
            assert_eq!(text(&before.stdout), text(&behind.stdout), "{name}");
        }
    }
}

#[test]
fn more_words_leave_the_result_alone() {
    for (name, runs) in shown() {
        let one = &runs[0];
        let (usual, verbose) = (one.run(&[], &[]), one.run(&["-v"], &[]));
        assert_eq!(text(&usual.stdout), text(&verbose.stdout), "{name}");
        let said = text(&verbose.stderr);
        assert!(said.contains("colour: "), "{name}: {said}");
        for line in said.lines() {
            let is_known = line.starts_with("Wrote ") || line.contains(": ");
            assert!(is_known, "{name}: {line}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_silent() {
    let mut count = 0;
    for (name, runs) in shown() {
        for one in runs.iter().take(2) {
            let place = one.place();
            let (reader, writer) = std::io::pipe().expect("a pipe");
            drop(reader);
            let mut child = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
                .args(one.line(&["-q"]))
                .current_dir(place.path())
                .env_clear()
                .stdin(Stdio::piped())
                .stdout(writer)
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program starts");
            let mut input = child.stdin.take().expect("standard input is a pipe");
            let _ = std::io::Write::write_all(&mut input, &one.input);
            drop(input);
            let output = child.wait_with_output().expect("the program ends");
            assert_eq!(text(&output.stderr), "", "{name}: {:?}", one.words);
            assert_eq!(output.status.code(), Some(0), "{name}: {:?}", one.words);
            count += 1;
        }
    }
    assert!(count > 60, "{count} runs");
}

/// Whether a result is for programs.
fn is_for_machines(result: &str) -> bool {
    result.starts_with(['{', '[', '<'])
}

#[test]
fn colour_is_decided_in_one_order() {
    // Flags, variables, and whether there is to be colour.
    type Row = (&'static [&'static str], &'static [(&'static str, &'static str)], bool);
    const ROWS: [Row; 10] = [
        (&[], &[("NO_COLOR", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "0")], false),
        (&[], &[("CLICOLOR_FORCE", ""), ("TERM", "xterm")], false),
        (&[], &[("NO_COLOR", ""), ("CLICOLOR_FORCE", "1")], true),
        (&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
        (&[], &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true),
        (&[], &[("CLICOLOR", "1"), ("TERM", "xterm")], false),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color=never"], &[("CLICOLOR_FORCE", "1")], false),
    ];
    let mut coloured = 0;
    for (name, runs) in shown() {
        let one = &runs[0];
        let plain = one.run(&[], &[]);
        let full = one.run(&["--color", "always"], &[]);
        assert!(!plain.stdout.contains(&0x1b), "{name}");
        assert_eq!(uncoloured(&full.stdout), text(&plain.stdout), "{name}");
        assert_eq!(uncoloured(&full.stderr), text(&plain.stderr), "{name}");
        coloured += usize::from(full.stdout != plain.stdout);
        if is_for_machines(&text(&plain.stdout)) {
            assert_eq!(text(&full.stdout), text(&plain.stdout), "{name}");
        }
        for (flags, variables, is_coloured) in ROWS {
            let output = one.run(flags, variables);
            let expected = if is_coloured { &full } else { &plain };
            assert_eq!(output.stdout, expected.stdout, "{name} {flags:?} {variables:?}");
            assert_eq!(output.stderr, expected.stderr, "{name} {flags:?} {variables:?}");
        }
    }
    assert!(coloured > 5, "{coloured} commands show colour");
}

#[test]
fn no_graphics_gives_lines_without_boxes_or_snippets() {
    let mut changed = 0;
    for (name, runs) in shown() {
        for one in runs.iter().take(2) {
            let usual = text(&one.run(&[], &[]).stdout);
            let linear = text(&one.run(&[], &[("NO_GRAPHICS", "1")]).stdout);
            changed += usize::from(usual != linear);
            // A document in Markdown is for others, and stays as it is.
            if usual.starts_with("# ") || is_for_machines(&usual) {
                assert_eq!(usual, linear, "{name}: {:?}", one.words);
                continue;
            }
            let is_drawn = |line: &&str| {
                let line = line.trim_start();
                line.starts_with('|') || line.starts_with("-->") || line.contains("^^")
            };
            assert_eq!(linear.lines().find(is_drawn), None, "{name}: {:?}", one.words);
        }
    }
    assert!(changed > 10, "{changed} runs change");
}

#[test]
fn columns_says_how_wide_the_output_is() {
    const NARROW: usize = 60;
    let mut changed = 0;
    for (name, runs) in shown() {
        for one in runs.iter().take(2) {
            let at = |width: &str| text(&one.run(&[], &[("COLUMNS", width)]).stdout);
            let usual = text(&one.run(&[], &[]).stdout);
            for same in ["80", "", "0", "wide"] {
                assert_eq!(at(same), usual, "{name}: COLUMNS={same} {:?}", one.words);
            }
            let narrow = at("60");
            if narrow == usual {
                continue;
            }
            changed += 1;
            // The sentence of a finding is one line, so that a search finds it.
            let is_wide = |line: &&str| {
                let is_whole = line.contains('[') || line.contains(" --> ");
                line.chars().count() > NARROW && !is_whole
            };
            assert_eq!(narrow.lines().find(is_wide), None, "{name}: {:?}", one.words);
        }
    }
    assert!(changed > 10, "{changed} runs change");
}

#[test]
fn tables_fit_a_narrow_screen_without_cutting_words() {
    let (mut tables, mut blocks) = (0, 0);
    for (name, runs) in shown() {
        for one in runs {
            let at = |width: &str| text(&one.run(&[], &[("COLUMNS", width)]).stdout);
            let wide = at("200");
            // A document in Markdown is for others, and has the tables that it has.
            if !wide.lines().any(|line| line.starts_with("|---")) || wide.starts_with("# ") {
                continue;
            }
            let words: HashSet<&str> = wide.split('|').flat_map(str::split_whitespace).collect();
            for width in [40, 50, 60, 80] {
                let narrow = at(&width.to_string());
                let rows = narrow.lines().filter(|line| line.starts_with('|'));
                blocks += usize::from(rows.clone().count() == 0);
                for row in rows.filter(|row| !row.starts_with("|--")) {
                    tables += 1;
                    assert!(row.chars().count() <= width, "{name} {width}: {row}");
                    for word in row.split('|').flat_map(str::split_whitespace) {
                        assert!(words.contains(word), "{name} {width}: {word} in {row}");
                    }
                }
            }
        }
    }
    assert!(tables > 100 && blocks > 5, "{tables} rows of tables, {blocks} runs without");
}

/// What `validate` prints on a terminal of 50 columns.
#[cfg(unix)]
fn on_a_terminal(flags: &[&str], variables: &[(&str, &str)]) -> String {
    use std::io::Read as _;
    let (mut terminal, end) = pty_process::blocking::open().expect("a pseudo-terminal");
    terminal.resize(pty_process::Size::new(30, 50)).expect("a size");
    let mut child = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(["validate", "first-mistakes.yaml"])
        .args(flags)
        .current_dir(root().join("tests/cases/readme/files"))
        .env_clear()
        .envs(variables.iter().copied())
        .spawn(end)
        .expect("the program starts");
    let mut shown = Vec::new();
    // The end of a terminal is an error on Linux.
    let _ = terminal.read_to_end(&mut shown);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    text(&shown)
}

#[test]
#[cfg(unix)]
fn a_terminal_shows_colour_and_has_a_width() {
    const TERMINAL: (&str, &str) = ("TERM", "xterm-256color");
    let is_coloured = |flags: &[&str], variables: &[(&str, &str)]| {
        on_a_terminal(flags, variables).contains('\u{1b}')
    };
    assert!(is_coloured(&[], &[TERMINAL]));
    assert!(is_coloured(&[], &[TERMINAL, ("CLICOLOR", "1")]));
    assert!(is_coloured(&[], &[TERMINAL, ("CLICOLOR_FORCE", "0")]));
    assert!(is_coloured(&["--color", "always"], &[TERMINAL, ("NO_COLOR", "1")]));
    assert!(!is_coloured(&[], &[TERMINAL, ("NO_COLOR", "1")]));
    assert!(!is_coloured(&[], &[TERMINAL, ("CLICOLOR", "0")]));
    assert!(!is_coloured(&[], &[("TERM", "dumb")]));
    assert!(!is_coloured(&["--color", "never"], &[TERMINAL, ("CLICOLOR_FORCE", "1")]));
    // The terminal knows better than the environment.
    let plain = on_a_terminal(&["--color", "never"], &[TERMINAL]);
    assert_eq!(plain, on_a_terminal(&["--color", "never"], &[TERMINAL, ("COLUMNS", "120")]));
    let help = plain.lines().find(|line| line.contains("= help: put the text")).expect("a help");
    assert!(help.trim_end().chars().count() <= 50, "{help}");
}
