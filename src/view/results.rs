//! The results of a search, in place of the lists: what was found, and where.

use super::lists::{glyph, marked};
use super::paper::{Edge, Frame, Paper};
use crate::app::{App, Reach, Search};
use crate::cite;
use crate::geometry::{LIST_GUTTER, Layout};
use crate::search::{Field, Hit, Query, Target, marks_in};
use crate::span::Span;
use crate::theme::Look;
use crate::wrap;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn draw(
    app: &App,
    layout: &Layout,
    paper: &mut Paper<'_>,
    search: &Search,
    hits: &[Hit],
    reach: Reach,
) {
    if layout.results.is_empty() {
        return;
    }
    let strong = paper.theme.style(Look::Strong);
    let count = if hits.is_empty() { String::new() } else { search.position() };
    let (edge, heading) = (Edge::of(layout), &[("Found", strong)]);
    paper.frame(Frame { area: layout.results, edge, focused: true, heading, right: &count });
    let area = layout.inside(layout.results);
    if hits.is_empty() {
        let words = if search.query.is_empty() {
            "Type to search titles, quotes, actors, topics and the sources themselves."
        } else if reach != Reach::Whole {
            "Searching on."
        } else {
            "Nothing found; Esc leaves, with everything as it was."
        };
        paper.say(area, words, Look::Quiet);
        return;
    }
    let mut y = area.y;
    let (first, _) = app.hits_seen();
    for (at, hit) in hits.iter().enumerate().skip(first) {
        if y >= area.bottom() {
            break;
        }
        let chosen = at == search.at.chosen;
        let left = Rect { y, height: area.bottom() - y, ..area };
        let look = if chosen { Look::Strong } else { Look::Plain };
        let tall = draw_hit(app, hit, &search.query, look, left, paper);
        if chosen {
            for y in left.y..left.y + tall {
                paper.put(area.x, y, 1, "▌", paper.theme.style(Look::Accent));
            }
        }
        y += tall;
    }
}

/// So many bytes of a hit's text are looked through for what to mark, in every frame.
const LOOKED_THROUGH: usize = 16 << 10;

/// Draws a hit: its title, and below it the words it was found in or what the card amounts to. Gives the rows
/// used.
fn draw_hit(app: &App, hit: &Hit, query: &Query, look: Look, area: Rect, paper: &mut Paper<'_>) -> u16 {
    let quiet = paper.theme.style(Look::Quiet);
    let (x, room) = (area.x + LIST_GUTTER, area.width.saturating_sub(LIST_GUTTER));
    let (sign, look_of_sign) = match hit.target {
        Target::Card(card) => glyph(&app.briefing[card]),
        Target::Paragraph { .. } => ("¶", Look::Quiet),
    };
    paper.put(area.x + 1, area.y, area.width.saturating_sub(1), sign, paper.theme.style(look_of_sign));
    let title = app.hit_title(hit);
    let mut y = area.y;
    for row in app.hit_rows(&title) {
        if y == area.bottom() {
            return area.height;
        }
        let words = wrap::clip(row.of(&title), usize::from(room)).into_owned();
        match hit.target {
            Target::Card(_) => marked(paper, x, y, room, &words, look, app),
            Target::Paragraph { .. } => paper.put(x, y, room, &words, paper.theme.style(look)),
        };
        y += 1;
    }
    if y == area.bottom() {
        return area.height;
    }
    if let (Field::Title, Target::Card(card)) = (hit.field, hit.target) {
        let summary = cite::summary(&app.briefing, &app.briefing[card]);
        paper.put(x, y, room, &wrap::clip(&summary, usize::from(room)), quiet);
    } else {
        let used = paper.put(x, y, room, lead(hit), quiet);
        let left = room.saturating_sub(used);
        let words = hit.text(&app.briefing);
        let words = Span::new(0, words.floor_char_boundary(LOOKED_THROUGH)).of(words);
        let (words, marks) = excerpt(words, &marks_in(query, words), usize::from(left));
        paper.put_marked(x + used, y, left, (&words, quiet), &marks);
    }
    y + 1 - area.y
}

/// What kind of words a hit was found in.
const fn lead(hit: &Hit) -> &'static str {
    match hit.field {
        Field::Title => "title: ",
        Field::Text => "text: ",
        Field::Quote(_) => "quote: ",
        Field::By(_) => "said by: ",
        Field::Actor => "actor: ",
        Field::Topic(_) => "topic: ",
        Field::Paragraph => "",
    }
}

/// So much of `text` as fits in `width` cells, with its first mark well in view, and the marks in it.
fn excerpt(text: &str, marks: &[Span], width: usize) -> (String, Vec<Span>) {
    let first = marks.first().map_or(0, |mark| mark.start);
    let lead = Span::new(0, first).of(text);
    let mut from = 0;
    if wrap::width(lead) > width / 3 {
        let back: usize = lead.graphemes(true).rev().take(width / 3).map(str::len).sum();
        from = first - back;
        from += Span::new(from, first).of(text).find(' ').map_or(0, |space| space + 1);
    }
    let cut = if from > 0 { "…" } else { "" };
    let shown =
        wrap::clip(Span::new(from, text.len()).of(text), width.saturating_sub(cut.len().min(1))).into_owned();
    let kept = shown.trim_end_matches('…').len();
    let marks = marks
        .iter()
        .filter_map(|mark| mark.overlap(Span::new(from, from + kept)))
        .map(|mark| Span::new(mark.start - from + cut.len(), mark.end - from + cut.len()))
        .collect();
    (format!("{cut}{shown}"), marks)
}
