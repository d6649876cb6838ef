//! What is shown where a terminal, or its locale, has ASCII only: a cell for each cell.
//!
//! Promise: what comes out of [`Glyphs::Ascii`] has no byte above 0x7e. Lines, bars and signs become
//! the nearest of ASCII; letters lose their accents; letters of other scripts become `?`.

use crate::search::{Case, fold};
use ratatui::buffer::{Buffer, Cell};
use std::borrow::Cow;
use std::iter;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Which characters may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// All of them.
    #[default]
    Unicode,
    /// Those of ASCII.
    Ascii,
}

impl Glyphs {
    /// Both, each with its name in the configuration.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Unicode, "unicode"), (Self::Ascii, "ascii")];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
        }
    }

    /// What the locale of some environment variables can show, and the variable that says so: the
    /// first that is set of `LC_ALL`, `LC_CTYPE`, `LANG`, as POSIX has it. Where none is set nothing
    /// is known: so it is in containers and over many an SSH connection, to terminals of UTF-8.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Option<(Self, String)> {
        let set = |name: &str| Some((name.to_owned(), variable(name).filter(|value| !value.is_empty())?));
        let (name, value) = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set)?;
        let small = value.to_ascii_lowercase();
        let glyphs =
            if small.contains("utf-8") || small.contains("utf8") { Self::Unicode } else { Self::Ascii };
        Some((glyphs, format!("{name}={value}")))
    }

    /// Replaces what a finished frame must not show, cell by cell.
    pub fn dress(self, buffer: &mut Buffer) {
        if self == Self::Unicode {
            return;
        }
        let mut wide: Option<(usize, Cell)> = None;
        for cell in &mut buffer.content {
            if let Some((1.., letter)) = &wide
                && cell.symbol() == " "
            {
                cell.clone_from(letter);
            } else if !cell.symbol().is_ascii() {
                let width = cell.symbol().width();
                let letter = ascii(cell.symbol());
                cell.set_char(letter);
                wide = Some((width, cell.clone()));
            }
            wide = wide.and_then(|(width, letter)| Some((width.checked_sub(1)?, letter)));
        }
    }

    /// A text in letters that the terminal has, as wide as it was.
    #[must_use]
    pub fn text(self, text: &str) -> Cow<'_, str> {
        if self == Self::Unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut shown = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if cluster.is_ascii() {
                shown.push_str(cluster);
            } else {
                shown.extend(iter::repeat_n(ascii(cluster), cluster.width()));
            }
        }
        Cow::Owned(shown)
    }
}

/// The ASCII character for a cluster that is more than ASCII.
fn ascii(cluster: &str) -> char {
    let mut letters = cluster.chars();
    match (letters.next().and_then(sign), letters.next()) {
        (Some(sign), None) => sign,
        _ => {
            let plain = fold(cluster, Case::Kept);
            let mut letters = plain.chars();
            match (letters.next(), letters.next()) {
                (Some(letter @ ' '..='~'), None) => letter,
                _ => '?',
            }
        }
    }
}

/// What stands for the signs that the screen is made of, and for signs that texts are full of.
const fn sign(c: char) -> Option<char> {
    Some(match c {
        '─' => '-',
        '━' | '═' => '=',
        '│' | '┃' | '║' | '▏' => '|',
        '┊' => ':',
        '\u{2500}'..='\u{257f}' => '+',
        '█' | '▓' => '#',
        '▒' => '+',
        '░' => ':',
        '▌' | '▸' | '→' | '›' => '>',
        '←' | '‹' => '<',
        '↑' => '^',
        '↓' => 'v',
        '…' => '~',
        '·' | '•' => '.',
        '◌' => 'u',
        '●' => '@',
        '○' => 'o',
        '◆' => '#',
        '◇' => '~',
        '◦' => '*',
        '±' => '%',
        '◐' => '/',
        '≠' => '!',
        '≈' => '~',
        '∅' => '0',
        '✓' => 'v',
        '✗' | '×' => 'x',
        '¶' => '#',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    const CASES: [(&str, &str); 8] = [
        ("plain ~ words", "plain ~ words"),
        ("“it’s” – so…", "\"it's\" - so~"),
        ("╭─┍━▌▸ 1 · 2 → ┃┊", "+-+=>> 1 . 2 > |:"),
        ("≠●○◌ +−±~∅ ?◐✓– ✗", "!@ou +-%~0 ?/v- x"),
        ("Élysée e\u{301}lan", "Elysee elan"),
        ("Київ ї", "???? ?"),
        ("漢字🦀!", "??????!"),
        ("a\u{ad}b\u{a0}c", "ab c"),
    ];

    #[test]
    fn a_text_becomes_ascii_and_stays_as_wide() {
        for (text, want) in CASES {
            assert_eq!(Glyphs::Ascii.text(text).trim_end(), want, "{text}");
            assert_eq!(Glyphs::Unicode.text(text), text);
        }
        assert_eq!(Glyphs::Ascii.text("“a”\nb\t—"), "\"a\"\nb\t-");
    }

    #[test]
    fn a_frame_becomes_ascii_cell_by_cell_and_keeps_its_looks() {
        let loud = Style::new().add_modifier(Modifier::BOLD);
        for (text, _) in CASES {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
            buffer.set_string(0, 0, text, loud);
            let bold = text.width();
            Glyphs::Ascii.dress(&mut buffer);
            let shown: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
            assert!(shown.is_ascii(), "{shown}");
            assert_eq!(shown.chars().count(), 20, "{shown}");
            let kept = buffer.content.iter().filter(|cell| cell.modifier == Modifier::BOLD).count();
            assert_eq!(kept, bold, "{text}");
        }
    }

    #[test]
    fn the_locale_says_what_can_be_shown_and_silence_says_nothing() {
        let said = |glyphs, from: &str| Some((glyphs, from.to_owned()));
        let cases = [
            ("", None),
            ("LANG=", None),
            ("LANG=uk_UA.UTF-8", said(Glyphs::Unicode, "LANG=uk_UA.UTF-8")),
            ("LANG=C.utf8", said(Glyphs::Unicode, "LANG=C.utf8")),
            ("LANG=C", said(Glyphs::Ascii, "LANG=C")),
            ("LANG=C.UTF-8 LC_ALL=POSIX", said(Glyphs::Ascii, "LC_ALL=POSIX")),
            ("LANG=de_DE LC_CTYPE=C.UTF-8", said(Glyphs::Unicode, "LC_CTYPE=C.UTF-8")),
        ];
        for (set, want) in cases {
            let variable = |name: &str| {
                let mut set = set.split(' ').filter_map(|set| set.split_once('='));
                set.find(|(set, _)| *set == name).map(|(_, value)| value.to_owned())
            };
            assert_eq!(Glyphs::of_locale(variable), want, "{set:?}");
        }
    }
}
