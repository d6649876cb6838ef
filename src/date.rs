//! Dates as people know them: a day, a month or a year, perhaps about, perhaps unsure.
//!
//! The written form is EDTF level 1 (ISO 8601-2), as far as a briefing needs it.

use std::fmt::{self, Write as _};
use std::str::FromStr;

/// A day, a month or a year from 0000 to 9999, with how sure it is. Earlier dates are smaller; a
/// year stands before its months, a month before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
    sureness: Sureness,
}

/// How sure a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// As given.
    Given,
    /// About then: `~`.
    About,
    /// Perhaps then: `?`.
    Unsure,
    /// Perhaps about then: `%`.
    Both,
}

/// Why some words are not a date; it displays as what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not of the form at all.
    Form,
    /// There is no such month.
    Month(u8),
    /// The month has fewer days.
    Day {
        /// The days it has.
        has: u8,
    },
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Date {
    /// How sure it is.
    #[must_use]
    pub const fn sureness(self) -> Sureness {
        self.sureness
    }

    /// Its first and its last day, each as its number in a count of the days of the common era: a
    /// month and a year have many.
    #[must_use]
    pub fn days(self) -> (i64, i64) {
        let first_month = self.month.unwrap_or(1);
        let last_month = self.month.unwrap_or(12);
        let last_day = self.day.or_else(|| days(self.year, last_month)).unwrap_or(31);
        (number_of(self.year, first_month, self.day.unwrap_or(1)), number_of(self.year, last_month, last_day))
    }

    /// The date as it is written: `2025-11-20~`.
    #[must_use]
    pub fn iso(self) -> String {
        let mut iso = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            let _ = write!(iso, "-{part:02}");
        }
        iso.push_str(self.sureness.mark());
        iso
    }
}

impl Sureness {
    const ALL: [Self; 4] = [Self::Given, Self::About, Self::Unsure, Self::Both];

    /// The mark at the end of the written form.
    const fn mark(self) -> &'static str {
        match self {
            Self::Given => "",
            Self::About => "~",
            Self::Unsure => "?",
            Self::Both => "%",
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(written: &str) -> Result<Self, DateError> {
        let digits = written.trim_end_matches(['~', '?', '%']);
        let mark = written.get(digits.len()..).unwrap_or_default();
        let sureness =
            Sureness::ALL.into_iter().find(|sureness| sureness.mark() == mark).ok_or(DateError::Form)?;
        let mut parts = digits.split('-');
        let year = number(parts.next(), 4)?.ok_or(DateError::Form)?;
        let month = number(parts.next(), 2)?.map(|month| month as u8);
        let day = number(parts.next(), 2)?.map(|day| day as u8);
        if parts.next().is_some() {
            return Err(DateError::Form);
        }
        if let Some(month) = month {
            let has = days(year, month).ok_or(DateError::Month(month))?;
            if day.is_some_and(|day| day == 0 || day > has) {
                return Err(DateError::Day { has });
            }
        }
        Ok(Self { year, month, day, sureness })
    }
}

/// A number of exactly so many digits.
fn number(part: Option<&str>, digits: usize) -> Result<Option<u16>, DateError> {
    let Some(part) = part else { return Ok(None) };
    if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateError::Form);
    }
    part.parse().map(Some).map_err(|_| DateError::Form)
}

/// The days of a month, from 1, of the Gregorian calendar.
const fn days(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// The number of a day: the days of the years before, by the Gregorian rule of leap years, and those
/// of the year.
fn number_of(year: u16, month: u8, day: u8) -> i64 {
    let before = i64::from(year) - 1;
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i64 = (1..month).filter_map(|month| days(year, month)).map(i64::from).sum();
    365 * before + leaps + months + i64::from(day)
}

impl fmt::Display for Date {
    /// For people: `19 Nov 2025`, `~20 Nov 2025`, `Nov 2025?`, `2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self.sureness, Sureness::About | Sureness::Both) {
            f.write_str("~")?;
        }
        if let Some(day) = self.day {
            write!(f, "{day} ")?;
        }
        if let Some(name) = self.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?)) {
            write!(f, "{name} ")?;
        }
        write!(f, "{}", self.year)?;
        if matches!(self.sureness, Sureness::Unsure | Sureness::Both) {
            f.write_str("?")?;
        }
        Ok(())
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("dates are written otherwise"),
            Self::Month(month) => write!(f, "there is no month {month}"),
            Self::Day { has } => write!(f, "that month has {has} days"),
        }
    }
}

impl std::error::Error for DateError {}

#[cfg(test)]
mod tests {
    use super::{Date, DateError};

    #[test]
    fn a_date_reads_as_written_and_shows_as_said() {
        let cases = [
            ("2025-11-19", "19 Nov 2025"),
            ("2025-11-20~", "~20 Nov 2025"),
            ("2025-11-20?", "20 Nov 2025?"),
            ("2025-11-20%", "~20 Nov 2025?"),
            ("2025-11", "Nov 2025"),
            ("2024-02-29", "29 Feb 2024"),
            ("1994~", "~1994"),
            ("0987", "987"),
        ];
        for (written, said) in cases {
            let date: Date = written.parse().unwrap();
            assert_eq!(date.to_string(), said);
            assert_eq!(date.iso(), written);
        }
    }

    #[test]
    fn days_are_counted_through_months_and_leap_years() {
        let cases = [
            ("0001-01-01", (1, 1)),
            ("2000-02-29", (730_179, 730_179)),
            ("2000-03-01~", (730_180, 730_180)),
            ("1970-01-01", (719_163, 719_163)),
            ("2025-11", (739_556, 739_585)),
            ("2025", (739_252, 739_616)),
            ("0000-12-31", (0, 0)),
        ];
        for (written, want) in cases {
            let date: Date = written.parse().unwrap();
            assert_eq!(date.days(), want, "{written}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_reason() {
        let form = Err(DateError::Form);
        let cases = [
            ("", form),
            ("yesterday", form),
            ("é—漢🦀", form),
            ("2025-1-1", form),
            ("2025-11-19T10:00", form),
            ("2025-11-19-1", form),
            ("+025", form),
            ("2025~~", form),
            ("2025-11-", form),
            ("2025-13", Err(DateError::Month(13))),
            ("2025-00-01", Err(DateError::Month(0))),
            ("2025-11-31", Err(DateError::Day { has: 30 })),
            ("2025-02-29", Err(DateError::Day { has: 28 })),
            ("1900-02-29", Err(DateError::Day { has: 28 })),
            ("2025-11-00", Err(DateError::Day { has: 30 })),
        ];
        for (written, want) in cases {
            assert_eq!(written.parse::<Date>(), want, "{written}");
        }
    }

    #[test]
    fn a_timeline_runs_from_the_vague_to_the_exact() {
        let mut dates: Vec<Date> = ["2025-11-20~", "2025-11-20", "2026", "2025-11", "2025", "2025-02-01"]
            .map(|written| written.parse().unwrap())
            .into();
        dates.sort();
        let order: Vec<String> = dates.into_iter().map(Date::iso).collect();
        assert_eq!(order, ["2025", "2025-02-01", "2025-11", "2025-11-20", "2025-11-20~", "2026"]);
    }
}
