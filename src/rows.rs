//! A window over the rows of a text: which are seen from a byte of it.
//!
//! A place in a text is a byte offset, so another width needs no repair. Wrapping costs what is
//! shown: only the paragraphs that a window touches are wrapped.

use crate::paragraphs::Paragraphs;
use crate::span::Span;
use crate::wrap;
use std::collections::VecDeque;
use std::rc::Rc;

/// A text laid out at a width: its paragraphs' rows, with a blank row between paragraphs.
#[derive(Debug)]
pub struct Rows<'a> {
    text: &'a str,
    paragraphs: &'a Paragraphs,
    width: usize,
    /// Paragraphs as they were wrapped, the last one first: a window is found, settled and shown within a few.
    wrapped: VecDeque<(usize, Rc<[Span]>)>,
}

/// How many wrapped paragraphs are kept.
const KEPT: usize = 16;

/// One row of a text laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Words of a paragraph.
    Words {
        /// Which paragraph, from 0.
        paragraph: usize,
        /// The words: bytes of the text.
        span: Span,
        /// Whether the paragraph begins with this row.
        first: bool,
    },
    /// The blank row behind a paragraph.
    Gap {
        /// Which paragraph stands above it, from 0.
        paragraph: usize,
    },
}

/// A row's place among all rows: the paragraph, and the row within it; the row behind its last is the gap.
#[derive(Clone, Copy)]
struct At {
    paragraph: usize,
    row: usize,
}

impl<'a> Rows<'a> {
    /// The rows of `text`, which has these paragraphs, at `width` cells.
    #[must_use]
    pub const fn new(text: &'a str, paragraphs: &'a Paragraphs, width: usize) -> Self {
        Self { text, paragraphs, width, wrapped: VecDeque::new() }
    }

    /// The byte at which the row begins that lies `by` rows below the row of byte `from`, or above
    /// it where `by` is negative; at the ends, the first or the last row.
    #[must_use]
    pub fn step(&mut self, from: usize, by: isize) -> usize {
        let Some((mut at, mut rows)) = self.locate(from) else { return 0 };
        let mut left = by.unsigned_abs();
        while left > 0 {
            if by > 0 {
                let last = at.paragraph + 1 == self.paragraphs.len();
                let behind = if last { rows.len() - 1 } else { rows.len() };
                let here = (behind - at.row).min(left);
                at.row += here;
                left -= here;
                if left > 0 {
                    if last {
                        break;
                    }
                    at = At { paragraph: at.paragraph + 1, row: 0 };
                    rows = self.rows_of(at.paragraph);
                    left -= 1;
                }
            } else {
                let here = at.row.min(left);
                at.row -= here;
                left -= here;
                if left > 0 {
                    if at.paragraph == 0 {
                        break;
                    }
                    rows = self.rows_of(at.paragraph - 1);
                    at = At { paragraph: at.paragraph - 1, row: rows.len() };
                    left -= 1;
                }
            }
        }
        rows.get(at.row).map_or_else(|| self.paragraph(at.paragraph).end, |row| row.start)
    }

    /// At most `count` rows from the row of byte `from` on.
    #[must_use]
    pub fn from(&mut self, from: usize, count: usize) -> Vec<Row> {
        let mut seen = Vec::with_capacity(count);
        let Some((mut at, mut rows)) = self.locate(from) else { return seen };
        while seen.len() < count {
            match rows.get(at.row) {
                Some(&span) => {
                    seen.push(Row::Words { paragraph: at.paragraph, span, first: at.row == 0 });
                    at.row += 1;
                }
                None if at.paragraph + 1 < self.paragraphs.len() => {
                    seen.push(Row::Gap { paragraph: at.paragraph });
                    at = At { paragraph: at.paragraph + 1, row: 0 };
                    rows = self.rows_of(at.paragraph);
                }
                None => break,
            }
        }
        seen
    }

    /// The words of the row of byte `at`, if it has any.
    #[must_use]
    pub fn words(&mut self, at: usize) -> Option<Span> {
        match self.from(at, 1).first() {
            Some(Row::Words { span, .. }) => Some(*span),
            Some(Row::Gap { .. }) | None => None,
        }
    }

    /// How many rows down from the row of byte `from` the row of byte `to` lies, if that is fewer than `most`.
    #[must_use]
    pub fn distance(&mut self, from: usize, to: usize, most: usize) -> Option<usize> {
        let start = self.step(to, 0);
        let seen = self.from(from, most);
        seen.iter().position(|row| match *row {
            Row::Words { span, .. } => span.start == start,
            Row::Gap { paragraph } => self.paragraph(paragraph).end == start,
        })
    }

    /// The top of a window of `height` rows that has the passage in its middle, or, where the
    /// passage is taller than the window, begins with it; the ends of the text stay at the ends.
    #[must_use]
    pub fn centred(&mut self, passage: Span, height: usize) -> usize {
        let last = passage.end.saturating_sub(1).max(passage.start);
        let tall = self.distance(passage.start, last, height).map_or(height, |rows| rows + 1);
        let above = height.saturating_sub(tall) / 2;
        let top = self.step(passage.start, -above.cast_signed());
        self.settled(top, height)
    }

    /// The top nearest to `top` from which a window of `height` rows has no empty row at its end
    /// that the text could fill.
    #[must_use]
    pub fn settled(&mut self, top: usize, height: usize) -> usize {
        let short = height.saturating_sub(self.from(top, height).len());
        self.step(top, -short.cast_signed())
    }

    /// The top nearest to `top` from which a window of `height` rows shows the row of byte `at`.
    #[must_use]
    pub fn showing(&mut self, top: usize, at: usize, height: usize) -> usize {
        let top = self.settled(top, height);
        if self.distance(top, at, height).is_some() {
            self.step(top, 0)
        } else if at < top {
            self.step(at, 0)
        } else {
            self.step(at, -height.saturating_sub(1).cast_signed())
        }
    }

    /// The last byte's row.
    #[must_use]
    pub fn end(&mut self) -> usize {
        self.step(self.text.len(), 0)
    }

    /// The row that byte `at` is on, with its paragraph's rows. A byte between paragraphs is on the gap.
    fn locate(&mut self, at: usize) -> Option<(At, Rc<[Span]>)> {
        let paragraph = self.paragraphs.at(self.text, at);
        let span = self.paragraphs.get(self.text, paragraph)?;
        let rows = self.rows_of(paragraph);
        let is_last = paragraph + 1 == self.paragraphs.len();
        let row = if at >= span.end && !is_last {
            rows.len()
        } else {
            rows.partition_point(|row| row.start <= at).saturating_sub(1)
        };
        Some((At { paragraph, row }, rows))
    }

    fn rows_of(&mut self, paragraph: usize) -> Rc<[Span]> {
        if let Some((_, rows)) = self.wrapped.iter().find(|(kept, _)| *kept == paragraph) {
            return Rc::clone(rows);
        }
        let span = self.paragraph(paragraph);
        let rows = wrap::rows(span.of(self.text), self.width);
        let rows: Rc<[Span]> = rows.into_iter().map(|row| row.shifted(span.start)).collect();
        self.wrapped.truncate(KEPT - 1);
        self.wrapped.push_front((paragraph, Rc::clone(&rows)));
        rows
    }

    fn paragraph(&self, at: usize) -> Span {
        self.paragraphs.get(self.text, at).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three paragraphs: two rows, one row, three rows at ten cells.
    const TEXT: &str = "“é—漢🦀” two\nshort\n\nthe third of them runs on";

    #[test]
    fn steps_visit_every_row_down_and_up() {
        let paragraphs = Paragraphs::new(TEXT);
        let mut rows = Rows::new(TEXT, &paragraphs, 10);
        let all = rows.from(0, 99);
        assert_eq!(all.len(), 2 + 1 + 1 + 1 + 3);
        let mut at = 0;
        let mut down = vec![at];
        for _ in 1..all.len() {
            at = rows.step(at, 1);
            down.push(at);
        }
        assert_eq!(rows.step(at, 1), at, "the last row has none below");
        for (n, &want) in down.iter().enumerate() {
            assert_eq!(rows.step(0, n.cast_signed()), want);
            let end = rows.end();
            assert_eq!(rows.step(end, n.cast_signed() + 1 - all.len().cast_signed()), want);
        }
    }

    #[test]
    fn a_passage_is_centred_and_the_ends_stay_put() {
        let paragraphs = Paragraphs::new(TEXT);
        let mut rows = Rows::new(TEXT, &paragraphs, 10);
        let short = paragraphs.get(TEXT, 1).unwrap_or_default();
        let top = rows.centred(short, 3);
        assert_eq!(rows.distance(top, short.start, 3), Some(1));
        assert_eq!(rows.centred(short, 99), 0);
        assert_eq!(rows.centred(Span::new(0, 2), 3), 0);
    }
}
