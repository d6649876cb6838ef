//! What the reader pressed, and the ONE table of bindings that makes dispatch, footer, help and README.

mod bindings;
mod key;
mod keymap;
mod layout;
mod names;
mod room;

pub use bindings::BINDINGS;
pub use key::{Key, Mouse, MouseAct};
pub use keymap::{Bound, Clash, Hint, Keymap, Reading};
pub use room::{PANES, Room};

use crate::geometry::Pane;
use std::fmt::Write as _;

/// What the reader can do. Each has a name, and most have keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says what each does, in the reader's words")]
pub enum Action {
    Move(Move),
    NextPane,
    PreviousPane,
    Left,
    Right,
    Focus(Pane),
    Open,
    NextQuote,
    PreviousQuote,
    Back,
    Forward,
    Search,
    NextHit,
    PreviousHit,
    Topic,
    AllTopics,
    Sources,
    Briefings,
    SearchAll,
    About,
    Table(Chart),
    Turn,
    Sort,
    Copy(Copied),
    Print(Copied),
    Browse,
    Edit,
    Select,
    SwapEnds,
    Stride(Stride),
    MarkRead,
    NextUnread,
    Changes,
    SetMark,
    GoToMark,
    Marks,
    Zoom,
    Mouse,
    Theme,
    Problems,
    Reload,
    Repaint,
    Command,
    Complete,
    Help,
    Close,
    Quit,
    QuitNow,
    Suspend,
}

/// A way to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// Down by so many rows or items; up where negative.
    By(isize),
    /// By half a page.
    HalfPage(Direction),
    /// By a page, of which one row stays in sight.
    Page(Direction),
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// Which way along the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// What is copied, or shown in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Copied {
    /// The words with where they are from.
    Cited,
    /// The words alone.
    Bare,
    /// The card.
    Card,
    /// The address of the words on the web.
    Link,
    /// The table that quotes them.
    Table,
}

/// The charts that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Topics down, versions across: the plan points.
    Versions,
    /// Actors down, topics or versions across: which way each leans.
    Stances,
    /// What happened and what has a date, in order.
    Timeline,
    /// Topics by sources: how many quotes; cards: how many texts against how many origins.
    Coverage,
}

/// Where the end of a selection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says where each goes, in the reader's words")]
pub enum Stride {
    NextWord,
    PreviousWord,
    WordEnd,
    NextSentence,
    PreviousSentence,
    NextParagraph,
    PreviousParagraph,
    RowStart,
    RowEnd,
}

impl Move {
    /// The steps it takes where a page has `page` rows; the ends are further than anything.
    #[must_use]
    pub fn steps(self, page: usize) -> isize {
        let page = page.max(1).cast_signed();
        match self {
            Self::By(steps) => steps,
            Self::HalfPage(direction) => direction.sign() * (page / 2).max(1),
            Self::Page(direction) => direction.sign() * (page - 1).max(1),
            Self::First => isize::MIN / 2,
            Self::Last => isize::MAX / 2,
        }
    }

    /// The item that it leads to from item `at` of `count`.
    #[must_use]
    pub fn among(self, count: usize, at: usize, page: usize) -> usize {
        at.saturating_add_signed(self.steps(page)).min(count.saturating_sub(1))
    }
}

impl Direction {
    /// That of the steps it takes.
    const fn sign(self) -> isize {
        match self {
            Self::Up => -1,
            Self::Down => 1,
        }
    }
}

impl Action {
    /// Whether it leads out of the reader: to a shell, to another program.
    #[must_use]
    pub const fn leads_out(self) -> bool {
        matches!(self, Self::Suspend | Self::Browse | Self::Edit)
    }
}

/// One line of the table: what some keys do in some rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What they do.
    pub action: Action,
    /// The keys, each as `Key` displays it; keys pressed one after another are set apart by a space,
    /// and `LETTER` stands for any letter.
    pub keys: &'static [&'static str],
    /// Where they do it.
    pub rooms: &'static [Room],
    /// What the footer says behind the keys; one word for several bindings sets their keys together.
    /// Empty where the footer does not mention it.
    pub hint: &'static str,
    /// What it does, for help and README; `{}` stands for the keys that copy what this shows.
    pub help: &'static str,
}

/// Stands for any one letter as the last key of several.
const LETTER: &str = "a–z";

/// The table of keys in Markdown, as the README has it: a line for each thing the keys do.
#[must_use]
pub fn markdown() -> String {
    let mut table = String::from("| key | where | does |\n|---|---|---|\n");
    let map = Keymap::default();
    for row in map.rows() {
        let keys: Vec<String> = row.binding.labels().map(|keys| code(&keys)).collect();
        let _ = writeln!(table, "| {} | {} | {} |", keys.join(" "), row.binding.place(), map.help(row));
    }
    table
}

/// Keys as Markdown has code; of those that are backticks there are at most two together.
fn code(keys: &str) -> String {
    if keys.contains('`') { format!("``` {keys} ```") } else { format!("`{keys}`") }
}

impl Binding {
    /// Whether any letter is to follow its keys.
    #[must_use]
    pub fn takes_letter(&self) -> bool {
        self.keys.iter().any(|keys| keys.ends_with(LETTER))
    }

    /// Whether its keys stay as they are: those for places where something is typed, and for no others.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.rooms.iter().all(|room| room.types())
    }

    /// Its keys as the tables write them; its name where it has none.
    pub fn labels(&self) -> impl Iterator<Item = String> {
        let name = self.keys.is_empty().then(|| format!(":{}", self.action.name()));
        self.keys.iter().map(|keys| keys.replace(' ', "")).chain(name)
    }

    /// Whether its keys work in every room.
    #[must_use]
    pub const fn is_everywhere(&self) -> bool {
        self.rooms.len() == room::EVERYWHERE.len()
    }

    /// The places where its keys work.
    #[must_use]
    pub fn place(&self) -> String {
        if self.is_everywhere() {
            return String::from("everywhere");
        }
        self.rooms.iter().map(|room| room.name()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_by_its_name() {
        let keys = [
            "j",
            "]",
            "Space",
            "-",
            "é",
            "Ctrl-n",
            "Alt--",
            "PageDown",
            "Shift-Tab",
            "Esc",
            "Ctrl-Left",
            "F1",
            "F12",
        ];
        for name in keys {
            assert_eq!(name.parse::<Key>().map(|key| key.to_string()).as_deref(), Ok(name));
        }
        assert_eq!("ctrl-N".parse(), Ok(Key::Ctrl('n')));
        assert_eq!("pagedown".parse(), Ok(Key::PageDown));
        let same = [
            ("Ctrl-h", Key::Backspace),
            ("Ctrl-i", Key::Tab),
            ("Ctrl-J", Key::Enter),
            ("Ctrl-m", Key::Enter),
        ];
        for (name, key) in same {
            assert_eq!(name.parse(), Ok(key), "{name}");
        }
        for name in ["", " ", "yy", "Ctrl-", "Ctrl-é", "Ctl-n", "F0", "F13", "F01", "\n"] {
            assert_eq!(name.parse::<Key>(), Err(()), "{name}");
        }
    }

    #[test]
    fn a_hint_names_no_key() {
        for binding in BINDINGS {
            let first = binding.hint.split(' ').next().unwrap_or_default();
            assert!(first.is_empty() || first.len() > 1 && first.parse::<Key>().is_err(), "{}", binding.hint);
        }
    }
}
