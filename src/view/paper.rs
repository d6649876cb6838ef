//! The paper that the panes are drawn on, a strip of a row at a time: a buffer that clips, with the frame of a pane.

use crate::geometry::{self, Layout};
use crate::span::Span;
use crate::theme::{Look, Theme};
use crate::wrap;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// A part of the screen to draw on. Nothing drawn leaves it.
pub(super) struct Paper<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) theme: Theme,
}

/// Cells of one row, from one of them on.
#[derive(Clone, Copy)]
pub(super) struct Strip {
    pub(super) x: u16,
    pub(super) y: u16,
    pub(super) width: u16,
}

/// A pane's frame, with what is written on it.
pub(super) struct Frame<'h> {
    pub(super) area: Rect,
    pub(super) edge: Edge,
    /// Whether the keys mean this pane.
    pub(super) focused: bool,
    /// What stands at the left.
    pub(super) heading: &'h [(&'h str, Style)],
    /// What stands at the right.
    pub(super) right: &'h str,
}

/// The bar before what is chosen, where the focus is.
pub(super) const BAR: &str = "▌";

/// What a frame is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Lines all round.
    Box,
    /// A line on top.
    Rule,
}

impl Edge {
    /// What the panes of a layout have.
    pub(super) const fn of(layout: &Layout) -> Self {
        if layout.shape.is_boxed() { Self::Box } else { Self::Rule }
    }
}

impl From<Rect> for Strip {
    /// The first row of an area.
    fn from(Rect { x, y, width, .. }: Rect) -> Self {
        Self { x, y, width }
    }
}

impl Strip {
    /// The rows of an area, from the top.
    pub(super) fn rows(area: Rect) -> impl Iterator<Item = Self> {
        area.rows().map(Self::from)
    }

    /// What of it stands behind so many cells.
    pub(super) const fn behind(self, cells: u16) -> Self {
        let Self { x, y, width } = self;
        let cells = if cells < width { cells } else { width };
        Self { x: x + cells, y, width: width - cells }
    }

    /// It without so many cells at its end.
    pub(super) const fn but(self, cells: u16) -> Self {
        Self { width: self.width.saturating_sub(cells), ..self }
    }
}

impl Paper<'_> {
    /// Writes `words` from the first cell of a strip on, as far as it goes. Gives what is left of it.
    pub(super) fn put(&mut self, strip: Strip, words: &str, style: Style) -> Strip {
        let area = *self.buffer.area();
        if !area.contains((strip.x, strip.y).into()) {
            return strip;
        }
        let Cell { fg, bg, modifier, .. } = blank(style);
        let room = usize::from(strip.width.min(area.right() - strip.x));
        let mut row = self.row(strip.x, strip.y, room);
        let mut used = 0;
        for (_, cluster) in wrap::clusters(words) {
            let cells = wrap::cells(cluster);
            let Some((taken, rest)) = row.split_at_mut_checked(cells) else { break };
            row = rest;
            used += cells;
            if let [cell, covered @ ..] = taken {
                // A blank is on most cells already, and to write one takes more than to look.
                if cluster != " " || cell.symbol() != " " {
                    cell.set_symbol(cluster);
                }
                (cell.fg, cell.bg, cell.modifier) = (fg, bg, modifier);
                covered.iter_mut().for_each(Cell::reset);
            }
        }
        strip.behind(geometry::cells(used))
    }

    /// Marks a row as chosen, in its first cell.
    pub(super) fn bar(&mut self, strip: Strip) {
        self.put(strip, BAR, self.theme.style(Look::Accent));
    }

    /// Writes runs of words one behind the other. Gives what is left of the strip.
    pub(super) fn put_runs(&mut self, strip: Strip, runs: &[(&str, Style)]) -> Strip {
        runs.iter().fold(strip, |strip, &(words, style)| self.put(strip, words, style))
    }

    /// Writes a sign with what it means behind it, and room for another. Gives what is left of the strip.
    pub(super) fn put_sign(&mut self, strip: Strip, sign: &str, style: Style, meaning: &str) -> Strip {
        let strip = self.put(strip, sign, style).behind(1);
        self.put(strip, meaning, self.theme.style(Look::Quiet)).behind(2)
    }

    /// Writes words with some spans of them marked. Gives what is left of the strip.
    pub(super) fn put_marked(&mut self, strip: Strip, words: &str, style: Style, marks: &[Span]) -> Strip {
        let mark = self.theme.style(Look::Mark);
        let mut runs = Vec::with_capacity(2 * marks.len() + 1);
        let mut at = 0;
        for span in marks {
            runs.push((Span::new(at, span.start).of(words), style));
            runs.push((span.of(words), mark));
            at = span.end;
        }
        runs.push((Span::new(at, words.len()).of(words), style));
        self.put_runs(strip, &runs)
    }

    /// The style of a pane's heading.
    pub(super) const fn heading(&self, focused: bool) -> Style {
        if focused {
            self.theme.style(Look::Accent).add_modifier(Modifier::BOLD)
        } else {
            self.theme.style(Look::Plain)
        }
    }

    /// Writes a sentence a cell from the left of an area, in as many of its rows as that takes; what has no room is cut.
    pub(super) fn say(&mut self, area: Rect, words: &str, look: Look) {
        let style = self.theme.style(look);
        let rows = wrap::at_most(words, area.width.saturating_sub(1).into(), area.height.into());
        for (strip, words) in Strip::rows(area).zip(rows) {
            self.put(strip.behind(1), &words, style);
        }
    }

    /// Writes `words` so that they end where a strip does, if they fit. Gives what is left of it before them.
    pub(super) fn put_right(&mut self, strip: Strip, words: &str, style: Style) -> Strip {
        let wide = geometry::cells(wrap::width(words));
        if wide > strip.width {
            return strip;
        }
        self.put(strip.behind(strip.width - wide), words, style);
        strip.but(wide)
    }

    /// Draws a line along a strip.
    pub(super) fn rule(&mut self, strip: Strip) {
        let Strip { x, y, width } = strip;
        self.fill(Rect { x, y, width, height: 1 }, "─", self.theme.style(Look::Quiet));
    }

    /// Draws a pane's frame. Of the runs of a heading only the first is ever cut; another that does not fit is
    /// left out with what follows.
    pub(super) fn frame(&mut self, Frame { area, edge, focused, heading, right }: Frame<'_>) {
        if area.is_empty() {
            return;
        }
        let look = if focused { Look::Accent } else { Look::Quiet };
        let style = self.theme.style(look);
        let lines = if focused { HEAVY } else { LIGHT };
        let (end, last) = (area.right() - 1, area.bottom() - 1);
        self.fill(Rect { height: 1, ..area }, lines.across, style);
        if edge == Edge::Box && area.width >= 2 && area.height >= 2 {
            // The sides look alike with the focus and without: a colour on every row is bytes on every row.
            let quiet = self.theme.style(Look::Quiet);
            self.fill(Rect { y: last, height: 1, ..area }, "─", quiet);
            for x in [area.x, end] {
                self.fill(Rect { x, width: 1, ..area }, "│", quiet);
            }
            for (x, y, corner, style) in [
                (area.x, area.y, lines.corners[0], style),
                (end, area.y, lines.corners[1], style),
                (area.x, last, "╰", quiet),
                (end, last, "╯", quiet),
            ] {
                self.fill(Rect { x, y, width: 1, height: 1 }, corner, style);
            }
        }
        let right = if right.is_empty() { String::new() } else { format!(" {right} ") };
        let room = self.put_right(Strip::from(area).behind(2).but(2), &right, style);
        let whole: usize = heading.iter().map(|(words, _)| wrap::width(words)).sum();
        if room.width < 3 || whole == 0 {
            return;
        }
        let mut rest = self.put(room, " ", style);
        for (at, &(words, style)) in heading.iter().enumerate() {
            let left = usize::from(rest.but(1).width);
            let fits = wrap::width(words) <= left;
            let words = if fits || at == 0 { words } else { "…" };
            rest = self.put(rest, &wrap::clip(words, left), style);
            if !fits {
                break;
            }
        }
        self.put(rest, " ", style);
    }

    /// Blanks an area.
    pub(super) fn clear(&mut self, area: Rect) {
        self.each(area, Cell::reset);
    }

    /// Writes one sign, of one cell, into every cell of an area.
    fn fill(&mut self, area: Rect, sign: &str, style: Style) {
        let mut filled = blank(style);
        filled.set_symbol(sign);
        self.each(area, |cell| cell.clone_from(&filled));
    }

    /// So many cells of a row, from one of the buffer's own on; none where there are not so many.
    fn row(&mut self, x: u16, y: u16, cells: usize) -> &mut [Cell] {
        let Rect { x: left, y: top, width, .. } = self.buffer.area;
        let start =
            usize::from(y.saturating_sub(top)) * usize::from(width) + usize::from(x.saturating_sub(left));
        self.buffer.content.get_mut(start..start + cells).unwrap_or_default()
    }

    /// Does something to every cell of an area.
    fn each(&mut self, area: Rect, mut change: impl FnMut(&mut Cell)) {
        for row in area.intersection(*self.buffer.area()).rows() {
            let cells = self.row(row.x, row.y, row.width.into());
            cells.iter_mut().for_each(&mut change);
        }
    }
}

/// A cell with no letter on it, of a style and nothing else.
fn blank(style: Style) -> Cell {
    let mut blank = Cell::EMPTY;
    blank.set_style(style);
    blank
}

/// The top of a frame: heavy where the pane has the focus, so that it is seen without colour.
struct Lines {
    across: &'static str,
    /// Left, right.
    corners: [&'static str; 2],
}

const LIGHT: Lines = Lines { across: "─", corners: ["╭", "╮"] };
const HEAVY: Lines = Lines { across: "━", corners: ["┍", "┑"] };
