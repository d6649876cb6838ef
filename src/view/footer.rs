//! The line at the bottom: the keys that matter here, what is being typed, or one line of news.

use super::paper::Paper;
use super::theme::Look;
use crate::app::{App, Finds, Mode, Search};
use crate::geometry::Layout;
use crate::keys::{Action, Hint};
use crate::line::Line;
use crate::span::Span;
use crate::wrap;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

/// Draws the footer. Gives the cell of the cursor, where something is being typed.
pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) -> Option<(u16, u16)> {
    let area = layout.footer;
    if area.is_empty() {
        return None;
    }
    match &app.mode {
        Mode::Search(prompt) => Some(typing(paper, area, "/", &prompt.line, &count(&prompt.search))),
        Mode::Picker(picker) => Some(typing(paper, area, "> ", &picker.line, &said(app))),
        Mode::Command(command) => Some(typing(paper, area, ":", &command.list.line, &said(app))),
        Mode::Reading | Mode::Problems { .. } | Mode::Grid(_) => {
            match (&app.note, app.pending.as_slice()) {
                (_, [_, ..]) => pending(app, area, paper),
                (Some(note), []) => {
                    let room = area.width.saturating_sub(1);
                    let words = wrap::clip(note, usize::from(room)).into_owned();
                    paper.put(area.x + 1, area.y, room, &words, paper.theme.style(Look::Strong));
                }
                (None, []) => hints(app, area, paper),
            }
            None
        }
    }
}

/// The cells that what is typed has before anything else has any.
const TYPED: u16 = 16;

/// What the keys do that matter while something is typed.
fn said(app: &App) -> String {
    let hints = app.keys.hints(app.room());
    hints.iter().map(|hint| format!("{} {}", hint.keys, hint.word)).collect::<Vec<_>>().join(" · ")
}

/// A line being typed, scrolled so that its cursor is seen. Gives the cursor's cell.
fn typing(paper: &mut Paper<'_>, area: Rect, lead: &str, line: &Line, right: &str) -> (u16, u16) {
    let quiet = paper.theme.style(Look::Quiet);
    let last = area.right() - 1;
    let lead_width = paper.put(area.x, area.y, area.width, lead, paper.theme.style(Look::Accent));
    let right_room = usize::from(area.width.saturating_sub(TYPED));
    let right_width = if wrap::width(right) <= right_room { paper.put_right(area, right, quiet) } else { 0 };
    let room = usize::from(area.width.saturating_sub(lead_width + right_width + 1)).max(1);
    let before = line.before();
    let from = before.len() - tail(before, room - 1);
    let shown = Span::new(from, line.text().len()).of(line.text());
    let shown = Span::new(0, wrap::prefix(shown, room)).of(shown);
    paper.put(area.x + lead_width, area.y, area.width - lead_width, shown, paper.theme.style(Look::Plain));
    let column = u16::try_from(wrap::width(Span::new(from, before.len()).of(before))).unwrap_or(0);
    ((area.x + lead_width + column).min(last), area.y)
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

fn count(search: &Search) -> String {
    match (&search.found, search.count(), search.query.is_empty()) {
        (_, _, true) => String::from("'exact ^start end$ !not topic: actor: certainty:"),
        (Finds::Everywhere { .. }, 0, false) => String::from("nothing found"),
        (Finds::Within { .. }, 0, false) => {
            String::from("not in this text; from a list, / searches everything")
        }
        (Finds::Everywhere { .. } | Finds::Within { .. }, _, false) => search.position(),
    }
}

/// What may follow the keys pressed so far.
fn pending(app: &App, area: Rect, paper: &mut Paper<'_>) {
    let strong = paper.theme.style(Look::Strong);
    let quiet = paper.theme.style(Look::Quiet);
    let pressed: String = app.pending.iter().map(ToString::to_string).collect();
    let mut x = area.x + 1;
    x += paper.put(x, area.y, area.right().saturating_sub(x), &pressed, strong) + 2;
    for (key, help) in app.keys.following(app.room(), &app.pending) {
        let room = area.right().saturating_sub(x);
        if usize::from(room) < wrap::width(key) + wrap::width(help) + 2 {
            break;
        }
        x += paper.put(x, area.y, room, key, strong) + 1;
        x += paper.put(x, area.y, area.right().saturating_sub(x), help, quiet) + 2;
    }
}

/// The keys that matter here; the one that leads to all keys never falls off the end.
fn hints(app: &App, area: Rect, paper: &mut Paper<'_>) {
    let strong = paper.theme.style(Look::Strong);
    let quiet = paper.theme.style(Look::Quiet);
    let wide = |hint: &Hint| wrap::width(&hint.keys) + wrap::width(hint.word) + 3;
    let all_keys = |hint: &Hint| hint.action == Action::Help;
    let (last, first): (Vec<_>, Vec<_>) = app.keys.hints(app.room()).into_iter().partition(all_keys);
    let mut room = usize::from(area.width).saturating_sub(last.iter().map(wide).sum());
    let mut shown = Vec::new();
    for hint in first {
        if wide(&hint) > room {
            break;
        }
        room -= wide(&hint);
        shown.push(hint);
    }
    shown.extend(last);
    let mut x = area.x + 1;
    for hint in shown {
        x += paper.put(x, area.y, area.right().saturating_sub(x), &hint.keys, strong) + 1;
        x += paper.put(x, area.y, area.right().saturating_sub(x), hint.word, quiet) + 2;
    }
}
