//! Spans cut so that elements can stand for them: of any two pieces one holds the other, or they are apart.

use crate::order;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A piece of a span, and the number of the span.
pub type Piece = (Span, usize);

/// How many edges of longer spans may on average lie inside one, for it to be cut at those that cross it.
const MOST: usize = 32;

/// Where pieces begin and end, each place with the span of all pieces that have an edge there.
#[derive(Debug, Default)]
pub struct Edges(BTreeMap<usize, Span>);

impl Edges {
    /// Those of some pieces, of which none crosses another.
    fn of(pieces: &[Piece]) -> Self {
        let mut edges = Self::default();
        pieces.iter().for_each(|&(piece, _)| edges.add(piece));
        edges
    }

    fn add(&mut self, piece: Span) {
        for at in [piece.start, piece.end] {
            let reach = self.0.entry(at).or_insert(piece);
            *reach = Span::new(reach.start.min(piece.start), reach.end.max(piece.end));
        }
    }

    /// A span that is not empty, cut where it crosses pieces.
    pub fn cut(&self, span: Span) -> impl Iterator<Item = Span> {
        let crossed = self.inside(span).filter(move |(_, reach)| !span.covers(**reach));
        let ends = crossed.map(|(&at, _)| at).chain([span.end]);
        ends.scan(span.start, |start, end| Some(Span::new(std::mem::replace(start, end), end)))
    }

    fn inside(&self, span: Span) -> impl Iterator<Item = (&usize, &Span)> {
        self.0.range(span.start + 1..span.end)
    }
}

/// The pieces of spans that come longest first; those that are empty have none. Outer before inner, in the order of the
/// text; of two alike the earlier span's is the outer. With their edges.
///
/// However many cross, a span has on average 33 pieces at most, or twice the binary logarithm of the spans' ends.
pub fn cut(spans: &[Span]) -> (Vec<Piece>, Edges) {
    let (mut pieces, edges) = at_crossings(spans).unwrap_or_else(|| {
        let pieces = in_halves(spans);
        let edges = Edges::of(&pieces);
        (pieces, edges)
    });
    order::sort_by_key(&mut pieces, |&(piece, number)| (piece.start, Reverse(piece.end), number));
    (pieces, edges)
}

/// Cuts each span where it crosses a piece of a longer one: mostly into one piece. Nothing, where too many cross, as the
/// pieces may be as many as the pairs.
fn at_crossings(spans: &[Span]) -> Option<(Vec<Piece>, Edges)> {
    let mut edges = Edges::default();
    let mut left = MOST * spans.len();
    let mut pieces = Vec::with_capacity(spans.len());
    for (number, &span) in spans.iter().enumerate().filter(|(_, span)| !span.is_empty()) {
        left = left.checked_sub(edges.inside(span).take(left + 1).count())?;
        let from = pieces.len();
        pieces.extend(edges.cut(span).map(|piece| (piece, number)));
        pieces.iter().skip(from).for_each(|&(piece, _)| edges.add(piece));
    }
    Some((pieces, edges))
}

/// Cuts each span into the largest of the halves, quarters and so on that it covers, of all that lies between the
/// places where any begins or ends: at most two of each size.
fn in_halves(spans: &[Span]) -> Vec<Piece> {
    let mut bounds: Vec<usize> = spans.iter().flat_map(edges).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut pieces = Vec::new();
    for (number, span) in spans.iter().enumerate() {
        let [mut at, end] = edges(span).map(|edge| bounds.partition_point(|&at| at < edge));
        while at < end {
            let next = at + (1 << at.trailing_zeros().min((end - at).ilog2()));
            if let (Some(&from), Some(&to)) = (bounds.get(at), bounds.get(next)) {
                pieces.push((Span::new(from, to), number));
            }
            at = next;
        }
    }
    pieces
}

const fn edges(span: &Span) -> [usize; 2] {
    [span.start, span.end]
}

#[cfg(test)]
mod tests {
    use super::{MOST, Piece, cut};
    use crate::span::Span;
    use proptest::prelude::*;
    use std::cmp::Reverse;

    fn cross(one: Span, other: Span) -> bool {
        let in_order = |a: Span, b: Span| a.start < b.start && b.start < a.end && a.end < b.end;
        in_order(one, other) || in_order(other, one)
    }

    fn longest_first(mut spans: Vec<Span>) -> Vec<Span> {
        spans.sort_by_key(|span| Reverse(span.len()));
        spans
    }

    fn pieces_of(pieces: &[Piece], number: usize) -> Vec<Span> {
        pieces.iter().filter(|(_, of)| *of == number).map(|&(piece, _)| piece).collect()
    }

    proptest! {
        #[test]
        fn pieces_nest_and_together_are_what_was_cut(
            places in proptest::collection::vec((0..200_usize, 0..200_usize), 0..200),
        ) {
            let spans: Vec<Span> = places.into_iter().map(|(at, len)| Span::new(at, at + len)).collect();
            let spans = longest_first(spans);
            let (pieces, _) = cut(&spans);
            for (&(outer, _), behind) in pieces.iter().zip(1..) {
                for &(inner, _) in pieces[behind..].iter().take_while(|(inner, _)| inner.start < outer.end) {
                    prop_assert!(outer.covers(inner), "{outer:?} {inner:?}");
                }
            }
            for (number, &span) in spans.iter().enumerate() {
                let parts = pieces_of(&pieces, number);
                if span.is_empty() {
                    prop_assert_eq!(parts, []);
                    continue;
                }
                prop_assert_eq!((parts[0].start, parts[parts.len() - 1].end), (span.start, span.end));
                prop_assert!(parts.windows(2).all(|two| two[0].end == two[1].start));
                if !spans.iter().any(|&other| cross(span, other)) && spans.len() <= MOST {
                    prop_assert_eq!(parts.len(), 1, "nothing crosses it");
                }
            }
        }
    }

    #[test]
    fn the_shorter_is_cut_where_few_cross() {
        let spans = [(0, 9), (4, 12), (0, 3), (2, 4)].map(|(start, end)| Span::new(start, end));
        let (pieces, _) = cut(&spans);
        let all: Vec<Vec<Span>> = (0..spans.len()).map(|number| pieces_of(&pieces, number)).collect();
        let want = [&[(0, 9)][..], &[(4, 9), (9, 12)], &[(0, 3)], &[(2, 3), (3, 4)]];
        assert_eq!(
            all,
            want.map(|spans| spans.iter().map(|&(start, end)| Span::new(start, end)).collect::<Vec<_>>())
        );
    }

    #[test]
    fn pieces_are_few_however_many_cross() {
        const MANY: usize = 1000;
        let staggered = |at: usize| [Span::new(at, at + MANY)];
        let nested_and_crossed =
            |at: usize| [Span::new(at, 6 * MANY - at), Span::new(3 * MANY + at, 6 * MANY + at)];
        let long_over_many = |at: usize| [Span::new(3 * at, 3 * at + 4), Span::new(0, 3 * MANY + at)];
        let cases: [Vec<Span>; 3] = [
            (0..MANY).flat_map(staggered).collect(),
            (0..MANY).flat_map(nested_and_crossed).collect(),
            (0..MANY).flat_map(long_over_many).collect(),
        ];
        for spans in cases {
            let spans = longest_first(spans);
            let (pieces, _) = cut(&spans);
            assert!(pieces.len() <= 25 * spans.len(), "{} of {}", pieces.len(), spans.len());
        }
    }
}
