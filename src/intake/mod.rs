//! What comes back: a form that was filled in, as a workbook, a table or a plain text, read from its
//! bytes, and held to what was asked.
//!
//! Pure. Answers are matched by the id of their question and never by their place. What cannot be
//! taken is a problem with its place; all problems are listed, and where there is one nothing is taken.

#[cfg(feature = "xlsx")]
mod archive;
#[cfg(feature = "xlsx")]
mod beside;
pub(crate) mod changes;
pub(crate) mod check;
mod csv;
mod table;
mod text;
#[cfg(feature = "xlsx")]
mod workbook;

use crate::form::Field;

/// Something that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where: a cell, a row or a line; empty where it is about the whole.
    pub place: String,
    /// What it is, and what to do.
    pub message: String,
}

impl Problem {
    fn at(place: &str, message: impl Into<String>) -> Self {
        Problem { place: place.to_owned(), message: message.into() }
    }

    fn whole(message: impl Into<String>) -> Self {
        Problem { place: String::new(), message: message.into() }
    }
}

/// Something that was written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The text.
    pub text: String,
    /// Where.
    pub place: String,
}

/// A form that came back.
#[derive(Debug, Default)]
pub(crate) struct Returned {
    /// What it says of itself, by the names of the facts.
    pub facts: Vec<(&'static str, Written)>,
    /// The questions in it.
    pub rows: Vec<Row>,
    /// What in it cannot be taken.
    pub problems: Vec<Problem>,
}

/// A question that came back, with what was filled in.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its id.
    pub id: Written,
    /// The fingerprint of its wording.
    pub wording: Option<Written>,
    /// Its wording.
    pub asked: Option<Written>,
    /// What was filled in; nothing that is empty.
    pub filled: Vec<(Field, Written)>,
}

/// Reads what came back. What it is is told by what it holds, not by its name. It fails only where
/// nothing in it can be read; other problems stand in what is returned.
pub(crate) fn read(bytes: &[u8]) -> Result<Returned, Vec<Problem>> {
    let whole = |message: &str| Err(vec![Problem::whole(message)]);
    if bytes.starts_with(b"PK") {
        return workbook_of(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return whole(
            "this is a workbook of the old kind, or one with a password: save it as an Excel \
             workbook (.xlsx) without a password",
        );
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0) {
        return whole(
            "this is not a text in UTF-8: in Excel, save it as \"CSV UTF-8\"; in Notepad, choose \
             the encoding UTF-8",
        );
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return whole(
            "there are letters in this that are not in UTF-8: in Excel, save it as \"CSV UTF-8\"; \
             in Notepad, choose the encoding UTF-8",
        );
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return whole("there is nothing in this file");
    }
    match csv::looks_like(text) {
        true => Ok(csv::read(text)),
        false => text::read(text),
    }
}

#[cfg(feature = "xlsx")]
fn workbook_of(bytes: &[u8]) -> Result<Returned, Vec<Problem>> {
    workbook::read(bytes)
}

#[cfg(not(feature = "xlsx"))]
fn workbook_of(_: &[u8]) -> Result<Returned, Vec<Problem>> {
    let message = "this build of scrutiny reads no workbooks: save the form as \"CSV UTF-8\"";
    Err(vec![Problem::whole(message)])
}
