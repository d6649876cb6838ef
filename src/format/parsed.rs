//! One TOML file as tables.

use super::blanks::condensed;
use super::fields::Table;
use super::mend::mend;
use super::plain;
use super::raw::File;
use super::syntax::Mistake;
use toml::Spanned;
use toml::de::DeTable;

/// The most bytes of a file that is read in spite of syntax errors; each can cost 600 bytes of memory.
const RECOVERABLE: usize = 1 << 20;

/// A file that was read.
pub struct Parsed {
    /// Its tables.
    pub file: Table<File>,
    /// What is not TOML in it.
    pub mistakes: Vec<Mistake>,
    /// How many tables lack something because of that.
    pub incomplete: usize,
}

impl Parsed {
    /// Reads a file. Of one with syntax errors, whatever stands on other lines is read, unless
    /// the file is so large that its errors would fill the memory.
    pub fn new(text: &str) -> Self {
        if let Some(file) = plain::read(text) {
            return Self { file, mistakes: Vec::new(), incomplete: 0 };
        }
        let (mut mistakes, mut incomplete) = (Vec::new(), 0);
        let mended;
        let condensed = condensed(text);
        let root = match DeTable::parse(&condensed) {
            Ok(root) => root,
            Err(error) if text.len() > RECOVERABLE => {
                mistakes.push(Mistake::new(&error));
                Spanned::new(0..0, DeTable::new())
            }
            Err(_) => {
                mended = mend(text);
                let (root, rest) = DeTable::parse_recoverable(&mended.text);
                mistakes.extend(mended.mistakes.iter().copied().chain(rest.iter().map(Mistake::new)));
                incomplete = mended.incomplete;
                root
            }
        };
        Self { file: root.into_inner().into(), mistakes, incomplete }
    }
}
