//! What the source pane shows: which text, from which row on, and which quotes stand there.

use super::{App, Sight};
use crate::anchor::Miss;
use crate::geometry::Pane;
use crate::model::{Passage, QuoteRef, Ref, Source, SourceText};
use crate::rows::Rows;
use crate::span::Span;

/// What is seen of the text in the source pane: bytes of the shown text.
#[derive(Debug)]
pub struct Window<'a> {
    /// The text.
    pub text: &'a SourceText,
    /// Its rows.
    pub rows: Rows<'a>,
    /// The first row that is seen.
    pub top: usize,
    /// The cursor's row.
    pub cursor: usize,
}

impl App {
    /// The source that the source pane shows.
    #[must_use]
    pub fn source(&self) -> Option<Ref<Source>> {
        match self.place.sight {
            Sight::Quote => Some(self.quote()?.source),
            Sight::Text { source, .. } => Some(source),
        }
    }

    /// The text that the source pane shows.
    fn source_text(&self) -> Option<&SourceText> {
        self.briefing[self.source()?].text.as_ref()
    }

    /// The parts of the current quote in the source pane, in order: bytes of the shown text.
    #[must_use]
    pub fn quote_parts(&self) -> Vec<Span> {
        let (Some(quote), Some(text)) = (self.quote(), self.source_text()) else { return Vec::new() };
        match &quote.found {
            Ok(anchor) if Some(quote.source) == self.source() => {
                anchor.parts.iter().map(|&part| text.shown.to_shown(part)).collect()
            }
            Ok(_) | Err(_) => Vec::new(),
        }
    }

    /// The window over the text in the source pane.
    #[must_use]
    pub fn source_window(&self) -> Option<Window<'_>> {
        let text = self.source_text()?;
        let mut rows = Rows::new(text.shown.text(), &text.paragraphs, self.layout().prose_width());
        let height = self.page(Pane::Source);
        let (top, cursor) = match self.place.sight {
            Sight::Quote => {
                let parts = self.quote_parts();
                let passage = match (parts.first(), parts.last()) {
                    (Some(first), Some(last)) => Span::new(first.start, last.end),
                    _ => self.near_miss().unwrap_or_default(),
                };
                (rows.centred(passage, height), rows.step(passage.start, 0))
            }
            Sight::Text { top, cursor, .. } => (rows.showing(top, cursor, height), rows.step(cursor, 0)),
        };
        Some(Window { text, rows, top, cursor })
    }

    /// Where in the source pane's shown text a drifted quote may have gone: it is opened there, and nothing is painted.
    #[must_use]
    pub fn near_miss(&self) -> Option<Span> {
        let quote = self.quote().filter(|quote| Some(quote.source) == self.source())?;
        match quote.found {
            Err(Miss::Drifted { place, .. }) => Some(self.source_text()?.shown.to_shown(place)),
            Err(Miss::Absent | Miss::Beyond { .. } | Miss::GivenUp | Miss::NoText) | Ok(_) => None,
        }
    }

    /// The quotes that stand in a span of the source pane's shown text: where each stands, of which card.
    #[must_use]
    pub fn quoted_in(&self, shown: Span) -> Vec<(Span, QuoteRef)> {
        let (Some(source), Some(text)) = (self.source(), self.source_text()) else { return Vec::new() };
        self.briefing[source]
            .quoted_in(text.shown.to_raw(shown))
            .map(|quoted| (text.shown.to_shown(quoted.span), quoted.quote))
            .collect()
    }

    /// The aside that the cursor's row in the source pane stands in.
    #[must_use]
    pub fn aside_at_cursor(&self) -> Option<&Passage> {
        let mut window = self.source_window()?;
        let row = window.text.shown.to_raw(window.rows.words(window.cursor)?);
        self.briefing[self.source()?].asides.iter().find(|aside| aside.span.overlap(row).is_some())
    }

    /// The cards that quote the cursor's row in the source pane, each once, with the quote.
    #[must_use]
    pub fn cards_at_cursor(&self) -> Vec<QuoteRef> {
        let Some(row) = self.source_window().and_then(|mut window| window.rows.words(window.cursor)) else {
            return Vec::new();
        };
        let mut cards: Vec<QuoteRef> = Vec::new();
        for (span, quote) in self.quoted_in(row) {
            if span.overlap(row).is_some() && cards.iter().all(|other| other.card != quote.card) {
                cards.push(quote);
            }
        }
        cards
    }
}
