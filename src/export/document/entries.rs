//! The things that the document is made of, each as one JSON object.

use super::super::{Extent, Extract, Provenance};
use crate::date::Date;
use crate::model::{
    Actor, Briefing, Card, Link, Origin, Passage, Quote, Ref, Role, Source, Stance, Status, Subject, Topic,
    Version,
};
use crate::sanitize::Safe;
use crate::span::Span;
use serde::Serialize;

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

/// A version.
#[derive(Serialize)]
pub(super) struct VersionEntry<'b> {
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

/// An actor.
#[derive(Serialize)]
pub(super) struct ActorEntry<'b> {
    id: &'b str,
    name: &'b str,
    role: Option<&'b str>,
    aliases: Vec<&'b str>,
}

/// An origin.
#[derive(Serialize)]
pub(super) struct OriginEntry<'b> {
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
    certainty: &'static str,
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

impl<'b> SourceEntry<'b> {
    /// A source, with its text.
    pub(super) fn whole(extract: &'b Extract<'b>, source: Ref<Source>) -> Self {
        let text = extract.briefing[source].text.as_ref();
        Self { text: text.map(|text| text.raw()), ..Self::new(extract, source) }
    }

    /// A source, without its text.
    #[must_use]
    pub fn new(extract: &'b Extract<'b>, source: Ref<Source>) -> Self {
        let digest = extract.digest(source);
        let quotes = extract.quotes_in(source);
        let passages = |passages: &'b [Passage]| {
            let entry = |passage: &'b Passage| PassageEntry {
                why: &passage.why,
                extent: extract.extent(source, passage.span),
            };
            passages.iter().map(entry).collect()
        };
        let (asides, unused) =
            (passages(&extract.briefing[source].asides), passages(&extract.briefing[source].unused));
        let source = &extract.briefing[source];
        Self {
            id: &source.id,
            file: source.path(),
            title: &source.title,
            outlet: source.outlet.as_deref(),
            author: source.author.as_deref(),
            date: iso(source.date),
            url: source.url.as_deref(),
            note: source.note.as_deref(),
            sha256: digest,
            asides,
            unused,
            quotes,
            text: None,
        }
    }
}

impl<'b> VersionEntry<'b> {
    pub(super) fn new(version: &'b Version) -> Self {
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
        let cards = extract.cards_about(topic);
        let topic = &extract.briefing[topic];
        Self { id: &topic.id, title: &topic.title, aliases: words(&topic.aliases), cards }
    }
}

impl<'b> ActorEntry<'b> {
    pub(super) fn new(actor: &'b Actor) -> Self {
        Self { id: &actor.id, name: &actor.name, role: actor.role.as_deref(), aliases: words(&actor.aliases) }
    }
}

impl<'b> OriginEntry<'b> {
    pub(super) fn new(origin: &'b Origin) -> Self {
        Self { id: &origin.id, name: &origin.name }
    }
}

impl<'b> CardEntry<'b> {
    /// A card of the extract's briefing.
    #[must_use]
    pub fn new(extract: &'b Extract<'b>, card: Ref<Card>) -> Self {
        let briefing = extract.briefing;
        let found = &briefing[card];
        let standing = &found.standing;
        let wordings = standing.wordings.iter().flatten().filter_map(|&quote| {
            Some(WordingEntry { quote: quote + 1, words: found.quotes.get(quote)?.key_handed_on()? })
        });
        Self {
            id: &found.id,
            kind: found.kind.family().written(),
            title: &found.title,
            text: found.text.as_deref(),
            date: iso(found.date),
            topics: found.topics.iter().map(|&topic| &*briefing[topic].id).collect(),
            version: found.version().map(|version| &*briefing[version].id),
            actor: found.actor().map(|actor| &*briefing[actor].id),
            stance: found.stance().map(Stance::written),
            status: found.status().map(Status::written),
            on: found.subjects().iter().map(|&subject| SubjectEntry::new(briefing, subject)).collect(),
            certainty: standing.certainty.written(),
            texts: standing.texts,
            origins: standing.origins.iter().map(|&origin: &Ref<Origin>| &*briefing[origin].id).collect(),
            wordings: wordings.collect(),
            links: found.links.iter().map(|link| LinkEntry::new(briefing, link)).collect(),
            quotes: QuoteEntry::all(extract, card).collect(),
            defined: PlaceEntry { file: &found.at.file, line: found.at.line },
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
    pub fn all(extract: &'b Extract<'b>, card: Ref<Card>) -> impl Iterator<Item = Self> {
        let card = &extract.briefing[card];
        card.quotes.iter().enumerate().map(|(at, quote)| Self::new(extract, card, at + 1, quote))
    }

    fn new(extract: &'b Extract<'b>, card: &'b Card, number: usize, quote: &'b Quote) -> Self {
        let briefing = extract.briefing;
        let source = &briefing[quote.source];
        let raw = source.text.as_ref().map(|text| text.raw()).unwrap_or_default();
        let fragment =
            |&part: &Span| Fragment { exact: part.of(raw), extent: extract.extent(quote.source, part) };
        Self {
            card: &card.id,
            number,
            source: &source.id,
            origin: quote.origin.map(|origin| &*briefing[origin].id),
            words: quote.handed_on(),
            key: quote.key_handed_on(),
            fragments: quote.places().iter().map(fragment).collect(),
            provenance: Provenance::new(extract, quote),
            line: quote.line,
        }
    }
}

/// A date as it is written in a briefing.
pub(super) fn iso(date: Option<Date>) -> Option<String> {
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
