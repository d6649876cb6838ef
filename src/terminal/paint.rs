//! Two frames to the bytes that turn one into the other on a terminal: as few as we can find.
//!
//! Promises: the terminal shows the new frame, cell for cell and look for look; no half of a wide
//! letter stays; no control character of a cell is sent; after a letter whose width terminals disagree
//! on the place is stated anew, and the rest of that row is written again.
//! Only what every terminal since the VT220 does is used, colours aside.

use std::iter;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::colour::Depth;
use super::glyph::{Glyph, Letters};
use super::motion::{across, down, relative, stated};
use super::pen::Pen;
use super::raster::Raster;
use super::shift::{self, Shift, Way};

/// Gaps of more equal cells than this are jumped: no jump within a row takes more bytes.
const LONGEST_GAP: usize = 6;

/// No jump takes fewer bytes.
const SHORTEST_JUMP: usize = 3;

/// To erase so many cells, one less than these, takes fewer bytes than blanks: at the end of what changes in a row.
const WORTH_CLEARING: usize = 5;
/// To erase so many cells takes fewer bytes than blanks where more of the row follows, which must be gone to.
const WORTH_CLEARING_BETWEEN: usize = 10;

/// What the terminal shows, and how it is changed.
#[derive(Debug)]
pub(super) struct Painter {
    depth: Depth,
    letters: Letters,
    /// The last frame; `None` where nobody knows what is on the screen.
    shown: Option<Raster>,
    /// The one before, for its memory.
    spent: Option<Raster>,
    pen: Pen,
    place: Place,
    cursor: Cursor,
}

/// Where the terminal will write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In this column of this row.
    Cell(usize, usize),
    /// In this row, the column being doubtful: after its last cell, or a letter of doubtful width.
    Row(usize),
}

/// Whether the terminal shows its cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Shown,
    Hidden,
}

impl Painter {
    /// A painter for a screen of which nothing is known.
    pub fn new(depth: Depth) -> Self {
        let (pen, place) = (Pen::default(), Place::Cell(0, 0));
        Self {
            depth,
            letters: Letters::default(),
            shown: None,
            spent: None,
            pen,
            place,
            cursor: Cursor::Hidden,
        }
    }

    /// Forgets what the terminal shows: the next frame is painted whole.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Adds to `out` what turns the last frame into `frame`, with the cursor at a column and row, or hidden. What is
    /// in `kept` stays as it is shown.
    pub fn paint(&mut self, frame: &Buffer, cursor: Option<(u16, u16)>, kept: Rect, out: &mut Vec<u8>) {
        let spent = self.spent.take().unwrap_or_default();
        let mut new = spent.of(frame, self.depth, &mut self.letters);
        let old = self.shown.take().filter(|shown| shown.fits(frame.area));
        if let Some(old) = &old {
            new.keep(kept, old);
        } else {
            out.extend_from_slice(b"\x1b[?25l\x1b[m\x1b[r\x1b[H\x1b[2J");
            (self.pen, self.place, self.cursor) = (Pen::default(), Place::Cell(0, 0), Cursor::Hidden);
        }
        let blank = vec![Glyph::BLANK; frame.area.width.into()];
        let old_row = |y| old.as_ref().map_or(&blank[..], |old| old.row(y));
        let mut rows: Vec<_> = (0..new.rows()).map(old_row).collect();

        let mut start =
            Stroke { bytes: Vec::new(), pen: self.pen, place: self.place, letters: &self.letters };
        let mut best = start.clone();
        best.frame(&new, &rows);
        // Each pane may have scrolled by itself.
        while old.is_some()
            && let Some(shift) = shift::find(&rows, &new)
        {
            start.shift(&shift);
            rows = shift.moved(&rows, &blank);
            let mut shifted = start.clone();
            shifted.frame(&new, &rows);
            if shifted.bytes.len() >= best.bytes.len() {
                break;
            }
            best = shifted;
        }
        match (self.cursor, cursor) {
            (Cursor::Hidden, None) => {}
            (Cursor::Shown, None) => best.bytes.extend_from_slice(b"\x1b[?25l"),
            (shown, Some((x, y))) => {
                let x = x.min(frame.area.width.saturating_sub(1));
                let y = y.min(frame.area.height.saturating_sub(1));
                best.go(x.into(), y.into());
                if shown == Cursor::Hidden {
                    best.bytes.extend_from_slice(b"\x1b[?25h");
                }
            }
        }
        self.cursor = if cursor.is_some() { Cursor::Shown } else { Cursor::Hidden };

        out.extend_from_slice(&best.bytes);
        (self.pen, self.place) = (best.pen, best.place);
        (self.shown, self.spent) = (Some(new), old);
    }
}

/// Bytes on the way to the terminal, and how they leave it.
#[derive(Clone)]
struct Stroke<'l> {
    bytes: Vec<u8>,
    pen: Pen,
    place: Place,
    letters: &'l Letters,
}

impl Stroke<'_> {
    /// Goes one way or the other, whichever takes fewer bytes.
    fn shorter(&mut self, one: impl FnOnce(&mut Self), other: impl FnOnce(&mut Self)) {
        let (start, before) = (self.bytes.len(), (self.pen, self.place));
        one(self);
        let (end, after) = (self.bytes.len(), (self.pen, self.place));
        (self.pen, self.place) = before;
        other(self);
        if self.bytes.len() - end < end - start {
            self.bytes.drain(start..end);
        } else {
            self.bytes.truncate(end);
            (self.pen, self.place) = after;
        }
    }

    /// Every row of `frame` that differs from the `old` one.
    fn frame(&mut self, new: &Raster, old: &[&[Glyph]]) {
        for (y, old) in old.iter().enumerate() {
            self.row(y, old, new.row(y));
        }
    }

    fn row(&mut self, y: usize, old: &[Glyph], new: &[Glyph]) {
        let differ = |x: usize| old.get(x) != new.get(x);
        let Some(first) = (0..new.len()).find(|&x| differ(x)) else { return };
        let end = new.iter().rposition(|glyph| !glyph.is_blank()).map_or(0, |x| x + 1);

        let last = (first..new.len()).rfind(|&x| differ(x)).unwrap_or(first);
        let doubt = old.iter().zip(new).position(|(old, new)| old.is_doubtful() || new.is_doubtful());
        if let Some(doubt) = doubt.filter(|&doubt| doubt <= last) {
            // A letter may have taken, or may take, fewer cells than we think, or more: what it leaves is
            // erased first, and what it covers is put there again, blanks too.
            let covered =
                |x: usize| [old, new].iter().any(|row| row.get(x).is_some_and(|glyph| glyph.is_covered()));
            let start = (0..=doubt).rfind(|&x| !covered(x)).unwrap_or(0);
            self.write(first..start, y, new, differ);
            self.erase(start, y);
            self.write(start..end, y, new, |_| true);
            if (start..new.len()).contains(&end) {
                self.erase(end, y);
            }
            return;
        }
        match (end..=last).find(|&x| differ(x)) {
            // To erase takes three bytes, and more where the look must change for it.
            Some(stale) if last - stale >= 3 => {
                self.write(first..end, y, new, differ);
                let at_end = self.place == Place::Cell(end, y);
                self.erase(if at_end { end } else { stale }, y);
            }
            Some(_) | None => self.write(first..last + 1, y, new, differ),
        }
    }

    /// Those cells of a row that are `wanted`, and the gaps between them where that is no longer.
    fn write(
        &mut self,
        columns: std::ops::Range<usize>,
        y: usize,
        new: &[Glyph],
        wanted: impl Fn(usize) -> bool,
    ) {
        let mut cleared = columns.start;
        for (x, &glyph) in columns.clone().zip(new.get(columns.clone()).unwrap_or_default()) {
            if x < cleared || glyph.is_covered() || !wanted(x) {
                continue;
            }
            if glyph.is_blank() {
                let blank = |x: &usize| new.get(*x).is_some_and(|glyph| glyph.is_blank());
                let stale = (x..columns.end).take_while(blank).filter(|&x| wanted(x)).last().unwrap_or(x);
                let goes_on = (stale + 1..columns.end).any(&wanted);
                if stale - x >= if goes_on { WORTH_CLEARING_BETWEEN } else { WORTH_CLEARING } {
                    cleared = stale + 1;
                    self.clear(x, y, cleared - x);
                    continue;
                }
            }
            let jump = |stroke: &mut Self| {
                stroke.go(x, y);
                stroke.put(x, y, glyph, new.len());
            };
            match self.place {
                Place::Cell(from, row) if row == y && from == x => self.put(x, y, glyph, new.len()),
                // From within a wide letter, where the cursor may have been put, nothing leads on.
                Place::Cell(from, row)
                    if row == y
                        && from < x
                        && x - from <= LONGEST_GAP
                        && !new.get(from).is_some_and(|glyph| glyph.is_covered()) =>
                {
                    let gap = new.get(from..x).unwrap_or_default();
                    if gap.len() <= SHORTEST_JUMP && gap.iter().all(|&glyph| self.leaves_blank(glyph)) {
                        self.bytes.extend(iter::repeat_n(b' ', gap.len()));
                        self.put(x, y, glyph, new.len());
                        continue;
                    }
                    let through = |stroke: &mut Self| {
                        for (x, &glyph) in (from..).zip(gap).filter(|(_, glyph)| !glyph.is_covered()) {
                            stroke.put(x, y, glyph, new.len());
                        }
                        stroke.put(x, y, glyph, new.len());
                    };
                    self.shorter(through, jump);
                }
                Place::Cell(..) | Place::Row(_) => jump(self),
            }
        }
    }

    /// Writes a glyph where the terminal stands.
    fn put(&mut self, x: usize, y: usize, glyph: Glyph, columns: usize) {
        if !self.leaves_blank(glyph) {
            self.wear(glyph.pen());
        }
        self.letters.write(glyph.symbol, &mut self.bytes);
        let next = x + usize::from(glyph.width());
        // In the last column terminals wait there or beyond it.
        self.place =
            if next >= columns || glyph.is_doubtful() { Place::Row(y) } else { Place::Cell(next, y) };
    }

    /// Whether it is a blank that needs no other look: it has none beyond what a blank shows.
    fn leaves_blank(&self, glyph: Glyph) -> bool {
        glyph.symbol.is_space() && self.pen.on_blank() == glyph.pen()
    }

    fn wear(&mut self, pen: Pen) {
        self.pen.change(pen, &mut self.bytes);
        self.pen = pen;
    }

    /// Erases from a cell to the end of its row.
    fn erase(&mut self, x: usize, y: usize) {
        self.go(x, y);
        self.wear_plain();
        self.bytes.extend_from_slice(b"\x1b[K");
    }

    /// Erases so many cells, and stays at the first of them.
    fn clear(&mut self, x: usize, y: usize, cells: usize) {
        self.go(x, y);
        self.wear_plain();
        relative(cells, b'X', &mut self.bytes);
    }

    /// Some terminals erase with the colour behind the letters, some do not: here there is none.
    fn wear_plain(&mut self) {
        if self.pen.on_blank() != Pen::default() {
            self.wear(Pen::default());
        }
    }

    /// Scrolls a region; what comes in is blank.
    fn shift(&mut self, shift: &Shift) {
        self.wear_plain();
        let (edge, line) = match shift.to {
            Way::Up => (shift.bottom, "\n"),
            Way::Down => (shift.top, "\x1bM"),
        };
        // Where setting a region takes the terminal, to the screen's first row or to its own, is disputed.
        let region = format!("\x1b[{};{}r", shift.top + 1, shift.bottom + 1);
        self.bytes.extend_from_slice(region.as_bytes());
        stated(0, edge, &mut self.bytes);
        self.bytes.extend_from_slice(line.repeat(shift.by).as_bytes());
        self.bytes.extend_from_slice(b"\x1b[r");
        self.place = Place::Cell(0, 0);
    }

    /// Takes the terminal to a cell by the shortest way.
    fn go(&mut self, x: usize, y: usize) {
        let (row, column) = match self.place {
            Place::Cell(column, row) => (row, Some(column)),
            Place::Row(row) => (row, None),
        };
        if (column, row) == (Some(x), y) {
            return;
        }
        let stated = |stroke: &mut Self| stated(x, y, &mut stroke.bytes);
        match (y.checked_sub(row), column) {
            (Some(lines), None) => self.shorter(stated, |stroke| stroke.by_the_edge(x, lines)),
            (Some(lines), Some(column)) => self.shorter(stated, |stroke| {
                let straight = |stroke: &mut Self| {
                    across(column, x, &mut stroke.bytes);
                    down(lines, &mut stroke.bytes);
                };
                stroke.shorter(|stroke| stroke.by_the_edge(x, lines), straight);
            }),
            (None, Some(column)) => self.shorter(stated, |stroke| {
                relative(row - y, b'A', &mut stroke.bytes);
                across(column, x, &mut stroke.bytes);
            }),
            (None, None) => stated(self),
        }
        self.place = Place::Cell(x, y);
    }

    /// To a column, so many rows down, over the first column.
    fn by_the_edge(&mut self, x: usize, lines: usize) {
        self.bytes.push(b'\r');
        down(lines, &mut self.bytes);
        relative(x, b'C', &mut self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};
    use vt100::Parser;

    use super::*;
    use crate::terminal::colour::Tint;

    const TEXTS: [&str; 12] = [
        "a plan of 28 points",
        "é—e\u{301}x “so”",
        "漢字 between",
        "│ row │ row │",
        "   ",
        "x  y    z",
        "👨\u{200d}👩\u{200d}👧 family",
        "❤\u{fe0f} and 👍🏽.",
        "🦀🦀",
        "한글ｶﾞ",
        "─────────",
        "नि क्षि",
    ];

    /// One change of a frame.
    #[derive(Clone, Debug)]
    enum Change {
        Text { x: u16, y: u16, text: &'static str, style: Style },
        Style { x: u16, y: u16, columns: u16, rows: u16, style: Style },
        Cell { x: u16, y: u16, symbol: &'static str },
        Roll { by: i16, top: u16, bottom: u16, left: u16, right: u16 },
        Clear,
    }

    impl Change {
        fn apply(&self, frame: &mut Buffer) {
            let area = frame.area;
            match *self {
                Self::Text { x, y, text, style } => {
                    // The model wraps at the edge, which our terminals are told not to do; by its
                    // widths these texts take more than ours.
                    let room = if text.contains(['👨', '🏽']) { 16 } else { 1 };
                    if x + room <= area.width && y < area.height {
                        frame.set_string(x, y, text, style);
                    }
                }
                Self::Style { x, y, columns, rows, style } => {
                    frame.set_style(Rect::new(x, y, columns, rows), style)
                }
                Self::Cell { x, y, symbol } => {
                    if let Some(cell) = frame.cell_mut((x, y)) {
                        cell.set_symbol(symbol);
                    }
                }
                Self::Roll { by, top, bottom, left, right } => {
                    let old = frame.clone();
                    for y in top.min(area.height)..bottom.min(area.height) {
                        for x in left.min(area.width)..right.min(area.width) {
                            let from = y.checked_add_signed(by).filter(|from| (top..bottom).contains(from));
                            frame[(x, y)] = from.and_then(|y| old.cell((x, y)).cloned()).unwrap_or_default();
                        }
                    }
                }
                Self::Clear => frame.reset(),
            }
        }
    }

    fn style() -> impl Strategy<Value = Style> {
        let colour = prop::sample::select(vec![
            Color::Reset,
            Color::Reset,
            Color::Red,
            Color::DarkGray,
            Color::Indexed(200),
            Color::Rgb(1, 20, 200),
        ]);
        let marks = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::REVERSED,
            Modifier::UNDERLINED,
            Modifier::ITALIC,
        ]);
        (colour.clone(), colour, marks.clone(), marks).prop_map(|(fg, bg, one, two)| {
            // The model knows bold and dim as two values of one thing.
            let dim = if (one | two).contains(Modifier::BOLD) { Modifier::DIM } else { Modifier::empty() };
            Style::reset().fg(fg).bg(bg).add_modifier((one | two) - dim)
        })
    }

    fn change() -> impl Strategy<Value = Change> {
        let panes = prop::sample::select(vec![(0, 30), (0, 30), (0, 14), (14, 30)]);
        prop_oneof![
            6 => (0..30u16, 0..12u16, prop::sample::select(&TEXTS[..]), style())
                .prop_map(|(x, y, text, style)| Change::Text { x, y, text, style }),
            2 => (0..30u16, 0..12u16, 0..20u16, 0..4u16, style())
                .prop_map(|(x, y, columns, rows, style)| Change::Style { x, y, columns, rows, style }),
            2 => (0..30u16, 0..12u16, prop::sample::select(&["x", "漢", "│", "🦀", " ", "\u{1b}", "\u{9b}", ""][..]))
                .prop_map(|(x, y, symbol)| Change::Cell { x, y, symbol }),
            3 => (-3..=3i16, 0..6u16, 4..12u16, panes).prop_map(|(by, top, bottom, (left, right))| {
                Change::Roll { by, top, bottom, left, right }
            }),
            1 => Just(Change::Clear),
        ]
    }

    /// What stays as it is shown: mostly nothing, else some rows, so that no letter stands across its edge.
    fn kept() -> impl Strategy<Value = Rect> {
        prop_oneof![
            2 => Just(Rect::ZERO),
            1 => (0..12u16, 1..12u16).prop_map(|(top, rows)| Rect::new(0, top, 30, rows)),
        ]
    }

    fn terminal(columns: u16, rows: u16) -> Parser {
        Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0)
    }

    fn tint(colour: vt100::Color) -> Tint {
        match colour {
            vt100::Color::Default => Tint::Default,
            vt100::Color::Idx(n @ 0..16) => Tint::Named(n),
            vt100::Color::Idx(n) => Tint::Indexed(n),
            vt100::Color::Rgb(r, g, b) => Tint::Rgb(r, g, b),
        }
    }

    /// Where the terminal does not show the frame. Cells of doubtful letters are left out.
    fn differences(terminal: &Parser, frame: &Buffer) -> Vec<String> {
        let mut found = Vec::new();
        let mut letters = Letters::default();
        let raster = Raster::default().of(frame, Depth::True, &mut letters);
        for y in 0..frame.area.height {
            for (x, glyph) in (0..).zip(raster.row(y.into())) {
                let cell = terminal.screen().cell(y, x).unwrap();
                let marks = [
                    (cell.bold(), Modifier::BOLD),
                    (cell.dim(), Modifier::DIM),
                    (cell.italic(), Modifier::ITALIC),
                    (cell.underline(), Modifier::UNDERLINED),
                    (cell.inverse(), Modifier::REVERSED),
                ];
                let marks = marks.into_iter().filter(|m| m.0).fold(Modifier::empty(), |all, m| all | m.1);
                let pen = Pen::new(tint(cell.fgcolor()), tint(cell.bgcolor()), marks);
                let same = if glyph.is_covered() {
                    cell.is_wide_continuation()
                        || terminal.screen().cell(y, x - 1).is_some_and(|c| !c.is_wide())
                } else if glyph.symbol.is_space() {
                    matches!(cell.contents(), "" | " ")
                        && !cell.is_wide_continuation()
                        && pen.on_blank() == glyph.pen()
                } else {
                    glyph.symbol == letters.symbol(cell.contents())
                        && cell.is_wide() == (glyph.width() > 1)
                        && pen == glyph.pen()
                };
                if !same && !glyph.is_doubtful() {
                    found.push(format!("{x},{y}: {glyph:?} is {:?} {pen:?}", cell.contents()));
                }
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn the_terminal_shows_every_frame_cell_for_cell(
            columns in 1..30u16,
            rows in 1..12u16,
            frames in prop::collection::vec((prop::collection::vec(change(), 0..5), prop::option::of((0..30u16, 0..12u16)), kept()), 1..8),
        ) {
            let mut terminal = terminal(columns, rows);
            terminal.process(b"noise from before \x1b[31m\x1b[2;3r\x1b[3;3H and \x1b[?25l");
            let mut painter = Painter::new(Depth::True);
            let mut frame = Buffer::empty(Rect::new(0, 0, columns, rows));
            let mut shown: Option<Buffer> = None;
            for (changes, cursor, kept) in &frames {
                changes.iter().for_each(|change| change.apply(&mut frame));
                let mut out = Vec::new();
                let kept = kept.intersection(frame.area);
                painter.paint(&frame, *cursor, kept, &mut out);
                terminal.process(&out);
                let out = String::from_utf8_lossy(&out).into_owned();
                let mut expected = frame.clone();
                if let Some(shown) = &shown {
                    kept.positions().for_each(|at| expected[at] = shown[at].clone());
                }
                let found = differences(&terminal, &expected);
                prop_assert!(found.is_empty(), "{found:#?} after {out:?}");
                prop_assert_eq!(terminal.screen().hide_cursor(), cursor.is_none());
                if let Some((x, y)) = cursor {
                    prop_assert_eq!(terminal.screen().cursor_position(), (*y.min(&(rows - 1)), *x.min(&(columns - 1))));
                }
                // The same frame again says nothing.
                let mut nothing = Vec::new();
                painter.paint(&frame, *cursor, kept, &mut nothing);
                prop_assert_eq!(String::from_utf8_lossy(&nothing), "");
                shown = Some(expected);
            }
        }
    }

    /// The bytes from a painted frame to the next one, each row a line of `before` and `after`.
    fn bytes_between(before: &[&str], after: &[&str]) -> String {
        let columns = before.iter().chain(after).map(|line| line.chars().count()).max().unwrap_or(0);
        let frame = |lines: &[&str]| {
            Buffer::with_lines(lines.iter().map(|line| format!("{line:columns$}")).collect::<Vec<_>>())
        };
        let (mut painter, mut out) = (Painter::new(Depth::Sixteen), Vec::new());
        painter.paint(&frame(before), None, Rect::ZERO, &mut Vec::new());
        painter.paint(&frame(after), None, Rect::ZERO, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_is_kept_stays_until_it_is_painted() {
        let frame = |words: [&str; 3]| Buffer::with_lines(words);
        let (mut painter, mut terminal) = (Painter::new(Depth::Mono), terminal(9, 3));
        let mut screen = |words, kept| {
            let mut out = Vec::new();
            painter.paint(&frame(words), None, kept, &mut out);
            terminal.process(&out);
            terminal.screen().contents()
        };
        let card = Rect::new(5, 0, 4, 3);
        let (first, second) =
            (["one  that", "two  card", "漢字 here"], ["two  this", "six  text", "漢漢 goes"]);
        assert_eq!(screen(first, card), first.join("\n"), "nothing is kept of a screen that nobody knows");
        assert_eq!(screen(second, card), "two  that\nsix  card\n漢漢 here");
        assert_eq!(screen(second, Rect::ZERO), second.join("\n"));
    }

    #[test]
    fn a_row_costs_time_that_grows_with_it() {
        let wide = 1000;
        let blanks = " ".repeat(wide);
        let words = "ab   cd      ".repeat(wide / 13);
        for (text, every) in
            [(&blanks, 1), (&blanks, 3), (&blanks, 7), (&blanks, 2000), (&words, 1), (&words, 4)]
        {
            let frame = Buffer::with_lines([text.as_str()]);
            let mut letters = Letters::default();
            let raster = Raster::default().of(&frame, Depth::True, &mut letters);
            let (pen, place) = (Pen::default(), Place::Cell(0, 0));
            let mut stroke = Stroke { bytes: Vec::new(), pen, place, letters: &letters };
            let asked = Cell::new(0);
            stroke.write(0..wide, 0, raster.row(0), |x| {
                asked.set(asked.get() + 1);
                x % every == 0
            });
            assert!(asked.get() < 12 * wide, "{} of {text:?}, every {every}", asked.get());
        }
    }

    #[test]
    fn a_change_takes_few_bytes() {
        for (before, after, bytes) in [
            (&["abc", "def"][..], &["abc", "def"][..], ""),
            (&["abc", "def"], &["xbc", "def"], "\x1b[Hx"),
            // Through a short gap rather than over it.
            (&["a plan of"], &["x plan xf"], "\rx\x1b[6Cx"),
            (&["a plan"], &["x pxan"], "\rx px"),
            (&["a long line of words", "x"], &["a", "x"], "\x1b[1;3H\x1b[K"),
            (&["a long line of words │"], &["a                    │"], "\r\x1b[2C\x1b[18X"),
            (&["│ and so on │ x"], &["│           │ y"], "\r\x1b[2C         \x1b[3Cy"),
            (&["▌one", " two", " six"], &[" one", "▌two", " six"], "\x1b[H \r\n▌"),
        ] {
            assert_eq!(bytes_between(before, after), bytes, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn a_scrolled_list_costs_its_new_row() {
        let rows =
            ["land for pledges", "a smaller army", "no long range", "aid halved", "a summit in Geneva"];
        let frame = |from: usize| [&["title"], &rows[from..from + 4], &["footer"]].concat();
        let down = "\x1b[2;5r\x1b[5H\n\x1b[r\x1b[5Ha summit in Geneva";
        assert_eq!(bytes_between(&frame(0), &frame(1)), down);
        let up = "\x1b[2;5r\x1b[2H\x1bM\x1b[r\nland for pledges";
        assert_eq!(bytes_between(&frame(1), &frame(0)), up);
    }

    #[test]
    fn panes_that_scroll_by_different_distances_cost_their_new_rows() {
        // Each letter is a row of it.
        let rows = |letters: &str| letters.chars().map(|c| c.to_string().repeat(40)).collect::<Vec<_>>();
        let (before, after) = (rows("abcdefgh─stuvwxyz"), rows("bcdefghi─uvwxyz12"));
        let [before, after] =
            [&before, &after].map(|rows| rows.iter().map(String::as_str).collect::<Vec<_>>());
        let [i, one, two] = [7, 15, 16].map(|row| after[row]);
        let scrolled = "\x1b[1;8r\x1b[8H\n\x1b[r\x1b[10;17r\x1b[17H\n\n\x1b[r";
        assert_eq!(bytes_between(&before, &after), format!("{scrolled}\x1b[8H{i}\x1b[16H{one}\r\n{two}"));
    }

    #[test]
    fn a_cursor_in_a_wide_letter_does_not_lead_astray() {
        let (mut painter, mut out) = (Painter::new(Depth::Sixteen), Vec::new());
        painter.paint(&Buffer::with_lines(["漢  x"]), Some((1, 0)), Rect::ZERO, &mut Vec::new());
        painter.paint(&Buffer::with_lines(["漢y x"]), None, Rect::ZERO, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), "\x1b[Cy\x1b[?25l");
    }

    #[test]
    fn what_scrolls_in_is_plain_whatever_was_written_last() {
        let rows =
            ["land for pledges", "a smaller army", "no long range", "aid halved", "a summit in Geneva"];
        let frame = |from: usize| {
            let lines = [&rows[from..from + 4], &["footer"]].concat();
            let mut frame = Buffer::with_lines(lines.iter().map(|line| format!("{line:18}")));
            frame.set_style(Rect::new(0, 4, 6, 1), Style::new().bg(Color::Red));
            frame
        };
        let (mut painter, mut out) = (Painter::new(Depth::Sixteen), Vec::new());
        painter.paint(&frame(0), None, Rect::ZERO, &mut Vec::new());
        painter.paint(&frame(1), None, Rect::ZERO, &mut out);
        let scrolled = "\x1b[m\x1b[1;4r\x1b[4H\n\x1b[r\n\n\na summit in Geneva";
        assert_eq!(String::from_utf8_lossy(&out), scrolled);
    }

    #[test]
    fn what_stands_right_of_an_emoji_is_put_there_again() {
        assert_eq!(bytes_between(&["🦀 x  │"], &["🦀 y  │"]), "\r\x1b[K🦀\r\x1b[2C y  │");
        assert_eq!(bytes_between(&["\u{FFFD} x  │"], &["y x  │"]), "\r\x1b[Ky x  │");
    }
}
