//! What each kind of words looks like: the terminal's own sixteen colours, or none at all.
//!
//! Without colour nothing is lost: the selection has a bar, the focus a heavier frame, the quote
//! underlined words. Nothing else is ever underlined.

use crate::leaf::Ink;
use ratatui::style::{Color, Modifier, Style};

/// Whether there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's sixteen colours.
    #[default]
    Terminal,
    /// Bold, dim, reverse and underline only.
    Mono,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Words to be read.
    Plain,
    /// What stands back: numbers, attributions, asides.
    Quiet,
    /// What stands out: titles, the chosen line.
    Strong,
    /// The frame and the heading that have the focus; the bar of the selection.
    Accent,
    /// The words of the current quote, in the source.
    Quote,
    /// What a search has found.
    Mark,
    /// What must not be overlooked.
    Warning,
}

impl Theme {
    /// The style of a look.
    #[must_use]
    pub const fn style(self, look: Look) -> Style {
        let style = Style::new();
        match (look, self) {
            (Look::Plain, _) => style,
            (Look::Quiet, _) => style.add_modifier(Modifier::DIM),
            (Look::Strong, _) | (Look::Accent | Look::Warning, Self::Mono) => {
                style.add_modifier(Modifier::BOLD)
            }
            (Look::Accent, Self::Terminal) => style.fg(Color::Magenta),
            (Look::Quote, Self::Terminal) => style.fg(Color::Black).bg(Color::Yellow),
            (Look::Quote, Self::Mono) => style.add_modifier(Modifier::UNDERLINED),
            (Look::Mark, Self::Terminal) => style.fg(Color::Black).bg(Color::Cyan),
            (Look::Mark, Self::Mono) => style.add_modifier(Modifier::REVERSED),
            (Look::Warning, Self::Terminal) => style.fg(Color::Red),
        }
    }

    /// The style of an ink.
    #[must_use]
    pub const fn ink(self, ink: Ink) -> Style {
        self.style(match ink {
            Ink::Title | Ink::Key => Look::Strong,
            Ink::Plain | Ink::Fact | Ink::Quote => Look::Plain,
            Ink::Quiet => Look::Quiet,
            Ink::Warning => Look::Warning,
        })
    }
}
