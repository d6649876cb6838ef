//! Something to choose from a list by typing: what is listed, on which rows, and what choosing it does.
//!
//! It promises that what a choice is called is shown over as many rows as it takes to know it by; what else
//! there is to say of it has what is left of the last of them.

use super::{Cursor, Under};
use crate::cite::Address;
use crate::geometry::{Layout, Pane};
use crate::keys::Action;
use crate::line::Line;
use crate::memory::{Spot, Within};
use crate::model::{Briefing, QuoteRef, Ref, Source, Topic};
use crate::sanitize::Safe;
use crate::scroll::Items;
use crate::search::{Hit, Ranked, Target};
use crate::span::Span;
use crate::theme::Theme;
use crate::wrap;
use ratatui::layout::Rect;

/// Something to choose from a list by typing.
pub struct Picker {
    /// What is chosen.
    pub title: &'static str,
    /// What has been typed.
    pub line: Line,
    /// Everything there is to choose from.
    pub choices: Vec<Choice>,
    /// What the typed line leaves of them, best first.
    pub shown: Vec<Ranked>,
    /// The current one, and the first one seen.
    pub at: Cursor,
    /// What it was opened over, where that is more than the panes.
    pub under: Option<Under>,
    /// The number of the search of every briefing that still finds choices for it.
    pub filling: Option<u64>,
}

/// A command that is being typed: a list of what it can be, and of the commands run before.
pub struct Command {
    /// What has been typed, and what it can mean.
    pub list: Picker,
    /// How far back in the commands run before the line has been taken from; 0 for a new line.
    pub back: usize,
}

/// The cells beside a choice: the bar and the blank before it, the blank behind it.
const BESIDE: u16 = 3;

impl Picker {
    /// The frame that it opens in: as large as everything there is to choose from needs, so that it stays as
    /// it is while what is typed leaves less.
    #[must_use]
    pub fn frame(&self, layout: &Layout) -> Rect {
        let room = Self::room(layout);
        // More than the screen holds need not be counted.
        let most = usize::from(layout.body.height);
        layout.over(self.choices.iter().flat_map(|choice| choice.rows(room)).take(most).count())
    }

    /// The inside of that frame.
    #[must_use]
    pub fn inside(&self, layout: &Layout) -> Rect {
        Layout::inside_over(self.frame(layout))
    }

    /// How many cells the words of a choice have.
    #[must_use]
    pub fn room(layout: &Layout) -> usize {
        usize::from(Layout::inside_over(layout.over(0)).width.saturating_sub(BESIDE))
    }

    /// Which of what is shown is the first one seen.
    #[must_use]
    pub fn first_seen(&self, layout: &Layout) -> usize {
        self.items(layout).first(self.at)
    }

    /// How many of what is shown there is room for from that one on.
    #[must_use]
    pub fn seen(&self, layout: &Layout) -> usize {
        self.items(layout).fitting(self.first_seen(layout))
    }

    /// Which of what is shown is on a row of the inside.
    #[must_use]
    pub fn at_row(&self, row: usize, layout: &Layout) -> Option<usize> {
        self.items(layout).at_row(self.first_seen(layout), row)
    }

    /// What is shown, with the rows that each takes.
    fn items(&self, layout: &Layout) -> Items<impl Fn(usize) -> usize> {
        let room = Self::room(layout);
        let tall = move |at| {
            let choice = self.shown.get(at).and_then(|ranked: &Ranked| self.choices.get(ranked.item));
            choice.map_or(1, |choice| choice.rows(room).len())
        };
        Items { count: self.shown.len(), height: usize::from(self.inside(layout).height), tall }
    }

    /// Whether there is anything that does something.
    #[must_use]
    pub fn chooses(&self) -> bool {
        self.choices.iter().any(|choice| choice.pick != Pick::Nothing)
    }
}

/// One thing to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its line: what it is called and what else there is to say. Typing finds any of it; of a theme, its name.
    pub line: Safe,
    /// How many bytes of the line are its name.
    pub name: usize,
    /// How many bytes of the line are shown over as many rows as it takes.
    pub told: usize,
    /// How many of these the further rows stand behind.
    pub lead: usize,
    /// What a command line calls it.
    pub word: String,
    /// What choosing it does.
    pub pick: Pick,
}

/// A row of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceRow {
    /// The cells left blank before it.
    pub indent: usize,
    /// Which bytes of the line.
    pub span: Span,
}

impl Choice {
    /// Its rows in `room` cells: all that is to be told, and on the last of them what fits of the rest.
    ///
    /// `"The winter fare rises  plan point", 10 -> ["The", "  winter", "  fare", "  rises"]`
    #[must_use]
    pub fn rows(&self, room: usize) -> Vec<ChoiceRow> {
        let whole = Span::new(0, self.line.len());
        if wrap::width(Span::new(0, self.told).of(&self.line)) <= room {
            return vec![ChoiceRow { indent: 0, span: whole }];
        }
        let lead = wrap::width(Span::new(0, self.lead).of(&self.line));
        let (start, indent) = if lead > 0 && lead <= room / 3 * 2 { (self.lead, lead) } else { (0, 2) };
        let words = Span::new(start, self.told);
        let mut rows: Vec<ChoiceRow> = wrap::rows(words.of(&self.line), room.saturating_sub(indent))
            .into_iter()
            .map(|row| ChoiceRow { indent, span: row.shifted(start) })
            .collect();
        if let Some(first) = rows.first_mut() {
            *first = ChoiceRow { indent: 0, span: Span::new(0, first.span.end) };
        }
        if let Some(last) = rows.last_mut() {
            last.span.end = self.line.len();
        }
        rows
    }
}

/// What choosing something does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Narrows the lists to a topic, or widens them again.
    Topic(Option<Ref<Topic>>),
    /// Does what a key would do.
    Action(Action),
    /// Goes to a card, at one of its quotes.
    Card(QuoteRef),
    /// Goes to a quote of a card, in its source.
    Quote(QuoteRef),
    /// Opens a source at its beginning.
    Source(Ref<Source>),
    /// Goes to the paragraph of a number from 0 in the source that is shown; of more than there are, to the last.
    Paragraph(usize),
    /// Searches everything for some words.
    Search(String),
    /// Searches every briefing for some words.
    SearchAll(String),
    /// Shows words in other colours.
    Theme(Theme),
    /// Asks for mouse reports, or for none.
    Mouse(bool),
    /// Copies an address.
    Address(Address),
    /// Nothing: it is there to be read.
    Nothing,
    /// Goes to the mark with a letter.
    Mark(char),
    /// Goes to a briefing.
    Briefing(There),
}

/// A briefing to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// Its name.
    pub briefing: Safe,
    /// The place in it; where it was left, where there is none.
    pub at: Option<Spot>,
}

/// Something found in one of several briefings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The briefing's name.
    pub briefing: Safe,
    /// The title of the card or the source that it is in.
    pub title: Safe,
    /// The words that were found.
    pub words: Safe,
    /// The place.
    pub spot: Spot,
}

impl Elsewhere {
    /// What a search has found in a briefing.
    #[must_use]
    pub fn new(briefing: &Briefing, hit: &Hit) -> Self {
        let mut spot =
            Spot { pane: Pane::Card, topic: None, card: None, quote: 0, stop: 0, row: 0, source: None };
        let title = match hit.target {
            Target::Card(card) => {
                let card = &briefing[card];
                spot.card = Some(card.id.to_string());
                let quote = hit.field.quote().unwrap_or(0);
                (spot.quote, spot.stop) = (quote, quote);
                &card.title
            }
            Target::Paragraph { source, paragraph } => {
                let source = &briefing[source];
                let text = source.text.as_ref();
                let span =
                    text.and_then(|text| Some((text, text.paragraphs.get(text.shown.text(), paragraph)?)));
                let at = span.map_or(0, |(text, span)| text.shown.to_raw(span).start);
                spot.pane = Pane::Source;
                spot.source = Some(Within { id: source.id.to_string(), top: at, cursor: at });
                &source.title
            }
        };
        let words = Safe::line(hit.text(briefing));
        Self { briefing: briefing.name.clone(), title: title.clone(), words, spot }
    }
}
