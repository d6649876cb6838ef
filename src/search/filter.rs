//! Filters: `topic:`, `actor:`, `origin:`, `source:`, `basis:`, `stance:`, `certainty:`, `kind:`, `version:` and
//! `status:` narrow what is searched.
//!
//! A value means what has it for its id, its name or another of its names; where nothing has, whatever has a
//! word in one of these that begins so.
//! The filters on quotes, `origin:`, `source:` and `basis:`, must be met by one quote together. A
//! paragraph of a source has a source and nothing else.

use super::fold::{Case, fold};
use crate::model::{
    Basis, Briefing, Card, Certainty, Family, Quote, Ref, Source, Stance, Status, Subject, Version,
};
use crate::nearest::nearest;
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
    /// What kind of card it is.
    Kind,
    /// A plan point's version, or the one that a reaction or a question is about.
    Version,
    /// An open question's status.
    Status,
}

/// One filter of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What it looks at.
    pub name: Name,
    /// What must be there, folded but for its capitals.
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
        let (word, rest) = typed.split_once(':')?;
        let name = Self::ALL.into_iter().find(|name| word.eq_ignore_ascii_case(name.word()))?;
        Some((name, rest))
    }

    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Topic,
        Self::Actor,
        Self::Origin,
        Self::Source,
        Self::Basis,
        Self::Stance,
        Self::Certainty,
        Self::Kind,
        Self::Version,
        Self::Status,
    ];

    /// Its word, as it is typed before the colon.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Actor => "actor",
            Self::Origin => "origin",
            Self::Source => "source",
            Self::Basis => "basis",
            Self::Stance => "stance",
            Self::Certainty => "certainty",
            Self::Kind => "kind",
            Self::Version => "version",
            Self::Status => "status",
        }
    }

    /// What it lets through, and its values where they are the same in every briefing.
    pub fn meaning(self) -> String {
        let meaning = match self {
            Self::Topic => "cards about this topic",
            Self::Actor => "reactions of this actor",
            Self::Origin => "cards with a quote that this origin reported first",
            Self::Source => "cards with a quote from this source, and its text",
            Self::Basis => "cards with a quote of this basis",
            Self::Stance => "reactions of this stance",
            Self::Certainty => "cards of this certainty",
            Self::Kind => "cards of this kind",
            Self::Version => "plan points of this version, reactions and questions about it",
            Self::Status => "open questions of this status",
        };
        // What a briefing of nothing has, every briefing has.
        let nothing = Briefing::default();
        let values: Vec<&str> =
            self.items(&nothing).iter().filter_map(|names| names.first().copied()).collect();
        if values.is_empty() { meaning.to_owned() } else { format!("{meaning}: {}", values.join(", ")) }
    }

    /// The names of each item of the list that it looks at, first the one that the files know it by.
    fn items(self, briefing: &Briefing) -> Vec<Vec<&str>> {
        fn all<'b>(first: &[&'b Safe], others: &'b [Safe]) -> Vec<&'b str> {
            first.iter().copied().chain(others).map(|name| &**name).collect()
        }
        match self {
            Self::Topic => {
                briefing.topics.iter().map(|topic| all(&[&topic.id, &topic.title], &topic.aliases)).collect()
            }
            Self::Actor => {
                briefing.actors.iter().map(|actor| all(&[&actor.id, &actor.name], &actor.aliases)).collect()
            }
            Self::Origin => {
                briefing.origins.iter().map(|origin| all(&[&origin.id, &origin.name], &[])).collect()
            }
            Self::Source => briefing
                .sources
                .iter()
                .map(|source| all(&[&source.id, &source.title, &source.file], source.outlet.as_slice()))
                .collect(),
            Self::Basis => Basis::ALL.iter().map(|basis| vec![basis.written()]).collect(),
            Self::Stance => Stance::ALL.iter().map(|stance| vec![stance.written()]).collect(),
            // As exports write it, and as it is read on the screen.
            Self::Certainty => Certainty::ALL.iter().map(|sure| vec![sure.written(), sure.word()]).collect(),
            Self::Kind => Family::ALL.iter().map(|kind| vec![kind.written(), kind.word()]).collect(),
            Self::Version => {
                briefing.versions.iter().map(|version| all(&[&version.id, &version.title], &[])).collect()
            }
            Self::Status => Status::ALL.iter().map(|status| vec![status.written()]).collect(),
        }
    }

    const fn is_on_quotes(self) -> bool {
        match self {
            Self::Origin | Self::Source | Self::Basis => true,
            Self::Topic
            | Self::Actor
            | Self::Stance
            | Self::Certainty
            | Self::Kind
            | Self::Version
            | Self::Status => false,
        }
    }
}

impl Filter {
    /// Says that nothing in the briefing has the value, and what is nearest; nothing where something has it.
    pub fn unknown(&self, briefing: &Briefing) -> Option<String> {
        if meant(briefing, self).contains(&true) {
            return None;
        }
        let (what, value) = (self.name.word(), &self.value);
        let items = self.name.items(briefing);
        let names = || items.iter().filter_map(|names| names.first().copied());
        let (what_there_is, names) = match self.name {
            Name::Basis | Name::Stance | Name::Certainty | Name::Kind | Name::Status => {
                ("there are", names().collect())
            }
            Name::Topic | Name::Actor | Name::Origin | Name::Source | Name::Version => {
                ("the nearest", nearest(value, names(), 3))
            }
        };
        let said = format!("there is no {what} “{value}”");
        Some(if names.is_empty() { said } else { format!("{said}; {what_there_is}: {}", names.join(", ")) })
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
        self.filters
            .iter()
            .all(|filter| filter.name.is_on_quotes() || filter.not != filter.fits_card(self.briefing, card))
            && (on_quotes(false).next().is_none() || card.quotes.iter().any(wanted))
            && !card.quotes.iter().any(unwanted)
    }
}

impl Worked {
    fn means(&self, index: usize) -> bool {
        self.meant.get(index).copied().unwrap_or(false)
    }

    fn fits_card(&self, briefing: &Briefing, card: &Card) -> bool {
        match self.name {
            Name::Topic => card.topics.iter().any(|topic| self.means(topic.index())),
            Name::Actor => card.actor().is_some_and(|actor| self.means(actor.index())),
            Name::Stance => card.stance().is_some_and(|stance| self.means(stance as usize)),
            Name::Certainty => self.means(card.standing.certainty as usize),
            Name::Kind => self.means(card.kind.family() as usize),
            Name::Version => versions(briefing, card).any(|version| self.means(version.index())),
            Name::Status => card.status().is_some_and(|status| self.means(status as usize)),
            Name::Origin | Name::Source | Name::Basis => false,
        }
    }

    fn fits_quote(&self, quote: &Quote) -> bool {
        match self.name {
            Name::Origin => quote.origin.is_some_and(|origin| self.means(origin.index())),
            Name::Source => self.means(quote.source.index()),
            Name::Basis => quote.basis.is_some_and(|basis| self.means(basis as usize)),
            Name::Topic
            | Name::Actor
            | Name::Stance
            | Name::Certainty
            | Name::Kind
            | Name::Version
            | Name::Status => false,
        }
    }
}

/// The version of a plan point, and those that a reaction or a question is about, itself or with a plan point of it.
fn versions(briefing: &Briefing, card: &Card) -> impl Iterator<Item = Ref<Version>> {
    let about = card.subjects().iter().filter_map(|subject| match *subject {
        Subject::Version(version) => Some(version),
        Subject::Card(point) => briefing[point].version(),
    });
    card.version().into_iter().chain(about)
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
    let value = fold(&filter.value, Case::Lower);
    let fit = |name: &str| match fold(name, Case::Lower) {
        name if name == value => Fit::Whole,
        name if begins_a_word(&name, &value) => Fit::Begins,
        _ => Fit::Not,
    };
    let items = filter.name.items(briefing);
    let fits: Vec<Fit> =
        items.iter().map(|names| names.iter().map(|name| fit(name)).max().unwrap_or(Fit::Not)).collect();
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
