//! A grid that is read: its cursor, and what of it is seen.
//!
//! It promises that the cursor's row is seen, or as much of it as the screen holds, and its cell where the cursor has
//! just moved. What is seen is worked out from the screen's size each time, so a resize needs no repair, and only the
//! rows near the screen are ever laid out.

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

    /// The same table of what the briefing has become, or asked for otherwise: the cursor stays on its row and in its
    /// column, else on those that have taken their places.
    #[must_use]
    pub fn anew(&self, briefing: &Briefing, ask: Ask) -> Self {
        let new = Self::new(briefing, ask);
        let (rows, columns) = (&new.grid.rows, &new.grid.columns);
        let row = self.grid.rows.get(self.row).and_then(|was| {
            // A day may have several rows.
            let same = (0..).zip(rows).filter(|(_, row)| row.heading.id == was.heading.id);
            same.map(|(at, _)| at).min_by_key(|at| self.row.abs_diff(*at))
        });
        let column = self.grid.columns.get(self.column);
        let column = column.and_then(|was| columns.iter().position(|column| column.id == was.id));
        let instead = if ask.face == self.ask.face { self.column } else { 0 };
        let row = row.unwrap_or(self.row).min(rows.len().saturating_sub(1));
        let column = column.unwrap_or(instead).min(columns.len().saturating_sub(1));
        Self { row, column, top: self.top, left: self.left, ..new }
    }

    /// The cell that the cursor is on.
    #[must_use]
    pub fn cell(&self) -> Option<&Cell> {
        self.grid.cell(self.row, self.column)
    }

    /// The first line and the first column that are seen.
    #[must_use]
    pub fn window(&self, sheet: &Sheet) -> (Top, usize) {
        (self.within(self.row_range(sheet), self.top, sheet), self.first_column(sheet))
    }

    /// Moves the cursor down by so many rows, or up where negative. A cell that is taller than what
    /// is seen of it is scrolled through first.
    pub fn step(&mut self, by: isize, sheet: &Sheet) {
        let (top, _) = self.window(sheet);
        let (first, last) = self.cell_range(sheet);
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
        let (was, _) = self.window(sheet);
        let lines = by.unsigned_abs();
        let top = if by < 0 { self.up(was, lines, sheet) } else { self.down(was, lines, sheet) };
        let top = top.min(self.last_top(sheet));
        let most = self.grid.rows.len().saturating_sub(1);
        self.row = if top == was {
            if by < 0 { 0 } else { most }
        } else {
            let bottom = self.down(top, sheet.page().saturating_sub(1), sheet);
            self.row.clamp(top.row, bottom.row.max(top.row))
        };
        self.top = self.within(self.row_range(sheet), top, sheet);
        // At an end of a row that is taller than a page the cursor goes on to the next.
        if self.top == was {
            self.row = self.row.saturating_add_signed(by.signum()).min(most);
            self.top = self.within(self.row_range(sheet), top, sheet);
        }
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
        self.left = self.first_column(sheet);
        self.top = self.showing(self.top, sheet);
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
        self.top = self.within(self.row_range(&sheet), top, &sheet);
        was == (row, column)
    }

    /// The first column that is seen.
    fn first_column(&self, sheet: &Sheet) -> usize {
        let columns = Items { count: self.grid.columns.len(), height: sheet.seen, tall: |_| 1 };
        columns.first(Cursor { chosen: self.column, top: self.left })
    }

    /// The top nearest to `top` from which the cursor's cell is seen.
    fn showing(&self, top: Top, sheet: &Sheet) -> Top {
        self.within(self.cell_range(sheet), top, sheet)
    }

    /// The top nearest to `top` between two tops, from which nothing is wasted.
    fn within(&self, (first, last): (Top, Top), top: Top, sheet: &Sheet) -> Top {
        top.clamp(first, last).min(self.last_top(sheet).max(first))
    }

    /// The first and the last top from which the cursor's row is seen; of a row that is taller than what is seen, no
    /// line of another.
    fn row_range(&self, sheet: &Sheet) -> (Top, Top) {
        let row = |line| Top { row: self.row, line };
        let page = sheet.page().max(1);
        let tall = self.tall(self.row, sheet);
        if tall <= page {
            return (self.up(row(tall - 1), page - 1, sheet), row(0));
        }
        let start = self.extent(sheet).0;
        (row(start.min(tall - page)), row(start.max(tall - page)))
    }

    /// The same, with as much of the cursor's cell as can be seen.
    fn cell_range(&self, sheet: &Sheet) -> (Top, Top) {
        let row = |line| Top { row: self.row, line };
        let page = sheet.page().max(1);
        if self.tall(self.row, sheet) <= page {
            return self.row_range(sheet);
        }
        let (start, end) = self.extent(sheet);
        (row(start), row(start.max(end.saturating_sub(page))))
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
        let left = self.first_column(sheet);
        self.grid.rows.get(row).map_or(1, |row| row.tall(sheet, left)).max(1)
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
