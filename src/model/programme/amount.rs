//! Days in halves and money in pence: counted as whole numbers, so that every total is exact.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// Days of work, as a number of half days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    /// How many half days.
    pub halves: i64,
}

/// Money, as a number of pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Money {
    /// How many pence.
    pub pence: i64,
}

/// The most days that one entry can have.
const MOST_DAYS: i64 = 366;

/// The most digits of an amount of pounds, so that no total of a file can be too large to count.
const MOST_DIGITS: usize = 7;

impl Days {
    /// Reads `12` or `12.5`; otherwise says what to write.
    pub(crate) fn parse(text: &str) -> Result<Days, String> {
        let text = text.trim();
        let (whole, half) = match text.split_once('.') {
            None => (text, Some(0)),
            Some((whole, "5")) => (whole, Some(1)),
            Some((whole, _)) => (whole, None),
        };
        match (number(whole), half) {
            (Some(whole), Some(half)) if whole * 2 + half <= MOST_DAYS * 2 => {
                Ok(Days { halves: whole * 2 + half })
            }
            (Some(_), Some(_)) => Err(format!("a year has {MOST_DAYS} days at most")),
            _ => Err(repair_days(text)),
        }
    }

    /// What so many days cost. The rate is of a whole number of pence for half a day.
    pub(crate) fn at(self, rate: Money) -> Money {
        Money { pence: self.halves * (rate.pence / 2) }
    }

    /// "half a day", "1 day", "2.5 days".
    pub(crate) fn words(self) -> String {
        match self.halves {
            1 => "half a day".to_owned(),
            2 => "1 day".to_owned(),
            _ => format!("{self} days"),
        }
    }

    /// What is left of it after others; none where they are more.
    pub(crate) fn less(self, others: Days) -> Days {
        Days { halves: (self.halves - others.halves).max(0) }
    }
}

/// What to write in place of a text that is no number of half days, where one thing only can be meant.
fn repair_days(text: &str) -> String {
    let general = "write whole or half days in figures, such as 3 or 12.5";
    let plain = text.to_lowercase().replace(',', ".");
    let plain = plain.trim_end_matches(|c: char| c.is_alphabetic()).trim_end();
    let plain = match plain.split_once('.') {
        Some((whole, part)) => {
            let whole = if whole.is_empty() { "0" } else { whole };
            match part.trim_end_matches('0') {
                "" => whole.to_owned(),
                part => format!("{whole}.{part}"),
            }
        }
        None => plain.replace("1/2", "0.5").replace("½", if plain == "½" { "0.5" } else { ".5" }),
    };
    let between = plain.split_once('.').and_then(|(whole, _)| number(whole));
    match (plain != text && Days::parse(&plain).is_ok(), between) {
        (true, _) => format!("write {plain}"),
        (false, Some(whole)) if whole < MOST_DAYS => {
            format!("days are counted in halves: write {whole}, {whole}.5 or {}", whole + 1)
        }
        (false, _) => general.to_owned(),
    }
}

/// A whole number as it is written in figures.
fn number(text: &str) -> Option<i64> {
    let fits = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

impl Money {
    /// Reads pounds, `800` or `812.50`; otherwise says what to write.
    pub(crate) fn parse(text: &str) -> Result<Money, String> {
        let text = text.trim();
        let (pounds, pence) = match text.split_once('.') {
            None => (text, Some(0)),
            Some((pounds, pence)) if pence.len() == 2 => (pounds, number(pence)),
            Some((pounds, _)) => (pounds, None),
        };
        match (number(pounds), pence) {
            (Some(pounds), Some(pence)) => Ok(Money { pence: pounds * 100 + pence }),
            _ => Err(repair_money(text)),
        }
    }
}

fn repair_money(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '£' | ',' | ' ')).collect();
    let plain = match plain.split_once('.') {
        Some((pounds, pence)) if pence.len() == 1 => format!("{pounds}.{pence}0"),
        _ => plain,
    };
    match plain != text && Money::parse(&plain).is_ok() {
        true => format!("write {plain}"),
        false => {
            "write pounds in figures, with two figures for pence or none: 800 or 812.50".into()
        }
    }
}

impl Add for Days {
    type Output = Days;

    fn add(self, other: Days) -> Days {
        Days { halves: self.halves + other.halves }
    }
}

impl Sum for Days {
    fn sum<I: Iterator<Item = Days>>(all: I) -> Days {
        all.fold(Days::default(), Add::add)
    }
}

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        Money { pence: self.pence + other.pence }
    }
}

impl Sub for Money {
    type Output = Money;

    fn sub(self, other: Money) -> Money {
        Money { pence: self.pence - other.pence }
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(all: I) -> Money {
        all.fold(Money::default(), Add::add)
    }
}

/// "12" or "12.5".
impl fmt::Display for Days {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let half = if self.halves % 2 == 0 { "" } else { ".5" };
        write!(formatter, "{}{half}", self.halves / 2)
    }
}

/// "£12,000" or "£812.50".
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pounds, pence) = (self.pence.unsigned_abs() / 100, self.pence.unsigned_abs() % 100);
        let mut figures = pounds.to_string();
        let mut place = figures.len();
        while place > 3 {
            place -= 3;
            figures.insert(place, ',');
        }
        let sign = if self.pence < 0 { "\u{2212}" } else { "" };
        match pence {
            0 => write!(formatter, "{sign}£{figures}"),
            _ => write!(formatter, "{sign}£{figures}.{pence:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_and_half_days_and_nothing_else() {
        let check = |text: &str, expected: &str| {
            let shown = Days::parse(text).map_or_else(|repair| repair, |days| days.words());
            assert_eq!(shown, expected, "{text}");
        };
        check("0", "0 days");
        check("0.5", "half a day");
        check("1", "1 day");
        check("12.5", "12.5 days");
        check("366", "366 days");
        check("366.5", "a year has 366 days at most");
        check("12.0", "write 12");
        check("12.50", "write 12.5");
        check("12,5", "write 12.5");
        check(".5", "write 0.5");
        check("3 days", "write 3");
        check("12½", "write 12.5");
        check("½", "write 0.5");
        check("1/2", "write 0.5");
        check("2.25", "days are counted in halves: write 2, 2.5 or 3");
        check("-1", "write whole or half days in figures, such as 3 or 12.5");
        check("1e3", "write whole or half days in figures, such as 3 or 12.5");
        check("99999999999999999999", "write whole or half days in figures, such as 3 or 12.5");
    }

    #[test]
    fn reads_pounds_and_pence() {
        let check = |text: &str, expected: &str| {
            let shown = Money::parse(text).map_or_else(|repair| repair, |money| money.to_string());
            assert_eq!(shown, expected, "{text}");
        };
        check("800", "£800");
        check("812.50", "£812.50");
        check("0.05", "£0.05");
        check("12000", "£12,000");
        check("1234567.89", "£1,234,567.89");
        check("£800", "write 800");
        check("1,200.00", "write 1200.00");
        check("812.5", "write 812.50");
        let general = "write pounds in figures, with two figures for pence or none: 800 or 812.50";
        check("812.505", general);
        check("eight hundred", general);
        check("-5", general);
        check("99999999", general);
    }

    #[test]
    fn counts_exactly() {
        let days: Days = (0..31).map(|_| Days { halves: 1 }).sum();
        assert_eq!(days.to_string(), "15.5");
        assert_eq!(days.at(Money { pence: 79_998 }).to_string(), "£12,399.69");
        assert_eq!((Money { pence: 5 } - Money { pence: 110 }).to_string(), "\u{2212}£1.05");
    }
}
