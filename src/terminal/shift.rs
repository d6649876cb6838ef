//! Rows that went up or down together between two frames, as they do when a list scrolls.

use std::ops::RangeInclusive;

use foldhash::{HashMap, HashMapExt};

use super::glyph::Glyph;
use super::raster::Raster;

/// So many cells of a row vote together: a bar before a title, a mark or another pane beside it costs the votes of the
/// cells round it only.
const TOGETHER: usize = 16;
/// So many such stretches of a row vote, the first that change.
const VOTES: usize = 2;
/// A shift that saves less than one in so many of the cells that change is not worth the time to try it.
const WORTH_TRYING: isize = 8;

/// Whole rows of the screen that can be moved by its own scrolling instead of being written again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first row of the region, from 0.
    pub top: usize,
    /// Its last row.
    pub bottom: usize,
    /// By how many rows its text moves.
    pub by: usize,
    /// Which way.
    pub to: Way,
}

/// The way text moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Towards row 0.
    Up,
    /// Away from row 0.
    Down,
}

impl Shift {
    /// The row whose text comes to row `y`: itself outside the region, `None` where a blank row comes in.
    pub fn source(&self, y: usize) -> Option<usize> {
        if !(self.top..=self.bottom).contains(&y) {
            return Some(y);
        }
        let source = match self.to {
            Way::Up => y + self.by,
            Way::Down => y.checked_sub(self.by)?,
        };
        (self.top..=self.bottom).contains(&source).then_some(source)
    }

    /// The rows of a screen after it.
    pub fn moved<'r>(&self, rows: &[&'r [Glyph]], blank: &'r [Glyph]) -> Vec<&'r [Glyph]> {
        let row = |y| self.source(y).and_then(|source| rows.get(source).copied()).unwrap_or(blank);
        (0..rows.len()).map(row).collect()
    }
}

/// The one shift that saves most cells, if any rows moved; whether it saves bytes is for the caller to see.
///
/// `old` are the rows of a frame of the size of the new one, and the glyphs of both are of one
/// [`Letters`](super::glyph::Letters). The way: cells that change vote for a distance with their letters where these
/// stood in one row only, then the stretch is taken over which that distance leaves the fewest cells to change.
pub(super) fn find(old: &[&[Glyph]], new: &Raster) -> Option<Shift> {
    let old = |y: usize| old.get(y).copied().unwrap_or_default();
    let changed = changed(old, new)?;
    let distance = elected(old, new, changed.clone())?;
    let source = |y: usize| y.checked_add_signed(distance).filter(|y| changed.contains(y));

    let (mut best, mut best_stretch) = (0, None);
    let (mut all, mut sum, mut start) = (0, 0, *changed.start());
    for y in changed.clone() {
        let differ = differing(old(y), new.row(y));
        let gain = source(y).map_or(isize::MIN, |from| differ - differing(old(from), new.row(y)));
        all += differ;
        sum = gain.saturating_add(sum);
        if sum <= 0 {
            (sum, start) = (0, y + 1);
        } else if sum > best {
            (best, best_stretch) = (sum, Some((start, y)));
        }
    }
    let (first, last) = best_stretch.filter(|_| best >= all / WORTH_TRYING)?;
    let by = distance.unsigned_abs();
    Some(if distance > 0 {
        Shift { top: first, bottom: last + by, by, to: Way::Up }
    } else {
        Shift { top: first - by, bottom: last, by, to: Way::Down }
    })
}

/// From the first changed row to the last.
fn changed<'r>(old: impl Fn(usize) -> &'r [Glyph], new: &Raster) -> Option<RangeInclusive<usize>> {
    let mut changed = (0..new.rows()).filter(|&y| old(y) != new.row(y));
    let first = changed.next()?;
    Some(first..=changed.next_back()?)
}

/// The distance, old row less new row, that most of the cells with letters of their own went.
fn elected<'r>(
    old: impl Fn(usize) -> &'r [Glyph],
    new: &Raster,
    rows: RangeInclusive<usize>,
) -> Option<isize> {
    let stretches = |y: usize| {
        let both = old(y).chunks(TOGETHER).zip(new.row(y).chunks(TOGETHER)).enumerate();
        both.filter(|(_, (old, new))| old != new)
            .take(VOTES)
            .map(move |(column, (old, new))| (y, (column, letters(old)), (column, letters(new))))
    };
    let stretches: Vec<_> = rows.flat_map(stretches).collect();
    let mut places = HashMap::with_capacity(stretches.len());
    for &(y, old, _) in &stretches {
        places.entry(old).and_modify(|place| *place = None).or_insert(Some(y));
    }
    let mut votes: HashMap<isize, usize> = HashMap::new();
    for (y, _, new) in stretches {
        if let Some(Some(from)) = places.get(&new)
            && *from != y
        {
            *votes.entry(from.cast_signed() - y.cast_signed()).or_default() += 1;
        }
    }
    let (distance, votes) =
        votes.into_iter().max_by_key(|&(distance, votes)| (votes, -distance.abs(), distance))?;
    (votes > 1).then_some(distance)
}

/// Letters as one number: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>, with a letter for a byte.
fn letters(cells: &[Glyph]) -> u64 {
    cells.iter().fold(0xcbf2_9ce4_8422_2325, |hash, glyph| {
        (hash ^ glyph.symbol.number()).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn differing(old: &[Glyph], new: &[Glyph]) -> isize {
    old.iter().zip(new).filter(|(old, new)| old != new).count().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::colour::Depth;
    use crate::terminal::glyph::Letters;
    use ratatui::buffer::Buffer;

    #[test]
    fn a_scrolled_stretch_is_found_with_what_comes_in() {
        for (old, new, shift) in [
            ("abcdef", "abcdef", None),
            ("abcdef", "bcdefg", Some(Shift { top: 0, bottom: 5, by: 1, to: Way::Up })),
            ("bcdefg", "abcdef", Some(Shift { top: 0, bottom: 5, by: 1, to: Way::Down })),
            ("=abcdef=", "=cdefgh=", Some(Shift { top: 1, bottom: 6, by: 2, to: Way::Up })),
            ("=cdefgh=", "=abcdef=", Some(Shift { top: 1, bottom: 6, by: 2, to: Way::Down })),
            ("=abcd=éfgh", "=bcdx=éfgh", Some(Shift { top: 1, bottom: 4, by: 1, to: Way::Up })),
            ("abcdef", "uvwxyz", None),
            ("aaaaaa", "aaaaab", None),
        ] {
            // Each letter is a row of it.
            let frame = |rows: &str| {
                let lines: Vec<_> = rows.chars().map(|c| c.to_string().repeat(40)).collect();
                Raster::default().of(&Buffer::with_lines(lines), Depth::Mono, &mut Letters::default())
            };
            let (before, after) = (frame(old), frame(new));
            let before: Vec<_> = (0..before.rows()).map(|y| before.row(y)).collect();
            assert_eq!(find(&before, &after), shift, "{old} to {new}");
        }
    }

    #[test]
    fn a_row_comes_from_inside_the_region_or_from_nowhere() {
        let up = Shift { top: 1, bottom: 3, by: 2, to: Way::Up };
        let down = Shift { to: Way::Down, ..up };
        assert_eq!((0..5).map(|y| up.source(y)).collect::<Vec<_>>(), [Some(0), Some(3), None, None, Some(4)]);
        assert_eq!(
            (0..5).map(|y| down.source(y)).collect::<Vec<_>>(),
            [Some(0), None, None, Some(1), Some(4)]
        );
    }
}
