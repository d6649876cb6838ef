//! What tests put into folders of their own.

use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::fs;
use std::path::Path;

/// The small library that was written for the tests.
pub const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/library");

/// Puts the small library there, to be changed.
pub fn put_ferry(folder: &Path) {
    copy(Path::new(FERRY), folder);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() { copy(&from, &to) } else { fs::copy(from, to).map(drop).unwrap() }
    }
}

/// Puts a pipe there that nobody writes to.
pub fn put_pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}
