//! Scattered letters: the one file that knows how the fuzzy matcher counts, and that replaces it.
//!
//! The matcher speaks of characters, everything else of bytes. It also remembers: a call leaves
//! something behind that changes the score of the next. Here every answer is a fresh matcher's.

use crate::span::Span;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::collections::VecDeque;

/// The longest text that is looked into, in bytes: time and memory grow with length times letters.
pub(super) const LONGEST: usize = 512;

/// How many answers are kept: the words that have some letters are few, and each stands in many texts.
const KEPT: usize = 16;

/// A matcher of letters that stand in order, though not together.
pub struct Fuzzy {
    matcher: SkimMatcherV2,
    /// The last answers: whoever asks for them again sees no difference.
    kept: VecDeque<Known>,
}

/// What is known of a word and some letters.
struct Known {
    word: String,
    letters: String,
    found: Option<Scattered>,
}

/// Letters found in order in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scattered {
    /// How well they stand together; more is better.
    pub score: i64,
    /// Each letter's bytes in the text, in order.
    pub letters: Vec<Span>,
}

impl Fuzzy {
    /// A matcher that takes case as it is, so that folding alone decides on it.
    pub fn new() -> Self {
        Self { matcher: SkimMatcherV2::default().respect_case(), kept: VecDeque::new() }
    }

    /// The same as [`Fuzzy::find`] of a word, which many texts may have.
    pub fn find_word(&mut self, word: &str, letters: &str) -> Option<Scattered> {
        if let Some(known) = self.kept.iter().find(|known| known.word == word && known.letters == letters) {
            return known.found.clone();
        }
        let found = self.find(word, letters);
        self.kept.truncate(KEPT - 1);
        self.kept.push_front(Known {
            word: word.to_owned(),
            letters: letters.to_owned(),
            found: found.clone(),
        });
        found
    }

    /// Where the letters stand best in `text`, if they all do and it is not too long to look into.
    pub fn find(&self, text: &str, letters: &str) -> Option<Scattered> {
        if text.len() > LONGEST || letters.len() > LONGEST || !in_order(text.as_bytes(), letters.as_bytes()) {
            return None;
        }
        // The matcher reuses its matrix without clearing it; a match of one letter shrinks it.
        let _ = self.matcher.fuzzy_match("a", "a");
        let (score, places) = self.matcher.fuzzy_indices(text, letters)?;
        let mut places = places.into_iter().peekable();
        let spans = text
            .char_indices()
            .enumerate()
            .filter(|&(nth, _)| places.next_if_eq(&nth).is_some())
            .map(|(_, (at, c))| Span::new(at, at + c.len_utf8()));
        Some(Scattered { score, letters: spans.collect() })
    }
}

/// Whether the bytes of some letters stand in order in a text: what must hold before the letters can.
pub(super) fn in_order<'b>(text: impl IntoIterator<Item = &'b u8>, letters: &[u8]) -> bool {
    let mut ahead = text.into_iter();
    letters.iter().all(|letter| ahead.any(|byte| byte == letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_are_found_behind_wide_characters() {
        let text = "漢🦀é—nuclear";
        let found = Fuzzy::new().find(text, "nclr").unwrap();
        let letters: String = found.letters.iter().map(|letter| letter.of(text)).collect();
        assert_eq!(letters, "nclr");
    }

    #[test]
    fn letters_out_of_order_and_endless_texts_are_refused() {
        assert_eq!(Fuzzy::new().find("nuclear", "rln"), None);
        assert_eq!(Fuzzy::new().find(&"ab".repeat(LONGEST), "ab"), None);
    }

    proptest! {
        #[test]
        fn a_used_matcher_answers_as_a_fresh_one(
            calls in prop::collection::vec(("[abeé漢 -]{0,12}", "[abeé漢]{1,4}"), 1..12)
        ) {
            let mut used = Fuzzy::new();
            for (text, letters) in &calls {
                prop_assert_eq!(used.find(text, letters), Fuzzy::new().find(text, letters));
                prop_assert_eq!(used.find_word(text, letters), Fuzzy::new().find(text, letters));
            }
        }
    }
}
