//! A sheet: headings, sentences, lists and tables in reading order, already in words. Comparisons are
//! laid out once as a sheet, so that the screen and Markdown cannot disagree.

use serde::Serialize;

/// A page of headings, sentences, lists and tables.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    /// The title.
    pub title: String,
    /// What is printed on every page, such as OFFICIAL-SENSITIVE; each once.
    pub markings: Vec<String>,
    /// What follows, in reading order.
    pub parts: Vec<Part>,
    /// What it was made from: files, checklists, dates, attributions, the program.
    pub made_from: Vec<String>,
}

/// One part of a sheet.
#[derive(Debug, Serialize)]
#[serde(tag = "part", rename_all = "kebab-case")]
pub(crate) enum Part {
    /// A heading below the title, from level 2 on.
    Heading {
        /// 2, 3 or 4.
        level: u8,
        /// Its words.
        text: String,
    },
    /// Our own sentences; text of a user in it is on one line.
    Sentence {
        /// The sentences.
        text: String,
    },
    /// What a user wrote, in the small Markdown that people write, under a few words of ours.
    Quote {
        /// The words above it, such as "Reasons given by the police"; may be empty.
        label: String,
        /// The text.
        text: String,
    },
    /// Items, one after another.
    List {
        /// The items, each on one line.
        items: Vec<String>,
    },
    /// A table with one header row and no empty cells.
    Table {
        /// The names of the columns, and what they hold.
        header: Vec<Head>,
        /// The rows, each with a cell for every column.
        rows: Vec<Vec<String>>,
    },
}

/// The head of a column.
#[derive(Debug, Serialize)]
pub(crate) struct Head {
    /// Its name.
    pub title: String,
    /// What it holds.
    pub column: Column,
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Column {
    /// Prose, which takes the room that is left and wraps in it.
    Prose,
    /// Words or ids that stay on one line.
    Word,
    /// A few words, which wrap in a narrow column to leave the room to others.
    Phrase,
    /// Numbers.
    Number,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Sheet {
            title: title.into(),
            markings: Vec::new(),
            parts: Vec::new(),
            made_from: Vec::new(),
        }
    }

    /// Adds a heading.
    pub(crate) fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.parts.push(Part::Heading { level, text: text.into() });
    }

    /// Adds sentences of ours.
    pub(crate) fn sentence(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Sentence { text: text.into() });
    }

    /// Adds what a user wrote.
    pub(crate) fn quote(&mut self, label: impl Into<String>, text: impl Into<String>) {
        self.parts.push(Part::Quote { label: label.into(), text: text.into() });
    }

    /// Adds a list, unless it is empty.
    pub(crate) fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.parts.push(Part::List { items });
        }
    }

    /// Adds a table, unless it has no row.
    pub(crate) fn table(&mut self, header: &[(&str, Column)], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            let head = |(title, column): &(&str, Column)| Head {
                title: (*title).to_owned(),
                column: *column,
            };
            self.parts.push(Part::Table { header: header.iter().map(head).collect(), rows });
        }
    }
}
