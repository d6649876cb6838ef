//! The hits of a search as they are listed: each with its title, and below it the words that were found.
//!
//! It promises that the hit that was chosen is seen, and that a title has a second row where it needs one.

use super::{App, Cursor, Finds};
use crate::cite::label;
use crate::scroll::Items;
use crate::search::{Hit, Results, Target};
use crate::span::Span;
use crate::wrap;
use std::borrow::Cow;

impl App {
    /// What a hit is called: its card's title, or the paragraph.
    #[must_use]
    pub fn hit_title(&self, hit: &Hit) -> Cow<'_, str> {
        match hit.target {
            Target::Card(card) => Cow::Borrowed(&self.briefing[card].title),
            Target::Paragraph { source, paragraph } => {
                Cow::Owned(format!("{}, paragraph {}", label(&self.briefing[source]), paragraph + 1))
            }
        }
    }

    /// The rows of a hit's title: one, or two where there is room for them.
    #[must_use]
    pub fn hit_rows(&self, title: &str) -> Vec<Span> {
        let layout = self.layout();
        wrap::one_or_two(title, layout.hit_width(), layout.inside(layout.results).height)
    }

    /// Which of the listed hits is the first one seen, and how many there is room for from it on.
    #[must_use]
    pub fn hits_seen(&self) -> (usize, usize) {
        let Some((cursor, items)) = self.listed() else { return (0, 1) };
        let first = items.first(cursor);
        (first, items.fitting(first))
    }

    /// How far the hit on a row of the results is from the one that is chosen.
    #[must_use]
    pub fn hit_at(&self, row: usize) -> Option<isize> {
        let (cursor, items) = self.listed()?;
        let at = items.at_row(items.first(cursor), row)?;
        Some(at.cast_signed() - cursor.chosen.cast_signed())
    }

    /// The hits that stand in place of the lists, each with the rows of its title and one for the words
    /// that were found, and which is chosen.
    fn listed(&self) -> Option<(Cursor, Items<impl Fn(usize) -> usize>)> {
        let search = &self.mode.prompt()?.search;
        let Finds::Everywhere { results: Results { hits, .. }, .. } = &search.found else { return None };
        let layout = self.layout();
        let tall = |at| hits.get(at).map_or(1, |hit| self.hit_rows(&self.hit_title(hit)).len()) + 1;
        let height = usize::from(layout.inside(layout.results).height);
        Some((search.at, Items { count: hits.len(), height, tall }))
    }
}
