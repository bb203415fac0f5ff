//! The tree of a file: one vector of nodes in the order of the text, each knowing where its subtree
//! ends. Both languages are parsed into it.

use std::borrow::Cow;

use crate::source::{SourceId, Span};

/// A parsed file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tree<'s> {
    nodes: Vec<Record<'s>>,
    source: SourceId,
    /// The greatest end of any node so far, which is where a collection that is closed now ends.
    latest: u32,
}

#[derive(Debug, PartialEq, Eq)]
struct Record<'s> {
    kind: Kind<'s>,
    start: u32,
    end: u32,
    /// The index one past the last node of this subtree.
    after: u32,
}

/// What a node is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind<'s> {
    /// A key without a value, or a dash without an item.
    Missing,
    /// Something that has been reported already; whoever decodes passes over it in silence.
    Refused,
    /// A text, as it was typed, and whether it was quoted, or a block, rather than bare.
    Scalar(Cow<'s, str>, Style),
    /// Items, one after another.
    List,
    /// Keys and values in turn.
    Map,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes.
    Bare,
    /// In quotes.
    Quoted,
    /// As an indented block.
    Block,
}

/// How many bytes of text come on a node, usually.
const USUAL_LENGTH: usize = 16;

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

impl<'s> Tree<'s> {
    /// An empty tree over a source, with room for as many nodes as a text of that length may have.
    pub(super) fn new(source: SourceId, length: usize) -> Self {
        Tree { nodes: Vec::with_capacity(length / USUAL_LENGTH + 8), source, latest: 0 }
    }

    /// Adds a node, and gives its index so that a collection can be closed.
    #[inline]
    pub(super) fn push(&mut self, kind: Kind<'s>, start: usize, end: usize) -> usize {
        let index = self.nodes.len();
        let Span { start, end, .. } = Span::new(self.source, start, end);
        let after = u32::try_from(index + 1).expect("a source has fewer than 2^32 nodes");
        self.nodes.push(Record { kind, start, end, after });
        self.latest = self.latest.max(end);
        index
    }

    /// Closes a collection: all nodes added since are inside it. A collection reaches from its first
    /// to its last node, or to the given end where a bracket closes it.
    pub(super) fn close(&mut self, index: usize, end: Option<usize>) {
        let after = u32::try_from(self.nodes.len()).expect("a source has fewer than 2^32 nodes");
        if let Some(end) = end {
            self.latest = self.latest.max(Span::new(self.source, end, end).end);
        }
        let record = &mut self.nodes[index];
        (record.after, record.end) = (after, self.latest.max(record.end));
    }

    /// Moves every place, for a tree that was parsed from a mended copy of the text.
    pub(super) fn move_places(&mut self, place: impl Fn(usize) -> usize) {
        for record in &mut self.nodes {
            let start = place(record.start as usize);
            let moved = Span::new(self.source, start, place(record.end as usize).max(start));
            (record.start, record.end) = (moved.start, moved.end);
        }
    }

    /// The same tree without reference to the text it was parsed from.
    pub(super) fn into_owned<'o>(self) -> Tree<'o> {
        let nodes = self.nodes.into_iter().map(|record| Record {
            kind: match record.kind {
                Kind::Missing => Kind::Missing,
                Kind::Refused => Kind::Refused,
                Kind::List => Kind::List,
                Kind::Map => Kind::Map,
                Kind::Scalar(text, style) => Kind::Scalar(Cow::Owned(text.into_owned()), style),
            },
            start: record.start,
            end: record.end,
            after: record.after,
        });
        Tree { nodes: nodes.collect(), source: self.source, latest: self.latest }
    }

    /// The quoted texts, in which signs can stand for characters that the file does not show.
    pub(super) fn quoted(&self) -> impl Iterator<Item = (&str, Span)> {
        let of_record = |record: &'_ Record<'s>| Span {
            source: self.source,
            start: record.start,
            end: record.end,
        };
        self.nodes.iter().filter_map(move |record| match &record.kind {
            Kind::Scalar(text, Style::Quoted) => Some((&**text, of_record(record))),
            _ => None,
        })
    }

    /// Whether there is no node at all.
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The outermost node.
    pub(crate) fn root(&self) -> Node<'_> {
        Node { tree: self, index: 0 }
    }
}

impl<'t> Node<'t> {
    fn record(self) -> &'t Record<'t> {
        &self.tree.nodes[self.index as usize]
    }

    /// What the node is.
    pub(crate) fn kind(self) -> &'t Kind<'t> {
        &self.record().kind
    }

    /// Where it stands.
    pub(crate) fn span(self) -> Span {
        let record = self.record();
        Span { source: self.tree.source, start: record.start, end: record.end }
    }

    /// The text of a scalar.
    pub(crate) fn scalar(self) -> Option<&'t str> {
        match self.kind() {
            Kind::Scalar(text, _) => Some(text),
            Kind::Missing | Kind::Refused | Kind::List | Kind::Map => None,
        }
    }

    /// The nodes directly inside: the items of a list; the keys and values of a map in turn.
    pub(crate) fn children(self) -> impl Iterator<Item = Node<'t>> {
        self.nodes_from(self.index + 1)
    }

    /// The items of a list; any other node that has something to say counts as the only item of one.
    pub(crate) fn items(self) -> impl Iterator<Item = Node<'t>> {
        let first = match self.kind() {
            Kind::List => self.index + 1,
            Kind::Scalar(..) | Kind::Map => self.index,
            Kind::Missing | Kind::Refused => self.record().after,
        };
        self.nodes_from(first).filter(|item| !matches!(item.kind(), Kind::Missing))
    }

    /// The nodes from an index to the end of this one, what is inside each of them passed over.
    fn nodes_from(self, first: u32) -> impl Iterator<Item = Node<'t>> {
        let after = self.record().after;
        let mut next = first;
        std::iter::from_fn(move || {
            let node = Node { tree: self.tree, index: next };
            (next < after).then(|| {
                next = node.record().after;
                node
            })
        })
    }

    /// The keys of a map with their values; nothing for any other node.
    pub(crate) fn entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let mut children = matches!(self.kind(), Kind::Map).then(|| self.children());
        std::iter::from_fn(move || {
            let children = children.as_mut()?;
            Some((children.next()?, children.next().expect("a key is followed by its value")))
        })
    }
}
