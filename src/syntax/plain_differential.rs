//! The short way against the parser: whatever the short way reads, the parser reads to the same tree,
//! node for node and place for place, and neither it nor the mender has anything to say about it.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

use super::differential::texts;
use super::mend::doubts;
use super::{plain, yaml};
use crate::source::{Source, SourceId};

/// How many texts of each kind are tried.
const CASES: u32 = 30_000;

/// Whether the short way reads a text, or how what it reads differs from what the parser reads.
fn compare(text: &str) -> Result<bool, String> {
    let source = Source::new(SourceId(0), "", text.to_owned());
    let Some(tree) = plain::read(&source) else { return Ok(false) };
    match yaml::build_plain(source.id, text) {
        Some(other) if tree == other && !doubts(&tree, text).is_empty() => {
            Err(format!("{text}\nis in doubt"))
        }
        Some(other) if tree == other => Ok(true),
        Some(other) => Err(format!("{text}\n{tree:?}\nis not\n{other:?}")),
        None => Err(format!("{text}\nis refused by the parser, or reported")),
    }
}

#[test]
fn reads_nearly_all_examples() {
    let examples = texts(&["examples"]);
    let read = examples.iter().filter(|(_, text)| compare(text) == Ok(true)).count();
    assert!(examples.len() >= 4, "{} examples were found", examples.len());
    assert!(read * 10 >= examples.len() * 9, "only {read} of {} are read", examples.len());
}

#[test]
fn agrees_with_the_parser_on_every_file() {
    let texts = texts(&["examples", "tests/cases"]);
    assert!(texts.len() >= 400, "{} files were found", texts.len());
    for (path, text) in texts {
        compare(&text).unwrap_or_else(|difference| panic!("{}: {difference}", path.display()));
    }
}

/// Signs that mean something in YAML, or nearly do, and a few letters.
const SIGNS: &str = ":#-'\"|>{}[],&*!%?@`~<.+=\\\t \n\r0aé\u{a0}\u{85}\u{feff}";

/// A change to a text: which one, where, where to, and with which sign.
pub(super) type Change = (u8, Index, Index, char);

pub(super) fn changes() -> impl Strategy<Value = Vec<Change>> {
    let sign = select(SIGNS.chars().collect::<Vec<_>>());
    prop::collection::vec((0..8u8, any::<Index>(), any::<Index>(), sign), 0..4)
}

fn change(text: &str, (kind, place, target, sign): Change) -> String {
    if kind < 3 {
        let mut signs: Vec<char> = text.chars().collect();
        let at = place.index(signs.len() + 1);
        let removed = usize::from(kind > 0 && at < signs.len());
        signs.splice(at..at + removed, (kind < 2).then_some(sign));
        return signs.into_iter().collect();
    }
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        return String::new();
    }
    let (from, to) = (place.index(lines.len()), target.index(lines.len()));
    match kind {
        3 => drop(lines.remove(from)),
        4 => lines.insert(to, lines[from].clone()),
        5 => lines.swap(from, to),
        6 => lines[from].insert_str(0, &"  "[..1 + to % 2]),
        _ => lines[from] = lines[from].strip_prefix(' ').unwrap_or(&lines[from]).to_owned(),
    }
    lines.concat()
}

/// Some lines of a text, and changed.
pub(super) fn torn(text: &str, start: Index, count: usize, changes: Vec<Change>) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = start.index(lines.len() + 1);
    let part = lines[start..lines.len().min(start + count)].concat();
    // The indentation of the part is taken off, so that it can be read on its own.
    let margin = " ".repeat(part.len() - part.trim_start_matches(' ').len());
    let part = part.split_inclusive('\n').map(|line| line.strip_prefix(&margin).unwrap_or(line));
    changes.into_iter().fold(part.collect(), |text: String, own| change(&text, own))
}

/// Runs a number of cases, and requires that one in so many is read on the short way.
pub(super) fn agrees<S: Strategy>(
    cases: u32,
    one_in: u32,
    inputs: &S,
    compare: impl Fn(&str) -> Result<bool, String>,
    text: impl Fn(S::Value) -> String,
) {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let read = Cell::new(0);
    let result = TestRunner::new(config).run(inputs, |input| {
        let is_read = compare(&text(input)).map_err(TestCaseError::fail)?;
        read.set(read.get() + u32::from(is_read));
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(read.get() * one_in >= cases, "only {} of {cases} are read", read.get());
}

#[test]
fn agrees_with_the_parser_on_torn_files() {
    let texts = texts(&["examples", "tests/cases"]);
    let inputs = (any::<Index>(), any::<Index>(), 1..24usize, changes());
    agrees(CASES, 4, &inputs, compare, |(which, start, count, changes)| {
        torn(&texts[which.index(texts.len())].1, start, count, changes)
    });
}

/// Beginnings of lines, between semicolons: what makes the shape of a file, and what is seldom seen.
const HEADS: [&str; 2] = [
    "a: ;a: ;a:;a:;1.1: ;- ;- ;- ;- b: ;- b:;a: |;- |;- |-;;# ;rating: ;1.1:;A: ;- A b: ;- A b c: ",
    r#"-;- - ;A b: ;B:;a:: ;a:::;E1: ;because:;- a b: ;é b: ;É: ;a : ;? a;<<: ;...;---;%;"a": ;'a': ;... a: ;é: ;.a: "#,
];

/// What may follow: values and comments, and what is none, or not a plain one.
const TAILS: [&str; 4] = [
    ";;;;b;b;b c ;b:c;b#c;b # c;# c; # c;é;(b);[];{};[b, c];{b: c};{b: [c, d], e: f}",
    r##""b";'b' # c;"b: c # d";'b\';"b\"";'b;'''';"b" c;"";"b":;"b"#c"##,
    "[b: c];[b,];{b, c};{b: };{b:c};{b : c};[[b], c] d;[b # c];[b;[b,,c];[{b: c}, d]: e;[-1]",
    "b #c;#c;|2;|+;>;&b c;*b;!b c;@b;b:;b: c;: b;\t;b\tc; ;.;...;.b;[.b];~;-;<<;b\u{a0};\u{2028}",
];

#[test]
fn agrees_with_the_parser_on_any_lines() {
    let of = |lists: &[&'static str]| {
        let parts = lists.iter().flat_map(|list| list.split(';'));
        select(parts.collect::<Vec<_>>())
    };
    // Most lines are plain, or hardly any text would be.
    let head = || prop_oneof![4 => of(&HEADS[..1]), 1 => of(&HEADS)];
    let tail = || prop_oneof![4 => of(&TAILS[..1]), 1 => of(&TAILS)];
    let line = (0..5usize, head(), tail());
    let inputs = (prop::collection::vec(line, 1..6), any::<bool>());
    agrees(CASES, 20, &inputs, compare, |(lines, is_ended)| {
        let line = |(indent, head, tail)| format!("{:indent$}{head}{tail}", "");
        let text = lines.into_iter().map(line).collect::<Vec<_>>().join("\n");
        if is_ended { text + "\n" } else { text }
    });
}
