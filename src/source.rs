//! The text of a file and places in it.
//!
//! A span is a pair of byte offsets into one source. Lines and columns are worked out only where a
//! place is shown to a person. Nothing here reads a file.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::text::Signs;

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
    pub text: Cow<'static, str>,
    /// Parts of the text that are never shown.
    secrets: Secrets,
    /// The path in the form in which it may be shown, where it may not be shown as it is.
    veiled_path: Option<Arc<str>>,
    /// The offset at which each line starts, worked out when a line is first asked for.
    line_starts: OnceLock<Vec<usize>>,
    /// Where rare signs stand, worked out when they are first asked for.
    signs: OnceLock<Signs>,
    /// Columns, in characters.
    columns: Ruler,
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
    pub(crate) fn new(id: SourceId, path: &str, text: impl Into<Cow<'static, str>>) -> Self {
        Source {
            id,
            path: path.into(),
            text: text.into(),
            secrets: Secrets::default(),
            veiled_path: None,
            line_starts: OnceLock::new(),
            signs: OnceLock::new(),
            columns: Ruler::new(characters),
        }
    }

    /// Says which parts of the text are never to be shown, in order, and what is shown in their place.
    pub(crate) fn hide(&mut self, secrets: Vec<(Range<usize>, String)>) {
        self.secrets = Secrets::of(&self.text, secrets);
    }

    /// Says in what form alone the path may be shown.
    pub(crate) fn hide_path(&mut self, shown: &str) {
        self.veiled_path = Some(shown.into());
    }

    /// The path as it may be shown.
    pub(crate) fn shown_path(&self) -> &Arc<str> {
        self.veiled_path.as_ref().unwrap_or(&self.path)
    }

    /// A part of the text as it may be shown, and where a place in that part is then.
    pub(crate) fn veiled(&self, part: Range<usize>, place: Range<usize>) -> (String, Range<usize>) {
        let mut shown = String::with_capacity(part.len());
        let (mut start, mut end) = (None, None);
        let mut at = part.start;
        // Where an offset of the text has come to, once the text up to it stands there.
        let come = |offset: usize, at: usize, length: usize| {
            (offset >= at).then(|| length + (offset - at))
        };
        for (secret, mask) in self.secrets.within(&part) {
            let hidden = secret.start.max(part.start)..secret.end.min(part.end);
            if place.start < hidden.end {
                let before = place.start.min(hidden.start);
                start = start.or(come(before, at, shown.len()));
            }
            if place.end <= hidden.start {
                end = end.or(come(place.end, at, shown.len()));
            }
            shown.push_str(&self.text[at..hidden.start]);
            shown.push_str(mask);
            if place.end < hidden.end {
                end = end.or(Some(shown.len()));
            }
            at = hidden.end;
        }
        let start = start.or(come(place.start, at, shown.len()));
        let end = end.or(come(place.end, at, shown.len()));
        shown.push_str(&self.text[at..part.end]);
        let start = start.unwrap_or(0);
        let end = end.unwrap_or(shown.len()).max(start);
        (shown, start..end)
    }

    /// The text that a span of this source covers.
    pub(crate) fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Where in the text rare signs stand.
    pub(crate) fn signs(&self) -> &Signs {
        self.signs.get_or_init(|| Signs::of(&self.text))
    }

    /// The offset at which each line starts.
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(newlines.map(|newline| newline + 1)).collect()
        })
    }

    /// The line of an offset, from 1, and the offset at which that line starts.
    pub(crate) fn line_of(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset);
        (line, starts[line - 1])
    }

    /// The offset at which the line of an offset ends, its line end left out.
    pub(crate) fn line_end(&self, offset: usize) -> usize {
        let (line, start) = self.line_of(offset);
        let end = self.line_starts().get(line).map_or(self.text.len(), |next| next - 1);
        start + self.text[start..end].trim_end_matches('\r').len()
    }

    /// The line and the column of an offset, both from 1, columns in characters.
    pub(crate) fn place_of(&self, offset: usize) -> (usize, usize) {
        let (line, start) = self.line_of(offset);
        let before = self.columns.measure(&self.text, start..offset);
        (line, before + 1)
    }
}

/// Parts of one text that are never shown.
#[derive(Debug, Default)]
struct Secrets {
    /// Where they stand, in order, each with what is shown in its place.
    places: Vec<(Range<usize>, String)>,
    /// Each as messages would quote it, on one line, once; with what is shown in its place.
    words: Vec<(String, String)>,
    /// Which of the words begin with these bytes: there may be thousands, and as many messages.
    by_beginning: HashMap<[u8; BEGINNING], Vec<usize>>,
    /// The words that are shorter.
    short: Vec<usize>,
}

/// How many bytes of a secret that was cut short still give it away.
const BEGINNING: usize = 3;

impl Secrets {
    fn of(text: &str, places: Vec<(Range<usize>, String)>) -> Self {
        let mut secrets = Secrets::default();
        let mut seen = HashSet::new();
        for (place, mask) in &places {
            let words: Vec<&str> = text[place.clone()].split_whitespace().collect();
            let words = words.join(" ");
            if !words.is_empty() && seen.insert(words.clone()) {
                let index = secrets.words.len();
                match words.as_bytes().first_chunk() {
                    Some(beginning) => {
                        secrets.by_beginning.entry(*beginning).or_default().push(index);
                    }
                    None => secrets.short.push(index),
                }
                secrets.words.push((words, mask.clone()));
            }
        }
        secrets.places = places;
        secrets
    }

    fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Those of which something stands in a part of the text.
    fn within(&self, part: &Range<usize>) -> impl Iterator<Item = &(Range<usize>, String)> {
        let first = self.places.partition_point(|(place, _)| place.end <= part.start);
        let end = part.end;
        self.places[first..].iter().take_while(move |(place, _)| place.start < end)
    }

    /// A text that may quote them, without them. Messages quote on one line, and cut long quotations.
    fn veil<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        let beginnings = text.as_bytes().windows(BEGINNING);
        let begun = beginnings.filter_map(|beginning| self.by_beginning.get(beginning)).flatten();
        let mut indices: Vec<usize> = begun.chain(&self.short).copied().collect();
        indices.sort_unstable();
        indices.dedup();
        indices.into_iter().fold(text, |mut text, index| {
            let (secret, mask) = &self.words[index];
            if text.contains(secret) {
                text = Cow::Owned(text.replace(secret, mask));
            }
            if let Some((before, after)) = text.split_once('…') {
                let cut = (BEGINNING..secret.len())
                    .rev()
                    .filter_map(|end| secret.get(..end))
                    .find_map(|begun| before.strip_suffix(begun));
                if let Some(before) = cut {
                    text = Cow::Owned(format!("{before}{mask}…{after}"));
                }
            }
            text
        })
    }
}

/// Measures stretches of one text, such as lines of it, by what its bytes take up. A place far along a long
/// line is found as fast as one near its beginning.
#[derive(Debug)]
pub(crate) struct Ruler {
    /// What bytes take up.
    measure: fn(&[u8]) -> usize,
    /// What stands before each [`STRIDE`](Ruler::STRIDE), worked out when first asked for.
    sums: OnceLock<Vec<usize>>,
}

impl Ruler {
    /// The bytes after which the sum is kept.
    const STRIDE: usize = 1024;

    /// A ruler for one text.
    pub(crate) fn new(measure: fn(&[u8]) -> usize) -> Self {
        Ruler { measure, sums: OnceLock::new() }
    }

    /// What a stretch of the text takes up.
    pub(crate) fn measure(&self, text: &str, stretch: Range<usize>) -> usize {
        let bytes = text.as_bytes();
        match stretch.len() <= Self::STRIDE {
            true => (self.measure)(&bytes[stretch]),
            false => self.before(bytes, stretch.end) - self.before(bytes, stretch.start),
        }
    }

    fn before(&self, bytes: &[u8], offset: usize) -> usize {
        let sums = self.sums.get_or_init(|| {
            let add = |sum: &mut usize, stride: &[u8]| {
                let before = *sum;
                *sum += (self.measure)(stride);
                Some(before)
            };
            // The last, with nothing in it, is for an offset at the end of the text.
            bytes.chunks(Self::STRIDE).chain([&[][..]]).scan(0, add).collect()
        });
        let stride = offset / Self::STRIDE;
        sums[stride] + (self.measure)(&bytes[stride * Self::STRIDE..offset])
    }
}

/// How many characters begin in these bytes of a text in UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// The few sources that the findings on one file can point into: the file, its checklist with what
/// that extends, and the workspace settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    list: Vec<Arc<Source>>,
    /// Those that hold what is never to be shown, which are few.
    secretive: Vec<Arc<Source>>,
}

impl Sources {
    /// Adds a source, once.
    pub(crate) fn add(&mut self, source: &Arc<Source>) {
        if self.get(source.id).is_none() {
            self.list.push(Arc::clone(source));
            if !source.secrets.is_empty() {
                self.secretive.push(Arc::clone(source));
            }
        }
    }

    /// Adds all of another set.
    pub(crate) fn add_all(&mut self, others: &Sources) {
        for source in &others.list {
            self.add(source);
        }
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.list.iter()
    }

    /// A text that may quote one of these, without what is never to be shown.
    pub(crate) fn veil(&self, text: &str) -> String {
        let veiled = Cow::Borrowed(text);
        self.secretive.iter().fold(veiled, |text, source| source.secrets.veil(text)).into_owned()
    }

    /// The source of an identity, if it is one of these.
    pub(crate) fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.iter().find(|source| source.id == id).map(Arc::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_columns_in_characters_on_lines_of_any_length() {
        let long = "é€🙂a".repeat(700);
        for text in
            [format!("{long}\n{long}\r\n\n{long}"), "é".repeat(Ruler::STRIDE), String::new()]
        {
            let source = Source::new(SourceId(0), "a", text.clone());
            let mut place = (1, 1);
            for (offset, character) in text.char_indices() {
                assert_eq!(source.place_of(offset), place, "{offset}");
                if character != '\n' {
                    let rest = text[offset..].lines().next().unwrap_or_default();
                    assert_eq!(source.line_end(offset), offset + rest.len(), "{offset}");
                }
                place = if character == '\n' { (place.0 + 1, 1) } else { (place.0, place.1 + 1) };
            }
            assert_eq!(source.place_of(text.len()), place);
        }
    }

    #[test]
    fn shows_no_secret_and_keeps_places() {
        let mut source =
            Source::new(SourceId(0), "a", "her son Jack Smith, aged 7, said".to_owned());
        source.hide(vec![(8..18, "J•••".to_owned()), (20..26, "a•••".to_owned())]);
        let check = |place: Range<usize>, expected: &str| {
            let (shown, place) = source.veiled(4..32, place);
            assert_eq!(shown, "son J•••, a•••, said");
            assert_eq!(&shown[place], expected);
        };
        check(8..18, "J•••");
        check(4..7, "son");
        check(4..18, "son J•••");
        check(10..12, "J•••");
        check(20..26, "a•••");
        check(28..32, "said");
        check(7..32, " J•••, a•••, said");
        check(32..32, "");
        let mut sources = Sources::default();
        sources.add(&Arc::new(source));
        assert_eq!(sources.veil("the text \"son Jack Smith\""), "the text \"son J•••\"");
        assert_eq!(sources.veil("the text \"her son Jack S…\""), "the text \"her son J•••…\"");
    }
}
