//! How letters look, and the fewest bytes that change it: Select Graphic Rendition, ECMA-48 8.3.117.

use std::fmt;

use ratatui::style::Modifier;

use super::colour::Tint;
use super::motion::number;

/// The look of what is written next: the letters' colour, the one behind them, and marks as bold and underlined.
///
/// They are packed into one number of [`Pen::BITS`] bits, from the lowest on, since frames are compared look by look.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pen(u64);

/// The bits of a colour.
const TINT: u64 = (1 << Tint::BITS) - 1;
/// How far the colour behind the letters is from the lowest bit.
const GROUND_SHIFT: u32 = Tint::BITS;
/// How far the marks are from the lowest bit.
const MARKS_SHIFT: u32 = 2 * Tint::BITS;

impl fmt::Debug for Pen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pen({:?}, {:?}, {:?})", self.fg(), self.bg(), self.marks())
    }
}

/// Each mark with the parameter that sets it and the one that ends it.
const MARKS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// The marks that show where there is no letter.
const SHOWN_ON_BLANK: u64 = Pen::new(
    Tint::Default,
    Tint::Default,
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT),
)
.0;

impl Pen {
    /// The bits of a packed look.
    pub const BITS: u32 = MARKS_SHIFT + u16::BITS - Modifier::all().bits().leading_zeros();

    /// The terminal's own look.
    pub const PLAIN: Self = Self::new(Tint::Default, Tint::Default, Modifier::empty());

    /// A look of these parts.
    pub const fn new(fg: Tint, bg: Tint, marks: Modifier) -> Self {
        Self(fg.packed() as u64 | (bg.packed() as u64) << GROUND_SHIFT | (marks.bits() as u64) << MARKS_SHIFT)
    }

    /// It as a number of [`Pen::BITS`] bits; the terminal's own is 0.
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// The look of such a number, whatever stands in the bits above.
    pub const fn unpacked(packed: u64) -> Self {
        Self(packed & ((1 << Self::BITS) - 1))
    }

    /// The letters' colour.
    pub const fn fg(self) -> Tint {
        Tint::unpacked((self.0 & TINT) as u32)
    }

    /// The colour behind them.
    pub const fn bg(self) -> Tint {
        Tint::unpacked((self.0 >> GROUND_SHIFT & TINT) as u32)
    }

    /// Bold, underlined and so on.
    pub const fn marks(self) -> Modifier {
        Modifier::from_bits_truncate((self.0 >> MARKS_SHIFT) as u16)
    }

    /// What of this look a blank cell shows.
    pub const fn on_blank(self) -> Self {
        if self.0 & SHOWN_ON_BLANK != 0 { self } else { Self(self.0 & TINT << GROUND_SHIFT) }
    }

    /// Writes the shorter of the two ways from this look to `next`: change what differs, or begin anew.
    pub fn change(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        let (mut step, mut anew) = (Codes::default(), Codes::default());
        let (marks, wanted) = (self.marks(), next.marks());
        let ended = marks - wanted;
        let mut kept = marks & wanted;
        for (mark, _, end) in MARKS {
            if ended.contains(mark) && !step.as_slice().contains(&end) {
                step.extend([end]);
                // One parameter ends bold and dim alike.
                MARKS.iter().filter(|m| m.2 == end).for_each(|m| kept -= m.0);
            }
        }
        for (mark, set, _) in MARKS {
            if (wanted - kept).contains(mark) {
                step.extend([set]);
            }
            if wanted.contains(mark) {
                anew.extend([set]);
            }
        }
        for (now, next, ground) in [(self.fg(), next.fg(), 30), (self.bg(), next.bg(), 40)] {
            if now != next {
                next.codes(ground, &mut step);
            }
            if next != Tint::Default {
                next.codes(ground, &mut anew);
            }
        }
        // An empty parameter is 0, which ends everything.
        let (step, anew) = (step.as_slice(), anew.as_slice());
        let start = if anew.is_empty() { "" } else { ";" };
        if start.len() + length(anew) < length(step) {
            sgr(start, anew, out);
        } else {
            sgr("", step, out);
        }
    }
}

/// The parameters of a change: nine marks end and nine begin at the most, and two colours have five each.
#[derive(Default)]
struct Codes {
    codes: [u8; 32],
    count: usize,
}

impl Codes {
    fn as_slice(&self) -> &[u8] {
        self.codes.get(..self.count).unwrap_or_default()
    }
}

impl Extend<u8> for Codes {
    fn extend<I: IntoIterator<Item = u8>>(&mut self, codes: I) {
        for (place, code) in self.codes.iter_mut().skip(self.count).zip(codes) {
            *place = code;
            self.count += 1;
        }
    }
}

/// The bytes that `codes` take with the semicolons between them.
fn length(codes: &[u8]) -> usize {
    let digits: usize =
        codes.iter().map(|&code| if code < 10 { 1 } else { 2 + usize::from(code > 99) }).sum();
    digits + codes.len().saturating_sub(1)
}

fn sgr(start: &str, codes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    out.extend_from_slice(start.as_bytes());
    for (n, &code) in codes.iter().enumerate() {
        if n > 0 {
            out.push(b';');
        }
        number(code.into(), out);
    }
    out.push(b'm');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_changes_in_the_fewest_bytes() {
        let plain = Pen::default();
        let tint = |fg| Pen::new(fg, Tint::Default, Modifier::empty());
        let red = tint(Tint::Named(1));
        let with = |pen: Pen, marks| Pen::new(pen.fg(), pen.bg(), marks);
        for (from, to, bytes) in [
            (plain, plain, ""),
            (plain, red, "\x1b[31m"),
            (red, plain, "\x1b[m"),
            (red, tint(Tint::Named(12)), "\x1b[94m"),
            (plain, with(plain, Modifier::BOLD), "\x1b[1m"),
            (with(plain, Modifier::BOLD | Modifier::DIM), with(plain, Modifier::DIM), "\x1b[;2m"),
            (with(red, Modifier::BOLD | Modifier::DIM), with(red, Modifier::DIM), "\x1b[22;2m"),
            (with(red, Modifier::UNDERLINED), red, "\x1b[24m"),
            (with(plain, Modifier::REVERSED), red, "\x1b[;31m"),
            (red, Pen::new(Tint::Default, Tint::Indexed(200), Modifier::empty()), "\x1b[;48;5;200m"),
            (plain, tint(Tint::Rgb(1, 22, 255)), "\x1b[38;2;1;22;255m"),
        ] {
            let mut out = Vec::new();
            from.change(to, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), bytes, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_blank_shows_no_letter_colour_and_no_bold() {
        let loud = Pen::new(Tint::Named(1), Tint::Default, Modifier::BOLD);
        assert_eq!(loud.on_blank(), Pen::default());
        let reversed = Pen::new(loud.fg(), loud.bg(), Modifier::REVERSED);
        assert_eq!(reversed.on_blank(), reversed);
    }
}
