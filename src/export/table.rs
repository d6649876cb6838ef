//! A table as JSON, with the ids of everything in it.
//!
//! ```text
//! schema, briefing, topic   as in the other forms
//! view       versions, stances, timeline or coverage
//! down       what a row is about; across: what a column is about
//! columns    [{id, title}]
//! rows       [{id, title, cells: [{column, state, count, cards}]}]   one cell a column, in their order
//!            `id` of a row: a topic's, an actor's or a card's; in the timeline a date as it is written
//!            `state`: nothing, known or not_public; `count`: cards, in coverage quotes, texts or origins
//! cards      [{card, number, kind, title, stance, status, certainty, texts, origins, words, provenance}]
//!            `number`, `words` and `provenance`: of the quote that the cell leads to
//! ```

use super::{Extract, Head, Provenance, printed};
use crate::grid::{Ask, Cell, Entry, Grid, State};
use crate::model::{Briefing, Stance, Status};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct TableEntry<'b> {
    #[serde(flatten)]
    head: Head<'b>,
    view: &'static str,
    down: &'static str,
    across: &'static str,
    columns: Vec<ColumnEntry<'b>>,
    rows: Vec<RowEntry<'b>>,
}

#[derive(Serialize)]
struct ColumnEntry<'b> {
    id: &'b str,
    title: &'b str,
}

#[derive(Serialize)]
struct RowEntry<'b> {
    id: &'b str,
    title: &'b str,
    cells: Vec<CellEntry<'b>>,
}

#[derive(Serialize)]
struct CellEntry<'b> {
    column: &'b str,
    state: &'static str,
    count: usize,
    cards: Vec<HeldEntry<'b>>,
}

/// A card that a cell holds.
#[derive(Serialize)]
struct HeldEntry<'b> {
    card: &'b str,
    number: usize,
    kind: &'static str,
    title: &'b str,
    stance: Option<&'static str>,
    status: Option<&'static str>,
    certainty: &'static str,
    texts: usize,
    origins: Vec<&'b str>,
    words: Option<&'b str>,
    provenance: Option<Provenance<'b>>,
}

/// Writes the table of a briefing that was asked for as one JSON object.
///
/// # Errors
/// When it cannot be written.
pub fn table(briefing: &Briefing, ask: &Ask, grid: &Grid, out: &mut dyn Write) -> io::Result<()> {
    let extract = Extract::new(briefing, ask.topic);
    let columns = grid.columns.iter().map(|column| ColumnEntry { id: &column.id, title: &column.words });
    let rows = grid.rows.iter().map(|row| {
        let cells = grid.columns.iter().zip(&row.cells);
        RowEntry {
            id: &row.heading.id,
            title: &row.heading.words,
            cells: cells.map(|(column, cell)| CellEntry::new(&extract, &column.id, cell)).collect(),
        }
    });
    let table = TableEntry {
        head: extract.head(),
        view: ask.chart.name(),
        down: grid.down,
        across: grid.across,
        columns: columns.collect(),
        rows: rows.collect(),
    };
    printed(&table, out)
}

impl<'b> CellEntry<'b> {
    fn new(extract: &'b Extract<'b>, column: &'b str, cell: &Cell) -> Self {
        let state = match cell.state {
            State::Nothing => "nothing",
            State::Known => "known",
            State::NotPublic => "not_public",
        };
        let cards = cell.entries.iter().map(|entry| HeldEntry::new(extract, entry)).collect();
        Self { column, state, count: cell.count, cards }
    }
}

impl<'b> HeldEntry<'b> {
    fn new(extract: &'b Extract<'b>, entry: &Entry) -> Self {
        let briefing = extract.briefing;
        let card = &briefing[entry.to.card];
        let quote = card.quotes.get(entry.to.index);
        Self {
            card: &card.id,
            number: entry.to.index + 1,
            kind: card.kind.family().written(),
            title: &card.title,
            stance: card.stance().map(Stance::written),
            status: card.status().map(Status::written),
            certainty: card.standing.certainty.written(),
            texts: card.standing.texts,
            origins: card.standing.origins.iter().map(|&origin| &*briefing[origin].id).collect(),
            words: quote.map(|quote| &*quote.words),
            provenance: quote.map(|quote| Provenance::new(extract, quote)),
        }
    }
}
