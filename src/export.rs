//! A briefing, or what it has on a topic, in forms that other programs read.
//!
//! Whatever the form, every quote carries where it comes from, and what marks its place says so in
//! terms of the source as it stands in `seeds/`. No form holds a character that could act on a
//! terminal: words are shown as the reader shows them, and where a form needs a source's own
//! characters, it is JSON, which writes such a character as an escape.

mod csv;
mod document;
mod html;
mod markdown;
mod provenance;
mod table;
mod w3c;

pub use csv::csv;
pub use document::{
    CardEntry, Extent, Head, QuoteEntry, SCHEMA, SourceEntry, TopicEntry, catalogue, json, listing, printed,
};
pub use html::html;
pub use markdown::markdown;
pub use provenance::Provenance;
pub use table::table;
pub use w3c::w3c;

use crate::cite;
use crate::digest::sha256;
use crate::model::{Briefing, Card, Family, Quote, Ref, Source, Topic};

/// What is exported: a briefing, or what it has on a topic.
#[derive(Clone, Debug)]
pub struct Extract<'b> {
    /// The briefing.
    pub briefing: &'b Briefing,
    /// The topic that it is narrowed to.
    pub topic: Option<Ref<Topic>>,
    /// For each source of the briefing the SHA-256 of its text.
    digests: Vec<Option<String>>,
}

impl<'b> Extract<'b> {
    /// All of a briefing, or what it has on a topic.
    #[must_use]
    pub fn new(briefing: &'b Briefing, topic: Option<Ref<Topic>>) -> Self {
        let digest = |source: &Source| Some(sha256(source.text.as_ref()?.raw.as_bytes()));
        Self { briefing, topic, digests: briefing.sources.iter().map(digest).collect() }
    }

    /// Its cards, in content order.
    pub fn cards(&self) -> impl Iterator<Item = Ref<Card>> {
        self.briefing.card_refs().filter(|&card| self.has(card))
    }

    /// Its cards of one kind, in content order; events from the earliest to the latest.
    #[must_use]
    pub fn of_family(&self, family: Family) -> Vec<Ref<Card>> {
        let mut cards: Vec<Ref<Card>> = match family {
            Family::Event => self.briefing.timeline(),
            Family::PlanPoint | Family::Reaction | Family::OpenQuestion => {
                self.briefing.of_family(family).collect()
            }
        };
        cards.retain(|&card| self.has(card));
        cards
    }

    /// Its sources: all of them, or those that the topic's cards quote.
    #[must_use]
    pub fn sources(&self) -> Vec<Ref<Source>> {
        let quoted = |source: Ref<Source>| {
            self.cards().any(|card| self.briefing[card].quotes.iter().any(|quote| quote.source == source))
        };
        let all = (0..self.briefing.sources.len()).map(Ref::new);
        all.filter(|&source| self.topic.is_none() || quoted(source)).collect()
    }

    /// The SHA-256 of a source's text as it was read, in hexadecimal; for a file in UTF-8 it is the file's.
    #[must_use]
    pub fn digest(&self, source: Ref<Source>) -> Option<&str> {
        self.digests.get(source.index())?.as_deref()
    }

    /// Where a quote is from, for people: names and values, the source's digest with them.
    fn provenance(&self, quote: &Quote) -> Vec<(&'static str, String)> {
        self.signed(cite::provenance(self.briefing, quote), quote.source)
    }

    /// What is known of a source, for people: names and values, its digest with them.
    fn about(&self, source: Ref<Source>) -> Vec<(&'static str, String)> {
        self.signed(cite::about(&self.briefing[source]), source)
    }

    fn signed(
        &self,
        mut facts: Vec<(&'static str, String)>,
        source: Ref<Source>,
    ) -> Vec<(&'static str, String)> {
        facts.extend(self.digest(source).map(|digest| ("sha256", digest.to_owned())));
        facts
    }

    /// Whether it holds the card.
    #[must_use]
    pub fn has(&self, card: Ref<Card>) -> bool {
        self.topic.is_none_or(|topic| self.briefing[card].topics.contains(&topic))
    }
}

/// What the cards of one kind are called together.
const fn heading(family: Family) -> &'static str {
    match family {
        Family::PlanPoint => "Plan points",
        Family::Reaction => "Reactions",
        Family::OpenQuestion => "Open questions",
        Family::Event => "Timeline",
    }
}
