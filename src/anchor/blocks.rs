//! Where words may stand in a text, by the blocks of a few bytes that it is made of.
//!
//! Wherever words stand, they hold whole blocks of the text, so that the places of its blocks are enough to
//! find them by. Such blocks, which do not overlap, are called q-samples (G. Navarro, R. Baeza-Yates, E. Sutinen
//! and J. Tarhio, "Indexing methods for approximate string matching", 2001).

use std::array;

/// The bytes of a block.
const BLOCK: usize = 8;
/// Words of so many bytes hold a whole block wherever they stand.
const LEAST: usize = 2 * BLOCK - 1;
/// The most kinds of block that are told apart.
const KINDS: usize = 1 << 20;
/// In how many parts of the words rare blocks are looked for.
const PARTS: usize = 16;
/// So few blocks are rare enough.
const RARE: usize = BLOCK;

/// The blocks of a text by their kind; blocks of one kind are mostly alike.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    /// Where in `numbers` each kind starts, and where the last one ends.
    starts: Vec<u32>,
    /// Which of the text's blocks are of a kind, in order.
    numbers: Vec<u32>,
}

/// Places where words may stand, none left out.
pub(super) struct Candidates<'b> {
    /// The blocks that are of the kind of the words' bytes from `at`, from one behind it, and so on.
    blocks: [&'b [u32]; BLOCK],
    at: usize,
}

impl Blocks {
    /// The blocks of a text of less than 32 GiB, in at most two and a half times its memory.
    pub(super) fn new(text: &str) -> Self {
        let (blocks, _) = text.as_bytes().as_chunks();
        let kinds = (2 * blocks.len()).next_power_of_two().min(KINDS);
        let mut starts = vec![0; kinds + 1];
        for block in blocks {
            if let Some(count) = starts.get_mut(kind(*block, kinds)) {
                *count += 1;
            }
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut numbers = vec![0; blocks.len()];
        for (number, block) in blocks.iter().enumerate().rev() {
            if let Some(start) = starts.get_mut(kind(*block, kinds)) {
                *start -= 1;
                if let Some(place) = numbers.get_mut(*start as usize) {
                    *place = u32::try_from(number).unwrap_or(u32::MAX);
                }
            }
        }
        Self { starts, numbers }
    }

    /// Where words may stand, by the rarest of their blocks; nothing where they are too short to tell.
    pub(super) fn candidates(&self, words: &str) -> Option<Candidates<'_>> {
        let bytes = words.as_bytes();
        let last = bytes.len().checked_sub(LEAST)?;
        let mut best = self.at(bytes, 0);
        for part in 1..=PARTS {
            if best.count() <= RARE {
                break;
            }
            let other = self.at(bytes, last * part / PARTS);
            if other.count() < best.count() {
                best = other;
            }
        }
        Some(best)
    }

    /// Where words may stand, by their blocks from byte `at`.
    fn at(&self, words: &[u8], at: usize) -> Candidates<'_> {
        let rest = words.get(at..).unwrap_or_default();
        let block = |from| rest.get(from..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        Candidates { blocks: array::from_fn(|from| self.alike(block(from))), at }
    }

    /// The text's blocks that are of the kind of one.
    fn alike(&self, block: [u8; BLOCK]) -> &[u32] {
        let kind = kind(block, self.starts.len() - 1);
        let Some(&[start, end]) = self.starts.get(kind..).and_then(<[u32]>::first_chunk) else { return &[] };
        self.numbers.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// The kind of a block, of so many, which are a power of two (D. E. Knuth, The Art of Computer Programming,
/// volume 3, section 6.4: multiplicative hashing).
fn kind(block: [u8; BLOCK], kinds: usize) -> usize {
    let mixed = u64::from_le_bytes(block).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((u128::from(mixed) * kinds as u128) >> u64::BITS) as usize
}

impl Candidates<'_> {
    /// The first place at or behind byte `from`, which never comes before an earlier `from`.
    pub(super) fn first(&mut self, from: usize) -> Option<usize> {
        let first = |(blocks, at): (&mut &[u32], usize)| {
            let byte = |block: u32| block as usize * BLOCK;
            let before = blocks.partition_point(|&block| byte(block) < from + at);
            *blocks = blocks.get(before..).unwrap_or_default();
            blocks.first().map(|&block| byte(block) - at)
        };
        self.blocks.iter_mut().zip(self.at..).filter_map(first).min()
    }

    fn count(&self) -> usize {
        self.blocks.iter().map(|blocks| blocks.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Blocks, LEAST};
    use crate::span::Span;
    use proptest::prelude::*;

    /// The places of words among those where they may stand; nothing where they are too short.
    fn places(text: &str, words: &str) -> Option<Vec<usize>> {
        let blocks = Blocks::new(text);
        let mut candidates = blocks.candidates(words)?;
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
    fn words_are_looked_for_where_their_rarest_blocks_stand() {
        let text = format!("{}so we wait “é—漢🦀” once", "so we wait here ".repeat(400));
        let blocks = Blocks::new(&text);
        let count = |words: &str| blocks.candidates(words).map(|candidates| candidates.count());
        assert!(count("so we wait here").is_some_and(|count| count >= 400));
        assert!(count("so we wait “é—漢🦀").is_some_and(|count| count < 10));
        assert_eq!(count("so we wait: there is none"), Some(0));
        assert_eq!(count("so we may wait"), None);
        assert_eq!(Blocks::new("").candidates("so we wait here").map(|mut none| none.first(0)), Some(None));
    }

    proptest! {
        #[test]
        fn no_place_is_left_out(text in "[ab é]{0,80}", words in "[ab]{1,12}é?[ab]{0,12}") {
            let all: Vec<usize> =
                (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(words.as_bytes())).collect();
            prop_assert_eq!(places(&text, &words), (words.len() >= LEAST).then_some(all));
        }

        #[test]
        fn words_of_the_text_are_found(text in "[a-c é]{20,200}", a: prop::sample::Index, b: prop::sample::Index) {
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let (a, b) = (a.index(edges.len()), b.index(edges.len()));
            let words = Span::new(edges[a.min(b)], edges[a.max(b)]);
            let found = places(&text, words.of(&text));
            prop_assert!(found.is_none_or(|places| places.contains(&words.start)));
        }
    }
}
