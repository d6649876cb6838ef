//! The hits of a search as they are listed: each with its title, and below it the words that were found.
//!
//! It promises that the hit that was chosen is seen, and that a title has a second row where it needs one.

use super::{App, Cursor, Finds, Mode};
use crate::cite::label;
use crate::scroll;
use crate::search::{Hit, Target};
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
        let Some((cursor, hits)) = self.listed() else { return (0, 1) };
        let layout = self.layout();
        let height = usize::from(layout.inside(layout.results).height);
        let tall = |at: usize| hits.get(at).map_or(2, |hit| self.hit_tall(hit));
        let first = scroll::first_item(hits.len(), cursor.chosen, cursor.top, height, tall);
        let mut left = height;
        let fits = |at: &usize| {
            let fits = tall(*at) <= left;
            left = left.saturating_sub(tall(*at));
            fits
        };
        (first, (first..hits.len()).take_while(fits).count().max(1))
    }

    /// How far the hit on a row of the results is from the one that is chosen.
    #[must_use]
    pub fn hit_at(&self, mut row: usize) -> Option<isize> {
        let (cursor, hits) = self.listed()?;
        let (first, _) = self.hits_seen();
        let on_row = |hit: &Hit| {
            let tall = self.hit_tall(hit);
            let here = row < tall;
            row = row.saturating_sub(tall);
            here
        };
        let at = first + hits.get(first..)?.iter().position(on_row)?;
        Some(at.cast_signed() - cursor.chosen.cast_signed())
    }

    /// The rows of a hit: its title, and the words that were found.
    fn hit_tall(&self, hit: &Hit) -> usize {
        self.hit_rows(&self.hit_title(hit)).len() + 1
    }

    /// The hits that stand in place of the lists, and which is chosen.
    fn listed(&self) -> Option<(Cursor, &[Hit])> {
        let Mode::Search(prompt) = &self.mode else { return None };
        match &prompt.search.found {
            Finds::Everywhere { hits, .. } => Some((prompt.search.at, hits)),
            Finds::Within { .. } => None,
        }
    }
}
