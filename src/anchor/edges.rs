//! The edges of a passage that a quote may have become, told by letters.
//!
//! Words compared whole do not tell where one is written as two, or two as one: of the quote `cannot pay` they keep
//! `not pay` in `They can not pay`.

use crate::composition::taken_apart;
use crate::nearest::by_letters;

/// How many words from an edge one that both have is looked for.
const REACH: usize = 4;
/// How many letters of a word are compared: the comparison is quadratic.
const LENGTH: usize = 40;
/// How alike the letters must be for a word more, of 1: those of `won’t` and `will not` are.
const ALIKE: f64 = 0.4;
/// How alike they must be for a word fewer.
const SAME: f64 = 0.8;
/// How much more alike they must be: those of `fare is` are a little more like `fares` than those of `fare`.
const GAIN: f64 = 0.12;

/// Where a passage should rather begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Where it does.
    Here,
    /// One word further out.
    Further,
    /// One word further in.
    Nearer,
}

impl Edge {
    /// Where the passage should begin, by the words of the quote and those of the passage, each from its first on, and
    /// by the word before the passage.
    pub(super) fn first<'w>(
        quote: impl Iterator<Item = &'w str>,
        passage: impl Iterator<Item = &'w str>,
        outside: Option<&'w str>,
    ) -> Self {
        let letters = |word: &str| letters(word).chars().take(LENGTH).collect();
        Self::of(quote.take(REACH).map(letters), passage.take(REACH).map(letters), outside.map(letters))
    }

    /// Where it should end, by their words from the last back, and by the word behind the passage.
    pub(super) fn last<'w>(
        quote: impl Iterator<Item = &'w str>,
        passage: impl Iterator<Item = &'w str>,
        outside: Option<&'w str>,
    ) -> Self {
        // Read backwards, an end is a beginning.
        let letters = |word: &str| letters(word).chars().rev().take(LENGTH).collect();
        Self::of(quote.take(REACH).map(letters), passage.take(REACH).map(letters), outside.map(letters))
    }

    fn of(
        quote: impl Iterator<Item = String>,
        passage: impl Iterator<Item = String>,
        outside: Option<String>,
    ) -> Self {
        let (quote, passage): (Vec<String>, Vec<String>) = (quote.collect(), passage.collect());
        let Some((wanted, here)) = before_the_first_kept(&quote, &passage) else { return Self::Here };
        let [_, nearer @ ..] = here else { return Self::Here };
        let wanted = wanted.concat();
        if wanted.is_empty() {
            return Self::Here;
        }
        let alike = by_letters(&wanted, &here.concat());
        let is_more_alike = |words: &str, least: f64| by_letters(&wanted, words) >= least.max(alike + GAIN);
        if outside.is_some_and(|word| is_more_alike(&(word + &here.concat()), ALIKE)) {
            Self::Further
        } else if is_more_alike(&nearer.concat(), SAME) {
            Self::Nearer
        } else {
            Self::Here
        }
    }
}

/// The words of each that stand before the first that both have.
fn before_the_first_kept<'w>(
    quote: &'w [String],
    passage: &'w [String],
) -> Option<(&'w [String], &'w [String])> {
    let pairs = (0..quote.len()).flat_map(|here| (0..passage.len()).map(move |there| (here, there)));
    let kept = pairs.filter(|&(here, there)| quote.get(here) == passage.get(there));
    let (here, there) = kept.min_by_key(|(here, there)| here + there)?;
    Some((quote.get(..here)?, passage.get(..there)?))
}

/// The letters and digits of a word, without case and, however they are composed, their marks.
pub(super) fn letters(word: &str) -> String {
    taken_apart(word).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
