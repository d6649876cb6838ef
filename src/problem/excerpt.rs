//! The line of a file that a problem is about, with a caret under the fault.

use super::{Code, Problem, head};
use crate::lines::{self, Lines};
use crate::sanitize::Safe;
use crate::span::Span;
use crate::wrap::{prefix, width};

/// The line of a file that a problem is about, cut to at most 200 cells round the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line as it can be shown.
    pub text: Safe,
    /// The first cell of `text` that the caret underlines, from 0.
    pub caret: usize,
    /// How many cells the caret underlines, at least 1.
    pub width: usize,
}

/// A file's text with its lines counted, so that a place in it is found in no time.
#[derive(Clone, Debug)]
pub struct Page<'t> {
    file: Safe,
    text: &'t str,
    lines: Lines,
}

/// The cells that there are for a line: before the caret, under it, and after it.
struct Room {
    before: usize,
    under: usize,
    after: usize,
}

/// What is shown of a line at the most.
const MOST: Room = Room { before: 70, under: 80, after: 46 };

impl Excerpt {
    /// The same in at most `cells` cells, or in three where there are fewer. Of what the caret is under, as much is
    /// kept as two thirds of them hold, and before it as much as there is room for.
    ///
    /// `exact = "we will wait"` in 16 -> `…ct = "we will …`
    #[must_use]
    pub fn within(&self, cells: usize) -> Self {
        if width(&self.text).max(self.caret + self.width) <= cells {
            return self.clone();
        }
        // Two cells are for `…`.
        let cells = cells.saturating_sub(2);
        let under = self.width.min(cells * 2 / 3).max(1);
        let before = self.caret.min(cells.saturating_sub(under));
        let after = cells.saturating_sub(before + under);
        let (lead, behind) = self.text.split_at(prefix(&self.text, self.caret));
        let (marked, rest) = behind.split_at(prefix(behind, self.width));
        Self::cut(self.line, self.column, [lead, marked, rest], &Room { before, under, after })
    }

    /// What stands before the caret, over it and after it, each cut to the cells that it has and one more for `…`; none
    /// is after what was cut.
    fn cut(line: usize, column: usize, [before, under, after]: [&str; 3], room: &Room) -> Self {
        let (before, under) = (tail(before, room.before), ended(under, room.under));
        let after = if under.ends_with('…') { String::new() } else { ended(after, room.after) };
        Self {
            line,
            column,
            caret: width(&before),
            width: width(&under).max(1),
            text: Safe::line(&format!("{before}{under}{after}")),
        }
    }
}

impl<'t> Page<'t> {
    /// The page of a file, named relative to the library.
    #[must_use]
    pub fn new(file: Safe, text: &'t str) -> Self {
        Self { file, text, lines: Lines::new(text) }
    }

    /// The page of a file whose lines are counted already.
    #[must_use]
    pub const fn counted(file: Safe, text: &'t str, lines: Lines) -> Self {
        Self { file, text, lines }
    }

    /// The file, relative to the library.
    #[must_use]
    pub const fn file(&self) -> &Safe {
        &self.file
    }

    /// The file's text.
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The line that byte `at` stands on, from 1.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        self.lines.number(self.text, at)
    }

    /// The line of the span's first byte with the caret under the span, as far as it is on that line.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> Excerpt {
        let first = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let at = self.text.floor_char_boundary(span.start).max(first);
        let line = self.line(at);
        let Span { start, end } = lines::around(self.text, at);
        let start = start.max(first);
        let to = self.text.floor_char_boundary(span.end).clamp(at, end);
        let before = Span::new(start, at).of(self.text);
        let under = Span::new(at, to).of(self.text);
        // What goes on behind the line has its end in it, which may be of two characters.
        let under = if span.end > end { under.strip_suffix('\r').unwrap_or(under) } else { under };
        let after = Span::new(to, end).of(self.text).trim_end();
        let column = before.chars().count() + 1;
        Excerpt::cut(line, column, [before, under, after], &MOST)
    }

    /// A problem with a part of this file.
    #[must_use]
    pub fn problem(&self, code: Code, span: Span, message: &str) -> Problem {
        Problem::new(code, &self.file, message).at(self.excerpt(span))
    }
}

/// The start of a text in so many cells and one more for `…` where it was cut.
fn ended(text: &str, cells: usize) -> String {
    let (mut text, was_cut) = head(text, cells);
    if was_cut {
        text.push('…');
    }
    text
}

/// The end of a text in so many cells and one more for `…` where it was cut.
fn tail(text: &str, cells: usize) -> String {
    let from = text.char_indices().rev().nth(cells).map_or(0, |(at, _)| at);
    let safe = Safe::line(text.get(from..).unwrap_or_default());
    let mut kept: &str = &safe;
    while width(kept) > cells {
        kept = kept.char_indices().nth(1).map_or("", |(at, _)| kept.get(at..).unwrap_or_default());
    }
    if from == 0 && kept.len() == safe.len() { kept.to_owned() } else { format!("…{kept}") }
}

#[cfg(test)]
mod tests {
    use super::Page;
    use crate::sanitize::Safe;
    use crate::span::Span;

    #[test]
    fn the_caret_stands_under_the_words() {
        let cases = [
            ("a\nexact = \"é\"\r\nb", "\"é\"", (2, 9), "        ^^^"),
            ("漢🦀 x = 1", "x", (1, 4), "     ^"),
            ("\u{feff}e\u{301} = 1", "1", (1, 6), "    ^"),
            ("", "", (1, 1), "^"),
            ("a\n", "", (1, 1), "^"),
        ];
        for (text, words, place, caret) in cases {
            let start = text.find(words).unwrap_or_default();
            let excerpt = Page::new(Safe::line("f"), text).excerpt(Span::new(start, start + words.len()));
            assert_eq!((excerpt.line, excerpt.column), place, "{text:?}");
            let drawn = format!("{}{}", " ".repeat(excerpt.caret), "^".repeat(excerpt.width));
            assert_eq!(drawn, caret, "{text:?}");
        }
    }

    #[test]
    fn a_span_over_several_lines_is_underlined_to_the_end_of_its_first() {
        for text in ["x = [\n1,\n]", "x = [\r\n1,\r\n]"] {
            let excerpt = Page::new(Safe::line("f"), text).excerpt(Span::new(4, text.len()));
            assert_eq!((excerpt.line, excerpt.caret, excerpt.width, &*excerpt.text), (1, 4, 1, "x = ["));
        }
    }

    #[test]
    fn a_span_past_the_end_is_placed_at_the_end() {
        let excerpt = Page::new(Safe::line("f"), "é\nab").excerpt(Span::new(99, 120));
        assert_eq!((excerpt.line, excerpt.column, excerpt.width), (2, 3, 1));
        let inside = Page::new(Safe::line("f"), "é").excerpt(Span::new(1, 2));
        assert_eq!((inside.line, inside.column, &*inside.text), (1, 1, "é"));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_of_the_caret() {
        let text = format!("{}FAULT{}", "漢".repeat(5000), "b".repeat(5000));
        let excerpt = Page::new(Safe::line("f"), &text).excerpt(Span::new(15000, 15005));
        let want = format!("…{}FAULT{}…", "漢".repeat(35), "b".repeat(46));
        assert_eq!(&*excerpt.text, want);
        assert_eq!((excerpt.column, excerpt.caret, excerpt.width), (5001, 71, 5));
    }

    #[test]
    fn an_excerpt_in_few_cells_keeps_the_caret_under_its_words() {
        let cases = [
            ("id = \"we\"", "\"we\"", 9, "id = \"we\"", "     ^^^^"),
            ("exact = \"we will wait\"", "\"we will wait\"", 16, "…ct = \"we will …", "      ^^^^^^^^^^"),
            ("exact = \"we will wait\"", "we", 16, "exact = \"we wi…", "         ^^"),
            ("so we will é—漢🦀 wait", "é—漢🦀", 11, "…ll é—漢🦀…", "    ^^^^^^"),
            ("so we will wait", "wait", 8, "…l wait", "   ^^^^"),
            ("so we will", "will", 3, "…w…", " ^^"),
            ("so we will", "will", 0, "…w…", " ^^"),
        ];
        for (text, words, cells, want, caret) in cases {
            let start = text.find(words).unwrap_or_default();
            let excerpt = Page::new(Safe::line("f"), text).excerpt(Span::new(start, start + words.len()));
            let cut = excerpt.within(cells);
            let drawn = format!("{}{}", " ".repeat(cut.caret), "^".repeat(cut.width));
            assert_eq!((&*cut.text, &*drawn), (want, caret), "{text:?} in {cells}");
            assert_eq!((cut.line, cut.column), (excerpt.line, excerpt.column));
        }
    }

    #[test]
    fn a_caret_behind_the_line_stays_in_few_cells() {
        let excerpt = Page::new(Safe::line("f"), "title = \"we will").excerpt(Span::new(16, 16));
        assert_eq!((&*excerpt.within(8).text, excerpt.within(8).caret), ("… will", 6));
    }
}
