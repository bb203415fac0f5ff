//! YAML text to the tree: the only file that knows the YAML parser.
//!
//! Of YAML, what a person writes is read: maps, lists, texts, comments. Everything that makes a file
//! say something else than it shows is refused at its place. A fault of layout is explained, mended
//! in a copy and read on, so that one colon too many does not hide the rest.

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle};

use super::faults;
use super::mend::{Mended, Trouble, doubts};
use super::plain;
use super::tree::{Kind, Style, Tree};
use crate::finding::Findings;
use crate::source::{Source, SourceId, Span};

/// How deep lists and groups may be nested.
pub(super) const DEEPEST: usize = 64;

/// How many faults of layout are mended in one file before reading stops.
const MOST_MENDS: usize = 40;

/// How many refused parts of YAML are reported in one file before reading stops.
const MOST_REFUSALS: usize = 40;

/// Parses a source. Nothing is returned where there is no tree to go on with, which has then been
/// reported.
pub(crate) fn parse<'s>(source: &'s Source, findings: &mut Findings) -> Option<Tree<'s>> {
    let mut refused = Vec::new();
    let text = &source.text;
    if let Some(tree) = plain::read(source) {
        return Some(tree);
    }
    if let Ok(tree) = build(source.id, text, false, &mut refused)
        && doubts(&tree, text).is_empty()
    {
        for (span, refusal) in refused {
            refuse(span, refusal, findings);
        }
        return Some(tree);
    }
    let mut mended = Mended::new(source, findings);
    let tree = mend(&mut mended, &mut refused, findings);
    // Only now is it known what is refused, and not part of a text that was mended.
    for (span, refusal) in refused {
        refuse(mended.place_of(span), refusal, findings);
    }
    tree.map(|mut tree| {
        tree.move_places(|offset| mended.place(offset));
        tree
    })
}

/// Mends and parses again, until nothing is left that the parser stumbles over, or that is in doubt.
fn mend<'s>(
    mended: &mut Mended<'_>,
    refused: &mut Vec<(Span, Refusal)>,
    findings: &mut Findings,
) -> Option<Tree<'s>> {
    let before = findings.len();
    let mut left = MOST_MENDS;
    let own_alias = mended.knows_own_alias();
    loop {
        refused.clear();
        let built = build(mended.source(), mended.text(), own_alias, refused).map(Tree::into_owned);
        let (trouble, at) = match built {
            Ok(tree) => {
                let mut doubts = doubts(&tree, mended.text());
                doubts.truncate(left);
                left -= doubts.len();
                if !mended.apply_all(doubts, findings) {
                    return Some(tree);
                }
                continue;
            }
            Err(fault) => fault,
        };
        if left == 0 || !mended.mend(trouble, at, findings) {
            // Whatever is not read has a finding.
            if left == 0 || findings.len() == before {
                mended.give_up(at, findings);
            }
            return None;
        }
        left -= 1;
    }
}

/// The alias that the mender writes where a value could not be read; it has been reported already.
pub(super) const MENDED: &str = "unreadable-and-reported";

/// A part of YAML that is refused.
#[derive(Clone, Copy)]
enum Refusal {
    Anchor,
    Alias,
    Merge,
    Tag,
    Directive,
    ComplexKey,
    /// Not refused: a text that ends before what looks like more of it.
    Cut,
}

fn refuse(span: Span, refusal: Refusal, findings: &mut Findings) {
    let (rule, message, help) = match refusal {
        Refusal::Anchor => (
            &faults::YAML_EXTRA,
            "A text that begins with & is an anchor of YAML, which is not allowed here",
            "put the text in double quotes, or on the next line under `|`",
        ),
        Refusal::Alias => (
            &faults::YAML_EXTRA,
            "A text that begins with * is an alias of YAML, which is not allowed here",
            "write the value out; if it is meant as text, put it in double quotes",
        ),
        Refusal::Merge => (
            &faults::YAML_EXTRA,
            "<< merges another part of the file, which is not allowed here",
            "write the keys out where they are meant",
        ),
        Refusal::Tag => (
            &faults::YAML_EXTRA,
            "A text that begins with ! is a tag of YAML, which is not allowed here",
            "remove it; if it is meant as text, put it in double quotes",
        ),
        Refusal::Directive => (
            &faults::YAML_EXTRA,
            "A line that begins with % is a directive of YAML, which is not allowed here",
            "remove the line",
        ),
        Refusal::ComplexKey => (
            &faults::YAML_EXTRA,
            "A key must be a word or a number, not a list or a group",
            "write one key, a colon and its value",
        ),
        Refusal::Cut => (
            &faults::TEXT_AFTER_HASH,
            "The text ends here: a space and a hash begin a comment",
            "put the whole text in double quotes, or on the next line under `|`",
        ),
    };
    findings.report(rule, span, message).help(help);
}

/// Drains the events of the parser into a tree, or says what the parser stumbled over, and where.
/// Parts that are refused are added to `refused`, and stand in the tree as [`Kind::Refused`].
fn build<'s>(
    source: SourceId,
    text: &'s str,
    own_alias: bool,
    refused: &mut Vec<(Span, Refusal)>,
) -> Result<Tree<'s>, (Trouble, usize)> {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        block_nesting_limit: DEEPEST,
        flow_nesting_limit: DEEPEST,
    };
    let mut builder = Builder {
        tree: Tree::new(source, text.len()),
        open: Vec::with_capacity(8),
        source,
        documents: 0,
        refusals: 0,
        is_merge: false,
        own_alias,
        refused,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| {
            let at = offset(error.marker()).min(text.len());
            (trouble(error.kind()), at)
        })?;
        let start = offset(&span.start);
        builder.add(event, span, text);
        if builder.documents > 1 {
            return Err((Trouble::Document, start));
        }
        if builder.refusals > MOST_REFUSALS {
            return Err((Trouble::TooMany, start));
        }
    }
    builder.finish();
    Ok(builder.tree)
}

/// The tree that the parser finds in a text in which it refuses nothing.
#[cfg(test)]
pub(super) fn build_plain(source: SourceId, text: &str) -> Option<Tree<'_>> {
    let mut refused = Vec::new();
    build(source, text, false, &mut refused).ok().filter(|_| refused.is_empty())
}

fn offset(marker: &Marker) -> usize {
    marker.byte_offset().expect("a parser over a text knows byte offsets")
}

struct Builder<'s, 'r> {
    tree: Tree<'s>,
    open: Vec<Open>,
    source: SourceId,
    documents: usize,
    refusals: usize,
    /// Whether the value of a merge key comes next, which has been refused with its key.
    is_merge: bool,
    /// Whether an alias of the mender's name was written by the mender.
    own_alias: bool,
    refused: &'r mut Vec<(Span, Refusal)>,
}

/// A collection that has not ended yet. In a map, keys and values come in turn.
struct Open {
    index: usize,
    map: bool,
    key_is_next: bool,
    /// A key that is a list or a group is refused, with all that is in it.
    refused: bool,
}

impl<'s> Builder<'s, '_> {
    fn add(&mut self, event: Event<'s>, span: granit_parser::Span, text: &'s str) {
        let (start, end) = (offset(&span.start), offset(&span.end));
        match event {
            Event::DocumentStart(_, version) => {
                self.documents += 1;
                self.check_directive(start, version.is_some(), text);
            }
            Event::Scalar(value, style, anchor, tag) => {
                let refused = self.check_properties(&span, anchor, tag.is_some(), start, text);
                if style == ScalarStyle::Plain {
                    self.check_cut(end, text);
                }
                let refused = refused || self.own_alias && value.contains(MENDED);
                if start == end && style == ScalarStyle::Plain {
                    self.value(Kind::Missing, start, end);
                } else if refused {
                    self.value(Kind::Refused, start, end);
                } else if self.is_key() && value == "<<" {
                    self.refuse(start, end, Refusal::Merge);
                    self.value(Kind::Refused, start, end);
                    self.is_merge = true;
                } else {
                    let (style, end) = match style {
                        ScalarStyle::Plain => (Style::Bare, end),
                        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                            (Style::Quoted, end)
                        }
                        _ => (Style::Block, start + text[start..end].trim_end().len()),
                    };
                    self.value(Kind::Scalar(value, style), start, end);
                }
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.check_properties(&span, anchor, tag.is_some(), start, text);
                self.begin(Kind::List, start);
            }
            Event::MappingStart(_, anchor, tag) => {
                self.check_properties(&span, anchor, tag.is_some(), start, text);
                self.begin(Kind::Map, start);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop().expect("what ends was begun");
                // A block ends where its last line does; only a bracket has a place of its own.
                self.tree.close(open.index, (end > start).then_some(end));
            }
            Event::UnresolvedAlias(name) if self.own_alias && name == MENDED => {
                self.value(Kind::Refused, start, end);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                if !std::mem::take(&mut self.is_merge) {
                    self.refuse(start, end, Refusal::Alias);
                }
                self.value(Kind::Refused, start, end);
            }
            _ => {}
        }
    }

    /// Refuses an anchor or a tag before a node, and says whether there was one.
    fn check_properties(
        &mut self,
        span: &granit_parser::Span,
        anchor: usize,
        tagged: bool,
        start: usize,
        text: &str,
    ) -> bool {
        if tagged {
            let range = span.tag_span().and_then(|tag| tag.byte_range()).unwrap_or(start..start);
            self.refuse(range.start, range.end, Refusal::Tag);
        }
        if anchor > 0 {
            let at = text[..start].rfind('&').unwrap_or(start);
            let length = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
            self.refuse(at, at + length, Refusal::Anchor);
        }
        tagged || anchor > 0
    }

    /// Refuses the first line above a document that is a directive.
    fn check_directive(&mut self, start: usize, is_version: bool, text: &str) {
        let mut at = 0;
        for line in text[..start].split_inclusive('\n') {
            if line.starts_with('%') {
                return self.refuse(at, at + line.trim_end().len(), Refusal::Directive);
            }
            at += line.len();
        }
        if is_version {
            self.refuse(start, start, Refusal::Directive);
        }
    }

    /// Tells of a text that is cut off by a hash: "Close recommendation #3". A comment that is meant
    /// has a space after its hash, or stands far from the text.
    fn check_cut(&mut self, end: usize, text: &str) {
        let after = &text.as_bytes()[end..];
        let after = if after.first() == Some(&b':') { &after[1..] } else { after };
        if let [b' ', b'#', next, ..] = after
            && next.is_ascii_alphanumeric()
        {
            let at = text.len() - after.len() + 1;
            let length = text[at..].lines().next().map_or(0, str::len);
            self.refused.push((Span::new(self.source, at, at + length), Refusal::Cut));
        }
    }

    fn refuse(&mut self, start: usize, end: usize, refusal: Refusal) {
        self.refusals += 1;
        self.refused.push((Span::new(self.source, start, end), refusal));
    }

    fn is_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.map && open.key_is_next)
    }

    /// Adds a node to the collection that is open, keeping count of keys and values.
    fn value(&mut self, kind: Kind<'s>, start: usize, end: usize) -> usize {
        if let Some(open) = self.open.last_mut() {
            open.key_is_next = !open.key_is_next;
        }
        self.tree.push(kind, start, end)
    }

    fn begin(&mut self, kind: Kind<'s>, start: usize) {
        let is_key = self.is_key();
        if is_key {
            self.refuse(start, start, Refusal::ComplexKey);
        }
        let map = kind == Kind::Map;
        let index = self.value(if is_key { Kind::Refused } else { kind }, start, start);
        self.open.push(Open { index, map, key_is_next: map, refused: is_key });
    }

    /// Closes what is still open where reading stopped early, and gives an empty file a root.
    fn finish(&mut self) {
        while let Some(open) = self.open.pop() {
            if open.map && !open.key_is_next && !open.refused {
                self.tree.push(Kind::Refused, 0, 0);
            }
            self.tree.close(open.index, None);
        }
        if self.tree.is_empty() {
            self.tree.push(Kind::Missing, 0, 0);
        }
    }
}

/// What the parser stumbled over, in the terms of the mender.
fn trouble(kind: &ErrorKind) -> Trouble {
    match kind {
        ErrorKind::RecursionLimitExceeded => Trouble::TooDeep,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => Trouble::Tab,
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => Trouble::Colon,
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => Trouble::Quote,
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => Trouble::OpenQuote,
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::UndeclaredTagHandle => Trouble::Sign,
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            Trouble::BlockHeader
        }
        ErrorKind::InvalidDocumentEnd => Trouble::Document,
        ErrorKind::DirectiveDisallowed
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingYamlVersion
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::MissingDirectiveName => Trouble::Directive,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator
        | ErrorKind::FlowMappingValueAdjacentCollection
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => Trouble::Bracket,
        _ => Trouble::Layout,
    }
}
