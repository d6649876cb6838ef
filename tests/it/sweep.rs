//! Every size, every mode: no panic, nothing outside the screen, the focus seen without colour.

use crate::desk::{Desk, ferry};
use brief::app::Mode;
use brief::theme::Theme;
use brief::wrap;
use ratatui::style::Modifier;

/// Keys that lead into each mode.
const MODES: [&str; 29] = [
    "",
    "Tab",
    "4",
    "5",
    "Enter",
    "4 Enter",
    "/",
    "/ text:fare",
    "/ text:zzz",
    "5 / text:the",
    "5 V",
    "5 V w w",
    "t",
    "t text:pup",
    "?",
    "z",
    "y",
    "v",
    "v l l Enter",
    "s",
    "s x o o",
    "w",
    "c",
    "c x",
    "!",
    "! ?",
    ":",
    "S",
    "i",
];

fn sizes() -> Vec<(u16, u16)> {
    let mut sizes: Vec<(u16, u16)> =
        (0..=24).flat_map(|columns| (0..=12).map(move |rows| (columns, rows))).collect();
    for columns in [39, 40, 59, 60, 61, 99, 100, 101, 159, 160, 161, 300] {
        for rows in [1, 5, 15, 16, 17, 24, 60] {
            sizes.push((columns, rows));
        }
    }
    sizes
}

/// Draws the screen: what is two cells wide is all on it, and nothing is drawn over half of it.
fn draw(desk: &Desk) {
    let buffer = desk.buffer();
    for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let mut rest = row.iter();
        while let Some(cell) = rest.next() {
            for _ in 1..wrap::width(cell.symbol()) {
                let covered = rest.next().map(|covered| covered.symbol());
                assert_eq!(covered, Some(" "), "behind {} on {:?}", cell.symbol(), desk.app.size);
            }
        }
    }
}

/// A number for each mode, from 0.
const fn nth(mode: &Mode) -> usize {
    match mode {
        Mode::Reading => 0,
        Mode::Search(_) => 1,
        Mode::Picker(_) => 2,
        Mode::Command(_) => 3,
        Mode::Problems(_) => 4,
        Mode::Grid(_) => 5,
        Mode::Selecting(_) => 6,
    }
}

#[test]
fn every_size_in_every_mode_can_be_drawn() {
    let mut seen = [false; 7];
    for keys in MODES {
        for (columns, rows) in sizes() {
            let mut desk = Desk::new(ferry(), columns, rows);
            desk.press(keys);
            draw(&desk);
            seen[nth(&desk.app.mode)] = true;
            desk.press("j k G g d u ] [ n N");
            draw(&desk);
        }
    }
    assert_eq!(seen, [true; 7]);
}

#[test]
fn a_session_survives_every_resize() {
    for keys in MODES {
        let mut desk = Desk::new(ferry(), 120, 36);
        desk.press(keys);
        for (columns, rows) in sizes() {
            desk.resize(columns, rows);
            draw(&desk);
            desk.press("Down Up PageDown");
        }
    }
}

#[test]
fn the_focus_is_seen_without_colour() {
    for (columns, rows) in [(120, 36), (80, 24), (45, 20), (40, 12), (200, 50)] {
        let mut seen = Vec::new();
        for pane in ["1", "2", "3", "4", "5"] {
            let mut desk = Desk::new(ferry(), columns, rows);
            desk.theme = Theme::MONO;
            desk.press(pane);
            let text = desk.text();
            assert!(text.contains('━'), "{pane} at {columns}x{rows}");
            seen.push(text);
            let underlined =
                desk.buffer().content.iter().any(|cell| cell.modifier.contains(Modifier::UNDERLINED));
            assert!(underlined || desk.app.layout().source.is_empty(), "{pane} at {columns}x{rows}");
        }
        seen.dedup();
        assert_eq!(seen.len(), 5, "two panes look the same at {columns}x{rows}");
    }
}
