//! The results of a search, in place of the lists: what was found, and where.

use super::lists::{glyph, marked};
use super::paper::{BAR, Edge, Frame, Paper, Strip};
use crate::app::{App, Finds, Reach, Search};
use crate::cite;
use crate::geometry::{LIST_GUTTER, Layout};
use crate::search::{Field, Hit, Query, Results, Target, marks_in};
use crate::span::Span;
use crate::theme::Look;
use crate::wrap;
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn draw(app: &App, search: &Search, layout: &Layout, paper: &mut Paper<'_>) {
    let Finds::Everywhere { results: Results { query, hits, .. }, reach } = &search.found else { return };
    if layout.results.is_empty() {
        return;
    }
    let strong = paper.theme.style(Look::Strong);
    let count = if hits.is_empty() { String::new() } else { search.position() };
    let (edge, heading) = (Edge::of(layout), &[("Found", strong)]);
    paper.frame(Frame { area: layout.results, edge, focused: true, heading, right: &count });
    let area = layout.inside(layout.results);
    if hits.is_empty() {
        let words = if query.is_empty() {
            "Type to search titles, quotes, actors, topics, versions, origins and the sources themselves."
                .to_owned()
        } else if *reach != Reach::Whole {
            "Searching on.".to_owned()
        } else if let Some(why) = query.why_nothing(&app.briefing) {
            format!("Nothing found: {why}. Esc leaves, with everything as it was.")
        } else {
            "Nothing found; Esc leaves, with everything as it was.".to_owned()
        };
        paper.say(area, &words, Look::Quiet);
        return;
    }
    let mut strips = Strip::rows(area);
    let (first, _) = app.hits_seen();
    for (at, hit) in hits.iter().enumerate().skip(first) {
        let chosen = at == search.at.chosen;
        let Some(strip) = draw_title(app, hit, chosen, &mut strips, paper) else { break };
        draw_words(app, hit, query, strip, paper);
    }
}

/// So many bytes of a hit's text are looked through for what to mark, in every frame.
const LOOKED_THROUGH: usize = 16 << 10;

/// Draws a hit's title on the next strips, with the bar of the chosen one before it and before what is below. Gives
/// the strip below the title; nothing where the strips end first.
fn draw_title(
    app: &App,
    hit: &Hit,
    chosen: bool,
    strips: &mut impl Iterator<Item = Strip>,
    paper: &mut Paper<'_>,
) -> Option<Strip> {
    let look = if chosen { Look::Strong } else { Look::Plain };
    let bar = if chosen { BAR } else { "" };
    let accent = paper.theme.style(Look::Accent);
    let title = app.hit_title(hit);
    for (nth, row) in app.hit_rows(&title).into_iter().enumerate() {
        let strip = strips.next()?;
        paper.put(strip, bar, accent);
        if nth == 0 {
            let (sign, look) = match hit.target {
                Target::Card(card) => glyph(&app.briefing[card]),
                Target::Paragraph { .. } => ("¶", Look::Quiet),
            };
            paper.put(strip.behind(1), sign, paper.theme.style(look));
        }
        let strip = strip.behind(LIST_GUTTER);
        let words = wrap::clip(row.of(&title), strip.width.into());
        match hit.target {
            Target::Card(_) => marked(app, strip, &words, look, paper),
            Target::Paragraph { .. } => {
                paper.put(strip, &words, paper.theme.style(look));
            }
        }
    }
    let below = strips.next()?;
    paper.put(below, bar, accent);
    Some(below.behind(LIST_GUTTER))
}

/// Draws the words that a hit was found in, or what its card amounts to where the title shows them.
fn draw_words(app: &App, hit: &Hit, query: &Query, strip: Strip, paper: &mut Paper<'_>) {
    let quiet = paper.theme.style(Look::Quiet);
    if let (Field::Title, Target::Card(card)) = (hit.field, hit.target) {
        let summary = cite::summary(&app.briefing, &app.briefing[card]);
        paper.put(strip, &wrap::clip(&summary, strip.width.into()), quiet);
        return;
    }
    let rest = paper.put(strip, lead(hit), quiet);
    let words = hit.text(&app.briefing);
    let alias = hit.alias(&app.briefing, query).map(|alias| format!("{words} · {alias}"));
    let words = alias.as_deref().unwrap_or(words);
    let words = Span::new(0, words.floor_char_boundary(LOOKED_THROUGH)).of(words);
    let (words, marks) = excerpt(words, &marks_in(query, words), rest.width.into());
    paper.put_marked(rest, &words, quiet, &marks);
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
        Field::Origin(_) => "origin: ",
        Field::Version(_) => "version: ",
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
        .map(|mark| mark.back(from).shifted(cut.len()))
        .collect();
    (format!("{cut}{shown}"), marks)
}
