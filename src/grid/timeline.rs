//! Timeline: what happened and what has a date, from the earliest to the latest, with the time in between.
//!
//! The time between two dates is drawn above the later one: a step for each day, week, month or
//! year, whichever the nearest two dates call for. What would take more steps than a reader counts
//! is a broken line that says how long it was.

use super::lines::{BREAK, STEP};
use super::{Above, Ask, Cell, Entry, Grid, Heading, Row, Run, State, Widths};
use crate::cite::counted;
use crate::date::{Date, Sureness};
use crate::galley::Ink;
use crate::model::{Briefing, Card, Kind, Ref};
use crate::order;

/// So many steps are counted at a glance.
const STEPS: usize = 7;

/// The units that time is measured in, with their days: the year and the month are round.
const UNITS: [(usize, &str, &str); 4] = [
    (365, "year", "a year in between"),
    (30, "month", "a month in between"),
    (7, "week", "a week in between"),
    (1, "day", "a day in between"),
];

const GIVEN: &str = "◆";
const ABOUT: &str = "◇";

pub(super) fn grid(briefing: &Briefing, ask: &Ask) -> Grid {
    let mut dated: Vec<(Date, Ref<Card>)> = briefing
        .refs::<Card>()
        .filter(|&card| ask.takes(&briefing[card]))
        .filter_map(|card| Some((briefing[card].date?, card)))
        .collect();
    order::sort_by_key(&mut dated, |&(date, card)| (date, !matches!(briefing[card].kind, Kind::Event)));
    let before = std::iter::once(None).chain(dated.iter().map(|&(date, _)| Some(date)));
    let gaps: Vec<usize> = before
        .zip(&dated)
        .map(|(before, &(date, _))| before.map_or(0, |before| days_between(before, date)))
        .collect();
    let (unit, meaning) = unit(&gaps);
    let rows = dated.iter().zip(&gaps).map(|(&(date, card), &gap)| Row {
        heading: Heading::new(&date.iso(), &date.to_string()),
        above: above(gap, unit),
        cells: vec![(0, Cell::listing(State::Known, vec![entry(briefing, card, date)]))],
    });
    let rows: Vec<Row> = rows.collect();
    let mut legend =
        vec![(GIVEN, "dated by the text"), (ABOUT, "about then (~), or unsure (?)"), (STEP, meaning)];
    if rows.iter().any(|row| matches!(row.above, Above::Break(_))) {
        legend.push((BREAK, "longer"));
    }
    Grid {
        down: "date",
        row_noun: "card",
        across: "column",
        columns: vec![Heading::new("what", "What happened, or was said")],
        rows,
        legend,
        widths: Widths { heading: 14, least: 20, most: 90 },
    }
}

fn entry(briefing: &Briefing, card: Ref<Card>, date: Date) -> Entry {
    let sign = match date.sureness() {
        Sureness::Given => GIVEN,
        Sureness::About | Sureness::Unsure | Sureness::Both => ABOUT,
    };
    let kind = &briefing[card].kind;
    let word = kind.family().word();
    let detail = match kind {
        Kind::PlanPoint { version } => format!("{word}, {}", briefing[*version].title),
        Kind::Reaction { actor, stance, .. } => format!("{}: {}", briefing[*actor].name, stance.word()),
        Kind::OpenQuestion { .. } => word.to_owned(),
        Kind::Event => String::new(),
    };
    let sign = Run::new(Ink::Plain, sign);
    Entry { sign, ..Entry::of(briefing, card, 0, &detail) }
}

/// The whole days between two dates that neither holds.
fn days_between(before: Date, after: Date) -> usize {
    let (_, last) = before.days();
    let (first, _) = after.days();
    usize::try_from(first - last - 1).unwrap_or(0)
}

/// The unit for these gaps: the largest that the smallest of them holds, with what a step then means.
fn unit(gaps: &[usize]) -> (usize, &'static str) {
    let smallest = gaps.iter().copied().filter(|&gap| gap > 0).min().unwrap_or(1);
    let fitting = UNITS.iter().find(|(days, ..)| *days <= smallest);
    fitting.map_or((1, ""), |&(days, _, meaning)| (days, meaning))
}

fn above(gap: usize, unit: usize) -> Above {
    match rounded(gap, unit) {
        0 => Above::Nothing,
        steps if steps <= STEPS => Above::Steps(steps),
        _ => Above::Break(said(gap)),
    }
}

/// A number of days in words: `3 years`, `2 weeks`.
fn said(gap: usize) -> String {
    let fitting = UNITS.iter().find(|(days, ..)| gap >= 2 * days);
    fitting.map_or_else(|| counted(gap, "day"), |&(days, name, _)| counted(rounded(gap, days), name))
}

const fn rounded(gap: usize, unit: usize) -> usize {
    (gap + unit / 2) / unit
}
