//! How the facts of a card are said and shown: a word and a sign for each.

use super::{Basis, Certainty, Role, Stance, Status};

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
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Mixed => "mixed",
            Self::Noncommittal => "noncommittal",
            Self::Silent => "silent",
        }
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
