//! The format: a briefing's TOML files and source texts, read to a model.
//!
//! Everything that is wrong becomes a problem, never only the first, and none of them stops the rest:
//! a bad value costs its key, a bad key nothing, and a bad card never hides a good one. Nothing is
//! read here; the files come in as bytes.

mod blanks;
mod cards;
mod checks;
mod decode;
mod fields;
mod hashes;
mod meanings;
mod mending;
mod names;
mod parsed;
mod plain;
mod quotes;
mod raw;
mod report;
mod salvage;
mod schema;
mod sources;
mod taking;
mod texts;

pub use decode::{Form, decode, form};
pub use schema::{json_schema, markdown};

use crate::model::Briefing;
use crate::problem::{Code, Page, Problem};
use crate::sanitize::Safe;
use names::Names;
use parsed::Rewritten;
use report::{Fault, Placed, Report, Site};
use std::borrow::Cow;
use std::fmt;

/// The one schema that is known.
const SCHEMA: i64 = 1;

/// The bytes of a file, or why there are none.
pub type Bytes = Result<Cow<'static, [u8]>, ReadFault>;

/// One of a briefing's TOML files.
#[derive(Clone, Debug)]
pub struct TomlFile {
    /// Its path from the library.
    pub path: Safe,
    /// What it holds.
    pub bytes: Bytes,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// It is not there.
    Missing,
    /// Its path has other than plain, relative components, or leads through a link.
    Outside,
    /// Its name has characters that are not shown as they are.
    Unnamed,
    /// It is something else than a file: what it is, with its article.
    NoFile(&'static str),
    /// Others wrote to it while it was read.
    Changed,
    /// It is larger than so many bytes.
    TooLarge(u64),
    /// With it the library is larger than so many bytes.
    LibraryTooLarge(u64),
    /// The system refused, in its own words.
    Refused(String),
}

/// Which texts are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hashed {
    /// Those of which a hash is recorded, to tell whether they have changed.
    Recorded,
    /// All, so that a hash can be recorded of each.
    All,
}

/// Reads a briefing from its files, in the order they are given, and from the sources that they name
/// by their paths below `seeds/`. Each quote is looked for in its source.
pub fn read(
    name: &str,
    files: &[TomlFile],
    hashed: Hashed,
    texts: &mut dyn FnMut(&str) -> Bytes,
) -> Briefing {
    with_tables(files, |tables, report| {
        let folder = Safe::line(&format!("briefings/{name}"));
        let briefing = Briefing { name: Safe::line(name), ..Briefing::default() };
        let mut making = Making { briefing, folder, tables, names: Names::default(), report };
        making.head();
        let passages = making.sources(hashed, texts);
        making.vocabulary();
        let mut drafts = making.cards();
        making.verify(passages, &drafts);
        making.check(&mut drafts);
        making.finish()
    })
}

/// The title that the files of a briefing give it, as far as they are whole.
#[must_use]
pub fn title(files: &[TomlFile]) -> Option<Safe> {
    with_tables(files, |tables, mut report| {
        let mut heads = tables.heads.into_iter();
        let (at, title) = heads.find_map(|head| head.value.title.map(|title| (head.at, title)))?;
        report.line(at, "title", Some(title))
    })
}

/// What `build` makes of the tables of some files, and of what is wrong with these.
fn with_tables<T>(files: &[TomlFile], build: impl for<'t> FnOnce(raw::Tables<'t>, Report<'t>) -> T) -> T {
    let (mut texts, mut unread, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    for TomlFile { path, bytes } in files {
        let mut problems = Vec::new();
        match decode::decode(path, bytes.as_deref().map(Cow::Borrowed), &mut problems) {
            Some(text) => {
                texts.push((path.clone(), text));
                odd.extend(problems);
            }
            None => unread.extend(problems),
        }
    }
    let pages: Vec<Page<'_>> = texts.iter().map(|(path, text)| Page::new(path.clone(), text)).collect();
    let rewritten: Vec<Rewritten> = pages.iter().map(|_| Rewritten::default()).collect();
    let mut report = Report::new(&pages);
    unread.into_iter().for_each(|problem| report.unread(problem));
    odd.into_iter().for_each(|problem| report.push(problem));
    let tables = raw::Tables::read(&rewritten, &mut report);
    build(tables, report)
}

/// A briefing in the making. Each step is in the file of what it makes.
struct Making<'t> {
    /// What has been made so far.
    briefing: Briefing,
    /// Where its files are in the library.
    folder: Safe,
    /// What nothing has been made of yet.
    tables: raw::Tables<'t>,
    /// What has an id so far.
    names: Names<'t>,
    /// What is wrong with it so far.
    report: Report<'t>,
}

impl Making<'_> {
    /// Takes the head's keys from whichever files have them.
    fn head(&mut self) {
        let Self { briefing, folder, tables, report, .. } = self;
        let (mut schema, mut title, mut as_of) = (None, None, None);
        let heads: Vec<Site> = tables.heads.iter().map(|head| head.at).collect();
        for Placed { at, value: head } in tables.heads.drain(..) {
            report.once("schema", at, head.schema, &mut schema);
            report.once("title", at, head.title, &mut title);
            report.once("as_of", at, head.as_of, &mut as_of);
        }
        if schema.is_none() && report.lacks(&heads, "schema") {
            report.push(Problem::new(Code::Schema, folder, "no schema is given").help("add schema = 1"));
        }
        if title.is_none() && report.lacks(&heads, "title") {
            report.push(
                Problem::new(Code::MissingKey, folder, "no title is given").help("add title = \"...\""),
            );
        }
        let schema = schema.and_then(|(at, value)| report.field(at, "schema", Some(value)));
        if let Some(Placed { at, value }) = schema.filter(|schema| schema.value != SCHEMA) {
            let message = format!("schema {value} is not known");
            report.add(Fault::new(Code::Schema, at, message).help("this brief reads schema = 1"));
        }
        let given = title.and_then(|(at, value)| report.line(at, "title", Some(value)));
        briefing.title = given.unwrap_or_else(|| briefing.name.clone());
        briefing.as_of = as_of.and_then(|(at, value)| report.date(at, "as_of", Some(value)));
    }

    /// What follows from all of it, and all that is wrong with it.
    fn finish(self) -> Briefing {
        let Self { mut briefing, folder, report, .. } = self;
        briefing.derive();
        (briefing.problems, briefing.hints) = report.finish(&folder);
        briefing
    }
}

impl ReadFault {
    /// The problem that it is for a file or a folder.
    #[must_use]
    pub fn problem(&self, path: &Safe) -> Problem {
        Problem::new(self.code(), path, &format!("it {self}")).help(self.help())
    }

    /// The kind of problem that it is.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Missing | Self::NoFile(_) | Self::Changed | Self::Refused(_) => Code::Unreadable,
            Self::Outside | Self::Unnamed => Code::OutsideLibrary,
            Self::TooLarge(_) | Self::LibraryTooLarge(_) => Code::TooLarge,
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Missing => "add it, or correct the name",
            Self::Outside => "copy the file into the library",
            Self::Unnamed => "give it a plain name",
            Self::NoFile(_) => "put a file of text in its place",
            Self::Changed => "open the briefing again",
            Self::TooLarge(_) => "make several files of it",
            Self::LibraryTooLarge(_) => "make two briefings of this one",
            Self::Refused(_) => "see to it that it may be read",
        }
    }
}

impl fmt::Display for ReadFault {
    /// What is wrong with a file, as the end of a sentence that begins with its name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is not there"),
            Self::Outside => {
                f.write_str("leads out of the library: only plain names below it are read, and no links")
            }
            Self::Unnamed => f.write_str("has a name that cannot be typed"),
            Self::NoFile(what) => write!(f, "is {what}, not a file"),
            Self::Changed => f.write_str("changed while it was read"),
            Self::TooLarge(limit) => write!(f, "is larger than {} MiB", limit >> 20),
            Self::LibraryTooLarge(limit) => write!(f, "makes the library larger than {} MiB", limit >> 20),
            Self::Refused(reason) => write!(f, "cannot be read: {reason}"),
        }
    }
}
