//! What a typed line means: a number, a letter or a word of a menu, a command, or a text.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::assessment::Answer;
use crate::model::checklist::{Checklist, Kind, Question, Range};
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY, read_answer};
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::decode;
use crate::text::{is_hidden, join_words, nearest, one_line, quoted};

/// What can be answered to a question, and how it is typed.
#[derive(Clone, Debug)]
pub(crate) struct Menu<'q> {
    /// The question.
    pub question: &'q Question,
    /// What there is to choose from, in the order of the numbers.
    pub offers: Vec<Offer>,
    /// How an answer is typed.
    pub manner: Manner,
}

/// How an answer is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As the number, the letter or the word of one offer.
    One,
    /// As the numbers or the words of several.
    Several,
    /// As a number that is no place in a list.
    Number,
    /// As a text.
    Text,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What is written in the file.
    pub value: String,
    /// What is printed.
    pub label: String,
    /// The letter that stands for it; none where another offer or a command has the same.
    pub letter: Option<char>,
}

/// What was typed at a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// An answer, as the file holds it.
    Answer(String),
    /// Leave the question as it is.
    Skip,
    /// Go back to the question before.
    Back,
    /// End.
    Stop,
    /// Say what the answers mean.
    Help,
    /// Open the editor.
    Editor,
    /// It was not understood; a sentence says what to type.
    Unclear(String),
}

/// The commands with the letters and words by which they are meant.
const COMMANDS: [(&[&str], Reply); 4] = [
    (&["s", "skip"], Reply::Skip),
    (&["b", "back"], Reply::Back),
    (&["q", "quit", "stop"], Reply::Stop),
    (&["?", "h", "help"], Reply::Help),
];

/// The words for an editor, where a text can be long.
const EDITOR: &str = "e";

impl<'q> Menu<'q> {
    /// The menu of a question. "Not applicable" is offered only where the checklist allows it.
    pub(crate) fn of(checklist: &Checklist, question: &'q Question) -> Self {
        let offer = |value: &str, label: &str| Offer {
            value: value.to_owned(),
            label: label.to_owned(),
            letter: None,
        };
        let (manner, mut offers) = match &question.kind {
            Kind::Rag(_) => {
                let values = checklist.scale_of(question).map(|scale| scale.values.as_slice());
                let values = values.unwrap_or_default().iter();
                let own = values.map(|value| offer(&value.value.value, &value.label));
                let early = offer(TOO_EARLY, "Too early to say");
                (Manner::One, own.chain([early]).collect())
            }
            Kind::YesNo => (Manner::One, vec![offer("yes", "Yes"), offer("no", "No")]),
            Kind::Choice(choices) => {
                let own = choices.iter().map(|choice| offer(&choice.value, &choice.label));
                (Manner::One, own.collect())
            }
            Kind::Choices(choices) => {
                let own = choices.iter().map(|choice| offer(&choice.value, &choice.label));
                (Manner::Several, own.collect())
            }
            Kind::Number(_) => (Manner::Number, Vec::new()),
            Kind::Text => (Manner::Text, Vec::new()),
        };
        offers.extend(question.not_applicable.then(|| offer(NOT_APPLICABLE, "Not applicable")));
        let mut menu = Menu { question, offers, manner };
        menu.give_letters();
        menu
    }

    /// Gives each offer its first letter, where that is clear.
    fn give_letters(&mut self) {
        if self.manner == Manner::Several {
            return;
        }
        let is_command =
            |letter: char| is_command(&letter.to_string()) || letter.to_string() == EDITOR;
        let mut counts: HashMap<Option<char>, usize> = HashMap::new();
        for offer in &self.offers {
            *counts.entry(first_letter(offer)).or_default() += 1;
        }
        for offer in &mut self.offers {
            let first = first_letter(offer);
            let is_alone = counts.get(&first) == Some(&1);
            offer.letter = first.filter(|letter| is_alone && !is_command(*letter));
        }
    }

    /// The label of a value that the menu offers.
    pub(crate) fn label(&self, value: &str) -> Option<&str> {
        let offer = self.offers.iter().find(|offer| offer.value.eq_ignore_ascii_case(value));
        offer.map(|offer| offer.label.as_str())
    }

    /// What a line means.
    pub(crate) fn read(&self, line: &str) -> Reply {
        if let Some(words) = hidden(line) {
            return Reply::Unclear(words);
        }
        let typed = one_line(line);
        if typed.is_empty() {
            return Reply::Unclear("Nothing was typed; s skips this question.".to_owned());
        }
        // A number is a place in the list, even where a label is a number too.
        let offer = match self.manner {
            Manner::One => self.numbered(&typed).or_else(|| self.named(&typed)),
            Manner::Several if self.numbered(&typed).is_some() => None,
            Manner::Several | Manner::Number | Manner::Text => self.named(&typed),
        };
        if let Some(offer) = offer {
            return Reply::Answer(offer.value.clone());
        }
        match self.manner {
            // In a text, only a single letter can be meant as a command.
            Manner::Text if typed.chars().count() > 1 => Reply::Answer(typed),
            Manner::Text if typed.eq_ignore_ascii_case(EDITOR) => Reply::Editor,
            Manner::Text => command(&typed).unwrap_or(Reply::Answer(typed)),
            Manner::One => command(&typed).unwrap_or_else(|| self.read_one(&typed)),
            Manner::Several => command(&typed).unwrap_or_else(|| self.read_several(&typed)),
            Manner::Number => command(&typed).unwrap_or_else(|| self.read_number(&typed)),
        }
    }

    /// The offer of a value or label, or of its letter.
    fn named(&self, typed: &str) -> Option<&Offer> {
        let mut offers = self.offers.iter();
        offers.find(|offer| {
            let is_letter = |letter: char| typed.to_lowercase() == letter.to_string();
            same(&offer.value, typed)
                || same(&offer.label, typed)
                || offer.letter.is_some_and(is_letter)
        })
    }

    /// The offer of a number in the list.
    fn numbered(&self, typed: &str) -> Option<&Offer> {
        let number = typed.trim_end_matches('.').parse::<usize>().ok()?;
        self.offers.get(number.checked_sub(1)?)
    }

    fn read_one(&self, typed: &str) -> Reply {
        let letter = typed.chars().next().filter(|_| typed.chars().count() == 1);
        let letter = letter.map(|letter| letter.to_lowercase().next().unwrap_or(letter));
        let alike = self.offers.iter().filter(|offer| first_letter(offer) == letter);
        let alike: Vec<&str> = alike.map(|offer| offer.label.as_str()).collect();
        Reply::Unclear(match (letter, alike.len()) {
            (Some(_), 2..) => {
                let labels = join_words(&alike, "or");
                format!("{} can be {labels}: type the number or the word.", quoted(typed))
            }
            _ => self.not_understood(typed),
        })
    }

    fn read_several(&self, typed: &str) -> Reply {
        let parts: Vec<&str> = match typed.contains(',') {
            true => typed.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
            false => typed.split_whitespace().collect(),
        };
        // "1, 2 4" is as clear as "1 2 4".
        let is_number =
            |part: &&str| part.split_whitespace().all(|word| word.parse::<u32>().is_ok());
        let parts: Vec<&str> = match parts.iter().all(is_number) {
            true => parts.iter().flat_map(|part| part.split_whitespace()).collect(),
            false => parts,
        };
        let mut values: Vec<&str> = Vec::new();
        for part in &parts {
            match self.numbered(part).or_else(|| self.named(part)) {
                Some(offer) if values.contains(&offer.value.as_str()) => {}
                Some(offer) => values.push(&offer.value),
                None => return Reply::Unclear(self.not_understood(part)),
            }
        }
        match (values.len(), values.contains(&NOT_APPLICABLE)) {
            (0, _) => Reply::Unclear(self.not_understood(typed)),
            (2.., true) => Reply::Unclear("Not applicable stands alone.".to_owned()),
            _ => Reply::Answer(values.join(", ")),
        }
    }

    fn read_number(&self, typed: &str) -> Reply {
        let written = Spanned::new(typed.to_owned(), Span::beginning(SourceId(0)));
        match read_answer(&self.question.kind, &Answer::One(written)) {
            Ok(_) => Reply::Answer(typed.to_owned()),
            Err(_) => Reply::Unclear(format!(
                "{} does not fit: type {}.",
                quoted(typed),
                number_words(&self.question.kind)
            )),
        }
    }

    fn not_understood(&self, typed: &str) -> String {
        let labels = self.offers.iter().map(|offer| offer.label.as_str());
        let near = nearest(typed, labels);
        let hint = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
        let most = self.offers.len();
        format!(
            "{} was not understood.{hint} Type a number from 1 to {most}, or ? for help.",
            quoted(typed)
        )
    }
}

/// What was typed where a text or a date is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A text.
    Text(String),
    /// Nothing: what stands is kept.
    Nothing,
    /// A command.
    Command(Reply),
    /// It cannot be taken; a sentence says why.
    Unclear(String),
}

/// A line of text. A single letter is a command.
pub(crate) fn read_text(line: &str) -> Line {
    if let Some(words) = hidden(line) {
        return Line::Unclear(words);
    }
    let typed = one_line(line);
    match typed.chars().count() {
        0 => Line::Nothing,
        1 if typed.eq_ignore_ascii_case(EDITOR) => Line::Command(Reply::Editor),
        // What was meant for a menu must not take the place of a text.
        1 => command(&typed).map_or_else(|| Line::Unclear(too_short(&typed)), Line::Command),
        _ => Line::Text(typed),
    }
}

fn too_short(typed: &str) -> String {
    format!("{} is too short for a text, and no command here.", quoted(typed))
}

/// A line with a date.
pub(crate) fn read_date(line: &str) -> Result<Date, Line> {
    match read_text(line) {
        Line::Text(typed) => decode::parse_date(&typed)
            .map_err(|repair| Line::Unclear(format!("{} is no date: {repair}.", quoted(&typed)))),
        other => Err(other),
    }
}

/// What is to be typed for a number.
pub(crate) fn number_words(kind: &Kind) -> String {
    let Kind::Number(Range { unit, min, max }) = kind else { return "a number".to_owned() };
    let what = match unit.as_str() {
        "" => "a number".to_owned(),
        unit => format!("the number of {unit}"),
    };
    let bounds = match (min, max) {
        (Some(min), Some(max)) => format!(", from {min} to {max}"),
        (Some(min), None) => format!(", {min} or more"),
        (None, Some(max)) => format!(", {max} at most"),
        (None, None) => String::new(),
    };
    format!("{what}{bounds}, without words")
}

/// What is said of a text with characters that nobody sees, such as those of an arrow key.
pub(crate) fn hidden(text: &str) -> Option<String> {
    let found = text.chars().find(|character| is_hidden(*character))?;
    let code = u32::from(found);
    Some(format!(
        "There is a character in this that no reader sees (U+{code:04X}), as an arrow key or a \
         paste can leave one: nothing was taken from it. Type it again."
    ))
}

fn command(typed: &str) -> Option<Reply> {
    let names = |words: &[&str]| words.iter().any(|word| same(word, typed));
    COMMANDS.iter().find(|(words, _)| names(words)).map(|(_, reply)| reply.clone())
}

fn is_command(typed: &str) -> bool {
    command(typed).is_some()
}

fn first_letter(offer: &Offer) -> Option<char> {
    offer.label.chars().next().and_then(|letter| letter.to_lowercase().next())
}

/// Letter case does not matter.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu<'q>(question: &'q Question, labels: &str, manner: Manner) -> Menu<'q> {
        let offer = |label: &str| Offer {
            value: label.to_lowercase().replace(' ', "-"),
            label: label.to_owned(),
            letter: None,
        };
        let offers = labels.split('|').filter(|label| !label.is_empty()).map(offer).collect();
        let mut menu = Menu { question, offers, manner };
        menu.give_letters();
        menu
    }

    fn question(kind: Kind) -> Question {
        let text = |text: &str| Spanned::new(text.to_owned(), Span::beginning(SourceId(0)));
        Question {
            id: text("1.1"),
            title: String::new(),
            ask: text("Is it so?"),
            points: Vec::new(),
            from: String::new(),
            kind,
            means: Vec::new(),
            evidence: None,
            not_applicable: false,
            respondents: Vec::new(),
            only_if: None,
            themes: Vec::new(),
            prompts: Vec::new(),
            young_people: String::new(),
            change: Default::default(),
        }
    }

    /// A reply in a few letters: an answer as it is, what is not understood as its sentence.
    fn short(reply: Reply) -> String {
        match reply {
            Reply::Answer(value) => value,
            Reply::Unclear(words) => format!("? {words}"),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    #[track_caller]
    fn check(menu: &Menu<'_>, line: &str, expected: &str) {
        let came = short(menu.read(line));
        let is_right = match expected.strip_suffix('*') {
            Some(start) => came.starts_with(start),
            None => came == expected,
        };
        assert!(is_right, "{line:?} is {came}, not {expected}");
    }

    #[test]
    fn takes_numbers_letters_and_words() {
        let rated = question(Kind::YesNo);
        let menu_ = menu(&rated, "Green|Amber|Red|Too early to say|Not applicable", Manner::One);
        let lines = [
            ("1", "green"),
            ("2.", "amber"),
            (" g ", "green"),
            ("A", "amber"),
            ("RED", "red"),
            ("too early to say", "too-early-to-say"),
            ("n", "not-applicable"),
            ("s", "skip"),
            ("Back", "back"),
            ("stop", "stop"),
            ("?", "help"),
            ("h", "help"),
            ("0", "? \"0\" was not understood. Type a number from 1 to 5*"),
            ("6", "? \"6\" was not understood*"),
            ("anber", "? \"anber\" was not understood. Did you mean Amber?*"),
            ("", "? Nothing was typed*"),
            ("\u{1b}[A", "? There is a character in this that no reader sees (U+001B)*"),
        ];
        lines.iter().for_each(|(line, expected)| check(&menu_, line, expected));
        let unclear = menu(&rated, "Secure|Basic|Not met|Not applicable|3", Manner::One);
        let lines = [
            ("s", "skip"),
            ("b", "back"),
            ("secure", "secure"),
            ("n", "? \"n\" can be Not met or Not applicable: type the number or the word."),
            ("3", "not-met"),
            ("5", "3"),
        ];
        lines.iter().for_each(|(line, expected)| check(&unclear, line, expected));
    }

    #[test]
    fn takes_several_at_once() {
        let choices = question(Kind::Choices(Vec::new()));
        let menu_ = menu(&choices, "Case audit|Visits|Survey|Not applicable", Manner::Several);
        // The value that stands for "not applicable" is the one that all files use.
        let lines = [
            ("1 3", "case-audit, survey"),
            ("3,1", "survey, case-audit"),
            ("1, 2 3", "case-audit, visits, survey"),
            ("2 2", "visits"),
            ("visits, case audit", "visits, case-audit"),
            ("case audit", "case-audit"),
            ("4", "not-applicable"),
            ("1 4", "? Not applicable stands alone."),
            ("1 9", "? \"9\" was not understood*"),
            (",", "? \",\" was not understood*"),
            ("s", "skip"),
            ("v", "? \"v\" was not understood*"),
        ];
        lines.iter().for_each(|(line, expected)| check(&menu_, line, expected));
    }

    #[test]
    fn takes_numbers_and_texts() {
        let range = Range { unit: "days".to_owned(), min: Some(0.0), max: Some(366.0) };
        let days = question(Kind::Number(range));
        let menu_ = menu(&days, "Not applicable", Manner::Number);
        let lines = [
            ("12", "12"),
            ("1", "1"),
            ("0.5", "0.5"),
            (
                "400",
                "? \"400\" does not fit: type the number of days, from 0 to 366, without words.",
            ),
            ("12 days", "? \"12 days\" does not fit*"),
            ("n", "not-applicable"),
            ("q", "stop"),
        ];
        lines.iter().for_each(|(line, expected)| check(&menu_, line, expected));
        let words = question(Kind::Text);
        let menu_ = menu(&words, "Not applicable", Manner::Text);
        let lines = [
            ("Skip the first  visit.", "Skip the first visit."),
            ("back", "back"),
            ("12", "12"),
            ("x", "x"),
            ("e", "editor"),
            ("b", "back"),
            ("not applicable", "not-applicable"),
        ];
        lines.iter().for_each(|(line, expected)| check(&menu_, line, expected));
        assert_eq!(menu_.read("back"), Reply::Answer("back".to_owned()));
        assert_eq!(menu_.read("b"), Reply::Back);
    }

    #[test]
    fn takes_texts_and_dates() {
        assert_eq!(read_text("  Seen in\ttwo audits. "), Line::Text("Seen in two audits.".into()));
        assert_eq!(read_text(" "), Line::Nothing);
        assert_eq!(read_text("e"), Line::Command(Reply::Editor));
        assert_eq!(read_text("stop"), Line::Text("stop".into()));
        assert!(matches!(read_text("a\u{200b}b"), Line::Unclear(_)));
        assert!(matches!(read_text("2"), Line::Unclear(_)));
        assert_eq!(read_text("No"), Line::Text("No".into()));
        assert_eq!(read_date("2027-03-31").map(|day| day.to_string()), Ok("2027-03-31".into()));
        assert_eq!(read_date("q"), Err(Line::Command(Reply::Stop)));
        assert!(matches!(read_date("31 March 2027"), Err(Line::Unclear(_))));
    }
}
