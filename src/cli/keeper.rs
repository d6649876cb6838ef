//! Keeping what the reader makes: at once what was made on purpose, the place at the end, also
//! where a signal or a lost connection is the end.

use crate::app::App;
use crate::memory::Memory;
use crate::sanitize::Safe;
use crate::store::Store;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;
use std::{io, thread};

/// How often the end asks for what another thread has, and how long it waits in between: half a second in all.
const TRIES: u32 = 100;
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

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
    /// Whether the last try to save it failed.
    failing: bool,
}

impl Keeper {
    /// A keeper of a session that begins.
    pub(super) fn new(store: Option<Store>) -> Self {
        Self(Arc::new(Mutex::new(Kept::new(store))))
    }

    /// Whether what is made is kept, as far as is known: no disk has refused it the last time.
    pub(super) fn keeps(&self) -> bool {
        let kept = self.kept();
        kept.store.is_some() && !kept.failing
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

    /// Keeps everything now. Gives what to tell the reader, the first time that it fails.
    pub(super) fn keep(&self, app: &App) -> Option<Safe> {
        self.take_in(app);
        self.write()
    }

    /// Keeps what was taken note of. Gives what to tell the reader, the first time that it fails.
    pub(super) fn write(&self) -> Option<Safe> {
        let mut kept = self.kept();
        let was_failing = kept.failing;
        let error = kept.save().err().filter(|_| !was_failing)?;
        Some(Safe::line(&format!("This cannot be kept for now: {}.", error.kind())))
    }

    /// Keeps another session from now on, one that begins.
    pub(super) fn turn(&self, store: Option<Store>) {
        *self.kept() = Kept::new(store);
    }

    /// Keeps everything of this session for the last time.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(super) fn close(&self, app: &App) -> io::Result<()> {
        let mut kept = self.kept();
        kept.take_in(app);
        kept.save()
    }

    /// Keeps what was taken note of, where nobody can say more. Who is at it is waited for, but not for long: it
    /// may be a disk that does not answer, or the very thread that calls this as it panics.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(super) fn save(&self) -> io::Result<()> {
        for _ in 0..TRIES {
            match self.0.try_lock() {
                Ok(mut kept) => return kept.save(),
                Err(TryLockError::Poisoned(kept)) => return kept.into_inner().save(),
                Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN_TRIES),
            }
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    const fn new(store: Option<Store>) -> Self {
        Self { store, memory: None, saved: true, failing: false }
    }

    fn take_in(&mut self, app: &App) {
        if self.store.is_some() {
            let memory = app.remembered();
            self.saved &= memory == *self.memory.as_ref().unwrap_or(&app.memory);
            self.memory = Some(memory);
        }
    }

    fn save(&mut self) -> io::Result<()> {
        if let (Some(store), Some(memory), false) = (&self.store, &self.memory, self.saved) {
            let saved = store.save(memory);
            self.saved = saved.is_ok();
            self.failing = saved.is_err();
            return saved;
        }
        Ok(())
    }
}
