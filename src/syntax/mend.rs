//! The mistakes that prose writers make in YAML: recognised from the line, explained, and mended in a
//! copy of the text so that the rest of the file can be read as well. The file itself is not touched.
//!
//! Works on lines and on what the parser stumbled over; knows nothing of the parser.

use std::ops::Range;

use super::faults;
use super::yaml::MENDED;
use crate::finding::{Findings, Rule};
use crate::source::{Source, Span};
use crate::text::{count, quoted};

/// What the parser stumbled over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    TooDeep,
    Tab,
    Colon,
    Quote,
    OpenQuote,
    Sign,
    BlockHeader,
    Directive,
    Bracket,
    Layout,
}

/// A copy of the text in which faults have been mended, and the way back to the original places.
pub(super) struct Mended<'s> {
    source: &'s Source,
    text: String,
    /// Where the copy and the original run on together: the offset in each, in order.
    joints: Vec<(usize, usize)>,
    /// The lines, by their start in the original, that have been mended already.
    touched: Vec<usize>,
}

/// A line of the copy, without its line end.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

/// The parts of a line: where its first word stands (after indentation and dashes) and, where it has
/// a key, the key and the place at which the value begins.
struct Parts<'t> {
    column: usize,
    key: Option<&'t str>,
    value: usize,
}

impl<'t> Line<'t> {
    fn end(self) -> usize {
        self.start + self.text.len()
    }

    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_blank(self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    fn parts(self) -> Parts<'t> {
        let mut column = self.indent();
        while self.text[column..].starts_with("- ") {
            let rest = &self.text[column + 1..];
            column += 1 + rest.len() - rest.trim_start_matches(' ').len();
        }
        let rest = &self.text[column..];
        let colon = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1));
        match colon {
            Some(colon) => {
                let after = &rest[colon + 1..];
                let blanks = after.len() - after.trim_start_matches(' ').len();
                let value = column + colon + 1 + blanks;
                Parts { column, key: Some(&rest[..colon]), value }
            }
            None => Parts { column, key: None, value: column },
        }
    }

    /// The text after the key, or after the dash where the line has no key of its own.
    fn value(self) -> &'t str {
        &self.text[self.parts().value..]
    }

    fn has_plain_key(self) -> bool {
        self.parts().key.is_some_and(is_plain_key)
    }

    /// Whether the line begins a block of text: `key: |`.
    fn opens_block(self) -> bool {
        let value = self.value();
        let rest = value.trim_start_matches(['|', '>']);
        let rest = rest.trim_start_matches(|c: char| c == '+' || c == '-' || c.is_ascii_digit());
        value.starts_with(['|', '>']) && (rest.trim().is_empty() || rest.starts_with(" #"))
    }
}

/// Whether a key looks like one of ours: a word, an id or a number, without spaces.
fn is_plain_key(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    !key.is_empty() && key.len() <= 40 && key.chars().all(plain)
}

const HELP_BLOCK: &str = "put the text on the next line, indented by two spaces, with | after the key; \
     or put the whole text in double quotes";

impl<'s> Mended<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Mended { source, text: source.text.clone(), joints: vec![(0, 0)], touched: Vec::new() }
    }

    /// The copy as it is mended so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the original of an offset in the copy.
    pub(super) fn place(&self, offset: usize) -> usize {
        let after = self.joints.partition_point(|&(copy, _)| copy <= offset);
        let (copy, original) = self.joints[after - 1];
        let limit =
            self.joints.get(after).map_or(self.source.text.len(), |&(_, original)| original);
        (original + offset - copy).min(limit)
    }

    /// The span in the original of a span in the copy, on whole characters.
    pub(super) fn place_of(&self, span: Span) -> Span {
        let text = &self.source.text;
        let whole = |at: &usize| text.is_char_boundary(*at);
        let start = self.place(span.start as usize);
        let start = (0..=start).rev().find(whole).unwrap_or(0);
        let end = self.place(span.end as usize).max(start);
        let end = (end..=text.len()).find(whole).unwrap_or(text.len());
        Span::new(span.source, start, end)
    }

    /// Explains the fault at an offset of the copy and mends it; says whether reading can go on.
    pub(super) fn mend(&mut self, trouble: Trouble, at: usize, findings: &mut Findings) -> bool {
        if trouble == Trouble::TooDeep {
            let message = "Lists and groups are nested more than 64 deep here";
            self.report(findings, &faults::TOO_LARGE, at..at + 1, message)
                .help("remove what was pasted in by mistake; no assessment is nested so deeply");
            return false;
        }
        let before = findings.len();
        let text = std::mem::take(&mut self.text);
        let mending = self.diagnose(&text, trouble, at, findings);
        self.text = text;
        if mending.is_none() && findings.len() == before {
            self.report(
                findings,
                &faults::NOT_YAML,
                at..at + 1,
                "The file cannot be read on from here",
            )
            .help("look at this line and the one above: put text with special signs under |");
        }
        for (range, replacement) in mending.iter().flatten().rev() {
            self.replace(range.clone(), replacement);
        }
        mending.is_some()
    }

    fn report<'f>(
        &self,
        findings: &'f mut Findings,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> &'f mut crate::finding::Finding {
        let span = self.place_of(Span::new(self.source.id, range.start, range.end));
        findings.report(rule, span, message)
    }

    fn replace(&mut self, range: Range<usize>, replacement: &str) {
        let (start, end) = (self.place(range.start), self.place(range.end));
        self.joints.retain(|&(copy, _)| copy <= range.start || copy > range.end);
        let added = replacement.len();
        for (copy, _) in &mut self.joints {
            if *copy > range.end {
                *copy = *copy + added - range.len();
            }
        }
        let index = self.joints.partition_point(|&(copy, _)| copy <= range.start);
        self.joints.insert(index, (range.start + added, end));
        if added > 0 {
            self.joints.insert(index, (range.start, start));
        }
        self.text.replace_range(range, replacement);
    }

    /// Finds out what was done, reports it, and returns what to replace in the copy, in order; or
    /// nothing where reading cannot go on.
    fn diagnose(
        &mut self,
        text: &str,
        trouble: Trouble,
        at: usize,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let line = line_at(text, at);
        let original = self.place(line.start);
        if self.touched.contains(&original) {
            let indent = line.start + line.indent();
            if line.is_blank()
                || self.touched.iter().filter(|&&start| start == original).count() > 1
            {
                self.report(findings, &faults::NOT_YAML, at..at, "What follows cannot be read")
                    .help("repair what is reported above, then check the file again");
                return None;
            }
            self.touched.push(original);
            return Some(vec![(indent..indent, "# ".to_owned())]);
        }
        self.touched.push(original);
        if let Some(mending) = self.odd_space(line, findings) {
            return Some(mending);
        }
        match trouble {
            Trouble::Tab => self.tabs(text, line, findings),
            Trouble::Colon => self.colon(text, line, at, findings),
            Trouble::Quote | Trouble::OpenQuote => self.quote(text, line, at, findings),
            Trouble::Sign => self.sign(text, line, at, findings),
            Trouble::BlockHeader => self.block_header(line, at, findings),
            Trouble::Directive => {
                let message = "A line that begins with % is a directive of YAML, \
                               which is not allowed here";
                self.report(findings, &faults::YAML_EXTRA, line.start..line.end(), message)
                    .help("remove the line, or indent it if it belongs to a text");
                Some(vec![(line.start..line.start, "# ".to_owned())])
            }
            Trouble::Bracket => self.bracket(text, line, findings),
            Trouble::Layout | Trouble::TooDeep => self.layout(text, line, at, findings),
        }
    }

    /// Non-breaking spaces where only ordinary ones separate: in the indentation, after a colon.
    fn odd_space(
        &self,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        const ODD: char = '\u{a0}';
        let body = line.text.trim_start_matches([' ', ODD]);
        let indent = &line.text[..line.text.len() - body.len()];
        let mut mending: Vec<(Range<usize>, String)> = indent
            .match_indices(ODD)
            .map(|(at, odd)| (line.start + at..line.start + at + odd.len(), " ".to_owned()))
            .collect();
        let colon = body.find(&format!(":{ODD}")).filter(|&colon| is_plain_key(&body[..colon]));
        if let Some(colon) = colon {
            let at = line.start + indent.len() + colon + 1;
            mending.push((at..at + ODD.len_utf8(), " ".to_owned()));
        }
        let first = mending.first()?.0.clone();
        let message = "There is a non-breaking space where an ordinary one is needed";
        self.report(findings, &faults::SPACE_AFTER_COLON, first, message)
            .help("delete the space and type it again; word processors put such spaces in");
        Some(mending)
    }

    fn tabs(
        &self,
        text: &str,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let mut mending = Vec::new();
        let mut lines = 0;
        for line in lines_from(text, line.start) {
            let indent = line.text.len() - line.text.trim_start().len();
            let before = mending.len();
            for (at, tab) in line.text[..indent].match_indices('\t') {
                mending.push((line.start + at..line.start + at + tab.len(), "  ".to_owned()));
            }
            lines += usize::from(mending.len() > before);
        }
        let (first, _) = mending.first()?;
        let message = match lines {
            1 => "This line is indented with a tab".to_owned(),
            _ => format!("This line and {} below are indented with tabs", count(lines - 1, "line")),
        };
        self.report(findings, &faults::TAB_INDENT, first.clone(), message)
            .help("replace each tab at the beginning of a line by two spaces");
        Some(mending)
    }

    fn colon(
        &self,
        text: &str,
        line: Line<'_>,
        at: usize,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let parts = line.parts();
        let first_colon = line.start + parts.column + parts.key.map_or(0, str::len);
        if at > first_colon || parts.key.is_some_and(|key| key.contains(' ')) {
            if line.value().starts_with(['{', '[']) {
                return self.bracket(text, line, findings);
            }
            let is_prose = parts.key.is_some_and(|key| !is_plain_key(key));
            let from = line.start + if is_prose { parts.column } else { parts.value };
            let message = "This colon makes the text look like another key";
            self.report(findings, &faults::COLON_IN_TEXT, at..at + 1, message).help(HELP_BLOCK);
            let above = content_line_above(text, line);
            return match above.filter(|_| is_prose && !line.text.trim_start().starts_with("- ")) {
                Some(above) if !above.value().is_empty() && !above.opens_block() => {
                    Some(wrap(text, above.start + above.parts().value, line.end()))
                }
                _ => Some(wrap(text, from, line.end())),
            };
        }
        let above = content_line_above(text, line)?;
        if let Some(mending) = self.no_space_after_colon(above, findings) {
            return Some(mending);
        }
        if above.value().starts_with(['{', '[', '"', '\'']) {
            return self.unclosed(text, above, findings);
        }
        self.uneven(text, line, findings)
    }

    /// `rating:green`.
    fn no_space_after_colon(
        &self,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let parts = line.parts();
        if parts.key.is_some() {
            return None;
        }
        let body = &line.text[parts.column..];
        let colon = body.find(':').filter(|&colon| is_plain_key(&body[..colon]))?;
        if body[colon..].starts_with("://") {
            return None;
        }
        let at = line.start + parts.column + colon;
        let message = format!("A space is missing after the colon of {}", quoted(&body[..colon]));
        let repaired = format!("{}: {}", &body[..colon], &body[colon + 1..]);
        self.report(findings, &faults::SPACE_AFTER_COLON, at..at + 1, message)
            .help(format!("write `{}`", crate::text::one_line(&repaired)));
        Some(vec![(at + 1..at + 1, " ".to_owned())])
    }

    fn quote(
        &self,
        text: &str,
        line: Line<'_>,
        at: usize,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let starts = |line: &Line<'_>| line.value().starts_with(['"', '\'']);
        let opening = std::iter::once(line)
            .filter(|line| at > line.start + line.parts().value)
            .chain(lines_above(text, line))
            .find(starts)?;
        if opening.start != line.start {
            return self.unclosed(text, opening, findings);
        }
        let from = line.start + line.parts().value;
        let mark = line.value().chars().next().unwrap_or('"');
        let message = match mark {
            '\'' => "An apostrophe ends the text here",
            _ => "A quotation mark ends the text here",
        };
        let spot = text[..at].rfind(mark).map_or(at, |spot| spot.max(from));
        self.report(findings, &faults::QUOTE_IN_TEXT, spot..spot + 1, message)
            .help("put the text on the next line, indented by two spaces, with | after the key");
        Some(wrap(text, from, line.end()))
    }

    /// A quotation mark or a bracket that is opened on a line and never closed.
    fn unclosed(
        &self,
        text: &str,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let from = line.start + line.parts().value;
        let mark = line.value().chars().next()?;
        let (rule, what) = match mark {
            '\'' => (&faults::QUOTE_IN_TEXT, "A text that begins with an apostrophe"),
            '"' => (&faults::QUOTE_IN_TEXT, "A text that begins with a quotation mark"),
            _ => (&faults::SIGN_IN_TEXT, "A list or group that begins with a bracket"),
        };
        self.report(findings, rule, from..from + 1, format!("{what} is not closed on this line"))
            .help(HELP_BLOCK);
        Some(wrap(text, from, line.end()))
    }

    fn sign(
        &self,
        text: &str,
        line: Line<'_>,
        at: usize,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let from = line.start + line.parts().value;
        if at < from || line.value().is_empty() {
            return self.layout(text, line, at, findings);
        }
        let sign = text[from..].chars().next()?;
        let message = format!("A text that begins with {sign} is not read as a text");
        self.report(findings, &faults::SIGN_IN_TEXT, from..from + sign.len_utf8(), message)
            .help(HELP_BLOCK);
        Some(wrap(text, from, line.end()))
    }

    fn block_header(
        &self,
        line: Line<'_>,
        at: usize,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let after = line.text[at - line.start..].trim_start_matches(['|', '>', '+', '-']);
        let from = line.end() - after.len();
        let message = "The text after | begins on the next line";
        self.report(findings, &faults::TEXT_NOT_INDENTED, from..line.end(), message)
            .help("move the text to the next line, indented by two spaces");
        let indent = " ".repeat(line.parts().column + 2);
        Some(vec![(from..line.end(), format!("\n{indent}{}", after.trim_start()))])
    }

    /// A list or group in brackets that holds a text which is not fit for it.
    fn bracket(
        &self,
        text: &str,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let opening = std::iter::once(line)
            .chain(lines_above(text, line))
            .find(|line| line.value().starts_with(['{', '[']))?;
        let from = opening.start + opening.parts().value;
        if opening.start == line.start && line.text.trim_end().ends_with(['}', ']']) {
            let message = "What stands between these brackets cannot be read";
            self.report(findings, &faults::SIGN_IN_TEXT, from..line.end(), message).help(
                "put each text between brackets in double quotes, or write each key on a line \
                 of its own",
            );
            return Some(vec![(from..line.end(), format!("*{MENDED}"))]);
        }
        self.unclosed(text, opening, findings)
    }

    fn layout(
        &self,
        text: &str,
        line: Line<'_>,
        at: usize,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        if line.is_blank() {
            let message = "The file cannot be read on from here";
            self.report(findings, &faults::NOT_YAML, at..at, message)
                .help("look at the line above: a bracket or a quotation mark may not be closed");
            return None;
        }
        let parts = line.parts();
        if at > line.start + parts.value {
            let sign = line.value().chars().next();
            match sign {
                Some('"' | '\'') => return self.quote(text, line, at, findings),
                Some('[' | '{' | '*' | '&' | '!' | '%' | '@' | '`') => {
                    return self.sign(text, line, at, findings);
                }
                _ => {}
            }
        }
        if !line.has_plain_key()
            && let Some(mending) = self.text_not_indented(text, line, findings)
        {
            return Some(mending);
        }
        if let Some(mending) = self.no_space_after_colon(line, findings) {
            return Some(mending);
        }
        if line.has_plain_key() || line.text.trim_start().starts_with('-') {
            return self.uneven(text, line, findings);
        }
        let start = line.start + line.indent();
        let message = "This line has no key, and belongs to no text";
        self.report(findings, &faults::NOT_YAML, start..line.end(), message).help(
            "write `key: value`; or, if it goes on with the text above, put | after that text's \
             key and indent every line of it by two spaces",
        );
        Some(vec![(start..start, "# ".to_owned())])
    }

    /// Lines under `key: |` that stand to the left of where the text must be.
    fn text_not_indented(
        &self,
        text: &str,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let header = lines_above(text, line)
            .find(|above| above.opens_block() || above.has_plain_key())
            .filter(|above| above.opens_block())?;
        let first = lines_from(text, header.end() + 1).find(|line| !line.is_blank())?;
        let own = header.parts().column;
        let wanted = if first.indent() > own { first.indent() } else { own + 2 };
        let belongs = |line: &Line<'_>| {
            line.text.trim().is_empty() || (!line.has_plain_key() && line.indent() < wanted)
        };
        let mending: Vec<(Range<usize>, String)> = lines_from(text, line.start)
            .take_while(belongs)
            .filter(|line| !line.text.trim().is_empty())
            .map(|line| (line.start..line.start, " ".repeat(wanted - line.indent())))
            .collect();
        let start = line.start + line.indent();
        let key = quoted(header.parts().key.unwrap_or_default());
        let message = format!("This line belongs to the text of {key}, but is not indented so far");
        self.report(findings, &faults::TEXT_NOT_INDENTED, start..line.end(), message)
            .help(format!("begin every line of the text with {}", count(wanted, "space")));
        (!mending.is_empty()).then_some(mending)
    }

    /// A key or an item in a column where nothing above it begins.
    fn uneven(
        &self,
        text: &str,
        line: Line<'_>,
        findings: &mut Findings,
    ) -> Option<Vec<(Range<usize>, String)>> {
        let indent = line.indent();
        let is_item = line.text.trim_start().starts_with('-');
        let column = |above: &Line<'_>| match is_item {
            true => above.indent(),
            false => above.parts().column,
        };
        let wanted = lines_above(text, line)
            .take(200)
            .filter(|above| !above.is_blank())
            .filter(|above| above.text.trim_start().starts_with('-') == is_item || !is_item)
            .filter(|above| is_item || above.has_plain_key())
            .map(|above| column(&above))
            .min_by_key(|column| column.abs_diff(indent))
            .filter(|&wanted| wanted != indent)?;
        let start = line.start + indent;
        let message = "This line is indented unlike the lines it belongs with";
        self.report(findings, &faults::UNEVEN_INDENT, start..line.end(), message)
            .help(format!("begin it after {}, as the lines above do", count(wanted, "space")));
        Some(vec![(line.start..start, " ".repeat(wanted))])
    }
}

/// Puts a stretch of the copy in single quotes.
fn wrap(text: &str, from: usize, to: usize) -> Vec<(Range<usize>, String)> {
    vec![(from..to, format!("'{}'", text[from..to].trim_end().replace('\'', "''")))]
}

fn line_at(text: &str, at: usize) -> Line<'_> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    lines_from(text, start).next().unwrap_or(Line { start, text: "" })
}

fn lines_from(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let mut next = start;
    text.get(start..).unwrap_or_default().split('\n').map(move |line| {
        let start = next;
        next += line.len() + 1;
        Line { start, text: line.trim_end_matches('\r') }
    })
}

/// The lines above a line, the nearest first.
fn lines_above<'t>(text: &'t str, line: Line<'t>) -> impl Iterator<Item = Line<'t>> {
    let mut end = line.start;
    std::iter::from_fn(move || {
        let above = end.checked_sub(1)?;
        end = text[..above].rfind('\n').map_or(0, |newline| newline + 1);
        Some(Line { start: end, text: text[end..above].trim_end_matches('\r') })
    })
}

fn content_line_above<'t>(text: &'t str, line: Line<'t>) -> Option<Line<'t>> {
    lines_above(text, line).find(|line| !line.is_blank())
}
