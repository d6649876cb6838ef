//! Filters: `topic:`, `actor:`, `origin:`, `source:`, `basis:`, `stance:` and `certainty:`
//! narrow what is searched.
//!
//! A value means what has it for its id, its name or another of its names; where nothing has, whatever has a
//! word in one of these that begins so.
//! The filters on quotes, `origin:`, `source:` and `basis:`, must be met by one quote together. A
//! paragraph of a source has a source and nothing else.

use super::fold::{Case, fold};
use crate::model::{Basis, Briefing, Card, Certainty, Quote, Ref, Source, Stance};
use crate::sanitize::Safe;

/// What a filter looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A card's topics.
    Topic,
    /// A reaction's actor.
    Actor,
    /// A quote's origin.
    Origin,
    /// A quote's source, or a paragraph's.
    Source,
    /// A quote's basis.
    Basis,
    /// A reaction's stance.
    Stance,
    /// How sure a card is.
    Certainty,
}

/// One filter of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What it looks at.
    pub name: Name,
    /// What must be there, folded to small letters.
    pub value: String,
    /// Whether it must rather not be there.
    pub not: bool,
}

/// The filters of a query, worked out for one briefing.
pub struct Sieve<'b> {
    briefing: &'b Briefing,
    filters: Vec<Worked>,
}

/// A filter with what it means in the briefing: for each item of the list it names, whether it is meant.
struct Worked {
    name: Name,
    not: bool,
    meant: Vec<bool>,
}

impl Name {
    /// The filter whose name and colon `typed` begins with, and what follows.
    pub fn read(typed: &str) -> Option<(Self, &str)> {
        let (name, rest) = typed.split_once(':')?;
        let name = match name.to_ascii_lowercase().as_str() {
            "topic" => Self::Topic,
            "actor" => Self::Actor,
            "origin" => Self::Origin,
            "source" => Self::Source,
            "basis" => Self::Basis,
            "stance" => Self::Stance,
            "certainty" => Self::Certainty,
            _ => return None,
        };
        Some((name, rest))
    }

    const fn is_on_quotes(self) -> bool {
        match self {
            Self::Origin | Self::Source | Self::Basis => true,
            Self::Topic | Self::Actor | Self::Stance | Self::Certainty => false,
        }
    }
}

impl<'b> Sieve<'b> {
    /// Works out what the filters mean in the briefing.
    pub fn new(briefing: &'b Briefing, filters: &[Filter]) -> Self {
        let worked =
            |filter: &Filter| Worked { name: filter.name, not: filter.not, meant: meant(briefing, filter) };
        Self { briefing, filters: filters.iter().map(worked).collect() }
    }

    /// Whether the filters let a card through.
    pub fn admits_card(&self, card: Ref<Card>) -> bool {
        self.briefing.cards.get(card.index()).is_some_and(|card| self.fits(card))
    }

    /// Whether the filters let the paragraphs of a source through.
    pub fn admits_source(&self, source: Ref<Source>) -> bool {
        let means = |filter: &Worked| filter.name == Name::Source && filter.means(source.index());
        self.filters.iter().all(|filter| filter.not != means(filter))
    }

    fn fits(&self, card: &Card) -> bool {
        let on_quotes =
            |not| self.filters.iter().filter(move |filter| filter.not == not && filter.name.is_on_quotes());
        let wanted = |quote: &Quote| on_quotes(false).all(|filter| filter.fits_quote(quote));
        let unwanted = |quote: &Quote| on_quotes(true).any(|filter| filter.fits_quote(quote));
        self.filters.iter().all(|filter| filter.name.is_on_quotes() || filter.not != filter.fits_card(card))
            && (on_quotes(false).next().is_none() || card.quotes.iter().any(wanted))
            && !card.quotes.iter().any(unwanted)
    }
}

impl Worked {
    fn means(&self, index: usize) -> bool {
        self.meant.get(index).copied().unwrap_or(false)
    }

    fn fits_card(&self, card: &Card) -> bool {
        match self.name {
            Name::Topic => card.topics.iter().any(|topic| self.means(topic.index())),
            Name::Actor => card.actor().is_some_and(|actor| self.means(actor.index())),
            Name::Stance => card.stance().is_some_and(|stance| self.means(stance as usize)),
            Name::Certainty => self.means(card.standing.certainty as usize),
            Name::Origin | Name::Source | Name::Basis => false,
        }
    }

    fn fits_quote(&self, quote: &Quote) -> bool {
        match self.name {
            Name::Origin => quote.origin.is_some_and(|origin| self.means(origin.index())),
            Name::Source => self.means(quote.source.index()),
            Name::Basis => quote.basis.is_some_and(|basis| self.means(basis as usize)),
            Name::Topic | Name::Actor | Name::Stance | Name::Certainty => false,
        }
    }
}

/// How a name fits the value of a filter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Not,
    /// A word of it begins so.
    Begins,
    /// It is the whole of it.
    Whole,
}

/// For each item of the list that the filter names, whether its value means it: where it is the whole name of one, no
/// other that a word begins so in.
fn meant(briefing: &Briefing, filter: &Filter) -> Vec<bool> {
    let fit = |name: &str| match fold(name, Case::Lower) {
        name if name == filter.value => Fit::Whole,
        name if begins_a_word(&name, &filter.value) => Fit::Begins,
        _ => Fit::Not,
    };
    let best = |names: &[&Safe], others: &[Safe]| {
        names.iter().copied().chain(others).map(|name| fit(name)).max().unwrap_or(Fit::Not)
    };
    let fits: Vec<Fit> = match filter.name {
        Name::Topic => {
            briefing.topics.iter().map(|topic| best(&[&topic.id, &topic.title], &topic.aliases)).collect()
        }
        Name::Actor => {
            briefing.actors.iter().map(|actor| best(&[&actor.id, &actor.name], &actor.aliases)).collect()
        }
        Name::Origin => {
            briefing.origins.iter().map(|origin| best(&[&origin.id, &origin.name], &[])).collect()
        }
        Name::Source => briefing
            .sources
            .iter()
            .map(|source| best(&[&source.id, &source.title, &source.file], source.outlet.as_slice()))
            .collect(),
        Name::Basis => Basis::ALL.iter().map(|basis| fit(basis.written())).collect(),
        Name::Stance => Stance::ALL.iter().map(|stance| fit(stance.written())).collect(),
        // As it is read on the screen, and as exports write it.
        Name::Certainty => {
            Certainty::ALL.iter().map(|sure| fit(sure.word()).max(fit(sure.written()))).collect()
        }
    };
    let least = if fits.contains(&Fit::Whole) { Fit::Whole } else { Fit::Begins };
    fits.into_iter().map(|fit| fit >= least).collect()
}

/// Whether a word of the folded text begins with `start`.
fn begins_a_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        let inside = text.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        !inside || !start.starts_with(char::is_alphanumeric)
    })
}
