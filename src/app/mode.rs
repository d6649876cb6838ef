//! What is open over the panes, with what exists only while it is.

use super::{Command, Cursor, Picker, Prompt, Selection};
use crate::grid::Table;

/// What is open over the panes.
pub enum Mode {
    /// Nothing: the panes are read.
    Reading,
    /// A search is being typed.
    Search(Box<Prompt>),
    /// Something is chosen from a list by typing.
    Picker(Picker),
    /// A command is being typed.
    Command(Command),
    /// The problems are read: the current one, and the first row seen.
    Problems(Cursor),
    /// A table is read.
    Grid(Box<Table>),
    /// A passage of the source is selected.
    Selecting(Selection),
}

/// What a list is opened over, to come back to.
pub enum Under {
    /// The problems.
    Problems(Cursor),
    /// A table.
    Grid(Box<Table>),
    /// A passage that is selected.
    Selecting(Selection),
}

impl From<Option<Under>> for Mode {
    fn from(under: Option<Under>) -> Self {
        match under {
            Some(Under::Problems(at)) => Self::Problems(at),
            Some(Under::Grid(table)) => Self::Grid(table),
            Some(Under::Selecting(selection)) => Self::Selecting(selection),
            None => Self::Reading,
        }
    }
}

impl Mode {
    /// The search that is being typed.
    #[must_use]
    pub const fn prompt(&self) -> Option<&Prompt> {
        if let Self::Search(prompt) = self { Some(prompt) } else { None }
    }

    /// The search that is being typed, to be changed.
    pub const fn prompt_mut(&mut self) -> Option<&mut Prompt> {
        if let Self::Search(prompt) = self { Some(prompt) } else { None }
    }

    /// The list that something is chosen from.
    pub const fn picker_mut(&mut self) -> Option<&mut Picker> {
        if let Self::Picker(picker) = self { Some(picker) } else { None }
    }

    /// What a list is open over.
    #[must_use]
    pub const fn under(&self) -> Option<&Under> {
        match self {
            Self::Picker(list) | Self::Command(Command { list, .. }) => list.under.as_ref(),
            Self::Reading | Self::Search(_) | Self::Problems(_) | Self::Grid(_) | Self::Selecting(_) => None,
        }
    }

    /// Where the reader of the problems is, also while a list is open over them.
    pub const fn problems_mut(&mut self) -> Option<&mut Cursor> {
        match self {
            Self::Problems(at) => Some(at),
            Self::Picker(list) | Self::Command(Command { list, .. }) => match &mut list.under {
                Some(Under::Problems(at)) => Some(at),
                Some(Under::Grid(_) | Under::Selecting(_)) | None => None,
            },
            Self::Reading | Self::Search(_) | Self::Grid(_) | Self::Selecting(_) => None,
        }
    }

    /// What is open without any list: what a list is open over, else what is open itself.
    #[must_use]
    pub fn without_list(self) -> Option<Under> {
        match self {
            Self::Problems(at) => Some(Under::Problems(at)),
            Self::Grid(table) => Some(Under::Grid(table)),
            Self::Selecting(selection) => Some(Under::Selecting(selection)),
            Self::Picker(list) | Self::Command(Command { list, .. }) => list.under,
            Self::Reading | Self::Search(_) => None,
        }
    }
}
