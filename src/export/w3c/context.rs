//! The words around a passage that tell its place from others: a reader that goes by the words alone would take every
//! place where they stand.

use crate::bytes;
use crate::span::Span;
use memchr::memmem::Finder;
use std::cell::Cell;

/// How many characters of the text before and after a quote tell its place from others; twice as many, and
/// twice as many again, where they do not.
const CONTEXT: usize = 32;
/// No more than so many: where they do not tell it either, the position does, and the fewest are as good.
const MOST: usize = 32 * 1024;
/// The bytes of a beginning: a finder of no more is made in no time.
const HEAD: usize = 32;
/// The bytes of a text that is searched, and how many searches for what begins as something else does it is worth: they
/// take long.
const SEARCHED: usize = 1 << 20;
const REPEATED: usize = 256;
/// The characters before and behind a quote in a text that is searched no more.
const UNSEARCHED: usize = 1024;

/// A text whose passages are told from each other.
pub struct Text<'t> {
    raw: &'t str,
    /// How often what was searched for begins as something else does.
    repeated: Cell<usize>,
}

impl<'t> Text<'t> {
    /// A text as it was read.
    pub const fn new(raw: &'t str) -> Self {
        Self { raw, repeated: Cell::new(0) }
    }

    /// The text.
    pub const fn raw(&self) -> &'t str {
        self.raw
    }

    /// What stands before and behind a passage: as much as it takes for the three together to stand nowhere else, where
    /// that can be found soon.
    pub fn context(&self, part: Span) -> [&'t str; 2] {
        if self.raw.len() > SEARCHED || self.repeated.get() >= REPEATED {
            return self.around(part, UNSEARCHED);
        }
        // What is known to stand somewhere else too.
        let mut shared = part;
        let mut count = CONTEXT;
        while count <= MOST {
            let [prefix, suffix] = self.around(part, count);
            let whole = Span::new(part.start - prefix.len(), part.end + suffix.len());
            if whole == Span::new(0, self.raw.len()) {
                return [prefix, suffix];
            }
            if !shared.covers(whole) {
                match self.shared(whole) {
                    None => return [prefix, suffix],
                    Some(more) => shared = more,
                }
            }
            count *= 2;
        }
        self.around(part, CONTEXT)
    }

    /// So many characters before and behind a passage, or what there is.
    fn around(&self, part: Span, count: usize) -> [&'t str; 2] {
        let before = Span::new(0, part.start).of(self.raw);
        let behind = Span::new(part.end, self.raw.len()).of(self.raw);
        [last(before, count), first(behind, count)]
    }

    /// A span that stands somewhere else too, also where the two places overlap, with what is known at once to do so
    /// around it.
    fn shared(&self, span: Span) -> Option<Span> {
        let words = span.of(self.raw).as_bytes();
        // Mostly their beginning stands but once, which tells it sooner.
        if words.get(..HEAD).is_some_and(|head| self.elsewhere(span.start, head).is_none()) {
            return None;
        }
        self.repeated.update(|repeated| repeated + 1);
        Some(alike(self.raw, span, self.elsewhere(span.start, words)?))
    }

    /// Where else in the text the words at a place begin.
    fn elsewhere(&self, start: usize, words: &[u8]) -> Option<usize> {
        let (raw, finder, behind) = (self.raw.as_bytes(), Finder::new(words), start + 1);
        let before = finder.find(raw).filter(|&at| at != start);
        before.or_else(|| finder.find(raw.get(behind..)?).map(|at| behind + at))
    }
}

/// A span of the text, and as much before and behind it as stands before and behind the same words at `other`.
fn alike(raw: &str, span: Span, other: usize) -> Span {
    let raw = raw.as_bytes();
    let (until, from) = (|at| raw.get(..at).unwrap_or_default(), |at| raw.get(at..).unwrap_or_default());
    let before = bytes::end_alike(until(span.start), until(other));
    let behind = bytes::begin_alike(from(span.end), from(other + span.len()));
    Span::new(span.start - before, span.end + behind)
}

fn first(text: &str, count: usize) -> &str {
    let mut behind = text.chars();
    behind.nth(count - 1);
    Span::new(0, text.len() - behind.as_str().len()).of(text)
}

fn last(text: &str, mut count: usize) -> &str {
    let is_first = |byte: u8| {
        count -= usize::from(byte & 0xC0 != 0x80);
        count == 0
    };
    text.get(text.bytes().rposition(is_first).unwrap_or(0)..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CONTEXT, MOST, REPEATED, Text, UNSEARCHED, first, last};
    use crate::span::Span;

    #[test]
    fn the_context_is_so_many_characters_at_most() {
        let crabs = "🦀".repeat(40);
        for text in ["", "é—漢🦀", &crabs] {
            let want = text.chars().count().min(CONTEXT);
            let (first, last) = (first(text, CONTEXT), last(text, CONTEXT));
            assert_eq!((first.chars().count(), last.chars().count()), (want, want), "{text}");
            assert!(text.starts_with(first) && text.ends_with(last));
        }
    }

    #[test]
    fn the_context_grows_until_the_passage_stands_nowhere_else() {
        let text = format!("{0}wait{0}漢{0}wait{0}", "é—🦀".repeat(30));
        let places: Vec<usize> = text.match_indices("wait").map(|(at, _)| at).collect();
        for at in places {
            let [prefix, suffix] = Text::new(&text).context(Span::new(at, at + 4));
            assert!(prefix.chars().count() > CONTEXT, "{prefix}");
            let stand = |prefix, suffix| text.matches(&format!("{prefix}wait{suffix}")).count();
            assert_eq!(stand(prefix, suffix), 1);
            let half = prefix.chars().count().max(suffix.chars().count()) / 2;
            assert_eq!(stand(last(prefix, half), first(suffix, half)), 2, "half of it tells nothing");
        }
        assert_eq!(Text::new("aaa").context(Span::new(1, 2)), ["a", "a"]);
    }

    #[test]
    fn a_context_that_tells_nothing_is_short() {
        let text = "so we wait ".repeat(7 * MOST / 11);
        let [prefix, suffix] = Text::new(&text).context(Span::new(3 * MOST, 3 * MOST + 7));
        assert_eq!((prefix.len(), suffix.len()), (CONTEXT, CONTEXT));
    }

    #[test]
    fn a_passage_whose_beginning_alone_stands_twice_needs_no_more() {
        let before = "a".repeat(CONTEXT);
        let text = format!("{before}wait, one; and then {before}wait, two; and then nothing");
        let [prefix, suffix] = Text::new(&text).context(Span::new(CONTEXT, CONTEXT + 4));
        assert_eq!((prefix, suffix.chars().count()), (before.as_str(), CONTEXT));
    }

    #[test]
    fn a_text_that_repeats_itself_is_searched_for_few_of_its_quotes() {
        let words = "so we wait ".repeat(400);
        let text = Text::new(&words);
        let contexts = (0..4000).map(|at| text.context(Span::new(at, at + 7)));
        assert!(contexts.filter(|[prefix, _]| prefix.len() == UNSEARCHED).count() > 2000);
        assert!(text.repeated.get() < REPEATED + 16);
    }
}
