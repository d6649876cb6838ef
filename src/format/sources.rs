//! Source texts: from bytes to words, and what is wrong with them.

use super::fields::Words;
use super::names::{Names, Thing};
use super::raw;
use super::report::{Fault, Placed, Report, Site};
use super::texts::{Contents, Examined, Texts};
use super::{Bytes, Hashed, ReadFault, mending};
use crate::model::{self, Briefing, Ref, Source};
use crate::problem::{Code, Page, Problem, Trust, ticked};
use crate::sanitize::Safe;
use crate::span::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::thread;

/// What a source's table says of its text, still to be looked for there.
pub struct Passages<'t> {
    pub record: Record<'t>,
    pub asides: Vec<Placed<raw::Aside<'t>>>,
    pub unused: Vec<Placed<raw::Unused<'t>>>,
}

/// What is recorded of a source's file.
pub struct Record<'t> {
    pub file: Option<Placed<Words<'t>>>,
    pub hash: Option<Placed<Words<'t>>>,
    /// The SHA-256 that the file has, where that was wanted.
    pub found: Option<String>,
}

/// How a text stands to what is recorded and said of it.
pub struct TextState {
    /// Whether another hash is recorded.
    pub has_changed: bool,
    /// Whether all that is said of it stands there, and nothing needed counting.
    pub trust: Trust,
    /// What was counted in it before it changed, each with the line that it leads to now.
    pub counted: Vec<String>,
}

impl TextState {
    /// The state of a text, before anything is looked for in it.
    pub fn new(record: &Record<'_>) -> Self {
        let found = record.found.as_deref().unwrap_or_default();
        let has_changed = record.hash.as_ref().is_some_and(|given| !given.value.eq_ignore_ascii_case(found));
        Self { has_changed, trust: Trust::Sure, counted: Vec::new() }
    }
}

/// Builds the sources and reads their texts; gives back each one's passages.
pub fn build<'t>(
    briefing: &mut Briefing,
    tables: &mut raw::Tables<'t>,
    hashed: Hashed,
    texts: &mut dyn FnMut(&str) -> Bytes,
    names: &mut Names<'t>,
    report: &mut Report<'_>,
) -> Vec<Passages<'t>> {
    let mut files: BTreeMap<Words<'_>, Site> = BTreeMap::new();
    let mut passages = Vec::with_capacity(tables.sources.len());
    let examined = thread::scope(|scope| {
        let mut read = Texts::new(scope);
        for Placed { at, value: raw } in tables.sources.drain(..) {
            let source = Ref::new(briefing.sources.len());
            let id = names.register(raw.id, at, Thing::Source(source), report);
            report.need(at, "a source", "file", &raw.file);
            let file = report.words(at, "file", raw.file);
            let hash = report.words(at, "sha256", raw.sha256);
            if let Some(file) = &file {
                if let Some(first) = files.insert(file.value.clone(), file.at) {
                    let message = format!("{} is another source already", ticked(&file.value));
                    let first = report.cite(first);
                    let help = format!("at {first}; two sources with one text would count twice");
                    report.add(Fault::new(Code::SameText, file.at, message).help(help));
                }
                if let Some(bytes) = contents(file, texts, report) {
                    let is_hashed = hashed == Hashed::All || hash.is_some();
                    read.take(Contents { source, path: seed(&file.value), bytes, is_hashed });
                }
            }
            let path = file.as_ref().map(|file| Safe::line(&file.value)).unwrap_or_default();
            briefing.sources.push(Source {
                title: report.line(at, "title", raw.title).unwrap_or_else(|| path.clone()),
                outlet: report.line(at, "outlet", raw.outlet),
                author: report.line(at, "author", raw.author),
                date: report.date(at, "date", raw.date),
                url: report.line(at, "url", raw.url),
                note: report.words(at, "note", raw.note).map(|note| Safe::text(&note.value)),
                id,
                file: path,
                text: None,
                asides: Vec::new(),
                unused: Vec::new(),
                quoted: Vec::new(),
            });
            passages.push(Passages {
                record: Record { file, hash, found: None },
                asides: report.tables(at, "aside", raw.aside),
                unused: report.tables(at, "unused", raw.unused),
            });
        }
        read.finish()
    });
    for Examined { source, text, hash, problems } in examined {
        problems.into_iter().for_each(|problem| report.push(problem));
        let passages = passages.get_mut(source.index());
        if let (Some(source), Some(passages)) = (briefing.sources.get_mut(source.index()), passages) {
            (source.text, passages.record.found) = (text, hash);
        }
    }
    passages
}

/// The bytes of a source's text, if they can be read.
fn contents(
    file: &Placed<Words<'_>>,
    texts: &mut dyn FnMut(&str) -> Bytes,
    report: &mut Report<'_>,
) -> Option<Cow<'static, [u8]>> {
    let fault = match texts(&file.value) {
        Ok(bytes) => return Some(bytes),
        Err(fault) => fault,
    };
    let message = format!("{} {fault}", ticked(&seed(&file.value)));
    report.add(Fault::new(fault.code(), file.at, message).help(fault.help()));
    None
}

/// The path of a source's file in the library.
pub fn seed(file: &str) -> Safe {
    Safe::line(&model::seed(file))
}

/// Says whether a source's text is the one whose hash was recorded. Where everything that is said of
/// the text stands there and nothing is counted in it, no new hash can hide that something drifted.
pub fn check_hash(source: &Source, record: &Record<'_>, state: &TextState, report: &mut Report<'_>) {
    let (Some(_), Some(file)) = (&source.text, &record.file) else { return };
    if record.hash.is_some() && !state.has_changed {
        return;
    }
    let mend = mending::hash(&source.id, record, state, report);
    match &record.hash {
        Some(given) => {
            let message = format!("{} is not the text whose hash this is", ticked(&seed(&file.value)));
            let next = match state.trust {
                Trust::Sure => "all that is quoted stands there; brief check --fix records the new hash",
                Trust::Proposed => "brief anchor shows what has drifted, and records the new hash",
            };
            let fault = Fault::new(Code::HashDiffers, given.at, message).mend(mend);
            let found = record.found.as_deref().unwrap_or_default();
            report.add(fault.help(format!("{next}, {found}")));
        }
        None => {
            let fault = Fault::new(Code::NoHash, file.at, "no hash is recorded of this text");
            report.add(fault.mend(mend).help("brief check --fix records it"));
        }
    }
}

/// A file's bytes as text. What is not UTF-8 becomes `�` and a problem; a
/// file that is no text at all is only a problem.
pub fn decode<'b>(
    path: &Safe,
    bytes: Result<Cow<'b, [u8]>, &ReadFault>,
    problems: &mut Vec<Problem>,
) -> Option<Cow<'b, str>> {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(fault) => {
            let problem = Problem::new(fault.code(), path, &format!("it {fault}"));
            problems.push(problem.help(fault.help()));
            return None;
        }
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let problem = Problem::new(Code::NotUtf8, path, "the file is UTF-16");
        problems.push(problem.help("save it as UTF-8"));
        return None;
    }
    let text = match bytes {
        Cow::Borrowed(bytes) => {
            str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| (error, bytes.into()))
        }
        Cow::Owned(bytes) => String::from_utf8(bytes)
            .map(Cow::Owned)
            .map_err(|error| (error.utf8_error(), Cow::Owned(error.into_bytes()))),
    };
    let (text, invalid) = match text {
        Ok(text) => (text, None),
        Err((error, bytes)) => {
            (String::from_utf8_lossy(&bytes).into_owned().into(), Some(error.valid_up_to()))
        }
    };
    if let Some(at) = invalid {
        let message = format!("byte {} is not UTF-8; `�` stands in its place", at + 1);
        let problem = Page::new(path.clone(), &text).problem(Code::NotUtf8, Span::new(at, at + 3), &message);
        problems.push(problem.help("save the file as UTF-8"));
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let message = "a NUL byte: this may be no text";
        let problem = Page::new(path.clone(), &text).problem(Code::NotUtf8, Span::new(at, at + 1), message);
        problems.push(problem.help("save the file as UTF-8 text"));
    }
    Some(text)
}
