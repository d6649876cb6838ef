//! How a file can be changed so that what is wrong with a quote or a passage goes away.
//!
//! A mend is *sure* only where the words themselves decide; whatever a person must judge is
//! *proposed*. It touches the value that is wrong, or adds a key on a line of its own.

use super::fields::Words;
use super::report::{Placed, Report, Site};
use crate::anchor::{Haystack, Miss, with_marks};
use crate::difference;
use crate::paste;
use crate::problem::{Mend, Page, Trust};
use crate::sanitize::Safe;
use crate::span::Span;
use crate::toml_string::toml_string;
use std::fmt;

/// Words in a TOML file that are to stand in a source.
pub struct Claim<'c> {
    /// What a person calls them.
    pub id: &'c dyn fmt::Display,
    /// The words, in parts where something is left out.
    pub words: &'c [Placed<Words<'c>>],
    /// Where `nth` goes if it is not given.
    pub slot: Slot,
    /// Which of several places is meant.
    pub nth: Option<&'c Placed<u32>>,
    /// The words that matter.
    pub key: Option<&'c Placed<Words<'c>>>,
}

/// A place for one key more in a table.
#[derive(Clone, Copy)]
pub struct Slot {
    /// The table: its header, or itself where it is written in braces.
    pub table: Site,
    /// The value that the key goes behind.
    pub behind: Site,
}

/// Why nothing is proposed for words that are not in a source.
pub enum Lack<'c> {
    /// Nothing like this part of them stands there.
    Part(&'c str),
    /// Their parts, or words like them, stand there in another order: on these lines, from 1.
    Order(Vec<usize>),
    /// Two of their parts, or words like them, stand there in one place.
    Shared,
    /// Looking for them took too long.
    GivenUp,
    /// There is no more to say.
    Unknown,
}

/// The most places of some words that are looked at one by one.
const PLACES: usize = 100;

impl Claim<'_> {
    /// Which of several places is meant, from 1; nothing where `nth` is none of them.
    pub fn number(&self) -> Option<usize> {
        self.nth.map(|nth| nth.value as usize).filter(|&nth| nth > 0)
    }

    /// The words as one, with an ellipsis between parts.
    pub fn joined(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|words| words.value.as_ref()).collect();
        words.join(" … ")
    }

    /// Writes the words as they stand at `parts` of the haystack.
    pub fn moved(
        &self,
        haystack: &mut Haystack<'_>,
        parts: &[Span],
        trust: Trust,
        report: &Report<'_>,
    ) -> Option<Mend> {
        let raw = haystack.raw();
        let (nth, of) = paste::standing(parts, haystack)?;
        let mut edits = Vec::new();
        for (words, part) in self.words.iter().zip(parts) {
            edits.push((words.at.span, toml_string(part.of(raw))));
        }
        match self.nth {
            Some(given) if given.value as usize != nth => edits.push((given.at.span, nth.to_string())),
            None if of > 1 => edits.push(self.slot.filled("nth", &nth.to_string(), report)),
            Some(_) | None => {}
        }
        let new: Vec<&str> = parts.iter().map(|part| part.of(raw)).collect();
        if let Some(key) = self.key.filter(|key| !new.iter().any(|words| words.contains(&*key.value))) {
            match (new.iter().find_map(|words| standing(words, &key.value)), trust) {
                (Some(words), _) => edits.push((key.at.span, toml_string(words))),
                (None, Trust::Sure) => return None,
                (None, Trust::Proposed) => {}
            }
        }
        let what = match trust {
            Trust::Sure => "marks and spaces as the source has them".to_owned(),
            Trust::Proposed => differing(&self.joined(), &new.join(" … ")),
        };
        Some(Mend { id: Safe::line(&self.id.to_string()), trust, what: Safe::line(&what), near: None, edits })
    }

    /// The nearest that the source has, for a person to judge.
    pub fn proposal(
        &self,
        haystack: &mut Haystack<'_>,
        page: &Page<'_>,
        report: &Report<'_>,
    ) -> Result<Mend, Lack<'_>> {
        let raw = haystack.raw();
        let mut near = Vec::with_capacity(self.words.len());
        for words in self.words {
            near.push(match haystack.find(&[&*words.value], None) {
                Ok(anchor) => anchor.span(),
                Err(Miss::Drifted { place, .. }) => with_marks(raw, place, &words.value),
                Err(Miss::Absent) => return Err(Lack::Part(&words.value)),
                Err(Miss::GivenUp) => return Err(Lack::GivenUp),
                Err(Miss::Beyond { .. } | Miss::NoText) => return Err(Lack::Unknown),
            });
        }
        if near.is_sorted_by(|a, b| a.end <= b.start)
            && let Some(mend) = self.moved(haystack, &near, Trust::Proposed, report)
        {
            return Ok(Mend { near: near.first().map(|place| page.line(place.start)), ..mend });
        }
        let words: Vec<&str> = near.iter().map(|place| place.of(raw)).collect();
        let anchor = haystack.find(&words, None).map_err(|miss| match miss {
            Miss::Drifted { .. } | Miss::Absent => out_of_order(near, page),
            Miss::GivenUp => Lack::GivenUp,
            Miss::Beyond { .. } | Miss::NoText => Lack::Unknown,
        })?;
        let mend = self.moved(haystack, &anchor.parts, Trust::Proposed, report).ok_or(Lack::Unknown)?;
        Ok(Mend { near: Some(page.line(anchor.span().start)), ..mend })
    }

    /// The words without the blanks around them, where only these keep them from being found.
    pub fn trimmed(&self, haystack: &mut Haystack<'_>, page: &Page<'_>, report: &Report<'_>) -> Option<Mend> {
        let words: Vec<&str> = self.words.iter().map(|words| words.value.trim()).collect();
        if words.iter().zip(self.words).all(|(trimmed, words)| *trimmed == words.value) {
            return None;
        }
        let anchor = haystack.find(&words, self.number()).ok()?;
        let is_one = self.number().is_some() || anchor.of == Some(1);
        let trust = if is_one { Trust::Sure } else { Trust::Proposed };
        let mend = self.moved(haystack, &anchor.parts, trust, report)?;
        let what = Safe::line("the same words, without the blanks around them");
        Some(Mend { what, near: Some(page.line(anchor.span().start)), ..mend })
    }

    /// What the words may have become, where they stood more often than `of` times: the nearest to them that is
    /// none of these places, or else the last of these, for a person to judge.
    pub fn left(
        &self,
        haystack: &mut Haystack<'_>,
        of: usize,
        page: &Page<'_>,
        report: &Report<'_>,
    ) -> Option<Mend> {
        let words: Vec<&str> = self.words.iter().map(|words| words.value.as_ref()).collect();
        let last = haystack.find(&words, Some(of)).ok()?.span();
        if let ([only], true) = (words.as_slice(), of <= PLACES) {
            let places = (1..=of).map(|nth| haystack.find(&words, Some(nth)).map(|anchor| anchor.span()));
            let places: Vec<Span> = places.collect::<Result<_, _>>().ok()?;
            let is_apart = |near: Span| places.iter().all(|at| near.end <= at.start || at.end <= near.start);
            let near = haystack.like(only).into_iter().map(|(place, _)| place).find(|near| is_apart(*near));
            if let Some(near) = near
                && let Some(mend) = self.moved(haystack, &[near], Trust::Proposed, report)
            {
                return Some(Mend { near: Some(page.line(near.start)), ..mend });
            }
        }
        Some(Mend {
            id: Safe::line(&self.id.to_string()),
            trust: Trust::Proposed,
            what: Safe::line(&format!("nth = {of}, if that place is meant")),
            near: Some(page.line(last.start)),
            edits: vec![(self.nth?.at.span, of.to_string())],
        })
    }

    /// Says which place is meant, where all others lie in asides.
    pub fn numbered(
        &self,
        haystack: &mut Haystack<'_>,
        of: usize,
        asides: &[Span],
        report: &Report<'_>,
    ) -> Option<Mend> {
        let words: Vec<&str> = self.words.iter().map(|words| words.value.as_ref()).collect();
        let is_outside = |nth: &usize| {
            let place = haystack.find(&words, Some(*nth)).map(|anchor| anchor.span());
            place.is_ok_and(|place| !asides.iter().any(|aside| aside.covers(place)))
        };
        let outside: Vec<usize> =
            if asides.is_empty() { Vec::new() } else { (1..=of.min(PLACES)).filter(is_outside).collect() };
        let ([nth], true) = (outside.as_slice(), of <= PLACES) else { return None };
        let edit = self.slot.filled("nth", &nth.to_string(), report);
        let what = Safe::line(&format!("nth = {nth}, the only place outside asides"));
        Some(Mend {
            id: Safe::line(&self.id.to_string()),
            trust: Trust::Sure,
            what,
            near: None,
            edits: vec![edit],
        })
    }
}

/// What is wrong with the places of parts that do not follow each other.
fn out_of_order<'c>(mut places: Vec<Span>, page: &Page<'_>) -> Lack<'c> {
    let lines = places.iter().map(|place| page.line(place.start)).collect();
    places.sort_unstable();
    if places.is_sorted_by(|a, b| a.end <= b.start) { Lack::Order(lines) } else { Lack::Shared }
}

/// What other words a text has, for a person to judge.
pub fn differing(old: &str, new: &str) -> String {
    difference::between(old, new).unwrap_or_else(|| {
        let words = new.split_whitespace();
        if words.clone().eq(old.split_whitespace()) {
            return "the same words, with other line breaks between them".to_owned();
        }
        words.collect::<Vec<_>>().join(" ")
    })
}

impl Slot {
    /// The edit that puts a key there: on a line of its own, set like the value's, or right behind the
    /// value where the table is written in braces.
    pub fn filled(self, key: &str, value: &str, report: &Report<'_>) -> (Span, String) {
        let text = report.text(self.behind);
        let Span { start, end } = self.behind.span;
        if Span::new(self.table.span.start, text.len()).of(text).starts_with('{') {
            return (Span::new(end, end), format!(", {key} = {value}"));
        }
        let (above, head) = Span::new(0, start).of(text).rsplit_once('\n').unwrap_or_default();
        let newline = if above.ends_with('\r') { "\r\n" } else { "\n" };
        let indent: String = head.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
        let width = head.find('=').map_or(0, |at| at.saturating_sub(indent.len() + 1));
        let line = Span::new(end, text.len()).of(text).lines().next().unwrap_or_default();
        let at = end + line.len();
        (Span::new(at, at), format!("{newline}{indent}{key:<width$} = {value}"))
    }
}

/// The words as they stand in a text that has them, whatever their marks and spaces.
fn standing<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    Haystack::new(text).find(&[words], None).ok().map(|anchor| anchor.span().of(text))
}
