//! Several libraries, looked at in order: of two briefings with one name, the first is meant.

use super::{Library, LoadError, only};
use crate::model::Briefing;
use crate::problem::Problem;
use crate::sanitize::Safe;
use std::collections::HashSet;
use std::path::PathBuf;

/// The libraries that briefings are looked for in.
#[derive(Debug)]
pub struct Shelf {
    libraries: Vec<Library>,
    missing: Vec<LoadError>,
}

/// A briefing that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub name: Safe,
    /// Its title; its name where it gives none.
    pub title: Safe,
}

impl Shelf {
    /// The libraries in some folders; where there is no folder, the one compiled into the binary.
    /// Those that are not there are left out.
    ///
    /// # Errors
    ///
    /// Why the first is not there, where none of them is.
    pub fn new(folders: impl IntoIterator<Item = Option<PathBuf>>) -> Result<Self, LoadError> {
        let (mut libraries, mut missing) = (Vec::new(), Vec::new());
        for folder in folders {
            match folder.map_or_else(|| Ok(Library::shipped()), |folder| Library::at(&folder)) {
                Ok(library) => libraries.push(library),
                Err(error) => missing.push(error),
            }
        }
        match missing.first() {
            Some(error) if libraries.is_empty() => Err(error.clone()),
            Some(_) | None => Ok(Self { libraries, missing }),
        }
    }

    /// Those that are there.
    #[must_use]
    pub fn libraries(&self) -> &[Library] {
        &self.libraries
    }

    /// Why each library that was left out is not there.
    #[must_use]
    pub fn missing(&self) -> &[LoadError] {
        &self.missing
    }

    /// The names of the briefings, each once, library by library.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut known = HashSet::new();
        let mut names: Vec<String> = self.libraries.iter().flat_map(Library::names).collect();
        names.retain(|name| known.insert(name.clone()));
        names
    }

    /// What looks like a briefing and cannot be opened at all, or why nothing can be looked at.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        self.libraries.iter().flat_map(Library::problems).collect()
    }

    /// The briefings with their titles. The title of one that has no other beside it is not read for this.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let names = self.names();
        let is_choice = names.len() > 1;
        let offer = |name: &String| {
            let library = self.library_of(name).ok().filter(|_| is_choice);
            let title = library.and_then(|library| library.title(name)).unwrap_or_else(|| Safe::line(name));
            Offer { name: Safe::line(name), title }
        };
        names.iter().map(offer).collect()
    }

    /// The library that a briefing is in.
    ///
    /// # Errors
    ///
    /// That there is no such briefing.
    pub fn library_of(&self, name: &str) -> Result<&Library, LoadError> {
        let found = self.libraries.iter().find(|library| library.has(name));
        found.ok_or_else(|| super::no_briefing(name, &self.names(), || self.problems()))
    }

    /// Reads a briefing, as [`Library::open`] does.
    ///
    /// # Errors
    ///
    /// That there is no such briefing, none at all, or no telling which.
    pub fn open(&self, name: Option<&str>) -> Result<Briefing, LoadError> {
        let name = &match name {
            Some(name) => name.to_owned(),
            None => only(self.names(), || self.problems())?,
        };
        self.library_of(name)?.open(Some(name))
    }
}
