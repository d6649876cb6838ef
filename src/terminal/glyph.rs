//! One cell as the terminal will show it.

use std::ops::RangeInclusive;

use ratatui::buffer::{Cell, CellWidth};
use unicode_width::UnicodeWidthChar;

use super::colour::Depth;
use super::pen::Pen;

/// A letter with all that makes its cell: two glyphs that are equal look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph<'a> {
    /// What is sent: never empty but under a wide letter, never a control character.
    pub symbol: &'a str,
    /// Cells it takes; 0 under a wide letter.
    pub width: usize,
    /// How it looks.
    pub pen: Pen,
    /// Whether terminals disagree on its width.
    pub doubtful: bool,
}

impl Glyph<'_> {
    const BLANK: Glyph<'static> = Glyph { symbol: " ", width: 1, pen: Pen::PLAIN, doubtful: false };
    const COVERED: Glyph<'static> = Glyph { symbol: "", width: 0, ..Self::BLANK };

    /// Whether erasing makes this cell.
    pub fn is_blank(&self) -> bool {
        *self == Self::BLANK
    }

    /// Whether a wide letter to the left takes this cell.
    pub fn is_covered(&self) -> bool {
        self.width == 0
    }
}

/// The glyphs of one row of cells, as many as it has cells.
///
/// A wide letter that something was drawn into, or that the edge cuts, becomes a blank.
pub(super) fn row(cells: &[Cell], depth: Depth) -> Vec<Glyph<'_>> {
    let mut glyphs: Vec<Glyph<'_>> = Vec::with_capacity(cells.len());
    while let Some((cell, rest)) = cells.get(glyphs.len()..).and_then(<[Cell]>::split_first) {
        let pen = Pen { fg: depth.ink(cell.fg), bg: depth.ink(cell.bg), marks: cell.modifier };
        if let [b'!'..=b'~'] = cell.symbol().as_bytes() {
            glyphs.push(Glyph { symbol: cell.symbol(), pen, ..Glyph::BLANK });
            continue;
        }
        let symbol = safe(cell.symbol());
        let width = usize::from(symbol.cell_width());
        let covered = rest.get(..width.saturating_sub(1));
        if width > 0
            && symbol != " "
            && covered.is_some_and(|cells| cells.iter().all(|cell| cell.symbol() == " "))
        {
            glyphs.push(Glyph { symbol, width, pen, doubtful: doubtful(symbol, width) });
            glyphs.extend((1..width).map(|_| Glyph::COVERED));
        } else {
            glyphs.push(Glyph { pen: pen.on_blank(), ..Glyph::BLANK });
        }
    }
    glyphs
}

/// The symbol, or a question mark in place of one that could steer the terminal.
fn safe(symbol: &str) -> &str {
    match symbol.as_bytes() {
        [b' '..=b'~'] => symbol,
        _ if symbol.chars().any(char::is_control) => "?",
        _ => symbol,
    }
}

/// Joiners, variation selectors and half-width sound marks: of no width, and yet.
const PARTING: [RangeInclusive<char>; 3] =
    ['\u{200c}'..='\u{200d}', '\u{fe00}'..='\u{fe0f}', '\u{ff9e}'..='\u{ff9f}'];

/// Whether terminals disagree on the width of a letter that takes `width` cells here.
///
/// They agree on narrow letters and on East Asian ones, and on plain marks over these; not on emoji, nor
/// on clusters of which some terminals make several cells, nor on the replacement character, which some drop.
fn doubtful(symbol: &str, width: usize) -> bool {
    let mut marks = symbol.chars();
    let Some(first) = marks.next() else { return false };
    if first == char::REPLACEMENT_CHARACTER {
        return true;
    }
    let parts = |c: char| c.width() != Some(0) || PARTING.iter().any(|range| range.contains(&c));
    first.width() != Some(width) || (width > 1 && !east_asian(first)) || marks.any(parts)
}

fn east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::style::{Color, Style};

    use super::*;
    use crate::terminal::colour::Ink;

    /// The row's symbols, `·` under a wide letter, `?` after a doubtful one.
    fn shown(frame: &Buffer) -> String {
        row(frame.content(), Depth::Sixteen)
            .iter()
            .map(|glyph| match (glyph.is_covered(), glyph.doubtful) {
                (true, _) => "·".to_owned(),
                (false, true) => format!("{}?", glyph.symbol),
                (false, false) => glyph.symbol.to_owned(),
            })
            .collect()
    }

    #[test]
    fn cells_become_what_terminals_show() {
        for (text, glyphs) in [
            ("“é—e\u{301}”", "“é—e\u{301}”"),
            ("漢x", "漢·x"),
            ("🦀x", "🦀?·x"),
            ("❤\u{fe0f}x", "❤\u{fe0f}?·x"),
            ("한글", "한·글·"),
            ("\u{fffd}x", "\u{fffd}?x"),
            ("▌│●✓", "▌│●✓"),
        ] {
            assert_eq!(shown(&Buffer::with_lines([text])), glyphs, "{text:?}");
        }
    }

    #[test]
    fn a_wide_letter_that_is_cut_becomes_a_blank() {
        let mut frame = Buffer::with_lines(["漢字x"]);
        frame[(3, 0)].set_symbol("│");
        assert_eq!(shown(&frame), "漢· │x");
        frame[(4, 0)].set_symbol("漢");
        assert_eq!(shown(&frame), "漢· │ ");
    }

    #[test]
    fn no_control_character_is_sent() {
        let mut frame = Buffer::with_lines(["abc"]);
        for (x, symbol) in [(0, "\u{1b}[2J"), (1, "\u{9b}"), (2, "\u{7f}")] {
            frame[(x, 0)].set_symbol(symbol);
        }
        assert_eq!(shown(&frame), "???");
    }

    #[test]
    fn a_blank_keeps_only_the_look_that_shows() {
        let mut frame = Buffer::with_lines(["a "]);
        frame.set_style(frame.area, Style::new().fg(Color::Red).bg(Color::Blue).bold());
        let pens: Vec<_> =
            row(frame.content(), Depth::Sixteen).iter().map(|glyph| (glyph.pen.fg, glyph.pen.bg)).collect();
        assert_eq!(pens, [(Ink::Named(1), Ink::Named(4)), (Ink::Default, Ink::Named(4))]);
    }
}
