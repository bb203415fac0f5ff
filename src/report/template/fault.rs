//! What is wrong with a template of a user's: where, what, and what to write instead.

use std::ops::Range;

use minijinja::{Error, ErrorKind};

use super::check::known_fields;
use super::{BUILT_IN, Own};
use crate::text::{nearest, quoted};

/// What is wrong with a template of a user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The template in which it is, by name.
    pub template: String,
    /// The bytes of its text that are meant.
    pub place: Range<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// What went wrong, at the innermost place in a template of the user's.
pub(super) fn fault(own: &Own, error: &Error) -> Fault {
    let mut chain = vec![error];
    let mut next = std::error::Error::source(error);
    while let Some(found) = next {
        chain.extend(found.downcast_ref::<Error>());
        next = found.source();
    }
    let is_own = |error: &&&Error| error.name().is_some_and(|name| !name.starts_with(BUILT_IN));
    let inner = chain.last().copied().unwrap_or(error);
    let place = chain.iter().rev().find(is_own).copied();
    let template = place.and_then(Error::name).unwrap_or(&own.name).to_owned();
    let text = place.and_then(Error::template_source).unwrap_or(&own.text);
    let range = place.and_then(Error::range).filter(|range| text.get(range.clone()).is_some());
    let range = range.filter(|range| !range.is_empty());
    let range = range.unwrap_or_else(|| line(text, place.and_then(Error::line).unwrap_or(1)));
    let range = match inner.kind() {
        ErrorKind::UndefinedError => before_filters(text, range),
        _ => range,
    };
    let (message, help) = words(inner, text.get(range.clone()).unwrap_or_default());
    Fault { template, place: range, message, help }
}

/// The value that filters are given, where the place is that of a filter.
fn before_filters(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(before) = text[..range.start].trim_end().strip_suffix('|') else { return range };
    let end = before.trim_end().len();
    let is_name = |c: char| c.is_alphanumeric() || ['_', '.', '[', ']', '"'].contains(&c);
    let start = before[..end].trim_end_matches(is_name).len();
    match start < end {
        true => before_filters(text, start..end),
        false => range,
    }
}

/// The bytes of a line, without the white space around it.
fn line(text: &str, number: usize) -> Range<usize> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            let blank = line.len() - line.trim_start().len();
            return start + blank.min(line.trim_end().len())..start + line.trim_end().len();
        }
        start += line.len();
    }
    text.len()..text.len()
}

/// What is wrong, and what to write instead. `meant` is the part of the template at which it is.
fn words(error: &Error, meant: &str) -> (String, String) {
    let detail = error.detail().unwrap_or_default();
    let inside = match error.name().and_then(|name| name.strip_prefix(BUILT_IN)) {
        Some(name) => format!(", in the built-in template {name}"),
        None => String::new(),
    };
    let said = |what: &str, help: &str| (format!("{what}{inside}"), help.to_owned());
    match error.kind() {
        ErrorKind::UndefinedError if meant.is_empty() || !inside.is_empty() => {
            said("A field that is not there is used", FIELDS)
        }
        ErrorKind::UndefinedError if meant.starts_with('[') => (
            format!("An item is used of a list that may be empty: {meant}"),
            "put it between {% if … %} and {% endif %}, or run through the list with for"
                .to_owned(),
        ),
        ErrorKind::UndefinedError => {
            let path = meant.trim().trim_start_matches(['{', '%', ' ']);
            let is_name = |c: char| c.is_alphanumeric() || ['_', '.'].contains(&c);
            let end = path.find(|c| !is_name(c)).unwrap_or(path.len());
            let path = if end == 0 { path } else { &path[..end] };
            unknown_words(path, path.rsplit('.').next().unwrap_or(path))
        }
        ErrorKind::UnknownFilter => said(
            &format!("There is no such filter: {detail}"),
            "docs/templates.md names the filters; each value is escaped by its format, and no filter \
             switches that off",
        ),
        ErrorKind::UnknownTest | ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => said(
            &format!("There is no such word: {detail}"),
            "docs/templates.md names the functions and tests",
        ),
        ErrorKind::OutOfFuel => said(
            "The template does not come to an end in good time",
            "look for a loop over far more than the report holds",
        ),
        ErrorKind::TemplateNotFound => said(
            &format!("The template that is taken in cannot be found: {detail}"),
            "name a file in the folder of this template, as seen from there, or one that begins with \
             built-in/",
        ),
        ErrorKind::BadInclude => said(
            &format!("The template that is taken in cannot be used: {detail}"),
            "mend it there, or take in another",
        ),
        ErrorKind::SyntaxError => said(
            &format!("The template cannot be read: {detail}"),
            "every {{ needs its }}, every {% its %}, every if its endif and every for its endfor",
        ),
        _ => said(
            &format!(
                "This cannot be done: {}",
                if detail.is_empty() { "it fails" } else { detail }
            ),
            FIELDS,
        ),
    }
}

/// What to say of a field that there is not.
pub(super) fn unknown_words(path: &str, name: &str) -> (String, String) {
    let fields = known_fields();
    if let (true, Some((whole, _))) = (fields.iter().any(|own| own == path), path.split_once('.')) {
        return (
            format!("{} is not there in every report", quoted(path)),
            format!("put it between {{% if {whole} %}} and {{% endif %}}"),
        );
    }
    let names: Vec<&str> = fields.iter().map(|own| own.rsplit('.').next().unwrap_or(own)).collect();
    let mut names = names;
    names.sort_unstable();
    names.dedup();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) if near != name => format!("did you mean {near}? {FIELDS}"),
        _ => FIELDS.to_owned(),
    };
    (format!("A report has no field {}", quoted(path)), help)
}

const FIELDS: &str = "docs/templates.md names every field";
