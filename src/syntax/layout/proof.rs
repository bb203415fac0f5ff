//! The proof that a layout changed nothing: the text before and after, read again and compared.

use super::wrap::unwrapped;
use super::{Form, Language, Refusal, Wrap};
use crate::syntax::comments::{self, Comment};
use crate::syntax::tree::{Kind, Node, Style, Tree};

/// Holds a new text to the old one: the same values but for the letter case of words, and the same
/// comments.
pub(super) fn prove(
    (old_tree, old): (&Tree<'_>, &str),
    (new_tree, new): (&Tree<'_>, &str),
    language: Language,
    form: &Form<'_>,
    wrap: Wrap,
) -> Result<(), Refusal> {
    let is_proven = same(old_tree.root(), new_tree.root(), form, wrap)
        && texts(old_tree, old, language) == texts(new_tree, new, language);
    if is_proven { Ok(()) } else { Err(Refusal::Unproven) }
}

/// All comments, in an order that does not depend on their places.
fn texts<'t>(tree: &Tree<'_>, text: &'t str, language: Language) -> Vec<(&'t str, bool)> {
    let all = match language {
        Language::Yaml => comments::of_yaml(tree, text),
        Language::Toml => comments::of_toml(text),
    };
    let is_alone = |comment: &Comment<'_>| comment.stands == comments::Stands::Alone;
    let mut texts: Vec<_> = all.iter().map(|one| (one.text, is_alone(one))).collect();
    texts.sort_unstable();
    texts
}

/// Whether two values are the same. The keys of a group may stand in another order, and a word may be
/// written in another letter case.
fn same(old: Node<'_>, new: Node<'_>, form: &Form<'_>, wrap: Wrap) -> bool {
    match (old.kind(), new.kind()) {
        (Kind::Missing, Kind::Missing) => true,
        (Kind::Scalar(old, style), Kind::Scalar(new, _)) => {
            let is_prose = form.is_prose() && *style == Style::Block;
            let (old, new) = (old.replace("\r\n", "\n"), new.replace("\r\n", "\n"));
            old == new
                || form.one().corrected(&old).is_some_and(|word| word == new)
                || is_prose && wrap != Wrap::Keep && unwrapped(&old) == unwrapped(&new)
        }
        (Kind::List, Kind::List) => {
            let (mut old, mut new) = (old.children(), new.children());
            loop {
                match (old.next(), new.next()) {
                    (Some(old), Some(new)) if same(old, new, form.of_item(), wrap) => {}
                    (None, None) => return true,
                    _ => return false,
                }
            }
        }
        (Kind::Map, Kind::Map) => same_entries(old, new, form, wrap),
        _ => false,
    }
}

/// Whether two maps have the same keys with the same values. Ids stand in the same order.
fn same_entries(old: Node<'_>, new: Node<'_>, form: &Form<'_>, wrap: Wrap) -> bool {
    fn named(node: Node<'_>) -> Vec<(Option<&str>, Node<'_>)> {
        node.entries().map(|(key, value)| (key.scalar(), value)).collect()
    }
    let form = form.one();
    let (mut old, mut new) = (named(old), named(new));
    if matches!(form, Form::Group(_)) {
        old.sort_by_key(|(name, _)| *name);
        new.sort_by_key(|(name, _)| *name);
    }
    let is_same = |((old_name, old), (new_name, new)): (&(Option<&str>, _), &(Option<&str>, _))| {
        let form = form.of_key(old_name.unwrap_or_default());
        old_name == new_name && same(*old, *new, form, wrap)
    };
    old.len() == new.len() && old.iter().zip(&new).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::finding::Findings;
    use crate::source::{Source, SourceId};

    #[test]
    fn notices_whatever_is_lost_or_changed() {
        let form = Form::Group(vec![
            ("a", Form::Word(&["green"])),
            ("b", Form::ByIds(Box::new(Form::Text))),
            ("c", Form::Prose),
        ]);
        let check = |old: &str, new: &str, wrap: Wrap, expected: bool| {
            let source = |text: &str| Source::new(SourceId(0), "", text.to_owned());
            let (old_source, new_source) = (source(old), source(new));
            let mut findings = Findings::default();
            let old_tree = read(&old_source, Language::Yaml, &mut findings).expect("it is right");
            let new_tree = read(&new_source, Language::Yaml, &mut findings).expect("it is right");
            let (old_text, new_text) = ((&old_tree, old), (&new_tree, new));
            let proven = prove(old_text, new_text, Language::Yaml, &form, wrap);
            assert_eq!(proven.is_ok(), expected, "{old:?} {new:?}");
        };
        let keep = |old: &str, new: &str, expected| check(old, new, Wrap::Keep, expected);
        keep("a: Green # 1\nd: 2\n", "d: 2\na: green # 1\n", true);
        keep("a: Green\n", "a: red\n", false);
        keep("d: Green\n", "d: green\n", false);
        keep("a: 1\nd: 2\n", "a: 1\n", false);
        keep("a: 1\n", "a: 1\nd: 2\n", false);
        keep("a: 1 # 2\n", "a: 1\n", false);
        keep("a: 1 # 2\n", "# 2\na: 1\n", false);
        keep("a: 1\n# 2\n# 2\n", "# 2\na: 1\n", false);
        keep("b: {1: x, 2: y}\n", "b: {2: y, 1: x}\n", false);
        keep("d: [1, 2]\n", "d: [2, 1]\n", false);
        keep("d: |\n  1\n", "d: |-\n  1\n", false);
        keep("d:\n", "d: \"\"\n", false);
        keep("c: |\n  one two\n", "c: |\n  one\n  two\n", false);
        let wrap = |old: &str, new: &str, expected| check(old, new, Wrap::To(40), expected);
        wrap("c: |\n  one two\n", "c: |\n  one\n  two\n", true);
        wrap("d: |\n  one two\n", "d: |\n  one\n  two\n", false);
        wrap("c: |\n  one two\n", "c: |\n  one\n\n  two\n", false);
        wrap("c: |\n  - one two\n", "c: |\n  - one\n  two\n", false);
    }
}
