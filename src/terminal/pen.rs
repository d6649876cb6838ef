//! How letters look, and the fewest bytes that change it: Select Graphic Rendition, ECMA-48 8.3.117.

use std::io::Write;

use ratatui::style::Modifier;

use super::colour::Ink;

/// The look of what is written next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    /// The letters' colour.
    pub fg: Ink,
    /// The colour behind them.
    pub bg: Ink,
    /// Bold, underlined and so on.
    pub marks: Modifier,
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
const SHOWN_ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

impl Pen {
    /// The terminal's own look.
    pub const PLAIN: Self = Self { fg: Ink::Default, bg: Ink::Default, marks: Modifier::empty() };

    /// What of this look a blank cell shows.
    pub fn on_blank(self) -> Self {
        if self.marks.intersects(SHOWN_ON_BLANK) { self } else { Self { bg: self.bg, ..Self::default() } }
    }

    /// Writes the shorter of the two ways from this look to `next`: change what differs, or begin anew.
    pub fn change(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        let (mut step, mut anew) = (Vec::new(), Vec::new());
        let ended = self.marks - next.marks;
        let mut kept = self.marks & next.marks;
        for (mark, _, end) in MARKS {
            if ended.contains(mark) && !step.contains(&end) {
                step.push(end);
                // One parameter ends bold and dim alike.
                MARKS.iter().filter(|m| m.2 == end).for_each(|m| kept -= m.0);
            }
        }
        for (mark, set, _) in MARKS {
            if (next.marks - kept).contains(mark) {
                step.push(set);
            }
            if next.marks.contains(mark) {
                anew.push(set);
            }
        }
        for (now, next, ground) in [(self.fg, next.fg, 30), (self.bg, next.bg, 40)] {
            if now != next {
                next.codes(ground, &mut step);
            }
            if next != Ink::Default {
                next.codes(ground, &mut anew);
            }
        }
        // An empty parameter is 0, which ends everything.
        let start = if anew.is_empty() { "" } else { ";" };
        if start.len() + length(&anew) < length(&step) {
            sgr(start, &anew, out);
        } else {
            sgr("", &step, out);
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
    for (n, code) in codes.iter().enumerate() {
        let between = if n > 0 { ";" } else { "" };
        write!(out, "{between}{code}").expect("a Vec takes every write");
    }
    out.push(b'm');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_changes_in_the_fewest_bytes() {
        let plain = Pen::default();
        let red = Pen { fg: Ink::Named(1), ..plain };
        let with = |pen: Pen, marks| Pen { marks, ..pen };
        for (from, to, bytes) in [
            (plain, plain, ""),
            (plain, red, "\x1b[31m"),
            (red, plain, "\x1b[m"),
            (red, Pen { fg: Ink::Named(12), ..plain }, "\x1b[94m"),
            (plain, with(plain, Modifier::BOLD), "\x1b[1m"),
            (with(plain, Modifier::BOLD | Modifier::DIM), with(plain, Modifier::DIM), "\x1b[;2m"),
            (with(red, Modifier::BOLD | Modifier::DIM), with(red, Modifier::DIM), "\x1b[22;2m"),
            (with(red, Modifier::UNDERLINED), red, "\x1b[24m"),
            (with(plain, Modifier::REVERSED), red, "\x1b[;31m"),
            (red, Pen { bg: Ink::Indexed(200), ..plain }, "\x1b[;48;5;200m"),
            (plain, Pen { fg: Ink::Rgb(1, 22, 255), ..plain }, "\x1b[38;2;1;22;255m"),
        ] {
            let mut out = Vec::new();
            from.change(to, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), bytes, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_blank_shows_no_letter_colour_and_no_bold() {
        let loud = Pen { fg: Ink::Named(1), bg: Ink::Default, marks: Modifier::BOLD };
        assert_eq!(loud.on_blank(), Pen::default());
        let reversed = Pen { marks: Modifier::REVERSED, ..loud };
        assert_eq!(reversed.on_blank(), reversed);
    }
}
