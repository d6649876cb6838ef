//! One cell as the terminal will show it.

use std::ops::RangeInclusive;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use super::colour::Depth;
use super::pen::Pen;

/// A letter with all that makes its cell: two glyphs that are equal look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// What is sent: nothing only under a wide letter, never a control character.
    pub symbol: Symbol,
    /// Cells it takes; 0 under a wide letter.
    pub width: u8,
    /// How it looks.
    pub pen: Pen,
    /// Whether terminals disagree on its width.
    pub doubtful: bool,
}

/// The UTF-8 of a letter. Nearly every one is short, and is then kept and compared as a number is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// At most eight bytes, the first of them lowest, with zeros behind them: none of them is zero.
    Short(u64),
    /// More than that.
    Long(Box<[u8]>),
}

impl Symbol {
    const NOTHING: Self = Self::Short(0);
    const SPACE: Self = Self::Short(b' ' as u64);

    /// The symbol of a letter, which holds no NUL.
    pub fn new(letter: &str) -> Self {
        let (mut short, bytes) = ([0; size_of::<u64>()], letter.as_bytes());
        let Some(place) = short.get_mut(..bytes.len()) else { return Self::Long(bytes.into()) };
        place.copy_from_slice(bytes);
        Self::Short(u64::from_le_bytes(short))
    }

    /// Adds its bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Short(letter @ 1..0x80) => out.push(*letter as u8),
            Self::Short(letter) => {
                let bytes = size_of::<u64>() - letter.leading_zeros() as usize / 8;
                out.extend_from_slice(letter.to_le_bytes().get(..bytes).unwrap_or_default());
            }
            Self::Long(letter) => out.extend_from_slice(letter),
        }
    }

    /// Whether it is a space.
    pub fn is_space(&self) -> bool {
        *self == Self::SPACE
    }
}

impl Glyph {
    /// What erasing leaves.
    pub const BLANK: Self = Self { symbol: Symbol::SPACE, width: 1, pen: Pen::PLAIN, doubtful: false };
    const COVERED: Self = Self { symbol: Symbol::NOTHING, width: 0, ..Self::BLANK };

    /// Whether erasing makes this cell.
    pub fn is_blank(&self) -> bool {
        *self == Self::BLANK
    }

    /// Whether a wide letter to the left takes this cell.
    pub const fn is_covered(&self) -> bool {
        self.width == 0
    }
}

/// Adds the glyphs of one row of cells, as many as it has cells.
///
/// A wide letter that something was drawn into, or that the edge cuts, becomes a blank.
pub(super) fn row(cells: &[Cell], pens: &mut Pens, glyphs: &mut Vec<Glyph>) {
    let mut ahead = cells.iter();
    while let Some(cell) = ahead.next() {
        let (symbol, pen) = (cell.symbol(), pens.of(cell));
        if let [letter @ b' '..=b'~'] = *symbol.as_bytes() {
            let pen = if letter == b' ' { pen.on_blank() } else { pen };
            glyphs.push(Glyph { symbol: Symbol::Short(letter.into()), pen, ..Glyph::BLANK });
            continue;
        }
        let symbol = safe(symbol);
        let shown = Symbol::new(symbol);
        // The line of a border is one sign over and over.
        if let Some(last) = glyphs.last().filter(|last| last.width == 1 && last.symbol == shown) {
            glyphs.push(Glyph { pen, ..last.clone() });
            continue;
        }
        let width = symbol.cell_width();
        let covered = ahead.as_slice().get(..usize::from(width).saturating_sub(1));
        let narrow = u8::try_from(width).ok().filter(|&width| width > 0);
        match narrow {
            Some(width) if covered.is_some_and(|cells| cells.iter().all(|cell| cell.symbol() == " ")) => {
                let doubtful = doubtful(symbol, width.into());
                glyphs.push(Glyph { symbol: shown, width, pen, doubtful });
                glyphs.extend(ahead.by_ref().take(usize::from(width) - 1).map(|_| Glyph::COVERED));
            }
            Some(_) | None => glyphs.push(Glyph { pen: pen.on_blank(), ..Glyph::BLANK }),
        }
    }
}

/// The pens of cells, of which most look like the one before.
pub(super) struct Pens {
    depth: Depth,
    /// The look of the last cell: its letter's colour, the one behind it, and its marks.
    look: (Color, Color, Modifier),
    pen: Pen,
}

impl Pens {
    /// The pens of a terminal of so many colours.
    pub const fn new(depth: Depth) -> Self {
        Self { depth, look: (Color::Reset, Color::Reset, Modifier::empty()), pen: Pen::PLAIN }
    }

    fn of(&mut self, cell: &Cell) -> Pen {
        let look = (cell.fg, cell.bg, cell.modifier);
        if self.look != look {
            self.look = look;
            let (fg, bg) = (self.depth.ink(cell.fg), self.depth.ink(cell.bg));
            self.pen = Pen::new(fg, bg, cell.modifier);
        }
        self.pen
    }
}

/// The symbol, or a question mark in place of one that could steer the terminal.
fn safe(symbol: &str) -> &str {
    if symbol.chars().any(char::is_control) { "?" } else { symbol }
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
        let letter = |glyph: &Glyph| {
            let mut letter = Vec::new();
            glyph.symbol.write(&mut letter);
            String::from_utf8(letter).unwrap()
        };
        glyphs(frame)
            .iter()
            .map(|glyph| match (glyph.is_covered(), glyph.doubtful) {
                (true, _) => "·".to_owned(),
                (false, true) => letter(glyph) + "?",
                (false, false) => letter(glyph),
            })
            .collect()
    }

    fn glyphs(frame: &Buffer) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        row(frame.content(), &mut Pens::new(Depth::Sixteen), &mut glyphs);
        glyphs
    }

    #[test]
    fn cells_become_what_terminals_show() {
        for (text, glyphs) in [
            ("“é—e\u{301}”", "“é—e\u{301}”"),
            ("漢x", "漢·x"),
            ("🦀x", "🦀?·x"),
            ("❤\u{fe0f}x", "❤\u{fe0f}?·x"),
            ("한글", "한·글·"),
            ("👨\u{200d}👩\u{200d}👧x", "👨\u{200d}👩\u{200d}👧?·x"),
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
        let pens: Vec<_> = glyphs(&frame).iter().map(|glyph| (glyph.pen.fg(), glyph.pen.bg())).collect();
        assert_eq!(pens, [(Ink::Named(1), Ink::Named(4)), (Ink::Default, Ink::Named(4))]);
    }
}
