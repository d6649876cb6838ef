//! Something to choose from a list by typing: what is listed, and what choosing it does.

use super::{Cursor, Mode};
use crate::geometry::Pane;
use crate::keys::Action;
use crate::line::Line;
use crate::memory::{Spot, Within};
use crate::model::{Briefing, QuoteRef, Ref, Source, Topic};
use crate::sanitize::Safe;
use crate::search::{Field, Hit, Ranked, Target};
use crate::theme::Theme;

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
    /// What it was opened over: a table, or the problems.
    pub under: Option<Box<Mode>>,
}

/// A command that is being typed: a list of what it can be, and of the commands run before.
pub struct Command {
    /// What has been typed, and what it can mean.
    pub list: Picker,
    /// How far back in the commands run before the line has been taken from; 0 for a new line.
    pub back: usize,
}

/// One thing to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its line: what it is called and what else there is to say. Typing finds any of it.
    pub line: Safe,
    /// How many bytes of the line are its name.
    pub name: usize,
    /// What a command line calls it.
    pub word: String,
    /// What choosing it does.
    pub pick: Pick,
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
    /// Searches everything for some words.
    Search(String),
    /// Searches every briefing for some words.
    SearchAll(String),
    /// Shows words in other colours.
    Theme(Theme),
    /// Nothing: it is there to be read.
    Nothing,
    /// Goes to the mark with a letter.
    Mark(char),
    /// Goes to a briefing: to a place in it, or where it was left.
    Briefing(String, Option<Spot>),
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
                if let Field::Quote(quote) | Field::By(quote) = hit.field {
                    (spot.quote, spot.stop) = (quote, quote);
                }
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
