//! The quotes as Web Annotations, after the W3C's Web Annotation Data Model: an annotation a quote.
//!
//! The body is the card's title, and a second one says where the quote is from. The target is the
//! source: where it can be found, with the file in `seeds/` as the copy that was read, or else that
//! file, relative to the library. Each fragment of a quote is a target of its own, as several
//! selectors of one target must select the same. A position counts Unicode code points of the text as
//! it stands in the file. A quote that is not in its source has no target and is left out.

use super::{Extent, Extract, printed};
use crate::cite::percent;
use crate::model::{Card, Quote, Ref};
use crate::span::Span;
use serde_json::{Value, json};

/// How many characters of the text before and after a quote tell its place from others, at most.
const CONTEXT: usize = 32;

/// The quotes of an extract as one JSON-LD document: a collection with one page.
#[must_use]
pub fn w3c(extract: &Extract<'_>) -> String {
    let briefing = extract.briefing;
    let items: Vec<Value> = extract
        .cards()
        .flat_map(|card| {
            let quotes = briefing[card].quotes.iter().enumerate();
            quotes.filter_map(move |(index, quote)| annotation(extract, card, index, quote))
        })
        .collect();
    let id = percent(&briefing.name);
    printed(&json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "AnnotationCollection",
        "label": &*briefing.title,
        "total": items.len(),
        "first": { "id": format!("{id}#page-1"), "type": "AnnotationPage", "startIndex": 0, "items": items },
    }))
}

fn annotation(extract: &Extract<'_>, card: Ref<Card>, index: usize, quote: &Quote) -> Option<Value> {
    let briefing = extract.briefing;
    let card = &briefing[card];
    let raw = briefing[quote.source].text.as_ref()?.raw.as_str();
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
    let [start, end] = Extent::new(raw, part).chars;
    let selector = json!([
        {
            "type": "TextQuoteSelector",
            "exact": part.of(raw),
            "prefix": last(raw.get(..part.start).unwrap_or_default()),
            "suffix": first(raw.get(part.end..).unwrap_or_default()),
        },
        { "type": "TextPositionSelector", "start": start, "end": end },
    ]);
    let file: Vec<String> = source.file.split('/').map(percent).collect();
    let file = format!("seeds/{}", file.join("/"));
    match &source.url {
        Some(url) => json!({
            "source": &**url,
            "state": { "type": "TimeState", "cached": file },
            "selector": selector,
        }),
        None => json!({ "source": file, "selector": selector }),
    }
}

fn first(text: &str) -> &str {
    let end = text.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

fn last(text: &str) -> &str {
    let start = text.char_indices().nth_back(CONTEXT - 1).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{first, last};

    #[test]
    fn the_context_is_so_many_characters_at_most() {
        let crabs = "🦀".repeat(40);
        for text in ["", "é—漢🦀", &crabs] {
            let want = text.chars().count().min(32);
            assert_eq!((first(text).chars().count(), last(text).chars().count()), (want, want), "{text}");
            assert!(text.starts_with(first(text)) && text.ends_with(last(text)));
        }
    }
}
