//! What a reader asks: terms that must all be met, and filters that narrow the cards.
//!
//! `word` stands anywhere, `'word` just so, `^word` at the beginning of a field, `word$` at its end,
//! `"two words"` together, `!word` nowhere; `topic:` and its like narrow. A capital makes its term
//! mind case. What is not finished, as a mark alone or `topic:`, asks nothing yet.

use super::filter::{Filter, Name};
use super::fold::{Case, fold};
use super::term::{How, Term};
use crate::model::Briefing;
use crate::nearest::nearest;
use crate::span::Span;

/// So many bytes of what was typed are read: a paste may be long, a question is not.
const LENGTH: usize = 1024;
/// So many terms, and so many filters, are taken up.
pub(super) const TERMS: usize = 32;

/// As much of what was typed as is read of it.
#[must_use]
pub fn heeded(typed: &str) -> &str {
    Span::new(0, typed.floor_char_boundary(LENGTH)).of(typed)
}

/// A search, read from what was typed.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub(super) terms: Vec<Term>,
    pub(super) filters: Vec<Filter>,
    /// All that was typed, as one run of words.
    pub(super) phrase: Option<Term>,
    /// Whether letters may stand scattered.
    pub(super) loose: bool,
    /// The first word before a colon that is the name of no filter.
    pub(super) misnamed: Option<String>,
}

impl Query {
    /// Reads a query. Everything that can be typed is one.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let typed = fold(heeded(typed), Case::Kept);
        let mut query = Self { phrase: phrase(&typed), ..Self::default() };
        let mut rest = typed.trim_start();
        while !rest.is_empty() && query.filters.len() < TERMS {
            rest = query.read(rest).trim_start();
        }
        query
    }

    /// Whether it asks nothing, and so everything answers it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// A sentence for each filter whose value nothing in the briefing has, with what is nearest to it.
    pub(super) fn unknown(&self, briefing: &Briefing) -> Vec<String> {
        self.filters.iter().filter_map(|filter| filter.unknown(briefing)).collect()
    }

    /// Says, where nothing was found, that there is no filter of a name that was typed as one, and what is nearest.
    pub(super) fn misnamed(&self) -> Option<String> {
        let typed = self.misnamed.as_ref()?;
        let names = Name::ALL.map(Name::word);
        let (there_is, names) = match nearest(typed, names, 3) {
            near if near.is_empty() => ("there are", names.to_vec()),
            near => ("the nearest", near),
        };
        Some(format!("there is no filter “{typed}:”; {there_is}: {}", names.join(", ")))
    }

    /// Why nothing may have been found: the first value that nothing has, else a filter that there is not.
    #[must_use]
    pub fn why_nothing(&self, briefing: &Briefing) -> Option<String> {
        self.unknown(briefing).into_iter().next().or_else(|| self.misnamed())
    }

    /// Whether whatever answers this answers `other` as well, so that it is enough to look there.
    pub(super) fn narrows(&self, other: &Self) -> bool {
        let terms = self.terms.get(..other.terms.len());
        self.filters.starts_with(&other.filters)
            && terms
                .is_some_and(|terms| terms.iter().zip(&other.terms).all(|(term, other)| term.narrows(other)))
    }

    /// Whether its letters may stand scattered where nothing has its words.
    pub(super) fn can_scatter(&self) -> bool {
        !self.loose && !self.terms.is_empty()
    }

    /// The longest of its terms, which every text meets that meets them all.
    pub(super) fn must_have(&self) -> Option<&Term> {
        self.terms.iter().filter(|term| !term.not).max_by_key(|term| term.len())
    }

    /// Takes up the first term or filter and returns what follows it.
    fn read<'t>(&mut self, typed: &'t str) -> &'t str {
        let (not, typed) = mark(typed, '!');
        if let Some((name, value)) = Name::read(typed) {
            let (value, rest) = words(value);
            if !value.is_empty() {
                self.filters.push(Filter { name, value: value.to_owned(), not });
            }
            return rest;
        }
        if self.misnamed.is_none() {
            self.misnamed = like_a_filter(typed).map(str::to_owned);
        }
        let (exact, typed) = mark(typed, '\'');
        let (start, typed) = mark(typed, '^');
        let quoted = typed.starts_with('"');
        let (words, rest) = words(typed);
        let (words, end) = match words.strip_suffix('$') {
            Some(words) if !quoted => (words, true),
            _ => (words, false),
        };
        let how = match (start, end) {
            (true, true) => How::Whole,
            (true, false) => How::Start,
            (false, true) => How::End,
            (false, false) if exact || quoted => How::Exact,
            (false, false) => How::Plain,
        };
        if !words.is_empty() && self.terms.len() < TERMS {
            self.terms.push(Term::new(words, how, not));
        }
        rest
    }
}

/// The name of the filter that `typed` would begin with, if there were one of that name. An address begins with none.
fn like_a_filter(typed: &str) -> Option<&str> {
    let (name, rest) = typed.split_once(':')?;
    let is_name = name.len() > 1 && name.chars().all(char::is_alphabetic);
    (is_name && !rest.starts_with("//")).then_some(name)
}

fn mark(typed: &str, mark: char) -> (bool, &str) {
    match typed.strip_prefix(mark) {
        Some(rest) => (true, rest),
        None => (false, typed),
    }
}

/// The word or the quoted words that `typed` begins with, and the rest. A quotation mark that is
/// not closed yet quotes everything.
fn words(typed: &str) -> (&str, &str) {
    match typed.strip_prefix('"') {
        Some(quoted) => {
            let (words, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
            (words.trim(), rest)
        }
        None => typed.split_once(' ').unwrap_or((typed, "")),
    }
}

/// The whole of `typed` as one run of words; a leading `'` and quotation marks round it ask for that too.
fn phrase(typed: &str) -> Option<Term> {
    let words = typed.trim();
    let words = words.strip_prefix('\'').unwrap_or(words);
    let words = match words.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).trim(),
        None => words,
    };
    (!words.is_empty()).then(|| Term::new(words, How::Exact, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unfinished_asks_nothing() {
        for typed in
            ["", "  ", "'", "!", "^", "$", "^$", "!'", "!^", "\"", "“”", "topic:", "!topic:", "topic:\""]
        {
            assert!(Query::parse(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn terms_and_filters_are_told_apart() {
        let cases = [
            ("land  for\u{a0}peace", 3, 0),
            ("“land for” peace", 2, 0),
            ("land \"for peace", 2, 0),
            ("topic:land peace", 1, 1),
            ("Topic:“land swap” !source:axios", 0, 2),
            ("http://x a:b", 2, 0),
            ("$80 80$ ^a$", 3, 0),
        ];
        for (typed, terms, filters) in cases {
            let query = Query::parse(typed);
            assert_eq!((query.terms.len(), query.filters.len()), (terms, filters), "{typed}");
        }
    }

    #[test]
    fn what_looks_like_a_filter_and_is_none_is_named() {
        let cases = [
            ("fare stats:open", Some("there is no filter “stats:”; the nearest: status")),
            ("!date:2025", Some("there is no filter “date:”; there are: topic, actor, ")),
            ("stats: open", Some("there is no filter “stats:”; ")),
            ("kind:nosuch topic:", None),
            ("http://example.org 10:30 \"date:2025\" 'date:2025 a:b :x", None),
        ];
        for (typed, want) in cases {
            let said = Query::parse(typed).misnamed();
            let is_said = want
                .map_or(said.is_none(), |want| said.as_deref().is_some_and(|said| said.starts_with(want)));
            assert!(is_said, "{typed}: {said:?}");
        }
    }
}
