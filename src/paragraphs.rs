//! The paragraphs of a text that can be shown: its lines with anything on them.
//!
//! Only a mark for every block of the text is kept, so that a text of nothing but paragraphs takes no
//! memory to speak of, and finding one reads no more than a block and a paragraph.

use crate::span::{Span, in_32_bits};
use memchr::memchr;

/// The bytes between two marks.
const BLOCK: usize = 1 << 10;

/// Where the paragraphs of a text are; the text itself is handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraphs {
    marks: Vec<Mark>,
    count: usize,
}

/// A place in a text from which its lines can be read on, the first in its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// How many paragraphs begin before it.
    before: u32,
    /// Its byte.
    at: u32,
}

impl Paragraphs {
    /// The paragraphs of a text of less than 4 GiB.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut found = Self::default();
        for line in lines(text, 0) {
            let mark = Mark { before: in_32_bits(found.count), at: in_32_bits(line.start) };
            found.marks.resize(found.marks.len().max(line.start / BLOCK + 1), mark);
            found.count += usize::from(is_paragraph(text, line));
        }
        found
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The paragraph of a number from 0.
    #[must_use]
    pub fn get(&self, text: &str, number: usize) -> Option<Span> {
        let (before, at) = self.last_mark(|mark| mark.before as usize <= number)?;
        following(text, at).nth(number.checked_sub(before)?)
    }

    /// The paragraph that holds a byte, or else the last before it, as a number from 0.
    #[must_use]
    pub fn at(&self, text: &str, at: usize) -> usize {
        let Some((before, from)) = self.last_mark(|mark| mark.at as usize <= at) else { return 0 };
        let begun = lines(text, from).take_while(|line| line.start <= at);
        (before + begun.filter(|&line| is_paragraph(text, line)).count()).saturating_sub(1)
    }

    /// All of them, in order.
    pub fn iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Span> + use<'t> {
        following(text, 0)
    }

    /// The last of the marks at the beginning that `fits` holds for: what is before it, and its byte.
    fn last_mark(&self, fits: impl Fn(&Mark) -> bool) -> Option<(usize, usize)> {
        let mark = self.marks.get(self.marks.partition_point(fits).checked_sub(1)?)?;
        Some((mark.before as usize, mark.at as usize))
    }
}

/// The paragraphs from byte `at` on, at which a line begins.
fn following(text: &str, at: usize) -> impl Iterator<Item = Span> + use<'_> {
    lines(text, at).filter(|&line| is_paragraph(text, line))
}

/// Whether a line has anything on it. Its first byte says so of nearly each.
fn is_paragraph(text: &str, line: Span) -> bool {
    let begins = text.as_bytes().get(line.start).is_some_and(u8::is_ascii_graphic);
    begins || !line.of(text).trim_start().is_empty()
}

/// The lines from byte `at` on, at which one begins.
fn lines(text: &str, mut at: usize) -> impl Iterator<Item = Span> + use<'_> {
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..).filter(|rest| !rest.is_empty())?;
        let line = Span::new(at, at + memchr(b'\n', rest).unwrap_or(rest.len()));
        at = line.end + 1;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Paragraphs};
    use crate::span::Span;
    use proptest::prelude::*;

    /// Each paragraph is found by its number and by each of its bytes; gives back their words.
    fn words(text: &str) -> Vec<&str> {
        let paragraphs = Paragraphs::new(text);
        let all: Vec<Span> = paragraphs.iter(text).collect();
        assert_eq!(paragraphs.len(), all.len());
        for (number, &span) in all.iter().enumerate() {
            assert_eq!(paragraphs.get(text, number), Some(span), "{number}");
            for at in [span.start, span.end - 1] {
                assert_eq!(paragraphs.at(text, at), number, "{at}");
            }
        }
        assert_eq!(paragraphs.get(text, all.len()), None);
        assert_eq!(paragraphs.at(text, usize::MAX), all.len().saturating_sub(1));
        assert!(paragraphs.marks.len() <= text.len() / BLOCK + 1);
        all.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_paragraph_is_a_line_with_something_on_it() {
        assert_eq!(words("\n“é—漢🦀”\n \t\n\n b\nc"), ["“é—漢🦀”", " b", "c"]);
        assert_eq!(words(""), [""; 0]);
        assert_eq!(words(" \n\n"), [""; 0]);
        assert_eq!(words(&"a\n\n".repeat(2 * BLOCK)).len(), 2 * BLOCK);
        assert_eq!(words(&format!("b\n{}a", "\n".repeat(12 * BLOCK))), ["b", "a"]);
        assert_eq!(words(&format!("b\n{}a\nc", " ".repeat(12 * BLOCK))).len(), 3);
        assert_eq!(words(&format!("b\n{}\nc", "é—漢🦀 ".repeat(BLOCK))).len(), 3);
    }

    #[test]
    fn a_text_of_line_ends_is_not_read_to_its_end_for_each_place() {
        let text = format!("a{}b", "\n".repeat(200 * BLOCK));
        let paragraphs = Paragraphs::new(&text);
        assert_eq!(paragraphs.len(), 2);
        for block in 1..200 {
            let (before, from) = paragraphs.last_mark(|mark| mark.at as usize <= block * BLOCK).unwrap();
            assert!(before == 1 && block * BLOCK - from < BLOCK, "{block}");
        }
        assert_eq!(paragraphs.get(&text, 1).unwrap().of(&text), "b");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_word_is_in_a_paragraph(parts in proptest::collection::vec("[a é漢]{0,3}|\n|[ ]{900}|[ab]{1500}", 0..40)) {
            let text = parts.concat();
            let found: String = words(&text).concat();
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&found), letters(&text));
        }
    }
}
