//! A file, read whole or not at all.
//!
//! It promises that nobody is waited for, whatever stands where the file should be; that only a regular
//! file is read; and that one larger than allowed takes no more memory than one as large as allowed.

use rustix::buffer::spare_capacity;
use rustix::fs::{FileType, Mode, OFlags, Stat, fstat, open};
use rustix::io::{Errno, read};
use std::fs::File;
use std::io;
use std::path::Path;

/// How such a file is opened: without waiting for a pipe's writer, and without taking a terminal.
pub const FILE: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

/// Why a file is not read.
#[derive(Debug)]
pub enum Unread {
    /// It is something else: what, with its article.
    NoFile(&'static str),
    /// It has more bytes than were allowed.
    TooLarge,
    /// The system refuses.
    Refused(io::Error),
}

/// The bytes of a file that was opened as [`FILE`], at most so many.
///
/// # Errors
///
/// That it is no regular file, is larger, or cannot be read.
pub fn whole(file: &File, most: u64) -> Result<Vec<u8>, Unread> {
    whole_of(file, &found(file)?, most)
}

/// What the system knows of a file.
pub(super) fn found(file: &File) -> Result<Stat, Unread> {
    fstat(file).map_err(refused)
}

/// The bytes of a file as [`whole`] has them, where it is known already what was found.
pub(super) fn whole_of(file: &File, found: &Stat, most: u64) -> Result<Vec<u8>, Unread> {
    match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => {}
        other => return Err(Unread::NoFile(what(other))),
    }
    let size = u64::try_from(found.st_size).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size.min(most) as usize + 1);
    // All of it at once: a reader by pieces begins with 8 KiB, however large the file is known to be.
    while bytes.len() as u64 <= most {
        bytes.reserve(1);
        match read(file, spare_capacity(&mut bytes)) {
            Ok(0) => return Ok(bytes),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(refused(error)),
        }
    }
    Err(Unread::TooLarge)
}

fn refused(error: Errno) -> Unread {
    Unread::Refused(error.into())
}

/// Whether a regular file stands at a path, itself and not by a link, and has these bytes.
///
/// # Errors
///
/// When it is not there, or cannot be read.
pub fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let file = match open(path, FILE | OFlags::NOFOLLOW, Mode::empty()) {
        Ok(file) => File::from(file),
        // A link, and a socket.
        Err(Errno::LOOP | Errno::NXIO) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    match whole(&file, bytes.len() as u64) {
        Ok(there) => Ok(there == bytes),
        Err(Unread::NoFile(_) | Unread::TooLarge) => Ok(false),
        Err(Unread::Refused(error)) => Err(error),
    }
}

/// A kind of thing, with its article.
pub(super) const fn what(kind: FileType) -> &'static str {
    match kind {
        FileType::RegularFile => "a file",
        FileType::Directory => "a folder",
        FileType::Symlink => "a link",
        FileType::Fifo => "a pipe",
        FileType::Socket => "a socket",
        FileType::CharacterDevice | FileType::BlockDevice => "a device",
        FileType::Unknown => "something else",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::{CWD, mknodat};
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use tempfile::tempdir;

    const WORDS: &str = "“é—漢字🦀” e\u{301}\n";

    #[test]
    fn a_file_is_read_whole_or_why_not_is_said() {
        let folder = tempdir().unwrap();
        let [file, pipe] = ["file", "pipe"].map(|name| folder.path().join(name));
        fs::write(&file, WORDS).unwrap();
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
        let size = WORDS.len() as u64;
        // (what, the most bytes, what is made of it)
        let cases = [
            (&*file, size + 1, WORDS),
            (&file, size, WORDS),
            (&file, size - 1, "too large"),
            (&file, 0, "too large"),
            (&pipe, size, "a pipe"),
            (folder.path(), size, "a folder"),
            (Path::new("/dev/zero"), size, "a device"),
        ];
        for (path, most, want) in cases {
            let read = whole(&open(path, FILE, Mode::empty()).unwrap().into(), most);
            let got = match &read {
                Ok(bytes) => std::str::from_utf8(bytes).unwrap(),
                Err(Unread::NoFile(what)) => what,
                Err(Unread::TooLarge) => "too large",
                Err(Unread::Refused(error)) => panic!("{error}"),
            };
            assert_eq!(got, want, "{} {most}", path.display());
        }
        let written = File::create(folder.path().join("written")).unwrap();
        assert!(matches!(whole(&written, 1), Err(Unread::Refused(_))), "it is not open for reading");
    }

    #[test]
    fn a_path_holds_words_only_as_a_file_of_its_own() {
        let folder = tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("same"), WORDS).unwrap();
        fs::write(at("empty"), "").unwrap();
        fs::write(at("begins alike"), WORDS.repeat(2)).unwrap();
        fs::create_dir(at("folder")).unwrap();
        symlink("same", at("link")).unwrap();
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR, 0).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        assert!(holds(&at("same"), WORDS.as_bytes()).unwrap());
        assert!(holds(&at("empty"), b"").unwrap());
        for other in ["empty", "begins alike", "folder", "link", "pipe", "socket"] {
            assert!(!holds(&at(other), WORDS.as_bytes()).unwrap(), "{other}");
        }
        assert!(holds(&at("nothing"), b"").is_err());
    }
}
