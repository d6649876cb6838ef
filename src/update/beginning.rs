//! How a session begins: with what is remembered and wished for, at what was asked for.

use super::{grid, reading, remembering, searching, shelf};
use crate::app::{App, Focus};
use crate::grid::Ask;
use crate::keys::Keymap;
use crate::load::Offer;
use crate::memory::Memory;
use crate::model::{Card, Ref, Topic};
use crate::sanitize::Safe;
use crate::theme::Theme;

/// What a session begins with, beside its briefing.
#[derive(Default)]
pub struct Session {
    /// What the reader left behind before.
    pub memory: Memory,
    /// What the keys do.
    pub keys: Keymap,
    /// What words look like.
    pub theme: Theme,
    /// Whether mouse reports are on.
    pub mouse: bool,
    /// The briefings that can be opened.
    pub offers: Vec<Offer>,
    /// Where it begins.
    pub start: Start,
    /// What the reader should know.
    pub news: Option<Safe>,
}

/// Where a session begins; where nothing is asked for, where the last one was left.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// With the lists narrowed to this topic.
    pub topic: Option<Ref<Topic>>,
    /// At this card.
    pub card: Option<Ref<Card>>,
    /// With this searched for.
    pub search: Option<String>,
    /// In this table.
    pub table: Option<Ask>,
}

/// Begins a session.
pub fn begin(app: &mut App, session: Session) {
    let Session { memory, keys, theme, mouse, offers, start, news } = session;
    app.memory = memory;
    app.keys = keys;
    app.theme = theme;
    app.mouse = mouse;
    app.offers = offers;
    go(app, &start);
    app.note = news.or(app.note.take());
}

fn go(app: &mut App, start: &Start) {
    if app.is_empty() {
        return shelf::choose(app);
    }
    if start.topic.is_none() && start.card.is_none() && start.search.is_none() {
        remembering::resume(app);
    }
    if start.topic.is_some() {
        app.narrow(start.topic);
        app.place.focus = Focus::Lists;
    }
    if let Some(card) = start.card {
        reading::open_at(app, card);
    }
    if let Some(query) = &start.search {
        searching::launch(app, query);
    }
    if let Some(ask) = start.table {
        grid::open(app, ask);
    }
}
