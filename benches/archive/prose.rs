//! Turns phrases into prose: fills what they leave open, and says nothing twice in one file.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::names::{AGENCIES, GROUPS, MATTERS, PAPERS, PLACES};
use crate::random::Random;

/// One file's prose.
pub(crate) struct Prose {
    pub(crate) random: Random,
    /// The days from which evidence may date.
    days: (Date, Date),
    said: HashSet<String>,
    last: &'static str,
}

impl Prose {
    pub(crate) fn new(random: Random, days: (Date, Date)) -> Self {
        Prose { random, days, said: HashSet::new(), last: "" }
    }

    /// A phrase of a list, filled.
    pub(crate) fn say(&mut self, phrases: &[&'static str], topic: &str) -> String {
        loop {
            let phrase = self.random.pick(phrases);
            if let Some(text) = self.try_say(phrase, topic) {
                return text;
            }
        }
    }

    /// A phrase, filled; nothing where it was the last one used, or the text stands in the file
    /// already.
    pub(crate) fn try_say(&mut self, phrase: &'static str, topic: &str) -> Option<String> {
        let text = self.fill(phrase, topic);
        let is_new = phrase != self.last && self.said.insert(text.clone());
        self.last = phrase;
        is_new.then_some(text)
    }

    /// Takes a text as said, because it was written otherwise.
    pub(crate) fn has_said(&mut self, text: &str) {
        self.said.insert(text.to_owned());
    }

    /// A sentence from each list.
    pub(crate) fn sentences(&mut self, lists: &[&[&'static str]], topic: &str) -> String {
        let sentences: Vec<String> = lists.iter().map(|list| self.say(list, topic)).collect();
        sentences.join(" ")
    }

    /// A day on which evidence may have been gathered.
    pub(crate) fn day(&mut self) -> Date {
        let (from, to) = self.days;
        let length = u32::try_from((to - from).get_days()).expect("a period is not endless");
        from.saturating_add(i64::from(self.random.between(0, length)).days())
    }

    /// Fills a phrase. It begins with a capital letter, whatever it begins with.
    fn fill(&mut self, phrase: &str, topic: &str) -> String {
        let mut text = String::with_capacity(phrase.len() + 40);
        let mut rest = phrase;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("braces in phrases are closed");
            text.push_str(before);
            text.push_str(&self.word(name, topic));
            rest = after;
        }
        text.push_str(rest);
        capitalise(text)
    }

    fn word(&mut self, name: &str, topic: &str) -> String {
        match name {
            "topic" => topic.to_owned(),
            "agency" => self.random.pick(&AGENCIES).to_owned(),
            "group" => self.random.pick(&GROUPS).to_owned(),
            "place" => self.random.pick(&PLACES).to_owned(),
            "paper" => self.random.pick(&PAPERS).to_owned(),
            "matter" => self.random.pick(&MATTERS).to_owned(),
            "date" => long_date(self.day()),
            "few" => self.random.between(3, 9).to_string(),
            "money" => format!("{},{}00", self.random.between(4, 98), self.random.between(1, 9)),
            "count" => {
                let base = self.random.between(12, 60);
                format!("{} of {base}", self.random.between(base / 4, base))
            }
            _ => unreachable!("phrases name only what is filled here"),
        }
    }
}

/// A date as prose has it: 9 July 2026.
fn long_date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).expect("months count from one");
    format!("{} {} {}", date.day(), MONTHS[month], date.year())
}

fn capitalise(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
