//! The threads that search every briefing, one for each search: a briefing may take long to read, and
//! nobody waits for it with a frozen screen.
//!
//! Promises: there is none until one is needed, and none once it is done; a new search ends the one
//! before after the briefing that it is at; the reader's loop is woken for each briefing searched.

use crate::app::{App, Elsewhere};
use crate::load::Shelf;
use crate::sanitize::Safe;
use crate::search::{Ground, Index, Query};
use crate::terminal::Bell;
use crate::update::{Msg, update};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// So many finds are shown of each briefing.
const FOUND: usize = 50;

/// Searches every briefing.
pub(super) struct Gleaner {
    shelf: Arc<Shelf>,
    bell: Bell,
    basket: Arc<Basket>,
}

/// Where what was found is handed out.
#[derive(Default)]
struct Basket(Mutex<Gleaned>);

#[derive(Default)]
struct Gleaned {
    /// The search that was asked for last.
    last: u64,
    /// What is to be told of it.
    news: Vec<Msg>,
}

/// One search, with all that it needs.
#[derive(Clone)]
struct Errand {
    number: u64,
    query: Query,
    names: Vec<Safe>,
    shelf: Arc<Shelf>,
    /// The briefing that is open.
    open: Ground,
    bell: Bell,
    basket: Arc<Basket>,
}

impl Gleaner {
    /// One that rings when it has something to tell.
    pub(super) fn new(shelf: Arc<Shelf>, bell: Bell) -> Self {
        Self { shelf, bell, basket: Arc::default() }
    }

    /// Begins a search of every briefing for some words.
    pub(super) fn search(&self, app: &mut App, number: u64, words: &str) {
        self.basket.gleaned().last = number;
        let errand = Errand {
            number,
            query: Query::parse(words),
            names: app.offers.iter().map(|offer| offer.name.clone()).collect(),
            shelf: Arc::clone(&self.shelf),
            open: app.ground(),
            bell: self.bell.clone(),
            basket: Arc::clone(&self.basket),
        };
        let same = errand.clone();
        if thread::Builder::new().name("search-all".into()).spawn(move || same.run()).is_err() {
            // No thread is to be had, so it takes its time here.
            errand.run();
        }
    }

    /// Shows the reader what was found meanwhile.
    pub(super) fn follow(&self, app: &mut App) {
        let news = std::mem::take(&mut self.basket.gleaned().news);
        for msg in news {
            update(app, msg);
        }
    }
}

impl Basket {
    fn gleaned(&self) -> MutexGuard<'_, Gleaned> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Errand {
    fn run(&self) {
        let mut unopened = 0;
        for name in &self.names {
            if self.basket.gleaned().last != self.number {
                return;
            }
            match self.found_in(name) {
                Some((found, more)) => self.tell(Msg::FoundAll { number: self.number, found, more }),
                None => unopened += 1,
            }
        }
        self.tell(Msg::SearchedAll { number: self.number, unopened });
    }

    /// What the search finds in a briefing, and how much more; nothing where it cannot be opened.
    fn found_in(&self, name: &str) -> Option<(Vec<Elsewhere>, usize)> {
        let Ground { briefing, index } = &self.open;
        let (opened, indexed);
        let (briefing, index) = if name == &*briefing.name {
            (&**briefing, &**index)
        } else {
            opened = self.shelf.open(Some(name)).ok()?;
            indexed = Index::new(&opened);
            (&opened, &indexed)
        };
        let results = index.search(briefing, &self.query, FOUND);
        let more = results.total - results.hits.len();
        Some((results.hits.iter().map(|hit| Elsewhere::new(briefing, hit)).collect(), more))
    }

    fn tell(&self, msg: Msg) {
        self.basket.gleaned().news.push(msg);
        self.bell.ring();
    }
}
