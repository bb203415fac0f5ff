//! Several programs at one file: two runs of ours never lose each other's change, and what another
//! program wrote in the meantime is never overwritten. And the files that are no plain files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Output;
use std::sync::Mutex;
use std::time::Instant;

use super::program::run;

const HEAD: &str = "scrutiny: assessment\nchecklist: six-steps-2019\n\
                    partnership: Northmoor Safeguarding Children Partnership\n\
                    period: 2026-27 Q2\nperspective: scrutineer\n\n";

/// How many programs change one file at once, and how often each of them does.
const EDITORS: usize = 8;
const EDITS: usize = 200;

/// The questions that the editors share.
const QUESTIONS: [&str; 6] = ["1.1", "1.2", "2.3", "3.4", "5.2", "6.4"];

/// What the editors were told.
#[derive(Default)]
struct Told {
    /// The texts that were said to be written, and those that were refused.
    accepted: Vec<String>,
    refused: Vec<String>,
    /// The ids given to actions.
    ids: Vec<String>,
    /// The values that were set, by question and key: the last one counts.
    set: BTreeMap<(String, String), String>,
    /// How often a value was set.
    sets: usize,
}

/// One change of one editor: evidence, an action, or one of the values that this editor alone sets.
fn change(folder: &Path, editor: usize, number: usize, told: &Mutex<Told>) {
    let text = format!("piece-{editor}-{number}-end");
    let question = QUESTIONS[(editor + number) % QUESTIONS.len()];
    let own = format!("{}.{}", editor % 6 + 1, editor / 6 + 1);
    let key = ["because", "remaining", "reason", "dissent", "notes"][number % 5];
    let value = format!("{key}={text}");
    let arguments: Vec<&str> = match number % 4 {
        0 => vec!["action", "add", "a.yaml", "--on", question, "--task", &text],
        1 | 2 => vec!["evidence", "add", "a.yaml", question, "--source", &text],
        _ => vec!["set", "a.yaml", &own, &value],
    };
    let output = run(folder, &arguments, b"");
    let mut told = told.lock().expect("no editor panics");
    if output.status.code() != Some(0) {
        let complaint = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        assert!(complaint.contains("nothing was written, try again"), "{complaint}");
        told.refused.push(text);
        return;
    }
    match number % 4 {
        0 => {
            let id = String::from_utf8(output.stdout).expect("an id is text").trim().to_owned();
            told.ids.push(id);
            told.accepted.push(text);
        }
        1 | 2 => told.accepted.push(text),
        _ => {
            told.sets += 1;
            told.set.insert((own, key.to_owned()), text);
        }
    }
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn no_edit_of_eight_editors_is_lost() {
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("a.yaml"), format!("{HEAD}ratings:\n")).expect("it can be written");
    let told = Mutex::new(Told::default());
    let start = Instant::now();
    std::thread::scope(|scope| {
        for editor in 0..EDITORS {
            let (folder, told) = (place.path(), &told);
            scope.spawn(move || (0..EDITS).for_each(|number| change(folder, editor, number, told)));
        }
    });
    let Told { accepted, refused, mut ids, set, sets } =
        told.into_inner().expect("no editor panics");
    let text = fs::read_to_string(place.path().join("a.yaml")).expect("it can be read");
    for piece in &accepted {
        assert_eq!(text.matches(piece.as_str()).count(), 1, "{piece} was said to be written");
    }
    for piece in &refused {
        assert!(!text.contains(piece.as_str()), "{piece} was refused");
    }
    for ((question, key), piece) in &set {
        let line = format!("{key}: {piece}\n");
        assert_eq!(text.matches(&line).count(), 1, "{question} {line}");
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "each action has an id of its own");
    let judged = run(place.path(), &["validate", "a.yaml"], b"");
    assert_eq!(judged.status.code(), Some(0), "{}", String::from_utf8_lossy(&judged.stdout));
    check_left_overs(place.path());
    let runs = EDITORS * EDITS;
    assert_eq!(accepted.len() + refused.len() + sets, runs);
    assert!(refused.len() * 10 < runs, "{} of {runs} were refused", refused.len());
    let line = format!(
        "together: {runs} edits by {EDITORS} editors, {} refused, none lost, in {:.0?}\n",
        refused.len(),
        start.elapsed()
    );
    std::io::stderr().write_all(line.as_bytes()).expect("it can be told");
}

/// Nothing but the file is left in the folder.
fn check_left_overs(folder: &Path) {
    let entries = fs::read_dir(folder).expect("a folder can be read");
    let names: Vec<_> = entries.map(|entry| entry.expect("it can be read").file_name()).collect();
    assert_eq!(names, ["a.yaml"]);
}

/// A file with one answer.
fn text() -> String {
    format!("{HEAD}ratings:\n  1.1:\n    rating: green\n    because: |\n      Old.\n")
}

/// Runs a change of a file; gives the exit code and what was said.
fn set(folder: &Path, file: &str) -> (Option<i32>, String) {
    let output = run(folder, &["set", file, "1.1", "because=New."], b"");
    let said = complaint(&output);
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code(), said)
}

/// A folder with the file, changed in some way beforehand.
fn place(prepare: impl FnOnce(&Path)) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("a.yaml"), text()).expect("it can be written");
    prepare(place.path());
    place
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("it can be read")
}

#[test]
fn what_cannot_be_changed_is_named() {
    let expect = |file: &str, prepare: &dyn Fn(&Path), sentence: &str| {
        let place = place(prepare);
        let (code, said) = set(place.path(), file);
        assert_eq!((code, said.as_str()), (Some(2), format!("error: {sentence}\n").as_str()));
    };
    expect("b.yaml", &|_| (), "b.yaml does not exist");
    let folder = |at: &Path| fs::create_dir(at.join("b.yaml")).expect("it can be made");
    expect("b.yaml", &folder, "b.yaml is a folder: name a file in it");
    let latin = |at: &Path| fs::write(at.join("b.yaml"), b"caf\xe9").expect("it can be written");
    expect("b.yaml", &latin, "b.yaml is not saved as UTF-8");
    let sentence = "a.yaml is read-only: allow changes to it in its properties, then try again";
    expect("a.yaml", &read_only, sentence);
}

fn read_only(folder: &Path) {
    let file = folder.join("a.yaml");
    let mut permissions = fs::metadata(&file).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(file, permissions).expect("it can be set");
}

#[test]
fn the_form_of_a_file_is_kept() {
    let check = |old: String| {
        let new = old.replace("Old.", "New.");
        let place = place(|at| fs::write(at.join("a.yaml"), &old).expect("it can be written"));
        assert_eq!(set(place.path(), "a.yaml").0, Some(0));
        assert_eq!(read(place.path(), "a.yaml"), new);
        check_left_overs(place.path());
    };
    check(text());
    check(text().replace('\n', "\r\n"));
    check(format!("\u{feff}{}", text()));
    check(format!("\u{feff}{}", text().replace('\n', "\r\n")));
    check(text().trim_end().to_owned());
    check(text().replace('\n', "\r\n").trim_end().to_owned());
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_file_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    for mode in [0o600, 0o640, 0o644, 0o664, 0o755] {
        let place = place(|at| {
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(at.join("a.yaml"), permissions).expect("it can be set");
        });
        assert_eq!(set(place.path(), "a.yaml").0, Some(0));
        let metadata = fs::metadata(place.path().join("a.yaml")).expect("it is there");
        assert_eq!(metadata.permissions().mode() & 0o7777, mode);
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    use std::os::unix::fs::symlink;
    let place = place(|at| {
        fs::create_dir(at.join("own")).expect("it can be made");
        fs::write(at.join("own/scrutiny.toml"), "partnership = \"Northmoor\"\n")
            .expect("it can be written");
        fs::write(at.join("own/b.yaml"), text()).expect("it can be written");
        symlink("b.yaml", at.join("own/inside.yaml")).expect("it can be made");
        symlink("../a.yaml", at.join("own/outside.yaml")).expect("it can be made");
        symlink("none.yaml", at.join("own/nowhere.yaml")).expect("it can be made");
    });
    assert_eq!(set(place.path(), "own/inside.yaml").0, Some(0));
    assert!(read(place.path(), "own/b.yaml").contains("New."));
    let (code, said) = set(place.path(), "own/outside.yaml");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("own/outside.yaml is a link that leads out of the workspace"), "{said}");
    assert_eq!(read(place.path(), "a.yaml"), text());
    let (code, said) = set(place.path(), "own/nowhere.yaml");
    assert_eq!((code, said.as_str()), (Some(2), "error: own/nowhere.yaml does not exist\n"));
    for link in ["inside", "outside", "nowhere"] {
        let path = place.path().join(format!("own/{link}.yaml"));
        assert!(fs::symlink_metadata(path).expect("it is there").is_symlink());
    }
}

/// The other name of a file keeps the old text: the file is replaced, not written into.
#[cfg(unix)]
#[test]
fn another_name_of_a_file_keeps_the_old_text() {
    let place = place(|at| {
        fs::hard_link(at.join("a.yaml"), at.join("other.yaml")).expect("it can be made");
    });
    assert_eq!(set(place.path(), "a.yaml").0, Some(0));
    assert!(read(place.path(), "a.yaml").contains("New."));
    assert_eq!(read(place.path(), "other.yaml"), text());
}

/// A pipe is not waited for.
#[cfg(unix)]
#[test]
fn a_pipe_is_refused() {
    let place = place(|at| {
        let made = std::process::Command::new("mkfifo").arg(at.join("b.yaml")).status();
        assert!(made.expect("mkfifo is there").success());
    });
    let (code, said) = set(place.path(), "b.yaml");
    assert_eq!((code, said.as_str()), (Some(2), "error: b.yaml is no file that can be changed\n"));
}
