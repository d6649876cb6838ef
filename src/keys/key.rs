//! One key, one act of the mouse: what they are, and the names that people write for keys.

use std::fmt;
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

impl fmt::Display for Key {
    /// The key's name as tables and help write it: `j`, `Ctrl-o`, `Space`, `PageDown`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(' ') => f.write_str("Space"),
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{c}"),
            Self::Alt(c) => write!(f, "Alt-{c}"),
            Self::F(number) => write!(f, "F{number}"),
            Self::BackTab => f.write_str("Shift-Tab"),
            Self::AltBackspace => f.write_str("Alt-Backspace"),
            Self::CtrlLeft => f.write_str("Ctrl-Left"),
            Self::CtrlRight => f.write_str("Ctrl-Right"),
            named => write!(f, "{named:?}"),
        }
    }
}

/// The keys that have a name instead of a letter.
const NAMED: [Key; 17] = [
    Key::Enter,
    Key::Esc,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::AltBackspace,
    Key::Delete,
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::CtrlLeft,
    Key::CtrlRight,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
];

impl Key {
    /// The names of the keys that have one, but for F1 to F12.
    pub fn names() -> impl Iterator<Item = String> {
        NAMED.iter().chain(&[Self::Char(' ')]).map(Self::to_string)
    }
}

impl FromStr for Key {
    type Err = ();

    /// The key of a name as it is displayed; the case of names of more than one letter does not count.
    fn from_str(name: &str) -> Result<Self, ()> {
        let mut letters = name.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            return if letter.is_control() || letter == ' ' { Err(()) } else { Ok(Self::Char(letter)) };
        }
        let named = NAMED.into_iter().chain((1..=12).map(Self::F)).chain([Self::Char(' ')]);
        let mut same = named.filter(|key| key.to_string().eq_ignore_ascii_case(name));
        if let Some(key) = same.next() {
            return Ok(key);
        }
        let (held, key) = name.split_once('-').ok_or(())?;
        match (held.to_ascii_lowercase().as_str(), key.parse()?) {
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
