//! The short way for TOML against the parser: whatever the short way reads, the parser reads to the same
//! tree, node for node and place for place, and has nothing to say about.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::plain_differential::{agrees, changes, torn};
use super::{differential, plain_toml, toml};
use crate::finding::Findings;
use crate::source::{Source, SourceId};

/// How many texts of each kind are tried.
const CASES: u32 = 10_000;

/// Whether the short way reads a text, or how what it reads differs from what the parser reads.
fn compare(text: &str) -> Result<bool, String> {
    let source = Source::new(SourceId(0), "", text.to_owned());
    let Some(tree) = plain_toml::read(&source) else { return Ok(false) };
    let mut findings = Findings::default();
    let other = toml::parse_in_full(&source, &mut findings);
    match findings.len() {
        0 if tree == other => Ok(true),
        0 => Err(format!("{text}\n{tree:?}\nis not\n{other:?}")),
        _ => Err(format!("{text}\nis reported")),
    }
}

fn texts() -> Vec<(std::path::PathBuf, String)> {
    differential::texts_of("toml", &["checklists", "examples", "tests/cases"])
}

#[test]
fn reads_nearly_all_shipped_checklists() {
    let shipped = differential::texts_of("toml", &["checklists"]);
    let read = shipped.iter().filter(|(_, text)| compare(text) == Ok(true)).count();
    assert!(shipped.len() >= 10, "{} checklists were found", shipped.len());
    assert!(read * 10 >= shipped.len() * 9, "only {read} of {} are read", shipped.len());
}

#[test]
fn agrees_with_the_parser_on_every_file() {
    let texts = texts();
    assert!(texts.len() >= 60, "{} files were found", texts.len());
    for (path, text) in texts {
        compare(&text).unwrap_or_else(|difference| panic!("{}: {difference}", path.display()));
    }
}

#[test]
fn agrees_with_the_parser_on_torn_files() {
    let texts = texts();
    let inputs = (any::<Index>(), any::<Index>(), 1..24usize, changes());
    agrees(CASES, 6, &inputs, compare, |(which, start, count, changes)| {
        torn(&texts[which.index(texts.len())].1, start, count, changes)
    });
}

/// Lines, between semicolons: what makes the shape of a file, and what is seldom seen.
const LINES: [&str; 3] = [
    "[a];[[a]];[a.b];[[a.b]];[b];[[b]];[b.a];a = \"x\";b = 1;c = true;c = [];d = [\"x\", 2];# x;",
    "a = 'x' # c;b = {a = 1};c = { a = \"x\", b = [1] };d = [ {a = 1}, ];d = [;  \"x\", # c;];[a.b.c]",
    "a.b = 1;a = 01;a = {};a = {a = 1,};[ a ];[a ];[\"a\"];a = \"\\n\";a = 'é';a = [[1]];a=1;é = 1;a = 1.5;a = \
     \"\"\"x;\"\"\";a = '''x''';a = \"\";a = 1 b;a = 2026-01-01;a = \"x\" \"y\";[a]];[[a];a = ;= 1;a = -1;a = x;b = {a = 1, a = 2}",
];

#[test]
fn agrees_with_the_parser_on_any_lines() {
    let of = |lists: &[&'static str]| {
        select(lists.iter().flat_map(|list| list.split(';')).collect::<Vec<_>>())
    };
    let line = prop_oneof![6 => of(&LINES[..1]), 2 => of(&LINES[..2]), 1 => of(&LINES)];
    let inputs = (prop::collection::vec(line, 1..8), any::<bool>());
    agrees(CASES, 20, &inputs, compare, |(lines, is_ended)| {
        let text = lines.join("\n");
        if is_ended { text + "\n" } else { text }
    });
}
