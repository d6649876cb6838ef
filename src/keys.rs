//! What the reader pressed, and the ONE table of bindings that makes dispatch, footer, help and README.

mod key;
mod keymap;
mod layout;

pub use key::{Key, Mouse, MouseAct};
pub use keymap::{Bound, Clash, Hint, Keymap, Reading};

use std::fmt::Write as _;

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
    /// The line that a command is typed into.
    Command,
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
    Briefings,
    SearchAll,
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
    CopyLink,
    Print,
    PrintQuote,
    PrintCard,
    PrintLink,
    Browse,
    Edit,
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
    /// The action's name on the command line of the reader, and in its configuration.
    pub name: &'static str,
    /// The keys, each as `Key` displays it; keys pressed one after another are set apart by a space,
    /// and `LETTER` stands for any letter.
    pub keys: &'static [&'static str],
    /// Where they do it.
    pub rooms: &'static [Room],
    /// What the footer says behind the keys; one word for several bindings sets their keys together.
    /// Empty where the footer does not mention it.
    pub hint: &'static str,
    /// What it does, for help and README.
    pub help: &'static str,
}

/// Stands for any one letter as the last key of several.
const LETTER: &str = "a–z";

const PANES: &[Room] = &[Room::List, Room::Card, Room::Source];
const READING: &[Room] = &[Room::List, Room::Card, Room::Source, Room::Page, Room::Grid];
const TABLES: &[Room] = &[Room::List, Room::Card, Room::Source, Room::Grid];
const GRID: &[Room] = &[Room::Grid];
const CHOOSING: &[Room] = &[Room::Search, Room::Picker, Room::Command];
const EVERYWHERE: &[Room] = &[
    Room::List,
    Room::Card,
    Room::Source,
    Room::Search,
    Room::Picker,
    Room::Command,
    Room::Page,
    Room::Grid,
];

/// The one table of bindings: dispatch, footer, help and README are made of it.
pub const BINDINGS: &[Binding] = &[
    bind(Action::Down, "down", &["j", "Down", "Ctrl-n"], READING, "move", "move down"),
    bind(Action::Up, "up", &["k", "Up", "Ctrl-p"], READING, "move", "move up"),
    bind(Action::Down, "down", &["Down", "Ctrl-n"], CHOOSING, "move", "the next one"),
    bind(
        Action::Up,
        "up",
        &["Up", "Ctrl-p"],
        CHOOSING,
        "move",
        "the one before; first, what was typed before",
    ),
    bind(Action::HalfDown, "half-page-down", &["d", "Ctrl-d"], READING, "", "half a page down"),
    bind(Action::HalfUp, "half-page-up", &["u", "Ctrl-u"], READING, "", "half a page up"),
    bind(Action::PageDown, "page-down", &["Space", "PageDown", "Ctrl-f"], READING, "", "a page down"),
    bind(Action::PageUp, "page-up", &["b", "PageUp", "Ctrl-b"], READING, "", "a page up"),
    bind(Action::PageDown, "page-down", &["PageDown"], CHOOSING, "", "a page down"),
    bind(Action::PageUp, "page-up", &["PageUp"], CHOOSING, "", "a page up"),
    bind(Action::Top, "top", &["g", "Home"], READING, "", "to the top, at once"),
    bind(Action::Bottom, "bottom", &["G", "End"], READING, "", "to the end"),
    bind(Action::Open, "open", &["Enter"], &[Room::List], "source", "into the source, at the quote"),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        &[Room::Card],
        "follow",
        "into the source at the quote, or along the link",
    ),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        &[Room::Source],
        "cards",
        "on a quoted passage: to the cards that quote it",
    ),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        &[Room::Search],
        "go there",
        "to the card, or to the place in the source",
    ),
    bind(Action::Open, "open", &["Enter"], &[Room::Picker], "choose", "choose this one"),
    bind(Action::Open, "open", &["Enter"], &[Room::Command], "run", "run this one"),
    bind(
        Action::Open,
        "open",
        &["Enter"],
        GRID,
        "open",
        "to what the cell holds: the card, in stances and coverage the quote",
    ),
    bind(
        Action::Complete,
        "complete",
        &["Tab"],
        &[Room::Command],
        "complete",
        "complete what is typed, or the name that is chosen",
    ),
    bind(Action::NextPane, "next-pane", &["Tab"], PANES, "pane", "the next pane"),
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
        "quote",
        "the next quote of this card, across sources",
    ),
    bind(Action::PreviousQuote, "previous-quote", &["["], PANES, "quote", "the quote before"),
    bind(Action::Search, "search", &["/"], &[Room::List, Room::Card], "search", "search everything"),
    bind(Action::Search, "search", &["/"], &[Room::Source], "search", "search this text"),
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
    bind(Action::Topic, "topic", &["t"], PANES, "topic", "choose a topic"),
    bind(Action::AllTopics, "all-topics", &["T"], TABLES, "", "all topics again"),
    bind(Action::Sources, "sources", &["S"], PANES, "", "choose a source and read it whole"),
    bind(Action::Briefings, "briefing", &["B"], PANES, "", "choose another briefing to read"),
    bind(Action::SearchAll, "search-all", &["\\"], PANES, "", "search every briefing that there is"),
    bind(
        Action::About,
        "about",
        &["i"],
        PANES,
        "",
        "what is known of this source: outlet, author, date, note",
    ),
    bind(Action::Left, "left", &["h", "Left"], GRID, "column", "the column to the left"),
    bind(Action::Right, "right", &["l", "Right"], GRID, "column", "the column to the right"),
    bind(Action::Close, "close", &["Esc", "q", "Ctrl-c"], GRID, "close", "close this table"),
    bind(
        Action::Turn,
        "turn",
        &["x"],
        GRID,
        "turn",
        "the other table: stances by topic or version, coverage of topics or cards",
    ),
    bind(Action::Sort, "sort", &["o"], GRID, "sort", "order the rows: as in the files, by name, most first"),
    bind(Action::Versions, "versions", &["v"], TABLES, "tables", "versions side by side, topic by topic"),
    bind(
        Action::Stances,
        "stances",
        &["s"],
        TABLES,
        "tables",
        "who leans which way, actor by topic or version",
    ),
    bind(Action::Timeline, "timeline", &["w"], TABLES, "tables", "what happened when, to scale"),
    bind(Action::Coverage, "coverage", &["c"], TABLES, "tables", "how much rests on which text"),
    bind(Action::Back, "back", &["Ctrl-o", "Backspace", "H"], PANES, "", "back through the places visited"),
    bind(Action::Forward, "forward", &["L"], PANES, "", "forward again"),
    bind(Action::Copy, "copy", &["y y"], PANES, "copy", "copy the quote with where it is from"),
    bind(Action::CopyQuote, "copy-quote", &["y q"], PANES, "", "copy the bare quote"),
    bind(Action::CopyCard, "copy-card", &["y c"], PANES, "", "copy the card as Markdown"),
    bind(
        Action::CopyLink,
        "copy-link",
        &["y l"],
        PANES,
        "",
        "copy a link to the quote on the web, where the source has an address",
    ),
    bind(Action::Print, "print", &["p y", "p p"], PANES, "", "show what yy copies on the plain screen"),
    bind(Action::PrintQuote, "print-quote", &["p q"], PANES, "", "show what yq copies on the plain screen"),
    bind(Action::PrintCard, "print-card", &["p c"], PANES, "", "show what yc copies on the plain screen"),
    bind(Action::PrintLink, "print-link", &["p l"], PANES, "", "show what yl copies on the plain screen"),
    bind(
        Action::Edit,
        "edit",
        &["e"],
        PANES,
        "",
        "open your editor where this card, or this quote, is written",
    ),
    bind(Action::Browse, "browse", &["o"], PANES, "", "open the source on the web, at the quote"),
    bind(Action::MarkRead, "mark-read", &["r"], PANES, "", "mark the card as read, or as unread again"),
    bind(Action::NextUnread, "next-unread", &["R"], PANES, "", "the next card that is unread • or changed *"),
    bind(Action::Changes, "changes", &["C"], PANES, "", "what has changed since you last read"),
    bind(Action::SetMark, "set-mark", &["m a–z"], PANES, "", "give this place a letter"),
    bind(Action::GoToMark, "go-to-mark", &["' a–z"], PANES, "", "go to the place with the letter"),
    bind(Action::Marks, "marks", &["' '"], PANES, "", "all places with letters"),
    bind(Action::Zoom, "zoom", &["z"], PANES, "", "give this pane the whole screen, and back"),
    bind(Action::Mouse, "mouse", &[], PANES, "", "mouse on or off: a click selects, the wheel scrolls"),
    bind(Action::Theme, "theme", &[], PANES, "", "choose the colours"),
    bind(Action::Problems, "problems", &["!"], PANES, "", "what is wrong with this library"),
    bind(
        Action::Reload,
        "reload",
        &["Ctrl-r"],
        PANES,
        "",
        "read the library anew; where the system tells of changes, it happens by itself",
    ),
    bind(Action::Command, "command", &[":"], PANES, "", "run any of these by its name"),
    bind(
        Action::Help,
        "help",
        &["?"],
        READING,
        "all keys",
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
        "leave",
        "leave, with everything as it was",
    ),
    bind(Action::Close, "close", &["Esc", "q", "Ctrl-c"], &[Room::Page], "close", "close this page"),
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

/// What an action is called.
#[must_use]
pub fn name(action: Action) -> &'static str {
    BINDINGS.iter().find(|binding| binding.action == action).map_or("", |binding| binding.name)
}

/// The action of a name.
#[must_use]
pub fn named(name: &str) -> Option<Action> {
    BINDINGS.iter().find(|binding| binding.name == name).map(|binding| binding.action)
}

/// The table of keys in Markdown, as the README has it: a line for each thing the keys do.
#[must_use]
pub fn markdown() -> String {
    let mut table = String::from("| key | where | does |\n|---|---|---|\n");
    for binding in BINDINGS {
        let keys: Vec<String> = binding.labels().map(|keys| format!("`{keys}`")).collect();
        let _ = writeln!(table, "| {} | {} | {} |", keys.join(" "), binding.place(), binding.help);
    }
    table
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
        self.rooms.iter().all(|&room| keymap::types(room))
    }

    /// Its keys as the tables write them; its name where it has none.
    pub fn labels(&self) -> impl Iterator<Item = String> {
        let name = self.keys.is_empty().then(|| format!(":{}", self.name));
        self.keys.iter().map(|keys| keys.replace(' ', "")).chain(name)
    }

    /// The places where its keys work.
    #[must_use]
    pub fn place(&self) -> String {
        if self.rooms.len() == EVERYWHERE.len() {
            return String::from("everywhere");
        }
        self.rooms.iter().map(|&room| room_name(room)).collect::<Vec<_>>().join(", ")
    }
}

/// A room's name in help and README.
const fn room_name(room: Room) -> &'static str {
    match room {
        Room::List => "lists",
        Room::Card => "card",
        Room::Source => "source",
        Room::Search => "search",
        Room::Picker => "choosing",
        Room::Command => "command line",
        Room::Page => "page",
        Room::Grid => "table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_has_one_name_and_a_name_one_action() {
        for one in BINDINGS {
            for other in BINDINGS {
                assert_eq!(one.action == other.action, one.name == other.name, "{} {}", one.name, other.name);
            }
        }
    }

    #[test]
    fn a_key_is_known_by_its_name() {
        let keys = ["j", "]", "Space", "-", "é", "Ctrl-n", "Alt--", "PageDown", "Shift-Tab", "Esc"];
        for name in keys {
            assert_eq!(name.parse::<Key>().map(|key| key.to_string()).as_deref(), Ok(name));
        }
        assert_eq!("ctrl-N".parse(), Ok(Key::Ctrl('n')));
        assert_eq!("pagedown".parse(), Ok(Key::PageDown));
        for name in ["", " ", "yy", "Ctrl-", "Ctrl-é", "Ctl-n", "F1", "\n"] {
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
