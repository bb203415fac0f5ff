//! Changes to a YAML text, one value at a time: the lines that a value stands on are changed, and
//! every other byte stays, comments, quotes, indentation and line ends included.
//!
//! A change is a splice of text at the places that the tree knows. Nothing is taken on trust: the new
//! text is parsed again, and must hold the old values with the one change, and all comments.

mod ground;
mod manner;
mod places;
mod plan;
mod proof;
mod set;

use std::ops::Range;

pub(crate) use self::ground::Ground;
use self::plan::Editor;
use super::tree::{Kind, Tree};
use super::yaml;
use crate::finding::Findings;
use crate::source::{Source, SourceId};

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// No value.
    Nothing,
    /// A text as a person writes it, on one line or several.
    Text(String),
    /// An id, a date, a number, or a word of a list.
    Word(String),
    /// Items, one after another.
    List(Vec<Value>),
    /// Keys with values, each on a line of its own.
    Map(Vec<(String, Value)>),
    /// Keys with short values, between brackets on one line.
    Inline(Vec<(String, Value)>),
}

/// One step on the way from the top of a file to a value.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A key of a map, and all keys that the map can have, in the order in which they are written.
    Key(String, Vec<String>),
    /// The same; but the value itself where it is no group, as for a short answer.
    KeyOrSelf(String, Vec<String>),
    /// The item of a list in which a key has a value, such as the action with an id.
    Item(&'static str, String),
}

/// One change.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// Gives a value to what stands at the end of the way; what is missing on it is made.
    Set(Vec<Step>, Value),
    /// Adds an item to the list at the end of the way.
    Append(Vec<Step>, Value),
}

/// Why a text cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It has faults of layout, so that nobody can say what stands where.
    Faulty,
    /// At an offset stands something else than the change needs; a sentence says what to do.
    Shape(usize, String),
    /// The new text does not hold what it should: a fault of ours.
    Unproven,
}

/// Applies changes one after another.
pub(crate) fn apply(text: &str, changes: &[Edit]) -> Result<String, Refusal> {
    let mut text = text.to_owned();
    for change in changes {
        text = apply_one(&text, change)?;
    }
    Ok(text)
}

fn apply_one(text: &str, change: &Edit) -> Result<String, Refusal> {
    let source = Source::new(SourceId(0), "", text.to_owned());
    let tree = parse(&source).ok_or(Refusal::Faulty)?;
    let mut splices = Editor::new(&source.text, &tree).change(change)?;
    let new = splice(text, &mut splices);
    proof::prove(&source, &tree, change, &new)?;
    Ok(new)
}

/// The text with other stretches in the place of some of its own, which do not overlap.
pub(crate) fn splice(text: &str, splices: &mut [Splice]) -> String {
    splices.sort_by_key(|splice| splice.at.start);
    let mut new = String::with_capacity(text.len() + 200);
    let mut from = 0;
    for Splice { at, with } in splices {
        new.push_str(&text[from..at.start]);
        new.push_str(with);
        from = at.end;
    }
    new.push_str(&text[from..]);
    new
}

/// The tree of a text in which nothing had to be mended and nothing is refused.
pub(crate) fn parse(source: &Source) -> Option<Tree<'_>> {
    let mut findings = Findings::default();
    let tree = yaml::parse(source, &mut findings)?;
    let is_map = matches!(tree.root().kind(), Kind::Map);
    (findings.is_empty() && is_map).then_some(tree)
}

/// A range of the old text and what stands there in the new one.
#[derive(Debug)]
pub(crate) struct Splice {
    /// The range; empty where something is put in.
    pub at: Range<usize>,
    /// What is to stand there.
    pub with: String,
}

impl Splice {
    /// Puts something in.
    pub(crate) fn insert(at: usize, with: String) -> Self {
        Splice { at: at..at, with }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        const ORDER: [&str; 7] =
            ["rating", "because", "evidence", "actions", "response", "wording", "notes"];
        let ids = ["1.1", "1.2", "1.3"].iter();
        let order = ORDER.iter().chain(ids).map(|key| (*key).to_owned()).collect();
        Step::Key(name.to_owned(), order)
    }

    fn way(steps: &str) -> Vec<Step> {
        let step = |step: &str| match step.starts_with("A-") {
            true => Step::Item("id", step.to_owned()),
            false => key(step),
        };
        steps.split('/').map(step).collect()
    }

    fn set(old: &str, steps: &str, value: Value, new: &str) {
        let result = apply(old, &[Edit::Set(way(steps), value)]);
        assert_eq!(result.as_deref(), Ok(new), "{steps} in {old}");
    }

    fn append(old: &str, steps: &str, value: Value, new: &str) {
        let result = apply(old, &[Edit::Append(way(steps), value)]);
        assert_eq!(result.as_deref(), Ok(new), "{steps} in {old}");
    }

    fn word(text: &str) -> Value {
        Value::Word(text.to_owned())
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn changes_a_word_and_nothing_else() {
        let check = |old, new| set(old, "ratings/q/rating", word("amber"), new);
        check("ratings:\n  q:\n    rating: green\n", "ratings:\n  q:\n    rating: amber\n");
        check("ratings: {q: {rating: green}} # x", "ratings: {q: {rating: amber}} # x");
        check("ratings:\r\n q:\r\n   rating:\r\n", "ratings:\r\n q:\r\n   rating: amber\r\n");
        check("ratings:\n  q:\n    rating:  # one\n", "ratings:\n  q:\n    rating: amber  # one\n");
        check("ratings:\n  q:\n    rating: \"a\"\n", "ratings:\n  q:\n    rating: \"amber\"\n");
        check("ratings:\n  q:\n    rating: 'a' #\n", "ratings:\n  q:\n    rating: 'amber' #\n");
        check("a: 1\nratings:", "a: 1\nratings:\n  q:\n    rating: amber");
        check(
            "ratings:\n  q:\n    # c\n    because: b\n",
            "ratings:\n  q:\n    rating: amber\n    # c\n    because: b\n",
        );
        check("ratings:\n  q: {because: b}\n", "ratings:\n  q: {because: b, rating: amber}\n");
        check("ratings:\n  q: {}\n", "ratings:\n  q: {rating: amber}\n");
        check("ratings:\n  q: {rating}\n", "ratings:\n  q: {rating: amber}\n");
    }

    #[test]
    fn puts_a_new_answer_in_its_place() {
        let check = |old, new| set(old, "ratings/1.2/rating", word("red"), new);
        check(
            "ratings:\n  \"1.1\":\n    rating: green\n\n  # the third\n  1.3:\n    rating: red\n",
            "ratings:\n  \"1.1\":\n    rating: green\n\n  1.2:\n    rating: red\n\n  # the third\n  1.3:\n    rating: red\n",
        );
        check(
            "ratings:\n    1.1:\n        because: |\n            a\n        # end\nnotes: n\n",
            "ratings:\n    1.1:\n        because: |\n            a\n        # end\n    1.2:\n        rating: red\nnotes: n\n",
        );
    }

    #[test]
    fn keeps_blocks_as_blocks() {
        let check = |old, value, new| set(old, "because", text(value), new);
        check("because: |\n  old\n  text\n\nz: 1\n", "new", "because: |\n  new\n\nz: 1\n");
        check("because: | # c\n\nz: 1\n", "new", "because: | # c\n  new\n\nz: 1\n");
        check("because: |\n", "a\n\nb", "because: |\n  a\n\n  b\n");
        check("because: |", "a\nb", "because: |\n  a\n  b");
        check("because: >-\n    old\nz: 1\n", "a\nb", "because: |-\n    a\n    b\nz: 1\n");
        check("because: |\n  # no comment\n# one\nz: 1\n", "n", "because: |\n  n\n# one\nz: 1\n");
        check("because: b\nz: 1\n", "a\nb", "because: |\n  a\n  b\nz: 1\n");
        check("because: b # c\nz: 1\n", "a\nb", "because: | # c\n  a\n  b\nz: 1\n");
        check("because: \"b\"\n", " a", "because: \" a\"\n");
        check("because: |\n  b\nz: 1\n", " a", "because: \" a\"\nz: 1\n");
        check("because:\n  b\n  c\nz: 1\n", "no", "because:\n  \"no\"\nz: 1\n");
        set("because: |\n  b\nz: 1\n", "because", Value::Nothing, "because: |\nz: 1\n");
        set("because: b # c\nz: 1\n", "because", Value::Nothing, "because: # c\nz: 1\n");
    }

    #[test]
    fn keeps_comments_around_a_value() {
        let check = |old, value, new| set(old, "because", value, new);
        check("because:\n  # c\n  b\nz: 1\n", Value::Nothing, "because:\n  # c\nz: 1\n");
        check("because:\n  # c\n  b # d", Value::Nothing, "because:\n  # c\n  # d");
        check("because:\n\n  b # d\n", Value::Nothing, "because: # d\n");
        check("because:\n  # c\n  b\n", text("a\nb"), "because:\n  # c\n  \"a\\nb\"\n");
        check("because:\n  b # c\n", text("a\nb"), "because: | # c\n  a\n  b\n");
        // A comment below a block that stands as far in as its text would be a part of it.
        check("because: b\n    # c\n", text("a\nb"), "because: |\n     a\n     b\n    # c\n");
        check("because: |\n    b\n  # c\n", Value::Nothing, "because: \n  # c\n");
        let old = "ratings:\n  q:\n    evidence:\n      - a\n      # - b\n    # c\n";
        let new = "ratings:\n  q:\n    evidence:\n      - a\n      # - b\n    notes: |\n      a\n      b\n    # c\n";
        set(old, "ratings/q/notes", text("a\nb"), new);
        let words = |all: &[&str]| Value::List(all.iter().map(|one| word(one)).collect());
        let old = "a:\n- x # c\n# d\n- y\nz: 1\n";
        set(old, "a", words(&["m", "n", "o"]), "a:\n- m # c\n# d\n- n\n- o\nz: 1\n");
        let none = [Edit::Set(way("a"), Value::Nothing)];
        assert!(matches!(apply("a:\n- x\n- y # c\n", &none), Err(Refusal::Shape(..))));
        let shorter = [Edit::Set(way("a"), words(&["m"]))];
        assert!(matches!(apply(old, &shorter), Err(Refusal::Shape(5, _))));
    }

    #[test]
    fn writes_what_every_reader_reads() {
        // Between brackets, some readers want a blank between a colon and a comma.
        let check = |old, steps, value, new| set(old, steps, value, new);
        check(
            "q: {rating: x, because: y}\n",
            "q/rating",
            Value::Nothing,
            "q: {rating: , because: y}\n",
        );
        check("q: {because: }\n", "q/notes", word("n"), "q: {because: , notes: n }\n");
        append("q: {evidence: \"\"}\n", "q/evidence", text("a"), "q: {evidence: [a]}\n");
        append("q: ''\n", "q/evidence", text("a"), "q:\n  evidence:\n    - a\n");
        check("because: 'x'\n", "because", text("a\rb"), "because: \"a\\rb\"\n");
        check("because: |", "because", Value::Nothing, "because: |");
        check("because: |4\nz: 1\n", "because", text("a"), "because: |4\n    a\nz: 1\n");
        check(
            "because: b\n      \nz: 1\n",
            "because",
            text("a\nb"),
            "because: |\n      a\n      b\n      \nz: 1\n",
        );
        // Empty lines count below `|+`, and blanks beyond the indentation below any sign.
        let kept = "because: |+\n  a\n\n\nz: 1\n";
        check(kept, "notes", word("n"), "because: |+\n  a\n\n\nnotes: n\nz: 1\n");
        let blanks = "because: |\n  a\n     \nz: 1\n";
        check(blanks, "notes", word("n"), "because: |\n  a\n     \nnotes: n\nz: 1\n");
        check("because:\n  |\n  a\n", "because", text("b"), "because:\n  |\n  b\n");
        append("evidence: \"a\n b\"\n", "evidence", text("c"), "evidence:\n  - a b\n  - c\n");
    }

    #[test]
    fn takes_nothing_away_where_nothing_is() {
        let check = |old: &str, steps: &str| set(old, steps, Value::Nothing, old);
        check("a: 1\n", "because");
        check("ratings:\n  q:\n", "ratings/q/because");
        check("ratings: {}\n", "ratings/q/because");
        set("a:\n- x\n- y\nz: 1\n", "a", Value::Nothing, "a:\nz: 1\n");
        set("a: [x] # c\n", "a", Value::Nothing, "a: # c\n");
    }

    #[test]
    fn adds_an_item() {
        let check = |old, new| append(old, "evidence", text("x: y"), new);
        check("evidence:\n  - a\nz: 1\n", "evidence:\n  - a\n  - \"x: y\"\nz: 1\n");
        check("evidence:\n- a # c\nz: 1\n", "evidence:\n- a # c\n- \"x: y\"\nz: 1\n");
        check("evidence: [a]\n", "evidence: [a, \"x: y\"]\n");
        check("evidence: []\n", "evidence: [\"x: y\"]\n");
        check("evidence:  # c\nz: 1\n", "evidence:  # c\n  - \"x: y\"\nz: 1\n");
        check("evidence: a # c\nz: 1\n", "evidence:\n  - a # c\n  - \"x: y\"\nz: 1\n");
        check("z: 1", "z: 1\nevidence:\n  - \"x: y\"");
        check(
            "evidence:\n  - source: a\n    says: |\n      b\n      # t\n  # c\nz: 1\n",
            "evidence:\n  - source: a\n    says: |\n      b\n      # t\n  - \"x: y\"\n  # c\nz: 1\n",
        );
        let action = Value::Map(vec![
            ("id".to_owned(), word("A-01")),
            ("task".to_owned(), text("Do it\nwell")),
            ("covers".to_owned(), Value::List(vec![word("1.1"), word("1.2")])),
            ("response".to_owned(), Value::Inline(vec![("said".to_owned(), word("partly"))])),
        ]);
        append(
            "actions:\nz: 1\n",
            "actions",
            action,
            "actions:\n  - id: A-01\n    task: |\n      Do it\n      well\n    covers: [1.1, 1.2]\n    response: {said: partly}\nz: 1\n",
        );
    }

    #[test]
    fn changes_an_item_of_a_list() {
        let old = "actions:\n  - id: A-01\n    task: t\n  - {id: A-02, task: t}\n";
        set(
            old,
            "actions/A-01/rating",
            word("x"),
            "actions:\n  - id: A-01\n    rating: x\n    task: t\n  - {id: A-02, task: t}\n",
        );
        set(
            old,
            "actions/A-02/task",
            text("a, b"),
            "actions:\n  - id: A-01\n    task: t\n  - {id: A-02, task: \"a, b\"}\n",
        );
        let words = Value::List(vec![word("a"), word("b")]);
        set("a: [x] # c\n", "a", words.clone(), "a: [a, b] # c\n");
        set("a:\n- x\n- y\nz: 1\n", "a", words.clone(), "a:\n- a\n- b\nz: 1\n");
        set("a: x\n", "a", words, "a: [a, b]\n");
    }

    #[test]
    fn refuses_what_it_cannot_do() {
        let change = [Edit::Set(way("a/b"), word("x"))];
        assert_eq!(apply("a: &x 1\n", &change), Err(Refusal::Faulty));
        assert!(matches!(apply("a: 1\n", &change), Err(Refusal::Shape(3, _))));
    }
}
