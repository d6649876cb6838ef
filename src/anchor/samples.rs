//! Where words may stand in a text, by samples of it: the few bytes that begin at every so many of its bytes.
//!
//! Wherever words stand, some of their bytes are sampled, so that the places of the samples are enough to find them by
//! (G. Navarro, R. Baeza-Yates, E. Sutinen and J. Tarhio, "Indexing methods for approximate string matching", 2001).

use crate::span::in_32_bits;
use std::array;

/// The bytes of a sample.
const SAMPLE: usize = 8;
/// So many bytes behind the start of a sample the next one starts.
const STEP: usize = 4;
/// Words of so many bytes hold a whole sample wherever they stand.
const LEAST: usize = SAMPLE + STEP - 1;
/// The most kinds of sample that are told apart.
const KINDS: usize = 1 << 20;
/// In how many parts of the words a rare sample is looked for.
const PARTS: usize = 16;
/// So few places are sooner compared than fewer found.
const RARE: usize = 2;

/// The samples of a text by their kind; samples of one kind may differ.
#[derive(Clone, Debug)]
pub(super) struct Samples {
    /// Where in `numbers` each kind starts, and where the last one ends.
    starts: Vec<u32>,
    /// Which of the text's samples are of a kind, in order.
    numbers: Vec<u32>,
}

/// Places where words may stand, none left out.
pub(super) struct Candidates<'s> {
    /// For each way that the words may stand to the samples: those of one kind, and at which byte of the words.
    ways: [(&'s [u32], usize); STEP],
}

impl Samples {
    /// The samples of a text of less than 16 GiB, in at most five times its memory, and of one of more than a few
    /// megabytes in little more than once.
    pub(super) fn new(text: &str) -> Self {
        let (steps, _) = text.as_bytes().as_chunks::<STEP>();
        let samples =
            || steps.windows(2).map(|two| two.as_flattened().first_chunk().copied().map_or(0, mixed));
        let count = samples().len();
        let kinds = (2 * count).next_power_of_two().min(KINDS);
        let mut starts = vec![0; kinds + 1];
        for sample in samples() {
            if let Some(count) = starts.get_mut(kind(sample, kinds)) {
                *count += 1;
            }
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut numbers = vec![0; count];
        for (number, sample) in samples().enumerate().rev() {
            if let Some(start) = starts.get_mut(kind(sample, kinds)) {
                *start -= 1;
                if let Some(place) = numbers.get_mut(*start as usize) {
                    *place = in_32_bits(number);
                }
            }
        }
        Self { starts, numbers }
    }

    /// Where words may stand, by rare samples of theirs; nothing where they are too short to tell.
    pub(super) fn candidates(&self, words: &str) -> Option<Candidates<'_>> {
        let words = words.as_bytes();
        (words.len() >= LEAST).then(|| Candidates { ways: array::from_fn(|first| self.rarest(words, first)) })
    }

    /// The text's samples of a kind that the words have at byte `first`, or so many steps behind it: of a rare one.
    fn rarest(&self, words: &[u8], first: usize) -> (&[u32], usize) {
        let last = words.len() - SAMPLE;
        let stride = STEP * (1 + last / (STEP * PARTS));
        let mut best = (self.alike(words, first), first);
        for at in (first..=last).step_by(stride).skip(1) {
            if best.0.len() <= RARE {
                break;
            }
            let other = self.alike(words, at);
            if other.len() < best.0.len() {
                best = (other, at);
            }
        }
        best
    }

    /// The text's samples of the kind that the words have at a byte.
    fn alike(&self, words: &[u8], at: usize) -> &[u32] {
        let sample = words.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, mixed);
        let kind = kind(sample, self.starts.len() - 1);
        let Some(&[start, end]) = self.starts.get(kind..).and_then(<[u32]>::first_chunk) else { return &[] };
        self.numbers.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// A sample, mixed so that its highest bits depend on all of it (D. E. Knuth, The Art of Computer Programming, volume
/// 3, section 6.4: multiplicative hashing).
const fn mixed(sample: [u8; SAMPLE]) -> u64 {
    u64::from_le_bytes(sample).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The kind of a mixed sample, of so many.
const fn kind(mixed: u64, kinds: usize) -> usize {
    ((mixed as u128 * kinds as u128) >> u64::BITS) as usize
}

impl Candidates<'_> {
    /// The first place at or behind byte `from`, which never comes before an earlier `from`.
    pub(super) fn first(&mut self, from: usize) -> Option<usize> {
        let first = |(samples, at): &mut (&[u32], usize)| {
            let byte = |number: u32| number as usize * STEP;
            let before = samples.iter().take_while(|&&number| byte(number) < from + *at).count();
            *samples = samples.get(before..).unwrap_or_default();
            samples.first().map(|&number| byte(number) - *at)
        };
        self.ways.iter_mut().filter_map(first).min()
    }

    /// How many there are at most.
    pub(super) fn count(&self) -> usize {
        self.ways.iter().map(|(samples, _)| samples.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{LEAST, Samples};
    use crate::span::Span;
    use proptest::prelude::*;

    /// The places of words among those where they may stand; nothing where they are too short.
    fn places(text: &str, words: &str) -> Option<Vec<usize>> {
        let samples = Samples::new(text);
        let mut candidates = samples.candidates(words)?;
        let mut places = Vec::new();
        let mut from = 0;
        while let Some(at) = candidates.first(from) {
            assert!(at >= from, "{at} is before {from}");
            from = at + 1;
            if text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(words.as_bytes())) {
                places.push(at);
            }
        }
        Some(places)
    }

    #[test]
    fn words_are_looked_for_where_their_rarest_samples_stand() {
        let text = format!("{}so we wait “é—漢🦀” once", "so we wait here ".repeat(400));
        let samples = Samples::new(&text);
        let count = |words: &str| samples.candidates(words).map(|candidates| candidates.count());
        assert!(count("so we wait here").is_some_and(|count| count >= 400));
        assert!(count("so we wait “é—漢🦀").is_some_and(|count| count < 10));
        assert_eq!(count("so we wait: there is none"), Some(0));
        assert_eq!(count("so we wait"), None);
        assert_eq!(Samples::new("").candidates("so we wait here").map(|mut none| none.first(0)), Some(None));
    }

    proptest! {
        #[test]
        fn no_place_is_left_out(text in "[ab é]{11,90}", a: prop::sample::Index, len in 1..40_usize) {
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let (start, end) = (edges[a.index(edges.len())], text.len());
            let words = Span::new(start, text.floor_char_boundary((start + len).min(end))).of(&text);
            let text = format!("{text}{words}b{text}{words}");
            let all: Vec<usize> =
                (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(words.as_bytes())).collect();
            prop_assert_eq!(places(&text, words), (words.len() >= LEAST).then_some(all));
        }
    }
}
