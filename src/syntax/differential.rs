//! The tree against a second opinion: an unrelated YAML parser that keeps no places. Whatever we read
//! without a finding, it reads alike; what it refuses, we refuse.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_yaml::Value;

use super::tree::{Kind, Node, Style};
use super::yaml;
use crate::finding::Findings;
use crate::source::{Source, SourceId};

/// The node and the value say the same: same shape, same texts.
fn agrees(node: Node<'_>, value: &Value) -> bool {
    match (node.kind(), value) {
        (Kind::Missing, Value::Null) => true,
        (Kind::Scalar(text, _), Value::String(other)) => text == other,
        // The other parser turns bare words into nulls, truths and numbers; we keep what was typed.
        (Kind::Scalar(text, Style::Bare), Value::Null) => {
            matches!(&**text, "~" | "null" | "Null" | "NULL")
        }
        (Kind::Scalar(text, Style::Bare), Value::Bool(_)) => {
            matches!(text.to_lowercase().as_str(), "true" | "false")
        }
        (Kind::Scalar(text, Style::Bare), Value::Number(_)) => {
            text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        }
        (Kind::List, Value::Sequence(items)) => {
            let children: Vec<Node<'_>> = node.children().collect();
            children.len() == items.len()
                && children.into_iter().zip(items).all(|(child, item)| agrees(child, item))
        }
        (Kind::Map, Value::Mapping(map)) => {
            let entries: Vec<_> = node.entries().collect();
            entries.len() == map.len()
                && entries.into_iter().zip(map).all(|((key, own), (other_key, other))| {
                    agrees(key, other_key) && agrees(own, other)
                })
        }
        _ => false,
    }
}

/// Says how the two parsers differ on a text, if they do.
fn difference(text: &str) -> Option<String> {
    let source = Source::new(SourceId(0), "text", text.to_owned());
    let mut findings = Findings::default();
    let tree = yaml::parse(&source, &mut findings);
    let other: Result<Value, _> = serde_yaml::from_str(text);
    match (tree, other) {
        _ if !findings.is_empty() => None,
        (Some(tree), Ok(value)) if agrees(tree.root(), &value) => None,
        (Some(tree), Ok(value)) => Some(format!("{:?} is not {value:?}", tree.root().kind())),
        // Keys that stand twice are found when the tree is decoded.
        (Some(_), Err(error)) if error.to_string().contains("duplicate") => None,
        // A tab behind a dash is harmless where it cannot be mistaken for indentation.
        (Some(_), Err(_)) if text.contains("-\t") => None,
        (Some(_), Err(error)) => Some(format!("the other parser refuses it: {error}")),
        (None, _) => Some("nothing was read and nothing reported".to_owned()),
    }
}

fn files(ending: &str, folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files(ending, &path, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

/// The texts of all YAML files in folders of the repository, with their paths.
pub(super) fn texts(folders: &[&str]) -> Vec<(PathBuf, String)> {
    texts_of("yaml", folders)
}

/// The texts of all files with an ending in folders of the repository, with their paths.
pub(super) fn texts_of(ending: &str, folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in folders {
        files(ending, &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    let text = |path: &PathBuf| fs::read_to_string(path).ok();
    found.into_iter().filter_map(|path| text(&path).map(|text| (path, text))).collect()
}

#[test]
fn agrees_with_the_other_parser_on_every_file() {
    let found = texts(&["examples", "tests/cases"]);
    assert!(found.len() >= 400, "{} files were found", found.len());
    for (path, text) in found {
        let text = text.trim_start_matches('\u{feff}');
        assert_eq!(difference(text), None, "{}", path.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    /// Parts of an example, cut out, moved and doubled.
    #[test]
    fn agrees_with_the_other_parser_on_torn_files(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..400), 1..6),
    ) {
        let example = include_str!("../../examples/northmoor/2026-27-q2/scrutineer.yaml");
        let mut text = String::new();
        for (at, length) in cuts {
            let lines: Vec<&str> = example.lines().collect();
            let start = at.index(lines.len());
            for line in &lines[start..(start + length / 8).min(lines.len())] {
                text.push_str(line);
                text.push('\n');
            }
        }
        prop_assert_eq!(difference(&text), None);
    }
}
