//! Threads, for work that is done here and now where the system has none to give.

use std::mem;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};

/// How many threads can run at once: one where the system does not say.
#[must_use]
pub fn available() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Work on a thread of its own, or what came of it where it was done at once.
#[derive(Debug)]
pub struct Task<'s, T>(Result<ScopedJoinHandle<'s, T>, T>);

/// Spawns a thread that does some work; does it here where there is no thread to be had.
pub fn spawn_or_run<'s, G: Default + Send + 's, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    given: G,
    work: impl Fn(G) -> T + Copy + Send + 's,
) -> Task<'s, T> {
    // A thread that is not to be had keeps what it was started with.
    let given = Arc::new(Mutex::new(given));
    let theirs = Arc::clone(&given);
    let spawned = thread::Builder::new().spawn_scoped(scope, move || work(taken(&theirs)));
    Task(spawned.map_err(|_| work(taken(&given))))
}

fn taken<G: Default>(given: &Mutex<G>) -> G {
    mem::take(&mut *given.lock().unwrap_or_else(PoisonError::into_inner))
}

impl<T> Task<'_, T> {
    /// What came of it, once it is done; a panic there is one here.
    pub fn join(self) -> T {
        self.0.map_or_else(|here| here, |there| there.join().unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Task, spawn_or_run};
    use std::thread;

    #[test]
    fn what_is_spawned_gets_done() {
        let words = ["so", "we", "wait"].map(str::to_owned);
        let found = thread::scope(|scope| {
            let tasks = words.map(|word| spawn_or_run(scope, word, |word| word.len()));
            tasks.map(Task::join)
        });
        assert_eq!(found, [2, 2, 4]);
    }
}
