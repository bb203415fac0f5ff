//! What a screen shows: tables, findings and wrapped text, as wide as the terminal is. The only file
//! that knows the table maker.

use std::borrow::Cow;
use std::io;
use std::ops::RangeInclusive;

use anstyle::{AnsiColor, Style as Ansi};
use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table};
use terminal_size::{Width, terminal_size_of};
use unicode_width::UnicodeWidthStr;

use crate::finding::human::{self, Style};
use crate::finding::{Located, Tally, short};
use crate::report::sheet::{Part, Sheet};
use crate::report::to_line;
use crate::text::visible;

pub(super) use crate::report::sheet::Column;

/// The width where neither the terminal nor the environment says.
const USUAL_WIDTH: usize = 80;

/// The width at which the heading of a column of numbers wraps, to leave the room to prose.
const HEADER: usize = 8;

/// The width below which prose in a column cannot be read, be it short or long.
const LEAST_PROSE: RangeInclusive<usize> = 12..=20;

/// How many lines prose may take in a column before it counts as long.
const PROSE_LINES: usize = 6;

/// The longest word that a column makes room for; one that is longer, such as an address, is parted.
const LONGEST_WORD: usize = 24;

/// The width at which a few words wrap.
const PHRASE: usize = 12;

/// What the screen can show.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    style: Style,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FindingFormat {
    /// With the line and the spot marked
    Human,
    /// One line each
    Short,
}

impl Screen {
    pub(super) fn new(colour: bool) -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let columns = || std::env::var("COLUMNS").ok()?.parse::<usize>().ok();
        // What goes into a file or to another program is not as wide as the window happens to be.
        let terminal = terminal_size_of(io::stdout()).map(|(Width(width), _)| usize::from(width));
        let known = terminal.or_else(columns).filter(|width| *width > 0);
        let width = known.unwrap_or(USUAL_WIDTH).clamp(40, 200);
        Screen { style: Style { colour, linear: is_set("NO_GRAPHICS"), width } }
    }

    /// The same screen, no wider than so many columns.
    pub(super) fn at_most(mut self, width: usize) -> Self {
        self.style.width = self.style.width.min(width);
        self
    }

    /// The same screen without colour, for files.
    pub(super) fn plain(mut self) -> Self {
        self.style.colour = false;
        self
    }

    fn wrapping(&self) -> textwrap::Options<'static> {
        self.wrapping_at(self.style.width)
    }

    /// Lines break at spaces only, so that paths and ids stay whole.
    fn wrapping_at(&self, width: usize) -> textwrap::Options<'static> {
        textwrap::Options::new(width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false)
    }

    /// A heading.
    pub(super) fn heading(&self, text: &str) -> String {
        let bold = if self.style.colour { Ansi::new().bold() } else { Ansi::new() };
        format!("{bold}{}{bold:#}\n", textwrap::fill(&visible(text), self.wrapping()))
    }

    /// A paragraph.
    pub(super) fn paragraph(&self, text: &str) -> String {
        format!("{}\n", textwrap::fill(&visible(text), self.wrapping()))
    }

    /// A paragraph behind a mark, the further lines indented under the first.
    pub(super) fn item(&self, mark: &str, text: &str) -> String {
        let margin = " ".repeat(mark.width());
        let options = self.wrapping().initial_indent(mark).subsequent_indent(&margin);
        format!("{}\n", textwrap::fill(&visible(text), options))
    }

    /// A sheet, such as a comparison.
    pub(super) fn sheet(&self, sheet: &Sheet) -> String {
        let mut shown = self.heading(&sheet.title);
        for marking in &sheet.markings {
            shown.push_str(&self.paragraph(marking));
        }
        for part in &sheet.parts {
            shown.push('\n');
            shown.push_str(&match part {
                Part::Heading { text, .. } => self.heading(text),
                Part::Sentence { text } => self.paragraph(text),
                Part::Quote { label, text } => match label.as_str() {
                    "" => self.item("  ", &to_line(text)),
                    label => self.item("  ", &format!("{label}: {}", to_line(text))),
                },
                Part::List { items } => items.iter().map(|item| self.item("- ", item)).collect(),
                Part::Table { header, rows } => {
                    let header: Vec<(&str, Column)> =
                        header.iter().map(|head| (head.title.as_str(), head.column)).collect();
                    self.table(&header, rows)
                }
            });
        }
        shown.push('\n');
        for line in &sheet.made_from {
            shown.push_str(&self.paragraph(line));
        }
        shown
    }

    /// A table; or, where graphics are not wanted, a line for each row that names its columns; or,
    /// where the columns have no room beside each other, a block of lines for each row.
    pub(super) fn table(&self, header: &[(&str, Column)], rows: &[Vec<String>]) -> String {
        if self.style.linear {
            return linear(header, rows);
        }
        let shortened = shortened(rows);
        let rows = shortened.as_ref();
        let titles: Vec<String> = header.iter().map(|column| self.title(*column)).collect();
        let rows: Vec<Vec<Cow<'_, str>>> =
            rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
        let Some(rooms) = self.rooms(header, &titles, &rows) else {
            return self.blocks(header, &rows);
        };
        let mut table = Table::new();
        table
            .load_style(ASCII_MARKDOWN)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.style.width).unwrap_or(u16::MAX))
            .set_header(titles)
            .set_constraints(header.iter().zip(rooms).map(|((_, column), room)| match column {
                Column::Prose | Column::Phrase => {
                    ColumnConstraint::UpperBoundary(comfy_table::Width::Fixed(room))
                }
                Column::Word | Column::Number => ColumnConstraint::ContentWidth,
            }));
        for row in rows {
            let cells = row.into_iter().zip(header).map(|(cell, (_, column))| {
                Cell::new_owned(cell.into_owned()).set_alignment(match column {
                    Column::Prose | Column::Word | Column::Phrase => CellAlignment::Left,
                    Column::Number => CellAlignment::Right,
                })
            });
            table.add_row(cells);
        }
        format!("{}\n", table.trim_fmt())
    }

    /// The heading of a column.
    fn title(&self, (title, column): (&str, Column)) -> String {
        match column {
            Column::Number => textwrap::fill(title, self.wrapping_at(HEADER)),
            Column::Prose | Column::Word | Column::Phrase => title.to_owned(),
        }
    }

    /// A block for each row, with a line for each of its cells that names the column.
    fn blocks(&self, header: &[(&str, Column)], rows: &[Vec<Cow<'_, str>>]) -> String {
        let margin = self.wrapping().subsequent_indent("  ");
        let fact = |((title, _), cell): (&(&str, Column), &Cow<'_, str>)| {
            let cell: Vec<&str> = cell.split_whitespace().collect();
            let fact = format!("{title}: {}", cell.join(" "));
            (!cell.is_empty()).then(|| format!("{}\n", textwrap::fill(&fact, margin.clone())))
        };
        let block = |row: &Vec<Cow<'_, str>>| header.iter().zip(row).filter_map(fact).collect();
        rows.iter().map(block).collect::<Vec<String>>().join("\n")
    }

    /// The width of each column, with a space on each side. Those of prose have what the others leave,
    /// shared out so that none has more than it needs while another has to wrap. Nothing where some
    /// would be too narrow to be read.
    fn rooms(
        &self,
        header: &[(&str, Column)],
        titles: &[String],
        rows: &[Vec<Cow<'_, str>>],
    ) -> Option<Vec<u16>> {
        let most = |index: usize, measure: fn(&str) -> usize| {
            let cells = rows.iter().filter_map(|row| row.get(index)).map(Cow::as_ref);
            cells.chain([titles[index].as_str()]).map(measure).max().unwrap_or(0)
        };
        let needs: Vec<usize> = (0..header.len()).map(|index| most(index, widest_line)).collect();
        let least = |index: usize| match header[index].1 {
            Column::Prose => {
                let (short, long) = (*LEAST_PROSE.start(), *LEAST_PROSE.end());
                let readable = needs[index].div_ceil(PROSE_LINES).clamp(short, long);
                readable.min(needs[index]).max(most(index, longest_word))
            }
            Column::Phrase => needs[index].min(PHRASE).max(most(index, longest_word)),
            Column::Word | Column::Number => needs[index],
        };
        let mut rooms: Vec<usize> = (0..header.len()).map(least).collect();
        // Each column has a bar and a space on each side, and the last a bar more.
        let frame = 3 * header.len() + 1;
        let mut left = self.style.width.checked_sub(rooms.iter().sum::<usize>() + frame)?;
        // What is left goes to the narrowest that needs it; of equal ones, to that which needs most.
        let is_prose = |index: &usize| header[*index].1 == Column::Prose;
        let mut prose: Vec<usize> = (0..header.len()).filter(is_prose).collect();
        prose.sort_by_key(|index| needs[*index]);
        while left > 0 {
            let wanting = prose.iter().rev().filter(|index| rooms[**index] < needs[**index]);
            let Some(&index) = wanting.min_by_key(|index| rooms[**index]) else { break };
            rooms[index] += 1;
            left -= 1;
        }
        Some(rooms.into_iter().map(|room| u16::try_from(room + 2).unwrap_or(u16::MAX)).collect())
    }

    /// One finding.
    fn finding(&self, finding: &Located, format: FindingFormat) -> String {
        match format {
            FindingFormat::Human => human::render(finding, self.style),
            FindingFormat::Short => format!("{}\n", short::render(finding)),
        }
    }

    /// All findings; where many of one rule stand on one spot, they are brought together for people.
    pub(super) fn findings(&self, findings: &[Located], format: FindingFormat) -> String {
        let mut shown = String::new();
        let mut rest = findings;
        while let Some(first) = rest.first() {
            let is_alike = |other: &&Located| {
                let place = |finding: &Located| (finding.place.line, finding.place.column);
                other.rule.id == first.rule.id
                    && other.place.path == first.place.path
                    && place(other) == place(first)
            };
            let alike = rest.iter().take_while(is_alike).count();
            match (format, alike) {
                (FindingFormat::Human, 4..) => {
                    shown.push_str(&self.finding(&together(&rest[..alike]), format));
                }
                _ => {
                    for finding in &rest[..alike] {
                        shown.push_str(&self.finding(finding, format));
                    }
                }
            }
            rest = &rest[alike..];
        }
        shown
    }

    /// The last line of a run, in the colour of what is gravest.
    pub(super) fn tally(&self, tally: Tally, text: &str) -> String {
        let colour = match tally {
            Tally { errors: 1.., .. } => Some(AnsiColor::Red),
            Tally { unfinished: 1.., .. } => Some(AnsiColor::Yellow),
            _ => None,
        };
        let style = match colour.filter(|_| self.style.colour) {
            Some(colour) => colour.on_default().bold(),
            None => Ansi::new(),
        };
        format!("{style}{}{style:#}\n", textwrap::fill(&visible(text), self.wrapping()))
    }
}

/// Many findings of one rule on one spot as one that lists what they are about.
fn together(findings: &[Located]) -> Located {
    let first = &findings[0];
    let others: Vec<&str> =
        findings[1..].iter().filter_map(|finding| finding.about.as_deref()).collect();
    let more = findings.len() - 1;
    let mut one = first.clone();
    one.message = format!("{}, and {more} more like it", first.message);
    if others.len() == more {
        let others = crate::text::join_words(&others, "and");
        one.help = Some(match &first.help {
            Some(help) => format!("{help}; the others are {others}"),
            None => format!("the others are {others}"),
        });
    }
    one
}

/// The longest cell of a table on the screen, in characters; the layout cannot count much further.
const LONGEST_CELL: usize = 4000;

/// The rows, with cells that no screen has room for cut short.
fn shortened(rows: &[Vec<String>]) -> Cow<'_, [Vec<String>]> {
    if rows.iter().flatten().all(|cell| cell.len() <= LONGEST_CELL) {
        return Cow::Borrowed(rows);
    }
    let short = |cell: &String| match cell.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.clone(),
    };
    Cow::Owned(rows.iter().map(|row| row.iter().map(short).collect()).collect())
}

fn widest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The width of the longest word, as far as a column makes room for it.
fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0).min(LONGEST_WORD)
}

fn linear(header: &[(&str, Column)], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        let named = header.iter().zip(row).skip(1);
        let facts: Vec<String> =
            named.map(|((title, _), cell)| format!("{title}: {}", visible(cell))).collect();
        text.push_str(&format!("{}. {}\n", visible(&row[0]), facts.join("; ")));
    }
    text
}
