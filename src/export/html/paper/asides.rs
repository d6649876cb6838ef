//! Asides as passages that are apart: what several hold is told as a part of the innermost.

use crate::order;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The passages that spans hold, in order, each with the number of a span: of those that hold it, the one that begins
/// last, and of these the one that ends first.
///
/// `"so [we {will]} wait" -> [so], {we will}`
pub fn apart(spans: &[Span]) -> Vec<(Span, usize)> {
    let mut edges: Vec<(usize, usize)> = Vec::with_capacity(2 * spans.len());
    edges.extend(
        spans.iter().enumerate().flat_map(|(number, span)| [(span.start, number), (span.end, number)]),
    );
    order::sort_by_key(&mut edges, |&edge| edge);
    let mut holding = BTreeSet::new();
    let mut apart: Vec<(Span, usize)> = Vec::new();
    let mut from = 0;
    for (at, number) in edges {
        if from < at
            && let Some(&(_, _, holder)) = holding.last()
        {
            match apart.last_mut() {
                Some((last, of)) if *of == holder && last.end == from => last.end = at,
                Some(_) | None => apart.push((Span::new(from, at), holder)),
            }
        }
        from = at;
        let span = spans.get(number).copied().unwrap_or_default();
        let held = (span.start, Reverse(span.end), number);
        if !holding.remove(&held) {
            holding.insert(held);
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::apart;
    use crate::span::Span;

    #[test]
    fn what_several_asides_hold_is_a_part_of_the_innermost() {
        let cases = [
            (vec![], vec![]),
            (vec![(2, 5)], vec![(2, 5, 0)]),
            (vec![(2, 2)], vec![]),
            (vec![(4, 6), (0, 2)], vec![(0, 2, 1), (4, 6, 0)]),
            (vec![(0, 4), (4, 6)], vec![(0, 4, 0), (4, 6, 1)]),
            (vec![(0, 9), (3, 5)], vec![(0, 3, 0), (3, 5, 1), (5, 9, 0)]),
            (vec![(3, 9), (0, 5)], vec![(0, 3, 1), (3, 9, 0)]),
            (vec![(0, 9), (0, 5), (0, 5), (3, 4)], vec![(0, 3, 2), (3, 4, 3), (4, 5, 2), (5, 9, 0)]),
        ];
        for (spans, want) in cases {
            let spans: Vec<Span> = spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
            let got: Vec<_> =
                apart(&spans).into_iter().map(|(span, of)| (span.start, span.end, of)).collect();
            assert_eq!(got, want, "{spans:?}");
        }
    }
}
