//! The way from the top of a file to a place in it: the keys, and the ids of the items of lists, on
//! which the place stands whatever line it has moved to.

use super::tree::{Kind, Node};
use crate::source::Span;

/// The key by which the items of a list are told apart, where they have it.
const ID: &str = "id";

/// All entries and items of a file, made once so that the way to any place is found fast.
#[derive(Debug)]
pub(crate) struct Ways<'t> {
    marks: Vec<Mark<'t>>,
    /// The marks in the order in which they begin.
    order: Vec<usize>,
}

#[derive(Debug)]
struct Mark<'t> {
    start: u32,
    end: u32,
    /// The key, or the id of an item where it has one.
    name: Option<&'t str>,
    parent: Option<usize>,
    kind: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Entry,
    Item,
}

impl<'t> Ways<'t> {
    pub(crate) fn of(root: Node<'t>) -> Self {
        let mut marks = Vec::new();
        add(root, None, &mut marks);
        let mut order: Vec<usize> = (0..marks.len()).collect();
        // What holds another comes before it, and stays there.
        order.sort_by_key(|index| marks[*index].start);
        Ways { marks, order }
    }

    /// The keys that lead to a place. Items of a list without an id leave no trace.
    pub(crate) fn to(&self, place: Span) -> Vec<&'t str> {
        let begun = self.order.partition_point(|index| self.marks[*index].start <= place.start);
        // A place without width stands for the whole that begins there, not for its first entry.
        let is_inner = |mark: &Mark<'_>| {
            let is_whole = place.start == place.end && mark.start == place.start;
            !(is_whole && mark.kind == Part::Entry)
        };
        let first = self.order[..begun].iter().rev().find(|index| is_inner(&self.marks[**index]));
        let mut next = first.copied();
        let mut way = Vec::new();
        while let Some(index) = next {
            let mark = &self.marks[index];
            if mark.end >= place.start || !way.is_empty() {
                way.extend(mark.name);
            }
            next = mark.parent;
        }
        way.reverse();
        way
    }
}

fn add<'t>(node: Node<'t>, parent: Option<usize>, marks: &mut Vec<Mark<'t>>) {
    match node.kind() {
        Kind::Missing | Kind::Refused | Kind::Scalar(..) => {}
        Kind::List => {
            for item in node.children() {
                let id = item.entries().find(|(key, _)| key.scalar() == Some(ID));
                let name = id.and_then(|(_, id)| id.scalar()).map(str::trim);
                let (start, end) = (item.span().start, item.span().end);
                marks.push(Mark { start, end, name, parent, kind: Part::Item });
                add(item, Some(marks.len() - 1), marks);
            }
        }
        Kind::Map => {
            for (key, value) in node.entries() {
                let (start, end) = (key.span().start, value.span().end.max(key.span().end));
                let name = Some(key.scalar().unwrap_or_default());
                marks.push(Mark { start, end, name, parent, kind: Part::Entry });
                add(value, Some(marks.len() - 1), marks);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ways;
    use crate::finding::Findings;
    use crate::source::{Source, SourceId, Span};
    use crate::syntax::{toml, yaml};

    const TEXT: &str = "scrutiny: assessment\nratings:\n  1.1:\n    rating: gren\n    actions:\n      \
                        - {id: A-07, task: Do}\n      - task: Else\n";

    #[test]
    fn leads_to_a_place_wherever_it_stands() {
        let source = Source::new(SourceId(0), "", TEXT.to_owned());
        let tree = yaml::parse(&source, &mut Findings::default()).expect("a tree");
        let check = |word: &str, width: usize, expected: &[&str]| {
            let at = TEXT.find(word).expect("it is there");
            let place = Span::new(source.id, at, at + width);
            assert_eq!(Ways::of(tree.root()).to(place), expected, "{word}");
        };
        check("assessment", 3, &["scrutiny"]);
        check("1.1", 3, &["ratings", "1.1"]);
        check("gren", 4, &["ratings", "1.1", "rating"]);
        check("Do", 2, &["ratings", "1.1", "actions", "A-07", "task"]);
        check("Else", 4, &["ratings", "1.1", "actions", "task"]);
        check("task: Else", 0, &["ratings", "1.1", "actions"]);
        check("scrutiny", 0, &[]);
    }

    #[test]
    fn leads_through_tables() {
        let text = "[findings]\nweek-verb = \"off\"\n\n[[step]]\nid = \"1\"\ntitle = \"T\"\n";
        let source = Source::new(SourceId(0), "", text.to_owned());
        let tree = toml::parse(&source, &mut Findings::default());
        let at = |word: &str| {
            let at = text.find(word).expect("it is there");
            Ways::of(tree.root()).to(Span::new(source.id, at, at + 1))
        };
        assert_eq!(at("week-verb"), ["findings", "week-verb"]);
        assert_eq!(at("\"T\""), ["step", "1", "title"]);
    }
}
