//! The promise that everything rests on, on a real pty: for every quote, the underlined cells spell it.

use crate::desk::shipped;
use crate::painted::folded;
use crate::pty::{Output, Pty, Status, brief};
use brief::geometry::{Body, Layout, List, Pane, Size, Stage};
use brief::model::{Briefing, Card, Kind, Quote};

/// The shipped briefing without colour on a terminal.
fn reader(columns: u16, rows: u16, args: &[&str]) -> Pty {
    let mut command = brief();
    command.env("NO_COLOR", "1");
    command.args(args);
    let pty = Pty::spawn(command, columns, rows, Status::Answered);
    pty.shows("text");
    pty
}

/// What the underlined cells of the screen spell, blanks folded.
fn underlined(out: &Output) -> String {
    let screen = out.screen();
    let (rows, columns) = screen.size();
    let mut words = String::new();
    for row in 0..rows.get() {
        for column in 0..columns.get() {
            match screen.cell(row, column) {
                Some(cell) if cell.underline() => words.push_str(cell.contents()),
                Some(_) | None => words.push(' '),
            }
        }
        words.push(' ');
    }
    folded(&words)
}

/// A quote's words as they stand in its source.
fn wanted(briefing: &Briefing, quote: &Quote) -> String {
    let text = briefing[quote.source].text.as_ref().unwrap();
    let Ok(anchor) = &quote.found else { panic!("{} is not in its source", &*quote.words) };
    let parts = anchor.parts.iter().map(|&part| folded(text.shown.to_shown(part).of(text.shown.text())));
    parts.collect::<Vec<_>>().join(" ")
}

fn spells(pty: &Pty, briefing: &Briefing, card: &Card, quote: usize) {
    let words = wanted(briefing, &card.quotes[quote]);
    pty.until(&format!("quote {} of {} underlined: {words}", quote + 1, &*card.id), |out| {
        let seen = underlined(out);
        seen == words || (seen.len() > 150 && words.starts_with(&seen))
    });
}

/// The cards of a list, in its order.
fn cards(briefing: &Briefing, list: List) -> Vec<&Card> {
    let is_listed = |card: &&Card| match card.kind {
        Kind::PlanPoint { .. } => list == List::PlanPoints,
        Kind::Reaction { .. } => list == List::Reactions,
        Kind::OpenQuestion { .. } => list == List::OpenQuestions,
        Kind::Event => false,
    };
    briefing.cards.iter().filter(is_listed).collect()
}

/// Walks every list with `j` and every card with `]`, at one size.
fn every_quote(columns: u16, rows: u16) {
    let briefing = shipped();
    let stage = Stage { pane: Pane::Card, list: List::PlanPoints, zoomed: false, body: Body::Panes };
    let shape = Layout::new(Size { columns, rows }, stage);
    let hidden = shape.source.is_empty();
    let pty = reader(columns, rows, &[]);
    for (list, key) in List::ALL.into_iter().zip(["1", "2", "3"]) {
        pty.send(key);
        for (at, card) in cards(&briefing, list).into_iter().enumerate() {
            pty.send(if at == 0 { "" } else { "j" });
            if hidden {
                pty.send("5");
            }
            for quote in 0..card.quotes.len() {
                pty.send(if quote == 0 { "" } else { "]" });
                spells(&pty, &briefing, card, quote);
            }
            pty.send(key);
        }
    }
}

#[test]
fn every_quote_is_underlined_at_80x24() {
    every_quote(80, 24);
}

#[test]
fn every_quote_is_underlined_at_45x20() {
    every_quote(45, 20);
}

#[test]
fn every_quote_is_underlined_at_120x36() {
    every_quote(120, 36);
}

#[test]
fn every_quote_is_underlined_at_200x50() {
    every_quote(200, 50);
}

#[test]
fn every_event_is_underlined_and_still_is_after_a_resize() {
    let briefing = shipped();
    for card in briefing.cards.iter().filter(|card| matches!(card.kind, Kind::Event)) {
        let pty = reader(120, 36, &["--card", &card.id]);
        for (columns, rows) in [(120, 36), (80, 24), (200, 50), (120, 36)] {
            pty.resize(columns, rows);
            spells(&pty, &briefing, card, 0);
        }
        pty.send("Q");
    }
}
