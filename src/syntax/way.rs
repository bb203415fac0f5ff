//! The way from the top of a file to a place in it: the keys, and the ids of the items of lists, on
//! which the place stands whatever line it has moved to.

use super::tree::{Kind, Node};
use crate::source::Span;

/// The key by which the items of a list are told apart, where they have it.
const ID: &str = "id";

/// The keys that lead to a place. Items of a list without an id leave no trace.
pub(crate) fn way(root: Node<'_>, place: Span) -> Vec<&str> {
    let mut way = Vec::new();
    let mut node = root;
    loop {
        // A place without width stands for the whole that begins there.
        let is_whole = place.start == place.end && node.span().start >= place.start;
        let inner = match node.kind() {
            Kind::Map if !is_whole => entry(node, place, &mut way),
            Kind::List => item(node, place, &mut way),
            Kind::Map | Kind::Scalar(..) | Kind::Missing | Kind::Refused => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => return way,
        }
    }
}

/// The value on whose key or within which a place stands.
fn entry<'t>(map: Node<'t>, place: Span, way: &mut Vec<&'t str>) -> Option<Node<'t>> {
    let before = |(key, _): &(Node<'t>, Node<'t>)| key.span().start <= place.start;
    let (key, value) = map.entries().filter(before).max_by_key(|(key, _)| key.span().start)?;
    let end = value.span().end.max(key.span().end);
    // What stands between two entries belongs to their map.
    if place.start > end {
        return None;
    }
    way.push(key.scalar().unwrap_or_default());
    (place.start >= value.span().start && place.start >= key.span().end).then_some(value)
}

fn item<'t>(list: Node<'t>, place: Span, way: &mut Vec<&'t str>) -> Option<Node<'t>> {
    let is_here =
        |item: &Node<'t>| item.span().start <= place.start && place.start <= item.span().end;
    let item = list.children().find(is_here)?;
    let id = item.entries().find(|(key, _)| key.scalar() == Some(ID));
    way.extend(id.and_then(|(_, id)| id.scalar()).map(str::trim));
    Some(item)
}

#[cfg(test)]
mod tests {
    use super::way;
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
            assert_eq!(way(tree.root(), place), expected, "{word}");
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
            way(tree.root(), Span::new(source.id, at, at + 1))
        };
        assert_eq!(at("week-verb"), ["findings", "week-verb"]);
        assert_eq!(at("\"T\""), ["step", "1", "title"]);
    }
}
