//! The three lists: above each other, or one of them with tabs.

use super::paper::{BAR, Edge, Frame, Paper, Strip};
use crate::app::{App, Focus};
use crate::geometry::{LIST_GUTTER, Layout, List, Pane};
use crate::keys::Action;
use crate::memory::Freshness;
use crate::model::{Card, Certainty, Kind, Ref};
use crate::search::marks_in;
use crate::span::Span;
use crate::theme::Look;
use crate::wrap;
use ratatui::layout::Rect;

pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) {
    for list in List::ALL {
        let area = layout.lists[list];
        if area.is_empty() {
            continue;
        }
        let focused = app.place.pane() == Pane::List(list);
        if layout.shape.is_boxed() {
            let style = paper.heading(focused);
            let heading = format!("{} {}", list.index() + 1, list.title());
            let (heading, right) = (&[(heading.as_str(), style)], &*app.count(list));
            paper.frame(Frame { area, edge: Edge::Box, focused, heading, right });
        } else {
            tabs(app, list, area, paper);
        }
        draw_items(app, layout, list, focused, paper);
    }
}

/// The three headings in one rule, the list in use standing out.
fn tabs(app: &App, shown: List, area: Rect, paper: &mut Paper<'_>) {
    let [first, second, third] = app.tabs(area.width);
    let (strong, quiet) = (paper.theme.style(Look::Strong), paper.theme.style(Look::Quiet));
    let style = |list| if list == shown { strong } else { quiet };
    let headings = [
        (first.as_str(), style(List::PlanPoints)),
        (" ", quiet),
        (second.as_str(), style(List::Reactions)),
        (" ", quiet),
        (third.as_str(), style(List::OpenQuestions)),
    ];
    let focused = app.place.focus == Focus::Lists;
    paper.frame(Frame { area, edge: Edge::Rule, focused, heading: &headings, right: "" });
}

fn draw_items(app: &App, layout: &Layout, list: List, focused: bool, paper: &mut Paper<'_>) {
    let frame = layout.lists[list];
    let area = layout.inside(frame);
    let cards = app.list(list);
    if cards.is_empty() {
        let words = match app.place.topic {
            _ if app.is_empty() => {
                &*format!("No briefing is open yet; {} chooses one.", app.keys_for(Action::Briefings))
            }
            Some(_) => &*format!("None about this topic; {} shows all.", app.keys_for(Action::AllTopics)),
            None => &*format!("None in this briefing; {} leads on.", app.keys_for(Action::NextPane)),
        };
        paper.say(area, words, Look::Quiet);
        return;
    }
    let lines = cards.iter().enumerate().skip(app.list_top(list)).flat_map(|(at, &card)| {
        // The keys act on the card that is shown, which may be in no list.
        let chosen = at == app.place.cursors[list].chosen && app.place.card == Some(card);
        let rows = app.title_rows(card, frame).into_iter().enumerate();
        rows.map(move |(row, span)| Line { card, span, first: row == 0, chosen, focused })
    });
    for (strip, line) in Strip::rows(area).zip(lines) {
        draw_line(app, strip, layout.title_width(frame), &line, paper);
    }
}

/// One row of an item.
struct Line {
    card: Ref<Card>,
    span: Span,
    first: bool,
    chosen: bool,
    focused: bool,
}

/// Draws a row of an item, of its title what `room` cells hold.
fn draw_line(app: &App, strip: Strip, room: usize, line: &Line, paper: &mut Paper<'_>) {
    let card = &app.briefing[line.card];
    if line.chosen {
        let look = if line.focused { Look::Accent } else { Look::Quiet };
        paper.put(strip, if line.focused { BAR } else { "▏" }, paper.theme.style(look));
    }
    if line.first {
        let (glyph, look) = glyph(card);
        paper.put(strip.behind(1), glyph, paper.theme.style(look));
        let freshness = app.freshness(line.card);
        let look = if freshness == Freshness::Changed { Look::Accent } else { Look::Quiet };
        paper.put_right(strip, freshness.glyph(), paper.theme.style(look));
    }
    let words = wrap::clip(line.span.of(&card.title), room);
    let look = if line.chosen && line.focused { Look::Strong } else { Look::Plain };
    marked(app, strip.behind(LIST_GUTTER), &words, look, paper);
}

/// Writes words with what the search has found in them marked.
pub(super) fn marked(app: &App, strip: Strip, words: &str, look: Look, paper: &mut Paper<'_>) {
    let marks = app.marked().map(|search| marks_in(search.query(), words)).unwrap_or_default();
    paper.put_marked(strip, words, paper.theme.style(look), &marks);
}

/// The sign before a title, and its look: a disputed plan point must not be overlooked.
pub(super) const fn glyph(card: &Card) -> (&'static str, Look) {
    let disputed = matches!(card.standing.certainty, Certainty::Disputed);
    let look =
        if disputed && matches!(card.kind, Kind::PlanPoint { .. }) { Look::Warning } else { Look::Quiet };
    (card.sign(), look)
}
