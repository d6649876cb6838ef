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
//!            `words`: as the card has them, paragraphs set apart by ` ¶ `; `exact`: as the source has
//!            them; `fragments` is empty where the quote is not in its source; `line`: of its table in
//!            the card's file
//! provenance {by, basis, origin, title, outlet, author, date, url, file, line, grade, omissions,
//!             nth, of, sha256, briefing}   the whole of it, so that a quote can travel alone;
//!            `omissions`: how many times its words leave some of the source's out, with a ` … `
//! changes    [{card, change, kind, title}]   of lists alone; `change`: changed or new since last read
//! extent     bytes: [from, to), chars: [from, to) in the source's `text`: bytes of its UTF-8,
//!            and Unicode code points
//! ```
//!
//! `brief list` prints `{schema, briefing, topic, LIST: [...]}` with the same objects, and of briefings
//! `{schema, briefings: [{name, title, as_of, library}]}`, where `library` is the folder that it is in,
//! `null` of the one built in. `brief search` prints `{schema, briefing, topic, query, total,
//! hits: [{card, title} or {source, file, line}, and {field, quote, text, marks: [extent], alias, provenance}]}`,
//! best first: `field` is what met the query, `text` its words, and the marks are extents in these; `alias` is
//! `{text, marks: [extent]}`, the other name that met the query, where the name in `text` did not; `provenance` is
//! that of the quote, where it is one. Of all briefings `{schema, query, briefings: [the same], total}`.

mod entries;

pub use entries::{CardEntry, QuoteEntry, SourceEntry, TopicEntry};

use super::Extract;
use crate::bytes;
use crate::model::{Briefing, Ref, Topic};
use crate::sanitize;
use entries::{ActorEntry, OriginEntry, VersionEntry, iso};
use serde::{Serialize, Serializer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The schema's number.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'b, S, T, C> {
    #[serde(flatten)]
    head: Head<'b>,
    sources: S,
    versions: Vec<VersionEntry<'b>>,
    topics: T,
    actors: Vec<ActorEntry<'b>>,
    origins: Vec<OriginEntry<'b>>,
    cards: C,
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

/// A briefing in a list of them. It need not be at hand any longer.
#[derive(Serialize)]
pub struct CatalogueEntry {
    name: String,
    title: String,
    as_of: Option<String>,
    library: Option<String>,
}

/// A list whose things are made one by one as they are written.
pub struct Each<F>(pub F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A list whose things are made while it is written, each for itself alone; so it can be written once.
pub struct Poured<I>(RefCell<I>);

impl<I: Iterator> Poured<I> {
    /// A list of what is still to be made.
    #[must_use]
    pub const fn new(things: I) -> Self {
        Self(RefCell::new(things))
    }

    /// Makes what has not been written.
    pub fn finish(self) {
        self.0.into_inner().for_each(drop);
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Poured<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&mut *self.0.borrow_mut())
    }
}

/// Writes an extract as one JSON document.
///
/// # Errors
/// When it cannot be written.
pub fn json(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    let briefing = extract.briefing;
    let sources = extract.sources();
    let document = Document {
        head: extract.head(),
        sources: Each(|| sources.iter().map(|&source| SourceEntry::whole(extract, source))),
        versions: briefing.versions.iter().map(VersionEntry::new).collect(),
        topics: Each(|| briefing.refs().map(|topic| TopicEntry::new(extract, topic))),
        actors: briefing.actors.iter().map(ActorEntry::new).collect(),
        origins: briefing.origins.iter().map(OriginEntry::new).collect(),
        cards: Each(|| extract.cards().map(|card| CardEntry::new(extract, card))),
    };
    printed(&document, out)
}

/// Writes a list of briefings as JSON: `{schema, briefings: [{name, title, as_of, library}]}`.
///
/// # Errors
/// When it cannot be written.
pub fn catalogue(briefings: &[CatalogueEntry], out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Catalogue<'b> {
        schema: u32,
        briefings: &'b [CatalogueEntry],
    }
    printed(&Catalogue { schema: SCHEMA, briefings }, out)
}

/// Writes a list of things as JSON, under its name.
///
/// # Errors
/// When it cannot be written.
pub fn listing<T: Serialize, I: Iterator<Item = T>>(
    head: Head<'_>,
    name: &'static str,
    things: impl Fn() -> I,
    out: &mut dyn Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Listing<'b, L: Serialize> {
        #[serde(flatten)]
        head: Head<'b>,
        #[serde(flatten)]
        list: BTreeMap<&'static str, L>,
    }
    printed(&Listing { head, list: BTreeMap::from([(name, Each(things))]) }, out)
}

/// Writes something as JSON on lines, each character that could act on a terminal, or be overlooked, as an escape.
///
/// # Errors
/// When it cannot be written.
pub fn printed(thing: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    inertly(out, |pieces| serde_json::to_writer_pretty(pieces, thing))
}

/// Writes something as JSON on one line, with the same escapes.
///
/// # Errors
/// When it cannot be written.
pub fn printed_on_a_line(thing: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    inertly(out, |pieces| serde_json::to_writer(pieces, thing))
}

/// Writes JSON and the end of its last line.
fn inertly(
    out: &mut dyn Write,
    write: impl FnOnce(&mut Inert<'_>) -> serde_json::Result<()>,
) -> io::Result<()> {
    let mut inert = Inert { gathered: Vec::new(), out };
    write(&mut inert)?;
    inert.write_all(b"\n")?;
    inert.flush()
}

/// Takes JSON in pieces that are text each, as serde_json writes it. As they are of a few bytes, they are looked
/// through many at a time.
struct Inert<'w> {
    gathered: Vec<u8>,
    out: &'w mut dyn Write,
}

/// So many bytes of pieces are gathered.
const GATHERED: usize = 8 * 1024;

impl Write for Inert<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.write_all(piece)?;
        Ok(piece.len())
    }

    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        if self.gathered.len() >= GATHERED {
            self.flush()?;
        }
        self.gathered.extend_from_slice(piece);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut rest = str::from_utf8(&self.gathered).map_err(io::Error::other)?;
        // Outside its strings JSON is ASCII without control characters but the line end.
        while let Some((at, c)) = first_harmful(rest) {
            let (harmless, after) = rest.split_at(at);
            self.out.write_all(harmless.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(self.out, "\\u{unit:04x}")?;
            }
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        self.out.write_all(rest.as_bytes())?;
        self.gathered.clear();
        Ok(())
    }
}

/// The first character of a text that could act on a terminal, or be overlooked, and its byte.
fn first_harmful(text: &str) -> Option<(usize, char)> {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += bytes::run(rest.as_bytes(), |byte| matches!(byte, b'\n' | b' '..=b'~'));
        let c = text.get(at..)?.chars().next()?;
        if !sanitize::is_harmless(c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
    None
}

impl<'b> Head<'b> {
    /// The head for a briefing, or for what it has on a topic.
    #[must_use]
    pub fn new(briefing: &'b Briefing, topic: Option<Ref<Topic>>) -> Self {
        Self {
            schema: SCHEMA,
            briefing: BriefingEntry::new(briefing),
            topic: topic.map(|topic| &*briefing[topic].id),
        }
    }
}

impl<'b> BriefingEntry<'b> {
    fn new(briefing: &'b Briefing) -> Self {
        Self { name: &briefing.name, title: &briefing.title, as_of: iso(briefing.as_of) }
    }
}

impl CatalogueEntry {
    /// A briefing, and the folder of its library where that is not the one built in.
    #[must_use]
    pub fn new(briefing: &Briefing, library: Option<String>) -> Self {
        let BriefingEntry { name, title, as_of } = BriefingEntry::new(briefing);
        Self { name: name.to_owned(), title: title.to_owned(), as_of, library }
    }
}

#[cfg(test)]
mod tests {
    use super::printed;

    #[test]
    fn what_acts_on_a_terminal_is_an_escape() {
        let words = "é—漢🦀 e\u{301}\t\n\u{1b}[31m\u{9b}\u{7f}\u{202e}\u{200b}\u{e0061}";
        let mut json = Vec::new();
        printed(&words, &mut json).unwrap();
        let json = String::from_utf8(json).unwrap();
        assert_eq!(json, "\"é—漢🦀 e\u{301}\\t\\n\\u001b[31m\\u009b\\u007f\\u202e\\u200b\\udb40\\udc61\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(words));
    }

    #[test]
    fn what_acts_on_a_terminal_is_an_escape_wherever_it_stands() {
        let words: Vec<String> = (0..4_000).map(|n| format!("{}—漢🦀\u{202e}", "é".repeat(n % 7))).collect();
        let mut json = Vec::new();
        printed(&words, &mut json).unwrap();
        let json = String::from_utf8(json).unwrap();
        assert!(!json.contains('\u{202e}'));
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).ok(), Some(words));
    }
}
