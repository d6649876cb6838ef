//! Where keys are pressed, and the groups of these places that the table of bindings speaks of.

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
    /// A passage of the source that is selected.
    Selection,
}

impl Room {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::List,
        Self::Card,
        Self::Source,
        Self::Search,
        Self::Picker,
        Self::Command,
        Self::Page,
        Self::Grid,
        Self::Selection,
    ];

    /// Whether letters are typed there: none of them is bound.
    #[must_use]
    pub const fn types(self) -> bool {
        match self {
            Self::Search | Self::Picker | Self::Command => true,
            Self::List | Self::Card | Self::Source | Self::Page | Self::Grid | Self::Selection => false,
        }
    }

    /// Its name in help and README.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::List => "lists",
            Self::Card => "card",
            Self::Source => "source",
            Self::Search => "search",
            Self::Picker => "choosing",
            Self::Command => "command line",
            Self::Page => "page",
            Self::Grid => "table",
            Self::Selection => "selection",
        }
    }
}

/// The places where the panes are read.
pub const PANES: &[Room] = &[Room::List, Room::Card, Room::Source];
pub(super) const READING: &[Room] = &[Room::List, Room::Card, Room::Source, Room::Page, Room::Grid];
pub(super) const TABLES: &[Room] = &[Room::List, Room::Card, Room::Source, Room::Grid];
pub(super) const GRID: &[Room] = &[Room::Grid];
pub(super) const SELECTION: &[Room] = &[Room::Selection];
/// Where no line is typed into.
pub(super) const UNTYPED: &[Room] =
    &[Room::List, Room::Card, Room::Source, Room::Page, Room::Grid, Room::Selection];
pub(super) const CHOOSING: &[Room] = &[Room::Search, Room::Picker, Room::Command];
/// Every room.
pub(super) const EVERYWHERE: &[Room] = &Room::ALL;
