//! Rows that went up or down together between two frames, as they do when a list scrolls.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::glyph::Glyph;
use super::raster::Raster;

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
}

/// The one shift that saves most cells, if any rows moved; whether it saves bytes is for the caller to see.
///
/// Both frames have one size, and their glyphs are of one [`Letters`](super::glyph::Letters). The way: rows that
/// occur once vote for a distance with their letters, then the stretch is taken over which that distance leaves the
/// fewest cells to change.
pub(super) fn find(old: &Raster, new: &Raster) -> Option<Shift> {
    let changed = changed(old, new)?;
    let distance = elected(old, new, changed.clone())?;
    let source = |y: usize| y.checked_add_signed(distance).filter(|y| changed.contains(y));

    let (mut best, mut best_stretch) = (0, None);
    let (mut sum, mut start) = (0, *changed.start());
    for y in changed.clone() {
        let gain = source(y).map_or(isize::MIN, |from| {
            differing(old.row(y), new.row(y)) - differing(old.row(from), new.row(y))
        });
        sum = gain.saturating_add(sum);
        if sum <= 0 {
            (sum, start) = (0, y + 1);
        } else if sum > best {
            (best, best_stretch) = (sum, Some((start, y)));
        }
    }
    let (first, last) = best_stretch?;
    let by = distance.unsigned_abs();
    Some(if distance > 0 {
        Shift { top: first, bottom: last + by, by, to: Way::Up }
    } else {
        Shift { top: first - by, bottom: last, by, to: Way::Down }
    })
}

/// From the first changed row to the last.
fn changed(old: &Raster, new: &Raster) -> Option<RangeInclusive<usize>> {
    let mut changed = (0..new.rows()).filter(|&y| old.row(y) != new.row(y));
    let first = changed.next()?;
    Some(first..=changed.next_back()?)
}

/// The distance, old row less new row, that most of the rows with a text of their own went.
fn elected(old: &Raster, new: &Raster, rows: RangeInclusive<usize>) -> Option<isize> {
    let mut places: HashMap<u64, Option<usize>> = HashMap::new();
    for y in rows.clone() {
        places.entry(letters(old.row(y))).and_modify(|place| *place = None).or_insert(Some(y));
    }
    let mut votes: HashMap<isize, usize> = HashMap::new();
    for y in rows {
        if let Some(Some(from)) = places.get(&letters(new.row(y)))
            && *from != y
        {
            *votes.entry(from.cast_signed() - y.cast_signed()).or_default() += 1;
        }
    }
    let (distance, votes) =
        votes.into_iter().max_by_key(|&(distance, votes)| (votes, -distance.abs(), distance))?;
    (votes > 1).then_some(distance)
}

/// A row's letters as one number: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>, with a letter for a byte.
fn letters(row: &[Glyph]) -> u64 {
    row.iter().fold(0xcbf2_9ce4_8422_2325, |hash, glyph| {
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
                let lines: Vec<_> = rows.chars().map(|c| c.to_string().repeat(4)).collect();
                Raster::default().of(&Buffer::with_lines(lines), Depth::Mono, &mut Letters::default())
            };
            assert_eq!(find(&frame(old), &frame(new)), shift, "{old} to {new}");
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
