//! A window over the rows of a text: which are seen from a byte of it.
//!
//! A place in a text is a byte offset, so another width needs no repair. Wrapping costs what is
//! shown: only the paragraphs that a window touches are wrapped, and of a long one only the parts.

use crate::paragraphs::Paragraphs;
use crate::span::Span;
use crate::wrap;
use std::collections::VecDeque;
use std::rc::Rc;
use unicode_segmentation::GraphemeCursor;

/// A text laid out at a width: its paragraphs' rows, with a blank row between paragraphs.
#[derive(Debug)]
pub struct Rows<'a> {
    text: &'a str,
    paragraphs: &'a Paragraphs,
    width: usize,
    /// Parts as they were wrapped, the last one first: a window is found, settled and shown within a few.
    wrapped: VecDeque<(Part, Rc<[Span]>)>,
}

/// How many wrapped parts are kept.
const KEPT: usize = 16;

/// The bytes of a paragraph after which it is cut, so that a part is wrapped in no time: far more than people write.
const LONG: usize = 1 << 12;

/// One row of a text laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Words of a paragraph.
    Words {
        /// The words: bytes of the text.
        span: Span,
        /// What they were wrapped with: their paragraph, or of a long one a part.
        part: Span,
        /// The number of the paragraph, from 0, where it begins with this row.
        begins: Option<usize>,
    },
    /// The blank row behind a paragraph.
    Gap {
        /// The byte at which the paragraph above it ends.
        at: usize,
    },
}

/// What is wrapped together: a paragraph, or as much of one as is wrapped in no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    /// Which paragraph, from 0.
    paragraph: usize,
    /// The whole of it.
    whole: Span,
    /// The part.
    span: Span,
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
        let Some((mut part, mut rows, row)) = self.locate(from) else { return 0 };
        // Counted from the first row of the part.
        let mut to = row.cast_signed().saturating_add(by);
        loop {
            let above = to < 0;
            let (next, last) = if above {
                (self.above(part), rows.first())
            } else if let Some(row) = rows.get(to.cast_unsigned()) {
                return row.start;
            } else {
                (self.below(part), rows.last())
            };
            let Some(next) = next else { return last.map_or(0, |row| row.start) };
            if above {
                rows = self.rows_of(next);
                to += rows.len().cast_signed();
            } else {
                to -= rows.len().cast_signed();
                rows = self.rows_of(next);
            }
            part = next;
        }
    }

    /// At most `count` rows from the row of byte `from` on.
    #[must_use]
    pub fn from(&mut self, from: usize, count: usize) -> Vec<Row> {
        let mut seen = Vec::with_capacity(count);
        let Some((mut part, mut rows, mut row)) = self.locate(from) else { return seen };
        while seen.len() < count {
            if let Some(&span) = rows.get(row) {
                let Part { paragraph, whole, span: part } = part;
                seen.push(if span.start < whole.end {
                    let is_first = row == 0 && part.start == whole.start;
                    Row::Words { span, part, begins: is_first.then_some(paragraph) }
                } else {
                    Row::Gap { at: whole.end }
                });
                row += 1;
            } else if let Some(below) = self.below(part) {
                part = below;
                rows = self.rows_of(part);
                row = 0;
            } else {
                break;
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
            Row::Gap { at } => at == start,
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

    /// The part that byte `at` is in, its rows, and on which of them it is. A byte between paragraphs is on the gap.
    fn locate(&mut self, at: usize) -> Option<(Part, Rc<[Span]>, usize)> {
        let part = self.part(self.paragraphs.at(self.text, at), at)?;
        let rows = self.rows_of(part);
        let row = rows.partition_point(|row| row.start <= at).saturating_sub(1);
        Some((part, rows, row))
    }

    /// The part below a part.
    fn below(&self, part: Part) -> Option<Part> {
        let Part { paragraph, whole, span } = part;
        if span.end < whole.end {
            return Some(Part { span: self.cut(whole, span.end), ..part });
        }
        self.part(paragraph + 1, 0)
    }

    /// The part above a part.
    fn above(&self, part: Part) -> Option<Part> {
        let Part { paragraph, whole, span } = part;
        if span.start > whole.start {
            return Some(Part { span: self.cut(whole, span.start - 1), ..part });
        }
        self.part(paragraph.checked_sub(1)?, span.start)
    }

    /// The part of a paragraph that holds byte `at`, or else the nearest to it.
    fn part(&self, paragraph: usize, at: usize) -> Option<Part> {
        let whole = self.paragraphs.get(self.text, paragraph)?;
        Some(Part { paragraph, whole, span: self.cut(whole, at) })
    }

    /// What is wrapped of a paragraph together with byte `at`, or else with the nearest to it.
    fn cut(&self, whole: Span, at: usize) -> Span {
        let at = at.clamp(whole.start, whole.end.saturating_sub(1).max(whole.start));
        let nth = (at - whole.start) / LONG;
        let edge = |nth| edge(self.text, whole, nth);
        let end = edge(nth + 1);
        if at < end { Span::new(edge(nth), end) } else { Span::new(end, edge(nth + 2)) }
    }

    /// The rows of a part, and the gap behind it where it ends a paragraph that is not the last: a row without a letter.
    fn rows_of(&mut self, part: Part) -> Rc<[Span]> {
        if let Some((_, rows)) = self.wrapped.iter().find(|(kept, _)| *kept == part) {
            return Rc::clone(rows);
        }
        let Part { paragraph, whole, span } = part;
        let has_gap = span.end == whole.end && paragraph + 1 < self.paragraphs.len();
        let rows = wrap::rows(span.of(self.text), self.width).into_iter().map(|row| row.shifted(span.start));
        let rows: Rc<[Span]> = rows.chain(has_gap.then_some(Span::new(span.end, span.end))).collect();
        self.wrapped.truncate(KEPT - 1);
        self.wrapped.push_front((part, Rc::clone(&rows)));
        rows
    }
}

/// Where the part of this number begins of a paragraph, or its last one ends: behind a space, or else between two
/// clusters, in the [`LONG`] bytes before so many times as many. So it is found without a look at the parts before it.
fn edge(text: &str, whole: Span, nth: usize) -> usize {
    let most = whole.start + nth * LONG;
    if nth == 0 || most >= whole.end {
        return most.min(whole.end);
    }
    let (from, most) = (text.floor_char_boundary(most - LONG), text.floor_char_boundary(most));
    let cursor = |at| GraphemeCursor::new(at, text.len(), true);
    let mut spaces = Span::new(from, most).of(text).rmatch_indices(' ').map(|(space, _)| from + space + 1);
    let space = spaces.find(|&at| cursor(at).is_boundary(text, 0) == Ok(true));
    let cluster = || cursor(most).prev_boundary(text, 0).ok().flatten().filter(|&at| at > from);
    space.or_else(cluster).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

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
    fn a_long_line_is_one_paragraph_however_it_is_cut() {
        for word in ["word ", "漢", "e\u{301}", "🇩🇪", "x", "a  ", "a \u{301}", " "] {
            let text = format!("short\n{}a\nend", word.repeat(3 * LONG));
            let paragraphs = Paragraphs::new(&text);
            let mut rows = Rows::new(&text, &paragraphs, 70);
            let all = rows.from(0, text.len());
            let gaps = all.iter().filter(|row| matches!(row, Row::Gap { .. })).count();
            let firsts = all.iter().filter(|row| matches!(row, Row::Words { begins: Some(_), .. })).count();
            assert_eq!((gaps, firsts), (2, 3), "{word:?}");
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

    /// Where a row begins, and its words, if it has any.
    fn told(row: &Row, text: &str) -> (usize, String) {
        match *row {
            Row::Words { span, .. } => (span.start, span.of(text).to_owned()),
            Row::Gap { at } => (at, String::from("\n")),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn rows_are_the_same_from_wherever_they_are_reached(
            parts in proptest::collection::vec(
                "[ab漢é🇩🇪\u{301} ]{1,9}|\n|(ab ){3000}|[ab]{5000}|(漢|e\u{301}|🇩🇪|a \u{301}){2000}|[ ]{5000}|(🇩🇪){900}", 1..9
            ),
            (place, width) in (0.0..1.0_f64, 3..80_usize),
            height in 1..40_usize,
        ) {
            let text = parts.concat();
            let paragraphs = Paragraphs::new(&text);
            let mut rows = Rows::new(&text, &paragraphs, width);
            let (begins, words): (Vec<usize>, Vec<String>) =
                rows.from(0, text.len() + 1).iter().map(|row| told(row, &text)).unzip();
            let letters = |text: &str| text.chars().filter(|&c| c != ' ' && c != '\n').collect::<String>();
            prop_assert_eq!(letters(&words.concat()), letters(&text));
            prop_assert!(words.iter().all(|words| wrap::width(words) <= width));
            prop_assert!(begins.is_sorted_by(|one, next| one < next));
            let clusters: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            let Some(last) = begins.len().checked_sub(1) else { return Ok(()) };
            let nth = (last as f64 * place) as usize;
            for by in [-height.cast_signed(), -1, 0, 1, height.cast_signed()] {
                let to = nth.saturating_add_signed(by).min(last);
                prop_assert_eq!(rows.step(begins[nth], by), begins[to], "{} by {}", nth, by);
                prop_assert_eq!(rows.distance(begins[nth], begins[to], 40), to.checked_sub(nth));
            }
            let top = rows.settled(begins[nth], height);
            prop_assert_eq!(top, begins[nth.min((last + 1).saturating_sub(height))]);
            prop_assert!(begins.iter().all(|at| clusters.binary_search(at).is_ok()));
        }
    }
}
