//! A grid as plain text: each row with what its columns hold, line by line, for pipes and for those
//! who listen.

use super::{Above, Ask, Chart, Face, Grid, Row, legend};
use crate::cite;
use crate::galley::{Galley, Ink};
use crate::model::Briefing;

/// The grid that was asked for, in rows of at most `width` cells.
#[must_use]
pub fn plain(briefing: &Briefing, ask: &Ask, grid: &Grid, width: usize) -> Galley {
    let topic = ask.topic.map(|topic| format!(" · {}", briefing[topic].title)).unwrap_or_default();
    let mut galley = Galley::new(width);
    galley.line(Ink::Title, &format!("{} · {}{topic}", ask.title(), briefing.title));
    for signs in legend(grid, width) {
        let signs: Vec<String> = signs.iter().map(|(sign, word)| format!("{sign} {word}")).collect();
        galley.line(Ink::Quiet, &signs.join("  "));
    }
    if (ask.chart, ask.face) == (Chart::Coverage, Face::Front) {
        for source in &briefing.sources {
            galley.push(Ink::Fact, &source.id);
            galley.push_all(Ink::Quiet, &[": ", &source.title]);
            galley.set(2);
        }
    }
    for column in &grid.columns {
        if let Some(drawn_up) = column.version.and_then(|version| cite::drawn_up(&briefing[version])) {
            galley.push(Ink::Fact, &column.words);
            galley.push_all(Ink::Quiet, &[": ", &drawn_up]);
            galley.set(2);
        }
    }
    galley.gap();
    if grid.rows.is_empty() {
        galley.line(Ink::Quiet, ask.emptiness());
    }
    for row in &grid.rows {
        match ask.chart {
            Chart::Versions | Chart::Stances => listed(&mut galley, grid, row),
            Chart::Timeline => dated(&mut galley, row),
            Chart::Coverage => counted(&mut galley, grid, row),
        }
    }
    galley
}

/// A row with a list under each of its columns that has something.
fn listed(galley: &mut Galley, grid: &Grid, row: &Row) {
    galley.line(Ink::Title, &row.heading.words);
    for (column, cell) in row.cells() {
        let column = grid.columns.get(column).map_or("", |column| &column.words);
        galley.push_all(Ink::Fact, &["  ", column]);
        galley.set(2);
        cell.entries.iter().for_each(|entry| entry.set(galley, "    "));
    }
    galley.gap();
}

/// A row with its date before its words, below the time that has passed.
fn dated(galley: &mut Galley, row: &Row) {
    let passed = match &row.above {
        Above::Nothing | Above::Rule => 0,
        Above::Steps(_) | Above::Break(_) => row.above.tall(),
    };
    for _ in 0..passed {
        galley.line(Ink::Quiet, &row.above.words());
    }
    for entry in row.cells().flat_map(|(_, cell)| &cell.entries) {
        galley.push_all(Ink::Title, &[&entry.sign.words, " ", &row.heading.words, ": "]);
        entry.runs.iter().for_each(|run| run.push(galley));
        galley.set(2);
    }
}

/// A row on one line: each column by its id, with its count.
fn counted(galley: &mut Galley, grid: &Grid, row: &Row) {
    galley.push(Ink::Title, &row.heading.words);
    let mut lead = ": ";
    for (at, column) in grid.columns.iter().enumerate() {
        let shown = row.cell(at).short.as_ref().map_or("0", |short| &short.words);
        galley.push_all(Ink::Plain, &[lead, &column.id, " ", shown]);
        lead = " · ";
    }
    galley.set(2);
}
