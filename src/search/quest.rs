//! A search with all that it needs, so that it can go on elsewhere than where it began.

use super::index::{Index, Results};
use super::query::Query;
use super::seek::{Seek, Trail};
use crate::model::Briefing;
use std::fmt;
use std::sync::Arc;

/// A search that is not over.
pub struct Quest {
    number: u64,
    ground: Ground,
    seek: Seek,
}

/// What is searched.
#[derive(Clone)]
pub struct Ground {
    /// The briefing.
    pub briefing: Arc<Briefing>,
    /// Its index.
    pub index: Arc<Index>,
}

/// What a search has found so far, or in all.
#[derive(Clone, Debug)]
pub struct Found {
    /// The search's number: a later one has a higher one.
    pub number: u64,
    /// What it found.
    pub results: Results,
    /// If the search is over, what the next one can begin with.
    pub trail: Option<Arc<Trail>>,
}

impl Quest {
    /// A search for the `limit` best answers, which has not begun. `before` is what the last one over the same ground found.
    #[must_use]
    pub fn new(number: u64, ground: Ground, query: Query, limit: usize, before: Option<Arc<Trail>>) -> Self {
        let seek = Seek::new(&ground.briefing, &ground.index, query, limit, before);
        Self { number, ground, seek }
    }

    /// Searches about so many bytes more, on so many threads.
    pub fn advance(&mut self, bytes: usize, threads: usize) {
        let mut left = bytes;
        while left > 0 && !self.seek.is_over() {
            left = left.saturating_sub(self.seek.advance(
                &self.ground.briefing,
                &self.ground.index,
                left,
                threads,
            ));
        }
    }

    /// Whether everything has been searched.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.seek.is_over()
    }

    /// What has been found so far.
    #[must_use]
    pub fn found(&mut self) -> Found {
        let results = self.seek.results(&self.ground.briefing);
        Found { number: self.number, results, trail: self.seek.trail().map(Arc::new) }
    }
}

impl fmt::Debug for Quest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quest {}", self.number)
    }
}
