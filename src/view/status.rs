//! The line on top: which briefing, which topic, as of when, how much of it, and what is wrong.

use super::paper::{Paper, Strip};
use crate::app::App;
use crate::cite::{self, counted};
use crate::geometry::Layout;
use crate::theme::Look;
use crate::wrap;

/// So many cells of a title tell which briefing it is; what it has beyond them gives way to the day that it is as of.
const TITLE: usize = 24;

pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) {
    let area = layout.status;
    if area.is_empty() {
        return;
    }
    let briefing = &app.briefing;
    let (strong, quiet) = (paper.theme.style(Look::Strong), paper.theme.style(Look::Quiet));
    let (accent, warning) = (paper.theme.style(Look::Accent), paper.theme.style(Look::Warning));
    let mut facts = Vec::new();
    if !app.is_empty() {
        facts.extend(briefing.as_of.as_ref().map(|date| format!("as of {date}")));
        facts.push(counted(briefing.sources.len(), "text"));
        facts.extend(cite::tally(&briefing.cards, |card| card.kind.family()));
    }
    let topic = app.place.topic.map(|topic| format!("topic: {}", briefing[topic].title)).unwrap_or_default();
    let wrong = match app.problems().count() {
        0 => String::new(),
        count if app.broken.is_empty() => format!("! {}", counted(count, "problem")),
        count => format!("! {}, shown as before", counted(count, "problem")),
    };
    // What matters most stays when there is little room: the problems, the topic, the beginning of the title, the day, the
    // rest of the title, the other facts.
    let mut room = usize::from(area.width).saturating_sub(2);
    let wrong = taken(&wrong, &mut room);
    let topic = taken(&topic, &mut room);
    let day = facts.first().map_or(0, |day| wrap::width(day) + 2);
    let day = if room >= TITLE + day { day } else { 0 };
    let mut free = room - day;
    let title = taken(&briefing.title, &mut free);
    let room = free + day;
    while wrap::width(&facts.join(" · ")) > room {
        facts.pop();
    }
    let mut rest = Strip::from(area).behind(1);
    for (words, style) in [(title, strong), (topic, accent), (wrong, warning)] {
        if !words.is_empty() {
            rest = paper.put(rest, &words, style).behind(2);
        }
    }
    paper.put_right(Strip::from(area).but(1), &facts.join(" · "), quiet);
}

/// As much of `words` as there is room for, with the room behind it taken too.
fn taken(words: &str, room: &mut usize) -> String {
    let words = wrap::clip(words, *room).into_owned();
    *room = room.saturating_sub(wrap::width(&words) + if words.is_empty() { 0 } else { 2 });
    words
}
