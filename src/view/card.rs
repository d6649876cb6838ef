//! The card: its title and facts, its quotes, its links.

use super::paper::{BAR, Edge, Frame, Paper, Strip};
use crate::app::{App, Focus};
use crate::galley::{Galley, Row};
use crate::geometry::{self, CARD_GUTTER, Layout};
use crate::keys::Action;
use crate::leaf::{Goal, Leaf};
use crate::model::{Card, Kind};
use crate::search::{Query, marks_in};
use crate::span::Span;
use crate::theme::Look;
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
            None => &*format!("No card here; {} chooses a source to read.", app.keys_for(Action::Sources)),
        };
        paper.say(layout.inside(layout.card), words, Look::Quiet);
        return;
    };
    let Some(leaf) = app.leaf() else { return };
    let top = app.leaf_top(&leaf);
    let area = layout.inside(layout.card);
    let seen = top..leaf.height().min(top + usize::from(area.height));
    let more = match (seen.start > 0, seen.end < leaf.height()) {
        (true, true) => "↑↓ more",
        (true, false) => "↑ more",
        (false, true) => "↓ more",
        (false, false) => "",
    };
    let heading = heading(app, card);
    let heading: Vec<(&str, Style)> = heading.iter().map(|words| (words.as_str(), style)).collect();
    paper.frame(Frame { heading: &heading, right: more, ..frame });
    let Leaf { galley, stops } = &leaf;
    let marks = app.marked().map(|search| marks(galley, search.query(), &seen)).unwrap_or_default();
    let chosen = if focused { leaf.rows_of(app.place.leaf.chosen) } else { 0..0 };
    let current = stops.iter().find(|stop| stop.goal == Goal::Quote(app.place.quote));
    let begin = current.map(|stop| stop.rows.start);
    for (strip, (at, row)) in Strip::rows(area).zip(galley.rows().iter().enumerate().skip(top)) {
        let sign = match (chosen.contains(&at), begin == Some(at)) {
            (true, _) => BAR,
            (false, true) => "▸",
            (false, false) => "",
        };
        paper.put(strip, sign, paper.theme.style(Look::Accent));
        draw_row(galley, row, strip.behind(CARD_GUTTER), &marks, paper);
    }
}

/// Draws a row of a card with some spans of the card's words marked.
fn draw_row(galley: &Galley, row: &Row, strip: Strip, marks: &[Span], paper: &mut Paper<'_>) {
    let mut rest = strip.behind(geometry::cells(row.indent));
    for (ink, run) in galley.runs(row) {
        let within = marks.iter().filter_map(|mark| mark.overlap(run));
        let marks: Vec<Span> = within.map(|mark| mark.back(run.start)).collect();
        rest = paper.put_marked(rest, run.of(galley.text()), paper.theme.ink(ink), &marks);
    }
}

/// What a search finds in the paragraphs that are seen, as spans of the card's words: in a whole paragraph at a time,
/// as words stand over the end of a row.
fn marks(galley: &Galley, query: &Query, seen: &Range<usize>) -> Vec<Span> {
    let paragraphs = galley.paragraphs(seen.clone());
    paragraphs
        .flat_map(|words| {
            let found = marks_in(query, words.of(galley.text()));
            found.into_iter().map(move |mark| mark.shifted(words.start))
        })
        .collect()
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
    use crate::galley::Ink;

    #[test]
    fn words_are_marked_over_the_end_of_a_row_with_spaces_there_and_without() {
        for (words, typed, marked) in [
            ("so we will wait", "\"we will wait\"", &["we", "will", "wait"][..]),
            ("漢字漢字漢字", "字漢字漢", &["字漢字", "漢"]),
        ] {
            let mut galley = Galley::new(8);
            galley.push(Ink::Plain, words);
            galley.set(2);
            let marks = marks(&galley, &Query::parse(typed), &(0..9));
            let rows = galley.rows().iter();
            let within =
                |row: &Row| marks.iter().filter_map(|mark| mark.overlap(row.words)).collect::<Vec<_>>();
            let found: Vec<&str> = rows.flat_map(within).map(|mark| mark.of(galley.text())).collect();
            assert_eq!(found, marked, "{typed}");
        }
    }
}
