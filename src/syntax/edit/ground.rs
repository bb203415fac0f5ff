//! The ground of a text: where its parts stand, for whoever moves lines about rather than values.

use std::ops::Range;

use super::places::{at, end};
use super::plan::Editor;
use crate::syntax::tree::{Node, Tree};

/// A text and where its parts stand.
pub(crate) struct Ground<'t> {
    editor: Editor<'t>,
}

impl<'t> Ground<'t> {
    /// The ground of a text with its tree.
    pub(crate) fn new(text: &'t str, tree: &'t Tree<'t>) -> Self {
        Ground { editor: Editor::new(text, tree) }
    }

    /// By how much a group is indented below its key.
    pub(crate) fn unit(&self) -> usize {
        self.editor.unit
    }

    /// By how much a dash is indented below its key.
    pub(crate) fn dash(&self) -> usize {
        self.editor.dash
    }

    /// How lines end.
    pub(crate) fn line_end(&self) -> &'static str {
        self.editor.line_end
    }

    /// Whether a collection stands between brackets.
    pub(crate) fn is_flow(&self, node: Node<'t>) -> bool {
        self.editor.is_flow(node)
    }

    /// Where the line of an offset begins.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        self.editor.line_start(offset)
    }

    /// The column of an offset.
    pub(crate) fn column(&self, offset: usize) -> usize {
        self.editor.column(offset)
    }

    /// The offset behind the colon of a key.
    pub(crate) fn colon(&self, key: Node<'t>) -> usize {
        self.editor.colon(key)
    }

    /// Where comments begin in a stretch of the text.
    pub(crate) fn comments(&self, stretch: Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.editor.comments.partition_point(|start| *start < stretch.start);
        self.editor.comments[from..].iter().copied().take_while(move |own| *own < stretch.end)
    }

    /// The stretch of a key with its value.
    pub(crate) fn entry(&self, key: Node<'t>, value: Node<'t>) -> Range<usize> {
        at(key)..self.editor.end_of(value, Some(key)).max(end(key))
    }

    /// The stretch of an item of a list from its dash on; nothing where the dash stands elsewhere than
    /// before it on its line.
    pub(crate) fn item(&self, item: Node<'t>) -> Option<Range<usize>> {
        let start = self.editor.line_start(at(item));
        let before = &self.editor.text[start..at(item)];
        let dash = start + before.find('-')?;
        (before.trim() == "-").then(|| dash..self.editor.end_of(item, None))
    }

    /// The whole lines of a stretch, the line end of the last one included. Comments that follow it and
    /// stand further in than a column belong to it.
    pub(crate) fn lines(&self, stretch: Range<usize>, column: usize) -> Range<usize> {
        let last = self.editor.past_comments(stretch.end, column);
        let end = self.editor.line_end(last);
        let end = (end + 1).min(self.editor.text.len());
        self.editor.line_start(stretch.start)..end
    }
}
