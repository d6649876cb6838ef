//! A card as it is read: its rows at a width, and the stops on them that the cursor visits.

use crate::cite::{self, evidence, label};
use crate::galley::{Galley, Ink};
use crate::lines;
use crate::model::{Briefing, Card, Certainty, Kind, Link, Quote, Ref, Role};
use crate::span::Span;
use std::ops::Range;

/// A card laid out at a width.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its rows, from the title on.
    pub galley: Galley,
    /// What the cursor stops at, in the order of the rows.
    pub stops: Vec<Stop>,
}

/// What the cursor stops at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Where Enter leads from it.
    pub goal: Goal,
    /// Its rows.
    pub rows: Range<usize>,
}

/// Where Enter leads from a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To the card's quote at this index.
    Quote(usize),
    /// To another card.
    Card(Ref<Card>),
}

/// How the place of a quote is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// By its paragraph: the source is a key away.
    Paragraph,
    /// By file and line: there is nothing but the text.
    File,
}

/// What a card is read on: what its sentences can refer to.
#[derive(Clone, Copy, Debug)]
pub struct Medium<'s> {
    /// How the place of a quote is told.
    pub places: Places,
    /// What shows why a quote could not be read, as a sentence calls it: keys, or a command.
    pub why: &'s str,
}

impl Leaf {
    /// Lays out `card` in rows of at most `width` cells.
    #[must_use]
    pub fn new(briefing: &Briefing, card: &Card, width: usize, medium: Medium<'_>) -> Self {
        let mut galley = Galley::new(width);
        let stops = set(&mut galley, briefing, card, medium);
        Self { galley, stops }
    }

    /// How many rows it has.
    #[must_use]
    pub fn height(&self) -> usize {
        self.galley.rows().len()
    }

    /// The stop that a row belongs to.
    #[must_use]
    pub fn stop_of(&self, row: usize) -> Option<usize> {
        self.stops.iter().position(|stop| stop.rows.contains(&row))
    }

    /// The rows of a stop; none, at the top, where there is no such stop.
    #[must_use]
    pub fn rows_of(&self, stop: usize) -> Range<usize> {
        self.stops.get(stop).map_or(0..0, |stop| stop.rows.clone())
    }
}

/// Adds `card` to a galley. Gives what the cursor stops at.
pub fn set(
    galley: &mut Galley,
    briefing: &Briefing,
    card: &Card,
    Medium { places, why }: Medium<'_>,
) -> Vec<Stop> {
    galley.line(Ink::Title, &card.title);
    facts(galley, briefing, card);
    if places == Places::File {
        galley.push_all(Ink::Quiet, &[" · id ", &card.id]);
    }
    galley.set(0);
    if let Some(text) = &card.text {
        galley.gap();
        for paragraph in lines::filled(text) {
            galley.line(Ink::Plain, paragraph);
        }
    }
    wordings(galley, card);
    let mut stops = Vec::with_capacity(card.quotes.len() + card.links.len());
    for (index, quote) in card.quotes.iter().enumerate() {
        galley.gap();
        let from = galley.rows().len();
        self::quote(galley, briefing, index, quote, places);
        stops.push(Stop { goal: Goal::Quote(index), rows: from..galley.rows().len() });
    }
    if card.quotes.is_empty() {
        galley.gap();
        galley.line(Ink::Warning, &format!("No quote of this card could be read; {why} shows why."));
    }
    for links in card.links.chunk_by(|one, other| one.role == other.role) {
        galley.gap();
        galley.line(Ink::Fact, links.first().map_or("", |link| link.role.heading()));
        for link in links {
            let from = galley.rows().len();
            self::link(galley, briefing, link);
            stops.push(Stop { goal: Goal::Card(link.to), rows: from..galley.rows().len() });
        }
    }
    stops
}

/// Adds what differs in the words of a card's quotes, where anything does.
fn wordings(galley: &mut Galley, card: &Card) {
    let mut wordings = card.wordings(Quote::key_words).peekable();
    if wordings.peek().is_none() {
        return;
    }
    galley.gap();
    let mut lead = "Worded differently: ";
    for of_origin in wordings {
        let mut between = lead;
        for words in of_origin {
            galley.push(Ink::Plain, between);
            galley.push(Ink::Key, words);
            between = " / ";
        }
        lead = "; ";
    }
    galley.set(0);
}

/// Adds a quote: its number, its words, and below them what it rests on.
fn quote(galley: &mut Galley, briefing: &Briefing, index: usize, quote: &Quote, places: Places) {
    let number = (index + 1).to_string();
    let hang = number.len() + 1;
    let key = quote.key.unwrap_or_default();
    let words = &quote.words;
    let (open, close) = cite::marks(words);
    galley.push_all(Ink::Quiet, &[&number, " "]);
    galley.push(Ink::Quote, open);
    galley.push(Ink::Quote, Span::new(0, key.start).of(words));
    galley.push(Ink::Key, key.of(words));
    galley.push(Ink::Quote, Span::new(key.end, words.len()).of(words));
    galley.push(Ink::Quote, close);
    galley.set(hang);
    galley.push(Ink::Quiet, &" ".repeat(hang));
    rests_on(galley, briefing, quote, places);
    grade(galley, quote, places);
    galley.set(hang);
}

/// Adds a link to another card, with why it is there.
fn link(galley: &mut Galley, briefing: &Briefing, link: &Link) {
    let card = &briefing[link.to];
    galley.push(if link.role == Role::Contradicts { Ink::Warning } else { Ink::Quiet }, "→ ");
    galley.push(Ink::Quiet, &lead(briefing, card));
    galley.push(Ink::Plain, &card.title);
    if let Some(why) = &link.why {
        galley.push_all(Ink::Quiet, &[" · ", why]);
    }
    galley.set(2);
}

/// Writes the second line of a card: what it is about, how sure it is, and on what it rests.
fn facts(galley: &mut Galley, briefing: &Briefing, card: &Card) {
    match card.kind {
        Kind::PlanPoint { version } => galley.push(Ink::Fact, &briefing[version].title),
        Kind::Reaction { actor, stance, .. } => {
            let actor = &briefing[actor];
            galley.push_all(Ink::Fact, &[stance.glyph(), " ", stance.word(), " · ", &actor.name]);
            if let Some(role) = &actor.role {
                galley.push_all(Ink::Fact, &[", ", role]);
            }
        }
        Kind::OpenQuestion { status, .. } => {
            galley.push_all(Ink::Fact, &[status.glyph(), " ", status.word()])
        }
        Kind::Event => galley.push(Ink::Fact, "event"),
    }
    if let Some(on) = cite::on(briefing, card) {
        galley.push_all(Ink::Fact, &[" · ", &on]);
    }
    if let Some(date) = &card.date {
        galley.push(Ink::Fact, &format!(" · {date}"));
    }
    let certainty = card.standing.certainty;
    let ink = if certainty == Certainty::Disputed { Ink::Warning } else { Ink::Fact };
    galley.push_all(ink, &[" · ", certainty.glyph(), " ", certainty.word()]);
    galley.push_all(Ink::Quiet, &[" · ", &evidence(briefing, card)]);
}

/// Writes what a quote rests on: where it stands, who says so, on what, reported first by whom.
fn rests_on(galley: &mut Galley, briefing: &Briefing, quote: &Quote, places: Places) {
    let source = &briefing[quote.source];
    let mut write = |words: &[&str]| galley.push_all(Ink::Quiet, words);
    write(&[label(source)]);
    match places {
        Places::Paragraph => {
            if let Some(paragraphs) = cite::paragraphs(briefing, quote) {
                write(&[" ¶", &paragraphs]);
            }
        }
        Places::File => write(&[" · ", &cite::place(briefing, quote)]),
    }
    if let Some(by) = &quote.by {
        let (open, close) = cite::marks(by);
        write(&[" · by ", open, by, close]);
    }
    write(&[if quote.basis.is_none() { " · basis " } else { " · " }, cite::basis(quote)]);
    if let Some(origin) = quote.origin {
        write(&[" · origin ", &briefing[origin].name]);
    }
    write(&[" · "]);
}

/// Writes a quote's grade, and which of several places is meant where file and line have not said so.
fn grade(galley: &mut Galley, quote: &Quote, places: Places) {
    let word = cite::grade(quote);
    match &quote.found {
        Ok(anchor) => {
            galley.push_all(Ink::Quiet, &["✓ ", &word]);
            if places == Places::Paragraph
                && let Some(which) = cite::which(anchor)
            {
                galley.push_all(Ink::Quiet, &[", ", &which]);
            }
        }
        Err(_) => galley.push_all(Ink::Warning, &["✗ ", &word]),
    }
}

/// What stands before a linked card's title: who reacts and how, or how far a question is answered.
fn lead(briefing: &Briefing, card: &Card) -> String {
    match card.kind {
        Kind::Reaction { actor, stance, .. } => format!("{} {}: ", stance.glyph(), briefing[actor].name),
        Kind::OpenQuestion { status, .. } => format!("{} ", status.glyph()),
        Kind::PlanPoint { .. } | Kind::Event => String::new(),
    }
}
