//! A grid's cells and headings as lines of a width: what is drawn, and what is counted to scroll.

use super::{Cell, Entry, Grid, Row, Run, Sheet};
use crate::galley::{Galley, Ink};
use crate::wrap;

/// What stands in a cell of which there is nothing to say.
pub(super) const NOTHING: &str = "·";
/// A unit of time between two rows.
pub(super) const STEP: &str = "│";
/// More time between two rows than is drawn in steps.
pub(super) const BREAK: &str = "┊";

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
            Self::Break(words) => format!("{BREAK} {words}"),
        }
    }
}

impl Row {
    /// How many lines it takes on a sheet whose first column seen is `left`, with what stands above it.
    #[must_use]
    pub fn tall(&self, sheet: &Sheet, left: usize) -> usize {
        let seen = left..left + sheet.seen;
        let cells = self.cells().filter(|(at, _)| seen.contains(at));
        let cells = cells.map(|(_, cell)| cell.lines(sheet.words()).rows().len());
        let heading = wrap::at_most(&self.heading.words, sheet.heading_words(), usize::MAX).len();
        self.above.tall() + cells.max().unwrap_or(1).max(heading)
    }
}

impl Cell {
    /// Its lines: one where it is told in short, however wide, else what is listed in lines of at most `width` cells.
    #[must_use]
    pub fn lines(&self, width: usize) -> Galley {
        let (ink, words) = match (&self.short, self.entries.as_slice()) {
            (Some(short), _) => (short.ink, short.words.as_str()),
            (None, []) => (Ink::Quiet, NOTHING),
            (None, [..]) => return self.list(width),
        };
        let mut line = Galley::new(usize::MAX);
        line.line(ink, words);
        line
    }

    /// All that is listed in it, in lines of at most `width` cells; none where that is nothing.
    #[must_use]
    pub fn list(&self, width: usize) -> Galley {
        let mut lines = Galley::new(width);
        self.entries.iter().for_each(|entry| entry.set(&mut lines, ""));
        lines
    }
}

impl Entry {
    /// Adds its lines, with `lead` before the sign and the words set behind it.
    pub(super) fn set(&self, lines: &mut Galley, lead: &str) {
        let sign = [lead, &self.sign.words, " "].concat();
        lines.push(self.sign.ink, &sign);
        for run in &self.runs {
            run.push(lines);
        }
        lines.set(wrap::width(&sign));
    }
}

impl Run {
    /// Adds its words to a paragraph.
    pub(super) fn push(&self, lines: &mut Galley) {
        if self.tied {
            lines.push_tied(self.ink, &self.words);
        } else {
            lines.push(self.ink, &self.words);
        }
    }
}

/// The legend as lines of at most `width` cells, of which two stay free at the end: signs with their words.
#[must_use]
pub fn legend(grid: &Grid, width: usize) -> Vec<Vec<(&'static str, &'static str)>> {
    wrap::side_by_side(grid.legend.iter().copied(), width.saturating_sub(2))
}
