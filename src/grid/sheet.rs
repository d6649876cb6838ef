//! Where a grid stands on the screen: its headings, its cells, what the cursor's cell holds, the legend.

use super::{Grid, legend};
use crate::geometry;
use crate::wrap;
use ratatui::layout::Rect;

/// A column heading takes at most this many lines.
const HEADING_LINES: u16 = 3;
/// The parts of a grid on the screen. A rectangle without cells is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The rule on top, with the chart's title.
    pub frame: Rect,
    /// The column headings.
    pub headings: Rect,
    /// The rows, their headings on the left.
    pub body: Rect,
    /// What the cursor's cell holds.
    pub detail: Rect,
    /// What the signs mean.
    pub legend: Rect,
    /// The width of the row headings, with the gap behind them.
    pub first: u16,
    /// The width of a column, with the bar before it and the gap behind it.
    pub stride: u16,
    /// How many columns are seen.
    pub seen: usize,
}

impl Sheet {
    /// Where `grid` stands in `area`.
    #[must_use]
    pub fn new(area: Rect, grid: &Grid) -> Self {
        let first = grid.widths.heading.min(area.width / 5 * 2);
        let room = area.width - first;
        let columns = geometry::cells(grid.columns.len()).max(1);
        let seen = (room / grid.widths.least).clamp(1, columns);
        let stride = (room / seen).min(grid.widths.most.max(grid.widths.least));
        let mut sheet = Self {
            frame: Rect::ZERO,
            headings: Rect::ZERO,
            body: area,
            detail: Rect::ZERO,
            legend: Rect::ZERO,
            first,
            stride,
            seen: usize::from(seen),
        };
        let lines = |words: &str| geometry::cells(wrap::at_most(words, sheet.words(), usize::MAX).len());
        let tallest = grid.columns.iter().map(|heading| lines(&heading.words)).max().unwrap_or(1);
        let headings = match area.height {
            0..5 => 0,
            5..10 => 1,
            _ => tallest.min(HEADING_LINES) + 1,
        };
        let legend = geometry::cells(legend(grid, usize::from(area.width.saturating_sub(1))).len());
        let legend = match area.height {
            0..8 => 0,
            8..12 => 1,
            _ => legend.min(3),
        };
        let detail = if grid.is_short() && area.height >= 14 { (area.height / 5).min(6) } else { 0 };
        sheet.frame = take_top(&mut sheet.body, 1);
        sheet.headings = take_top(&mut sheet.body, headings);
        sheet.legend = take_bottom(&mut sheet.body, legend);
        sheet.detail = take_bottom(&mut sheet.body, detail);
        sheet
    }

    /// How many cells the words of a cell have.
    #[must_use]
    pub fn words(&self) -> usize {
        usize::from(self.stride.saturating_sub(2).max(1))
    }

    /// How many cells the words of a row heading have.
    #[must_use]
    pub fn heading_words(&self) -> usize {
        usize::from(self.first.saturating_sub(2).max(1))
    }

    /// How many lines of rows are seen.
    #[must_use]
    pub fn page(&self) -> usize {
        usize::from(self.body.height)
    }

    /// The cells of a column that is the `nth` of those seen, over the whole height of the body.
    #[must_use]
    pub fn column(&self, nth: usize) -> Rect {
        let nth = geometry::cells(nth);
        let x = self.body.x.saturating_add(self.first).saturating_add(self.stride.saturating_mul(nth));
        Rect { x, width: self.stride, ..self.body }.intersection(self.body)
    }
}

/// Cuts the upper `height` rows off `area`.
fn take_top(area: &mut Rect, height: u16) -> Rect {
    let height = height.min(area.height);
    let top = Rect { height, ..*area };
    area.y += height;
    area.height -= height;
    top
}

/// Cuts the lower `height` rows off `area`, if it keeps one.
fn take_bottom(area: &mut Rect, height: u16) -> Rect {
    let height = height.min(area.height.saturating_sub(1));
    area.height -= height;
    Rect { y: area.bottom(), height, ..*area }
}
