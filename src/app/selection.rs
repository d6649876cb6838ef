//! A passage of a source that is being selected: its ends, and what can be said of it.

use super::App;
use crate::cite::counted;
use crate::model::{Family, Ref, Source, SourceText};
use crate::paste::Clipping;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// So many words are counted: far more than anyone quotes.
const COUNTED: usize = 10_000;

/// A passage being selected in the source pane, from one cluster to another: bytes of the shown text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Which source.
    pub source: Ref<Source>,
    /// Where the cluster begins that stays.
    pub fixed: usize,
    /// Where the cluster begins that moves.
    pub moving: usize,
}

impl Selection {
    /// All of it, both clusters included.
    #[must_use]
    pub fn span(&self, text: &str) -> Span {
        let (start, last) = (self.fixed.min(self.moving), self.fixed.max(self.moving));
        let rest = text.get(last..).unwrap_or_default();
        Span::new(start, last + rest.graphemes(true).next().map_or(0, str::len))
    }
}

impl App {
    /// The passage that is selected: in the source as it stands in its file, and as it is shown.
    #[must_use]
    pub fn selected(&self, selection: &Selection) -> Option<(&SourceText, Span, Span)> {
        let text = self.briefing[selection.source].text.as_ref()?;
        let shown = selection.span(text.shown.text());
        Some((text, text.shown.to_raw(shown), shown))
    }

    /// The passage that is selected as a quote of the current card's kind.
    pub fn with_clipping<T>(
        &self,
        selection: &Selection,
        of: impl FnOnce(&Clipping<'_>) -> Option<T>,
    ) -> Option<T> {
        let (text, raw, _) = self.selected(selection)?;
        let source = &self.briefing[selection.source].id;
        let family = self.card().map_or(Family::PlanPoint, |card| card.kind.family());
        of(&Clipping { source, raw: text.raw(), parts: &[raw], family })
    }

    /// What there is to say of the passage that is selected: its words, and which of several places it is.
    #[must_use]
    pub fn selection_facts(&self, selection: &Selection) -> String {
        let Some((text, _, shown)) = self.selected(selection) else { return String::new() };
        let words = shown.of(text.shown.text()).unicode_words().take(COUNTED + 1).count();
        let words =
            if words > COUNTED { format!("more than {COUNTED} words") } else { counted(words, "word") };
        let place = match self.with_clipping(selection, |clipping| clipping.standing()) {
            Some((_, 1)) => String::new(),
            Some((nth, of)) => format!(" · place {nth} of {of}"),
            None => String::from(" · not to be quoted like this"),
        };
        words + &place
    }
}
