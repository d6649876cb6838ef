//! Every size, every mode: no panic, nothing outside the screen, the focus seen without colour.

use crate::desk::{Desk, ferry};
use brief::theme::Theme;
use ratatui::style::Modifier;

/// Keys that lead into each mode.
const MODES: [&str; 27] = [
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

#[test]
fn every_size_in_every_mode_can_be_drawn() {
    for keys in MODES {
        for (columns, rows) in sizes() {
            let mut desk = Desk::new(ferry(), columns, rows);
            desk.press(keys);
            let _ = desk.buffer();
            desk.press("j k G g d u ] [ n N");
            let _ = desk.buffer();
        }
    }
}

#[test]
fn a_session_survives_every_resize() {
    for keys in MODES {
        let mut desk = Desk::new(ferry(), 120, 36);
        desk.press(keys);
        for (columns, rows) in sizes() {
            desk.resize(columns, rows);
            let _ = desk.buffer();
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
