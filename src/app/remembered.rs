//! Where the reader is and how the cards stand, in the words of what is remembered.

use super::{App, Focus, Place, Sight};
use crate::geometry::Pane;
use crate::memory::{Freshness, Memory, Settings, Spot, Within};
use crate::model::{Card, Ref};
use crate::span::Span;

impl App {
    /// Where the reader is, so that it can be found again.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.spot_of(&self.place)
    }

    /// A place, so that it can be found again.
    #[must_use]
    pub fn spot_of(&self, place: &Place) -> Spot {
        let source = match place.sight {
            Sight::Quote => None,
            Sight::Text { source, top, cursor } => self.briefing[source].text.as_ref().map(|text| {
                let raw = |at| text.shown.to_raw(Span::new(at, at)).start;
                Within { id: self.briefing[source].id.to_string(), top: raw(top), cursor: raw(cursor) }
            }),
        };
        Spot {
            pane: place.pane(),
            topic: place.topic.map(|topic| self.briefing[topic].id.to_string()),
            card: place.card.map(|card| self.briefing[card].id.to_string()),
            quote: place.quote,
            stop: place.leaf.chosen,
            row: place.leaf.top,
            source,
        }
    }

    /// Whether the briefing has what is at a spot: the text of a source that is read there, or the card.
    #[must_use]
    pub fn has(&self, spot: &Spot) -> bool {
        let within = spot.source.as_ref().filter(|_| spot.pane == Pane::Source);
        let source = within.and_then(|within| self.briefing.source_by_id(&within.id));
        source.is_some_and(|source| self.briefing[source].text.is_some())
            || spot.card.as_deref().is_none_or(|id| self.briefing.card_by_id(id).is_some())
    }

    /// What the reader has set.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings { mouse: self.mouse, zoom: self.zoomed, theme: self.memory.settings.theme.clone() }
    }

    /// What is to be remembered if the session ends now.
    #[must_use]
    pub fn remembered(&self) -> Memory {
        let mut memory = self.memory.clone();
        memory.last = Some(self.spot());
        memory.settings = self.settings();
        memory.known.extend(self.briefing.cards.iter().map(|card| card.id.to_string()));
        memory
    }

    /// The words where the reader is: the cursor's row in the source, else the card's title.
    #[must_use]
    pub fn words_here(&self) -> &str {
        match (self.place.focus, self.source_window()) {
            (Focus::Source, Some(mut window)) => {
                window.rows.words(window.cursor).map_or("", |words| words.of(window.text.shown.text()))
            }
            (Focus::Source | Focus::Card | Focus::Lists, _) => self.card().map_or("", |card| &card.title),
        }
    }

    /// How a card stands to what the reader has read.
    #[must_use]
    pub fn freshness(&self, card: Ref<Card>) -> Freshness {
        self.memory.freshness(&self.briefing, card)
    }
}
