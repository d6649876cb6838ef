//! A window over the items of a list: which are seen, and which one the cursor is on.

/// A cursor in something that scrolls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The item that it is on.
    pub chosen: usize,
    /// The first item, or row, that is seen.
    pub top: usize,
}

/// A list in a window: its items have so many rows each.
#[derive(Clone, Copy, Debug)]
pub struct Items<F> {
    /// How many items there are.
    pub count: usize,
    /// How many rows the window has.
    pub height: usize,
    /// How many rows an item has, by its place.
    pub tall: F,
}

impl<F: Fn(usize) -> usize> Items<F> {
    /// The first item seen, from which the chosen one is seen too, moving as little as can be from the
    /// one that was first.
    #[must_use]
    pub fn first(&self, Cursor { chosen, top }: Cursor) -> usize {
        let chosen = chosen.min(self.count.saturating_sub(1));
        let fits_above = |from: usize, room: usize| {
            let (mut first, mut left) = (from, room);
            while let Some(above) = first.checked_sub(1)
                && let Some(rest) = left.checked_sub((self.tall)(above))
            {
                (first, left) = (above, rest);
            }
            first
        };
        let lowest = fits_above(chosen, self.height.saturating_sub((self.tall)(chosen)));
        let fullest = fits_above(self.count, self.height);
        top.clamp(lowest.min(chosen), chosen).min(fullest.max(lowest))
    }

    /// How many items there is room for from one on, at least for that one.
    #[must_use]
    pub fn fitting(&self, first: usize) -> usize {
        let fits = self.ends(first).take_while(|&(_, end)| end <= self.height);
        fits.count().max(1)
    }

    /// The item on a row of the window, where the window begins with item `first`.
    #[must_use]
    pub fn at_row(&self, first: usize, row: usize) -> Option<usize> {
        self.ends(first).find_map(|(item, end)| (row < end).then_some(item))
    }

    /// The items from one on, each with the row behind it.
    fn ends(&self, first: usize) -> impl Iterator<Item = (usize, usize)> {
        (first..self.count).scan(0, |end, item| {
            *end += (self.tall)(item);
            Some((item, *end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_moves_no_more_than_it_must() {
        let cases = [
            (10, 0, 0, 4, 0),
            (10, 3, 0, 4, 0),
            (10, 4, 0, 4, 1),
            (10, 2, 5, 4, 2),
            (10, 9, 0, 4, 6),
            (10, 0, 9, 4, 0),
            (3, 2, 2, 9, 0),
            (0, 0, 0, 4, 0),
        ];
        for (count, chosen, top, height, want) in cases {
            let items = Items { count, height, tall: |_| 1 };
            assert_eq!(items.first(Cursor { chosen, top }), want, "{chosen} from {top}");
        }
        let items = Items { count: 9, height: 5, tall: |_| 2 };
        assert_eq!(items.first(Cursor { chosen: 4, top: 0 }), 3);
    }

    #[test]
    fn an_item_is_found_by_any_of_its_rows_and_counted_where_all_are_seen() {
        let talls = [2, 1, 3, 9];
        let items = Items { count: talls.len(), height: 6, tall: |at: usize| talls[at] };
        let found = |first| (0..7).map(|row| items.at_row(first, row)).collect::<Vec<_>>();
        assert_eq!(found(0), [Some(0), Some(0), Some(1), Some(2), Some(2), Some(2), Some(3)]);
        assert_eq!(found(2), [Some(2), Some(2), Some(2), Some(3), Some(3), Some(3), Some(3)]);
        assert_eq!(items.at_row(3, 9), None);
        assert_eq!([0, 1, 2, 3, 4].map(|first| items.fitting(first)), [3, 2, 1, 1, 1]);
    }
}
