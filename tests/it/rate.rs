//! `scrutiny rate` through a pseudo-terminal, as a person meets it: every kind of question and of
//! reply, the editor, another program in between, and an interruption at every prompt.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use pty_process::blocking::{Command, Pty, open};
use tempfile::TempDir;

use super::program::{files, run};

/// A checklist with every kind of question.
const CHECKLIST: &str = r#"
scrutiny = "checklist"
id = "small"
title = "Small"
edition = "2026"
attribution = "Nobody's"
scale = "rag"

[[scales.rag]]
value = "green"
means = "All of it."

[[scales.rag]]
value = "amber"
means = "Some of it."
remaining = "required"

[[scales.rag]]
value = "red"
means = "None of it."

[[context]]
id = "c1"
ask = "Who employs the scrutineer?"

[[step]]
id = "1"
title = "First"

[[step.question]]
id = "1.1"
title = "Plan"
ask = "Is there a plan?"
points = ["agreed", "funded"]
prompts = ["The plan itself"]

[[step.question]]
id = "1.2"
title = "Unit"
ask = "Is the unit well led?"
not-applicable = true
means = { green = "It is led very well." }

[[step]]
id = "2"
title = "Second"

[[step.question]]
id = "2.1"
title = "Scrutineer"
ask = "Is there a scrutineer?"
kind = "yes-no"

[[step.question]]
id = "2.2"
title = "How many"
ask = "How many are there?"
kind = "choice"
only-if = "2.1 = yes"
choices = [{ value = "one", label = "One scrutineer" }, { value = "team", label = "A team" }]

[[step.question]]
id = "2.3"
title = "Methods"
ask = "How do they work?"
kind = "choices"
choices = ["audit", "visit", "survey"]

[[step.question]]
id = "2.4"
title = "Days"
ask = "How many days a year?"
kind = "number"
unit = "days"
min = 0
max = 366

[[step.question]]
id = "2.5"
title = "Name"
ask = "What is it called?"
kind = "text"
not-applicable = true
"#;

const HEAD: &str = "scrutiny: assessment\nchecklist: small.toml\npartnership: Northmoor\n\
                    period: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\n";

/// How long a test waits for words that do not come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with a checklist and an assessment.
fn place(ratings: &str) -> TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("small.toml"), CHECKLIST).expect("a file can be written");
    fs::write(place.path().join("a.yaml"), format!("{HEAD}{ratings}")).expect("it can be written");
    fs::create_dir(place.path().join("tmp")).expect("a folder can be made");
    place
}

fn text(place: &TempDir) -> String {
    fs::read_to_string(place.path().join("a.yaml")).expect("the assessment can be read")
}

/// The file is right by the rules, and nothing half-written lies about.
fn check_whole(place: &TempDir, about: &str) {
    let output = run(place.path(), &["validate", "--format", "short", "a.yaml"], b"");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{about}: {shown}");
    let own: Vec<String> = files(place.path())
        .iter()
        .map(|file| file.to_string_lossy().into_owned())
        .filter(|file| !file.ends_with(".sh"))
        .collect();
    assert_eq!(own, ["a.yaml", "small.toml"], "{about}");
}

/// A run of the program in a terminal.
struct Talk {
    child: Child,
    pty: Arc<Pty>,
    printed: Receiver<Vec<u8>>,
    seen: String,
    read: usize,
    settings: String,
}

impl Talk {
    fn start(place: &TempDir, arguments: &[&str], editor: &str) -> Self {
        let (pty, terminal) = open().expect("a pseudo-terminal");
        pty.resize(pty_process::Size::new(24, 80)).expect("it can be resized");
        let settings = settings(&pty);
        let child = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
            .args(["rate", "a.yaml"])
            .args(arguments)
            .current_dir(place.path())
            .env_clear()
            .env("NO_COLOR", "1")
            .env("PATH", "/usr/bin:/bin")
            .env("TMPDIR", place.path().join("tmp"))
            .env("EDITOR", editor)
            .spawn(terminal)
            .expect("the program starts");
        let pty = Arc::new(pty);
        let (send, printed) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // The end of the program ends the terminal, which is told as an error.
            while let Ok(read @ 1..) = (&*reader).read(&mut bytes) {
                let _ = send.send(bytes[..read].to_vec());
            }
        });
        Talk { child, pty, printed, seen: String::new(), read: 0, settings }
    }

    /// Waits for words, and passes over all that was printed up to them. Where the words say nothing
    /// of lines, they may be wrapped.
    #[track_caller]
    fn wait(&mut self, words: &str) {
        loop {
            let printed = &self.seen[self.read..];
            let found = match words.contains('\n') {
                true => printed.find(words),
                false => printed.replace('\n', " ").find(words),
            };
            if let Some(at) = found {
                self.read += at + words.len();
                return;
            }
            match self.printed.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen += &String::from_utf8_lossy(&bytes).replace('\r', ""),
                Err(_) => panic!("{words:?} did not come:\n{}", self.seen),
            }
        }
    }

    /// Waits for the prompt that follows some words.
    #[track_caller]
    fn prompt(&mut self, words: &str) {
        self.wait(words);
        self.wait("\n> ");
    }

    fn type_line(&mut self, line: &str) {
        (&*self.pty).write_all(format!("{line}\n").as_bytes()).expect("the terminal takes a line");
    }

    /// Answers prompts: the words that come before each, and the line that is typed.
    #[track_caller]
    fn answer(&mut self, lines: &[(&str, &str)]) {
        for (words, line) in lines {
            self.prompt(words);
            self.type_line(line);
        }
    }

    /// Waits for the end, and holds the terminal to its settings.
    fn end(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("the program ends");
        assert_eq!(settings(&self.pty), self.settings, "the terminal's settings were changed");
        while let Ok(bytes) = self.printed.recv_timeout(Duration::from_secs(5)) {
            self.seen += &String::from_utf8_lossy(&bytes).replace('\r', "");
        }
        (status, self.seen)
    }

    /// The same, where all went well.
    #[track_caller]
    fn end_well(self) -> String {
        let (status, seen) = self.end();
        assert_eq!(status.code(), Some(0), "{seen}");
        seen
    }
}

/// The settings of a terminal in words.
fn settings(pty: &Pty) -> String {
    format!("{:?}", rustix::termios::tcgetattr(pty).expect("a terminal has settings"))
}

/// A shell script as an editor.
fn script(place: &TempDir, lines: &str) -> String {
    let path = place.path().join("editor.sh");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("a script can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be run");
    path.to_string_lossy().into_owned()
}

#[track_caller]
fn holds(place: &TempDir, parts: &[&str]) {
    let text = text(place);
    for part in parts {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn answers_every_kind_of_question() {
    let place = place("");
    let mut talk = Talk::start(&place, &["--context"], "");
    talk.answer(&[
        ("Question 1 of 7 - c1", "Northmoor Council"),
        ("Question 2 of 7 - 1.1 Plan", "2"),
        ("Amber.\nSaved.\nReasons", "Seen in two audits."),
        ("Saved.\nWhat remains to be done", "The budget."),
        ("Question 3 of 7 - 1.2 Unit", "N"),
        ("Not applicable.\nReasons (one line; it is needed here;", ""),
        ("It is needed here", "There is no unit."),
        ("Question 4 of 7 - 2.1 Scrutineer", "yes"),
        ("Question 5 of 8 - 2.2 How many", "a team"),
        ("Question 6 of 8 - 2.3 Methods", "1, 3"),
        ("Question 7 of 8 - 2.4 Days", "400"),
        ("from 0 to 366", "30"),
        ("Question 8 of 8 - 2.5 Name", "The Northmoor: Scrutineer"),
    ]);
    talk.wait("Saved.\n\n8 questions answered, 0 skipped; 7 of 7 have an answer.");
    talk.end_well();
    holds(
        &place,
        &[
            "  c1: Northmoor Council\n",
            "    rating: amber\n    wording: ",
            "    because: Seen in two audits.\n    remaining: The budget.\n",
            "    rating: not-applicable\n",
            "    because: There is no unit.\n",
            "    answer: yes\n",
            "    answer: team\n",
            "    answer: [audit, survey]\n",
            "    answer: 30\n",
            "    answer: \"The Northmoor: Scrutineer\"\n",
        ],
    );
    check_whole(&place, "every kind");
}

#[test]
fn goes_back_skips_helps_and_stops() {
    let place = place("");
    let mut talk = Talk::start(&place, &["--step", "1"], "");
    talk.answer(&[
        ("Question 1 of 2 - 1.1 Plan", "b"),
        ("This is the first question.\n\nQuestion 1 of 2", "?"),
        ("Green: All of it.", "skip"),
        ("Question 2 of 2 - 1.2 Unit", "h"),
        ("Green: It is led very well.", "gren"),
        ("Did you mean Green?", "back"),
        ("Question 1 of 2 - 1.1 Plan", "R"),
        ("Reasons", ""),
        ("Question 2 of 2 - 1.2 Unit", "b"),
        ("Now: Red.", "green"),
        ("Reasons", "b"),
        ("Now: Green.", "amber"),
        ("Reasons", ""),
        ("What remains", "s"),
        ("Question 2 of 2", "t"),
        ("Look at it again by", "31 March 2027"),
        ("write 2027-03-31", "2027-03-31"),
        ("Reasons", "\u{1b}[A"),
        ("no reader sees (U+001B)", "Not yet."),
    ]);
    talk.wait("2 questions answered, 0 skipped; 2 of ");
    talk.end_well();
    holds(&place, &["rating: amber", "rating: too-early", "review-by: 2027-03-31"]);
    check_whole(&place, "back and skip");
    let before = text(&place);
    let mut talk = Talk::start(&place, &["--step", "1", "--only", "unrated"], "");
    talk.wait("Nothing was answered; 2 of ");
    talk.end_well();
    for last in ["q", "\u{4}"] {
        let mut talk = Talk::start(&place, &["--question", "2.3", "--question", "1.1"], "");
        talk.answer(&[("Question 1 of 2 - 1.1", "s")]);
        talk.prompt("Question 2 of 2 - 2.3");
        match last {
            "q" => talk.type_line("q"),
            // The end of the input.
            end => (&*talk.pty).write_all(end.as_bytes()).expect("it is taken"),
        }
        talk.wait("0 questions answered, 1 skipped");
        talk.end_well();
    }
    assert_eq!(text(&place), before, "nothing was answered");
}

#[test]
fn asks_again_where_the_wording_changed() {
    let place = place(
        "context:\n  c1:\n    answer: The council\n    wording: \"000000\"\nratings:\n  1.1:\n    \
         rating: red\n    wording: \"000000\"\n    because: No plan.\n",
    );
    let mut talk = Talk::start(&place, &["--context", "--only", "stale"], "");
    talk.answer(&[
        ("Question 1 of 2 - c1", "The council itself"),
        ("Question 2 of 2 - 1.1", "red"),
        ("Reasons now: No plan.", ""),
    ]);
    talk.wait("2 questions answered");
    talk.end_well();
    assert!(!text(&place).contains("000000"), "{}", text(&place));
    check_whole(&place, "stale");
}

#[test]
fn shows_what_was_said_last_time() {
    let place = place("");
    let ratings = "ratings:\n  1.1: {rating: amber, because: No money., remaining: The budget.}\n  \
                   1.2: {rating: red, wording: \"000000\"}\n";
    fs::write(place.path().join("old.yaml"), format!("{HEAD}{ratings}").replace("Q2", "Q1"))
        .expect("a file can be written");
    let mut talk = Talk::start(&place, &["--previous", "old.yaml"], "");
    talk.answer(&[("Question 1", "?")]);
    talk.wait("- The plan itself\nLast time (2026-27 Q1): Amber.\nReasons then: No money.");
    talk.answer(&[("Remained to be done: The budget.", "s"), ("1.2 Unit", "?")]);
    talk.answer(&[("Last time (2026-27 Q1): it was worded otherwise", "s"), ("2.1", "?")]);
    talk.answer(&[("Last time (2026-27 Q1): it was not answered.", "q")]);
    talk.end_well();
}

#[test]
fn long_texts_are_written_in_the_editor() {
    let place = place("ratings:\n  1.1: {rating: red, because: Old reasons.}\n");
    let editor = script(
        &place,
        "cat \"$1\" > seen.sh\nls -l \"$1\" > mode.sh\nprintf 'One.\\n\\n- two\\n' > new.sh\n\
         cat \"$1\" >> new.sh\ncp new.sh \"$1\"",
    );
    let mut talk = Talk::start(&place, &["--question", "1.1", "--question", "2.5"], &editor);
    talk.answer(&[("1.1 Plan", "a"), ("Reasons now: Old reasons.", "e")]);
    talk.answer(&[("Saved.\nWhat remains", ""), ("2.5 Name", "e")]);
    talk.wait("2 questions answered");
    talk.end_well();
    holds(&place, &["answer: |\n      One.\n\n      - two\n"]);
    let text = text(&place);
    assert!(text.contains("One.\\n\\n- two\\nOld reasons."), "{text}");
    assert!(!text.contains("# "), "{text}");
    let mode = fs::read_to_string(place.path().join("mode.sh")).expect("it was written");
    assert!(mode.starts_with("-rw-------"), "{mode}");
    let seen = fs::read_to_string(place.path().join("seen.sh")).expect("it was written");
    assert!(seen.contains("# What is it called?"), "{seen}");
    check_whole(&place, "editor");
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    let place = place("");
    let first = text(&place);
    let unchanged = script(&place, "exit 0");
    let refuses = |editor: &str, words: &str| {
        let mut talk = Talk::start(&place, &["--question", "2.5"], editor);
        talk.answer(&[("2.5 Name", "e"), (words, "q")]);
        let seen = talk.end_well();
        assert_eq!(text(&place), first, "{words}");
        check_whole(&place, words);
        seen
    };
    refuses(&unchanged, "There is no text, so nothing was changed.");
    refuses("no-such-editor --wait", "the editor no-such-editor could not be started");
    refuses("vi 'unclosed", "a quote that is not closed");
    let fails = script(&place, "exit 3");
    refuses(&fails, "ended with a failure (exit status: 3)");
    let disorders = script(&place, "stty raw -echo < /dev/tty; exit 1");
    refuses(&disorders, "ended with a failure");
    // What was written before the failure is there when the editor is opened again.
    let once = script(
        &place,
        "if grep -q Kept \"$1\"; then exit 0; fi\nprintf 'Kept.\\n' > \"$1\"\nkill -TERM $$",
    );
    let mut talk = Talk::start(&place, &["--question", "2.5"], &once);
    talk.answer(&[("2.5 Name", "e"), ("What you wrote is kept; e opens it", "e")]);
    talk.wait("Saved.");
    talk.end_well();
    holds(&place, &["answer: Kept.\n"]);
    check_whole(&place, "once");
    // A text that nobody could save is told with its place.
    let hidden = script(&place, "printf 'a\\342\\200\\213b\\n' > \"$1\"");
    let mut talk = Talk::start(&place, &["--question", "2.5"], &hidden);
    talk.answer(&[("2.5 Name", "e"), ("(U+200B)", "q")]);
    talk.wait("What you wrote on question 2.5 was not saved; it is in tmp/scrutiny-");
    talk.end_well();
}

#[test]
fn ctrl_c_belongs_to_the_editor() {
    let place = place("");
    let editor = script(
        &place,
        "trap 'printf \"After all.\\n\" > \"$1\"; exit 0' INT\necho ready\nread never < /dev/tty",
    );
    let mut talk = Talk::start(&place, &["--question", "2.5"], &editor);
    talk.answer(&[("2.5 Name", "e")]);
    talk.wait("ready");
    (&*talk.pty).write_all(b"\x03").expect("it is taken");
    talk.wait("1 question answered");
    talk.end_well();
    holds(&place, &["answer: After all.\n"]);
    check_whole(&place, "Ctrl-C");
}

#[test]
fn an_interruption_waits_for_the_editor() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP] {
        let place = place("");
        let name = signal.as_str().trim_start_matches("SIG");
        let editor = script(&place, &format!("kill -{name} $PPID\nprintf 'Late.\\n' > \"$1\""));
        let mut talk = Talk::start(&place, &["--question", "2.5", "--context"], &editor);
        talk.answer(&[("c1", "s"), ("2.5 Name", "b"), ("c1", "e")]);
        // The next prompt is the first place at which nothing is under way.
        talk.wait("Stopped. All that was answered is saved.");
        let (status, seen) = talk.end();
        assert_eq!(status.code(), Some(128 + signal as i32), "{status:?} {seen}");
        holds(&place, &["c1: Late.\n"]);
        check_whole(&place, name);
    }
}

#[test]
fn an_answer_changed_in_between_is_shown() {
    let place = place("ratings:\n  1.1: {rating: red}\n");
    let elsewhere = |arguments: &[&str]| {
        let output = run(place.path(), arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    };
    let mut talk = Talk::start(&place, &["--step", "1"], "");
    talk.prompt("Now: Red.");
    elsewhere(&["set", "a.yaml", "1.1", "rating=green"]);
    talk.type_line("2");
    talk.answer(&[("Another program changed the answer", "2"), ("Saved.\nReasons", "Mine.")]);
    talk.prompt("What remains to be done");
    // What is changed elsewhere in the file stays as it is.
    elsewhere(&["set", "a.yaml", "2.1", "answer=no"]);
    talk.type_line("The rest.");
    talk.prompt("1.2 Unit");
    talk.type_line("1");
    talk.prompt("Saved.\nReasons");
    elsewhere(&["set", "a.yaml", "1.2", "because=Theirs."]);
    talk.type_line("Mine too.");
    talk.answer(&[("Another program changed", "1"), ("Reasons now: Theirs.", "")]);
    talk.wait("2 questions answered");
    let seen = talk.end_well();
    assert!(seen.contains("Now: Green."), "{seen}");
    holds(&place, &["rating: amber", "because: Mine.", "remaining: The rest.", "answer: no"]);
    holds(&place, &["because: Theirs."]);
    check_whole(&place, "in between");
}

#[test]
fn a_file_that_cannot_be_changed_is_refused_at_once() {
    let refuses = |ratings: &str, arguments: &[&str], code: i32, words: &str| {
        let place = place(ratings);
        let path = place.path().join("a.yaml");
        if arguments == ["read-only"] {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it can be set");
        }
        let arguments = if arguments == ["read-only"] { &[] } else { arguments };
        let (status, seen) = Talk::start(&place, arguments, "").end();
        assert_eq!(status.code(), Some(code), "{seen}");
        assert!(seen.contains(words), "{words} is not in: {seen}");
        assert!(!seen.contains("Question 1 of"), "{seen}");
    };
    refuses("", &["read-only"], 2, "error: a.yaml is read-only");
    refuses("notes: a: b\n", &[], 1, "[colon-in-text]");
    refuses("", &["--step", "3"], 2, "there is no step 3 in the checklist small");
    refuses("", &["--question", "1.3"], 2, "there is no question or step \"1.3\"");
    refuses("", &["--question", "2"], 2, "2 is a step: write --step 2");
    refuses("", &["--previous", "small.toml"], 2, "cannot be read as an assessment");
}

#[test]
fn a_line_that_a_terminal_cuts_is_not_taken() {
    let place = place("");
    let mut talk = Talk::start(&place, &["--question", "2.5"], "");
    talk.prompt("2.5 Name");
    talk.type_line(&"All is well. ".repeat(400));
    talk.answer(&[("longer than a terminal passes on", "q")]);
    talk.end_well();
    assert!(!text(&place).contains("All is well"));
}

/// A prompt at which the program is interrupted: the lines that lead to it, the words before it, and
/// what the file holds by then.
type Prompt = (&'static [(&'static str, &'static str)], &'static str, &'static [&'static str]);

const PROMPTS: &[Prompt] = &[
    (&[], "Question 1 of 7 - c1", &[]),
    (&[("c1", "The council")], "1.1 Plan", &["c1: The council"]),
    (&[("c1", "s"), ("1.1", "?")], "Amber: Some of it.", &[]),
    (&[("c1", "s"), ("1.1", "x")], "was not understood", &[]),
    (&[("c1", "s"), ("1.1", "2")], "Reasons", &["rating: amber"]),
    (
        &[("c1", "s"), ("1.1", "2"), ("Reasons", "Why.")],
        "What remains",
        &["rating: amber", "because: Why."],
    ),
    (&[("c1", "s"), ("1.1", "t")], "Look at it again by", &[]),
    (
        &[("c1", "s"), ("1.1", "t"), ("Look at", "2027-03-31")],
        "Reasons",
        &["too-early", "2027-03-31"],
    ),
    (&[("c1", "s"), ("1.1", "s"), ("1.2", "n")], "it is needed here", &[]),
    (&[("c1", "s"), ("1.1", "s"), ("1.2", "s")], "2.1 Scrutineer", &[]),
    (&[("c1", "s"), ("1.1", "s"), ("1.2", "s"), ("2.1", "y")], "2.2 How many", &["answer: yes"]),
    (
        &[("c1", "s"), ("1.1", "s"), ("1.2", "s"), ("2.1", "n"), ("2.3", "1 2")],
        "2.4 Days",
        &["answer: no", "answer: [audit, visit]"],
    ),
    (
        &[("c1", "s"), ("1.1", "s"), ("1.2", "s"), ("2.1", "s"), ("2.3", "s"), ("2.4", "7")],
        "2.5 Name",
        &["answer: 7"],
    ),
];

#[test]
fn an_interruption_at_any_prompt_loses_nothing() {
    let signals = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP];
    std::thread::scope(|scope| {
        for signal in signals {
            scope.spawn(move || PROMPTS.iter().for_each(|prompt| interrupt(signal, prompt)));
        }
    });
}

fn interrupt(signal: Signal, (lines, words, held): &Prompt) {
    let place = place("");
    let about = format!("{signal} at {words} after {lines:?}");
    let mut talk = Talk::start(&place, &["--context"], "");
    talk.answer(lines);
    talk.prompt(words);
    let before = text(&place);
    match signal {
        // As the key does it.
        Signal::SIGINT => (&*talk.pty).write_all(b"\x03").expect("it is taken"),
        _ => {
            let id = i32::try_from(talk.child.id()).expect("an id fits");
            kill(Pid::from_raw(id), signal).expect("the program is there");
        }
    }
    let (status, seen) = talk.end();
    assert_eq!(status.code(), Some(128 + signal as i32), "{about}: {:?}\n{seen}", status.signal());
    assert_eq!(text(&place), before, "{about}");
    holds(&place, held);
    let answers = before.matches(": ").count() - HEAD.matches(": ").count();
    assert!(!held.is_empty() || answers == 0, "{about}: {before}");
    check_whole(&place, &about);
}
