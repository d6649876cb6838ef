//! What the keys do while the panes are read.

use super::{
    Effect, command, editing, grid, handing, moving, note, picker, remembering, searching, selecting, shelf,
};
use crate::app::{App, Cursor, Focus, Mode, Sight, Visit, Window};
use crate::cite::counted;
use crate::geometry::{Pane, Shape};
use crate::keys::{Action, Chart, Move};
use crate::leaf::Goal;
use crate::model::{Card, QuoteRef, Ref, Topic};
use crate::span::Span;
use std::iter;

/// So many places are remembered to go back to.
const TRAIL: usize = 200;

/// Does what an action means while the panes are read.
pub(super) fn run(app: &mut App, action: Action) -> Effect {
    match action {
        Action::Move(way) => travel(app, way),
        Action::NextPane => return round_panes(app, 1),
        Action::PreviousPane => return round_panes(app, -1),
        Action::Left => return sideways(app, -1),
        Action::Right => return sideways(app, 1),
        Action::Focus(pane) => return enter(app, pane),
        Action::Open => return open(app),
        Action::NextQuote => step_quote(app, 1),
        Action::PreviousQuote => step_quote(app, -1),
        Action::NextHit => step_hit(app, 1),
        Action::PreviousHit => step_hit(app, -1),
        Action::Back => back(app),
        Action::Forward => forward(app),
        Action::Search => searching::open(app),
        Action::Topic => picker::open_topics(app),
        Action::Sources => picker::open(app, "Source", picker::sources),
        Action::About => picker::open_about(app),
        Action::Briefings => shelf::choose(app),
        Action::SearchAll => return shelf::search(app, ""),
        Action::Table(chart) => grid::open_chart(app, chart),
        Action::Turn | Action::Sort => note(app, &for_the_tables(app)),
        Action::Theme => command::open_for(app, Action::Theme),
        Action::AllTopics => narrow(app, None),
        Action::Problems => problems(app),
        Action::Reload if app.is_empty() => picker::nothing_open(app),
        Action::Reload => return Effect::Reload,
        Action::MarkRead => return remembering::toggle_read(app),
        Action::NextUnread => return remembering::next_unread(app),
        Action::Changes => remembering::changes(app),
        Action::Marks => remembering::marks(app),
        Action::SetMark => remembering::tell_of_letters(app),
        Action::GoToMark => remembering::marks(app),
        Action::Zoom => zoom(app, !app.zoomed),
        Action::Mouse => return mouse(app, !app.mouse),
        Action::Copy(what) => return handing::copy(app, what),
        Action::Print(what) => return handing::print(app, what),
        Action::Browse => return handing::browse(app),
        Action::Edit => return editing::edit(app),
        Action::Select => selecting::begin(app),
        Action::SwapEnds | Action::Stride(_) => note(app, &for_a_selection(app)),
        Action::Close => close(app),
        Action::Quit => return quit(app),
        Action::QuitNow => return Effect::Quit,
        // These are the same everywhere and done before.
        Action::Help | Action::Command | Action::Repaint | Action::Suspend => {}
        Action::Complete => note(app, "This is for a line that a command is typed into."),
    }
    Effect::Nothing
}

/// Why nothing is done with the card, or with what it quotes.
pub(super) const NO_CARD: &str = "There is no card here.";

/// Gives a pane the focus; a list brings its card with it.
pub(super) fn focus(app: &mut App, pane: Pane) {
    let was = app.place.list;
    app.place.turn_to(pane);
    let list = app.place.list;
    if list != was {
        moving::choose(app, list, app.place.cursors[list].chosen);
    }
}

/// Gives a pane the focus as the reader asks for it: a card is read once its source is gone into.
pub(super) fn enter(app: &mut App, pane: Pane) -> Effect {
    leaving(app, |app| focus(app, pane));
    let quoted = app.quote().map(|quote| quote.source);
    if app.place.focus == Focus::Source && app.source() == quoted {
        remembering::note_read(app)
    } else {
        Effect::Nothing
    }
}

/// Goes to the paragraph of a number from 0 in the source that is shown, or to the last, and remembers where the reader
/// was.
pub(super) fn to_paragraph(app: &mut App, number: usize) {
    let (Some(source), Some(Window { text, .. })) = (app.source(), app.source_window()) else { return };
    let last = text.paragraphs.len().saturating_sub(1);
    let Some(paragraph) = text.paragraph(number.min(last)) else { return };
    remember(app);
    moving::to_passage(app, source, paragraph);
    focus(app, Pane::Source);
}

/// Remembers where the reader is, before going far from it.
pub(super) fn remember(app: &mut App) {
    let here = app.visit();
    keep_behind(app, here);
}

/// Does what may lead away from a place that the reader has moved to in a text: it is remembered then.
pub(super) fn leaving(app: &mut App, act: impl FnOnce(&mut App)) {
    let was = app.place.clone();
    act(app);
    if was.sight != Sight::Quote && app.place.sight == Sight::Quote {
        keep_behind(app, Visit { place: was, table: None });
    }
}

/// Moves in the pane that has the focus; what a jump to the end of a text leaves is remembered.
fn travel(app: &mut App, way: Move) {
    let was = app.place.clone();
    leaving(app, |app| moving::go(app, way));
    let is_jump = was.focus == Focus::Source && matches!(way, Move::First | Move::Last);
    if is_jump && was != app.place {
        keep_behind(app, Visit { place: was, table: None });
    }
}

/// Keeps a place to go back to.
fn keep_behind(app: &mut App, visit: Visit) {
    if app.behind.last() != Some(&visit) {
        app.behind.push(visit);
    }
    if app.behind.len() > TRAIL {
        app.behind.remove(0);
    }
    app.ahead.clear();
}

/// Narrows the lists to a topic, or widens them to all, and remembers where the reader was; nothing where they are so
/// already.
pub(super) fn narrow(app: &mut App, topic: Option<Ref<Topic>>) {
    if app.place.topic != topic {
        remember(app);
        app.narrow(topic);
    }
}

/// Goes to a card, at one of its quotes, and remembers where the reader was.
pub(super) fn visit(app: &mut App, quote: QuoteRef) {
    remember(app);
    let topic = app.place.topic;
    app.show_listed(quote.card, quote.index);
    moving::to_quote(app, quote.index);
    tell_of_topic(app, topic);
}

/// Says that the lists are no longer narrowed to `topic`, if they were: the card that is shown is not about it.
pub(super) fn tell_of_topic(app: &mut App, topic: Option<Ref<Topic>>) {
    if topic.is_some() && app.place.topic.is_none() {
        let said = app.note.take().map(|note| format!("{note} ")).unwrap_or_default();
        note(app, &format!("{said}This card is not about the topic: all topics again."));
    }
}

/// Opens a session at a card: its list has the focus.
pub(super) fn open_at(app: &mut App, card: Ref<Card>) {
    app.show_listed(card, 0);
    let single = app.layout().shape == Shape::Single;
    app.place.focus = match app.briefing[card].kind.family().list() {
        Some(_) if !single => Focus::Lists,
        Some(_) | None => Focus::Card,
    };
}

/// To the pane so many further in the order of Tab, or before; behind the last comes the first.
fn round_panes(app: &mut App, by: isize) -> Effect {
    let at = app.place.pane().index().cast_signed() + by;
    to_pane(app, at.rem_euclid(Pane::ALL.len().cast_signed()).unsigned_abs())
}

/// To the pane so many further in that order, or before, where there is one.
fn along_panes(app: &mut App, by: isize) -> Effect {
    to_pane(app, app.place.pane().index().saturating_add_signed(by))
}

fn to_pane(app: &mut App, at: usize) -> Effect {
    Pane::ALL.get(at).map_or(Effect::Nothing, |&pane| enter(app, pane))
}

/// Left and right: where the lists stand above each other, the card is to the right of all of them.
fn sideways(app: &mut App, by: isize) -> Effect {
    let boxed = app.layout().shape.is_boxed();
    match (app.place.focus, boxed) {
        (Focus::Lists, true) if by > 0 => enter(app, Pane::Card),
        (Focus::Lists, true) => Effect::Nothing,
        (Focus::Card, true) if by < 0 => enter(app, Pane::List(app.place.list)),
        (Focus::Lists | Focus::Card | Focus::Source, _) => along_panes(app, by),
    }
}

fn step_quote(app: &mut App, by: isize) {
    let Some(card) = app.card() else { return note(app, NO_CARD) };
    let count = card.quotes.len();
    if count == 0 {
        let why = app.keys_for(Action::Problems);
        return note(app, &format!("This card has no quote that could be read; {why} shows why."));
    }
    let part = part_here(app);
    if part.is_some_and(|part| step_part(app, part, by)) {
        return;
    }
    let next = app.place.quote.saturating_add_signed(by).min(count - 1);
    let is_behind = by > 0 && part.is_some_and(|part| part > 0);
    if next == app.place.quote && (is_behind || app.place.sight == Sight::Quote) {
        note(
            app,
            &format!(
                "This card has {}; this is the {} one.",
                counted(count, "quote"),
                if by < 0 { "first" } else { "last" }
            ),
        );
        if is_behind {
            return;
        }
    }
    leaving(app, |app| moving::to_quote(app, next));
    let is_seen = app.place.focus != Focus::Lists || app.layout().shape != Shape::Single;
    if !is_seen && app.note.is_none() {
        note(app, &format!("Quote {} of {count}; {} shows it.", next + 1, app.keys_for(Action::Open)));
    }
}

/// Which part of the quote the cursor of the source is on, where the source has the focus.
fn part_here(app: &App) -> Option<usize> {
    let mut window = app.source_window().filter(|_| app.place.focus == Focus::Source)?;
    app.quote_parts().iter().position(|part| window.rows.step(part.start, 0) == window.cursor)
}

/// From a part of the quote to the next that is not seen, or back. Gives whether there is one.
fn step_part(app: &mut App, here: usize, by: isize) -> bool {
    let (parts, page) = (app.quote_parts(), app.page(Pane::Source));
    let (Some(source), Some(Window { mut rows, top, .. })) = (app.source(), app.source_window()) else {
        return false;
    };
    let mut is_hidden = |&(_, part): &(usize, &Span)| rows.distance(top, part.start, page).is_none();
    let mut parts = parts.iter().enumerate();
    let count = parts.len();
    let next = match by {
        ..0 => parts.rfind(|part| part.0 < here && is_hidden(part)),
        _ => parts.find(|part| part.0 > here && is_hidden(part)),
    };
    let Some((at, &part)) = next else { return false };
    match at {
        0 => moving::to_quote(app, app.place.quote),
        _ => moving::to_passage(app, source, part),
    }
    note(app, &format!("Part {} of {count} of this quote.", at + 1));
    true
}

fn step_hit(app: &mut App, by: isize) {
    if app.search.is_some() {
        searching::step(app, by);
    } else {
        step_quote(app, by);
    }
}

fn open(app: &mut App) -> Effect {
    match app.place.focus {
        Focus::Lists if app.place.card.is_none() => {}
        Focus::Lists if app.layout().shape == Shape::Single => {
            app.place.focus = Focus::Card;
            if app.place.leaf.chosen > 0 {
                moving::reveal_stop(app);
            }
        }
        Focus::Lists => {
            remember(app);
            return enter(app, Pane::Source);
        }
        Focus::Card => return follow(app),
        Focus::Source => quoting_cards(app),
    }
    Effect::Nothing
}

/// Follows what the card's cursor is on.
fn follow(app: &mut App) -> Effect {
    let goal = app.leaf().and_then(|leaf| Some(leaf.stops.get(app.place.leaf.chosen)?.goal));
    match goal {
        Some(Goal::Quote(quote)) => {
            remember(app);
            moving::to_quote(app, quote);
            return enter(app, Pane::Source);
        }
        Some(Goal::Card(card)) => visit(app, QuoteRef::new(card, 0)),
        None => note(app, "Nothing to follow here."),
    }
    Effect::Nothing
}

/// From the cursor's row in the source to the cards that quote it.
fn quoting_cards(app: &mut App) {
    let cards = app.cards_at_cursor();
    match cards.as_slice() {
        [] => note(app, "No card quotes this line; lines marked in the gutter are quoted."),
        &[quote] => {
            visit(app, quote);
            focus(app, Pane::Card);
        }
        _ => picker::open_cards(app, &cards),
    }
}

pub(super) fn back(app: &mut App) {
    let here = app.visit();
    match last_elsewhere(&mut app.behind, &here) {
        Some(visit) => {
            app.ahead.push(here);
            revisit(app, visit);
        }
        None => note(app, "This is the first place you visited."),
    }
}

pub(super) fn forward(app: &mut App) {
    let here = app.visit();
    match last_elsewhere(&mut app.ahead, &here) {
        Some(visit) => {
            app.behind.push(here);
            revisit(app, visit);
        }
        None => note(app, "This is the last place you visited."),
    }
}

/// Takes the last of the visits that is not `here`: going to where the reader is would do nothing.
fn last_elsewhere(visits: &mut Vec<Visit>, here: &Visit) -> Option<Visit> {
    iter::from_fn(|| visits.pop()).find(|visit| visit != here)
}

/// Puts the reader where the reader was, at the table that was read there as it was left.
fn revisit(app: &mut App, Visit { place, table }: Visit) {
    grid::to_panes(app);
    app.arrive(place);
    if let Some(chart) = table {
        grid::open_chart(app, chart);
    }
}

fn problems(app: &mut App) {
    if app.is_empty() {
        picker::nothing_open(app);
    } else if app.problems().next().is_none() {
        note(app, "Nothing is wrong: every quote stands in its source.");
    } else {
        app.mode = Mode::Problems(Cursor::default());
    }
}

/// Turns mouse reports on or off.
pub(super) fn mouse(app: &mut App, on: bool) -> Effect {
    app.mouse = on;
    note(app, if on { "Mouse on; Shift selects text in most terminals." } else { "Mouse off." });
    Effect::Mouse(on)
}

/// Closes the marks of a search, then the zoom, then goes a pane out; never quits.
fn close(app: &mut App) {
    if app.search.take().is_some() {
        return;
    }
    if app.zoomed {
        return zoom(app, false);
    }
    outwards(app);
}

/// Gives the focus all the room, or no longer.
fn zoom(app: &mut App, on: bool) {
    moving::lay_out(app, |app| app.zoomed = on);
}

/// From the source or the card to the list; where one pane is seen at a time, by way of the card.
fn outwards(app: &mut App) {
    let single = app.layout().shape == Shape::Single;
    match app.place.focus {
        Focus::Source if single && app.place.card.is_some() => app.place.focus = Focus::Card,
        Focus::Source | Focus::Card => app.place.focus = Focus::Lists,
        Focus::Lists => {}
    }
}

fn quit(app: &mut App) -> Effect {
    match app.place.focus {
        Focus::Lists if !app.zoomed => return Effect::Quit,
        Focus::Lists | Focus::Card | Focus::Source if app.zoomed => zoom(app, false),
        Focus::Lists | Focus::Card | Focus::Source => outwards(app),
    }
    Effect::Nothing
}

/// Why nothing is done with a table.
fn for_the_tables(app: &App) -> String {
    let charts = [Chart::Versions, Chart::Stances, Chart::Timeline, Chart::Coverage];
    let [versions, stances, timeline, coverage] = charts.map(|chart| app.keys_for(Action::Table(chart)));
    format!("This is for the tables: {versions}, {stances}, {timeline} and {coverage} open them.")
}

/// Why nothing is done with a selection.
pub(super) fn for_a_selection(app: &App) -> String {
    format!("This is for a passage that is selected: {} in the source begins.", app.keys_for(Action::Select))
}
