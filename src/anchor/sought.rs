//! Where many words stand in a text, found in a few passes over it.
//!
//! A pass looks for the beginnings of some thousands of words at once (A. V. Aho and M. J. Corasick,
//! "Efficient string matching", 1975), and compares the rest of each where its beginning stands: the
//! cost grows with the text and with the words, not with one times the other.

use aho_corasick::Input;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use std::collections::HashMap;

/// How many bytes of words their beginning is.
const HEAD: usize = 32;
/// How many bytes of beginnings one pass looks for; each can cost 80 bytes of memory.
const BATCH: usize = 1 << 19;
/// How many passes there are over a text at most.
const PASSES: usize = 8;
/// How often a beginning may be compared with the words that begin so, in all passes.
const COMPARED: usize = 1 << 26;
/// Words that stand more often are not kept: they are no quote.
const MANY: usize = 1 << 16;

/// Words with the places where they stand, in order, those that overlap too.
#[derive(Clone, Debug, Default)]
pub(super) struct Sought(HashMap<Box<str>, Vec<u32>>);

impl Sought {
    /// Looks for words in a text, as far as the passes reach.
    pub(super) fn new<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> Self {
        let mut words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        let mut sought = HashMap::with_capacity(words.len());
        let mut left = COMPARED;
        for batch in words.chunks(BATCH / HEAD).take(PASSES) {
            let Some(places) = pass(text, batch, &mut left) else { break };
            let known = batch.iter().zip(places).filter(|(_, places)| places.len() < MANY);
            sought.extend(known.map(|(&words, places)| (Box::from(words), places)));
        }
        Self(sought)
    }

    /// The places of words that were looked for, unless they are too many.
    pub(super) fn places(&self, words: &str) -> Option<&[u32]> {
        self.0.get(words).map(Vec::as_slice)
    }

    /// Whether any of the words that were looked for stand nowhere.
    pub(super) fn lacks_any(&self) -> bool {
        self.0.values().any(Vec::is_empty)
    }
}

/// The places of each of the words, which are sorted; nothing where comparing them took too long.
fn pass(text: &str, words: &[&str], left: &mut usize) -> Option<Vec<Vec<u32>>> {
    let head = |words: &str| words.as_bytes().iter().take(HEAD).copied().collect::<Vec<u8>>();
    let alike: Vec<&[&str]> = words.chunk_by(|a, b| head(a) == head(b)).collect();
    let heads = alike.iter().filter_map(|words| words.first()).map(|words| head(words));
    let search = NFA::builder().prefilter(false).build(heads).ok()?;
    // Where the words of each beginning are among all.
    let mut firsts: Vec<usize> = Vec::with_capacity(alike.len());
    let mut behind = 0;
    for words in &alike {
        firsts.push(behind);
        behind += words.len();
    }
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
    for found in search.try_find_overlapping_iter(Input::new(text)).ok()? {
        let number = found.pattern().as_usize();
        let (Some(&first), Some(words)) = (firsts.get(number), alike.get(number)) else { continue };
        *left = left.checked_sub(words.len())?;
        let rest = text.as_bytes().get(found.start()..).unwrap_or_default();
        for (words, places) in words.iter().zip(places.iter_mut().skip(first)) {
            if places.len() < MANY && rest.starts_with(words.as_bytes()) {
                places.push(u32::try_from(found.start()).unwrap_or(u32::MAX));
            }
        }
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, MANY, Sought};
    use proptest::prelude::*;

    #[test]
    fn each_of_many_words_is_found_at_all_its_places() {
        let long = "so we will wait “é—漢🦀” for them";
        let text = format!("aaaa {long} and {long}; {long}er");
        let longer = format!("{long}er");
        let words = ["a", "aa", "漢", long, &longer, "wait", "never"];
        let sought = Sought::new(&text, words.into_iter());
        assert!(long.len() > HEAD && sought.lacks_any());
        for words in words {
            let all: Vec<u32> = (0..text.len())
                .filter(|&at| text.as_bytes()[at..].starts_with(words.as_bytes()))
                .map(|at| at as u32)
                .collect();
            assert_eq!(sought.places(words), Some(all.as_slice()), "{words}");
        }
        assert_eq!(sought.places("other"), None);
    }

    #[test]
    fn words_that_stand_everywhere_are_not_kept() {
        let text = "ab".repeat(MANY);
        let sought = Sought::new(&text, ["a", "bb"].into_iter());
        assert_eq!((sought.places("a"), sought.places("bb")), (None, Some(&[][..])));
    }

    proptest! {
        #[test]
        fn places_are_those_of_a_plain_search(text in "[aé ]{0,60}", words in proptest::collection::vec("[aé ]{1,4}", 1..20)) {
            let sought = Sought::new(&text, words.iter().map(String::as_str));
            for words in &words {
                let all: Vec<u32> =
                    (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(words.as_bytes())).map(|at| at as u32).collect();
                prop_assert_eq!(sought.places(words), Some(all.as_slice()));
            }
        }
    }
}
