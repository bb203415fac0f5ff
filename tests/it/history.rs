//! `diff` over the history of real repositories, one of them hostile.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::program::git_on;

const HEAD: &str = "scrutiny: assessment\nchecklist: six-steps-2019\n\
    partnership: Northmoor Safeguarding Children Partnership\nperiod: 2026-27 Q2\n\
    perspective: scrutineer\nassessor: Independent Scrutineer\nas-at: 2026-09-30\nstatus: draft\n\
    covers: [1]\n\nratings:\n";

fn git(folder: &Path, arguments: &[&str]) {
    git_on(folder, "2026-07-01", arguments);
}

fn write(folder: &Path, name: &str, ratings: &[(&str, &str)]) {
    let mut text = HEAD.to_owned();
    for (id, rating) in ratings {
        text.push_str(&format!("  {id}:\n    rating: {rating}\n    because: Seen.\n"));
    }
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
    fs::write(path, text).expect("a file can be written");
}

fn commit(folder: &Path, day: &str) {
    git(folder, &["add", "-A"]);
    git_on(folder, day, &["commit", "-q", "-m", "Change"]);
}

/// Runs `diff` where programs are found as usual.
fn diff(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    diff_with(folder, arguments, &std::env::var("PATH").unwrap_or_default())
}

fn diff_with(folder: &Path, arguments: &[&str], path: &str) -> (String, String, i32) {
    let whole: Vec<&str> = std::iter::once("diff").chain(arguments.iter().copied()).collect();
    run(folder, &whole, &[("PATH", path)])
}

/// Runs the program where programs are found as usual.
fn scrutiny(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    run(folder, arguments, &[("PATH", &std::env::var("PATH").unwrap_or_default())])
}

/// Runs the program with a few variables for its whole environment.
fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    let code = output.status.code().expect("the program was not killed");
    (text(output.stdout), text(output.stderr), code)
}

/// A repository in which nothing was committed yet.
fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    git(folder.path(), &["init", "-q", "."]);
    folder
}

/// A dozen commits: ratings move, the file is renamed, a branch is merged, one commit is broken.
fn repository() -> tempfile::TempDir {
    let folder = begun();
    let root = folder.path();
    write(root, "first.yaml", &[("1.1", "red")]);
    commit(root, "2026-04-30");
    write(root, "first.yaml", &[("1.1", "amber")]);
    commit(root, "2026-05-31");
    write(root, "first.yaml", &[("1.1", "amber"), ("1.2", "red")]);
    commit(root, "2026-06-15");
    git(root, &["mv", "first.yaml", "second.yaml"]);
    commit(root, "2026-06-30");
    git(root, &["checkout", "-q", "-b", "police"]);
    write(root, "second.yaml", &[("1.1", "amber"), ("1.2", "red"), ("1.3", "green")]);
    commit(root, "2026-07-05");
    git(root, &["checkout", "-q", "main"]);
    fs::write(root.join("notes.txt"), "A note.\n").expect("a file can be written");
    commit(root, "2026-07-10");
    git(root, &["merge", "-q", "--no-ff", "-m", "Merge", "police"]);
    fs::write(root.join("second.yaml"), "scrutiny: assessment\nratings: [\n").expect("written");
    commit(root, "2026-07-20");
    write(root, "second.yaml", &[("1.1", "green"), ("1.2", "red"), ("1.3", "green")]);
    commit(root, "2026-07-31");
    fs::create_dir(root.join("northmoor")).expect("a folder can be made");
    git(root, &["mv", "second.yaml", "northmoor/third.yaml"]);
    commit(root, "2026-08-15");
    write(root, "northmoor/third.yaml", &[("1.1", "green"), ("1.2", "amber"), ("1.3", "red")]);
    commit(root, "2026-08-31");
    folder
}

#[test]
fn follows_a_file_through_its_history() {
    let folder = repository();
    let root = folder.path();
    let check = |arguments: &[&str], words: &str| {
        let (shown, complaint, code) = diff(root, arguments);
        assert!(code == 0 && shown.contains(words), "{arguments:?}: {shown}{complaint}");
    };
    let file = "northmoor/third.yaml";
    check(&["HEAD~1", "HEAD", "--", file], "1 question moved up, 1 moved down and 1 unchanged");
    check(&["HEAD~1", "--", file], "1 question moved up, 1 moved down and 1 unchanged");
    check(&["HEAD~1..HEAD", "--", file], "1 question moved up, 1 moved down and 1 unchanged");
    check(&["HEAD~1..", file], "1 question moved up, 1 moved down and 1 unchanged");
    // Two renames lie between.
    check(&["--since", "2026-05-31", file], "1 question moved up and 2 newly rated");
    check(&["--since", "2026-04-30", file], "1 question moved up and 2 newly rated");
    check(&["police...", "--", file], "2 questions moved up and 1 moved down");
    let (_, complaint, code) = diff(root, &["--since", "2026-07-31", "northmoor"]);
    assert!(code == 2 && complaint.contains("northmoor is not there at 2026-07-31"));
    let (_, complaint, code) = diff(root, &["HEAD~3", "HEAD", "--", file]);
    assert!(code == 1 && complaint.contains("HEAD~3:second.yaml"), "{complaint}");
    let (_, complaint, code) = diff(root, &["HEAD~1", "HEAD", "--", "northmoor/forth.yaml"]);
    assert!(code == 2 && complaint.contains("is not there at HEAD~1"), "{complaint}");
}

#[test]
fn follows_a_folder_that_was_renamed() {
    let folder = begun();
    let root = folder.path();
    for quarter in ["q1", "q2", "q3"] {
        write(root, &format!("old/2026/{quarter}.yaml"), &[("1.1", "red")]);
        let path = root.join("old/2026").join(quarter).with_extension("yaml");
        let text = fs::read_to_string(&path).expect("it was written");
        let period = quarter.to_uppercase();
        fs::write(path, text.replace("2026-27 Q2", &format!("2026-27 {period}"))).expect("written");
    }
    // Another folder, from which one file goes into the new one.
    write(root, "other/2026/q4.yaml", &[("1.1", "red"), ("1.2", "red"), ("1.3", "red")]);
    let path = root.join("other/2026/q4.yaml");
    let text = fs::read_to_string(&path).expect("it was written");
    fs::write(path, text.replace("2026-27 Q2", "2026-27 Q4")).expect("written");
    commit(root, "2026-04-30");
    fs::create_dir(root.join("region")).expect("a folder can be made");
    git(root, &["mv", "old", "region/new"]);
    git(root, &["mv", "other/2026/q4.yaml", "region/new/2026/q4.yaml"]);
    let path = root.join("region/new/2026/q2.yaml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(path, text.replace("rating: red", "rating: amber")).expect("written");
    commit(root, "2026-05-31");
    // A file within the folder gets another name, which is no other name of the folder.
    git(root, &["mv", "region/new/2026/q1.yaml", "region/new/2026/first.yaml"]);
    commit(root, "2026-06-30");
    for arguments in [
        vec!["HEAD~2", "HEAD", "--", "region/new"],
        vec!["HEAD~2", "--", "region/new/2026"],
        vec!["HEAD~2..", "--", "region/new/2026"],
        vec!["--since", "2026-04-30", "region/new"],
    ] {
        let (shown, complaint, code) = diff(root, &arguments);
        assert!(code == 0, "{arguments:?}: {complaint}");
        assert!(shown.contains("1 question moved up"), "{arguments:?}: {shown}");
        assert_eq!(shown.matches("# What moved").count(), 0, "for the screen");
        assert_eq!(shown.matches("What moved: Northmoor").count(), 3, "{arguments:?}: {shown}");
        assert!(shown.contains("old/2026/q2.yaml"), "{arguments:?}: {shown}");
        assert!(shown.contains("1 assessment without a counterpart"), "{arguments:?}: {shown}");
        assert!(shown.contains("Now: ") && !shown.contains("Before: HEAD~2:other"), "{shown}");
    }
    let (shown, complaint, code) = diff(root, &["HEAD~1", "HEAD", "--", "region/new"]);
    assert!(code == 0 && !shown.contains("without a counterpart"), "{shown}{complaint}");
    assert_eq!(shown.matches("question unchanged.").count(), 3, "{shown}");
    let (_, complaint, code) = diff(root, &["HEAD~2", "HEAD", "--", "region/none"]);
    assert!(code == 2 && complaint.contains("region/none is not there at HEAD~2"), "{complaint}");
}

/// A file of so many revisions.
#[cfg(unix)]
fn revisions(number: usize) -> tempfile::TempDir {
    let folder = begun();
    for revision in 0..number {
        let rating = |question: usize| ["red", "amber", "green"][(revision + question) % 3];
        write(folder.path(), "a.yaml", &[("1.1", rating(0)), ("1.2", rating(1))]);
        commit(folder.path(), &format!("2026-03-{:02}", revision + 1));
    }
    folder
}

/// Where programs are found when git does something else first, which a script in a folder says.
#[cfg(unix)]
fn wrapped(place: &Path, first: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let usual = std::env::var("PATH").unwrap_or_default();
    let mut real = std::env::split_paths(&usual).map(|folder| folder.join("git"));
    let real = real.find(|git| git.is_file()).expect("git is installed");
    let wrapper = place.join("git");
    let script = format!("#!/bin/sh\n{first}\nexec '{}' \"$@\"\n", real.display());
    fs::write(&wrapper, script).expect("a file can be written");
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("it can be run");
    format!("{}:{usual}", place.display())
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look_into_what_is_taken_out_of_a_history() {
    use std::os::unix::fs::PermissionsExt;
    let folder = repository();
    let file = "northmoor/third.yaml";
    for arguments in [vec!["trend", "--history", file], vec!["diff", "HEAD~1", "--", file]] {
        let place = tempfile::tempdir().expect("a temporary folder");
        let temporary = place.path().join("temporary");
        fs::create_dir(&temporary).expect("a folder can be made");
        // As it stands when git is asked for what is in files: what is copied keeps its mode.
        let copy = format!("cp -a '{}'/. '{}'", temporary.display(), place.path().display());
        let path = wrapped(place.path(), &copy);
        let there = temporary.display().to_string();
        let variables = [("PATH", path.as_str()), ("TMPDIR", there.as_str())];
        let (shown, complaint, _) = run(folder.path(), &arguments, &variables);
        assert!(!shown.is_empty(), "{complaint}");
        let entries = fs::read_dir(place.path()).expect("it can be read").flatten();
        let is_ours =
            |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with("scrutiny-");
        let copied: Vec<_> = entries.filter(is_ours).collect();
        assert!(!copied.is_empty(), "{arguments:?}");
        for entry in copied {
            let mode = entry.metadata().expect("it is there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{arguments:?}: {mode:o}");
        }
        assert_eq!(fs::read_dir(&temporary).expect("it is there").count(), 0, "it is left behind");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_program_leaves_nothing_behind() {
    use std::os::unix::process::ExitStatusExt;
    let folder = repository();
    let file = "northmoor/third.yaml";
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        for arguments in [vec!["trend", "--history", file], vec!["diff", "HEAD~1", "--", file]] {
            let place = tempfile::tempdir().expect("a temporary folder");
            let (temporary, list) = (place.path().join("temporary"), place.path().join("list"));
            fs::create_dir(&temporary).expect("a folder can be made");
            // When git is asked for what is in files, there is a folder for it.
            let interrupt = format!(
                "case \"$*\" in *cat-file*) ls '{}' > '{}'; kill -{signal} $PPID; sleep 1;; esac",
                temporary.display(),
                list.display()
            );
            let output = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
                .args(&arguments)
                .current_dir(folder.path())
                .env("PATH", wrapped(place.path(), &interrupt))
                .env("TMPDIR", &temporary)
                .output()
                .expect("the program starts");
            assert_eq!(output.status.signal(), Some(number), "{arguments:?}: {output:?}");
            let there = fs::read_to_string(list).expect("git was asked");
            assert!(there.starts_with("scrutiny-"), "{there}");
            let left = fs::read_dir(&temporary).expect("it is there").count();
            assert_eq!(left, 0, "{arguments:?}: it is left behind");
        }
    }
}

#[cfg(unix)]
#[test]
fn starts_git_equally_often_however_many_revisions_there_are() {
    let starts = |number: usize, arguments: &[&str]| {
        let folder = revisions(number);
        let place = tempfile::tempdir().expect("a temporary folder");
        let list = place.path().join("list");
        let path = wrapped(place.path(), &format!("echo started >> '{}'", list.display()));
        let oldest = format!("HEAD~{}", number - 1);
        let arguments: Vec<&str> =
            arguments.iter().map(|own| if *own == "OLDEST" { &oldest } else { *own }).collect();
        let output = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
            .args(&arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", &path)
            .output()
            .expect("the program starts");
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {shown}");
        if arguments.contains(&"--history") {
            assert_eq!(shown.matches("\"assessed\": true").count(), number, "{shown}");
        }
        fs::read_to_string(list).expect("git was started").lines().count()
    };
    let trend = ["trend", "--history", "a.yaml", "--format", "json"];
    let diff = ["diff", "OLDEST", "HEAD", "--", "a.yaml"];
    let since = ["diff", "--since", "2026-03-01", "a.yaml"];
    for (arguments, most) in [(&trend[..], 4), (&diff, 8), (&since, 7)] {
        let (few, many) = (starts(3, arguments), starts(30, arguments));
        assert_eq!((few, many), (most, most), "{arguments:?}");
    }
}

#[test]
fn says_in_one_sentence_what_history_lacks() {
    let folder = repository();
    let root = folder.path();
    let file = "northmoor/third.yaml";
    let check = |arguments: &[&str], words: &str| {
        let (_, complaint, code) = diff(root, arguments);
        assert!(code == 2 && complaint.contains(words), "{arguments:?}: {complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    };
    check(&["nowhere", "--", file], "there is no revision nowhere here");
    check(&["--since", "2020-01-01", file], "there is no commit on or before 2020-01-01");
    let clone = tempfile::tempdir().expect("a temporary folder");
    let url = format!("file://{}", root.display());
    git(clone.path(), &["clone", "-q", "--depth", "1", &url, "copy"]);
    let (_, complaint, code) = diff(&clone.path().join("copy"), &["HEAD~1", "--", file]);
    assert!(code == 2 && complaint.contains("fetch-depth: 0"), "{complaint}");
    let (_, complaint, _) = diff_with(root, &["HEAD", "--", file], "/nowhere");
    assert!(complaint.contains("there is no git on this machine"), "{complaint}");
    let (_, complaint, code) = diff(root, &["HEAD", "--", "-x"]);
    assert!(code == 2 && complaint.contains("is not there at HEAD"), "{complaint}");
    let (_, complaint, code) = diff(root, &["--output=x", "--", file]);
    assert!(code == 2 && !root.join("x").exists(), "{complaint}");
    let (_, complaint, _) = diff(root, &["..-x", "--", file]);
    assert!(complaint.contains("does not begin with a hyphen"), "{complaint}");
}

#[test]
fn follows_one_file_through_its_revisions() {
    let folder = repository();
    let output = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(["trend", "--history", "northmoor/third.yaml", "--format", "markdown"])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("1 file could not be used"), "{complaint}");
    assert_eq!(output.status.code(), Some(1), "a version has an error");
    assert!(shown.contains("## Questions by revision"), "{shown}");
    assert!(shown.contains("2026-04-30 to 2026-08-31"), "{shown}");
    let red = "| 1.1 Strategic plan | Red | Amber, up | Amber, same | Amber, same |";
    assert!(shown.contains(red), "{shown}");
    assert!(
        shown.contains("| 1.3 Links with other partnerships | Red | 2026-08-31 | 1 revision |")
    );
}

/// Every way into the history of a file, with what each says and how it ends.
fn ways(root: &Path, file: &str) -> Vec<(String, String, i32)> {
    let ways: [&[&str]; 4] = [
        &["trend", "--history", file],
        &["diff", "HEAD~1", "HEAD", "--", file],
        &["diff", "HEAD~1", "HEAD", "--", "."],
        &["privacy", "--history", "."],
    ];
    ways.iter().map(|arguments| scrutiny(root, arguments)).collect()
}

#[test]
fn a_part_of_a_history_is_not_taken_for_the_whole() {
    let folder = repository();
    let clone = tempfile::tempdir().expect("a temporary folder");
    let url = format!("file://{}", folder.path().display());
    git(clone.path(), &["clone", "-q", "--depth", "1", &url, "copy"]);
    let copy = clone.path().join("copy");
    let (shown, complaint, code) =
        scrutiny(&copy, &["trend", "--history", "northmoor/third.yaml", "--format", "json"]);
    assert!(code == 0 && shown.contains("the history was not fetched whole"), "{shown}{complaint}");
    let (_, complaint, code) = scrutiny(&copy, &["privacy", "--history", "."]);
    assert!(code == 2 && complaint.contains("fetch-depth: 0"), "{complaint}");
    let whole = ["trend", "--history", "northmoor/third.yaml", "--format", "json"];
    assert!(!scrutiny(folder.path(), &whole).0.contains("not fetched"));
}

#[test]
fn what_git_lacks_is_said_and_not_left_out() {
    let folder = repository();
    let root = folder.path();
    // As after a clone without contents, or on a disk that fails.
    let listed = Command::new("git")
        .args(["rev-parse", "HEAD~1:northmoor/third.yaml"])
        .current_dir(root)
        .output()
        .expect("git is installed");
    let id = String::from_utf8_lossy(&listed.stdout).trim().to_owned();
    let object = root.join(".git/objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(object).expect("the content is there");
    for (shown, complaint, code) in ways(root, "northmoor/third.yaml") {
        assert!(code == 2 && complaint.contains("git lacks what was in "), "{shown}{complaint}");
        // By the name that it had there, and with the revision.
        let is_named = ["third.yaml", "second.yaml"].iter().any(|name| complaint.contains(name));
        assert!(is_named && complaint.contains(':'), "{complaint}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_gone() {
    let folder = begun();
    let root = folder.path();
    write(root, "a.yaml", &[("1.1", "red")]);
    let text = fs::read_to_string(root.join("a.yaml")).expect("it was written");
    let padding = format!("{text}# {}\n", "x".repeat(11 * 1024 * 1024));
    fs::write(root.join("a.yaml"), padding).expect("a file can be written");
    write(root, "b.yaml", &[("1.1", "red")]);
    commit(root, "2026-03-01");
    fs::write(root.join("a.yaml"), text).expect("a file can be written");
    commit(root, "2026-03-02");
    for path in ["a.yaml", "."] {
        let (shown, complaint, code) = diff(root, &["HEAD~1", "HEAD", "--", path]);
        assert!(code == 1 && complaint.contains("larger than 10 MiB"), "{shown}{complaint}");
        assert!(complaint.contains("HEAD~1:a.yaml"), "{complaint}");
    }
}

#[test]
fn no_commit_is_made_up_for_a_day_that_git_cannot_count() {
    let folder = repository();
    let file = "northmoor/third.yaml";
    for day in ["0000-01-01", "1066-10-14", "1969-12-31"] {
        let (shown, complaint, code) = diff(folder.path(), &["--since", day, file]);
        assert!(code == 2 && complaint.contains("no commit on or before"), "{shown}{complaint}");
    }
    let (shown, complaint, code) = diff(folder.path(), &["--since", "9999-12-31", file]);
    assert!(code == 0 && shown.contains("3 questions unchanged"), "{shown}{complaint}");
}

#[test]
fn a_commit_without_a_day_is_shown_without_one() {
    let folder = begun();
    let root = folder.path();
    write(root, "a.yaml", &[("1.1", "red")]);
    commit(root, "2026-03-01");
    let said = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).current_dir(root).output();
        String::from_utf8_lossy(&output.expect("git is installed").stdout).trim().to_owned()
    };
    let who = "A <a@example.org> never";
    let tree = said(&["rev-parse", "HEAD^{tree}"]);
    let text = format!("tree {tree}\nauthor {who}\ncommitter {who}\n\nOld\n");
    fs::write(root.join("commit"), text).expect("a file can be written");
    let made = said(&["hash-object", "-t", "commit", "-w", "--literally", "commit"]);
    git(root, &["update-ref", "HEAD", &made]);
    let (shown, complaint, code) = scrutiny(root, &["trend", "--history", "a.yaml"]);
    assert!(code == 0 && shown.contains("Partnership, no day\n"), "{shown}{complaint}");
}

#[test]
fn asks_the_repository_in_which_the_file_lies() {
    let (folder, other) = (repository(), repository());
    let file = "northmoor/third.yaml";
    let path = std::env::var("PATH").unwrap_or_default();
    let expected = scrutiny(folder.path(), &["trend", "--history", file]);
    // Git sets such variables for its hooks.
    let others = other.path().join(".git").display().to_string();
    for place in [".git", &others] {
        let variables = [("PATH", path.as_str()), ("GIT_DIR", place), ("GIT_INDEX_FILE", place)];
        let found = run(folder.path(), &["trend", "--history", file], &variables);
        assert_eq!(found, expected, "{place}");
    }
}

#[test]
fn says_what_is_wrong_with_a_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let check = |root: &Path, file: &str, words: &str| {
        for (shown, complaint, code) in ways(root, file) {
            assert!(code == 2 && complaint.contains(words), "{words}: {shown}{complaint}");
            assert_eq!(complaint.lines().count(), 1, "{complaint}");
        }
    };
    let root = |name: &str| {
        let root = folder.path().join(name);
        fs::create_dir(&root).expect("a folder can be made");
        write(&root, "a.yaml", &[("1.1", "red")]);
        root
    };
    check(&root("plain"), "a.yaml", "is not in a git repository");
    let empty = root("empty");
    git(&empty, &["init", "-q", "."]);
    check(&empty, "a.yaml", "nothing was committed yet");
    let broken = root("broken");
    fs::write(broken.join(".git"), "nonsense\n").expect("a file can be written");
    check(&broken, "a.yaml", ".git is damaged, or leads nowhere");
    // A repository may say that its files are elsewhere.
    let away = root("away");
    git(&away, &["init", "-q", "."]);
    commit(&away, "2026-03-01");
    git(&away, &["config", "core.worktree", &empty.display().to_string()]);
    let (_, complaint, code) = scrutiny(&away, &["trend", "--history", "a.yaml"]);
    assert_eq!((complaint.as_str(), code), ("error: a.yaml is not in the same repository\n", 2));
    git(folder.path(), &["init", "-q", "--bare", "bare"]);
    check(&folder.path().join("bare"), "a.yaml", "clone it");
}

#[cfg(unix)]
#[test]
fn says_which_names_have_no_history() {
    use std::os::unix::ffi::OsStrExt;
    let folder = repository();
    let check = |name: &[u8], words: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
            .args(["trend", "--history"])
            .arg(std::ffi::OsStr::from_bytes(name))
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(complaint.contains(words) && complaint.lines().count() == 1, "{complaint}");
    };
    check(b"a\xff.yaml", "a name that is not in UTF-8: rename it");
    check(b"a\nb.yaml", "a line break or the like in its name: rename it");
    check(b"\x01b.yaml", "a line break or the like in its name: rename it");
}

#[test]
fn names_the_repositories_inside_one_that_was_looked_through() {
    let (folder, other) = (repository(), repository());
    let root = folder.path();
    let url = other.path().display().to_string();
    git(root, &["-c", "protocol.file.allow=always", "submodule", "add", "-q", &url, "inner"]);
    commit(root, "2026-09-01");
    let (shown, complaint, code) = scrutiny(root, &["privacy", "--history", "."]);
    assert!(code == 0 && shown.contains("itself: inner\n"), "{shown}{complaint}");
}

/// Settings with which a repository could make git run a program of its own.
#[cfg(unix)]
const VECTORS: [(&str, &str); 16] = [
    ("core.fsmonitor", "PROGRAM"),
    ("core.pager", "PROGRAM"),
    ("pager.log", "PROGRAM"),
    ("pager.diff", "PROGRAM"),
    ("core.editor", "PROGRAM"),
    ("core.sshCommand", "PROGRAM"),
    ("core.askPass", "PROGRAM"),
    ("credential.helper", "!PROGRAM"),
    ("diff.external", "PROGRAM"),
    ("diff.evil.command", "PROGRAM"),
    ("diff.evil.textconv", "PROGRAM"),
    ("filter.evil.smudge", "PROGRAM"),
    ("filter.evil.clean", "PROGRAM"),
    ("gpg.program", "PROGRAM"),
    ("alias.log", "!PROGRAM"),
    ("alias.cat-file", "!PROGRAM"),
];

#[cfg(unix)]
#[test]
fn runs_nothing_that_a_repository_names() {
    use std::os::unix::fs::PermissionsExt;
    let folder = repository();
    let root = folder.path();
    let trace = tempfile::tempdir().expect("a temporary folder");
    let program = trace.path().join("program");
    let mark = trace.path().join("mark");
    let script = format!("#!/bin/sh\necho \"$0 $@\" >> {}\ncat\n", mark.display());
    fs::write(&program, &script).expect("a file can be written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it can be run");
    fs::write(root.join(".gitattributes"), "*.yaml diff=evil filter=evil\n").expect("written");
    git(root, &["add", ".gitattributes"]);
    for (name, value) in VECTORS {
        let value = value.replace("PROGRAM", &program.to_string_lossy());
        git(root, &["config", name, &value]);
    }
    git(root, &["config", "log.showSignature", "true"]);
    let url = format!("ext::{}", program.display());
    git(root, &["config", "remote.origin.url", &url]);
    git(root, &["config", "remote.origin.promisor", "true"]);
    git(root, &["config", "extensions.partialClone", "origin"]);
    git(root, &["config", "protocol.ext.allow", "always"]);
    let hooks = root.join("hooks");
    fs::create_dir(&hooks).expect("a folder can be made");
    for hook in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"] {
        fs::write(hooks.join(hook), &script).expect("a file can be written");
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(hooks.join(hook), mode).expect("it can be run");
    }
    git(root, &["config", "core.hooksPath", &hooks.to_string_lossy()]);
    // Git itself runs such programs, or the test would show nothing.
    let _ = fs::remove_file(&mark);
    let log = ["log", "-p", "--ext-diff", "-1", "--", "northmoor/third.yaml"];
    let plain = Command::new("git").args(log).current_dir(root).output().expect("git is installed");
    assert!(mark.exists(), "{}", String::from_utf8_lossy(&plain.stderr));
    let _ = fs::remove_file(&mark);
    let before = fs::read(root.join(".git/index")).expect("the index can be read");
    let file = "northmoor/third.yaml";
    for arguments in [
        vec!["HEAD~1", "HEAD", "--", file],
        vec!["HEAD~4..", "--", "northmoor"],
        vec!["police...", "--", file],
        vec!["--since", "2026-05-31", file],
        vec!["nowhere", "--", file],
        // A folder that was not there, of which git is asked what it was called.
        vec!["HEAD~3", "HEAD", "--", "northmoor"],
    ] {
        diff(root, &arguments);
    }
    let history = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(["trend", "--history", file])
        .current_dir(root)
        .output()
        .expect("the program starts");
    assert!(!history.stdout.is_empty());
    let traces = fs::read_to_string(&mark).unwrap_or_default();
    assert_eq!(traces, "", "something of the repository was run");
    let after = fs::read(root.join(".git/index")).expect("the index can be read");
    assert_eq!(before, after, "the repository was written to");
}

/// Sets a repository up as docs/git.md says, for this repository alone.
fn set_up(root: &Path) {
    let program = env!("CARGO_BIN_EXE_scrutiny");
    git(root, &["config", "diff.scrutiny.textconv", &format!("{program} git facts")]);
    git(root, &["config", "merge.scrutiny.driver", &format!("{program} git merge %O %A %B")]);
    fs::write(root.join(".gitattributes"), "*.yaml diff=scrutiny merge=scrutiny\n")
        .expect("written");
}

/// Merges the branch of the police. Returns whether git could.
fn merge_police(root: &Path) -> bool {
    let output = Command::new("git")
        .args(["-c", "user.name=Scrutineer", "-c", "user.email=scrutineer@example.org"])
        .args(["merge", "-q", "--no-edit", "police"])
        .current_dir(root)
        .output()
        .expect("git is installed");
    output.status.success()
}

/// Two people change the file on two branches. Returns whether git merged, and what came of it.
fn merged(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> (bool, String) {
    let folder = begun();
    let root = folder.path();
    set_up(root);
    write(root, "a.yaml", &[("1.1", "red"), ("1.2", "red"), ("1.3", "red")]);
    commit(root, "2026-07-01");
    git(root, &["checkout", "-q", "-b", "police"]);
    write(root, "a.yaml", theirs);
    commit(root, "2026-07-02");
    git(root, &["checkout", "-q", "main"]);
    write(root, "a.yaml", ours);
    commit(root, "2026-07-03");
    let is_merged = merge_police(root);
    let text = fs::read_to_string(root.join("a.yaml")).expect("the file is there");
    (is_merged, text)
}

#[test]
fn git_brings_answers_to_different_questions_together() {
    let base = [("1.1", "red"), ("1.2", "red"), ("1.3", "red")];
    let ours = [("1.1", "green"), base[1], base[2], ("1.4", "amber")];
    let theirs = [base[0], ("1.2", "amber"), base[2]];
    let (is_merged, text) = merged(&ours, &theirs);
    let wanted = "ratings:\n  1.1:\n    rating: green\n    because: Seen.\n  1.2:\n    rating: amber\n    \
        because: Seen.\n  1.3:\n    rating: red\n    because: Seen.\n  1.4:\n    rating: amber\n    \
        because: Seen.\n";
    assert!(is_merged && text.ends_with(wanted), "{text}");
}

#[test]
fn git_leaves_a_choice_where_both_changed_one_answer() {
    let base = [("1.1", "red"), ("1.2", "red"), ("1.3", "red")];
    let (is_merged, text) = merged(
        &[base[0], ("1.2", "green"), base[2]],
        &[("1.1", "amber"), ("1.2", "amber"), base[2]],
    );
    assert!(!is_merged, "{text}");
    let wanted = "  1.1:\n    rating: amber\n    because: Seen.\n<<<<<<< ours\n  1.2:\n    \
        rating: green\n    because: Seen.\n=======\n  1.2:\n    rating: amber\n    because: \
        Seen.\n>>>>>>> theirs\n  1.3:\n";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn git_loses_nothing_where_one_version_has_faults_of_layout() {
    let folder = begun();
    let root = folder.path();
    set_up(root);
    write(root, "a.yaml", &[("1.1", "red"), ("1.2", "red"), ("1.3", "red"), ("1.4", "red")]);
    commit(root, "2026-07-01");
    git(root, &["checkout", "-q", "-b", "police"]);
    let path = root.join("a.yaml");
    let change = |from: &str, to: &str| {
        let text = fs::read_to_string(&path).expect("it is there");
        fs::write(&path, text.replacen(from, to, 1)).expect("a file can be written");
    };
    // A colon that makes it no YAML, and a change that stands far from that of the other.
    change("because: Seen.", "because: Seen: twice");
    change("1.4:\n    rating: red", "1.4:\n    rating: amber");
    commit(root, "2026-07-02");
    git(root, &["checkout", "-q", "main"]);
    change("because: Seen.", "because: Heard.");
    commit(root, "2026-07-03");
    assert!(!merge_police(root), "both changed one line");
    let text = fs::read_to_string(&path).expect("the file is there");
    let marked =
        "<<<<<<< ours\n    because: Heard.\n=======\n    because: Seen: twice\n>>>>>>> theirs";
    assert!(text.contains(marked) && text.contains("1.4:\n    rating: amber"), "{text}");
}

#[test]
fn git_shows_differences_as_facts() {
    let folder = repository();
    let root = folder.path();
    set_up(root);
    let output = Command::new("git")
        .args(["diff", "HEAD~1", "HEAD", "--", "northmoor/third.yaml"])
        .current_dir(root)
        .output()
        .expect("git is installed");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("\n-ratings 1.2 rating: red\n+ratings 1.2 rating: amber\n"), "{shown}");
}

#[test]
fn git_shows_differences_also_of_what_is_no_text() {
    let folder = repository();
    let root = folder.path();
    set_up(root);
    fs::write(root.join("old.yaml"), b"caf\xe9\n").expect("a file can be written");
    commit(root, "2026-09-01");
    fs::write(root.join("old.yaml"), b"caf\xe8\n").expect("a file can be written");
    let output = Command::new("git").args(["diff"]).current_dir(root).output();
    let output = output.expect("git is installed");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let has = |line: &[u8]| output.stdout.split(|byte| *byte == b'\n').any(|own| own == line);
    assert!(has(b"-caf\xe9") && has(b"+caf\xe8"), "{said}");
}
