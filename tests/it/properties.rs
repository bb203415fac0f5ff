//! What holds for every input: no panic, places inside the file, the same answer twice.

use std::fs;
use std::panic::catch_unwind;

use proptest::prelude::*;

use super::cases;
use super::program::{files, root};

/// The text of every case and example.
fn texts() -> Vec<(String, Vec<u8>)> {
    let folders = cases::folders().into_iter().chain([root().join("examples")]);
    let mut texts = Vec::new();
    for folder in folders {
        for file in files(&folder) {
            let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
            if ["yaml", "toml"].contains(&ending.as_str()) {
                let path = folder.join(file);
                let text = fs::read(&path).expect("a case can be read");
                texts.push((path.display().to_string(), text));
            }
        }
    }
    texts
}

/// Judges a text: that nothing panics, and that every place lies in the text, on whole characters.
fn judge(name: &str, text: &[u8]) {
    let found = catch_unwind(|| scrutiny::spots(text));
    let found = found.unwrap_or_else(|_| panic!("a panic on {name}, {} bytes", text.len()));
    let Ok(found) = found else { return };
    // Places count in the text without its byte-order mark.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let Ok(text) = std::str::from_utf8(text) else { return };
    for spot in found {
        let place = text.get(spot.range.clone());
        assert!(place.is_some(), "{name}: {} is at {:?} of {}", spot.rule, spot.range, text.len());
    }
}

#[test]
fn no_prefix_of_any_case_panics() {
    let texts = texts();
    assert!(texts.len() >= 90, "{} texts were read", texts.len());
    for (name, text) in texts {
        // Every prefix of a short text; of a long one as many, spread evenly.
        let step = (text.len() / 400).max(1);
        for end in (0..=text.len()).step_by(step) {
            judge(&name, &text[..end]);
        }
    }
}

#[test]
fn the_same_text_is_judged_alike_twice() {
    for (_, text) in texts() {
        let judge = || scrutiny::spots(&text).ok();
        assert_eq!(judge(), judge());
    }
}

/// Lines as careless writers leave them, put together at random.
fn careless_line() -> impl Strategy<Value = String> {
    let indent = prop::sample::select(vec!["", "  ", "    ", "\t", "      ", "\u{a0}\u{a0}"]);
    let key = prop::sample::select(vec![
        "scrutiny: assessment",
        "checklist: six-steps-2019",
        "ratings:",
        "1.1:",
        "rating: green",
        "rating:green",
        "because: |",
        "because: It's: late",
        "- id: A-01",
        "- text: more: still",
        "task: [Draft] plan",
        "evidence:",
        "- 'open",
        "\"closed\" then",
        "*bold*",
        "&x y",
        "!tag z",
        "<<: *x",
        "---",
        "%YAML 1.2",
        "{a: b",
        "prose without a key",
        "due: 2026-06-31",
        "@at",
        "? q",
        "period: Q2 2026/27",
        "# comment",
        "a: |x",
        "a: > y",
        "covers: [1, 9]",
        "1.1: green",
    ]);
    (indent, key, "[ -~é“]{0,12}").prop_map(|(indent, key, more)| format!("{indent}{key}{more}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn careless_text_never_panics(lines in prop::collection::vec(careless_line(), 0..24)) {
        judge("careless text", lines.concat().as_bytes());
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        judge("any bytes", &bytes);
    }
}
