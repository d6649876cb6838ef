//! The fold that separates *typographic* from *exact*: quotation marks, dashes, spaces, CR LF.
//!
//! These are all that it makes alike; a line break is not a space. The folded text leads back to the
//! raw one byte for byte, also into a run of spaces that became one.

use crate::punctuation;
use crate::span::{Span, in_32_bits};

/// A text after the fold.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    text: String,
    /// Behind each character that changed its length: where it ends, in the folded and the raw text.
    shifts: Vec<(u32, u32)>,
}

impl Folded {
    pub(super) fn new(raw: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(raw.len()), shifts: Vec::new() };
        let mut chars = raw.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let mut to = fold(c);
            let mut end = at + c.len_utf8();
            if c == '\r' && chars.next_if(|&(_, c)| c == '\n').is_some() {
                to = '\n';
                end += 1;
            }
            while to == ' '
                && let Some((next, space)) = chars.next_if(|&(_, c)| fold(c) == ' ')
            {
                end = next + space.len_utf8();
            }
            folded.text.push(to);
            if end - at != to.len_utf8() {
                folded.shifts.push((in_32_bits(folded.text.len()), in_32_bits(end)));
            }
        }
        folded
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of `raw` behind a span of the folded text. A folded space at either end is the one
    /// next to the words, not the whole run.
    pub(super) fn to_raw(&self, span: Span, raw: &str) -> Span {
        let edge = |at| Span::new(at, at + 1).of(&self.text) == " ";
        let start = if edge(span.start) {
            let behind = self.raw_at(span.start + 1);
            behind - raw.get(..behind).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8)
        } else {
            self.raw_at(span.start)
        };
        let end = match span.end.checked_sub(1) {
            Some(last) if edge(last) => {
                let before = self.raw_at(last);
                before + raw.get(before..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8)
            }
            Some(_) | None => self.raw_at(span.end),
        };
        Span::new(start, end)
    }

    /// The raw byte at which the character at byte `at` of the folded text begins.
    fn raw_at(&self, at: usize) -> usize {
        let before = self.shifts.partition_point(|&(folded, _)| folded as usize <= at);
        match before.checked_sub(1).and_then(|last| self.shifts.get(last)) {
            Some(&(folded, raw)) => raw as usize + (at - folded as usize),
            None => at,
        }
    }
}

/// What a character is to the fold.
fn fold(c: char) -> char {
    match c {
        '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        // What some keyboards have for an apostrophe.
        '`' => '\'',
        _ => punctuation::plain(c).unwrap_or(c),
    }
}
