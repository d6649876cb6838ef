//! The paper that the panes are drawn on: a buffer that clips, with the frame of a pane.

use super::theme::{Look, Theme};
use crate::geometry::Layout;
use crate::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

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
        let style = Style::reset().patch(style);
        let (end, _) = self.buffer.set_stringn(x, y, words, usize::from(width.min(area.right() - x)), style);
        end - x
    }

    /// Writes runs of words one behind the other in at most `width` cells. Gives the cells used.
    pub(super) fn put_runs(&mut self, x: u16, y: u16, width: u16, runs: &[(&str, Style)]) -> u16 {
        let mut used = 0;
        for &(words, style) in runs {
            used += self.put(x + used, y, width.saturating_sub(used), words, style);
        }
        used
    }

    /// Writes `words` so that they end at the right of `area`'s first row, if they fit. Gives the cells used.
    pub(super) fn put_right(&mut self, area: Rect, words: &str, style: Style) -> u16 {
        let wide = u16::try_from(wrap::width(words)).unwrap_or(u16::MAX);
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
        let rule = lines.across.repeat(usize::from(area.width));
        self.put(area.x, area.y, area.width, &rule, style);
        if edge == Edge::Box && area.width >= 2 && area.height >= 2 {
            let (left, end) = (area.x, area.right() - 1);
            self.put(area.x, area.bottom() - 1, area.width, &"─".repeat(usize::from(area.width)), style);
            for y in area.y + 1..area.bottom() - 1 {
                self.put(left, y, 1, "│", style);
                self.put(end, y, 1, "│", style);
            }
            for (x, y, corner) in [
                (left, area.y, lines.corners[0]),
                (end, area.y, lines.corners[1]),
                (left, area.bottom() - 1, "╰"),
                (end, area.bottom() - 1, "╯"),
            ] {
                self.put(x, y, 1, corner, style);
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
        let area = area.intersection(*self.buffer.area());
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }
}

/// The top of a frame: heavy where the pane has the focus, so that it is seen without colour.
struct Lines {
    across: &'static str,
    /// Left, right.
    corners: [&'static str; 2],
}

const LIGHT: Lines = Lines { across: "─", corners: ["╭", "╮"] };
const HEAVY: Lines = Lines { across: "━", corners: ["┍", "┑"] };
