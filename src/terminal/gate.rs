//! A gate before abort(3), for a failed allocation, a stack that overflows and whatever else aborts.
//!
//! abort(3) raises SIGABRT in the thread that calls it, and ends the process once the handler returns. A handler
//! can do no more than write; this one writes into a pipe that is full, and so waits there until it is emptied.
//! As any thread may be the one that waits, two others hear of it, and each of them can open the gate.
//! Promise: once the gate was opened nobody waits at it any more.

use std::io::{self, PipeReader};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use rustix::fs::{OFlags, fcntl_setfl};
use rustix::io::{read, write};
use signal_hook::consts::SIGABRT;
use signal_hook::flag;
use signal_hook::low_level::pipe;

/// Bytes that fill a pipe, or a good part of one; no pipe is smaller.
const FULL: [u8; 4096] = [0; 4096];

/// The gate, shut until it is opened.
#[derive(Debug)]
pub(super) struct Gate {
    /// What empties the pipe.
    reader: PipeReader,
    reached: Arc<AtomicBool>,
}

impl Gate {
    /// Shuts the gate. The bell is rung for who comes to it; what hears of SIGABRT otherwise must have been
    /// registered before.
    ///
    /// # Errors
    /// When there is no pipe to be had.
    pub fn shut(bell: UnixStream) -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        let filled = writer.try_clone()?;
        let reached = Arc::new(AtomicBool::new(false));
        flag::register(SIGABRT, Arc::clone(&reached))?;
        pipe::register(SIGABRT, bell)?;
        pipe::register(SIGABRT, writer)?;
        #[cfg(target_os = "linux")]
        let _ = rustix::pipe::fcntl_setpipe_size(&filled, FULL.len());
        // Registered, it does not wait yet.
        while write(&filled, &FULL).is_ok() {}
        fcntl_setfl(&filled, OFlags::empty())?;
        fcntl_setfl(&reader, OFlags::NONBLOCK)?;
        Ok(Self { reader, reached })
    }

    /// Whether somebody came to it.
    pub fn is_reached(&self) -> bool {
        self.reached.load(SeqCst)
    }

    /// Lets go who waits, and who comes later.
    pub fn open(&self) {
        let mut bytes = FULL;
        while matches!(read(&self.reader, &mut bytes), Ok(1..)) {}
    }
}
