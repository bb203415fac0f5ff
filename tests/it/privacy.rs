//! `privacy` over real repositories, and the list of names that nobody may see.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::program::{files, git_on, root};

fn git(folder: &Path, arguments: &[&str]) {
    git_on(folder, "2026-07-01", arguments);
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

fn scrutiny(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var("PATH").unwrap_or_default())
        .output()
        .expect("the program starts")
}

fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// A repository in which personal data was changed, deleted, merged, put aside and amended away.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(root.join("a")).expect("it can be made");
        fs::write(root.join(name), text).expect("it can be written");
    };
    git(root, &["init", "-q", "."]);
    write("a/first.md", "All is well.\nRing 07111 222333.\n");
    write("a/second.md", "Her son Jack was seen.\n");
    commit(root, "Begin");
    write("a/first.md", "All is well, still.\nRing 07111 222333.\n");
    commit(root, "Go on");
    write("a/first.md", "All is well.\n");
    fs::remove_file(root.join("a/second.md")).expect("it is there");
    commit(root, "Take it out for the mother Amina");
    // On a branch whose merge took nothing of it.
    git(root, &["checkout", "-q", "-b", "side"]);
    write("a/third.md", "Lives in SW1A 2AA.\n");
    commit(root, "Aside");
    git(root, &["checkout", "-q", "main"]);
    git(root, &["merge", "-q", "-s", "ours", "--no-edit", "side"]);
    git(root, &["branch", "-q", "-D", "side"]);
    // Amended away, so that only the log of branches leads there.
    write("a/fourth.md", "The carer is AB123456C.\n");
    commit(root, "Add");
    write("a/fourth.md", "The carer was paid.\n");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "--amend", "-m", "Add a page"]);
    write("a/picture.png", "\u{89}PNG\0\0");
    commit(root, "Add a picture");
    folder
}

#[test]
fn finds_what_git_still_holds() {
    let folder = repository();
    let output = scrutiny(folder.path(), &["privacy", "--history", "a", "--format", "short"]);
    let text = shown(&output);
    for (place, rule) in [
        (":a/first.md:2:6", "telephone-number"),
        (":a/second.md:1:9", "named-relative"),
        (":a/third.md:1:10", "postcode"),
        (":a/fourth.md:1:14", "national-insurance-number"),
        (":message:1:", "named-relative"),
    ] {
        let is_there = text.lines().any(|line| line.contains(place) && line.contains(rule));
        assert!(is_there, "{place} {rule}: {text}");
    }
    assert!(text.contains("it is in 2 versions, from commit "), "{text}");
    assert!(text.contains(" of 2026-07-01"), "{text}");
    assert!(text.contains("could not be looked through") && text.contains("picture.png"), "{text}");
    assert!(text.contains("git filter-repo"), "{text}");
    for secret in ["07111", "Jack", "2AA", "AB123456", "Amina"] {
        assert!(!text.contains(secret), "{secret} is shown: {text}");
    }
    assert_eq!(output.status.code(), Some(0), "advice inside");
    let public = scrutiny(folder.path(), &["privacy", "--history", "--audience", "public", "."]);
    assert_eq!(public.status.code(), Some(1), "{}", shown(&public));
    // As the files are now, nothing is left.
    let now = shown(&scrutiny(folder.path(), &["privacy", "a/first.md", "a/fourth.md"]));
    assert!(now.contains("No known pattern was found"), "{now}");
}

#[test]
fn says_where_there_is_no_history() {
    let folder = repository();
    let output = scrutiny(folder.path(), &["privacy", "--history", "b"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(shown(&output).contains("git holds nothing under b"), "{}", shown(&output));
}

#[test]
fn a_repository_runs_nothing() {
    let folder = repository();
    let root = folder.path();
    let mark = root.join("mark");
    let trap = format!("touch {}", mark.display());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.smudge",
        "gpg.program",
        "credential.helper",
    ] {
        git(root, &["config", key, &trap]);
    }
    git(root, &["config", "log.showSignature", "true"]);
    fs::write(root.join(".gitattributes"), "* diff=trap filter=trap\n").expect("written");
    fs::write(root.join("names.txt"), "Amina\n").expect("written");
    scrutiny(root, &["privacy", "--history", "."]);
    scrutiny(root, &["privacy", "--names", "names.txt", "a/first.md"]);
    assert!(!mark.exists(), "something of the repository was run");
}

#[test]
fn a_list_of_names_is_refused_where_git_may_keep_it() {
    let folder = repository();
    let root = folder.path();
    fs::write(root.join("names.txt"), "Jack Smith\n").expect("written");
    fs::write(root.join("b.md"), "Then Jack Smith came.\n").expect("written");
    let run = || scrutiny(root, &["privacy", "--names", "names.txt", "b.md"]);
    let check = |output: &Output, code: i32, said: &str| {
        let text = shown(output);
        assert_eq!(output.status.code(), Some(code), "{text}");
        assert!(text.contains(said) && !text.contains("Smith"), "{text}");
    };
    check(&run(), 2, "the next commit may take it");
    fs::write(root.join(".gitignore"), "names.txt\n").expect("written");
    check(&run(), 0, "[known-name]");
    git(root, &["add", "-f", "names.txt"]);
    check(&run(), 2, "git keeps the list of names");
    // A link to a list that git keeps is no better.
    #[cfg(unix)]
    {
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        let link = elsewhere.path().join("names.txt");
        std::os::unix::fs::symlink(root.join("names.txt"), &link).expect("a link can be made");
        let link = link.to_string_lossy().into_owned();
        check(&scrutiny(root, &["privacy", "--names", &link, "b.md"]), 2, "git keeps the list");
    }
    let outside = tempfile::tempdir().expect("a temporary folder");
    let list = outside.path().join("names.txt");
    fs::write(&list, "Jack Smith\n").expect("written");
    let list = list.to_string_lossy().into_owned();
    for command in ["privacy", "validate"] {
        let output = scrutiny(root, &[command, "--names", &list, "b.md"]);
        assert!(!shown(&output).contains("Smith"), "{}", shown(&output));
    }
}

/// Whatever is wrong with a list or with what it is looked for in, nothing of it is shown.
#[test]
fn names_are_never_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let names = ["Quillfeather", "Zebedee Oddfellow", "Ŵynneth"];
    let list = |more: &[u8]| {
        let mut bytes = names.join("\n").into_bytes();
        bytes.extend(more);
        fs::write(root.join("names.txt"), bytes).expect("written");
    };
    let head = "scrutiny: assessment\nchecklist: six-steps-2019\npartnership: Quillfeather\n\
        period: 2026-27 Q2\nperspective: quillfeather\nas-at: 2026-09-30\n";
    let wrong = "summary: 'Quillfeather said: no\nratings:\n  1.1: {rating: Quillfeather, because: TBC}\n  \
        Zebedee Oddfellow: red\n";
    fs::write(root.join("a.yaml"), format!("{head}{wrong}")).expect("written");
    fs::write(root.join("Zebedee-Oddfellow.yaml"), head).expect("written");
    fs::write(root.join("b.md"), "Ŵynneth, WYNNETH, zebedee\noddfellow’s\n").expect("written");
    for more in [&b"\n"[..], b"\nX\n", b"\n\xff\n", b"\n\0\n"] {
        list(more);
        for arguments in [
            &["privacy", "--names", "names.txt", "a.yaml", "b.md"][..],
            &["privacy", "--names", "names.txt", "--audience", "public", "."],
            &["validate", "--names", "names.txt", "."],
            &["validate", "--names", "names.txt", "--format", "short", "."],
            &["-v", "validate", "--names", "names.txt", "a.yaml"],
            &["collate", "--names", "names.txt", "--audience", "public", "a.yaml"],
        ] {
            let output = scrutiny(root, arguments);
            let text = shown(&output).to_lowercase();
            for name in ["quillfeather", "oddfellow", "wynneth", "ŵynneth"] {
                assert!(!text.contains(name), "{arguments:?} shows {name}: {text}");
            }
        }
    }
}

#[test]
fn a_blank_form_gives_nobody_away() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut made = 0;
    for checklist in files(&root().join("checklists")) {
        let id = checklist.file_stem().expect("a checklist has a name").to_string_lossy();
        for whom in ["police", "self", "scrutineer"] {
            for ending in ["txt", "csv"] {
                let file = format!("{id}-{whom}.{ending}");
                let form = ["form", "--checklist", &id, "--for", whom, "-o", &file];
                let of = ["--partnership", "Northmoor", "--period", "2026-27 Q3"];
                let output = scrutiny(folder.path(), &[&form[..], &of].concat());
                let is_there = output.status.code() == Some(0);
                let is_none = shown(&output).contains("has no question for");
                assert!(is_there || is_none, "{file}: {}", shown(&output));
                made += usize::from(is_there);
            }
        }
    }
    assert!(made >= 60, "{made} forms");
    let names: Vec<String> =
        files(folder.path()).iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let mut line = vec!["privacy", "--audience", "public", "--format", "short"];
    line.extend(names.iter().map(String::as_str));
    let output = scrutiny(folder.path(), &line);
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let all = format!("{made} files looked through: nothing to report");
    assert!(shown(&output).contains(&all), "{}", shown(&output));
}
