//! Coverage: on how many quotes of which source each topic rests, and each card on how many texts
//! and origins.

use super::lines::NOTHING;
use super::{Above, Ask, Cell, Entry, Grid, Heading, Row, Run, Widths, sound};
use crate::cite::{counted, label, marked};
use crate::galley::Ink;
use crate::model::{Briefing, Card, QuoteRef, Ref, Source, Topic};
use std::collections::HashSet;

/// Shades from little to much.
const SHADES: [&str; 4] = ["░░", "▒▒", "▓▓", "██"];
/// A mark on what rests on a single text.
const ALONE: &str = "!";
/// The longest bar of marks.
const BAR: usize = 5;

/// Topics by sources: how many quotes, the more the darker.
pub(super) fn of_topics(briefing: &Briefing, ask: &Ask) -> Grid {
    let sources: Vec<Ref<Source>> = briefing.refs().collect();
    let mut topics = ask.topics(briefing);
    let quotes = |cards: &[Ref<Card>], source| -> usize {
        cards
            .iter()
            .map(|&card| sound(&briefing[card]).filter(|(_, quote)| quote.source == source).count())
            .sum()
    };
    let most = topics
        .iter()
        .flat_map(|(_, cards)| sources.iter().map(move |&source| quotes(cards, source)))
        .max()
        .unwrap_or(0);
    ask.order.sort(
        &mut topics,
        |(topic, _)| briefing[*topic].title.to_lowercase(),
        |(_, cards)| sources.iter().map(|&source| quotes(cards, source)).sum(),
    );
    let row = |(topic, cards): (Ref<Topic>, Vec<Ref<Card>>)| {
        let in_source = |&source: &Ref<Source>| match quotes(&cards, source) {
            0 => Cell::default(),
            count => {
                let shade = SHADES.get((count * SHADES.len() - 1) / most.max(1)).copied().unwrap_or_default();
                Cell::short(count, Ink::Plain, format!("{shade} {count}"), quoting(briefing, &cards, source))
            }
        };
        let mut cells = vec![texts_of(briefing, &cards)];
        cells.extend(sources.iter().map(in_source));
        cells.push(origins_of(briefing, &cards));
        Row {
            heading: Heading::new(&briefing[topic].id, &briefing[topic].title),
            above: Above::Nothing,
            cells,
        }
    };
    let mut columns = vec![Heading::new("texts", "Texts")];
    columns
        .extend(sources.iter().map(|&source| Heading::new(&briefing[source].id, label(&briefing[source]))));
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
    ask.order.sort(
        &mut cards,
        |card| briefing[*card].title.to_lowercase(),
        |card| briefing[*card].standing.texts,
    );
    let row = |card: Ref<Card>| {
        let standing = &briefing[card].standing;
        let names: Vec<&str> = standing.origins.iter().map(|&origin| &*briefing[origin].name).collect();
        let quotes: Vec<Entry> = sound(&briefing[card]).map(|(at, _)| quoted(briefing, card, at)).collect();
        let cells = vec![
            bar(standing.texts, "", quotes.clone()),
            bar(standing.origins.len(), &names.join(", "), quotes.clone()),
            Cell::short(
                quotes.len(),
                Ink::Plain,
                format!("{} {}", standing.certainty.glyph(), standing.certainty.word()),
                quotes,
            ),
        ];
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

/// In how many texts the quotes of some cards stand; one alone is marked.
fn texts_of(briefing: &Briefing, cards: &[Ref<Card>]) -> Cell {
    let texts: HashSet<usize> = cards
        .iter()
        .flat_map(|&card| sound(&briefing[card]).map(|(_, quote)| quote.source.index()))
        .collect();
    match texts.len() {
        0 => Cell::default(),
        1 => Cell::short(1, Ink::Warning, format!("1 {ALONE}"), all(briefing, cards)),
        count => Cell::short(count, Ink::Plain, count.to_string(), all(briefing, cards)),
    }
}

/// How many origins some cards have between them.
fn origins_of(briefing: &Briefing, cards: &[Ref<Card>]) -> Cell {
    let origins = cards.iter().flat_map(|&card| &briefing[card].standing.origins);
    let origins: HashSet<usize> = origins.map(|origin| origin.index()).collect();
    match origins.len() {
        0 => Cell::default(),
        count => Cell::short(count, Ink::Plain, count.to_string(), all(briefing, cards)),
    }
}

fn all(briefing: &Briefing, cards: &[Ref<Card>]) -> Vec<Entry> {
    let texts = |card: Ref<Card>| counted(briefing[card].standing.texts, "text");
    cards.iter().map(|&card| Entry::of(briefing, card, 0, &texts(card))).collect()
}

/// The cards that quote a source, each at its first quote from it.
fn quoting(briefing: &Briefing, cards: &[Ref<Card>], source: Ref<Source>) -> Vec<Entry> {
    let of = |&card: &Ref<Card>| {
        let quotes = || sound(&briefing[card]).filter(|(_, quote)| quote.source == source);
        let (first, _) = quotes().next()?;
        Some(Entry::of(briefing, card, first, &counted(quotes().count(), "quote")))
    };
    cards.iter().filter_map(of).collect()
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
