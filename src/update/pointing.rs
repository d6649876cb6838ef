//! What the mouse does: a click chooses what is under it, and a second one opens it where something is
//! there to be chosen; the wheel moves what is under it.

use super::command::{self, Chosen};
use super::{Effect, grid, moving, reading, searching};
use crate::app::{App, Command, Mode, Sight, Window};
use crate::geometry::{Layout, List, Pane};
use crate::keys::{Action, Mouse, MouseAct, Move};
use ratatui::layout::{Position, Rect};

/// The lines that a step of the wheel moves a text by.
const STEP: isize = 3;

/// Does what the mouse did.
pub(super) fn mouse(app: &mut App, Mouse { column, row, act }: Mouse) -> Effect {
    let at = Position::new(column, row);
    let by = match act {
        MouseAct::Click => return click(app, at),
        MouseAct::WheelUp => -1,
        MouseAct::WheelDown => 1,
    };
    let layout = app.layout();
    match &mut app.mode {
        Mode::Reading => wheel(app, at, by),
        Mode::Search(_) if layout.results.contains(at) => searching::choose(app, Move::By(by)),
        Mode::Search(_) | Mode::Selecting(_) => {}
        Mode::Picker(list) | Mode::Command(Command { list, .. }) => list.step(Move::By(by), &layout),
        Mode::Problems(_) => moving::problems(app, Move::By(by)),
        Mode::Grid(_) => grid::wheel(app, STEP * by),
    }
    Effect::Nothing
}

fn click(app: &mut App, at: Position) -> Effect {
    let layout = app.layout();
    let body = layout.body;
    let results = layout.inside(layout.results);
    let on_chosen = match &mut app.mode {
        Mode::Reading => {
            let Some(pane) = layout.pane_at(at.x, at.y) else { return Effect::Nothing };
            if let Some(list) = tab(app, &layout, pane, at) {
                return reading::enter(app, Pane::List(list));
            }
            let was = app.place.clone();
            let effect = reading::enter(app, pane);
            let row = line(layout.inside(layout.frame(pane)), at);
            let is_there = row.is_some_and(|row| choose(app, pane, row));
            if !is_there || app.place != was {
                return effect;
            }
            true
        }
        Mode::Search(_) => {
            let by = line(results, at).and_then(|row| app.hit_at(row));
            if let Some(by) = by.filter(|by| *by != 0) {
                searching::choose(app, Move::By(by));
            }
            by == Some(0)
        }
        Mode::Picker(picker) | Mode::Command(Command { list: picker, .. }) => {
            let row = line(picker.inside(&layout), at);
            let item = row.and_then(|row| picker.at_row(row, &layout));
            let by = item.map(|item| item.cast_signed() - picker.at.chosen.cast_signed());
            picker.step(Move::By(by.unwrap_or(0)), &layout);
            by == Some(0)
        }
        Mode::Problems(_) | Mode::Selecting(_) => false,
        Mode::Grid(table) => table.point(at, body),
    };
    if !on_chosen {
        Effect::Nothing
    } else if matches!(app.mode, Mode::Command(_)) {
        command::accept(app, Chosen::ByPointing)
    } else {
        super::run(app, Action::Open)
    }
}

/// The list whose heading a cell shows, where the lists share one rule.
fn tab(app: &App, layout: &Layout, pane: Pane, at: Position) -> Option<List> {
    let frame = layout.frame(pane);
    let is_on_rule = matches!(pane, Pane::List(_)) && !layout.shape.is_boxed() && at.y == frame.y;
    is_on_rule.then(|| app.tab_at(frame.width, at.x - frame.x))?
}

/// The line of an area that a cell is on, from 0.
fn line(area: Rect, at: Position) -> Option<usize> {
    area.contains(at).then(|| usize::from(at.y - area.y))
}

/// Scrolls the pane at a cell; in a list it moves the cursor.
fn wheel(app: &mut App, at: Position, by: isize) {
    let Some(pane) = app.layout().pane_at(at.x, at.y) else { return };
    match pane {
        Pane::List(list) => {
            reading::leaving(app, |app| {
                reading::focus(app, pane);
                moving::in_list(app, list, Move::By(by));
            });
        }
        Pane::Card => {
            if let Some(leaf) = app.leaf() {
                let last = leaf.height().saturating_sub(app.page(Pane::Card));
                app.place.leaf.top = app.leaf_top(&leaf).saturating_add_signed(STEP * by).min(last);
            }
        }
        Pane::Source => {
            let (Some(source), Some(Window { mut rows, top, .. })) = (app.source(), app.source_window())
            else {
                return;
            };
            let top = rows.step(top, STEP * by);
            let top = rows.settled(top, app.page(Pane::Source));
            app.place.sight = Sight::Text { source, top, cursor: top };
        }
    }
}

/// Puts a pane's cursor on the row that was clicked. Gives whether a second click there would open something.
fn choose(app: &mut App, pane: Pane, row: usize) -> bool {
    match pane {
        Pane::List(list) => {
            let at = app.list_items(list).at_row(app.list_top(list), row);
            at.inspect(|&at| reading::leaving(app, |app| moving::choose(app, list, at))).is_some()
        }
        Pane::Card => {
            let Some(leaf) = app.leaf() else { return false };
            let top = app.leaf_top(&leaf);
            let stop = leaf.stop_of(top + row);
            stop.inspect(|&stop| reading::leaving(app, |app| moving::stop_at(app, &leaf, stop, top)))
                .is_some()
        }
        Pane::Source => {
            if let (Some(source), Some(Window { mut rows, top, .. })) = (app.source(), app.source_window()) {
                let cursor = rows.step(top, row.cast_signed());
                app.place.sight = Sight::Text { source, top, cursor };
            }
            false
        }
    }
}
