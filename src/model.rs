//! A briefing and what follows from it: cards, quotes, sources, and the facts derived from them.
//!
//! Everything here has been checked at the door: an id resolves, a text is safe to show, a quote
//! has been looked for in its source. What is shown and can be worked out is worked out here.

mod facts;
mod lookup;
mod reference;
#[cfg(test)]
pub mod samples;
pub mod signs;
mod words;

pub use lookup::{Grade, seed};
pub use reference::{Listed, QuoteRef, Ref};
pub use words::Family;

use crate::anchor::{Anchor, Miss};
use crate::date::Date;
use crate::lines::Lines;
use crate::paragraphs::Paragraphs;
use crate::problem::Problem;
use crate::sanitize::{Safe, Shown};
use crate::span::Span;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A folder of `briefings/`, read, with every quote looked for.
#[derive(Clone, Debug, Default)]
pub struct Briefing {
    /// The folder's name.
    pub name: Safe,
    /// What it is called on the screen.
    pub title: Safe,
    /// The day it was last brought up to date.
    pub as_of: Option<Date>,
    /// The texts it is built from.
    pub sources: Vec<Source>,
    /// The states of the document under negotiation.
    pub versions: Vec<Version>,
    /// What `--topic` can name.
    pub topics: Vec<Topic>,
    /// Those who speak or act.
    pub actors: Vec<Actor>,
    /// Those who first reported.
    pub origins: Vec<Origin>,
    /// Plan points, then reactions, open questions and events, each in the order of the files.
    pub cards: Vec<Card>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What its writer might do better.
    pub hints: Vec<Problem>,
}

/// One text of `seeds/`.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub id: Safe,
    /// Its file below `seeds/`.
    pub file: Safe,
    /// Its heading, if it has one, else its file.
    pub title: Safe,
    /// Who published it, where the text says so.
    pub outlet: Option<Safe>,
    /// Who wrote it, where the text says so.
    pub author: Option<Safe>,
    /// When it was published.
    pub date: Option<Date>,
    /// Where it can be found.
    pub url: Option<Safe>,
    /// What a reader should know about it.
    pub note: Option<Safe>,
    /// Its text, unless the file could not be read.
    pub text: Option<SourceText>,
    /// Its parts that are page furniture, captions or repeated: spans of the raw text.
    pub asides: Vec<Passage>,
    /// Sentences that no card needs: spans of the raw text.
    pub unused: Vec<Passage>,
    /// The passages that cards quote, in the order of the text; derived.
    pub quoted: Vec<Quoted>,
}

/// A passage of a source that a card quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Bytes of the raw text.
    pub span: Span,
    /// The quote.
    pub quote: QuoteRef,
}

/// A source's words: as they stand in the file, and as they can be shown.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The file's text, where it is not shown just as it is.
    raw: Option<Cow<'static, str>>,
    /// It, made safe to show, with the way back to the raw bytes.
    pub shown: Shown,
    /// Where the paragraphs of the shown text are.
    pub paragraphs: Paragraphs,
    /// Where the lines of the file's text are.
    lines: Lines,
    /// The SHA-256 of the file, once it has been asked for: nothing where nothing tells it.
    digest: OnceLock<Option<String>>,
}

/// A part of a source, named for a reason.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Bytes of the raw text.
    pub span: Span,
    /// The reason.
    pub why: Safe,
}

/// A state of the document under negotiation.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id.
    pub id: Safe,
    /// What it is called.
    pub title: Safe,
    /// When it came about.
    pub date: Option<Date>,
    /// Who drew it up.
    pub from: Option<Safe>,
}

/// A question of substance that cards are about.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id.
    pub id: Safe,
    /// What it is called.
    pub title: Safe,
    /// What else people type for it.
    pub aliases: Vec<Safe>,
}

/// A person, office, government, market or public that reacts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its id.
    pub id: Safe,
    /// The one spelling that our words use.
    pub name: Safe,
    /// What the texts say the actor is.
    pub role: Option<Safe>,
    /// Other spellings.
    pub aliases: Vec<Safe>,
}

/// Who first reported something.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Its id.
    pub id: Safe,
    /// Its name.
    pub name: Safe,
}

/// A title in our words, held up by quotes.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its id, unique in the briefing.
    pub id: Safe,
    /// Its one line.
    pub title: Safe,
    /// A sentence or two more.
    pub text: Option<Safe>,
    /// When what it says came about.
    pub date: Option<Date>,
    /// What kind of card it is, with what only that kind has.
    pub kind: Kind,
    /// What it is about.
    pub topics: Vec<Ref<Topic>>,
    /// What holds it up.
    pub quotes: Vec<Quote>,
    /// The relations that its own table declares.
    pub relations: Vec<Relation>,
    /// The links to other cards, both ways, in the order they are shown; derived.
    pub links: Vec<Link>,
    /// What its quotes amount to; derived.
    pub standing: Standing,
    /// Where it is written.
    pub at: Written,
}

/// Where something is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The file, from the library's folder.
    pub file: Safe,
    /// The line, from 1.
    pub line: usize,
}

/// The kinds of card.
#[derive(Clone, Debug)]
pub enum Kind {
    /// What a version of the plan says, or how it came about.
    PlanPoint {
        /// The version.
        version: Ref<Version>,
    },
    /// How somebody responded.
    Reaction {
        /// Who.
        actor: Ref<Actor>,
        /// Which way.
        stance: Stance,
        /// To what.
        on: Vec<Subject>,
    },
    /// What nobody knows yet.
    OpenQuestion {
        /// How far it is answered.
        status: Status,
        /// About what.
        on: Vec<Subject>,
    },
    /// What happened, for the timeline.
    Event,
}

/// What a reaction or a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A plan point.
    Card(Ref<Card>),
    /// A whole version.
    Version(Ref<Version>),
}

/// Which way an actor leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// In favour.
    For,
    /// Opposed.
    Against,
    /// Partly one, partly the other.
    Mixed,
    /// Spoke, without leaning.
    Noncommittal,
    /// Declined to speak.
    Silent,
}

/// How far a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not at all.
    Open,
    /// In part.
    Partly,
    /// Wholly.
    Answered,
    /// No longer asked.
    Moot,
}

/// Words copied from a source, with what they rest on.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The text they were copied from.
    pub source: Ref<Source>,
    /// The words as the card has them, fragments joined by ` … `, paragraphs by ` ¶ `.
    pub words: Safe,
    /// The words with all parts of their emoji and their soft hyphens and the like, where these are not shown.
    pub whole: Option<Box<str>>,
    /// The words that matter: a span of `words`.
    pub key: Option<Span>,
    /// Who reported it first, where the text says so.
    pub origin: Option<Ref<Origin>>,
    /// What the passage rests on, where that could be read.
    pub basis: Option<Basis>,
    /// The text's own words for its source.
    pub by: Option<Safe>,
    /// Where it stands in the source, or why not.
    pub found: Result<Anchor, Miss>,
    /// The line of its table in the card's file, from 1.
    pub line: usize,
}

/// What a passage rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A named person or body, in public.
    Record,
    /// A paper somebody has seen.
    Document,
    /// Unnamed people, or another outlet's report that names none.
    Anonymous,
    /// The text's own voice, no source named.
    Outlet,
    /// Its author's judgement.
    Analysis,
}

/// A relation as a card declares it.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Which.
    pub kind: RelationKind,
    /// To which card.
    pub to: Ref<Card>,
    /// The reason.
    pub why: Option<Safe>,
}

/// The relations between cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Lends weight to.
    Supports,
    /// Reports the same version otherwise.
    Contradicts,
    /// Answers the question.
    Answers,
    /// Takes the place of.
    Supersedes,
}

/// A link from one card to another, as the card shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How the other card stands to this one.
    pub role: Role,
    /// The other card.
    pub to: Ref<Card>,
    /// The reason, where the relation gives one.
    pub why: Option<Safe>,
}

/// How a linked card stands to the card that shows the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It and this one report the same version differently.
    Contradicts,
    /// This one declares that it supports the other.
    Supports,
    /// The other declares that it supports this one.
    SupportedBy,
    /// This one answers the other.
    Answers,
    /// The other answers this one.
    AnsweredBy,
    /// This one takes the other's place.
    Supersedes,
    /// The other has taken this one's place.
    SupersededBy,
    /// The plan point that this reaction or question is about.
    On,
    /// A reaction to this plan point.
    Reaction,
    /// A question about this plan point.
    Question,
}

/// What a card's quotes amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How sure a reader may be.
    pub certainty: Certainty,
    /// In how many sources its quotes stand.
    pub texts: usize,
    /// Who first reported it, each once, in the order of the quotes; unstated origins count for nothing.
    pub origins: Vec<Ref<Origin>>,
    /// How many of those sources state no origin for any of their quotes.
    pub unstated: usize,
    /// The quotes whose key words differ, by index: those under one origin together, one for each wording.
    pub wordings: Vec<Vec<usize>>,
}

/// How sure a reader may be of a card, worked out in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// A live contradiction stands against it.
    Disputed,
    /// A named person or body says so in public.
    OnRecord,
    /// An origin or a document reports it.
    Reported,
    /// Nothing says where it comes from.
    #[default]
    Unclear,
}
