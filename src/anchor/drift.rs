//! Where a quote that is no longer there probably stood: the stretch of words nearest to it.
//!
//! Words are compared whole, without case, marks on letters and punctuation; only those at the edges by their letters
//! too. The place is a proposal for a person; nothing paints it as the quote.

use super::Miss;
use super::edges::{Edge, letters};
use crate::order;
use crate::punctuation;
use crate::span::Span;
use foldhash::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_segmentation::UnicodeSegmentation;

/// The least agreement that is worth proposing, in percent of the quote's words.
const LEAST: usize = 60;
/// A quote of so few words is proposed only where all of them stand.
const FEW: usize = 2;

/// The words of a source, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    raw: &'t str,
    /// What each is compared by, and where it stands.
    words: Vec<(u64, Span)>,
}

/// The words of a quote, and what each is compared by.
struct Wanted<'q> {
    words: Vec<&'q str>,
    hashes: Vec<u64>,
}

impl<'q> Wanted<'q> {
    fn new(words: impl Iterator<Item = &'q str>) -> Self {
        let words: Vec<&str> = words.collect();
        let mut letters = Letters::default();
        Self { hashes: words.iter().map(|word| letters.hash(word)).collect(), words }
    }
}

/// How a beginning of the quote fits a stretch of words: how many changes that takes, and below
/// [`CHANGE`] the word at which the stretch starts. The least is the best.
type Fit = u64;

const CHANGE: Fit = 1 << 32;

impl<'t> Words<'t> {
    pub(super) fn new(raw: &'t str) -> Self {
        let mut letters = Letters::default();
        let words = raw.unicode_word_indices();
        let words = words.map(|(at, word)| (letters.hash(word), Span::new(at, at + word.len()))).collect();
        Self { raw, words }
    }

    /// The stretch nearest to the words of `fragments`, if one is near enough to be proposed.
    ///
    /// Each pair of a word of the source and one of the quote is a step, taken off `steps`; where
    /// these do not suffice the search is given up. The changes are those of P. H. Sellers, "The theory
    /// and computation of evolutionary distances" (1980): from the whole quote to any stretch.
    pub(super) fn nearest(&self, fragments: &[impl AsRef<str>], steps: &mut usize) -> Miss {
        let quote = Wanted::new(fragments.iter().flat_map(|fragment| fragment.as_ref().unicode_words()));
        let Some(left) = steps.checked_sub(quote.words.len().saturating_mul(self.words.len())) else {
            return Miss::GivenUp;
        };
        *steps = left;
        match self.stretch(&quote) {
            Some((place, agreement)) => Miss::Drifted { place, agreement },
            None => Miss::Absent,
        }
    }

    /// The stretch nearest to the quote's words, and the percent of those words it keeps.
    fn stretch(&self, quote: &Wanted<'_>) -> Option<(Span, u8)> {
        let mut best: Option<(Fit, usize)> = None;
        self.fits(&quote.hashes, |fit, at| {
            if best.is_none_or(|best| is_nearer((fit, at), best)) {
                best = Some((fit, at));
            }
        });
        self.place(quote, best?)
    }

    /// The stretches near enough to the words to be proposed, none inside another, the nearest first.
    pub(super) fn near(&self, words: &str, steps: &mut usize) -> Vec<(Span, u8)> {
        let quote = Wanted::new(words.unicode_words());
        let Some(left) = steps.checked_sub(quote.words.len().saturating_mul(self.words.len())) else {
            return Vec::new();
        };
        *steps = left;
        let mut found: Vec<(Fit, usize)> = Vec::new();
        self.fits(&quote.hashes, |fit, at| {
            if agreement(&quote, fit).is_none() {
                return;
            }
            match found.last_mut() {
                Some(last) if fit % CHANGE <= last.1 as Fit => {
                    if is_nearer((fit, at), *last) {
                        *last = (fit, at);
                    }
                }
                Some(_) | None => found.push((fit, at)),
            }
        });
        order::sort_by_key(&mut found, |(fit, _)| fit / CHANGE);
        found.into_iter().filter_map(|found| self.place(&quote, found)).collect()
    }

    /// For each word of the source, how the whole quote fits the best stretch that ends there.
    fn fits(&self, quote: &[u64], mut each: impl FnMut(Fit, usize)) {
        let mut fits: Vec<Fit> = (1..).map(|changes| changes * CHANGE).take(quote.len()).collect();
        for (at, &(word, _)) in self.words.iter().enumerate() {
            let mut before = at as Fit;
            let mut fit = before + 1;
            for (&wanted, cell) in quote.iter().zip(&mut fits) {
                let changed = if wanted == word { 0 } else { CHANGE };
                fit = (before + changed).min(fit + CHANGE).min(*cell + CHANGE);
                before = std::mem::replace(cell, fit);
            }
            each(fit, at);
        }
    }

    /// The stretch behind a fit and the word it ends with, if it keeps enough of the quote's words.
    fn place(&self, quote: &Wanted<'_>, (fit, last): (Fit, usize)) -> Option<(Span, u8)> {
        let agreement = agreement(quote, fit)?;
        let first = usize::try_from(fit % CHANGE).ok()?;
        let (first, last) = (self.first(quote, first, last)?, self.last(quote, first, last)?);
        Some((Span::new(first.start, last.end), agreement))
    }

    /// The first word of the passage that the words of a stretch are of.
    fn first(&self, quote: &Wanted<'_>, first: usize, last: usize) -> Option<Span> {
        let before = first.checked_sub(1).filter(|&before| self.is_in_one_breath(before, first));
        let words = self.words.get(first..=last)?.iter().map(|(_, span)| span.of(self.raw));
        Some(match Edge::first(quote.words.iter().copied(), words, before.and_then(|at| self.word(at))) {
            Edge::Here => self.words.get(first)?.1,
            Edge::Further => self.words.get(before?)?.1,
            Edge::Nearer => self.words.get(first + 1)?.1,
        })
    }

    /// The last one.
    fn last(&self, quote: &Wanted<'_>, first: usize, last: usize) -> Option<Span> {
        let behind = Some(last + 1).filter(|&behind| self.is_in_one_breath(last, behind));
        let words = self.words.get(first..=last)?.iter().rev().map(|(_, span)| span.of(self.raw));
        Some(
            match Edge::last(quote.words.iter().rev().copied(), words, behind.and_then(|at| self.word(at))) {
                Edge::Here => self.words.get(last)?.1,
                Edge::Further => self.words.get(behind?)?.1,
                Edge::Nearer => self.words.get(last.checked_sub(1)?)?.1,
            },
        )
    }

    fn word(&self, at: usize) -> Option<&'t str> {
        self.words.get(at).map(|(_, span)| span.of(self.raw))
    }

    /// Whether only a blank, a line end or a dash parts a word from the next.
    fn is_in_one_breath(&self, at: usize, next: usize) -> bool {
        let (Some((_, at)), Some((_, next))) = (self.words.get(at), self.words.get(next)) else {
            return false;
        };
        let between = Span::new(at.end, next.start).of(self.raw);
        let is_dash = |c: char| c == '-' || punctuation::plain(c) == Some('-');
        between.chars().all(|c| c.is_whitespace() || is_dash(c)) && between.matches('\n').count() < 2
    }
}

/// The percent of the quote's words that a fit keeps, if they are enough to be proposed.
fn agreement(quote: &Wanted<'_>, fit: Fit) -> Option<u8> {
    let words = quote.words.len();
    let changes = usize::try_from(fit / CHANGE).ok()?;
    let agreement = words.checked_sub(changes)? * 100 / words.max(1);
    let least = if words <= FEW { 100 } else { LEAST };
    if agreement < least { None } else { u8::try_from(agreement).ok() }
}

/// Whether one fit is nearer than another, or as near and one word longer.
fn is_nearer((fit, at): (Fit, usize), (least, last): (Fit, usize)) -> bool {
    fit / CHANGE < least / CHANGE || fit == least && at == last + 1
}

/// What the letters of words are compared as, each looked up once: a text has few, again and again.
#[derive(Default)]
struct Letters {
    known: HashMap<char, String>,
}

impl Letters {
    /// What a word is compared by: its letters and digits, without case and, however they are composed, their marks.
    fn hash(&mut self, word: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        for c in word.chars() {
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase().hash(&mut hasher);
                }
                continue;
            }
            for c in self.known.entry(c).or_insert_with(|| letters(c.encode_utf8(&mut [0; 4]))).chars() {
                c.hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}
