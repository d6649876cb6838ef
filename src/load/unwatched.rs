//! Where the system has no way to hear of changes that this program uses: nothing is ever heard.

use super::Newcomers;
use crate::model::Briefing;
use rustix::fd::{AsFd, OwnedFd};
use std::io;
use std::path::Path;

/// A watch, of which there is none.
#[derive(Debug)]
pub enum Watch {}

impl Watch {
    /// No watch.
    ///
    /// # Errors
    /// Always [`io::ErrorKind::Unsupported`].
    pub fn new(_: &Path) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this system does not tell of them"))
    }

    /// Hears of the files that briefings consist of from now on.
    ///
    /// # Errors
    /// None.
    pub fn follow<'b>(&mut self, _: impl IntoIterator<Item = &'b Briefing>, _: Newcomers) -> io::Result<()> {
        match *self {}
    }

    /// Waits until something that matters has changed.
    ///
    /// # Errors
    /// None.
    pub fn wait(&mut self, _: impl AsFd) -> io::Result<()> {
        match *self {}
    }

    /// Another descriptor for what is heard, to wait for.
    ///
    /// # Errors
    /// None.
    pub fn descriptor(&self) -> io::Result<OwnedFd> {
        match *self {}
    }

    /// Whether something that matters has changed.
    pub fn changed(&mut self) -> bool {
        match *self {}
    }
}
