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
//! `brief list` prints `{schema, briefing, topic, LIST: [...]}` with the same objects, and of a whole
//! library `{schema, briefings: [...]}`. `brief search` prints `{schema, briefing, topic, query, total,
//! hits: [{card, title} or {source, file, line}, and {field, quote, text, marks: [extent]}]}`, best
//! first: `field` is what met the query, `text` its words, and the marks are extents in these.

use super::{Extract, Provenance};
use crate::date::Date;
use crate::model::{
    Actor, Briefing, Card, Kind, Link, Origin, Passage, Quote, Ref, Role, Source, Subject, Topic, Version,
};
use crate::sanitize::{self, Safe};
use crate::span::Span;
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

/// A source.
#[derive(Serialize)]
pub struct SourceEntry<'b> {
    id: &'b str,
    file: String,
    title: &'b str,
    outlet: Option<&'b str>,
    author: Option<&'b str>,
    date: Option<String>,
    url: Option<&'b str>,
    note: Option<&'b str>,
    sha256: Option<&'b str>,
    asides: Vec<PassageEntry<'b>>,
    unused: Vec<PassageEntry<'b>>,
    /// How many quotes of the extract stand in it.
    pub quotes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'b str>,
}

#[derive(Serialize)]
struct PassageEntry<'b> {
    why: &'b str,
    #[serde(flatten)]
    extent: Extent,
}

#[derive(Serialize)]
struct VersionEntry<'b> {
    id: &'b str,
    title: &'b str,
    date: Option<String>,
    from: Option<&'b str>,
}

/// A topic.
#[derive(Serialize)]
pub struct TopicEntry<'b> {
    id: &'b str,
    title: &'b str,
    aliases: Vec<&'b str>,
    /// How many cards of the extract are about it.
    pub cards: usize,
}

#[derive(Serialize)]
struct ActorEntry<'b> {
    id: &'b str,
    name: &'b str,
    role: Option<&'b str>,
    aliases: Vec<&'b str>,
}

#[derive(Serialize)]
struct OriginEntry<'b> {
    id: &'b str,
    name: &'b str,
}

/// A card.
#[derive(Serialize)]
pub struct CardEntry<'b> {
    id: &'b str,
    kind: &'static str,
    title: &'b str,
    text: Option<&'b str>,
    date: Option<String>,
    topics: Vec<&'b str>,
    version: Option<&'b str>,
    actor: Option<&'b str>,
    stance: Option<&'static str>,
    status: Option<&'static str>,
    on: Vec<SubjectEntry<'b>>,
    certainty: String,
    texts: usize,
    origins: Vec<&'b str>,
    wordings: Vec<WordingEntry<'b>>,
    links: Vec<LinkEntry<'b>>,
    quotes: Vec<QuoteEntry<'b>>,
    defined: PlaceEntry<'b>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum SubjectEntry<'b> {
    Card(&'b str),
    Version(&'b str),
}

#[derive(Serialize)]
struct WordingEntry<'b> {
    quote: usize,
    words: &'b str,
}

#[derive(Serialize)]
struct LinkEntry<'b> {
    role: &'static str,
    card: &'b str,
    why: Option<&'b str>,
}

#[derive(Serialize)]
struct PlaceEntry<'b> {
    file: &'b str,
    line: usize,
}

/// A quote.
#[derive(Serialize)]
pub struct QuoteEntry<'b> {
    card: &'b str,
    number: usize,
    source: &'b str,
    origin: Option<&'b str>,
    words: &'b str,
    key: Option<&'b str>,
    fragments: Vec<Fragment<'b>>,
    provenance: Provenance<'b>,
    line: usize,
}

#[derive(Serialize)]
struct Fragment<'b> {
    exact: &'b str,
    #[serde(flatten)]
    extent: Extent,
}

/// Where something stands in a text, in bytes and in Unicode code points: from, and up to without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Extent {
    /// Bytes of its UTF-8.
    pub bytes: [usize; 2],
    /// Unicode code points.
    pub chars: [usize; 2],
}

/// An extract as one JSON document.
#[must_use]
pub fn json(extract: &Extract<'_>) -> String {
    let briefing = extract.briefing;
    printed(&Document {
        head: Head::new(extract),
        sources: extract
            .sources()
            .into_iter()
            .map(|source| SourceEntry {
                text: briefing[source].text.as_ref().map(|text| text.raw.as_str()),
                ..SourceEntry::new(extract, source)
            })
            .collect(),
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

/// The list of a library's briefings as JSON: `{schema, briefings: [{name, title, as_of}]}`.
#[must_use]
pub fn catalogue(briefings: &[Briefing]) -> String {
    #[derive(Serialize)]
    struct Catalogue<'b> {
        schema: u32,
        briefings: Vec<BriefingEntry<'b>>,
    }
    printed(&Catalogue { schema: SCHEMA, briefings: briefings.iter().map(BriefingEntry::new).collect() })
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

impl<'b> SourceEntry<'b> {
    /// A source, without its text.
    #[must_use]
    pub fn new(extract: &'b Extract<'b>, source: Ref<Source>) -> Self {
        let digest = extract.digest(source);
        let quotes = extract.cards().flat_map(|card| &extract.briefing[card].quotes);
        let quotes = quotes.filter(|quote| quote.source == source && !quote.places().is_empty()).count();
        let source = &extract.briefing[source];
        let raw = source.text.as_ref().map(|text| text.raw.as_str()).unwrap_or_default();
        let passages = |passages: &'b [Passage]| {
            passages
                .iter()
                .map(|passage| PassageEntry { why: &passage.why, extent: Extent::new(raw, passage.span) })
                .collect()
        };
        Self {
            id: &source.id,
            file: format!("seeds/{}", source.file),
            title: &source.title,
            outlet: source.outlet.as_deref(),
            author: source.author.as_deref(),
            date: iso(source.date),
            url: source.url.as_deref(),
            note: source.note.as_deref(),
            sha256: digest,
            asides: passages(&source.asides),
            unused: passages(&source.unused),
            quotes,
            text: None,
        }
    }
}

impl<'b> VersionEntry<'b> {
    fn new(version: &'b Version) -> Self {
        Self {
            id: &version.id,
            title: &version.title,
            date: iso(version.date),
            from: version.from.as_deref(),
        }
    }
}

impl<'b> TopicEntry<'b> {
    /// A topic of the extract's briefing.
    #[must_use]
    pub fn new(extract: &Extract<'b>, topic: Ref<Topic>) -> Self {
        let briefing = extract.briefing;
        let cards = extract.cards().filter(|&card| briefing[card].topics.contains(&topic)).count();
        let topic = &briefing[topic];
        Self { id: &topic.id, title: &topic.title, aliases: words(&topic.aliases), cards }
    }
}

impl<'b> ActorEntry<'b> {
    fn new(actor: &'b Actor) -> Self {
        Self { id: &actor.id, name: &actor.name, role: actor.role.as_deref(), aliases: words(&actor.aliases) }
    }
}

impl<'b> CardEntry<'b> {
    /// A card of the extract's briefing.
    #[must_use]
    pub fn new(extract: &'b Extract<'b>, card: Ref<Card>) -> Self {
        let briefing = extract.briefing;
        let found = &briefing[card];
        let standing = &found.standing;
        let (version, actor, stance, status) = match found.kind {
            Kind::PlanPoint { version } => (Some(&*briefing[version].id), None, None, None),
            Kind::Reaction { actor, stance, .. } => {
                (None, Some(&*briefing[actor].id), Some(stance.written()), None)
            }
            Kind::OpenQuestion { status, .. } => (None, None, None, Some(status.written())),
            Kind::Event => (None, None, None, None),
        };
        let wordings = standing.wordings.iter().filter_map(|&(quote, key)| {
            Some(WordingEntry { quote: quote + 1, words: key.of(&found.quotes.get(quote)?.words) })
        });
        Self {
            id: &found.id,
            kind: found.kind.family().written(),
            title: &found.title,
            text: found.text.as_deref(),
            date: iso(found.date),
            topics: found.topics.iter().map(|&topic| &*briefing[topic].id).collect(),
            version,
            actor,
            stance,
            status,
            on: found.subjects().iter().map(|&subject| SubjectEntry::new(briefing, subject)).collect(),
            certainty: standing.certainty.word().replace(' ', "_"),
            texts: standing.texts,
            origins: standing.origins.iter().map(|&origin: &Ref<Origin>| &*briefing[origin].id).collect(),
            wordings: wordings.collect(),
            links: found.links.iter().map(|link| LinkEntry::new(briefing, link)).collect(),
            quotes: QuoteEntry::all(extract, card),
            defined: PlaceEntry { file: &found.at.0, line: found.at.1 },
        }
    }
}

impl<'b> SubjectEntry<'b> {
    fn new(briefing: &'b Briefing, subject: Subject) -> Self {
        match subject {
            Subject::Card(card) => Self::Card(&briefing[card].id),
            Subject::Version(version) => Self::Version(&briefing[version].id),
        }
    }
}

impl<'b> LinkEntry<'b> {
    fn new(briefing: &'b Briefing, link: &'b Link) -> Self {
        Self { role: role(link.role), card: &briefing[link.to].id, why: link.why.as_deref() }
    }
}

impl<'b> QuoteEntry<'b> {
    /// The quotes of a card, in its order.
    #[must_use]
    pub fn all(extract: &'b Extract<'b>, card: Ref<Card>) -> Vec<Self> {
        let card = &extract.briefing[card];
        card.quotes.iter().enumerate().map(|(at, quote)| Self::new(extract, card, at + 1, quote)).collect()
    }

    fn new(extract: &'b Extract<'b>, card: &'b Card, number: usize, quote: &'b Quote) -> Self {
        let briefing = extract.briefing;
        let source = &briefing[quote.source];
        let raw = source.text.as_ref().map(|text| text.raw.as_str()).unwrap_or_default();
        let fragment = |&part: &Span| Fragment { exact: part.of(raw), extent: Extent::new(raw, part) };
        Self {
            card: &card.id,
            number,
            source: &source.id,
            origin: quote.origin.map(|origin| &*briefing[origin].id),
            words: &quote.words,
            key: quote.key.map(|key| key.of(&quote.words)),
            fragments: quote.places().iter().map(fragment).collect(),
            provenance: Provenance::new(extract, quote),
            line: quote.line,
        }
    }
}

impl Extent {
    /// Where a span of a text stands.
    #[must_use]
    pub fn new(text: &str, span: Span) -> Self {
        let before = |at: usize| text.get(..at).unwrap_or_default().chars().count();
        Self { bytes: [span.start, span.end], chars: [before(span.start), before(span.end)] }
    }
}

fn iso(date: Option<Date>) -> Option<String> {
    date.map(Date::iso)
}

fn words(words: &[Safe]) -> Vec<&str> {
    words.iter().map(|words| &**words).collect()
}

/// How a linked card stands to the card that has the link.
const fn role(role: Role) -> &'static str {
    match role {
        Role::Contradicts => "contradicts",
        Role::Supports => "supports",
        Role::SupportedBy => "supported_by",
        Role::Answers => "answers",
        Role::AnsweredBy => "answered_by",
        Role::Supersedes => "supersedes",
        Role::SupersededBy => "superseded_by",
        Role::On => "about",
        Role::Reaction => "reaction",
        Role::Question => "question",
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
