//! Sources: from their tables to the model, each with its text.

use super::fields::{Value, Words};
use super::hashes::{Record, seed};
use super::names::Thing;
use super::raw;
use super::report::{Fault, Placed, Report, Site};
use super::texts::{Contents, Examined, Texts};
use super::{Bytes, Hashed, Making, ReadFault};
use crate::address::is_on_the_web;
use crate::model::{Ref, Source};
use crate::order;
use crate::problem::{Code, ticked};
use crate::sanitize::Safe;
use crate::toml_string::toml_string;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::thread;

/// What a source's table says of its text, still to be looked for there.
pub struct Passages<'t> {
    pub record: Record<'t>,
    pub asides: Vec<Placed<raw::Aside<'t>>>,
    pub unused: Vec<Placed<raw::Unused<'t>>>,
}

impl<'t> Making<'t> {
    /// Builds the sources and reads their texts; gives back each one's passages.
    pub fn sources(&mut self, hashed: Hashed, texts: &mut dyn FnMut(&str) -> Bytes) -> Vec<Passages<'t>> {
        let Self { briefing, tables, names, report, .. } = self;
        let mut files: BTreeMap<Words<'_>, Site> = BTreeMap::new();
        let mut passages = Vec::with_capacity(tables.sources.len());
        let examined = thread::scope(|scope| {
            let mut read = Texts::new(scope);
            for Placed { at, value: raw } in tables.sources.drain(..) {
                let source = Ref::new(briefing.sources.len());
                let id = names.register(raw.id, at, Thing::Source(source), report);
                report.need(at, "a source", "file", &raw.file);
                let file = report.words(at, "file", raw.file);
                let hash = report.field(at, "sha256", raw.sha256);
                if let Some(file) = &file {
                    if let Some(first) = files.insert(file.value.clone(), file.at) {
                        let message = format!("{} is another source already", ticked(&file.value));
                        same_text(message, file.at, first, report);
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
                    url: url(at, raw.url, report),
                    note: report.words(at, "note", raw.note).map(|note| Safe::text(&note.value)),
                    id,
                    file: path,
                    text: None,
                    asides: Vec::new(),
                    unused: Vec::new(),
                    quoted: Vec::new(),
                });
                passages.push(Passages {
                    record: Record { table: at, file, hash, found: None },
                    asides: report.tables(at, &["source", "aside"], raw.aside),
                    unused: report.tables(at, &["source", "unused"], raw.unused),
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
        same_texts(&briefing.sources, &passages, report);
        passages
    }
}

/// Reports the files whose text another has already, each once. Only texts of one length are compared.
fn same_texts(sources: &[Source], passages: &[Passages<'_>], report: &mut Report<'_>) {
    let mut files = HashSet::new();
    let texts = sources.iter().zip(passages).filter_map(|(source, passages)| {
        let text = source.text.as_ref().filter(|text| !text.paragraphs.is_empty())?;
        let file = passages.record.file.as_ref()?;
        files.insert(&*file.value).then(|| (text.raw(), file))
    });
    let mut texts: Vec<(&str, &Placed<Words<'_>>)> = texts.collect();
    order::sort_by_key(&mut texts, |(text, _)| text.len());
    for alike in texts.chunk_by(|(one, _), (other, _)| one.len() == other.len()) {
        let mut firsts: HashMap<&str, &Placed<Words<'_>>> = HashMap::new();
        for &(text, file) in alike.iter().filter(|_| alike.len() > 1) {
            if let Some(first) = firsts.get(text) {
                let message = format!("{} holds the text of {}", ticked(&file.value), ticked(&first.value));
                same_text(message, file.at, first.at, report);
            } else {
                firsts.insert(text, file);
            }
        }
    }
}

fn same_text(message: String, at: Site, first: Site, report: &mut Report<'_>) {
    let help = format!("at {}; two sources with one text would count twice", report.cite(first));
    report.add(Fault::new(Code::SameText, at, message).help(help));
}

/// Where a source can be read; what is not on the web stays, and is neither opened nor linked to.
fn url(table: Site, value: Value<Words<'_>>, report: &mut Report<'_>) -> Option<Safe> {
    let at = value.as_ref().map(|value| table.of(value));
    let url = report.line(table, "url", value)?;
    if let Some(at) = at.filter(|_| !is_on_the_web(&url)) {
        let whole = format!("https://{url}");
        let help = if !url.contains(':') && is_on_the_web(&whole) {
            format!("write {whole}")
        } else {
            "write one that begins with https:// and holds no blank, or leave it out".to_owned()
        };
        let message = format!("{} is no address on the web", ticked(&url));
        report.add(Fault::new(Code::NoAddress, at, message).help(help));
    }
    Some(url)
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
    let names = match fault {
        ReadFault::Missing | ReadFault::Outside => meant(&file.value),
        ReadFault::Unnamed
        | ReadFault::NoFile(_)
        | ReadFault::Changed
        | ReadFault::TooLarge(_)
        | ReadFault::LibraryTooLarge(_)
        | ReadFault::Refused(_) => Vec::new(),
    };
    let help = match names.into_iter().find(|other| texts(other).is_ok()) {
        Some(other) => format!("write file = {}", toml_string(&other)),
        None => fault.help().to_owned(),
    };
    report.add(Fault::new(fault.code(), file.at, message).help(help));
    None
}

/// What else may be meant by the name of a file: the same from `seeds/`, in small letters, or with its ending.
fn meant(file: &str) -> Vec<String> {
    let path = file.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let path = path.strip_prefix("seeds/").unwrap_or(path);
    let small = path.to_lowercase();
    let forms = [path.to_owned(), format!("{path}.txt"), format!("{small}.txt"), small];
    forms.into_iter().filter(|form| form != file).collect()
}
