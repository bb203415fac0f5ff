//! The page that a new file is written on: comments that wrap, keys, and texts in the form in which
//! every reader of YAML reads them.

use std::borrow::Cow;

use textwrap::{Options, WordSplitter};

use super::write::{Place, block, can_be_block, line, quoted, word};
use crate::text::visible;

/// Comments wrap at this column, so that they can be read beside an editor's margin.
const WIDTH: usize = 90;

/// A text on one line is put into a block when it is longer than this.
const LONGEST_LINE: usize = 100;

/// A file in the making.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Everything that stands on it so far.
    pub text: String,
}

impl Page {
    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line as it is given.
    pub(crate) fn line(&mut self, indent: usize, text: &str) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A comment. Each of its lines wraps for itself; an empty line parts two paragraphs.
    pub(crate) fn comment(&mut self, indent: usize, text: &str) {
        self.hang(indent, "", text);
    }

    /// A comment behind a mark, the further lines indented under the first.
    pub(crate) fn hang(&mut self, indent: usize, mark: &str, text: &str) {
        let margin = " ".repeat(mark.chars().count());
        let mut mark = mark;
        for paragraph in visible(text).lines() {
            let options = Options::new(WIDTH - indent - 2)
                .word_splitter(WordSplitter::NoHyphenation)
                .break_words(false)
                .initial_indent(mark)
                .subsequent_indent(&margin);
            for wrapped in textwrap::wrap(paragraph.trim_end(), options) {
                let wrapped = format!("# {wrapped}");
                self.line(indent, wrapped.trim_end());
            }
            mark = &margin;
        }
    }

    /// A comment that divides the page, with a title in it where there is one.
    pub(crate) fn divider(&mut self, indent: usize, title: &str) {
        let title = visible(title);
        let title = if title.is_empty() { String::new() } else { format!(" {title} ") };
        let taken = indent + 2 + 3 + title.chars().count();
        let line = format!("# ---{title}{}", "-".repeat(WIDTH.saturating_sub(taken).max(3)));
        self.line(indent, &line);
    }

    /// A key without a value, and a note behind it on what the value can be.
    pub(crate) fn empty_key(&mut self, indent: usize, key: &str, note: &str) {
        match note {
            "" => self.line(indent, &format!("{key}:")),
            _ => self.line(indent, &format!("{:<11} # {note}", format!("{key}:"))),
        }
    }

    /// A key with a block that waits for prose.
    pub(crate) fn empty_block(&mut self, indent: usize, key: &str) {
        self.line(indent, &format!("{key}: |"));
        self.blank();
    }

    /// A key with a text: on its line where that is short, else as a block.
    pub(crate) fn text(&mut self, indent: usize, key: &str, text: &str) {
        self.text_after(indent, "", key, text);
    }

    /// The same behind a dash or the spaces that stand for one.
    fn text_after(&mut self, indent: usize, mark: &str, key: &str, text: &str) {
        let is_long = text.contains('\n') || text.chars().count() > LONGEST_LINE;
        match is_long && can_be_block(text) {
            true => {
                self.line(indent, &format!("{mark}{key}: |"));
                self.text.push_str(&block(text, indent + mark.len() + 2, "\n"));
            }
            false => self.line(indent, &format!("{mark}{key}: {}", line(text, Place::Block))),
        }
    }

    /// An item of a list with keys of its own, the first behind the dash.
    pub(crate) fn item(&mut self, indent: usize, fields: &[Field<'_>]) {
        for (at, field) in fields.iter().enumerate() {
            let mark = if at == 0 { "- " } else { "  " };
            self.field(indent, mark, field);
        }
    }

    /// Keys with values, one below the other.
    pub(crate) fn fields(&mut self, indent: usize, fields: &[Field<'_>]) {
        for field in fields {
            self.field(indent, "", field);
        }
    }

    fn field(&mut self, indent: usize, mark: &str, field: &Field<'_>) {
        let inside = indent + mark.len() + 2;
        match field {
            Field::Text(key, text) => self.text_after(indent, mark, key, text),
            Field::Word(key, text) => {
                self.line(indent, &format!("{mark}{key}: {}", word(text, Place::Block)));
            }
            Field::Words(key, words) => {
                let words: Vec<_> = words.iter().map(|text| word(text, Place::Flow)).collect();
                self.line(indent, &format!("{mark}{key}: [{}]", words.join(", ")));
            }
            Field::Pairs(key, pairs) => {
                let pairs =
                    pairs.iter().map(|(own, text)| format!("{own}: {}", word(text, Place::Flow)));
                let pairs: Vec<String> = pairs.collect();
                self.line(indent, &format!("{mark}{key}: {{{}}}", pairs.join(", ")));
            }
            Field::Group(key, fields) => {
                self.line(indent, &format!("{mark}{key}:"));
                self.fields(inside, fields);
            }
            Field::List(key, items) => {
                self.line(indent, &format!("{mark}{key}:"));
                for item in items {
                    match item.as_slice() {
                        [Field::Item(text)] => {
                            self.line(inside, &format!("- {}", line(text, Place::Block)));
                        }
                        fields => self.item(inside, fields),
                    }
                }
            }
            Field::Item(text) => {
                self.line(indent, &format!("{mark}{}", line(text, Place::Block)));
            }
        }
    }

    /// Another page as comments, line by line.
    pub(crate) fn as_comment(&mut self, indent: usize, other: &Page) {
        for text in visible(&other.text).lines() {
            self.line(indent, format!("# {text}").trim_end());
        }
    }
}

/// An id as a key: bare as people write it; but in quotes where other readers, those of editors among
/// them, would take it for a number and lose a part of it, as 2.10 would become 2.1.
pub(crate) fn key(id: &str) -> Cow<'_, str> {
    match id.parse::<f64>() {
        Ok(number) if number.to_string() != id => Cow::Owned(quoted(id)),
        _ => word(id, Place::Flow),
    }
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) enum Field<'a> {
    /// A text.
    Text(&'a str, &'a str),
    /// An id, a date or a word of a list.
    Word(&'a str, String),
    /// Several of these.
    Words(&'a str, Vec<&'a str>),
    /// Keys with words as values, in braces on one line.
    Pairs(&'a str, Vec<(&'a str, String)>),
    /// Keys with values of their own.
    Group(&'a str, Vec<Field<'a>>),
    /// A list, each item of which has keys of its own.
    List(&'a str, Vec<Vec<Field<'a>>>),
    /// The whole of an item that is a text.
    Item(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_comments_and_keeps_their_margin() {
        let mut page = Page::default();
        page.hang(2, "  - ", &"word ".repeat(30));
        page.comment(0, "one\n\ntwo\u{202e}");
        let lines: Vec<&str> = page.text.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{}", page.text);
        assert!(lines[0].starts_with("  #   - word") && lines[1].starts_with("  #     word"));
        assert_eq!(lines[2..], ["# one", "#", "# two"]);
    }

    #[test]
    fn keeps_the_whole_of_an_id() {
        let check = |id: &str, expected: &str| assert_eq!(key(id), expected);
        check("2.1", "2.1");
        check("2.10", "\"2.10\"");
        check("3", "3");
        check("c1", "c1");
        check("1e3", "\"1e3\"");
        check("a: b", "\"a: b\"");
    }

    #[test]
    fn writes_values_where_they_are_read_back() {
        let mut page = Page::default();
        let evidence =
            vec![vec![Field::Item("Plan: agreed")], vec![Field::Text("source", "Visit")]];
        page.item(
            2,
            &[
                Field::Word("id", "A-01".to_owned()),
                Field::Text("task", "Two\nlines"),
                Field::Words("covers", vec!["1.1", "1.2"]),
                Field::List("evidence", evidence),
            ],
        );
        let expected = "  - id: A-01\n    task: |\n      Two\n      lines\n    covers: [1.1, 1.2]\n    \
                        evidence:\n      - \"Plan: agreed\"\n      - source: Visit\n";
        assert_eq!(page.text, expected);
    }
}
