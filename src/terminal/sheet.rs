//! A frame as the terminal will show it: its glyphs, row by row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::colour::Depth;
use super::glyph::{self, Glyph, Pens};

/// A frame of glyphs.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    columns: usize,
    rows: usize,
    glyphs: Vec<Glyph>,
}

impl Sheet {
    /// The frame in so many colours, in the memory of this one.
    pub fn of(mut self, frame: &Buffer, depth: Depth) -> Self {
        (self.columns, self.rows) = (frame.area.width.into(), frame.area.height.into());
        self.glyphs.clear();
        self.glyphs.reserve(self.columns * self.rows);
        let mut pens = Pens::new(depth);
        for cells in frame.content.chunks(self.columns.max(1)) {
            glyph::row(cells, &mut pens, &mut self.glyphs);
        }
        self
    }

    /// Whether it has the size of an area.
    pub fn fits(&self, area: Rect) -> bool {
        (self.columns, self.rows) == (area.width.into(), area.height.into())
    }

    /// How many rows it has.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The glyphs of row `y`.
    pub fn row(&self, y: usize) -> &[Glyph] {
        self.glyphs.get(y * self.columns..(y + 1) * self.columns).unwrap_or_default()
    }
}
