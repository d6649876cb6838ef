//! A frame as the terminal will show it: its glyphs, row by row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::colour::Depth;
use super::glyph::{self, Glyph, Letters, Pens};

/// A frame of glyphs. Each row has memory of its own, which finds room between what the opening left.
#[derive(Debug, Default)]
pub(super) struct Raster {
    columns: usize,
    rows: Vec<Vec<Glyph>>,
}

impl Raster {
    /// The frame in so many colours, in the memory of this one.
    pub fn of(mut self, frame: &Buffer, depth: Depth, letters: &mut Letters) -> Self {
        self.columns = frame.area.width.into();
        self.rows.resize_with(frame.area.height.into(), Vec::new);
        let mut pens = Pens::new(depth);
        for (cells, glyphs) in frame.content.chunks(self.columns.max(1)).zip(&mut self.rows) {
            glyphs.resize(self.columns, Glyph::BLANK);
            glyph::row(cells, &mut pens, letters, glyphs);
        }
        self
    }

    /// Takes an area over from another frame of this size. No letter may stand across its edge.
    pub fn keep(&mut self, area: Rect, other: &Self) {
        let columns = usize::from(area.left())..usize::from(area.right());
        for y in usize::from(area.top())..usize::from(area.bottom()) {
            let kept = other.row(y).get(columns.clone());
            let glyphs = self.rows.get_mut(y).and_then(|row| row.get_mut(columns.clone()));
            if let (Some(glyphs), Some(kept)) = (glyphs, kept) {
                glyphs.copy_from_slice(kept);
            }
        }
    }

    /// Whether it has the size of an area.
    pub fn fits(&self, area: Rect) -> bool {
        (self.columns, self.rows.len()) == (area.width.into(), area.height.into())
    }

    /// How many rows it has.
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The glyphs of row `y`.
    pub fn row(&self, y: usize) -> &[Glyph] {
        self.rows.get(y).map(Vec::as_slice).unwrap_or_default()
    }
}
