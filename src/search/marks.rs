//! The letters to mark in a shown text, and the places where a phrase stands in one.

use super::fold::Folded;
use super::fuzzy::{Fuzzy, Scattered};
use super::query::Query;
use super::term::{Needle, Term, Tier};
use crate::span::{Span, union};
use std::cmp::Reverse;

/// What the query's terms meet in `text`: bytes of it, in order, apart, in whole grapheme clusters.
///
/// Scattered letters are marked only for the query that a search has answered with them.
#[must_use]
pub fn marks_in(query: &Query, text: &str) -> Vec<Span> {
    let mut fuzzy = query.loose.then(Fuzzy::new);
    let terms = query.terms.iter().filter(|term| !term.not);
    let met = terms.filter_map(|term| {
        meet(term, text, |needle, folded| needle.scattered_in_word(folded, fuzzy.as_mut()?))
    });
    union(met.flat_map(|(_, spans)| spans))
}

/// Where all that was typed stands in `text` as one phrase: bytes of it, in order, apart, in whole
/// grapheme clusters. A space meets any white space, the end of a line as well.
#[must_use]
pub fn find_all(text: &str, query: &Query) -> Vec<Span> {
    let met = query.phrase.as_ref().and_then(|phrase| meet(phrase, text, |_, _| None));
    let mut spans = met.map_or_else(Vec::new, |(_, spans)| spans);
    spans.dedup_by(|next, kept| next.start < kept.end);
    spans
}

/// How closely `text` meets the term, and where; if it stands nowhere, where `letters` puts its letters.
pub(super) fn meet(
    term: &Term,
    text: &str,
    letters: impl FnOnce(&Needle, &str) -> Option<Scattered>,
) -> Option<(Tier, Vec<Span>)> {
    let (needle, case) = term.needle();
    let folded = Folded::new(text, case);
    let (tiers, mut places): (Vec<Tier>, Vec<Span>) = needle.places(folded.text()).unzip();
    let tier = match tiers.into_iter().min() {
        Some(tier) => tier,
        None => {
            let found = letters(needle, folded.text())?;
            places = found.letters;
            Tier::Scattered(Reverse(found.score))
        }
    };
    Some((tier, places.into_iter().map(|place| folded.back(place)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// The text with its marks in brackets.
    fn painted(text: &str, spans: &[Span]) -> String {
        let mut painted = text.to_owned();
        for span in spans.iter().rev() {
            painted.insert(span.end, ']');
            painted.insert(span.start, '[');
        }
        painted
    }

    #[test]
    fn marks_cover_what_was_met() {
        let cases = [
            ("zelensky's", "漢字🦀 Zelensky’s e\u{301}", "漢字🦀 [Zelensky’s] e\u{301}"),
            ("elan", "e\u{301}—e\u{301}lan, Élan", "e\u{301}—[e\u{301}lan], [Élan]"),
            ("land peace", "land for peace, landing", "[land] for [peace], [land]ing"),
            ("land !peace", "land for peace", "[land] for peace"),
            ("la and", "land", "[land]"),
            ("^land", "land or land", "[land] or land"),
            ("EU", "the EU, neutral", "the [EU], neutral"),
            ("eu", "the EU, neutral", "the [EU], neutral"),
            ("grnt", "guarantee", "guarantee"),
            ("", "guarantee", "guarantee"),
            ("🚀", "the 👩\u{200d}🚀 flew", "the [👩\u{200d}🚀] flew"),
            ("\"the end. 漢\"", "at the end. ¶ 漢é", "at [the end. ¶ 漢]é"),
            ("\"the end. ¶ 漢\"", "at the end. ¶ 漢é", "at [the end. ¶ 漢]é"),
        ];
        for (query, text, want) in cases {
            assert_eq!(painted(text, &marks_in(&Query::parse(query), text)), want, "{query}");
        }
    }

    #[test]
    fn scattered_letters_are_marked_for_a_loose_query() {
        let query = Query { loose: true, ..Query::parse("grnt") };
        let text = "漢e\u{301} guarantee grant";
        assert_eq!(painted(text, &marks_in(&query, text)), "漢e\u{301} guarantee [gr]a[nt]");
    }

    #[test]
    fn a_phrase_is_found_across_lines_and_as_typed() {
        let cases = [
            ("land for", "land  for\nLand\n\nfor", "[land  for]\n[Land\n\nfor]"),
            ("Land for", "land for Land for", "land for [Land for]"),
            ("'eu", "EU—neutral", "[EU]—n[eu]tral"),
            ("\"!so\"", "not !so", "not [!so]"),
            ("so. ¶ 漢", "so.\n\n漢", "[so.\n\n漢]"),
            ("aa", "aaaaa", "[aa][aa]a"),
            ("topic:x", "a topic:x", "a [topic:x]"),
            ("e", "漢é e\u{301}", "漢[é] [e\u{301}]"),
            (" ", "a b", "a b"),
        ];
        for (typed, text, want) in cases {
            assert_eq!(painted(text, &find_all(text, &Query::parse(typed))), want, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn marks_are_in_order_apart_and_in_whole_clusters(
            typed in "['^!]{0,1}[aeE漢👩 -]{1,4}[$]{0,1}",
            text in "([aeEé漢 ’—-]|e\u{301}|👩\u{200d}🚀|🦀\u{fe0f}|\u{301}|\n|\u{200d}){0,20}",
            loose in any::<bool>(),
        ) {
            let query = Query { loose, ..Query::parse(&typed) };
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            for spans in [marks_in(&query, &text), find_all(&text, &query)] {
                for span in &spans {
                    prop_assert!(!span.is_empty() && ends.contains(&span.start) && ends.contains(&span.end));
                }
                for pair in spans.windows(2) {
                    prop_assert!(pair[0].end <= pair[1].start);
                }
            }
        }
    }
}
