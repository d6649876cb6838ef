//! The tables that follow from a briefing: versions, stances, timeline, coverage.
//!
//! A grid has headings on two sides and cells between them; each cell says on what cards it rests,
//! and at which quote. Nothing in it is typed in by hand: one small function a chart makes it from
//! the cards.

mod coverage;
mod lines;
mod plain;
mod sheet;
mod stances;
mod table;
mod timeline;
mod versions;

pub use lines::{Above, legend};
pub use plain::plain;
pub use sheet::Sheet;
pub use table::{Table, Top};

pub use crate::keys::Chart;

use crate::cite::counted;
use crate::galley::Ink;
use crate::model::{Briefing, Card, Certainty, Kind, Quote, QuoteRef, Ref, Topic, Version};
use crate::order;
use crate::search::{Case, fold};
use std::collections::BTreeMap;

/// The two tables of a chart that has two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// Stances by topic, coverage of the topics.
    #[default]
    Front,
    /// Stances by version, coverage of the cards.
    Back,
}

/// The order of the rows, where a chart can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the files have them.
    #[default]
    File,
    /// By name.
    Name,
    /// Those with most first.
    Most,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Which chart.
    pub chart: Chart,
    /// Which of its tables.
    pub face: Face,
    /// How it is sorted.
    pub order: Order,
    /// The topic that it is narrowed to.
    pub topic: Option<Ref<Topic>>,
}

/// A table with headings on two sides.
#[derive(Clone, Debug)]
pub struct Grid {
    /// What one row is about.
    pub down: &'static str,
    /// What rows are counted as; not always what they are about, as several may have one date.
    pub row_noun: &'static str,
    /// What one column is about.
    pub across: &'static str,
    /// What the columns are.
    pub columns: Vec<Heading>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// What the signs mean: each sign with its word.
    pub legend: Vec<(&'static str, &'static str)>,
    /// How wide it would like to be.
    pub widths: Widths,
}

/// What a row or a column is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its id, for programs.
    pub id: String,
    /// Its words, for people.
    pub words: String,
    /// The version, where it is about one.
    pub version: Option<Ref<Version>>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub heading: Heading,
    /// How far it is from the row above, where that is drawn.
    pub above: Above,
    /// Its cells that hold anything, in order, each with the number of its column: of many topics and versions, hardly
    /// any do.
    cells: Vec<(usize, Cell)>,
}

/// Where a row and a column meet.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Whether there is anything to say.
    pub state: State,
    /// How many cards it stands for; in coverage, how many quotes, texts or origins.
    pub count: usize,
    /// All of it in short, where a cell has no room for a list: signs, a number.
    pub short: Option<Run>,
    /// What stands in it.
    pub entries: Vec<Entry>,
}

/// Whether there is anything to say in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// The texts have nothing.
    #[default]
    Nothing,
    /// They say something.
    Known,
    /// They say that it is not public.
    NotPublic,
}

/// One thing in a cell.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its sign: how sure, which way, how far answered.
    pub sign: Run,
    /// Its words.
    pub runs: Vec<Run>,
    /// The card that it leads to, at one of its quotes.
    pub to: QuoteRef,
}

/// Words in one ink.
#[derive(Clone, Debug)]
pub struct Run {
    /// The ink.
    pub ink: Ink,
    /// The words.
    pub words: String,
    /// Whether they are to stay on one line of an entry.
    pub tied: bool,
}

/// How wide a grid would like to be, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    /// The row headings, where there is room.
    pub heading: u16,
    /// A column at the least, where the screen has so much.
    pub least: u16,
    /// A column at the most.
    pub most: u16,
}

impl Chart {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Versions, Self::Stances, Self::Timeline, Self::Coverage];

    /// Whether it has two tables.
    #[must_use]
    pub const fn turns(self) -> bool {
        match self {
            Self::Stances | Self::Coverage => true,
            Self::Versions | Self::Timeline => false,
        }
    }

    /// Whether its rows can be sorted.
    #[must_use]
    pub const fn sorts(self) -> bool {
        self.turns()
    }
}

impl Face {
    /// The other one.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Front => Self::Back,
            Self::Back => Self::Front,
        }
    }
}

impl Order {
    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::File => Self::Name,
            Self::Name => Self::Most,
            Self::Most => Self::File,
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::File => "in the order of the files",
            Self::Name => "by name",
            Self::Most => "most first",
        }
    }

    /// Puts items into this order, by their names as a search compares them, and by how much each has.
    fn sort<'b, T>(self, items: &mut Vec<T>, name: impl Fn(&T) -> &'b str, much: impl Fn(&T) -> usize) {
        match self {
            Self::File => {}
            Self::Name => order::sort_by_key(items, |item| fold(name(item), Case::Lower)),
            Self::Most => order::sort_by_key(items, |item| std::cmp::Reverse(much(item))),
        }
    }
}

impl Ask {
    /// A chart as it opens.
    #[must_use]
    pub const fn new(chart: Chart, topic: Option<Ref<Topic>>) -> Self {
        Self { chart, face: Face::Front, order: Order::File, topic }
    }

    /// What it is called: `Stances by topic`.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match (self.chart, self.face) {
            (Chart::Versions, _) => "Versions",
            (Chart::Stances, Face::Front) => "Stances by topic",
            (Chart::Stances, Face::Back) => "Stances by version",
            (Chart::Timeline, _) => "Timeline",
            (Chart::Coverage, Face::Front) => "Coverage of the topics",
            (Chart::Coverage, Face::Back) => "Coverage of the cards",
        }
    }

    /// What is said where it has no row.
    #[must_use]
    pub const fn emptiness(&self) -> &'static str {
        match self.topic {
            Some(_) => "Nothing about this topic for this table.",
            None => "Nothing in this briefing for this table.",
        }
    }

    /// The topics it is about, each with the cards that are about it.
    fn topics(&self, briefing: &Briefing) -> Vec<(Ref<Topic>, Vec<Ref<Card>>)> {
        let mut topics: Vec<_> = briefing.refs().zip(briefing.cards_by_topic(self.topic)).collect();
        topics.retain(|&(topic, _)| self.covers(topic));
        topics
    }

    /// Whether it is about a topic.
    fn covers(&self, topic: Ref<Topic>) -> bool {
        self.topic.is_none_or(|only| only == topic)
    }

    /// Whether it is about a card at all.
    fn takes(&self, card: &Card) -> bool {
        card.is_about(self.topic)
    }
}

/// The cell of a row and a column that have nothing to do with each other.
static EMPTY: Cell = Cell { state: State::Nothing, count: 0, short: None, entries: Vec::new() };

impl Row {
    /// The cell of a column.
    #[must_use]
    pub fn cell(&self, column: usize) -> &Cell {
        let place = self.cells.binary_search_by_key(&column, |&(column, _)| column);
        place.ok().and_then(|place| self.cells.get(place)).map_or(&EMPTY, |(_, cell)| cell)
    }

    /// Its cells that hold anything, each with the number of its column, in their order.
    pub fn cells(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }
}

impl Grid {
    /// Makes the grid that is asked for.
    #[must_use]
    pub fn new(briefing: &Briefing, ask: &Ask) -> Self {
        match (ask.chart, ask.face) {
            (Chart::Versions, _) => versions::grid(briefing, ask),
            (Chart::Stances, _) => stances::grid(briefing, ask),
            (Chart::Timeline, _) => timeline::grid(briefing, ask),
            (Chart::Coverage, Face::Front) => coverage::of_topics(briefing, ask),
            (Chart::Coverage, Face::Back) => coverage::of_cards(briefing, ask),
        }
    }

    /// The cell of a row and a column.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row).filter(|_| column < self.columns.len()).map(|row| row.cell(column))
    }

    /// Whether its cells are shown in short, and listed only where the cursor is.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.rows.iter().flat_map(Row::cells).any(|(_, cell)| cell.short.is_some())
    }
}

impl Heading {
    fn new(id: &str, words: &str) -> Self {
        Self { id: id.to_owned(), words: words.to_owned(), version: None }
    }

    /// One for each version, in their order.
    fn versions(briefing: &Briefing) -> Vec<Self> {
        let of = |version: Ref<Version>| {
            let Version { id, title, .. } = &briefing[version];
            Self { version: Some(version), ..Self::new(id, title) }
        };
        briefing.refs().map(of).collect()
    }
}

impl Cell {
    /// A cell that lists its entries.
    fn listing(state: State, entries: Vec<Entry>) -> Self {
        Self { state, count: entries.len(), short: None, entries }
    }

    /// How many cards it leads to: `4 cards`; nothing where there are none.
    #[must_use]
    pub fn tally(&self) -> String {
        let mut cards: Vec<usize> = self.entries.iter().map(|entry| entry.to.card.index()).collect();
        cards.dedup();
        if cards.is_empty() { String::new() } else { counted(cards.len(), "card") }
    }

    /// A cell that shows `words` for its entries.
    fn short(count: usize, ink: Ink, words: String, entries: Vec<Entry>) -> Self {
        Self { state: State::Known, count, short: Some(Run::new(ink, words)), entries }
    }
}

impl Run {
    fn new(ink: Ink, words: impl Into<String>) -> Self {
        Self { ink, words: words.into(), tied: false }
    }

    fn tied(ink: Ink, words: impl Into<String>) -> Self {
        Self { tied: true, ..Self::new(ink, words) }
    }
}

impl Entry {
    /// A card by its title, with `detail` behind it.
    fn of(briefing: &Briefing, card: Ref<Card>, quote: usize, detail: &str) -> Self {
        let found = &briefing[card];
        let disputed = found.standing.certainty == Certainty::Disputed;
        let warns = disputed && matches!(found.kind, Kind::PlanPoint { .. });
        let ink = if warns { Ink::Warning } else { Ink::Plain };
        let mut runs = vec![Run::new(Ink::Plain, &*found.title)];
        if !detail.is_empty() {
            runs.push(Run::new(Ink::Quiet, format!(" · {detail}")));
        }
        Self { sign: Run::new(ink, found.sign()), runs, to: QuoteRef::new(card, quote) }
    }
}

/// On how many origins a card rests: `2 origins`.
fn origins(card: &Card) -> String {
    match card.standing.origins.len() {
        0 => String::from("no stated origin"),
        count => counted(count, "origin"),
    }
}

/// Cards in groups, each under every number that it has, once and in their order.
fn grouped<I: IntoIterator<Item = usize>>(
    cards: impl IntoIterator<Item = Ref<Card>>,
    numbers: impl Fn(Ref<Card>) -> I,
) -> BTreeMap<usize, Vec<Ref<Card>>> {
    let mut groups: BTreeMap<usize, Vec<Ref<Card>>> = BTreeMap::new();
    for card in cards {
        for number in numbers(card) {
            let group = groups.entry(number).or_default();
            if group.last() != Some(&card) {
                group.push(card);
            }
        }
    }
    groups
}

/// The quotes that stand in their source, numbered.
fn sound(card: &Card) -> impl Iterator<Item = (usize, &Quote)> {
    card.quotes.iter().enumerate().filter(|(_, quote)| quote.is_sound())
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn names_stand_in_the_order_of_their_letters() {
        let mut names = [
            "Zoe 漢字🦀",
            "Emma",
            "E\u{301}mile—2",
            "Øre",
            "asb",
            "Émile",
            "ель",
            "Ёлка",
            "Åsa",
            "Еж",
            "emil",
        ]
        .to_vec();
        Order::Name.sort(&mut names, |name| name, |_| 0);
        let wanted = [
            "Åsa",
            "asb",
            "emil",
            "Émile",
            "E\u{301}mile—2",
            "Emma",
            "Øre",
            "Zoe 漢字🦀",
            "Еж",
            "Ёлка",
            "ель",
        ];
        assert_eq!(names, wanted);
    }
}
