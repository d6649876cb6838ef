//! One TOML file as tables.

use super::blanks::spaced;
use super::fields::{Shaped, Table, entries};
use super::plain;
use super::raw::File;
use super::salvage::salvage;
use crate::problem::Mistake;
use std::borrow::Cow;
use std::cell::OnceCell;
use toml::de::DeTable;

/// The most bytes of a file that is read in spite of syntax errors; each can cost 600 bytes of memory.
const RECOVERABLE: usize = 1 << 20;

/// What a file is rewritten to where it cannot be read as it is; every byte that has a value keeps it, and its place.
#[derive(Default)]
pub struct Rewritten {
    spaced: OnceCell<String>,
    salvaged: OnceCell<String>,
}

/// A file that was read.
pub struct Parsed<'t> {
    /// Its tables.
    pub file: Table<File<'t>>,
    /// What is not TOML in it.
    pub mistakes: Vec<Mistake>,
}

impl<'t> Parsed<'t> {
    /// Reads a file. Of one with syntax errors, whatever stands on other lines is read.
    ///
    /// # Errors
    /// The first syntax error of a file that is so large that its errors would fill the memory.
    pub fn new(text: &'t str, rewritten: &'t Rewritten) -> Result<Self, Mistake> {
        if let Some(file) = plain::read(text) {
            return Ok(Self { file, mistakes: Vec::new() });
        }
        let mut mistakes = Vec::new();
        let whole = match spaced(text) {
            Cow::Borrowed(text) => text,
            Cow::Owned(spaced) => rewritten.spaced.get_or_init(|| spaced),
        };
        let root = match DeTable::parse(whole) {
            Ok(root) => root,
            Err(error) if text.len() > RECOVERABLE => return Err(Mistake::new(&error, whole)),
            Err(_) => {
                let salvaged = salvage(text, &File::shape());
                mistakes.extend(salvaged.mistakes);
                let readable = rewritten.salvaged.get_or_init(|| salvaged.text);
                let (root, rest) = DeTable::parse_recoverable(readable);
                mistakes.extend(rest.iter().map(|error| Mistake::new(error, readable)));
                root
            }
        };
        Ok(Self { file: Table::of(entries(root.into_inner())), mistakes })
    }
}
