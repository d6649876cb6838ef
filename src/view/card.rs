//! The card: its title and facts, its quotes, its links.

use super::paper::{Edge, Frame, Paper};
use crate::app::{App, Focus};
use crate::geometry::{self, CARD_GUTTER, Layout};
use crate::keys::Action;
use crate::leaf::{Follows, Leaf, Row, Stop};
use crate::model::{Card, Kind};
use crate::search::{Query, marks_in};
use crate::span::Span;
use crate::theme::Look;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::ops::Range;

pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) {
    if layout.card.is_empty() {
        return;
    }
    let focused = app.place.focus == Focus::Card;
    let style = paper.heading(focused);
    let frame = Frame { area: layout.card, edge: Edge::of(layout), focused, heading: &[], right: "" };
    let Some(card) = app.card() else {
        paper.frame(Frame { heading: &[("4 Card", style)], ..frame });
        let words = match app.place.topic {
            Some(_) => &*format!("No card here; {} shows all topics.", app.keys_for(Action::AllTopics)),
            None => "No card here.",
        };
        paper.say(layout.inside(layout.card), words, Look::Quiet);
        return;
    };
    let Some(leaf) = app.leaf() else { return };
    let top = app.leaf_top(&leaf);
    let area = layout.inside(layout.card);
    let height = usize::from(area.height);
    let more = if top + height < leaf.rows.len() { "↓ more" } else { "" };
    let heading = heading(app, card);
    let heading: Vec<(&str, Style)> = heading.iter().map(|words| (words.as_str(), style)).collect();
    paper.frame(Frame { heading: &heading, right: more, ..frame });
    let seen = top..top + height;
    let marks = app.marked().map(|search| marks(&leaf.rows, &search.query, &seen)).unwrap_or_default();
    let mut marks = marks.into_iter().skip(top);
    for (y, row) in (area.y..area.bottom()).zip(leaf.rows.iter().skip(top)) {
        let here = row.stop == Some(app.place.leaf.chosen);
        if focused && here {
            paper.put(area.x, y, 1, "▌", paper.theme.style(Look::Accent));
        }
        let current = row.stop.and_then(|stop| leaf.stops.get(stop)) == Some(&Stop::Quote(app.place.quote));
        if current && !(focused && here) && is_first(&leaf, top, y - area.y) {
            paper.put(area.x, y, 1, "▸", paper.theme.style(Look::Accent));
        }
        let words =
            Rect { x: area.x + CARD_GUTTER, y, width: area.width.saturating_sub(CARD_GUTTER), height: 1 };
        draw_row(row, words, &marks.next().unwrap_or_default(), paper);
    }
}

/// Draws a row of a card with some spans of its words marked.
fn draw_row(row: &Row, area: Rect, marks: &[Span], paper: &mut Paper<'_>) {
    let mut used = geometry::cells(row.indent);
    let mut at = 0;
    for run in &row.runs {
        let here = Span::new(at, at + run.words.len());
        let within = marks.iter().filter_map(|mark| mark.overlap(here));
        let marks: Vec<Span> = within.map(|mark| Span::new(mark.start - at, mark.end - at)).collect();
        let room = area.width.saturating_sub(used);
        used += paper.put_marked(area.x + used, area.y, room, (&run.words, paper.theme.ink(run.ink)), &marks);
        at = here.end;
    }
}

/// What a search finds in each row, as spans of its words: in a whole paragraph at a time, as words stand
/// over the end of a row. Rows that are not `seen` have none.
fn marks(rows: &[Row], query: &Query, seen: &Range<usize>) -> Vec<Vec<Span>> {
    let mut marks = Vec::with_capacity(rows.len());
    for paragraph in rows.chunk_by(|_, next| next.follows != Follows::Nothing) {
        let from = marks.len();
        let mut text = String::new();
        let mut places = Vec::new();
        for row in paragraph {
            if row.follows == Follows::Spaces {
                text.push(' ');
            }
            let start = text.len();
            text.extend(row.runs.iter().map(|run| run.words.as_str()));
            places.push(Span::new(start, text.len()));
        }
        let is_seen = from < seen.end && seen.start < from + paragraph.len();
        let found = if is_seen { marks_in(query, &text) } else { Vec::new() };
        marks.extend(places.into_iter().map(|words| {
            let within = found.iter().filter_map(|mark| mark.overlap(words));
            within.map(|mark| Span::new(mark.start - words.start, mark.end - words.start)).collect()
        }));
    }
    marks
}

/// Whether a row on the screen is the first of its stop.
fn is_first(leaf: &Leaf, top: usize, row: u16) -> bool {
    let at = top + usize::from(row);
    at == 0 || leaf.rows.get(at - 1).map(|row| row.stop) != leaf.rows.get(at).map(|row| row.stop)
}

/// What kind of card it is with what it is first of all about, and what else it is about, a topic each.
fn heading(app: &App, card: &Card) -> Vec<String> {
    let kind = match card.kind {
        Kind::PlanPoint { .. } => "4 Plan point",
        Kind::Reaction { .. } => "4 Reaction",
        Kind::OpenQuestion { .. } => "4 Open question",
        Kind::Event => "4 Event",
    };
    let mut topics = card.topics.iter().map(|&topic| &app.briefing[topic].title);
    let first = topics.next().map(|title| format!(" · {title}")).unwrap_or_default();
    std::iter::once(format!("{kind}{first}")).chain(topics.map(|title| format!(", {title}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaf::{Ink, set};

    #[test]
    fn words_are_marked_over_the_end_of_a_row_with_spaces_there_and_without() {
        for (words, typed, marked) in [
            ("so we will wait", "\"we will wait\"", &["we", "will", "wait"][..]),
            ("漢字漢字漢字", "字漢字漢", &["字漢字", "漢"]),
        ] {
            let rows: Vec<Row> = set(8, 2, &[(Ink::Plain, words)]).collect();
            let marks = marks(&rows, &Query::parse(typed), &(0..9));
            let found = rows.iter().zip(&marks).flat_map(|(row, marks)| {
                let words: String = row.runs.iter().map(|run| run.words.as_str()).collect();
                marks.iter().map(move |mark| mark.of(&words).to_owned())
            });
            assert_eq!(found.collect::<Vec<_>>(), marked, "{typed}");
        }
    }
}
