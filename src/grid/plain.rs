//! A grid as plain text: each row with what its columns hold, line by line, for pipes and for those
//! who listen.

use super::{Above, Ask, Cell, Chart, Face, Grid, Row, State};
use crate::leaf::{self, Ink, set};
use crate::model::Briefing;

/// The grid as rows of at most `width` cells.
#[must_use]
pub fn plain(briefing: &Briefing, ask: &Ask, width: usize) -> Vec<leaf::Row> {
    let grid = Grid::new(briefing, ask);
    let topic = ask.topic.map(|topic| format!(" · {}", briefing[topic].title)).unwrap_or_default();
    let title = format!("{} · {}{topic}", ask.title(), briefing.title);
    let signs: Vec<String> = grid.legend.iter().map(|(sign, word)| format!("{sign} {word}")).collect();
    let mut rows: Vec<leaf::Row> = set(width, 0, &[(Ink::Title, &title)]).collect();
    rows.extend(set(width, 0, &[(Ink::Quiet, &signs.join("  "))]));
    if (ask.chart, ask.face) == (Chart::Coverage, Face::Front) {
        for source in &briefing.sources {
            rows.extend(set(
                width,
                2,
                &[(Ink::Fact, &source.id), (Ink::Quiet, ": "), (Ink::Quiet, &source.title)],
            ));
        }
    }
    rows.push(leaf::Row::default());
    for row in &grid.rows {
        match ask.chart {
            Chart::Versions | Chart::Stances => listed(&mut rows, width, &grid, row),
            Chart::Timeline => dated(&mut rows, width, row),
            Chart::Coverage => counted(&mut rows, width, &grid, row),
        }
    }
    rows
}

/// A row with a list under each of its columns that has something.
fn listed(rows: &mut Vec<leaf::Row>, width: usize, grid: &Grid, row: &Row) {
    rows.extend(set(width, 0, &[(Ink::Title, &row.heading.words)]));
    let cells = grid.columns.iter().zip(&row.cells);
    for (column, cell) in cells.filter(|(_, cell)| cell.state != State::Nothing) {
        rows.extend(set(width, 2, &[(Ink::Plain, "  "), (Ink::Fact, &column.words)]));
        rows.extend(cell.entries.iter().flat_map(|entry| entry.behind(width, "    ")));
    }
    rows.push(leaf::Row::default());
}

/// A row with its date before its words, below the time that has passed.
fn dated(rows: &mut Vec<leaf::Row>, width: usize, row: &Row) {
    let passed = match &row.above {
        Above::Nothing | Above::Rule => 0,
        Above::Steps(_) | Above::Break(_) => row.above.tall(),
    };
    for _ in 0..passed {
        rows.extend(set(width, 0, &[(Ink::Quiet, &row.above.words())]));
    }
    for entry in row.cells.iter().flat_map(|cell: &Cell| &cell.entries) {
        let date = format!("{} {}: ", entry.sign.words, row.heading.words);
        let words = entry.runs.iter().map(|run| (run.ink, run.words.as_str()));
        let runs: Vec<(Ink, &str)> = std::iter::once((Ink::Title, date.as_str())).chain(words).collect();
        rows.extend(set(width, 2, &runs));
    }
}

/// A row on one line: each column by its id, with its count.
fn counted(rows: &mut Vec<leaf::Row>, width: usize, grid: &Grid, row: &Row) {
    let shown =
        |cell: &Cell| cell.short.as_ref().map_or_else(|| String::from("0"), |short| short.words.clone());
    let cells = grid.columns.iter().zip(&row.cells);
    let counts: Vec<String> = cells.map(|(column, cell)| format!("{} {}", column.id, shown(cell))).collect();
    let counts = format!(": {}", counts.join(" · "));
    rows.extend(set(width, 2, &[(Ink::Title, &row.heading.words), (Ink::Plain, &counts)]));
}
