//! What can be found, and the texts it is found by.

use crate::model::{Actor, Briefing, Card, Ref, Source, Subject, Topic, Version};
use crate::span::Union;
use std::collections::HashSet;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A card.
    Card(Ref<Card>),
    /// A paragraph of a source.
    Paragraph {
        /// The source.
        source: Ref<Source>,
        /// Which of its paragraphs, from 0.
        paragraph: usize,
    },
}

/// The parts of a card, or of a source, that are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// A card's title.
    Title,
    /// A card's text.
    Text,
    /// The words of the card's quote at the index.
    Quote(usize),
    /// The words for its source of the card's quote at the index.
    By(usize),
    /// A reaction's actor, by any name; the text is the actor's name.
    Actor,
    /// A topic of the card, by any name; the text is its title.
    Topic(Ref<Topic>),
    /// The origin of the card's quote at the index, the first that has it; the text is its name.
    Origin(usize),
    /// A version that the card belongs to or is about; the text is its title.
    Version(Ref<Version>),
    /// A paragraph.
    Paragraph,
}

/// The fields as they rank among results that are equally close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A title.
    Title,
    /// A name of an actor.
    Actor,
    /// The words of a quote.
    Quote,
    /// The words for a quote's source.
    By,
    /// A card's text.
    Text,
    /// A paragraph of a source.
    Paragraph,
    /// A name of a topic, a version or an origin: it says what a card is about and rests on, not what it says.
    About,
    /// A paragraph that asides cover: page furniture, a caption or a repeated body.
    Aside,
}

impl Field {
    /// The index of the card's quote that it is of, if it is of one.
    #[must_use]
    pub const fn quote(self) -> Option<usize> {
        match self {
            Self::Quote(quote) | Self::By(quote) | Self::Origin(quote) => Some(quote),
            Self::Title | Self::Text | Self::Actor | Self::Topic(_) | Self::Version(_) | Self::Paragraph => {
                None
            }
        }
    }

    /// Its place among the fields.
    pub const fn place(self) -> Place {
        match self {
            Self::Title => Place::Title,
            Self::Text => Place::Text,
            Self::Quote(_) => Place::Quote,
            Self::By(_) => Place::By,
            Self::Actor => Place::Actor,
            Self::Topic(_) | Self::Origin(_) | Self::Version(_) => Place::About,
            Self::Paragraph => Place::Paragraph,
        }
    }

    /// Its text as the card shows it.
    pub fn text<'b>(self, briefing: &'b Briefing, card: &'b Card) -> Option<&'b str> {
        match self {
            Self::Title => Some(&card.title),
            Self::Text => card.text.as_deref(),
            Self::Quote(quote) => card.quotes.get(quote).map(|quote| &*quote.words),
            Self::By(quote) => card.quotes.get(quote).and_then(|quote| quote.by.as_deref()),
            Self::Actor => actor(briefing, card).map(|actor| &*actor.name),
            Self::Topic(topic) => briefing.topics.get(topic.index()).map(|topic| &*topic.title),
            Self::Origin(quote) => card.quotes.get(quote).and_then(|quote| {
                let origin = briefing.origins.get(quote.origin?.index())?;
                Some(&*origin.name)
            }),
            Self::Version(version) => briefing.versions.get(version.index()).map(|version| &*version.title),
            Self::Paragraph => None,
        }
    }
}

/// The texts that a card is found by, its title first, and the field that each belongs to.
pub fn card_texts<'b>(briefing: &'b Briefing, card: &'b Card) -> Vec<(Field, &'b str)> {
    let mut texts: Vec<(Field, &str)> = vec![(Field::Title, &card.title)];
    texts.extend(card.text.iter().map(|text| (Field::Text, &**text)));
    if let Some(actor) = actor(briefing, card) {
        texts.push((Field::Actor, &actor.name));
        texts.extend(actor.aliases.iter().map(|alias| (Field::Actor, &**alias)));
    }
    for &topic in &card.topics {
        if let Some(named) = briefing.topics.get(topic.index()) {
            texts.push((Field::Topic(topic), &named.title));
            texts.extend(named.aliases.iter().map(|alias| (Field::Topic(topic), &**alias)));
        }
    }
    let mut named = |field: Field| texts.extend(field.text(briefing, card).map(|text| (field, text)));
    versions(card).map(Field::Version).for_each(&mut named);
    let mut origins = HashSet::new();
    for (nth, quote) in card.quotes.iter().enumerate() {
        named(Field::Quote(nth));
        named(Field::By(nth));
        if quote.origin.is_some_and(|origin| origins.insert(origin)) {
            named(Field::Origin(nth));
        }
    }
    texts
}

/// The version of a plan point, and those that a reaction or a question is about itself.
fn versions(card: &Card) -> impl Iterator<Item = Ref<Version>> {
    let about = card.subjects().iter().filter_map(|subject| match *subject {
        Subject::Version(version) => Some(version),
        Subject::Card(_) => None,
    });
    card.version().into_iter().chain(about)
}

/// The asides of a source, in its shown text.
pub fn asides(source: &Source) -> Union {
    let shown = source.text.iter().map(|text| &text.shown);
    Union::new(shown.flat_map(|shown| source.asides.iter().map(|aside| shown.to_shown(aside.span))))
}

/// The text of one paragraph of a source.
pub fn paragraph_text(briefing: &Briefing, source: Ref<Source>, paragraph: usize) -> Option<&str> {
    let text = briefing.sources.get(source.index())?.text.as_ref()?;
    Some(text.paragraph(paragraph)?.of(text.shown.text()))
}

fn actor<'b>(briefing: &'b Briefing, card: &Card) -> Option<&'b Actor> {
    briefing.actors.get(card.actor()?.index())
}
