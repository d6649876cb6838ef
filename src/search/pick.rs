//! Choosing from a list by typing: topics, keys, commands.

use super::fold::{Case, fold};
use super::fuzzy::Fuzzy;
use super::marks::meet;
use super::query::{TERMS, heeded};
use super::term::{How, Term, Tier};
use crate::order;
use crate::span::{Span, union};
use std::collections::BTreeSet;

/// An item that what was typed can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Its place in the list that was given.
    pub item: usize,
    /// The letters that met what was typed: bytes of the item, in order, apart, in whole clusters.
    pub marks: Vec<Span>,
    /// Whether a word that was typed stands nowhere in it: only its letters do, in order.
    pub scattered: bool,
}

/// The items that hold every word of `typed`, or its letters in order, best first; all of them, in
/// their order, as long as nothing is typed.
///
/// Whole words come before beginnings of words, these before insides of words and those before
/// scattered letters; then what stands nearer the item's beginning, then the shorter item. No more words
/// are asked for than a search asks for.
pub fn rank<'i>(typed: &str, items: impl IntoIterator<Item = &'i str>) -> Vec<Ranked> {
    let typed = fold(heeded(typed), Case::Kept);
    let terms = terms(&typed);
    let fuzzy = Fuzzy::new();
    let mut ranked: Vec<_> = items
        .into_iter()
        .enumerate()
        .filter_map(|(item, text)| {
            let mut worst = Tier::Word;
            let mut spans = Vec::new();
            for term in &terms {
                let (tier, marks) = meet(term, text, |needle, folded| needle.scattered(folded, &fuzzy))?;
                worst = worst.max(tier);
                spans.extend(marks);
            }
            let marks = union(spans);
            let length = if terms.is_empty() { 0 } else { text.len() };
            Some(((worst, marks.first().map(|mark| mark.start), length, item), marks))
        })
        .collect();
    order::sort_by_key(&mut ranked, |&(rank, _)| rank);
    let ranked = ranked.into_iter().map(|((worst, .., item), marks)| {
        let scattered = matches!(worst, Tier::Scattered(_));
        Ranked { item, marks, scattered }
    });
    ranked.collect()
}

/// The words of what was typed, each asked for once.
fn terms(typed: &str) -> Vec<Term> {
    let words: BTreeSet<&str> = typed.split_whitespace().take(TERMS).collect();
    words.into_iter().map(|word| Term::new(word, How::Exact, false)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meant_item_stands_first() {
        let cases: [(&str, &[&str], &[&str]); 8] = [
            ("", &["b", "a"], &["b", "a"]),
            ("page-down", &["half-page-down", "page-down"], &["page-down", "half-page-down"]),
            (
                "guar",
                &["vanguard", "security guarantees", "guarantees"],
                &["guarantees", "security guarantees", "vanguard"],
            ),
            ("trsn", &["Territory and sanctions", "Troops"], &["Territory and sanctions"]),
            ("G", &["g  to the top", "G  to the end"], &["G  to the end"]),
            ("'", &["m", "'  go to a mark"], &["'  go to a mark"]),
            ("elan vital", &["漢 Vitalité, e\u{301}lan", "elan"], &["漢 Vitalité, e\u{301}lan"]),
            ("xyz", &["abc"], &[]),
        ];
        for (typed, items, want) in cases {
            let found: Vec<&str> = rank(typed, items.iter().copied())
                .iter()
                .filter_map(|ranked| items.get(ranked.item))
                .copied()
                .collect();
            assert_eq!(found, want, "{typed}");
        }
    }

    #[test]
    fn a_paste_asks_for_no_more_than_a_search_would() {
        let found = |typed: &str| rank(typed, ["a plan—漢字🦀", "a"]).len();
        let many = "a ".repeat(TERMS);
        assert_eq!(found(&format!("{many}zebra")), 2);
        assert_eq!(found(&format!("zebra {many}")), 0);
        assert_eq!((terms(&many).len(), terms("漢 a 漢 é").len()), (1, 3));
        assert_eq!(found(&format!("plan {}zebra", " ".repeat(heeded(&"漢".repeat(9999)).len()))), 1);
    }

    #[test]
    fn letters_are_marked_in_what_is_shown() {
        let item = "e\u{301}—🦀 Élysée";
        let ranked = rank("elys", [item]);
        let marked: Vec<&str> =
            ranked.iter().flat_map(|ranked| &ranked.marks).map(|mark| mark.of(item)).collect();
        assert_eq!(marked, ["Élys"]);
    }
}
