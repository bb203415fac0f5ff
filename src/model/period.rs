//! Periods: years, halves, quarters and stretches between two dates.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::syntax::decode::{month_name, parse_date};

/// A stretch of time that an assessment reports on, both days included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// As it is written in a file: `2026-27 Q2`.
    pub name: String,
}

impl Period {
    /// The period of the same length that follows: the next quarter, half or year; after a stretch
    /// between two dates, as many whole months where it has whole months, and else as many days.
    pub(crate) fn next(&self, first_month: i8) -> Period {
        let from = self.to.saturating_add(1.day());
        if let Some(part) = self.part() {
            let past = from.month() - first_month;
            let (year, months) =
                if past < 0 { (from.year() - 1, past + 12) } else { (from.year(), past) };
            let part = match part {
                Part::Year => Part::Year,
                Part::Half(_) => Part::Half(months / 6 + 1),
                Part::Quarter(_) => Part::Quarter(months / 3 + 1),
            };
            return of_year(year, part, first_month);
        }
        let months = 12 * (from.year() - self.from.year()) + i16::from(from.month())
            - i16::from(self.from.month());
        let to = match self.from.day() == from.day() && months > 0 {
            true => from.saturating_add(months.months()),
            false => {
                let days = self.from.until(from).map_or(0, |span| span.get_days());
                from.saturating_add(days.days())
            }
        };
        let to = to.saturating_sub(1.day());
        Period { from, to, name: format!("{from} to {to}") }
    }

    /// Which part of a year it is named as; nothing for a stretch between two dates.
    fn part(&self) -> Option<Part> {
        match self.name.split_once(' ') {
            None => Some(Part::Year),
            Some((_, part)) => parse_part(part),
        }
    }
}

/// Why a text is not a period.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not written as a period is. The second form of it, where only one can be meant.
    Unclear(Option<Period>),
    /// It ends before it begins.
    EndsBeforeItBegins,
    /// One of its dates is not a date; what to write instead.
    Date(String),
}

/// A part of a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Half(i8),
    Quarter(i8),
}

/// Reads `2026-27`, `2026-27 H1`, `2026-27 Q2` or `2026-04-01 to 2026-09-30`, and `2026`, `2026 Q2`
/// where the year starts in January.
pub(crate) fn parse(text: &str, first_month: i8) -> Result<Period, Fault> {
    if let Some((from, to)) = text.split_once(" to ")
        && from.matches('-').count() == 2
    {
        return between(from, to);
    }
    let (year, part) = match text.split_once(' ') {
        Some((year, part)) => (year, parse_part(part)),
        None => (text, Some(Part::Year)),
    };
    match (parse_year(year, first_month), part) {
        (Some(year), Some(part)) => Ok(of_year(year, part, first_month)),
        _ => Err(Fault::Unclear(guess(text, first_month))),
    }
}

/// The period between two dates as they are written in a file.
pub(crate) fn between(from: &str, to: &str) -> Result<Period, Fault> {
    let read = |text: &str| {
        parse_date(text).map_err(|repair| Fault::Date(format!("for {text}, {repair}")))
    };
    let (from, to) = (read(from.trim())?, read(to.trim())?);
    match from <= to {
        true => Ok(Period { from, to, name: format!("{from} to {to}") }),
        false => Err(Fault::EndsBeforeItBegins),
    }
}

fn parse_year(text: &str, first_month: i8) -> Option<i16> {
    let digits = |text: &str, count| {
        let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<i16>().ok() } else { None }
    };
    let year = match text.split_once('-') {
        None if first_month == 1 => digits(text, 4)?,
        None => return None,
        Some((year, next)) => {
            let (year, next) = (digits(year, 4)?, digits(next, 2)?);
            ((year + 1) % 100 == next && first_month != 1).then_some(year)?
        }
    };
    (1900..=9000).contains(&year).then_some(year)
}

fn parse_part(text: &str) -> Option<Part> {
    match text {
        "H1" => Some(Part::Half(1)),
        "H2" => Some(Part::Half(2)),
        "Q1" => Some(Part::Quarter(1)),
        "Q2" => Some(Part::Quarter(2)),
        "Q3" => Some(Part::Quarter(3)),
        "Q4" => Some(Part::Quarter(4)),
        _ => None,
    }
}

fn of_year(year: i16, part: Part, first_month: i8) -> Period {
    let start = Date::new(year, first_month, 1).expect("the year and the month were checked");
    let (skipped, months, suffix) = match part {
        Part::Year => (0, 12, String::new()),
        Part::Half(half) => ((half - 1) * 6, 6, format!(" H{half}")),
        Part::Quarter(quarter) => ((quarter - 1) * 3, 3, format!(" Q{quarter}")),
    };
    let name = match first_month {
        1 => format!("{year}{suffix}"),
        _ => format!("{year}-{:02}{suffix}", (year + 1) % 100),
    };
    let from = start.saturating_add(i64::from(skipped).months());
    let to = from.saturating_add(i64::from(months).months()).saturating_sub(1.day());
    Period { from, to, name }
}

/// What a period in other words can only mean; nothing where it could mean two things.
fn guess(text: &str, first_month: i8) -> Option<Period> {
    let lower = text.to_lowercase().replace(['\u{2013}', '\u{2014}', '\u{2011}', '/'], "-");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let years: Vec<i16> = words
        .iter()
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1900..=9000).contains(year))
        .collect();
    let year = match years.as_slice() {
        [year, next] if *next == year + 1 => *year,
        [year] if first_month == 1 => *year,
        [year] => {
            let next = format!("{:02}", (year + 1) % 100);
            words
                .windows(2)
                .any(|pair| pair[0] == year.to_string() && pair[1] == next)
                .then_some(*year)?
        }
        _ => return None,
    };
    let ordinal = |word: &str| match word {
        "1" | "one" | "first" | "1st" => Some(1),
        "2" | "two" | "second" | "2nd" => Some(2),
        "3" | "three" | "third" | "3rd" => Some(3),
        "4" | "four" | "fourth" | "4th" => Some(4),
        _ => None,
    };
    let begins = |letter: char| {
        let numbered =
            |word: &&str| word.strip_prefix(letter).is_some_and(|rest| rest.parse::<u8>().is_ok());
        words.iter().any(|word| numbered(word) || word.strip_prefix(letter) == Some(""))
    };
    let is_quarter = begins('q') || words.iter().any(|word| word.starts_with("quarter"));
    let is_half = begins('h') || words.contains(&"half");
    let joined = |letter: char| words.iter().find_map(|word| ordinal(word.strip_prefix(letter)?));
    let loose = words.iter().find_map(|word| ordinal(word));
    let quarter = joined('q').or(loose.filter(|_| is_quarter));
    let half = joined('h').or(loose.filter(|_| is_half));
    let part = match (quarter, half) {
        (Some(quarter), None) => Part::Quarter(quarter),
        (None, Some(half @ 1..=2)) => Part::Half(half),
        (None, None) if !is_quarter && !is_half && words.len() <= 3 => Part::Year,
        _ => return None,
    };
    Some(of_year(year, part, first_month))
}

/// A date as people read it: 20 November 2026.
pub(crate) fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_periods_and_says_what_else_was_meant() {
        let check = |text: &str, expected: &str| {
            let shown = match parse(text, 4) {
                Ok(period) => format!("{} = {} to {}", period.name, period.from, period.to),
                Err(Fault::Unclear(Some(period))) => format!("write {}", period.name),
                Err(fault) => format!("{fault:?}"),
            };
            assert_eq!(shown, expected, "{text}");
        };
        check("2026-27", "2026-27 = 2026-04-01 to 2027-03-31");
        check("2026-27 H2", "2026-27 H2 = 2026-10-01 to 2027-03-31");
        check("2026-27 Q4", "2026-27 Q4 = 2027-01-01 to 2027-03-31");
        check("1999-00", "1999-00 = 1999-04-01 to 2000-03-31");
        check("2026-04-01 to 2026-09-30", "2026-04-01 to 2026-09-30 = 2026-04-01 to 2026-09-30");
        check("2026-09-30 to 2026-04-01", "EndsBeforeItBegins");
        check(
            "2026-04-01 to 2026-06-31",
            "Date(\"for 2026-06-31, June 2026 has 30 days: write the day that is meant\")",
        );
        check("Q2 2026-27", "write 2026-27 Q2");
        check("2026/27 Q2", "write 2026-27 Q2");
        check("2026-2027 Q2", "write 2026-27 Q2");
        check("2026-27 q2", "write 2026-27 Q2");
        check("Quarter 2, 2026 to 2027", "write 2026-27 Q2");
        check("second quarter of 2026/27", "write 2026-27 Q2");
        check("2026 to 2027", "write 2026-27");
        check("first half of 2026-27", "write 2026-27 H1");
        check("2026", "Unclear(None)");
        check("Q2 2026", "Unclear(None)");
        check("2026-28", "Unclear(None)");
        check("autumn", "Unclear(None)");
        check("2026-27 Q5", "Unclear(None)");
        check("2026-27 H3", "Unclear(None)");
    }

    #[test]
    fn knows_what_follows() {
        let check = |text: &str, first_month: i8, expected: &str| {
            let period = parse(text, first_month).expect("a period");
            let next = period.next(first_month);
            assert_eq!(next.name, expected, "{text}");
            assert_eq!(parse(&next.name, first_month), Ok(next), "{text}");
        };
        check("2026-27", 4, "2027-28");
        check("1999-00", 4, "2000-01");
        check("2026-27 H1", 4, "2026-27 H2");
        check("2026-27 H2", 4, "2027-28 H1");
        check("2026-27 Q1", 4, "2026-27 Q2");
        check("2026-27 Q3", 4, "2026-27 Q4");
        check("2026-27 Q4", 4, "2027-28 Q1");
        check("2026 Q4", 1, "2027 Q1");
        check("2026", 1, "2027");
        check("2026-27 Q2", 9, "2026-27 Q3");
        check("2026-27 H1", 9, "2026-27 H2");
        check("2026-04-01 to 2026-09-30", 4, "2026-10-01 to 2027-03-31");
        check("2026-01-01 to 2026-01-31", 4, "2026-02-01 to 2026-02-28");
        check("2026-04-01 to 2026-04-10", 4, "2026-04-11 to 2026-04-20");
        check("2026-01-15 to 2026-02-14", 4, "2026-02-15 to 2026-03-14");
    }

    #[test]
    fn follows_a_year_that_starts_in_january() {
        let period = parse("2026 Q2", 1).expect("a calendar year");
        assert_eq!((period.from.month(), period.to.month()), (4, 6));
        assert!(parse("2026-27", 1).is_err());
    }
}
