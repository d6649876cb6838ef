//! Places in a text for programs that count otherwise than we do.

use crate::bytes;
use crate::span::Span;
use serde::Serialize;
use std::cell::OnceCell;

/// Where something stands in a text, in bytes and in Unicode code points: from, and up to without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Extent {
    /// Bytes of its UTF-8.
    pub bytes: [usize; 2],
    /// Unicode code points.
    pub chars: [usize; 2],
}

/// A text whose code points are counted once, when a place is asked for, so that the many places in a long one are told
/// quickly.
#[derive(Clone, Debug)]
pub struct Ruler<'t> {
    text: &'t str,
    /// How many code points begin before each block of the text, and before its end.
    before: OnceCell<Vec<usize>>,
}

/// Bytes of a block.
const BLOCK: usize = 1024;

impl<'t> Ruler<'t> {
    /// A ruler for a text.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, before: OnceCell::new() }
    }

    /// Where a span of the text stands.
    #[must_use]
    pub fn extent(&self, span: Span) -> Extent {
        Extent { bytes: [span.start, span.end], chars: [self.chars(span.start), self.chars(span.end)] }
    }

    fn chars(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..at).unwrap_or_default();
        let before = self.before.get_or_init(|| counted(self.text));
        before.get(block).copied().unwrap_or_default() + begun(rest)
    }
}

/// How many code points begin before each block of a text, and before its end.
fn counted(text: &str) -> Vec<usize> {
    let mut before = vec![0];
    let mut sum = 0;
    before.extend(text.as_bytes().chunks(BLOCK).map(|block| {
        sum += begun(block);
        sum
    }));
    before
}

/// How many code points begin in a part of a text.
fn begun(text: &[u8]) -> usize {
    text.len() - bytes::continued(text)
}

#[cfg(test)]
mod tests {
    use super::{Extent, Ruler};
    use crate::span::Span;

    #[test]
    fn an_extent_counts_bytes_and_code_points() {
        let text = "é—漢🦀e\u{301}!";
        let at = Span::new(5, 15);
        assert_eq!(at.of(text), "漢🦀e\u{301}");
        assert_eq!(Ruler::new(text).extent(at), Extent { bytes: [5, 15], chars: [2, 6] });
    }

    #[test]
    fn a_place_far_into_a_text_is_counted_as_one_by_one() {
        let text = "é—漢🦀e\u{301}!\n".repeat(300);
        let ruler = Ruler::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(ruler.chars(at), count);
        }
        assert_eq!(ruler.chars(text.len()), text.chars().count());
        assert_eq!(Ruler::new("").extent(Span::default()), Extent { bytes: [0, 0], chars: [0, 0] });
    }
}
