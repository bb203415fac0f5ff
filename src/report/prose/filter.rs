//! What a report takes of the parts of prose: the rest is left out, or becomes text.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::text::visible;

/// So many quotations, lists and emphases may stand inside each other; nobody reads more, and the work
/// of printing them grows with each.
const DEEPEST: usize = 32;

/// The events that a report takes, with headings of one level.
pub(super) fn allowed(prose: &str, level: HeadingLevel) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    // Links with an address that is not allowed leave their text only; so do all pictures.
    let mut dropped_links = Vec::new();
    let mut is_in_code_block = false;
    let mut depth = 0;
    let mut parsed = Parser::new_ext(prose, Options::empty()).into_offset_iter();
    while let Some((event, place)) = parsed.next() {
        match &event {
            Event::Start(tag) if nests(&tag.to_end()) => {
                if depth == DEEPEST {
                    pass_over(&mut parsed);
                    stand_as_text(&mut events, &prose[place], &tag.to_end());
                    continue;
                }
                depth += 1;
            }
            Event::End(tag) if nests(tag) => depth -= 1,
            _ => {}
        }
        match event {
            Event::Html(text) => {
                let text = text.trim_end_matches('\n').to_owned();
                events.push(Event::Text(CowStr::from(text)));
                events.push(Event::SoftBreak);
            }
            Event::InlineHtml(text) => events.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => {
                if matches!(events.last(), Some(Event::SoftBreak)) {
                    events.pop();
                }
                events.push(Event::End(TagEnd::Paragraph));
            }
            Event::Start(Tag::Heading { .. }) => events.push(Event::Start(heading(level))),
            Event::End(TagEnd::Heading(_)) => events.push(Event::End(TagEnd::Heading(level))),
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                let is_kept = is_allowed_address(&dest_url);
                dropped_links.push(!is_kept);
                if is_kept {
                    events.push(Event::Start(Tag::Link {
                        link_type: pulldown_cmark::LinkType::Inline,
                        dest_url: encode_address(&visible(&dest_url)).into(),
                        title: shown(title),
                        id: CowStr::Borrowed(""),
                    }));
                }
            }
            Event::End(TagEnd::Link) => {
                if !dropped_links.pop().unwrap_or_default() {
                    events.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Text(text) if text.contains('\n') && !is_in_code_block => {
                push_lines(&mut events, &text);
            }
            Event::Text(text) => events.push(Event::Text(shown(text))),
            Event::Start(tag @ Tag::CodeBlock(_)) => {
                is_in_code_block = true;
                events.push(Event::Start(tag));
            }
            Event::End(tag @ TagEnd::CodeBlock) => {
                is_in_code_block = false;
                events.push(Event::End(tag));
            }
            other => events.push(other),
        }
    }
    events
}

/// Whether there can be any number of these inside each other.
fn nests(tag: &TagEnd) -> bool {
    is_block(tag) || matches!(tag, TagEnd::Emphasis | TagEnd::Strong)
}

fn is_block(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_))
}

/// Takes the events until what has begun last ends.
fn pass_over<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) {
    let mut depth = 1;
    while depth > 0 {
        match events.next() {
            Some((Event::Start(_), _)) => depth += 1,
            Some((Event::End(_), _)) => depth -= 1,
            Some(_) => {}
            None => return,
        }
    }
}

/// What is nested too deep stands as it was written.
fn stand_as_text(events: &mut Vec<Event<'_>>, written: &str, tag: &TagEnd) {
    match is_block(tag) {
        true => {
            events.push(Event::Start(Tag::Paragraph));
            let lines = written.lines().map(str::trim).filter(|line| !line.is_empty());
            push_lines(events, &lines.collect::<Vec<_>>().join("\n"));
            events.push(Event::End(TagEnd::Paragraph));
        }
        false => push_lines(events, written),
    }
}

fn push_lines(events: &mut Vec<Event<'_>>, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            events.push(Event::SoftBreak);
        }
        events.push(Event::Text(shown(line.to_owned().into())));
    }
}

/// A text without the hidden characters that its references to characters, such as `&#8238;`, stood
/// for.
fn shown(text: CowStr<'_>) -> CowStr<'_> {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(visible) => visible.into(),
    }
}

fn heading(level: HeadingLevel) -> Tag<'static> {
    Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
}

fn is_allowed_address(address: &str) -> bool {
    let address = address.trim().to_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// An address in which nothing can end a link early.
fn encode_address(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for character in address.trim().chars() {
        match character {
            ' ' | '<' | '>' | '(' | ')' | '"' | '\'' | '`' | '\\' | '\n' | '\r' | '\t' => {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    write!(encoded, "%{byte:02X}").expect("a string takes what is written to it");
                }
            }
            other => encoded.push(other),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::super::to_html;
    use super::*;

    #[test]
    fn what_is_nested_too_deep_stands_as_it_was_written() {
        let deep = |marks: usize| "> ".repeat(marks) + "*a*\n" + &"> ".repeat(marks) + "b\n\nc";
        let quoted = to_html(&deep(DEEPEST - 1), 4);
        assert_eq!(quoted.matches("<blockquote>").count(), DEEPEST - 1);
        assert!(quoted.contains("<p><em>a</em>\nb</p>") && quoted.ends_with("<p>c</p>"));
        let deeper = to_html(&deep(DEEPEST + 2), 4);
        assert_eq!(deeper.matches("<blockquote>").count(), DEEPEST);
        assert!(deeper.contains("<p>&gt; &gt; *a*\n") && deeper.ends_with("<p>c</p>"));
        let words = |count: usize| "*a **b ".repeat(count) + &"c** d*".repeat(count);
        let emphasis = to_html(&words(DEEPEST), 4);
        assert_eq!(emphasis.matches("<em>").count(), DEEPEST / 2);
        assert!(emphasis.contains("*a **b ") && emphasis.contains("c** d*"));
    }
}
