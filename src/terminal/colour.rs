//! How many colours the terminal has, and every colour as near as it can show it.

use ratatui::style::Color;

/// How many colours may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: no colour code is ever sent.
    Mono,
    /// The eight of ECMA-48.
    Eight,
    /// The terminal's own sixteen.
    Sixteen,
    /// The sixteen, a cube of 216 and 24 greys.
    Indexed,
    /// 24 bits.
    True,
}

/// A colour as it is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tint {
    /// The terminal's own.
    #[default]
    Default,
    /// One of the sixteen, from 0.
    Named(u8),
    /// One of the palette, from 16.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The sixteen as xterm paints them: terminals differ, this serves only to find the nearest.
const SIXTEEN: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The six steps of each side of the cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Depth {
    /// The depth that the environment speaks of, through `NO_COLOR`, `COLORTERM` and `TERM`.
    ///
    /// `NO_COLOR` (<https://no-color.org>) counts when it is set and not empty.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let holds = |name| variable(name).unwrap_or_default();
        let term = holds("TERM");
        // A VT100 and its kin; not VTE, which has colours.
        let is_vt =
            term.strip_prefix("vt").is_some_and(|kind| kind.starts_with(|c: char| c.is_ascii_digit()));
        if !holds("NO_COLOR").is_empty() || is_vt || term.ends_with("-mono") {
            Self::Mono
        } else if matches!(holds("COLORTERM").as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else if ["linux", "screen", "ansi", "cons25", "sun-color"].contains(&term.as_str()) {
            Self::Eight
        } else {
            Self::Sixteen
        }
    }

    /// The tint nearest to `colour` that this depth allows.
    pub(super) fn tint(self, colour: Color) -> Tint {
        self.limit(match colour {
            Color::Reset => Tint::Default,
            Color::Black => Tint::Named(0),
            Color::Red => Tint::Named(1),
            Color::Green => Tint::Named(2),
            Color::Yellow => Tint::Named(3),
            Color::Blue => Tint::Named(4),
            Color::Magenta => Tint::Named(5),
            Color::Cyan => Tint::Named(6),
            Color::Gray => Tint::Named(7),
            Color::DarkGray => Tint::Named(8),
            Color::LightRed => Tint::Named(9),
            Color::LightGreen => Tint::Named(10),
            Color::LightYellow => Tint::Named(11),
            Color::LightBlue => Tint::Named(12),
            Color::LightMagenta => Tint::Named(13),
            Color::LightCyan => Tint::Named(14),
            Color::White => Tint::Named(15),
            Color::Indexed(n @ 0..16) => Tint::Named(n),
            Color::Indexed(n) => Tint::Indexed(n),
            Color::Rgb(r, g, b) => Tint::Rgb(r, g, b),
        })
    }

    fn limit(self, tint: Tint) -> Tint {
        match (self, tint) {
            (Self::Mono, _) | (_, Tint::Default) => Tint::Default,
            (Self::True, _) | (Self::Indexed, Tint::Named(_) | Tint::Indexed(_)) => tint,
            (Self::Indexed, Tint::Rgb(r, g, b)) => Tint::Indexed(in_palette((r, g, b))),
            (Self::Sixteen, Tint::Named(_)) => tint,
            // Bright black as black would be letters nobody sees.
            (Self::Eight, Tint::Named(8)) => Tint::Default,
            (Self::Eight, Tint::Named(n)) => Tint::Named(n % 8),
            (Self::Sixteen | Self::Eight, Tint::Indexed(n)) => {
                self.limit(Tint::Named(in_sixteen(painted(n))))
            }
            (Self::Sixteen | Self::Eight, Tint::Rgb(r, g, b)) => {
                self.limit(Tint::Named(in_sixteen((r, g, b))))
            }
        }
    }
}

impl Tint {
    /// The bits of a packed tint.
    pub(super) const BITS: u32 = 25;

    /// It as a number of [`Tint::BITS`] bits; the terminal's own is 0.
    pub(super) const fn packed(self) -> u32 {
        match self {
            Self::Default => 0,
            Self::Named(n) => u32::from_be_bytes([0, 0, 1, n]),
            Self::Indexed(n) => u32::from_be_bytes([0, 0, 2, n]),
            Self::Rgb(r, g, b) => u32::from_be_bytes([1, r, g, b]),
        }
    }

    /// The tint of such a number.
    pub(super) const fn unpacked(packed: u32) -> Self {
        match packed.to_be_bytes() {
            [0, _, 0, _] => Self::Default,
            [0, _, 1, n] => Self::Named(n),
            [0, _, _, n] => Self::Indexed(n),
            [_, r, g, b] => Self::Rgb(r, g, b),
        }
    }

    /// Adds the SGR parameters that choose this tint; `ground` is 30 for letters, 40 for what is behind them.
    pub(super) fn codes(self, ground: u8, codes: &mut impl Extend<u8>) {
        match self {
            Self::Default => codes.extend([ground + 9]),
            Self::Named(n @ 0..8) => codes.extend([ground + n]),
            Self::Named(n) => codes.extend([ground + 60 + n - 8]),
            Self::Indexed(n) => codes.extend([ground + 8, 5, n]),
            Self::Rgb(r, g, b) => codes.extend([ground + 8, 2, r, g, b]),
        }
    }
}

/// What xterm paints for colour `n` of the palette.
fn painted(n: u8) -> (u8, u8, u8) {
    let step = |n: u8| STEPS.get(usize::from(n % 6)).copied().unwrap_or_default();
    match n {
        0..16 => SIXTEEN.get(usize::from(n)).copied().unwrap_or_default(),
        16..232 => (step((n - 16) / 36), step((n - 16) / 6), step(n - 16)),
        232.. => {
            let grey = 8 + 10 * (n - 232);
            (grey, grey, grey)
        }
    }
}

/// The nearest of the cube and the greys.
fn in_palette(rgb: (u8, u8, u8)) -> u8 {
    (16..=255).min_by_key(|&n| distance(rgb, painted(n))).unwrap_or(16)
}

/// The nearest of the sixteen.
fn in_sixteen(rgb: (u8, u8, u8)) -> u8 {
    (0..16).min_by_key(|&n| distance(rgb, painted(n))).unwrap_or(7)
}

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_the_depth() {
        for (term, colorterm, no_color, depth) in [
            ("xterm-256color", "", "", Depth::Indexed),
            ("xterm-256color", "truecolor", "", Depth::True),
            ("xterm-256color", "truecolor", "1", Depth::Mono),
            ("xterm", "", "", Depth::Sixteen),
            ("tmux-256color", "", "", Depth::Indexed),
            ("screen", "", "", Depth::Eight),
            ("linux", "", "", Depth::Eight),
            ("vt100", "", "", Depth::Mono),
            ("vte-256color", "", "", Depth::Indexed),
            ("xterm-direct", "", "", Depth::True),
        ] {
            let found = Depth::of(|name| {
                let value = match name {
                    "TERM" => term,
                    "COLORTERM" => colorterm,
                    _ => no_color,
                };
                Some(value.to_owned())
            });
            assert_eq!(found, depth, "{term} {colorterm} {no_color}");
        }
    }

    #[test]
    fn colours_become_the_nearest_that_can_be_shown() {
        for (depth, colour, tint) in [
            (Depth::True, Color::Rgb(1, 2, 3), Tint::Rgb(1, 2, 3)),
            (Depth::Indexed, Color::Rgb(255, 135, 0), Tint::Indexed(208)),
            (Depth::Indexed, Color::Rgb(8, 8, 9), Tint::Indexed(232)),
            (Depth::Indexed, Color::Indexed(9), Tint::Named(9)),
            (Depth::Sixteen, Color::Indexed(196), Tint::Named(9)),
            (Depth::Sixteen, Color::Rgb(200, 10, 10), Tint::Named(1)),
            (Depth::Eight, Color::LightBlue, Tint::Named(4)),
            (Depth::Eight, Color::DarkGray, Tint::Default),
            (Depth::Mono, Color::Red, Tint::Default),
            (Depth::Sixteen, Color::Reset, Tint::Default),
        ] {
            assert_eq!(depth.tint(colour), tint, "{depth:?} {colour:?}");
        }
    }
}
