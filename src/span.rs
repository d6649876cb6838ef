//! A byte span: the only unit of position that travels between modules.
//!
//! Columns exist only in the view, char counts only at the matcher's call.

use std::ops::Range;

/// A half-open range of bytes in a text that the context names.
///
/// `"so [we will] wait" -> Span 3..10`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from byte `start` up to, and without, byte `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether byte `at` lies inside.
    #[must_use]
    pub const fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What both spans hold, if that is anything.
    #[must_use]
    pub fn overlap(self, other: Self) -> Option<Self> {
        let both = Self::new(self.start.max(other.start), self.end.min(other.end));
        (!both.is_empty()).then_some(both)
    }

    /// The same span, `by` bytes further on.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The same span, counted from byte `by` on, which it does not begin before.
    #[must_use]
    pub const fn back(self, by: usize) -> Self {
        Self::new(self.start - by, self.end - by)
    }

    /// The span's words in `text`; empty where the span does not fall on its characters.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// An offset into a text, or a count of what is in it, in half the room. Every text is far below 4 GiB; of a larger
/// one the largest number stands for all beyond it.
#[must_use]
pub fn in_32_bits(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The spans in order, those that overlap or touch as one.
#[must_use]
pub fn union(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().collect();
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
    spans
}

/// Spans as what they cover together: in order, and none touching another.
#[derive(Clone, Debug)]
pub struct Union(Vec<Span>);

impl Union {
    /// What some spans cover.
    #[must_use]
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        Self(union(spans.into_iter().filter(|span| !span.is_empty())))
    }

    /// What of it lies in a span, in order.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.0.partition_point(|kept| kept.end <= span.start);
        let rest = self.0.get(first..).unwrap_or_default();
        rest.iter().map_while(move |kept| kept.overlap(span))
    }

    /// Whether all of a span lies in it.
    #[must_use]
    pub fn covers(&self, span: Span) -> bool {
        let ahead = self.0.partition_point(|kept| kept.end < span.end);
        self.0.get(ahead).is_some_and(|kept| kept.covers(span))
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Union};

    #[test]
    fn a_union_covers_what_its_spans_cover_together() {
        let union =
            Union::new([(8, 12), (2, 4), (4, 6), (5, 5), (7, 7)].map(|(start, end)| Span::new(start, end)));
        let cases = [
            ((2, 6), true),
            ((3, 5), true),
            ((6, 7), false),
            ((5, 8), false),
            ((8, 12), true),
            ((11, 13), false),
        ];
        for ((start, end), want) in cases {
            assert_eq!(union.covers(Span::new(start, end)), want, "{start}..{end}");
        }
        let touching: Vec<_> = union.touching(Span::new(5, 9)).map(|span| (span.start, span.end)).collect();
        assert_eq!(touching, [(5, 6), (8, 9)]);
    }

    #[test]
    fn overlap_is_what_both_hold() {
        let cases = [
            ((0, 4), (2, 6), Some((2, 4))),
            ((0, 4), (4, 6), None),
            ((2, 3), (0, 9), Some((2, 3))),
            ((5, 5), (0, 9), None),
        ];
        for ((a, b), (c, d), want) in cases {
            let want = want.map(|(start, end)| Span::new(start, end));
            assert_eq!(Span::new(a, b).overlap(Span::new(c, d)), want, "{a}..{b} and {c}..{d}");
            assert_eq!(Span::new(c, d).overlap(Span::new(a, b)), want, "{c}..{d} and {a}..{b}");
        }
    }

    #[test]
    fn a_span_inside_a_character_has_no_words() {
        let text = "é—漢🦀";
        assert_eq!(Span::new(0, 2).of(text), "é");
        assert_eq!(Span::new(1, 2).of(text), "");
        assert_eq!(Span::new(0, 99).of(text), "");
    }
}
