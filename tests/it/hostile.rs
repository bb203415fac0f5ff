//! Inputs that no case folder can hold: huge, deeply nested, in links, without permission.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[cfg(unix)]
use super::program::left_out;
use super::program::{run, run_with};

const HEAD: &str = "scrutiny: assessment\nchecklist: six-steps-2019\npartnership: Northmoor\n\
                    period: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\n";

/// Validates a text; returns what was printed on both streams and the exit code.
fn validate(text: &[u8]) -> (String, i32) {
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("a.yaml"), text).expect("a file can be written");
    outcome(place.path(), &["validate", "--format", "short", "a.yaml"])
}

fn outcome(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let start = Instant::now();
    let output = run(folder, arguments, b"");
    // No measure of speed, only that it does not hang.
    assert!(start.elapsed() < Duration::from_secs(60), "it took {:?}", start.elapsed());
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(!text.contains("panicked"), "{text}");
    (text.into_owned(), output.status.code().expect("it was not killed"))
}

fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
    let (shown, code) = validate(text.as_ref());
    let start: String = shown.chars().take(2000).collect();
    assert_eq!(code, 1, "{start}");
    for part in expected {
        assert!(shown.contains(part), "{part} is not in: {start}");
    }
    assert!(shown.len() < 20_000, "{} bytes were printed", shown.len());
}

#[test]
fn deep_nesting_is_refused() {
    check("[".repeat(100_000), &["a.yaml:1:65", "[too-large]"]);
    check(format!("{HEAD}ratings: {}", "{a: ".repeat(100_000)), &["[too-large]"]);
    check(format!("{HEAD}evidence:\n{}", deep_block()), &["[too-large]"]);
    check(format!("scrutiny = \"checklist\"\nid = {}", "[".repeat(100_000)), &["a.yaml:"]);
}

fn deep_block() -> String {
    (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth + 1))).collect()
}

#[test]
fn large_files_are_read_up_to_the_cap() {
    let prose = "All is well. ".repeat(10 * 1024 * 1024 / 13 - 200);
    let text = format!("{HEAD}ratings:\n  1.1:\n    rating: gren\n    because: |\n      {prose}\n");
    assert!(text.len() < 10 * 1024 * 1024);
    check(&text, &["a.yaml:9:13", "[unknown-rating]"]);
    check(text + &"x".repeat(1024 * 1024), &["larger than 10 MiB", "[too-large]"]);
}

#[test]
fn aliases_are_refused_before_they_grow() {
    let mut text = HEAD.to_owned() + "a0: &a0 [x, x]\n";
    for level in 1..60 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    check(text, &["a.yaml:7:5", "[yaml-extra]"]);
}

#[test]
fn thousands_of_faults_do_not_hang() {
    let duplicates = "notes: x\n".repeat(20_000);
    let (shown, code) = validate(format!("{HEAD}{duplicates}").as_bytes());
    assert_eq!((code, shown.contains("[duplicate-key]")), (1, true));
    let colons = "because: a: b\n".repeat(20_000);
    let (shown, code) = validate(format!("{HEAD}{colons}").as_bytes());
    assert_eq!((code, shown.contains("[colon-in-text]")), (1, true));
    let questions: String =
        (0..50_000).map(|number| format!("  9.{number}: {{rating: x}}\n")).collect();
    let (shown, code) = validate(format!("{HEAD}ratings:\n{questions}").as_bytes());
    assert_eq!((code, shown.contains("[unknown-question]")), (1, true));
}

#[test]
fn long_rows_of_signs_do_not_hang() {
    for sign in ["*", "~", "`", "_", "(", "[", "-", "=", "#", "`*", "( ", "1 ", "A "] {
        let row = sign.repeat(300_000);
        let (shown, code) = validate(format!("{HEAD}summary: |\n  {row}\n").as_bytes());
        assert!(code < 2, "{sign}: {shown}");
    }
}

#[test]
fn faults_on_one_long_line_cost_what_they_cost_on_many() {
    let task = "x".repeat(200);
    let action = format!("{{id: A, task: Write {task}, due: 2027-01-30}}");
    let took = |text: &str| {
        let start = Instant::now();
        let (shown, code) = validate(text.as_bytes());
        assert_eq!((code, shown.contains("[weekend-due]")), (1, true));
        start.elapsed()
    };
    let many = took(&format!("{HEAD}actions:{}", format!("\n  - {action}").repeat(30_000)));
    let one = took(&format!("{HEAD}actions: [{}]\n", format!("{action}, ").repeat(30_000)));
    // To count from the start of the line each time took ten times as long.
    assert!(one < 3 * many + Duration::from_secs(2), "{one:?} against {many:?}");
}

#[test]
fn a_chain_of_extends_without_end_is_told_where_it_begins() {
    let place = tempfile::tempdir().expect("a temporary folder");
    for number in 0..5000 {
        let text = format!(
            "scrutiny = \"checklist\"\nid = \"c{number}\"\nattribution = \"x\"\nextends = \"c{}.toml\"\n",
            number + 1
        );
        fs::write(place.path().join(format!("c{number}.toml")), text).expect("it can be written");
    }
    let last = "scrutiny = \"checklist\"\nid = \"c5000\"\n[[step]]\nid = \"1\"\ntitle = \"One\"\n";
    fs::write(place.path().join("c5000.toml"), last).expect("it can be written");
    let told = "More than 32 checklists extend one another from here on [circular-extends]";
    let check = |first: &[&str], expected: bool| {
        let (shown, code) =
            outcome(place.path(), &[&["validate", "--format", "short"], first].concat());
        assert_eq!((code, shown.contains(told)), (1, expected), "{first:?}: {shown}");
    };
    check(&["c0.toml"], true);
    check(&["c4968.toml"], true);
    // It is the same whether what it extends was read before or not.
    check(&["c4969.toml"], false);
    let (shown, _) = outcome(
        place.path(),
        &["validate", "--format", "short", "c4990.toml", "c4968.toml", "c4960.toml"],
    );
    assert_eq!(shown.matches(told).count(), 2, "{shown}");
}

/// What is misspelt, or stands twice, among very much else.
#[test]
fn many_unknown_words_among_many_known_do_not_hang() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let some = |most: usize, line: fn(usize) -> String| (0..most).map(line).collect::<String>();
    let each = |line| some(8000, line);
    let fewer = |line| some(3000, line);
    let check = |name: &str, text: String, rule: &str| {
        fs::write(place.path().join(name), text).expect("a file can be written");
        let (shown, code) = outcome(place.path(), &["validate", name]);
        assert!(
            code < 2 && shown.contains(rule),
            "{rule}: {}",
            shown.chars().take(2000).collect::<String>()
        );
        assert!(shown.len() < 10_000_000, "{rule}: {} bytes", shown.len());
    };
    let cited = each(|number| format!("      - ref: E-{number}\n"));
    let known = each(|number| format!("  EX-{number}: {{source: Plan}}\n"));
    let text = format!("{HEAD}ratings:\n  1.1:\n    evidence:\n{cited}evidence:\n{known}");
    check("a.yaml", text, "unknown-evidence");
    let views = each(|number| format!("      p{number}: green\n"));
    check("a.yaml", format!("{HEAD}ratings:\n  1.1:\n    views:\n{views}"), "undeclared-agency");

    let head = |id: &str| {
        format!("scrutiny = \"checklist\"\nid = \"{id}\"\ntitle = \"T\"\nattribution = \"x\"\n")
    };
    let step = "[[scales.rag]]\nvalue = \"green\"\n[[step]]\nid = \"1\"\ntitle = \"One\"\n";
    let choices = each(|number| format!("\"c{number}\", "));
    let question = format!(
        "[[step.question]]\nid = \"1.1\"\nask = \"What?\"\nkind = \"choice\"\nchoices = [{choices}\"C1\"]\n"
    );
    check("a.toml", head("a") + step + &question, "missing-choices");
    let questions = fewer(|number| {
        format!(
            "[[step.question]]\nid = \"1.{number}\"\nask = \"What?\"\nonly-if = \"2.{number} = yes\"\n"
        )
    });
    check("base.toml", head("base") + step + &questions, "unknown-condition");
    let changes = fewer(|number| format!("[[drop]]\nid = \"3.{number}\"\nwhy = \"w\"\n"));
    check("local.toml", head("local") + "extends = \"base.toml\"\n" + &changes, "unknown-change");
    let answers = fewer(|number| format!("  4.{number}: {{rating: green}}\n"));
    let text = HEAD.replace("six-steps-2019", "base.toml") + "ratings:\n" + &answers;
    check("b.yaml", text, "unknown-question");
}

#[test]
fn thousands_of_questions_to_ask_do_not_hang() {
    let value = |value| format!("[[scales.rag]]\nvalue = \"{value}\"\nlabel = \"{value}\"\n");
    let mut checklist = format!(
        "scrutiny = \"checklist\"\nid = \"many-1\"\ntitle = \"Many\"\nedition = \"1\"\n{}{}\
         [[step]]\nid = \"1\"\ntitle = \"All\"\n",
        value("green"),
        value("red"),
    );
    let mut answers = HEAD.replace("six-steps-2019", "./many.toml") + "ratings:\n";
    for number in 0..4000 {
        checklist += &format!("[[step.question]]\nid = \"1.{number}\"\ntitle = \"How\"\n");
        checklist += "ask = \"How?\"\nkind = \"rag\"\n";
        answers += &format!("  1.{number}: {{rating: red, actions: [{{id: A-{number}}}]}}\n");
    }
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::write(place.path().join("many.toml"), checklist).expect("a file can be written");
    fs::write(place.path().join("a.yaml"), answers).expect("a file can be written");
    let (shown, code) = outcome(place.path(), &["enquiry", "a.yaml"]);
    assert_eq!((code, shown.contains("4000 of 4000 questions")), (0, true), "{shown:.2000}");
}

/// What one edition asks is matched with what another asked, question by question and step by step.
#[test]
fn thousands_of_questions_are_matched_without_delay() {
    const MOST: usize = 5000;
    let checklist = |id: &str, change: &dyn Fn(usize) -> String| {
        let mut text = format!(
            "scrutiny = \"checklist\"\nid = \"{id}\"\ntitle = \"Many\"\nedition = \"{id}\"\n\
             attribution = \"x\"\n[[scales.rag]]\nvalue = \"green\"\n"
        );
        for number in 0..MOST {
            text += &format!("[[step]]\nid = \"{number}\"\ntitle = \"Step {number}\"\n");
            text += &format!("[[step.question]]\nid = \"{}\"\n", change(number));
            text += &format!("title = \"T\"\nask = \"Is number {number} known?\"\n");
        }
        text
    };
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        fs::write(place.path().join(name), text).expect("a file can be written");
    };
    write("old.toml", &checklist("old", &|number| format!("{number}.1")));
    write("new.toml", &checklist("new", &|number| format!("{number}.{}", 1 + number % 2)));
    let mut text = HEAD.replace("six-steps-2019", "./old.toml") + "ratings:\n";
    for number in 0..MOST {
        text += &format!("  {number}.1:\n    rating: green\n    actions:\n");
        text += &format!("      - {{id: A-{number}, task: Do it, covers: [{number}.1]}}\n");
    }
    write("q2.yaml", &text);
    let check = |arguments: &str, expected: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let (shown, code) = outcome(place.path(), &arguments);
        assert!(code < 2 && shown.contains(expected), "{arguments:?}: {code}, {shown:.2000}");
    };
    check("form q2.yaml --for self --format text", "4999.1");
    check("init --from q2.yaml --checklist new.toml -o q3.yaml", "Wrote q3.yaml");
    check("migrate q2.yaml --to new.toml --mapping to-new.toml", "Wrote to-new.toml");
    check("migrate q2.yaml --to new.toml --mapping to-new.toml -o m.yaml", "Wrote m.yaml");
    check("report q2.yaml", "4999.1");
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(HEAD.bytes().flat_map(|b| [b, 0])).collect();
    check(utf16, &["UTF-16", "[unreadable-text]"]);
    let utf16: Vec<u8> = HEAD.bytes().flat_map(|byte| [0, byte]).collect();
    check(utf16, &["UTF-16", "[unreadable-text]"]);
    check(b"scrutiny: assessment\nnotes: caf\xe9\n", &["a.yaml:2:11", "ANSI", "[unreadable-text]"]);
    check(b"scrutiny: assessment\nnotes: a\0b\n", &["a.yaml:2:9", "NUL", "[unreadable-text]"]);
    check(b"PK\x03\x04rest", &["Word, Excel or zip", "[unreadable-text]"]);
}

#[test]
fn what_cannot_be_read_at_all_is_an_error() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let expect = |arguments: &[&str], part: &str| {
        let (shown, code) = outcome(place.path(), arguments);
        assert_eq!(code, 2, "{shown}");
        assert!(shown.contains(part), "{part} is not in: {shown}");
        assert_eq!(shown.trim_end().lines().count(), 1, "one sentence: {shown}");
    };
    fs::create_dir(place.path().join("empty")).expect("a folder can be made");
    expect(&["validate", "missing.yaml"], "error: missing.yaml does not exist");
    expect(&["validate", "empty"], "there is nothing to read in empty");
    expect(&["checklist", "show", "six-step-2019"], "did you mean six-steps-2019?");
    expect(&["explain", "missing-evidnce"], "did you mean missing-evidence?");
    fs::write(place.path().join("assess.yaml"), HEAD).expect("a file can be written");
    expect(&["report", "asses.yaml"], "did you mean assess.yaml?");
    expect(&["assess", "empty/../empty"], "there is nothing to read in");
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_workspace() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let own = place.path().join("own");
    fs::create_dir(&own).expect("a folder can be made");
    let checklist =
        "scrutiny = \"checklist\"\nid = \"secret\"\ntitle = \"Secret\"\nattribution = \"x\"\n";
    fs::write(place.path().join("outside.toml"), checklist).expect("a file can be written");
    fs::write(own.join("scrutiny.toml"), "partnership = \"Northmoor\"\n")
        .expect("it can be written");
    std::os::unix::fs::symlink("../outside.toml", own.join("link.toml"))
        .expect("a link can be made");
    for path in ["link.toml", "../outside.toml", "./x/../../outside.toml"] {
        let text = HEAD.replace("six-steps-2019", path);
        fs::create_dir_all(own.join("x")).expect("a folder can be made");
        fs::write(own.join("a.yaml"), text).expect("a file can be written");
        let (shown, code) = outcome(&own, &["validate", "a.yaml"]);
        assert_eq!(code, 1, "{shown}");
        assert!(
            shown.contains("leads out of the workspace [outside-workspace]"),
            "{path}: {shown}"
        );
        assert!(!shown.contains("Secret"), "{path}: {shown}");
    }
}

#[test]
fn a_folder_named_in_two_ways_is_read_once() {
    let place = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(place.path().join("inner")).expect("a folder can be made");
    let text = format!("{HEAD}ratings: {{1.1: {{rating: gren}}}}\n");
    fs::write(place.path().join("inner/a.yaml"), text).expect("a file can be written");
    let whole = place.path().to_string_lossy().into_owned();
    for paths in [[".", "inner"], [&whole, "."], ["inner", &whole], ["./inner/a.yaml", "inner"]] {
        let (shown, code) =
            outcome(place.path(), &["validate", "--format", "short", paths[0], paths[1]]);
        assert_eq!(code, 1, "{paths:?}: {shown}");
        assert!(shown.contains("1 file checked"), "{paths:?}: {shown}");
    }
}

#[test]
fn what_one_person_ignores_is_read_all_the_same() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file can be written");
    };
    write("home/.config/git/ignore", "global.yaml\n");
    write("files/.git/info/exclude", "excluded.yaml\n");
    write("files/.ignore", "searched.yaml\n");
    write("files/.gitignore", "ignored.yaml\n");
    for name in ["global", "excluded", "searched", "ignored"] {
        write(
            &format!("files/{name}.yaml"),
            &format!("{HEAD}ratings: {{1.1: {{rating: gren}}}}\n"),
        );
    }
    let home = place.path().join("home").to_string_lossy().into_owned();
    let arguments = ["validate", "--format", "short", "files"];
    let output = run_with(place.path(), &arguments, b"", &[("HOME", &home)]);
    let shown = String::from_utf8_lossy(&output.stdout);
    for name in ["global", "excluded", "searched"] {
        assert!(shown.contains(&format!("files/{name}.yaml:")), "{name}: {shown}");
    }
    assert!(!shown.contains("ignored.yaml"), "{shown}");
}

#[test]
fn detours_in_paths_change_nothing() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = |name: &str| {
        let folder = place.path().join(name);
        fs::create_dir_all(&folder).expect("a folder can be made");
        folder
    };
    let (here, beside) = (folder("own/here"), folder("own/beside"));
    let checklist = "scrutiny = \"checklist\"\nid = \"local\"\n";
    fs::write(beside.join("base.toml"), checklist).expect("a file can be written");
    let checklist = checklist.to_owned() + "extends = \"../beside/base.toml\"\n";
    fs::write(beside.join("local.toml"), checklist).expect("a file can be written");
    let text = HEAD.replace("six-steps-2019", "local.toml") + "ratings: {1.1: {rating: gren}}\n";
    fs::write(beside.join("a.yaml"), &text).expect("a file can be written");
    let check = |folder: &Path, path: &str, expected: &str| {
        for format in ["short", "json", "junit"] {
            let (shown, code) = outcome(folder, &["validate", "--format", format, path]);
            assert_eq!(code, 1, "{path}: {shown}");
            for file in ["a.yaml", "base.toml"] {
                let file = format!("{expected}{file}");
                assert!(shown.contains(&file), "{path}: {file} is not in: {shown}");
            }
            assert!(!shown.contains(&*place.path().to_string_lossy()), "{path}: {shown}");
            assert!(!shown.contains("beside/../") && !shown.contains("./beside/.."), "{shown}");
            // Those of the folder in which the user stands do not count for a file beside it.
            assert!(!shown.contains("outside-workspace"), "{path}: {shown}");
        }
    };
    let top = place.path().join("own");
    check(&top, "./beside/../here/.././beside", "beside/");
    check(&here, "../beside", "../beside/");
    check(&here, "../beside/../beside", "../beside/");
    check(&beside, "../beside", "");
    let (shown, _) = outcome(&here, &["validate", "--format", "short", "../here/../beside/a.yaml"]);
    assert!(shown.starts_with("../beside/"), "{shown}");
    #[cfg(unix)]
    {
        // Behind a link, `..` is the folder above what the link leads to.
        std::os::unix::fs::symlink("own/beside", place.path().join("link")).expect("a link");
        let (shown, _) =
            outcome(place.path(), &["validate", "--format", "short", "link/../beside"]);
        assert!(shown.starts_with("own/beside/"), "{shown}");
    }
}

#[test]
fn a_closed_pipe_is_silent() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_scrutiny"))
        .args(["checklist", "show", "six-steps-2019"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

/// A folder passes over the files of others, and knows its own behind any number of comments.
#[test]
fn a_file_is_known_behind_its_comments() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let comments = "# This stands before everything else.\n\n".repeat(1000);
    for (name, text) in [("ours.yaml", "scrutiny: assessment\n"), ("other.yaml", "other: 1\n")] {
        let text = format!("\u{feff}{comments}{text}");
        fs::write(place.path().join(name), text).expect("it can be written");
    }
    let output = run(place.path(), &["validate", "--format", "short", "."], b"");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("ours.yaml:") && !shown.contains("other.yaml:"), "{shown}");
}

#[test]
fn a_baseline_is_read_whole_however_large_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.yaml"), HEAD).expect("a file can be written");
    let (said, code) = outcome(folder.path(), &["baseline", "write", "a.yaml", "-o", "baseline"]);
    assert_eq!(code, 0, "{said}");
    let path = folder.path().join("baseline");
    let written = fs::read_to_string(&path).expect("it was written");
    let (head, own) = written.split_once('\n').expect("it has a first line");
    // What it says about other files stands before what it says about this one.
    let line = |number| format!("{number:032x} unrated-question {} none.yaml\n", "1/".repeat(30));
    let others: String = (0..120_000).map(line).collect();
    assert!(others.len() > 10 * 1024 * 1024, "{}", others.len());
    fs::write(&path, format!("{head}\n{others}{own}")).expect("a file can be written");
    let tolerant = ["validate", "--deny", "advice", "--baseline", "baseline", "a.yaml"];
    let (said, code) = outcome(folder.path(), &tolerant);
    assert!(code == 0 && said.contains("Fixed since the baseline: 120000"), "{said}");
    assert_eq!(outcome(folder.path(), &["validate", "--deny", "advice", "a.yaml"]).1, 1);
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_no_line_and_no_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["x\n::error::planted.yaml", "::error::planted.yaml"] {
        fs::write(folder.path().join(name), HEAD).expect("a file can be written");
        for arguments in [
            vec!["validate", "--format", "short", "--", name],
            vec!["validate", "--format", "github", "--", name],
            vec!["validate", "--", name],
            vec!["report", "--", name],
        ] {
            let (said, _) = outcome(folder.path(), &arguments);
            assert!(said.contains("planted.yaml"), "{arguments:?}: {said}");
            let is_command = |line: &str| line.trim_start().starts_with("::error::");
            assert!(!said.lines().any(is_command), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn a_merge_that_cannot_be_done_says_that_one_side_is_not_in_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &[u8]| {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    };
    write("base.yaml", HEAD.as_bytes());
    write("ours.yaml", HEAD.as_bytes());
    let ours = || fs::read(folder.path().join("ours.yaml")).expect("it is there");
    for theirs in [b"caf\xe9\n".to_vec(), [HEAD.as_bytes(), &vec![b'#'; 11 << 20]].concat()] {
        write("theirs.yaml", &theirs);
        let merge = ["git", "merge", "base.yaml", "ours.yaml", "theirs.yaml"];
        let (said, code) = outcome(folder.path(), &merge);
        assert!(code == 2 && said.contains("git checkout --theirs"), "{said}");
        assert_eq!(ours(), HEAD.as_bytes(), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn what_the_system_refuses_is_told_in_one_sentence() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).expect("a folder can be made");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("it can be set");
    if fs::read_dir(&locked).is_ok() {
        left_out("whoever runs this may read every folder");
    } else {
        let (said, code) = outcome(folder.path(), &["validate", "."]);
        assert_eq!(said, "error: cannot read locked: you have no permission for that\n");
        assert_eq!(code, 2);
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("it can be set");
    fs::write(folder.path().join("file"), HEAD).expect("a file can be written");
    let (said, code) = outcome(folder.path(), &["init", "-o", "file/a.yaml"]);
    assert!(code == 2 && !said.contains("os error"), "{said}");
}
