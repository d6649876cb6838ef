//! The one owner of what the reader sees: where the reader is, what is open, what was searched.
//!
//! `update` is the only writer; a view only reads. The shell asks for two things that its threads search with, and
//! changes nothing else: it takes the search that is to go on out of the state ([`App::unfinished`]), and what is
//! searched has its index made when it is first asked for ([`App::ground`]). What can be worked out is not stored,
//! but for that index, and for the three lists, which change with the topic only.

mod choosing;
mod mode;
mod passage;
mod place;
mod problems;
mod remembered;
mod results;
mod search;
mod selection;
mod tabs;

pub use choosing::{Choice, ChoiceRow, Command, Elsewhere, Pick, Picker, There};
pub use mode::{Mode, Under};
pub use passage::Window;
pub use place::{Focus, Place, Sight, Visit};
pub use problems::ProblemRows;
pub use search::{Finds, Prompt, Reach, Search, Wait};
pub use selection::Selection;

pub use crate::scroll::Cursor;

use crate::geometry::{Body, Layout, List, Pane, PerList, Shape, Size, Stage};
use crate::grid::{Chart, Table};
use crate::keys::{Action, Hint, Key, Keymap, Room};
use crate::leaf::{Leaf, Medium, Places};
use crate::load::Offer;
use crate::memory::Memory;
use crate::model::{Briefing, Card, Quote, QuoteRef, Ref, Topic};
use crate::problem::Problem;
use crate::sanitize::Safe;
use crate::scroll::Items;
use crate::search::{Ground, Index, Quest, Trail};
use crate::span::Span;
use crate::theme::Theme;
use crate::wrap;
use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

/// Everything that a session consists of.
pub struct App {
    /// What is read.
    pub briefing: Arc<Briefing>,
    /// What else can be read, with it.
    pub offers: Vec<Offer>,
    /// The terminal's size.
    pub size: Size,
    /// Where the reader is.
    pub place: Place,
    /// What is open over the panes.
    pub mode: Mode,
    /// What the keys do.
    pub keys: Keymap,
    /// What words look like, where there are colours.
    pub theme: Theme,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// One line for the reader, until the next key.
    pub note: Option<Safe>,
    /// The search whose hits are marked and stepped through.
    pub search: Option<Search>,
    /// Whether the focused pane has the screen to itself.
    pub zoomed: bool,
    /// Whether mouse reports are on.
    pub mouse: bool,
    /// What the reader left behind before, with what was made since: cards read, marks, lines typed.
    pub memory: Memory,
    /// The places to go back to, the last one on top.
    pub behind: Vec<Visit>,
    /// The places to go forward to, the next one on top.
    pub ahead: Vec<Visit>,
    /// The tables that were left, one of a chart: asked for again, each is where it was.
    pub left: HashMap<Chart, Box<Table>>,
    /// What is wrong with the files as they are now, where they cannot be shown any more: what is
    /// shown is how they were before.
    pub broken: Vec<Problem>,
    /// The cards of the lists, narrowed to the topic.
    lists: PerList<Vec<Ref<Card>>>,
    /// Made when a search first needs it.
    index: Option<Arc<Index>>,
    /// What the last search found in all.
    pub trail: Option<Arc<Trail>>,
    /// The search that is to go on where it keeps nobody waiting, until the shell takes it.
    pub quest: Option<Quest>,
    /// How many searches were made, by which each has its number.
    pub searched: u64,
}

impl App {
    /// A session that begins at the first plan point.
    #[must_use]
    pub fn new(briefing: Briefing, size: Size) -> Self {
        let mut app = Self {
            lists: Default::default(),
            index: None,
            trail: None,
            quest: None,
            searched: 0,
            briefing: Arc::new(briefing),
            offers: Vec::new(),
            size,
            place: Place {
                focus: Focus::Lists,
                list: List::PlanPoints,
                topic: None,
                cursors: PerList::default(),
                card: None,
                leaf: Cursor::default(),
                quote: 0,
                sight: Sight::Quote,
            },
            mode: Mode::Reading,
            keys: Keymap::default(),
            theme: Theme::default(),
            pending: Vec::new(),
            note: None,
            search: None,
            zoomed: false,
            mouse: false,
            memory: Memory::default(),
            behind: Vec::new(),
            ahead: Vec::new(),
            left: HashMap::new(),
            broken: Vec::new(),
        };
        app.narrow(None);
        app
    }

    /// Takes another state of the briefing in the place of the one there is, at its first plan point. Gives back the
    /// session as it was, with everything that refers to that one: places, what is open, what was found.
    pub fn renew(&mut self, briefing: Briefing) -> Self {
        let new = Self {
            offers: self.offers.clone(),
            keys: self.keys.clone(),
            theme: self.theme,
            pending: self.pending.clone(),
            note: self.note.clone(),
            zoomed: self.zoomed,
            mouse: self.mouse,
            memory: self.memory.clone(),
            searched: self.searched,
            ..Self::new(briefing, self.size)
        };
        mem::replace(self, new)
    }

    /// Whether no briefing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.briefing.name.is_empty()
    }

    /// Narrows the lists to a topic; the card stays if it is about it, else the list's first is taken.
    pub fn narrow(&mut self, topic: Option<Ref<Topic>>) {
        self.place.topic = topic;
        self.sort_into_lists();
        let card = self.place.card;
        let stays = |list| Some((list, self.list(list).iter().position(|&other| Some(other) == card)?));
        let found = List::ALL.into_iter().find_map(stays);
        self.place.cursors = PerList::default();
        match found {
            Some((list, at)) => self.point(list, at),
            None => {
                let filled = List::ALL.into_iter().find(|list| !self.list(*list).is_empty());
                if self.list(self.place.list).is_empty() {
                    self.place.list = filled.unwrap_or(self.place.list);
                }
                let first = self.list(self.place.list).first().copied();
                self.show(first, 0);
            }
        }
    }

    /// Puts the reader at a place, with its topic.
    pub fn arrive(&mut self, place: Place) {
        let same = self.place.topic == place.topic;
        self.place = place;
        if !same {
            self.sort_into_lists();
        }
    }

    /// Shows a card, at one of its quotes.
    pub fn show(&mut self, card: Option<Ref<Card>>, quote: usize) {
        self.place.card = card;
        self.place.quote = quote;
        self.place.leaf = Cursor { chosen: quote, top: 0 };
        self.place.sight = Sight::Quote;
    }

    /// Shows a card and puts the cursor of its list on it. A card that the topic hides clears the topic.
    pub fn show_listed(&mut self, card: Ref<Card>, quote: usize) {
        self.show(Some(card), quote);
        let Some(list) = self.briefing[card].kind.family().list() else { return };
        if !self.list(list).contains(&card) {
            self.place.topic = None;
            self.sort_into_lists();
        }
        if let Some(at) = self.list(list).iter().position(|&other| other == card) {
            self.place.list = list;
            self.point(list, at);
        }
    }

    /// Puts the cursor of a list on one of its cards, which is seen then.
    pub fn point(&mut self, list: List, at: usize) {
        self.place.cursors[list].chosen = at;
        self.place.cursors[list].top = self.list_top(list);
    }

    /// The cards of a list, narrowed to the topic.
    #[must_use]
    pub fn list(&self, list: List) -> &[Ref<Card>] {
        &self.lists[list]
    }

    /// How many cards a list has without a topic.
    #[must_use]
    pub fn list_total(&self, list: List) -> usize {
        self.briefing.cards.iter().filter(|card| card.kind.family().list() == Some(list)).count()
    }

    /// Where the reader is, to be come back to.
    #[must_use]
    pub fn visit(&self) -> Visit {
        let table = if let Mode::Grid(table) = &self.mode { Some(table.ask.chart) } else { None };
        Visit { place: self.place.clone(), table }
    }

    /// The card that is shown.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        Some(&self.briefing[self.place.card?])
    }

    /// The quote that is current.
    #[must_use]
    pub fn quote(&self) -> Option<&Quote> {
        self.card()?.quotes.get(self.place.quote)
    }

    /// The card and the quote that copying means: in the source, what stands at the cursor; elsewhere the current one.
    #[must_use]
    pub fn cited(&self) -> Option<(&Card, &Quote)> {
        let at_cursor = match (self.place.focus, self.place.sight) {
            (Focus::Source, Sight::Text { .. }) => self.cards_at_cursor(),
            (Focus::Source, Sight::Quote) | (Focus::Lists | Focus::Card, _) => {
                return Some((self.card()?, self.quote()?));
            }
        };
        let current = self.place.card.map(|card| QuoteRef::new(card, self.place.quote));
        let is_current = |quote: &&QuoteRef| Some(**quote) == current;
        let quote = at_cursor.iter().find(is_current).or(at_cursor.first())?;
        let card = &self.briefing[quote.card];
        Some((card, card.quotes.get(quote.index)?))
    }

    /// The card laid out for the card pane.
    #[must_use]
    pub fn leaf(&self) -> Option<Leaf> {
        let why = &self.keys_for(Action::Problems);
        let medium = Medium { places: Places::Paragraph, why };
        Some(Leaf::new(&self.briefing, self.card()?, self.layout().card_width(), medium))
    }

    /// The first row of the card pane that is seen, for a card laid out.
    #[must_use]
    pub fn leaf_top(&self, leaf: &Leaf) -> usize {
        self.place.leaf.top.min(leaf.height().saturating_sub(self.page(Pane::Card)))
    }

    /// The first item of a list that is seen.
    #[must_use]
    pub fn list_top(&self, list: List) -> usize {
        self.list_items(list).first(self.place.cursors[list])
    }

    /// The items of a list with the rows that they have in its pane.
    #[must_use]
    pub fn list_items(&self, list: List) -> Items<impl Fn(usize) -> usize> {
        let frame = self.layout().lists[list];
        let cards = self.list(list);
        let tall = move |at| cards.get(at).map_or(1, |&card| self.title_rows(card, frame).len());
        Items { count: cards.len(), height: self.page(Pane::List(list)), tall }
    }

    /// The rows of a card's title in a list: one, or two where the list has room for them.
    #[must_use]
    pub fn title_rows(&self, card: Ref<Card>, frame: ratatui::layout::Rect) -> Vec<Span> {
        let layout = self.layout();
        let title = &self.briefing[card].title;
        wrap::one_or_two(title, layout.title_width(frame), layout.inside(frame).height)
    }

    /// How many rows a pane shows inside its frame.
    #[must_use]
    pub fn page(&self, pane: Pane) -> usize {
        let layout = self.layout();
        usize::from(layout.inside(layout.frame(pane)).height)
    }

    /// Where everything is on the screen.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let body = match self.mode.prompt().map(|prompt| &prompt.search.found) {
            Some(Finds::Everywhere { .. }) => Body::Results,
            Some(Finds::Within { .. }) | None => Body::Panes,
        };
        let (pane, list) = (self.place.pane(), self.place.list);
        Layout::new(self.size, Stage { pane, list, zoomed: self.zoomed, body })
    }

    /// Where a key is pressed now.
    #[must_use]
    pub const fn room(&self) -> Room {
        match (&self.mode, self.place.focus) {
            (Mode::Search(_), _) => Room::Search,
            (Mode::Picker(_), _) => Room::Picker,
            (Mode::Command(_), _) => Room::Command,
            (Mode::Problems(_), _) => Room::Page,
            (Mode::Selecting(_), _) => Room::Selection,
            (Mode::Grid(_), _) => Room::Grid,
            (Mode::Reading, Focus::Lists) => Room::List,
            (Mode::Reading, Focus::Card) => Room::Card,
            (Mode::Reading, Focus::Source) => Room::Source,
        }
    }

    /// The keys that matter in what is open: of actions that do something there.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let mut hints = self.keys.hints(self.room());
        hints.retain(|hint| self.offers(hint.action));
        hints
    }

    fn offers(&self, action: Action) -> bool {
        match &self.mode {
            Mode::Grid(table) if action == Action::Turn => table.ask.chart.turns(),
            Mode::Grid(table) if action == Action::Sort => table.ask.chart.sorts(),
            Mode::Grid(table) if matches!(action, Action::Left | Action::Right) => {
                table.grid.columns.len() > 1
            }
            Mode::Picker(picker) if action == Action::Open => picker.chooses(),
            Mode::Search(prompt) if action == Action::Open => prompt.search.count() > 0,
            Mode::Reading if self.is_empty() => action == Action::Help,
            // Where the other panes are not seen, this is how to see them; before that it lets go of a search.
            Mode::Reading if action == Action::Close => {
                let hides = match Shape::of(self.size) {
                    Shape::Single => self.place.focus != Focus::Lists,
                    Shape::Columns | Shape::Pair | Shape::Stack => self.zoomed,
                };
                self.search.is_none() && hides
            }
            Mode::Grid(_)
            | Mode::Picker(_)
            | Mode::Reading
            | Mode::Search(_)
            | Mode::Command(_)
            | Mode::Problems(_)
            | Mode::Selecting(_) => true,
        }
    }

    /// What a sentence calls the keys that do something.
    #[must_use]
    pub fn keys_for(&self, action: Action) -> String {
        self.keys.called(self.room(), action)
    }

    /// The search whose hits are marked now: the one being typed, else the one last made.
    #[must_use]
    pub fn marked(&self) -> Option<&Search> {
        self.mode.prompt().map(|prompt| &prompt.search).or(self.search.as_ref())
    }

    /// The briefing with an index over it, which is made when it is first asked for.
    pub fn ground(&mut self) -> Ground {
        let index = self.index.get_or_insert_with(|| Arc::new(Index::new(&self.briefing)));
        Ground { briefing: Arc::clone(&self.briefing), index: Arc::clone(index) }
    }

    /// The search that is to go on, for the one who goes on with it.
    pub fn unfinished(&mut self) -> Option<Quest> {
        self.quest.take()
    }

    fn sort_into_lists(&mut self) {
        self.lists = PerList::default();
        for (at, card) in self.briefing.cards.iter().enumerate() {
            let wanted = card.is_about(self.place.topic);
            if let (true, Some(list)) = (wanted, card.kind.family().list()) {
                self.lists[list].push(Ref::new(at));
            }
        }
    }
}
