//! The paper that the panes are drawn on: a buffer that clips, with the frame of a pane.

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

impl Paper<'_> {
    /// Writes `words` from a cell on, in at most `width` cells of the row. Gives the cells used.
    pub(super) fn put(&mut self, x: u16, y: u16, width: u16, words: &str, style: Style) -> u16 {
        let area = *self.buffer.area();
        if !area.contains((x, y).into()) {
            return 0;
        }
        let Cell { fg, bg, modifier, .. } = blank(style);
        let room = usize::from(width.min(area.right() - x));
        let mut row = self.row(x, y, room);
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
        geometry::cells(used)
    }

    /// Writes runs of words one behind the other in at most `width` cells. Gives the cells used.
    pub(super) fn put_runs(&mut self, x: u16, y: u16, width: u16, runs: &[(&str, Style)]) -> u16 {
        let mut used = 0;
        for &(words, style) in runs {
            used += self.put(x + used, y, width.saturating_sub(used), words, style);
        }
        used
    }

    /// Writes words of a style with some spans of them marked, in at most `width` cells. Gives the cells used.
    pub(super) fn put_marked(
        &mut self,
        x: u16,
        y: u16,
        width: u16,
        (words, style): (&str, Style),
        marks: &[Span],
    ) -> u16 {
        let mark = self.theme.style(Look::Mark);
        let mut runs = Vec::with_capacity(2 * marks.len() + 1);
        let mut at = 0;
        for span in marks {
            runs.push((Span::new(at, span.start).of(words), style));
            runs.push((span.of(words), mark));
            at = span.end;
        }
        runs.push((Span::new(at, words.len()).of(words), style));
        self.put_runs(x, y, width, &runs)
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
        let room = area.width.saturating_sub(1);
        let style = self.theme.style(look);
        let rows = wrap::at_most(words, usize::from(room), usize::from(area.height));
        for (y, row) in (area.y..area.bottom()).zip(rows) {
            self.put(area.x + 1, y, room, &row, style);
        }
    }

    /// Writes `words` so that they end at the right of `area`'s first row, if they fit. Gives the cells used.
    pub(super) fn put_right(&mut self, area: Rect, words: &str, style: Style) -> u16 {
        let wide = geometry::cells(wrap::width(words));
        if wide == 0 || wide > area.width {
            return 0;
        }
        self.put(area.right() - wide, area.y, wide, words, style)
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
        let room = Rect { x: area.x + 2, width: area.width.saturating_sub(4), height: 1, ..area };
        let right = if right.is_empty() { String::new() } else { format!(" {right} ") };
        let right_width = self.put_right(room, &right, style);
        let room = room.width.saturating_sub(right_width);
        let whole: usize = heading.iter().map(|(words, _)| wrap::width(words)).sum();
        if room < 3 || whole == 0 {
            return;
        }
        let mut used = self.put(area.x + 2, area.y, 1, " ", style);
        let mut left = usize::from(room) - 2;
        for (at, &(words, style)) in heading.iter().enumerate() {
            let fits = wrap::width(words) <= left;
            let words = if fits || at == 0 { words } else { "…" };
            let words = wrap::clip(words, left);
            used += self.put(area.x + 2 + used, area.y, room - used, &words, style);
            if !fits {
                break;
            }
            left -= wrap::width(&words);
        }
        self.put(area.x + 2 + used, area.y, 1, " ", style);
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
