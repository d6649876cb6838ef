//! What each action is called on the reader's command line and in its configuration.

use super::{Action, BINDINGS, Chart, Copied, Direction, Move, Stride};

impl Action {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Move(way) => way.name(),
            Self::NextPane => "next-pane",
            Self::PreviousPane => "previous-pane",
            Self::Left => "left",
            Self::Right => "right",
            Self::Focus(pane) => pane.name(),
            Self::Open => "open",
            Self::NextQuote => "next-quote",
            Self::PreviousQuote => "previous-quote",
            Self::Back => "back",
            Self::Forward => "forward",
            Self::Search => "search",
            Self::NextHit => "next-hit",
            Self::PreviousHit => "previous-hit",
            Self::Topic => "topic",
            Self::AllTopics => "all-topics",
            Self::Sources => "sources",
            Self::Briefings => "briefing",
            Self::SearchAll => "search-all",
            Self::About => "about",
            Self::Table(chart) => chart.name(),
            Self::Turn => "turn",
            Self::Sort => "sort",
            Self::Copy(Copied::Cited) => "copy",
            Self::Copy(Copied::Bare) => "copy-quote",
            Self::Copy(Copied::Card) => "copy-card",
            Self::Copy(Copied::Link) => "copy-link",
            Self::Copy(Copied::Table) => "copy-table",
            Self::Print(Copied::Cited) => "show",
            Self::Print(Copied::Bare) => "show-quote",
            Self::Print(Copied::Card) => "show-card",
            Self::Print(Copied::Link) => "show-link",
            Self::Print(Copied::Table) => "show-table",
            Self::Browse => "browse",
            Self::Edit => "edit",
            Self::Select => "select",
            Self::SwapEnds => "swap-ends",
            Self::Stride(stride) => stride.name(),
            Self::MarkRead => "mark-read",
            Self::NextUnread => "next-unread",
            Self::Changes => "changes",
            Self::SetMark => "set-mark",
            Self::GoToMark => "go-to-mark",
            Self::Marks => "marks",
            Self::Zoom => "zoom",
            Self::Mouse => "mouse",
            Self::Theme => "theme",
            Self::Problems => "problems",
            Self::Reload => "reload",
            Self::Repaint => "repaint",
            Self::Command => "command",
            Self::Complete => "complete",
            Self::Help => "help",
            Self::Close => "close",
            Self::Quit => "quit",
            Self::QuitNow => "quit-now",
            Self::Suspend => "suspend",
        }
    }

    /// The one of a name, if any line of the table is for it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        BINDINGS.iter().map(|binding| binding.action).find(|action| action.name() == name)
    }
}

impl Move {
    const fn name(self) -> &'static str {
        match self {
            Self::By(..0) => "up",
            Self::By(_) => "down",
            Self::HalfPage(Direction::Up) => "half-page-up",
            Self::HalfPage(Direction::Down) => "half-page-down",
            Self::Page(Direction::Up) => "page-up",
            Self::Page(Direction::Down) => "page-down",
            Self::First => "top",
            Self::Last => "bottom",
        }
    }
}

impl Chart {
    /// Its name, for programs as well.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Versions => "versions",
            Self::Stances => "stances",
            Self::Timeline => "timeline",
            Self::Coverage => "coverage",
        }
    }
}

impl Stride {
    const fn name(self) -> &'static str {
        match self {
            Self::NextWord => "next-word",
            Self::PreviousWord => "previous-word",
            Self::WordEnd => "word-end",
            Self::NextSentence => "next-sentence",
            Self::PreviousSentence => "previous-sentence",
            Self::NextParagraph => "next-paragraph",
            Self::PreviousParagraph => "previous-paragraph",
            Self::RowStart => "row-start",
            Self::RowEnd => "row-end",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Binding;

    #[test]
    fn a_name_means_one_action() {
        for Binding { action, .. } in BINDINGS {
            assert_eq!(Action::named(action.name()), Some(*action));
        }
    }
}
