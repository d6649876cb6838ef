//! The line at the bottom: the keys that matter here, what is being typed, or one line of news.

use super::paper::{Paper, Strip};
use crate::app::{App, Finds, Mode, Reach, Search};
use crate::geometry::{self, Layout, Shape};
use crate::keys::{Action, Hint, Room};
use crate::line::Line;
use crate::span::Span;
use crate::theme::Look;
use crate::wrap;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

/// Draws the footer. Gives the cell of the cursor, where something is being typed.
pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) -> Option<(u16, u16)> {
    let area = layout.footer;
    if area.is_empty() {
        return None;
    }
    if let Some((lead, line)) = typed(&app.mode) {
        return Some(typing(app, lead, line, area, paper));
    }
    match (app.pending.as_slice(), &app.note) {
        ([_, ..], _) => pending(app, area, paper),
        ([], Some(note)) => news(note, area, paper),
        ([], None) => {
            let hints = hints(app, layout);
            let mut strip = Strip::from(area);
            if let Mode::Selecting(selection) = &app.mode {
                let quiet = paper.theme.style(Look::Quiet);
                let room = usize::from(strip.but(2).width).saturating_sub(staying(&hints));
                let facts = app.selection_facts(selection);
                strip = paper.put_right(strip.but(1), &wrap::clip(&facts, room), quiet).but(1);
            }
            put_hints(hints, strip, paper);
        }
    }
    None
}

/// The line that is being typed, with the sign before it.
fn typed(mode: &Mode) -> Option<(&'static str, &Line)> {
    match mode {
        Mode::Search(prompt) => Some(("/", &prompt.line)),
        Mode::Picker(picker) => Some(("> ", &picker.line)),
        Mode::Command(command) => Some((":", &command.list.line)),
        Mode::Reading | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => None,
    }
}

/// A sentence for the reader, over as many rows as it takes.
fn news(words: &str, area: Rect, paper: &mut Paper<'_>) {
    let rows = wrap::at_most(words, usize::from(area.width.saturating_sub(2)), usize::from(area.y / 2) + 1);
    let area = raised(area, rows.len(), paper);
    for (strip, words) in Strip::rows(area).zip(rows) {
        paper.put(strip.behind(1), &words, paper.theme.style(Look::Strong));
    }
}

/// The footer with as many rows as it takes, half of the screen at most, below a rule where it has taken some.
fn raised(area: Rect, rows: usize, paper: &mut Paper<'_>) -> Rect {
    let above = geometry::cells(rows.saturating_sub(1)).min(area.y / 2);
    let area = Rect { y: area.y - above, height: above + 1, ..area };
    paper.clear(area);
    if above > 0 {
        paper.rule(Strip { y: area.y - 1, ..area.into() });
    }
    area
}

/// The cells that what is typed has at the least before anything else has any.
const TYPED: u16 = 16;

/// What stands beside what is typed: news, else what it finds and as many of the keys that matter as
/// `room` cells hold, the last of them first.
fn said(app: &App, room: usize) -> String {
    if let Some(note) = &app.note {
        return wrap::clip(note, room).into_owned();
    }
    let found = app.mode.prompt().map(|prompt| count(app, &prompt.search)).unwrap_or_default();
    let hints: Vec<String> = app.hints().iter().map(|hint| format!("{} {}", hint.keys, hint.word)).collect();
    let mut fitting = [found.as_str(), ""].into_iter().flat_map(|found| {
        (0..=hints.len()).map(move |from| (found, from)).map(|(found, from)| {
            let parts = std::iter::once(found).chain(hints.iter().skip(from).map(String::as_str));
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        })
    });
    fitting.find(|said| wrap::width(said) <= room).unwrap_or_default()
}

/// A line being typed, scrolled so that its cursor is seen. Gives the cursor's cell.
fn typing(app: &App, lead: &str, line: &Line, area: Rect, paper: &mut Paper<'_>) -> (u16, u16) {
    let quiet = paper.theme.style(Look::Quiet);
    let last = area.right() - 1;
    let rest = paper.put(area.into(), lead, paper.theme.style(Look::Accent));
    let typed = usize::from(TYPED).max(wrap::width(line.text()) + lead.len() + 2);
    let said = said(app, usize::from(area.width).saturating_sub(typed));
    let room = usize::from(paper.put_right(rest, &said, quiet).but(1).width).max(1);
    let before = line.before();
    let from = before.len() - tail(before, room - 1);
    let shown = Span::new(from, line.text().len()).of(line.text());
    let shown = Span::new(0, wrap::prefix(shown, room)).of(shown);
    paper.put(rest, shown, paper.theme.style(Look::Plain));
    let column = geometry::cells(wrap::width(Span::new(from, before.len()).of(before)));
    ((rest.x + column).min(last), area.y)
}

/// How many bytes at the end of `text`, in whole clusters, fit in `width` cells.
fn tail(text: &str, width: usize) -> usize {
    let mut used = 0;
    let fitting = text.graphemes(true).rev().take_while(|cluster| {
        used += wrap::width(cluster);
        used <= width
    });
    fitting.map(str::len).sum()
}

fn count(app: &App, search: &Search) -> String {
    match (&search.found, search.count(), search.query().is_empty()) {
        (_, _, true) => String::from("'exact ^start end$ !not topic: actor: certainty:"),
        (Finds::Everywhere { reach: Reach::SoFar(_), .. }, 0, false) => String::from("searching on"),
        (Finds::Everywhere { reach: Reach::Whole, .. }, 0, false) => String::from("nothing found"),
        (Finds::Within { .. }, 0, false) => {
            format!(
                "not word for word in this text; from a list, {} searches everything",
                app.keys_for(Action::Search)
            )
        }
        (Finds::Everywhere { .. } | Finds::Within { .. }, _, false) => search.position(),
    }
}

/// What may follow the keys pressed so far, over as many rows as it takes.
fn pending(app: &App, area: Rect, paper: &mut Paper<'_>) {
    let strong = paper.theme.style(Look::Strong);
    let pressed: String = app.pending.iter().map(ToString::to_string).collect();
    let indent = wrap::width(&pressed) + 2;
    let room = usize::from(area.width.saturating_sub(1)).saturating_sub(indent);
    let mut following: Vec<(String, &str)> = Vec::new();
    for (key, name) in app.keys.following(app.room(), &app.pending) {
        match following.last_mut() {
            Some((keys, same)) if *same == name => *keys = format!("{keys}/{key}"),
            Some(_) | None => following.push((key.to_owned(), name)),
        }
    }
    let rows = wrap::side_by_side(following.iter().map(|(key, name)| (key.as_str(), *name)), room);
    let area = raised(area, rows.len(), paper);
    paper.put(Strip::from(area).behind(1), &pressed, strong);
    for (strip, row) in Strip::rows(area).zip(rows) {
        let strip = strip.behind(1 + geometry::cells(indent));
        row.into_iter().fold(strip, |strip, (key, name)| paper.put_sign(strip, key, strong, name));
    }
}

/// The keys that matter here, the one that leads to all keys last.
fn hints(app: &App, layout: &Layout) -> Vec<Hint> {
    let mut hints = app.hints();
    if app.room() == Room::List && layout.shape == Shape::Single {
        // The card comes before its source where one pane is seen at a time.
        hints.iter_mut().filter(|hint| hint.action == Action::Open).for_each(|hint| hint.word = "card");
    }
    hints.sort_by_key(|hint| hint.action == Action::Help);
    hints
}

/// Whether a hint stays however little room there is: the way out, and what leads to all keys.
const fn stays(hint: &Hint) -> bool {
    matches!(hint.action, Action::Close | Action::Help)
}

/// The cells that a hint takes, with those behind it.
fn wide(hint: &Hint) -> usize {
    wrap::width(&hint.keys) + wrap::width(hint.word) + 3
}

/// The cells that the hints take that stay.
fn staying(hints: &[Hint]) -> usize {
    hints.iter().filter(|hint| stays(hint)).map(wide).sum()
}

/// Writes the hints that stay, and from the first on as many of the others as there is room for.
fn put_hints(mut hints: Vec<Hint>, strip: Strip, paper: &mut Paper<'_>) {
    let mut room = usize::from(strip.width).checked_sub(staying(&hints));
    hints.retain(|hint| {
        if stays(hint) {
            return true;
        }
        room = room.and_then(|room| room.checked_sub(wide(hint)));
        room.is_some()
    });
    let strong = paper.theme.style(Look::Strong);
    hints.iter().fold(strip.behind(1), |strip, hint| paper.put_sign(strip, &hint.keys, strong, hint.word));
}
