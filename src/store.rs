//! The memory of a briefing on disk: one TOML file a briefing below the folder for state.
//!
//! It promises that the file is whole at every moment, the old one or the new; that one reader at
//! a time writes it, and nobody over what another has kept meanwhile; that what cannot be understood
//! is set aside, never overwritten; and that whatever is wrong stops no reader.

use crate::digest::{Digest, hex};
use crate::house::House;
use crate::load::whole::{FILE, Unread, whole};
use crate::memory::Memory;
use crate::sanitize::Safe;
use etcetera::base_strategy::{BaseStrategy, Xdg};
use etcetera::home_dir;
use rustix::fs::{FlockOperation, Mode, OFlags, flock, fstat, lstat, open as open_file};
use rustix::io::Errno;
use rustix::termios::ttyname;
use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::{mem, process};
use tempfile::Builder;

/// The most bytes that are read or written of a memory.
const MOST: u64 = 4 << 20;

/// The most bytes of what a reader is called.
const LONGEST_NAME: u64 = 64;

/// What was found when a briefing was opened.
#[derive(Debug)]
pub struct Opened {
    /// What is remembered.
    pub memory: Memory,
    /// Where to keep it; nothing where it is not to be kept, or there is no place for it.
    pub store: Option<Store>,
    /// What the reader should know, as a sentence.
    pub news: Option<Safe>,
}

/// Where the memory of a briefing is kept. As long as it holds the place, no other reader writes there.
#[derive(Debug)]
pub struct Store {
    place: Place,
    /// What was remembered when the session began, or when it last saved before it took the place anew.
    before: Memory,
    /// What it has saved since.
    saved: Option<Memory>,
    hold: Option<Hold>,
}

/// The hold on a place.
#[derive(Debug)]
struct Hold {
    lock: File,
    /// What was found there, where others may have kept something since the session began.
    found: Option<Memory>,
}

/// The files of one briefing's memory.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    name: String,
}

/// Why a memory cannot be read.
#[derive(Debug)]
enum Fault {
    /// What is there is not one, for this reason.
    Damaged(String),
    /// What is there cannot be reached.
    Refused(ErrorKind),
}

/// Opens the memory of a briefing: of the library built in, or of the one in a folder.
#[must_use]
pub fn open(house: House, library: Option<&Path>, briefing: &str) -> Opened {
    let place = match Place::find(house, library, briefing) {
        Ok(place) => place,
        Err(why) => return forgetful(&why),
    };
    let lock = match place.lock() {
        Ok(lock) => lock,
        Err(why) => {
            let memory = place.read().unwrap_or_default();
            let news = Safe::line(&format!("Nothing of this session is kept for now: {why}."));
            let store = Store { place, before: memory.clone(), saved: None, hold: None };
            return Opened { memory, store: Some(store), news: Some(news) };
        }
    };
    let (memory, news) = match place.read() {
        Ok(memory) => (memory, None),
        Err(Fault::Refused(kind)) => {
            return forgetful(&format!("its file cannot be read: {kind}"));
        }
        Err(Fault::Damaged(fault)) => match place.set_aside() {
            Ok(aside) => {
                let news = format!("What was remembered is damaged ({fault}); it is set aside as {aside}.");
                (Memory::default(), Some(Safe::line(&news)))
            }
            Err(error) => {
                let why = format!("its file is damaged and cannot be set aside: {}", error.kind());
                return forgetful(&why);
            }
        },
    };
    let hold = Some(Hold { lock, found: None });
    Opened { store: Some(Store { place, before: memory.clone(), saved: None, hold }), memory, news }
}

/// No memory, and none made, for a reason.
#[must_use]
pub fn forgetful(why: &str) -> Opened {
    let news = Safe::line(&format!("Nothing of this session will be remembered: {why}."));
    Opened { memory: Memory::default(), store: None, news: Some(news) }
}

/// Reads what is remembered of a briefing, and touches nothing.
///
/// # Errors
///
/// Why it cannot be read, as a clause.
pub fn look(library: Option<&Path>, briefing: &str) -> Result<Memory, Safe> {
    let place = Place::find(House::Own, library, briefing).map_err(|why| Safe::line(&why))?;
    let path = place.folder.join(&place.name);
    place.read().map_err(|fault| {
        let told = match fault {
            Fault::Damaged(fault) => {
                format!("what was remembered is damaged: {fault}; the reader sets it aside when it opens")
            }
            Fault::Refused(kind) => format!("what was remembered cannot be read: {kind}"),
        };
        Safe::line(&format!("{}: {told}", path.display()))
    })
}

impl Store {
    /// Replaces what is remembered, but for what others have kept while this reader did not hold the place. When this
    /// returns, the new memory is on the disk.
    ///
    /// # Errors
    ///
    /// Why it could not be written, as a clause; the old memory is still there then.
    pub fn save(&mut self, memory: &Memory) -> io::Result<()> {
        let Self { place, before, saved, hold } = self;
        let held = hold.take().filter(|held| place.is_locked_by(&held.lock));
        if held.is_none() {
            // What is found there now may be that.
            *before = saved.take().unwrap_or_else(|| mem::take(before));
        }
        let Hold { found, .. } = hold.insert(held.map_or_else(|| place.hold(), Ok)?);
        let text = match found {
            Some(found) => memory.with(found, before).to_toml(),
            None => memory.to_toml(),
        };
        place.write(&text).map_err(|error| {
            let kind = error.kind();
            match kind {
                ErrorKind::AlreadyExists | ErrorKind::IsADirectory => {
                    io::Error::new(kind, format!("something else stands where {} is written", place.name))
                }
                _ => kind.into(),
            }
        })?;
        *saved = Some(memory.clone());
        Ok(())
    }

    /// Whether it holds the place.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.hold.is_some()
    }
}

impl Place {
    /// The place for a briefing; the error is a clause.
    fn find(house: House, library: Option<&Path>, briefing: &str) -> Result<Self, String> {
        let state = match house {
            House::Own => Xdg::new().ok().and_then(|base| base.state_dir()),
            // Where the account has it, whatever the environment says.
            House::Restricted => home_dir().ok().map(|home| home.join(".local/state")),
        };
        let state = state.filter(|folder| folder.is_absolute());
        let state = state.ok_or("there is no home folder")?;
        Ok(Self { folder: state.join("brief"), name: file_name(library, briefing) })
    }

    /// Takes the place again, with what others have kept there; the error is a clause.
    fn hold(&self) -> io::Result<Hold> {
        let lock = self.lock()?;
        let found = match self.read() {
            Ok(memory) => memory,
            Err(Fault::Refused(kind)) => return Err(kind.into()),
            Err(Fault::Damaged(_)) => {
                self.set_aside()?;
                Memory::default()
            }
        };
        Ok(Hold { lock, found: Some(found) })
    }

    /// Makes the folder, takes the lock, names this reader in it and clears up; the error is a clause.
    fn lock(&self) -> io::Result<File> {
        let cannot = |kind: ErrorKind| {
            io::Error::new(kind, format!("cannot write to {}: {kind}", self.folder.display()))
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(|error| cannot(error.kind()))?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let lock = open_file(self.lock_file(), flags, Mode::RUSR | Mode::WUSR);
        let lock = lock.map_err(|error| cannot(error.kind()))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                // What is there was left by a reader that was killed while it wrote.
                let _ = fs::remove_file(self.folder.join(new(&self.name)));
                let lock = File::from(lock);
                // A lock without a name is a lock.
                let _ = lock.set_len(0).and_then(|()| (&lock).write_all(this_reader().as_bytes()));
                Ok(lock)
            }
            Err(Errno::WOULDBLOCK) => {
                let who = named_in(&lock.into()).map(|who| format!(" ({who})")).unwrap_or_default();
                let told = format!("another reader has this briefing open{who}");
                Err(io::Error::new(ErrorKind::ResourceBusy, told))
            }
            Err(error) => Err(cannot(error.kind())),
        }
    }

    /// Whether this lock is the one that others find: it may have been taken away, with its folder or without.
    fn is_locked_by(&self, lock: &File) -> bool {
        match (fstat(lock), lstat(self.lock_file())) {
            (Ok(held), Ok(found)) => (held.st_dev, held.st_ino) == (found.st_dev, found.st_ino),
            _ => false,
        }
    }

    fn lock_file(&self) -> PathBuf {
        self.folder.join(format!("{}.lock", self.name))
    }

    /// Replaces the file. When this returns, the new one is on the disk. The lock must be held.
    fn write(&self, text: &str) -> io::Result<()> {
        let Self { folder, name } = self;
        if text.len() as u64 > MOST {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut file = Builder::new().prefix(&new(name)).rand_bytes(0).tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(folder.join(name))?;
        match File::open(folder)?.sync_all() {
            // Some file systems cannot, and need not.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }

    /// Reads the file; where there is none, nothing is remembered.
    fn read(&self) -> Result<Memory, Fault> {
        let damaged = |why: &str| Fault::Damaged(why.to_owned());
        let file = match open_file(self.folder.join(&self.name), FILE | OFlags::NOFOLLOW, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT) => return Ok(Memory::default()),
            // A link, and a socket.
            Err(Errno::LOOP | Errno::NXIO) => return Err(damaged("it is not a regular file")),
            Err(error) => return Err(Fault::Refused(error.kind())),
        };
        let bytes = whole(&file, MOST).map_err(|unread| match unread {
            Unread::NoFile(_) => damaged("it is not a regular file"),
            Unread::TooLarge => Fault::Damaged(format!("it is larger than {} MiB", MOST >> 20)),
            Unread::Refused(error) => Fault::Refused(error.kind()),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| damaged("it is not text"))?;
        Memory::from_toml(&text).map_err(|fault| Fault::Damaged(fault.to_string()))
    }

    /// Gives what is there a name that nothing has, and says which. The lock must be held.
    fn set_aside(&self) -> io::Result<String> {
        let mut aside = format!("{}.bad", self.name);
        let mut number = 0;
        while fs::symlink_metadata(self.folder.join(&aside)).is_ok() {
            number += 1;
            aside = format!("{}.bad.{number}", self.name);
        }
        fs::rename(self.folder.join(&self.name), self.folder.join(&aside))?;
        Ok(aside)
    }
}

/// What this reader is called in the lock that it holds.
fn this_reader() -> String {
    let tty = ttyname(io::stdout(), Vec::new()).ok().and_then(|name| name.into_string().ok());
    let place = tty.map(|name| format!(" on {}", name.trim_start_matches("/dev/"))).unwrap_or_default();
    format!("process {}{place}\n", process::id())
}

/// What the reader is called that holds a lock, where it could say so.
fn named_in(lock: &File) -> Option<Safe> {
    let mut name = String::new();
    lock.take(LONGEST_NAME).read_to_string(&mut name).ok()?;
    Some(Safe::line(name.trim())).filter(|name| !name.is_empty())
}

/// The name of a file while it is written; there is one writer, so one name is enough.
fn new(name: &str) -> String {
    format!("{name}.new")
}

/// The name of a briefing's file: its own name as far as every file system takes it, and a number
/// that tells briefings of one name in two libraries apart, wherever one stands when opening it.
fn file_name(library: Option<&Path>, briefing: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let slug: String = briefing.chars().map(plain).take(60).collect();
    let mut digest = Digest::default();
    match library.map(|library| library.canonicalize().unwrap_or_else(|_| library.to_owned())) {
        Some(path) => digest.add(path.as_os_str().as_bytes()),
        None => digest.add("built in"),
    }
    digest.add([0]);
    digest.add(briefing);
    let [a, b, c, d, ..] = digest.finish();
    format!("{slug}-{}.toml", hex(&[a, b, c, d]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_plain_and_each_briefing_has_its_own() {
        let libraries =
            [None, Some(Path::new("/")), Some(Path::new("/usr")), Some(Path::new("/no/such/é—漢🦀"))];
        let long = "x".repeat(300);
        let longer = "x".repeat(301);
        let briefings =
            ["ferry", "Ferry", "ferry ", "é—漢🦀e\u{301}", "..", "a/b", "\u{1b}[31m", "", &long, &longer];
        let mut names = Vec::new();
        for library in libraries {
            names.extend(briefings.map(|briefing| file_name(library, briefing)));
        }
        for name in &names {
            assert!(name.len() < 100 && name.ends_with(".toml"), "{name}");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.'), "{name}");
        }
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_memory_too_large_to_be_read_again_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), name: "ferry.toml".to_owned() };
        let hold = Some(Hold { lock: place.lock().unwrap(), found: None });
        let mut store = Store { place, before: Memory::default(), saved: None, hold };
        let mut memory = Memory::default();
        memory.known.insert("é—漢🦀".to_owned());
        store.save(&memory).unwrap();
        let large = Memory { known: ["x".repeat(MOST as usize)].into(), ..Memory::default() };
        assert_eq!(store.save(&large).map_err(|error| error.kind()), Err(ErrorKind::FileTooLarge));
        assert_eq!(store.place.read().ok(), Some(memory));
    }

    #[test]
    fn what_was_taken_away_stays_so_and_what_others_keep_too_whoever_took_the_lock_away() {
        let folder = tempfile::tempdir().unwrap();
        let place = || Place { folder: folder.path().to_owned(), name: "ferry.toml".to_owned() };
        let read = |cards: &str| -> Memory {
            let line = |card| format!("{card} = \"0123456789abcdef\"\n");
            let cards: String = cards.chars().map(line).collect();
            toml::from_str(&format!("known = [\"é—漢🦀\"]\n[read]\n{cards}")).unwrap()
        };
        let hold = Some(Hold { lock: place().lock().unwrap(), found: None });
        let mut store = Store { place: place(), before: read("a"), saved: None, hold };
        store.save(&read("ab")).unwrap();
        for (others, own, both) in [("ab", "a", "a"), ("ac", "ad", "acd"), ("acde", "a", "ace")] {
            fs::remove_file(place().lock_file()).unwrap();
            place().write(&read(others).to_toml()).unwrap();
            store.save(&read(own)).unwrap();
            assert_eq!(place().read().ok(), Some(read(both)), "{others} and {own}");
        }
    }

    #[test]
    fn a_library_is_the_same_however_its_path_is_written() {
        let written = file_name(Some(Path::new("/usr/../usr/.")), "ferry");
        assert_eq!(written, file_name(Some(Path::new("/usr")), "ferry"));
    }
}
