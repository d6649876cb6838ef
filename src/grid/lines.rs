//! A grid's cells and headings as lines of a width: what is drawn, and what is counted to scroll.

use super::{Cell, Entry, Grid, Row, Sheet};
use crate::leaf::{self, Ink, Run};
use crate::wrap;

/// What stands in a cell of which there is nothing to say.
pub(super) const NOTHING: &str = "·";
/// A unit of time between two rows.
pub(super) const STEP: &str = "│";

/// A blank that no line ends at; it is shown as any other.
pub(super) const TIED: &str = "\u{a0}";

/// What stands between a row and the row above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Above {
    /// Nothing.
    Nothing,
    /// A rule.
    Rule,
    /// So many steps, each for a unit of time.
    Steps(usize),
    /// A break in the scale, with the time that it stands for.
    Break(String),
}

impl Above {
    /// How many lines it takes.
    #[must_use]
    pub const fn tall(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Rule | Self::Break(_) => 1,
            Self::Steps(count) => *count,
        }
    }

    /// Its words on one of its lines; a rule has none.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Nothing | Self::Rule => String::new(),
            Self::Steps(_) => String::from(STEP),
            Self::Break(words) => format!("┊ {words}"),
        }
    }
}

impl Row {
    /// How many lines it takes on a sheet, with what stands above it.
    #[must_use]
    pub fn tall(&self, sheet: &Sheet) -> usize {
        let cells = self.cells.iter().map(|cell| cell.lines(sheet.words()).len());
        let heading = wrap::at_most(&self.heading.words, sheet.heading_words(), usize::MAX).len();
        self.above.tall() + cells.max().unwrap_or(1).max(heading)
    }
}

impl Cell {
    /// Its lines at `width` cells; at least one.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<leaf::Row> {
        let one = |run: Run| vec![leaf::Row { runs: vec![run], ..leaf::Row::default() }];
        match (&self.short, self.entries.as_slice()) {
            (Some(short), _) => one(short.clone()),
            (None, []) => one(Run { ink: Ink::Quiet, words: String::from(NOTHING) }),
            (None, entries) => entries.iter().flat_map(|entry| entry.lines(width)).collect(),
        }
    }
}

impl Entry {
    /// Its lines at `width` cells, the words set behind the sign.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<leaf::Row> {
        self.behind(width, "")
    }

    /// Its lines at `width` cells, with `lead` before the sign.
    pub(super) fn behind(&self, width: usize, lead: &str) -> Vec<leaf::Row> {
        let sign = format!("{lead}{} ", self.sign.words);
        let words = self.runs.iter().map(|run| (run.ink, run.words.as_str()));
        let runs: Vec<(Ink, &str)> = std::iter::once((self.sign.ink, sign.as_str())).chain(words).collect();
        let mut lines: Vec<leaf::Row> = leaf::set(width, wrap::width(&sign), &runs).collect();
        for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
            run.words = run.words.replace(TIED, " ");
        }
        lines
    }
}

/// The legend as lines of at most `width` cells: signs with their words.
#[must_use]
pub fn legend(grid: &Grid, width: usize) -> Vec<Vec<(&'static str, &'static str)>> {
    let mut lines: Vec<Vec<_>> = Vec::new();
    let mut room = 0;
    for &(sign, word) in &grid.legend {
        let wide = wrap::width(sign) + wrap::width(word) + 3;
        match lines.last_mut() {
            Some(line) if wide <= room => line.push((sign, word)),
            Some(_) | None => {
                lines.push(vec![(sign, word)]);
                room = width;
            }
        }
        room = room.saturating_sub(wide);
    }
    lines
}
