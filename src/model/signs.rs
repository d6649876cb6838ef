//! How cards and their facts are said and shown: a word and a sign for each.

use super::{Basis, Card, Certainty, Family, Kind, Role, Stance, Status};
use crate::geometry::List;

/// Every sign on the screen with what it means: help and README show it.
pub const LEGEND: &[(&str, &str)] = &[
    (Certainty::Disputed.glyph(), "disputed: another report of the same version contradicts it"),
    (Certainty::OnRecord.glyph(), "on record: a named person or body says so in public"),
    (Certainty::Reported.glyph(), "reported: an origin or a document is given for it"),
    (Certainty::Unclear.glyph(), "unclear: no text says where it comes from"),
    (Stance::For.glyph(), "for: the actor is in favour"),
    (Stance::Against.glyph(), "against: the actor is opposed"),
    (Stance::Mixed.glyph(), "mixed: partly one, partly the other"),
    (Stance::Noncommittal.glyph(), "noncommittal: the actor speaks without leaning"),
    (Stance::Silent.glyph(), "silent: the actor declines to speak"),
    (Status::Open.glyph(), "open: nobody answers it"),
    (Status::Partly.glyph(), "partly answered"),
    (Status::Answered.glyph(), "answered"),
    (Status::Moot.glyph(), "moot: no longer asked"),
    (EVENT, "an event"),
    (PAINTED, "in a source: the current quote stands on this line"),
    (NEAR, "in a source: words like those of the current quote, which is not there word for word"),
    (QUOTED, "in a source: some card quotes this line"),
    (UNREAD, "a card that you have not read"),
    (CHANGED, "a card that has changed since you read it"),
];

/// The sign of an event.
const EVENT: &str = "◦";
/// The sign of a line on which the current quote stands.
pub const PAINTED: &str = "┃";
/// The sign of a line on which words like those of the current quote stand.
pub const NEAR: &str = "≈";
/// The sign of a line that some card quotes.
pub const QUOTED: &str = "┊";
/// The sign of a card that has not been read.
pub const UNREAD: &str = "•";
/// The sign of a card that has changed since it was read.
pub const CHANGED: &str = "*";

impl Family {
    /// What one of its cards is called.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PlanPoint => "plan point",
            Self::Reaction => "reaction",
            Self::OpenQuestion => "open question",
            Self::Event => "event",
        }
    }

    /// What one of its cards is called, with an article.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::PlanPoint => "a plan point",
            Self::Reaction => "a reaction",
            Self::OpenQuestion => "an open question",
            Self::Event => "an event",
        }
    }

    /// What its cards are called together.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self.list() {
            Some(list) => list.title(),
            None => "Timeline",
        }
    }

    /// The list that its cards stand in; events stand in none.
    #[must_use]
    pub const fn list(self) -> Option<List> {
        match self {
            Self::PlanPoint => Some(List::PlanPoints),
            Self::Reaction => Some(List::Reactions),
            Self::OpenQuestion => Some(List::OpenQuestions),
            Self::Event => None,
        }
    }
}

impl Certainty {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::OnRecord => "on record",
            Self::Reported => "reported",
            Self::Unclear => "unclear",
        }
    }

    /// Its sign.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Disputed => "≠",
            Self::OnRecord => "●",
            Self::Reported => "○",
            Self::Unclear => "◌",
        }
    }
}

impl Stance {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.written()
    }

    /// Its sign.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::For => "+",
            Self::Against => "−",
            Self::Mixed => "±",
            Self::Noncommittal => "~",
            Self::Silent => "∅",
        }
    }
}

impl Status {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Partly => "partly answered",
            Self::Answered => "answered",
            Self::Moot => "moot",
        }
    }

    /// Its sign.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Open => "?",
            Self::Partly => "◐",
            Self::Answered => "✓",
            Self::Moot => "–",
        }
    }
}

impl Basis {
    /// Its words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Record => "on the record",
            Self::Document => "document",
            Self::Anonymous => "anonymous",
            Self::Outlet => "outlet’s own",
            Self::Analysis => "analysis",
        }
    }
}

impl Role {
    /// What stands over the cards that are linked in this way.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Contradicts => "Contradicted by",
            Self::Supports => "Supports",
            Self::SupportedBy => "Supported by",
            Self::Answers => "Answers",
            Self::AnsweredBy => "Answered by",
            Self::Supersedes => "Takes the place of",
            Self::SupersededBy => "Superseded by",
            Self::On => "About",
            Self::Reaction => "Reactions",
            Self::Question => "Open questions",
        }
    }
}

impl Card {
    /// The sign before its title: how sure, which way, how far answered.
    #[must_use]
    pub const fn sign(&self) -> &'static str {
        match self.kind {
            Kind::PlanPoint { .. } => self.standing.certainty.glyph(),
            Kind::Reaction { stance, .. } => stance.glyph(),
            Kind::OpenQuestion { status, .. } => status.glyph(),
            Kind::Event => EVENT,
        }
    }
}
