//! The quotes as Web Annotations, after the W3C's Web Annotation Data Model: an annotation a quote.
//!
//! The body is the card's title, and a second one says where the quote is from. The target is the
//! source: where it can be found, with the file in `seeds/` as the copy that was read, or else that
//! file, relative to the library. Each fragment of a quote is a target of its own, as several
//! selectors of one target must select the same, and each of them by itself selects nothing else. A position counts Unicode code points of the text as
//! it stands in the file. A quote that is not in its source has no target and is left out.

use super::document::Each;
use super::{Extract, printed};
use crate::cite::{Address, percent};
use crate::model::{Card, Quote, Ref, seed};
use crate::span::Span;
use memchr::memmem::Finder;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// How many characters of the text before and after a quote tell its place from others; twice as many, and
/// twice as many again, where they do not.
const CONTEXT: usize = 32;
/// No more than so many: where they do not tell it either, the position does.
const MOST: usize = 32 * 1024;
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

fn annotation(extract: &Extract<'_>, card: Ref<Card>, index: usize, quote: &Quote) -> Option<Value> {
    let briefing = extract.briefing;
    let card = &briefing[card];
    let raw = briefing[quote.source].text.as_ref()?.raw();
    let mut targets: Vec<Value> =
        quote.places().iter().map(|&part| target(extract, quote, raw, part)).collect();
    let target = match targets.len() {
        0 => return None,
        1 => targets.remove(0),
        _ => Value::Array(targets),
    };
    let facts = extract.provenance(quote).into_iter();
    let facts: Vec<String> = facts.map(|(name, value)| format!("{name}: {value}")).collect();
    let origin = format!("{}\ncard: {}\nbriefing: {}", facts.join("\n"), card.id, briefing.name);
    let body = |purpose: &str, words: &str| json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": words });
    Some(json!({
        "id": format!("{}#{}.{}", percent(&briefing.name), percent(&card.id), index + 1),
        "type": "Annotation",
        "motivation": "commenting",
        "body": [body("commenting", &card.title), body("describing", &origin)],
        "target": target,
    }))
}

/// One fragment of a quote in its source.
fn target(extract: &Extract<'_>, quote: &Quote, raw: &str, part: Span) -> Value {
    let source = &extract.briefing[quote.source];
    let [start, end] = extract.extent(quote.source, part).chars;
    let [prefix, suffix] = context(raw, part);
    let selector = json!([
        { "type": "TextQuoteSelector", "exact": part.of(raw), "prefix": prefix, "suffix": suffix },
        { "type": "TextPositionSelector", "start": start, "end": end },
    ]);
    let file: Vec<String> = source.file.split('/').map(percent).collect();
    let file = seed(&file.join("/"));
    match Address::of(source) {
        Some(address) => json!({
            "source": address.as_str(),
            "state": { "type": "TimeState", "cached": file },
            "selector": selector,
        }),
        None => json!({ "source": file, "selector": selector }),
    }
}

/// What stands before and behind a passage, as much as it takes for the three together to stand nowhere else:
/// a reader that goes by the words alone would take every place where they stand.
fn context(raw: &str, part: Span) -> [&str; 2] {
    let (before, behind) = (Span::new(0, part.start).of(raw), Span::new(part.end, raw.len()).of(raw));
    let (mut count, most) = if raw.len() > SEARCHED { (UNSEARCHED, UNSEARCHED) } else { (CONTEXT, MOST) };
    loop {
        let (prefix, suffix) = (last(before, count), first(behind, count));
        let whole = Span::new(part.start - prefix.len(), part.end + suffix.len());
        if count >= most || whole == Span::new(0, raw.len()) || is_alone(raw, whole) {
            return [prefix, suffix];
        }
        count *= 2;
    }
}

/// Whether the words of a span stand in the text but once, also where places overlap. It is asked of each quote, so the
/// quickest search there is looks for them.
fn is_alone(raw: &str, span: Span) -> bool {
    let words = span.of(raw);
    let next = span.start + words.chars().next().map_or(1, char::len_utf8);
    let (raw, finder) = (raw.as_bytes(), Finder::new(words));
    finder.find(raw) == Some(span.start) && finder.find(raw.get(next..).unwrap_or_default()).is_none()
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
            assert_eq!(text.matches(&format!("{prefix}wait{suffix}")).count(), 1);
        }
        assert_eq!(context("aaa", Span::new(1, 2)), ["a", "a"]);
    }
}
