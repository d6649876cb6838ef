//! The briefing as JSON, and its single things as the lists print them: schema 1.
//!
//! The document is one object. What is not known is `null`; ids are those of the briefing's files.
//!
//! ```text
//! schema     1; it changes when a field changes its meaning or goes, not when one is added
//! briefing   {name, title, as_of}
//! topic      the id of the topic that this is narrowed to
//! sources    [{id, file, title, outlet, author, date, url, note, sha256,
//!              asides: [{why} + extent], unused: [{why} + extent], quotes, text}]
//!            `quotes`: how many stand in it; `text`: as it stands in the file, not in lists
//! versions   [{id, title, date, from}]
//! topics     [{id, title, aliases, cards}]   `cards`: how many are about it
//! actors     [{id, name, role, aliases}]
//! origins    [{id, name}]
//! cards      [{id, kind, title, text, date, topics, version, actor, stance, status,
//!              on: [{"card": id} or {"version": id}],
//!              certainty, texts, origins, wordings: [{quote, words}],
//!              links: [{role, card, why}], quotes, defined: {file, line}}]
//!            `certainty` to `links` are derived; `texts`: in how many sources its quotes stand
//! quotes     [{card, number, source, origin, words, key, fragments: [{exact} + extent],
//!              provenance, line}]
//!            `words`: as the card has them; `exact`: as the source has them; `fragments` is empty
//!            where the quote is not in its source; `line`: of its table in the card's file
//! provenance {by, basis, origin, title, outlet, author, date, url, file, line, grade, nth, of,
//!             sha256, briefing}   the whole of it, so that a quote can travel alone
//! changes    [{card, change, kind, title}]   of lists alone; `change`: changed or new since last read
//! extent     bytes: [from, to), chars: [from, to) in the source's `text`: bytes of its UTF-8,
//!            and Unicode code points
//! ```
//!
//! `brief list` prints `{schema, briefing, topic, LIST: [...]}` with the same objects, and of briefings
//! `{schema, briefings: [{name, title, as_of, library}]}`, where `library` is the folder that it is in,
//! `null` of the one built in. `brief search` prints `{schema, briefing, topic, query, total,
//! hits: [{card, title} or {source, file, line}, and {field, quote, text, marks: [extent]}]}`, best
//! first: `field` is what met the query, `text` its words, and the marks are extents in these.

mod entries;

pub use entries::{CardEntry, Extent, QuoteEntry, SourceEntry, TopicEntry};

use super::Extract;
use crate::model::{Briefing, Ref};
use crate::sanitize;
use entries::{ActorEntry, OriginEntry, VersionEntry, iso};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The schema's number.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'b> {
    #[serde(flatten)]
    head: Head<'b>,
    sources: Vec<SourceEntry<'b>>,
    versions: Vec<VersionEntry<'b>>,
    topics: Vec<TopicEntry<'b>>,
    actors: Vec<ActorEntry<'b>>,
    origins: Vec<OriginEntry<'b>>,
    cards: Vec<CardEntry<'b>>,
}

/// What every JSON output begins with.
#[derive(Serialize)]
pub struct Head<'b> {
    schema: u32,
    briefing: BriefingEntry<'b>,
    topic: Option<&'b str>,
}

#[derive(Serialize)]
struct BriefingEntry<'b> {
    name: &'b str,
    title: &'b str,
    as_of: Option<String>,
}

/// An extract as one JSON document.
#[must_use]
pub fn json(extract: &Extract<'_>) -> String {
    let briefing = extract.briefing;
    printed(&Document {
        head: Head::new(extract),
        sources: extract.sources().into_iter().map(|source| SourceEntry::whole(extract, source)).collect(),
        versions: briefing.versions.iter().map(VersionEntry::new).collect(),
        topics: briefing
            .topics
            .iter()
            .enumerate()
            .map(|(at, _)| TopicEntry::new(extract, Ref::new(at)))
            .collect(),
        actors: briefing.actors.iter().map(ActorEntry::new).collect(),
        origins: briefing
            .origins
            .iter()
            .map(|origin| OriginEntry { id: &origin.id, name: &origin.name })
            .collect(),
        cards: extract.cards().map(|card| CardEntry::new(extract, card)).collect(),
    })
}

/// A list of briefings, each with the folder of its library, as JSON:
/// `{schema, briefings: [{name, title, as_of, library}]}`.
#[must_use]
pub fn catalogue(briefings: &[(Briefing, Option<String>)]) -> String {
    #[derive(Serialize)]
    struct Entry<'b> {
        #[serde(flatten)]
        briefing: BriefingEntry<'b>,
        library: Option<&'b str>,
    }
    #[derive(Serialize)]
    struct Catalogue<'b> {
        schema: u32,
        briefings: Vec<Entry<'b>>,
    }
    let entries = briefings.iter().map(|(briefing, library)| Entry {
        briefing: BriefingEntry::new(briefing),
        library: library.as_deref(),
    });
    printed(&Catalogue { schema: SCHEMA, briefings: entries.collect() })
}

/// A list of an extract's things as JSON, under its name.
#[must_use]
pub fn listing<T: Serialize>(extract: &Extract<'_>, name: &'static str, things: T) -> String {
    #[derive(Serialize)]
    struct Listing<'b, T> {
        #[serde(flatten)]
        head: Head<'b>,
        #[serde(flatten)]
        list: BTreeMap<&'static str, T>,
    }
    printed(&Listing { head: Head::new(extract), list: BTreeMap::from([(name, things)]) })
}

/// Something as JSON on lines, each character that could act on a terminal, or be overlooked, as an escape.
#[must_use]
pub fn printed(thing: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(thing).expect("it is made of strings, numbers and lists");
    let mut text = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // Outside its strings JSON is ASCII without control characters but the line end.
        if sanitize::is_harmless(c) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text.push('\n');
    text
}

impl<'b> Head<'b> {
    /// The head for an extract.
    #[must_use]
    pub fn new(extract: &Extract<'b>) -> Self {
        let briefing = extract.briefing;
        Self {
            schema: SCHEMA,
            briefing: BriefingEntry::new(briefing),
            topic: extract.topic.map(|topic| &*briefing[topic].id),
        }
    }
}

impl<'b> BriefingEntry<'b> {
    fn new(briefing: &'b Briefing) -> Self {
        Self { name: &briefing.name, title: &briefing.title, as_of: iso(briefing.as_of) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, printed};
    use crate::span::Span;

    #[test]
    fn an_extent_counts_bytes_and_code_points() {
        let text = "é—漢🦀e\u{301}!";
        let at = Span::new(5, 15);
        assert_eq!(at.of(text), "漢🦀e\u{301}");
        assert_eq!(Extent::new(text, at), Extent { bytes: [5, 15], chars: [2, 6] });
    }

    #[test]
    fn what_acts_on_a_terminal_is_an_escape() {
        let words = "é—漢🦀 e\u{301}\t\n\u{1b}[31m\u{9b}\u{7f}\u{202e}\u{200b}\u{e0061}";
        let json = printed(&words);
        assert_eq!(json, "\"é—漢🦀 e\u{301}\\t\\n\\u001b[31m\\u009b\\u007f\\u202e\\u200b\\udb40\\udc61\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(words));
    }
}
