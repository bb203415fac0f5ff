//! When something is planned: a day, a month, or a stretch from one to another.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::period::long_date;
use crate::syntax::decode::{month_name, parse_date};

/// A day, a month, or a stretch of days or months, all days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct When {
    /// The first day.
    pub from: Date,
    /// The last day, by which it should have happened.
    pub to: Date,
}

impl When {
    /// One day.
    pub(crate) fn day(date: Date) -> When {
        When { from: date, to: date }
    }

    /// Reads `2026-06-11`, `2026-06`, `2026-06-11 to 2026-07-03` or `2026-05 to 2026-07`; otherwise
    /// says what to write.
    pub(crate) fn parse(text: &str) -> Result<When, String> {
        let text = text.trim();
        let Some((from, to)) = text.split_once(" to ") else { return part(text) };
        let (from, to) = (part(from.trim())?, part(to.trim())?);
        match from.from <= to.to {
            true => Ok(When { from: from.from, to: to.to }),
            false => Err("it ends before it begins: exchange the two dates".to_owned()),
        }
    }

    /// Whether it is whole months.
    fn is_months(self) -> bool {
        self.from.day() == 1 && self.to.day() == self.to.days_in_month()
    }

    /// "11 June 2026", "June 2026", "June to July 2026", "11 June 2026 to 3 July 2026".
    pub(crate) fn words(self) -> String {
        let month = |date: Date| format!("{} {}", month_name(date), date.year());
        let is_one_year = self.from.year() == self.to.year();
        match (self.is_months(), is_one_year && self.from.month() == self.to.month()) {
            _ if self.from == self.to => long_date(self.from),
            (true, true) => month(self.from),
            (true, false) if is_one_year => {
                format!("{} to {}", month_name(self.from), month(self.to))
            }
            (true, false) => format!("{} to {}", month(self.from), month(self.to)),
            (false, _) => format!("{} to {}", long_date(self.from), long_date(self.to)),
        }
    }

    /// Whether both share a day.
    pub(crate) fn meets(self, other: When) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// A day or a month.
fn part(text: &str) -> Result<When, String> {
    if let Some((year, month)) = text.split_once('-')
        && !month.contains('-')
        && let (4, Ok(year), 2, Ok(month)) =
            (year.len(), year.parse::<i16>(), month.len(), month.parse::<i8>())
        && let Ok(first) = Date::new(year, month, 1)
    {
        return Ok(When { from: first, to: last_of(first) });
    }
    match parse_date(text) {
        Ok(date) => Ok(When::day(date)),
        Err(repair) if repair.starts_with("write the year") => Err(spoken_month(text).map_or_else(
            || {
                "write a date, a month, or a stretch of either: 2026-06-11, 2026-06, or 2026-06 to \
                 2026-07"
                    .to_owned()
            },
            |month| format!("write {month}"),
        )),
        Err(repair) => Err(repair.into_owned()),
    }
}

fn last_of(first: Date) -> Date {
    first.saturating_add(i32::from(first.days_in_month() - 1).days())
}

/// A month as people write it: "June 2026".
fn spoken_month(text: &str) -> Option<String> {
    let (name, year) = text.split_once(' ')?;
    let year: i16 = year.trim().parse().ok().filter(|year| (1900..=9000).contains(year))?;
    let name = name.to_lowercase();
    let month = (1..=12).find(|number| {
        let full = Date::new(year, *number, 1).map(month_name).unwrap_or_default();
        name.len() >= 3 && full.to_lowercase().starts_with(&name)
    })?;
    Some(format!("{year}-{month:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_months_and_stretches() {
        let check = |text: &str, expected: &str| {
            let shown = When::parse(text).map_or_else(|repair| repair, When::words);
            assert_eq!(shown, expected, "{text}");
        };
        check("2026-06-11", "11 June 2026");
        check("2026-02", "February 2026");
        check("2026-05 to 2026-07", "May to July 2026");
        check("2026-12 to 2027-01", "December 2026 to January 2027");
        check("2026-06-11 to 2026-07-03", "11 June 2026 to 3 July 2026");
        check("2026-06-11 to 2026-07", "11 June 2026 to 31 July 2026");
        check("2026-07 to 2026-06", "it ends before it begins: exchange the two dates");
        check("June 2026", "write 2026-06");
        check("11/06/26", GENERAL);
        check("18 June 2026", "write 2026-06-18");
        check("2026-02-30", "February 2026 has 28 days: write the day that is meant");
        check("2026-13", GENERAL);
        check("autumn", GENERAL);
    }

    const GENERAL: &str = "write a date, a month, or a stretch of either: 2026-06-11, 2026-06, or \
                           2026-06 to 2026-07";
}
