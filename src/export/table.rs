//! A table as JSON, with the ids of everything in it.
//!
//! ```text
//! schema, briefing, topic   as in the other forms
//! view       versions, stances, timeline or coverage
//! down       what a row is about; across: what a column is about
//! columns    [{id, title, date, from}]   `date` and `from`: of a version, `null` of all else
//! rows       [{id, title, cells: [{column, state, count, cards}]}]   one cell a column, in their order
//!            `id` of a row: a topic's, an actor's or a card's; in the timeline a date as it is written
//!            `state`: nothing, known or not_public; `count`: cards; in coverage the texts or the origins where
//!            the column is of these, else quotes, also in the column of the certainty
//! cards      [{card, number, kind, title, stance, status, certainty, texts, origins, words, provenance}]
//!            `number`, `words` and `provenance`: of the quote that the cell leads to
//! ```

use super::{Each, Extract, Head, Provenance, printed};
use crate::date::Date;
use crate::grid::{Ask, Cell, Entry, Grid, Heading, Row, State};
use crate::model::{Briefing, Quote, Stance, Status};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct TableEntry<'b, R: Serialize> {
    #[serde(flatten)]
    head: Head<'b>,
    view: &'static str,
    down: &'static str,
    across: &'static str,
    columns: Vec<ColumnEntry<'b>>,
    rows: R,
}

#[derive(Serialize)]
struct ColumnEntry<'b> {
    id: &'b str,
    title: &'b str,
    date: Option<String>,
    from: Option<&'b str>,
}

#[derive(Serialize)]
struct RowEntry<'b, C: Serialize> {
    id: &'b str,
    title: &'b str,
    cells: C,
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
    let table = TableEntry {
        head: extract.head(),
        view: ask.chart.name(),
        down: grid.down,
        across: grid.across,
        columns: grid.columns.iter().map(|column| ColumnEntry::new(briefing, column)).collect(),
        rows: Each(|| grid.rows.iter().map(|row| row_entry(&extract, &grid.columns, row))),
    };
    printed(&table, out)
}

/// A row, its cells to be made one by one as they are written: of many rows and columns they are too many to be kept.
fn row_entry<'b>(
    extract: &'b Extract<'b>,
    columns: &'b [Heading],
    row: &'b Row,
) -> RowEntry<'b, impl Serialize + use<'b>> {
    let cell = |(at, column): (usize, &'b Heading)| CellEntry::new(extract, &column.id, row.cell(at));
    RowEntry {
        id: &row.heading.id,
        title: &row.heading.words,
        cells: Each(move || columns.iter().enumerate().map(cell)),
    }
}

impl<'b> ColumnEntry<'b> {
    fn new(briefing: &'b Briefing, column: &'b Heading) -> Self {
        let version = column.version.map(|version| &briefing[version]);
        Self {
            id: &column.id,
            title: &column.words,
            date: version.and_then(|version| version.date).map(Date::iso),
            from: version.and_then(|version| version.from.as_deref()),
        }
    }
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
            words: quote.map(Quote::handed_on),
            provenance: quote.map(|quote| Provenance::new(extract, quote)),
        }
    }
}
