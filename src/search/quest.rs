//! A search with all that it needs, so that it can go on elsewhere than where it began.

use super::index::{Index, Results};
use super::query::Query;
use super::seek::{Seek, Trail};
use crate::model::Briefing;
use std::fmt;
use std::sync::Arc;

/// A search that goes on, or has just ended.
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
    /// Whether everything has been searched.
    pub is_over: bool,
    /// What the next search can begin with: with the first that is told when this one is over.
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
        let trail = self.seek.trail().map(Arc::new);
        Found { number: self.number, results, is_over: self.is_over(), trail }
    }
}

impl fmt::Debug for Quest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quest {}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::tests::briefing;

    #[test]
    fn a_search_that_is_over_says_so_as_often_as_it_is_asked() {
        let briefing = Arc::new(briefing());
        let index = Arc::new(Index::new(&briefing));
        for limit in [1, 99, usize::MAX] {
            let ground = Ground { briefing: Arc::clone(&briefing), index: Arc::clone(&index) };
            let mut quest = Quest::new(1, ground, Query::parse("guarantees"), limit, None);
            assert!(!quest.found().is_over);
            quest.advance(usize::MAX, 1);
            let told = [quest.found(), quest.found()].map(|found| (found.is_over, found.trail.is_some()));
            assert_eq!(told, [(true, limit < usize::MAX), (true, false)], "{limit}");
        }
    }
}
