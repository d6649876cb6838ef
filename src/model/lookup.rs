//! Finding one's way in a briefing: by id, by name, by place.

use super::{
    Actor, Briefing, Card, Family, Kind, Quote, Quoted, Ref, Source, SourceText, Stance, Status, Subject,
    Topic, Version,
};
use crate::anchor::{Anchor, Match, Miss};
use crate::composition::taken_apart;
use crate::digest::sha256;
use crate::lines::Lines;
use crate::nearest::nearest;
use crate::order;
use crate::paragraphs::Paragraphs;
use crate::problem::{Code, Page, Problem};
use crate::sanitize::{Safe, Shown};
use crate::span::Span;
use std::borrow::Cow;
use std::sync::OnceLock;

/// How well a quote matches its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The same characters.
    Exact,
    /// The same but for quotation marks, dashes and spaces.
    Typographic,
    /// Something like it stands in the source.
    Drifted,
    /// Nothing like it does.
    Missing,
}

impl Grade {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Typographic => "typographic",
            Self::Drifted => "drifted",
            Self::Missing => "missing",
        }
    }
}

/// The path in the library of a file below `seeds/`.
#[must_use]
pub fn seed(file: &str) -> String {
    ["seeds/", file].concat()
}

/// The kinds of problem that leave something unread.
const UNREAD: [Code; 7] = [
    Code::Unreadable,
    Code::OutsideLibrary,
    Code::TooLarge,
    Code::NotUtf8,
    Code::Syntax,
    Code::Schema,
    Code::NothingThere,
];

impl Briefing {
    /// Whether everything that it consists of could be read, whatever it says.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lack().is_none()
    }

    /// The first of the problems by which something of it could not be read.
    #[must_use]
    pub fn lack(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| UNREAD.contains(&problem.code))
    }

    /// References to the cards of one kind, in content order.
    pub fn of_family(&self, family: Family) -> impl DoubleEndedIterator<Item = Ref<Card>> {
        self.refs::<Card>().filter(move |&card| self[card].kind.family() == family)
    }

    /// References to the cards of one kind, in the order they are read: events from the earliest to the latest.
    #[must_use]
    pub fn in_order(&self, family: Family) -> Vec<Ref<Card>> {
        match family {
            Family::Event => self.timeline(),
            Family::PlanPoint | Family::Reaction | Family::OpenQuestion => self.of_family(family).collect(),
        }
    }

    /// The events from the earliest to the latest, those without a date last.
    #[must_use]
    pub fn timeline(&self) -> Vec<Ref<Card>> {
        let mut events: Vec<Ref<Card>> = self.of_family(Family::Event).collect();
        order::sort_by_key(&mut events, |&event| (self[event].date.is_none(), self[event].date));
        events
    }

    /// For each topic the cards that are about it, in content order; where `topic` is asked for, of its cards alone.
    #[must_use]
    pub fn cards_by_topic(&self, topic: Option<Ref<Topic>>) -> Vec<Vec<Ref<Card>>> {
        let mut cards: Vec<Vec<Ref<Card>>> = vec![Vec::new(); self.topics.len()];
        for card in self.refs::<Card>().filter(|&card| self[card].is_about(topic)) {
            for topic in &self[card].topics {
                if let Some(about) = cards.get_mut(topic.index())
                    && about.last() != Some(&card)
                {
                    about.push(card);
                }
            }
        }
        cards
    }

    /// The card with an id.
    #[must_use]
    pub fn card_by_id(&self, id: &str) -> Option<Ref<Card>> {
        self.refs::<Card>().find(|&card| &*self[card].id == id)
    }

    /// The source with an id.
    #[must_use]
    pub fn source_by_id(&self, id: &str) -> Option<Ref<Source>> {
        self.refs::<Source>().find(|&source| &*self[source].id == id)
    }

    /// The topic with an id.
    #[must_use]
    pub fn topic_by_id(&self, id: &str) -> Option<Ref<Topic>> {
        self.refs::<Topic>().find(|&topic| &*self[topic].id == id)
    }

    /// The topic with an id, a title or an alias, in any case; ids before titles before aliases. Letters may be
    /// composed otherwise, and a Turkish i stand for any i, where no topic has the very letters.
    ///
    /// # Errors
    ///
    /// The ids of the nearest topics, at most three, perhaps none.
    pub fn topic_by_name(&self, name: &str) -> Result<Ref<Topic>, Vec<&str>> {
        let small = name.trim().to_lowercase();
        let plain = spelled_plainly(&small);
        let matching = self.topics.iter().enumerate().filter_map(|(index, topic)| {
            let same = topic.names().enumerate().filter(|(_, name)| spelled_plainly(name) == plain);
            let (is_respelled, rank) = same.map(|(rank, name)| (name.to_lowercase() != small, rank)).min()?;
            Some((is_respelled, rank, index))
        });
        if let Some((_, _, index)) = matching.min() {
            return Ok(Ref::new(index));
        }
        let all = self.topics.iter().flat_map(|topic| topic.names().map(move |name| (name, &*topic.id)));
        let all: Vec<(&str, &str)> = all.collect();
        let mut ids: Vec<&str> = Vec::new();
        for near in nearest(name, all.iter().map(|(name, _)| *name), usize::MAX) {
            let owner = all.iter().find(|(name, _)| *name == near).map(|(_, id)| *id);
            ids.extend(owner.filter(|id| !ids.contains(id)));
        }
        ids.truncate(3);
        Err(ids)
    }
}

/// A name in small letters, their marks apart from them, and with every Turkish i as the common one.
fn spelled_plainly(name: &str) -> String {
    taken_apart(&name.to_lowercase()).replace("i\u{307}", "i").replace('ı', "i")
}

impl Topic {
    /// Its id, its title, and its aliases.
    fn names(&self) -> impl Iterator<Item = &str> {
        [&self.id, &self.title].into_iter().chain(&self.aliases).map(|name| &**name)
    }
}

impl Card {
    /// Whether it is about a topic; where none is asked for, every card is.
    #[must_use]
    pub fn is_about(&self, topic: Option<Ref<Topic>>) -> bool {
        topic.is_none_or(|topic| self.topics.contains(&topic))
    }

    /// The version that a plan point is of.
    #[must_use]
    pub const fn version(&self) -> Option<Ref<Version>> {
        match self.kind {
            Kind::PlanPoint { version } => Some(version),
            Kind::Reaction { .. } | Kind::OpenQuestion { .. } | Kind::Event => None,
        }
    }

    /// Who reacts.
    #[must_use]
    pub const fn actor(&self) -> Option<Ref<Actor>> {
        match self.kind {
            Kind::Reaction { actor, .. } => Some(actor),
            Kind::PlanPoint { .. } | Kind::OpenQuestion { .. } | Kind::Event => None,
        }
    }

    /// Which way a reaction leans.
    #[must_use]
    pub const fn stance(&self) -> Option<Stance> {
        match self.kind {
            Kind::Reaction { stance, .. } => Some(stance),
            Kind::PlanPoint { .. } | Kind::OpenQuestion { .. } | Kind::Event => None,
        }
    }

    /// How far a question is answered.
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        match self.kind {
            Kind::OpenQuestion { status, .. } => Some(status),
            Kind::PlanPoint { .. } | Kind::Reaction { .. } | Kind::Event => None,
        }
    }

    /// What a reaction or a question is about; nothing for the other kinds.
    #[must_use]
    pub fn subjects(&self) -> &[Subject] {
        match &self.kind {
            Kind::Reaction { on, .. } | Kind::OpenQuestion { on, .. } => on,
            Kind::PlanPoint { .. } | Kind::Event => &[],
        }
    }

    /// Its differing wordings, those under one origin together, each as `words` takes it from its quote.
    pub fn wordings<'c>(
        &'c self,
        words: fn(&'c Quote) -> Option<&'c str>,
    ) -> impl Iterator<Item = Vec<&'c str>> {
        let words = move |&quote: &usize| words(self.quotes.get(quote)?);
        self.standing.wordings.iter().map(move |wordings| wordings.iter().filter_map(words).collect())
    }
}

impl Quote {
    /// The words to hand on, with what of them is not shown and does no harm, as soft hyphens.
    #[must_use]
    pub fn handed_on(&self) -> &str {
        self.whole.as_deref().unwrap_or(&self.words)
    }

    /// Its words that matter, to be shown.
    #[must_use]
    pub fn key_words(&self) -> Option<&str> {
        Some(self.key?.of(&self.words))
    }

    /// The same to hand on.
    #[must_use]
    pub fn key_handed_on(&self) -> Option<&str> {
        match &self.whole {
            Some(whole) => Some(Shown::new(whole).to_raw(self.key?).of(whole)),
            None => self.key_words(),
        }
    }

    /// How well it matches its source.
    #[must_use]
    pub const fn grade(&self) -> Grade {
        match &self.found {
            Ok(Anchor { matched: Match::Exact, .. }) => Grade::Exact,
            Ok(Anchor { matched: Match::Typographic, .. }) => Grade::Typographic,
            Err(Miss::Drifted { .. }) => Grade::Drifted,
            Err(Miss::Absent | Miss::Beyond { .. } | Miss::GivenUp | Miss::NoText) => Grade::Missing,
        }
    }

    /// Whether it stands in its source.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.places().is_empty()
    }

    /// How many times words between its fragments are left out; not known where it does not stand in its source.
    #[must_use]
    pub fn omissions(&self) -> Option<usize> {
        self.places().len().checked_sub(1)
    }

    /// Where it stands in its source: spans of the raw text, none when it does not.
    #[must_use]
    pub fn places(&self) -> &[Span] {
        match &self.found {
            Ok(anchor) => &anchor.parts,
            Err(_) => &[],
        }
    }
}

impl Source {
    /// The path of its file in the library.
    #[must_use]
    pub fn path(&self) -> String {
        seed(&self.file)
    }

    /// The quotes that touch a span of the raw text, in the order of the text.
    pub fn quoted_in(&self, span: Span) -> impl Iterator<Item = &Quoted> {
        let end = self.quoted.partition_point(|quoted| quoted.span.start < span.end.max(span.start + 1));
        let touches = move |quoted: &&Quoted| quoted.span.end > span.start;
        self.quoted.get(..end).unwrap_or_default().iter().filter(touches)
    }
}

impl SourceText {
    /// A source's words, made safe to show.
    #[must_use]
    pub fn new(raw: impl Into<Cow<'static, str>>) -> Self {
        let (shown, raw) = Shown::of(raw.into());
        let lines = Lines::new(raw.as_deref().unwrap_or(shown.text()));
        Self { paragraphs: Paragraphs::new(shown.text()), raw, shown, lines, digest: OnceLock::new() }
    }

    /// The same, with the SHA-256 of the file, or with none where the text does not tell it.
    #[must_use]
    pub fn with_digest(self, digest: Option<String>) -> Self {
        Self { digest: digest.into(), ..self }
    }

    /// The SHA-256 of the file, in hexadecimal; nothing where that is not known, as the file is not UTF-8.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.digest.get_or_init(|| Some(sha256(self.raw().as_bytes()))).as_deref()
    }

    /// The file's text.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.raw.as_deref().unwrap_or_else(|| self.shown.text())
    }

    /// The paragraph of a number from 0: a span of the shown text.
    #[must_use]
    pub fn paragraph(&self, number: usize) -> Option<Span> {
        self.paragraphs.get(self.shown.text(), number)
    }

    /// The paragraphs in order: spans of the shown text.
    pub fn paragraphs(&self) -> impl Iterator<Item = Span> + use<'_> {
        self.paragraphs.iter(self.shown.text())
    }

    /// The paragraph that holds a byte of the shown text, else the last before it, as a number from 0.
    #[must_use]
    pub fn paragraph_at(&self, at: usize) -> usize {
        self.paragraphs.at(self.shown.text(), at)
    }

    /// The file's page, by its name relative to the library.
    #[must_use]
    pub fn page(&self, file: Safe) -> Page<'_> {
        Page::counted(file, self.raw(), self.lines.clone())
    }

    /// The line in the file, from 1, that a byte of the raw text stands on.
    #[must_use]
    pub fn line_at(&self, at: usize) -> usize {
        self.lines.number(self.raw(), at)
    }

    /// The line in the file, from 1, that a paragraph begins on.
    #[must_use]
    pub fn line_of(&self, paragraph: usize) -> Option<usize> {
        let start = self.paragraph(paragraph)?.start;
        Some(self.line_at(self.shown.to_raw(Span::new(start, start)).start))
    }
}
