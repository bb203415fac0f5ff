//! TOML text to the tree: the only file that knows the TOML parser.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::faults;
use super::tree::{Kind, Style, Tree};
use crate::finding::Findings;
use crate::source::{Source, Span};

/// Parses a source. Every fault is reported; what can be read is returned all the same.
pub(crate) fn parse<'s>(source: &'s Source, findings: &mut Findings) -> Tree<'s> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(source.id, range.start, range.end.max(range.start));
        report(error.message(), span, findings);
    }
    let mut tree = Tree::new(source.id, source.text.len());
    add_table(&mut tree, table.get_ref(), table.span(), &source.text);
    tree
}

fn report(message: &str, span: Span, findings: &mut Findings) {
    if message.contains("duplicate key") {
        findings
            .report(&faults::DUPLICATE_KEY, span, "This key stands twice in one place")
            .help("keep one of the two");
    } else if message.contains("recurs") {
        findings
            .report(&faults::TOO_LARGE, span, "Lists and tables are nested too deeply here")
            .help("remove what was pasted in by mistake");
    } else {
        findings
            .report(&faults::NOT_TOML, span, format!("This cannot be read: {message}"))
            .help("write `key = \"text\"`, the text in straight double quotes on one line");
    }
}

fn add_table<'s>(
    tree: &mut Tree<'s>,
    table: &DeTable<'s>,
    span: std::ops::Range<usize>,
    text: &'s str,
) {
    let index = tree.push(Kind::Map, span.start, span.start);
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let span = key.span();
        tree.push(Kind::Scalar(key.get_ref().clone(), Style::Bare), span.start, span.end);
        add_value(tree, value, text);
    }
    tree.close(index, (span.end > span.start).then_some(span.end));
}

fn add_value<'s>(tree: &mut Tree<'s>, value: &Spanned<DeValue<'s>>, text: &'s str) {
    let span = value.span();
    match value.get_ref() {
        DeValue::Table(table) => add_table(tree, table, span, text),
        DeValue::Array(items) => {
            let index = tree.push(Kind::List, span.start, span.start);
            for item in items.iter() {
                add_value(tree, item, text);
            }
            tree.close(index, Some(span.end));
        }
        DeValue::String(value) => {
            tree.push(Kind::Scalar(value.clone(), Style::Quoted), span.start, span.end);
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            let typed = Cow::Borrowed(&text[span.clone()]);
            tree.push(Kind::Scalar(typed, Style::Bare), span.start, span.end);
        }
    }
}
