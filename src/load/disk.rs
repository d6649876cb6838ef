//! A library's folder on disk, read with distrust.

use super::whole::{FILE, Unread, found, what, whole_of};
use crate::format::{Bytes, ReadFault, TomlFile};
use crate::model::seed;
use crate::sanitize::Safe;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, open, openat, statat};
use rustix::io::Errno;
use std::borrow::Cow;
use std::ffi::{CStr, CString};
use std::fs::{self, File};
use std::io;
use std::path::{self, Component, Path, PathBuf};

/// The most bytes that are read of a TOML file.
const TOML: u64 = 4 << 20;
/// The most bytes that are read of a source.
pub const SOURCE: u64 = 16 << 20;
/// The most bytes that are read for a briefing.
const LIBRARY: u64 = 64 << 20;

/// A library's folder, by its path: another may take its place, which is the one that is read then.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

/// The reading of one briefing, from one folder whatever takes its place, which ends when the library proves too large.
pub struct Reading {
    root: Result<OwnedFd, ReadFault>,
    /// The folder of the source that was read last, by its names: the next is mostly beside it.
    last: Option<(Vec<CString>, OwnedFd)>,
    left: u64,
}

impl Folder {
    /// Finds a library's folder; the error is a reason for people.
    pub fn open(path: &Path) -> Result<Self, String> {
        let path = placed(path).map_err(|error| error.kind().to_string())?;
        let root = root(&path).map_err(|error| match error {
            Errno::NOENT => "there is no such folder".to_owned(),
            Errno::NOTDIR => "it is not a folder".to_owned(),
            other => reason(other),
        })?;
        match folder(&root, c"briefings") {
            Ok(_) => Ok(Self { path }),
            Err(ReadFault::Missing) => Err("it has no folder briefings/".to_owned()),
            Err(fault) => Err(format!("its folder briefings/ {fault}")),
        }
    }

    /// The names of the folders in `briefings/`, sorted; and what else stands there and looks like
    /// one, but is not opened: a link, or a folder whose name could not be typed.
    pub fn briefings(&self) -> Result<(Vec<String>, Vec<Safe>), ReadFault> {
        let (mut names, mut others) = (Vec::new(), Vec::new());
        let briefings = self.folder(c"briefings")?;
        for name in entries(&briefings)? {
            let is_folder = match kind(&briefings, &name) {
                Some(FileType::Directory) => true,
                Some(FileType::Symlink) => false,
                Some(_) | None => continue,
            };
            match name.into_string() {
                Ok(name) if is_folder && is_plain(&name) && is_itself(&name) => names.push(name),
                Ok(name) => others.push(Safe::line(&name)),
                Err(error) => others.push(Safe::line(&error.into_cstring().to_string_lossy())),
            }
        }
        Ok((names, others))
    }

    /// Whether [`Folder::briefings`] would give this name.
    pub fn has(&self, name: &str) -> bool {
        let is_named = is_plain(name) && is_itself(name) && !name.starts_with('.');
        let named = CString::new(name).ok().filter(|_| is_named);
        let briefings = self.folder(c"briefings");
        matches!((named, briefings), (Some(name), Ok(all)) if kind(&all, &name) == Some(FileType::Directory))
    }

    /// Begins to read a briefing.
    pub fn reading(&self) -> Reading {
        Reading { root: self.root(), last: None, left: LIBRARY }
    }

    fn folder(&self, name: &CStr) -> Result<OwnedFd, ReadFault> {
        folder(&self.root()?, name)
    }

    fn root(&self) -> Result<OwnedFd, ReadFault> {
        root(&self.path).map_err(|error| match error {
            Errno::NOENT | Errno::NOTDIR => ReadFault::Missing,
            other => ReadFault::Refused(reason(other)),
        })
    }
}

impl Reading {
    /// The TOML files of a briefing, sorted by name.
    pub fn toml_files(&mut self, name: &str) -> Vec<TomlFile> {
        let path = format!("briefings/{name}");
        let listed = plain_names(&path).and_then(|names| {
            let folder = self.walk(&names)?;
            let names = entries(&folder)?;
            Ok((folder, names))
        });
        let (folder, names) = match listed {
            Ok(listed) => listed,
            Err(fault) => return vec![TomlFile { path: Safe::line(&path), bytes: Err(fault) }],
        };
        let names = names.into_iter().filter(|name| name.as_bytes().ends_with(b".toml"));
        names
            .map(|name| TomlFile {
                path: Safe::line(&format!("{path}/{}", name.to_string_lossy())),
                bytes: match name.to_str() {
                    Ok(shown) if is_itself(shown) => self.file(&folder, &name, TOML),
                    Ok(_) | Err(_) => Err(ReadFault::Unnamed),
                },
            })
            .collect()
    }

    /// A source by its path below `seeds/`.
    pub fn source(&mut self, file: &str) -> Bytes {
        let mut names = plain_names(&seed(file))?;
        let name = names.pop().ok_or(ReadFault::Outside)?;
        let (names, folder) = match self.last.take() {
            Some(last) if last.0 == names => last,
            Some(_) | None => {
                let folder = self.walk(&names)?;
                (names, folder)
            }
        };
        let bytes = self.file(&folder, &name, SOURCE);
        self.last = Some((names, folder));
        bytes
    }

    /// The folder that some names lead to, each opened from the one before.
    fn walk(&self, names: &[CString]) -> Result<OwnedFd, ReadFault> {
        let mut here: Option<OwnedFd> = None;
        for name in names {
            let parent = match &here {
                Some(parent) => parent,
                None => self.root.as_ref().map_err(Clone::clone)?,
            };
            here = Some(folder(parent, name)?);
        }
        here.ok_or(ReadFault::Outside)
    }

    /// Reads a file of a folder, whole, up to a limit.
    fn file(&mut self, folder: &OwnedFd, name: &CStr, limit: u64) -> Bytes {
        let file = openat(folder, name, FILE | OFlags::NOFOLLOW, Mode::empty());
        let file = File::from(file.map_err(|error| fault(folder, name, error))?);
        let fault = |unread| match unread {
            Unread::NoFile(what) => ReadFault::NoFile(what),
            Unread::TooLarge if self.left < limit => ReadFault::LibraryTooLarge(LIBRARY),
            Unread::TooLarge => ReadFault::TooLarge(limit),
            Unread::Refused(error) => ReadFault::Refused(error.to_string()),
        };
        let before = found(&file).map_err(fault)?;
        let bytes = whole_of(&file, &before, limit.min(self.left)).map_err(fault)?;
        let (after, size) = (found(&file).map_err(fault)?, bytes.len() as u64);
        let written = |found: &Stat| (found.st_size, found.st_mtime, found.st_mtime_nsec);
        if written(&after) != (size.cast_signed(), before.st_mtime, before.st_mtime_nsec) {
            return Err(ReadFault::Changed);
        }
        self.left -= size;
        Ok(Cow::Owned(bytes))
    }
}

/// How a folder is opened.
const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// Whether a name is one plain component of a path, here and on other systems.
fn is_plain(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && !name.starts_with('~')
        && !name.contains(|c: char| matches!(c, '/' | '\\' | ':') || c.is_control())
}

/// Whether a name is shown as it is, so that a file is opened and written by what is said of it.
fn is_itself(name: &str) -> bool {
    *Safe::line(name) == *name
}

/// The names that a path is made of, if all of them are plain.
fn plain_names(path: &str) -> Result<Vec<CString>, ReadFault> {
    let name = |name| CString::new(name).ok().filter(|_| is_plain(name)).ok_or(ReadFault::Outside);
    path.split('/').map(name).collect()
}

/// The path of something from the root of the system, by the name that it has in its folder: what ends in `..` has none.
pub fn placed(path: &Path) -> io::Result<PathBuf> {
    if path.components().any(|part| part == Component::ParentDir) {
        fs::canonicalize(path)
    } else {
        path::absolute(path)
    }
}

/// A library's folder, wherever its path leads.
fn root(path: &Path) -> rustix::io::Result<OwnedFd> {
    open(path, FOLDER.difference(OFlags::NOFOLLOW), Mode::empty())
}

/// A folder inside another.
fn folder(parent: &OwnedFd, name: &CStr) -> Result<OwnedFd, ReadFault> {
    openat(parent, name, FOLDER, Mode::empty()).map_err(|error| fault(parent, name, error))
}

/// The names in a folder, sorted, without the hidden ones.
fn entries(folder: &OwnedFd) -> Result<Vec<CString>, ReadFault> {
    let refused = |error| ReadFault::Refused(reason(error));
    let mut names = Vec::new();
    for entry in Dir::read_from(folder).map_err(refused)? {
        let name = entry.map_err(refused)?.file_name().to_owned();
        if !name.as_bytes().starts_with(b".") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Why something of a folder could not be opened.
fn fault(parent: impl AsFd, name: &CStr, error: Errno) -> ReadFault {
    let kind = || kind(&parent, name);
    match error {
        Errno::NOENT => ReadFault::Missing,
        Errno::LOOP | Errno::NOTDIR if kind() == Some(FileType::Symlink) => ReadFault::Outside,
        Errno::NOTDIR => ReadFault::Missing,
        Errno::NXIO | Errno::NODEV => ReadFault::NoFile(kind().map_or("something else", what)),
        other => ReadFault::Refused(reason(other)),
    }
}

/// What kind of thing a name in a folder is of itself.
fn kind(parent: impl AsFd, name: &CStr) -> Option<FileType> {
    let found = statat(parent, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
    Some(FileType::from_raw_mode(found.st_mode))
}

/// What the system says.
fn reason(error: Errno) -> String {
    io::Error::from(error).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Folder, LIBRARY};
    use crate::format::ReadFault;
    use std::fs;
    use tempfile::{TempDir, tempdir};

    fn library() -> (TempDir, Folder) {
        let shelf = tempdir().unwrap();
        for folder in ["briefings/ferry", "briefings/.hidden", "briefings/~tilde", "seeds"] {
            fs::create_dir_all(shelf.path().join(folder)).unwrap();
        }
        for text in ["one", "two"] {
            fs::write(shelf.path().join("seeds").join(text), "é—漢🦀").unwrap();
        }
        let folder = Folder::open(shelf.path()).unwrap();
        (shelf, folder)
    }

    #[test]
    fn what_may_be_read_of_a_library_is_counted_over_all_its_files() {
        let (_shelf, folder) = library();
        let mut reading = folder.reading();
        reading.left = 2 * "é—漢🦀".len() as u64 - 1;
        assert!(reading.source("one").is_ok());
        assert!(matches!(reading.source("two"), Err(ReadFault::LibraryTooLarge(LIBRARY))));
    }

    #[test]
    fn a_briefing_is_opened_by_the_names_that_are_listed_and_no_others() {
        let (_shelf, folder) = library();
        assert_eq!(folder.briefings().unwrap().0, ["ferry"]);
        for (name, has) in
            [("ferry", true), (".hidden", false), ("~tilde", false), ("..", false), ("", false)]
        {
            assert_eq!(folder.has(name), has, "{name}");
        }
    }
}
