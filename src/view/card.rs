//! The card: its title and facts, its quotes, its links.

use super::paper::Paper;
use super::theme::Look;
use crate::app::App;
use crate::geometry::{CARD_GUTTER, Layout, Pane};
use crate::leaf::{Leaf, Stop};
use crate::model::{Card, Kind};
use crate::search::marks_in;

pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) {
    if layout.card.is_empty() {
        return;
    }
    let focused = app.place.focus == Pane::Card;
    let style = super::lists::heading_style(paper, focused);
    let Some(card) = app.card() else {
        paper.frame(layout.card, layout.shape.is_boxed(), focused, &[("4 Card", style)], "");
        let area = layout.inside(layout.card);
        if !area.is_empty() {
            paper.put(
                area.x + 1,
                area.y,
                area.width - 1,
                "No card here; T shows all topics.",
                paper.theme.style(Look::Quiet),
            );
        }
        return;
    };
    let Some(leaf) = app.leaf() else { return };
    let top = app.leaf_top(&leaf);
    let area = layout.inside(layout.card);
    let height = usize::from(area.height);
    let more = if top + height < leaf.rows.len() { "↓ more" } else { "" };
    paper.frame(layout.card, layout.shape.is_boxed(), focused, &[(&heading(app, card), style)], more);
    for (y, row) in (area.y..area.bottom()).zip(leaf.rows.iter().skip(top)) {
        let here = row.stop == Some(app.place.leaf.chosen);
        if focused && here {
            paper.put(area.x, y, 1, "▌", paper.theme.style(Look::Accent));
        }
        let current = row.stop.and_then(|stop| leaf.stops.get(stop)) == Some(&Stop::Quote(app.place.quote));
        if current && !(focused && here) && is_first(&leaf, top, y - area.y) {
            paper.put(area.x, y, 1, "▸", paper.theme.style(Look::Accent));
        }
        draw_row(app, row, area.x + CARD_GUTTER, y, area.width.saturating_sub(CARD_GUTTER), paper);
    }
}

fn draw_row(app: &App, row: &crate::leaf::Row, x: u16, y: u16, room: u16, paper: &mut Paper<'_>) {
    let mut used = 0;
    for run in &row.runs {
        let style = paper.theme.ink(run.ink);
        let marks = app.marked().map(|search| marks_in(&search.query, &run.words)).unwrap_or_default();
        used += super::lists::spans(paper, x + used, y, room.saturating_sub(used), &run.words, style, &marks);
    }
}

/// Whether a row on the screen is the first of its stop.
fn is_first(leaf: &Leaf, top: usize, row: u16) -> bool {
    let at = top + usize::from(row);
    at == 0 || leaf.rows.get(at - 1).map(|row| row.stop) != leaf.rows.get(at).map(|row| row.stop)
}

/// What kind of card it is, and what it is about.
fn heading(app: &App, card: &Card) -> String {
    let kind = match card.kind {
        Kind::PlanPoint { .. } => "4 Plan point",
        Kind::Reaction { .. } => "4 Reaction",
        Kind::OpenQuestion { .. } => "4 Open question",
        Kind::Event => "4 Event",
    };
    let topics: Vec<&str> = card.topics.iter().map(|&topic| app.briefing[topic].title.as_ref()).collect();
    if topics.is_empty() { kind.to_owned() } else { format!("{kind} · {}", topics.join(", ")) }
}
