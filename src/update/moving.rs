//! Moving: by rows, by pages, to the ends, in whatever has the focus.

use crate::app::{App, Cursor, Focus, Sight, Window};
use crate::geometry::{List, Pane};
use crate::keys::{Direction, Move};
use crate::leaf::{Goal, Leaf, Stop};
use crate::model::{Ref, Source};
use crate::span::Span;

/// Moves in the pane that has the focus.
pub(super) fn go(app: &mut App, way: Move) {
    match app.place.pane() {
        Pane::List(list) => in_list(app, list, way),
        Pane::Card => in_card(app, way),
        Pane::Source => in_source(app, way),
    }
}

/// Moves the cursor of a list and shows the card it comes to. From a card that is in no list, an event, the first step
/// leads to where the list was left.
pub(super) fn in_list(app: &mut App, list: List, way: Move) {
    let at = app.place.cursors[list].chosen;
    let is_elsewhere = app.list(list).get(at).copied() != app.place.card;
    let chosen = match way {
        Move::By(_) if is_elsewhere => at,
        _ => way.among(app.list(list).len(), at, app.page(Pane::List(list))),
    };
    choose(app, list, chosen);
}

/// Puts the cursor of a list on an item and shows its card.
pub(super) fn choose(app: &mut App, list: List, chosen: usize) {
    app.point(list, chosen);
    let card = app.list(list).get(chosen).copied();
    if card != app.place.card {
        app.show(card, 0);
    }
}

/// Moves to the next stop of the card if it is near, else scrolls towards it.
fn in_card(app: &mut App, way: Move) {
    let Some(leaf) = app.leaf() else { return };
    let page = app.page(Pane::Card).max(1);
    let last_top = leaf.height().saturating_sub(page);
    let last_stop = leaf.stops.len().saturating_sub(1);
    let top = app.leaf_top(&leaf);
    let Cursor { chosen, .. } = app.place.leaf;
    match way {
        Move::First => stop_at(app, &leaf, 0, 0),
        Move::Last => stop_at(app, &leaf, last_stop, last_top),
        Move::By(by) => {
            let next = chosen.saturating_add_signed(by).min(last_stop);
            let row = leaf.rows_of(next).start;
            let near = top.saturating_sub(page / 2)..top + page + page / 2;
            if next != chosen && near.contains(&row) {
                let top = revealing(&leaf, next, top, page);
                stop_at(app, &leaf, next, if by < 0 && next == 0 { 0 } else { top });
            } else {
                app.place.leaf.top = top.saturating_add_signed(by).min(last_top);
            }
        }
        Move::HalfPage(_) | Move::Page(_) => {
            let top = top.saturating_add_signed(way.steps(page)).min(last_top);
            let seen = |stop: &usize| (top..top + page).contains(&leaf.rows_of(*stop).start);
            let chosen =
                if seen(&chosen) { chosen } else { (0..leaf.stops.len()).find(seen).unwrap_or(chosen) };
            stop_at(app, &leaf, chosen, top);
        }
    }
}

/// The top nearest to `top` from which a page of `page` rows shows all of a stop, or its beginning.
fn revealing(leaf: &Leaf, stop: usize, top: usize, page: usize) -> usize {
    let rows = leaf.rows_of(stop);
    let lowest = rows.end.saturating_sub(page).min(rows.start);
    top.clamp(lowest, rows.start)
}

/// Puts the card's cursor on a stop; the source follows where the stop is a quote.
pub(super) fn stop_at(app: &mut App, leaf: &Leaf, chosen: usize, top: usize) {
    app.place.leaf = Cursor { chosen, top };
    if let Some(&Stop { goal: Goal::Quote(quote), .. }) = leaf.stops.get(chosen)
        && app.place.quote != quote
    {
        app.place.quote = quote;
        app.place.sight = Sight::Quote;
    }
}

/// Makes a quote the current one: the card's cursor goes to it, the source follows.
pub(super) fn to_quote(app: &mut App, quote: usize) {
    app.place.quote = quote;
    app.place.sight = Sight::Quote;
    app.place.leaf.chosen = quote;
    reveal_stop(app);
}

/// Scrolls the card so that its cursor is seen; where the card itself is not, it begins at its top.
pub(super) fn reveal_stop(app: &mut App) {
    let page = app.page(Pane::Card);
    let top = match app.leaf() {
        Some(leaf) if page > 0 => revealing(&leaf, app.place.leaf.chosen, app.leaf_top(&leaf), page),
        Some(_) | None => 0,
    };
    app.place.leaf.top = top;
}

/// Changes how the panes are laid out. A cursor of the card's that keys move, and that was seen, is seen still.
pub(super) fn lay_out(app: &mut App, change: impl FnOnce(&mut App)) {
    let is_seen = |leaf: Leaf| {
        let (top, rows) = (app.leaf_top(&leaf), leaf.rows_of(app.place.leaf.chosen));
        rows.start < top + app.page(Pane::Card) && rows.end > top
    };
    let was_seen = app.place.focus == Focus::Card && app.leaf().is_some_and(is_seen);
    change(app);
    if was_seen {
        reveal_stop(app);
    }
}

/// Moves the cursor of the source by rows; what is seen follows it.
fn in_source(app: &mut App, way: Move) {
    let (Some(source), Some(window)) = (app.source(), app.source_window()) else { return };
    let Window { mut rows, top, cursor, .. } = window;
    let page = app.page(Pane::Source);
    let steps = way.steps(page);
    let cursor = match way {
        Move::First => 0,
        Move::Last => rows.end(),
        Move::By(_) | Move::HalfPage(_) | Move::Page(_) => rows.step(cursor, steps),
    };
    let top = match way {
        Move::HalfPage(_) | Move::Page(_) => {
            let top = rows.step(top, steps);
            rows.settled(top, page)
        }
        Move::By(_) | Move::First | Move::Last => top,
    };
    app.place.sight = Sight::Text { source, top: rows.showing(top, cursor, page), cursor };
}

/// Opens the source pane on a source, with a passage of its shown text in the middle.
pub(super) fn to_passage(app: &mut App, source: Ref<Source>, passage: Span) {
    app.place.sight = Sight::Text { source, top: passage.start, cursor: passage.start };
    let Some(mut window) = app.source_window() else { return };
    let top = window.rows.centred(passage, app.page(Pane::Source));
    app.place.sight = Sight::Text { source, top, cursor: passage.start };
}

/// Moves to another problem, through the rows of one that is longer than the page.
pub(super) fn problems(app: &mut App, way: Move) {
    let (problems, page) = (app.problem_rows(), app.problem_page());
    let Some(at) = app.mode.problems_mut() else { return };
    let here = problems.rows_of(at.chosen);
    at.top = problems.top(*at, page);
    let steps = way.steps(page);
    match way {
        Move::First | Move::Last => {}
        Move::By(_) | Move::HalfPage(_) | Move::Page(_) if steps > 0 && here.end > at.top + page => {
            at.top = at.top.saturating_add_signed(steps).min(here.end - page);
            return;
        }
        Move::By(_) | Move::HalfPage(_) | Move::Page(_) if steps < 0 && here.start < at.top => {
            at.top = at.top.saturating_add_signed(steps).max(here.start);
            return;
        }
        Move::By(_) | Move::HalfPage(_) | Move::Page(_) => {}
    }
    let next = |by: isize| Move::By(by).among(problems.count(), at.chosen, page);
    at.chosen = match way {
        Move::By(_) | Move::First | Move::Last => way.among(problems.count(), at.chosen, page),
        Move::HalfPage(direction) | Move::Page(direction) => {
            let there = problems.problem_at(here.start.saturating_add_signed(steps));
            match direction {
                Direction::Up => there.min(next(-1)),
                Direction::Down => there.max(next(1)),
            }
        }
    };
    at.top = problems.revealing(*at, page);
}
