//! A briefing, or what it has on a topic, in forms that other programs read.
//!
//! Whatever the form, every quote carries where it comes from, and what marks its place says so in
//! terms of the source as it stands in `seeds/`. No form holds a character that could act on a
//! terminal: words are shown as the reader shows them, and where a form needs a source's own
//! characters, it is JSON, which writes such a character as an escape. Each form is written as it is made,
//! so that a large briefing takes no more memory than itself.

mod csv;
mod document;
mod extent;
mod html;
mod markdown;
mod provenance;
mod table;
mod w3c;

pub use csv::csv;
pub use document::{
    CardEntry, CatalogueEntry, Each, Head, Poured, QuoteEntry, SCHEMA, SourceEntry, TopicEntry, catalogue,
    json, listing, printed, printed_on_a_line,
};
pub use extent::{Extent, Ruler};
pub use html::html;
pub use markdown::markdown;
pub use provenance::Provenance;
pub use table::table;
pub use w3c::w3c;

use crate::cite::{self, Fact};
use crate::model::{Briefing, Card, Family, Quote, Ref, Source, Topic};
use crate::span::Span;
use std::collections::BTreeSet;

/// What is exported: a briefing, or what it has on a topic.
#[derive(Clone, Debug)]
pub struct Extract<'b> {
    /// The briefing.
    pub briefing: &'b Briefing,
    /// The topic that it is narrowed to.
    pub topic: Option<Ref<Topic>>,
    /// For each source its text, to count in.
    rulers: Vec<Ruler<'b>>,
    /// How many of the cards are about each topic.
    cards_about: Vec<usize>,
    /// How many of their quotes stand in each source.
    quotes_in: Vec<usize>,
}

impl<'b> Extract<'b> {
    /// All of a briefing, or what it has on a topic.
    #[must_use]
    pub fn new(briefing: &'b Briefing, topic: Option<Ref<Topic>>) -> Self {
        let raw = |source: &'b Source| source.text.as_ref().map(|text| text.raw()).unwrap_or_default();
        let mut quotes_in = vec![0; briefing.sources.len()];
        let quotes = briefing.cards.iter().filter(|card| card.is_about(topic)).flat_map(|card| &card.quotes);
        for quote in quotes.filter(|quote| quote.is_sound()) {
            quotes_in.get_mut(quote.source.index()).into_iter().for_each(|count| *count += 1);
        }
        Self {
            briefing,
            topic,
            rulers: briefing.sources.iter().map(|source| Ruler::new(raw(source))).collect(),
            cards_about: briefing.cards_by_topic(topic).iter().map(Vec::len).collect(),
            quotes_in,
        }
    }

    /// What its JSON begins with.
    #[must_use]
    pub fn head(&self) -> Head<'b> {
        Head::new(self.briefing, self.topic)
    }

    /// Its cards, in content order.
    pub fn cards(&self) -> impl Iterator<Item = Ref<Card>> {
        self.briefing.refs::<Card>().filter(|&card| self.has(card))
    }

    /// Its cards of one kind, in content order; events from the earliest to the latest.
    #[must_use]
    pub fn of_family(&self, family: Family) -> Vec<Ref<Card>> {
        let mut cards = self.briefing.in_order(family);
        cards.retain(|&card| self.has(card));
        cards
    }

    /// Its sources: all of them, or those that the topic's cards quote.
    #[must_use]
    pub fn sources(&self) -> Vec<Ref<Source>> {
        let quotes = self.cards().flat_map(|card| &self.briefing[card].quotes);
        let quoted: BTreeSet<usize> = quotes.map(|quote| quote.source.index()).collect();
        let all = self.briefing.refs::<Source>();
        all.filter(|source| self.topic.is_none() || quoted.contains(&source.index())).collect()
    }

    /// How many of its cards are about a topic.
    #[must_use]
    pub fn cards_about(&self, topic: Ref<Topic>) -> usize {
        self.cards_about.get(topic.index()).copied().unwrap_or_default()
    }

    /// How many quotes of its cards stand in a source.
    #[must_use]
    pub fn quotes_in(&self, source: Ref<Source>) -> usize {
        self.quotes_in.get(source.index()).copied().unwrap_or_default()
    }

    /// Where a span of a source's text as it was read stands.
    #[must_use]
    pub fn extent(&self, source: Ref<Source>, span: Span) -> Extent {
        self.rulers
            .get(source.index())
            .map_or_else(|| Ruler::new("").extent(span), |ruler| ruler.extent(span))
    }

    /// The SHA-256 of a source's file, in hexadecimal, where it is known.
    #[must_use]
    pub fn digest(&self, source: Ref<Source>) -> Option<&'b str> {
        self.briefing[source].text.as_ref()?.digest()
    }

    /// Where a quote is from, for people: facts and their values, the source's digest with them.
    fn provenance(&self, quote: &Quote) -> Vec<(Fact, String)> {
        self.signed(cite::provenance(self.briefing, quote), quote.source)
    }

    /// What is known of a source, for people: facts and their values, its digest with them.
    fn facts(&self, source: Ref<Source>) -> Vec<(Fact, String)> {
        self.signed(cite::facts(&self.briefing[source]), source)
    }

    fn signed(&self, mut facts: Vec<(Fact, String)>, source: Ref<Source>) -> Vec<(Fact, String)> {
        facts.extend(self.digest(source).map(|digest| (Fact::Sha256, digest.to_owned())));
        facts
    }

    /// Whether it holds the card.
    #[must_use]
    pub fn has(&self, card: Ref<Card>) -> bool {
        self.briefing[card].is_about(self.topic)
    }
}
