//! One cell as the terminal will show it.

use std::collections::HashMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::rc::Rc;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use super::colour::Depth;
use super::pen::Pen;
use crate::wrap;

/// A letter with all that makes its cell: two glyphs of one [`Letters`] that are equal look the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// What is sent: nothing only under a wide letter, never a control character.
    pub symbol: Symbol,
    /// From the lowest bit on: how it looks, the cells that it takes less one, and whether terminals disagree on these.
    look: u64,
}

impl fmt::Debug for Glyph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { symbol, .. } = self;
        write!(f, "Glyph({symbol:x?}, {:?}, {} cells", self.pen(), self.width())?;
        f.write_str(if self.is_doubtful() { ", doubtful)" } else { ")" })
    }
}

const WIDTH_SHIFT: u32 = Pen::BITS;
const DOUBT_SHIFT: u32 = u64::BITS - 1;
/// The most cells that a letter may take: as many as the bits between have room for.
const WIDEST: u8 = 1 << (DOUBT_SHIFT - WIDTH_SHIFT);
// The texts have letters of eight characters at the most, of which each may take two.
const _: () = assert!(WIDEST >= 16, "a letter would be shown as a blank");

impl Glyph {
    /// What erasing leaves.
    pub const BLANK: Self = Self::plain(Symbol::SPACE, Pen::PLAIN);
    const COVERED: Self = Self::new(Symbol::NOTHING, Pen::PLAIN, 1, false);

    const fn new(symbol: Symbol, pen: Pen, width: u8, doubtful: bool) -> Self {
        let width = (width - 1) as u64;
        Self { symbol, look: pen.packed() | width << WIDTH_SHIFT | (doubtful as u64) << DOUBT_SHIFT }
    }

    /// A letter that takes one cell everywhere.
    const fn plain(symbol: Symbol, pen: Pen) -> Self {
        Self::new(symbol, pen, 1, false)
    }

    /// How it looks.
    pub const fn pen(self) -> Pen {
        Pen::unpacked(self.look)
    }

    /// The cells that it takes, or would if it were not [covered](Glyph::is_covered).
    pub const fn width(self) -> u8 {
        ((self.look >> WIDTH_SHIFT) as u8 & (WIDEST - 1)) + 1
    }

    /// Whether terminals disagree on its width.
    pub const fn is_doubtful(self) -> bool {
        self.look >> DOUBT_SHIFT != 0
    }

    /// Whether erasing makes this cell.
    pub fn is_blank(self) -> bool {
        self == Self::BLANK
    }

    /// Whether a wide letter to the left takes this cell.
    pub fn is_covered(self) -> bool {
        self.symbol == Symbol::NOTHING
    }
}

/// A letter as a number: its UTF-8, the first byte lowest, with zeros behind it, since none of its bytes is zero; or the
/// name that [`Letters`] have for a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Symbol(u64);

impl Symbol {
    const NOTHING: Self = Self(0);
    const SPACE: Self = Self(b' ' as u64);

    /// The letter as a number, the same for the same letter.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Whether it is a space.
    pub fn is_space(self) -> bool {
        self == Self::SPACE
    }
}

/// The letters of more than eight bytes that have been shown, each by the name that stands for it in glyphs. They are
/// kept as long as the screen is.
#[derive(Debug, Default)]
pub(super) struct Letters {
    letters: Vec<Rc<str>>,
    names: HashMap<Rc<str>, u64>,
}

/// The name of the first: no short letter has the highest byte `0xFF`, which UTF-8 does not know.
const FIRST: u64 = 0xFF << 56;

impl Letters {
    /// The symbol of a letter, which holds no NUL.
    pub fn symbol(&mut self, letter: &str) -> Symbol {
        let (mut short, bytes) = ([0; size_of::<u64>()], letter.as_bytes());
        if let Some(place) = short.get_mut(..bytes.len()) {
            place.copy_from_slice(bytes);
            return Symbol(u64::from_le_bytes(short));
        }
        if let Some(&name) = self.names.get(letter) {
            return Symbol(name);
        }
        let (letter, name) = (Rc::from(letter), FIRST + self.letters.len() as u64);
        self.letters.push(Rc::clone(&letter));
        self.names.insert(letter, name);
        Symbol(name)
    }

    /// Adds the bytes of a symbol.
    pub fn write(&self, symbol: Symbol, out: &mut Vec<u8>) {
        match symbol.0 {
            letter @ 1..0x80 => out.push(letter as u8),
            name @ FIRST.. => {
                let letter = self.letters.get((name - FIRST) as usize);
                out.extend_from_slice(letter.map_or(&[], |letter| letter.as_bytes()));
            }
            letter => {
                let bytes = size_of::<u64>() - letter.leading_zeros() as usize / 8;
                out.extend_from_slice(letter.to_le_bytes().get(..bytes).unwrap_or_default());
            }
        }
    }
}

/// Makes one row of cells the glyphs of as many.
///
/// A wide letter that something was drawn into, or that the edge cuts, becomes a blank, and so does one of no width.
pub(super) fn row(cells: &[Cell], pens: &mut Pens, letters: &mut Letters, glyphs: &mut [Glyph]) {
    let (mut cells, mut glyphs) = (cells.iter(), glyphs.iter_mut());
    let mut last = Glyph::BLANK;
    while let (Some(cell), Some(glyph)) = (cells.next(), glyphs.next()) {
        let (letter, pen) = (cell.symbol(), pens.of(cell));
        if let [byte @ b' '..=b'~'] = *letter.as_bytes() {
            let pen = if byte == b' ' { pen.on_blank() } else { pen };
            *glyph = Glyph::plain(Symbol(byte.into()), pen);
        } else {
            let letter = safe(letter);
            let symbol = letters.symbol(letter);
            // The line of a border is one sign over and over.
            *glyph = if last.width() == 1 && last.symbol == symbol {
                Glyph::new(symbol, pen, 1, last.is_doubtful())
            } else if let Some(width) = room(letter, cells.as_slice()) {
                let covered = usize::from(width) - 1;
                for (_, under) in cells.by_ref().zip(glyphs.by_ref()).take(covered) {
                    *under = Glyph::COVERED;
                }
                Glyph::new(symbol, pen, width, doubtful(letter, width.into()))
            } else {
                Glyph::plain(Symbol::SPACE, pen.on_blank())
            };
        }
        last = *glyph;
    }
}

/// The cells that a letter takes, if it takes any and has them: one, and those `behind` it where nothing else is drawn.
fn room(letter: &str, behind: &[Cell]) -> Option<u8> {
    let width = u8::try_from(wrap::cells(letter)).ok().filter(|&width| width <= WIDEST)?;
    let covered = behind.get(..usize::from(width.checked_sub(1)?))?;
    covered.iter().all(|cell| cell.symbol() == " ").then_some(width)
}

/// The pens of cells, of which most look like the one before.
pub(super) struct Pens {
    depth: Depth,
    /// The letter's colour of the last cell.
    fg: Color,
    /// The colour behind it.
    bg: Color,
    marks: Modifier,
    pen: Pen,
}

impl Pens {
    /// The pens of a terminal of so many colours.
    pub const fn new(depth: Depth) -> Self {
        Self { depth, fg: Color::Reset, bg: Color::Reset, marks: Modifier::empty(), pen: Pen::PLAIN }
    }

    fn of(&mut self, cell: &Cell) -> Pen {
        if self.fg != cell.fg || self.bg != cell.bg || self.marks != cell.modifier {
            (self.fg, self.bg, self.marks) = (cell.fg, cell.bg, cell.modifier);
            self.pen = Pen::new(self.depth.tint(self.fg), self.depth.tint(self.bg), self.marks);
        }
        self.pen
    }
}

/// The symbol, or a question mark in place of one that could steer the terminal.
fn safe(symbol: &str) -> &str {
    if symbol.chars().any(char::is_control) { "?" } else { symbol }
}

/// Vowels and finals of Korean syllables written in parts, joiners, variation selectors and half-width sound marks: of
/// no width, and yet.
const PARTING: [RangeInclusive<char>; 5] = [
    '\u{1160}'..='\u{11ff}',
    '\u{200c}'..='\u{200d}',
    '\u{d7b0}'..='\u{d7fb}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{ff9e}'..='\u{ff9f}',
];

/// Vowel signs of Burmese and its kin that take a cell, and are no part of the letter before them: the exceptions of
/// Unicode Standard Annex 29, table 2, `SpacingMark`. To some terminals they are marks over that letter.
const SIGNS: [RangeInclusive<char>; 13] = [
    '\u{102b}'..='\u{102c}',
    '\u{1038}'..='\u{1038}',
    '\u{1062}'..='\u{1064}',
    '\u{1067}'..='\u{106d}',
    '\u{1083}'..='\u{1083}',
    '\u{1087}'..='\u{108c}',
    '\u{108f}'..='\u{108f}',
    '\u{109a}'..='\u{109c}',
    '\u{1a61}'..='\u{1a61}',
    '\u{1a63}'..='\u{1a64}',
    '\u{aa7b}'..='\u{aa7b}',
    '\u{aa7d}'..='\u{aa7d}',
    '\u{11720}'..='\u{11721}',
];

/// Letters that are narrow to some terminals and wide to others: numbers in circles on black squares, and halves of
/// flags.
const AMBIGUOUS: [RangeInclusive<char>; 2] = ['\u{3248}'..='\u{324f}', '\u{1f1e6}'..='\u{1f1ff}'];

/// Whether terminals disagree on the width of a letter that takes `width` cells here.
///
/// They agree on narrow letters and on East Asian ones, and on plain marks over these; not on emoji, nor
/// on clusters of which some terminals make several cells, nor on marks that take a cell of their own, nor on
/// the replacement character, which some drop.
fn doubtful(symbol: &str, width: usize) -> bool {
    let mut marks = symbol.chars();
    let Some(first) = marks.next() else { return false };
    if first == char::REPLACEMENT_CHARACTER || is_in(&SIGNS, first) || is_in(&AMBIGUOUS, first) {
        return true;
    }
    let parts = |c: char| c.width() != Some(0) || is_in(&PARTING, c);
    first.width() != Some(width) || (width > 1 && !east_asian(first)) || marks.any(parts)
}

fn is_in(ranges: &[RangeInclusive<char>], c: char) -> bool {
    ranges.iter().any(|range| range.contains(&c))
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
    use crate::terminal::colour::Tint;

    /// The row's symbols, `·` under a wide letter, `?` after a doubtful one.
    fn shown(frame: &Buffer) -> String {
        let mut letters = Letters::default();
        let glyphs = glyphs(frame, &mut letters);
        let letter = |glyph: &Glyph| {
            let mut letter = Vec::new();
            letters.write(glyph.symbol, &mut letter);
            String::from_utf8(letter).unwrap()
        };
        glyphs
            .iter()
            .map(|glyph| match (glyph.is_covered(), glyph.is_doubtful()) {
                (true, _) => "·".to_owned(),
                (false, true) => letter(glyph) + "?",
                (false, false) => letter(glyph),
            })
            .collect()
    }

    fn glyphs(frame: &Buffer, letters: &mut Letters) -> Vec<Glyph> {
        let mut glyphs = vec![Glyph::BLANK; frame.content().len()];
        row(frame.content(), &mut Pens::new(Depth::Sixteen), letters, &mut glyphs);
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
            ("\u{1112}\u{1161}\u{11ab}x", "\u{1112}\u{1161}\u{11ab}?·x"),
            ("👨\u{200d}👩\u{200d}👧x", "👨\u{200d}👩\u{200d}👧?·x"),
            ("\u{fffd}x", "\u{fffd}?x"),
            ("က\u{102c}x", "က\u{102c}?x"),
            ("▌│●✓", "▌│●✓"),
            ("\u{1f1fa}x", "\u{1f1fa}?x"),
            ("㉈x", "㉈?x"),
            // Letters of seven, eight and nine bytes, and one of sixteen cells.
            (
                "a\u{300}\u{301}\u{302}é\u{300}\u{301}\u{302}ab",
                "a\u{300}\u{301}\u{302}é\u{300}\u{301}\u{302}ab",
            ),
            ("漢\u{300}\u{301}\u{302}x", "漢\u{300}\u{301}\u{302}·x"),
            ("ᄀᄀᄀᄀᄀᄀᄀᄀ漢", "ᄀᄀᄀᄀᄀᄀᄀᄀ?···············漢·"),
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
    fn a_vowel_sign_has_room_beside_its_letter() {
        let mut frame = Buffer::with_lines(["x  y"]);
        frame[(0, 0)].set_symbol("বা");
        assert_eq!(shown(&frame), "বা?· y");
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
        let glyphs = glyphs(&frame, &mut Letters::default());
        let pens: Vec<_> = glyphs.iter().map(|glyph| (glyph.pen().fg(), glyph.pen().bg())).collect();
        assert_eq!(pens, [(Tint::Named(1), Tint::Named(4)), (Tint::Default, Tint::Named(4))]);
    }
}
