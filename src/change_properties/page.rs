//! Writes an assessment as people do: comments everywhere, one indentation here and another there,
//! quotes, brackets and blocks by whim. Each line knows what it belongs to.

use super::dice::Dice;
use super::field::{Author, Field};

/// A line of the file without its end.
pub(super) struct Line {
    pub text: String,
    /// The keys and the places in lists that lead to the value that stands on it; nothing for a
    /// comment or an empty line.
    pub owner: Option<Vec<String>>,
}

/// A generated file.
pub(super) struct Page {
    pub text: String,
    pub lines: Vec<Line>,
    /// The comments, each with a mark that nothing else has.
    pub comments: Vec<String>,
}

/// What begins every comment and no text.
pub(super) const MARK: &str = "# ¶";

pub(super) fn write(dice: &mut Dice) -> Page {
    let field = Author::new(dice).assessment();
    let Field::Group(entries) = field else { unreachable!("an assessment is a group") };
    let mut writer = Writer { dice, lines: Vec::new(), comments: Vec::new(), dash: None, limit: 9 };
    writer.between();
    if writer.dice.falls(3) {
        let behind = writer.behind();
        writer.push(format!("---{behind}"), None);
    }
    writer.group(0, &[], &entries);
    writer.between();
    let Writer { dice, lines, comments, .. } = writer;
    let ends = dice.one_of(&[&["\n"] as &[&str], &["\n"], &["\r\n"], &["\n", "\r\n"]]);
    let mut text = String::new();
    for line in &lines {
        text.push_str(&line.text);
        text.push_str(dice.one_of(ends));
    }
    if dice.falls(25) {
        text.truncate(text.trim_end_matches(['\r', '\n']).len());
    }
    let count = text.split_inclusive('\n').count();
    Page { text, lines: lines.into_iter().take(count).collect(), comments }
}

struct Writer<'d> {
    dice: &'d mut Dice,
    lines: Vec<Line>,
    comments: Vec<String>,
    /// The dash that the next line begins with.
    dash: Option<String>,
    /// Comments on lines of their own begin before this column, lest they be part of a block.
    limit: usize,
}

/// Lines of a block, some of which look like something else.
const BLOCK: [&str; 9] = [
    "All parts were seen.",
    "# no comment",
    "- a point",
    "key: value # no comment",
    "",
    "  further in",
    "\"quoted",
    "{a: b",
    "It is — as we heard — 😀 so.",
];
const BARE: [&str; 7] = [
    "Seen in two audits",
    "C#no comment",
    "The plan (of 2026), approved",
    "£4,000 a year",
    "12 files",
    "it's so: no",
    "yes",
];
const SINGLE: [&str; 5] = ["it''s: so", "a # b", "- a", "", "[draft]"];
const FLOW: [&str; 8] = [
    "Seen in two audits",
    "C#no comment",
    "12 files",
    "'it''s: so, [x]'",
    "'a # b'",
    "\"plan: {agreed}, so\"",
    "\"say \\\"so\\\"\"",
    "\"\"",
];
const DOUBLE: [&str; 6] =
    ["plan: agreed", "a # b", "say \\\"so\\\"", "caf\\u00e9", "", "tab\\there"];

impl Writer<'_> {
    fn push(&mut self, text: String, owner: Option<&[String]>) {
        let text = match self.dash.take() {
            Some(dash) => format!("{dash}{}", &text[dash.len()..]),
            None => text,
        };
        self.lines.push(Line { text, owner: owner.map(<[String]>::to_vec) });
        self.limit = 9;
    }

    fn comment(&mut self) -> String {
        let more =
            self.dice.one_of(&["", " then: this", " - a \"quote", " 'it", "# twice", " [x] | >"]);
        let comment = format!("{MARK}{}{more}", self.comments.len());
        self.comments.push(comment.clone());
        comment
    }

    /// Comments and empty lines between two values.
    fn between(&mut self) {
        // A dash is followed by its item.
        if self.dash.is_some() {
            return;
        }
        while self.dice.falls(18) {
            if self.dice.falls(40) {
                let limit = self.limit;
                // Blanks beyond the indentation of a block would be a part of it.
                let blanks = if self.dice.falls(80) { 0 } else { limit.min(3) };
                self.push(" ".repeat(blanks), None);
                self.limit = limit;
            } else {
                let column = self.dice.below(self.limit.min(9));
                let comment = self.comment();
                self.push(format!("{}{comment}", " ".repeat(column)), None);
            }
        }
    }

    /// What may stand at the end of a line: blanks or a comment.
    fn behind(&mut self) -> String {
        if self.dice.falls(18) {
            let spaces = " ".repeat(self.dice.between(1, 3));
            return format!("{spaces}{}", self.comment());
        }
        if self.dice.falls(4) { "  ".to_owned() } else { String::new() }
    }

    fn group(&mut self, column: usize, owner: &[String], entries: &[(String, Field)]) {
        for (name, field) in entries {
            self.between();
            let owner = [owner, std::slice::from_ref(name)].concat();
            let key = match self.dice.below(12) {
                0 => format!("\"{name}\""),
                1 => format!("'{name}'"),
                _ => name.clone(),
            };
            self.entry(column, &owner, &format!("{}{key}:", " ".repeat(column)), field);
        }
    }

    /// A key with its value. `head` is the line up to the colon.
    fn entry(&mut self, column: usize, owner: &[String], head: &str, field: &Field) {
        match field {
            Field::Prose => self.prose(column, owner, head),
            Field::Group(entries) if !entries.is_empty() && !self.is_short(field) => {
                let behind = self.behind();
                self.push(format!("{head}{behind}"), Some(owner));
                let inner = column + self.dice.between(1, 6);
                self.group(inner, owner, entries);
            }
            Field::Items(items) if !items.is_empty() && !self.is_short(field) => {
                self.list(column, owner, head, items.iter());
            }
            Field::Words(words) if words.len() > 1 && self.dice.falls(40) => {
                let items: Vec<Field> =
                    words.iter().map(|word| Field::Word(word.clone())).collect();
                self.list(column, owner, head, items.iter());
            }
            Field::Missing => {
                let value = self.dice.one_of(&["", "", "", " \"\"", " ''", " |"]);
                let behind = self.behind();
                self.push(format!("{head}{value}{behind}"), Some(owner));
                if value == " |" {
                    self.limit = column + 1;
                }
            }
            _ => {
                let flow = self.flow(field);
                let behind = self.behind();
                let space = self.space();
                let value = if flow.is_empty() { flow } else { format!("{space}{flow}") };
                self.push(format!("{head}{value}{behind}"), Some(owner));
            }
        }
    }

    fn list<'f>(
        &mut self,
        column: usize,
        owner: &[String],
        head: &str,
        items: impl Iterator<Item = &'f Field>,
    ) {
        let behind = self.behind();
        self.push(format!("{head}{behind}"), Some(owner));
        let column = column + self.dice.between(0, 4);
        for (place, item) in items.enumerate() {
            self.between();
            self.item(column, &[owner, &[place.to_string()]].concat(), item);
        }
    }

    fn item(&mut self, column: usize, owner: &[String], field: &Field) {
        let dash = format!("{}-", " ".repeat(column));
        let Field::Group(entries) = field else { return self.entry(column, owner, &dash, field) };
        if self.is_short(field) {
            let flow = self.flow(field);
            let behind = self.behind();
            return self.push(format!("{dash} {flow}{behind}"), Some(owner));
        }
        let inner = column + 1 + self.dice.between(1, 3);
        if self.dice.falls(6) {
            let behind = self.behind();
            self.push(format!("{dash}{behind}"), Some(owner));
        } else {
            self.dash = Some(format!("{dash}{}", " ".repeat(inner - column - 1)));
        }
        self.group(inner, owner, entries);
    }

    fn space(&mut self) -> &'static str {
        if self.dice.falls(8) { "  " } else { " " }
    }

    fn prose(&mut self, column: usize, owner: &[String], head: &str) {
        let space = self.space();
        let is_item = head.ends_with('-');
        match self.dice.below(12) {
            0..=3 => self.block(column, owner, head),
            // Text that goes on in the next line, or begins there.
            4 => {
                let margin = " ".repeat(column + self.dice.between(1, 4));
                let (open, close) = if self.dice.falls(40) { ("\"", "\"") } else { ("", "") };
                self.push(format!("{head}{space}{open}It was seen"), Some(owner));
                if self.dice.falls(30) && open.is_empty() {
                    self.push(String::new(), Some(owner));
                }
                let behind = self.behind();
                self.push(format!("{margin}in two audits{close}{behind}"), Some(owner));
            }
            5 if !is_item => {
                let behind = self.behind();
                self.push(format!("{head}{behind}"), Some(owner));
                self.between();
                let margin = " ".repeat(column + self.dice.between(1, 4));
                let behind = self.behind();
                self.push(format!("{margin}Seen in an audit{behind}"), Some(owner));
            }
            _ => {
                let value = self.quoted_or_bare();
                let behind = self.behind();
                self.push(format!("{head}{space}{value}{behind}"), Some(owner));
            }
        }
    }

    fn quoted_or_bare(&mut self) -> String {
        match self.dice.below(4) {
            0 => format!("'{}'", self.dice.one_of(&SINGLE)),
            1 => format!("\"{}\"", self.dice.one_of(&DOUBLE)),
            _ => self.dice.one_of(&BARE).replace(": ", " "),
        }
    }

    fn block(&mut self, column: usize, owner: &[String], head: &str) {
        let sign = self.dice.one_of(&["|", "|", "|", "|-", "|+", ">", ">-"]);
        let further = self.dice.between(1, 6);
        let digit = if self.dice.falls(8) { further.to_string() } else { String::new() };
        let (space, behind) = (self.space(), self.behind());
        // What stands before the digit is counted from the key that a dash precedes.
        self.push(format!("{head}{space}{}{digit}{}{behind}", &sign[..1], &sign[1..]), Some(owner));
        let margin = " ".repeat(column + further);
        if self.dice.falls(5) {
            self.push(String::new(), Some(owner));
        }
        for index in 0..self.dice.between(1, 4) {
            let text =
                self.dice.one_of(&BLOCK).trim_start_matches(if index == 0 { " " } else { "" });
            let text = if index == 0 && text.is_empty() { "One." } else { text };
            let line = if text.is_empty() { String::new() } else { format!("{margin}{text}") };
            self.push(line, Some(owner));
        }
        if self.lines.last().is_some_and(|line| line.text.is_empty()) {
            self.push(format!("{margin}The end."), Some(owner));
        }
        if sign == "|+" {
            for _ in 0..self.dice.below(3) {
                self.push(String::new(), Some(owner));
            }
        }
        self.limit = column + further;
    }

    /// Whether a group or a list is short enough for brackets, by whim.
    fn is_short(&mut self, field: &Field) -> bool {
        let is_plain = |field: &Field| !matches!(field, Field::Group(_) | Field::Items(_));
        let (length, is_deep) = match field {
            Field::Group(entries) => (entries.len(), !entries.iter().all(|(_, own)| is_plain(own))),
            Field::Items(items) => (items.len(), !items.iter().all(is_plain)),
            _ => return true,
        };
        length == 0 || length < 6 && self.dice.falls(if is_deep { 5 } else { 25 })
    }

    fn flow(&mut self, field: &Field) -> String {
        match field {
            Field::Empty => String::new(),
            Field::Missing => self.dice.one_of(&["", "", "\"\"", "''"]).to_owned(),
            Field::Word(word) => match self.dice.below(10) {
                0 => format!("\"{word}\""),
                1 => format!("'{word}'"),
                _ => word.clone(),
            },
            Field::Prose => self.dice.one_of(&FLOW).to_owned(),
            Field::Words(words) if words.len() == 1 && self.dice.falls(40) => words[0].clone(),
            Field::Words(words) => self.brackets("[", words.clone(), "]"),
            Field::Items(items) => {
                let items = items.iter().map(|item| self.flow(item)).collect();
                self.brackets("[", items, "]")
            }
            Field::Group(entries) => {
                let pair = |(name, field): &(String, Field)| {
                    // The other parser wants a blank behind the colon.
                    format!("{name}: {}", self.flow(field))
                };
                let pairs = entries.iter().map(pair).collect();
                self.brackets("{", pairs, "}")
            }
        }
    }

    fn brackets(&mut self, open: &str, inner: Vec<String>, close: &str) -> String {
        let space = if self.dice.falls(15) { " " } else { "" };
        let comma = if !inner.is_empty() && self.dice.falls(4) { "," } else { "" };
        format!("{open}{space}{}{comma}{space}{close}", inner.join(", "))
    }
}
