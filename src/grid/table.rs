//! A grid that is read: its cursor, and what of it is seen.
//!
//! It promises that the cursor's cell is seen, or as much of it as the screen holds. What is seen
//! is worked out from the screen's size each time, so a resize needs no repair, and only the rows
//! near the screen are ever laid out.

use super::{Ask, Cell, Grid, Sheet};
use crate::model::Briefing;
use crate::scroll::{Cursor, Items};
use ratatui::layout::{Position, Rect};

/// A grid with a cursor.
#[derive(Clone, Debug)]
pub struct Table {
    /// What was asked for.
    pub ask: Ask,
    /// What it came to.
    pub grid: Grid,
    /// The row that the cursor is on.
    pub row: usize,
    /// The column that the cursor is on.
    pub column: usize,
    /// The first line seen, when it was last moved.
    pub top: Top,
    /// The first column seen, when it was last moved.
    pub left: usize,
}

/// A line of a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Top {
    /// The row.
    pub row: usize,
    /// The line of the row, from 0, what stands above the row included.
    pub line: usize,
}

impl Table {
    /// The table that is asked for, at its first cell.
    #[must_use]
    pub fn new(briefing: &Briefing, ask: Ask) -> Self {
        let grid = Grid::new(briefing, &ask);
        Self { ask, grid, row: 0, column: 0, top: Top::default(), left: 0 }
    }

    /// The cell that the cursor is on.
    #[must_use]
    pub fn cell(&self) -> Option<&Cell> {
        self.grid.cell(self.row, self.column)
    }

    /// The first line and the first column that are seen.
    #[must_use]
    pub fn window(&self, sheet: &Sheet) -> (Top, usize) {
        let columns = Items { count: self.grid.columns.len(), height: sheet.seen, tall: |_| 1 };
        let left = columns.first(Cursor { chosen: self.column, top: self.left });
        (self.showing(self.top, sheet), left)
    }

    /// Moves the cursor down by so many rows, or up where negative. A cell that is taller than what
    /// is seen of it is scrolled through first.
    pub fn step(&mut self, by: isize, sheet: &Sheet) {
        let top = self.showing(self.top, sheet);
        let (first, last) = self.range(sheet);
        let further = match by {
            0.. => self.down(top, by.unsigned_abs(), sheet).min(last),
            _ => self.up(top, by.unsigned_abs(), sheet).max(first),
        };
        let hides = if by < 0 { top > first } else { top < last };
        if hides && self.overflows(sheet) {
            self.top = further;
            return;
        }
        let most = self.grid.rows.len().saturating_sub(1);
        self.row = self.row.saturating_add_signed(by).min(most);
        self.top = self.showing(top, sheet);
    }

    /// Moves what is seen by so many lines, and the cursor with it.
    pub fn scroll(&mut self, by: isize, sheet: &Sheet) {
        let was = self.showing(self.top, sheet);
        let lines = by.unsigned_abs();
        let top = if by < 0 { self.up(was, lines, sheet) } else { self.down(was, lines, sheet) };
        let top = top.min(self.last_top(sheet));
        self.row = if top == was {
            if by < 0 { 0 } else { self.grid.rows.len().saturating_sub(1) }
        } else {
            let bottom = self.down(top, sheet.page().saturating_sub(1), sheet);
            self.row.clamp(top.row, bottom.row.max(top.row))
        };
        self.top = self.showing(top, sheet);
    }

    /// Moves the cursor to the first row.
    pub fn first(&mut self) {
        self.row = 0;
        self.top = Top::default();
    }

    /// Moves the cursor to the last row, and to the end of what it holds.
    pub fn last(&mut self, sheet: &Sheet) {
        self.row = self.grid.rows.len().saturating_sub(1);
        self.top = self.showing(self.last_top(sheet), sheet);
    }

    /// Moves the cursor to a column, as far as there are any.
    pub fn sideways(&mut self, by: isize, sheet: &Sheet) {
        let most = self.grid.columns.len().saturating_sub(1);
        self.column = self.column.saturating_add_signed(by).min(most);
        (self.top, self.left) = self.window(sheet);
    }

    /// Puts the cursor on the cell that stands at a place of the screen, if one does. Gives whether it was
    /// there already.
    pub fn point(&mut self, at: Position, area: Rect) -> bool {
        let sheet = Sheet::new(area, &self.grid);
        let (top, left) = self.window(&sheet);
        let Some(nth) = (0..sheet.seen).find(|&nth| sheet.column(nth).contains(at)) else { return false };
        let lines = usize::from(at.y - sheet.body.y);
        let found = self.down(top, lines, &sheet);
        let is_below = lines > 0 && self.down(top, lines - 1, &sheet) == found;
        let (row, column) = (found.row, left + nth);
        if is_below || self.grid.cell(row, column).is_none() {
            return false;
        }
        let was = (self.row, self.column);
        (self.row, self.column, self.left) = (row, column, left);
        self.top = self.showing(top, &sheet);
        was == (row, column)
    }

    /// The top nearest to `top` from which the cursor's cell is seen.
    fn showing(&self, top: Top, sheet: &Sheet) -> Top {
        let (first, last) = self.range(sheet);
        top.clamp(first, last).min(self.last_top(sheet).max(first))
    }

    /// The first and the last top from which the cursor's row is seen, or as much of its cell as
    /// can be where the row is taller than what is seen.
    fn range(&self, sheet: &Sheet) -> (Top, Top) {
        let row = |line| Top { row: self.row, line };
        let page = sheet.page().max(1);
        let tall = self.tall(self.row, sheet);
        let (start, end) = self.extent(sheet);
        if tall <= page {
            (self.up(row(tall - 1), page - 1, sheet), row(0))
        } else if end - start <= page {
            (row(start), row(start))
        } else {
            (row(start), row(end - page))
        }
    }

    /// The lines of the cursor's row that its cell takes: from, to.
    fn extent(&self, sheet: &Sheet) -> (usize, usize) {
        let start = self.grid.rows.get(self.row).map_or(0, |row| row.above.tall());
        let lines = self.cell().map_or(1, |cell| cell.lines(sheet.words()).rows().len());
        (start, start + lines.max(1))
    }

    fn overflows(&self, sheet: &Sheet) -> bool {
        let (start, end) = self.extent(sheet);
        end - start > sheet.page().max(1)
    }

    /// The top from which the end is seen and nothing is wasted.
    fn last_top(&self, sheet: &Sheet) -> Top {
        let row = self.grid.rows.len().saturating_sub(1);
        let end = Top { row, line: self.tall(row, sheet).saturating_sub(1) };
        self.up(end, sheet.page().saturating_sub(1), sheet)
    }

    fn tall(&self, row: usize, sheet: &Sheet) -> usize {
        self.grid.rows.get(row).map_or(1, |row| row.tall(sheet)).max(1)
    }

    fn down(&self, mut at: Top, mut lines: usize, sheet: &Sheet) -> Top {
        loop {
            let last = self.tall(at.row, sheet) - 1;
            let here = last.saturating_sub(at.line);
            if lines <= here {
                return Top { line: at.line + lines, ..at };
            }
            if at.row + 1 >= self.grid.rows.len() {
                return Top { line: last, ..at };
            }
            lines -= here + 1;
            at = Top { row: at.row + 1, line: 0 };
        }
    }

    fn up(&self, mut at: Top, mut lines: usize, sheet: &Sheet) -> Top {
        while lines > at.line {
            if at.row == 0 {
                return Top::default();
            }
            lines -= at.line + 1;
            at = Top { row: at.row - 1, line: self.tall(at.row - 1, sheet) - 1 };
        }
        Top { line: at.line - lines, ..at }
    }
}
