//! A quote as a writer pastes it into a briefing: the table, ready to load.
//!
//! It promises that the words in it, read back, are found again at just the place they were taken from.

use crate::anchor::Haystack;
use crate::lines::ended_as;
use crate::model::Family;
use crate::span::Span;
use crate::toml_string::toml_string;
use std::fmt::Write as _;

/// A passage cut out of a source, to be made a quote.
#[derive(Clone, Copy, Debug)]
pub struct Clipping<'t> {
    /// The source's id.
    pub source: &'t str,
    /// The source's text as it stands in its file.
    pub raw: &'t str,
    /// The bytes of that text that are quoted, in order; several where words between are left out.
    pub parts: &'t [Span],
    /// The kind of card that is to hold the quote.
    pub family: Family,
}

impl Clipping<'_> {
    /// The `[[...quote]]` table, with `nth` where the words stand elsewhere too.
    ///
    /// The basis that it gives is the one that claims least; a remark names the others. Nothing
    /// where the words cannot be found again: no words, a part of a cluster, or a place inside another.
    #[must_use]
    pub fn table(&self) -> Option<String> {
        let (nth, of) = self.standing()?;
        let mut table = format!("[[{}.quote]]\n", self.family.written());
        let _ = writeln!(table, "source = {}", toml_string(self.source));
        let words: Vec<String> = self.parts.iter().map(|part| toml_string(part.of(self.raw))).collect();
        let _ = match words.as_slice() {
            [only] => writeln!(table, "exact  = {only}"),
            words => writeln!(table, "exact  = [\n  {},\n]", words.join(",\n  ")),
        };
        if of > 1 {
            let _ = writeln!(table, "nth    = {nth}");
        }
        table.push_str("basis  = \"outlet\"   # or record, document, anonymous, analysis\n");
        Some(table)
    }

    /// Which of the places where the words stand this is, from 1, and how many there are; nothing
    /// where they cannot be found again.
    #[must_use]
    pub fn standing(&self) -> Option<(usize, usize)> {
        standing(self.parts, &mut Haystack::new(self.raw))
    }
}

/// Which of the places of their words some parts of a text are, from 1, and how many there are; nothing where the words
/// that a table has of them, read back, do not lead there.
#[must_use]
pub fn standing(parts: &[Span], haystack: &mut Haystack<'_>) -> Option<(usize, usize)> {
    let raw = haystack.raw();
    if parts.iter().any(|part| ended_as(part.of(raw), raw) != part.of(raw)) {
        return None;
    }
    let found = haystack.find_at(parts).ok()?;
    Some((found.nth, found.of?))
}

#[cfg(test)]
mod tests {
    use super::Clipping;
    use crate::model::Family;
    use crate::span::Span;
    use proptest::prelude::*;

    fn table(raw: &str, parts: &[Span]) -> Option<String> {
        Clipping { source: "gazette", raw, parts, family: Family::PlanPoint }.table()
    }

    #[test]
    fn a_passage_is_written_as_the_table_that_quotes_it() {
        let raw = "They “wait”.\nSo we wait, and so we wait.";
        let at = raw.rfind("we wait").unwrap();
        let want = "[[plan_point.quote]]\nsource = \"gazette\"\nexact  = \"we wait\"\nnth    = 2\n\
                    basis  = \"outlet\"   # or record, document, anonymous, analysis\n";
        assert_eq!(table(raw, &[Span::new(at, at + 7)]).as_deref(), Some(want));
        let parts = [Span::new(0, 4), Span::new(at, at + 2)];
        assert_eq!(table(raw, &parts), None, "the first `we` behind `They` is another");
        let first = raw.find("we wait").unwrap();
        let omitting = table(raw, &[Span::new(0, 4), Span::new(first, first + 7)]).unwrap();
        assert!(omitting.contains("exact  = [\n  \"They\",\n  \"we wait\",\n]\n"), "{omitting}");
    }

    #[test]
    fn what_cannot_be_found_again_is_no_table() {
        let raw = "aaaa e\u{301}";
        for part in [Span::new(1, 3), Span::new(5, 6), Span::new(4, 4), Span::new(4, 99)] {
            assert_eq!(table(raw, &[part]), None, "{part:?}");
        }
        assert_eq!(table(raw, &[]), None);
    }

    #[test]
    fn words_over_a_line_end_that_the_loader_takes_for_another_are_no_table() {
        let raw = "é so\nwe wait. é so\r\nwe wait.";
        let (first, second) = (Span::new(3, 8), Span::new(18, 24));
        assert_eq!((first.of(raw), second.of(raw)), ("so\nwe", "so\r\nwe"));
        assert_eq!(table(raw, &[first]), None);
        assert!(table(raw, &[second]).is_some_and(|table| !table.contains("nth")));
    }

    proptest! {
        #[test]
        fn a_table_leads_back_to_its_place(before in "[ab ]{0,12}", words in "[ab]{1,4}", after in "[ab ]{0,12}") {
            let raw = format!("{before}{words}{after}");
            let part = Span::new(before.len(), before.len() + words.len());
            if let Some(table) = table(&raw, &[part]) {
                let read: toml::Table = table.parse().unwrap();
                let quote = &read["plan_point"]["quote"][0];
                let nth = quote.get("nth").map(|nth| nth.as_integer().unwrap() as usize);
                let found = crate::anchor::Haystack::new(&raw).find(&[quote["exact"].as_str().unwrap()], nth);
                prop_assert_eq!(found.unwrap().parts, vec![part]);
            }
        }
    }
}
