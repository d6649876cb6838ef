//! Coverage: on how many quotes of which source each topic rests, and each card on how many texts
//! and origins.

use super::lines::NOTHING;
use super::{Above, Ask, Cell, Entry, Grid, Heading, Row, Run, Widths, sound};
use crate::cite::{counted, label, marked};
use crate::galley::Ink;
use crate::model::{Briefing, Card, QuoteRef, Ref, Topic};
use std::collections::{BTreeMap, HashSet};

/// Shades from little to much.
const SHADES: [&str; 4] = ["░░", "▒▒", "▓▓", "██"];
/// A mark on what rests on a single text.
const ALONE: &str = "!";
/// The longest bar of marks.
const BAR: usize = 5;

/// Topics by sources: how many quotes, the more the darker.
pub(super) fn of_topics(briefing: &Briefing, ask: &Ask) -> Grid {
    let topics = ask.topics(briefing).into_iter();
    let mut topics: Vec<Covered> =
        topics.map(|(topic, cards)| Covered::new(briefing, topic, cards)).collect();
    let most = topics.iter().flat_map(|covered| covered.quoted.values()).map(|of| quotes(of)).max();
    ask.order.sort(
        &mut topics,
        |covered| &*briefing[covered.topic].title,
        |covered| covered.quoted.values().map(|of| quotes(of)).sum(),
    );
    let row = |Covered { topic, cards, quoted }| {
        let texts = texts_of(briefing, &cards, quoted.len()).map(|cell| (0, cell));
        let sources = quoted.into_iter().map(|(source, of)| (source + 1, source_of(briefing, &of, most)));
        let origins = origins_of(briefing, &cards).map(|cell| (briefing.sources.len() + 1, cell));
        let cells = texts.into_iter().chain(sources).chain(origins).collect();
        Row {
            heading: Heading::new(&briefing[topic].id, &briefing[topic].title),
            above: Above::Nothing,
            cells,
        }
    };
    let mut columns = vec![Heading::new("texts", "Texts")];
    columns.extend(briefing.sources.iter().map(|source| Heading::new(&source.id, label(source))));
    columns.push(Heading::new("origins", "Origins"));
    Grid {
        down: "topic",
        row_noun: "topic",
        across: "column",
        columns,
        rows: topics.into_iter().map(row).collect(),
        legend: vec![
            (SHADES[0], "few quotes"),
            (SHADES[3], "many"),
            (ALONE, "rests on one text"),
            (NOTHING, "none"),
        ],
        widths: Widths { heading: 22, least: 9, most: 18 },
    }
}

/// Cards: in how many texts each stands, and how many origins these have.
pub(super) fn of_cards(briefing: &Briefing, ask: &Ask) -> Grid {
    let mut cards: Vec<Ref<Card>> =
        briefing.refs::<Card>().filter(|&card| ask.takes(&briefing[card])).collect();
    ask.order.sort(&mut cards, |card| &*briefing[*card].title, |card| briefing[*card].standing.texts);
    let row = |card: Ref<Card>| {
        let standing = &briefing[card].standing;
        let names: Vec<&str> = standing.origins.iter().map(|&origin| &*briefing[origin].name).collect();
        let quotes: Vec<Entry> = sound(&briefing[card]).map(|(at, _)| quoted(briefing, card, at)).collect();
        let cells = [
            bar(standing.texts, "", quotes.clone()),
            bar(standing.origins.len(), &names.join(", "), quotes.clone()),
            Cell::short(
                quotes.len(),
                Ink::Plain,
                format!("{} {}", standing.certainty.glyph(), standing.certainty.word()),
                quotes,
            ),
        ];
        let cells = cells.into_iter().enumerate().collect();
        let heading = Heading::new(&briefing[card].id, &briefing[card].title);
        Row { heading, above: Above::Nothing, cells }
    };
    Grid {
        down: "card",
        row_noun: "card",
        across: "column",
        columns: vec![
            Heading::new("texts", "Texts"),
            Heading::new("origins", "Origins"),
            Heading::new("certainty", "Certainty"),
        ],
        rows: cards.into_iter().map(row).collect(),
        legend: vec![("■", "a text, an origin"), (NOTHING, "none stated")],
        widths: Widths { heading: 60, least: 12, most: 40 },
    }
}

/// A topic with the cards that are about it.
struct Covered {
    topic: Ref<Topic>,
    cards: Vec<Ref<Card>>,
    /// Under each source that they quote: a card, at its first quote of it, with how many it has.
    quoted: BTreeMap<usize, Vec<(QuoteRef, usize)>>,
}

impl Covered {
    fn new(briefing: &Briefing, topic: Ref<Topic>, cards: Vec<Ref<Card>>) -> Self {
        let mut quoted: BTreeMap<usize, Vec<(QuoteRef, usize)>> = BTreeMap::new();
        for &card in &cards {
            for (at, quote) in sound(&briefing[card]) {
                let of = quoted.entry(quote.source.index()).or_default();
                match of.last_mut() {
                    Some((to, count)) if to.card == card => *count += 1,
                    Some(_) | None => of.push((QuoteRef::new(card, at), 1)),
                }
            }
        }
        Self { topic, cards, quoted }
    }
}

/// How many quotes of a source these are.
fn quotes(of: &[(QuoteRef, usize)]) -> usize {
    of.iter().map(|(_, count)| count).sum()
}

/// The cell of the cards that quote a source, shaded by how many of the `most` quotes of a cell theirs are.
fn source_of(briefing: &Briefing, of: &[(QuoteRef, usize)], most: Option<usize>) -> Cell {
    let count = quotes(of);
    let shade = SHADES.get((count * SHADES.len() - 1) / most.unwrap_or(count)).copied().unwrap_or_default();
    let entry =
        |&(to, count): &(QuoteRef, usize)| Entry::of(briefing, to.card, to.index, &counted(count, "quote"));
    Cell::short(count, Ink::Plain, format!("{shade} {count}"), of.iter().map(entry).collect())
}

/// The cell of the texts that the quotes of some cards stand in; one alone is marked.
fn texts_of(briefing: &Briefing, cards: &[Ref<Card>], texts: usize) -> Option<Cell> {
    match texts {
        0 => None,
        1 => Some(Cell::short(1, Ink::Warning, format!("1 {ALONE}"), all(briefing, cards))),
        count => Some(Cell::short(count, Ink::Plain, count.to_string(), all(briefing, cards))),
    }
}

/// The cell of the origins that some cards have between them.
fn origins_of(briefing: &Briefing, cards: &[Ref<Card>]) -> Option<Cell> {
    let origins = cards.iter().flat_map(|&card| &briefing[card].standing.origins);
    let origins: HashSet<usize> = origins.map(|origin| origin.index()).collect();
    let count = origins.len();
    (count > 0).then(|| Cell::short(count, Ink::Plain, count.to_string(), all(briefing, cards)))
}

fn all(briefing: &Briefing, cards: &[Ref<Card>]) -> Vec<Entry> {
    let texts = |card: Ref<Card>| counted(briefing[card].standing.texts, "text");
    cards.iter().map(|&card| Entry::of(briefing, card, 0, &texts(card))).collect()
}

/// One quote of a card, with its source and its origin.
fn quoted(briefing: &Briefing, card: Ref<Card>, at: usize) -> Entry {
    let mut runs = Vec::new();
    if let Some(quote) = briefing[card].quotes.get(at) {
        runs.push(Run::new(Ink::Plain, marked(&quote.words)));
        let origin = quote.origin.map(|origin| format!(", origin {}", briefing[origin].name));
        let source = label(&briefing[quote.source]);
        runs.push(Run::new(Ink::Quiet, format!(" · {source}{}", origin.unwrap_or_default())));
    }
    Entry { sign: Run::new(Ink::Quiet, (at + 1).to_string()), runs, to: QuoteRef::new(card, at) }
}

/// A count as a bar of marks, with names behind it.
fn bar(count: usize, names: &str, entries: Vec<Entry>) -> Cell {
    if count == 0 {
        return Cell::short(0, Ink::Quiet, String::from(NOTHING), entries);
    }
    let gap = if names.is_empty() { "" } else { " " };
    Cell::short(count, Ink::Plain, format!("{} {count}{gap}{names}", "■".repeat(count.min(BAR))), entries)
}
