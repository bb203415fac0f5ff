//! What holds for every change of every assessment: only the lines of what is changed are touched,
//! every comment stays, every other value stays, and what was asked for is read back.
//!
//! Nothing here asks the code that makes the change: an unrelated parser says what the texts say, and
//! whoever generated a file knows what each of its lines belongs to.

mod dice;
mod field;
mod page;
mod said;
mod wish;

use std::fmt::Write as _;

use rayon::prelude::*;

use self::dice::Dice;
use self::page::{MARK, Page};
use self::said::{Said, Taken};
use crate::finding::Findings;
use crate::model::assessment::{self, Assessment};
use crate::model::checklist::Checklist;
use crate::model::{adapt, definition};
use crate::shipped;
use crate::source::{Source, SourceId};
use crate::syntax::comments::Stands;
use crate::syntax::edit::{self, Edit, Refusal, Value};
use crate::syntax::{toml, yaml};

/// How many files are generated, and how often a change is wished for in each.
const FILES: u64 = 2_100;
const WISHES: usize = 10;

fn checklist() -> Checklist {
    let text = shipped::find("six-steps-2019").expect("it comes with the program").text;
    let source = Source::new(SourceId(1), "checklist", text.to_owned());
    let mut findings = Findings::default();
    let tree = toml::parse(&source, &mut findings);
    let definition = definition::decode(tree.root(), &mut findings).expect("it can be decoded");
    let checklist = adapt::adapt(definition, None, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    checklist
}

/// Reads an assessment in which nothing is wrong.
fn decode(text: &str) -> Result<Assessment, String> {
    let source = Source::new(SourceId(0), "text", text.to_owned());
    let mut findings = Findings::default();
    let tree = yaml::parse(&source, &mut findings);
    let assessment = tree.and_then(|tree| assessment::decode(tree.root(), 4, &mut findings));
    let told: Vec<String> = findings
        .iter()
        .map(|finding| {
            let (line, _) = source.line_of(finding.span.range().start);
            format!("line {line}: {} [{}]", finding.message, finding.rule.id)
        })
        .collect();
    match (assessment, told.is_empty()) {
        (Some(assessment), true) => Ok(assessment),
        _ => Err(told.join("; ")),
    }
}

/// What came of the changes of some files.
#[derive(Default)]
struct Count {
    changed: usize,
    same: usize,
    refused: Vec<String>,
    faults: Vec<String>,
}

impl Count {
    fn add(mut self, other: Count) -> Count {
        self.changed += other.changed;
        self.same += other.same;
        self.refused.extend(other.refused);
        self.faults.extend(other.faults);
        self
    }
}

#[test]
fn a_change_touches_its_own_lines_only() {
    let checklist = checklist();
    let run = |seed: u64| {
        let mut dice = Dice::new(seed);
        let page = page::write(&mut dice);
        let mut count = Count::default();
        match decode(&page.text).and_then(|own| Ok((own, Said::of(&page.text)?))) {
            Ok((assessment, old)) => {
                for _ in 0..WISHES {
                    wish(&mut dice, &page, &old, &assessment, &checklist, &mut count);
                }
            }
            Err(fault) => count.faults.push(format!("file {seed}: {fault}\n{}", page.text)),
        }
        count
    };
    let count = (0..FILES).into_par_iter().map(run).reduce(Count::default, Count::add);
    let pairs = count.changed + count.same + count.refused.len();
    let summary = format!(
        "{pairs} pairs of file and edit: {} changed, {} had nothing to change, {} refused, {} faults",
        count.changed,
        count.same,
        count.refused.len(),
        count.faults.len()
    );
    let mut first = String::new();
    for fault in count.faults.iter().take(3) {
        write!(first, "\n{fault}").expect("a string takes all");
    }
    assert!(count.faults.is_empty(), "{summary}{first}");
    assert!(pairs >= 20_000, "{summary}");
    assert!(count.refused.len() * 100 < pairs, "{summary}: {:?}", &count.refused[..20]);
    assert!(count.changed * 10 > pairs * 8, "{summary}");
    #[expect(clippy::print_stdout, reason = "the figures are a part of what is shown")]
    {
        println!("{summary}");
    }
}

/// Makes the changes of one wish, and judges each.
fn wish(
    dice: &mut Dice,
    page: &Page,
    old: &Said,
    assessment: &Assessment,
    checklist: &Checklist,
    count: &mut Count,
) {
    let Ok(edits) = wish::make(dice, assessment, checklist) else { return };
    for edit in edits {
        let new = match edit::apply(&page.text, std::slice::from_ref(&edit)) {
            Ok(new) => new,
            Err(Refusal::Shape(_, message)) => {
                count.refused.push(message);
                continue;
            }
            Err(refusal) => {
                count.faults.push(format!("{refusal:?}: {edit:?}\n{}", page.text));
                continue;
            }
        };
        match judge(page, old, &edit, &new) {
            Ok(()) if new == page.text => count.same += 1,
            Ok(()) => count.changed += 1,
            Err(fault) => {
                let texts = format!("-- old\n{}\n-- new\n{new}", page.text);
                count.faults.push(format!("{fault}: {edit:?}\n{texts}"));
            }
        }
    }
}

/// Holds a new text to the old one; a sentence says what is wrong.
fn judge(page: &Page, old: &Said, edit: &Edit, new: &str) -> Result<(), String> {
    let said = Said::of(new).map_err(|error| format!("the new text: {error}"))?;
    let (way, there) = old.way(edit);
    let is_idle = there < way.len() && matches!(edit, Edit::Set(_, Value::Nothing));
    if is_idle {
        // What is not there need not be taken away.
        return if new == page.text { Ok(()) } else { Err("something was changed".to_owned()) };
    }
    judge_values(old, &said, &way, edit, &page.text)?;
    judge_comments(page, edit, new)?;
    judge_lines(page, new, &way, there)?;
    judge_ends(&page.text, new)?;
    decode(new)?;
    // One change in four is made again, to the same end.
    if let (Edit::Set(..), 0) = (edit, new.len() % 4) {
        let again = edit::apply(new, std::slice::from_ref(edit));
        if again.as_deref() != Ok(new) {
            return Err(format!("made twice, it is something else: {again:?}"));
        }
    }
    Ok(())
}

/// The values are the old ones with the one change.
fn judge_values(
    old: &Said,
    new: &Said,
    way: &[String],
    edit: &Edit,
    text: &str,
) -> Result<(), String> {
    let mut expected = old.clone();
    expected.change(way, edit);
    let mut here = expected.clone();
    // Differences that are none are taken over one by one, and the texts are held together again.
    for _ in 0..20 {
        let Some(place) = here.difference(new, &mut Vec::new()) else { return Ok(()) };
        let (wanted, came) = (here.at(&place).cloned(), new.at(&place).cloned());
        let is_target = place.starts_with(way);
        let is_alike = match (&wanted, &came) {
            (Some(Said::Text(wanted, _)), Some(Said::Text(came, taken))) => {
                is_target && *taken == Taken::AsText && came.trim_end_matches('\n') == wanted
                    || is_target && *taken == Taken::AsOther && is_word(edit, wanted)
                    || !text.ends_with('\n') && *came == format!("{wanted}\n")
                    || !text.ends_with('\n') && format!("{came}\n") == *wanted
            }
            _ => false,
        };
        if !is_alike {
            return Err(format!("at {} {wanted:?} became {came:?}", place.join("/")));
        }
        here.put(&place, came.expect("it was just seen"));
    }
    Err("too much is different".to_owned())
}

/// Whether a text is asked for as a word, which may be bare.
fn is_word(edit: &Edit, text: &str) -> bool {
    fn has(value: &Value, text: &str) -> bool {
        match value {
            Value::Word(word) => word == text,
            Value::Text(_) | Value::Nothing => false,
            Value::List(items) => items.iter().any(|item| has(item, text)),
            Value::Map(entries) | Value::Inline(entries) => {
                entries.iter().any(|(_, value)| has(value, text))
            }
        }
    }
    let (Edit::Set(_, value) | Edit::Append(_, value)) = edit;
    has(value, text)
}

/// All comments are there, in order, alone on their lines if they were, and none is part of a value:
/// the texts of the values have been compared, and their marks stand in no value.
fn judge_comments(page: &Page, edit: &Edit, new: &str) -> Result<(), String> {
    let found = comments(new);
    let texts: Vec<&str> = found.iter().map(|(_, text)| *text).collect();
    let is_cleared = matches!(edit, Edit::Set(_, Value::Nothing));
    // What stood behind a value on a line of its own is alone once the value is gone.
    let is_alike = |(old, new): (&(Stands, &str), &(Stands, &str))| {
        old.0 == new.0 || is_cleared && new.0 == Stands::Alone
    };
    let is_same = texts == page.comments && comments(&page.text).iter().zip(&found).all(is_alike);
    if is_same { Ok(()) } else { Err(format!("the comments are {found:?}")) }
}

/// The comments of a text, found by their mark.
fn comments(text: &str) -> Vec<(Stands, &str)> {
    let stands = |before: &str| match before.trim().is_empty() {
        true => Stands::Alone,
        false => Stands::Behind,
    };
    let lines = text.lines().filter_map(|line| line.find(MARK).map(|at| line.split_at(at)));
    lines.map(|(before, comment)| (stands(before), comment.trim_end())).collect()
}

/// Only lines that belong to the target are changed: those below it, or the one line of a group in
/// brackets that holds it, or that of a key which had no value until now.
fn judge_lines(page: &Page, new: &str, way: &[String], there: usize) -> Result<(), String> {
    let old: Vec<&str> = page.text.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let is_same = |a: &&str, b: &&str| {
        // A last line without an end gets one when others follow it.
        a == b || !a.ends_with('\n') && *a == b.trim_end_matches(['\r', '\n'])
    };
    let before = old.iter().zip(&new).take_while(|(a, b)| is_same(a, b)).count();
    let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let after = after.min(old.len() - before).min(new.len() - before);
    for (index, line) in page.lines[before..old.len() - after].iter().enumerate() {
        let is_within =
            |line: &page::Line| line.owner.as_ref().is_some_and(|owner| owner.starts_with(way));
        let Some(owner) = &line.owner else {
            let (above, below) = page.lines.split_at(before + index);
            let is_between =
                above.iter().rev().find(|own| own.owner.is_some()).is_some_and(is_within)
                    && below.iter().find(|own| own.owner.is_some()).is_some_and(is_within);
            let is_kept =
                new[before..new.len() - after].iter().any(|own| own.trim_end() == line.text);
            // One of several empty lines is as good as another.
            let is_moved = before > 0
                && page.lines[before - 1].text == line.text
                && above.iter().rev().find(|own| own.owner.is_some()).is_some_and(is_within);
            let is_empty = line.text.trim().is_empty();
            if is_kept || is_empty && (is_between || is_moved) {
                continue;
            }
            return Err(format!("line {} belongs to nothing: {}", before + index + 1, line.text));
        };
        let is_own = owner.starts_with(way);
        let is_around = way.starts_with(owner) && owner.len() >= there.min(way.len())
            || way.starts_with(owner) && line.text.contains(['{', '[']);
        if !is_own && !is_around {
            return Err(format!("line {} is not its own: {}", before + index + 1, line.text));
        }
    }
    Ok(())
}

/// Lines end as they did, and the last one does if it did.
fn judge_ends(old: &str, new: &str) -> Result<(), String> {
    let count = |text: &str| (text.matches("\r\n").count(), text.matches('\n').count());
    let ((old_pairs, old_ends), (pairs, ends)) = (count(old), count(new));
    let is_kept = match old_pairs {
        0 => pairs == 0,
        all if all == old_ends => pairs == ends,
        _ => true,
    };
    if !is_kept || new.matches('\r').count() != pairs {
        return Err("the line ends are not as they were".to_owned());
    }
    match old.ends_with('\n') == new.ends_with('\n') {
        true => Ok(()),
        false => Err("the last line does not end as it did".to_owned()),
    }
}
