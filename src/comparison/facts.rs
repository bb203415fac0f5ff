//! An assessment as facts, one on a line, each with where it stands: for `git diff`, which then shows
//! in words what a line is about.

use crate::syntax::tree::{Kind, Node};

/// The facts of a file, in its order. A text of several lines is as many facts.
pub(crate) fn facts(root: Node<'_>) -> String {
    let mut facts = String::new();
    gather(root, "", &mut facts);
    facts
}

fn gather(node: Node<'_>, place: &str, facts: &mut String) {
    match node.kind() {
        Kind::Missing | Kind::Refused => {}
        Kind::Scalar(text, _) => {
            for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
                facts.push_str(&format!("{place}: {line}\n"));
            }
        }
        Kind::List => {
            for item in node.children() {
                let name = name(item).map_or(place.to_owned(), |name| format!("{place} {name}"));
                gather(item, &name, facts);
            }
        }
        Kind::Map => {
            for (key, value) in node.entries() {
                let key = key.scalar().unwrap_or_default();
                let inner = match place {
                    "" => key.to_owned(),
                    place => format!("{place} {key}"),
                };
                gather(value, &inner, facts);
            }
        }
    }
}

/// The id of an item, by which its facts are told from those of its neighbours.
fn name<'t>(item: Node<'t>) -> Option<&'t str> {
    let id = item.entries().find(|(key, _)| matches!(key.scalar(), Some("id" | "ref" | "source")));
    id.and_then(|(_, value)| value.scalar()).and_then(|text| text.lines().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::source::{Source, SourceId};
    use crate::syntax::yaml;

    #[test]
    fn says_one_fact_on_a_line() {
        let text = "scrutiny: assessment\nratings:\n  1.1:\n    rating: green\n    because: |\n      One.\n\n      Two.\n    evidence: [Plan]\n    actions:\n      - {id: A-01, task: Agree it}\n";
        let source = Source::new(SourceId(0), "", text.to_owned());
        let tree = yaml::parse(&source, &mut Findings::default()).expect("it is YAML");
        let expected = "scrutiny: assessment\nratings 1.1 rating: green\n\
            ratings 1.1 because: One.\nratings 1.1 because: Two.\nratings 1.1 evidence: Plan\n\
            ratings 1.1 actions A-01 id: A-01\nratings 1.1 actions A-01 task: Agree it\n";
        assert_eq!(facts(tree.root()), expected);
    }
}
