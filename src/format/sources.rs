//! Source texts: from bytes to words, and what is wrong with them.

use super::names::{Names, Thing};
use super::raw;
use super::report::{Fault, Placed, Report, Site};
use super::{Bytes, ReadFault, mending};
use crate::digest::sha256;
use crate::model::{Briefing, Ref, Source, SourceText};
use crate::problem::{Certainty, Code, Page, Problem, ticked};
use crate::sanitize::Safe;
use crate::span::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::string::FromUtf8Error;

/// What a source's table says of its text, still to be looked for there.
pub struct Passages {
    pub record: Record,
    pub asides: Vec<Placed<raw::Aside>>,
    pub unused: Vec<Placed<raw::Unused>>,
}

/// What is recorded of a source's file.
pub struct Record {
    pub file: Option<Placed<String>>,
    pub hash: Option<Placed<String>>,
}

/// How a text stands to what is recorded and said of it.
pub struct TextState {
    /// Its SHA-256.
    pub hash: String,
    /// Whether another hash is recorded.
    pub has_changed: bool,
    /// Whether all that is said of it stands there, and nothing needed counting.
    pub steadiness: Certainty,
    /// What was counted in it before it changed, each with the line that it leads to now.
    pub counted: Vec<String>,
}

impl TextState {
    /// The state of a text, before anything is looked for in it.
    pub fn new(text: &SourceText, record: &Record) -> Self {
        let hash = sha256(text.raw().as_bytes());
        let has_changed = record.hash.as_ref().is_some_and(|given| !given.value.eq_ignore_ascii_case(&hash));
        Self { hash, has_changed, steadiness: Certainty::Sure, counted: Vec::new() }
    }
}

/// Builds the sources and reads their texts; gives back each one's passages.
pub fn build(
    briefing: &mut Briefing,
    tables: &mut raw::Tables,
    texts: &mut dyn FnMut(&str) -> Bytes,
    names: &mut Names,
    report: &mut Report<'_>,
) -> Vec<Passages> {
    let mut files: BTreeMap<String, Site> = BTreeMap::new();
    let mut passages = Vec::with_capacity(tables.sources.len());
    for Placed { at, value: raw } in tables.sources.drain(..) {
        let id = names.register(raw.id, at, Thing::Source(Ref::new(briefing.sources.len())), report);
        report.need(at, "a source", "file", &raw.file);
        let file = report.words(at, "file", raw.file);
        let hash = report.words(at, "sha256", raw.sha256);
        let text = file.as_ref().and_then(|file| {
            if let Some(first) = files.insert(file.value.clone(), file.at) {
                let message = format!("{} is another source already", ticked(&file.value));
                let help = format!("at {}; two sources with one text would count twice", report.cite(first));
                report.add(Fault::new(Code::SameText, file.at, message).help(help));
            }
            text(file, texts, report)
        });
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
            text,
            asides: Vec::new(),
            unused: Vec::new(),
            quoted: Vec::new(),
        });
        passages.push(Passages {
            record: Record { file, hash },
            asides: report.tables(at, "aside", raw.aside),
            unused: report.tables(at, "unused", raw.unused),
        });
    }
    passages
}

/// Reads a source's text, and says what is odd about it.
fn text(
    file: &Placed<String>,
    texts: &mut dyn FnMut(&str) -> Bytes,
    report: &mut Report<'_>,
) -> Option<SourceText> {
    let path = Safe::line(&format!("seeds/{}", file.value));
    let bytes = match texts(&file.value) {
        Ok(bytes) => bytes,
        Err(fault) => {
            let message = format!("{} {fault}", ticked(&path));
            report.add(Fault::new(fault.code(), file.at, message).help(fault.help()));
            return None;
        }
    };
    let mut problems = Vec::new();
    let text = decode(&path, Ok(bytes), &mut problems);
    problems.into_iter().for_each(|problem| report.push(problem));
    let text = SourceText::new(text?.into_owned());
    let page = Page::new(path, text.raw());
    if text.paragraphs.is_empty() {
        let problem = Problem::new(Code::NothingThere, page.file(), "the source is empty");
        report.push(problem.help("put its text there"));
    }
    if let Some(first) = text.shown.hidden().first() {
        let (count, name) = (text.shown.hidden().len(), first.name());
        let message = match count {
            1 => format!("{name} cannot be seen; a mark stands in its place"),
            _ => {
                format!("{count} characters cannot be seen, {name} is the first; marks stand in their places")
            }
        };
        let help = "nothing is lost; see whether the text was copied well";
        report.push(page.problem(Code::HiddenCharacters, first.at, &message).help(help));
    }
    Some(text)
}

/// Says whether a source's text is the one whose hash was recorded. Where everything that is said of
/// the text stands there and nothing is counted in it, no new hash can hide that something drifted.
pub fn check_hash(source: &Source, record: &Record, state: &TextState, report: &mut Report<'_>) {
    let (Some(text), Some(file)) = (&source.text, &record.file) else { return };
    // The hash is of the bytes; where these are no UTF-8 the text is not what they are.
    let is_whole = !text.raw().contains('\u{FFFD}');
    let mend = if is_whole { mending::hash(&source.id, record, state, report) } else { None };
    match &record.hash {
        Some(given) if state.has_changed => {
            let message =
                format!("{} is not the text whose hash this is", ticked(&format!("seeds/{}", file.value)));
            let next = match state.steadiness {
                Certainty::Sure => "all that is quoted stands there; brief check --fix records the new hash",
                Certainty::Proposed => "brief anchor shows what has drifted, and records the new hash",
            };
            let fault = Fault::new(Code::HashDiffers, given.at, message).mend(mend);
            report.add(fault.help(format!("{next}, {}", state.hash)));
        }
        Some(_) => {}
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
    let invalid = std::str::from_utf8(&bytes).err().map(|error| error.valid_up_to());
    let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
    let text = match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).unwrap_or_else(lossy)),
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
