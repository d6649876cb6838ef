//! The state as cells: pure functions from the app to a buffer, one file a pane.

mod card;
mod footer;
mod grid;
mod lists;
mod over;
mod paper;
mod results;
mod source;
mod status;

use crate::app::{App, Command, Finds, Focus, Mode, Under};
use crate::theme::Theme;
use paper::Paper;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The panes that only follow what is chosen in another, where nothing stands over them: they may be a frame behind it.
#[must_use]
pub fn followers(app: &App) -> Rect {
    let chooses = match &app.mode {
        Mode::Reading => app.place.focus == Focus::Lists,
        Mode::Search(prompt) => matches!(prompt.search.found, Finds::Everywhere { .. }),
        Mode::Picker(_) | Mode::Command(_) | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => false,
    };
    // News and the keys that may follow take rows of the panes.
    if !chooses || app.note.is_some() || !app.pending.is_empty() {
        return Rect::ZERO;
    }
    let layout = app.layout();
    layout.card.union(layout.source)
}

/// Draws the state on a blank buffer of the screen's size. Gives the cell of the cursor, where
/// something is being typed.
#[must_use]
pub fn draw(app: &App, theme: Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let layout = app.layout();
    let mut paper = Paper { buffer, theme };
    status::draw(app, &layout, &mut paper);
    card::draw(app, &layout, &mut paper);
    source::draw(app, &layout, &mut paper);
    match &app.mode {
        Mode::Reading | Mode::Selecting(_) => lists::draw(app, &layout, &mut paper),
        Mode::Search(prompt) => match &prompt.search.found {
            Finds::Everywhere { .. } => results::draw(app, &prompt.search, &layout, &mut paper),
            Finds::Within { .. } => lists::draw(app, &layout, &mut paper),
        },
        Mode::Picker(picker) | Mode::Command(Command { list: picker, .. }) => {
            match &picker.under {
                Some(Under::Grid(table)) => grid::draw(app, table, &layout, &mut paper),
                Some(Under::Problems(at)) => over::problems(app, *at, &layout, &mut paper),
                Some(Under::Selecting(_)) | None => lists::draw(app, &layout, &mut paper),
            }
            over::picker(picker, &layout, &mut paper);
        }
        Mode::Problems(at) => {
            lists::draw(app, &layout, &mut paper);
            over::problems(app, *at, &layout, &mut paper);
        }
        Mode::Grid(table) => grid::draw(app, table, &layout, &mut paper),
    }
    // Last, as news may need rows of the panes.
    footer::draw(app, &layout, &mut paper)
}
