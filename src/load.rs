//! Where libraries come from: the one compiled in, or a folder on disk.
//!
//! Below a library's folder nothing is followed and nothing is trusted: a path is made of plain
//! names, each opened from the one before without following a link; what is opened must be a
//! regular file, is read once, and only up to a limit. What cannot be read is a problem of that
//! file alone.

mod disk;
mod shelf;
mod shipped;
#[cfg_attr(not(any(target_os = "linux", target_os = "android")), path = "load/unwatched.rs")]
mod watch;
pub mod whole;

pub use disk::SOURCE;
pub use shelf::{Offer, Shelf};
pub use watch::Watch;

use crate::format::{self, Hashed, TomlFile};
use crate::model::Briefing;
use crate::nearest::nearest;
use crate::problem::{Code, Problem};
use crate::sanitize::Safe;
use disk::Folder;
use std::fmt;
use std::path::{Path, PathBuf};

/// A library that briefings can be opened from.
#[derive(Debug)]
pub struct Library {
    root: Root,
}

#[derive(Debug)]
enum Root {
    /// The one in the binary.
    Shipped,
    /// A folder on disk, and its path.
    Disk(Folder, PathBuf),
}

/// Why a library or a briefing cannot be opened; it displays as a sentence that says what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// There is no library at the path.
    NoLibrary {
        /// The path.
        path: Safe,
        /// Why not.
        reason: Safe,
    },
    /// The library has no briefing that can be opened.
    Empty {
        /// What is wrong with the first thing that looks like one.
        wrong: Option<Safe>,
    },
    /// The library has several briefings, and none was named.
    Several {
        /// Their names.
        names: Vec<Safe>,
    },
    /// The library has no briefing of the name.
    NoBriefing {
        /// The name.
        name: Safe,
        /// The names that are nearest to it; none where all are far.
        near: Vec<Safe>,
        /// All that there are.
        names: Vec<Safe>,
    },
}

/// What is heard of briefings that nobody follows yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newcomers {
    /// That there is one.
    Heard,
    /// Nothing.
    Ignored,
}

impl Library {
    /// The library compiled into the binary.
    #[must_use]
    pub const fn shipped() -> Self {
        Self { root: Root::Shipped }
    }

    /// The library in a folder on disk, wherever its path leads.
    ///
    /// # Errors
    ///
    /// [`LoadError::NoLibrary`], when there is no folder or it holds no folder `briefings`.
    pub fn at(path: &Path) -> Result<Self, LoadError> {
        let folder = Folder::open(path).map_err(|reason| LoadError::NoLibrary {
            path: Safe::line(&path.to_string_lossy()),
            reason: Safe::line(&reason),
        })?;
        Ok(Self { root: Root::Disk(folder, path.to_owned()) })
    }

    /// The path of its folder; nothing where it is in the binary.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.root {
            Root::Shipped => None,
            Root::Disk(_, path) => Some(path),
        }
    }

    /// The path of one of its files from the current folder; in the binary, where there is none, from the library.
    #[must_use]
    pub fn way_to(&self, file: &str) -> Safe {
        let folder = self.path().unwrap_or(Path::new(""));
        let folder = folder.strip_prefix(".").unwrap_or(folder);
        Safe::line(&folder.join(file).to_string_lossy())
    }

    /// A problem of it with its file as it is found from the current folder.
    #[must_use]
    pub fn seen(&self, problem: &Problem) -> Problem {
        Problem { file: self.way_to(&problem.file), ..problem.clone() }
    }

    /// The names of its briefings, sorted; none where they cannot be listed, which is among its problems.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match &self.root {
            Root::Shipped => shipped::names(),
            Root::Disk(folder, _) => folder.briefings().map(|(names, _)| names).unwrap_or_default(),
        }
    }

    /// Whether one of its briefings has this name. The others are not looked at: there may be many.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match &self.root {
            Root::Shipped => shipped::names().iter().any(|known| known == name),
            Root::Disk(folder, _) => folder.has(name),
        }
    }

    /// What looks like a briefing and cannot be opened at all, or why nothing can be looked at.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let Root::Disk(folder, _) = &self.root else { return Vec::new() };
        let others = match folder.briefings() {
            Ok((_, others)) => others,
            Err(fault) => return vec![fault.problem(&Safe::line("briefings"))],
        };
        let problem = |name| {
            let path = Safe::line(&format!("briefings/{name}"));
            let message = "not opened: it is a link, or has a name that cannot be typed";
            Problem::new(Code::OutsideLibrary, &path, message).help("make a folder of it with a plain name")
        };
        others.into_iter().map(problem).collect()
    }

    /// The title of a briefing, of which nothing else is read; nothing where it gives none.
    #[must_use]
    pub fn title(&self, name: &str) -> Option<Safe> {
        format::title(&self.files(name))
    }

    /// Reads a briefing and every source that it names, and looks for each quote. Without a name it
    /// is the only one there is. What is wrong inside a briefing is in its problems.
    ///
    /// # Errors
    ///
    /// That there is no such briefing, none at all, no telling which, or that the library is gone.
    pub fn open(&self, name: Option<&str>) -> Result<Briefing, LoadError> {
        let name = &match name {
            Some(name) if self.has(name) => name.to_owned(),
            Some(name) => {
                self.look()?;
                return Err(no_briefing(name, &self.names(), || self.problems()));
            }
            None => {
                self.look()?;
                only(self.names(), || self.problems())?
            }
        };
        Ok(match &self.root {
            Root::Shipped => {
                format::read(name, &shipped::toml_files(name), Hashed::Recorded, &mut shipped::source)
            }
            // One reading for files and texts: how much may be read is counted over both.
            Root::Disk(folder, _) => {
                let mut reading = folder.reading();
                let files = reading.toml_files(name);
                format::read(name, &files, Hashed::Recorded, &mut |file| reading.source(file))
            }
        })
    }

    /// Looks whether it is still there.
    fn look(&self) -> Result<(), LoadError> {
        self.path().map_or(Ok(()), |path| Self::at(path).map(drop))
    }

    /// A briefing's TOML files as they are now.
    #[must_use]
    pub fn files(&self, name: &str) -> Vec<TomlFile> {
        match &self.root {
            Root::Shipped => shipped::toml_files(name),
            Root::Disk(folder, _) => folder.reading().toml_files(name),
        }
    }

    /// Reads a briefing as it would be with these files in place of its own. Every text is hashed, so that a hash that
    /// is not recorded yet can be.
    #[must_use]
    pub fn open_with(&self, name: &str, files: &[TomlFile]) -> Briefing {
        match &self.root {
            Root::Shipped => format::read(name, files, Hashed::All, &mut shipped::source),
            Root::Disk(folder, _) => {
                let mut reading = folder.reading();
                format::read(name, files, Hashed::All, &mut |file| reading.source(file))
            }
        }
    }
}

/// The only one of the names, else the error that says which there are; where none is, what is wrong.
fn only(names: Vec<String>, problems: impl Fn() -> Vec<Problem>) -> Result<String, LoadError> {
    match <[String; 1]>::try_from(names) {
        Ok([only]) => Ok(only),
        Err(names) if names.is_empty() => Err(LoadError::empty(&problems())),
        Err(names) => Err(LoadError::Several { names: names.iter().map(|name| Safe::line(name)).collect() }),
    }
}

/// The error for a name that is none.
fn no_briefing(name: &str, names: &[String], problems: impl Fn() -> Vec<Problem>) -> LoadError {
    if names.is_empty() {
        return LoadError::empty(&problems());
    }
    let near = nearest(name, names.iter().map(String::as_str), 3);
    LoadError::NoBriefing {
        name: Safe::line(name),
        near: near.into_iter().map(Safe::line).collect(),
        names: names.iter().map(|name| Safe::line(name)).collect(),
    }
}

impl LoadError {
    /// The error where there is no briefing, with what looks like one and is not.
    fn empty(problems: &[Problem]) -> Self {
        let said = |problem: &Problem| Safe::line(&format!("{}: {}", problem.file, problem.message));
        Self::Empty { wrong: problems.first().map(said) }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLibrary { path, reason } => write!(f, "no library at {path}: {reason}"),
            Self::Empty { wrong: None } => {
                f.write_str("there is no briefing: make a folder in briefings/ of the library")
            }
            Self::Empty { wrong: Some(wrong) } => write!(f, "no briefing can be opened: {wrong}"),
            Self::Several { names } => {
                write!(f, "there are several briefings, name one with --briefing: {}", listed(names))
            }
            Self::NoBriefing { name, near, names } => match near.as_slice() {
                [] => write!(f, "there is no briefing “{name}”; there are: {}", listed(names)),
                near => write!(f, "there is no briefing “{name}”; the nearest: {}", listed(near)),
            },
        }
    }
}

impl std::error::Error for LoadError {}

/// Names with commas, the first few.
fn listed(names: &[Safe]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(|name| &**name).collect();
    let more = if names.len() > SHOWN { ", ..." } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Library, LoadError};
    use std::path::Path;

    #[test]
    fn the_shipped_briefing_opens_by_itself_and_by_name() {
        let library = Library::shipped();
        assert_eq!(library.names(), ["us-peace-framework"]);
        for name in [None, Some("us-peace-framework")] {
            let briefing = library.open(name).unwrap();
            assert_eq!(&*briefing.name, "us-peace-framework");
            assert!(briefing.sources.iter().all(|source| source.text.is_some()));
        }
    }

    #[test]
    fn a_name_that_is_none_is_answered_with_the_names_there_are() {
        for (name, which) in [
            ("us-peace-framwork", "the nearest"),
            ("é—漢🦀", "there are"),
            ("../us-peace-framework", "the nearest"),
            ("", "there are"),
        ] {
            let error = Library::shipped().open(Some(name)).unwrap_err();
            assert!(error.to_string().ends_with(&format!("; {which}: us-peace-framework")), "{error}");
        }
    }

    #[test]
    fn where_no_library_is_the_error_says_so() {
        let error = Library::at(Path::new("/no/such/\u{1b}[31mfolder")).unwrap_err();
        assert!(matches!(error, LoadError::NoLibrary { .. }));
        assert!(!error.to_string().contains('\u{1b}'), "{error}");
    }
}
