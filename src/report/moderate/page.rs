//! The page that a new file is written on: comments that wrap, keys, and texts in the form in which
//! every reader of YAML reads them.

use textwrap::{Options, WordSplitter};

use crate::syntax::write::{Place, line};
use crate::text::visible;

/// Comments wrap at this column, so that they can be read beside an editor's margin.
const WIDTH: usize = 90;

/// A file in the making.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Everything that stands on it so far.
    pub(super) text: String,
}

impl Page {
    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line as it is given.
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A key with a text on its line.
    pub(super) fn text(&mut self, indent: usize, key: &str, text: &str) {
        self.line(indent, &format!("{key}: {}", line(text, Place::Block)));
    }

    /// A key with a block that waits for prose.
    pub(super) fn empty_block(&mut self, indent: usize, key: &str) {
        self.line(indent, &format!("{key}: |"));
        self.blank();
    }

    /// A comment.
    pub(super) fn comment(&mut self, indent: usize, text: &str) {
        self.hang(indent, "", text);
    }

    /// A comment behind a mark, the further lines indented under the first.
    pub(super) fn hang(&mut self, indent: usize, mark: &str, text: &str) {
        let margin = " ".repeat(mark.chars().count());
        let options = Options::new(WIDTH - indent - 2)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false)
            .initial_indent(mark)
            .subsequent_indent(&margin);
        for wrapped in textwrap::wrap(&visible(text), options) {
            self.line(indent, format!("# {wrapped}").trim_end());
        }
    }

    /// A comment that divides the page, with a title in it.
    pub(super) fn divider(&mut self, indent: usize, title: &str) {
        let title = visible(title);
        let taken = indent + 7 + title.chars().count();
        let rest = "-".repeat(WIDTH.saturating_sub(taken).max(3));
        self.line(indent, &format!("# --- {title} {rest}"));
    }
}
