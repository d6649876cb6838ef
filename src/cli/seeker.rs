//! The thread that goes on with a search that is too large for the time between a key and its frame.
//!
//! Promises: it is there only once it is needed, and sleeps until then and after; a new search takes the
//! place of the old one; the reader's loop is woken for everything found, and takes what is newest.

use crate::app::App;
use crate::search::{Found, Quest};
use crate::terminal::Bell;
use crate::threads;
use crate::update::{Msg, update};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// So many bytes are searched before the first word of what was found, then twice as many each time.
const FIRST: usize = 4 << 20;

/// Goes on with searches.
pub(super) struct Seeker {
    desk: Arc<Desk>,
    bell: Bell,
    begun: bool,
}

/// Where searches are handed in, and what they found is handed out.
#[derive(Default)]
struct Desk {
    papers: Mutex<Papers>,
    handed_in: Condvar,
}

#[derive(Default)]
struct Papers {
    quest: Option<Quest>,
    found: Option<Found>,
}

impl Seeker {
    /// A seeker that rings when it has found something.
    pub(super) fn new(bell: Bell) -> Self {
        Self { desk: Arc::default(), bell, begun: false }
    }

    /// Shows the reader what was found meanwhile, and takes up what the reader asks for.
    pub(super) fn follow(&mut self, app: &mut App) {
        let found = self.desk.papers().found.take();
        if let Some(found) = found {
            update(app, Msg::Found(Box::new(found)));
        }
        let Some(mut quest) = app.unfinished() else { return };
        if !self.begun {
            let (desk, bell) = (Arc::clone(&self.desk), self.bell.clone());
            let thread = thread::Builder::new().name("search".into());
            self.begun = thread.spawn(move || desk.work(&bell)).is_ok();
        }
        if self.begun {
            self.desk.papers().quest = Some(quest);
            self.desk.handed_in.notify_one();
        } else {
            // No thread is to be had, so it takes its time here.
            quest.advance(usize::MAX, 1);
            update(app, Msg::Found(Box::new(quest.found())));
        }
    }
}

impl Desk {
    fn papers(&self) -> MutexGuard<'_, Papers> {
        self.papers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Searches what is handed in, for as long as the process lives.
    fn work(&self, bell: &Bell) {
        let threads = threads::available();
        loop {
            let mut quest = self.next();
            let mut bytes = FIRST;
            while !quest.is_over() {
                quest.advance(bytes, threads);
                bytes *= 2;
                let found = quest.found();
                let mut papers = self.papers();
                if papers.quest.is_some() {
                    break;
                }
                papers.found = Some(found);
                drop(papers);
                bell.ring();
            }
        }
    }

    fn next(&self) -> Quest {
        let mut papers = self.papers();
        loop {
            match papers.quest.take() {
                Some(quest) => return quest,
                None => papers = self.handed_in.wait(papers).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
