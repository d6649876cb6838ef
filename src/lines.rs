//! The lines of a text: which one a byte stands on, and where one begins.
//!
//! Only a count for every block of the text is kept, so that the lines of a text that is nothing but
//! line ends take no memory to speak of, and finding one reads no more than a block.

use crate::span::{Span, in_32_bits};
use memchr::{memchr, memchr_iter, memrchr};
use std::borrow::Cow;

/// The bytes between two counts.
const BLOCK: usize = 1 << 9;

/// Up to so many lines are gone down one by one.
const FEW: usize = 4;

/// How many line ends stand before each block of a text; the text itself is handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<u32>);

impl Lines {
    /// The lines of a text of less than 4 GiB.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut before = 0;
        let count = |block: &[u8]| {
            let here = before;
            before += in_32_bits(memchr_iter(b'\n', block).count());
            here
        };
        Self(text.as_bytes().chunks(BLOCK).map(count).collect())
    }

    /// The line, from 1, that byte `at` of the text stands on; a line end stands on the line it ends.
    #[must_use]
    pub fn number(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        let Some(last) = self.0.len().checked_sub(1) else { return 1 };
        let block = (at / BLOCK).min(last);
        let rest = text.as_bytes().get(block * BLOCK..at).unwrap_or_default();
        let before = self.0.get(block).map_or(0, |&before| before as usize);
        1 + before + memchr_iter(b'\n', rest).count()
    }
}

/// The lines of a text that hold something: where a writer's own words are shown, each is a paragraph.
pub fn filled(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.trim().is_empty())
}

/// Words of a source as one line, with a sign where they go over to the next paragraph: `so\n\nwe` -> `so ¶ we`.
#[must_use]
pub fn run_on(words: &str) -> Cow<'_, str> {
    if memchr(b'\n', words.as_bytes()).is_none() {
        return Cow::Borrowed(words);
    }
    let mut line = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('\n') {
        line.extend([before.trim_end(), " ¶ "]);
        rest = after.trim_start();
    }
    Cow::Owned(line + rest)
}

/// Words with the line ends that a text has: CR LF where it has one, as what writes TOML may change them.
#[must_use]
pub fn ended_as<'w>(words: &'w str, text: &str) -> Cow<'w, str> {
    if memchr(b'\n', words.as_bytes()).is_none() {
        return Cow::Borrowed(words);
    }
    let plain = words.replace("\r\n", "\n");
    Cow::Owned(if text.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain })
}

/// The line that byte `at` of a text stands on, without its end.
#[must_use]
pub fn around(text: &str, at: usize) -> Span {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes.get(..at).and_then(|before| memrchr(b'\n', before)).map_or(0, |end| end + 1);
    Span::new(start, end(text, at))
}

/// The end of the line that byte `at` of a text stands on.
#[must_use]
pub fn end(text: &str, at: usize) -> usize {
    let behind = text.as_bytes().get(at..).unwrap_or_default();
    memchr(b'\n', behind).map_or(text.len(), |end| at + end)
}

/// The byte at which the line of a text begins that has so many above it; the end of a text that has fewer.
#[must_use]
pub fn start(text: &str, mut above: usize) -> usize {
    let (mut start, mut rest) = (0, text.as_bytes());
    while let Some((block, next)) = rest.split_at_checked(BLOCK)
        && above > FEW
    {
        let ends = memchr_iter(b'\n', block).count();
        if ends >= above {
            break;
        }
        above -= ends;
        start += block.len();
        rest = next;
    }
    match above.checked_sub(1) {
        None => start,
        Some(last) => memchr_iter(b'\n', rest).nth(last).map_or(text.len(), |end| start + end + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Lines, around, start};

    #[test]
    fn a_byte_is_on_the_line_that_it_ends_or_stands_in() {
        let text = "“é—漢🦀”\n\nend";
        let lines = Lines::new(text);
        let at = text.find('\n').unwrap_or_default();
        for (byte, line) in [(0, 1), (at, 1), (at + 1, 2), (at + 2, 3), (text.len(), 3), (999, 3)] {
            assert_eq!(lines.number(text, byte), line, "{byte}");
        }
        assert_eq!(Lines::new("").number("", 0), 1);
        assert_eq!(around(text, at + 1).of(text), "");
        assert_eq!(around(text, 0).of(text), "“é—漢🦀”");
    }

    #[test]
    fn a_line_begins_behind_those_above_it() {
        let text = "“é—漢🦀”\n\nend\n".repeat(BLOCK);
        let mut at = 0;
        for (above, line) in text.split_inclusive('\n').enumerate() {
            if above % 97 == 0 || above < 9 {
                assert_eq!(start(&text, above), at, "{above}");
            }
            at += line.len();
        }
        assert_eq!((start(&text, 99 * BLOCK), start("", 0), start("a", 0)), (text.len(), 0, 0));
    }

    #[test]
    fn every_line_of_a_text_of_many_blocks_is_counted() {
        let text = "a\n\n漢\n".repeat(BLOCK);
        let lines = Lines::new(&text);
        let mut line = 1;
        for (at, byte) in text.bytes().enumerate() {
            if at % 61 == 0 || at % BLOCK < 2 {
                assert_eq!(lines.number(&text, at), line, "{at}");
            }
            line += usize::from(byte == b'\n');
        }
        assert!(lines.0.len() <= text.len() / BLOCK + 1);
    }
}
