//! What the reader pressed, and the ONE table of bindings that makes dispatch, footer, help and README.

use std::fmt::{self, Write as _};

/// One key press, as far as `brief` tells keys apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character, Shift already applied.
    Char(char),
    /// Control with a lower-case letter.
    Ctrl(char),
    /// Alt with a character.
    Alt(char),
    /// Return, and Ctrl-m with it.
    Enter,
    /// Escape.
    Esc,
    /// Tab, and Ctrl-i with it.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace, and Ctrl-h with it.
    Backspace,
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
            Self::BackTab => f.write_str("Shift-Tab"),
            named => write!(f, "{named:?}"),
        }
    }
}

/// Where a key is pressed: what is open, or which pane has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// One of the three lists.
    List,
    /// The card.
    Card,
    /// The source.
    Source,
    /// The line that a search is typed into.
    Search,
    /// A list to choose from by typing: topics, keys, cards, sources.
    Picker,
    /// A page of text over the screen: problems.
    Page,
    /// A table: versions, stances, timeline, coverage.
    Grid,
}

/// What the reader can do. Each has a name, and most have keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says what each does, in the reader's words")]
pub enum Action {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    NextPane,
    PreviousPane,
    Left,
    Right,
    PlanPoints,
    Reactions,
    OpenQuestions,
    Card,
    Source,
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
    About,
    Versions,
    Stances,
    Timeline,
    Coverage,
    Turn,
    Sort,
    Copy,
    CopyQuote,
    CopyCard,
    Print,
    PrintQuote,
    PrintCard,
    MarkRead,
    NextUnread,
    Changes,
    SetMark,
    GoToMark,
    Marks,
    Zoom,
    Mouse,
    Problems,
    Repaint,
    Command,
    Help,
    Close,
    Quit,
    QuitNow,
    Suspend,
}

/// One line of the table: what some keys do in some rooms.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What they do.
    pub action: Action,
    /// The action's name on the command line of the reader.
    pub name: &'static str,
    /// The keys, each as `Key` displays it; keys pressed one after another are set apart by a space,
    /// and `LETTER` stands for any letter.
    pub keys: &'static [&'static str],
    /// Where they do it.
    pub rooms: &'static [Room],
    /// What the footer says: keys, a space, a word; empty where the footer does not mention it.
    pub hint: &'static str,
    /// What it does, for help and README.
    pub help: &'static str,
}

/// What keys pressed so far amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// They do this.
    Run(Action),
    /// They do this with the letter pressed last.
    RunWith(Action, char),
    /// More keys must follow.
    More,
    /// Nothing is bound to them.
    Nothing,
}

/// Stands for any one letter as the last key of several.
const LETTER: &str = "a–z";

const PANES: &[Room] = &[Room::List, Room::Card, Room::Source];
const READING: &[Room] = &[Room::List, Room::Card, Room::Source, Room::Page, Room::Grid];
const TABLES: &[Room] = &[Room::List, Room::Card, Room::Source, Room::Grid];
const GRID: &[Room] = &[Room::Grid];
const CHOOSING: &[Room] = &[Room::Search, Room::Picker];
const EVERYWHERE: &[Room] =
    &[Room::List, Room::Card, Room::Source, Room::Search, Room::Picker, Room::Page, Room::Grid];

/// The one table of bindings: dispatch, footer, help and README are made of it.
pub const BINDINGS: &[Binding] = &[
    bind(Action::Down, "down", &["j", "Down", "Ctrl-n"], READING, "j/k move", "move down"),
    bind(Action::Up, "up", &["k", "Up", "Ctrl-p"], READING, "", "move up"),
    bind(Action::Down, "down", &["Down", "Ctrl-n"], CHOOSING, "Down next", "the next one"),
    bind(Action::Up, "up", &["Up", "Ctrl-p"], CHOOSING, "", "the one before"),
    bind(Action::HalfDown, "half-page-down", &["d", "Ctrl-d"], READING, "", "half a page down"),
    bind(Action::HalfUp, "half-page-up", &["u", "Ctrl-u"], READING, "", "half a page up"),
    bind(Action::PageDown, "page-down", &["Space", "PageDown", "Ctrl-f"], READING, "", "a page down"),
    bind(Action::PageUp, "page-up", &["b", "PageUp", "Ctrl-b"], READING, "", "a page up"),
    bind(Action::PageDown, "page-down", &["PageDown"], CHOOSING, "", "a page down"),
    bind(Action::PageUp, "page-up", &["PageUp"], CHOOSING, "", "a page up"),
    bind(Action::Top, "top", &["g", "Home"], READING, "", "to the top, at once"),
    bind(Action::Bottom, "bottom", &["G", "End"], READING, "", "to the end"),
    bind(Action::Open, "open", &["Enter"], &[Room::List], "Enter source", "into the source, at the quote"),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        &[Room::Card],
        "Enter follow",
        "into the source at the quote, or along the link",
    ),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        &[Room::Source],
        "Enter cards",
        "on a quoted passage: to the cards that quote it",
    ),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        &[Room::Search],
        "Enter go there",
        "to the card, or to the place in the source",
    ),
    bind(Action::Open, "open", &["Enter"], &[Room::Picker], "Enter choose", "choose this one"),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        GRID,
        "Enter open",
        "to what the cell holds: the card, in stances and coverage the quote",
    ),
    bind(Action::NextPane, "next-pane", &["Tab"], PANES, "Tab pane", "the next pane"),
    bind(Action::PreviousPane, "previous-pane", &["Shift-Tab"], PANES, "", "the pane before"),
    bind(Action::Left, "left", &["h", "Left"], PANES, "", "the pane to the left"),
    bind(Action::Right, "right", &["l", "Right"], PANES, "", "the pane to the right"),
    bind(Action::PlanPoints, "plan-points", &["1"], PANES, "", "the plan points"),
    bind(Action::Reactions, "reactions", &["2"], PANES, "", "the reactions"),
    bind(Action::OpenQuestions, "open-questions", &["3"], PANES, "", "the open questions"),
    bind(Action::Card, "card", &["4"], PANES, "", "the card"),
    bind(Action::Source, "source", &["5"], PANES, "", "the source"),
    bind(
        Action::NextQuote,
        "next-quote",
        &["]"],
        PANES,
        "]/[ quote",
        "the next quote of this card, across sources",
    ),
    bind(Action::PreviousQuote, "previous-quote", &["["], PANES, "", "the quote before"),
    bind(Action::Search, "search", &["/"], &[Room::List, Room::Card], "/ search", "search everything"),
    bind(Action::Search, "search", &["/"], &[Room::Source], "/ search", "search this text"),
    bind(
        Action::NextHit,
        "next-hit",
        &["n"],
        PANES,
        "",
        "the next hit of the search; without one, the next quote",
    ),
    bind(
        Action::PreviousHit,
        "previous-hit",
        &["N"],
        PANES,
        "",
        "the hit before; without a search, the quote before",
    ),
    bind(Action::Topic, "topic", &["t"], PANES, "t topic", "choose a topic"),
    bind(Action::AllTopics, "all-topics", &["T"], TABLES, "", "all topics again"),
    bind(Action::Sources, "sources", &["S"], PANES, "", "choose a source and read it whole"),
    bind(
        Action::About,
        "about",
        &["i"],
        PANES,
        "",
        "what is known of this source: outlet, author, date, note",
    ),
    bind(Action::Left, "left", &["h", "Left"], GRID, "h/l column", "the column to the left"),
    bind(Action::Right, "right", &["l", "Right"], GRID, "", "the column to the right"),
    bind(Action::Close, "close", &["Esc", "q", "Ctrl-c"], GRID, "Esc close", "close this table"),
    bind(
        Action::Turn,
        "turn",
        &["x"],
        GRID,
        "x turn",
        "the other table: stances by topic or version, coverage of topics or cards",
    ),
    bind(
        Action::Sort,
        "sort",
        &["o"],
        GRID,
        "o sort",
        "order the rows: as in the files, by name, most first",
    ),
    bind(
        Action::Versions,
        "versions",
        &["v"],
        TABLES,
        "v/s/w/c tables",
        "versions side by side, topic by topic",
    ),
    bind(Action::Stances, "stances", &["s"], TABLES, "", "who leans which way, actor by topic or version"),
    bind(Action::Timeline, "timeline", &["w"], TABLES, "", "what happened when, to scale"),
    bind(Action::Coverage, "coverage", &["c"], TABLES, "", "how much rests on which text"),
    bind(Action::Back, "back", &["Ctrl-o", "Backspace", "H"], PANES, "", "back through the places visited"),
    bind(Action::Forward, "forward", &["L"], PANES, "", "forward again"),
    bind(Action::Copy, "copy", &["y y"], PANES, "y copy", "copy the quote with where it is from"),
    bind(Action::CopyQuote, "copy-quote", &["y q"], PANES, "", "copy the bare quote"),
    bind(Action::CopyCard, "copy-card", &["y c"], PANES, "", "copy the card as Markdown"),
    bind(Action::Print, "print", &["p y", "p p"], PANES, "", "show what yy copies on the plain screen"),
    bind(Action::PrintQuote, "print-quote", &["p q"], PANES, "", "show what yq copies on the plain screen"),
    bind(Action::PrintCard, "print-card", &["p c"], PANES, "", "show what yc copies on the plain screen"),
    bind(Action::MarkRead, "mark-read", &["r"], PANES, "", "mark the card as read, or as unread again"),
    bind(Action::NextUnread, "next-unread", &["R"], PANES, "", "the next card that is unread • or changed *"),
    bind(Action::Changes, "changes", &["C"], PANES, "", "what has changed since you last read"),
    bind(Action::SetMark, "set-mark", &["m a–z"], PANES, "", "give this place a letter"),
    bind(Action::GoToMark, "go-to-mark", &["' a–z"], PANES, "", "go to the place with the letter"),
    bind(Action::Marks, "marks", &["' '"], PANES, "", "all places with letters"),
    bind(Action::Zoom, "zoom", &["z"], PANES, "", "give this pane the whole screen, and back"),
    bind(Action::Mouse, "mouse", &[], PANES, "", "mouse on or off: a click selects, the wheel scrolls"),
    bind(Action::Problems, "problems", &["!"], PANES, "", "what is wrong with this library"),
    bind(Action::Command, "command", &[":"], PANES, "", "run any of these by its name"),
    bind(
        Action::Help,
        "help",
        &["?"],
        READING,
        "? all keys",
        "every key of this place; type to find one, Enter runs it",
    ),
    bind(Action::Repaint, "repaint", &["Ctrl-l"], EVERYWHERE, "", "paint the screen anew"),
    bind(
        Action::Suspend,
        "suspend",
        &["Ctrl-z"],
        EVERYWHERE,
        "",
        "leave the reader waiting and go to the shell",
    ),
    bind(Action::Close, "close", &["Esc"], PANES, "", "close what is open, or go back; never quits"),
    bind(
        Action::Close,
        "close",
        &["Esc", "Ctrl-c", "Ctrl-g"],
        CHOOSING,
        "Esc leave",
        "leave, with everything as it was",
    ),
    bind(Action::Close, "close", &["Esc", "q", "Ctrl-c"], &[Room::Page], "Esc close", "close this page"),
    bind(Action::Quit, "quit", &["q"], PANES, "", "back to the lists, then quit"),
    bind(Action::QuitNow, "quit-now", &["Q", "Ctrl-c"], PANES, "", "quit"),
];

const fn bind(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    rooms: &'static [Room],
    hint: &'static str,
    help: &'static str,
) -> Binding {
    Binding { action, name, keys, rooms, hint, help }
}

/// What `keys`, pressed one after another in `room`, amount to.
#[must_use]
pub fn read(room: Room, keys: &[Key]) -> Reading {
    let pressed = sequence(keys);
    let lettered = match keys {
        [first @ .., Key::Char(letter @ 'a'..='z')] => {
            Some((format!("{} {LETTER}", sequence(first)), *letter))
        }
        _ => None,
    };
    let mut more = false;
    for binding in of(room) {
        for bound in binding.keys {
            if *bound == pressed {
                return Reading::Run(binding.action);
            }
            if let Some((keys, letter)) = &lettered
                && bound == keys
            {
                return Reading::RunWith(binding.action, *letter);
            }
            more |= bound.strip_prefix(&pressed).is_some_and(|rest| rest.starts_with(' '));
        }
    }
    if more { Reading::More } else { Reading::Nothing }
}

/// The bindings of a room, in the table's order.
pub fn of(room: Room) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.rooms.contains(&room))
}

/// What may follow the keys pressed so far in `room`: the next key, and the name of what it does.
pub fn following(room: Room, keys: &[Key]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let pressed = sequence(keys);
    of(room)
        .flat_map(|binding| binding.keys.iter().map(move |bound| (*bound, binding.name)))
        .filter_map(move |(bound, name)| Some((bound.strip_prefix(&pressed)?.strip_prefix(' ')?, name)))
}

/// The table of keys in Markdown, as the README has it: a line for each thing the keys do.
#[must_use]
pub fn markdown() -> String {
    let mut table = String::from("| key | where | does |\n|---|---|---|\n");
    for binding in BINDINGS {
        let keys: Vec<String> =
            binding.keys.iter().map(|keys| format!("`{}`", keys.replace(' ', ""))).collect();
        let keys = if keys.is_empty() { format!("`:{}`", binding.name) } else { keys.join(" ") };
        let _ = writeln!(table, "| {keys} | {} | {} |", place(binding.rooms), binding.help);
    }
    table
}

/// A room's name in help and README.
#[must_use]
pub const fn room_name(room: Room) -> &'static str {
    match room {
        Room::List => "lists",
        Room::Card => "card",
        Room::Source => "source",
        Room::Search => "search",
        Room::Picker => "choosing",
        Room::Page => "page",
        Room::Grid => "table",
    }
}

fn place(rooms: &[Room]) -> String {
    match rooms.len() {
        7 => String::from("everywhere"),
        _ => rooms.iter().map(|&room| room_name(room)).collect::<Vec<_>>().join(", "),
    }
}

fn sequence(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: [Room; 7] =
        [Room::List, Room::Card, Room::Source, Room::Search, Room::Picker, Room::Page, Room::Grid];

    #[test]
    fn no_key_does_two_things_in_one_room() {
        for room in ROOMS {
            let bound: Vec<&str> = of(room).flat_map(|binding| binding.keys).copied().collect();
            for (at, keys) in bound.iter().enumerate() {
                for other in &bound[at + 1..] {
                    assert_ne!(keys, other, "{room:?}");
                    assert!(!other.starts_with(&format!("{keys} ")), "{keys} hides {other} in {room:?}");
                    assert!(!keys.starts_with(&format!("{other} ")), "{other} hides {keys} in {room:?}");
                }
            }
        }
    }

    #[test]
    fn an_action_has_one_name_and_a_name_one_action() {
        for one in BINDINGS {
            for other in BINDINGS {
                assert_eq!(one.action == other.action, one.name == other.name, "{} {}", one.name, other.name);
            }
        }
    }

    #[test]
    fn a_key_needs_its_second() {
        assert_eq!(read(Room::List, &[Key::Char('y')]), Reading::More);
        assert_eq!(read(Room::List, &[Key::Char('y'), Key::Char('q')]), Reading::Run(Action::CopyQuote));
        assert_eq!(read(Room::List, &[Key::Char('y'), Key::Char('x')]), Reading::Nothing);
        assert_eq!(read(Room::Search, &[Key::Char('y')]), Reading::Nothing);
        assert_eq!(read(Room::Source, &[Key::Char(' ')]), Reading::Run(Action::PageDown));
    }

    #[test]
    fn a_letter_can_be_any() {
        assert_eq!(read(Room::Card, &[Key::Char('m')]), Reading::More);
        assert_eq!(
            read(Room::Card, &[Key::Char('m'), Key::Char('q')]),
            Reading::RunWith(Action::SetMark, 'q')
        );
        for other in [Key::Char('é'), Key::Char('1'), Key::Ctrl('a'), Key::Esc] {
            assert_eq!(read(Room::Card, &[Key::Char('m'), other]), Reading::Nothing);
        }
        let quote = Key::Char('\'');
        assert_eq!(read(Room::Card, &[quote, Key::Char('a')]), Reading::RunWith(Action::GoToMark, 'a'));
        assert_eq!(read(Room::Card, &[quote, quote]), Reading::Run(Action::Marks));
    }

    #[test]
    fn every_room_has_a_way_out() {
        for room in ROOMS {
            assert!(of(room).any(|binding| binding.action == Action::Close), "{room:?}");
        }
    }
}
