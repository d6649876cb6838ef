//! The line on top: which briefing, which topic, as of when, how much of it, and what is wrong.

use super::paper::{Paper, Strip};
use crate::app::App;
use crate::cite::counted;
use crate::geometry::Layout;
use crate::theme::Look;
use crate::wrap;

pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) {
    let area = layout.status;
    if area.is_empty() {
        return;
    }
    let briefing = &app.briefing;
    let (strong, quiet) = (paper.theme.style(Look::Strong), paper.theme.style(Look::Quiet));
    let (accent, warning) = (paper.theme.style(Look::Accent), paper.theme.style(Look::Warning));
    let cards = briefing.cards.len();
    let as_of = briefing.as_of.as_ref().map(|date| format!("as of {date} · ")).unwrap_or_default();
    let facts = format!("{as_of}{} · {}", counted(briefing.sources.len(), "text"), counted(cards, "card"));
    let facts = if app.is_empty() { String::new() } else { facts };
    let topic = app.place.topic.map(|topic| format!("topic: {}", briefing[topic].title)).unwrap_or_default();
    let wrong = match app.problems().count() {
        0 => String::new(),
        count if app.broken.is_empty() => format!("! {}", counted(count, "problem")),
        count => format!("! {}, shown as before", counted(count, "problem")),
    };
    // What matters most stays when there is little room: the problems, the topic, the title, the facts.
    let mut room = usize::from(area.width).saturating_sub(2);
    let wrong = taken(&wrong, &mut room);
    let topic = taken(&topic, &mut room);
    let title = taken(&briefing.title, &mut room);
    let facts = if wrap::width(&facts) <= room { facts } else { String::new() };
    let mut rest = Strip::from(area).behind(1);
    for (words, style) in [(title, strong), (topic, accent), (wrong, warning)] {
        if !words.is_empty() {
            rest = paper.put(rest, &words, style).behind(2);
        }
    }
    paper.put_right(Strip::from(area).but(1), &facts, quiet);
}

/// As much of `words` as there is room for, with the room behind it taken too.
fn taken(words: &str, room: &mut usize) -> String {
    let words = wrap::clip(words, *room).into_owned();
    *room = room.saturating_sub(wrap::width(&words) + if words.is_empty() { 0 } else { 2 });
    words
}
