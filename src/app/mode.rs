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

    /// Where the reader of the problems is, also while a list is open over them.
    pub fn problems_mut(&mut self) -> Option<&mut Cursor> {
        match self {
            Self::Problems(at) => Some(at),
            Self::Picker(list) | Self::Command(Command { list, .. }) => list.under.as_mut()?.problems_mut(),
            Self::Reading | Self::Search(_) | Self::Grid(_) | Self::Selecting(_) => None,
        }
    }

    /// What a list is open over.
    #[must_use]
    pub fn under(&self) -> Option<&Self> {
        match self {
            Self::Picker(list) | Self::Command(Command { list, .. }) => list.under.as_deref(),
            Self::Reading | Self::Search(_) | Self::Problems(_) | Self::Grid(_) | Self::Selecting(_) => None,
        }
    }

    /// What a list is open over, to come back to: it is under the list no longer.
    pub const fn take_under(&mut self) -> Option<Box<Self>> {
        match self {
            Self::Picker(list) | Self::Command(Command { list, .. }) => list.under.take(),
            Self::Reading | Self::Search(_) | Self::Problems(_) | Self::Grid(_) | Self::Selecting(_) => None,
        }
    }
}
