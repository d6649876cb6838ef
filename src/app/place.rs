//! Where the reader is: what has the focus, and where each list, the card and the source stand.

use crate::geometry::{List, Pane, PerList};
use crate::keys::Chart;
use crate::model::{Card, Ref, Source, Topic};
use crate::scroll::Cursor;

/// Where the reader is, whole: going back brings all of it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What has the focus.
    pub focus: Focus,
    /// The list in use.
    pub list: List,
    /// The topic that the lists are narrowed to.
    pub topic: Option<Ref<Topic>>,
    /// Where each list stands.
    pub cursors: PerList<Cursor>,
    /// The card that is shown.
    pub card: Option<Ref<Card>>,
    /// Where the card stands: the stop that its cursor is on, and its first row seen.
    pub leaf: Cursor,
    /// Which of the card's quotes is the current one.
    pub quote: usize,
    /// What the source pane shows.
    pub sight: Sight,
}

/// A place that was visited, to come back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Where the reader was.
    pub place: Place,
    /// The table that was read over the panes there.
    pub table: Option<Chart>,
}

/// What has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The list in use.
    Lists,
    /// The card.
    Card,
    /// The source.
    Source,
}

/// What the source pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The source of the current quote, with the quote in its middle.
    Quote,
    /// A source where the reader has moved in it: bytes of its shown text.
    Text {
        /// Which source.
        source: Ref<Source>,
        /// The first row seen holds this byte.
        top: usize,
        /// The cursor is on the row of this byte.
        cursor: usize,
    },
}

impl Place {
    /// The pane that has the focus.
    #[must_use]
    pub const fn pane(&self) -> Pane {
        match self.focus {
            Focus::Lists => Pane::List(self.list),
            Focus::Card => Pane::Card,
            Focus::Source => Pane::Source,
        }
    }

    /// Gives a pane the focus; a list is in use from then on.
    pub const fn turn_to(&mut self, pane: Pane) {
        self.focus = match pane {
            Pane::List(list) => {
                self.list = list;
                Focus::Lists
            }
            Pane::Card => Focus::Card,
            Pane::Source => Focus::Source,
        };
    }
}
