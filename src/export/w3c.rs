//! The quotes as Web Annotations, after the W3C's Web Annotation Data Model: an annotation a quote.
//!
//! The body is the card's title, and a second one says where the quote is from. The target is the
//! source: where it can be found, with the file in `seeds/` as the copy that was read, or else that
//! file, relative to the library. Each fragment of a quote is a target of its own, as several
//! selectors of one target must select the same, and each of them by itself selects nothing else. A position counts Unicode code points of the text as
//! it stands in the file. A quote that is not in its source has no target and is left out.

use super::document::Each;
use super::{Extract, printed};
use crate::bytes;
use crate::cite::{Address, percent};
use crate::model::{Card, Quote, Ref, Source, seed};
use crate::span::Span;
use memchr::memmem::Finder;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// How many characters of the text before and after a quote tell its place from others; twice as many, and
/// twice as many again, where they do not.
const CONTEXT: usize = 32;
/// No more than so many: where they do not tell it either, the position does.
const MOST: usize = 32 * 1024;
/// The bytes of a beginning: a finder of no more is made in no time.
const HEAD: usize = 32;
/// The bytes of a text that is searched for each of its quotes, and the context of those in a longer one.
const SEARCHED: usize = 1 << 20;
const UNSEARCHED: usize = 1024;

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
    let annotations = || {
        extract.cards().flat_map(move |card| {
            let quotes = briefing[card].quotes.iter().enumerate();
            quotes.filter_map(move |(index, quote)| annotation(extract, card, index, quote))
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

fn annotation<'b>(
    extract: &Extract<'b>,
    card: Ref<Card>,
    index: usize,
    quote: &Quote,
) -> Option<Annotation<'b>> {
    let briefing = extract.briefing;
    let card = &briefing[card];
    let target: Vec<Target<'_>> =
        quote.places().iter().filter_map(|&part| Target::new(extract, quote.source, part)).collect();
    if target.is_empty() {
        return None;
    }
    let facts = extract.provenance(quote).into_iter();
    let facts: Vec<String> = facts.map(|(name, value)| format!("{name}: {value}")).collect();
    let origin = format!("{}\ncard: {}\nbriefing: {}", facts.join("\n"), card.id, briefing.name);
    Some(Annotation {
        body: [Body::new("commenting", Cow::Borrowed(&card.title)), Body::new("describing", origin.into())],
        id: format!("{}#{}.{}", percent(&briefing.name), percent(&card.id), index + 1),
        motivation: "commenting",
        target,
        kind: "Annotation",
    })
}

impl<'b> Body<'b> {
    const fn new(purpose: &'static str, value: Cow<'b, str>) -> Self {
        Self { format: "text/plain", purpose, kind: "TextualBody", value }
    }
}

impl<'b> Target<'b> {
    fn new(extract: &Extract<'b>, source: Ref<Source>, part: Span) -> Option<Self> {
        let [start, end] = extract.extent(source, part).chars;
        let source = &extract.briefing[source];
        let raw = source.text.as_ref()?.raw();
        let [prefix, suffix] = context(raw, part);
        let quote = TextQuote { exact: part.of(raw), prefix, suffix, kind: "TextQuoteSelector" };
        let position = TextPosition { end, start, kind: "TextPositionSelector" };
        let file: Vec<String> = source.file.split('/').map(percent).collect();
        let file = seed(&file.join("/"));
        let (source, state) = match Address::of(source) {
            Some(address) => (address.to_string(), Some(TimeState { cached: file, kind: "TimeState" })),
            None => (file, None),
        };
        Some(Self { selector: (quote, position), source, state })
    }
}

/// Writes a list of one thing as that thing.
fn one_or_several<S: Serializer>(things: &[impl Serialize], serializer: S) -> Result<S::Ok, S::Error> {
    match things {
        [one] => one.serialize(serializer),
        several => several.serialize(serializer),
    }
}

/// What stands before and behind a passage, as much as it takes for the three together to stand nowhere else:
/// a reader that goes by the words alone would take every place where they stand.
fn context(raw: &str, part: Span) -> [&str; 2] {
    let (before, behind) = (Span::new(0, part.start).of(raw), Span::new(part.end, raw.len()).of(raw));
    let (mut count, most) = if raw.len() > SEARCHED { (UNSEARCHED, UNSEARCHED) } else { (CONTEXT, MOST) };
    // What is known to stand somewhere else too.
    let mut shared = part;
    loop {
        let (prefix, suffix) = (last(before, count), first(behind, count));
        let whole = Span::new(part.start - prefix.len(), part.end + suffix.len());
        if count >= most || whole == Span::new(0, raw.len()) {
            return [prefix, suffix];
        }
        if !shared.covers(whole) {
            match elsewhere(raw, whole) {
                None => return [prefix, suffix],
                Some(other) => shared = alike(raw, whole, other),
            }
        }
        count *= 2;
    }
}

/// Where else in the text the words of a span begin, also where the two places overlap. Mostly their beginning
/// stands but once, which tells it sooner.
fn elsewhere(raw: &str, span: Span) -> Option<usize> {
    let (raw, words) = (raw.as_bytes(), span.of(raw).as_bytes());
    let other = |words: &[u8]| {
        let (finder, behind) = (Finder::new(words), span.start + 1);
        let before = finder.find(raw).filter(|&at| at != span.start);
        before.or_else(|| finder.find(raw.get(behind..)?).map(|at| behind + at))
    };
    let begins_alone = words.get(..HEAD).is_some_and(|head| other(head).is_none());
    if begins_alone { None } else { other(words) }
}

/// A span of the text, and as much before and behind it as stands before and behind the same words at `other`.
fn alike(raw: &str, span: Span, other: usize) -> Span {
    let raw = raw.as_bytes();
    let (until, from) = (|at| raw.get(..at).unwrap_or_default(), |at| raw.get(at..).unwrap_or_default());
    let before = bytes::end_alike(until(span.start), until(other));
    let behind = bytes::begin_alike(from(span.end), from(other + span.len()));
    Span::new(span.start - before, span.end + behind)
}

fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

fn last(text: &str, count: usize) -> &str {
    let start = text.char_indices().nth_back(count - 1).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CONTEXT, context, first, last};
    use crate::span::Span;

    #[test]
    fn the_context_is_so_many_characters_at_most() {
        let crabs = "🦀".repeat(40);
        for text in ["", "é—漢🦀", &crabs] {
            let want = text.chars().count().min(CONTEXT);
            let (first, last) = (first(text, CONTEXT), last(text, CONTEXT));
            assert_eq!((first.chars().count(), last.chars().count()), (want, want), "{text}");
            assert!(text.starts_with(first) && text.ends_with(last));
        }
    }

    #[test]
    fn the_context_grows_until_the_passage_stands_nowhere_else() {
        let text = format!("{0}wait{0}漢{0}wait{0}", "é—🦀".repeat(30));
        let places: Vec<usize> = text.match_indices("wait").map(|(at, _)| at).collect();
        for at in places {
            let [prefix, suffix] = context(&text, Span::new(at, at + 4));
            assert!(prefix.chars().count() > CONTEXT, "{prefix}");
            let stand = |prefix, suffix| text.matches(&format!("{prefix}wait{suffix}")).count();
            assert_eq!(stand(prefix, suffix), 1);
            let half = prefix.chars().count().max(suffix.chars().count()) / 2;
            assert_eq!(stand(last(prefix, half), first(suffix, half)), 2, "half of it tells nothing");
        }
        assert_eq!(context("aaa", Span::new(1, 2)), ["a", "a"]);
    }

    #[test]
    fn a_passage_whose_beginning_alone_stands_twice_needs_no_more() {
        let before = "a".repeat(CONTEXT);
        let text = format!("{before}wait, one; and then {before}wait, two; and then nothing");
        let [prefix, suffix] = context(&text, Span::new(CONTEXT, CONTEXT + 4));
        assert_eq!((prefix, suffix.chars().count()), (before.as_str(), CONTEXT));
    }
}
