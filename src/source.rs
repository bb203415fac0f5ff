//! The text of a file and places in it.
//!
//! A span is a pair of byte offsets into one source. Lines and columns are worked out only where a
//! place is shown to a person. Nothing here reads a file.

use std::sync::{Arc, OnceLock};

/// Which source a span lies in; unique within one run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SourceId(pub u32);

/// One text that was read, and the name by which the reader knows it.
#[derive(Debug)]
pub(crate) struct Source {
    /// The identity that spans refer to.
    pub id: SourceId,
    /// The path as shown: relative to where the user stands, with forward slashes.
    pub path: Arc<str>,
    /// The text, without a byte-order mark.
    pub text: String,
    /// The offset at which each line starts, worked out when a line is first asked for.
    line_starts: OnceLock<Vec<usize>>,
}

/// A range of bytes in a source, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// The source that the offsets count in.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A value and the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// The value at its place.
    pub(crate) fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// The same place with another value.
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

impl Span {
    /// An offset fits, because no file above 10 MiB is read.
    pub(crate) fn new(source: SourceId, start: usize, end: usize) -> Self {
        let offset = |at| u32::try_from(at).expect("a source is smaller than 4 GiB");
        Span { source, start: offset(start), end: offset(end) }
    }

    /// The empty span at the beginning of a source.
    pub(crate) fn beginning(source: SourceId) -> Self {
        Span { source, start: 0, end: 0 }
    }

    /// The span of a part of this span's text, as offsets from its start.
    pub(crate) fn part(self, start: usize, end: usize) -> Self {
        let base = self.start as usize;
        Span::new(self.source, base + start, (base + end).min(self.end as usize))
    }

    /// The offsets as a range for slicing.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Source {
    /// A text under the name by which the reader knows it.
    pub(crate) fn new(id: SourceId, path: &str, text: String) -> Self {
        Source { id, path: path.into(), text, line_starts: OnceLock::new() }
    }

    /// The text that a span of this source covers.
    pub(crate) fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The line of an offset, from 1, and the offset at which that line starts.
    pub(crate) fn line_of(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(newlines.map(|newline| newline + 1)).collect()
        });
        let line = starts.partition_point(|&start| start <= offset);
        (line, starts[line - 1])
    }
}

/// The few sources that the findings on one file can point into: the file, its checklist with what
/// that extends, and the workspace settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    list: Vec<Arc<Source>>,
}

impl Sources {
    /// Adds a source, once.
    pub(crate) fn add(&mut self, source: &Arc<Source>) {
        if self.get(source.id).is_none() {
            self.list.push(Arc::clone(source));
        }
    }

    /// Adds all of another set.
    pub(crate) fn add_all(&mut self, others: &Sources) {
        for source in &others.list {
            self.add(source);
        }
    }

    /// The source of an identity, if it is one of these.
    pub(crate) fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.iter().find(|source| source.id == id).map(Arc::as_ref)
    }
}
