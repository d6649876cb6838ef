//! The quotes as Web Annotations, after the W3C's Web Annotation Data Model: an annotation a quote.
//!
//! The body is the card's title, and a second one says what the card is and where the quote is from, a fact
//! a line. The target is the source: where it can be found, with the file in `seeds/` as the copy that was
//! read, or else that file, relative to the library. Each fragment of a quote is a target of its own, as
//! several selectors of one target must select the same, and each of them by itself selects nothing else. A
//! position counts Unicode code points of the text as it stands in the file. A quote that is not in its
//! source has no target and is left out.

mod context;

use super::document::Each;
use super::{Extract, printed};
use crate::cite::{Address, percent};
use crate::model::{Briefing, Card, Kind, Quote, QuoteRef, Ref, Source, seed};
use crate::sanitize::Safe;
use crate::span::Span;
use context::Text;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// A collection, its fields in the order of their names, as they have in what it holds.
#[derive(Serialize)]
struct Collection<'b, I> {
    #[serde(rename = "@context")]
    context: &'static str,
    first: Page<I>,
    id: String,
    label: &'b str,
    total: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Page<I> {
    id: String,
    items: I,
    #[serde(rename = "startIndex")]
    start_index: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// Writes the quotes of an extract as one JSON-LD document: a collection with one page.
///
/// # Errors
/// When it cannot be written.
pub fn w3c(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    let briefing = extract.briefing;
    let texts = briefing.sources.iter().map(|source| source.text.as_ref().map_or("", |text| text.raw()));
    let texts: Vec<Text<'_>> = texts.map(Text::new).collect();
    let annotations = || {
        let texts = &texts;
        extract.cards().flat_map(move |card| {
            let quotes = briefing[card].quotes.iter().enumerate();
            quotes.filter_map(move |(index, quote)| {
                let text = texts.get(quote.source.index())?;
                annotation(extract, text, QuoteRef::new(card, index), quote)
            })
        })
    };
    let id = percent(&briefing.name);
    let collection = Collection {
        context: "http://www.w3.org/ns/anno.jsonld",
        first: Page {
            id: format!("{id}#page-1"),
            items: Each(annotations),
            start_index: 0,
            kind: "AnnotationPage",
        },
        id,
        label: &briefing.title,
        total: extract.sources().into_iter().map(|source| extract.quotes_in(source)).sum(),
        kind: "AnnotationCollection",
    };
    printed(&collection, out)
}

/// Its fields too are in the order of their names, and so on.
#[derive(Serialize)]
struct Annotation<'b> {
    body: [Body<'b>; 2],
    id: String,
    motivation: &'static str,
    #[serde(serialize_with = "one_or_several")]
    target: Vec<Target<'b>>,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Body<'b> {
    format: &'static str,
    purpose: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Cow<'b, str>,
}

/// One fragment of a quote in its source.
#[derive(Serialize)]
struct Target<'b> {
    selector: (TextQuote<'b>, TextPosition),
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TimeState>,
}

#[derive(Serialize)]
struct TextQuote<'b> {
    exact: &'b str,
    prefix: &'b str,
    suffix: &'b str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct TextPosition {
    end: usize,
    start: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct TimeState {
    cached: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// A quote as an annotation; `text` is its source's.
fn annotation<'b>(
    extract: &Extract<'b>,
    text: &Text<'b>,
    place: QuoteRef,
    quote: &Quote,
) -> Option<Annotation<'b>> {
    let briefing = extract.briefing;
    let card = &briefing[place.card];
    let target: Vec<Target<'_>> =
        quote.places().iter().map(|&part| Target::new(extract, quote.source, text, part)).collect();
    if target.is_empty() {
        return None;
    }
    let mut facts = String::new();
    let mut tell = |name: &str, value: &str| facts.extend([name, ": ", value, "\n"]);
    said(briefing, card).iter().for_each(|(name, value)| tell(name, value));
    extract.provenance(quote).iter().for_each(|(fact, value)| tell(fact.name(), value));
    quote.key_handed_on().iter().for_each(|key| tell("key", key));
    tell("card", &card.id);
    card.date.iter().for_each(|date| tell("card date", &date.to_string()));
    card.text.iter().for_each(|text| tell("card text", &Safe::line(text)));
    facts.extend(["briefing: ", &briefing.name]);
    Some(Annotation {
        body: [Body::new("commenting", Cow::Borrowed(&card.title)), Body::new("describing", facts.into())],
        id: format!("{}#{}.{}", percent(&briefing.name), percent(&card.id), place.index + 1),
        motivation: "commenting",
        target,
        kind: "Annotation",
    })
}

/// What a card says beside its title: names of facts and their values.
fn said(briefing: &Briefing, card: &Card) -> Vec<(&'static str, String)> {
    let certainty = ("certainty", card.standing.certainty.word().to_owned());
    match card.kind {
        Kind::PlanPoint { version } => vec![("version", briefing[version].title.to_string()), certainty],
        Kind::Reaction { actor, stance, .. } => {
            vec![("actor", briefing[actor].name.to_string()), ("stance", stance.word().to_owned()), certainty]
        }
        Kind::OpenQuestion { status, .. } => vec![("status", status.word().to_owned()), certainty],
        Kind::Event => vec![certainty],
    }
}

impl<'b> Body<'b> {
    const fn new(purpose: &'static str, value: Cow<'b, str>) -> Self {
        Self { format: "text/plain", purpose, kind: "TextualBody", value }
    }
}

impl<'b> Target<'b> {
    fn new(extract: &Extract<'b>, source: Ref<Source>, text: &Text<'b>, part: Span) -> Self {
        let [start, end] = extract.extent(source, part).chars;
        let source = &extract.briefing[source];
        let [prefix, suffix] = text.context(part);
        let quote = TextQuote { exact: part.of(text.raw()), prefix, suffix, kind: "TextQuoteSelector" };
        let position = TextPosition { end, start, kind: "TextPositionSelector" };
        let file: Vec<String> = source.file.split('/').map(percent).collect();
        let file = seed(&file.join("/"));
        let (source, state) = match Address::of(source) {
            Some(address) => (address.to_string(), Some(TimeState { cached: file, kind: "TimeState" })),
            None => (file, None),
        };
        Self { selector: (quote, position), source, state }
    }
}

/// Writes a list of one thing as that thing.
fn one_or_several<S: Serializer>(things: &[impl Serialize], serializer: S) -> Result<S::Ok, S::Error> {
    match things {
        [one] => one.serialize(serializer),
        several => several.serialize(serializer),
    }
}
