//! What is found wrong while a briefing is read, in the order of its files, so many at the most.

use super::fields::At;
use crate::model::Written;
use crate::nearest::nearest;
use crate::order;
use crate::problem::{Code, Mend, Mistake, Page, Problem, Severity, ticked};
use crate::sanitize::Safe;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

/// A place in one of the briefing's TOML files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Which file.
    pub file: usize,
    /// Where in it: a value, a key, or the header of a table.
    pub span: Span,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    pub at: Site,
    pub value: T,
}

/// Something wrong at a place.
#[derive(Debug)]
pub struct Fault {
    code: Code,
    at: Site,
    message: String,
    help: Option<String>,
    mend: Option<Mend>,
}

/// What has been found wrong so far.
pub struct Report<'p> {
    pages: &'p [Page<'p>],
    /// The problems with what they are sorted by.
    found: Vec<(Place, Problem)>,
    /// What could be better, in the same way.
    hints: Vec<(Place, Problem)>,
    /// How many problems were found after the most that are kept.
    left_out: usize,
    /// The lines of each file that have syntax errors, sorted: what stands there may be garbled.
    garbled: Vec<Vec<usize>>,
    /// The most that is not read: what is missing elsewhere may be there.
    unread: Unread,
    /// The headers of each file's tables that others can be inside of, by the byte where each begins: its name and
    /// its keys, unless the format does not know it.
    headers: Vec<BTreeMap<usize, Option<(&'static str, Keys)>>>,
    /// The headers of tables inside others that have not begun: where each names the other, and what it says.
    early: Vec<(Site, String)>,
    /// The keys that a table has, but misspelt or with a value that is none, each with the file and the start of the
    /// table.
    awry: BTreeSet<(usize, usize, &'static str)>,
    /// How many more names may be looked through for "did you mean".
    comparisons: usize,
}

/// What is not read because of a mistake.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// Nothing.
    Nothing,
    /// What may name a thing.
    Name,
    /// A thing that may be named, or part of one.
    Thing,
    /// Lines, in which anything may stand.
    Lines,
}

/// The keys that a kind of table has.
type Keys = &'static [&'static str];

/// What problems are sorted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// A file of which nothing is read.
    Unread,
    /// In a TOML file, by its number, at a byte.
    In(usize, usize),
    /// Elsewhere.
    Elsewhere,
}

/// The most problems that are kept of a briefing.
const MOST: usize = 1000;
/// The most syntax errors that are kept of a file: one mistake can make many.
const MOST_SYNTAX: usize = 20;
/// The most names that are looked through for suggestions while a briefing is read.
const COMPARISONS: usize = 200_000;

impl Site {
    /// The place of what concerns a file as a whole.
    pub const fn top(file: usize) -> Self {
        Self { file, span: Span::new(0, 0) }
    }

    /// A place in the same file.
    pub fn of<T>(self, value: &At<T>) -> Self {
        Self { span: value.span(), ..self }
    }

    /// A value in the same file, with its place.
    pub fn placed<T>(self, value: At<T>) -> Placed<T> {
        Placed { at: self.of(&value), value: value.into_inner() }
    }
}

impl Fault {
    pub fn new(code: Code, at: Site, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), help: None, mend: None }
    }

    /// The same with what to do about it.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with how it can be mended, where that is known.
    pub fn mend(self, mend: Option<Mend>) -> Self {
        Self { mend, ..self }
    }
}

impl Unread {
    /// Whether something of such a kind may only seem to be wrong because of it.
    fn explains(self, code: Code) -> bool {
        match code {
            Code::UnknownId | Code::NoQuotes | Code::NothingThere => self >= Self::Thing,
            Code::NoAnswer | Code::NotQuoted | Code::Unused => self >= Self::Name,
            _ => false,
        }
    }
}

impl<'p> Report<'p> {
    pub fn new(pages: &'p [Page<'p>]) -> Self {
        Self {
            pages,
            found: Vec::new(),
            hints: Vec::new(),
            left_out: 0,
            garbled: vec![Vec::new(); pages.len()],
            unread: Unread::Nothing,
            headers: vec![BTreeMap::new(); pages.len()],
            early: Vec::new(),
            awry: BTreeSet::new(),
            comparisons: COMPARISONS,
        }
    }

    /// The briefing's TOML files.
    pub const fn pages(&self) -> &'p [Page<'p>] {
        self.pages
    }

    /// Notes something wrong at a place of a TOML file.
    pub fn add(&mut self, fault: Fault) {
        let Some(page) = self.pages.get(fault.at.file) else { return };
        let garbled = self.garbled.get(fault.at.file).map_or(&[][..], Vec::as_slice);
        let is_guess = match fault.code {
            Code::Syntax => false,
            Code::MissingKey | Code::NoQuotes | Code::Empty => !garbled.is_empty(),
            _ => garbled.binary_search(&page.line(fault.at.span.start)).is_ok(),
        };
        if is_guess || self.only_seems(fault.code) {
            return;
        }
        if matches!(fault.code, Code::UnknownKey | Code::WrongType | Code::UnknownId) {
            self.leaves(Unread::Name);
        }
        let is_hint = fault.code.severity() == Severity::Hint;
        if !is_hint && self.is_full() {
            self.left_out += 1;
            return;
        }
        let mut problem = page.problem(fault.code, fault.at.span, &fault.message);
        if let Some(help) = &fault.help {
            problem = problem.help(help);
        }
        problem.mend = fault.mend;
        let list = if is_hint { &mut self.hints } else { &mut self.found };
        list.push((Place::In(fault.at.file, fault.at.span.start), problem));
    }

    /// Whether what is found from now on is only counted, but for hints.
    pub const fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Keeps where a table with such keys begins that others can be inside of.
    pub fn begins(&mut self, name: &'static str, keys: Keys, at: Site) {
        if let Some(headers) = self.headers.get_mut(at.file) {
            headers.insert(at.span.start, Some((name, keys)));
        }
    }

    /// Keeps where a table begins that the format does not know: what others are inside of it is not known either.
    pub fn begins_unknown(&mut self, at: Site) {
        if let Some(headers) = self.headers.get_mut(at.file) {
            headers.insert(at.span.start, None);
        }
    }

    /// Whether such a table begins at a place.
    pub fn is_begun_unknown(&self, at: Site) -> bool {
        self.headers.get(at.file).and_then(|headers| headers.get(&at.span.start)).is_some_and(Option::is_none)
    }

    /// The table right above a place: where it begins, and what it is if that is known.
    fn above(&self, at: Site) -> Option<(usize, Option<(&'static str, Keys)>)> {
        let (start, table) = self.headers.get(at.file)?.range(..at.span.start).next_back()?;
        Some((*start, *table))
    }

    /// Whether a table that others are inside of stands right below one that the format does not know, and so
    /// may be inside of that one, whatever its header says.
    pub fn is_orphan(&self, at: Site) -> bool {
        self.above(at).is_some_and(|(_, table)| table.is_none())
    }

    /// Keeps a header of a table inside one that has not begun, of which what is above it shall be told.
    pub fn begins_early(&mut self, at: Site, header: String) {
        self.early.push((at, header));
    }

    /// Notes these, once it is known which tables a file has.
    pub fn all_begun(&mut self) {
        for (at, header) in mem::take(&mut self.early) {
            // What is wrong with the table that it may be inside of has been said.
            if self.is_orphan(at) {
                continue;
            }
            let (outer, inner) = header.split_once('.').unwrap_or((&header, ""));
            let above = self.above(at).and_then(|(_, table)| table).filter(|(_, keys)| keys.contains(&inner));
            let help = match above {
                Some((above, _)) => format!("write [[{above}.{inner}]], as it stands below [[{above}]]"),
                None => format!("put it below its own [[{outer}]]"),
            };
            let message = format!("`[[{header}]]` is part of a [[{outer}]], and none stands above it");
            self.add(Fault::new(Code::WrongType, at, message).help(help));
        }
    }

    /// Whether a table is inside the one that it seems to be: not where the one right above it is not known. Notes
    /// that another one stands right above it, if so.
    pub fn is_inside(&mut self, outer: Site, path: &[&str], at: Site) -> bool {
        let Some((start, above)) = self.above(at) else { return true };
        let Some((above, keys)) = above else { return false };
        if start == outer.span.start {
            return true;
        }
        let (name, line) = (path.join("."), self.line_number(outer));
        let message = format!("`[[{name}]]` is part of the table in line {line}, not of the one right above");
        let help = match path.last().filter(|key| keys.contains(key)) {
            Some(key) => {
                format!("put it right below its own; if that is the one right above, write [[{above}.{key}]]")
            }
            None => String::from("put it right below its own"),
        };
        self.add(Fault::new(Code::Astray, at, message).help(help));
        true
    }

    /// Notes that a mistake leaves something unread.
    pub fn leaves(&mut self, unread: Unread) {
        self.unread = self.unread.max(unread);
    }

    /// Notes why nothing of a TOML file is read; it is listed before what is wrong in the others.
    pub fn unread(&mut self, problem: Problem) {
        self.leaves(Unread::Lines);
        self.keep(Place::Unread, problem);
    }

    /// Notes something wrong elsewhere; it is listed after what is wrong in the TOML files.
    pub fn push(&mut self, problem: Problem) {
        self.keep(Place::Elsewhere, problem);
    }

    fn keep(&mut self, place: Place, problem: Problem) {
        if self.is_full() {
            self.left_out += 1;
        } else {
            self.found.push((place, problem));
        }
    }

    /// Notes a file's syntax errors, the first of each line.
    pub fn syntax(&mut self, file: usize, mut mistakes: Vec<Mistake>) {
        let Some(page) = self.pages.get(file) else { return };
        self.leaves(Unread::Lines);
        let line = |mistake: &Mistake| page.line(mistake.span.start);
        order::sort_by_key(&mut mistakes, |mistake| mistake.span);
        mistakes.dedup_by_key(|mistake| line(mistake));
        if let Some(garbled) = self.garbled.get_mut(file) {
            *garbled = mistakes.iter().map(line).collect();
        }
        // Several lines can hold one mistake, which is reported once: where it begins, and the last of them so far.
        let mut one: Option<(Mistake, usize)> = None;
        mistakes.retain(|mistake| {
            let at = line(mistake);
            let first = one.filter(|(first, last)| at == last + 1 && mistake.is_rest_of(*first));
            one = Some((first.map_or(*mistake, |(first, _)| first), at));
            first.is_none()
        });
        self.left_out += mistakes.len().saturating_sub(MOST_SYNTAX);
        for mistake in mistakes.into_iter().take(MOST_SYNTAX) {
            let fault = Fault::new(Code::Syntax, Site { file, span: mistake.span }, mistake.message());
            self.add(fault.help(mistake.help()));
        }
    }

    /// Whether the head of the briefing, whose files have their heads at such places, lacks a key: it has none that was
    /// meant to be that, and no line is unread in which it may stand.
    pub fn lacks(&self, heads: &[Site], key: &'static str) -> bool {
        self.unread < Unread::Lines && !heads.iter().any(|&head| self.is_awry(head, key))
    }

    /// Whether such a thing may only seem to be wrong because of what is not read.
    pub fn only_seems(&self, code: Code) -> bool {
        self.unread.explains(code)
    }

    /// Whether everything that stands in the files is read.
    pub fn is_whole(&self) -> bool {
        self.unread == Unread::Nothing
    }

    /// The name that a word was most likely meant to be; nothing once the names that were looked through are too many.
    fn likely<'n>(&mut self, word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        let names = names.into_iter();
        let cost = names.size_hint().1?;
        self.comparisons = self.comparisons.checked_sub(cost)?;
        nearest(word, names, 1).first().copied()
    }

    /// The same as a question.
    pub fn suggest<'n>(&mut self, word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
        self.likely(word, names).map(|name| format!("did you mean {}?", ticked(name)))
    }

    /// The same of a key of a table.
    pub fn suggest_key(&mut self, word: &str, table: Site, keys: Keys) -> Option<String> {
        let key = self.likely(word, keys.iter().copied())?;
        self.goes_awry(table, key);
        Some(format!("did you mean {}?", ticked(key)))
    }

    /// Notes that a table has a key, but misspelt or with a value that is none. So it is not missed there.
    pub fn goes_awry(&mut self, table: Site, key: &'static str) {
        self.awry.insert((table.file, table.span.start, key));
    }

    /// Whether a table has a key in such a way.
    pub fn is_awry(&self, table: Site, key: &'static str) -> bool {
        self.awry.contains(&(table.file, table.span.start, key))
    }

    /// The first few of the names there are; nothing where there are none, or once the names that
    /// were looked through are too many.
    pub fn known<'n>(&mut self, names: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
        const SHOWN: usize = 5;
        self.comparisons = self.comparisons.checked_sub(names.size_hint().1?)?;
        let shown: Vec<String> = names.clone().take(SHOWN).map(ticked).collect();
        let more = if names.count() > SHOWN { ", ..." } else { "" };
        (!shown.is_empty()).then(|| format!("known are {}{more}", shown.join(", ")))
    }

    /// A place as `file:line`.
    pub fn cite(&self, at: Site) -> String {
        let page = self.pages.get(at.file);
        page.map(|page| format!("{}:{}", page.file(), page.line(at.span.start))).unwrap_or_default()
    }

    /// The file and the line of a place.
    pub fn written(&self, at: Site) -> Written {
        let file = self.pages.get(at.file).map(|page| page.file().clone()).unwrap_or_default();
        Written { file, line: self.line_number(at) }
    }

    /// The line of a place in its file, from 1.
    pub fn line_number(&self, at: Site) -> usize {
        self.pages.get(at.file).map_or(0, |page| page.line(at.span.start))
    }

    /// The text of the file that a place is in.
    pub fn text(&self, at: Site) -> &'p str {
        self.pages.get(at.file).map_or("", Page::text)
    }

    /// Everything found, the files that are not read first, the others in their order: the problems, and the hints.
    pub fn finish(self, folder: &Safe) -> (Vec<Problem>, Vec<Problem>) {
        let sorted = |mut list: Vec<(Place, Problem)>| -> Vec<Problem> {
            order::sort_by_key(&mut list, |(place, _)| *place);
            list.into_iter().map(|(_, problem)| problem).collect()
        };
        let (mut problems, hints) = (sorted(self.found), sorted(self.hints));
        if self.left_out > 0 {
            let noun = if self.left_out == 1 { "problem" } else { "problems" };
            let message = format!("and {} more {noun}", self.left_out);
            problems.push(Problem::new(Code::TooMany, folder, &message).help("mend those above first"));
        }
        (problems, hints)
    }
}
