//! Rows of plain letters. As each of these takes a cell, a row ends at the last space that it reaches, and not every
//! word has to be looked at.

use crate::bytes;
use crate::span::Span;
use memchr::memrchr;

/// The rows of a paragraph that words fill one after the other, the first of them `first` cells wide, all others
/// `rest`; nothing where a letter is not plain, or a word is wider than its row, the first with its indentation.
pub(super) fn rows(text: &str, first: usize, rest: usize) -> Option<Vec<Span>> {
    let bytes = text.trim_end_matches(' ').as_bytes();
    if !is_plain(bytes) {
        return None;
    }
    let mut rows = Vec::with_capacity(bytes.len() / rest.max(1) + 1);
    let (mut start, mut width) = (0, first);
    loop {
        let left = bytes.get(start..)?;
        // Where the row is full, the space stands behind it.
        let Some(reached) = letters(left, width.saturating_add(1)) else {
            rows.push(Span::new(start, bytes.len()));
            return Some(rows);
        };
        let space = memrchr(b' ', reached)?;
        let last = reached.get(..space)?.iter().rposition(|&byte| byte != b' ')?;
        rows.push(Span::new(start, start + last + 1));
        start += space + left.get(space..)?.iter().take_while(|&&byte| byte == b' ').count();
        width = rest;
    }
}

/// The first so many letters of a text, of which the last may be cut; nothing where it has fewer.
fn letters(text: &[u8], count: usize) -> Option<&[u8]> {
    let mut letters = text.get(..count)?;
    loop {
        let continued = bytes::continued(letters);
        if count + continued == letters.len() {
            return Some(letters);
        }
        letters = text.get(..count + continued)?;
    }
}

/// Whether a text is all spaces and plain letters.
fn is_plain(mut text: &[u8]) -> bool {
    loop {
        match text.get(bytes::printable(text)..) {
            None | Some([]) => return true,
            Some(rest) => match letter(rest) {
                Some(behind) => text = behind,
                None => return false,
            },
        }
    }
}

/// What stands behind the letter beyond ASCII that a text begins with, if it takes a cell and stands alone: Latin and
/// Cyrillic letters, the marks that prose is full of, arrows, and the signs that this program sets.
const fn letter(text: &[u8]) -> Option<&[u8]> {
    match text {
        // U+00A0 to U+02FF without the soft hyphen
        [0xC2, 0xA0..=0xAC | 0xAE..=0xBF, rest @ ..]
        | [0xC3..=0xCB, _, rest @ ..]
        // U+0400 to U+052F without the marks for numbers
        | [0xD0..=0xD1 | 0xD3, _, rest @ ..]
        | [0xD2, 0x80..=0x82 | 0x8A..=0xBF, rest @ ..]
        | [0xD4, 0x80..=0xAF, rest @ ..]
        // U+2010 to U+2027
        | [0xE2, 0x80, 0x90..=0xA7, rest @ ..]
        // U+2190 to U+22FF
        | [0xE2, 0x86, 0x90..=0xBF, rest @ ..]
        | [0xE2, 0x87..=0x8B, _, rest @ ..]
        // U+2500 to U+25FC
        | [0xE2, 0x94..=0x96, _, rest @ ..]
        | [0xE2, 0x97, 0x80..=0xBC, rest @ ..]
        // U+270C to U+2727
        | [0xE2, 0x9C, 0x8C..=0xA7, rest @ ..] => Some(rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{letter, rows};
    use crate::span::Span;
    use crate::wrap::{cells, stands_alone};

    #[test]
    fn a_plain_letter_stands_alone_in_one_cell() {
        for c in '\0'..=char::MAX {
            let word = c.to_string();
            if let Some(behind) = letter(word.as_bytes()) {
                assert!(behind.is_empty() && stands_alone(c) && cells(&word) == 1, "{c:?}");
            }
        }
        for sign in "й Ґ — ’ é ✓ → ● ○ ◌ ◐ − ≠ ∅".split(' ') {
            assert!(letter(sign.as_bytes()).is_some(), "{sign}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_alone() {
        for text in
            ["wait 漢 here", "wait e\u{301} here", "wait\u{A0}here", "  guar. here", "guarantees", "so\ttt"]
        {
            assert_eq!(rows(text, 5, 5), None, "{text}");
        }
    }

    #[test]
    fn what_is_plain_needs_no_look_at_each_word() {
        let text = "so we “wait”  — for it ";
        let found =
            rows(text, 10, 6).map(|rows| rows.into_iter().map(|row| row.of(text)).collect::<Vec<_>>());
        assert_eq!(found, Some(vec!["so we", "“wait”", "— for", "it"]));
        assert_eq!(rows("  so we", 5, 5), Some(vec![Span::new(0, 4), Span::new(5, 7)]));
        assert_eq!(rows("  ", 5, 5), Some(vec![Span::default()]));
    }
}
