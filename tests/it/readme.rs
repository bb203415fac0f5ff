//! The README: what it shows is what the program does, and its first assessment is right.

use std::fs;
use std::path::Path;

use super::program::{root, run};

/// The fenced blocks of a language, as text.
fn blocks(readme: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let rest = readme.split(fence.as_str()).skip(1);
    rest.map(|block| block.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = root().join("README.md");
    let mut readme = fs::read_to_string(&path).expect("the README can be read");
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let folder = root().join("tests/cases/readme/files");
    let blocks = blocks(&readme, "console");
    assert!(blocks.len() >= 4, "{} screens are shown", blocks.len());
    for block in blocks {
        let command = block.lines().next().and_then(|line| line.strip_prefix("$ scrutiny "));
        let command = command.expect("a screen begins with its command");
        let arguments: Vec<&str> = command.split_whitespace().collect();
        let output = run(&folder, &arguments, b"");
        let printed = String::from_utf8(output.stdout).expect("the program prints UTF-8");
        let shown = format!("$ scrutiny {command}\n{}\n", printed.trim_end());
        if is_update {
            readme = readme
                .replace(&format!("```console\n{block}```"), &format!("```console\n{shown}```"));
        } else {
            assert_eq!(block, shown);
        }
    }
    if is_update {
        fs::write(path, readme).expect("the README can be written");
    }
}

#[test]
fn the_first_assessment_of_the_readme_is_right() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README can be read");
    let blocks = blocks(&readme, "yaml");
    let [assessment] = blocks.as_slice() else { panic!("{} assessments are shown", blocks.len()) };
    let kept = root().join("tests/cases/readme/files/first.yaml");
    assert_eq!(fs::read_to_string(kept).expect("it can be read"), *assessment);
    let output = run(root(), &["validate", "-"], assessment.as_bytes());
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(!shown.contains("error:"), "{shown}");
}

#[test]
fn the_formats_page_shows_what_can_be_read() {
    let page = fs::read_to_string(root().join("docs/formats.md")).expect("the page can be read");
    let blocks = blocks(&page, "yaml");
    let [assessment, programme] = blocks.as_slice() else { panic!("{} are shown", blocks.len()) };
    let found = |text: &str| scrutiny::spots(text.as_bytes()).expect("nothing else is read");
    // It shows every key, and leaves prose and references open; but no key is unknown or misshapen.
    let found_there = found(assessment);
    for rule in ["unknown-key", "wrong-shape", "not-a-date", "unclear-period", "unknown-status"] {
        assert!(found_there.iter().all(|spot| spot.rule != rule), "{rule}: {found_there:?}");
    }
    // Of the programme's steps two are left for others to touch.
    let found_there: Vec<&str> = found(programme).iter().map(|spot| spot.rule).collect();
    assert_eq!(found_there, ["untouched-step"]);
}

/// What a screen shows when the command that it begins with is run.
fn screen(folder: &Path, block: &str) -> String {
    let line = block.lines().next().and_then(|line| line.strip_prefix("$ scrutiny "));
    let line = line.expect("a screen begins with its command");
    let words = shlex::split(line).expect("its quotes are closed");
    let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = run(folder, &arguments, b"");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    format!("$ scrutiny {line}\n{}{}", text(output.stdout), text(output.stderr))
}

#[test]
fn the_first_assessment_goes_as_its_page_shows() {
    let path = root().join("docs/first-assessment.md");
    let mut page = fs::read_to_string(&path).expect("the page can be read");
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let blocks = blocks(&page, "console");
    assert!(blocks.len() >= 10, "{} screens are shown", blocks.len());
    for block in &blocks {
        let shown = screen(folder.path(), block);
        if is_update {
            page = page
                .replace(&format!("```console\n{block}```"), &format!("```console\n{shown}```"));
        } else {
            assert_eq!(*block, shown);
        }
    }
    if is_update {
        fs::write(path, page).expect("the page can be written");
    }
    let output = run(folder.path(), &["validate", "first.yaml"], b"");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{shown}");
    let made = fs::read_to_string(folder.path().join("first.yaml")).expect("it was made");
    let rated = made.lines().filter(|line| line.trim_start().starts_with("rating: ")).count();
    let empty = made.lines().filter(|line| line.trim_start().starts_with("rating:  ")).count();
    assert_eq!(rated - empty, 3, "three questions are rated");
}

/// The text of a form with what a reply says behind the labels of its questions.
fn answered(form: &str, reply: &str) -> String {
    let mut text = form.to_owned();
    for block in reply.split("[Question ").skip(1) {
        let (heading, lines) = block.split_once('\n').expect("a heading stands alone");
        let at = text.find(&format!("[Question {heading}")).expect("the form has this question");
        let mut label = "";
        for line in lines.lines() {
            let own = line
                .split_once(": ")
                .filter(|(own, _)| ["Rating", "Because", "Evidence"].contains(own));
            let place = match own {
                Some((own, _)) => {
                    label = own;
                    at + text[at..].find(&format!("\n{own}:\n")).expect("it has this label") + 1
                }
                None => at + text[at..].find(&format!("\n{label}:")).expect("it was found") + 1,
            };
            let end = place + text[place..].find('\n').expect("a line ends");
            match own {
                Some(_) => text.replace_range(place..end, line),
                None => text.insert_str(end, &format!("\n{line}")),
            }
        }
    }
    text
}

#[test]
fn forms_go_out_and_come_in_as_their_page_shows() {
    let path = root().join("docs/returns.md");
    let mut page = fs::read_to_string(&path).expect("the page can be read");
    let is_update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [settings] = &blocks(&page, "toml")[..] else { panic!("one file of settings is shown") };
    fs::write(folder.path().join("scrutiny.toml"), settings).expect("it can be written");
    let [reply] = &blocks(&page, "text")[..] else { panic!("one reply is shown") };
    let shown = blocks(&page, "console");
    assert_eq!(shown.len(), 4);
    for (at, block) in shown.iter().enumerate() {
        let shown = screen(folder.path(), block);
        if is_update {
            page = page.replacen(
                &format!("```console\n{block}```"),
                &format!("```console\n{shown}```"),
                1,
            );
        } else {
            assert_eq!(*block, shown);
        }
        if at == 0 {
            let form = fs::read_to_string(folder.path().join("police.txt")).expect("it was made");
            fs::write(folder.path().join("reply.txt"), answered(&form, reply))
                .expect("it can be written");
        }
    }
    if is_update {
        fs::write(path, page).expect("the page can be written");
    }
}
