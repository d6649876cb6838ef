//! Keeping what the reader makes: at once what was made on purpose, the place at the end, also
//! where a signal or a lost connection is the end.

use crate::app::App;
use crate::memory::Memory;
use crate::sanitize::Safe;
use crate::store::Store;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{io, thread};

/// How long the end waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// Keeps the memory of a session; its clones keep the same one.
#[derive(Clone)]
pub(super) struct Keeper(Arc<Mutex<Kept>>);

struct Kept {
    /// Where to keep it; nothing where nothing is kept.
    store: Option<Store>,
    /// What is to be remembered, as far as it is known here; nothing while nobody has seen a frame.
    memory: Option<Memory>,
    /// Whether the disk has it.
    saved: bool,
    /// Whether the last try to save it failed, or to get at the place where it is saved: the reader was told.
    failing: bool,
}

/// What came of keeping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is kept.
    Kept,
    /// It is not, for the first time, which is to be told.
    Failed(Safe),
    /// It is not, as the reader has been told.
    Failing,
}

impl Keeper {
    /// A keeper of a session that begins.
    pub(super) fn new(store: Option<Store>) -> Self {
        Self(Arc::new(Mutex::new(Kept::new(store))))
    }

    /// Takes note of where the reader is, for an end that nobody announces.
    pub(super) fn note(&self, app: &App) {
        let mut kept = self.kept();
        let Kept { store: Some(_), memory, saved, .. } = &mut *kept else { return };
        let Some(memory) = memory else { return kept.take_in(app) };
        let (spot, settings) = (Some(app.spot()), app.settings());
        let Memory { commands, searches, .. } = &app.memory;
        let now = (&spot, &settings, commands, searches);
        if now != (&memory.last, &memory.settings, &memory.commands, &memory.searches) {
            memory.commands.clone_from(commands);
            memory.searches.clone_from(searches);
            memory.last = spot;
            memory.settings = settings;
            *saved = false;
        }
    }

    /// Takes note of everything, for an end that nobody announces.
    pub(super) fn take_in(&self, app: &App) {
        self.kept().take_in(app);
    }

    /// Keeps everything now.
    pub(super) fn keep(&self, app: &App) -> Outcome {
        self.take_in(app);
        self.write()
    }

    /// Keeps what was taken note of.
    pub(super) fn write(&self) -> Outcome {
        let mut kept = self.kept();
        let was_failing = kept.failing;
        match kept.save() {
            Ok(()) if kept.store.is_some() => Outcome::Kept,
            Err(error) if !was_failing => {
                Outcome::Failed(Safe::line(&format!("This cannot be kept for now: {error}.")))
            }
            Ok(()) | Err(_) => Outcome::Failing,
        }
    }

    /// Keeps another session from now on, one that begins.
    pub(super) fn turn(&self, store: Option<Store>) {
        *self.kept() = Kept::new(store);
    }

    /// Keeps everything of this session for the last time.
    ///
    /// # Errors
    /// Why it could not be written, unless the reader has been told that the place is out of reach.
    pub(super) fn close(&self, app: &App) -> io::Result<()> {
        let mut kept = self.kept();
        let was_failing = kept.failing;
        kept.take_in(app);
        let saved = kept.save();
        let holds = kept.store.as_ref().is_some_and(Store::holds);
        if was_failing && !holds { Ok(()) } else { saved }
    }

    /// Keeps what was taken note of, where nobody can say more. That is waited for, but not for long: the disk may not
    /// answer, and who has the memory may be the very thread that calls this as it panics.
    ///
    /// # Errors
    /// Why it could not be written, or not in time.
    pub(super) fn save(&self) -> io::Result<()> {
        let keeper = self.clone();
        in_time(move || keeper.kept().save())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn new(store: Option<Store>) -> Self {
        let failing = store.as_ref().is_some_and(|store| !store.holds());
        Self { store, memory: None, saved: true, failing }
    }

    fn take_in(&mut self, app: &App) {
        if self.store.is_some() {
            let memory = app.remembered();
            self.saved &= memory == *self.memory.as_ref().unwrap_or(&app.memory);
            self.memory = Some(memory);
        }
    }

    fn save(&mut self) -> io::Result<()> {
        if let (Some(store), Some(memory), false) = (&mut self.store, &self.memory, self.saved) {
            let saved = store.save(memory);
            self.saved = saved.is_ok();
            self.failing = saved.is_err();
            return saved;
        }
        Ok(())
    }
}

/// Does work on another thread, and waits for it no longer than there is patience.
fn in_time(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> io::Result<()> {
    let (done, worked) = channel();
    // Nobody may wait for it any more.
    thread::Builder::new().name("last".into()).spawn(move || drop(done.send(work())))?;
    worked.recv_timeout(PATIENCE).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

#[cfg(test)]
mod tests {
    use super::in_time;
    use std::io::ErrorKind;
    use std::sync::mpsc::channel;

    #[test]
    fn the_end_waits_for_what_is_done_and_not_for_a_disk_that_does_not_answer() {
        assert!(in_time(|| Ok(())).is_ok());
        let failed = in_time(|| Err(ErrorKind::StorageFull.into())).unwrap_err();
        assert_eq!(failed.kind(), ErrorKind::StorageFull);
        let (answer, disk) = channel::<()>();
        let late = in_time(move || disk.recv().map_err(|_| ErrorKind::BrokenPipe.into())).unwrap_err();
        assert_eq!(late.kind(), ErrorKind::TimedOut);
        drop(answer);
    }
}
