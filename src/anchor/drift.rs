//! Where a quote that is no longer there probably stood: the stretch of words nearest to it.
//!
//! Words are compared whole, without case and punctuation. The place is a proposal for a person;
//! nothing paints it as the quote.

use super::Miss;
use crate::order;
use crate::span::Span;
use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_segmentation::UnicodeSegmentation;

/// The least agreement that is worth proposing, in percent of the quote's words.
const LEAST: usize = 60;
/// A quote of so few words is proposed only where all of them stand.
const FEW: usize = 2;

/// The words of a source, ready to be compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(Vec<(u64, Span)>);

/// How a beginning of the quote fits a stretch of words: how many changes that takes, and below
/// [`CHANGE`] the word at which the stretch starts. The least is the best.
type Fit = u64;

const CHANGE: Fit = 1 << 32;

impl Words {
    pub(super) fn new(text: &str) -> Self {
        let words = text.unicode_word_indices();
        Self(words.map(|(at, word)| (hash(word), Span::new(at, at + word.len()))).collect())
    }

    /// The stretch nearest to the words of `fragments`, if one is near enough to be proposed.
    ///
    /// Each pair of a word of the source and one of the quote is a step, taken off `steps`; where
    /// these do not suffice the search is given up. The changes are those of P. H. Sellers, "The theory
    /// and computation of evolutionary distances" (1980): from the whole quote to any stretch.
    pub(super) fn nearest(&self, fragments: &[impl AsRef<str>], steps: &mut usize) -> Miss {
        let words = fragments.iter().flat_map(|fragment| fragment.as_ref().unicode_words());
        let quote: Vec<u64> = words.map(hash).collect();
        let Some(left) = steps.checked_sub(quote.len().saturating_mul(self.0.len())) else {
            return Miss::GivenUp;
        };
        *steps = left;
        match self.stretch(&quote) {
            Some((place, agreement)) => Miss::Drifted { place, agreement },
            None => Miss::Absent,
        }
    }

    /// The stretch nearest to the quote's words, and the percent of those words it keeps.
    fn stretch(&self, quote: &[u64]) -> Option<(Span, u8)> {
        let mut best: Option<(Fit, usize)> = None;
        self.fits(quote, |fit, at| {
            if best.is_none_or(|best| is_nearer((fit, at), best)) {
                best = Some((fit, at));
            }
        });
        self.place(quote, best?)
    }

    /// The stretches near enough to the words to be proposed, none inside another, the nearest first.
    pub(super) fn near(&self, words: &str, steps: &mut usize) -> Vec<(Span, u8)> {
        let quote: Vec<u64> = words.unicode_words().map(hash).collect();
        let Some(left) = steps.checked_sub(quote.len().saturating_mul(self.0.len())) else {
            return Vec::new();
        };
        *steps = left;
        let mut found: Vec<(Fit, usize)> = Vec::new();
        self.fits(&quote, |fit, at| {
            if self.place(&quote, (fit, at)).is_none() {
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
        for (at, &(word, _)) in self.0.iter().enumerate() {
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
    fn place(&self, quote: &[u64], (fit, last): (Fit, usize)) -> Option<(Span, u8)> {
        let changes = usize::try_from(fit / CHANGE).ok()?;
        let first = usize::try_from(fit % CHANGE).ok()?;
        let agreement = quote.len().checked_sub(changes)? * 100 / quote.len().max(1);
        let least = if quote.len() <= FEW { 100 } else { LEAST };
        if agreement < least {
            return None;
        }
        let place = Span::new(self.0.get(first)?.1.start, self.0.get(last)?.1.end);
        Some((place, u8::try_from(agreement).ok()?))
    }
}

/// Whether one fit is nearer than another, or as near and one word longer.
fn is_nearer((fit, at): (Fit, usize), (least, last): (Fit, usize)) -> bool {
    fit / CHANGE < least / CHANGE || fit == least && at == last + 1
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for c in word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        c.hash(&mut hasher);
    }
    hasher.finish()
}
