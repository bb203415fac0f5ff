//! Two people's changes of one assessment brought together: by question and step, not by line. Where
//! both changed the same one, both versions stand side by side for a person to choose from.

use crate::finding::Findings;
use crate::source::{Source, SourceId};
use crate::syntax::tree::{Kind, Node};
use crate::syntax::yaml;

/// Two changed texts as one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    /// The text; with marks where both sides changed the same part.
    pub text: String,
    /// How many parts both sides changed.
    pub conflicts: usize,
}

/// A stretch of a text: a key at the top, or an entry of a group there, with the comments above it.
#[derive(Clone, Copy, Debug)]
struct Part<'t> {
    /// What it is: `period`, `ratings`, `ratings/1.1`.
    name: &'t str,
    /// The group that it stands in; empty at the top.
    group: &'t str,
    text: &'t str,
}

impl Part<'_> {
    fn is(&self, other: &Part<'_>) -> bool {
        self.name == other.name && self.group == other.group
    }
}

/// Brings two changed texts together. Nothing is returned where one of the three cannot be read.
pub(crate) fn merge(base: &str, ours: &str, theirs: &str) -> Option<Merged> {
    let sources = [base, ours, theirs].map(|text| Source::new(SourceId(0), "", text.to_owned()));
    let [base, ours, theirs] = &sources;
    let (base, ours, theirs) = (parts(base)?, parts(ours)?, parts(theirs)?);
    let mut merged: Vec<(Part<'_>, String)> = Vec::new();
    let mut conflicts = 0;
    for part in &ours {
        match settle(find(&base, part), Some(part), find(&theirs, part)) {
            Settled::Text(text) => merged.push((*part, text)),
            Settled::Gone => {}
            Settled::Both(text) => {
                conflicts += 1;
                merged.push((*part, text));
            }
        }
    }
    for (index, part) in theirs.iter().enumerate() {
        if find(&ours, part).is_some() {
            continue;
        }
        let text = match settle(find(&base, part), None, Some(part)) {
            Settled::Text(text) => text,
            Settled::Gone => continue,
            Settled::Both(text) => {
                conflicts += 1;
                text
            }
        };
        // It follows what it follows in the text that it comes from.
        let before = theirs[..index].iter().rev();
        let place = before.filter_map(|other| merged.iter().position(|(own, _)| own.is(other)));
        let place = place.map(|place| place + 1).next().unwrap_or(0);
        merged.insert(place, (*part, text));
    }
    let text = merged.into_iter().map(|(_, text)| text).collect();
    Some(Merged { text, conflicts })
}

enum Settled {
    Text(String),
    Gone,
    Both(String),
}

/// What a part becomes: who changed it decides; where both did, both versions stand there.
fn settle(base: Option<&Part<'_>>, ours: Option<&Part<'_>>, theirs: Option<&Part<'_>>) -> Settled {
    let text = |part: Option<&Part<'_>>| part.map(|part| part.text.to_owned());
    let (base, ours, theirs) = (text(base), text(ours), text(theirs));
    let is = |text: Option<String>| text.map_or(Settled::Gone, Settled::Text);
    if ours == theirs || base == theirs {
        return is(ours);
    }
    if base == ours {
        return is(theirs);
    }
    let lines = |text: Option<String>| match text {
        Some(text) if text.ends_with('\n') || text.is_empty() => text,
        Some(text) => format!("{text}\n"),
        None => String::new(),
    };
    Settled::Both(format!(
        "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n",
        lines(ours),
        lines(theirs)
    ))
}

fn find<'p, 't>(parts: &'p [Part<'t>], wanted: &Part<'_>) -> Option<&'p Part<'t>> {
    parts.iter().find(|part| part.is(wanted))
}

/// The parts of a text, which together are all of it.
fn parts(source: &Source) -> Option<Vec<Part<'_>>> {
    let mut findings = Findings::default();
    let tree = yaml::parse(source, &mut findings)?;
    let is_whole = findings.is_empty() && matches!(tree.root().kind(), Kind::Map);
    if !is_whole {
        return None;
    }
    let text = &*source.text;
    let mut starts: Vec<(usize, &str, &str)> = Vec::new();
    for (key, value) in tree.root().entries() {
        let name = slice(text, key);
        starts.push((above(text, key), "", name));
        let is_block = matches!(value.kind(), Kind::Map) && !text[at(value)..].starts_with('{');
        for (inner, _) in value.entries().filter(|_| is_block) {
            starts.push((above(text, inner), name, slice(text, inner)));
        }
    }
    if let Some(first) = starts.first_mut() {
        first.0 = 0;
    }
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]);
    let stretches: Vec<_> = starts.iter().zip(ends).collect();
    // Keys on one line cannot be told apart by lines.
    let is_apart = stretches.iter().all(|((start, ..), end)| start < end);
    let parts = stretches.into_iter().map(|((start, group, name), end)| Part {
        name,
        group,
        text: &text[*start..end],
    });
    is_apart.then(|| parts.collect())
}

fn at(node: Node<'_>) -> usize {
    node.span().start as usize
}

fn slice<'t>(text: &'t str, node: Node<'_>) -> &'t str {
    &text[node.span().range()]
}

/// The start of the line of a key, or of the comments that stand right above it.
fn above(text: &str, key: Node<'_>) -> usize {
    let line = |offset: usize| text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let mut start = line(at(key));
    while start > 0 {
        let before = line(start - 1);
        if !text[before..start].trim_start().starts_with('#') {
            break;
        }
        start = before;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "scrutiny: assessment\nstatus: draft\nratings:\n  # one\n  1.1:\n    rating:\n  1.2:\n    rating:\n\n  1.3:\n    rating: red\n";

    fn check(ours: &str, theirs: &str, merged: &str, conflicts: usize) {
        let expected = Some(Merged { text: merged.to_owned(), conflicts });
        assert_eq!(merge(BASE, ours, theirs), expected);
    }

    #[test]
    fn brings_answers_to_different_questions_together() {
        let ours = BASE.replace("  1.1:\n    rating:", "  1.1:\n    rating: green");
        let theirs = BASE.replace("  1.2:\n    rating:", "  1.2:\n    rating: amber");
        let both = ours.replace("  1.2:\n    rating:", "  1.2:\n    rating: amber");
        check(&ours, &theirs, &both, 0);
        check(&theirs, &ours, &both, 0);
        check(&ours, &ours, &ours, 0);
        check(&ours, BASE, &ours, 0);
    }

    #[test]
    fn puts_a_new_answer_behind_the_one_it_followed() {
        let ours = format!("{BASE}  1.4:\n    rating: green\n");
        let theirs = BASE.replace("\n  1.3:", "  1.21:\n    rating: amber\n\n  1.3:");
        let both = format!("{theirs}  1.4:\n    rating: green\n");
        check(&ours, &theirs, &both, 0);
    }

    #[test]
    fn leaves_both_versions_where_both_changed_one() {
        let ours = BASE.replace("rating: red", "rating: amber");
        let theirs = BASE.replace("rating: red", "rating: green");
        let both = BASE.replace(
            "  1.3:\n    rating: red\n",
            "<<<<<<< ours\n  1.3:\n    rating: amber\n=======\n  1.3:\n    rating: green\n>>>>>>> theirs\n",
        );
        check(&ours, &theirs, &both, 1);
    }

    #[test]
    fn reads_only_what_is_whole() {
        assert_eq!(merge(BASE, "a: [\n", BASE), None);
    }
}
