//! A search: what was asked, what it has found so far, and where the reader is in that.

use super::{Cursor, Place};
use crate::line::Line;
use crate::model::{Ref, Source};
use crate::search::{Query, Results};
use crate::span::Span;

/// A search that is being typed.
pub struct Prompt {
    /// What has been typed.
    pub line: Line,
    /// What it finds.
    pub search: Search,
    /// Where the reader was, to return to.
    pub was: Place,
    /// The search that was marked before.
    pub before: Option<Search>,
    /// How far back in the searches made before the line has been taken from; 0 for a new line.
    pub back: usize,
}

/// A search with what it has found.
#[derive(Clone, Debug)]
pub struct Search {
    /// What was found.
    pub found: Finds,
    /// The current one, and the first one seen.
    pub at: Cursor,
    /// How its first hit is waited for, if nothing was found yet when the search was made.
    pub awaited: Option<Wait>,
}

/// A wait for the first hit of a search.
#[derive(Clone, Debug)]
pub struct Wait {
    /// Where the reader waits to be led to it.
    pub place: Place,
    /// The search that was marked before, and is again where none comes.
    pub before: Option<Box<Search>>,
}

/// What a search has found, and by what question.
#[derive(Clone, Debug)]
pub enum Finds {
    /// Cards and paragraphs, best first.
    Everywhere {
        /// The best of them, and how many there are, as far as is known.
        results: Results,
        /// Whether that is all.
        reach: Reach,
    },
    /// Places in one source.
    Within {
        /// What was asked.
        query: Query,
        /// Which source.
        source: Ref<Source>,
        /// The places in order: bytes of its shown text.
        spans: Vec<Span>,
    },
}

/// How much a search has looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    Whole,
    /// Some; the search of this number goes on.
    SoFar(u64),
}

impl Search {
    /// Whether it may still find more.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        matches!(self.found, Finds::Everywhere { reach: Reach::SoFar(_), .. })
    }

    /// What was asked.
    #[must_use]
    pub const fn query(&self) -> &Query {
        match &self.found {
            Finds::Everywhere { results, .. } => &results.query,
            Finds::Within { query, .. } => query,
        }
    }

    /// Which hit is the current one, of how many: `3 of 14`, or `3 of 14+` while there may be more.
    #[must_use]
    pub fn position(&self) -> String {
        let (total, more) = match &self.found {
            Finds::Everywhere { results, reach: Reach::Whole } => (results.total, ""),
            Finds::Everywhere { results, reach: Reach::SoFar(_) } => (results.total, "+"),
            Finds::Within { spans, .. } => (spans.len(), ""),
        };
        format!("{} of {total}{more}", self.at.chosen + 1)
    }

    /// How many hits there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        match &self.found {
            Finds::Everywhere { results, .. } => results.hits.len(),
            Finds::Within { spans, .. } => spans.len(),
        }
    }
}
