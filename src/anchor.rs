//! A quote and its source to a place and how they match.
//!
//! It promises that an [`Anchor`] is the quote: the same characters, or the same after the fold of
//! [`Match::Typographic`], and whole clusters, so that `e` is not found in `é`. Whatever is only
//! like the quote is a [`Miss`], which at most proposes a place.

mod drift;
mod edges;
mod fold;
mod places;
mod samples;

use crate::bytes::first_at;
use crate::punctuation::{is_kept_blank, wording};
use crate::span::Span;
use drift::Words;
use fold::Folded;
use places::{Text, Which};
use samples::Samples;

/// How a quote that was found matches its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Match {
    /// The same characters.
    Exact,
    /// The same after folding quotation marks, dashes, no-break and repeated spaces and CR LF.
    Typographic,
}

/// Where a quote stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// One span of raw bytes a fragment, in order.
    pub parts: Vec<Span>,
    /// How well they match.
    pub matched: Match,
    /// Which of the places this is, from 1.
    pub nth: usize,
    /// At how many places the quote stands; nothing where counting them took too long.
    pub of: Option<usize>,
}

impl Anchor {
    /// From the start of the first fragment to the end of the last, in raw bytes.
    #[must_use]
    pub fn span(&self) -> Span {
        match self.parts.as_slice() {
            [] => Span::default(),
            [only] => *only,
            [first, .., last] => Span::new(first.start, last.end),
        }
    }
}

/// Why a quote has no place in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Something like it stands there, to be proposed and never painted.
    Drifted {
        /// The raw bytes of the nearest passage.
        place: Span,
        /// How many of the quote's words it keeps, in percent.
        agreement: u8,
    },
    /// Nothing like it stands there.
    Absent,
    /// It stands there, but not as often as it is asked for.
    Beyond {
        /// At how many places it stands.
        of: usize,
    },
    /// Looking for it took too long: it may stand there.
    GivenUp,
    /// The source could not be read.
    NoText,
}

/// How many pairs of words all the searches of a haystack for drifted quotes may compare: enough for a hundred
/// quotes of an article that was rewritten.
const PAIRS: Budget = Budget { base: 1 << 21, per_byte: 16 };
/// How many bytes all its searches for quotes may read.
const READ: Budget = Budget { base: 1 << 25, per_byte: 256 };
/// How many of these one search may read: far more than prose needs, and little enough that a text
/// made to be compared for ever is not.
const READ_AT_ONCE: usize = 1 << 26;
/// So many bytes on either side of a place are around it.
const AROUND: usize = 512;
/// So many quotes are found by reading the text for each of them; to take samples of it costs as much.
const FEW: usize = 24;

/// What all the searches of a haystack may spend.
struct Budget {
    base: usize,
    /// How much more for each byte of the haystack.
    per_byte: usize,
}

impl Budget {
    const fn of(&self, bytes: usize) -> usize {
        self.base + self.per_byte * bytes
    }
}

/// A source, to look for quotes in.
#[derive(Clone, Debug)]
pub struct Haystack<'a> {
    raw: &'a str,
    /// Samples of it, where many quotes are looked for.
    samples: Option<Samples>,
    /// It after the fold, and samples of that where there are some of it.
    folded: Option<(Folded, Option<Samples>)>,
    words: Option<Words<'a>>,
    /// What it says, where words are looked for whose case does not count.
    wording: Option<String>,
    /// The bytes that may still be read.
    left: usize,
    /// The pairs of words that may still be compared.
    pairs: usize,
}

impl<'a> Haystack<'a> {
    /// A haystack of the text as it stands in the file; what only some quotes need is made when one does.
    #[must_use]
    pub const fn new(raw: &'a str) -> Self {
        Self {
            raw,
            samples: None,
            folded: None,
            words: None,
            wording: None,
            left: READ.of(raw.len()),
            pairs: PAIRS.of(raw.len()),
        }
    }

    /// The text as it stands in the file.
    #[must_use]
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The same, made ready to look for so many quotes: what [`Haystack::find`] finds is the same, with less to read.
    /// Quotes of less than eleven bytes are looked for one by one all the same.
    #[must_use]
    pub fn expecting(self, quotes: usize) -> Self {
        let samples = (quotes > FEW).then(|| Samples::new(self.raw));
        Self { samples, ..self }
    }

    /// The `nth` place, from 1, or else the first, where the fragments stand in order.
    ///
    /// A place is an occurrence of the first fragment, none overlapping another, from which the
    /// others follow, each the first after the one before. All fragments match exactly, or all match
    /// typographically; where there is an exact place, only exact ones count.
    ///
    /// # Errors
    /// The [`Miss`] says what there is instead.
    pub fn find(&mut self, fragments: &[impl AsRef<str>], nth: Option<usize>) -> Result<Anchor, Miss> {
        self.choose(fragments, Which::Nth(nth.unwrap_or(1)))
    }

    /// The place of all where some parts of the raw text stand that is these parts themselves.
    ///
    /// # Errors
    /// The [`Miss`] says what there is instead; [`Miss::Beyond`] where these are inside other places.
    pub fn find_at(&mut self, parts: &[Span]) -> Result<Anchor, Miss> {
        let fragments: Vec<&str> = parts.iter().map(|part| part.of(self.raw)).collect();
        self.choose(&fragments, Which::At(parts))
    }

    fn choose(&mut self, fragments: &[impl AsRef<str>], which: Which<'_>) -> Result<Anchor, Miss> {
        if fragments.is_empty() || fragments.iter().any(|fragment| fragment.as_ref().trim_start().is_empty())
        {
            return Err(Miss::Absent);
        }
        if let Some(found) = self.placed(fragments, which) {
            return found;
        }
        let words = self.words.get_or_insert_with(|| Words::new(self.raw));
        Err(words.nearest(fragments, &mut self.pairs))
    }

    /// The place that is asked for, where the fragments have one at all.
    fn placed(&mut self, fragments: &[impl AsRef<str>], which: Which<'_>) -> Option<Result<Anchor, Miss>> {
        let raw = self.raw;
        let exact = |span| places::whole(raw, span);
        let text = Text { text: raw, samples: self.samples.as_ref(), matched: Match::Exact };
        let found = within(&mut self.left, |left| places::choose(text, fragments, which, left, exact));
        if found.is_some() {
            return found;
        }
        let (folded, samples) = self.folded.get_or_insert_with(|| {
            let folded = Folded::new(raw);
            let samples = self.samples.as_ref().map(|_| Samples::new(folded.text()));
            (folded, samples)
        });
        let needles: Vec<Folded> = fragments.iter().map(|fragment| Folded::new(fragment.as_ref())).collect();
        let needles: Vec<&str> = needles.iter().map(Folded::text).collect();
        let alike = |span| places::whole(raw, folded.to_raw(span, raw));
        let text = Text { text: folded.text(), samples: samples.as_ref(), matched: Match::Typographic };
        within(&mut self.left, |left| places::choose(text, &needles, which, left, alike))
    }

    /// Whether the text says some words, in whatever case, with whatever marks and blanks, or looking for them took
    /// too long. They are looked for at and around a place first, as most stand in the quote itself.
    pub fn may_say(&mut self, words: &str, place: Span) -> bool {
        let start = self.raw.floor_char_boundary(place.start.saturating_sub(AROUND));
        let end = self.raw.ceil_char_boundary(place.end.saturating_add(AROUND));
        let has = |span: Span| first_at(span.of(self.raw).as_bytes(), words.as_bytes()).is_some();
        if has(place) || has(Span::new(start, end)) {
            return true;
        }
        let Some(left) = self.left.checked_sub(self.raw.len()) else { return true };
        self.left = left;
        if has(Span::new(0, self.raw.len())) {
            return true;
        }
        let said = self.wording.get_or_insert_with(|| wording(self.raw));
        first_at(said.as_bytes(), wording(words).as_bytes()).is_some()
    }

    /// The passages that are like some words, the most alike first, each with the percent of the
    /// words that it keeps. Marks that the words begin or end with are taken in where the text has its own.
    pub fn like(&mut self, words: &str) -> Vec<(Span, u8)> {
        let raw = self.raw;
        let source = self.words.get_or_insert_with(|| Words::new(raw));
        let near = source.near(words, &mut self.pairs).into_iter();
        near.map(|(place, agreement)| (with_marks(raw, place, words), agreement)).collect()
    }
}

/// A place with as many of the marks at its edges as the words have at theirs, whatever blanks are around these.
#[must_use]
pub fn with_marks(raw: &str, place: Span, words: &str) -> Span {
    let is_edge = |c: &char| !c.is_alphanumeric();
    let is_mark = |c: &char| !c.is_whitespace();
    let before = words.chars().take_while(is_edge).filter(is_mark).count();
    let behind = words.chars().rev().take_while(is_edge).filter(is_mark).count();
    let (head, tail) = (Span::new(0, place.start).of(raw), Span::new(place.end, raw.len()).of(raw));
    let start = place.start - marks(head.chars().rev(), before);
    let end = place.end + marks(tail.chars(), behind);
    places::whole(raw, Span::new(start, end)).unwrap_or(place)
}

/// How many bytes the first of so many marks take, with the blanks that keep them on a line: `\u{202F}»`.
fn marks(chars: impl Iterator<Item = char>, most: usize) -> usize {
    let (mut bytes, mut at, mut left) = (0, 0, most);
    for c in chars.take_while(|c| !c.is_alphanumeric()) {
        at += c.len_utf8();
        if is_kept_blank(c) {
            continue;
        }
        if c.is_whitespace() || left == 0 {
            break;
        }
        left -= 1;
        bytes = at;
    }
    bytes
}

/// Makes one search with what may still be read, but for no more than one search may read.
fn within<T>(left: &mut usize, search: impl FnOnce(&mut usize) -> T) -> T {
    let given = READ_AT_ONCE.min(*left);
    let mut rest = given;
    let found = search(&mut rest);
    *left -= given - rest;
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::iter;
    use unicode_segmentation::UnicodeSegmentation;

    fn find(raw: &str, fragments: &[&str], nth: Option<usize>) -> Result<Anchor, Miss> {
        Haystack::new(raw).find(fragments, nth)
    }

    #[test]
    fn a_quote_is_found_with_how_it_matches() {
        use Match::{Exact, Typographic};
        // (source, quote, the words found, how they match)
        let cases = [
            ("“é—漢字🦀” it said", "é—漢字🦀", "é—漢字🦀", Exact),
            ("They said “we’ll wait” twice", "\"we'll wait\"", "“we’ll wait”", Typographic),
            ("a 28‑point plan — now", "28-point plan – now", "28‑point plan — now", Typographic),
            (
                "both «we stay» and ‹we wait›",
                "\"we stay\" and 'we wait'",
                "«we stay» and ‹we wait›",
                Typographic,
            ),
            ("so  we\u{A0}\twait  here", "we wait", "we\u{A0}\twait", Typographic),
            // A space at the edge of the quote is the one next to its words.
            ("so \u{2009}“we” \u{A0} wait", " \"we\" ", "\u{2009}“we” ", Typographic),
            ("so  we  wait", "we", "we", Exact),
            ("one\r\ntwo\r\n\r\nthree", "one\ntwo", "one\r\ntwo", Typographic),
            ("one\r\ntwo\r\n\r\nthree", "two\n\nthree", "two\r\n\r\nthree", Typographic),
            ("one\r\ntwo", "\ntwo", "\r\ntwo", Typographic),
            ("one\ntwo", "one\ntwo", "one\ntwo", Exact),
            ("‘é’ and e\u{301}", "'é'", "‘é’", Typographic),
            ("wait... and see", "wait... and", "wait... and", Exact),
            ("אמר ח״כ", "ח\"כ", "ח״כ", Typographic),
            ("תל־אביב ג׳", "תל-אביב ג'", "תל־אביב ג׳", Typographic),
            ("Прем’єр: Обʼєднання", "Прем`єр: Об´єднання", "Прем’єр: Обʼєднання", Typographic),
        ];
        for (raw, quote, words, matched) in cases {
            let found = find(raw, &[quote], None);
            let found = found.map(|anchor| (anchor.span().of(raw), anchor.matched));
            assert_eq!(found, Ok((words, matched)), "{quote:?} in {raw:?}");
        }
    }

    #[test]
    fn what_is_only_like_the_quote_is_a_miss() {
        // (source, quote, the words proposed and how far they agree)
        let cases = [
            ("At line 31: we will not wait for them.", "we will never wait", Some(("we will not wait", 75))),
            ("we will not wait", "We will not wait", Some(("we will not wait", 100))),
            ("one\ntwo three", "one two three", Some(("one\ntwo three", 100))),
            ("wait … and see", "wait ... and see", Some(("wait … and see", 100))),
            ("a cafe\u{301} here", "a cafe", Some(("a cafe\u{301}", 100))),
            ("cafe\u{301}s", "\u{301}s", None),
            // However the letters are composed.
            (
                "漢. Thu\u{309} tu\u{31B}o\u{31B}\u{301}ng no\u{301}i ra\u{306}\u{300}ng.",
                "Thủ tướng nói rằng",
                Some(("Thu\u{309} tu\u{31B}o\u{31B}\u{301}ng no\u{301}i ra\u{306}\u{300}ng", 100)),
            ),
            ("Їхній план", "І\u{308}хніи\u{306} план", Some(("Їхній план", 100))),
            ("漢字新聞", "漢字旧聞", Some(("漢字新聞", 75))),
            ("so we wait", "so they wait and see", None),
            ("security guarantees", "security pledges", None),
            ("they wait. We will go. Now", "we will stay", Some(("We will go", 66))),
            ("now they will wait here", "we will wait", Some(("they will wait", 66))),
            ("the old plan will stand", "the new plan will fall", Some(("the old plan will stand", 60))),
            ("Zelensky’s plan, it said", "the Zelenskys plan it", Some(("Zelensky’s plan, it", 75))),
            // One word written as two, or two as one, at an edge of the quote.
            ("é. They can not pay now", "cannot pay now", Some(("can not pay now", 66))),
            ("They can not pay now", "can’t pay now", Some(("can not pay now", 66))),
            ("in May that they would not.", "May that they wouldn’t", Some(("May that they would not", 75))),
            ("in May that they will not, é", "May that they won’t", Some(("May that they will not", 75))),
            ("In May they didn’t. Then", "In May they did not", Some(("In May they didn’t", 60))),
            ("by twenty-five men, 漢", "twentyfive men, 漢", Some(("twenty-five men, 漢", 66))),
            ("raised by 8 per\ncent", "raised by 8 percent", Some(("raised by 8 per\ncent", 75))),
            ("fine.\n\nNotall would pay it", "Not all would pay it", Some(("Notall would pay it", 60))),
            ("And so. Un likely it is", "Unlikely it is", Some(("Un likely it is", 66))),
            // Where the letters are no more alike with another word, it is left out.
            ("at a higher fare is it", "at a higher fares", Some(("at a higher fare", 75))),
            ("here. Can not pay", "so not pay", Some(("Can not pay", 66))),
            ("security guarantees", " \n\t", None),
            ("security guarantees", "", None),
            ("", "guarantees", None),
            ("…", "—", None),
        ];
        for (raw, quote, place) in cases {
            let found = match find(raw, &[quote], None) {
                Err(Miss::Drifted { place, agreement }) => Some((place.of(raw), agreement)),
                Err(Miss::Absent) => None,
                other => unreachable!("{quote:?} in {raw:?}: {other:?}"),
            };
            assert_eq!(found, place, "{quote:?} in {raw:?}");
        }
        for fragments in [&[][..], &["so", " "], &["", "so"]] {
            assert_eq!(find("so we wait", fragments, None), Err(Miss::Absent), "{fragments:?}");
        }
    }

    #[test]
    fn whether_a_text_says_some_words_is_told_by_those_around_a_place_first() {
        let raw = format!("{}“é—漢🦀” it said. {0}", "and so on ".repeat(400));
        let at = raw.find("漢").map(|at| Span::new(at, at + 3)).unwrap();
        // (words, place, whether they are there, whether more is read)
        let cases = [
            ("“é—漢🦀” it", at, true, false),
            ("\"É-漢🦀\"\n IT", at, true, true),
            ("it said", Span::default(), true, true),
            ("it says", at, false, true),
        ];
        for (words, place, is_there, reads) in cases {
            let mut haystack = Haystack::new(&raw);
            let before = haystack.left;
            assert_eq!(
                (haystack.may_say(words, place), haystack.left < before),
                (is_there, reads),
                "{words}"
            );
        }
    }

    #[test]
    fn what_is_like_some_words_comes_with_its_marks_the_most_alike_first() {
        let raw = "“We will wait,” he said. (We shall wait!) And “we will wait.” É—漢字🦀.";
        let like = |words: &str| -> Vec<(&str, u8)> {
            Haystack::new(raw)
                .like(words)
                .into_iter()
                .map(|(place, agrees)| (place.of(raw), agrees))
                .collect()
        };
        let want = vec![("“We will wait,”", 100), ("“we will wait.”", 100), ("(We shall wait!)", 66)];
        assert_eq!(like("\"We will wait.\""), want);
        assert_eq!(like(" \"We will wait.\"\n"), want);
        assert_eq!(like("é—漢字🦀!"), vec![("É—漢字🦀.", 100)]);
        for words in ["", "…", "zebra"] {
            assert_eq!(like(words), vec![], "{words}");
        }
        // French has blanks that do not break between its marks and its words.
        let raw = "dit : «\u{A0}Nous n’irons pas\u{202F}!\u{202F}» Puis «\u{202F}oui\u{A0}»";
        for words in ["\"Nous n'irons pas !\"", "«Nous n’irons pas!»", "« Nous n’irons pas ! »"] {
            let near = Haystack::new(raw).like(words);
            let near: Vec<&str> = near.into_iter().map(|(place, _)| place.of(raw)).collect();
            assert_eq!(near, ["«\u{A0}Nous n’irons pas\u{202F}!\u{202F}»"], "{words}");
        }
    }

    #[test]
    fn which_place_it_is_is_told_by_reading_the_text_once() {
        let raw = "so é—漢🦀 it is, ".repeat(1000);
        let spent = |look: &dyn Fn(&mut Haystack<'_>) -> Option<usize>| {
            let mut haystack = Haystack::new(&raw);
            let before = haystack.left;
            (look(&mut haystack), before - haystack.left)
        };
        let (_, read) = spent(&|haystack| haystack.find(&["é—漢"], None).ok()?.of);
        for (nth, (at, words)) in raw.match_indices("é—漢").enumerate().step_by(333) {
            let part = Span::new(at, at + words.len());
            let told = |haystack: &mut Haystack<'_>| Some(haystack.find_at(&[part]).ok()?.nth);
            assert_eq!(spent(&told), (Some(nth + 1), read));
        }
        assert_eq!(Haystack::new("aaa").find_at(&[Span::new(1, 3)]), Err(Miss::Beyond { of: 1 }));
    }

    #[test]
    fn a_cluster_is_found_only_whole() {
        let raw = "e\u{301} 🇩🇪 👩\u{200D}👩 क\u{94D}ष e";
        assert_eq!(find(raw, &["e"], None).map(|anchor| anchor.span().start), Ok(raw.len() - 1));
        for part in ["🇪", "👩", "क", "ष", "\u{301}"] {
            assert_eq!(find(raw, &[part], None).map(|anchor| anchor.parts).ok(), None, "{part:?}");
        }
        for whole in ["e\u{301}", "🇩🇪", "👩\u{200D}👩", "क\u{94D}ष"] {
            assert_eq!(find(raw, &[whole], None).map(|anchor| anchor.of), Ok(Some(1)), "{whole:?}");
        }
    }

    #[test]
    fn places_are_counted_in_order_and_without_overlap() {
        // (source, fragments, nth, the start of each part and the number of places)
        type Found = Result<(Vec<usize>, usize), Miss>;
        type Case = (&'static str, &'static [&'static str], Option<usize>, Found);
        let cases: &[Case] = &[
            ("ab ab ab", &["ab"], None, Ok((vec![0], 3))),
            ("ab ab ab", &["ab"], Some(3), Ok((vec![6], 3))),
            ("ab ab ab", &["ab"], Some(4), Err(Miss::Beyond { of: 3 })),
            ("ab ab ab", &["ab"], Some(0), Err(Miss::Beyond { of: 3 })),
            ("aaaa", &["aa"], Some(2), Ok((vec![2], 2))),
            ("a b a b b", &["a", "b"], Some(1), Ok((vec![0, 2], 2))),
            ("a b a b b", &["a", "b"], Some(2), Ok((vec![4, 6], 2))),
            ("a a b", &["a", "b"], Some(2), Ok((vec![2, 4], 2))),
            ("b a", &["a", "b"], None, Err(Miss::Absent)),
            ("aab", &["a", "ab"], None, Ok((vec![0, 1], 1))),
            ("a a", &["a", "a"], None, Ok((vec![0, 2], 1))),
            // Exact and typographic do not mix: neither between fragments, nor between places.
            ("we’re a 'fine' lot", &["we’re", "‘fine’"], None, Ok((vec![0, 10], 1))),
            ("it's it’s", &["it’s"], None, Ok((vec![5], 1))),
            ("it's it’s", &["it’s"], Some(2), Err(Miss::Beyond { of: 1 })),
            ("it's it's", &["it’s"], Some(2), Ok((vec![5], 2))),
        ];
        for (raw, fragments, nth, want) in cases {
            let found = find(raw, fragments, *nth);
            let starts = |anchor: &Anchor| anchor.parts.iter().map(|part| part.start).collect();
            let found = found.map(|anchor| (starts(&anchor), anchor.of.unwrap_or_default()));
            assert_eq!(&found, want, "{fragments:?} {nth:?} in {raw:?}");
        }
    }

    #[test]
    fn a_text_made_to_be_compared_for_ever_is_given_up() {
        let raw = "a\u{301}".repeat(50_000);
        let quote = format!("{}a", "a\u{301}".repeat(20_000));
        assert_eq!(find(&raw, &[&quote], None).map(|anchor| anchor.of), Err(Miss::GivenUp));
        let raw = "word ".repeat(30_000);
        let other = "other ".repeat(30_000);
        assert_eq!(find(&raw, &[&other], None), Err(Miss::GivenUp));
    }

    #[test]
    fn many_quotes_are_looked_for_without_reading_the_text_for_each() {
        let text = "so we wait “é—漢🦀” here ".repeat(4_000);
        let quotes: Vec<String> = (0..5_000).map(|n| format!("so we wait {n} and there is none")).collect();
        let mut haystack = Haystack::new(&text).expecting(quotes.len());
        let before = haystack.left;
        for quote in &quotes {
            let found = haystack.find(&[quote], None);
            assert!(found.is_err(), "{quote}: {found:?}");
        }
        let read = before - haystack.left;
        assert!(read <= text.len(), "{read} bytes for {} quotes", quotes.len());
    }

    #[test]
    fn quotes_of_a_table_set_with_spaces_are_all_found() {
        let rows: Vec<String> = (0..2_000).map(|n| format!("abc{}{n:04}", " ".repeat(27))).collect();
        let text = rows.join("\n");
        let mut haystack = Haystack::new(&text).expecting(rows.len());
        for row in &rows {
            assert_eq!(haystack.find(&[row], None), find(&text, &[row], None), "{row}");
        }
    }

    #[test]
    fn fragments_that_are_found_again_and_again_come_to_an_end() {
        let places = 300_000;
        let marks: Vec<String> = (0..10_000).map(|n| format!("z{n}")).collect();
        let text = format!("{}{}", "a ".repeat(places), marks.join(" "));
        let fragments: Vec<&str> = iter::once("a").chain(marks.iter().map(String::as_str)).collect();
        assert_eq!(find(&text, &fragments, None).map(|anchor| anchor.of), Ok(None));
    }

    #[test]
    fn a_quote_that_stands_everywhere_costs_no_more_than_the_text_allows() {
        let text = "a ".repeat(200_000);
        for quote in ["a", "a a a a a a"] {
            let mut haystack = Haystack::new(&text).expecting(2_000);
            let found: Vec<_> = (1..=2_000).map(|nth| haystack.find(&[quote], Some(nth))).collect();
            assert_eq!(found.first().map(Result::is_ok), Some(true));
            assert_eq!(found.last(), Some(&Err(Miss::GivenUp)), "there is an end to it");
        }
    }

    #[test]
    fn places_that_take_too_long_to_count_are_not_numbered() {
        let needle = format!("{}a", "a\u{301}".repeat(20_000));
        let raw = format!("{needle} {}", "a\u{301}".repeat(50_000));
        let found = find(&raw, &[&needle], None).map(|anchor| (anchor.span().start, anchor.nth, anchor.of));
        assert_eq!(found, Ok((0, 1, None)));
        assert_eq!(find(&raw, &[&needle], Some(2)), Err(Miss::GivenUp));
    }

    /// Texts of a few words, so that they repeat, and of what the fold and the clusters are about.
    fn texts() -> impl Strategy<Value = String> {
        let words = [
            "we", "wait", "é", "e\u{301}", "漢字", "🦀", "🇩🇪", " ", "  ", "\u{A0}", "\n", "\r\n", "’", "'",
            "“", "—", "-", "‑", "\"",
        ];
        proptest::collection::vec(proptest::sample::select(words.to_vec()), 1..40)
            .prop_map(|words| words.concat())
    }

    /// Cuts whole clusters out of a text, by two numbers.
    fn cut(text: &str, a: usize, b: usize) -> Span {
        let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let (a, b) = (edges[a % edges.len()], edges[b % edges.len()]);
        Span::new(a.min(b), a.max(b))
    }

    /// The same words in other marks, chosen by the bits of `seed`.
    fn retyped(quote: &str, mut seed: u64) -> String {
        let mut other = String::new();
        for c in quote.replace("\r\n", "\n").chars() {
            seed = seed.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let choice = |marks: &[&str]| marks[(seed >> 40) as usize % marks.len()].to_owned();
            other += &match c {
                '’' | '\'' => choice(&["'", "’", "‘", "ʼ"]),
                '“' | '"' => choice(&["\"", "“", "”", "«"]),
                '—' | '-' | '‑' => choice(&["-", "—", "–", "‑"]),
                ' ' | '\u{A0}' => choice(&[" ", "\u{A0}", "  ", "\u{202F}", "\t"]),
                c => c.to_string(),
            };
        }
        other
    }

    proptest! {
        #[test]
        fn an_exact_substring_is_found_where_it_stands(text in texts(), a: usize, b: usize) {
            let span = cut(&text, a, b);
            let quote = span.of(&text);
            prop_assume!(!quote.trim().is_empty());
            let anchor = find(&text, &[quote], None).map_err(|miss| TestCaseError::fail(format!("{miss:?}")))?;
            prop_assert_eq!(anchor.matched, Match::Exact);
            prop_assert_eq!(anchor.span().of(&text), quote);
            prop_assert!(anchor.span().start <= span.start);
            if text.find(quote) == text.rfind(quote) {
                prop_assert_eq!(anchor.span(), span);
            }
            let last = find(&text, &[quote], anchor.of).map(|anchor| anchor.span().of(&text).to_owned());
            prop_assert_eq!(last, Ok(quote.to_owned()));
            let of = anchor.of.unwrap_or_default();
            prop_assert_eq!(find(&text, &[quote], Some(of + 1)), Err(Miss::Beyond { of }));
        }

        #[test]
        fn a_retyped_quote_is_found_and_folds_to_the_same(text in texts(), a: usize, b: usize, seed: u64) {
            let span = cut(&text, a, b);
            let quote = retyped(span.of(&text), seed);
            prop_assume!(!quote.trim().is_empty());
            let anchor = find(&text, &[&quote], None).map_err(|miss| TestCaseError::fail(format!("{miss:?}")))?;
            let found = anchor.span().of(&text);
            let folds = [Folded::new(found), Folded::new(&quote)];
            prop_assert_eq!(folds[0].text(), folds[1].text());
            prop_assert_eq!(anchor.matched == Match::Exact, found == quote);
        }

        #[test]
        fn a_text_that_expects_many_quotes_finds_the_same(
            text in texts(), a: usize, b: usize, c: usize, nth in 0..4_usize, seed: u64,
        ) {
            let (first, second) = (cut(&text, a, b), cut(&text, b, c));
            let fragments = [first.of(&text).to_owned(), retyped(second.of(&text), seed)];
            for fragments in [&fragments[..1], &fragments[1..], &fragments[..]] {
                let fragments: Vec<&str> = fragments.iter().map(String::as_str).collect();
                let mut expecting = Haystack::new(&text).expecting(FEW + 1);
                let nth = Some(nth).filter(|&nth| nth > 0);
                prop_assert_eq!(expecting.find(&fragments, nth), find(&text, &fragments, nth), "{:?}", fragments);
            }
        }

        #[test]
        fn a_changed_word_is_never_the_quote(text in texts(), a: usize, b: usize) {
            let quote = format!("{}never", cut(&text, a, b).of(&text));
            let other = format!("never{}", cut(&text, a, b).of(&text));
            for quote in [quote, other] {
                let miss = matches!(find(&text, &[&quote], None), Err(Miss::Drifted { .. } | Miss::Absent));
                prop_assert!(miss, "{:?}", quote);
            }
        }

        #[test]
        fn a_place_lies_in_the_text(text in any::<String>(), first in any::<String>(), second: String) {
            let found = find(&text, &[&first, &second], None);
            let place = match &found {
                Ok(anchor) => anchor.span(),
                Err(Miss::Drifted { place, .. }) => *place,
                Err(Miss::Absent | Miss::Beyond { .. } | Miss::GivenUp | Miss::NoText) => Span::default(),
            };
            prop_assert!(text.get(place.start..place.end).is_some());
        }
    }
}
