//! Repairs in a text of either language: a key or a short value is exchanged for the right one, and
//! every other byte stays.
//!
//! Nothing is taken on trust: the new text is parsed again, and must hold the old keys and values but
//! for those that were exchanged, and all comments.

use super::comments;
use super::layout::Language;
use super::tree::{Kind, Node, Tree};
use super::{toml, yaml};
use crate::finding::{Findings, Fitted};
use crate::source::{Source, SourceId};

/// The text with its repairs; nothing where the result cannot be shown to be right.
pub(crate) fn apply(text: &str, language: Language, repairs: &[&Fitted]) -> Option<String> {
    let mut repairs = repairs.to_vec();
    repairs.sort_by_key(|repair| (repair.range.start, repair.range.end));
    repairs.dedup();
    let mut new = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for repair in &repairs {
        // Two repairs of one place contradict each other.
        new.push_str(text.get(from..repair.range.start)?);
        new.push_str(&repair.with);
        from = repair.range.end;
    }
    new.push_str(text.get(from..)?);
    is_proven(text, &new, language, &repairs).then_some(new)
}

fn is_proven(old: &str, new: &str, language: Language, mut repairs: &[&Fitted]) -> bool {
    let read = |text: &str| {
        let source = Source::new(SourceId(0), "", text.to_owned());
        let mut findings = Findings::default();
        let tree = match language {
            Language::Yaml => yaml::parse(&source, &mut findings).map(Tree::into_owned),
            Language::Toml => Some(toml::parse(&source, &mut findings).into_owned()),
        };
        let comments = |tree: &Tree<'_>| match language {
            Language::Yaml => comments::of_yaml(tree, text),
            Language::Toml => comments::of_toml(text),
        };
        tree.map(|tree| {
            let texts = comments(&tree).iter().map(|one| one.text.to_owned()).collect::<Vec<_>>();
            (flat(tree.root()), texts)
        })
    };
    let (Some((old, old_comments)), Some((new, new_comments))) = (read(old), read(new)) else {
        return false;
    };
    old_comments == new_comments
        && old.len() == new.len()
        && old.iter().zip(&new).all(|(old, new)| is_same(old, new, &mut repairs))
        // What is left stands in no text, and cannot be shown to be right.
        && repairs.is_empty()
}

/// A node with its place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Flat {
    start: usize,
    /// Negated, so that what holds a node comes before it.
    end: std::cmp::Reverse<usize>,
    kind: &'static str,
    text: String,
}

impl Flat {
    fn holds(&self, repair: &Fitted) -> bool {
        self.kind == "text" && self.start <= repair.range.start && repair.range.end <= self.end.0
    }
}

/// All nodes in the order of the text.
fn flat(root: Node<'_>) -> Vec<Flat> {
    fn add(node: Node<'_>, all: &mut Vec<Flat>) {
        let (kind, text) = match node.kind() {
            Kind::Missing => ("missing", ""),
            Kind::Refused => ("refused", ""),
            Kind::Scalar(text, _) => ("text", &**text),
            Kind::List => ("list", ""),
            Kind::Map => ("map", ""),
        };
        let span = node.span().range();
        let end = std::cmp::Reverse(span.end);
        all.push(Flat { start: span.start, end, kind, text: text.to_owned() });
        match node.kind() {
            Kind::Map | Kind::List => node.children().for_each(|child| add(child, all)),
            Kind::Missing | Kind::Refused | Kind::Scalar(..) => {}
        }
    }
    let mut all = Vec::new();
    add(root, &mut all);
    all.sort();
    all
}

/// Whether a node is as it was, but for the repairs in it, which are taken from those to come.
fn is_same(old: &Flat, new: &Flat, repairs: &mut &[&Fitted]) -> bool {
    let own = repairs.iter().take_while(|repair| old.holds(repair)).count();
    let (own, left) = repairs.split_at(own);
    *repairs = left;
    old.kind == new.kind
        && match own.first() {
            Some(repair) => new.text.trim() == repair.with,
            None => new.text == old.text,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Certainty;

    fn repair(text: &str, wrong: &str, with: &str) -> Fitted {
        let start = text.find(wrong).expect("it is there");
        let range = start..start + wrong.len();
        let certainty = Certainty::Certain;
        Fitted { range, with: with.to_owned(), certainty, start: (1, 1), end: (1, 1) }
    }

    #[test]
    fn exchanges_and_keeps_all_else() {
        let check = |text: &str, language, all: &[(&str, &str)], expected: Option<&str>| {
            let repairs: Vec<Fitted> =
                all.iter().map(|(wrong, with)| repair(text, wrong, with)).collect();
            let repairs: Vec<&Fitted> = repairs.iter().collect();
            assert_eq!(apply(text, language, &repairs).as_deref(), expected, "{text}");
        };
        let yaml = |text, all, expected| check(text, Language::Yaml, all, expected);
        yaml(
            "becuase: x # c\r\nstatus: 'Final'\r\n",
            &[("becuase", "because"), ("Final", "final")],
            Some("because: x # c\r\nstatus: 'final'\r\n"),
        );
        yaml("a: x # gren\n", &[("gren", "green")], None);
        yaml("a: gren\n", &[("gren", "green"), ("gren", "red")], None);
        yaml("a: gren\n", &[("gren", "green # not")], None);
        check(
            "[findigs]\nb = 'x' # c\n[a]\n",
            Language::Toml,
            &[("findigs", "findings")],
            Some("[findings]\nb = 'x' # c\n[a]\n"),
        );
    }

    #[test]
    fn many_repairs_do_not_hang() {
        let wrong = |number| format!("a{number}: gren\n");
        let text: String = (0..20_000).map(wrong).collect();
        let places = text.match_indices("gren").map(|(start, _)| start..start + 4);
        let repairs: Vec<Fitted> =
            places.map(|range| Fitted { range, ..repair("gren", "gren", "green") }).collect();
        let repairs: Vec<&Fitted> = repairs.iter().collect();
        let new = apply(&text, Language::Yaml, &repairs);
        assert_eq!(new, Some(text.replace("gren", "green")));
    }
}
