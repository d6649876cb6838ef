//! One TOML file as tables.

use super::blanks::condensed;
use super::fields::{Table, entries};
use super::mend::mend;
use super::plain;
use super::raw::File;
use super::syntax::Mistake;
use std::borrow::Cow;
use std::cell::OnceCell;
use toml::Spanned;
use toml::de::DeTable;

/// The most bytes of a file that is read in spite of syntax errors; each can cost 600 bytes of memory.
const RECOVERABLE: usize = 1 << 20;

/// What a file is rewritten to where it cannot be read as it is; every byte that has a value keeps it, and its place.
#[derive(Default)]
pub struct Rewritten {
    condensed: OnceCell<String>,
    mended: OnceCell<String>,
}

/// A file that was read.
pub struct Parsed<'t> {
    /// Its tables.
    pub file: Table<File<'t>>,
    /// What is not TOML in it.
    pub mistakes: Vec<Mistake>,
    /// How many tables lack something because of that.
    pub incomplete: usize,
}

impl<'t> Parsed<'t> {
    /// Reads a file. Of one with syntax errors, whatever stands on other lines is read, unless
    /// the file is so large that its errors would fill the memory.
    pub fn new(text: &'t str, rewritten: &'t Rewritten) -> Self {
        if let Some(file) = plain::read(text) {
            return Self { file, mistakes: Vec::new(), incomplete: 0 };
        }
        let (mut mistakes, mut incomplete) = (Vec::new(), 0);
        let condensed = match condensed(text) {
            Cow::Borrowed(text) => text,
            Cow::Owned(spaced) => rewritten.condensed.get_or_init(|| spaced),
        };
        let root = match DeTable::parse(condensed) {
            Ok(root) => root,
            Err(error) if text.len() > RECOVERABLE => {
                mistakes.push(Mistake::new(&error));
                Spanned::new(0..0, DeTable::new())
            }
            Err(_) => {
                let mended = mend(text);
                incomplete = mended.incomplete;
                mistakes.extend(mended.mistakes);
                let (root, rest) = DeTable::parse_recoverable(rewritten.mended.get_or_init(|| mended.text));
                mistakes.extend(rest.iter().map(Mistake::new));
                root
            }
        };
        Self { file: Table::of(entries(root.into_inner())), mistakes, incomplete }
    }
}
