//! Work handed to other threads, or done here and now where the system has none to give.

use std::mem;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};

/// How many threads can work at once: one where the system does not say.
#[must_use]
pub fn count() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Work that was begun, or that is done already.
#[derive(Debug)]
pub struct Begun<'s, T>(Result<ScopedJoinHandle<'s, T>, T>);

/// Begins to work on something.
pub fn begin<'s, G: Default + Send + 's, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    given: G,
    work: impl Fn(G) -> T + Copy + Send + 's,
) -> Begun<'s, T> {
    // A thread that is not to be had keeps what it was started with.
    let given = Arc::new(Mutex::new(given));
    let theirs = Arc::clone(&given);
    let begun = thread::Builder::new().spawn_scoped(scope, move || work(taken(&theirs)));
    Begun(begun.map_err(|_| work(taken(&given))))
}

fn taken<G: Default>(given: &Mutex<G>) -> G {
    mem::take(&mut *given.lock().unwrap_or_else(PoisonError::into_inner))
}

impl<T> Begun<'_, T> {
    /// What came of it, once it is done; a panic there is one here.
    pub fn done(self) -> T {
        self.0.map_or_else(|here| here, |there| there.join().unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Begun, begin};
    use std::thread;

    #[test]
    fn what_is_begun_gets_done() {
        let words = ["so", "we", "wait"].map(str::to_owned);
        let found = thread::scope(|scope| {
            let begun = words.map(|word| begin(scope, word, |word| word.len()));
            begun.map(Begun::done)
        });
        assert_eq!(found, [2, 2, 4]);
    }
}
