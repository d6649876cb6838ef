//! One TOML file as tables, and several files at a time.
//!
//! Promises: what comes out does not depend on how many processors there are; files that are small
//! together are read by one; and so are those that are large, for they take much memory while they are read.

use super::blanks::condensed;
use super::fields::Table;
use super::mend::mend;
use super::raw::File;
use super::syntax::Mistake;
use crate::problem::Page;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use toml::Spanned;
use toml::de::DeTable;

/// The most bytes of a file that is read in spite of syntax errors; each can cost 600 bytes of memory.
const RECOVERABLE: usize = 1 << 20;
/// Fewer bytes than so many are read sooner than a thread is started.
const WORTH_A_THREAD: usize = 32 << 10;

/// The most bytes that are read at a time by several threads: each can cost 50 bytes of memory until it is read.
const AT_ONCE: usize = 4 << 20;

/// A file that was read.
pub struct Parsed {
    /// Its tables.
    pub file: Table<File>,
    /// What is not TOML in it.
    pub mistakes: Vec<Mistake>,
    /// How many tables lack something because of that.
    pub incomplete: usize,
}

impl Parsed {
    /// Reads some files; they come out in their order.
    pub fn all(pages: &[Page<'_>]) -> Vec<Self> {
        let bytes: usize = pages.iter().map(|page| page.text().len()).sum();
        let longest = pages.iter().map(|page| page.text().len()).max().unwrap_or_default();
        let hands =
            if bytes < WORTH_A_THREAD { 1 } else { thread::available_parallelism().map_or(1, usize::from) };
        let hands = hands.min(AT_ONCE / longest.max(1)).max(1);
        // The longest first, so that nobody waits for it alone at the end.
        let mut order: Vec<(usize, &Page<'_>)> = pages.iter().enumerate().collect();
        order.sort_by_key(|(_, page)| std::cmp::Reverse(page.text().len()));
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some((number, page)) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                let parsed = Self::new(page.text());
                done.lock().unwrap_or_else(PoisonError::into_inner).push((*number, parsed));
            }
        };
        thread::scope(|threads| {
            for _ in 1..hands.min(pages.len()) {
                threads.spawn(work);
            }
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, parsed)| parsed).collect()
    }

    /// Reads a file. Of one with syntax errors, whatever stands on other lines is read, unless
    /// the file is so large that its errors would fill the memory.
    fn new(text: &str) -> Self {
        let (mut mistakes, mut incomplete) = (Vec::new(), 0);
        let mended;
        let condensed = condensed(text);
        let root = match DeTable::parse(&condensed) {
            Ok(root) => root,
            Err(error) if text.len() > RECOVERABLE => {
                mistakes.push(Mistake::new(&error));
                Spanned::new(0..0, DeTable::new())
            }
            Err(_) => {
                mended = mend(text);
                let (root, rest) = DeTable::parse_recoverable(&mended.text);
                mistakes.extend(mended.mistakes.iter().copied().chain(rest.iter().map(Mistake::new)));
                incomplete = mended.incomplete;
                root
            }
        };
        Self { file: root.into_inner().into(), mistakes, incomplete }
    }
}
