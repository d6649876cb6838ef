//! One key, one act of the mouse: what they are, and the names that people write for keys.

use std::fmt::{self, Write as _};
use std::str::FromStr;

/// One key press, as far as `brief` tells keys apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character, Shift already applied.
    Char(char),
    /// Control with a lower-case letter.
    Ctrl(char),
    /// Alt with a character.
    Alt(char),
    /// A function key, by its number from 1 to 12.
    F(u8),
    /// Return, and Ctrl-m and Ctrl-j with it.
    Enter,
    /// Escape.
    Esc,
    /// Tab, and Ctrl-i with it.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace, and Ctrl-h with it.
    Backspace,
    /// Backspace with Alt.
    AltBackspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow left with Ctrl, and with Alt.
    CtrlLeft,
    /// Arrow right with Ctrl, and with Alt.
    CtrlRight,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// What the mouse did, where mouse reports are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// The cell's column, from 0.
    pub column: u16,
    /// The cell's row, from 0.
    pub row: u16,
    /// What happened there.
    pub act: MouseAct,
}

/// The mouse acts that `brief` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The left button went down.
    Click,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// The keys that are called by a word, but for F1 to F12.
const NAMED: [(Key, &str); 18] = [
    (Key::Enter, "Enter"),
    (Key::Esc, "Esc"),
    (Key::Tab, "Tab"),
    (Key::BackTab, "Shift-Tab"),
    (Key::Backspace, "Backspace"),
    (Key::AltBackspace, "Alt-Backspace"),
    (Key::Delete, "Delete"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::CtrlLeft, "Ctrl-Left"),
    (Key::CtrlRight, "Ctrl-Right"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PageUp"),
    (Key::PageDown, "PageDown"),
    (Key::Char(' '), "Space"),
];

impl Key {
    /// The names of the keys that have one, but for F1 to F12.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.into_iter().map(|(_, name)| name)
    }

    /// The key of a name that says of no other key that it is held.
    fn unheld(name: &str) -> Option<Self> {
        let mut letters = name.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => (!letter.is_control() && letter != ' ').then_some(Self::Char(letter)),
            (Some('F' | 'f'), Some('1'..='9')) => {
                (1..=12).map(Self::F).find(|key| key.to_string().eq_ignore_ascii_case(name))
            }
            _ => NAMED.into_iter().find(|(_, named)| named.eq_ignore_ascii_case(name)).map(|(key, _)| key),
        }
    }
}

impl fmt::Display for Key {
    /// The key's name as tables and help write it: `j`, `Ctrl-o`, `Space`, `PageDown`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Char(c) if c != ' ' => f.write_char(c),
            Self::Ctrl(c) => write!(f, "Ctrl-{c}"),
            Self::Alt(c) => write!(f, "Alt-{}", Self::Char(c)),
            Self::F(number) => write!(f, "F{number}"),
            named => f.write_str(NAMED.iter().find(|(key, _)| *key == named).map_or("", |(_, name)| name)),
        }
    }
}

impl FromStr for Key {
    type Err = ();

    /// The key of a name as it is displayed; the case of names of more than one letter does not count.
    fn from_str(name: &str) -> Result<Self, ()> {
        if let Some(key) = Self::unheld(name) {
            return Ok(key);
        }
        let (held, name) = name.split_once('-').ok_or(())?;
        match (held.to_ascii_lowercase().as_str(), Self::unheld(name).ok_or(())?) {
            ("ctrl", Self::Char(letter)) if letter.is_ascii_alphabetic() => {
                Ok(match letter.to_ascii_lowercase() {
                    // Terminals send the same for both.
                    'h' => Self::Backspace,
                    'i' => Self::Tab,
                    'j' | 'm' => Self::Enter,
                    letter => Self::Ctrl(letter),
                })
            }
            ("alt", Self::Char(letter)) => Ok(Self::Alt(letter)),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Any key that a terminal can send.
    fn any_key() -> impl Strategy<Value = Key> {
        let letter = || {
            let printed = any::<char>().prop_filter("a control", |letter| !letter.is_control());
            prop_oneof![Just(' '), Just('-'), proptest::char::range('!', '~'), printed]
        };
        prop_oneof![
            letter().prop_map(Key::Char),
            letter().prop_map(Key::Alt),
            proptest::char::range('a', 'z')
                .prop_filter("another key", |letter| !matches!(letter, 'h' | 'i' | 'j' | 'm'))
                .prop_map(Key::Ctrl),
            (1..=12_u8).prop_map(Key::F),
            proptest::sample::select(NAMED.as_slice()).prop_map(|(key, _)| key),
        ]
    }

    proptest! {
        #[test]
        fn the_name_of_a_key_is_read_back_as_that_key(key in any_key()) {
            let name = key.to_string();
            prop_assert!(!name.is_empty() && !name.contains(' '), "{:?}: {}", key, name);
            prop_assert_eq!(name.parse(), Ok(key), "{}", name);
        }
    }

    #[test]
    fn a_name_of_any_length_is_read() {
        for name in ["-".repeat(1 << 20), "Alt-".repeat(1 << 20) + "x"] {
            assert_eq!(name.parse::<Key>(), Err(()));
        }
    }
}
